"""What every workflow needs: the grammar of tables, tracks, trail, history, outbox, mail, jobs."""
