"""Two runs to be laid side by side: what each one is, how they are related, what both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from ttx.analysis.bundles import in_which
from ttx.exercise.model import Exercise, Lever, text
from ttx.session.control_events import OVERRULED
from ttx.session.game import LEVERS_SET, RESPONSES_CHOSEN, Game, TurnRecord, openings
from ttx.session.phases import CLOSED
from ttx.session.run import PERSON
from ttx.session.view.excursion import in_short
from ttx.session.view.eye import Eye

ENDING = ".ttx.toml"
"""What the file names of saves end in."""
NAMED = 3
"""How many things a remark names before it counts the rest."""

Like = Literal["same", "changed", "other"]
"""One exercise, two versions of it, or two exercises."""


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run to be compared."""

    name: str
    game: Game
    seal: str
    """The last hash of its record; empty where it was never written."""
    hashes: tuple[str, ...]
    """The hash of every entry, in order."""
    digest: str
    """Of the exercise it carries."""
    remark: str = ""
    """What of its record could not be read, in a sentence."""

    @property
    def exercise(self) -> Exercise:
        """The exercise it was played on."""
        return self.game.run.exercise

    @property
    def played(self) -> tuple[TurnRecord, ...]:
        """The turns that were played to their end."""
        return tuple(turn for turn in self.game.turns if turn.end is not None)


class _Name(Protocol):
    @property
    def name(self) -> str: ...


class _Digest(Protocol):
    @property
    def digest(self) -> str: ...


class Kept(Protocol):
    """What is asked of a save that was read; a protocol, so that no disk is met here."""

    @property
    def path(self) -> _Name: ...
    @property
    def header(self) -> _Digest: ...
    @property
    def seal(self) -> str: ...
    @property
    def hashes(self) -> list[str]: ...
    @property
    def remark(self) -> str: ...


