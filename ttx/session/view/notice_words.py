"""What a seat is told, in sentences: of each kind of fact, from the eye of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ttx.exercise import zones
from ttx.i18n import N_, _, ngettext
from ttx.session import control_events as control
from ttx.session import events as play
from ttx.session import notebook_events as notes
from ttx.session import sent
from ttx.session.command import ended
from ttx.session.game import Sent
from ttx.session.rights import NAMES as RIGHTS
from ttx.session.rights import at_the_desk
from ttx.session.run import PERSON, PROJECTOR, RULE
from ttx.session.view import money, words
from ttx.session.view.amended import outcome
from ttx.session.view.answers import numbered
from ttx.session.view.contextual import shown
from ttx.session.view.eye import Eye
from ttx.session.view.notice_holds import same_moment
from ttx.session.view.table import PHASES


def asked_in_words(eye: Eye, message: Sent, event: notes.Probed) -> str:
    """A question of the inject's author."""
    question, stamp = (
        eye.exercise.injects[event.inject].probing[event.number - 1].ask,
        message.stamp,
    )
    asked = zones.filled(eye.exercise, eye.text(question), stamp.day, stamp.hour)
    return _("A question to the room: {question}", question=asked)


def contingency(eye: Eye, message: Sent, event: control.Steered) -> str:
    """What was put to the table beside an inject, with the times in it filled in."""
    inject, stamp = eye.exercise.injects[event.inject], message.stamp
    return _(
        "News on {number} {title}: {words}",
        number=stamp.number,
        title=eye.names.injects[event.inject],
        words=zones.filled(eye.exercise, eye.text(inject.if_not), stamp.day, stamp.hour),
    )


def delivered(eye: Eye, _message: Sent, event: control.Delivered) -> str:
    """The whole of it: it is read nowhere else."""
    view = shown(eye, eye.exercise.contextuals[event.contextual])
    facts = {"sender": view.sender, "to": view.to, "via": view.via, "words": " ".join(view.text)}
    delivery = _("{sender} to {to}, by {via}: {words}", **facts)
    return f"{view.precedence} {words.capital(delivery)}".strip()


def consent_asked(eye: Eye, message: Sent, event: play.MoveAsked) -> str:
    """Who asks for consent: a seat, or a cell for which the desk entered it."""
    cells = message.about
    if set(cells) & set(eye.own_cells):
        return _(
            "Exercise control has asked for {lever} at {level} for your cell.", **_move(eye, event)
        )
    if cells:
        return _(
            "{asker} asks for your consent, as exercise control entered: {lever} at {level}.",
            asker=_cells(eye, cells),
            **_move(eye, event),
        )
    asker = eye.names.seats.get(message.stamp.by, message.stamp.by)
    return _("{asker} asks for your consent: {lever} at {level}.", asker=asker, **_move(eye, event))


def consent_answered(others: str, own: str) -> Callable[[Eye, Sent, Any], str]:
    """What came of a request; `own` to a cell for which the desk answered it."""

    def says(eye: Eye, message: Sent, event: Any) -> str:  # noqa: ANN401  # any fact of a move
        asker, *answered = message.about
        if set(answered) & set(eye.own_cells):
            return _(own, **_move(eye, event))
        by = message.stamp.by
        names = eye.names.seats
        of_desk = at_the_desk(eye.run, asker)
        return _(
            others,
            asker=_cells(eye, sent.asking(eye.game, event.lever, event.level))
            if of_desk
            else names.get(asker, asker),
            granter=_cells(eye, answered) if answered else names.get(by, by),
            **_move(eye, event),
        )

    return says


def moved(eye: Eye, message: Sent, event: play.Moved) -> str:
    """What came of a request, or what the desk did for a cell."""
    if message.about:
        agreed = N_("{granter} agrees: {lever} is at {level}, as {asker} asked.")
        own = N_("Exercise control has agreed for your cell: {lever} is at {level}.")
        return consent_answered(agreed, own)(eye, message, event)
    return _("Exercise control has moved {lever} to {level} for your cell.", **_move(eye, event))


def plain_move(sentence: str) -> Callable[[Eye, Sent, Any], str]:
    """A sentence about a move that is the same for all."""
    return lambda eye, _message, event: _(sentence, **_move(eye, event))


