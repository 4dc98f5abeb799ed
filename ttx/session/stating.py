"""What may be asked for to state a session's particulars and targets, up to the closing of a run.

They are the desk's to state; where nobody facilitates, of anybody who answers for a cell. Each time
all of them are said; what was said before stays in the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ttx.i18n import _
from ttx.session import phases
from ttx.session.asides import OBSERVER_READS, dated
from ttx.session.command import IllegalDecision, readable
from ttx.session.event_codec import Event
from ttx.session.game import Game
from ttx.session.notebook_events import ParticularsSet, TargetsSet
from ttx.session.particulars import Organisation, Particulars, Stated, Targets
from ttx.session.rights import may, require
from ttx.session.run import OBSERVER, PROJECTOR, SEATS, Run
from ttx.session.side_commands import Aside

MOST_ORGANISATIONS, MOST_PEOPLE = 200, 9999
"""How many organisations may take part, and how many of one do the same."""
FULL = 10_000
"""The most that a score can be, in hundredths."""
REACHED = ("P", "S", "M")
"""Ratings that can be a target; unable is none."""
_ZONE = re.compile(r"[A-Za-z][\w+\-]*(/[\w+\-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stating(Aside):
    """A request that says something of the session, and decides nothing."""


@dataclass(frozen=True, slots=True)
class StateParticulars(Stating):
    """Say what stands on the cover of the session's papers; all of it, what is empty is taken off.

    The zone is looked at for its form alone: whoever reads it from words knows whether it exists.
    """

    particulars: Particulars


@dataclass(frozen=True, slots=True)
class StateTargets(Stating):
    """Say what the sponsor would have reached; all of it."""

    targets: Targets


def may_state(run: Run, seat: str) -> bool:
    """Whether a seat states particulars and targets."""
    if seat in (OBSERVER, PROJECTOR):
        return False
    if run.facilitator:
        return may(run, seat, SEATS)
    return run.seat(seat).cell in (run.people or run.red_people)


def states_now(game: Game, seat: str) -> bool:
    """Whether it states them now: until the run is closed."""
    return game.phase != phases.CLOSED and may_state(game.run, seat)


def may_read_targets(game: Game, seat: str) -> bool:
    """Whether a seat reads the sponsor's targets: the white cell, all others at the hot wash."""
    white = {cell.id for cell in game.run.exercise.cell if cell.side == "white"}
    if game.phase in phases.PLAY_IS_OVER:
        return True
    return seat != PROJECTOR and game.run.seat(seat).cell in white


def requests(game: Game, wanted: Stated) -> list[Stating]:
    """What is to be asked for so that all of it stands; nothing of what stands already."""
    asked: list[Stating] = []
    if wanted.particulars != game.notebook.particulars:
        asked.append(StateParticulars(wanted.particulars))
    if wanted.targets != game.notebook.targets:
        asked.append(StateTargets(wanted.targets))
    return asked


def stated(game: Game, seat: str, command: Stating) -> Event:
    """The fact of such a request.

    Raises:
        IllegalDecision: It is refused.
    """
    if seat == OBSERVER:
        raise IllegalDecision(_(OBSERVER_READS))
    if game.run.facilitator:
        require(game.run, seat, SEATS)
    elif not may_state(game.run, seat):
        raise IllegalDecision(_("Nobody at this table answers for that cell."))
    return _fact(game, command)


def set_up(game: Game, command: Stating) -> Event:
    """The same for a run that robots play alone, before STARTEX; no seat asks for it.

    Raises:
        IllegalDecision: It is refused.
    """
    if not game.run.alone or game.phase != phases.BRIEFING:
        raise IllegalDecision(_("Who sits at this table sets it up."))
    return _fact(game, command)


def _fact(game: Game, command: Stating) -> Event:
    match command:
        case StateParticulars():
            particulars = _checked(command.particulars)
            if particulars == game.notebook.particulars:
                raise IllegalDecision(_("That is what the session's particulars say already."))
            return ParticularsSet(particulars)
        case StateTargets():
            targets = _aimed(game, command.targets)
            if targets == game.notebook.targets:
                raise IllegalDecision(_("Those are the targets already."))
            return TargetsSet(targets)
    raise IllegalDecision(_("This cannot be asked for here."))


def _checked(particulars: Particulars) -> Particulars:
    """The same without blanks around what was typed, with days that are some."""
    texts = {
        name: " ".join(readable(getattr(particulars, name)).split())
        for name in ("name", "sponsor", "contact", "place", "zone")
    }
    date = dated(particulars.date) if particulars.date.strip() else ""
    until = dated(particulars.until) if particulars.until.strip() else ""
    if until and not date:
        raise IllegalDecision(_("There is a last day and no first one; name the first."))
    if until and until < date:
        raise IllegalDecision(
            _(
                "The last day, {until}, is before the first, {date}; mend one of them.",
                until=until,
                date=date,
            )
        )
    if texts["zone"] and not _ZONE.fullmatch(texts["zone"]):
        raise IllegalDecision(
            _("'{zone}' is no time zone; write it as Asia/Tokyo.", zone=texts["zone"][:40])
        )
    areas = tuple(filter(None, (" ".join(readable(area).split()) for area in particulars.areas)))
    if any(sign in area for area in areas for sign in ",;、"):
        raise IllegalDecision(_("A mission area holds no comma and no semicolon."))
    if len(particulars.organisations) > MOST_ORGANISATIONS:
        raise IllegalDecision(_("There is room for {most} organisations.", most=MOST_ORGANISATIONS))
    return replace(
        particulars,
        **texts,
        date=date,
        until="" if until == date else until,
        areas=tuple(dict.fromkeys(areas)),
        organisations=tuple(map(_counted, particulars.organisations)),
    )


def _counted(organisation: Organisation) -> Organisation:
    name = " ".join(readable(organisation.name).split())
    if not name:
        raise IllegalDecision(_("An organisation needs a name."))
    if ";" in name:
        raise IllegalDecision(_("The name of an organisation holds no semicolon."))
    if any(not 0 <= count <= MOST_PEOPLE for count in organisation.counts):
        raise IllegalDecision(
            _("Of {name} between 0 and {most} people do the same.", name=name, most=MOST_PEOPLE)
        )
    return replace(organisation, name=name)


def _aimed(game: Game, targets: Targets) -> Targets:
    """The targets in the order of the exercise; each is for something that it has."""
    exercise = game.run.exercise
    known = [score.id for score in exercise.score]
    named = [objective.id for objective in exercise.objective]
    unknown = [score for score in targets.scores if score not in known]
    unknown += [objective for objective in targets.objectives if objective not in named]
    if unknown:
        raise IllegalDecision(
            _(
                "There is no score or objective '{unknown}'; choose from {known}.",
                unknown=unknown[0][:40],
                known=", ".join([*known, *named]),
            )
        )
    if any(not 0 <= value <= FULL for value in targets.scores.values()):
        raise IllegalDecision(_("A target of a score is between 0 and 100."))
    if any(rating not in REACHED for rating in targets.objectives.values()):
        raise IllegalDecision(_("A target of an objective is P, S or M."))
    return Targets(
        {name: targets.scores[name] for name in known if name in targets.scores},
        {name: targets.objectives[name] for name in named if name in targets.objectives},
    )
