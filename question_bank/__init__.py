"""Facts in, items out: the pure library that builds and proves the question bank."""
