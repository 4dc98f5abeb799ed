"""Names in place of ids on the page of findings, and in which levers two runs differ."""

from __future__ import annotations

import pytest
from kit.tables import exercise, robots_alone

from ttx.analysis.bundles import in_which, moved_apart
from ttx.analysis.compare import compare
from ttx.analysis.compared_runs import ComparedRun
from ttx.analysis.rehearsal.symptom import quoted
from ttx.exercise.load import digest
from ttx.exercise.problems import KeyPath
from ttx.report.compared import comparison
from ttx.report.findings.named import called, policy_name, where
from ttx.report.lines import lines
from ttx.session.game import Game

FLAGSHIP = exercise("accelerate")
STAFF = next(at for at, one in enumerate(FLAGSHIP.lever) if one.id == "standing_staff")
RADAR = next(at for at, one in enumerate(FLAGSHIP.inject) if one.id == "radar_at_dusk")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("lever", STAFF, "levels", 2), "Standing staff in Japan, cell"),
        (("robot", 0), "phased"),
        (("adversary", 1, "responses", "probe"), "North Korea"),
        (("review", "references"), ""),
    ],
)
def test_a_place_is_told_by_names(path: KeyPath, name: str) -> None:
    assert name == where(FLAGSHIP, path)
    radar = FLAGSHIP.inject[RADAR]
    told = where(FLAGSHIP, ("inject", RADAR, "option", 0))
    assert f"{radar.title}, {radar.option[0].title}" == told


def test_ids_in_a_sentence_become_names_the_nearest_first() -> None:
    path = ("lever", STAFF, "levels", 2)
    said = "is free: against 'liaison' it gains up to 1.0, with phased and staff_first"
    assert "is free: against 'liaison' it gains up to 1.0, with phased and staff first" == called(
        FLAGSHIP, path, said
    )
    option = FLAGSHIP.inject[RADAR].option[1]
    told = called(FLAGSHIP, ("inject", RADAR, "option", 0), f"is dominated by '{option.id}'")
    assert f"is dominated by '{option.title}'" == told
    assert "to 'Counterpart gap'" == called(FLAGSHIP, (), "to 'counterpart_gap'")
    lists = f"loses on {quoted(['china', 'cohesion'])} against 'cell'; a cost of escalation"
    names = "'Deterrence of China' and 'Alliance cohesion'"
    assert lists.replace("'china' and 'cohesion'", names) == called(FLAGSHIP, path, lists)
    assert "half_a_word 'unknown'" == called(FLAGSHIP, (), "half_a_word 'unknown'")


def test_a_policy_is_called_by_its_robot_and_what_was_changed() -> None:
    names = {
        "phased": "phased",
        "staff_first": "staff first",
        "accelerated+pace=phased": "accelerated with Pace of the stand-up at phased",
        "phased+standing_staff=full@3+pace=hold": (
            "phased with Standing staff in Japan at full from T3 and Pace of the stand-up at hold"
        ),
        "mine.toml": "mine.toml",
    }
    assert names == {one: policy_name(FLAGSHIP, one) for one in names}


@pytest.mark.parametrize(
    ("levers", "told"),
    [
        ((), "in no lever"),
        (("pace",), "in Pace of the stand-up alone"),
        (("authority",), "in Authority delegated alone"),
        (
            ("pace", "authority"),
            (
                "in a bundle of 2 levers, not Pace of the stand-up alone: Pace of the stand-up, "
                "Authority delegated"
            ),
        ),
        (("authority", "site"), "in a bundle of 2 levers: Authority delegated, Site of the "),
    ],
)
def test_a_bundle_is_not_told_as_one_lever(levers: tuple[str, ...], told: str) -> None:
    assert in_which(FLAGSHIP, levers).startswith(told)


def test_levers_stood_apart_where_they_did_in_any_turn_that_both_have() -> None:
    base = [0] * len(FLAGSHIP.lever)
    other = [*base]
    other[STAFF] = 2

    assert ("standing_staff",) == moved_apart(FLAGSHIP, [base, base], [base, other, other])
    assert () == moved_apart(FLAGSHIP, [base], [base, other])


def side(name: str, game: Game) -> ComparedRun:
    return ComparedRun(name, game, name, (name,), digest(game.run.exercise))


@pytest.mark.slow
def test_a_comparison_says_in_which_levers_the_two_differ() -> None:
    tutorial = exercise("tutorial")
    steady, eager = (side(one, robots_alone("tutorial", one).game) for one in ("steady", "eager"))
    made = compare(steady, eager)
    names = [one.name for one in tutorial.lever]

    assert made.levers == f"A and B differ in a bundle of 2 levers, not {names[0]} alone: " + (
        ", ".join(str(one) for one in names[:2]) + "."
    )
    assert " ".join(lines(comparison(made))).count("differ in a bundle of 2 levers") == 1
    assert "" == compare(steady, side("again", steady.game)).levers
