"""All that a seat can see of a game."""

from __future__ import annotations

from functools import cache
from typing import Any

from kit.tables import exercise, until

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import Command
from ttx.session.game import Game
from ttx.session.opening import begin
from ttx.session.play_commands import Submit
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.view import (
    evaluation,
    money,
    posture,
    reckoning,
    ruling,
    standing,
    table,
    theatre,
    wash,
)
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view import tracks as track_views
from ttx.session.view.aims import aims
from ttx.session.view.brief import brief
from ttx.session.view.briefing import briefing
from ttx.session.view.choice import choice
from ttx.session.view.eye import Eye
from ttx.session.view.inquiries import inquiries
from ttx.session.view.notices import notices


@cache
def marked() -> Exercise:
    """The tutorial with a mark on everything that is for the white cell, or not yet for anybody."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    for number, inject in enumerate(data["inject"]):
        inject |= {
            "title": f"TITLE-{number}-CANARY",
            "expected_action": f"EXPECTED-{number}-CANARY",
            "if_not": f"IF-NOT-{number}-CANARY",
            "question": f"QUESTION-{number}-CANARY",
        }
        inject["message"]["text"] = [f"TEXT-{number}-CANARY"]
        for ask in inject["probing"]:
            ask["ask"] = f"PROBE-{number}-CANARY"
        for option in inject["option"]:
            option["title"] = f"OPTION-{number}-{option['id']}-CANARY"
    return from_data(data)


def marked_table(seed: int = 1) -> Table:
    """Two people's cells apart at the marked exercise."""
    return begin(marked(), Seating({}, "", together=False), seed, None)


def views_of(game: Game, seat: str) -> list[object]:
    """Everything that the views make for a seat."""
    tracks = track_views.tracks(Eye(game, seat))
    return [
        briefing(Eye(game, seat)),
        table.status(Eye(game, seat)),
        table.meanwhile(Eye(game, seat)),
        message_views.message(Eye(game, seat)),
        lever_views.levers(Eye(game, seat)),
        lever_views.announced(Eye(game, seat)),
        lever_views.requests(Eye(game, seat)),
        lever_views.budgets(Eye(game, seat)),
        lever_views.pending_effects(Eye(game, seat)),
        posture.sentence(Eye(game, seat)),
        posture.carries(Eye(game, seat)),
        posture.turned_now(Eye(game, seat)),
        money.money(Eye(game, seat)),
        money.sentences(Eye(game, seat)),
        lever_views.reference_clock(Eye(game, seat)),
        tracks,
        track_views.tracks_that_matter(Eye(game, seat), tracks, 5),
        theatre.pins(Eye(game, seat)),
        *(message_views.news(Eye(game, seat), inject.id) for inject in game.run.exercise.inject),
        ruling.ruling(Eye(game, seat)),
        ruling.no_ruling(Eye(game, seat)),
        reckoning.reckoning(Eye(game, seat)),
        reckoning.no_reckoning(game),
        reckoning.last_turn(Eye(game, seat)),
        standing.standing(Eye(game, seat)),
        evaluation.evaluation(Eye(game, seat)),
        wash.board(Eye(game, seat)),
        brief(Eye(game, seat)),
        inquiries(Eye(game, seat)),
        notices(Eye(game, seat)),
        aims(Eye(game, seat)),
        choice(Eye(game, seat)),
    ]


def seen_by(game: Game, seat: str) -> str:
    """The same in one text."""
    return "\n".join(repr(one) for one in views_of(game, seat))


def released(game: Game) -> set[str]:
    return {slot.released.inject for turn in game.turns for slot in turn.slots}


def ask(one: Table, seat: str, *commands: Command) -> None:
    for command in commands:
        one.submit(seat, command, one.game.entries)


def sealed(option: str, why: str) -> Table:
    """The US has answered the first inject, Japan has not."""
    one = marked_table()
    assert until(one, phases.DELIBERATION)
    ask(one, "relief", Submit(Answer(option, 87, {"neighbour": "probe"}, why)))
    assert phases.DELIBERATION == one.game.phase
    return one
