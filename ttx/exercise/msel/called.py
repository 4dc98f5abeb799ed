"""What the parts of an exercise are called in the cells of a workbook, and what a cell names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Text, text
from ttx.exercise.msel.cells import Unreadable, first_language
from ttx.exercise.problems import did_you_mean, shown
from ttx.i18n import N_, _

NOUNS = {
    "value": N_("track or derived value"),
    "track": N_("track"),
    "lever": N_("lever"),
    "level": N_("level"),
    "adversary": N_("adversary"),
    "aim": N_("aim"),
    "lean": N_("lean"),
    "actor": N_("actor"),
    "cell": N_("cell"),
    "side": N_("seat or cell"),
    "profile": N_("clock profile"),
    "place": N_("place"),
    "budget": N_("budget"),
    "posture": N_("posture"),
    "inject": N_("inject"),
}
"""Kinds of parts, as a sentence calls one of them; levels and aims are those of one lever or
adversary."""


def plain(words: str) -> str:
    """A name without what makes no difference: capitals, and how wide its gaps are."""
    return " ".join(words.casefold().split())


class Called:
    """Names and ids of one exercise, by kind."""

    def __init__(
        self, exercise: Exercise, *, by_name: bool = True, injects: Collection[str] = ()
    ) -> None:
        self.exercise, self.by_name, self.injects = exercise, by_name, injects
        """`by_name` says whether parts are spelt by name where one is clear, else by id; `injects`
        are ids of those that are about to be added."""
        self.language = first_language(exercise)
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    @cached_property
    def by_id(self) -> Called:
        """The same exercise with everything told by its id."""
        return Called(self.exercise, by_name=False, injects=self.injects)

    def words(self, value: Text) -> str:
        """A text in the exercise's first language."""
        return text(value, self.language)

    def names(self, kind: str, of: str = "") -> dict[str, str]:
        """What each part of a kind is called, by id; `of` is the lever or adversary they are of."""
        part = self.exercise
        pairs: Iterable[tuple[str, Text]]
        match kind:
            case "value":
                pairs = [(track.id, track.called) for track in part.track]
                pairs += [(value.id, value.name) for value in part.derived]
            case "track":
                pairs = [(track.id, track.called) for track in part.track]
            case "lever":
                pairs = [(lever.id, lever.name) for lever in part.lever]
            case "level":
                pairs = [(level.id, level.name) for level in part.levers[of].levels]
            case "adversary":
                pairs = [(adversary.id, adversary.name) for adversary in part.adversary]
            case "aim":
                aims = next((a.aim for a in part.adversary if a.id == of), [])
                pairs = [(aim.id, aim.name) for aim in aims]
            case "lean":
                pairs = [(lean.id, lean.name) for lean in part.lean]
            case "actor":
                pairs = [(actor.id, actor.name) for actor in part.actor]
            case "cell":
                pairs = [(cell.id, cell.name) for cell in part.cell]
            case "side":
                pairs = [(cell.id, cell.name) for cell in part.cell]
                pairs += [(seat.id, seat.name) for seat in part.seat]
            case "profile":
                pairs = [(name, profile.name) for name, profile in part.clock.profiles.items()]
            case "place":
                places = part.map.place if part.map else {}
                pairs = [(name, place.name) for name, place in places.items()]
            case "budget":
                pairs = [(budget.id, budget.name) for budget in part.budget]
            case "posture":
                pairs = [(posture.id, posture.name) for posture in part.posture]
            case "inject":
                ids = dict.fromkeys((*part.injects, *self.injects))
                pairs = [(name, name) for name in ids]
            case _:
                raise KeyError(kind)
        return {name: " ".join(self.words(called).split()) for name, called in pairs}

    def known(self, kind: str, of: str = "") -> Mapping[str, str]:
        """Ids by everything that names one of a kind; a name that two share names neither."""
        if (kind, of) not in self._known:
            names = self.names(kind, of)
            spoken = [plain(name) for name in names.values()]
            found = {
                plain(name): part for part, name in names.items() if spoken.count(plain(name)) == 1
            }
            self._known[kind, of] = (
                self._otherwise(kind) | found | {plain(part): part for part in names}
            )
        return self._known[kind, of]

    def _otherwise(self, kind: str) -> dict[str, str]:
        """What else tracks and seats go by, where it is clear."""
        named: list[tuple[str, str]] = []
        if kind in ("track", "value"):
            for track in self.exercise.track:
                named += [(plain(self.words(track.name)), track.id), (plain(track.short), track.id)]
        elif kind == "side":
            named += [(plain(seat.short), seat.id) for seat in self.exercise.seat]
        return {name: part for name, part in named if {part} == {p for n, p in named if n == name}}

    def spelt(self, kind: str, part: str, of: str = "") -> str:
        """How a cell names a part: by its name where that is clear, else by its id."""
        name = self.names(kind, of).get(part, part)
        clear = self.known(kind, of).get(plain(name)) == part
        return name if self.by_name and name and clear else part

    def choices(self, kind: str, of: str = "") -> list[str]:
        """How cells name all parts of a kind."""
        return [self.spelt(kind, part, of) for part in self.names(kind, of)]

    def found(self, kind: str, words: str, of: str = "") -> str:
        """The id of what a cell names, by name or id.

        Raises:
            Unreadable: Nothing of that kind is called so.
        """
        known = self.known(kind, of)
        part = known.get(plain(words.strip().strip('"')))
        if part is None:
            raise Unreadable(
                _(
                    "{noun} {name} is unknown{hint}",
                    noun=_(NOUNS[kind]),
                    name=shown(words),
                    hint=did_you_mean(words, self.choices(kind, of)),
                )
            )
        return part
