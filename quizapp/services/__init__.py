"""What the app can do; knows no web. Learner, clock and randomness are arguments."""
