"""Forms of people, units and accounts, one file a subject."""
