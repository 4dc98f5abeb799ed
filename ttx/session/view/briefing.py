"""The briefing of a seat: the page, its own role, the rules of play and the words."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model import text
from ttx.session.run import PERSON, RULE, WATCHED, Run
from ttx.session.view.badge import Badge, badge


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


def briefing(run: Run, seat: str, language: str) -> BriefingView:
    """The briefing of a seat; robots are named as robots."""
    exercise, page = run.exercise, run.exercise.briefing
    own = run.seat(seat)
    cells = {c.id: c for c in exercise.cell}
    others = []
    for part in exercise.seat:
        if part.id != seat and text(part.wants, language) and cells[part.cell].side != "white":
            actor = cells[part.cell].actor
            for adversary in exercise.adversary:
                if part.id in (adversary.id, adversary.actor):
                    actor = adversary.actor
            who = badge(exercise, actor, language)
            others.append((who, part.short, text(part.wants, language)))
    holders = []
    for cell in exercise.cell:
        player = run.players.get(cell.id, "")
        if cell.side == "allied":
            mine = cell.id in run.speaks_for(seat)
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
        holders.append((f"{text(cell.name, language)} cell", who_holds))
    return BriefingView(
        title=text(page.title, language),
        situation=tuple(text(part, language) for part in page.situation),
        question=text(page.question, language),
        seat=text(own.name, language),
        you_are=text(own.you_are, language),
        decides=tuple(text(part, language) for part in own.decides),
        does_not_decide=tuple(text(part, language) for part in own.does_not_decide),
        others=tuple(others),
        measured=text(page.measured, language),
        play=tuple(text(part, language) for part in page.play),
        ground_rules=tuple(text(part, language) for part in page.ground_rules),
        words=tuple((text(w.term, language), text(w.means, language)) for w in page.words),
        evening=tuple((text(w.term, language), text(w.means, language)) for w in page.evening),
        at_the_table=tuple(holders),
    )
