"""What a facilitator may ask at the hot wash: sentences from the record, the contested first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.i18n import N_, _
from ttx.session.answer import Answer
from ttx.session.asides import evaluators
from ttx.session.command import ended
from ttx.session.control_events import Amended, ReckoningAmended
from ttx.session.game import ChallengeRecord
from ttx.session.run import PERSON
from ttx.session.view import words
from ttx.session.view.amended import HOW, outcome, steps
from ttx.session.view.answers import differs, sure, title
from ttx.session.view.eye import Eye, Played
from ttx.session.view.notebook_text import RATED

LONGEST = 90
"""Characters of what somebody said that a question repeats."""
MOST = 3
"""Questions of one kind about differences and expectations; the largest first."""
CONTESTED = N_("contested ruling")
VIEWS = N_("difference of view")
RATINGS = N_("ratings apart")
EXPECTED = N_("expected and actual")
ASSUMED = N_("assumption")
OPEN = N_("to the room")
QUESTIONS = (
    N_("What was planned: what did each office set out to do, and by when?"),
    N_("What happened: where did play leave that plan first, and who saw it?"),
    N_("Why: people, law, signal or distance? Name the evidence for it."),
    N_("What next: what is the one thing your office changes this month?"),
)
"""What is always asked."""

ASKED_OF_A_RULING = N_("{what} was {how}, because: {reason} Would you have ruled so?")
ASKED_OF_A_RECKONING = N_("{what} was {how}, because: {reason} Would you have it so?")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to ask aloud."""

    kind: str
    sentence: str


def asks(eye: Eye) -> tuple[Ask, ...]:
    """The questions in the order in which they are asked; none before the hot wash."""
    if not eye.over:
        return ()
    return (
        *(Ask(_(CONTESTED), sentence) for sentence in _contested(eye)),
        *(Ask(_(VIEWS), sentence) for sentence in _apart(eye)),
        *(Ask(_(RATINGS), sentence) for sentence in _rated_apart(eye)),
        *(Ask(_(EXPECTED), sentence) for sentence in _expected(eye)),
        *(Ask(_(ASSUMED), sentence) for sentence in _assumed(eye)),
        *(Ask(_(OPEN), _(sentence)) for sentence in QUESTIONS),
    )


def _brief(typed: str) -> str:
    """What somebody typed, in one line and cut at a word."""
    flat = " ".join(typed.split())
    if len(flat) <= LONGEST:
        return flat
    return flat[:LONGEST].rsplit(" ", 1)[0] + " ..."


def _contested(eye: Eye) -> list[str]:
    """Challenges as they were heard, then what the facilitator ruled against the model."""
    challenged: list[str] = []
    otherwise: list[str] = []
    for made in eye.played():
        slot, what = made.slot, made.headed
        challenged += [_challenge(eye, told, what, reckoning=False) for told in slot.challenges]
        otherwise += [
            _ruled(ASKED_OF_A_RULING, what, step.event)
            for step in steps(slot.amendments, slot.challenges)
            if step.challenge is None
        ]
    for turn in eye.game.turns:
        what = _("The reckoning of turn {turn}", turn=turn.opened.turn)
        challenged += [_challenge(eye, told, what, reckoning=True) for told in turn.challenges]
        otherwise += [
            _ruled(ASKED_OF_A_RECKONING, what, step.event)
            for step in steps(turn.recasts, turn.challenges)
            if step.challenge is None
        ]
    return challenged + otherwise


def _ruled(question: str, what: str, made: Amended | ReckoningAmended) -> str:
    return _(question, what=what, how=_(HOW[made.how]), reason=_brief(made.reason))


def _challenge(eye: Eye, made: ChallengeRecord, what: str, *, reckoning: bool) -> str:
    if made.heard is None:
        heard = _("Nobody heard it.")
    else:
        came = outcome(made.heard, reckoning=reckoning)
        why = ended(_brief(made.heard.reason))
        heard = _("{outcome}, because: {reason}", outcome=words.capital(came), reason=why)
    return _(
        "{what}: {seat} challenged it, because: {reason} {heard} What would you rule?",
        what=what,
        seat=eye.names.seats[made.seat],
        reason=ended(_brief(made.reason)),
        heard=heard,
    )


