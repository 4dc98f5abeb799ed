"""What the format can say beside what the shipped exercises use, against the oracle."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kit.batches import TURNS, Script, batch, differences, scripted
from kit.entries import holds
from oracle import data as numbers

from ttx.adjudicator import facts, rulings, succession
from ttx.adjudicator.answering import rule_on
from ttx.adjudicator.facts import Ruling
from ttx.adjudicator.position import Position
from ttx.adjudicator.tables import Tables
from ttx.adjudicator.worlds import Worlds
from ttx.exercise import zones
from ttx.exercise.check import check
from ttx.exercise.load import from_data, load
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.times import Change, Summer, Zone
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import robots
from ttx.session.audit import differences as differences_of
from ttx.session.fold import fold
from ttx.session.opening import begin, look_at
from ttx.session.play_commands import LeaveLevers, Start
from ttx.session.record import read
from ttx.session.seating import Seating
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.verify import verify
from ttx.session.view import besides, words
from ttx.session.view.eye import Eye
from ttx.session.view.message import Weighed, message
from ttx.studies.export import saves
from ttx.studies.export.rulings import BESIDES

EXERCISES = Path(__file__).parents[1] / "exercises"


def changed(exercise: Exercise, **parts: object) -> Exercise:
    """The exercise with other values at the top."""
    return Exercise.model_validate(exercise.as_toml() | parts)


def assert_same(exercise: Exercise, seed: int, count: int) -> None:
    """That random games of an exercise go as the oracle, told of the same change, says."""
    luck = np.random.default_rng(seed)
    script, worlds = Script.drawn(luck, count), np.arange(count)
    played = batch(Tables(exercise), worlds, seed)

    actual = np.stack([script.turn(played).rows(played) for _ in range(TURNS)])

    assert [] == differences(scripted(script, seed, worlds), actual)


# --- shared hours over midnight -----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("opens", "closes"), [(22, 4), (23, 1), (1, 24), (12, 8)])
def test_shared_hours_over_midnight_go_as_the_oracle_says(
    accelerate_1: Exercise, monkeypatch: pytest.MonkeyPatch, opens: int, closes: int
) -> None:
    clock = accelerate_1.as_toml()["clock"]
    clock["wait"] |= {"opens": opens, "closes": closes}
    shared = {hour % 24 for hour in range(opens, closes if closes > opens else closes + 24)}
    monkeypatch.setattr(numbers, "SHARED_HOURS", frozenset(shared))

    assert_same(changed(accelerate_1, clock=clock), 11, 40)


# --- injects that come again --------------------------------------------------------------------


def repeating(exercise: Exercise, luck: np.random.Generator) -> tuple[Exercise, dict[int, int]]:
    """The exercise with injects that may come in any turn, many of them again and again."""
    data = exercise.as_toml()
    again = {}
    for inject in data["inject"]:
        inject["turns"] = [1, 10]
        if luck.random() < 0.6:
            inject["again"] = again[inject["number"]] = int(luck.integers(1, 4))
    return changed(exercise, inject=data["inject"]), again


@pytest.mark.parametrize("seed", [3, 4])
def test_injects_that_come_again_go_as_the_oracle_says(
    accelerate_1: Exercise, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    exercise, again = repeating(accelerate_1, np.random.default_rng(seed))
    injects = [one._replace(first=1, last=10) for one in numbers.INJECTS]
    monkeypatch.setattr(numbers, "INJECTS", injects)
    monkeypatch.setattr(numbers, "AGAIN", again)

    assert_same(exercise, seed, 40)


def test_an_inject_comes_again_after_its_turns_and_not_before(accelerate_1: Exercise) -> None:
    exercise, again = repeating(accelerate_1, np.random.default_rng(5))
    played = begin(exercise, Seating({"us": "phased", "japan": "phased"}, ""), 2, None)
    came: dict[str, list[int]] = {}
    for turn in played.game.turns:
        for slot in turn.slots:
            came.setdefault(slot.released.inject, []).append(turn.opened.turn)

    gaps = {
        name: [later - before for before, later in pairwise(turns)] for name, turns in came.items()
    }

    assert any(gaps.values())
    for name, found in gaps.items():
        least = again.get(exercise.injects[name].number)
        assert all(least is not None and gap >= least for gap in found)
    assert [] == differences_of(played.game.run, played.entries)


# --- answers that touch budgets and levers --------------------------------------------------------


def touching(exercise: Exercise, luck: np.random.Generator) -> tuple[Exercise, list[Any]]:
    """The exercise with options that give, take and set, and the oracle's injects for the same."""
    data = exercise.as_toml()
    known = list(numbers.INJECTS)
    for inject in data["inject"]:
        at = next(n for n, one in enumerate(known) if one.number == inject["number"])
        options = list(known[at].options)
        for n, option in enumerate(inject["option"]):
            budgets = {
                name: int(luck.integers(-90, 60) if name == "money" else luck.integers(-4, 4))
                for name in ("money", "staff_time", "consent")
                if luck.random() < 0.4
            }
            levers = [one for one in exercise.lever if luck.random() < 0.15]
            sets = {one.id: int(luck.integers(0, len(one.levels))) for one in levers}
            option["budgets"] = budgets
            option["sets"] = {
                name: exercise.levers[name].levels[level].id for name, level in sets.items()
            }
            options[n] = options[n]._replace(
                budgets=tuple(budgets.items()), sets=tuple(sets.items())
            )
        known[at] = known[at]._replace(options=tuple(options))
    return changed(exercise, inject=data["inject"]), known


