"""Progress: what a learner knows by now, worked out from their answers."""
