"""The doctor: looks at the machine, the settings, the database and the bank, and says what to do about each fault."""
