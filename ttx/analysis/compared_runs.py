"""Two runs to be laid side by side: what each one is, how they are related, what both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from ttx.analysis.bundles import in_which
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.levers import Lever
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session.events import Forked
from ttx.session.game import Game, TurnRecord, openings
from ttx.session.phases import CLOSED
from ttx.session.run import PERSON

ENDING = ".ttx.toml"
"""What the file names of saves end in."""

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


def head(run: ComparedRun) -> Head:
    """The head of a side's column."""
    exercise, game = run.exercise, run.game
    levers = [exercise.levers[name] for name in exercise.review.levers]
    return Head(
        run.name,
        game.run.seed,
        run.seal,
        game.phase == CLOSED and not run.remark,
        game.entries,
        _who(run),
        _("{played} of {count} turns", played=len(run.played), count=exercise.turns.count),
        tuple(course(game, lever) for lever in levers),
    )


def _who(run: ComparedRun) -> str:
    """Who played the allied cells: `by hand`, `robot Phased`, or each cell with its own."""
    robots = {robot.id: text(robot.name) for robot in run.exercise.robot}
    players: dict[str, str] = {}
    for cell in run.exercise.cell:
        if cell.side == "allied":
            player = run.game.run.players.get(cell.id, PERSON)
            robot = _("robot {name}", name=robots.get(player, player))
            players[text(cell.name)] = _("by hand") if player == PERSON else robot
    if len(set(players.values())) == 1:
        return next(iter(players.values()))
    return ", ".join(f"{cell} {player}" for cell, player in players.items())


def course(game: Game, lever: Lever) -> str:
    """The levels of a lever over the turns: `Pace: phased T1, accelerated T2 on`."""
    *past, (now, since, _last) = spans(game, lever)
    if not past and not since:
        return f"{text(lever.name)}: {now}"
    if not past:
        return _("{lever}: {level} throughout", lever=text(lever.name), level=now)
    return _(
        "{lever}: {past}, {level} T{since} on",
        lever=text(lever.name),
        past=", ".join(_span(*span) for span in past),
        level=now,
        since=since,
    )


def _span(level: str, first: int, last: int) -> str:
    """A level with its turns: `phased T1`, `phased T1 to T3`."""
    if last == first:
        return f"{level} T{first}"
    return _("{level} T{first} to T{last}", level=level, first=first, last=last)


def spans(game: Game, lever: Lever) -> list[tuple[str, int, int]]:
    """The level names of a lever in order, each with its first and last turn.

    Before any turn was reckoned it is the present level alone, with the turns 0 and 0.
    """
    row = game.run.tables.lever[lever.id]
    names = [text(level.name) for level in lever.levels]
    levels = [past[row] for past in game.position.past_levels[1:]]
    in_order: list[tuple[str, int, int]] = []
    for turn, level in enumerate(levels, start=1):
        name, first, _last = in_order[-1] if in_order else ("", 0, 0)
        if in_order and name == names[level]:
            in_order[-1] = (name, first, turn)
        else:
            in_order.append((names[level], turn, turn))
    return in_order or [(names[game.position.levels[row]], 0, 0)]


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


def shared(a: ComparedRun, b: ComparedRun) -> Shared:
    """What can be compared.

    Raises:
        ValueError: Two exercises have no score in common; its text is a sentence for a person.
    """
    mine, yours = a.exercise, b.exercise
    same = a.digest == b.digest and _set_otherwise(a) == _set_otherwise(b)
    like: Like = "same" if same else "changed" if mine.id == yours.id else "other"
    better = {score.id: score.better for score in yours.score}
    scores = tuple(score.id for score in mine.score if better.get(score.id) == score.better)
    if not scores:
        raise ValueError(
            _(
                "{a} and {b} have no score in common, so nothing can be laid side by side.",
                a=text(mine.title),
                b=text(yours.title),
            )
        )
    levers = frozenset(mine.levers.keys() & yours.levers.keys())
    injects = frozenset(mine.injects.keys() & yours.injects.keys())
    left = [
        name
        for exercise in (mine, yours)
        for name in (
            *(_("score {name}", name=text(s.name)) for s in exercise.score if s.id not in scores),
            *(_("lever {name}", name=s.id) for s in exercise.lever if s.id not in levers),
            *(
                _("inject {name}", name=text(s.title))
                for s in exercise.inject
                if s.id not in injects
            ),
        )
    ]
    return Shared(like, scores, levers, injects, tuple(dict.fromkeys(left)))


