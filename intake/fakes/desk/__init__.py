"""What handlers see: the queue, the page of a case, its steps, notices, the police packet."""
