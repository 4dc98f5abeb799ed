"""What each adversary was to be deterred from, what it was after, what it did, and what it cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ttx.adjudicator.arithmetic import RESPONSES
from ttx.adjudicator.facts import Response
from ttx.exercise.asks import DID, DOES
from ttx.exercise.model.adversaries import Adversary
from ttx.exercise.model.part import text
from ttx.exercise.moves import name_of, price_of
from ttx.i18n import N_, _, ngettext
from ttx.session import phases, references
from ttx.session.command import ended
from ttx.session.game import Game, TurnRecord
from ttx.session.needs import met
from ttx.session.references import Played
from ttx.session.run import ROBOT, Run
from ttx.session.view import words
from ttx.session.view.amended import hand

Acts = tuple[int, int, int]
"""How often an adversary showed restraint, probed and escalated."""
HEAD = N_("restraint / probe / escalate")
"""Over counts of acts."""
REACHED = {
    True: N_("reached"),
    False: N_("not reached"),
    None: N_("neither reached nor missed: the exercise does not say when it is"),
}
"""Whether an aim was reached in the last state of a run."""


@dataclass(frozen=True, slots=True)
class RunActs:
    """The acts of one adversary in one run, beside the score that is about it."""

    run: str
    acts: Acts | None
    """None where the rules do not give the run of a reference again."""
    end: int
    """The score at the end, hundredths."""


@dataclass(frozen=True, slots=True)
class Move:
    """One act that was more than restraint."""

    turn: int
    response: str
    name: str
    """The move in words: `launched over Japan as an opening bid`."""
    chosen: str
    """Who chose it, where it was not the rule: a seat, `robot:NAME`; else empty."""


@dataclass(frozen=True, slots=True)
class AdversaryRow:
    """One adversary over the whole run."""

    id: str
    name: str
    object: str
    """What it was to be deterred from; empty where the exercise does not say."""
    score: str
    """The short name of the score that is about it."""
    own: RunActs
    references: tuple[RunActs, ...]
    aim: str
    """Its secret aim; empty where it has none, and as long as the run is not over."""
    about: str
    reached: bool | None
    """Whether the aim was reached in the last state; None where that is not asked."""
    moves: tuple[Move, ...]
    kept_back: tuple[str, ...]
    """What the purse and the odds kept back, a sentence each; nothing before the run is over."""
    spent: str
    """What its moves cost, in a sentence; empty without a purse and before the run is over."""
    chose: str
    """Who chose for it, in a sentence."""


def adversaries(game: Game) -> tuple[AdversaryRow, ...]:
    """A row for each adversary, in the order of the exercise; nothing before a turn is played.

    Aims, purses and what they kept back are told once the run is over, and never before.
    """
    played = [turn for turn in game.turns if turn.end is not None]
    if not played:
        return ()
    again = _again(game, played)
    over = is_over(game)
    return tuple(
        _row(game, played, again, adversary, over=over) for adversary in game.run.exercise.adversary
    )


def is_over(game: Game) -> bool:
    """Whether the run is over, so that what was secret may be told."""
    return bool(game.ended) or game.phase in phases.PLAY_IS_OVER


def _again(game: Game, played: Sequence[TurnRecord]) -> dict[str, Played]:
    """The reference runs worked out anew, where they have the scores that the record holds."""
    runs = references.played(game.run.tables, game.run.seed, len(played))
    return {
        name: run
        for name, run in runs.items()
        if all(
            turn.reckoned is not None and turn.reckoned.references[name].scores == scores
            for turn, scores in zip(played, run.scores, strict=True)
        )
    }


def _row(
    game: Game,
    played: Sequence[TurnRecord],
    again: dict[str, Played],
    part: Adversary,
    *,
    over: bool,
) -> AdversaryRow:
    exercise, row = game.run.exercise, game.run.tables.adversary[part.id]
    at = next(at for at, score in enumerate(exercise.score) if score.id == part.score)
    names = {robot.id: text(robot.name) for robot in exercise.robot}
    facts = [_fact(turn, part.id) for turn in played]
    last = played[-1].reckoned
    assert last is not None
    aim_row = _aim(played[-1], row)
    aim = part.aim[aim_row] if over and aim_row >= 0 else None
    end = played[-1].end
    assert end is not None
    asked = aim is not None and aim.reached is not None
    return AdversaryRow(
        id=part.id,
        name=text(part.name),
        object=text(part.object),
        score=exercise.score[at].short,
        own=RunActs(
            _("this run"),
            _counted(RESPONSES.index(fact.response) for fact in facts),
            last.reckoning.scores[at],
        ),
        references=tuple(
            RunActs(
                names[name],
                _counted(turn[row] for turn in again[name].responses) if name in again else None,
                last.references[name].scores[at],
            )
            for name in exercise.review.references
        ),
        aim=text(aim.name) if aim else "",
        about=text(aim.about) if aim else "",
        reached=met(game.run.tables, end, aim.reached) if aim and asked else None,
        moves=tuple(
            Move(
                turn.opened.turn,
                fact.response,
                text(name_of(part, _aim(turn, row), fact.response)),
                _chooser(game.run, turn, part),
            )
            for turn, fact in zip(played, facts, strict=True)
            if fact.response != RESPONSES[0]
        ),
        kept_back=tuple(_kept_back(game.run, part, played, facts)) if over else (),
        spent=_spent(part, row, played, facts) if over else "",
        chose=_chose(game.run, played, part),
    )


def _fact(turn: TurnRecord, adversary: str) -> Response:
    assert turn.reckoned is not None
    responses = turn.reckoned.reckoning.responses
    return next(response for response in responses if response.adversary == adversary)


def _aim(turn: TurnRecord, row: int) -> int:
    assert turn.before is not None
    return turn.before.aims[row] if turn.before.aims else -1


def _counted(responses: Iterator[int]) -> Acts:
    rows = [*responses]
    return (rows.count(0), rows.count(1), rows.count(2))


def chips(turn: TurnRecord, row: int) -> int:
    """What an adversary had in its purse when the turn was reckoned."""
    assert turn.before is not None
    return turn.before.purse[row] if turn.before.purse else 0


def _chooser(run: Run, turn: TurnRecord, part: Adversary) -> str:
    """Who chose, where it was not the rule."""
    if turn.recast is not None and turn.proposed is not None:
        was, now = turn.proposed.reckoning.did, turn.recast.reckoning.did
        if was[part.id] != now[part.id]:
            return hand(run, turn.recasts[-1][0])
    by = turn.chosen_by.get(part.id, "")
    if not by:
        return ""
    if by.startswith(ROBOT):
        return words.robot(run.exercise, by.removeprefix(ROBOT))
    white = {cell.id for cell in run.exercise.cell if cell.side == "white"}
    return _("exercise control") if run.seat(by).cell in white else _("its own seat")


def _kept_back(
    run: Run,
    part: Adversary,
    played: Sequence[TurnRecord],
    facts: Sequence[Response],
) -> Iterator[str]:
    """What the purse could not pay, turn by turn; then what odds and draws left undone."""
    row = run.tables.adversary[part.id]
    ruled = [bool(_chooser(run, turn, part)) for turn in played]
    for turn, fact, otherwise in zip(played, facts, ruled, strict=True):
        if otherwise or part.purse is None or fact.wanted == fact.response:
            continue
        price, had = price_of(part, fact.wanted), chips(turn, row)
        yield (
            _(
                "T{turn}: wanted to {wanted}, could not afford it ({had} of {price}); {response}.",
                turn=turn.opened.turn,
                wanted=_(DOES[fact.wanted]),
                had=had,
                price=price,
                response=_(DID[fact.response]),
            )
        )
    by_rule = [f for f, otherwise in zip(facts, ruled, strict=True) if not otherwise]
    still = [f for f in by_rule if f.wanted == RESPONSES[0]]
    low = [f for f in by_rule if f.wanted == "probe"]
    would: dict[str, list[str]] = {}
    for turn in played:
        choice = turn.proposed.model_would.get(part.id, "") if turn.proposed is not None else ""
        would.setdefault(choice, []).append(f"T{turn.opened.turn}")
    clauses = [
        _("{said} in {turns}", said=_(DID[choice]), turns=", ".join(turns))
        for choice, turns in would.items()
        if choice
    ]
    if clauses:
        yield _("Left to odds, draws and purse it would have {told}.", told="; ".join(clauses))
    if by_rule:
        acts = len(by_rule) - len(still)
        kept = (
            _(" and kept {low} of its {acts} acts to a probe", low=len(low), acts=acts)
            if acts
            else ""
        )
        yield _("The odds held it back in {turns}{kept}.", turns=_turns(len(still)), kept=kept)


def _turns(count: int) -> str:
    return _("{count} turn", count=count) if count == 1 else _("{count} turns", count=count)


def _spent(
    part: Adversary, row: int, played: Sequence[TurnRecord], facts: Sequence[Response]
) -> str:
    last = played[-1].end
    if part.purse is None or last is None:
        return ""
    spent = sum(price_of(part, fact.response) for fact in facts)
    return ngettext(
        "It spent {count} chip and kept {purse}.",
        "It spent {count} chips and kept {purse}.",
        spent,
        purse=last.purse[row],
    )


def _chose(run: Run, played: Sequence[TurnRecord], part: Adversary) -> str:
    """Who chose in which turns."""
    by: dict[str, list[int]] = {}
    for turn in played:
        by.setdefault(_chooser(run, turn, part), []).append(turn.opened.turn)
    if set(by) == {""}:
        return _("The rule chose for it, by odds and draws.")
    turns_by = [
        _(
            "{who} in {turns}",
            who=who or _("the rule"),
            turns=", ".join(f"T{turn}" for turn in turns),
        )
        for who, turns in sorted(by.items())
    ]
    return _("Chosen for it by {told}.", told="; ".join(turns_by))


def acts_told(acts: Acts | None) -> str:
    """Counts of acts: `3/5/2`; `missing` where they cannot be had."""
    return _("missing") if acts is None else "/".join(str(act) for act in acts)


def sentences_of(row: AdversaryRow) -> Iterator[str]:
    """What a report says of one adversary, in order."""
    if row.object:
        yield ended(_("To be deterred: {object}", object=row.object))
    restraint, _rest, escalate = row.own.acts or (0, 0, 0)
    turns = sum(row.own.acts or ())
    yield (
        _(
            "It held back in {restraint} of {turns} and escalated in {escalate}; "
            "the score ended at {end:.2f}.",
            restraint=restraint,
            turns=_turns(turns),
            escalate=escalate,
            end=row.own.end / 100,
        )
    )
    if row.aim:
        about = row.about.rstrip(".")
        yield _(
            "Its secret aim: {aim}. {about}. In the end it was {reached}.",
            aim=row.aim,
            about=about,
            reached=_(REACHED[row.reached]),
        )
    for name, turns_of in moves_by_name(row.moves):
        yield f"{name}: {turns_of}."
    yield from row.kept_back
    if row.spent:
        yield row.spent
    yield row.chose
    lacking = [reference.run for reference in row.references if reference.acts is None]
    if lacking:
        yield (
            _(
                "The acts of {lacking} are missing: the record holds their "
                "scores alone, and these rules do not give those runs again.",
                lacking=_(" and ").join(lacking),
            )
        )


def moves_by_name(moves: Sequence[Move]) -> Iterator[tuple[str, str]]:
    """Moves by kind and name, escalations first, each with its turns: `T4, T7 (Beijing)`."""
    by_name: dict[tuple[str, str], list[str]] = {}
    for made in sorted(moves, key=lambda move: (-RESPONSES.index(move.response), move.turn)):
        who = _(" (by {chosen})", chosen=made.chosen) if made.chosen else ""
        by_name.setdefault((made.response, made.name), []).append(f"T{made.turn}{who}")
    for (response, name), turns in by_name.items():
        does = _(DID[response])
        named = f"{does}, {name}" if name not in (response, does) else name
        yield words.capital(named), ", ".join(turns)
