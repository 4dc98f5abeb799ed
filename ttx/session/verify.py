"""Whether a save is whole and its model stands by it: each check in a line, then the seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ttx.exercise.load import digest
from ttx.exercise.model import Exercise, text
from ttx.exercise.problems import ExerciseError
from ttx.session.audit import MODEL, PLAY, audit, copied_of
from ttx.session.entries import entry_out
from ttx.session.events import Forked
from ttx.session.forks import copied
from ttx.session.opening import NOBODY, changed_since, look_at
from ttx.session.record import Record, read
from ttx.session.run import PERSON, RULE, WATCHED, allied_robots, red_robots
from ttx.session.save_header import SaveError
from ttx.session.save_paths import beside
from ttx.session.view.excursion import in_short
from ttx.session.view.eye import Eye
from ttx.session.viewing import Viewing

SHOWN = 20
"""More differences than anybody reads are counted only."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, whether it holds, and what was found."""

    what: str
    holds: bool | None
    """None for what says nothing against the save."""
    found: str


def verify(path: Path) -> Iterator[Check]:
    """All checks of a save, in the order in which they build on each other.

    A check that fails ends them where the next would have nothing to stand on.
    """
    try:
        record = read(path)
    except SaveError as error:
        yield Check("head", holds=False, found=str(error))
        return
    try:
        viewing = look_at(record)
    except ExerciseError as error:
        yield _head(record, None)
        yield from _chain(record)
        yield Check("exercise", holds=False, found=str(error).splitlines()[0])
        return
    except SaveError as error:
        yield _head(record, None)
        yield from _chain(record)
        yield Check("phases", holds=False, found=str(error))
        return
    yield _head(record, viewing.timeline.game.run.exercise)
    yield from _chain(record)
    yield from _exercise(record, viewing)
    excursion = in_short(Eye.all_seeing(viewing.timeline.game))
    if excursion:
        yield Check("excursion", holds=None, found=excursion)
    parent, copied = _parent(record)
    yield from _again(viewing, copied)
    yield from parent
    part = f", of the first {len(record.entries)} entries only" if record.fault else ""
    yield Check("seal", holds=None, found=record.seal + part)


def _head(record: Record, exercise: Exercise | None) -> Check:
    """The small keys, held against the exercise inside where that can be read."""
    head = record.header
    if exercise is not None:
        count, cells = exercise.turns.count, {cell.id for cell in exercise.cell}
        said = {
            "id": (head.id, exercise.id),
            "title": (head.title, text(exercise.title)),
            "turns": (head.turns, count),
            "players": (set(head.players) - cells, set()),
        }
        wrong = [key for key, (one, other) in said.items() if one != other]
        wrong += [cell for cell, who in head.players.items() if who not in _holders(exercise, cell)]
        if wrong:
            found = f"what it says of {' and '.join(wrong)} is not what the exercise inside has"
            return Check("head", holds=False, found=found)
    written = f"format {head.format}, written by ttx {head.version}, seed {head.seed}"
    return Check("head", holds=True, found=written)


def _holders(exercise: Exercise, cell: str) -> set[str]:
    """Who may hold a cell."""
    side = next((one.side for one in exercise.cell if one.id == cell), "")
    red = {RULE, WATCHED, PERSON, *red_robots(exercise)}
    allied = {PERSON, *allied_robots(exercise)}
    return {"red": red, "white": {NOBODY, PERSON}}.get(side, allied)


def _chain(record: Record) -> Iterator[Check]:
    if record.changed:
        yield Check("layout", holds=None, found=record.changed)
    count = f"{len(record.entries)} entries, each with its hash and the hash before it"
    yield Check("chain", holds=not record.fault, found=record.fault or count)


def _exercise(record: Record, viewing: Viewing) -> Iterator[Check]:
    head, played = record.header, viewing.timeline.run.exercise
    same = digest(played) == head.digest
    found = (
        f"'{head.id}', digest {head.digest}" if same else "its digest is not the one in the head"
    )
    yield Check("exercise", holds=same, found=found)
    changed = changed_since(record)
    if changed:
        yield Check("exercise", holds=None, found=changed)


def _again(viewing: Viewing, copied: int) -> Iterator[Check]:
    """The rules asked again: what the table took from whom, then what the model made of it."""
    timeline = viewing.timeline
    asked = list(audit(timeline.run, timeline.entries, copied))
    facts = sum(one.what == MODEL for one in asked)
    count = min(copied, len(timeline.entries))
    after = f" after the {count} that were taken over" if count else ""
    whole = {
        PLAY: f"every entry{after} could follow where it stands, from whom it came and when",
        MODEL: f"{facts} facts of the dice and the rules, asked again, are the same",
    }
    for what, name in ((PLAY, "phases"), (MODEL, "model")):
        differ = [one.differs for one in asked if one.what == what and one.differs]
        if not differ:
            yield Check(name, holds=True, found=whole[what])
        for words in differ[:SHOWN]:
            yield Check(name, holds=False, found=words)
        if len(differ) > SHOWN:
            more = f"and {len(differ) - SHOWN} more that differ"
            yield Check(name, holds=False, found=more)


def _parent(record: Record) -> tuple[list[Check], int]:
    """Whether a fork is that of its parent, and how many of its entries were taken over."""
    entries = record.entries
    first, count = entries[0].event if entries else None, copied_of(entries)
    if not isinstance(first, Forked):
        return [], 0
    name = f"{first.parent}, entry {first.cut}"
    if first.copied >= len(entries):
        found = f"{name}: {first.copied} entries were taken over, and {len(entries) - 1} are here"
        return [Check("parent", holds=False, found=found)], 1
    path = beside(record.path, first.parent)
    if path is None:
        return [
            Check("parent", holds=None, found=f"{name}: not found beside it{_unheld(count)}")
        ], count
    try:
        parent = read(path)
    except SaveError as error:
        return [
            Check("parent", holds=None, found=f"{name}: {str(error).rstrip('.')}{_unheld(count)}")
        ], count
    if parent.hashes[first.cut - 1 : first.cut] != [first.seal]:
        found = f"{name}: that file is another run"
        return [Check("parent", holds=False, found=found)], count
    taken = copied(parent.entries, first.parent, first.seal, first.cut, entries[0].by)
    theirs, ours = ([entry_out(one) for one in part] for part in (taken, entries[: len(taken)]))
    same = theirs[1:] == ours[1:] and first.copied in (0, len(taken) - 1)
    told = "the same up to there" if same else "what was taken over is not what stands there"
    return [Check("parent", holds=same, found=f"{name}: {told}")], len(taken)


def _unheld(count: int) -> str:
    """That nothing holds what a fork took over, as the end of a sentence."""
    return f", so nobody can say who asked for what in its first {count} entries, or when"
