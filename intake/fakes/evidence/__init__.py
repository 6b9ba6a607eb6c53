"""Files of evidence: decoded in a child process, kept with their hashes, compared every night."""
