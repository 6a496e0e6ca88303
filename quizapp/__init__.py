"""The web application: a quiz in which every answer can be proved."""
