"""Oversight: how the sources are covered, and the log."""