def _set_otherwise(run: ComparedRun) -> set[tuple[str, str, int]]:
    """What makes a side an excursion, whatever the reasons."""
    return {(fact.what, fact.part, fact.value) for fact in run.game.excursion}


# How they are related


def is_same(a: ComparedRun, b: ComparedRun) -> bool:
    """Whether both are the same record."""
    return a.game is b.game or bool(a.seal and a.seal == b.seal)


def related(a: ComparedRun, b: ComparedRun) -> tuple[str, ...]:
    """How the two records hang together, as far as their hashes prove it."""
    if is_same(a, b):
        return (_("The two are the same run."),)
    sentences: list[str] = []
    for letter, run, other_letter, other in (("A", a, "B", b), ("B", b, "A", a)):
        count = len(run.hashes)
        if 0 < count < len(other.hashes) and other.hashes[:count] == run.hashes:
            sentences.append(
                _(
                    "{letter} is {other} as it stood at entry {entry}.",
                    letter=letter,
                    other=other_letter,
                    entry=count,
                )
            )
        elif run.game.forked is not None:
            sentences += _fork(letter, run, other_letter, other)
    return tuple(sentences or _of_a_parent_elsewhere(a.game.forked, b.game.forked))


def _of_a_parent_elsewhere(mine: Forked | None, yours: Forked | None) -> list[str]:
    """Of forks whose parent is neither of the two: whether it is one parent, or what it is."""
    if mine is not None and yours is not None and mine.parent == yours.parent:
        parent = mine.parent.removesuffix(ENDING)
        if mine.seal == yours.seal:
            both = _(
                "A and B are forks of {parent}, both at entry {entry}.",
                parent=parent,
                entry=mine.cut,
            )
        else:
            both = _(
                "A and B name one parent, {parent}, and were cut at entries {a} and {b}.",
                parent=parent,
                a=mine.cut,
                b=yours.cut,
            )
        return [both]
    letter, fork = ("A", mine) if mine is not None else ("B", yours)
    if fork is None:
        return []
    return [
        _(
            "{letter} is a fork of {parent}, entry {entry}; that run is not here.",
            letter=letter,
            parent=fork.parent.removesuffix(ENDING),
            entry=fork.cut,
        )
    ]


def _fork(letter: str, run: ComparedRun, other_letter: str, other: ComparedRun) -> list[str]:
    """Whether the first of two sides is a fork of the second."""
    fork = run.game.forked
    assert fork is not None
    if other.hashes[fork.cut - 1 : fork.cut] == (fork.seal,) and fork.cut > 0:
        if turn := turn_at(other.game, fork.cut):
            where = _("at T{turn}, entry {entry}", turn=turn, entry=fork.cut)
        else:
            where = _("at entry {entry}", entry=fork.cut)
        return [
            _(
                "{letter} is a fork of {other} {where}; up to there they are one run.",
                letter=letter,
                other=other_letter,
                where=where,
            )
        ]
    if fork.parent.removesuffix(ENDING) == other.name:
        return [
            _(
                "{letter} names {other} as its parent, but entry {entry} of {other} has another "
                "hash: it is not that record.",
                letter=letter,
                other=other_letter,
                entry=fork.cut,
            )
        ]
    return []


def turn_at(game: Game, entry: int) -> int:
    """The turn under way at an entry; 0 before the first, and where it was taken back since."""
    if any(to < entry < by for to, by in game.undone):
        return 0
    for moment in (game, *openings(game)):
        if 0 < moment.opened <= entry:
            return len(moment.turns)
    return 0


def differ(a: ComparedRun, b: ComparedRun, both: Shared, turns: int) -> str:
    """In which levers the two stood apart in some turn, in a sentence; empty where not compared."""
    if both.like == "other" or not turns or is_same(a, b):
        return ""
    apart = [
        lever.id
        for lever in a.exercise.lever
        if lever.id in both.levers and _levels(a, lever.id, turns) != _levels(b, lever.id, turns)
    ]
    return _("A and B differ {in_which}.", in_which=in_which(a.exercise, apart))


def _levels(run: ComparedRun, lever: str, turns: int) -> list[str]:
    """The level of a lever in each turn, by id."""
    row, part = run.game.run.tables.lever[lever], run.exercise.levers[lever]
    past = run.game.position.past_levels[1 : turns + 1]
    return [part.levels[levels[row]].id for levels in past]
