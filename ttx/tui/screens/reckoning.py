"""The reckoning: what each adversary did, against what odds, and how the profile moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.view import words
from ttx.session.view.aims import own_aims
from ttx.session.view.causes import evidence_lines
from ttx.session.view.reckoning import ReckoningView, no_reckoning, reckoning
from ttx.session.view.response import ResponseRow
from ttx.session.view.standing import NO_STANDING
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.gate import JudgedPage, standing
from ttx.tui.screens.sheet import Sheet
from ttx.tui.widgets import aims

TERM = 54
"""Columns for a term of the odds and what its source stood at."""
WAITS = N_("The turn is played. The facilitator confirms its reckoning next.")
"""The longer of the two words on the button where nobody facilitates."""


class ReckoningScreen(JudgedPage):
    """A row for each adversary, the scores, and the sentence against the reference run."""

    REGIONS: ClassVar[tuple[str, ...]] = ("title", "responses", "scores", "against", "gate")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"scores": ScrollRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pass_on", "go on", id="pass", tooltip="Go on to the next turn"),
        *(
            Binding(str(n), f"terms({n})", "terms", id=f"terms-{n}", tooltip="The terms of one")
            for n in range(1, 4)
        ),
        Binding("b", "basis", "basis", id="basis", tooltip="What the terms rest on"),
        Binding("m", "modify", "modify", id="modify", tooltip="Modify it, within the band"),
        Binding("o", "overrule", "overrule", id="overrule", tooltip="Overrule it"),
        Binding("c", "challenge", "challenge", id="challenge", tooltip="Challenge it, or hear it"),
        Binding("w", "ruled", "as ruled", id="as-ruled", tooltip="What was ruled otherwise, why"),
    ]

    def _view(self) -> ReckoningView | None:
        return self.kept("view", lambda: reckoning(self.eye))

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys of a reckoning."""
        view = self._view()
        count = len(view.responses) if view else 0
        key = f"1-{count}" if count > 1 else "1"
        keys = [*self.passing(), *self.judging()]
        if count:
            keys.append((key, _("terms")))
        if view is not None and view.basis:
            keys.append(("b", _("basis")))
        if view is not None and view.ruled:
            keys.append(("w", _("as ruled")))
        return self.eight(keys if self.form != SMALL or len(keys) > 4 else [*keys, standing()])

    def plan(self) -> dict[str, Box]:
        """The places for the present size."""
        x, y, width, height = self.body
        view = self._view()
        if view is None:
            return {"title": Box(x, y + (self.form != SMALL), width, 2)}
        count = len(view.responses)
        each = self._each
        top = 1 if self.form == SMALL else 4
        rows = each * count
        space = 0 if self.form == SMALL else 2
        below, above = y + top + rows + 2 + space, 4 if self.form == SMALL else 7
        places = {
            "title": Box(x, y + space // 2, width, 2 if self.form == SMALL else 5),
            "responses": Box(x, y + top + 1 + space // 2, width, rows + space),
            "scores": Box(x, below, width, y + height - above - below),
            "against": Box(x, y + height - above, width, 3),
            "gate": Box(x, y + height - self.by_size(1, 3), width, self.by_size(1, 2)),
        }
        if not count:  # the room's screen reads of no adversary where some sit in the room
            del places["responses"]
        return places

    @property
    def _each(self) -> int:
        """Rows of one adversary."""
        if self.form == SMALL:
            return 2
        return 4 if self.body.height >= 37 else 3

    def draw(self) -> None:
        """Fill the regions."""
        view = self._view()
        width, ink = self.body.width, self.ink
        if view is None:
            told = no_reckoning(self.game)
            if self.pace.proposed and self.pace.held:
                told = _(WAITS)
            self.put("title", [paint.line(width, [(told, f"bold {ink.strong}")])])
            return
        title = _("Reckoning of turn {turn}", turn=view.turn)
        how = f"   {view.how}" if view.how else ""
        rows = [
            paint.line(
                width,
                [(title, f"bold {ink.strong}"), (how, f"bold {ink.heat}")],
                [(_("it acts when the draw is below the odds"), ink.muted)],
            )
        ]
        if self.form == SMALL:
            rows += self.ruled_rows(view.ruled, width, 1)
        else:
            rows.append(paint.rule(width, ink, self.glyphs))
        if self.form != SMALL:
            rows += [
                paint.line(width, [(one, f"bold {ink.strong}")])
                for one in paint.broken(view.headline, width)[:2]
            ]
            for slot in view.empty:
                rows.append(
                    paint.line(
                        width,
                        [(_("The {slot} slot of this turn stayed empty.", slot=slot), ink.muted)],
                    )
                )
            rows += self.ruled_rows(view.ruled, width, max(5 - len(rows), 1))
        self.put("title", rows)
        if "responses" in self.places:
            self.put("responses", self._responses(view, width))
        rows = self._scores(view, width)
        heads = (1 if self.form == SMALL else 2) if view.scores else 0
        self.put_scroll("scores", rows[heads:], rows[:heads])
        self.put(
            "against",
            [
                paint.line(width, [(one, f"bold {ink.strong}")])
                for one in paint.broken(view.against, width)
            ],
        )
        word = _("To the review") if view.last else _("Next turn")
        self.put("gate", [paint.line(width, self.gate(word))])

    def _responses(self, view: ReckoningView, width: int) -> list[Text]:
        rows: list[Text] = []
        if self.form != SMALL:
            head = paint.label(
                width, _("ADVERSARIES"), self.ink, _("odds and draw, 0.00 to 100.00")
            )
            rows = [head, paint.rule(width, self.ink, self.glyphs)]
        for at, one in enumerate(view.responses, start=1):
            rows += self._response(at, one, width)
        return rows

    def _response(self, number: int, one: ResponseRow, width: int) -> list[Text]:
        ink = self.ink
        tone = ink.cool if one.response == "restraint" else ink.heat
        by_model = _(" (model: {model})", model=one.model) if one.model else ""
        by_rule = _("by the rule {rule}", rule=one.rule) if one.rule else ""
        moved: list[Seg] = []
        did = paint.clean(one.short or one.did)
        left = max(width - 6 - max(len(did), 34), 0)
        for name, by, word in one.effects:
            sign = self.glyphs.better if word == "better" else self.glyphs.worse
            sign = sign if self.form == SMALL else word
            told = f"  {name} {by} {sign}"
            left -= len(told)
            if self.form == SMALL and left < 0:
                break  # whole words or none: the terms have the others
            moved.append((told, paint.direction_colour(word, ink)))
        head: list[Seg] = [
            (f"{number} ", f"bold {ink.cool}"),
            paint.badge(one.badge.letter, one.badge.colour, ink),
            (f" {one.name:<12}", f"bold {ink.strong}"),
            (f" {one.response:<10}", f"bold {tone}"),
            (paint.cut(paint.clean(one.did) + by_model, width - 55, self.glyphs), ink.text),
        ]
        numbers: list[Seg] = [
            (_("odds "), ink.muted),
            (f"{one.odds:>6}", f"bold {ink.strong}"),
            (_("  draw "), ink.muted),
            (f"{one.draw:>6}", f"bold {ink.strong}"),
        ]
        if self.form == SMALL:
            return [
                paint.line(
                    width, [*head[:4], (by_model or by_rule, ink.muted)], [*numbers, (" ", "")]
                ),
                paint.line(width, [(f"      {did:<34}", ink.muted), *moved]),
            ]
        room = min(width - 68, 64)
        beside = "; ".join(told for told in (by_rule, one.escalation) if told)
        return [
            paint.line(width, head, numbers),
            paint.line(
                width, [("      ", ""), (f"{one.short or one.motive:<38}", ink.muted), *moved]
            ),
            paint.line(width, [("      ", ""), *self._bar(one, room), (f"  {beside}", ink.muted)]),
            *([paint.blank(width)] if self._each == 4 else []),
        ]

    def _bar(self, one: ResponseRow, room: int) -> list[Seg]:
        """Odds as a filled bar, the draw as a mark on it."""
        ink = self.ink
        filled = one.odds_share * room // 10000
        draw = min(one.draw_share * room // 10000, room - 1)
        cells = [" "] * room
        cells[draw] = "|"
        row = "".join(cells)
        acted = one.response != "restraint"
        hot = (
            f"bold {ink.onheat} on {ink.heatbg}" if acted else f"bold {ink.strong} on {ink.raised}"
        )
        rest = f"bold {ink.strong} on {ink.surface}"
        return [(row[:filled], hot), (row[filled:], rest)]

    def _scores(self, view: ReckoningView, width: int) -> list[Text]:
        ink = self.ink
        if not view.scores:
            return self._for_red(view, width)
        wide = width >= 100
        room = 34 if wide else 29
        names = [name for name, _ in view.scores[0].references] if view.scores else []
        heads = "".join(f"{name:>10}" for name in names)
        rows = [
            paint.line(
                width,
                [
                    (f"{'SCORES':<{room}}", f"bold {ink.muted}"),
                    (f"{'now':>7}   {'change':>7}", ink.muted),
                    (f"{'':<9}{heads}" if wide else "", ink.muted),
                ],
                [] if wide else [(heads, ink.muted)],
            )
        ]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        for one in view.scores:
            tone = paint.direction_colour(one.word, ink)
            references = [(f"{value / 100:>10.2f}", ink.muted) for _, value in one.references]
            rows.append(
                paint.line(
                    width,
                    [
                        (f"{paint.cut(one.name, room - 1, self.glyphs):<{room}}", ink.text),
                        (f"{one.now / 100:>7.2f}", f"bold {ink.strong}"),
                        (f"   {words.exact(one.change):>7} ", tone),
                        (f"{one.word:<8}", tone),
                        *(references if wide else []),
                    ],
                    [] if wide else references,
                )
            )
        return rows

    def _for_red(self, view: ReckoningView, width: int) -> list[Text]:
        """In place of the scores: on a small terminal the news, and what the seat is after."""
        ink, small = self.ink, self.form == SMALL
        told = [*paint.broken(view.headline, width), ""] if small else []
        rows = [paint.line(width, [(one, f"bold {ink.strong}")]) for one in told]
        own = own_aims(self.eye)
        if own:
            return rows + aims.panel(own, min(width, 92), ink, self.glyphs, small=small)
        return [*rows, paint.line(width, [(NO_STANDING, ink.text)])]

    # --- keys ---

    def action_terms(self, number: int) -> None:
        """The terms of one adversary's odds, in steps."""
        view = self._view()
        if view is None or number > len(view.responses):
            return
        one = view.responses[number - 1]

        def rows(sheet: Sheet, width: int) -> list[Text]:
            ink = sheet.ink
            found = [
                paint.line(
                    width,
                    [
                        (step.name, ink.text),
                        (f"{step.at:>{max(TERM - len(step.name), 1)}}", ink.muted),
                        (f"{step.steps:>+8}", f"bold {ink.heat if step.steps > 0 else ink.cool}"),
                    ],
                )
                for step in one.steps
            ]
            found.append(
                paint.line(
                    width,
                    [
                        (f"{'z':<{TERM}}{one.z:>+8}", f"bold {ink.strong}"),
                        (_(" = {odds} in 100", odds=one.odds), ink.text),
                    ],
                )
            )
            found.append(paint.blank(width))
            told = [_("The draw was {draw}: it {did}.", draw=one.draw, did=_did(one.response))]
            told += [one.escalation] if one.escalation else []
            told += [_("It {one}.", one=one.short)] if one.short else []
            told.append(one.turned)
            told.append(
                _(
                    "Steps are sixty-fourths of a logit; the terms add up to z, "
                    "and z gives the odds."
                )
            )
            for line in told:
                found += [paint.line(width, [(part, ink.text)]) for part in paint.wrap(line, width)]
            return found

        self.shell.open(
            Sheet(
                _("{one}: the terms of its odds", one=one.name),
                rows,
                _("turn {turn}", turn=view.turn),
            )
        )

    def action_ruled(self) -> None:
        """What people made of it, whole."""
        view = self._view()
        if view is not None:
            self.show_ruled(f"Reckoning of turn {view.turn} {view.how}".rstrip(), view.ruled)

    def action_basis(self) -> None:
        """What the rule of the adversaries rests on."""
        view = self._view()
        if view is None or not view.basis:
            self.show_notice(_("No evidence is open to this seat here."))
            return

        def rows(sheet: Sheet, width: int) -> list[Text]:
            found: list[Text] = []
            for one in evidence_lines(self.game.run.exercise, [*view.basis]):
                found += [paint.line(width, [(p, sheet.ink.text)]) for p in paint.wrap(one, width)]
                found.append(paint.blank(width))
            return found

        self.shell.open(Sheet(_("Basis of the reckoning"), rows))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The rows take a click."""
        if event.region == "responses":
            head, each = (0, 2) if self.form == SMALL else (2, self._each)
            if event.row >= head:
                self.action_terms((event.row - head) // each + 1)


def _did(response: str) -> str:
    return _("held back") if response == "restraint" else _("acted")
