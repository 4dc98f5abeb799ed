"""The arithmetic: integer, batched, and able to explain itself."""