@pytest.mark.slow
@pytest.mark.parametrize("seed", [6, 7])
def test_answers_that_touch_budgets_and_levers_go_as_the_oracle_says(
    accelerate_1: Exercise, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    exercise, injects = touching(accelerate_1, np.random.default_rng(seed))
    monkeypatch.setattr(numbers, "INJECTS", injects)

    assert_same(exercise, seed, 40)


@pytest.fixture(scope="module")
def touched(accelerate_1: Exercise, tmp_path_factory: pytest.TempPathFactory) -> Table:
    """A run that robots played of such an exercise, on the disk."""
    exercise, _ = touching(accelerate_1, np.random.default_rng(8))
    path = tmp_path_factory.mktemp("touched") / "run.ttx.toml"
    return begin(exercise, Seating({"us": "accelerated", "japan": "phased"}, ""), 3, path)


def rulings_of(table: Table) -> list[Ruling]:
    return [one.ruling for turn in table.game.turns for one in turn.slots if one.ruling is not None]


@pytest.mark.slow
def test_a_record_holds_what_answers_did_to_budgets_and_levers(touched: Table) -> None:
    assert touched.path is not None
    timeline = look_at(read(touched.path)).timeline
    game = fold(timeline.run, timeline.entries)

    assert any(fact.budgets for fact in rulings_of(touched))
    assert any(fact.sets for fact in rulings_of(touched))
    assert any(size != by for fact in rulings_of(touched) for _, size, by in fact.budgets)
    assert game.position == touched.game.position
    assert [] == differences_of(timeline.run, timeline.entries)
    assert all(check.holds is not False for check in verify(touched.path))


def test_the_batch_stands_where_the_record_stands(touched: Table) -> None:
    """Budgets and levers of the record, against the same robots in a batch of one."""
    run = touched.game.run
    worlds = Worlds(run.tables, run.seed, np.zeros(1, np.uint64))
    cells = {"us": "accelerated", "japan": "phased"}
    for _ in touched.game.turns:
        robots.turn(worlds, {cell: robots.robot(run.tables, name) for cell, name in cells.items()})

    position = touched.game.position
    assert [*position.budgets] == worlds.budgets[:, 0].tolist()
    assert [*position.levels] == worlds.levels[:, 0].tolist()
    assert [*position.promised] == worlds.promised[:, 0].tolist()
    assert [*position.last] == worlds.last[:, 0].tolist()


@pytest.mark.slow
def test_every_answer_leaves_the_record_where_it_leaves_the_batch(touched: Table) -> None:
    tables = touched.game.run.tables
    position = replace(succession.opened(tables, *opened_at(tables)), posture=0)
    raised = 0
    for at, (row, option) in enumerate(tables.options):
        inject = tables.injects[row]
        fact = rulings.ruling(tables, position, 1, inject.id, option.id)
        after = succession.ruled(tables, position, fact)
        worlds = rulings.batch_at(tables, position, 1)
        rule_on(worlds, inject.slot, np.array([row], np.int32), np.array([at], np.int32))

        assert [*after.budgets] == worlds.budgets[:, 0].tolist()
        assert [*after.levels] == worlds.levels[:, 0].tolist()
        assert [*after.promised] == worlds.promised[:, 0].tolist()
        raised += after.promised > position.promised
    assert raised


def opened_at(tables: Tables) -> tuple[Position, facts.Opening]:
    """The start of a run, and how its first turn opens."""
    start = rulings.start(tables)
    return start, rulings.opening(tables, start, 1)


def test_a_ruling_says_what_it_did_beside_the_tracks(touched: Table) -> None:
    told = "\n".join(lines_of(retold(Timeline(touched.game.run, touched.entries), "facilitator")))
    flat = " ".join(told.split())
    for fact in rulings_of(touched):
        said = besides.sentence(touched.game.run.exercise, fact)
        assert bool(said) == bool(fact.budgets or fact.sets)
        assert said in flat


@pytest.mark.slow
def test_what_rulings_did_beside_the_tracks_is_taken_away(touched: Table, tmp_path: Path) -> None:
    assert touched.path is not None
    (one,) = saves.sources_of([read(touched.path)], anonymous=False)
    rows = [[*row[3:]] for row in BESIDES.filled([one])]

    wanted = list[list[str | int | None]]()
    for fact in rulings_of(touched):
        wanted += [["budget", name, size, by, None] for name, size, by in fact.budgets]
        wanted += [["lever", lever, None, None, level] for lever, level in fact.sets]
    assert wanted == rows
    saves.write_csv(tmp_path / "out", [one], saves.filled([one]))
    assert "besides.csv" in holds(tmp_path / "out")


def test_an_option_announces_what_it_does_beside_the_tracks(tutorial: Exercise) -> None:
    data = tutorial.as_toml()
    for option in data["inject"][0]["option"]:
        option |= {"budgets": {"money": -5, "consent": 1}, "sets": {"ports": "runway"}}
    seats = Seating({"japan": "steady"}, "relief")
    played = begin(Exercise.model_validate(data), seats, 1, None)
    for command in (Start(), LeaveLevers()):
        played.submit("relief", command, len(played.entries))
    view = message(Eye(played.game, "relief"))

    assert view is not None
    for option in view.options:
        assert [("consent", "+1", "better")] == told_beside(option.gains)
        assert [
            ("money", "-5", "worse"),
            ("Ports opened beforehand", "to [runway]", "same"),
        ] == told_beside(option.costs)


def told_beside(changes: tuple[Weighed, ...]) -> list[tuple[str, str, str]]:
    return [(one.name, one.by, one.word) for one in changes if not one.track]


def test_two_references_that_play_alike_are_remarked(tutorial: Exercise) -> None:
    data = tutorial.as_toml()
    data["robot"].append(data["robot"][2] | {"id": "idle", "name": "idle"})
    data["review"]["references"] = ["keep", "idle"]

    said = [one.text for one in check(Exercise.model_validate(data))]

    assert said == ["robots 'keep' and 'idle' play alike: let them differ in the question"]


def test_the_least_an_option_says_of_them_is_checked(accelerate_1: Exercise) -> None:
    data = accelerate_1.as_toml()
    data["inject"][0]["option"][0] |= {
        "budgets": {"mony": 1, "money": 2_000_000},
        "sets": {"pace": "fast", "pacee": "crash"},
    }

    said = {one.text for one in check(Exercise.model_validate(data)) if not one.warning}

    assert said == {
        "budget 'mony' is unknown (did you mean 'money'?)",
        "money must be between -1000000 and 1000000, not 2000000",
        "level 'fast' of lever 'pace' is unknown (there are hold, phased, accelerated, crash)",
        "lever 'pacee' is unknown (did you mean 'pace'?)",
    }


def test_what_no_exercise_used_before_is_not_written(
    accelerate_1: Exercise, tutorial: Exercise
) -> None:
    """Digests and saves of what exists stay what they were."""
    new = {"zone", "again", "budgets", "sets"}
    for exercise in (accelerate_1, tutorial):
        data = exercise.as_toml()
        assert not new & data.keys()
        for inject in data["inject"]:
            assert not new & inject.keys()
            assert not any(new & option.keys() for option in inject["option"])


# --- zones --------------------------------------------------------------------------------------

PARIS = Zone(
    id="paris",
    name="Paris",
    short="CET",
    offset=Decimal(1),
    summer=Summer(
        starts=Change(month=3, sunday=-1, hour=2),
        ends=Change(month=10, sunday=-1, hour=2),
        short="CEST",
    ),
)
SYDNEY = Zone(
    id="sydney",
    name="Sydney",
    offset=Decimal(10),
    summer=Summer(
        starts=Change(month=10, sunday=1, hour=2), ends=Change(month=4, sunday=1, hour=2)
    ),
)
KATHMANDU = Zone(id="kathmandu", name="Kathmandu", offset=Decimal("5.75"))
ELSEWHERE = [
    KATHMANDU.model_copy(update={"id": name, "name": name}) for name in ("hawaii", "washington")
]
NAMES = {"paris": "Europe/Paris", "sydney": "Australia/Sydney", "kathmandu": "Asia/Kathmandu"}


def zoned(exercise: Exercise, *zones_: Zone) -> Exercise:
    return exercise.model_copy(update={"zone": list(zones_)})


@pytest.fixture(scope="module")
def tutorial() -> Exercise:
    return load(EXERCISES / "tutorial")


@given(
    st.dates(datetime.date(2024, 1, 1), datetime.date(2035, 12, 30)),
    st.integers(0, 23),
    st.permutations([PARIS, SYDNEY, KATHMANDU]),
    st.integers(0, 200),
)
@settings(max_examples=150, deadline=None)
def test_zones_show_what_the_wall_clocks_there_show(
    tutorial: Exercise, day: datetime.date, at: int, order: list[Zone], later: int
) -> None:
    """Against the tables of the system; an hour that a clock skips or shows twice is left out."""
    here, there, _ = order
    hour = datetime.datetime.combine(day, datetime.time(at))
    try:
        near, far = (ZoneInfo(NAMES[zone.id]) for zone in (here, there))
    except ZoneInfoNotFoundError:
        pytest.skip("no tables of time zones")
    onset = hour.replace(tzinfo=near)
    utc = onset.astimezone(datetime.UTC)
    assume(utc.astimezone(near).replace(tzinfo=None) == hour)
    assume(onset.replace(fold=1).utcoffset() == onset.utcoffset())
    wall = (utc + datetime.timedelta(hours=later)).astimezone(far)
    local = (utc + datetime.timedelta(hours=later)).astimezone(near)

    said = zones.filled(
        zoned(tutorial, here, there),
        f"{{{there.id}+{later}h}}",
        hour.date().isoformat(),
        hour.hour,
    )

    days = (wall.date() - local.date()).days
    assert said == f"{wall:%H:%M}" + {0: "", -1: " the day before", 1: " the day after"}[days]


AT = ("2026-07-04", 18)


def test_the_first_zone_is_whose_time_the_hours_are(tutorial: Exercise) -> None:
    exercise = zoned(tutorial, PARIS, SYDNEY)

    assert "18:00 CEST, there 02:00 the day after" == zones.filled(
        exercise, "{onset}, there {sydney}", *AT
    )
    assert "{hawaii}" == zones.filled(exercise, "{hawaii}", *AT)
    assert "Sat 4 Jul 2026 18:00 CEST" == words.moment(exercise, *AT)
    assert "Sun 4 Jan 2026 18:00 CET" == words.moment(exercise, "2026-01-04", 18)
    assert "18:00 CEST, 23:00 CET on Sun 25 Oct" == zones.filled(
        exercise, "{onset}, {onset+30h}", "2026-10-24", 18
    )
    assert "Sat 4 Jul 2026 18:00" == words.moment(zoned(tutorial, SYDNEY), *AT)


def test_only_declared_zones_may_stand_in_a_text(tutorial: Exercise) -> None:
    said = {finding.text for finding in check(zoned(tutorial, PARIS)) if not finding.warning}

    places = "write {onset} or {paris}, with +2h or the like"
    assert said == {f"{{{name}}} is no placeholder: {places}" for name in ("hawaii", "washington")}


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        (PARIS.model_copy(update={"id": "onset"}), "this id is taken by {onset}, the local time"),
        (
            PARIS.model_copy(update={"offset": Decimal("1.3")}),
            "offset must be in quarters of an hour, such as 5.75, not 1.3",
        ),
        (
            PARIS.model_copy(
                update={"summer": Summer(starts=PARIS.summer.ends, ends=PARIS.summer.ends)}
            )
            if PARIS.summer
            else PARIS,
            "clocks cannot be set forward and back at one moment",
        ),
    ],
)
def test_a_zone_that_no_place_has_is_a_mistake(tutorial: Exercise, zone: Zone, says: str) -> None:
    found = check(zoned(tutorial, zone, *ELSEWHERE))

    assert [says] == [one.text for one in found if not one.warning]


def test_an_exercise_of_other_zones_is_told_in_their_time(tutorial: Exercise) -> None:
    exercise = from_data(zoned(tutorial, PARIS, *ELSEWHERE).as_toml())
    played = begin(exercise, Seating({"us": "steady", "japan": "steady"}, ""), 1, None)
    told = "\n".join(lines_of(retold(Timeline(played.game.run, played.entries), "facilitator")))

    assert zoned(tutorial, PARIS, *ELSEWHERE) == exercise
    assert " CEST" in told
    assert "JST" not in told
    assert "{" not in told