def _positions(eye: Eye, played: Played) -> list[tuple[str, Answer]]:
    """What people gave on an inject, each with whose it is: cells first, then seats."""
    answers = played.slot.answers
    people = [
        cell
        for cell in answers
        if eye.run.players.get(cell) == PERSON and cell not in played.slot.by_robots
    ]
    leads = {eye.run.lead(cell).id for cell in people}
    return [
        *((eye.names.cells[cell], answers[cell]) for cell in people),
        *(
            (eye.names.seats[seat], given)
            for seat, given in played.slot.commitments.items()
            if seat not in leads
        ),
    ]


def _apart(eye: Eye) -> list[str]:
    """Where people saw an inject differently; the most who did, and the surest, first."""
    questions: list[tuple[int, int, str]] = []
    for played in eye.played():
        positions = _positions(eye, played)
        others = [other for other in positions[1:] if differs(other[1], positions[0][1])]
        if not others:
            continue
        first, given = positions[0]
        who, other = max(others, key=lambda position: position[1].confidence)
        question = _(
            "{what}: {first} chose '{given}'{sure}, {who} would have chosen '{other}'{other_sure}. "
            "What did one see that the other did not?",
            what=played.headed,
            first=first,
            given=_brief(title(played.inject, given)),
            sure=sure(given),
            who=who,
            other=_brief(title(played.inject, other)),
            other_sure=sure(other),
        )
        questions.append((-len(others), -other.confidence, question))
    return [question for _many, _sure, question in sorted(questions)[:MOST]]


def _rated_apart(eye: Eye) -> Iterator[str]:
    book, known = eye.game.notebook, evaluators(eye.run)
    for part in eye.exercise.objective:
        given = book.ratings.get(part.id, {})
        letters = {rating.rating for rating in given.values()} - {"N"}
        if len(letters) > 1 and part.id not in book.settled:
            ratings = ", ".join(
                f"{eye.names.seats[by]} {rating.rating}, {_(RATED[rating.rating])}"
                for by, rating in given.items()
                if by in known
            )
            objective = _brief(eye.names.objectives[part.id])
            yield _(
                "'{objective}': {ratings}. What did each see?", objective=objective, ratings=ratings
            )


def _expected(eye: Eye) -> list[str]:
    """What was expected of each adversary against what it did; the surest mistake first."""
    questions: list[tuple[int, int, str]] = []
    right = made = 0
    for played in eye.played():
        if played.turn.reckoned is None or not played.turn.confirmed:
            continue
        did = played.turn.reckoned.reckoning.did
        missed: dict[tuple[str, str], list[tuple[str, Answer]]] = {}
        for who, given in _positions(eye, played):
            for adversary, response in given.expects.items():
                if adversary in did:
                    made += 1
                    right += response == did[adversary]
                    if response != did[adversary]:
                        missed.setdefault((adversary, response), []).append((who, given))
        for (adversary, response), whose in missed.items():
            question = _(
                "{what}: {who} expected {response} of {adversary}; it came to {did}. What made it "
                "look otherwise?",
                what=played.headed,
                who=words.listed([who for who, _given in whose]),
                response=words.response(response),
                adversary=eye.names.adversaries[adversary],
                did=words.response(did[adversary]),
            )
            surest = max(given.confidence for _who, given in whose)
            questions.append((-len(whose), -surest, question))
    sentences = [question for _many, _surest, question in sorted(questions)[:MOST]]
    if made:
        sentences.append(
            _(
                "Expected reactions came {right} of {made} times. What was read right, and from "
                "what?",
                right=right,
                made=made,
            )
        )
    return sentences


def _assumed(eye: Eye) -> list[str]:
    return [
        _(
            "Turn {turn}, {seat} assumed: {text} Did it hold, and what rested on it?",
            turn=stamp.turn,
            seat=eye.names.seats[stamp.by],
            text=_brief(event.text),
        )
        for stamp, event in eye.game.notebook.notes
        if event.sort == "assumption"
    ] or [_("Nobody noted an assumption. What did you take for granted that mattered?")]
