"""Progress: how far a learner is, what comes back when, and what lasts; for nobody else's eyes."""
