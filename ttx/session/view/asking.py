"""What a facilitator may ask at the hot wash: sentences from the record, the contested first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import ended
from ttx.session.game import ChallengeRecord, Game, SlotRecord, TurnRecord
from ttx.session.run import PERSON
from ttx.session.side_commands import evaluators
from ttx.session.view.answers import differs, title
from ttx.session.view.entry_text import RATED
from ttx.session.view.eye import Eye

LONGEST = 90
"""Characters of what somebody said that a question repeats."""
MOST = 3
"""Questions of one kind about differences and expectations; the largest first."""
CONTESTED = "contested ruling"
VIEWS = "difference of view"
RATINGS = "ratings apart"
EXPECTED = "expected and actual"
ASSUMED = "assumption"
OPEN = "to the room"


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to ask aloud."""

    kind: str
    sentence: str


def asks(eye: Eye) -> tuple[Ask, ...]:
    """The questions in the order in which they are asked; none before the hot wash."""
    if eye.game.phase not in phases.PLAY_IS_OVER:
        return ()
    return (
        *(Ask(CONTESTED, one) for one in _contested(eye)),
        *(Ask(VIEWS, one) for one in _apart(eye)),
        *(Ask(RATINGS, one) for one in _rated_apart(eye)),
        *(Ask(EXPECTED, one) for one in _expected(eye)),
        *(Ask(ASSUMED, one) for one in _assumed(eye.game)),
        Ask(OPEN, "What was planned: what did each office set out to do, and by when?"),
        Ask(OPEN, "What happened: where did play leave that plan first, and who saw it?"),
        Ask(OPEN, "Why: people, law, signal or distance? Name the evidence for it."),
        Ask(OPEN, "What next: what is the one thing your office changes this month?"),
    )


def _brief(words: str) -> str:
    """What somebody said, in one line and cut at a word."""
    flat = " ".join(words.split())
    if len(flat) <= LONGEST:
        return flat
    return flat[:LONGEST].rsplit(" ", 1)[0] + " ..."


def _slots(game: Game) -> Iterator[tuple[TurnRecord, SlotRecord, str]]:
    """Every inject that was played, with its turn and its number."""
    for turn in game.turns:
        for at, slot in enumerate(turn.slots, start=1):
            yield turn, slot, f"{turn.opened.turn}.{at}"


def _headline(eye: Eye, slot: SlotRecord, number: str) -> str:
    inject = eye.exercise.injects[slot.released.inject]
    return f"{number} {eye.text(inject.title)}"


def _contested(eye: Eye) -> list[str]:
    """Challenges as they were heard, then what the facilitator ruled against the model."""
    game = eye.game
    challenged, otherwise = [], []
    for _, slot, number in _slots(game):
        what = _headline(eye, slot, number)
        challenged += [_challenge(game, one, f"{what}: ") for one in slot.challenges]
        if slot.amended is not None and not slot.challenges:
            otherwise.append(
                f"{what}: the ruling was {slot.amended.how}, because: "
                f"{_brief(slot.amended.reason)} Would you have ruled so?"
            )
    for turn in game.turns:
        what = f"The reckoning of turn {turn.opened.turn}"
        challenged += [_challenge(game, one, f"{what}: ") for one in turn.challenges]
        if turn.recast is not None and not turn.challenges:
            otherwise.append(
                f"{what} was {turn.recast.how}, because: {_brief(turn.recast.reason)} "
                "Would you have it so?"
            )
    return challenged + otherwise


def _challenge(game: Game, one: ChallengeRecord, what: str) -> str:
    who = game.run.seat(one.seat).short
    heard = (
        f"It was {one.heard.outcome}: {ended(_brief(one.heard.reason))}"
        if one.heard is not None
        else "Nobody heard it."
    )
    why = ended(_brief(one.reason))
    return f"{what}{who} challenged it, because: {why} {heard} What would you rule?"


