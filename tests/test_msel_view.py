from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kit.clock import WHOLE, fake_clock, on, tutorial
from kit.hosted import CHIEF, ask, host, option, to
from kit.tables import exercise

from ttx.exercise import zones
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import next_inject
from ttx.session.control_commands import Defer, Improvise, Release, Skip, Steer
from ttx.session.gates import open_slot
from ttx.session.improvise import InjectForm, NotFit, OptionForm, source
from ttx.session.opening import hosted
from ttx.session.play_commands import Commit, Continue, End, LeaveLevers, Pause, Submit, Undo
from ttx.session.table import Table
from ttx.session.view import message
from ttx.session.view.eye import Eye
from ttx.session.view.inject import questions, whole
from ttx.session.view.msel import EVERYTHING, Filter, MselRow, chosen, filters, msel
from ttx.session.view.notices import waiting
from ttx.session.view.submissions import submissions

FORM = InjectForm(
    title="An envoy in Singapore",
    actor="prc",
    kind="politics",
    slot="policy",
    sender="Embassy, Singapore",
    to="Tokyo and Washington",
    via="cable",
    message="An envoy asks for a private word.",
    question="Does anybody hear him?",
    lead="us",
    options=(OptionForm("Hear him", "F", "us_signal +4"), OptionForm("Wait", "J")),
    contingency="He rings a newspaper.",
    objectives=("one_message",),
)


def rows(table: Table) -> dict[str, MselRow]:
    every = msel(Eye(table.game, CHIEF), table.elapsed)
    return {row.inject: row for row in every if not row.contingency}


def first(table: Table, slot: str, *, met: bool = True) -> str:
    """An inject of a slot whose conditions hold, or do not."""
    return next(
        row.inject
        for row in rows(table).values()
        if row.slot == slot and row.status in ("ready", "waits") and (not row.lacks) == met
    )


# --- whose it is ---


