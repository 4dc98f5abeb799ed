"""The scenario day of news: working days for offices, and days that news names itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import small

from ttx.adjudicator import rulings
from ttx.exercise.digest import digest
from ttx.exercise.load import load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.problems import ExerciseError
from ttx.report.script import turns_of
from ttx.session.events import Released
from ttx.session.game import Game
from ttx.session.opening import begin, look_at
from ttx.session.record import read
from ttx.session.seating import Seating
from ttx.session.verify import verify

FIRST = Path(__file__).parent / "exercises" / "accelerate_1"
OFF = (datetime.date(2025, 1, 1), datetime.date(2025, 1, 2), datetime.date(2025, 1, 3))
WORKING = {"working_days": True, "days_off": list(OFF)}
SEEDS = range(6)


def made(slots: dict[str, Any] | None = None, **days: str) -> Exercise:
    """The flagship's first edition with these settings of its slots and these days of injects."""
    data = load(FIRST).as_toml()
    data["slots"] |= slots or {}
    for inject in data["inject"]:
        if inject["id"] in days:
            inject["day"] = days[inject["id"]]
    return Exercise.model_validate(data)


def game(exercise: Exercise, seed: int, path: Path | None = None) -> Game:
    """A run that robots play to its end."""
    return begin(exercise, Seating({"us": "random", "japan": "random"}, ""), seed, path).game


def news(game: Game, slot: str = "") -> Iterator[tuple[int, Released, datetime.date]]:
    """Turn, release and date of all news of a slot, or of both."""
    for turn in game.turns:
        for one in turn.slots:
            if slot in ("", one.released.slot):
                day = datetime.date.fromisoformat(one.released.day)
                yield turn.opened.turn, one.released, day


@pytest.mark.slow
def test_without_the_settings_nothing_is_other_than_it_was() -> None:
    whole = made()
    assert "working_days" not in whole.as_toml()["slots"]
    assert digest(load(FIRST)) == digest(whole)
    weekend = sum(
        day.weekday() > 4 for seed in SEEDS for _, _, day in news(game(whole, seed), "policy")
    )
    assert weekend > 5


@pytest.mark.slow
def test_letters_are_dated_on_working_days_and_crises_when_they_come() -> None:
    before, now = made(), made(WORKING)
    count = 0
    for seed in SEEDS:
        was, is_ = (list(news(game(one, seed))) for one in (before, now))
        assert [one.inject for _, one, _ in was] == [one.inject for _, one, _ in is_]
        for (turn, old, drawn), (_, new, day) in zip(was, is_, strict=True):
            assert (old.slot, old.hour) == (new.slot, new.hour)
            if old.slot == "crisis":
                assert drawn == day
                continue
            assert day.weekday() < 5
            assert day not in OFF
            first = now.turns.first_day(turn)
            back = [first + datetime.timedelta(n) for n in range((drawn - first).days + 1)]
            worked = [one for one in back if one.weekday() < 5 and one not in OFF]
            assert not worked or worked[-1] == day
            count += drawn != day
    assert count > 5


@pytest.mark.slow
def test_where_a_turn_begins_on_a_weekend_the_first_working_day_is_taken() -> None:
    # March 2025 begins on a Saturday: where the draw is one of its first days, nothing lies before.
    whole = made(WORKING | {"policy": 64 * 65536})
    early = [seed for seed in range(300) if rulings.day_of(seed, 2, 92) // 2 < 2][:4]
    days = [
        day for seed in early for turn, _, day in news(game(whole, seed), "policy") if turn == 2
    ]
    assert {datetime.date(2025, 3, 3)} == set(days)


@pytest.mark.slow
def test_news_that_names_its_day_comes_on_it_and_the_crisis_of_the_turn_after_it() -> None:
    named = datetime.date(2025, 5, 27)
    data = made(WORKING | {"policy": 64 * 65536}, one_theatre="2025-05-27").as_toml()
    letter = next(one for one in data["inject"] if one["id"] == "one_theatre")
    letter |= {"turns": [2, 3], "weight": {"base": 10**6}}
    whole = Exercise.model_validate(data)
    crises = 0
    for seed in SEEDS:
        found = list(news(game(whole, seed)))
        assert (2, named) in [(turn, day) for turn, one, day in found if one.inject == letter["id"]]
        for turn, one, day in found:
            if turn == 2 and one.slot == "crisis":
                assert named < day < datetime.date(2025, 6, 1)
                crises += 1
            assert turn != 3 or day >= datetime.date(2025, 6, 1)
    assert crises > 2


def test_a_day_outside_its_turns_is_named(tmp_path: Path) -> None:
    before, asked = "turns = [1, 3]", "turns = [1, 3]\nday = {day}"
    for day, fits in (("2025-08-31", True), ("2025-09-01", False), ("2024-11-30", False)):
        injects = small.FILES["injects.toml"].replace(before, asked.format(day=day), 1)
        folder = small.write(tmp_path / day, small.FILES | {"injects.toml": injects})
        if fits:
            assert datetime.date.fromisoformat(day) == load(folder).inject[0].day
            continue
        said = f"{day} is no day of its turns, which go from 2024-12-01 to 2025-08-31"
        with pytest.raises(ExerciseError, match=said):
            load(folder)


@pytest.mark.slow
def test_such_a_run_is_saved_read_and_verified(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    before = game(made(WORKING, one_theatre="2025-05-27"), 3, path)
    assert list(news(before)) == list(news(look_at(read(path)).game))
    assert all(check.holds is not False for check in verify(path))


@pytest.mark.parametrize("slots", [{"working_days": "often"}, {"days_off": ["soon"]}])
def test_settings_that_are_none_are_refused(slots: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="slots"):
        made(slots)


@pytest.mark.slow
def test_the_msel_says_the_day_of_news_that_names_it() -> None:
    whole = made(one_theatre="2025-05-27")
    assert "T2-T10 on 27 May 2025" == turns_of(whole.injects["one_theatre"])
    assert "T2-T10" == turns_of(made().injects["one_theatre"])


@pytest.mark.slow
def test_no_letter_of_the_flagship_is_dated_on_a_day_off() -> None:
    whole = load(Path(__file__).parents[1] / "exercises" / "accelerate")
    assert whole.slots.working_days
    assert all(day.weekday() < 5 for day in whole.slots.days_off), "a weekend need not be named"
    assert [*whole.slots.days_off] == sorted({*whole.slots.days_off})
    assert all(
        one.day is None or (one.day.weekday() < 5 and one.day not in whole.slots.days_off)
        for one in whole.inject
    )
    letters = [day for seed in range(4) for _, _, day in news(game(whole, seed), "policy")]
    assert len(letters) > 15
    assert not [day for day in letters if day.weekday() > 4 or day in whole.slots.days_off]
