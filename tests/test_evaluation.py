"""The evaluation as each seat sees it: rated apart, settled in the open, not above evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.hosted import CHIEF, ask, host, refused, to
from kit.wash import readers, to_wash

from ttx.session import phases
from ttx.session.asides import evaluators
from ttx.session.notebook_events import RATINGS
from ttx.session.play_commands import Continue
from ttx.session.run import OBSERVER, PROJECTOR
from ttx.session.side_commands import Allow, Observe, Rate, Settle
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.view.evaluation import (
    EvaluationView,
    ObjectiveView,
    agreed,
    evaluation,
    means,
    open_to,
    unsupported,
)
from ttx.session.view.eye import Eye
from ttx.session.view.record import RecordView

FIRST, SECOND = "evaluator", "second_evaluator"
TIME, PRICE = "decide_in_time", "price"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A hosted run with the first inject on the table."""
    one = host(tmp_path)
    to(one, phases.DELIBERATION)
    return one


def seen(table: Table, seat: str) -> EvaluationView:
    found = evaluation(Eye(table.game, seat))
    assert found is not None
    return found


def on(table: Table, seat: str, objective: str = TIME) -> ObjectiveView:
    return next(one for one in seen(table, seat).objectives if one.id == objective)


def letters(table: Table, seat: str, objective: str = TIME) -> list[tuple[str, str]]:
    return [(one.by, one.letter) for one in on(table, seat, objective).ratings]


# --- who sees what ---


def test_the_flagship_seats_two_evaluators_and_the_lead_comes_first(table: Table) -> None:
    assert [FIRST, SECOND] == evaluators(table.game.run)


def test_evaluators_see_what_to_look_for_in_news_and_while_levers_move(table: Table) -> None:
    one = on(table, FIRST)

    assert "The answer comes inside the window in two of three crises." == one.measures[0]
    assert one.lever_tasks
    assert () == on(table, FIRST, "").measures


def test_evaluators_rate_apart_until_both_have(table: Table) -> None:
    ask(table, FIRST, Rate(TIME, "S", "QWHY"))

    other = seen(table, SECOND)
    assert ("Evaluator",) == on(table, SECOND).sealed
    assert [] == letters(table, SECOND)
    assert "QWHY" not in repr(other)
    assert [("Evaluator", "S")] == letters(table, FIRST)
    ask(table, SECOND, Rate(PRICE, "P", "another one opens nothing"))
    assert "QWHY" not in repr(seen(table, SECOND))

    ask(table, SECOND, Rate(TIME, "M", "bound Tokyo"))
    assert [("Evaluator 2", "M"), ("Evaluator", "S")] == letters(table, SECOND)
    assert [("Evaluator", "S"), ("Evaluator 2", "M")] == letters(table, FIRST)
    assert [TIME] == [one.id for one in seen(table, FIRST).apart]


def test_the_hot_wash_opens_what_one_alone_has_rated(table: Table) -> None:
    ask(table, FIRST, Rate(TIME, "S", "QWHY"))
    to_wash(table)
    assert [("Evaluator", "S")] == letters(table, SECOND)
    assert () == on(table, SECOND).sealed


def test_before_the_hot_wash_an_evaluator_reads_its_own_observations_only(table: Table) -> None:
    ask(table, FIRST, Observe("strength", "QFIRST", TIME, "usfj"))
    ask(table, SECOND, Observe("improvement", "QSECOND", TIME))
    ask(table, SECOND, Observe("neutral", "QNONE"))

    assert "QFIRST" not in repr(seen(table, SECOND))
    assert "QSECOND" not in repr(seen(table, FIRST))
    (own,) = on(table, FIRST).observations
    assert ("strength", "QFIRST", "USFJ", "Evaluator") == (own.sort, own.text, own.seat, own.by)
    assert own.where.startswith("1.1 ")
    for seat in (CHIEF, OBSERVER):
        assert ["QFIRST", "QSECOND"] == [one.text for one in on(table, seat).observations]
    assert ["QNONE"] == [one.text for one in on(table, SECOND, "").observations]
    to_wash(table)
    assert ["QFIRST", "QSECOND"] == [one.text for one in on(table, FIRST).observations]


@pytest.mark.parametrize("seat", ["usfj", "mofa", "prc", PROJECTOR])
def test_players_read_nothing_of_it_before_the_hot_wash_then_what_stands(
    table: Table, seat: str
) -> None:
    ask(table, FIRST, Observe("strength", "QSEEN", TIME), Rate(TIME, "S", "QLEAD"))
    ask(table, SECOND, Rate(TIME, "M", "QOTHER"))
    assert not open_to(Eye(table.game, seat))
    assert evaluation(Eye(table.game, seat)) is None

    to_wash(table)
    view = seen(table, seat)
    assert "QSEEN" in repr(view)
    assert "QLEAD" not in repr(view)
    assert "QOTHER" not in repr(view)
    assert not view.apart
    ask(table, FIRST, Settle(TIME, "M", "QSETTLED"))
    final = on(table, seat).final
    assert final is not None
    assert ("M", "QSETTLED") == (final.letter, final.why)
    assert (False, False, False) == (view.observes, view.observes, view.settles)


