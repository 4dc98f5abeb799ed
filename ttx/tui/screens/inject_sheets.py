"""Pages of exercise control about one inject: its columns, the whole of it, its contingency."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.report.document import Entry, Facts, Paragraph, Part, Space, Tone
from ttx.session.view.contextual import ContextualView
from ttx.session.view.inject import WholeInject, WholeOption
from ttx.session.view.msel import DEFERRED, DUE, MselRow
from ttx.session.view.table import PHASES
from ttx.session.view.time_plan import InjectTime
from ttx.session.view.words import slot
from ttx.tui import paint
from ttx.tui.parts import document
from ttx.tui.screens.sheet import Sheet, sheet_of
from ttx.tui.widgets.msel import minutes, titled

FOR_CONTROL = N_("for exercise control alone")
OPTION: tuple[Tone, ...] = ("good", "bold", "muted")


def columns(row: MselRow, took: InjectTime | None, objectives: Mapping[str, str]) -> Sheet:
    """All columns of the MSEL for one row, and how long each of its phases took.

    Its `objectives` are told as the exercise says them.
    """
    status = _(row.status)
    if row.status in (DEFERRED, DUE):
        status = _("{status}, deferred to turn {turn}", status=status, turn=row.until)
    ad_hoc = row.ad_hoc and not row.contingency
    known = [
        (_("number"), row.number),
        (_("released as"), row.played),
        (_("scenario"), row.scenario),
        (_("on the list"), row.listed),
        (_("planned"), minutes(row.planned)),
        (_("actual"), minutes(row.actual)),
        (_("status"), status),
        (_("reason"), row.reason),
        (_("title"), row.title),
        (_("kind"), _("{kind}, ad-hoc", kind=row.kind) if ad_hoc else row.kind),
        (_("slot"), slot(row.slot) if row.slot else _("none: it asks nothing")),
        (_("actor"), row.badge.actor),
        (_("controller"), row.controller),
        (_("from"), row.sender),
        (_("to"), row.to),
        (_("channel"), row.via),
        (_("lead"), row.lead),
        (_("objectives"), " ".join(objectives.get(part, part) for part in row.objectives)),
        (_("can go"), _("yes, no objective is lost") if row.can_go else ""),
        (_("conditions"), _conditions(row)),
        (_("expected"), row.expected),
        (_("if not"), row.otherwise),
        (_("notes"), row.notes),
    ]
    for phase in took.phases if took is not None else ():
        spent = f"{phase.real // 60:02d}:{phase.real % 60:02d}"
        known.append(
            (
                _(PHASES[phase.phase]),
                _("{spent} of {planned} min", spent=spent, planned=phase.planned),
            )
        )
    facts = Facts(tuple(fact for fact in known if fact[1]))
    return sheet_of(f"{row.number}: {titled(row)}", lambda: [facts], _(FOR_CONTROL))


def _conditions(row: MselRow) -> str:
    """Whether they hold; nothing where there can be none."""
    if row.contextual:
        return ""
    return _("not yet: {lacks}", lacks=row.lacks) if row.lacks else _("hold")


def whole_contextual(view: ContextualView) -> Sheet:
    """What its readers read, and what control knows beside it."""
    title = _("Contextual inject {number}: {title}", number=view.number, title=view.title)
    return sheet_of(title, lambda: _contextual(view), _(FOR_CONTROL))


def _contextual(view: ContextualView) -> Iterator[Part]:
    yield Facts(((_("from"), view.sender), (_("to"), view.to), (_("by"), view.via)))
    for paragraph in view.text:
        yield Space()
        yield Paragraph(paragraph)
    yield Space()
    yield Facts(
        (
            (_("read by"), view.readers),
            (_("meant for"), view.when),
            (_("expected"), view.expected or "-"),
            *((_("objective"), aim) for aim in view.objectives),
        )
    )


def whole_inject(view: WholeInject, number: str) -> Sheet:
    """The message, the question, the options with their effects, and what control holds back."""
    title = _("Inject {number}: {title}", number=number, title=view.title)
    return sheet_of(title, lambda: _whole(view), view.when or _(FOR_CONTROL))


def _whole(view: WholeInject) -> Iterator[Part]:
    yield Facts(
        ((_("from"), view.sender or "-"), (_("to"), view.to or "-"), (_("by"), view.via or "-"))
    )
    for paragraph in view.text:
        yield Space()
        yield Paragraph(paragraph)
    yield Space()
    yield Paragraph(view.question, tone="strong")
    yield Facts(((_("lead"), view.lead or "-"),))
    for option in view.options:
        yield Space()
        yield Entry((option.key, option.title, option.lean), _effects(option), OPTION, under=3)
    yield Space()
    yield Facts(((_("expected"), view.expected or "-"), (_("if not"), view.otherwise or "-")))
    if view.directions:
        yield Facts(((_("you then"), view.directions),))
    for probe in view.probing:
        asked = _("{to}: {ask}", to=probe.to, ask=probe.ask)
        put = _("{asked} (put to the room)", asked=asked) if probe.put else asked
        yield Facts(((_("ask {number}", number=probe.number), put),))
    yield Facts(tuple((_("objective"), aim) for aim in view.objectives))
    of_the_list = (
        (_("on the list"), view.listed),
        (_("controller"), view.controller),
        (_("notes"), view.notes),
    )
    yield Facts(tuple(fact for fact in of_the_list if fact[1]))


def _effects(option: WholeOption) -> tuple[Paragraph, ...]:
    benefits, costs = "; ".join(option.benefits), "; ".join(option.costs)
    return (
        Paragraph(option.about),
        Paragraph(_("brings: {benefits}", benefits=benefits or _("nothing")), tone="muted"),
        Paragraph(_("costs: {costs}", costs=costs or _("none")), tone="muted"),
    )


class Contingency(Sheet):
    """What would be put to the table where the expected action does not come, and the question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "put", "put it to the table", id="put-contingency", tooltip="Put it"),
    ]

    def __init__(self, view: WholeInject, number: str, put: Callable[[], object]) -> None:
        """`put` is done where the answer is yes."""
        title = _("{number}c, the contingency of {title}", number=number, title=view.title)
        super().__init__(title, lambda _sheet, width: self._question(view, width), _(FOR_CONTROL))
        self._put = put

    def _question(self, view: WholeInject, width: int) -> list[Text]:
        directions: list[Part] = [Facts(((_("you"), view.directions),)), Space()]
        parts: tuple[Part, ...] = (
            Facts(((_("expected"), view.expected or "-"),)),
            Space(),
            Paragraph(view.otherwise, tone="strong"),
            Space(),
            *(directions if view.directions else []),
            Paragraph(_("Every seat reads it as a part of the message. Put it to the table?")),
        )
        key, word = self.key("put-contingency"), _("Put it")
        button = paint.button(key, word, self.ink, default=True, does="put")
        return [*document.rows(parts, width, self.ink), paint.line(width, button)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """Yes, or back."""
        return [("put-contingency", _("put it to the table")), ("give-up", _("leave it"))]

    def action_put(self) -> None:
        """Put it, and close."""
        self.action_back()
        self._put()
