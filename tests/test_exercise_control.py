"""Exercise control: injects put off, left out and written; rulings amended; challenges; seats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from kit.control import answered, due, fold_run, sound, to_ruling, to_slot
from kit.hosted import CHIEF, ask, host, option, refused, to
from kit.tables import exercise

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.exercise import ranges
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import next_inject
from ttx.session.command import Command
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
from ttx.session.events import Released, Ruled
from ttx.session.game import Game
from ttx.session.gates import open_slot, unheard, waits_for_weight
from ttx.session.improvise import InjectForm, NotFit, OptionForm, improvised, source
from ttx.session.opening import fork, look_at, resume_hosted
from ttx.session.play_commands import Commit, Continue, End, LeaveLevers, Pause, Submit, Undo
from ttx.session.record import read
from ttx.session.run import PERSON
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.verify import verify
from ttx.session.view.brief import brief
from ttx.session.view.excursion import adjustment
from ttx.session.view.eye import Eye
from ttx.session.view.message import message
from ttx.session.view.record import RecordView

FORM = InjectForm(
    title="A drone over Yokota",
    actor="prc",
    kind="air",
    slot="crisis",
    sender="374th Airlift Wing",
    to="USFJ",
    via="telephone",
    message="A small drone has circled the runway for an hour. Nobody knows whose it is.",
    question="Who may bring it down?",
    lead="us",
    options=(
        OptionForm("Jam it", "F", "us_signal +4, temperature -2", "jp_public -1.5"),
        OptionForm("Watch it", "R"),
    ),
    profile="air_sea",
    window=600,
    objectives=("decide_in_time",),
)


# --- the list of injects ---


@pytest.mark.slow
def test_a_slot_waits_until_the_facilitator_fills_it(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.INJECT)
    found = to_slot(table, "crisis")
    assert "That is the facilitator's." == refused(table, "usfj", Release(found))

    ask(table, CHIEF, Continue())

    event = table.entries[-1].event
    assert isinstance(event, Released)
    assert (found, "", "", CHIEF) == (
        event.inject,
        event.instead_of,
        event.reason,
        table.entries[-1].by,
    )
    sound(table)


@pytest.mark.slow
def test_what_is_deferred_is_late_and_never_lost(tmp_path: Path) -> None:
    table = host(tmp_path)
    first = to_slot(table, "crisis")
    turn = len(table.game.turns)
    assert "Why is" in refused(table, CHIEF, Defer(first, turn + 1, " "))
    assert f"turns {turn + 1} to 10" in refused(table, CHIEF, Defer(first, turn, "later"))
    ask(table, CHIEF, Defer(first, turn + 1, "the table is not ready"))

    second = next_inject(table.game, "crisis")
    assert first != second
    assert [first] == [one.inject for one in table.game.deferred]
    ask(table, CHIEF, Continue())
    if second is not None:
        answered(table)
    while len(table.game.turns) == turn or table.game.phase != phases.OUTCOME:
        to(table, phases.OUTCOME)
        if len(table.game.turns) > turn and open_slot(table.game) == "crisis":
            break
        ask(table, CHIEF, Continue())
        if table.game.phase == phases.DELIBERATION:
            answered(table)
    assert first == due(table)

    ask(table, CHIEF, Continue())

    assert table.game.inject is not None
    assert first == table.game.inject.id
    assert [] == table.game.deferred
    sound(table)


@pytest.mark.slow
def test_two_that_are_due_keep_their_order_and_undo_keeps_both(tmp_path: Path) -> None:
    table = host(tmp_path)
    first = to_slot(table, "crisis")
    turn = len(table.game.turns)
    ask(table, CHIEF, Defer(first, turn + 1, "one"))
    second = next_inject(table.game, "crisis")
    others = [
        one.id
        for one in table.game.run.exercise.inject
        if one.slot == "crisis" and one.id not in (first, second)
    ]
    ask(table, CHIEF, Defer(others[0], turn + 1, "two"), Skip(others[1], "no time"))
    ask(table, CHIEF, Undo())

    assert [first, others[0]] == [one.inject for one in table.game.deferred]
    assert [others[1]] == [one.inject for one in table.game.skipped]
    ask(table, CHIEF, Defer(others[1], turn + 2, "after all"))
    assert [] == table.game.skipped
    sound(table)


@pytest.mark.slow
def test_skipping_what_is_next_gives_the_second_lowest(tmp_path: Path) -> None:
    table = host(tmp_path)
    first = to_slot(table, "crisis")
    ask(table, CHIEF, Skip(first, "it repeats the last one"))
    assert first != next_inject(table.game, "crisis")
    assert "is skipped already" in refused(table, CHIEF, Skip(first, "again"))
    ask(table, CHIEF, Continue())
    sound(table)


@pytest.mark.slow
def test_out_of_order_uses_the_slot_and_says_what_was_next(tmp_path: Path) -> None:
    table = host(tmp_path)
    first = to_slot(table, "crisis")
    run = table.game.run
    policy = next(one.id for one in run.exercise.inject if one.slot == "policy")
    assert "is for the policy slot" in refused(table, CHIEF, Release(policy))
    closed = next(
        one for one in run.exercise.inject if one.slot == "crisis" and one.id != first and one.when
    )
    said = refused_or_not(table, Release(closed.id))
    ask(table, CHIEF, Release(closed.id, "" if said == "" else "the sponsor asked for it"))

    event = table.entries[-1].event
    assert isinstance(event, Released)
    assert (closed.id, first) == (event.inject, event.instead_of)
    answered(table)
    assert f"'{table.game.run.exercise.injects[closed.id].title}' was released already." == refused(
        table, CHIEF, Defer(closed.id, 9, "no")
    )
    sound(table)


def refused_or_not(table: Table, command: Release) -> str:
    """Why a release is refused; empty where its conditions hold."""
    from ttx.session.needs import met

    part = table.game.run.exercise.injects[command.inject]
    if met(table.game.run.tables, table.game.position, part.when):
        return ""
    said = refused(table, CHIEF, command)
    assert "The conditions of" in said
    return said


@pytest.mark.slow
def test_an_inject_written_on_the_spot_is_played_like_any_other(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_slot(table, "crisis")
    run = table.game.run
    said = source(run.exercise, FORM)
    ask(table, CHIEF, Improvise(said))
    new = table.game.run.exercise.inject[-1]
    assert improvised(new)
    assert new.id != next_inject(table.game, "crisis")

    ask(table, CHIEF, Release(new.id))
    answered(table)
    ruled = next(e.event for e in reversed(table.entries) if isinstance(e.event, Ruled))
    assert isinstance(ruled, Ruled)
    assert (new.id, 600) == (ruled.ruling.inject, ruled.ruling.window)
    assert {"us_signal", "temperature", "jp_public"} == {e.track for e in ruled.ruling.effects}
    ask(table, CHIEF, Undo())
    assert new.id in table.game.run.exercise.injects
    to(table, phases.RECKONING)
    sound(table)
    table.leave()
    assert table.path is not None
    again = resume_hosted(read(table.path))
    assert new.id in again.game.run.exercise.injects
    assert again.game == table.game
    again.leave()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda form: replace(
                form, options=(OptionForm("A", "F", "us_signl +4"), *form.options)
            ),
            "The track 'us_signl' in option 1 is unknown (did you mean 'us_signal'?).",
        ),
        (
            lambda form: replace(form, options=(OptionForm("A", "F", "more"), *form.options)),
            "'more' in option 1 is no effect",
        ),
        (lambda form: replace(form, lead="red"), "red"),
        (lambda form: replace(form, profile="nowhere"), "nowhere"),
        (lambda form: replace(form, options=form.options[:1]), "option"),
        (lambda form: replace(form, actor="mars"), "mars"),
        (lambda form: replace(form, objectives=("win",)), "win"),
    ],
    ids=["track", "effect", "lead", "profile", "options", "actor", "objective"],
)
def test_a_form_that_does_not_fit_says_why(
    change: Callable[[InjectForm], InjectForm], says: str
) -> None:
    with pytest.raises(NotFit) as wrong:
        source(exercise("accelerate"), change(FORM))
    assert says in str(wrong.value)


def test_what_is_said_of_other_injects_is_not_looked_for_in_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def looked(name: str, _: object) -> str:
        raise AssertionError(name)  # a fifth of a second for each of hundreds, at every key

    monkeypatch.setattr(ranges, "did_you_mean", looked)
    assert "A drone over Yokota" in source(exercise("accelerate"), FORM)


def test_what_is_no_inject_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "This is no TOML" in refused(table, CHIEF, Improvise("x = ["))
    taken = table.game.run.exercise.inject[0].id
    said = source(table.game.run.exercise, FORM).replace(
        'id = "ad_hoc_a_drone_over_yokota"', f'id = "{taken}"'
    )
    assert f"The id '{taken}' is taken" in refused(table, CHIEF, Improvise(said))


@pytest.mark.slow
def test_with_nothing_due_another_inject_fills_the_slot(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.INJECT)
    assert next_inject(table.game, "policy") is None
    run = table.game.run
    ask(table, CHIEF, Improvise(source(run.exercise, replace(FORM, slot="policy", window=0))))
    ask(table, CHIEF, Release(table.game.run.exercise.inject[-1].id))
    assert phases.DELIBERATION == table.game.phase
    sound(table)


def test_a_contingency_is_put_once_and_read_as_part_of_the_message(tmp_path: Path) -> None:
    table = host(tmp_path)
    assert "belongs to an inject under deliberation" in refused(table, CHIEF, Steer())
    to(table, phases.DELIBERATION)
    before = message(Eye(table.game, "usfj"))
    ask(table, CHIEF, Steer())
    after = message(Eye(table.game, "usfj"))

    assert before is not None
    assert after is not None
    assert before.text == after.text
    assert "" == before.since
    assert table.game.inject is not None
    assert table.game.inject.if_not == after.since
    assert "was put to the table already" in refused(table, CHIEF, Steer())


# --- excursions ---


@pytest.mark.slow
def test_an_excursion_is_set_up_before_startex_and_plays_on_its_own_numbers(
    tmp_path: Path,
) -> None:
    table = host(tmp_path)
    link = table.game.run.exercise.influence[0]
    track = next(one for one in table.game.run.exercise.track if one.value is None)
    ask(
        table,
        CHIEF,
        Adjust("strength", link.id, 0, "is it this link?"),
        Adjust("start", track.id, track.start + 100, "and from here?"),
    )
    played = table.game.run.exercise
    assert 0 == next(one.strength for one in played.influence if one.id == link.id)
    assert track.start + 100 == table.game.position.tracks[table.game.run.tables.track[track.id]]
    anchor = played.tracks[track.id]
    assert (track.start if track.anchor is None else track.anchor) == anchor.anchor
    assert (track.start if track.rest is None else track.rest) == anchor.rest
    assert "switched off" in adjustment(table.game, table.game.adjusted[0])
    assert "That is what it is already." == refused(
        table, CHIEF, Adjust("strength", link.id, 0, "x")
    )
    to(table, phases.RECKONING)
    assert "before STARTEX" in refused(table, CHIEF, Adjust("strength", link.id, 9, "x"))
    sound(table)


# --- rulings ---


@pytest.mark.slow
def test_a_ruling_is_modified_within_the_band_and_overruled_beyond(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    model = slot.ruled.ruling
    at = next(n for n, one in enumerate(model.effects) if one.by)
    small, large = model.effects[at].by // 2, model.effects[at].by * 2
    assert "needs a reason" in refused(table, CHIEF, Amend(Override(effects={at: small}), " "))
    assert "That is beyond a modification" in refused(
        table, CHIEF, Amend(Override(effects={at: large}), "more")
    )
    before = table.game.position

    ask(table, CHIEF, Amend(Override(effects={at: small}), "the second call never came"))

    slot = table.game.slot
    assert slot is not None
    assert slot.amended is not None
    assert ("modified", model) == (slot.amended.how, slot.ruled.ruling if slot.ruled else None)
    assert phases.REVIEW == table.game.phase
    row = table.game.run.tables.track[model.effects[at].track]
    moved = sum(c.by for c in slot.amended.ruling.at_once() if c.track == model.effects[at].track)
    assert before.tracks[row] + moved == table.game.position.tracks[row]
    sound(table)


@pytest.mark.slow
def test_another_timing_is_the_models_own_arithmetic(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    was = slot.ruled.ruling.timing
    other = "late" if was != "late" else "on_time"
    ask(table, CHIEF, Amend(Override(timing=other), "Tokyo had been told before"))
    slot = table.game.slot
    assert slot is not None
    assert slot.ruling is not None
    assert other == slot.ruling.timing
    assert ("late" == other) == any(one.kind == "late" for one in slot.ruling.effects)
    sound(table)


@pytest.mark.slow
def test_a_reckoning_is_recast_by_a_step_and_overruled_beyond(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.RECKONING)
    turn = table.game.turn
    assert turn is not None
    assert turn.proposed is not None
    model = {one.adversary: one.response for one in turn.proposed.reckoning.responses}
    name = next(iter(model))
    at = RESPONSES.index(model[name])
    if at != 1:
        far = Override(responses={name: RESPONSES[2 - at]})
        assert "beyond a modification" in refused(table, CHIEF, Amend(far, "no"))
        ask(table, CHIEF, Amend(far, "it would", overrule=True))
    else:
        ask(table, CHIEF, Amend(Override(responses={name: "escalate"}), "it would"))

    turn = table.game.turn
    assert turn is not None
    assert turn.reckoned is not None
    assert turn.confirmed
    did = {one.adversary: one.response for one in turn.reckoned.reckoning.responses}
    assert model[name] != did[name]
    assert {k: v for k, v in model.items() if k != name} == {
        k: v for k, v in did.items() if k != name
    }
    sound(table)


@pytest.mark.slow
def test_an_action_in_own_words_is_weighed_before_it_is_ruled_on(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_slot(table, "crisis")
    ask(table, CHIEF, Continue())
    lead = table.game.inject.lead if table.game.inject else ""
    first, second = ("usfj", "kantei") if lead == "us" else ("kantei", "usfj")
    ask(
        table,
        "osd",
        Commit(Answer("", written="Ask Seoul first", pro="it knows", contra="it is slow")),
    )
    ask(
        table,
        first,
        Submit(Answer("", written="Send a liaison by helicopter", pro="fast", contra="loud")),
    )
    assert "" == waits_for_weight(table.game)
    ask(table, second, Submit(Answer(option(table, 0))))

    assert lead == waits_for_weight(table.game)
    assert phases.DELIBERATION == table.game.phase
    assert "A written-in action waits to be weighed." == refused(table, CHIEF, Continue())
    like = option(table, 1)
    assert "needs a reason" in refused(table, CHIEF, Weigh(like, 3, ""))
    ask(table, CHIEF, Weigh(like, 3, "it was rehearsed in March"))

    slot = table.game.slot
    assert slot is not None
    assert slot.ruled is not None
    assert (like, 3, True) == (
        slot.ruled.ruling.option,
        slot.ruled.ruling.quarters,
        slot.ruled.discord,
    )
    assert phases.ADJUDICATION == table.game.phase
    to(table, phases.RECKONING)
    sound(table)


# --- challenges ---


@pytest.mark.slow
@pytest.mark.parametrize("outcome", ["upheld", "modified", "overturned"])
def test_a_challenge_is_heard_before_the_table_goes_on(tmp_path: Path, outcome: str) -> None:
    table = host(tmp_path)
    to_ruling(table)
    assert "once it stands" in refused(table, "osd", Challenge("no"))
    ask(table, CHIEF, Continue())
    ask(table, "osd", Challenge("the liaison was already there"))
    assert "Your seat has challenged once in this turn." == refused(table, "osd", Challenge("and"))
    assert "The challenge of OSD waits to be heard." == refused(table, CHIEF, Continue())
    slot = table.game.slot
    assert slot is not None
    assert slot.ruling is not None
    before, model = table.game.position, slot.ruling
    at = next(n for n, one in enumerate(model.effects) if one.by)
    by = model.effects[at].by
    instead = {
        "upheld": Override(),
        "modified": Override(effects={at: by // 2}),
        "overturned": Override(effects={at: -by}),
    }[outcome]

    ask(table, CHIEF, Hear(outcome, "it was in the plan", instead))

    assert unheard(table.game) is None
    slot = table.game.slot
    assert slot is not None
    assert slot.challenges[0].heard is not None
    assert outcome == slot.challenges[0].heard.outcome
    assert (outcome == "upheld") == (before == table.game.position)
    assert "No challenge waits" in refused(table, CHIEF, Hear("upheld", "x"))
    ask(table, CHIEF, Continue())
    sound(table)


@pytest.mark.slow
def test_a_reckoning_that_is_overturned_leads_to_the_next_turn_from_there(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue())
    ask(table, "mofa", Challenge("they had no ships there"))
    turn = table.game.turn
    assert turn is not None
    assert turn.reckoned is not None
    one = turn.reckoned.reckoning.responses[0]
    other = next(r for r in RESPONSES if r != one.response)
    instead = Override(responses={one.adversary: other})
    ask(table, CHIEF, Hear("overturned", "true", instead), Continue())
    assert 2 == len(table.game.turns)
    sound(table)


# --- who sits where ---


@pytest.mark.slow
def test_a_robot_takes_a_cell_and_a_person_takes_it_back(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    assert "A robot plays a whole cell" in refused(table, CHIEF, HandOver("mofa", "phased"))
    ask(table, "usfj", Submit(Answer(option(table, 0))))
    ask(table, CHIEF, HandOver("kantei", "phased"))

    assert phases.ADJUDICATION == table.game.phase
    assert ["us"] == table.game.run.people
    assert "Nobody at this table answers for that cell." == refused(table, "kantei", LeaveLevers())
    ask(table, CHIEF, HandOver("kantei", PERSON))
    assert ["us", "japan"] == table.game.run.people
    ask(table, CHIEF, Undo())
    assert ["us", "japan"] == table.game.run.people
    assert phases.DELIBERATION == table.game.phase
    sound(table)


@pytest.mark.slow
def test_a_robot_that_concurs_tells_its_cell_nothing_before_the_ruling(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    ask(table, "mofa", Commit(Answer(option(table, 0))))
    ask(table, "usfj", Submit(Answer("", rationale="ZWHY", written="ZOWN")))
    ask(table, CHIEF, HandOver("kantei", "phased"))

    def read(seat: str) -> str:
        timeline = Timeline(fold_run(table), table.entries)
        record = RecordView(timeline, seat)
        lines = [record.line(n, timeline.last).what for n in record.seen(timeline.last)]
        return repr((message(Eye(table.game, seat)), brief(Eye(table.game, seat)), lines))

    slot = table.game.slot
    assert slot is not None
    assert "ZOWN" == slot.answers["japan"].written
    for _ in range(2):
        for seat in ("kantei", "mofa"):
            assert "ZOWN" not in read(seat)
            assert "differs=True" not in read(seat)
        ask(table, CHIEF, HandOver("kantei", PERSON))
    if waits_for_weight(table.game):
        ask(table, CHIEF, Weigh(option(table, 0), 2, "even"))
    ask(table, CHIEF, Continue())
    assert "ZOWN" in read("kantei")


def test_what_has_no_contingency_is_put_to_nobody(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_slot(table, "crisis")
    ask(table, CHIEF, Improvise(source(table.game.run.exercise, FORM)))
    ask(table, CHIEF, Release(table.game.run.exercise.inject[-1].id))
    assert "No contingency was written for this inject." == refused(table, CHIEF, Steer())


# --- while time stands still, and after ---


@pytest.mark.slow
def test_control_prepares_while_the_exercise_is_paused(tmp_path: Path) -> None:
    table = host(tmp_path)
    first = to_slot(table, "crisis")
    ask(table, CHIEF, Pause())
    commands: list[Command] = [
        Defer(first, 9, "later"),
        Skip(first, "not today"),
        Improvise(source(table.game.run.exercise, FORM)),
        HandOver("kantei", "phased"),
    ]
    ask(table, CHIEF, *commands)
    assert "Paused" in refused(table, CHIEF, Release(first))
    ask(table, CHIEF, Pause(), End("the hour is over"))
    assert "The exercise has ended." == refused(table, CHIEF, Skip(first, "x"))
    sound(table)


@pytest.mark.slow
def test_a_fork_of_all_this_plays_on_and_the_seal_holds(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    slot = table.game.slot
    assert slot is not None
    assert slot.ruling is not None
    at = next(n for n, one in enumerate(slot.ruling.effects) if one.by)
    ask(table, CHIEF, Amend(Override(effects={at: 0}), "nothing came of it"))
    ask(table, CHIEF, Improvise(source(table.game.run.exercise, FORM)))
    turn = len(table.game.turns)
    while len(table.game.turns) == turn:
        to(table, phases.RECKONING)
        ask(table, CHIEF, Continue(), Continue())
    path = table.path
    assert path is not None
    table.leave()
    record = read(path)
    assert False not in [one.holds for one in verify(path)]

    made, _ = fork(record, record.entries[-1].n, path=tmp_path / "fork.ttx.toml")

    game: Game = look_at(read(made)).game
    assert table.game.position == game.position
    assert table.game.run.exercise.inject[-1].id in game.run.exercise.injects
