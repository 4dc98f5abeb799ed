from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_game import SEATINGS, exercise, played

from ttx.adjudicator.position import Change
from ttx.adjudicator.rulings import Effected, Reckoning, Response, Ruling
from ttx.exercise.load import digest
from ttx.session import control_events, notebook_events
from ttx.session import events as kinds
from ttx.session.answer import Answer
from ttx.session.entries import entry_in, entry_out
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Entry, Reference
from ttx.session.kinds import KINDS, declared
from ttx.session.notebook_events import Noted
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import Header

NASTY = [
    "",
    " ",
    '"',
    '"""',
    "'''",
    "\\",
    "\\u0041",
    "a\nb",
    "\r\n",
    "\n[[event]]\nn = 1\n",
    'x"\nhash = "0123"\n\n[[event]]\n',
    "# not a comment",
    "[exercise]",
    "\x00\x07\x1b[31m\x7f\x85\u2028",
    "統合作戦司令部は市ヶ谷に置かれる",
    "🛰️👩‍👩‍👧‍👦\U0001f1ef\U0001f1f5",
    "e\u0301 \u200f \ufeff",
    "x" * 20_000,
]
"""Words that have broken files before."""

words = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ids = st.from_regex(r"[a-z][a-z0-9_-]{0,15}", fullmatch=True)
whole = st.integers(-(10**6), 10**6)
draws = st.integers(0, 2**32 - 1)
wholes = st.lists(whole, max_size=4).map(tuple)
causes = st.builds("{}:{}".format, ids, ids) | ids
changes = st.lists(
    st.builds(Change, causes, ids, whole), max_size=6, unique_by=lambda c: (c.track, c.cause)
).map(lambda found: tuple(sorted(found, key=lambda change: change.track)))
effects = st.builds(
    Effected, st.sampled_from(["benefit", "cost", "late"]), ids, whole, whole, st.integers(0, 4)
)
rulings = st.builds(
    Ruling,
    slot=st.sampled_from(["policy", "crisis"]),
    inject=ids,
    option=ids,
    posture=ids,
    quarters=st.integers(0, 4),
    timing=st.sampled_from(["on_time", "late", "far_too_late"]),
    hour=st.integers(0, 23),
    minutes=st.dictionaries(ids, st.integers(0, 9999), max_size=9),
    total=st.integers(0, 9999),
    window=st.integers(0, 9999),
    critical=ids | st.just(""),
    effects=st.lists(effects, max_size=5).map(tuple),
    limits=changes,
)
responses = st.builds(
    Response,
    adversary=ids,
    perceived=whole,
    z=whole,
    odds=draws,
    draw=draws,
    z2=whole,
    odds2=draws,
    draw2=draws,
    response=st.sampled_from(["restraint", "probe", "escalate"]),
)
reckonings = st.builds(
    Reckoning,
    turn=st.integers(1, 10),
    responses=st.lists(responses, max_size=3).map(tuple),
    changes=changes,
    sources=wholes,
    shot=wholes,
    budgets=wholes,
    spent=whole,
    promised=wholes,
    scores=wholes,
    digest=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    ended=st.booleans(),
)
answers = st.builds(
    Answer,
    ids,
    st.integers(0, 100),
    st.dictionaries(ids, words, max_size=3),
    words,
    words,
    words,
    words,
)
EVENTS: dict[str, st.SearchStrategy[Event]] = {
    "readied": st.builds(kinds.Readied),
    "started": st.builds(kinds.Started),
    "turn_opened": st.builds(kinds.TurnOpened, st.integers(1, 10), wholes, changes),
    "moved": st.builds(kinds.Moved, ids, ids, wholes, wholes, changes),
    "move_asked": st.builds(kinds.MoveAsked, ids, ids),
    "move_refused": st.builds(kinds.MoveRefused, ids, ids),
    "move_lapsed": st.builds(kinds.MoveLapsed, ids, ids),
    "levers_left": st.builds(kinds.LeversLeft, ids),
    "levers_closed": st.builds(kinds.LeversClosed, ids),
    "released": st.builds(
        kinds.Released,
        st.sampled_from(["policy", "crisis"]),
        ids,
        st.dates().map(lambda day: day.isoformat()),
        st.integers(0, 23),
    ),
    "emptied": st.builds(kinds.Emptied, st.sampled_from(["policy", "crisis"])),
    "answered": st.builds(kinds.Answered, ids, answers),
    "committed": st.builds(kinds.Committed, ids, answers),
    "answers_closed": st.builds(kinds.AnswersClosed, st.lists(ids, max_size=3).map(tuple)),
    "ruled": st.builds(kinds.Ruled, rulings, ids, st.booleans()),
    "reckoned": st.builds(
        kinds.Reckoned,
        reckonings,
        whole,
        st.dictionaries(ids, st.builds(Reference, wholes, whole), max_size=2),
        st.dictionaries(ids, ids, max_size=2),
    ),
    "responses_opened": st.builds(kinds.ResponsesOpened),
    "chosen": st.builds(kinds.Chosen, ids, st.sampled_from(["restraint", "probe", "escalate"])),
    "responses_closed": st.builds(kinds.ResponsesClosed, st.lists(ids, max_size=3).map(tuple)),
    "confirmed": st.builds(
        kinds.Confirmed, st.sampled_from(["ruling", "reckoning"]), st.booleans()
    ),
    "told": st.builds(kinds.Told),
    "noted": st.builds(Noted, words, words),
    "deferred": st.builds(control_events.Deferred, ids, st.integers(1, 10), words),
    "skipped": st.builds(control_events.Skipped, ids, words),
    "improvised": st.builds(control_events.Improvised, words),
    "steered": st.builds(control_events.Steered, ids),
    "adjusted": st.builds(control_events.Adjusted, ids, ids, whole, words),
    "scripted": st.builds(control_events.Scripted, words),
    "weighed": st.builds(control_events.Weighed, ids, ids, st.integers(0, 4), words),
    "amended": st.builds(control_events.Amended, ids, words, rulings),
    "recast": st.builds(control_events.ReckoningAmended, ids, words, reckonings, whole),
    "challenged": st.builds(control_events.Challenged, words),
    "heard": st.builds(control_events.ChallengeHeard, ids, ids, words),
    "handed": st.builds(control_events.SeatHandedOver, ids, words),
    "inquired": st.builds(notebook_events.Inquired, words),
    "replied": st.builds(notebook_events.Replied, st.integers(1, 99), ids, words),
    "probed": st.builds(notebook_events.Probed, ids, st.integers(1, 9)),
    "allowed": st.builds(notebook_events.Allowed, ids),
    "forecast_set": st.builds(notebook_events.ForecastSet, st.booleans()),
    "observed": st.builds(notebook_events.Observed, ids, words, words, words),
    "rated": st.builds(notebook_events.Rated, ids, ids, words),
    "settled": st.builds(notebook_events.Settled, ids, ids, words),
    "carded": st.builds(notebook_events.CardAdded, ids, words),
    "voted": st.builds(notebook_events.Voted, st.integers(1, 99), st.booleans()),
    "planned": st.builds(
        notebook_events.Planned, st.integers(1, 99), ids, words, ids, words, words, words
    ),
    "messaged": st.builds(kinds.Messaged, ids | st.just(EVERYBODY), words),
    "paused": st.builds(kinds.Paused),
    "resumed": st.builds(kinds.Resumed),
    "undone": st.builds(kinds.Undone, st.integers(1, 999)),
    "forked": st.builds(
        kinds.Forked, words, st.from_regex(r"[0-9a-f]{32}", fullmatch=True), st.integers(1, 999)
    ),
    "ended": st.builds(kinds.Ended, words),
    "closed": st.builds(kinds.Closed),
}


