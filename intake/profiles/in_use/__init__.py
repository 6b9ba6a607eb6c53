"""What is done with a profile while it is in use: reviews, absences, and closing in good order."""
