"""How well look-alikes are told: made and hand-written pairs, and what each way finds of them."""
