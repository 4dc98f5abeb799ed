"""What is written beside the play: who may write it, what it is stamped with, who reads it when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kit.hosted import CHIEF, ask, host, refused, to
from kit.tables import seated
from kit.wash import PLAN, readers, to_wash

from ttx.session import phases
from ttx.session.asides import OBSERVER_READS, VOTES, evaluators
from ttx.session.fold import fold
from ttx.session.notebook_events import SORTS
from ttx.session.opening import look_at
from ttx.session.play_commands import Continue, End, Pause, Undo
from ttx.session.record import read
from ttx.session.run import OBSERVER
from ttx.session.side_commands import (
    Allow,
    Inquire,
    Note,
    Observe,
    Plan,
    Probe,
    PutUp,
    Rate,
    Reply,
    Settle,
    Vote,
)
from ttx.session.table import Table
from ttx.session.view.record import TRUTH
from ttx.session.view.visibility import visibility


def sound(table: Table) -> None:
    assert table.path is not None
    record = read(table.path)
    game = look_at(record).game
    assert table.game == game
    assert fold(look_at(record).timeline.run, record.entries).notebook == table.game.notebook


@pytest.mark.slow
def test_a_note_carries_its_sort_and_where_the_run_stood(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "mofa", Note("before", "question"))
    to(table, phases.DELIBERATION)
    for sort in SORTS:
        ask(table, "osd", Note(f"a {sort}", sort))
    assert "A note is no 'joke'" in refused(table, "osd", Note("x", "joke"))

    (first, asked), *rest = table.game.notebook.notes
    slot = table.game.slot
    assert slot is not None
    assert (0, "", "", "question") == (first.turn, first.number, first.day, asked.sort)
    assert [*SORTS] == [note.sort for _, note in rest]
    stamp = rest[0][0]
    assert (table.game.number, slot.released.inject, slot.released.day, slot.released.hour) == (
        stamp.number,
        stamp.inject,
        stamp.day,
        stamp.hour,
    )
    assert ("osd", phases.DELIBERATION) == (stamp.by, stamp.phase)
    assert stamp.at
    sound(table)


def test_a_cell_asks_control_and_its_own_cell_alone_reads_the_reply(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "for the time of play" in refused(table, "osd", Inquire("When?"))
    to(table, phases.DELIBERATION)
    ask(table, "osd", Inquire("Which ships?"))
    ask(table, "kantei", Inquire("Whose flag?"))
    assert "That is the facilitator's." == refused(table, "usfj", Reply(1, "two"))
    ask(table, CHIEF, Reply(2, "No flag was seen."))
    assert "was answered already" in refused(table, CHIEF, Reply(2, "again"))
    assert "There is no request 3." == refused(table, CHIEF, Reply(3, "again"))
    assert "Only the cells" in refused(table, "evaluator", Inquire("why?"))

    first, second = table.game.notebook.inquiries
    assert ("", "No flag was seen.") == (first.reply, second.reply)
    assert "Whose flag?" in readers(table, "mofa")
    assert "No flag was seen." in readers(table, "mofa")
    for eye in ("usfj", "prc"):
        assert "flag" not in readers(table, eye)
    ask(table, CHIEF, Undo())
    assert (first, second) == tuple(table.game.notebook.inquiries)
    sound(table)


def test_a_question_is_put_to_the_room_once_and_by_the_facilitator_alone(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "belong to an inject" in refused(table, CHIEF, Probe(1))
    to(table, phases.DELIBERATION)
    inject = table.game.inject
    assert inject is not None
    asked = str(inject.probing[0].ask)
    assert asked not in readers(table, "usfj")
    assert "That is the facilitator's." == refused(table, "usfj", Probe(1))
    assert "has no question 9" in refused(table, CHIEF, Probe(9))
    ask(table, CHIEF, Pause(), Probe(1))

    assert "was put to the room already" in refused(table, CHIEF, Probe(1))
    assert [1] == table.game.notebook.probed(inject.id)
    assert asked in readers(table, "usfj")
    sound(table)


def test_an_observer_sees_what_the_facilitator_allows(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.ADJUDICATION)
    assert visibility(table.game, OBSERVER).proposed
    assert OBSERVER_READS == refused(table, OBSERVER, Note("x"))
    ask(table, CHIEF, Allow("room"))
    seen = visibility(table.game, OBSERVER)
    assert (False, frozenset({"white"})) == (seen.proposed, seen.answers)
    ask(table, CHIEF, Allow("all"))
    assert visibility(table.game, OBSERVER).proposed
    assert "Observers see all" in refused(table, CHIEF, Allow("half"))
    sound(table)


def test_evaluators_rate_apart_and_the_lead_settles_in_the_open(tmp_path: Path) -> None:
    table = host(tmp_path)
    lead, *_ = evaluators(table.game.run)
    assert "evaluator" == lead
    assert "between STARTEX" in refused(table, lead, Rate("price", "P", "x"))
    to(table, phases.DELIBERATION)
    ask(
        table,
        lead,
        Observe("strength", "Both cells named the slowest stage.", "decide_in_time", "usfj"),
        Rate("decide_in_time", "S", "the wait was named late"),
        Rate("decide_in_time", "M", "and nobody asked Hawaii"),
    )
    assert "There is no objective 'win'" in refused(table, lead, Rate("win", "P", "x"))
    assert "A rating is P, S, M or U" in refused(table, lead, Rate("price", "A", "x"))
    assert "what it rests on" in refused(table, lead, Rate("price", "P", " "))
    assert "Ratings are the evaluators'." == refused(table, "usfj", Rate("price", "P", "x"))
    assert "Observations are the evaluators'" in refused(table, "usfj", Observe("strength", "x"))
    assert "at the hot wash" in refused(table, lead, Settle("decide_in_time", "M", "x"))
    for eye in ("usfj", "prc"):
        assert "named" not in readers(table, eye)

    to_wash(table)
    ask(table, lead, Settle("decide_in_time", "M", "we agreed on the second"))

    assert "The lead evaluator settles" in refused(table, CHIEF, Settle("price", "P", "x"))
    assert "That rating is settled." == refused(table, lead, Rate("decide_in_time", "P", "x"))
    assert ["M"] == [one.rating for one in table.game.notebook.ratings["decide_in_time"].values()]
    assert "M" == table.game.notebook.settled["decide_in_time"].rating
    assert "named the slowest stage" in readers(table, "usfj")
    sound(table)


def test_the_board_takes_cards_votes_and_plans(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "The board is for the hot wash." == refused(table, "usfj", PutUp("plus", "x"))
    to(table, phases.LEVERS)
    to_wash(table)
    for text in ("one", "two", "three", "four"):
        ask(table, "mofa", PutUp("delta", text))
    assert "The board has no 'blame'" in refused(table, "mofa", PutUp("blame", "x"))
    for card in range(1, VOTES + 1):
        ask(table, "osd", Vote(card))
    assert "Your vote is there already." == refused(table, "osd", Vote(1))
    assert "given your 3 votes" in refused(table, "osd", Vote(4))
    ask(table, "osd", Vote(1, given=False), Vote(4))
    ask(table, "usfj", Vote(4))
    assert [(), ("osd",), ("osd",), ("osd", "usfj")] == [
        one.votes for one in table.game.notebook.cards
    ]
    ask(table, CHIEF, PLAN)
    ask(table, "evaluator", Plan(1, "planning", "Better", "training", "JJOC", "", "2027-06-30"))
    plan = table.game.notebook.cards[0].plan
    assert plan is not None
    assert ("Better", "JJOC") == (plan.action, plan.owner)
    sound(table)
    ask(table, CHIEF, Continue())
    assert "The run is closed; a fork plays it another way." == refused(
        table, "usfj", PutUp("plus", "x")
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"card": 9}, "There is no card 9."),
        ({"capability": "luck"}, "There is no capability 'luck'; choose from planning"),
        ({"element": "money"}, "A capability element is one of planning"),
        ({"due": ""}, "needs a date by which it is done"),
        ({"due": "soon"}, "'soon' is no date; write it as 2026-03-31."),
        ({"starts": "2028-01-01"}, "It would be done before it starts"),
        ({"owner": " "}, "needs an office that owns it"),
        ({"action": ""}, "The corrective action is empty."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_row_of_the_plan_that_is_not_whole_says_why(
    tmp_path: Path, change: dict[str, str], says: str
) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    to_wash(table)
    ask(table, "mofa", PutUp("delta", "one"))
    assert says in refused(table, CHIEF, replace(PLAN, **change))  # type: ignore[arg-type]  # one field each
    assert "is the facilitator's and the evaluators'" in refused(table, "mofa", PLAN)


def test_alone_at_one_keyboard_there_are_notes_and_a_board_but_no_control() -> None:
    table = seated("tutorial")
    ask(table, "relief", Note("so far", "insight"))
    assert "Nobody facilitates here" in refused(table, "relief", Inquire("who?"))
    ask(table, "relief", End("enough"), PutUp("plus", "it was short"), Vote(1))
    assert ("relief",) == table.game.notebook.cards[0].votes
    assert "so far" in readers(table, TRUTH)
