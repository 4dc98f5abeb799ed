"""Every kind of entry, with any content."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ttx.adjudicator.facts import Effected, Reckoning, Response, Ruling
from ttx.adjudicator.position import Change
from ttx.session import control_events, notebook_events
from ttx.session import events as kinds
from ttx.session.answer import Answer
from ttx.session.event_codec import Event
from ttx.session.events import EVERYBODY, Entry, Reference
from ttx.session.notebook_events import Noted
from ttx.session.particulars import Organisation, Particulars, Targets

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


counts = st.integers(0, 9999)


particulars = st.builds(
    Particulars,
    *[words] * 7,
    st.lists(words, max_size=3).map(tuple),
    st.lists(st.builds(Organisation, words, counts, counts, counts, counts), max_size=3).map(tuple),
)


targets = st.builds(
    Targets,
    st.dictionaries(ids, whole, max_size=3),
    st.dictionaries(ids, ids, max_size=3),
)


EVENTS: dict[str, st.SearchStrategy[Event]] = {
    "readied": st.builds(kinds.Readied),
    "started": st.builds(kinds.Started),
    "turn_opened": st.builds(kinds.TurnOpened, st.integers(1, 10), wholes, changes),
    "moved": st.builds(kinds.Moved, ids, ids, wholes, wholes, changes),
    "move_asked": st.builds(kinds.MoveAsked, ids, ids),
    "move_refused": st.builds(kinds.MoveRefused, ids, ids),
    "move_lapsed": st.builds(kinds.MoveLapsed, ids, ids),
    "levers_left": st.builds(kinds.LeversLeft, ids, st.booleans()),
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
    "struck": st.builds(notebook_events.Struck, whole, words),
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
    "room_set": st.builds(control_events.RoomSet, ids, ids, words),
    "time_boxed": st.builds(control_events.TimeBoxed, st.integers(0, 240)),
    "delivered": st.builds(
        control_events.Delivered, ids, st.lists(ids, min_size=1, max_size=3).map(tuple)
    ),
    "promoted": st.builds(control_events.Promoted, ids),
    "rights_given": st.builds(
        control_events.RightsGiven, ids, st.lists(ids, max_size=3).map(tuple)
    ),
    "pace_passed": st.builds(control_events.PacePassed, ids),
    "controllers_added": st.builds(control_events.ControllersAdded, st.integers(1, 9)),
    "inquired": st.builds(notebook_events.Inquired, words),
    "replied": st.builds(notebook_events.Replied, st.integers(1, 99), ids, words),
    "probed": st.builds(notebook_events.Probed, ids, st.integers(1, 9)),
    "room_asked": st.builds(notebook_events.RoomAsked, words),
    "acknowledged": st.builds(
        notebook_events.Acknowledged, st.lists(st.integers(1, 999), max_size=3).map(tuple)
    ),
    "allowed": st.builds(notebook_events.Allowed, ids),
    "forecast_set": st.builds(notebook_events.ForecastSet, st.booleans()),
    "particulars_set": st.builds(notebook_events.ParticularsSet, particulars),
    "targets_set": st.builds(notebook_events.TargetsSet, targets),
    "observed": st.builds(notebook_events.Observed, ids, words, words, words),
    "assigned": st.builds(notebook_events.Assigned, ids, words),
    "analysed": st.builds(notebook_events.Analysed, st.integers(1, 999), words, words),
    "rated": st.builds(notebook_events.Rated, ids, ids, words),
    "settled": st.builds(notebook_events.Settled, ids, ids, words),
    "carded": st.builds(notebook_events.CardAdded, ids, words),
    "voted": st.builds(notebook_events.Voted, st.integers(1, 99), st.booleans()),
    "planned": st.builds(
        notebook_events.Planned,
        st.integers(1, 99),
        ids,
        words,
        ids,
        words,
        words,
        words,
        words,
        st.integers(0, 99),
    ),
    "fed_back": st.builds(
        notebook_events.FedBack,
        st.dictionaries(ids, st.integers(0, 5), max_size=3),
        st.dictionaries(ids, words, max_size=3),
    ),
    "form_closed": st.builds(notebook_events.FormClosed),
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


NUMBER = re.compile(r"-?\d+(\.\d+)?")


PARSED = {
    "string": len,
    "integer": re.compile(r"-?\d+").fullmatch,
    "number": NUMBER.fullmatch,
    "boolean": lambda text: text in ("true", "false"),
    "date": datetime.date.fromisoformat,
    "datetime": lambda text: datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),  # noqa: DTZ007  # it ends in Z
}


def resources(folder: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, str]]]]:
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for one in described["resources"]:
        with (folder / one["path"]).open(encoding="utf-8", newline="") as file:
            yield one, list(csv.DictReader(file, strict=True))


def holds(folder: Path) -> set[str]:
    """The package says what its files hold; the files that have a row.

    Sizes and hashes, types, values and what may be empty, unique keys, and that what is named is
    there.
    """
    filled, keys = set(), {}
    every = list(resources(folder))
    assert {*(one["path"] for one, _ in every), "datapackage.json"} == {
        path.name for path in folder.iterdir()
    }
    for one, rows in every:
        data, schema = (folder / one["path"]).read_bytes(), one["schema"]
        assert (len(data), len(rows)) == (one["bytes"], one["rows"])
        assert f"sha256:{hashlib.sha256(data).hexdigest()}" == one["hash"]
        assert data.endswith(b"\r\n")
        with (folder / one["path"]).open(encoding="utf-8") as file:
            assert [field["name"] for field in schema["fields"]] == next(csv.reader(file))
        for field in schema["fields"]:
            assert field["title"]
            assert field["description"].endswith(".")
            limits = field.get("constraints", {})
            for said in {row[field["name"]] for row in rows}:
                where = (one["name"], field["name"], said)
                if not said:
                    assert not limits.get("required"), where
                    continue
                assert PARSED[field["type"]](said), where  # type: ignore[operator]  # a function of one text
                assert said in limits.get("enum", [said]), where
        found = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert all(all(key) for key in found), one["name"]
        keys[one["name"]] = (schema["primaryKey"], set(found))
        assert len(found) == len(set(found)), one["name"]
        if rows:
            filled.add(one["path"])
    for one, rows in every:
        for link in one["schema"]["foreignKeys"]:
            columns, there = keys[link["reference"]["resource"]]
            assert columns == link["reference"]["fields"]
            named = {tuple(row[name] for name in link["fields"]) for row in rows}
            assert named <= there, (one["name"], link)
    return filled
