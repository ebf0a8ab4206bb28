"""Lists of people: who holds which post of which body, from when until when."""
