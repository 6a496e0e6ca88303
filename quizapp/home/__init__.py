"""The home page: choose topics and length, and start."""
