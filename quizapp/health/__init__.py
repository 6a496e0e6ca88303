"""Whether the process is up, and ready."""
