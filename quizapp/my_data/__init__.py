"""My data: what is kept of a learner, to read, to take along, and to delete."""
