"""What waits for whom among profiles: the rows of the desk, and while what holds."""
