"""Pages of exercise control about one inject: its columns, the whole of it, its contingency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.session.view.inject import WholeInject
from ttx.session.view.msel import DEFERRED, DUE, MselRow
from ttx.session.view.time_plan import InjectTime
from ttx.tui import paint
from ttx.tui.screens.sheet import Rows, Sheet
from ttx.tui.widgets.msel import minutes, titled

FOR_CONTROL = "for exercise control alone"


def columns(row: MselRow, took: InjectTime | None) -> Sheet:
    """All columns of the MSEL for one row, and how long each of its phases took."""
    status = row.status
    if row.status in (DEFERRED, DUE):
        status = f"{row.status}, deferred to turn {row.until}"
    known = [
        ("number", row.number),
        ("scenario", row.scenario),
        ("planned", minutes(row.planned)),
        ("actual", minutes(row.actual)),
        ("status", status),
        ("reason", row.reason),
        ("title", row.title),
        ("kind", f"{row.kind}, ad-hoc" if row.ad_hoc and not row.contingency else row.kind),
        ("slot", row.slot),
        ("actor", row.badge.actor),
        ("from", row.sender),
        ("to", row.to),
        ("channel", row.via),
        ("lead", row.lead),
        ("objectives", ", ".join(row.objectives)),
        ("can go", "yes, no objective is lost" if row.can_go else ""),
        ("conditions", f"not yet: {row.lacks}" if row.lacks else "hold"),
        ("expected", row.expected),
        ("if not", row.otherwise),
    ]
    if took is not None:
        known += [(one.phase, f"{_clock(one.real)} of {one.planned} min") for one in took.phases]

    def rows(sheet: Sheet, width: int) -> list[Text]:
        return [line for name, said in known if said for line in named(sheet, width, name, said)]

    return Sheet(f"{row.number}: {titled(row)}", rows, FOR_CONTROL)


def whole_inject(view: WholeInject, number: str) -> Sheet:
    """The message, the question, the options with their effects, and what control holds back."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink, found = sheet.ink, list[Text]()
        for name, said in (("from", view.sender), ("to", view.to), ("by", view.via)):
            found += named(sheet, width, name, said)
        for part in view.text:
            found += [paint.blank(width), *_plain(width, part, ink.text)]
        found += [paint.blank(width), *_plain(width, view.question, f"bold {ink.strong}")]
        found += named(sheet, width, "lead", view.lead)
        for one in view.options:
            head = [(f"{one.key}  ", f"bold {ink.cool}"), (one.title, f"bold {ink.text}")]
            found += [paint.blank(width), paint.line(width, head, [(one.lean, ink.muted)])]
            found += _plain(width, one.about, ink.text, indent=3)
            brings = "; ".join(one.benefits) or "nothing"
            found += _plain(width, f"brings: {brings}", ink.muted, indent=3)
            found += _plain(width, f"costs: {'; '.join(one.costs) or 'none'}", ink.muted, indent=3)
        found.append(paint.blank(width))
        found += named(sheet, width, "expected", view.expected)
        found += named(sheet, width, "if not", view.otherwise)
        for asked in view.probing:
            put = " (put to the room)" if asked.put else ""
            found += named(sheet, width, f"ask {asked.number}", f"{asked.to}: {asked.ask}{put}")
        for aim in view.objectives:
            found += named(sheet, width, "objective", aim)
        return found

    return Sheet(f"Inject {number}: {view.title}", rows, view.when or FOR_CONTROL)


class Contingency(Sheet):
    """What would be put to the table where the expected action does not come, and the question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "put", "put it to the table", id="put-contingency", tooltip="Put it"),
    ]

    def __init__(self, title: str, rows: Rows, put: Callable[[], None]) -> None:
        """`put` is done where the answer is yes."""
        super().__init__(title, rows, FOR_CONTROL)
        self._put = put

    def foot(self) -> Sequence[tuple[str, str]]:
        """Yes, or back."""
        return (("y", "put it to the table"), ("Esc", "leave it"))

    def action_put(self) -> None:
        """Put it, and close."""
        self.action_back()
        self._put()


def contingency(view: WholeInject, number: str, put: Callable[[], None]) -> Contingency:
    """The page that asks before a contingency is put to the table."""

    def rows(sheet: Sheet, width: int) -> list[Text]:
        ink = sheet.ink
        found = named(sheet, width, "expected", view.expected)
        found += [paint.blank(width), *_plain(width, view.otherwise, f"bold {ink.strong}")]
        found.append(paint.blank(width))
        asked = "Every seat reads it as a part of the message. Put it to the table?"
        found += _plain(width, asked, ink.text)
        return [*found, paint.line(width, paint.button("y", "Put it", ink, default=True))]

    return Contingency(f"{number}c, the contingency of {view.title}", rows, put)


def named(sheet: Sheet, width: int, name: str, said: str) -> list[Text]:
    """A value under its name, in as many rows as it takes."""
    ink = sheet.ink
    first, *more = paint.wrap(said or "-", width - 13)
    rows = [paint.line(width, [(f"{name:<13}", ink.muted), (first, ink.text)])]
    return rows + [paint.line(width, [(" " * 13, ""), (one, ink.text)]) for one in more]


def _plain(width: int, said: str, style: str, *, indent: int = 0) -> list[Text]:
    pad = " " * indent
    return [
        paint.line(width, [(pad, ""), (one, style)]) for one in paint.wrap(said, width - indent)
    ]


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
