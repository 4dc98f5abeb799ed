"""What a rehearsal counts of adversaries with aims and purses, against single runs, one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from kit.tables import exercise, robots_alone

from ttx.adjudicator import dice
from ttx.adjudicator.tables import Tables
from ttx.analysis.rehearsal.red import PRESSED, Outing, outing_line, outings, red_symptoms
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.robots import Robot
from ttx.session.game import Game
from ttx.session.needs import met

SEED, WORLDS = 1, 12
NAMES = ("china", "dprk", "russia")


def plan(part: Exercise, name: str = "phased") -> Robot:
    return next(one for one in part.robot if one.id == name)


@cache
def runs() -> list[Game]:
    """The same worlds as single runs."""
    seeds = [dice.seed_of(SEED, world) for world in range(WORLDS)]
    return [robots_alone("accelerate", "phased", seed).game for seed in seeds]


@cache
def counted() -> dict[tuple[str, str], Outing]:
    part = exercise("accelerate")
    made = outings(Tables(part), [plan(part)], SEED, WORLDS)
    return {(one.adversary, one.who): one for one in made}


@pytest.mark.slow
@pytest.mark.parametrize("row", range(3), ids=NAMES)
def test_escalations_refusals_and_aims_are_those_of_single_runs(row: int) -> None:
    one = counted()[NAMES[row], "phased"]
    part = exercise("accelerate").adversary[row]
    did = [[turn[row] for turn in game.position.past_responses] for game in runs()]
    assert sum(turn.count(2) for turn in did) / WORLDS == one.escalations
    wants, refused = 0, 0
    for game in runs():
        for turn in game.turns:
            assert turn.reckoned is not None
            (fact,) = [r for r in turn.reckoned.reckoning.responses if r.adversary == part.id]
            wanted = (fact.draw < fact.odds) + (fact.draw < fact.odds and fact.draw2 < fact.odds2)
            wants += wanted > 0
            refused += ("restraint", "probe", "escalate").index(fact.response) < wanted
    assert refused / wants == one.refused
    for at, aim in enumerate(part.aim):
        mine = [game for game in runs() if game.position.aims[row] == at]
        ends = [met(game.run.tables, game.position, aim.reached) for game in mine]
        assert one.reached[aim.id] == (sum(ends) / len(ends) if mine else None)


@pytest.mark.parametrize("row", range(3), ids=NAMES)
def test_news_of_an_escalation_is_looked_for_in_the_turns_after_it(row: int) -> None:
    one = counted()[NAMES[row], "phased"]
    part = exercise("accelerate")
    tells = {
        inject.id: inject.when
        for inject in part.inject
        if f"responded='{NAMES[row]}'" in repr(inject.when)
    }
    assert tells
    heard: list[bool] = []
    timings: list[bool] = []
    for game in runs():
        came = [{slot.released.inject: slot for slot in turn.slots} for turn in game.turns]
        for turn in came:
            slots = [turn[name] for name in turn if name in tells]
            timings += [s.ruled is not None and s.ruled.ruling.timing == "on_time" for s in slots]
        for at, answers in enumerate(game.position.past_responses[:-1]):
            if answers[row] == 2:
                after = {name for turn in came[at + 1 : at + 3] for name in turn}
                heard.append(bool(after & {*tells}))
    assert one.news == (sum(heard) / len(heard) if heard else None)
    assert one.answered == (sum(timings) / len(timings) if heard and timings else None)


def test_who_is_pressed_escalates_alone_and_runs_dry() -> None:
    for name in NAMES:
        pressed, rule = counted()[name, PRESSED], counted()[name, "phased"]
        assert pressed.escalations > rule.escalations
        assert pressed.refused > 0.4


def test_an_exercise_without_aims_and_purses_has_nothing_to_tell() -> None:
    first = exercise("accelerate_1")
    assert [] == outings(Tables(first), [plan(first)], SEED, 2)
    assert [] == [*red_symptoms(first, [])]


BY_RULE = Outing("china", "phased", 1.5, 0.1, {"a": 0.2, "b": 0.5}, 0.9, 0.5)
FORCED = replace(BY_RULE, who=PRESSED, escalations=4, refused=0.6, reached={"a": 0.0, "b": 0.3})


def said(*found: Outing) -> list[tuple[str, tuple[object, ...]]]:
    """Kind and place of what is remarked of China, whose aims are a and b."""
    part = exercise("accelerate")
    china = part.adversary[0]
    aims = [one.model_copy(update={"id": name}) for one, name in zip(china.aim, "ab", strict=False)]
    changed = part.model_copy(update={"adversary": [china.model_copy(update={"aim": aims})]})
    return [(one.kind, one.path) for one in red_symptoms(changed, found)]


@pytest.mark.parametrize(
    ("rule", "forced", "wanted"),
    [
        ({}, {}, []),
        ({"reached": {"a": 0.0, "b": 0.5}}, {}, [("aim_never", ("adversary", 0, "aim", 0))]),
        ({"reached": {"a": 1.0, "b": 0.5}}, {}, [("aim_always", ("adversary", 0, "aim", 0))]),
        ({}, {"reached": {"a": 0.2, "b": 0.6}}, [("escalation_pays", ("adversary", 0, "aim", 1))]),
        ({}, {"reached": {"a": 0.2, "b": 0.51}}, []),
        ({}, {"refused": 0.0}, [("purse_idle", ("adversary", 0, "purse"))]),
        ({"news": 0.4}, {}, [("escalation_unheard", ("adversary", 0))]),
        ({"news": None, "answered": None}, {"news": None, "answered": None}, []),
        ({"reached": {"a": None, "b": None}}, {"reached": {"a": None, "b": None}}, []),
    ],
)
def test_what_is_worth_a_second_look(
    rule: dict[str, Any], forced: dict[str, Any], wanted: list[object]
) -> None:
    assert wanted == said(replace(BY_RULE, **rule), replace(FORCED, **forced))


def test_an_outing_is_a_line() -> None:
    assert (
        "china, with phased: escalates 1.5 times a run; its purse refuses 10 % of what it wants; "
        "aims reached: a 20 % and b 50 %; 90 % of its escalations come as news, 50 % of it "
        "answered in time"
    ) == outing_line(BY_RULE)
    bare = replace(FORCED, reached={"a": None}, news=None, answered=None)
    assert (
        "china, always escalating: escalates 4.0 times a run; its purse refuses 60 % of what it "
        "wants"
    ) == outing_line(bare)
