"""The positions that snapshots are taken at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kit.hosted import ask, host, to
from kit.room import CHIEF, LEAD, MEMBER, OTHER, Room, choosing, in_phase, with_clock
from kit.screens import MOVES, POSITIONS, at

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import Adjust, Amend, Challenge, Override
from ttx.session.play_commands import Continue, End, Submit
from ttx.session.side_commands import Observe, Plan, PutUp, Rate, Vote
from ttx.session.table import Table


@cache
def position(name: str) -> tuple[Table, str]:
    """A position of the flagship; nothing that is pressed for a picture adds to its record."""
    app = at("accelerate", POSITIONS[name], MOVES["accelerate"])
    assert app.context.table is not None
    return app.context.table, app.context.seat


def named(one: object) -> str:
    return "x".join(map(str, one)) if isinstance(one, tuple) else str(one)


@cache
def washed() -> Table:
    """The flagship at its hot wash: two evaluators have rated, cards are up, one is planned for."""
    table = host(Path(mkdtemp()))
    to(table, phases.DELIBERATION)
    seen = "Both cells named the slowest stage before they answered."
    ask(table, "evaluator", Observe("strength", seen, "decide_in_time", "usfj"))
    ask(table, "evaluator", Observe("improvement", "Nobody asked Hawaii.", "decide_in_time"))
    ask(table, "evaluator", Rate("decide_in_time", "S", "The wait was named, though late."))
    ask(table, "second_evaluator", Rate("decide_in_time", "M", "It bound Tokyo before it knew."))
    ask(table, CHIEF, End())
    for seat, column, words in (
        ("usfj", "plus", "One picture of the sea from the first hour on."),
        ("kantei", "delta", "Nobody could sign after 18:00 in Tokyo, and nobody said so."),
        ("osd", "happened", "We answered before we asked what the window was."),
        ("jjoc", "why", "The law step was taken to be parallel; it was not."),
        ("usfj", "next", "A standing authority for the first two hours."),
        ("state", "planned", "One message within the window."),
        ("mofa", "delta", "Two messages differed in one word."),
    ):
        ask(table, seat, PutUp(column, words))
    ask(table, "usfj", Vote(2))
    ask(table, "osd", Vote(2), Vote(5))
    action = "Give the duty officer a written authority for two hours"
    plan = Plan(2, "coordination", action, "planning", "Cabinet Secretariat", "", "2026-03-31")
    ask(table, CHIEF, plan)
    return table


def hosted(name: str, folder: Path) -> Room:
    """A hosted run of the tutorial at a position."""
    room = Room(folder)
    if name == "excursion":
        link = room.game.run.exercise.influence[0].id
        room.ask(CHIEF, Adjust("strength", link, 0, "to see what it carries"))
    elif name == "reckoning":
        room.to(in_phase(phases.RECKONING))
    elif name == "choosing":
        room.to(choosing)
    elif name == "action":
        room.to(choosing)
        assert room.game.inject is not None
        lead, other = (LEAD, OTHER) if room.game.inject.lead == "us" else (OTHER, LEAD)
        own = Submit(
            Answer("", written="Send a liaison by boat", pro="It is fast", contra="It is loud")
        )
        room.ask(lead, own)
        room.ask(other, Submit(Answer(room.options()[0].id)))
    else:
        room.to(with_clock)
        if name == "overruled":
            instead = Override(effects={0: 900})
            room.ask(CHIEF, Amend(instead, "the liaison was there already", overrule=True))
        if name == "challenge":
            room.ask(CHIEF, Continue())
            room.ask(MEMBER, Challenge("the liaison was there already"))
    return room
