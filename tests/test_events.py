from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.entries import EVENTS, NASTY, entries
from kit.tables import SEATINGS, exercise, played

from ttx.exercise.load import digest
from ttx.session import events as kinds
from ttx.session.answer import Answer
from ttx.session.entries import entry_in, entry_out
from ttx.session.event_codec import Event
from ttx.session.events import Entry
from ttx.session.kinds import KINDS, declared
from ttx.session.notebook_events import Noted
from ttx.session.record import read
from ttx.session.save import Save
from ttx.session.save_header import Header


def read_back(table: dict[str, object]) -> dict[str, object]:
    """What a reader of TOML makes of it."""
    return tomllib.loads(tomli_w.dumps({"event": [table]}))["event"][0]  # type: ignore[no-any-return]  # as written


def test_each_kind_has_a_strategy() -> None:
    assert set(KINDS) == set(EVENTS)


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