def test_an_observer_sees_of_it_what_the_facilitator_allows(table: Table) -> None:
    ask(table, FIRST, Observe("strength", "QSEEN", TIME))
    assert "QSEEN" in repr(seen(table, OBSERVER))
    ask(table, CHIEF, Allow("room"))
    assert evaluation(Eye(table.game, OBSERVER)) is None


def test_the_facilitator_reads_both_and_writes_none(table: Table) -> None:
    ask(table, FIRST, Rate(TIME, "S", "x"))
    view = seen(table, CHIEF)
    assert [("Evaluator", "S")] == letters(table, CHIEF)
    assert (False, False, False) == (view.observes, view.observes, view.settles)
    to_wash(table)
    assert not seen(table, CHIEF).settles
    assert [True, False] == [seen(table, one).settles for one in (FIRST, SECOND)]


def test_the_record_keeps_ratings_apart_too(table: Table) -> None:
    ask(table, FIRST, Rate(TIME, "S", "QWHY"))
    assert "QWHY" not in readers(table, SECOND)
    assert "QWHY" in readers(table, FIRST)
    assert "QWHY" in readers(table, CHIEF)
    before = table.game.entries
    to_wash(table)
    view = RecordView(Timeline(table.game.run, table.entries), SECOND)
    assert before not in view.seen(before)
    assert before in view.seen(table.game.entries)


# --- what it says ---


def test_an_objective_names_the_injects_that_exercised_it_and_no_others(table: Table) -> None:
    inject = table.game.inject
    assert inject is not None
    for one in seen(table, FIRST).objectives:
        expected = 1 if one.id in inject.objectives else 0
        assert expected == len(one.exercised)
        assert all(said.startswith("1.1 ") for said in one.exercised)
    assert "Operational coordination" == on(table, FIRST).capability


def test_what_is_observed_between_injects_is_stamped_with_its_phase(table: Table) -> None:
    while table.game.turn is None or table.game.phase != phases.LEVERS:
        to(table, phases.LEVERS)
    ask(table, FIRST, Observe("neutral", "quiet"))
    assert "turn 2, levers" == on(table, FIRST, "").observations[0].where


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        ({FIRST: "S", SECOND: "S"}, "S"),
        ({FIRST: "S", SECOND: "N"}, "S"),
        ({FIRST: "N", SECOND: "N"}, "N"),
        ({SECOND: "U"}, "U"),
        ({FIRST: "S", SECOND: "M"}, ""),
        ({}, ""),
    ],
    ids=str,
)
def test_what_all_agree_on_stands_and_not_observed_contradicts_nobody(
    table: Table, given: dict[str, str], stands: str
) -> None:
    for seat, letter in given.items():
        ask(table, seat, Rate(TIME, letter, f"why {seat}"))
    assert on(table, CHIEF).final is None
    to_wash(table)
    one = on(table, CHIEF)
    assert stands == (one.final.letter if one.final is not None else "")
    assert stands == agreed(given.values())
    assert one.differ is (set(given.values()) == {"S", "M"})


def test_what_is_settled_stands_over_all_ratings(table: Table) -> None:
    ask(table, FIRST, Rate(TIME, "S", "x"))
    ask(table, SECOND, Rate(TIME, "S", "y"))
    to_wash(table)
    ask(table, FIRST, Settle(TIME, "U", "on second thoughts"))
    one = on(table, SECOND)
    assert one.final is not None
    assert ("U", True, False) == (one.final.letter, one.settled, one.differ)
    assert "That rating is settled." == refused(table, SECOND, Rate(TIME, "P", "x"))


def test_a_high_rating_without_an_observation_is_asked_about(table: Table) -> None:
    bare = on(table, FIRST)
    assert ["P", "S"] == [one for one in RATINGS if unsupported(bare, one)]
    ask(table, SECOND, Observe("strength", "another's counts for another", TIME))
    assert unsupported(on(table, FIRST), "P")
    ask(table, FIRST, Observe("improvement", "late", TIME))
    assert not any(unsupported(on(table, FIRST), one) for one in RATINGS)


def test_the_letters_keep_the_doctrines_meaning() -> None:
    said = {one: means(one).lower() for one in RATINGS}
    assert "objective was achieved" in said["M"]
    for words in ("negative effect on other activities", "added risk", "not in accordance"):
        assert words in said["M"]
    assert "not completed" not in said["M"]
    assert "no negative effect" in said["P"]
    assert "no added risk" in said["P"]
    assert "more effective or more efficient" in said["S"]
    assert "not performed in a manner that achieved the objective" in said["U"]
    assert "not observed" in said["N"]


# --- when ---


def test_it_opens_at_startex_and_is_read_when_the_run_is_closed(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert evaluation(Eye(table.game, FIRST)) is None
    assert "from STARTEX" in refused(table, FIRST, Observe("strength", "x"))
    to(table, phases.LEVERS)
    assert seen(table, FIRST).observes
    to_wash(table)
    ask(table, FIRST, Observe("strength", "said at the hot wash", TIME))
    ask(table, CHIEF, Continue())
    assert "The run is closed" in refused(table, FIRST, Observe("strength", "x"))
    view = seen(table, FIRST)
    assert (False, False, False) == (view.observes, view.observes, view.settles)
    assert "said at the hot wash" in repr(view)
