"""The briefing of a seat: the page, its own role, the rules of play and the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ttx.exercise.model.people import Cell
from ttx.i18n import _
from ttx.session.run import PERSON, RULE, WATCHED
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye
from ttx.session.view.glossary import glossary


@dataclass(frozen=True, slots=True)
class BriefingView:
    """What one seat reads before STARTEX."""

    title: str
    situation: tuple[str, ...]
    question: str
    seat: str
    you_are: str
    decides: tuple[str, ...]
    does_not_decide: tuple[str, ...]
    others: tuple[tuple[Badge, str, str], ...]
    measured: str
    play: tuple[str, ...]
    play_in_lines: tuple[str, ...]
    """The same for who plays in plain lines; empty where the exercise says nothing of that."""
    ground_rules: tuple[str, ...]
    objectives: tuple[tuple[str, str], ...]
    """What the exercise is to find out or train, each with its capability."""
    words: tuple[tuple[str, str], ...]
    """Each word with what it means: the author's, then those of ttx."""
    evening: tuple[tuple[str, str], ...]
    at_the_table: tuple[tuple[str, str], ...]
    """Seat or cell, and who holds it."""
    yours: tuple[str, ...]
    """Those of them that the reader alone answers for."""


def briefing(eye: Eye) -> BriefingView:
    """The briefing of a seat; robots are named as robots."""
    page, own = eye.exercise.briefing, eye.run.seat(eye.seat)
    all_of = eye.texts
    known = {*eye.exercise.levers} if eye.visibility.levers else {*eye.visibility.announced}
    names = {lever: name for lever, name in eye.names.levers.items() if lever in known}
    return BriefingView(
        title=eye.text(page.title),
        situation=all_of(page.situation),
        question=eye.text(page.question),
        seat=eye.text(own.name),
        you_are=eye.text(own.you_are),
        decides=tuple(with_names(names, words) for words in all_of(own.decides)),
        does_not_decide=tuple(with_names(names, words) for words in all_of(own.does_not_decide)),
        others=tuple(_others(eye)),
        measured=eye.text(page.measured),
        play=tuple(with_names(names, words) for words in all_of(page.play)),
        play_in_lines=all_of(page.play_in_lines),
        ground_rules=all_of(page.ground_rules),
        objectives=tuple(
            (eye.text(part.text), eye.names.capabilities.get(part.capability, ""))
            for part in eye.exercise.objective
        ),
        words=glossary(eye.exercise, eye.language),
        evening=tuple((eye.text(word.term), eye.text(word.means)) for word in page.evening),
        at_the_table=tuple((_named(eye, cell), _holds(eye, cell)) for cell in eye.exercise.cell),
        yours=tuple(_named(eye, cell) for cell in eye.exercise.cell if _yours(eye, cell)),
    )


def with_names(levers: Mapping[str, str], words: str) -> str:
    """A line that begins with the id of a lever, or has one that is no word, with its name."""

    def name(match: re.Match[str]) -> str:
        return levers.get(match[0], match[0])

    return re.sub(r"\w+_\w+", name, re.sub(r"^\w+(?=[,:]|$)", name, words))


def _named(eye: Eye, cell: Cell) -> str:
    return _("{cell} cell", cell=eye.names.cells[cell.id])


def _yours(eye: Eye, cell: Cell) -> bool:
    """Whether it is the reader who plays a cell that answers injects, where nobody facilitates."""
    run = eye.run
    plays = run.players.get(cell.id) == PERSON and cell.id in run.speaks_for(eye.seat)
    return plays and cell.side == "allied" and not run.facilitator


def _others(eye: Eye) -> Iterator[tuple[Badge, str, str]]:
    """The other seats that want something, those of the white cell left out."""
    cells = {cell.id: cell for cell in eye.exercise.cell}
    adversaries = eye.exercise.adversary
    actors = {name: part.actor for part in adversaries for name in (part.actor, part.id)}
    for seat in eye.exercise.seat:
        wants, cell = eye.text(seat.wants), cells[seat.cell]
        if seat.id != eye.seat and wants and cell.side != "white":
            yield badge(eye.exercise, actors.get(seat.id, cell.actor)), seat.short, wants


def _holds(eye: Eye, cell: Cell) -> str:
    """Who holds a cell."""
    run, player = eye.run, eye.run.players.get(cell.id, "")
    if cell.side == "red" and player in ("", RULE, WATCHED):
        return _("the rule of the model")
    if player != PERSON:
        if cell.side == "white":
            return _("nobody: open gates")
        return _("robot: {player}", player=player)
    allied = cell.side == "allied"
    if allied and not run.facilitator:
        return _("you") if _yours(eye, cell) else _("a person")
    mine = cell.id in run.speaks_for(eye.seat) if allied else cell.id == run.seat(eye.seat).cell
    return _("your cell") if mine else _("people")
