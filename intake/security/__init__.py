"""Keys, encryption of fields, and what may not leave in a text."""
