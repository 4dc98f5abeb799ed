"""The briefing of a seat: the page, its own role, the rules of play and the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.exercise.model import Cell
from ttx.i18n import _
from ttx.session.run import PERSON, RULE, WATCHED
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye


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
    ground_rules: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    evening: tuple[tuple[str, str], ...]
    at_the_table: tuple[tuple[str, str], ...]
    """Seat or cell, and who holds it."""


def briefing(eye: Eye) -> BriefingView:
    """The briefing of a seat; robots are named as robots."""
    page, own = eye.exercise.briefing, eye.run.seat(eye.seat)
    all_of = eye.texts
    return BriefingView(
        title=eye.text(page.title),
        situation=all_of(page.situation),
        question=eye.text(page.question),
        seat=eye.text(own.name),
        you_are=eye.text(own.you_are),
        decides=all_of(own.decides),
        does_not_decide=all_of(own.does_not_decide),
        others=tuple(_others(eye)),
        measured=eye.text(page.measured),
        play=all_of(page.play),
        ground_rules=all_of(page.ground_rules),
        words=tuple((eye.text(word.term), eye.text(word.means)) for word in page.words),
        evening=tuple((eye.text(word.term), eye.text(word.means)) for word in page.evening),
        at_the_table=tuple(
            (_("{cell} cell", cell=eye.names.cells[cell.id]), _holds(eye, cell))
            for cell in eye.exercise.cell
        ),
    )


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
    player, facilitated = eye.run.players.get(cell.id, ""), bool(eye.run.facilitator)
    if cell.side == "red" and player in ("", RULE, WATCHED):
        return _("the rule of the model")
    if player != PERSON:
        if cell.side == "white":
            return _("nobody: open gates")
        return _("robot: {player}", player=player)
    if cell.side == "allied":
        mine = cell.id in eye.run.speaks_for(eye.seat)
        if not facilitated:
            return _("you") if mine else _("a person")
    else:
        mine = cell.id == eye.run.seat(eye.seat).cell
    return _("your cell") if mine else _("people")
