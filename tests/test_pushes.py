"""What an answer denies or opens, in words, and that the terms of the odds add up for every eye."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kit.adversaries import eager_neighbour
from kit.tables import exercise, leads, seated, until

from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.tables import Tables
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.report.document import Facts, Table
from ttx.report.inject import inject_pages
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.opening import begin
from ttx.session.seating import Seating
from ttx.session.view import pushes
from ttx.session.view.eye import Eye
from ttx.session.view.message import message
from ttx.session.view.reckoning import reckoning, reckoning_of
from ttx.session.view.ruling import ruling_of


def denying(provocation: int = 1, denies: int = 3, opening: int = 2) -> Exercise:
    """The tutorial where every answer pushes the neighbour: 16 steps a point, in quarters."""
    data: dict[str, Any] = exercise("tutorial").as_toml()
    for inject in data["inject"]:
        if inject["slot"] == "crisis":
            inject["opening"] = {"neighbour": opening}
        for option in inject["option"]:
            option["provocation"] = {"neighbour": provocation}
            option["denies"] = {"neighbour": denies}
    return from_data(data)


def a_ruling(part: Exercise) -> Ruling:
    game = play_robots(part)
    rulings = (slot.ruling for turn in game.turns for slot in turn.slots)
    return next(one for one in rulings if one is not None and one.slot == "crisis")


def play_robots(part: Exercise) -> Game:
    return begin(part, Seating({"us": "steady", "japan": "steady"}, ""), 1, None).game


@pytest.mark.parametrize(
    ("numbers", "timing", "quarters", "sentence", "brief"),
    [
        (  # provoked 1, denied 3: -2 points of 16 steps
            (1, 3, 2),
            "on_time",
            4,
            "It provoked Neighbour by 1 and denied it 3: -32 steps of its odds this turn.",
            "Neighbour -32 steps: provoked 1, denied 3",
        ),
        (  # half of the timing and half of the posture: a quarter of 3; opened 2 in full
            (0, 3, 2),
            "late",
            2,
            (
                "Late, it denied Neighbour 0.75 of 3 and opened 2 for it: +20 steps of its odds "
                "this turn."
            ),
            "Neighbour +20 steps: denied 0.75, opened 2",
        ),
        (  # half as much again, and nothing is denied
            (0, 3, 2),
            "far_too_late",
            4,
            (
                "Far too late, it denied Neighbour nothing of 3 and opened 3 for it: +48 steps of "
                "its odds this turn."
            ),
            "Neighbour +48 steps: opened 3",
        ),
        (
            (-2, 0, 0),
            "on_time",
            4,
            "It calmed Neighbour by 2: -32 steps of its odds this turn.",
            "Neighbour -32 steps: calmed 2",
        ),
        (
            (0, 0, 1),
            "late",
            4,
            "Late, it opened 1 for Neighbour: +16 steps of its odds this turn.",
            "Neighbour +16 steps: opened 1",
        ),
    ],
)
def test_a_ruling_says_in_words_what_it_denied_and_opened(
    numbers: tuple[int, int, int], timing: str, quarters: int, sentence: str, brief: str
) -> None:
    part = denying(*numbers)
    fact = replace(a_ruling(part), timing=timing, quarters=quarters)

    assert ((sentence, brief),) == pushes.pushes(Tables(part), fact)


def test_an_answer_that_pushes_nobody_says_nothing() -> None:
    part = denying(0, 0, 0)

    assert () == pushes.pushes(Tables(part), replace(a_ruling(part), timing="late"))


def test_what_answers_did_is_the_term_of_the_reckoning() -> None:
    game = play_robots(denying())
    for turn in game.turns:
        assert turn.before is not None
        push = pushes.of_turn(game.run.tables, turn, 0)
        parts = pushes.parts_of(push)
        assert turn.before.provocation == (push.total,)
        (row,) = reckoning_of(Eye.all_seeing(game), turn).responses
        mine = [step for step in row.steps if step.name == "this turn's answers"]
        assert [(parts, 16 * push.total >> 2)] == [(step.at, step.steps) for step in mine]
        told = [
            one.brief.partition(": ")[2]
            for at, slot in enumerate(turn.slots, start=1)
            for one in ruling_of(Eye.all_seeing(game), slot, f"{turn.opened.turn}.{at}").pushes
        ]
        assert [parts] == told[:1] or len(told) > 1


@pytest.mark.slow
def test_options_say_whom_they_deny_something() -> None:
    table = seated("accelerate", seed=7)
    assert until(table, phases.DELIBERATION)
    view = message(Eye(table.game, leads(table.game.run)[0]))
    assert view is not None
    inject = table.game.inject
    assert inject is not None
    for one, option in zip(view.options, inject.option, strict=True):
        names = [
            part.name
            for part in table.game.run.exercise.adversary
            if option.denies.get(part.id, 0) > 0
        ]
        assert bool(names) == bool(one.denies)
        assert all(str(name) in one.denies for name in names)


def test_the_terms_add_up_whatever_the_eye_and_only_some_eyes_know_the_aim() -> None:
    table = seated("accelerate", seed=7)
    assert until(table, phases.RECKONING)
    game = table.game
    seat = leads(game.run)[0]
    allied = reckoning(Eye(game, seat))
    assert allied is not None
    assert game.turn is not None
    white = reckoning_of(Eye.all_seeing(game), game.turn)
    aims = game.position.aims
    for own, all_of_it, part, aim in zip(
        allied.responses, white.responses, game.run.exercise.adversary, aims, strict=True
    ):
        for row in (own, all_of_it):
            assert row.z == sum(step.steps for step in row.steps)
        act = part.aim[aim].act
        names = [step.name for step in own.steps]
        assert "what it is after" not in names
        assert "where it starts, with its secret aim" == names[0]
        assert part.act.bias + act == own.steps[0].steps
        open_ = {step.name: step.steps for step in all_of_it.steps}
        assert act == open_.get("what it is after", 0)
        assert part.act.bias == open_["where it starts"]
        assert "" == own.short


def test_what_a_purse_could_not_pay_is_for_the_white_cell_and_the_review() -> None:
    game = play_robots(eager_neighbour({"of": "tension", "at_least": 0}))
    first, second = (reckoning_of(Eye.all_seeing(game), turn).responses[0] for turn in game.turns)

    assert "could not afford to escalate: 3 of 5" == first.short
    assert "" == second.short
    assert "makes it escalate" in first.escalation


def test_the_guide_says_what_answers_deny_and_what_lateness_opens() -> None:
    pages = inject_pages(denying())
    facts = [dict(one.rows) for one in pages if isinstance(one, Facts)]
    tables = [one for one in pages if isinstance(one, Table) and one.head[0] == "Option"]

    crises = [one.slot == "crisis" for one in denying().inject]
    assert ["2 for Neighbour" if one else None for one in crises] == [
        one.get("Lateness opens") for one in facts
    ]
    assert all(row[3].endswith("denies Neighbour 3") for table in tables for row in table.rows)
    plain = inject_pages(exercise("tutorial"))
    assert not any(
        "denies" in row[3]
        for one in plain
        if isinstance(one, Table)
        for row in one.rows
        if len(row) > 3
    )
