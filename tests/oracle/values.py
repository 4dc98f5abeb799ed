"""Works out derived values, scores, conditions and the crisis clock of one state."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .luck import LG, clamp
from .reading import Book, Data, hundredths

TIMINGS = ("on_time", "late", "far_too_late")


@dataclass
class Board:
    """What can be read at one moment: tracks, levels, promises, what came up and what was done."""

    book: Book
    tracks: dict[str, int]
    levels: dict[str, int]
    promised: dict[str, int]
    spent: int = 0
    fired: dict[str, str] = field(default_factory=dict)
    """The timing of the last ruling of each inject that came up."""
    answers: list[dict[str, str]] = field(default_factory=list)
    """How each adversary answered in each turn that was reckoned."""
    aims: dict[str, str] = field(default_factory=dict)

    # --- derived values ---

    def value(self, name: str) -> int:
        """A track or derived value, in hundredths; `spent` as it is."""
        if name == "spent":
            return self.spent
        if name in self.tracks:
            return self.tracks[name]
        part = self.book.derived[name]
        match part["kind"]:
            case "sum":
                total = sum(self._weighed(term) for term in part["terms"])
                total += hundredths(part.get("constant", 0))
                return clamp(total // int(part.get("divisor", 1)))
            case "scarcer":
                a, b = (self.value(one) for one in part["of"])
                return 3 * min(a, b) + max(a, b) >> 2
            case "shortfall":
                asked = self.value(part["of"])
                had = [min(self.value(one), asked) for one in part["delivered"]]
                return asked - sum(had) // len(had)
            case "by_level":
                return hundredths(part["values"][self.levels[part["lever"]]])
            case "fading":
                return self.promised[name]
            case _:
                return self._blend(part)

    def _weighed(self, term: Data) -> int:
        value = self.value(term["of"])
        return int(term.get("weight", 1)) * (10000 - value if term.get("inverted") else value)

    def _blend(self, part: Data) -> int:
        parts = [self.value(one) for one in part["parts"]]
        if min(parts) == 0:
            return 0
        logs = sum(w * LG[x] for w, x in zip(part["weights"], parts, strict=True))
        mean = bisect_right(LG, logs // 100) - 1
        return mean * (20000 - self.value(part["motive"])) // 20000

    def scores(self) -> dict[str, int]:
        return {name: self.value(score["of"]) for name, score in self.book.scores.items()}

    def snapshot(self) -> dict[str, int]:
        """All tracks, and the derived values that influences read."""
        return {**self.tracks, **{name: self.value(name) for name in self.book.sources}}

    # --- conditions ---

    def holds(self, condition: Data | None) -> bool:
        match condition:
            case None:
                return True
            case {"all": parts}:
                return all(self.holds(one) for one in parts)
            case {"any": parts}:
                return any(self.holds(one) for one in parts)
            case {"not": part}:
                return not self.holds(part)
            case {"fired": inject}:
                return inject in self.fired
            case {"outcome": inject, "timing": timings}:
                return self.fired.get(inject) in timings
            case {"responded": adversary, "with": responses}:
                if "aim" in condition and self.aims.get(adversary) not in condition["aim"]:
                    return False
                seen = self.answers[-int(condition.get("within", 1)) :]
                return any(turn[adversary] in responses for turn in seen)
            case {"lever": lever}:
                level = self.levels[lever]

                def at(side: str) -> int:
                    return self.book.level(lever, condition[side])

                return (
                    ("level" not in condition or level == at("level"))
                    and ("at_least" not in condition or level >= at("at_least"))
                    and ("at_most" not in condition or level <= at("at_most"))
                )
            case _:
                value = self.value(condition["of"])
                return (
                    ("at_least" not in condition or value >= hundredths(condition["at_least"]))
                    and ("at_most" not in condition or value <= hundredths(condition["at_most"]))
                    and ("below" not in condition or value < hundredths(condition["below"]))
                )

    def posture(self) -> str:
        """The first whose condition holds, else the one without."""
        rest = ""
        for part in self.book.data["posture"]:
            if "when" not in part:
                rest = part["id"]
            elif self.holds(part["when"]):
                return str(part["id"])
        return rest


# --- the crisis clock ---------------------------------------------------------------------------


class Clock(NamedTuple):
    """The time one answer takes: minutes by stage, their sum along the path, the longest."""

    stages: dict[str, int]
    total: int
    critical: str


def clock(board: Board, profile: str, hour: int, luck: Sequence[int] | None) -> Clock:
    """The clock of a profile; `luck` holds one byte a stage, None the equal jitter."""
    book = board.book
    asked = book.data["clock"]["profiles"][profile]
    minutes: dict[str, int] = {}
    wait = book.data["clock"].get("wait")
    for place, stage in enumerate(book.stages):
        if luck is None:
            shake = 256
        elif stage.get("jitter") == "wide":
            shake = 128 + (luck[place] * 320 >> 8)
        else:
            shake = 208 + (luck[place] * 96 >> 8)
        factor = clamp(256 - _pull(board, stage), 64, 512)
        minutes[stage["id"]] = int(asked["minutes"][stage["id"]]) * factor * shake >> 16
        if wait and wait["after"] == stage["id"]:
            minutes[wait["id"]] = _wait(board, wait, int(asked.get("wait", 0)), hour)
    longest: dict[str, str] = {}
    for stage in book.stages:
        leg = stage.get("beside", stage["id"])
        if leg not in longest or minutes[stage["id"]] > minutes[longest[leg]]:
            longest[leg] = stage["id"]
    path = [name for name in minutes if name in longest.values() or (wait and name == wait["id"])]
    critical = max(path, key=lambda name: minutes[name])
    return Clock(minutes, sum(minutes[name] for name in path), critical)


def _pull(board: Board, stage: Data) -> int:
    anchor = board.book.anchor
    pull = sum(
        int(term.get("weight", 1)) * (board.tracks[term["of"]] - anchor[term["of"]])
        for term in stage.get("weights", [])
    )
    if product := stage.get("product"):
        a, b = product["of"]
        start = anchor[a] * anchor[b] // 10000
        pull += int(product["weight"]) * (board.tracks[a] * board.tracks[b] // 10000 - start)
    return pull // 10000


def _wait(board: Board, wait: Data, sixteenths: int, hour: int) -> int:
    opens, closes = int(wait["opens"]), int(wait["closes"])
    shared = {h % 24 for h in range(opens, closes if closes > opens else closes + 24)}
    until = 60 * next(step for step in range(24) if (hour + step) % 24 in shared)
    left = (until >> 1) * sixteenths >> 4
    here = min(board.tracks[p["of"]] + hundredths(p.get("plus", 0)) for p in wait["present"])
    left = left * (10000 - min(here, 10000)) // 10000
    if "deputy" in wait:
        left = left * int(wait["quarters"][board.levels[wait["deputy"]]]) >> 2
    return left


def timing_of(minutes: int, window: int) -> str:
    if minutes <= window:
        return "on_time"
    return "late" if minutes <= window + (window >> 2) else "far_too_late"


def indices(board: Board) -> Mapping[str, int]:
    """The value of each track that is worked out from the clock."""
    found = {}
    for name, track in board.book.tracks.items():
        if rule := track.get("value"):
            total = clock(board, rule["profile"], int(rule["hour"]), None).total
            found[name] = clamp(total * int(rule["times"]) // int(rule["over"]))
    return found
