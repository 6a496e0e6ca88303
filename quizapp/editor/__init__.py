"""Writing and editing: the form of a question, with its checks, its preview and its evidence."""
