"""Sources: both documents, paragraph by paragraph, with the words that prove an answer."""
