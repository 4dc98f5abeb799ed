"""What was asked and not reached: by how much, and why no number was bent for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missed:
    """What was reached instead; tests hold to it."""

    reached: float
    """The bound that holds: the least where at least something was asked, else the most."""
    why: str


MISSED = {
    "P7.dated.29": Missed(
        99.8, "Another inject that draws the lowest rank of all stands before it in the file."
    ),
    "P7.dated.39": Missed(
        99.8, "Another inject that draws the lowest rank of all stands before it in the file."
    ),
}
