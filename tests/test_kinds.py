"""Who reads what and when, of every kind of entry there is: written here by hand, kind by kind."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from kit.hosted import CHIEF, ask, option, to
from kit.secrecy import roomed
from kit.tables import exercise

from ttx.exercise.model.injects import Contextual, Message
from ttx.exercise.parts import with_parts
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.apply import apply
from ttx.session.audit import audit
from ttx.session.entries import entry_out
from ttx.session.event_codec import Event
from ttx.session.events import Entry
from ttx.session.game import Game, SlotRecord
from ttx.session.kinds import _BY_FACT, KINDS, Kind, Opens, declared, kind_of
from ttx.session.opening import hosted, look_at
from ttx.session.particulars import Particulars, Targets
from ttx.session.play_commands import Submit
from ttx.session.record import read
from ttx.session.run import PROJECTOR, WATCHED
from ttx.session.timeline import Timeline
from ttx.session.view.record import TRUTH, RecordView, Sort

CABLE = Contextual(
    id="cable",
    title="Night cable",
    kind="cable",
    turn=1,
    readers=["usfj"],
    message=Message(sender="the embassy", to="the desk", via="cable", text=["Nothing new."]),
)
READERS = ("usfj", "osd", "kantei", "prc", CHIEF, "evaluator", "second_evaluator", "observer")
"""Two of the allied cell `us`, one of the other allied cell, one of the other side, and white."""
RED, ROOM = 3, 8

# For each kind, who reads it: n now, r once ruled, w at the hot wash, x never. The columns are the
# readers above, and the room's screen. It is written by usfj where a player does, by the evaluator
# where evaluators do, by dprk where a Red seat does.
# fmt: off
EXPECTED = {
    #                  u o k p f e s o room
    "readied":        "n n n n n n n n n",
    "started":        "n n n n n n n n n",
    "turn_opened":    "n n n n n n n n n",
    "moved":          "n n n w n n n n n",
    "move_asked":     "n n n w n n n n n",
    "move_refused":   "n n n w n n n n n",
    "move_lapsed":    "n n n w n n n n n",
    "levers_left":    "n n n w n n n n n",
    "levers_closed":  "n n n n n n n n n",
    "released":       "n n n n n n n n n",
    "emptied":        "n n n n n n n n n",
    "committed":      "n r w w n n n n w",
    "answered":       "n n r w n n n n r",
    "answers_closed": "n n n n n n n n n",
    "ruled":          "r r r w n n n n r",
    "responses_opened": "n n n n n n n n n",
    "chosen":         "r r r r n n n n r",
    "responses_closed": "n n n n n n n n n",
    "reckoned":       "r r r r n n n n r",
    "confirmed":      "n n n n n n n n n",
    "told":           "n n n n n n n n n",
    "deferred":       "x x x x n n n n x",
    "skipped":        "x x x x n n n n x",
    "improvised":     "x x x x n n n n x",
    "delivered":      "n w w w n n n n w",
    "steered":        "n n n n n n n n n",
    "adjusted":       "n n n n n n n n n",
    "scripted":       "n n n w n n n n n",
    "weighed":        "r r r w n n n n r",
    "amended":        "r r r w n n n n r",
    "recast":         "r r r w n n n n r",
    "challenged":     "n n n w n n n n n",
    "heard":          "n n n w n n n n n",
    "room_set":       "n n n n n n n n n",
    "time_boxed":     "n n n n n n n n n",
    "handed":         "n n n n n n n n n",
    "promoted":       "n n n n n n n n n",
    "rights_given":   "w w w w n n n n w",
    "pace_passed":    "n n n n n n n n n",
    "controllers_added": "w w w w n n n n w",
    "noted":          "n n w w n n n n w",
    "struck":         "n n w w n w w n w",
    "inquired":       "n n w w n n n n w",
    "replied":        "n n w w n n n n w",
    "probed":         "n n n n n n n n n",
    "room_asked":     "n n n n n n n n n",
    "acknowledged":   "n n w w n n n n w",
    "allowed":        "w w w w n n n n w",
    "forecast_set":   "n n n w n n n n n",
    "particulars_set": "n n n n n n n n n",
    "targets_set":    "w w w w n n n n w",
    "observed":       "w w w w n n w n w",
    "assigned":       "w w w w n n n n w",
    "analysed":       "w w w w n n w n w",
    "rated":          "w w w w n n w n w",
    "settled":        "n n n n n n n n n",
    "carded":         "n n n n n n n n n",
    "voted":          "n n n n n n n n n",
    "planned":        "n n n n n n n n n",
    "fed_back":       "n x x x x x x x x",
    "form_closed":    "n n n n n n n n n",
    "messaged":       "n x x x n n n n x",
    "paused":         "n n n n n n n n n",
    "resumed":        "n n n n n n n n n",
    "undone":         "n n n n n n n n n",
    "forked":         "n n n n n n n n n",
    "ended":          "n n n n n n n n n",
    "closed":         "n n n n n n n n n",
}
# fmt: on
ASIDES = {
    *("readied", "deferred", "skipped", "improvised", "handed", "messaged", "paused", "resumed"),
    *("noted", "inquired", "replied", "probed", "allowed", "observed", "rated", "settled"),
    *("carded", "voted", "planned", "forecast_set", "room_asked", "acknowledged"),
    *("struck", "assigned", "analysed", "fed_back", "form_closed"),
    *("particulars_set", "targets_set"),
    *("room_set", "time_boxed"),
    *("promoted", "rights_given", "pace_passed", "controllers_added", "delivered"),
}
ASKED_AGAIN = {
    *("turn_opened", "moved", "levers_closed", "released", "emptied", "ruled", "reckoned"),
    *("weighed", "amended", "recast"),
}
TOLD_OTHERWISE = {"levers_left", "ruled", "reckoned", "told", "closed", "acknowledged"}
TOLD_OTHERWISE |= {"fed_back"}
BY = {
    **dict.fromkeys(("observed", "rated", "analysed", "assigned"), "evaluator"),
    **dict.fromkeys(("deferred", "skipped", "improvised", "steered", "weighed"), CHIEF),
    **dict.fromkeys(("amended", "recast", "heard", "replied", "allowed", "messaged"), CHIEF),
    **dict.fromkeys(("forecast_set", "room_asked", "delivered"), CHIEF),
    **dict.fromkeys(("promoted", "rights_given", "pace_passed", "controllers_added"), CHIEF),
    **dict.fromkeys(("room_set", "time_boxed"), CHIEF),
    **dict.fromkeys(("particulars_set", "targets_set"), CHIEF),
    **dict.fromkeys(("ruled", "reckoned"), "model"),
    **dict.fromkeys(("responses_closed",), CHIEF),
    "chosen": "dprk",
}


@cache
def answered() -> tuple[tuple[Entry, ...], Game]:
    """A facilitated run up to where both cells have answered, and where that stands."""
    part = with_parts(exercise("accelerate"), contextual=[CABLE])
    table = hosted(part, {}, 7, Path(mkdtemp()) / "run.ttx.toml")
    to(table, phases.DELIBERATION)
    for seat in ("usfj", "kantei"):
        ask(table, seat, Submit(Answer(option(table, 0))))
    assert phases.ADJUDICATION == table.game.phase
    return tuple(table.entries), table.game


def facts() -> dict[str, Event]:
    """One fact of each kind, where both cells have answered the first inject."""
    _, game = answered()
    slot, turn, part = game.slot, game.turn, game.run.exercise
    assert slot is not None
    assert slot.ruled is not None
    assert turn is not None
    shut = next(one for one in part.lever if one.id != "pace")
    lever = (shut.id, shut.levels[0].id)
    inject, option_id = part.inject[-1].id, took()
    link, objective = part.influence[0].id, part.objective[0].id
    reckoned = next(e.event for e in kept() if isinstance(e.event, play.Reckoned))
    new = next(e.event for e in kept() if isinstance(e.event, control.Improvised))
    asked = slot.released.inject
    every: tuple[Event, ...] = (
        *(play.Readied(), play.Started(), play.TurnOpened(1), play.Moved(*lever)),
        *(play.MoveAsked(*lever), play.MoveRefused(*lever), play.MoveLapsed(*lever)),
        *(play.LeversLeft("us"), play.LeversClosed(part.posture[0].id), slot.released),
        *(
            play.Emptied("crisis"),
            play.Committed("us", Answer(option_id)),
            play.Answered("us", Answer(option_id)),
        ),
        *(play.ResponsesOpened(), play.Chosen("dprk", "probe"), play.ResponsesClosed(("china",))),
        *(play.AnswersClosed(("us",)), slot.ruled, reckoned, play.Told(), play.Paused()),
        *(play.Confirmed("ruling", facilitated=True), play.Messaged("usfj", "hear")),
        *(play.Resumed(), play.Undone(1), play.Forked("x", "0" * 32, 1), play.Ended("so")),
        *(play.Closed(), control.Deferred(inject, 3, "why"), control.Skipped(inject, "why")),
        *(
            new,
            control.Delivered(CABLE.id, ("usfj",)),
            control.Steered(asked),
            control.Adjusted(control.STRENGTH, link, 0, "why"),
        ),
        control.Scripted('id = "x"\nname = "x"\nabout = "x"'),
        *(control.Weighed("us", option_id, 3, "why"), control.Challenged("why")),
        control.Amended(control.OVERRULED, "why", slot.ruled.ruling),
        control.ReckoningAmended(control.OVERRULED, "why", reckoned.reckoning, 1),
        *(
            control.ChallengeHeard("usfj", control.UPHELD, "why"),
            control.SeatHandedOver("usfj", "person"),
        ),
        *(control.Promoted("usfj"), control.RightsGiven("evaluator", ("replies",))),
        *(control.PacePassed("evaluator"), control.ControllersAdded(1)),
        *(control.RoomSet("break", words="Back at ten"), control.TimeBoxed(5)),
        *(notes.Noted("word"), notes.Inquired("what?"), notes.Replied(1, "us", "that")),
        *(notes.Probed(asked, 1), notes.Allowed("all"), notes.Observed("strength", "seen")),
        *(notes.ForecastSet(shared=True), notes.RoomAsked("who?"), notes.Acknowledged((1,))),
        *(notes.Rated(objective, "S", "why"), notes.Settled(objective, "S", "why")),
        notes.Struck(1, "that"),
        *(notes.Assigned("evaluator", "us"), notes.Analysed(1, "since", "the plan")),
        notes.ParticularsSet(Particulars(sponsor="the ministry")),
        notes.TargetsSet(Targets(objectives={objective: "S"})),
        *(notes.CardAdded("plus", "this"), notes.Voted(1, given=True)),
        notes.Planned(1, "planning", "do", "planning", "J3", "2027-03-31", ""),
        *(notes.FedBack({"plausible": 4}, {"plans": "that one"}), notes.FormClosed()),
    )
    return {name: one for name, kind in KINDS.items() for one in every if type(one) is kind.fact}


def took() -> str:
    """The option that was answered."""
    slot = answered()[1].slot
    assert slot is not None
    return slot.answers["us"].option


@cache
def kept() -> tuple[Entry, ...]:
    """The entries of a save that holds nearly every kind."""
    return tuple(read(Path(__file__).parent / "saves/format-1-facilitated.ttx.toml").entries)


@dataclass(frozen=True)
class Placed:
    """A record in which one fact stands before a ruling is confirmed, and the end comes after."""

    timeline: Timeline
    n: int
    """The entry of that fact; the ruling is confirmed at the next, ENDEX at the one after."""


def placed(event: Event, by: str, change: Callable[[Game], Game] = lambda game: game) -> Placed:
    """A record with that fact in it, whether it could be played there or not."""
    entries, game = answered()
    timeline = Timeline(game.run, entries)
    end = replace(change(game), phase=phases.HOTWASH)
    for one, who, now in (
        (event, by, change(game)),
        (play.Confirmed("ruling", facilitated=True), CHIEF, change(game)),
        (play.Ended("enough"), CHIEF, end),
        (play.Closed(), CHIEF, replace(end, phase=phases.CLOSED)),
    ):
        entry = Entry(timeline.last + 1, one, who, turn=1, phase=now.phase)
        timeline.entries.append(entry)
        timeline.games.append(replace(now, entries=entry.n))
    return Placed(timeline, timeline.last - 3)


def when(record: Placed, seat: str) -> str:
    """When a seat reads that fact: n, r, w or x, at every head after it and at none before."""
    view, n = RecordView(record.timeline, seat), record.n
    opens = [n in view.seen(head) for head in range(n, n + 4)]
    letter = {4: "n", 3: "r", 2: "w", 0: "x"}[sum(opens)]
    assert sorted(opens) == opens
    assert (letter == "n") == (n in view.seen(0)) == (n not in view._late)
    return letter


def row(record: Placed) -> str:
    return " ".join(when(record, seat) for seat in (*READERS, PROJECTOR))


# --- the rows ---


@pytest.mark.slow
def test_the_table_of_this_test_has_every_kind_and_no_other() -> None:
    assert set(EXPECTED) == set(KINDS) == set(facts())


@pytest.mark.parametrize("kind", EXPECTED)
def test_every_side_reads_a_kind_when_it_may(kind: str) -> None:
    assert EXPECTED[kind] == row(placed(facts()[kind], BY.get(kind, "usfj")))


@pytest.mark.parametrize("kind", EXPECTED)
def test_with_red_in_the_room_its_screen_reads_what_red_may(kind: str) -> None:
    record = placed(facts()[kind], BY.get(kind, "usfj"))
    run = record.timeline.run
    record.timeline.run = replace(run, players=run.players | {"red": WATCHED})
    assert EXPECTED[kind].split()[RED] == when(record, PROJECTOR)


@pytest.mark.parametrize("kind", EXPECTED)
def test_an_observer_who_sees_as_the_room_reads_what_the_room_may(kind: str) -> None:
    record = placed(facts()[kind], BY.get(kind, "usfj"))
    record.timeline.games[-1] = roomed(record.timeline.game)
    assert EXPECTED[kind].split()[ROOM] == when(record, "observer")


@pytest.mark.parametrize("kind", EXPECTED)
def test_what_comes_at_the_hot_wash_is_read_at_once_by_all_who_ever_do(kind: str) -> None:
    def over(game: Game) -> Game:
        return replace(game, phase=phases.HOTWASH)

    expected = re.sub("[rw]", "n", EXPECTED[kind])
    assert expected == row(placed(facts()[kind], BY.get(kind, "usfj"), over))


def concurring(game: Game) -> Game:
    """Where a robot answered for the cell `us` what Japan had sealed."""
    return with_slot(game, lambda slot: replace(slot, by_robots=("us",)))


def with_slot(game: Game, change: Callable[[SlotRecord], SlotRecord]) -> Game:
    (turn,) = game.turns
    (slot,) = turn.slots
    return replace(game, turns=(replace(turn, slots=(change(slot),)),))


def read_out(game: Game) -> Game:
    """Where the ruling was confirmed already."""
    return replace(with_slot(game, lambda slot: replace(slot, confirmed=True)), phase=phases.REVIEW)


def reckoned_out(game: Game) -> Game:
    """Where the reckoning was."""
    (turn,) = game.turns
    return replace(game, turns=(replace(turn, confirmed=True),), phase=phases.RECKONING)


@pytest.mark.parametrize(
    ("event", "by", "change", "expected"),
    [
        (lambda: play.Moved("pace", "phased"), "usfj", None, "n n n n n n n n n"),
        (lambda: play.Messaged("all", "hear"), CHIEF, None, "n n n n n n n n n"),
        (lambda: play.Messaged("prc", "hear"), CHIEF, None, "x x x n n n n n x"),
        (lambda: notes.Noted("word"), "kantei", None, "w w n w n n n n w"),
        (lambda: notes.Noted("word"), "prc", None, "w w w n n n n n w"),
        (lambda: notes.Noted("word"), "second_evaluator", None, "w w w w n n n n w"),
        (lambda: notes.Replied(1, "japan", "that"), CHIEF, None, "w w n w n n n n w"),
        (lambda: notes.Observed("strength", "x"), "second_evaluator", None, "w w w w n w n n w"),
        (lambda: notes.Observed("strength", "x"), CHIEF, None, "w w w w n w w n w"),
        (lambda: notes.Rated("price", "S", "x"), "second_evaluator", None, "w w w w n w n n w"),
        (lambda: play.Answered("japan", Answer(took())), "kantei", None, "r r n w n n n n r"),
        (lambda: play.Committed("us", Answer(took())), "osd", None, "r n w w n n n n w"),
        (lambda: facts()["answered"], "robot:phased", concurring, "r r r w n n n n r"),
        (lambda: facts()["amended"], CHIEF, read_out, "n n n w n n n n n"),
        (lambda: facts()["recast"], CHIEF, reckoned_out, "n n n w n n n n n"),
        (lambda: play.Chosen("china", "probe"), "prc", None, "r r r n n n n n r"),
    ],
)
def test_what_a_fact_holds_decides_where_its_kind_says_so(
    event: Callable[[], Event], by: str, change: Callable[[Game], Game] | None, expected: str
) -> None:
    assert expected == row(placed(event(), by, change or (lambda game: game)))


def test_where_cells_answer_as_one_each_reads_the_others_own() -> None:
    for kind in ("noted", "inquired", "replied", "answered"):
        record = placed(facts()[kind], BY.get(kind, "usfj"))
        record.timeline.run = replace(record.timeline.run, together=True)
        assert "n n n w n n n n" == " ".join(when(record, seat) for seat in READERS), kind


def test_the_other_side_does_not_read_which_cell_gave_no_answer_before_the_wash() -> None:
    record = placed(facts()["answers_closed"], CHIEF)
    told_at = [
        RecordView(record.timeline, "prc").line(record.n, record.n + at).what for at in (0, 2)
    ]
    assert ["closed the deliberation", "closed the deliberation without an answer of US"] == told_at


def test_the_allied_side_does_not_read_for_whom_the_rule_responds_before_the_wash() -> None:
    record = placed(facts()["responses_closed"], CHIEF)
    told = "closed the adversaries' choice"
    for seat in ("usfj", PROJECTOR):
        at = [RecordView(record.timeline, seat).line(record.n, record.n + h).what for h in (0, 2)]
        assert [told, f"{told}; the rule responds for China"] == at
    assert at[1] == RecordView(record.timeline, "prc").line(record.n, record.n).what


def test_the_other_columns_of_the_rows_are_these() -> None:
    assert ASIDES == {name for name, kind in KINDS.items() if kind.aside}
    assert ASKED_AGAIN == {name for name, kind in KINDS.items() if kind.asked}
    assert TOLD_OTHERWISE == {name for name, kind in KINDS.items() if not kind.line}


def test_every_fact_of_the_code_has_a_row() -> None:
    rooms = (play, control, notes)
    found = {one for room in rooms for one in vars(room).values() if isinstance(one, type)}
    written = {one for one in found if issubclass(one, Event)} - {Event, play.Given, notes.Page}
    assert written == {kind.fact for kind in KINDS.values()}


@pytest.mark.slow
def test_every_kind_has_a_sentence_of_its_own() -> None:
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / "saves").iterdir()):
        view = RecordView(look_at(read(path)).timeline, TRUTH)
        for entry in view.timeline.entries:
            found[declared(entry.event).name] = view.line(entry.n, entry.n).what
    assert set(EXPECTED) == set(found)
    assert all(one.strip() for one in found.values())
    assert len(found) == len(set(found.values()))


# --- what has no row ---


@dataclass(frozen=True, slots=True)
class Whispered(Event):
    """A kind that somebody has just invented, and declared nowhere."""

    words: str


def test_what_is_not_declared_is_read_by_nobody_and_ends_nothing() -> None:
    record = placed(Whispered("QHUSH"), "usfj")
    timeline = record.timeline
    assert kind_of(timeline.entries[record.n - 1].event) is None
    assert " ".join("x" * 9) == row(record)
    for eye in (TRUTH, *READERS):
        view = RecordView(timeline, eye)
        assert "x" == when(record, eye)
        assert view.hidden(timeline.last)[Sort.OTHER] >= 1
        assert "QHUSH" not in view.line(record.n, timeline.last).what
        assert "QHUSH" not in "\n".join(lines_of(retold(timeline, eye)))


def test_what_is_not_declared_is_not_played_and_not_written() -> None:
    _, game = answered()
    entry = Entry(game.entries + 1, Whispered("QHUSH"), "usfj")
    for refused in (lambda: apply(game, entry), lambda: entry_out(entry)):
        with pytest.raises(ValueError, match="no row of the kinds of entries declares Whispered"):
            refused()


def test_a_row_has_no_default() -> None:
    with pytest.raises(TypeError, match="missing 2 required positional arguments"):
        Kind("whispered", Whispered, False, Opens.NOW, Opens.NOW, Opens.NOW)  # type: ignore[call-arg]  # it is what is tried


@pytest.mark.slow
def test_a_kind_without_a_sentence_ends_the_import() -> None:
    code = (
        "from dataclasses import replace\n"
        "from ttx.session import kinds\n"
        "from ttx.session.event_codec import Event\n"
        "class Whispered(Event): pass\n"
        "row = replace(kinds.KINDS['noted'], name='whispered', fact=Whispered)\n"
        "kinds.KINDS['whispered'] = row\n"
        "import ttx.session.view.record\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "TypeError: nothing tells an entry of the kind whispered" in done.stderr


def test_a_kind_of_which_nothing_says_what_it_changes_is_not_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row_of = replace(KINDS["noted"], name="whispered", fact=Whispered)
    monkeypatch.setitem(_BY_FACT, Whispered, row_of)
    _, game = answered()
    with pytest.raises(ValueError, match="no rule says what whispered changes"):
        apply(game, Entry(game.entries + 1, Whispered("QHUSH"), "usfj"))


def test_a_kind_that_the_model_says_and_nothing_asks_again_is_not_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row_of = replace(KINDS["ruled"], name="whispered", fact=Whispered)
    monkeypatch.setitem(_BY_FACT, Whispered, row_of)
    entries, game = answered()
    entry = Entry(game.entries + 1, Whispered("QHUSH"), "model")
    with pytest.raises(TypeError, match="nothing asks the model again for what whispered says"):
        list(audit(game.run, (*entries, entry), copied=entry.n))
    with pytest.raises(ValueError, match="no rule says what whispered changes"):
        list(audit(game.run, (*entries, entry)))