def _positions(eye: Eye, slot: SlotRecord) -> list[tuple[str, Answer]]:
    """What people gave on an inject, each with whose it is: cells first, then seats."""
    cells = {one.id: eye.text(one.name) for one in eye.exercise.cell}
    people = [cell for cell in slot.answers if eye.run.players.get(cell) == PERSON]
    found: list[tuple[str, Answer]] = [(cells[cell], slot.answers[cell]) for cell in people]
    leads = {eye.run.lead(cell).id for cell in people}
    seats = [(who, one) for who, one in slot.commitments.items() if who not in leads]
    return found + [(eye.run.seat(who).short, one) for who, one in seats]


def _apart(eye: Eye) -> list[str]:
    """Where people saw an inject differently; the most who did, and the surest, first."""
    found: list[tuple[int, int, str]] = []
    for _, slot, number in _slots(eye.game):
        given = _positions(eye, slot)
        if not given:
            continue
        (first, said), *rest = given
        others = [(who, one) for who, one in rest if differs(one, said)]
        if not others:
            continue
        inject = eye.exercise.injects[slot.released.inject]
        who, other = max(others, key=lambda one: one[1].confidence)
        told = (
            f"{_headline(eye, slot, number)}: {first} chose "
            f"'{_brief(title(inject, said, eye.language))}'{_sure(said)}, {who} would have chosen "
            f"'{_brief(title(inject, other, eye.language))}'{_sure(other)}. "
            "What did one see that the other did not?"
        )
        found.append((-len(others), -other.confidence, told))
    return [told for _, _, told in sorted(found)[:MOST]]


def _sure(given: Answer) -> str:
    return f" ({given.confidence}% sure)" if given.confidence else ""


def _rated_apart(eye: Eye) -> list[str]:
    names = {one: eye.run.seat(one).short for one in evaluators(eye.run)}
    found = []
    for part in eye.exercise.objective:
        given = eye.game.notebook.ratings.get(part.id, {})
        letters = {one.rating for one in given.values()} - {"N"}
        if len(letters) < 2 or part.id in eye.game.notebook.settled:
            continue
        said = ", ".join(
            f"{names[by]} {one.rating}, {RATED[one.rating]}" for by, one in given.items()
        )
        found.append(f"'{_brief(eye.text(part.text))}': {said}. What did each see?")
    return found


def _expected(eye: Eye) -> list[str]:
    """What was expected of each adversary against what it did; the surest mistake first."""
    names = {one.id: eye.text(one.name) for one in eye.exercise.adversary}
    found: list[tuple[int, int, str]] = []
    right = every = 0
    for turn, slot, number in _slots(eye.game):
        if turn.reckoned is None or not turn.confirmed:
            continue
        did = {one.adversary: one.response for one in turn.reckoned.reckoning.responses}
        missed: dict[tuple[str, str], list[tuple[str, Answer]]] = {}
        for who, one in _positions(eye, slot):
            for adversary, response in one.expects.items():
                if adversary not in did:
                    continue
                every += 1
                right += response == did[adversary]
                if response != did[adversary]:
                    missed.setdefault((adversary, response), []).append((who, one))
        for (adversary, response), whose in missed.items():
            told = (
                f"{_headline(eye, slot, number)}: "
                f"{' and '.join(who for who, _ in whose)} expected {response} of "
                f"{names[adversary]}; it came to {did[adversary]}. What made it look otherwise?"
            )
            found.append((-len(whose), -max(one.confidence for _, one in whose), told))
    said = [told for _, _, told in sorted(found)[:MOST]]
    if every:
        said.append(
            f"Expected reactions came {right} of {every} times. What was read right, and from what?"
        )
    return said


def _assumed(game: Game) -> list[str]:
    noted = [
        f"Turn {stamp.turn}, {game.run.seat(stamp.by).short} assumed: {_brief(event.text)} "
        "Did it hold, and what rested on it?"
        for stamp, event in game.notebook.notes
        if event.sort == "assumption"
    ]
    return noted or ["Nobody noted an assumption. What did you take for granted that mattered?"]
