"""The MSEL as it was run: what came of each inject, in the columns of HSEEP.

Times of day are local, by the clock that the heading names; where nobody may be told from a time
they are hours and minutes from STARTEX.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from ttx.exercise.model.injects import Inject
from ttx.i18n import N_, _
from ttx.report.aar.account import Account, capital
from ttx.report.msel_lines import (
    PLANNED,
    Line,
    facilitator_seat,
    improvised_contextual,
    of_contextual,
    of_inject,
)
from ttx.session.control_events import (
    INJECT,
    Deferred,
    Delivered,
    Improvised,
    Skipped,
    Steered,
)
from ttx.session.events import EVERYBODY, Entry, Released, Started
from ttx.session.game import Sending, SlotRecord
from ttx.session.improvise import improvised
from ttx.session.view import words
from ttx.session.view.amended import HOW
from ttx.session.view.answers import apart, carried_out, numbered
from ttx.session.view.time_plan import has_plan, planned_at

INJECTED, DEFERRED, SKIPPED = N_("Injected"), N_("Deferred"), N_("Skipped")
COMPLETE, NEVER = N_("Complete"), N_("Not injected")


def as_run(account: Account) -> list[Line]:
    """The list of a run: what was injected, in its order, then what was not."""
    return _AsRun(account).lines()


class _AsRun:
    """One walk through a record."""

    def __init__(self, account: Account) -> None:
        self.account, self.exercise, self.game = account, account.exercise, account.game
        in_force = [*account.in_force()]
        self.released = [entry for entry in in_force if isinstance(entry.event, Released)]
        self.delivered = {
            e.n: e for e in account.timeline.entries if isinstance(e.event, Delivered)
        }
        self.steered = {e.event.inject: e for e in in_force if isinstance(e.event, Steered)}
        self.set_aside: list[tuple[int, str, Deferred | Skipped]] = [
            (e.n, e.by, e.event) for e in in_force if isinstance(e.event, Deferred | Skipped)
        ]
        written = [
            e.by for e in in_force if isinstance(e.event, Improvised) and e.event.part == INJECT
        ]
        ad_hoc = [inject.id for inject in self.exercise.inject if improvised(inject)]
        self.writers = dict(zip(ad_hoc, written, strict=False))
        """Who wrote each inject on the spot, which stand in the order in which they were."""
        self.started = next((e.at for e in in_force if isinstance(e.event, Started)), "")
        self.controller = account.seat(facilitator_seat(self.exercise))

    def lines(self) -> list[Line]:
        """All rows."""
        timed: list[tuple[int, Line]] = []
        slots = [*self.account.slots()]
        for (number, turn, slot), entry in zip(slots, self.released, strict=True):
            place = int(number.partition(".")[2]) - 1
            line = self._slot(number, slot, entry)
            minutes = planned_at(self.game, turn.opened.turn, place)
            if not self._has_its_own_time(slot) and has_plan(self.exercise) and self.started:
                line = replace(line, planned=self._planned(minutes))
            timed.append((entry.n, line))
            if slot.steered:
                timed.append(self._contingency(line, slot))
        timed += [(sending.n, self._sending(sending)) for sending in self.game.delivered]
        lines = [line for _n, line in sorted(timed, key=lambda pair: pair[0])]
        gone = {slot.released.inject for _number, _turn, slot in slots}
        ahead = [inject for inject in self.exercise.inject if inject.id not in gone]
        lines += [self._left(part) for part in sorted(ahead, key=lambda part: part.number)]
        sent = {sending.event.contextual for sending in self.game.delivered}
        for part in self.exercise.contextual:
            if part.id not in sent:
                line = of_contextual(self.exercise, part)
                controller = part.controller or self.controller
                lines.append(replace(line, controller=controller, status=self._not_yet()))
        return lines

    # --- rows ---

    def _slot(self, number: str, slot: SlotRecord, entry: Entry) -> Line:
        inject, fact = self.account.inject(slot), slot.released
        reasons = [
            self._aside(event, by)
            for n, by, event in self.set_aside
            if event.inject == inject.id and n < entry.n
        ]
        if fact.reason:
            reasons.append(
                _("Released out of order: {why}", why=fact.reason)
                if fact.instead_of
                else _("Released although its conditions did not hold: {why}", why=fact.reason)
            )
        return replace(
            of_inject(self.exercise, inject),
            played=number,
            scenario=f"{words.day_text(fact.day)} {words.clock_time(fact.hour)}",
            controller=inject.controller or self._office(entry.by),
            description="\n\n".join(
                self.account.timed(slot, paragraph) for paragraph in inject.message.text
            ),
            expected=self.account.timed(slot, inject.expected_action),
            actual=self._clock(entry.at),
            status=_(COMPLETE) if slot.confirmed else _(INJECTED),
            answered="\n".join(self._answers(number, slot, inject)),
            carried=capital(carried_out(inject, slot)) if slot.ruled is not None else "",
            came=self._came(slot),
            reason="\n".join(reasons),
            notes="\n".join(self._notes(slot, inject, entry)),
        )

    def _contingency(self, line: Line, slot: SlotRecord) -> tuple[int, Line]:
        inject = self.account.inject(slot)
        entry = self.steered[inject.id]
        return entry.n, Line(
            number=f"{line.number}c",
            played=line.played,
            scenario=line.scenario,
            controller=inject.controller or self._office(entry.by),
            to=_("All"),
            kind=_("contingency"),
            title=_("Contingency of {number}: {title}", number=line.number, title=line.title),
            description=self.account.timed(slot, inject.if_not),
            objectives=line.objectives,
            actual=self._clock(entry.at),
            status=_(COMPLETE),
            notes=self.account.timed(slot, inject.directions),
        )

    def _sending(self, sending: Sending) -> Line:
        part = self.exercise.contextuals[sending.event.contextual]
        entry = self.delivered[sending.n]
        to = dict.fromkeys(self.account.seat(seat) for seat in sending.event.readers)
        line = of_contextual(self.exercise, part)
        notes = [
            *filter(None, [part.notes]),
            _("Read by: {seats}", seats=_("all") if EVERYBODY in to else ", ".join(to)),
        ]
        if improvised_contextual(part):
            notes.append(_("Written on the spot (ad hoc)."))
        return replace(
            line,
            played=sending.number,
            scenario=_("turn {turn}", turn=sending.turn),
            controller=part.controller or self._office(entry.by),
            actual=self._clock(entry.at),
            status=_(COMPLETE),
            notes="\n".join(notes),
        )

    def _left(self, inject: Inject) -> Line:
        aside = [(by, event) for _n, by, event in self.set_aside if event.inject == inject.id]
        status = self._not_yet()
        if aside:
            status = _(SKIPPED) if isinstance(aside[-1][1], Skipped) else _(DEFERRED)
        reasons = [self._aside(event, by) for by, event in aside]
        return replace(
            of_inject(self.exercise, inject),
            controller=inject.controller
            or (self._office(aside[-1][0]) if aside else self.controller),
            status=status,
            reason="\n".join(reasons),
            notes=_("Written on the spot (ad hoc).") if improvised(inject) else inject.notes,
        )

    # --- cells ---

    def _has_its_own_time(self, slot: SlotRecord) -> bool:
        """Whether an inject is planned otherwise than by the time plan: by its list, or not."""
        inject = self.account.inject(slot)
        return bool(inject.planned) or improvised(inject)

    def _not_yet(self) -> str:
        return _(NEVER) if self.game.ended or self.account.closed else _(PLANNED)

    def _aside(self, event: Deferred | Skipped, by: str) -> str:
        who = self._office(by)
        if isinstance(event, Deferred):
            return _(
                "Deferred to turn {until} by {who}: {why}",
                until=event.until,
                who=who,
                why=event.reason,
            )
        return _("Skipped by {who}: {why}", who=who, why=event.reason)

    def _answers(self, number: str, slot: SlotRecord, inject: Inject) -> Iterator[str]:
        account = self.account
        for cell, given in slot.answers.items():
            name = account.whose(number, slot, cell)
            yield _("{who}: {answer}", who=name, answer=numbered(inject, given))
        for seat, own in slot.commitments.items():
            if apart(slot, account.run.seat(seat).cell, own):
                answer = numbered(inject, own)
                yield _("{who}, minority: {answer}", who=account.seat(seat), answer=answer)

    def _came(self, slot: SlotRecord) -> str:
        if slot.ruling is None:
            return ""
        came = capital(words.verdict(slot.ruling.timing) if slot.ruling.minutes else _("decided"))
        came = _("{came}; carried {far}", came=came, far=words.carries(slot.ruling.quarters))
        if not slot.confirmed:
            came = _("{came}; proposed, not confirmed", came=came)
        return f"{came}\n{slot.told}" if slot.told else came

    def _notes(self, slot: SlotRecord, inject: Inject, entry: Entry) -> Iterator[str]:
        account = self.account
        if inject.notes:
            yield inject.notes
        if inject.controller and self._office(entry.by) != inject.controller:
            yield _("Released by {who}.", who=self._office(entry.by))
        if improvised(inject):
            by = self.writers.get(inject.id, entry.by)
            yield _("Written on the spot (ad hoc) by {who}.", who=self._office(by))
        if slot.released.instead_of:
            yield _(
                "Out of order, instead of {inject}.",
                inject=account.listed(slot.released.instead_of),
            )
        if slot.steered:
            yield _("Contingency put to the table.")
        if slot.closed:
            cells = ", ".join(account.cells[cell] for cell in slot.closed)
            yield _("Closed without an answer of {cells}; a robot answered.", cells=cells)
        for seat, event in slot.amendments:
            how, why = _(HOW[event.how]), event.reason
            yield _("Ruling {how} by {who}: {why}", how=how, who=account.seat(seat), why=why)
        for challenge in slot.challenges:
            who = account.seat(challenge.seat)
            yield _("Challenged by {who}: {why}", who=who, why=challenge.reason)

    def _office(self, by: str) -> str:
        """Who did it: an office, or what did it where nobody facilitates."""
        return capital(self.account.who(by))

    def _clock(self, at: str) -> str:
        """A time of the record as the list tells it; empty where robots played alone."""
        if not at:
            return ""
        if self.account.anonymous:
            return self._since(at)
        return f"{self.account.wall.local(at):%Y-%m-%d %H:%M}"

    def _planned(self, minutes: int) -> str:
        begin = datetime.datetime.fromisoformat(self.started)
        return self._clock((begin + datetime.timedelta(minutes=minutes)).isoformat())

    def _since(self, at: str) -> str:
        """Hours and minutes from STARTEX."""
        begin = datetime.datetime.fromisoformat(self.started or at)
        seconds = int((datetime.datetime.fromisoformat(at) - begin).total_seconds())
        return f"{'-' if seconds < 0 else '+'}{words.hours_short(abs(seconds) // 60)}"
