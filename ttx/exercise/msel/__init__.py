"""The master scenario events list (MSEL) as a table: out of an exercise, and into one."""
