"""Rules: what is worth telling, one module each."""
