"""What people paste becomes a key for each profile; pure, no database."""
