"""A whole way to play in plain lines: for a screen reader, a dumb terminal, a log."""

from ttx.plain.play import Left, Plain, tell, tell_review

__all__ = ["Left", "Plain", "tell", "tell_review"]
