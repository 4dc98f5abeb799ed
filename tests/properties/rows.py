"""A line of the table of properties: what was asked, what came of it, whether that is enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured property."""

    id: str
    """Such as `P3.escalations`; tests name it."""
    said: str
    """What is measured, in words for the table."""
    value: float
    at_least: float | None = None
    at_most: float | None = None
    unit: str = ""
    note: str = ""
    """What stands behind the figure: which pair, which doctrine."""

    @property
    def measured(self) -> str:
        """The value in words: counts whole, shares with a digit, points with two."""
        if self.unit == " %":
            nearly = 99.9 < self.value < 100
            return f"{self.value:.{2 if nearly else 1}f} %"
        return f"{self.value:.0f}" if float(self.value).is_integer() else f"{self.value:.2f}"

    @property
    def held(self) -> bool:
        """Whether what was asked was reached."""
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    @property
    def asked(self) -> str:
        """The bounds in words."""
        if self.at_least is not None and self.at_most is not None:
            return f"{self.at_least:g} to {self.at_most:g}{self.unit}"
        if self.at_least is not None:
            return f"at least {self.at_least:g}{self.unit}"
        return f"at most {self.at_most:g}{self.unit}" if self.at_most is not None else "-"
