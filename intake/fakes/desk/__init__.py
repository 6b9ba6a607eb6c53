"""What handlers see: the queue, the page of a case, its steps, notices and the packet for the police."""
