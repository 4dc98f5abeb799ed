"""The day after."""
