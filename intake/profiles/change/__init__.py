"""What changes of a profile after its decision, and who goes."""
