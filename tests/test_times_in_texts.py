"""Places for times in texts: filled or told in words on every screen, paper, list and export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from kit.hosted import CHIEF, ask, to
from kit.tables import exercise
from kit.views import views_of

from ttx.exercise import zones
from ttx.exercise.check import check
from ttx.exercise.injects import strings, timed
from ttx.exercise.load import from_data
from ttx.exercise.model.exercise import Exercise
from ttx.report.as_run import as_run
from ttx.report.documents import documents
from ttx.report.filed import account_of
from ttx.report.filed import page as report
from ttx.report.graph.svg import svg
from ttx.report.html import html
from ttx.report.lines import lines_of
from ttx.report.markdown import markdown
from ttx.report.msel_lines import planned
from ttx.report.retold import retold
from ttx.session import phases
from ttx.session.control_commands import Steer
from ttx.session.opening import hosted
from ttx.session.play_commands import End
from ttx.session.record import read
from ttx.session.run import PROJECTOR
from ttx.session.side_commands import Probe
from ttx.session.table import Table
from ttx.session.view import inject as sheets
from ttx.session.view.eye import Eye
from ttx.session.view.msel import msel
from ttx.session.view.record import RecordView
from ttx.session.view.room import room_news
from ttx.studies.export import saves

BRACE = "{onset+2h} and {hawaii}"


def planted_in(value: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401  # data of TOML
    """The data with a place for a time behind every text in which there may be one."""
    if isinstance(value, str):
        return f"{value} {BRACE}" if timed(path) and path[-1] not in ("to", "id") else value
    if isinstance(value, dict):
        return {key: planted_in(inner, (*path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [planted_in(inner, (*path, at)) for at, inner in enumerate(value)]
    return value


@cache
def planted() -> Exercise:
    data: dict[str, Any] = exercise("accelerate").as_toml()
    data["inject"] = [
        planted_in(
            inject | {"directions": inject.get("directions") or "Hand it out."}, ("inject", at)
        )
        for at, inject in enumerate(data["inject"])
    ]
    return from_data(data)


def shown_at(table: Table) -> Iterator[str]:
    """All that seats can see of a run where it stands."""
    game = table.game
    for seat in [*(one.id for one in game.run.exercise.seat), PROJECTOR]:
        for view in views_of(game, seat):
            yield repr(view)
    desk = Eye(game, CHIEF)
    yield repr(msel(desk, 0))
    for inject in game.run.exercise.inject:
        yield repr(sheets.whole(desk, inject.id))
        yield repr(sheets.questions(desk, inject.id))
        yield repr(room_news(desk, inject.id))


@cache
def run_in(folder: Path) -> tuple[Table, Sequence[str]]:
    """A session in which each inject of a turn was asked about and steered, and what was seen."""
    table = hosted(planted(), {}, 7, folder / "run.ttx.toml")
    seen = [*shown_at(table)]
    for _slot in range(2):
        to(table, phases.DELIBERATION)
        seen += shown_at(table)
        assert table.game.inject is not None
        if table.game.inject.probing:
            ask(table, CHIEF, Probe(1))
        ask(table, CHIEF, Steer())
        seen += shown_at(table)
        to(table, phases.REVIEW)
        seen += shown_at(table)
    ask(table, CHIEF, End("it is late"))
    seen += shown_at(table)
    return table, seen


def whole(words: str) -> None:
    """No place for a time is left in it."""
    at = min(
        (place for sign in ("{onset", "{hawaii") if (place := words.find(sign)) >= 0), default=-1
    )
    assert at < 0, words[max(at - 200, 0) : at + 20]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[Table, Sequence[str]]:
    return run_in(tmp_path_factory.mktemp("times"))


def test_an_exercise_with_times_wherever_they_may_be_is_sound() -> None:
    assert not [found for found in check(planted()) if not found.warning]
    assert sum(BRACE in text for one in planted().inject for _path, text in strings(one, ())) > 500


@pytest.mark.slow
def test_the_papers_and_pictures_of_an_exercise_have_them_in_words() -> None:
    for paper in documents(planted()).values():
        whole(markdown(paper))
        whole(html(paper))
    for line in planned(planted()):
        whole("\n".join(line.cells()))
    whole(svg(planted()))
    assert "[2 h after onset] and [time of onset, Hawaii]" in html(documents(planted())["msel"])


@pytest.mark.slow
def test_no_seat_sees_one_before_an_inject_comes_or_after(
    session: tuple[Table, Sequence[str]],
) -> None:
    _table, seen = session

    for words in seen:
        whole(words)


@pytest.mark.slow
@pytest.mark.parametrize("anonymous", [False, True])
def test_report_list_story_and_tables_have_the_times(
    session: tuple[Table, Sequence[str]], *, anonymous: bool
) -> None:
    table, _seen = session
    assert table.save is not None
    record = read(table.save.path)
    account = account_of(record, anonymous=anonymous)

    lines = as_run(account)
    assert [line for line in lines if line.number.endswith("c")]
    for line in lines:
        whole("\n".join(line.cells()))
    for form in ("html", "md"):
        whole(report(account, form))
    for seat in (CHIEF, "usfj", PROJECTOR):
        whole("\n".join(lines_of(retold(account.timeline, seat))))
        told, last = RecordView(account.timeline, seat), account.timeline.last
        whole("\n".join(repr(told.line(n, last)) for n in told.seen(last)))
    for _made, rows in saves.filled(saves.sources_of([record], anonymous=anonymous)).values():
        whole(repr(rows))


@pytest.mark.parametrize("key", ["title", "kind"])
def test_a_text_that_is_read_before_an_inject_comes_has_no_place_for_a_time(key: str) -> None:
    data: dict[str, Any] = exercise("tutorial").as_toml()
    data["inject"][0][key] = "The boat of {onset}"

    (problem,) = check(Exercise.model_validate(data))

    assert "{onset} has no time here" in str(problem)


def test_a_time_to_come_is_told_in_words() -> None:
    told = zones.ahead(exercise("accelerate"), "At {onset}, {onset+3h}, {washington+1h}; {paris}.")

    assert told == (
        "At [time of onset], [3 h after onset], [1 h after onset, Washington]; {paris}."
    )
