"""What was noted, observed, rated and planned, in a line of the record."""

from __future__ import annotations

from ttx.exercise import zones
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.session import notebook_events as notes
from ttx.session.view.reader import Line

RATED = {
    "P": N_("performed without challenges"),
    "S": N_("performed with some challenges"),
    "M": N_("performed with major challenges"),
    "U": N_("unable to be performed"),
    "N": N_("not observed"),
}
"""Ratings in the doctrine's words (HSEEP 2020, exercise evaluation guides)."""

COLUMN = {
    "planned": N_("what was planned"),
    "happened": N_("what happened"),
    "why": N_("why"),
    "next": N_("what next"),
    "plus": N_("plus"),
    "delta": N_("delta"),
}


def asked_the_room(line: Line[notes.Probed]) -> str:
    exercise, slot = line.now.run.exercise, line.now.slot
    asked = text(exercise.injects[line.event.inject].probing[line.event.number - 1].ask)
    if slot is None:  # asked in no phase without one
        return asked
    return zones.filled(exercise, asked, slot.released.day, slot.released.hour)


def observed(line: Line[notes.Observed]) -> str:
    event = line.event
    sort = _("area for improvement") if event.sort == notes.IMPROVEMENT else _(event.sort)
    if not event.objective:
        return _("observed, {sort}: {text}", sort=sort, text=event.text)
    objective = line.names.objectives[event.objective]
    return _(
        "observed, {sort} on '{objective}': {text}", sort=sort, objective=objective, text=event.text
    )


def assigned(line: Line[notes.Assigned]) -> str:
    seat, cell = line.seat(line.event.seat), line.event.cell
    if not cell:
        return _("{seat} watches all cells", seat=seat)
    return _("{seat} watches the {cell} cell", seat=seat, cell=line.names.cells[cell])


def analysed(line: Line[notes.Analysed]) -> str:
    event = line.event
    told = _("analysed entry {of}: {analysis}", of=event.entry, analysis=event.analysis)
    if not event.reference:
        return told
    return _("{told} (measured by {reference})", told=told, reference=event.reference)


def planned(line: Line[notes.Planned]) -> str:
    event = line.event
    owner = f"{event.owner}, {event.contact}" if event.contact else event.owner
    facts = {"action": event.action, "owner": owner, "due": event.due}
    if event.observation:
        of = event.observation
        return _(
            "planned for the observation of entry {of}: {action} ({owner}, by {due})",
            of=of,
            **facts,
        )
    return _("planned for card {card}: {action} ({owner}, by {due})", card=event.card, **facts)


def struck(line: Line[notes.Struck]) -> str:
    """What was struck or corrected, of which the entry itself has the words."""
    of, instead = line.event.entry, line.event.instead
    cards = {card.stamp.n: card.number for card in line.now.notebook.cards}
    if of in cards:
        if instead:
            return _("corrected card {number}: {instead}", number=cards[of], instead=instead)
        return _("struck card {number}", number=cards[of])
    if instead:
        return _("corrected entry {of}: {instead}", of=of, instead=instead)
    return _("struck entry {of}", of=of)
