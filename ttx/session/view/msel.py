"""The MSEL of a run as exercise control has it: each inject with its status and its times."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from ttx.exercise.model.injects import Inject
from ttx.exercise.zones import MONTHS
from ttx.i18n import N_, _
from ttx.session import automation, gates, needs, phases
from ttx.session.control_events import Deferred
from ttx.session.events import Released
from ttx.session.game import Game
from ttx.session.improvise import improvised
from ttx.session.view import words
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye, Played
from ttx.session.view.leaving_out import can_go, slots_left
from ttx.session.view.msel_number import numbered
from ttx.session.view.time_plan import has_plan, planned_at, released_at

WAITS, READY, NEXT, RELEASED = N_("waits"), N_("ready"), N_("next"), N_("released")
COMPLETE, DEFERRED, DUE = N_("complete"), N_("deferred"), N_("due")
SKIPPED, NEVER = N_("skipped"), N_("never released")
STATUSES = (NEXT, DUE, READY, WAITS, DEFERRED, SKIPPED, RELEASED, COMPLETE, NEVER)
TO_COME = (NEXT, DUE, READY, WAITS, DEFERRED)
"""What may still be released."""
CAN_GO = "can go"


@dataclass(frozen=True, slots=True, kw_only=True)
class MselRow:
    """One inject, or the contingency of one."""

    inject: str
    """Its id."""
    number: str
    """Its own on the list, which it keeps: the exercise's, or `a1` where it was written on the
    spot."""
    played: str = ""
    """Its turn and place in it once it was released: `4.1`."""
    contingency: bool = False
    """Whether this is the contingency of the inject, under its row."""
    contextual: bool = False
    """Whether it asks nothing, so that it goes out at any time and needs no slot."""
    ad_hoc: bool
    """Whether it was written on the spot."""
    scenario: str = ""
    """Day and hour where it was released, else the turns it may come in."""
    listed: str = ""
    """When the list that it came from plans it, as that says so."""
    controller: str = ""
    """The office that is to put it, as the list names it."""
    notes: str = ""
    """What its author notes for exercise control."""
    planned: int | None = None
    """Minutes from STARTEX; of slots, so only what is released, next or due has one."""
    actual: int | None = None
    """Minutes from STARTEX at which it was released."""
    status: str = WAITS
    """One of STATUSES."""
    until: int = 0
    """The turn it is deferred to; 0 where it is not."""
    badge: Badge
    title: str
    kind: str
    slot: str
    sender: str
    to: str
    via: str
    lead: str
    """The name of the cell whose answer counts."""
    objectives: tuple[str, ...]
    """Their ids, in the order of the inject."""
    lacks: str = ""
    """What keeps its conditions from holding, in words; empty where they hold."""
    reason: str = ""
    """Why it was deferred, skipped, or released although its conditions did not hold."""
    expected: str
    """The action that is expected."""
    otherwise: str
    """Its contingency: what may be put where the expected action does not come."""
    can_go: bool = False
    """Whether it could be left out with no objective lost."""
    words: str = ""
    """All text of the row and of the inject, in small letters, to be searched."""

    @property
    def headed(self) -> str:
        """Its number, and what it was released as: `23 (1.1)`."""
        return f"{self.number} ({self.played})" if self.played else self.number


@dataclass(frozen=True, slots=True)
class Filter:
    """Some of the rows."""

    by: str = ""
    """status, slot, actor, objective or spare; empty lets all through."""
    value: str = ""
    label: str = N_("all")

    def passes(self, row: MselRow) -> bool:
        """Whether a row is one of them."""
        match self.by:
            case "status":
                return row.status == self.value
            case "slot":
                return row.slot == self.value
            case "actor":
                return row.badge.actor == self.value
            case "objective":
                return self.value in row.objectives
            case "spare":
                return row.can_go
            case "contextual":
                return row.contextual
        return True


EVERYTHING = Filter()


def msel(eye: Eye, elapsed: int) -> tuple[MselRow, ...]:
    """All injects: released ones in their order, then what comes next, then the rest.

    `elapsed` is the seconds in the phase under way.

    Raises:
        ValueError: For all but the white cell's lead.
    """
    eye.require_desk()
    game, at = eye.game, released_at(eye.game, elapsed)
    slot = gates.open_slot(game)
    following = automation.next_inject(game, slot) if slot is not None else None
    goes = set(can_go(game))
    ahead = [inject for inject in eye.exercise.inject if inject.id not in game.gone]
    to_come = [_to_come(eye, inject, following, goes) for inject in ahead]
    return (
        *(row for played in eye.played() for row in _played(eye, played, at.get(played.number))),
        *sorted(to_come, key=lambda row: STATUSES.index(row.status)),
    )


def filters(eye: Eye, rows: Collection[MselRow]) -> tuple[Filter, ...]:
    """What the rows can be filtered by: all of them, then each value that some row has."""
    actors = dict.fromkeys(row.badge.actor for row in rows if row.badge.actor)
    known = [
        EVERYTHING,
        *(Filter("status", status, _(status)) for status in STATUSES),
        Filter("spare", CAN_GO, _("can go, no objective lost")),
        Filter("slot", "policy", _("policy slot")),
        Filter("slot", "crisis", _("crisis slot")),
        Filter("contextual", "contextual", _("contextual, asks nothing")),
        *(Filter("actor", actor, _("actor {name}", name=actor)) for actor in actors),
        *(
            Filter("objective", part, _("objective: {text}", text=words))
            for part, words in eye.names.objectives.items()
        ),
    ]
    return tuple(by for by in known if not by.by or any(map(by.passes, rows)))


def chosen(
    rows: Sequence[MselRow], by: Filter = EVERYTHING, search: str = ""
) -> tuple[MselRow, ...]:
    """The rows that pass a filter and hold all words of a search, in any case."""
    asked = search.lower().split()
    return tuple(row for row in rows if by.passes(row) and all(word in row.words for word in asked))


# --- rows ---


def _played(eye: Eye, played: Played, at: int | None) -> Iterator[MselRow]:
    game, inject, record = eye.game, played.inject, played.slot
    released = record.released
    day = datetime.date.fromisoformat(released.day)
    month = _(MONTHS[day.month - 1])
    planned = planned_at(game, played.turn.opened.turn, played.place - 1)
    status = COMPLETE if record.confirmed else RELEASED
    row = replace(
        _row(eye, inject, released),
        played=played.number,
        status=status,
        scenario=f"{day.day:02d} {month} {words.clock_time(released.hour)}",
        planned=planned if has_plan(eye.exercise) else None,
        actual=at // 60 if at is not None else None,
        reason=released.reason,
    )
    yield _searched(eye, row, inject, released)
    deliberated = record is game.slot and game.phase == phases.DELIBERATION
    if record.steered or (deliberated and row.otherwise):
        contingency = replace(
            _row(eye, inject, released),
            number=f"{row.number}c",
            played=played.number,
            status=status if record.steered else READY,
            contingency=True,
            title=row.otherwise,
            kind=_("contingency"),
        )
        yield _searched(eye, contingency, inject, released)


def _to_come(eye: Eye, inject: Inject, following: str | None, goes: Collection[str]) -> MselRow:
    game, (first, last) = eye.game, inject.turns
    turn = max(len(game.turns), 1)
    lacks = ""
    if inject.when is not None:
        lacks = needs.missing(eye.run.tables, game.position, inject.when)
    put_off = next((fact for fact in game.set_aside_now if fact.inject == inject.id), None)
    until = put_off.until if isinstance(put_off, Deferred) else 0
    if inject.slot not in {slot for _turn, slot in slots_left(game)}:
        status = SKIPPED if put_off is not None and not until else NEVER
    elif inject.id == following:
        status = NEXT
    elif until:
        status = DUE if until <= len(game.turns) else DEFERRED
    elif put_off is not None:
        status = SKIPPED
    else:
        status = READY if not lacks and (improvised(inject) or first <= turn <= last) else WAITS
    scenario = _("turn {turn}", turn=first)
    if first != last:
        scenario = _("turns {first}-{last}", first=first, last=last)
    if improvised(inject):
        scenario = _("any turn")
    row = replace(
        _row(eye, inject),
        status=status,
        scenario=scenario,
        planned=_slot_at(game, inject.slot) if status in (NEXT, DUE) else None,
        until=until,
        lacks=lacks,
        reason=put_off.reason if put_off is not None else "",
        can_go=status in TO_COME and inject.id in goes,
    )
    return _searched(eye, row, inject)


def _slot_at(game: Game, slot: str) -> int | None:
    """Minutes from STARTEX at which a slot of this turn is planned; None where it is gone."""
    ahead = [name for turn, name in slots_left(game) if turn == len(game.turns)]
    if game.turn is None or slot not in ahead or not has_plan(game.run.exercise):
        return None
    return planned_at(game, len(game.turns), len(game.turn.slots) + ahead.index(slot))


def _row(eye: Eye, inject: Inject, released: Released | None = None) -> MselRow:
    """What the exercise says of an inject; the run says the rest."""
    return MselRow(
        inject=inject.id,
        number=numbered(inject),
        listed=inject.planned,
        controller=inject.controller,
        notes=inject.notes,
        ad_hoc=improvised(inject),
        badge=badge(eye.exercise, inject.actor),
        title=eye.names.injects[inject.id],
        kind=eye.text(inject.kind),
        slot=inject.slot,
        sender=eye.text(inject.message.sender),
        to=eye.text(inject.message.to),
        via=eye.text(inject.message.via),
        lead=eye.names.cells[inject.lead],
        objectives=tuple(inject.objectives),
        expected=eye.timed(inject.expected_action, released),
        otherwise=eye.timed(inject.if_not, released),
    )


def _searched(eye: Eye, row: MselRow, inject: Inject, released: Released | None = None) -> MselRow:
    """The row with all its text and that of its inject, for the search."""
    shown = [getattr(row, part.name) for part in fields(row)]
    parts = [*inject.message.text, inject.question, *(part.ask for part in inject.probing)]
    for option in inject.option:
        parts += [option.title, option.about]
    told = [eye.timed(part, released) for part in parts]
    known = eye.names.objectives
    texts = [
        *(value for value in shown if isinstance(value, str)),
        _(row.status),
        row.badge.actor,
        _("ad-hoc") if row.ad_hoc else "",
        eye.names.injects[inject.id],
        *told,
        *(known[part] for part in inject.objectives if part in known),
        *inject.objectives,
    ]
    return replace(row, words=" ".join(texts).lower())