@pytest.mark.slow
def test_only_the_white_cells_lead_has_it(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    inject = table.game.inject
    assert inject is not None
    for seat in ("", "usfj", "osd", "kantei", "mofa", "prc", "evaluator", "observer", "projector"):
        with pytest.raises(ValueError, match="is not at the desk"):
            msel(Eye(table.game, seat), 0)
        with pytest.raises(ValueError, match="is not at the desk"):
            whole(Eye(table.game, seat), inject.id)
        with pytest.raises(ValueError, match="is not at the desk"):
            submissions(Eye(table.game, seat), table.entries)
    assert len(exercise("accelerate").inject) == len(rows(table))


def test_where_nobody_facilitates_nobody_has_it(tmp_path: Path) -> None:
    from kit.tables import seated

    table = seated("accelerate", path=tmp_path / "run.ttx.toml")
    for seat in ("", CHIEF, "usfj"):
        with pytest.raises(ValueError, match="is not at the desk"):
            msel(Eye(table.game, seat), 0)


# --- rows ---


def test_a_row_from_ready_to_complete(tmp_path: Path) -> None:
    with fake_clock() as clock:
        table = hosted(tutorial(**WHOLE), {}, 7, tmp_path / "run.ttx.toml")
        on(table)
        clock.now += 250
        on(table)
        one = next(row for row in rows(table).values() if row.status == "next")
        assert ("turn 1", 3, None) == (one.scenario, one.planned, one.actual)
        assert one.number == str(table.game.run.exercise.injects[one.inject].number)
        assert next_inject(table.game, "policy") == one.inject
        clock.now += 60
        on(table)
        row = rows(table)[one.inject]
        assert ("1.1", "released", 3, 5) == (row.played, row.status, row.planned, row.actual)
        assert row.number == one.number
        assert row.scenario.split(" ")[1] in ("Jul", "Aug", "Sep")
        part = table.game.run.exercise.injects[one.inject]
        message_ = part.message
        assert [str(message_.sender), str(message_.to), str(message_.via)] == [
            row.sender,
            row.to,
            row.via,
        ]
        assert (str(part.title), str(part.kind), tuple(part.objectives)) == (
            row.title,
            row.kind,
            row.objectives,
        )
        on(table)
        on(table)
        assert "released" == rows(table)[one.inject].status
        on(table)
        assert "complete" == rows(table)[one.inject].status
        ask(table, CHIEF, Undo())
        assert "released" == rows(table)[one.inject].status
        ask(table, CHIEF, Undo())
        assert "ready" == rows(table)[one.inject].status


def test_conditions_keep_an_inject_waiting_and_so_does_its_turn(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    found = rows(table)
    for part in table.game.run.exercise.inject:
        row, (begins, ends) = found[part.id], part.turns
        waits = bool(row.lacks) or not begins <= 1 <= ends
        assert ("waits" if waits else "ready") == row.status, part.id
    assert any(row.lacks and ", now " in row.lacks for row in found.values())
    late = next(part.id for part in table.game.run.exercise.inject if part.turns[0] > 1)
    assert found[late].scenario.startswith("turns ")


def test_deferred_and_skipped_with_their_reasons(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    one, other = first(table, "crisis"), first(table, "policy", met=False)
    ask(table, CHIEF, Defer(one, 3, "Tokyo is not ready"), Skip(other, "no time"))
    found = rows(table)
    assert ("deferred", 3, "Tokyo is not ready") == (
        found[one].status,
        found[one].until,
        found[one].reason,
    )
    assert found[one].planned is None
    assert ("skipped", "no time") == (found[other].status, found[other].reason)
    assert not found[other].can_go
    ask(table, CHIEF, Defer(other, 2, "after all"))
    assert "deferred" == rows(table)[other].status


def test_a_released_one_keeps_the_reason_it_was_released_with(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.INJECT)
    one = first(table, "policy", met=False)
    ask(table, CHIEF, Release(one, "the table asked for it"))
    assert "the table asked for it" == rows(table)[one].reason
    assert ("19", "1.1") == (rows(table)[one].number, rows(table)[one].played)


def test_one_written_on_the_spot_is_marked_and_ready(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.INJECT)
    before = len(rows(table))
    ask(table, CHIEF, Improvise(source(table.game.run.exercise, FORM)))
    assert before + 1 == len(rows(table))
    row = next(row for row in rows(table).values() if row.ad_hoc)
    assert ("a1", "ready", "any turn") == (row.number, row.status, row.scenario)
    assert sum(one.ad_hoc for one in rows(table).values()) == 1
    ask(table, CHIEF, Release(row.inject))
    row = rows(table)[row.inject]
    assert ("a1", "1.1", "released") == (row.number, row.played, row.status)
    assert row.ad_hoc


def test_the_contingency_has_a_row_while_it_is_offered_and_once_it_was_put(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)

    def below() -> list[MselRow]:
        return [row for row in msel(Eye(table.game, CHIEF), 0) if row.contingency]

    inject = table.game.inject
    assert inject is not None
    (row,) = below()
    assert ("4c", "ready", str(inject.if_not), inject.id) == (
        row.number,
        row.status,
        row.title,
        row.inject,
    )
    every = msel(Eye(table.game, CHIEF), 0)
    assert every.index(row) == 1
    ask(table, CHIEF, Steer())
    assert ["released"] == [one.status for one in below()]
    on(table)
    on(table)
    on(table)
    assert ["complete"] == [one.status for one in below()]


def test_a_contingency_that_was_not_put_leaves_no_row(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.REVIEW)
    assert not [row for row in msel(Eye(table.game, CHIEF), 0) if row.contingency]


def test_ended_early_all_that_is_left_was_never_released(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    out = first(table, "policy", met=False)
    ask(table, CHIEF, Skip(out, "no time"), End())
    found = rows(table)
    assert "skipped" == found[out].status
    assert {"never released"} == {row.status for row in found.values() if row.inject != out}


# --- search and filter ---


def test_search_finds_all_text_of_an_inject(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.INJECT)
    every = msel(Eye(table.game, CHIEF), 0)
    for part in table.game.run.exercise.inject:
        places = {
            "title": str(part.title),
            "message": str(part.message.text[-1]),
            "from": str(part.message.sender),
            "question": str(part.question),
            "option": str(part.option[-1].title),
            "about": str(part.option[0].about),
            "expected": str(part.expected_action),
            "contingency": str(part.if_not),
            "probing": str(part.probing[0].ask),
        }
        for where, said in places.items():
            asked = zones.ahead(table.game.run.exercise, said).upper()
            found = [row.inject for row in chosen(every, EVERYTHING, asked)]
            assert part.id in found, (part.id, where)
    assert () == chosen(every, EVERYTHING, "zeppelin")
    assert every == chosen(every, EVERYTHING, "  ")
    both = chosen(every, EVERYTHING, "danjo flares")
    assert ["two_minutes_over_danjo"] == [row.inject for row in both]


def test_a_reason_can_be_searched(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    one = first(table, "crisis")
    ask(table, CHIEF, Skip(one, "Hangzhou summit"))
    found = chosen(msel(Eye(table.game, CHIEF), 0), EVERYTHING, "hangzhou")
    assert [one] == [row.inject for row in found]


def test_filters_are_the_values_that_rows_have(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.LEVERS)
    ask(table, CHIEF, Skip(first(table, "crisis"), "no time"))
    every = msel(Eye(table.game, CHIEF), 0)
    known = filters(Eye.all_seeing(table.game), every)
    assert EVERYTHING == known[0]
    assert {"status", "spare", "slot", "actor", "objective"} == {one.by for one in known[1:]}
    for one in known[1:]:
        found = chosen(every, one)
        assert 0 < len(found) <= len(every), one
    assert {"skipped", "ready", "waits"} == {one.value for one in known if one.by == "status"}
    assert all(row.slot == "policy" for row in chosen(every, Filter("slot", "policy")))
    assert all("price" in row.objectives for row in chosen(every, Filter("objective", "price")))
    assert all(row.can_go for row in chosen(every, Filter("spare", "can go")))
    assert () == chosen(every, Filter("status", "complete"))


# --- the whole of one ---


def test_the_whole_inject_has_what_players_never_see(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    part = table.game.inject
    assert part is not None
    view = whole(Eye(table.game, CHIEF), part.id)
    assert (str(part.expected_action), str(part.if_not)) == (view.expected, view.otherwise)
    assert [str(one.ask) for one in part.probing] == [one.ask for one in view.probing]
    assert len(part.option) == len(view.options)
    assert [len(one.benefits) for one in part.option] == [len(o.benefits) for o in view.options]
    assert all(one.split(" ")[-1] in ("better", "worse") for o in view.options for one in o.costs)
    assert "{onset" not in " ".join(view.text)
    shown = message.message(Eye(table.game, "usfj"))
    assert shown is not None
    assert shown.text == view.text
    for seat in ("usfj", "kantei", "prc"):
        seen = repr(message.message(Eye(table.game, seat)))
        assert view.expected not in seen
        assert view.otherwise not in seen
    ask(table, CHIEF, Steer())
    for seat in ("usfj", "kantei", "prc", "projector"):
        assert view.otherwise in repr(message.message(Eye(table.game, seat)))


def test_a_question_is_put_to_everybody_once(tmp_path: Path) -> None:
    from ttx.session.side_commands import Probe

    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    part = table.game.inject
    assert part is not None
    ask(table, CHIEF, Probe(2))
    assert [False, True] == [one.put for one in questions(Eye.all_seeing(table.game), part.id)][:2]
    for seat in ("usfj", "osd", "kantei", "prc", "projector"):
        (notice,) = waiting(Eye(table.game, seat))
        assert table.entries[notice.entry - 1].event.__class__.__name__ == "Probed"
        assert notice.words == f"A question to the room: {part.probing[1].ask}"


# --- who is in ---


def test_who_is_in_and_who_is_missing(tmp_path: Path) -> None:
    with fake_clock() as clock:
        table = host(tmp_path)

        def seen() -> dict[str, tuple[str, int | None]]:
            found = submissions(Eye(table.game, CHIEF), table.entries)
            return {row.seat: (row.state, row.at) for row in found}

        ask(table, CHIEF, Continue())
        clock.now += 12
        ask(table, "usfj", LeaveLevers())
        assert ("in", 12) == seen()["usfj"]
        assert ("missing", None) == seen()["kantei"]
        assert ("", None) == seen()["osd"]
        to(table, phases.DELIBERATION)
        clock.now += 30
        ask(table, "osd", Commit(Answer(option(table, 0), 70)))
        assert ("in", 30) == seen()["osd"]
        assert ("not yet", None) == seen()["state"]
        assert ("missing", None) == seen()["usfj"]
        clock.now += 30
        ask(table, "usfj", Submit(Answer(option(table, 1), 60)))
        assert ("in", 60) == seen()["usfj"]
        assert ("", None) == seen()["state"]
        row = next(
            one for one in submissions(Eye(table.game, CHIEF), table.entries) if one.seat == "usfj"
        )
        part = table.game.inject
        assert part is not None
        ids = [one.id for one in part.option]
        assert (str(ids.index(option(table, 1)) + 1), 60) == (row.answer, row.confidence)
        ask(table, CHIEF, Pause(), Pause(), Continue())
        assert phases.ADJUDICATION == table.game.phase
        assert ("closed", None) == seen()["kantei"]
        assert ("in", 60) == seen()["usfj"]


def test_a_robots_cell_is_one_row(tmp_path: Path) -> None:
    table = host(tmp_path, {"japan": "hawaii"})
    to(table, phases.DELIBERATION)
    found = submissions(Eye(table.game, CHIEF), table.entries)
    (robot,) = [row for row in found if row.state == "robot"]
    assert ("kantei", 5) == (robot.seat, len(found))
    assert robot.robot


# --- the form ---


def test_what_does_not_fit_is_told_by_field() -> None:
    part = exercise("accelerate")
    form = replace(
        FORM,
        title="",
        actor="nobody",
        lead="nobody",
        objectives=("none",),
        options=(OptionForm("a", "Q", "us_sgnal +4"), OptionForm("b", "F", "", "much")),
    )
    with pytest.raises(NotFit) as error:
        source(part, form)
    told = dict(error.value.wrong)
    assert {"actor", "lead", "objectives", "option_1 lean"} <= set(told)
    assert "did you mean 'us_signal'" in told["option_1 effects"]
    assert "is no effect" in told["option_2 costs"]
    assert set(error.value.sentences) == set(told.values())


def test_the_open_slot_says_what_is_next(tmp_path: Path) -> None:
    table = host(tmp_path)
    while open_slot(table.game) != "crisis" or next_inject(table.game, "crisis") is None:
        on(table)
    following = next_inject(table.game, "crisis")
    assert following is not None
    assert [following] == [row.inject for row in rows(table).values() if row.status == "next"]
    ask(table, CHIEF, Skip(following, "no time"))
    assert rows(table)[following].status == "skipped"
