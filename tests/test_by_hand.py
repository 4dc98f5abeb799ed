"""What was ruled by hand, and more than once: words and effects of a person, with who and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.control import sound, to_ruling, to_slot
from kit.desk import LARGE, MIDDLE, SMALL, sit
from kit.hosted import CHIEF, ask, host, refused, to
from kit.room import CHIEF as DESK
from kit.room import LEAD, OTHER, RED, Room, deputed, in_phase

from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.report import filed
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.control_commands import (
    Amend,
    Challenge,
    Hear,
    Improvise,
    Override,
    Release,
)
from ttx.session.control_events import BY_HAND, Amended
from ttx.session.game import SlotRecord
from ttx.session.improvise import InjectForm, OptionForm, source
from ttx.session.play_commands import Continue, End, Submit
from ttx.session.record import read
from ttx.session.table import Table
from ttx.session.view.asking import asks
from ttx.session.view.causes import cause_name
from ttx.session.view.eye import Eye
from ttx.session.view.ruling import RulingView, ruling

pytestmark = pytest.mark.usefixtures("strict", "shelf")
TRACK = "us_signal"


def slot(table: Table) -> SlotRecord:
    record = table.game.slot
    assert record is not None
    return record


def seen(table: Table, seat: str) -> RulingView:
    view = ruling(Eye(table.game, seat))
    assert view is not None
    return view


def report(table: Table) -> str:
    """The after-action review, as one line."""
    assert table.path is not None
    return " ".join(filed.page(filed.account_of(read(table.path)), "md").split())


def without_effects(table: Table) -> None:
    """An inject of one's own whose answers move nothing, ruled on and not confirmed."""
    to_slot(table, "policy")
    exercise = table.game.run.exercise
    lean = exercise.lean[0].id
    form = InjectForm(
        title="A call at night",
        actor=exercise.actor[0].id,
        kind="politics",
        slot="policy",
        sender="the desk",
        to="both",
        via="telephone",
        message="A call came.",
        question="Who answers it?",
        lead="japan",
        options=(OptionForm("We do", lean), OptionForm("They do", lean)),
    )
    written = source(exercise, form)
    ask(table, CHIEF, Improvise(written), Release("ad_hoc_a_call_at_night", "it is time"))
    for seat in ("usfj", "kantei"):
        ask(table, seat, Submit(Answer("option_1")))
    assert phases.ADJUDICATION == table.game.phase
    assert not slot(table).ruled.ruling.effects  # type: ignore[union-attr]  # it is ruled on


def test_what_came_of_it_is_told_and_moves_what_is_said(tmp_path: Path) -> None:
    table = host(tmp_path)
    without_effects(table)
    before = table.game.position.tracks
    at = [track.id for track in table.game.run.exercise.track].index(TRACK)
    told = "QTOLD the night desk rang back"
    ask(table, CHIEF, Amend(Override(added={TRACK: 250}, told=told), "QWHY it was late"))

    assert BY_HAND == slot(table).amendments[-1][1].how
    assert before[at] + 250 == table.game.position.tracks[at]
    for seat in ("usfj", "mofa"):
        view = seen(table, seat)
        assert told in view.sentence
        assert "facilitator's to tell" not in view.sentence
        assert view.verdict.startswith("Ruled by hand: ")
        assert [("ruled by hand", 250)] == [(row.arithmetic, row.by) for row in view.effects]
        (words,) = view.ruled
        assert words.startswith("Ruled by hand by the facilitator, because: QWHY it was late.")
        assert "What came of it is told by the facilitator." in words
    assert ruling(Eye(table.game, "prc")) is None
    exercise = table.game.run.exercise
    assert "A call at night: ruled by hand" == cause_name(exercise, "ad_hoc_a_call_at_night:hand")
    sound(table)
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue(), End(), Continue())
    page = report(table)
    assert told in page
    assert "Ruled by hand by the facilitator" in page


