"""What was asked and not reached: what was instead, and why no number was bent for it."""

from __future__ import annotations

from dataclasses import dataclass

from .rows import Row


@dataclass(frozen=True, slots=True)
class Missed:
    """What was reached instead; a test holds to it."""

    reached: float
    """The bound that holds: the least where at least something was asked, else the most."""
    why: str

    def holds(self, row: Row) -> bool:
        """Whether what was reached once still is."""
        asked_for_more = row.at_least is not None and row.value < row.at_least
        return row.held or (
            row.value >= self.reached if asked_for_more else row.value <= self.reached
        )


MISSED = {
    "P4.others.halt": Missed(
        1,
        "Cohesion moves by about 4; the second, what is left of capital, by 1.9 on the seeds 9 to "
        "12 and by 2.5 on 5 to 8, so it hangs on the seeds. No number was turned for it.",
    ),
}
"""By property."""
