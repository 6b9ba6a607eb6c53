"""What the steps of a case do, called by `perform` alone; a file for each kind of work."""
