"""The MSEL of a run as exercise control has it: each inject with its status and its times."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ttx.exercise.model import Inject
from ttx.session import automation, gates, needs, phases
from ttx.session.control_events import Deferred
from ttx.session.game import Game, SlotRecord
from ttx.session.improvise import FIRST_NUMBER, improvised
from ttx.session.view import words
from ttx.session.view.badge import Badge, badge
from ttx.session.view.eye import Eye
from ttx.session.view.leaving_out import can_go, slots_left
from ttx.session.view.time_plan import has_plan, planned_at, released_at

WAITS, READY, NEXT, RELEASED = "waits", "ready", "next", "released"
COMPLETE, DEFERRED, DUE, SKIPPED, NEVER = "complete", "deferred", "due", "skipped", "never released"
STATUSES = (NEXT, DUE, READY, WAITS, DEFERRED, SKIPPED, RELEASED, COMPLETE, NEVER)
TO_COME = (NEXT, DUE, READY, WAITS, DEFERRED)
"""What may still be released."""
CAN_GO = "can go"


@dataclass(frozen=True, slots=True)
class MselRow:
    """One inject, or the contingency of one."""

    inject: str
    """Its id."""
    number: str
    """`4.1` once released; `a1` where it was written on the spot; else the exercise's number."""
    contingency: bool
    """Whether this is the contingency of the inject, under its row."""
    ad_hoc: bool
    """Whether it was written on the spot."""
    scenario: str
    """Day and hour where it was released, else the turns it may come in."""
    planned: int | None
    """Minutes from STARTEX; of slots, so only what is released, next or due has one."""
    actual: int | None
    """Minutes from STARTEX at which it was released."""
    status: str
    """One of STATUSES."""
    until: int
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
    lacks: str
    """What keeps its conditions from holding, in words; empty where they hold."""
    reason: str
    """Why it was deferred, skipped, or released although its conditions did not hold."""
    expected: str
    """The action that is expected."""
    otherwise: str
    """Its contingency: what may be put where the expected action does not come."""
    can_go: bool
    """Whether it could be left out with no objective lost."""
    words: str
    """All text of the row and of the inject, in small letters, to be searched."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Some of the rows."""

    by: str = ""
    """status, slot, actor, objective or spare; empty lets all through."""
    value: str = ""
    label: str = "all"

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
        return True


EVERYTHING = Filter()


def msel(eye: Eye, elapsed: int) -> tuple[MselRow, ...]:
    """All injects: released ones in their order, then what comes next, then the rest.

    `elapsed` is the seconds in the phase under way. Only the white cell's lead has it; ValueError
    for any other seat.
    """
    game = eye.game
    if not eye.seat or eye.seat != eye.run.facilitator:
        raise ValueError(f"the seat {eye.seat} does not have the MSEL")
    rows: list[MselRow] = []
    at = released_at(game, elapsed)
    for turn in game.turns:
        for place, record in enumerate(turn.slots):
            number = f"{turn.opened.turn}.{place + 1}"
            planned = planned_at(game, turn.opened.turn, place)
            rows += _played(eye, record, number, planned, at.get(number))
    ahead = [one for one in eye.exercise.inject if one.id not in game.gone]
    slot = gates.open_slot(game)
    following = automation.next_inject(game, slot) if slot is not None else None
    goes = set(can_go(game))
    found = [_to_come(eye, one, following, goes) for one in ahead]
    return (*rows, *sorted(found, key=lambda row: STATUSES.index(row.status)))


def filters(eye: Eye, rows: Collection[MselRow]) -> tuple[Filter, ...]:
    """What the rows can be filtered by: all of them, then each value that some row has."""
    found = [EVERYTHING]
    found += [Filter("status", one, one) for one in STATUSES]
    found.append(Filter("spare", CAN_GO, "can go, no objective lost"))
    found += [Filter("slot", one, f"{one} slot") for one in ("policy", "crisis")]
    actors = dict.fromkeys(row.badge.actor for row in rows)
    found += [Filter("actor", one, f"actor {one}") for one in actors]
    for one in eye.exercise.objective:
        found.append(Filter("objective", one.id, f"objective: {eye.text(one.text)}"))
    return tuple(one for one in found if not one.by or any(map(one.passes, rows)))


def chosen(
    rows: Sequence[MselRow], by: Filter = EVERYTHING, search: str = ""
) -> tuple[MselRow, ...]:
    """The rows that pass a filter and hold all words of a search, in any case."""
    asked = search.lower().split()
    return tuple(row for row in rows if by.passes(row) and all(one in row.words for one in asked))


# --- rows ---


