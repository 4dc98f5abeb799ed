"""Adversaries that people or robots choose for: asked, sealed, paid for, recorded, told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from armed import OTHER, armed
from kit.red import CHIEF, LEAD, RED, ask, hosting, to
from kit.tables import exercise

from ttx.adjudicator import rulings
from ttx.analysis.compare import compare
from ttx.analysis.compared_runs import compared_run
from ttx.exercise.model.part import text
from ttx.plain import Plain
from ttx.report.lines import lines_of
from ttx.report.retold import retold
from ttx.session import automation, phases
from ttx.session.answer import Answer
from ttx.session.audit import differences
from ttx.session.command import Command, IllegalDecision
from ttx.session.control_commands import Amend, HandOver, Override
from ttx.session.events import Chosen, Reckoned, ResponsesClosed, ResponsesOpened
from ttx.session.fold import fold
from ttx.session.game import Game
from ttx.session.opening import begin, fork, hosted, look_at, resume
from ttx.session.play_commands import Continue, End, Respond, Start, Submit, Undo
from ttx.session.record import read
from ttx.session.run import PERSON, PROJECTOR, RULE, WATCHED, Run
from ttx.session.seating import NotSeated, seating
from ttx.session.table import Table
from ttx.session.timeline import Timeline
from ttx.session.verify import verify
from ttx.session.view import message as message_views
from ttx.session.view import table as views
from ttx.session.view.aims import HIDDEN, HOLDS, NOT_YET, aims, own_aims
from ttx.session.view.brief import brief
from ttx.session.view.choice import ChoiceView, awaited_seats, choice
from ttx.session.view.control import control
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import reckoning
from ttx.session.view.record import TRUTH
from ttx.session.view.submissions import IN, MISSING, submissions

CHINA, PRC, DPRK, RUSSIA = "china", "prc", "dprk", "russia"


def refused(table: Table, seat: str, command: Command) -> str:
    before = table.entries[:]
    with pytest.raises(IllegalDecision) as refusal:
        ask(table, seat, command)
    assert before == table.entries
    return str(refusal.value)


def the_choice(game: Game, seat: str = RED) -> ChoiceView:
    found = choice(Eye(game, seat))
    assert found is not None
    return found


def done(game: Game) -> dict[str, str]:
    assert game.turn is not None
    assert game.turn.reckoned is not None
    return {one.adversary: one.response for one in game.turn.reckoned.reckoning.responses}


# --- the choice ---


def test_a_seat_is_asked_before_the_reckoning_with_price_odds_and_effects(tmp_path: Path) -> None:
    game = hosting(tmp_path).game
    view = the_choice(game)
    (row,) = view.rows

    assert game.turn is not None
    assert game.turn.proposed is None
    assert (True, False, ("Coast guard",)) == (row.mine, row.chosen, view.waiting)
    assert ["restraint", "probe", "escalate"] == [one.response for one in row.moves]
    assert [0, 1, 4] == [one.price for one in row.moves]
    assert [True, True, True] == [one.pays for one in row.moves]  # 2 chips, and 3 more in turn 1
    assert "anchored off the port" == row.moves[2].name
    assert [("Tension", "+9", "worse")] == [*row.moves[2].effects]
    assert 5 == row.of.chips
    assert 2 == len(view.news)


def test_the_odds_beside_the_moves_are_the_rules_and_tell_no_draw(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    game = table.game
    fact = rulings.reckoning(game.run.tables, game.position, game.run.seed).responses[0]
    acts, escalates = fact.odds / 2**32, fact.odds2 / 2**32

    odds = [float(one.odds) for one in the_choice(game).rows[0].moves]

    wanted = [1 - acts, acts * (1 - escalates), acts * escalates]
    assert [pytest.approx(100 * one, abs=0.011) for one in wanted] == odds
    other = replace(game, run=replace(game.run, seed=game.run.seed + 1))
    assert odds == [float(one.odds) for one in the_choice(other).rows[0].moves]


def test_what_cannot_be_paid_is_refused_and_its_odds_fall_to_the_next_lower(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "escalate"))
    to(table, phases.LEVERS)
    to(table, phases.RESPONSE)  # 5 less 4, and 3 more: 4; once more
    ask(table, RED, Respond("neighbour", "escalate"))
    assert 4 == the_choice(table.game).rows[0].of.chips
    poor = replace(table.game, position=replace(table.game.position, purse=(3,)))
    dear = the_choice(poor).rows[0].moves
    table.game = replace(poor, turns=(*poor.turns[:-1], replace(poor.turns[-1], chosen={})))

    told = refused(table, RED, Respond("neighbour", "escalate"))

    assert "The purse cannot pay for 'anchored off the port': it costs 4, 3 left." == told
    assert ([True, True, False], "0.00") == ([one.pays for one in dear], dear[2].odds)
    assert 100 == pytest.approx(sum(float(one.odds) for one in dear), abs=0.03)


@pytest.mark.parametrize(
    ("seat", "command", "told"),
    [
        (RED, Respond("neighbour", "sulk"), "There is no response 'sulk'"),
        (RED, Respond("nobody", "probe"), "There is no adversary 'nobody'"),
        (LEAD, Respond("neighbour", "probe"), "Another seat chooses for Neighbour."),
        (CHIEF, Respond("neighbour", "probe"), "The facilitator answers for no cell."),
        (RED, Submit(Answer("x")), "Nobody at this table answers for that cell."),
        (RED, Continue(), "Nobody at this table answers for that cell."),
    ],
)
def test_other_requests_are_refused_in_a_sentence(
    seat: str, command: Command, told: str, tmp_path: Path
) -> None:
    assert told in refused(hosting(tmp_path), seat, command)


def test_a_ruling_that_the_purse_cannot_pay_is_refused_and_not_lowered(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "restraint"))
    to(table, phases.RECKONING)
    turn = table.game.turns[-1]
    assert turn.before is not None
    short = replace(turn, before=replace(turn.before, purse=(3,)))
    table.game = replace(table.game, turns=(*table.game.turns[:-1], short))

    told = refused(
        table, CHIEF, Amend(Override(responses={"neighbour": "escalate"}), "why", overrule=True)
    )

    name = text(table.game.run.exercise.adversary[0].name)
    assert f"The purse of {name} cannot pay for that; at most probe." == told


def test_a_choice_may_be_changed_until_the_facilitator_closes_it(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "probe"))
    assert phases.RESPONSE == table.game.phase
    assert "That is what is chosen already." == refused(table, RED, Respond("neighbour", "probe"))
    ask(table, RED, Respond("neighbour", "escalate"))

    ask(table, CHIEF, Continue())

    assert phases.RECKONING == table.game.phase
    assert {"neighbour": "escalate"} == done(table.game)
    assert "Nothing is chosen now" in refused(table, RED, Respond("neighbour", "probe"))


def test_the_facilitator_sees_who_has_chosen_and_the_rule_plays_for_who_has_not(
    tmp_path: Path,
) -> None:
    table = hosting(tmp_path)
    view = control(Eye(table.game, CHIEF))
    assert "Waiting for Coast guard." in view.sentence
    assert "Close it without Coast guard? The rule responds for them." == view.asks
    assert "Close the choice" == view.does
    states = {one.seat: one.state for one in submissions(Eye(table.game, CHIEF), table.entries)}
    assert MISSING == states[RED]

    asked = replace(table.game)
    ask(table, RED, Respond("neighbour", "probe"))
    rows = {one.seat: one for one in submissions(Eye(table.game, CHIEF), table.entries)}
    assert (IN, "2") == (rows[RED].state, rows[RED].answer)
    assert "" == control(Eye(table.game, CHIEF)).asks

    ask(table, CHIEF, Undo())
    assert asked.position == table.game.position
    ask(table, CHIEF, Continue())
    closed = [one.event for one in table.entries if isinstance(one.event, ResponsesClosed)]
    assert [ResponsesClosed(("neighbour",))] == closed
    by_rule = rulings.reckoning(table.game.run.tables, asked.position, asked.run.seed)
    assert by_rule.responses[0].response == done(table.game)["neighbour"]
    assert table.game.turn is not None
    assert table.game.turn.proposed is not None
    assert {} == table.game.turn.proposed.model_would


def test_the_record_keeps_what_the_rule_would_have_made_of_it(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    game = table.game
    rule = rulings.reckoning(game.run.tables, game.position, game.run.seed).responses[0].response
    other = "probe" if rule != "probe" else "escalate"
    ask(table, RED, Respond("neighbour", other))
    to(table, phases.RECKONING)

    entry = next(one.event for one in table.entries if isinstance(one.event, Reckoned))

    assert {"neighbour": rule} == entry.model_would
    assert other == entry.reckoning.responses[0].response
    assert "model_would" in entry.as_toml()
    old = replace(entry, model_would={}).as_toml()
    assert "model_would" not in old
    view = reckoning(Eye(table.game, CHIEF))
    assert view is not None
    assert (other, rule) == (view.responses[0].response, view.responses[0].rule)
    assert "odds and draw would have come to" in view.responses[0].turned


def test_the_reckoning_takes_the_price_and_the_effects_of_what_was_chosen(tmp_path: Path) -> None:
    for response, left in (("restraint", 5), ("probe", 4), ("escalate", 1)):
        (tmp_path / response).mkdir()
        table = hosting(tmp_path / response)
        before = table.game.position
        ask(table, RED, Respond("neighbour", response))
        to(table, phases.RECKONING)
        ask(table, CHIEF, Continue())
        assert (left,) == table.game.position.purse
        assert before.aims == table.game.position.aims
        assert table.game.turn is not None
        assert table.game.turn.reckoned is not None
        changes = table.game.turn.reckoned.reckoning.changes
        by = sum(c.by for c in changes if c.cause == "adversary:neighbour" and c.track == "tension")
        assert (by == 900) == (response == "escalate")


# --- who reads what ---


def test_only_its_own_seat_and_the_white_cell_read_aim_purse_and_choice(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "escalate"))
    game = table.game
    for seat in (LEAD, "tokyo", PROJECTOR):
        assert () == aims(Eye(game, seat))
        assert choice(Eye(game, seat)) is None
        told = views.meanwhile(Eye(game, seat))
        assert "The news of this turn is ruled on; the adversaries respond next." == told
    for seat in (RED, CHIEF, "evaluator"):
        (one,) = aims(Eye(game, seat))
        assert ("Stay for good", 5, 3, 6) == (one.aim, one.chips, one.income, one.cap)
        assert the_choice(game, seat).rows[0].moves[2].chosen
    assert () == own_aims(Eye(game, CHIEF))
    assert "Stay for good" in "\n".join(brief(Eye(game, RED)))
    assert "Stay for good" not in "\n".join(brief(Eye(game, LEAD)))

    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue())
    for seat in (LEAD, PROJECTOR):
        view = reckoning(Eye(table.game, seat))
        assert view is not None
        assert "Neighbour anchored off the port." == view.headline
        assert () == aims(Eye(table.game, seat))
    ask(table, CHIEF, End("enough"))
    for seat in (LEAD, PROJECTOR):
        assert ["Stay for good"] == [one.aim for one in aims(Eye(table.game, seat))]


def test_what_the_allied_side_reads_after_the_reckoning_gives_no_purse_and_no_aim_away(
    tmp_path: Path,
) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "probe"))
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue())
    allied, own, white = (reckoning(Eye(table.game, seat)) for seat in (LEAD, RED, CHIEF))
    assert allied is not None
    assert own is not None
    assert white is not None
    names = [[step.name for step in view.responses[0].steps] for view in (allied, own, white)]
    assert "what it is after" not in names[0]
    assert "what it is after" in names[1]
    assert "what it is after" in names[2]
    assert allied.responses[0].z == sum(one.steps for one in allied.responses[0].steps)
    if white.responses[0].escalation:
        assert "the draw was" not in allied.responses[0].escalation
        assert "the draw was" in own.responses[0].escalation


def test_an_aim_holds_as_far_as_the_seat_may_know(tmp_path: Path) -> None:
    game = hosting(tmp_path, aim="leave").game
    own, white = (aims(Eye(game, seat))[0] for seat in (RED, CHIEF))
    assert [NOT_YET, HIDDEN, HOLDS] == [one.state for one in own.asked]
    assert [NOT_YET, HOLDS, HOLDS] == [one.state for one in white.asked]
    assert "no escalation by Neighbour in the last 2 turns" == own.asked[2].words
    name = armed().tracks[OTHER].name
    assert f"{name} at least 1" == own.asked[1].words
    assert own.asked[1].words in white.asked[1].words
    assert ", now " in white.asked[1].words
    assert "Not reached as things stand." == own.reached == white.reached
    full = tuple(10000 for _ in game.position.tracks)
    there = replace(game, position=replace(game.position, tracks=full))
    assert "What you may know of it holds" in aims(Eye(there, RED))[0].reached
    assert "Reached, if the run ended now." == aims(Eye(there, CHIEF))[0].reached


@pytest.mark.slow
def test_three_seats_of_one_cell_choose_each_for_its_own(tmp_path: Path) -> None:
    table = hosted(exercise("accelerate"), {}, 7, tmp_path / "run.ttx.toml", red=True)
    to(table, phases.RESPONSE)
    assert {CHINA: PRC, DPRK: DPRK, RUSSIA: RUSSIA} == table.game.run.choosers
    seen = {seat: the_choice(table.game, seat) for seat in (PRC, DPRK, RUSSIA)}
    assert [[CHINA], [DPRK], [RUSSIA]] == [[r.of.id for r in v.rows] for v in seen.values()]
    ask(table, PRC, Respond(CHINA, "probe"))
    assert seen[DPRK].rows == the_choice(table.game, DPRK).rows
    assert ("North Korea", "Russia") == awaited_seats(table.game)
    assert "Another seat chooses for China." == refused(table, DPRK, Respond(CHINA, "probe"))
    # Two who press a key at the same moment are not in each other's way.
    seen_by = table.game.entries
    table.submit(DPRK, Respond(DPRK, "restraint"), seen_by)
    table.submit(RUSSIA, Respond(RUSSIA, "probe"), seen_by)
    ask(table, CHIEF, Continue())
    assert {CHINA: "probe", DPRK: "restraint", RUSSIA: "probe"} == done(table.game)


# --- who plays ---


def test_a_run_that_nobody_chooses_in_is_never_asked(tmp_path: Path) -> None:
    table = hosted(armed(), {}, 7, tmp_path / "run.ttx.toml")
    to(table, phases.RECKONING)
    assert not any(isinstance(one.event, ResponsesOpened) for one in table.entries)
    assert {} == table.game.run.choosers


def test_in_an_old_hosted_run_the_seats_still_watch(tmp_path: Path) -> None:
    run = Run(armed(), 7, {"us": PERSON, "japan": PERSON, "red": WATCHED, "white": PERSON}, False)
    table = Table.begin(run, "0" * 32, armed().as_toml(), tmp_path / "run.ttx.toml")
    to(table, phases.RECKONING)
    assert not any(isinstance(one.event, ResponsesOpened) for one in table.entries)
    assert table.game.run.red_seated


def test_a_robot_of_the_cell_escalates_whenever_its_purse_pays(tmp_path: Path) -> None:
    seats = seating(armed(), "us=steady,japan=steady,red=hawk")
    path = tmp_path / "run.ttx.toml"
    table = begin(armed(), seats, 7, path)
    table.leave()
    assert table.closed
    chosen = [
        (one.event.response, one.by) for one in table.entries if isinstance(one.event, Chosen)
    ]
    assert [("escalate", "robot:hawk")] * 2 == chosen
    assert [] == [one for one in verify(path) if one.holds is False]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("red=steady", "There is no robot 'steady' for red; choose from rule, hawk."),
        ("us=hawk", "There is no robot 'hawk' for us"),
        ("white=hawk", "There is no cell 'white' to play"),
    ],
)
def test_a_robot_that_does_not_fit_its_cell_is_refused(words: str, told: str) -> None:
    with pytest.raises(NotSeated) as refusal:
        seating(armed(), words)
    assert told in str(refusal.value)


def test_the_facilitator_hands_the_cell_to_the_rule_and_back(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, CHIEF, HandOver(RED, RULE), Continue())
    assert phases.RECKONING == table.game.phase
    ask(table, CHIEF, HandOver(RED, "hawk"))
    to(table, phases.LEVERS)
    ask(table, CHIEF, Continue())
    to(table, phases.RESPONSE)
    assert table.game.turn is not None
    assert {"neighbour": "robot:hawk"} == table.game.turn.chosen_by
    ask(table, CHIEF, HandOver(RED, PERSON))
    assert {"neighbour": RED} == table.game.run.choosers
    told = "No 'steady' plays adversaries; choose from rule, hawk."
    assert told == refused(table, CHIEF, HandOver(RED, "steady"))
    to(table, phases.HOTWASH)
    ask(table, CHIEF, Continue())
    table.leave()
    assert [] == [one for one in verify(tmp_path / "run.ttx.toml") if one.holds is False]


def test_at_one_keyboard_the_gate_is_the_choice_itself(tmp_path: Path) -> None:
    table = begin(armed(), seating(armed(), red=True), 7, tmp_path / "run.ttx.toml")
    seat = LEAD
    while table.game.phase != phases.RESPONSE:
        seat = automation.awaited(table.game, seat)
        message = message_views.message(Eye(table.game, seat))
        match table.game.phase:
            case phases.BRIEFING:
                ask(table, seat, Start())
            case phases.LEVERS:
                from ttx.session.play_commands import LeaveLevers

                ask(table, seat, LeaveLevers())
            case phases.DELIBERATION:
                assert message is not None
                ask(
                    table, seat, Submit(Answer(next(o.id for o in message.options if not o.closed)))
                )
            case _:
                ask(table, seat, Continue())
    assert RED == automation.awaited(table.game, seat)
    ask(table, RED, Respond("neighbour", "probe"))
    assert phases.RECKONING == table.game.phase
    assert LEAD == automation.awaited(table.game, RED)


def test_red_alone_plays_against_robots_in_plain_lines(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    seats = seating(armed(), "steady", RED)
    said: list[str] = []
    keys = iter(["", "9", "2", "", "undo", "1", "", "3", "", "", "", "y"])
    table = begin(armed(), seats, 7, path)

    def typed(prompt: str) -> str:
        said.append(prompt)
        return next(keys)

    Plain(table, seats.seat, said.append, typed).play()
    table.leave()
    text = "\n".join(said)
    assert table.closed
    assert "Your aim, secret until the review: " in text
    assert "Purse: 5 of 6 chips, 3 more each turn." in text
    assert "the rule's odds" in text
    assert "Here a number from 1 to 3 chooses how it responds" in text
    assert "Deterrence" not in text[: text.index("REVIEW of ")]
    assert [] == [one for one in verify(path) if one.holds is False]


# --- the record ---


def whole(path: Path, *responses: str) -> Path:
    table = hosting(path)
    for response in responses:
        to(table, phases.RESPONSE)
        if response:
            ask(table, RED, Respond("neighbour", response))
        to(table, phases.RECKONING)
        ask(table, CHIEF, Continue(), Continue())
    to(table, phases.HOTWASH)
    ask(table, CHIEF, Continue())
    table.leave()
    return path / "run.ttx.toml"


def test_a_run_folds_verifies_forks_and_is_told_again(tmp_path: Path) -> None:
    path = whole(tmp_path, "probe", "escalate")
    record = read(path)
    viewing = look_at(record)
    assert viewing.game == fold(viewing.timeline.run, record.entries)
    assert [] == differences(viewing.timeline.run, record.entries)
    opened = next(one.n for one in record.entries if isinstance(one.event, ResponsesOpened))
    made, cut = fork(record, opened + 1, path=tmp_path / "fork.ttx.toml")
    assert opened == cut  # a sealed choice is not cut in two
    again = resume(read(made))
    assert phases.RESPONSE == again.game.phase
    assert RED == automation.awaited(again.game, LEAD)
    again.leave()
    told = "\n".join(lines_of(retold(viewing.timeline, TRUTH)))
    assert "chose for Neighbour: probe" in told
    assert "chose for Neighbour: escalate, anchored off the port" in told


def test_a_forged_choice_is_found(tmp_path: Path) -> None:
    record = read(whole(tmp_path, "escalate"))
    viewing = look_at(record)
    at = next(n for n, one in enumerate(record.entries) if isinstance(one.event, Chosen))
    forged = [*record.entries]
    forged[at] = replace(forged[at], event=Chosen("neighbour", "probe"))
    told = "\n".join(differences(viewing.timeline.run, forged))
    assert "this model would reckon turn 1 differently" in told
    forged = [*record.entries]
    forged[at] = replace(forged[at], by=LEAD)
    assert "would have refused this" in "\n".join(differences(viewing.timeline.run, forged))


def test_what_is_taken_back_stays_known(tmp_path: Path) -> None:
    table = hosting(tmp_path)
    ask(table, RED, Respond("neighbour", "probe"))
    to(table, phases.RECKONING)
    ask(table, CHIEF, Continue(), Undo())
    assert phases.RESPONSE == table.game.phase
    assert (1, "responses") in table.game.known
    assert () == tuple(the_choice(table.game).rows[0].of.past)
    assert not the_choice(table.game).rows[0].chosen
    told = "\n".join(lines_of(retold(Timeline(table.game.run, table.entries), TRUTH)))
    assert "went back to the adversaries' choice in turn 1" in told


def test_a_comparison_says_from_where_it_is_not_like_for_like(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    records = [read(whole(tmp_path / "a", "", "probe")), read(whole(tmp_path / "b"))]
    a, b = (compared_run(one, look_at(one).game) for one in records)
    view = compare(a, b)
    told = [one for one in view.remarks if "Not like for like" in one]
    chose = "A had adversaries that others than the rule chose for: T2 Neighbour."
    assert [f"{chose} Not like for like since T2; up to there the rule responded."] == told
