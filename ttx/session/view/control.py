"""The run as its facilitator sees it: the gate it stands at, and who is still awaited."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.session import automation, phases
from ttx.session.view import words
from ttx.session.view.choice import awaited_seats
from ttx.session.view.eye import Eye
from ttx.session.view.reckoning import reckoning
from ttx.session.view.ruling import ruling
from ttx.session.view.weighing import waits_first


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell, and whether the run waits for it."""

    name: str
    missing: bool


@dataclass(frozen=True, slots=True)
class ControlView:
    """What the facilitator holds."""

    sentence: str
    """Where the run stands and what comes next, in one sentence."""
    does: str
    """What opens the gate, in a few words for a button; empty where none is left."""
    asks: str
    """A question before that where it would cut somebody off; else empty."""
    cells: tuple[CellRow, ...]
    proposed: tuple[str, ...]
    """The ruling or the reckoning that waits to be confirmed, in sentences."""


def control(eye: Eye) -> ControlView:
    """The view of the seat that holds the pace; ValueError for any other."""
    game = eye.game
    if eye.seat != eye.run.facilitator:
        raise ValueError(f"the seat {eye.seat} does not hold the pace")
    cells = _cells(eye)
    missing = [one.name for one in cells if one.missing]
    names = words.listed(missing)
    waits = f"Waiting for {names}." if missing else "Everybody is in."
    inject = game.inject
    asks = ""
    match game.phase:
        case phases.BRIEFING:
            sentence = f"The seats read their briefing; {len(game.ready)} are ready."
            does = "STARTEX"
        case phases.LEVERS:
            turn = game.turn.opened.turn if game.turn is not None else 1
            sentence, does = f"Levers of turn {turn}. {waits}", "Close the levers"
            asks = f"Close the levers without {names}?" if missing else ""
        case phases.INJECT | phases.OUTCOME:
            sentence, does = _open_slot(eye)
        case phases.DELIBERATION:
            assert inject is not None
            sentence = f"Deliberation on {eye.text(inject.title)}. {waits}"
            does = "Close the deliberation"
            asks = f"Close it without {names}? A robot answers for them." if missing else ""
        case phases.RESPONSE:
            late = awaited_seats(game)
            names = words.listed(late)
            told = f"Waiting for {names}." if late else "All have chosen; they may still change it."
            sentence, does = f"The adversaries choose how they respond. {told}", "Close the choice"
            asks = f"Close it without {names}? The rule responds for them." if late else ""
        case phases.ADJUDICATION:
            sentence, does = "A ruling is proposed; nobody else sees it yet.", "Confirm the ruling"
        case phases.RECKONING if game.turn is not None and not game.turn.confirmed:
            sentence = "The reckoning is proposed; nobody else sees it yet."
            does = "Confirm the reckoning"
        case phases.REVIEW:
            sentence, does = "The table reads the ruling.", "Go on"
        case phases.RECKONING:
            sentence, does = "The table reads the reckoning.", "Go on to the next turn"
        case phases.HOTWASH:
            sentence, does = "Hot wash. The board is open to all seats.", "Close the run"
            asks = "Close the run? Board, ratings and plan stay as they are then."
        case _:
            sentence, does = "The run is closed; its record stays.", ""
    told, first = waits_first(eye)
    if told:
        sentence, does, asks = told, first, ""
    if game.paused:
        sentence, does, asks = f"Paused. {sentence}", "", ""
    return ControlView(
        sentence=sentence,
        does=does,
        asks=asks,
        cells=cells,
        proposed=_proposed(eye),
    )


def _open_slot(eye: Eye) -> tuple[str, str]:
    """What may be released now, and what Enter does."""
    game = eye.game
    slot = automation.open_slot(game)
    if slot is None:
        return "The turn is about to be reckoned.", ""
    turn = game.turn.opened.turn if game.turn is not None else 1
    found = automation.next_inject(game, slot)
    where = f"The {slot} slot of turn {turn} is open."
    if found is None:
        return f"{where} Nothing is due for it.", "Leave it empty"
    title = eye.text(eye.exercise.injects[found].title)
    return f"{where} Next: {title}.", "Release it"


def _cells(eye: Eye) -> tuple[CellRow, ...]:
    game = eye.game
    if game.phase == phases.DELIBERATION:
        missing = automation.unanswered(game)
    elif game.phase == phases.LEVERS:
        missing = [cell for cell in eye.run.people if cell not in game.left]
    else:
        missing = []
    cells = eye.run.allied
    return tuple(CellRow(eye.text(one.name), one.id in missing) for one in cells)


def _proposed(eye: Eye) -> tuple[str, ...]:
    game = eye.game
    if game.phase == phases.ADJUDICATION:
        one = ruling(eye)
        if one is None:
            return ()
        said = [f"{cell} answered {title}." for cell, title in one.answers]
        return (*said, f"{one.verdict} {one.sentence}", *one.margin)
    if game.phase == phases.RECKONING and game.turn is not None and not game.turn.confirmed:
        shown = reckoning(eye)
        if shown is None:
            return ()
        rows = [
            f"{row.name}: odds {row.odds}, draw {row.draw}: {row.did}."
            + (f" {row.turned}" if row.rule else "")
            for row in shown.responses
        ]
        return (shown.headline, *rows)
    return ()
