"""Whether the process is up."""