def entries(event: st.SearchStrategy[Event], n: int = 1) -> st.SearchStrategy[Entry]:
    timed = st.tuples(st.datetimes().map(lambda at: at.isoformat()), st.integers(0, 9999))
    return st.builds(
        lambda event, by, time, turn: Entry(
            n, event, by, at=time[0], elapsed=time[1], turn=turn, phase="levers"
        ),
        event,
        words,
        timed | st.just(("", 0)),
        st.integers(0, 10),
    )


def read_back(table: dict[str, object]) -> dict[str, object]:
    """What a reader of TOML makes of it."""
    return tomllib.loads(tomli_w.dumps({"event": [table]}))["event"][0]  # type: ignore[no-any-return]  # as written


def test_each_kind_has_a_strategy() -> None:
    assert set(KINDS) == set(EVENTS)


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_comes_back_as_it_went(kind: str) -> None:
    @given(EVENTS[kind])
    @settings(max_examples=30)
    def comes_back(event: Event) -> None:
        assert kind == declared(event).name
        table = event.as_toml()
        assert not any(isinstance(value, dict | float | None) for value in table.values())
        assert event == type(event).from_toml(read_back(table))

    comes_back()


@pytest.mark.parametrize("kind", EVENTS)
def test_an_entry_comes_back_as_it_went(kind: str) -> None:
    @given(entries(EVENTS[kind]))
    @settings(max_examples=20)
    def comes_back(entry: Entry) -> None:
        assert entry == entry_in(read_back(entry_out(entry)))

    comes_back()


