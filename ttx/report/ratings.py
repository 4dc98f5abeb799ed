"""The four ratings of an evaluation guide, with what each of them means."""

from __future__ import annotations

from typing import NamedTuple

from ttx.session.view.told import RATED


class Rating(NamedTuple):
    """A letter of the scale."""

    letter: str
    means: str

    @property
    def name(self) -> str:
        """What the letter stands for."""
        return RATED[self.letter].capitalize()


RATINGS = (
    Rating(
        "P",
        "The targets and critical tasks were completed in a way that achieved the objective. Other "
        "activities did not suffer by it, nobody ran a greater risk for it, and plans, policies "
        "and law were kept.",
    ),
    Rating(
        "S",
        "As P in every point; but ways were seen to do it better, or with less.",
    ),
    Rating(
        "M",
        "The objective was achieved, and at least one of these was seen: other activities "
        "suffered, somebody ran a greater risk, or plans, policies or law were not kept.",
    ),
    Rating(
        "U",
        "The targets and critical tasks were not performed in a way that achieved the objective.",
    ),
)
"""Letters and meaning are those of the HSEEP doctrine; the sentences are ours."""
NOT_OBSERVED = Rating("N", "Nothing was seen that a rating could rest on.")
