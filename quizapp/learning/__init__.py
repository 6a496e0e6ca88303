"""What answers tell of a learner: plain values in, plain values out; no database and no web."""
