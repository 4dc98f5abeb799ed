"""One run at the table."""
