"""Whether a save is whole and its model stands by it: each check in a line, then the seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ttx.exercise.load import digest
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.problems import ExerciseError
from ttx.i18n import _
from ttx.session.audit import MODEL, PLAY, audit, copied_of
from ttx.session.entries import entry_out
from ttx.session.events import Forked
from ttx.session.forks import copied
from ttx.session.opening import changed_since, look_at
from ttx.session.record import Record, read
from ttx.session.run import PERSON, RULE, WATCHED, allied_robots, red_robots
from ttx.session.save_header import SaveError
from ttx.session.save_paths import beside
from ttx.session.seating import NOBODY
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
    part = (
        _(", of the first {entries} entries only", entries=len(record.entries))
        if record.fault
        else ""
    )
    yield Check("seal", holds=None, found=record.seal + part)


def _head(record: Record, exercise: Exercise | None) -> Check:
    """The small keys, held against the exercise inside where that can be read."""
    head = record.header
    if exercise is not None:
        count, cells = exercise.turns.count, {cell.id for cell in exercise.cell}
        head_and_exercise = {
            "id": (head.id, exercise.id),
            "title": (head.title, text(exercise.title)),
            "turns": (head.turns, count),
            "players": (set(head.players) - cells, set()),
        }
        wrong = [key for key, (pair, other) in head_and_exercise.items() if pair != other]
        wrong += [cell for cell, who in head.players.items() if who not in _holders(exercise, cell)]
        if wrong:
            words = _(
                "what it says of {wrong} is not what the exercise inside has",
                wrong=_(" and ").join(wrong),
            )
            return Check("head", holds=False, found=words)
    written = _(
        "format {format}, written by ttx {version}, seed {seed}",
        format=head.format,
        version=head.version,
        seed=head.seed,
    )
    return Check("head", holds=True, found=written)


def _holders(exercise: Exercise, cell: str) -> set[str]:
    """Who may hold a cell."""
    side = next((part.side for part in exercise.cell if part.id == cell), "")
    red = {RULE, WATCHED, PERSON, *red_robots(exercise)}
    allied = {PERSON, *allied_robots(exercise)}
    return {"red": red, "white": {NOBODY, PERSON}}.get(side, allied)


def _chain(record: Record) -> Iterator[Check]:
    if record.changed:
        yield Check("layout", holds=None, found=record.changed)
    count = _(
        "{entries} entries, each with its hash and the hash before it", entries=len(record.entries)
    )
    yield Check("chain", holds=not record.fault, found=record.fault or count)


def _exercise(record: Record, viewing: Viewing) -> Iterator[Check]:
    head, played = record.header, viewing.timeline.run.exercise
    same = digest(played) == head.digest
    words = (
        _("'{exercise}', digest {digest}", exercise=head.id, digest=head.digest)
        if same
        else _("its digest is not the one in the head")
    )
    yield Check("exercise", holds=same, found=words)
    changed = changed_since(record)
    if changed:
        yield Check("exercise", holds=None, found=changed)


def _again(viewing: Viewing, copied: int) -> Iterator[Check]:
    """The rules asked again: what the table took from whom, then what the model made of it."""
    timeline = viewing.timeline
    asked = list(audit(timeline.run, timeline.entries, copied))
    facts = sum(check.what == MODEL for check in asked)
    count = min(copied, len(timeline.entries))
    after = _(" after the {count} that were taken over", count=count) if count else ""
    whole = {
        PLAY: _(
            "every entry{after} could follow where it stands, from whom it came and when",
            after=after,
        ),
        MODEL: _("{facts} facts of the dice and the rules, asked again, are the same", facts=facts),
    }
    for what, name in ((PLAY, "phases"), (MODEL, "model")):
        differ = [check.differs for check in asked if check.what == what and check.differs]
        if not differ:
            yield Check(name, holds=True, found=whole[what])
        for words in differ[:SHOWN]:
            yield Check(name, holds=False, found=words)
        if len(differ) > SHOWN:
            more = _("and {count} more that differ", count=len(differ) - SHOWN)
            yield Check(name, holds=False, found=more)


def _parent(record: Record) -> tuple[list[Check], int]:
    """Whether a fork is that of its parent, and how many of its entries were taken over."""
    entries = record.entries
    first, count = entries[0].event if entries else None, copied_of(entries)
    if not isinstance(first, Forked):
        return [], 0
    name = _("{parent}, entry {cut}", parent=first.parent, cut=first.cut)
    if first.copied >= len(entries):
        words = _(
            "{name}: {copied} entries were taken over, and {entries} are here",
            name=name,
            copied=first.copied,
            entries=len(entries) - 1,
        )
        return [Check("parent", holds=False, found=words)], 1
    path = beside(record.path, first.parent)
    if path is None:
        return [
            Check(
                "parent",
                holds=None,
                found=_("{name}: not found beside it{unheld}", name=name, unheld=_unheld(count)),
            )
        ], count
    try:
        parent = read(path)
    except SaveError as error:
        return [
            Check("parent", holds=None, found=f"{name}: {str(error).rstrip('.')}{_unheld(count)}")
        ], count
    if parent.hashes[first.cut - 1 : first.cut] != [first.seal]:
        words = _("{name}: that file is another run", name=name)
        return [Check("parent", holds=False, found=words)], count
    taken = copied(parent.entries, first.parent, first.seal, first.cut, entries[0].by)
    theirs, ours = ([entry_out(part) for part in part] for part in (taken, entries[: len(taken)]))
    same = theirs[1:] == ours[1:] and first.copied in (0, len(taken) - 1)
    words = _("the same up to there") if same else _("what was taken over is not what stands there")
    return [Check("parent", holds=same, found=f"{name}: {words}")], len(taken)


def _unheld(count: int) -> str:
    """That nothing holds what a fork took over, as the end of a sentence."""
    return _(
        ", so nobody can say who asked for what in its first {count} entries, or when", count=count
    )