def compared_run(record: Kept, game: Game) -> ComparedRun:
    """A save and the game it leads to, as one side of a comparison."""
    name = record.path.name.removesuffix(ENDING)
    return ComparedRun(
        name, game, record.seal, tuple(record.hashes), record.header.digest, record.remark
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What a run is, in the words of its column."""

    name: str
    seed: int
    seal: str
    final: bool
    """Whether it is the seal of the record: nothing follows, and all of it was read."""
    entries: int
    who: str
    state: str
    courses: tuple[str, ...]
    """The levers of the exercise's question over the turns, a line each."""


def head(one: ComparedRun, language: str) -> Head:
    """The head of a side's column."""
    exercise, game = one.exercise, one.game
    levers = [exercise.levers[name] for name in exercise.review.levers]
    return Head(
        one.name,
        game.run.seed,
        one.seal,
        game.phase == CLOSED and not one.remark,
        game.entries,
        _who(one, language),
        f"{len(one.played)} of {exercise.turns.count} turns",
        tuple(course(game, lever, language) for lever in levers),
    )


def _who(one: ComparedRun, language: str) -> str:
    run, exercise = one.game.run, one.exercise
    names = {robot.id: text(robot.name, language) for robot in exercise.robot}
    held = {
        text(cell.name, language): run.players.get(cell.id, PERSON)
        for cell in exercise.cell
        if cell.side == "allied"
    }
    told = {
        cell: "by hand" if who == PERSON else f"robot {names.get(who, who)}"
        for cell, who in held.items()
    }
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return ", ".join(f"{cell} {who}" for cell, who in told.items())


def course(game: Game, lever: Lever, language: str) -> str:
    """The levels of a lever over the turns: `pace: phased T1, accelerated T2 on`."""
    *past, (now, since, _) = spans(game, lever, language)
    if not past:
        return f"{lever.id}: {now}" + (" throughout" if since else "")
    told = [
        f"{name} T{first}" + (f" to T{last}" if last > first else "") for name, first, last in past
    ]
    return f"{lever.id}: {', '.join(told)}, {now} T{since} on"


def spans(game: Game, lever: Lever, language: str) -> list[tuple[str, int, int]]:
    """The level names of a lever in order, each with its first and last turn.

    Before any turn was reckoned it is the present level alone, with the turns 0 and 0.
    """
    row = game.run.tables.lever[lever.id]
    names = [text(level.name, language) for level in lever.levels]
    levels = [past[row] for past in game.position.past_levels[1:]]
    found: list[tuple[str, int, int]] = []
    for turn, level in enumerate(levels, start=1):
        name, first, _ = found[-1] if found else ("", 0, 0)
        if found and name == names[level]:
            found[-1] = (name, first, turn)
        else:
            found.append((names[level], turn, turn))
    return found or [(names[game.position.levels[row]], 0, 0)]


# What both have


@dataclass(frozen=True, slots=True)
class Shared:
    """What both sides have under the same id, and what only one of them has."""

    like: Like
    scores: tuple[str, ...]
    levers: frozenset[str]
    injects: frozenset[str]
    left_out: tuple[str, ...]
    """By name: `score Alliance cohesion`."""


def shared(a: ComparedRun, b: ComparedRun, language: str) -> Shared:
    """What can be compared; ValueError where two exercises have no score in common."""
    one, two = a.exercise, b.exercise
    same = a.digest == b.digest and _set_otherwise(a) == _set_otherwise(b)
    like: Like = "same" if same else "changed" if one.id == two.id else "other"
    better = {part.id: part.better for part in two.score}
    scores = tuple(part.id for part in one.score if better.get(part.id) == part.better)
    if not scores:
        titles = f"{text(one.title, language)} and {text(two.title, language)}"
        raise ValueError(f"{titles} have no score in common, so nothing can be laid side by side.")
    levers = frozenset(one.levers.keys() & two.levers.keys())
    injects = frozenset(one.injects.keys() & two.injects.keys())
    left: list[str] = []
    for part in (one, two):
        left += [f"score {text(s.name, language)}" for s in part.score if s.id not in scores]
        left += [f"lever {lever.id}" for lever in part.lever if lever.id not in levers]
        left += [f"inject {text(i.title, language)}" for i in part.inject if i.id not in injects]
    return Shared(like, scores, levers, injects, tuple(dict.fromkeys(left)))


def _set_otherwise(one: ComparedRun) -> set[tuple[str, str, int]]:
    """What makes a side an excursion, whatever the reasons."""
    return {(fact.what, fact.part, fact.value) for fact in one.game.excursion}


# How they are related


def is_same(a: ComparedRun, b: ComparedRun) -> bool:
    """Whether both are the same record."""
    return a.game is b.game or bool(a.seal and a.seal == b.seal)


def related(a: ComparedRun, b: ComparedRun) -> tuple[str, ...]:
    """How the two records hang together, as far as their hashes prove it."""
    if is_same(a, b):
        return ("The two are the same run.",)
    told: list[str] = []
    for letter, one, other_letter, other in (("A", a, "B", b), ("B", b, "A", a)):
        count = len(one.hashes)
        if 0 < count < len(other.hashes) and other.hashes[:count] == one.hashes:
            told.append(f"{letter} is {other_letter} as it stood at entry {count}.")
        elif one.game.forked is not None:
            told += _fork(letter, one, other_letter, other)
    mine, yours = a.game.forked, b.game.forked
    if mine is not None and yours is not None and not told:
        parent = mine.parent.removesuffix(ENDING)
        if (mine.parent, mine.seal) == (yours.parent, yours.seal):
            told.append(f"A and B are forks of {parent}, both at entry {mine.cut}.")
        elif mine.parent == yours.parent:
            told.append(
                f"A and B name one parent, {parent}, and were cut at entries {mine.cut} "
                f"and {yours.cut}."
            )
    for letter, fact in (("A", mine), ("B", yours)):
        if fact is not None and not told:
            parent = fact.parent.removesuffix(ENDING)
            told.append(f"{letter} is a fork of {parent}, entry {fact.cut}; that run is not here.")
    return tuple(told)


def _fork(letter: str, one: ComparedRun, other_letter: str, other: ComparedRun) -> list[str]:
    """Whether the first of two sides is a fork of the second."""
    fact = one.game.forked
    assert fact is not None
    if other.hashes[fact.cut - 1 : fact.cut] == (fact.seal,) and fact.cut > 0:
        turn = turn_at(other.game, fact.cut)
        where = f"at T{turn}, entry {fact.cut}" if turn else f"at entry {fact.cut}"
        return [f"{letter} is a fork of {other_letter} {where}; up to there they are one run."]
    if fact.parent.removesuffix(ENDING) == other.name:
        why = f"entry {fact.cut} of {other_letter} has another hash"
        return [f"{letter} names {other_letter} as its parent, but {why}: it is not that record."]
    return []


def turn_at(game: Game, entry: int) -> int:
    """The turn under way at an entry; 0 before the first, and where it was taken back since."""
    if any(to < entry < by for to, by in game.undone):
        return 0
    for one in (game, *openings(game)):
        if 0 < one.opened <= entry:
            return len(one.turns)
    return 0


def differ(a: ComparedRun, b: ComparedRun, both: Shared, turns: int, language: str) -> str:
    """In which levers the two stood apart in some turn, in a sentence; empty where not compared."""
    if both.like == "other" or not turns or is_same(a, b):
        return ""
    found = [
        lever.id
        for lever in a.exercise.lever
        if lever.id in both.levers and _levels(a, lever.id, turns) != _levels(b, lever.id, turns)
    ]
    return f"A and B differ {in_which(a.exercise, found, language)}."


def _levels(one: ComparedRun, lever: str, turns: int) -> list[str]:
    """The level of a lever in each turn, by id."""
    row, part = one.game.run.tables.lever[lever], one.exercise.levers[lever]
    past = one.game.position.past_levels[1 : turns + 1]
    return [part.levels[levels[row]].id for levels in past]


# What is to be borne in mind


def remarks(
    a: ComparedRun, b: ComparedRun, both: Shared, turns: int, language: str
) -> tuple[str, ...]:
    """Where the two are not like for like, and what can be compared all the same."""
    told = [f"{letter}: {one.remark}" for letter, one in (("A", a), ("B", b)) if one.remark]
    if both.like == "other":
        told.append(
            "Two different exercises: no difference is worked out, only each run's own figures can "
            "be read."
        )
    elif both.like == "changed" and a.digest == b.digest:
        told.append(
            "The two are not played with the same numbers. What both have under the same id is "
            "compared; a difference of scores is not the work of the decisions alone."
        )
    elif both.like == "changed":
        told.append(
            "The exercise was changed between the two runs. What both have under the same id is "
            "compared; its numbers may differ."
        )
    for letter, one in (("A", a), ("B", b)):
        if one.game.excursion:
            told.append(
                f"{letter} is an excursion: {in_short(Eye.all_seeing(one.game, language))}."
            )
    if both.left_out:
        told.append(f"Left out: {counted(both.left_out)}.")
    seeds = a.game.run.seed, b.game.run.seed
    if seeds[0] != seeds[1] and both.like != "other":
        told.append(
            f"The dice differ (seeds {seeds[0]} and {seeds[1]}), so injects and luck differ too. "
            "Decisions and levers can still be laid side by side, but a difference of scores is "
            "not the work of the decisions alone."
        )
    ends = len(a.played), len(b.played)
    if not turns:
        told.append("No turn has been played to its end by both, so nothing is compared yet.")
    elif ends[0] != ends[1]:
        told.append(f"Compared up to T{turns}: A was played to T{ends[0]}, B to T{ends[1]}.")
    elif any(len(one.game.turns) > turns for one in (a, b)):
        told.append(f"T{turns + 1} is under way and not compared yet.")
    for letter, one in (("A", a), ("B", b)):
        found = _again(one, turns, language)
        if found:
            told.append(
                f"{letter} answered again with knowledge of what came: "
                f"{counted(tuple(what for _, what in found))}. Not like for like since "
                f"T{found[0][0]}."
            )
        ruled = _ruled_otherwise(one, turns, language)
        if ruled:
            told.append(
                f"{letter} was ruled on by hand: {counted(tuple(what for _, what in ruled))}. "
                f"Not like for like since T{ruled[0][0]}."
            )
        chosen = _chosen(one, turns, language)
        if chosen:
            told.append(
                f"{letter} had adversaries that others than the rule chose for: "
                f"{counted(tuple(what for _, what in chosen))}. "
                f"Not like for like since T{chosen[0][0]}; up to there the rule responded."
            )
    return tuple(told)


def counted(things: tuple[str, ...]) -> str:
    """The first few things by name, and how many more there are."""
    more = len(things) - NAMED
    return ", ".join(things[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _ruled_otherwise(one: ComparedRun, turns: int, language: str) -> list[tuple[int, str]]:
    """Where a person went beyond what the rules and the dice gave: turn and words.

    A modification stays within what the rules allow, and is told in its row; an overruling, and an
    inject released instead of the one that was next, part the runs for good.
    """
    found = []
    for turn in one.played[:turns]:
        number = turn.opened.turn
        for slot in turn.slots:
            title = text(one.exercise.injects[slot.released.inject].title, language)
            if slot.released.instead_of:
                found.append((number, f"T{number} {title} released out of order"))
            if slot.amended is not None and slot.amended.how == OVERRULED:
                found.append((number, f"T{number} {title} overruled"))
        if turn.recast is not None and turn.recast.how == OVERRULED:
            found.append((number, f"T{number} reckoning overruled"))
    return found


def _chosen(one: ComparedRun, turns: int, language: str) -> list[tuple[int, str]]:
    """Where a seat or a robot chose how an adversary responds: turn and words.

    It counts also where it chose what the rule would have done: it might have done otherwise.
    """
    names = {part.id: text(part.name, language) for part in one.exercise.adversary}
    return [
        (turn.opened.turn, f"T{turn.opened.turn} {names[adversary]}")
        for turn in one.played[:turns]
        for adversary in turn.chosen
    ]


def _again(one: ComparedRun, turns: int, language: str) -> list[tuple[int, str]]:
    """What was decided a second time, once it was known what would come of it: turn and words."""
    found = []
    for turn in one.played[:turns]:
        number = turn.opened.turn
        if (number, LEVERS_SET) in one.game.known:
            found.append((number, f"T{number} levers"))
        if (number, RESPONSES_CHOSEN) in one.game.known:
            found.append((number, f"T{number} responses"))
        for slot in turn.slots:
            name = slot.released.inject
            if (number, name) in one.game.known:
                title = text(one.exercise.injects[name].title, language)
                found.append((number, f"T{number} {title}"))
    return found
