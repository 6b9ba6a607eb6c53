"""What joins reports into cases, or proposes it: keys, names, equal texts."""
