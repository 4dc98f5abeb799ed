"""Seats over SSH: the door, and the screens that come through it."""
