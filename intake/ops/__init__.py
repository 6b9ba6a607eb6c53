"""What the operator runs: server, commands, doctor, backup, migrations."""