def _move(eye: Eye, event: play.Moved | play.MoveAsked) -> dict[str, str]:
    """A lever and its level, as they are called."""
    lever = eye.text(eye.exercise.levers[event.lever].name)
    return {"lever": lever, "level": eye.names.level(event.lever, event.level)}


def _cells(eye: Eye, cells: Iterable[str]) -> str:
    return words.listed([eye.names.cells[cell] for cell in cells])


def entered(eye: Eye, message: Sent, event: play.Answered) -> str:
    """What the desk answered for a cell."""
    inject, cell = eye.exercise.injects.get(message.stamp.inject), eye.names.cells[event.cell]
    if event.cell in eye.own_cells and inject is not None:
        answer = numbered(inject, event.answer)
        return _("Exercise control has entered your cell's answer: {answer}", answer=answer)
    return _("Exercise control has entered the answer of {cell}.", cell=cell)


def handed_over(eye: Eye, message: Sent, event: control.SeatHandedOver) -> str:
    """Who plays a cell, or sits in a seat, from here on."""
    cell, player = eye.run.seat(event.seat).cell, event.player
    own = cell in eye.own_cells and eye.seat != PROJECTOR
    name, seat = eye.names.cells[cell], eye.names.seats[event.seat]
    if player == PERSON and message.about[0] == PERSON:
        return _("Another person sits as {seat} from here on.", seat=seat)
    if player == PERSON:
        return (
            _("People play your cell again.")
            if own
            else _("People play the {cell} cell again.", cell=name)
        )
    if player == RULE:
        return (
            _("The rule of the model plays your cell from here on.")
            if own
            else _("The rule of the model plays the {cell} cell from here on.", cell=name)
        )
    if own:
        return _("The robot {player} plays your cell from here on.", player=player)
    return _("The robot {player} plays the {cell} cell from here on.", player=player, cell=name)


def heard_in_words(eye: Eye, message: Sent, event: control.ChallengeHeard) -> str:
    """What came of a challenge, and why."""
    seat = eye.names.seats.get(event.seat, event.seat)
    came = outcome(event, reckoning=bool(message.about))
    clause = _("The challenge of {seat} was heard: {outcome}.", seat=seat, outcome=came)
    return f"{clause} {ended(event.reason)}" if event.reason else clause


def in_debt(eye: Eye, message: Sent, _event: play.TurnOpened) -> str:
    """How far below zero money is, and what that does."""
    view = money.money(eye)
    assert view is not None
    return _(
        "{money} stands at {have}. {harm}",
        money=words.capital(view.name),
        have=message.about[0],
        harm=money.below_zero(view),
    )


def taken_back(eye: Eye, message: Sent, _event: play.Undone) -> str:
    """What no longer counts; and where the run stands again, until it has gone on from there."""
    place, *since = message.about
    again = place_in_words(eye, place)
    parts = list(filter(None, (part_in_words(eye, what) for what in since)))
    listed = words.listed(list(dict.fromkeys(parts))) if parts else ""
    there = same_moment(eye.game, message)
    if not there:
        what = listed or _("all since {place}", place=again)
        return _("Taken back: {parts}.", parts=what)
    if not listed:
        return _("Taken back: all since {place}, where play stands again.", place=again)
    return _("Taken back: {parts}. Play stands again at {place}.", parts=listed, place=again)


def place_in_words(eye: Eye, place: str) -> str:
    """The opening that play stands at again."""
    kind, number, *inject = place.split(" ")
    if kind == "responses":
        return _("the adversaries' choice in turn {turn}", turn=number)
    if kind == "levers":
        return _("the levers of turn {turn}", turn=number)
    title = eye.names.injects[inject[0]]
    return _("the question of {number} {title}", number=number, title=title)


def part_in_words(eye: Eye, what: str) -> str:
    """One thing that was taken back; nothing where the reader had not seen it."""
    kind, number, *rest = what.split(" ")
    if kind == sent.MOVES:
        moves = ngettext("{count} move of a lever", "{count} moves of levers", int(number))
        return moves if eye.visibility.levers else ""
    if kind == sent.ANSWER:
        known = eye.side in ("allied", "white")
        return _("the answer of {cell}", cell=eye.names.cells[rest[0]]) if known else ""
    if kind == sent.INJECT:
        title = eye.names.injects[rest[0]]
        return _("the inject {number} {title}", number=number, title=title)
    if kind == sent.RULING:
        return _("the ruling on {number}", number=number)
    return _("the reckoning of turn {turn}", turn=number)


