"""The Ruling of an inject: why did it come out so, and what would have turned it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import _
from ttx.session.view import words
from ttx.session.view.causes import evidence_lines
from ttx.session.view.ruling import EffectRow, RulingView, no_ruling, ruling
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box
from ttx.tui.screens import sheets
from ttx.tui.screens.gate import JudgedPage
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets import clock

BAR = 11


class RulingScreen(JudgedPage):
    """The sentence, the clock with its true minutes, the effects and the margin.

    `m` and `o` rule otherwise where this seat may; for all others they stay margins and clock,
    which everybody finds behind `g` and `t` as well.
    """

    REGIONS: ClassVar[tuple[str, ...]] = (
        "title",
        "ruled",
        "clock",
        "because",
        "effects",
        "others",
        "margin",
        "gate",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pass_on", "go on", id="pass", tooltip="Go on"),
        Binding("b", "basis", "basis", id="basis", tooltip="What the terms rest on"),
        Binding("m", "m", "modify", id="modify", tooltip="Modify it; unless you rule: margins"),
        Binding("o", "o", "overrule", id="overrule", tooltip="Overrule it; else the clock"),
        Binding("c", "challenge", "challenge", id="challenge", tooltip="Challenge it, or hear it"),
        Binding("w", "ruled", "as ruled", id="as-ruled", tooltip="What was ruled otherwise, why"),
        Binding(
            "g", "margins", "margins", id="margins-g", tooltip="What else would have turned it"
        ),
        Binding("t", "chain", "clock", id="clock-table-t", tooltip="The clock as a table"),
    ]

    def _view(self) -> RulingView | None:
        return self.kept("view", lambda: ruling(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of a ruling."""
        view, small = self._view(), self.form == SMALL
        keys = [*self.passing(), *self.judging()]
        margins, chain = ("g", "t") if self.rules else ("m", "o")
        short = small and self.rules
        if view is not None:
            few = short or (small and view.ruled)
            keys.append(("b", _("basis") if few else _("basis of a term")))
        if view is not None and not (short and view.ruled):
            keys.append((margins, self._behind_m(view)))
        if view is not None and view.ruled:
            keys.append(("w", _("as ruled")))
        if view is not None and view.clock is not None and not short:
            keys.append((chain, _("clock")))
        return self.eight(keys)

    def _behind_m(self, view: RulingView) -> str:
        """On a small terminal what members would have answered stands there as well."""
        return "minority" if view.minority and self.form == SMALL else "margins"

    @property
    def _told(self) -> int:
        """Rows for what people made of the ruling."""
        view = self._view()
        if view is None or not view.ruled:
            return 0
        lines = sum(len(paint.broken(one, self.body.width)) for one in view.ruled)
        return min(lines, (2 if view.clock is not None else 3) if self.form == SMALL else 5)

    def plan(self) -> dict[str, Box]:
        """The places for the present size."""
        x, y, width, height = self.body
        view = self._view()
        if view is None:
            return {"title": Box(x, y + (self.form != SMALL), width, 2)}
        has_clock = view.clock is not None
        told = self._told
        if self.form == SMALL:
            top = (4 if has_clock else 0) + told
            places = {
                "title": Box(x, y, width, 5),
                "because": Box(x, y + 6 + top, width, height - 11 - top),
                "margin": Box(x, y + height - 4, width, 3),
                "gate": Box(x, y + height - 1, width, 1),
            }
            if told:
                places["ruled"] = Box(x, y + 5, width, told)
            if has_clock:
                places["clock"] = Box(x, y + 5 + told, width, 4)
            return places
        left = 72 if self.form != LARGE else 110
        air = 3 if self.form == LARGE else 0
        top = (7 + air if has_clock else 0) + told
        rows = 13 + air - told
        places = {
            "title": Box(x, y + 1, width, 6),
            "because": Box(x, y + 8 + top, left, rows),
            "effects": Box(x + left + 4, y + 8 + top, width - left - 4, rows),
            "margin": Box(x, y + height - 10, width, 5),
            "gate": Box(x, y + height - 4, width, 4),
        }
        if told:
            places["ruled"] = Box(x, y + 7, width, told)
        if has_clock:
            places["clock"] = Box(x, y + 8 + told, width, 6 + air)
        if self.form == LARGE:
            start = y + 25 + top - told
            places["others"] = Box(x, start, width, y + height - 11 - start)
        return places

    def draw(self) -> None:
        """Fill the regions."""
        view = self._view()
        places = self.places
        if view is None:
            width = places["title"].width
            told = paint.broken(no_ruling(self.eye), width)
            style = f"bold {self.ink.strong}"
            self.put("title", [paint.line(width, [(one, style)]) for one in told])
            return
        self.put("title", self._title(view, places["title"].width))
        if "ruled" in places:
            room = places["ruled"]
            self.put("ruled", self.ruled_rows(view.ruled, room.width, room.height))
        if view.clock is not None:
            self._clock(view, places["clock"].width)
        box = places["because"]
        self.put("because", self._because(view, box.width, box.height))
        if "effects" in places:
            self.put(
                "effects", self._changes(view, places["effects"].width, places["effects"].height)
            )
        self.put("margin", self._margin(view, places["margin"].width))
        if "others" in places:
            self.put("others", self._others(view, places["others"].width))
        self.put("gate", self._gate(places["gate"].width))

    def _title(self, view: RulingView, width: int) -> list[Text]:
        ink = self.ink
        tone = ink.cool if view.good else ink.heat
        number = _("ruling {number}", number=view.number)
        head = paint.line(
            width,
            [
                paint.badge(view.badge.letter, view.badge.colour, ink),
                (f" {paint.clean(view.title)}", f"bold {ink.strong}"),
            ],
            [(f"{view.how}   " if view.how else "", f"bold {ink.heat}"), (number, ink.muted)],
        )
        first, *rest = paint.broken(f"{view.verdict} {view.sentence}", width)
        said = len(view.verdict)
        rows = [head] if self.form == SMALL else [head, paint.rule(width, ink, self.glyphs)]
        rows.append(
            paint.line(
                width, [(first[:said], f"bold {tone}"), (first[said:], f"bold {ink.strong}")]
            )
        )
        rows += [paint.line(width, [(one, f"bold {ink.strong}")]) for one in rest[:2]]
        titles = {title for _, title in view.answers}
        cells: list[Seg] = []
        if len(titles) == 1:
            who = " and ".join(cell for cell, _ in view.answers)
            cells = [(_("{who} answered ", who=who), ink.muted), (view.answers[0][1], ink.text)]
        else:
            for cell, title in view.answers:
                cells += [(_("{cell} answered ", cell=cell), ink.muted), (f"{title}   ", ink.text)]
        if view.again:
            small = self.form == SMALL
            cells.append(
                (
                    _("   again, with knowledge")
                    if small
                    else _("   answered again, with knowledge"),
                    ink.heat,
                )
            )
        carried = _("   carried {carried}", carried=view.carried)
        cells.append((carried if self.form == SMALL else f"{carried}: {view.posture}", ink.muted))
        if view.discord:
            cells.append((_("   the cells differed"), ink.heat))
        rows.append(paint.line(width, cells))
        return rows

    def _clock(self, view: RulingView, width: int) -> None:
        assert view.clock is not None
        rows = [clock.heading(view.clock, width, self.ink)]
        lanes = clock.lanes(view.clock, width, self.ink, self.glyphs)
        if self.form == SMALL:
            rows += lanes
        else:
            rows.append(paint.rule(width, self.ink, self.glyphs))
            for lane in lanes:
                rows += [lane, clock.under(lane)] if self.form == LARGE else [lane]
            rows.append(clock.scale(view.clock, width, self.ink))
        self.put("clock", rows)

    def _because(self, view: RulingView, width: int, height: int) -> list[Text]:
        ink = self.ink
        note = _("size x timing x posture; costs in full") if width > 60 else ""
        rows = [paint.label(width, _("BECAUSE"), ink, note)]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        pushed = self._pushed(view, width)
        room = height - len(rows) - len(pushed)
        shown = view.effects[:room] if len(view.effects) <= room else view.effects[: room - 1]
        rows += [self._effect(one, width) for one in shown]
        if len(shown) < len(view.effects):
            left = len(view.effects) - len(shown)
            rows.append(paint.line(width, [(_("and {left} more behind b", left=left), ink.muted)]))
        if not view.effects:
            rows.append(paint.line(width, [(_("This answer moved no track."), ink.muted)]))
        rows += pushed
        if self.form == SMALL:
            return rows
        clear = self.places["margin"].y - self.places["because"].y  # on 38 rows they meet
        return rows + self._minority(view, width, min(height, clear) - len(rows) - 1)

    def _pushed(self, view: RulingView, width: int) -> list[Text]:
        """What it denied adversaries or opened to them; on a small terminal in one row."""
        if self.form == SMALL and view.pushes:
            brief = "; ".join(one.brief for one in view.pushes)
            told = [paint.cut(paint.clean(brief), width, self.glyphs)]
        else:
            told = [line for one in view.pushes for line in paint.broken(one.sentence, width)]
        return [paint.line(width, [(one, f"bold {self.ink.strong}")]) for one in told]

    def _minority(self, view: RulingView, width: int, room: int) -> list[Text]:
        """Who would have answered otherwise, as far as there is room; all of it is behind m."""
        if not view.minority or room < 2:
            return []
        told = [paint.broken(one.told, width) for one in view.minority]
        lines = [line for one in told for line in one]
        if len(lines) > room - 1:
            lines = [paint.cut(paint.clean(one.told), width, self.glyphs) for one in view.minority]
        if len(lines) > room - 1:
            left, key = len(lines) - room + 2, "g" if self.rules else "m"
            lines = [
                *lines[: room - 2],
                _("and {left} more would have answered otherwise: {key}", left=left, key=key),
            ]
        rows = [paint.line(width, [(line, self.ink.muted)]) for line in lines]
        return [paint.blank(width), *rows]

    def _effect(self, one: EffectRow, width: int) -> Text:
        ink = self.ink
        tone = paint.direction_colour(one.word, ink)
        later = _(" T+{delay}", delay=one.delay) if one.delay else ""
        name = paint.cut(paint.clean(one.name), 15, self.glyphs)
        cells: list[Seg] = [
            (f"{name:<16}", ink.text),
            (f"{one.arithmetic + later:<24}", ink.muted),
            (f"{words.exact(one.by):>7} ", f"bold {tone}"),
        ]
        length = min((abs(one.by) + 50) // 100, BAR)
        if abs(one.by) > BAR * 100:
            bar = "<" + self.glyphs.bar * (BAR - 1)
        else:
            bar = self.glyphs.bar * length
        if one.word == "worse":
            cells.append((f"{bar:>{BAR}}|", tone))
        else:
            cells += [(" " * BAR + "|", ink.rule), (bar, tone)]
        return paint.line(width, cells)

    def _changes(self, view: RulingView, width: int, height: int) -> list[Text]:
        ink = self.ink
        rows = [
            paint.label(width, _("EFFECTS"), ink, _("before    after   change")),
            paint.rule(width, ink, self.glyphs),
        ]
        for one in view.changes[: height - 3]:
            by = one.after - one.before
            name = paint.cut(paint.clean(one.name), width - 27, self.glyphs)
            rows.append(
                paint.line(
                    width,
                    [(name, ink.text)],
                    [
                        (f"{one.before / 100:>8.2f} {one.after / 100:>8.2f} ", ink.text),
                        (f"{words.exact(by):>8}", f"bold {paint.direction_colour(one.word, ink)}"),
                    ],
                )
            )
        if not view.changes:
            rows.append(paint.line(width, [(_("No track moves now."), ink.muted)]))
        return rows

    def _others(self, view: RulingView, width: int) -> list[Text]:
        """What the other options would have met, at the same time and posture."""
        ink = self.ink
        rows = [
            paint.label(
                width, _("THE OTHER OPTIONS"), ink, _("at the same time, as you were set up")
            ),
            paint.rule(width, ink, self.glyphs),
        ]
        for one in view.others:
            word = _("closed then") if one.closed else _("carries {carried}", carried=one.carried)
            cells: list[Seg] = [
                (f"{paint.clean(one.title):<44}", ink.muted if one.closed else f"bold {ink.text}"),
                (f"{word:<26}", ink.heat if one.closed else ink.muted),
            ]
            for name, by, direction in one.effects:
                cells.append((f"{name} {by}  ", paint.direction_colour(direction, ink)))
            rows.append(paint.line(width, cells))
        return rows

    def _margin(self, view: RulingView, width: int) -> list[Text]:
        ink = self.ink
        near, *ways = view.margin
        tone = ink.cool if view.good else ink.heat
        rows = []
        if self.form != SMALL:
            note = _("the smallest single change that would have turned it")
            rows = [paint.label(width, _("MARGIN"), ink, note), paint.rule(width, ink, self.glyphs)]
            rows.append(paint.line(width, [(near, f"bold {tone}")]))
        if self.form == SMALL:
            told = paint.broken(" ".join((near, *ways)), width)
            first, *more = told
            said = min(len(near), len(first))
            rows.append(
                paint.line(
                    width, [(first[:said], f"bold {tone}"), (first[said:], f"bold {ink.strong}")]
                )
            )
            return rows + [paint.line(width, [(one, f"bold {ink.strong}")]) for one in more]
        for at, one in enumerate(ways):
            lead = _("or ") if at else ""
            rows.append(paint.line(width, [(lead, ink.muted), (one, f"bold {ink.strong}")]))
        return rows

    def _gate(self, width: int) -> list[Text]:
        ink = self.ink
        row = paint.line(width, self.gate(_("Go on"), 2 if self.form == SMALL else 3))
        if self.form == SMALL or not (self.opens or self.pace.held):
            return [row]
        head = _("THE RULING IS PROPOSED") if self.pace.proposed else _("THE RULING STANDS")
        return [paint.label(width, head, ink), paint.rule(width, ink, self.glyphs), row]

    # --- keys ---

    def action_basis(self) -> None:
        """Every effect, and the evidence behind the inject."""
        view = self._view()
        if view is None:
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            room = min(width, 110)
            found = [self._effect(one, room) for one in view.effects]
            for push in view.pushes:
                told = paint.wrap(push.sentence, room)
                found += [paint.line(room, [(part, sheet.ink.text)]) for part in told]
            ids = list(view.effects[0].basis) if view.effects else []
            found += [
                paint.blank(room),
                paint.label(room, _("WHAT THE INJECT RESTS ON"), sheet.ink),
            ]
            for one in evidence_lines(self.game.run.exercise, [*ids, "design"]):
                found += [
                    paint.line(room, [(part, sheet.ink.text)]) for part in paint.wrap(one, room)
                ]
                found.append(paint.blank(room))
            return found

        self.shell.open(Sheet(_("Basis of ruling {number}", number=view.number), rows, view.title))

    def action_margins(self) -> None:
        """All single changes that would have turned it."""
        view = self._view()
        if view is None:
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found = [
                paint.line(width, [(one, sheet.ink.text)])
                for line in (*view.margin, *view.margin_rest)
                for one in paint.wrap(line, width)
            ]
            if view.minority:
                found += [paint.blank(width), paint.label(width, _("MINORITY VIEWS"), sheet.ink)]
            for dissent in view.minority:
                told = paint.wrap(f"{dissent.told}.", width)
                found += [paint.line(width, [(one, sheet.ink.text)]) for one in told]
            return found

        self.shell.open(
            Sheet(
                _("Margins of ruling {number}", number=view.number),
                rows,
                _("smallest change first"),
            )
        )

    def action_m(self) -> None:
        """Modify it where this seat rules; the margins where it does not."""
        if self.rules:
            self.action_modify()
        else:
            self.action_margins()

    def action_o(self) -> None:
        """Overrule it where this seat rules; the clock where it does not."""
        if self.rules:
            self.action_overrule()
        else:
            self.action_chain()

    def action_ruled(self) -> None:
        """What people made of it, whole."""
        view = self._view()
        if view is not None:
            self.show_ruled(_("Ruling {headed}", headed=view.headed), view.ruled)

    def action_chain(self) -> None:
        """The clock as a table."""
        view = self._view()
        if view is not None and view.clock is not None:
            self.shell.open(sheets.chain(view.clock))
