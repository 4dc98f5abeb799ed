"""Analyses of observations, the cell an evaluator watches, and rows of the plan of observations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kit.hosted import CHIEF, ask, host, refused, to
from kit.wash import PLAN, to_wash

from ttx.session import phases
from ttx.session.asides import evaluators
from ttx.session.event_codec import Event
from ttx.session.notebook_events import Analysed, Assigned, Planned
from ttx.session.play_commands import Continue
from ttx.session.side_commands import Analyse, Assign, Observe
from ttx.session.striking import Strike
from ttx.session.table import Table
from ttx.session.verify import verify
from ttx.session.view.evaluation import EvaluationView, evaluation
from ttx.session.view.eye import Eye
from ttx.session.view.wash import plan

TIME = "time"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A hosted run in play, with an observation of each evaluator."""
    one = host(tmp_path)
    to(one, phases.DELIBERATION)
    first, second = evaluators(one.game.run)[:2]
    objective = one.game.run.exercise.objective[0].id
    ask(one, first, Observe("improvement", "nobody kept the time", objective))
    ask(one, second, Observe("strength", "they asked early", objective))
    return one


def entries(table: Table) -> list[int]:
    return [stamp.n for stamp, _page in table.game.notebook.observations]


def judges(table: Table) -> list[str]:
    return evaluators(table.game.run)[:2]


def seen(table: Table, seat: str) -> EvaluationView:
    view = evaluation(Eye(table.game, seat))
    assert view is not None
    return view


# --- analyses ---


def test_who_wrote_an_observation_analyses_it_and_the_last_word_stands(table: Table) -> None:
    first, _second = judges(table)
    entry = entries(table)[0]
    ask(table, first, Analyse(entry, "no seat had the task"))
    ask(table, first, Analyse(entry, " nobody had the task ", "annex C"))
    assert Analysed(entry, "nobody had the task", "annex C") == table.game.notebook.analyses[entry]
    told = seen(table, first).objectives[0].observations[0]
    assert ("nobody had the task", "annex C") == (told.analysis, told.reference)


def test_others_analyse_it_at_the_hot_wash_and_not_before(table: Table) -> None:
    _first, second = judges(table)
    entry = entries(table)[0]
    for seat in (second, CHIEF, "usfj"):
        assert "Who wrote the observation analyses it" in refused(table, seat, Analyse(entry, "x"))
    to_wash(table)
    for seat in (second, CHIEF):
        ask(table, seat, Analyse(entry, f"as {seat} has it"))
    assert "Who wrote" in refused(table, "usfj", Analyse(entry, "x"))
    ask(table, CHIEF, Continue())
    assert phases.CLOSED == table.game.phase


def test_an_analysis_needs_words_and_something_that_stands(table: Table) -> None:
    first, _second = judges(table)
    entry = entries(table)[0]
    assert "The analysis is empty." == refused(table, first, Analyse(entry, "  "))
    assert "There is no such observation" in refused(table, first, Analyse(1, "x"))
    ask(table, first, Strike(entry))
    assert "it was struck" in refused(table, first, Analyse(entry, "x"))


# --- the cell that is watched ---


def test_an_evaluator_watches_a_cell_or_all(table: Table) -> None:
    first, second = judges(table)
    ask(table, first, Assign(first, "japan"))
    ask(table, CHIEF, Assign(second, "us"))
    assert {first: "japan", second: "us"} == table.game.notebook.assigned
    assert "Japan" == seen(table, first).assigned
    ask(table, first, Assign(first, ""))
    assert {second: "us"} == table.game.notebook.assigned
    assert "watches already" in refused(table, first, Assign(first, ""))
    assert "There is no cell 'white'" in refused(table, first, Assign(first, "white"))
    assert "Only an evaluator" in refused(table, CHIEF, Assign(CHIEF, "us"))
    assert refused(table, first, Assign(second, "japan"))
    assert refused(table, "usfj", Assign(first, "japan"))


# --- critical tasks ---


def test_critical_tasks_are_those_of_the_guide_and_no_players(table: Table) -> None:
    first, _second = judges(table)
    exercise, inject = table.game.run.exercise, table.game.inject
    assert inject is not None
    for view in seen(table, first).objectives:
        mine = {one.expected_action for one in exercise.inject if one.objectives[:1] == [view.id]}
        assert mine == {task.expected for task in view.tasks}
    now = [task for view in seen(table, first).objectives for task in view.tasks if task.now]
    assert [inject.expected_action] == [task.expected for task in now]
    assert evaluation(Eye(table.game, "usfj")) is None
    to_wash(table)
    assert not [view.tasks for view in seen(table, "usfj").objectives if view.tasks]


# --- rows of the plan ---


def test_an_observation_becomes_a_row_of_the_plan_beside_cards(table: Table) -> None:
    first, _second = judges(table)
    entry = entries(table)[0]
    row = replace(PLAN, card=0, observation=entry, contact="duty desk")
    assert "The board is for the hot wash." == refused(table, first, row)
    to_wash(table)
    assert "no such observation" in refused(table, first, replace(row, observation=1))
    assert "of a card or of an observation" in refused(table, first, replace(row, card=1))
    assert "facilitator's and the evaluators'" in refused(table, "usfj", row)
    ask(table, first, row, replace(row, action="Ask at once"))
    (made,) = table.game.notebook.plan
    assert ("Ask at once", "duty desk", entry, 0) == (
        made.action,
        made.contact,
        made.observation,
        made.card,
    )
    assert ["nobody kept the time"] == [one.issue for one in plan(Eye(table.game, "usfj"))]
    assert "is a row of the improvement plan, and stays" in refused(table, first, Strike(entry))
    ask(table, first, Strike(entry, "nobody watched the time"))
    assert ["nobody watched the time"] == [one.issue for one in plan(Eye(table.game, "usfj"))]


@pytest.mark.parametrize(
    "event",
    [
        Planned(4, "planning", "do", "planning", "J3", "2027-03-31", ""),
        Planned(0, "planning", "do", "planning", "J3", "2027-03-31", "", "desk", 12),
        Assigned("evaluator", ""),
        Assigned("evaluator", "us"),
        Analysed(3, "since"),
        Analysed(3, "since", "annex C"),
    ],
)
def test_what_is_written_is_read_again(event: Event) -> None:
    assert event == type(event).from_toml(event.as_toml())


def test_a_row_of_a_card_is_written_as_ever() -> None:
    row = Planned(4, "planning", "do", "planning", "J3", "2027-03-31", "")
    keys = ["card", "capability", "action", "element", "owner", "due", "starts"]
    assert keys == [*row.as_toml()]


def test_a_save_with_all_of_it_holds(table: Table) -> None:
    first, _second = judges(table)
    ask(table, first, Assign(first, "us"), Analyse(entries(table)[0], "since", "annex"))
    to_wash(table)
    ask(table, CHIEF, replace(PLAN, card=0, observation=entries(table)[1], contact="desk"))
    ask(table, CHIEF, Continue())
    path = table.save.path if table.save is not None else None
    table.leave()
    assert path is not None
    assert not [one for one in verify(path) if one.holds is False]
