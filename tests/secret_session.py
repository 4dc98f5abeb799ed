"""A facilitated run in which every text that somebody types is a mark of its own.

`MARKS` says who may read each: the kinds of seat to which it opens at once, once the ruling or the
reckoning it belongs to is confirmed, and at the hot wash. The white cell reads all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from kit.hosted import CHIEF, LEADS, ask, option, to
from kit.secrecy import marked

from ttx.exercise.model.exercise import Exercise
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import next_inject
from ttx.session.control_commands import (
    Adjust,
    Amend,
    Challenge,
    Defer,
    HandOver,
    Hear,
    Improvise,
    Override,
    Release,
    Skip,
    Steer,
    Weigh,
)
from ttx.session.events import Entry
from ttx.session.game import Game
from ttx.session.gates import open_slot, waits_for_weight
from ttx.session.improvise import InjectForm, OptionForm, source
from ttx.session.opening import hosted
from ttx.session.play_commands import Commit, Continue, End, Message, Respond, Submit
from ttx.session.run import PERSON
from ttx.session.side_commands import (
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
from ttx.session.timeline import Timeline

NOW, RULED, WASH, NEVER = "now", "ruled", "wash", "never"


class Audience(NamedTuple):
    """When a mark opens to each kind of reader."""

    us: str
    japan: str
    red: str


US = Audience(NOW, WASH, WASH)
JAPAN = Audience(WASH, NOW, WASH)
RED = Audience(WASH, WASH, NOW)
ALLIED = Audience(NOW, NOW, WASH)
ONCE_RULED = Audience(RULED, RULED, WASH)
WHITE = Audience(WASH, WASH, WASH)
NOBODY = Audience(NEVER, NEVER, NEVER)
ALL = Audience(NOW, NOW, NOW)
MARKS = {
    "Zexcursion": ALLIED,
    "Znoteus": US,
    "Znotejapan": JAPAN,
    "Znotered": RED,
    "Zinquiry": US,
    "Zreply": US,
    "Zcommit": Audience(RULED, WASH, WASH),
    "Zown": Audience(NOW, RULED, WASH),
    "Zpro": Audience(NOW, WASH, WASH),
    "Zcontra": Audience(NOW, WASH, WASH),
    "Zwhy": Audience(NOW, WASH, WASH),
    "Zother": Audience(WASH, NOW, WASH),
    "Zweight": ONCE_RULED,
    "Zdefer": NOBODY,
    "Zskip": NOBODY,
    "Zrelease": WHITE,
    "Zadhoctitle": Audience(NOW, NOW, NOW),
    "Zadhoctext": Audience(NOW, NOW, NOW),
    "Zadhocask": Audience(NOW, NOW, NEVER),
    "Zadhocoption": Audience(NOW, NOW, WASH),
    "Zadhocexpected": NOBODY,
    "Zadhocifnot": NOBODY,
    "Zamend": ONCE_RULED,
    "Zrecast": ONCE_RULED,
    "Zchallenge": ALLIED,
    "Zheard": ALLIED,
    "Zmessage": Audience(NEVER, NOW, NEVER),
    "Zobserved": WHITE,
    "Zrated": WHITE,
    "Zsettled": ALL,
    "Zcard": ALL,
    "Zplan": ALL,
}
FORM = InjectForm(
    title="Zadhoctitle",
    actor="prc",
    kind="air",
    slot="crisis",
    sender="a wing",
    to="USFJ",
    via="telephone",
    message="Zadhoctext",
    question="Zadhocask",
    lead="us",
    options=(OptionForm("Zadhocoption", "F", "us_signal +4"), OptionForm("Zadhocoption", "R")),
    profile="air_sea",
    window=600,
    expected="Zadhocexpected",
    contingency="Zadhocifnot",
)


def _crisis(table: Table) -> None:
    """Up to an open crisis slot with something next, whatever lies between."""
    while not (open_slot(table.game) == "crisis" and next_inject(table.game, "crisis")):
        if table.game.phase == phases.OUTCOME:
            ask(table, CHIEF, Continue())
        else:
            to(table, phases.OUTCOME)


def play(
    path: Path, exercise: Exercise | None = None, wash: Callable[[Table], None] | None = None
) -> Table:
    """The run, from its excursion to its closing; `wash` does something more at the hot wash."""
    table = hosted(exercise or marked("accelerate"), {}, 7, path, red=True)
    influence = table.game.run.exercise.influence
    ask(table, CHIEF, Adjust("strength", influence[0].id, 0, "Zexcursion"))
    _first_crisis(table)
    _ad_hoc(table)
    ask(table, CHIEF, HandOver("kantei", "phased"))
    to(table, phases.RECKONING)
    ask(table, CHIEF, HandOver("kantei", PERSON), End("enough"))
    ask(table, "evaluator", Settle("price", "M", "Zsettled"))
    ask(table, "mofa", PutUp("delta", "Zcard"))
    ask(table, "usfj", Vote(1))
    ask(table, CHIEF, Plan(1, "planning", "Zplan", "planning", "J3", "", "2027-03-31"))
    if wash is not None:
        wash(table)
    ask(table, CHIEF, Continue())
    assert table.closed
    return table


def _first_crisis(table: Table) -> None:
    """Put off, left out, out of order; written in, weighed, modified, challenged."""
    _crisis(table)
    first = next_inject(table.game, "crisis")
    assert first is not None
    others = [
        one.id for one in table.game.run.exercise.inject if one.slot == "crisis" and one.id != first
    ]
    ask(
        table,
        CHIEF,
        Defer(first, len(table.game.turns) + 1, "Zdefer"),
        Skip(others[-1], "Zskip"),
        Release(others[0], "Zrelease"),
    )
    inject = table.game.inject
    assert inject is not None
    ask(table, "osd", Note("Znoteus", "assumption"), Inquire("Zinquiry"))
    ask(table, "mofa", Note("Znotejapan"))
    ask(table, CHIEF, Reply(1, "Zreply"), Probe(1), Steer(), Message("kantei", "Zmessage"))
    ask(table, "evaluator", Observe("strength", "Zobserved", "price", "usfj"))
    ask(table, "evaluator", Rate("price", "S", "Zrated"))
    ask(table, "osd", Commit(Answer(option(table, 0), 60, {}, "Zcommit")))
    assert "us" == inject.lead
    ask(table, "usfj", Submit(Answer("", 40, {}, "Zwhy", "Zown", "Zpro", "Zcontra")))
    ask(table, "kantei", Submit(Answer(option(table, 0), 55, {}, "Zother")))
    assert "us" == waits_for_weight(table.game)
    ask(table, CHIEF, Weigh(option(table, 1), 3, "Zweight"))
    slot = table.game.slot
    assert slot is not None
    assert slot.ruling is not None
    at = next(n for n, one in enumerate(slot.ruling.effects) if one.by)
    half = Override(effects={at: slot.ruling.effects[at].by // 2})
    ask(table, CHIEF, Amend(half, "Zamend"))
    ask(table, "jjoc", Challenge("Zchallenge"))
    ask(table, CHIEF, Hear("upheld", "Zheard"), Continue())
    assert phases.RESPONSE == table.game.phase
    ask(table, "prc", Respond("china", "escalate"), Note("Znotered"), Respond("china", "probe"))
    ask(table, "dprk", Respond("dprk", "restraint"))
    ask(table, CHIEF, Continue())
    assert phases.RECKONING == table.game.phase
    turn = table.game.turn
    assert turn is not None
    assert turn.proposed is not None
    one = turn.proposed.reckoning.responses[0]
    other = {"restraint": "probe", "probe": "restraint", "escalate": "probe"}[one.response]
    ask(table, CHIEF, Amend(Override(responses={one.adversary: other}), "Zrecast"), Continue())


def _ad_hoc(table: Table) -> None:
    ask(table, CHIEF, Improvise(source(table.game.run.exercise, FORM)))
    _crisis(table)
    new = table.game.run.exercise.inject[-1].id
    ask(table, CHIEF, Release(new))
    for cell in table.game.run.people:
        ask(table, LEADS[cell], Submit(Answer(option(table, 0))))


@cache
def secret_timeline() -> Timeline:
    """Every moment of that run."""
    from ttx.session.opening import look_at
    from ttx.session.record import read

    table = play(Path(mkdtemp()) / "secret.ttx.toml")
    assert table.path is not None
    table.leave()
    return look_at(read(table.path)).timeline


def first_said(entries: list[Entry]) -> dict[str, int]:
    """For each mark the number of the first entry whose fact holds it."""
    found: dict[str, int] = {}
    for entry in entries:
        words = repr(entry.event)
        for mark in MARKS:
            if mark in words:
                found.setdefault(mark, entry.n)
    return found


def open_at(game: Game, entries: list[Entry], mark: str, seat: str) -> bool:
    """Whether a seat may read a mark in a run that stands there."""
    from ttx.session.events import Confirmed, Released

    cell = game.run.seat(seat).cell
    if cell == "white":
        return True
    when = NOW if (mark, seat) == ("Zcommit", "osd") else getattr(MARKS[mark], cell)
    said = first_said(entries)[mark]
    now = entries[: game.entries]
    if mark.startswith("Zadhoc"):
        new = [e.n for e in now if isinstance(e.event, Released) and "ad_hoc" in e.event.inject]
        said = new[0] if new else len(entries) + 1
    if game.entries < said or when == NEVER:
        return False
    if when == NOW or game.phase in phases.PLAY_IS_OVER:
        return True
    return when == RULED and any(isinstance(e.event, Confirmed) and e.n > said for e in now)
