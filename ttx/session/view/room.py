"""What the room's screen shows, as the desk reads it, and what may be put there."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.i18n import _
from ttx.session import control_events as control
from ttx.session.control_events import RoomSet
from ttx.session.game import Game
from ttx.session.staging import released
from ttx.session.view.eye import Eye
from ttx.session.view.table import PHASES


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """Something that may be put on the room's screen."""

    shows: str
    """One of `control_events.ROOM_SHOWS`."""
    name: str
    about: str
    """What it is in this run now."""


@dataclass(frozen=True, slots=True)
class RoomNews:
    """An inject as the room reads it."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    question: str


def room_shows(eye: Eye) -> str:
    """What the room's screen shows now, in a few words."""
    game = eye.game
    if game.room is None:
        return _("follows the run: {phase}", phase=_(PHASES[game.phase]))
    return _set(eye, game.room, game.held)


def _set(eye: Eye, room: RoomSet, held: Game | None) -> str:
    match room.shows:
        case control.HELD if held is not None:
            turn, phase = max(len(held.turns), 1), _(PHASES[held.phase])
            return _("held: {phase} of turn {turn}", phase=phase, turn=turn)
        case control.INJECT:
            return _("the inject {title}", title=eye.names.injects[room.inject])
        case control.MAP:
            return _("the map")
        case control.STANDING:
            return _("the standing")
        case control.MESSAGE:
            return _("a message: {words}", words=room.words)
    return _("a break: {words}", words=room.words) if room.words else _("a break")


def room_choices(eye: Eye) -> tuple[RoomChoice, ...]:
    """What may be put there now, the way back to the run first."""
    game = eye.game
    choices = []
    if game.room is not None:
        phase = _(PHASES[game.phase])
        follows = RoomChoice(control.FOLLOWS, _("Follow the run"), _("now {phase}", phase=phase))
        choices.append(follows)
    if game.held is None:
        about = _("what it shows now stays, while the run goes on")
        choices.append(RoomChoice(control.HELD, _("Hold it"), about))
    if injects := released(game):
        about = eye.names.injects[injects[0]]
        choices.append(RoomChoice(control.INJECT, _("An inject"), about))
    if eye.exercise.map is not None:
        about = _("with the injects so far")
        choices.append(RoomChoice(control.MAP, _("The map"), about))
    if not eye.run.red_seated:
        choices.append(RoomChoice(control.STANDING, _("The standing"), _("the scores so far")))
    choices.append(RoomChoice(control.MESSAGE, _("A message"), _("in large letters")))
    about = _("with the hour, and what you write")
    return (*choices, RoomChoice(control.BREAK, _("A break"), about))


def room_news(eye: Eye, inject: str) -> RoomNews | None:
    """An inject that was released, as all players read it; None where it was taken back."""
    for played in reversed(list(eye.played())):
        if played.inject.id == inject:
            part, record = played.inject, played.slot.released
            text = [*part.message.text, *([part.if_not] if played.slot.steered else [])]
            return RoomNews(
                played.number,
                played.title,
                tuple(eye.timed(paragraph, record) for paragraph in text),
                eye.timed(part.question, record),
            )
    return None


def put_there(game: Game) -> RoomSet | None:
    """What the room's screen is to show instead of the run; None where it follows or is held.

    An inject that was taken back is shown no more.
    """
    room = game.room
    if room is None or room.shows == control.HELD:
        return None
    if room.shows == control.INJECT and room.inject not in released(game):
        return None
    return room
