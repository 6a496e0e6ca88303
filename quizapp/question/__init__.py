"""One question: what it says, its versions and conflicts, its state, and how it was answered."""
