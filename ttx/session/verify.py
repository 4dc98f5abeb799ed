"""Whether a save is whole and its model stands by it: each check in a line, then the seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ttx.exercise.load import digest
from ttx.exercise.problems import ExerciseError
from ttx.session.audit import audit
from ttx.session.events import Forked
from ttx.session.excursions import in_short
from ttx.session.glance import SaveError
from ttx.session.opening import changed_since, look_at
from ttx.session.record import Record, read
from ttx.session.shelves import beside
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
    head = record.header
    written = f"format {head.format}, written by ttx {head.version}, seed {head.seed}"
    yield Check("head", holds=True, found=written)
    count = len(record.entries)
    if record.changed:
        yield Check("layout", holds=None, found=record.changed)
    chain = record.fault or f"{count} entries, each with its hash and the hash before it"
    yield Check("chain", holds=not record.fault, found=chain)
    try:
        viewing = look_at(record)
    except (ExerciseError, SaveError) as error:
        yield Check("exercise", holds=False, found=str(error).splitlines()[0])
        return
    yield from _exercise(record, viewing)
    excursion = in_short(viewing.reel.game)
    if excursion:
        yield Check("excursion", holds=None, found=excursion)
    yield from _model(viewing)
    yield from _parent(record)
    part = f", of the first {count} entries only" if record.fault else ""
    yield Check("seal", holds=None, found=record.seal + part)


def _exercise(record: Record, viewing: Viewing) -> Iterator[Check]:
    head, played = record.header, viewing.reel.run.exercise
    same = digest(played) == head.digest
    found = (
        f"'{head.id}', digest {head.digest}" if same else "its digest is not the one in the head"
    )
    yield Check("exercise", holds=same, found=found)
    changed = changed_since(record)
    if changed:
        yield Check("exercise", holds=None, found=changed)


def _model(viewing: Viewing) -> Iterator[Check]:
    asked = list(audit(viewing.reel.run, viewing.reel.entries))
    differ = [one.differs for one in asked if one.differs]
    yield Check("phases", holds=True, found="every entry could follow where it stands")
    if not differ:
        told = f"{len(asked)} facts of the dice and the rules, asked again, are the same"
        yield Check("model", holds=True, found=told)
    for words in differ[:SHOWN]:
        yield Check("model", holds=False, found=words)
    if len(differ) > SHOWN:
        more = f"and {len(differ) - SHOWN} more that differ"
        yield Check("model", holds=False, found=more)


def _parent(record: Record) -> Iterator[Check]:
    first = record.entries[0].event if record.entries else None
    if not isinstance(first, Forked):
        return
    name = f"{first.parent}, entry {first.cut}"
    path = beside(record.path, first.parent)
    if path is None:
        yield Check("parent", holds=None, found=f"{name}: not found beside it, so not checked")
        return
    try:
        parent = read(path)
    except SaveError as error:
        yield Check("parent", holds=None, found=f"{name}: {error}")
        return
    theirs = parent.hashes[first.cut - 1 : first.cut]
    same = theirs == [first.seal]
    told = f"{name}: the same up to there" if same else f"{name}: that file is another run"
    yield Check("parent", holds=same, found=told)