@given(st.data(), st.lists(st.sampled_from(list(EVENTS)), min_size=1, max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_entries_come_back_from_a_file(
    tmp_path: Path, data: st.DataObject, some: list[str]
) -> None:
    path = tmp_path / f"{os.urandom(6).hex()}.ttx.toml"
    save = Save.create(path, HEADER, {})
    wrote = []
    for n, kind in enumerate(some, start=1):
        wrote.append(data.draw(entries(EVENTS[kind], n)))
        save.append(wrote[-1])
    save.close()

    record = read(path)

    assert (wrote, "", False) == (record.entries, record.remark, record.read_only)
    assert path.stat().st_size == record.size
    assert save.seal == record.seal


HEADER = Header("x", 'A "title"\n[[event]]', 1, 2, "0" * 32, {"us": "person"}, together=True)


@pytest.mark.parametrize("said", NASTY, ids=range(len(NASTY)))
def test_nasty_words_are_kept_to_the_letter(said: str, tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    save = Save.create(path, HEADER, {"banner": said})
    for n, event in enumerate(
        (
            Noted(said),
            kinds.Answered("us", Answer("one", 50, {"neighbour": said}, said)),
            kinds.Ended(said),
            kinds.Closed(),
        ),
        start=1,
    ):
        save.append(Entry(n, event, "relief", turn=1, phase="levers"))
    save.close()

    record = read(path)

    assert "" == record.remark
    assert {"banner": said} == record.exercise
    noted, answered, ended, closed = [entry.event for entry in record.entries]
    assert Noted(said) == noted
    assert kinds.Answered("us", Answer("one", 50, {"neighbour": said}, said)) == answered
    assert kinds.Ended(said) == ended
    assert kinds.Closed() == closed


@pytest.mark.parametrize("how", SEATINGS)
def test_a_played_run_comes_back_whole(how: str, tmp_path: Path) -> None:
    table = played("tutorial", how, 11, tmp_path / "run.ttx.toml")
    table.leave()

    record = read(tmp_path / "run.ttx.toml")

    assert table.entries == record.entries
    assert digest(exercise("tutorial")) == record.header.digest
    assert table.game.run.players == record.header.players
    assert table.game.run.together == record.header.together


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"kind": "nonsense", "n": 1, "by": "x", "to": "all", "turn": 0, "phase": "levers"},
        {"kind": "noted", "n": 1, "by": "x", "to": "all", "turn": 0, "phase": "levers"},
        {"kind": "told", "n": 1, "by": "x", "to": "all", "turn": 0, "phase": "levers", "more": 1},
        {"kind": "told", "by": "x", "to": "all", "turn": 0, "phase": "levers"},
    ],
)
def test_a_block_that_does_not_fit_is_refused(table: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        entry_in(table)