def plain(sentence: str) -> Callable[[Eye, Sent, Any], str]:
    """A sentence that is the same for all."""
    return lambda _eye, _message, _event: _(sentence)


def of_cell(own: str, other: str) -> Callable[[Eye, Sent, Any], str]:
    """A sentence to a cell, and one with its name for whoever reads it besides."""

    def says(eye: Eye, _message: Sent, event: Any) -> str:  # noqa: ANN401  # any fact of a cell
        if event.cell in eye.own_cells:
            return _(own)
        return _(other, cell=eye.names.cells[event.cell])

    return says


def inquired(eye: Eye, message: Sent, event: notes.Inquired) -> str:
    """What a seat asks exercise control."""
    by = message.stamp.by
    return _("{seat} asks control: {question}", seat=eye.names.seats[by], question=event.question)


def messaged(eye: Eye, message: Sent, event: play.Messaged) -> str:
    """What somebody at the desk wrote."""
    by = message.stamp.by
    if by == eye.run.facilitator:
        return _("From the facilitator: {words}", words=event.text)
    seat = eye.names.seats.get(by, by)
    return _("From exercise control, {seat}: {words}", seat=seat, words=event.text)


def promoted(eye: Eye, _message: Sent, event: control.Promoted) -> str:
    """Who leads a cell."""
    cell, seat = eye.run.seat(event.seat).cell, eye.names.seats[event.seat]
    if event.seat == eye.seat:
        return _("You lead the {cell} cell from here on.", cell=eye.names.cells[cell])
    return _("{seat} leads the {cell} cell from here on.", seat=seat, cell=eye.names.cells[cell])


def pace_passed(eye: Eye, _message: Sent, event: control.PacePassed) -> str:
    """Who holds the pace."""
    if event.seat == eye.seat:
        return _("You hold the pace from here on.")
    return _("{seat} holds the pace from here on.", seat=eye.names.seats[event.seat])


def levers_left(eye: Eye, message: Sent, event: play.LeversLeft) -> str:
    """That the levers of a cell were closed for it."""
    if event.entered:
        own = N_("Exercise control entered that your cell is done with its levers.")
        other = N_("Exercise control entered that {cell} is done with its levers.")
    else:
        own = N_("The facilitator closed the levers before your cell was done.")
        other = N_("The facilitator closed the levers before {cell} was done.")
    return of_cell(own, other)(eye, message, event)


def choice_entered(eye: Eye, _message: Sent, event: play.Chosen) -> str:
    """For which adversary the desk chose."""
    name = eye.names.adversaries[event.adversary]
    return _("Exercise control entered the choice for {name}.", name=name)


def rights_given(_eye: Eye, _message: Sent, event: control.RightsGiven) -> str:
    """What the seat may do at the desk."""
    if not event.rights:
        return _("You have no rights at the desk any more.")
    names = words.listed([_(RIGHTS[right]) for right in event.rights])
    return _("At the desk you may from here on: {rights}.", rights=names)


def assigned(eye: Eye, _message: Sent, event: notes.Assigned) -> str:
    """What an evaluator is to watch."""
    if not event.cell:
        return _("You watch all cells from here on.")
    return _("You watch the {cell} cell from here on.", cell=eye.names.cells[event.cell])


def time_boxed(_eye: Eye, message: Sent, event: control.TimeBoxed) -> str:
    """How long the phase was given, or that it has no time any more."""
    phase = _(PHASES[message.stamp.phase])
    if not event.minutes:
        return _("The time that this phase was given was taken away: {phase}.", phase=phase)
    return ngettext(
        "There is {count} minute for this phase from here on: {phase}.",
        "There are {count} minutes for this phase from here on: {phase}.",
        event.minutes,
        phase=phase,
    )


def challenged(eye: Eye, message: Sent, event: control.Challenged) -> str:
    """Who challenges what stands, and why."""
    seat = eye.names.seats[message.stamp.by]
    return _("{seat} challenges what stands: {reason}", seat=seat, reason=event.reason)
