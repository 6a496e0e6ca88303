"""A learner's own data: what is stored, to take along, to download, to leave behind, to delete."""
