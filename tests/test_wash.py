"""The board of the hot wash, the questions to ask there, and the plan that comes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kit.hosted import CHIEF, ask, host, option, refused, to
from kit.tables import seated
from kit.wash import PLAN, to_wash

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.asides import OBSERVER_READS
from ttx.session.control_commands import Challenge, Hear
from ttx.session.notebook_events import COLUMNS
from ttx.session.play_commands import Commit, Continue, End, Start, Submit
from ttx.session.run import OBSERVER, PROJECTOR
from ttx.session.side_commands import Note, PutUp, Rate, Vote
from ttx.session.table import Table
from ttx.session.view import asking
from ttx.session.view.asking import asks
from ttx.session.view.eye import Eye
from ttx.session.view.wash import (
    BY_COLUMN,
    BY_SEAT,
    BY_VOTES,
    BoardView,
    board,
    groups,
    plan,
)

CARDS = (
    ("usfj", "plus", "one picture"),
    ("mofa", "delta", "two words"),
    ("usfj", "next", "an authority"),
    ("osd", "delta", "no log"),
)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """A hosted run at its hot wash."""
    one = host(tmp_path)
    to(one, phases.LEVERS)
    to_wash(one)
    return one


@pytest.fixture
def full(table: Table) -> Table:
    """The same with cards on the board."""
    for seat, column, words in CARDS:
        ask(table, seat, PutUp(column, words))
    return table


def seen(table: Table, seat: str) -> BoardView:
    found = board(Eye(table.game, seat))
    assert found is not None
    return found


# --- the board ---


@pytest.mark.slow
def test_the_board_opens_at_the_hot_wash(tmp_path: Path) -> None:
    one = host(tmp_path)
    assert board(Eye(one.game, "usfj")) is None
    to(one, phases.LEVERS)
    assert board(Eye(one.game, CHIEF)) is None
    assert () == asks(Eye.all_seeing(one.game))
    to_wash(one)
    assert () == seen(one, "usfj").cards


def test_cards_are_numbered_and_say_whose_they_are(full: Table) -> None:
    cards = seen(full, "usfj").cards
    assert [1, 2, 3, 4] == [one.number for one in cards]
    assert ["USFJ", "MOFA", "USFJ", "OSD"] == [one.seat for one in cards]
    assert ["US", "Japan", "US", "US"] == [one.cell for one in cards]


def test_votes_left_are_a_seats_own(full: Table) -> None:
    ask(full, "osd", Vote(1), Vote(2))
    ask(full, "usfj", Vote(2))
    osd, usfj = seen(full, "osd"), seen(full, "usfj")
    assert (1, 2) == (osd.left, usfj.left)
    assert [1, 2, 0, 0] == [one.votes for one in osd.cards]
    assert [True, True, False, False] == [one.mine for one in osd.cards]
    assert [False, True, False, False] == [one.mine for one in usfj.cards]
    ask(full, "osd", Vote(2, given=False))
    assert (2, False) == (seen(full, "osd").left, seen(full, "osd").cards[1].mine)


@pytest.mark.parametrize(
    ("seat", "writes", "plans"),
    [
        ("usfj", True, False),
        ("prc", True, False),
        (CHIEF, True, True),
        ("evaluator", True, True),
        ("second_evaluator", True, True),
        (OBSERVER, True, False),
        (PROJECTOR, False, False),
    ],
)
def test_who_writes_and_who_plans(full: Table, seat: str, writes: bool, plans: bool) -> None:  # noqa: FBT001  # a row of the table
    view = seen(full, seat)
    assert (writes, plans) == (view.writes, view.plans)
    assert (3 if writes else 0) == view.left
    ask(full, CHIEF, Continue())
    after = seen(full, seat)
    assert (False, False, 4) == (after.writes, after.plans, len(after.cards))


def test_an_observer_is_heard_at_the_hot_wash_and_not_before(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "The board is for the hot wash." == refused(table, OBSERVER, PutUp("plus", "seen"))
    ask(table, CHIEF, Start(), End())
    ask(table, OBSERVER, PutUp("plus", "They listened"), Vote(1))
    (card,) = seen(table, "usfj").cards
    assert ("They listened", "Observer", 1) == (card.text, card.seat, card.votes)
    assert OBSERVER_READS == refused(table, OBSERVER, Note("and this"))


def test_alone_the_same_board_works() -> None:
    one = seated("tutorial")
    ask(one, "relief", End())
    ask(one, "relief", PutUp("delta", "alone"), Vote(1))
    view = seen(one, "relief")
    assert (True, True, 2) == (view.writes, view.plans, view.left)
    capability = one.game.run.exercise.capability[0].id
    ask(one, "relief", replace(PLAN, capability=capability))
    assert [1] == [row.card for row in plan(Eye.all_seeing(one.game))]


def test_what_comes_in_the_same_moment_is_all_kept(table: Table) -> None:
    seen_by_both = table.game.entries
    table.submit("usfj", PutUp("plus", "first"), seen_by_both)
    table.submit("kantei", PutUp("plus", "second"), seen_by_both)
    table.submit("mofa", Vote(1), seen_by_both)
    table.submit("osd", Vote(1), seen_by_both)
    cards = seen(table, "usfj").cards
    assert [("first", 2), ("second", 0)] == [(one.text, one.votes) for one in cards]


# --- three ways to read it ---


def test_by_column_all_six_are_there(full: Table) -> None:
    found = groups(seen(full, "usfj"), BY_COLUMN)
    assert len(COLUMNS) == len(found)
    assert [[], [], [], [3], [1], [2, 4]] == [[c.number for c in one.cards] for one in found]
    assert ["no card", "no card", "no card", "1 card", "1 card", "2 cards"] == [
        one.note for one in found
    ]


def test_by_votes_the_most_come_first_and_of_equals_the_older(full: Table) -> None:
    ask(full, "osd", Vote(4), Vote(2))
    ask(full, "usfj", Vote(4))
    (found,) = groups(seen(full, "usfj"), BY_VOTES)
    assert [4, 2, 1, 3] == [one.number for one in found.cards]


def test_by_seat_plus_and_delta_are_counted(full: Table) -> None:
    found = groups(seen(full, "usfj"), BY_SEAT)
    assert [("USFJ", [1, 3]), ("MOFA", [2]), ("OSD", [4])] == [
        (one.name, [c.number for c in one.cards]) for one in found
    ]
    assert ["1 plus, 0 delta, 1 other", "0 plus, 1 delta", "0 plus, 1 delta"] == [
        one.note for one in found
    ]


# --- the plan ---


def test_rows_of_the_plan_come_by_their_date(full: Table) -> None:
    ask(
        full,
        CHIEF,
        replace(PLAN, card=4, due="2027-06-30", starts="2027-01-02"),
        replace(PLAN, card=3, due=" 20270101 "),
        replace(PLAN, card=2, due="2026-12-31"),
        replace(PLAN, card=2, due="2028-01-01", owner="MOFA"),
    )
    rows = plan(Eye.all_seeing(full.game))
    assert [(3, "2027-01-01"), (4, "2027-06-30"), (2, "2028-01-01")] == [
        (row.card, row.made.due) for row in rows
    ]
    assert ["", "2027-01-02", ""] == [row.made.starts for row in rows]
    assert [False, True, True] == [row.area for row in rows]
    assert ("Planning", "MOFA", "two words") == (
        rows[2].capability,
        rows[2].made.owner,
        rows[2].issue,
    )
    assert [False, True, True, True] == [one.planned for one in seen(full, "usfj").cards]


def test_dates_are_compared_as_dates(full: Table) -> None:
    late = replace(PLAN, starts="20280101", due="2027-12-31")
    assert "It would be done before it starts" in refused(full, CHIEF, late)
    assert "is no date" in refused(full, CHIEF, replace(PLAN, due="2027-02-30"))
    assert "a date by which it is done" in refused(full, CHIEF, replace(PLAN, due=" "))


# --- what to ask ---


@pytest.mark.slow
def test_questions_come_from_the_record_the_contested_first(tmp_path: Path) -> None:
    one, expected = host(tmp_path), "restraint"  # the dice of this run have it act
    to(one, phases.DELIBERATION)
    first, second = option(one, 0), option(one, 1)
    ask(one, "kantei", Note("The weather\nholds.", "assumption"))
    ask(one, "osd", Commit(Answer(second, confidence=80, expects={"china": expected})))
    ask(one, "state", Commit(Answer(second, confidence=40)))
    ask(one, "usfj", Commit(Answer(first, expects={"china": expected})))
    ask(one, "usfj", Submit(Answer(first, confidence=60, expects={"china": expected})))
    ask(one, "kantei", Submit(Answer(first)))
    ask(one, "evaluator", Rate("price", "S", "x"))
    ask(one, "second_evaluator", Rate("price", "M", "y"))
    while one.game.phase != phases.REVIEW:
        ask(one, CHIEF, Continue())
    ask(one, "kantei", Challenge("The window was shorter."))
    ask(one, CHIEF, Hear("upheld", "The clock has that step."))
    to(one, phases.LEVERS)
    assert () == asks(Eye.all_seeing(one.game))
    to_wash(one)

    found = asks(Eye.all_seeing(one.game))
    kinds = list(dict.fromkeys(each.kind for each in found))
    assert [
        asking.CONTESTED,
        asking.VIEWS,
        asking.RATINGS,
        asking.EXPECTED,
        asking.ASSUMED,
        asking.OPEN,
    ] == kinds
    said = {kind: [each.sentence for each in found if each.kind == kind] for kind in kinds}
    assert "Kantei challenged it, because: The window was shorter." in said[asking.CONTESTED][0]
    assert "The ruling stands, because: The clock has that step." in said[asking.CONTESTED][0]
    (views,) = said[asking.VIEWS]
    assert "(60% sure), OSD would have chosen" in views
    assert "(80% sure)" in views
    assert "Evaluator S, performed with some challenges, Evaluator 2 M" in said[asking.RATINGS][0]
    assert one.game.turn is not None
    assert ["Turn 1, Kantei assumed: The weather holds. Did it hold, and what rested on it?"] == (
        said[asking.ASSUMED]
    )
    reckoned = one.game.turns[0].reckoned
    assert reckoned is not None
    did = {each.adversary: each.response for each in reckoned.reckoning.responses}["china"]
    assert did != expected
    missed, counted = said[asking.EXPECTED]
    assert f"US and OSD expected {expected} of China; it came to {did}." in missed
    assert "0 of 2 times" in counted
    assert 4 == len(said[asking.OPEN])


def test_where_nothing_was_said_there_is_still_something_to_ask(table: Table) -> None:
    found = asks(Eye.all_seeing(table.game))
    assert "Nobody noted an assumption." in found[0].sentence
    assert {asking.ASSUMED, asking.OPEN} == {one.kind for one in found}


def test_a_question_repeats_no_more_than_a_line_of_what_was_said(tmp_path: Path) -> None:
    one = host(tmp_path)
    to(one, phases.LEVERS)
    ask(one, "usfj", Note("word " * 300, "assumption"))
    to_wash(one)
    assert len(asks(Eye.all_seeing(one.game))[0].sentence) < 200
