"""Attempts: taking a quiz, the feedback after each answer, and the result."""
