"""Speaking: the reader chooses the language of the pages."""
