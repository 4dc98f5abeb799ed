"""The Review: the sponsor's question and this run's answer first, then what led there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.report.adversaries import HEAD, acts_told, sentences_of
from ttx.report.review import FINDINGS, LIMIT, Review, review
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.play_commands import Continue
from ttx.session.save_header import SaveError
from ttx.session.view import words
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.gate import GatePage

PAGES = ("the answer", "the adversaries", "profile", "turn by turn", "clocks and notes")

NAMES, ACTS = 20, 18
"""Columns for the name of an adversary, and for its acts and score in one run."""


class ReviewScreen(GatePage):
    """Five pages; the first answers the question."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "on", "on", id="read-on", tooltip="Read on, then the next page"),
        Binding("l,right", "turn(1)", "on", id="page-on", tooltip="Next page"),
        Binding("b,h,left", "turn(-1)", "back", id="page-back", tooltip="Page before"),
        Binding("j,down", "scroll(1)", "down", id="row-down", tooltip="Next row"),
        Binding("k,up", "scroll(-1)", "up", id="row-up", tooltip="Row before"),
        Binding(
            "pagedown,ctrl+d", "scroll(15)", "down", id="half-down", tooltip="Half a page down"
        ),
        Binding("pageup,ctrl+u", "scroll(-15)", "up", id="half-up", tooltip="Half a page up"),
        Binding("enter", "close_run", "close", id="close-run", tooltip="Close the run"),
        Binding("w", "report", "report", id="report", tooltip="Write the report beside the save"),
    ]
    name_of_page: ClassVar[str] = "review"

    def __init__(self) -> None:
        """The first page."""
        super().__init__()
        self.page, self.top = 0, 0
        self.below = False
        self._made: tuple[Game, Review] | None = None

    @property
    def result(self) -> Review:
        """The review of the run as it stands."""
        game = self.game
        if self._made is None or self._made[0] is not game:
            self._made = (game, review(game, self.table.sealed, self.language))
        return self._made[1]

    @property
    def closes(self) -> bool:
        """Whether this seat closes the run: any, where nobody facilitates."""
        return self.opens or not self.pace.held

    @property
    def writes(self) -> bool:
        """Whether this seat may write the report to the disk of whoever runs the table."""
        own = not self.context.hosted or self.opens
        return own and self.table.path is not None

    def foot(self) -> Sequence[tuple[str, str]]:
        """Paging; Enter closes the run once."""
        keys = [("space b", "page"), ("j k", "row"), ("W", "board")]
        if self.form != SMALL:
            keys += [("S", "standing"), ("M", "map")]
        if self.table.closed and self.table.path is not None:
            keys.append(("P", "replay"))
        if self.writes:
            keys.append(("w", "report"))
        if self.game.phase == phases.HOTWASH and self.closes:
            keys.insert(0, ("Enter", "close the run"))
        return keys

    def plan(self) -> dict[str, Box]:
        """A head and the rows."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {"head": Box(x, y, width, 2), "rows": Box(x, y + 2, width, height - 2)}
        return {"head": Box(x, y + 1, width, 2), "rows": Box(x, y + 4, width, height - 5)}

    def draw(self) -> None:
        """Fill the page."""
        view, ink = self.result, self.ink
        places = self.places
        width, room = places["rows"].width, places["rows"].height
        makers = (self._answer, self._adversaries, self._profile, self._turns, self._clocks)
        rows = makers[self.page](view, width)
        self.top = max(0, min(self.top, len(rows) - room))
        more = f"   rows {self.top + 1} to {min(self.top + room, len(rows))} of {len(rows)}"
        note = f"page {self.page + 1} of {len(PAGES)}: {PAGES[self.page]}" + (
            more if len(rows) > room else ""
        )
        self.put(
            "head",
            [
                paint.line(
                    width,
                    [
                        (f"Review of {view.title}", f"bold {ink.strong}"),
                        ("" if self.form == SMALL else f"   seed {view.seed}", ink.muted),
                    ],
                    [(note, ink.muted)],
                ),
                paint.rule(width, ink, self.glyphs),
            ],
        )
        self.below = len(rows) > self.top + room
        self.put("rows", rows[self.top : self.top + room])

    def _say(self, words_: str, width: int, style: str = "") -> list[Text]:
        told = paint.broken(words_, min(width, 110))
        return [paint.line(width, [(one, style or self.ink.text)]) for one in told]

    def _answer(self, view: Review, width: int) -> list[Text]:
        ink = self.ink
        small = self.form == SMALL
        rows: list[Text] = []
        for one in view.excursion:
            rows += self._say(one, width, ink.heat)
        rows.append(paint.label(width, "WHAT WAS ASKED", ink))
        rows += self._say(view.asked, width)
        if not small:
            rows.append(paint.blank(width))
        rows.append(paint.label(width, "WHAT YOU CHOSE", ink))
        for one in view.chosen:
            rows += self._say(one, width, f"bold {ink.strong}")
        rows += self._acts(view, width)
        if not small:
            rows.append(paint.blank(width))
        rows.append(paint.label(width, "WHAT THAT MOVED, ON THE SAME DICE", ink))
        for one in view.moved:
            rows += self._say(one, width, f"bold {ink.strong}")
        for one in (*view.differ, FINDINGS):
            rows += self._say(one, width)
        if not small:
            rows.append(paint.blank(width))
        rows.append(
            paint.label(width, "THE DECISION THAT MOVED MOST", ink, "the same dice without it")
        )
        rows += self._say(view.most, width, f"bold {ink.strong}")
        for one in view.next_most:
            rows += self._say(f"then {one}", width)
        if not small:
            rows.append(paint.blank(width))
        rows += self._say(f"{words.JUDGEMENT} {LIMIT}", width, ink.muted)
        if view.sealed:
            rows += self._say(view.sealed, width, ink.muted)
        return rows

    def _acts(self, view: Review, width: int) -> list[Text]:
        """Each adversary's acts beside its score, in this run and the reference runs."""
        ink, every = self.ink, view.adversaries
        if not every:
            return []
        runs = [every[0].own.run, *(one.run for one in every[0].references)]
        rows = [] if self.form == SMALL else [paint.blank(width)]
        rows.append(paint.label(width, "WHAT THE ADVERSARIES DID", ink, f"{HEAD}, and the score"))
        head = "".join(f"{paint.cut(one, ACTS - 1, self.glyphs):>{ACTS}}" for one in runs)
        rows.append(paint.line(width, [(f"{'':<{NAMES}}{head}", f"bold {ink.muted}")]))
        for row in every:
            name = paint.cut(row.name, NAMES - 1, self.glyphs)
            cells: list[Seg] = [(f"{name:<{NAMES}}", ink.text)]
            for at, one in enumerate((row.own, *row.references)):
                tones = (f"bold {ink.strong}", ink.text) if not at else (ink.muted, ink.muted)
                cells.append((f"{acts_told(one.acts):>{ACTS - 7}}", tones[0]))
                cells.append((f"{one.end / 100:>7.2f}", tones[1]))
            rows.append(paint.line(width, cells))
        return [*rows, *self._say(view.luck, width, ink.muted)]

    def _adversaries(self, view: Review, width: int) -> list[Text]:
        ink = self.ink
        rows: list[Text] = []
        for row in view.adversaries:
            rows.append(paint.label(width, row.name.upper(), ink))
            for one in sentences_of(row):
                rows += self._say(one, width)
            rows.append(paint.blank(width))
        return rows or self._say("Nobody stood against the table.", width)

    def _profile(self, view: Review, width: int) -> list[Text]:
        ink = self.ink
        names = [name for name, _, _ in view.profile[0].references] if view.profile else []
        wide = width >= 100
        room = 34 if wide else 26
        head = f"{'':<{room}}{'this run':>16}" + "".join(f"{name:>16}" for name in names)
        sub = f"{'':<{room}}" + f"{'way':>9}{'end':>7}" * (1 + len(names))
        beside = f"at the end, than {names[0]}" if wide and names else ""
        rows = [
            paint.line(width, [(head, f"bold {ink.muted}")]),
            paint.line(
                width,
                [(sub, ink.muted)],
                [(beside, ink.muted)],
            ),
            paint.rule(width, ink, self.glyphs),
        ]
        for row in view.profile:
            tone = (
                ink.cool
                if row.against == "better"
                else ink.heat
                if row.against == "worse"
                else ink.muted
            )
            cells: list[Seg] = [
                (f"{paint.cut(row.name, room - 1, self.glyphs):<{room}}", ink.text),
                (f"{row.way / 100:>9.2f}", ink.text),
                (f"{row.end / 100:>7.2f}", f"bold {ink.strong}"),
            ]
            for _, way, end in row.references:
                cells.append((f"{way / 100:>9.2f}{end / 100:>7.2f}", ink.muted))
            right: list[Seg] = [(row.against, tone)] if wide else []
            rows.append(paint.line(width, cells, right))
            if self.form != SMALL:
                rows.append(paint.blank(width))
        low = [row.name for row in view.profile if row.better == "lower"]
        told = (
            "On the way is the mean of the turns played, at the end the last turn. They disagree "
            "on purpose: a promise counts at once, delivery takes time."
            + (f" {low[0]}: low is good." if low else "")
        )
        return [*rows, paint.blank(width), *self._say(told, width, ink.muted)]

    def _turns(self, view: Review, width: int) -> list[Text]:
        ink = self.ink
        rows: list[Text] = []
        for turn in view.rows:
            rows.append(
                paint.line(
                    width, [(f"T{turn.turn} ", f"bold {ink.strong}"), (turn.when, ink.muted)]
                )
            )
            if turn.moves:
                rows += self._indent(f"levers: {'; '.join(turn.moves)}", width, ink.text)
            for one, reasons in zip(turn.rulings, turn.reasons, strict=True):
                tone = ink.cool if one.good else ink.heat
                rows.append(
                    paint.line(
                        width,
                        [
                            ("   ", ""),
                            paint.badge(one.badge.letter, one.badge.colour, ink),
                            (f" {one.headed} {one.title}: ", f"bold {ink.text}"),
                            (f"{one.answers[0][1]}  ", ink.text),
                            ("" if self.form == SMALL else one.verdict, tone),
                        ],
                    )
                )
                if self.form == SMALL:
                    rows += self._indent(one.verdict, width, tone, 7)
                rows += self._indent(one.sentence, width, ink.text, 7)
                for reason in reasons:
                    rows += self._indent(reason, width, ink.text, 7)
                if one.clock is not None:
                    slow = f"Slowest: {one.slowest}. {' '.join(one.margin)}"
                    rows += self._indent(slow, width, ink.muted, 7)
            if turn.reckoning is not None:
                for told in (turn.reckoning.headline, *turn.reckoning.ruled):
                    rows += self._indent(told, width, ink.text)
            rows.append(paint.blank(width))
        return rows or self._say("No turn was played.", width)

    def _indent(self, words_: str, width: int, style: str, by: int = 3) -> list[Text]:
        pad = " " * by
        told = paint.broken(words_, min(width, 110) - by)
        return [paint.line(width, [(pad, ""), (one, style)]) for one in told]

    def _clocks(self, view: Review, width: int) -> list[Text]:
        ink = self.ink
        good, late, far = view.timings
        rows = [
            paint.label(width, "CRISES", ink),
            *self._say(
                f"{good} in time, {late} late, {far} far too late.", width, f"bold {ink.strong}"
            ),
            paint.blank(width),
            paint.label(width, "WHICH STAGE WAS SLOWEST", ink),
        ]
        for name, count in view.slowest:
            rows.append(
                paint.line(
                    width,
                    [
                        (f"{name:<34}{count:>3}  ", ink.text),
                        (self.glyphs.bar * (2 * count), ink.heat),
                    ],
                )
            )
        rows += [paint.blank(width), paint.label(width, "WHAT WOULD HAVE FLIPPED IT", ink)]
        for turn in view.rows:
            for one in turn.rulings:
                if one.clock is not None:
                    rows += self._say(f"{one.number} {one.title}. {' '.join(one.margin)}", width)
        rows += [paint.blank(width), paint.label(width, "WHO PLAYED", ink)]
        for cell, who in view.players:
            rows.append(paint.line(width, [(f"{cell:<16}{who}", ink.text)]))
        for remark in view.record:
            rows += self._say(remark, width)
        rows += [paint.blank(width), paint.label(width, "NOTES", ink)]
        for number, who, note in view.notes:
            rows += self._say(f"T{number} {who}: {note}", width)
        if not view.notes:
            rows += self._say("Nobody wrote a note.", width, ink.muted)
        return rows

    def action_turn(self, by: int) -> None:
        """A page on or back."""
        self.page, self.top = (self.page + by) % len(PAGES), 0
        self.paint()

    def action_on(self) -> None:
        """The rows below, then the next page."""
        if self.below:
            self.action_scroll(max(self.places["rows"].height - 1, 1))
        else:
            self.action_turn(1)

    def action_scroll(self, by: int) -> None:
        """Rows down or up."""
        self.top = max(0, self.top + by)
        self.paint()

    def action_close_run(self) -> None:
        """The hot wash is over; where somebody facilitates, that is theirs to say."""
        if self.game.phase == phases.HOTWASH and not self.closes:
            self.show_notice("The facilitator closes the run.")
        elif self.game.phase == phases.HOTWASH and self.request(Continue()):
            self.show_notice("The run is closed; its record stays. q goes back.")

    def action_report(self) -> None:
        """Write the after-action review beside the save; whose table it is, or who holds it."""
        path = self.table.path
        if not self.writes or path is None:
            self.show_notice("The facilitator writes the report.")
            return
        from ttx.report.filed import filed

        try:
            self.show_notice(filed(path))
        except (SaveError, ValueError) as error:
            self.show_notice(str(error))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click on the head turns the page."""
        if event.region == "head":
            self.action_turn(1)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel scrolls."""
        self.action_scroll(3 * message.by)
