"""The bank as teachers see it: what needs attention, and the list of all questions."""
