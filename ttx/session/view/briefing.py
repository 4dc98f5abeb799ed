"""The briefing of a seat: the page, its own role, the rules of play and the words."""

from __future__ import annotations

from dataclasses import dataclass

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
    run = eye.run
    exercise, page = run.exercise, run.exercise.briefing
    own = run.seat(eye.seat)
    cells = {c.id: c for c in exercise.cell}
    others = []
    for part in exercise.seat:
        if part.id != eye.seat and eye.text(part.wants) and cells[part.cell].side != "white":
            actor = cells[part.cell].actor
            for adversary in exercise.adversary:
                if part.id in (adversary.id, adversary.actor):
                    actor = adversary.actor
            who = badge(exercise, actor, eye.language)
            others.append((who, part.short, eye.text(part.wants)))
    holders = []
    for cell in exercise.cell:
        player = run.players.get(cell.id, "")
        if cell.side == "allied":
            mine = cell.id in run.speaks_for(eye.seat)
            people = "people" if run.facilitator else "a person"
            you = "your cell" if run.facilitator else "you"
            who_holds = (you if mine else people) if player == PERSON else f"robot: {player}"
        elif cell.side == "red":
            mine = player == PERSON and own.cell == cell.id
            held = "your cell" if mine else "people" if player == PERSON else f"robot: {player}"
            who_holds = "the rule of the model" if player in ("", RULE, WATCHED) else held
        else:
            mine = cell.id == own.cell
            held = "your cell" if mine else "people"
            who_holds = held if player == PERSON else "nobody: open gates"
        holders.append((f"{eye.text(cell.name)} cell", who_holds))
    return BriefingView(
        title=eye.text(page.title),
        situation=tuple(eye.text(part) for part in page.situation),
        question=eye.text(page.question),
        seat=eye.text(own.name),
        you_are=eye.text(own.you_are),
        decides=tuple(eye.text(part) for part in own.decides),
        does_not_decide=tuple(eye.text(part) for part in own.does_not_decide),
        others=tuple(others),
        measured=eye.text(page.measured),
        play=tuple(eye.text(part) for part in page.play),
        ground_rules=tuple(eye.text(part) for part in page.ground_rules),
        words=tuple((eye.text(w.term), eye.text(w.means)) for w in page.words),
        evening=tuple((eye.text(w.term), eye.text(w.means)) for w in page.evening),
        at_the_table=tuple(holders),
    )