def test_what_cannot_be_ruled_by_hand_is_refused(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    exercise = table.game.run.exercise
    worked_out = next(track for track in exercise.track if track.value is not None)
    own = Override(added={TRACK: 100})
    assert "beyond a modification" in refused(table, CHIEF, Amend(own, "why"))
    assert "needs a reason" in refused(table, CHIEF, Amend(own, " ", overrule=True))
    assert "no track 'moon'" in refused(table, CHIEF, Amend(Override(added={"moon": 1}), "why"))
    assert f"{text(worked_out.name)} is worked out" in refused(
        table, CHIEF, Amend(Override(added={worked_out.id: 1}), "why", overrule=True)
    )
    assert "between -100 and 100" in refused(
        table, CHIEF, Amend(Override(added={TRACK: 10001}), "why", overrule=True)
    )
    assert "says already" in refused(table, CHIEF, Amend(Override(added={TRACK: 0}), "why"))
    ask(table, CHIEF, Amend(Override(told="QTOLD"), "only the words"))
    assert "modified" == slot(table).amendments[-1][1].how
    sound(table)


def test_two_changes_keep_both_reasons_and_what_each_changed(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    model = slot(table).ruled.ruling  # type: ignore[union-attr]  # it is ruled on
    at = next(n for n, effect in enumerate(model.effects) if abs(effect.by) > 1)
    by = model.effects[at].by
    name = table.game.run.exercise.tracks[model.effects[at].track].short
    ask(table, CHIEF, Amend(Override(effects={at: by // 2}), "QFIRST"))
    ask(table, "osd", Challenge("QTOO LITTLE"))
    ask(table, CHIEF, Hear("modified", "QSECOND", Override(effects={at: by})))

    made = slot(table).amendments
    assert [(CHIEF, "QFIRST"), (CHIEF, "QSECOND")] == [(who, what.reason) for who, what in made]
    first, second = seen(table, "osd").ruled
    assert first.startswith("Modified by the facilitator, because: QFIRST.")
    assert f"{name}: by the model " in first
    assert "OSD challenged it, because: QTOO LITTLE." in second
    assert "Heard by the facilitator: the ruling is modified, because: QSECOND." in second
    assert f"{name}: " in second
    assert " before, now " in second
    sound(table)
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue(), End())
    (about, again) = [one.sentence for one in asks(Eye.all_seeing(table.game))][:2]
    assert "The ruling is modified, because: QSECOND." in about
    assert "QFIRST" in again
    page = report(table)
    rows = [line for line in page.split("|") if "QFIRST" in line or "QSECOND" in line]
    assert rows


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_a_page_takes_the_words_and_the_tracks_by_name(
    size: tuple[int, int], room: Room
) -> None:
    room.to(in_phase(phases.ADJUDICATION))
    exercise = room.game.run.exercise
    track = next(part for part in exercise.track if part.value is None)
    async with sit(room.app(DESK), size) as hand, sit(room.app(LEAD), size) as lead:
        await hand.press("R")
        assert "h by hand" in hand.foot
        await hand.press("h")
        assert "ByHand" == hand.where
        assert "Rule by hand on 1." in hand.shown
        await hand.write("QTOLD they waited")
        await hand.press("tab", "right")
        assert text(track.name) in hand.shown
        await hand.press("ctrl+j")
        assert "Write the points, such as +4 or -2.5." in hand.shown
        assert not hand.facts(Amended)
        await hand.write("+2.5")
        await hand.press("ctrl+j")
        if "y Overrule" in hand.shown:
            await hand.press("y")
        assert "why? Everybody will read it" in hand.shown
        await hand.write("QWHY")
        await hand.press("enter")
        (made,) = hand.facts(Amended)
        assert "QTOLD they waited" == made.told
        assert ("hand", track.id, 250) == (
            made.ruling.effects[-1].kind,
            made.ruling.effects[-1].track,
            made.ruling.effects[-1].by,
        )
        await lead.settle()
        assert "QTOLD they waited" in lead.shown
    async with sit(room.app(OTHER), size) as other, sit(room.app(RED), size) as red:
        assert "QTOLD they waited" in other.shown
        assert "QTOLD" not in red.shown


def bare() -> Exercise:
    """The tutorial with answers that move nothing, and no clock."""
    said = deputed().as_toml()
    for inject in said["inject"]:
        for option in inject["option"]:
            for key in ("benefits", "costs", "budgets", "sets"):
                option.pop(key, None)
        if inject["slot"] == "policy":
            inject["turns"] = [1, 2]
    return from_data(said)


@pytest.mark.slow
@pytest.mark.parametrize("size", [SMALL, MIDDLE])
async def test_where_the_model_has_nothing_every_key_rules_by_hand(
    size: tuple[int, int], tmp_path: Path
) -> None:
    room = Room(tmp_path, bare())
    room.to(in_phase(phases.ADJUDICATION))
    async with sit(room.app(DESK), size) as hand:
        for key in ("m", "o", "h"):
            await hand.press("R", key)
            assert "ByHand" == hand.where
            await hand.press("escape")
        room.ask(DESK, Continue())
        room.ask(LEAD, Challenge("QCHALLENGE"))
        await hand.settle()
        await hand.press("right_square_bracket", "2", "enter")
        assert "ByHand" == hand.where
        await hand.write("QTOLD")
        await hand.press("ctrl+j")
        await hand.write("QWHY")
        await hand.press("enter")
        (made,) = hand.facts(Amended)
        assert (BY_HAND, "QTOLD", "QWHY") == (made.how, made.told, made.reason)
    async with sit(room.app(LEAD), size) as lead:
        assert "QTOLD" in lead.shown


async def test_the_key_of_gates_opens_the_gate_beneath_a_ruling_too(room: Room) -> None:
    room.to(in_phase(phases.ADJUDICATION))
    async with sit(room.app(DESK), MIDDLE) as hand, sit(room.app(LEAD), MIDDLE) as lead:
        await hand.press("R", "right_square_bracket")
        assert phases.REVIEW == room.game.phase
        await lead.settle()
        assert "Ruling" == lead.where
        await lead.press("right_square_bracket")
        assert "The facilitator goes on from here." in lead.shown
        assert phases.REVIEW == room.game.phase
        await hand.press("R", "right_square_bracket")
        assert phases.REVIEW != room.game.phase
