"""Database and files: typed base, reads that cannot write, the one door to a commit, caches."""