def _played(
    eye: Eye, record: SlotRecord, number: str, planned: int, at: int | None
) -> Iterator[MselRow]:
    inject = eye.exercise.injects[record.released.inject]
    status = COMPLETE if record.confirmed else RELEASED
    released = record.released
    day = words.day_text(released.day).split(" ")
    scenario = f"{day[1]:0>2} {day[2]} {words.clock_time(released.hour)}"
    yield _row(
        eye,
        inject,
        number=number,
        status=status,
        scenario=scenario,
        planned=planned,
        actual=None if at is None else at // 60,
        reason=released.reason,
    )
    deliberated = record is eye.game.slot and eye.game.phase == phases.DELIBERATION
    if record.steered or (deliberated and eye.text(inject.if_not)):
        yield _row(
            eye,
            inject,
            number=f"{number}c",
            status=status if record.steered else READY,
            contingency=True,
        )


def _to_come(eye: Eye, inject: Inject, following: str | None, goes: Collection[str]) -> MselRow:
    game = eye.game
    turn = max(len(game.turns), 1)
    first, last = inject.turns
    ad_hoc = improvised(inject)
    scenario = f"turns {first}-{last}" if first != last else f"turn {first}"
    lacks = _lacks(eye, inject)
    early_or_late = not ad_hoc and not first <= turn <= last
    put_off = next((one for one in game.set_aside_now if one.inject == inject.id), None)
    if inject.slot not in {slot for _, slot in slots_left(game)}:
        status = SKIPPED if put_off is not None and not isinstance(put_off, Deferred) else NEVER
    elif inject.id == following:
        status = NEXT
    elif isinstance(put_off, Deferred):
        status = DUE if put_off.until <= len(game.turns) else DEFERRED
    elif put_off is not None:
        status = SKIPPED
    else:
        status = WAITS if lacks or early_or_late else READY
    return _row(
        eye,
        inject,
        number=f"a{inject.number - FIRST_NUMBER + 1}" if ad_hoc else str(inject.number),
        status=status,
        scenario="any turn" if ad_hoc else scenario,
        planned=_slot_at(game, inject.slot) if status in (NEXT, DUE) else None,
        until=put_off.until if isinstance(put_off, Deferred) else 0,
        lacks=lacks,
        reason=put_off.reason if put_off is not None else "",
        can_go=status in TO_COME and inject.id in goes,
    )


def _lacks(eye: Eye, inject: Inject) -> str:
    if inject.when is None:
        return ""
    return needs.missing(eye.run.tables, eye.game.position, inject.when)


def _slot_at(game: Game, slot: str) -> int | None:
    """Minutes from STARTEX at which a slot of this turn is planned; None where it is gone."""
    ahead = [name for turn, name in slots_left(game) if turn == len(game.turns)]
    if game.turn is None or slot not in ahead:
        return None
    return planned_at(game, len(game.turns), len(game.turn.slots) + ahead.index(slot))


def _row(
    eye: Eye,
    inject: Inject,
    *,
    number: str,
    status: str,
    contingency: bool = False,
    scenario: str = "",
    planned: int | None = None,
    actual: int | None = None,
    until: int = 0,
    lacks: str = "",
    reason: str = "",
    can_go: bool = False,
) -> MselRow:
    exercise = eye.exercise
    otherwise = eye.text(inject.if_not)
    cells = {one.id: eye.text(one.name) for one in exercise.cell}
    row = MselRow(
        inject=inject.id,
        number=number,
        contingency=contingency,
        ad_hoc=improvised(inject),
        scenario=scenario,
        planned=planned if has_plan(exercise) else None,
        actual=actual,
        status=status,
        until=until,
        badge=badge(exercise, inject.actor),
        title=otherwise if contingency else eye.text(inject.title),
        kind="contingency" if contingency else eye.text(inject.kind),
        slot=inject.slot,
        sender=eye.text(inject.message.sender),
        to=eye.text(inject.message.to),
        via=eye.text(inject.message.via),
        lead=cells[inject.lead],
        objectives=tuple(inject.objectives),
        lacks=lacks,
        reason=reason,
        expected=eye.text(inject.expected_action),
        otherwise=otherwise,
        can_go=can_go,
        words="",
    )
    return _searched(eye, row, inject)


def _searched(eye: Eye, row: MselRow, inject: Inject) -> MselRow:
    """The row with all its text and that of its inject, for the search."""
    said = [row.number, row.scenario, row.status, row.badge.actor, row.title, row.kind, row.slot]
    said += [row.sender, row.to, row.via, row.lead, row.reason, row.lacks, row.expected]
    said += [row.otherwise, "ad-hoc" if row.ad_hoc else "", inject.id, eye.text(inject.title)]
    parts = [*inject.message.text, inject.question, *(one.ask for one in inject.probing)]
    for option in inject.option:
        parts += [option.title, option.about]
    objectives = {one.id: one.text for one in eye.exercise.objective}
    parts += [objectives[one] for one in inject.objectives if one in objectives]
    said += [*(eye.text(part) for part in parts), *inject.objectives]
    return replace(row, words=" ".join(said).lower())
