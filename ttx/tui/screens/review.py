"""The Review: the sponsor's question and this run's answer first, then what led there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.report import review_text as text
from ttx.report.document import Entry, Facts, Paragraph, Part, Section, Space
from ttx.report.review import Review, review
from ttx.report.targets import target_section
from ttx.session import phases
from ttx.session.game import Game
from ttx.session.play_commands import Continue
from ttx.session.save_header import SaveError
from ttx.tui import paint
from ttx.tui.page import SMALL
from ttx.tui.paint import Seg
from ttx.tui.parts import document
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.gate import opens
from ttx.tui.screens.play import PlayPage

PAGES = (
    N_("the answer"),
    N_("the adversaries"),
    N_("profile"),
    N_("turn by turn"),
    N_("clocks and notes"),
)
PROFILE = 2
"""The page that is drawn, since its columns have colours of their own."""


class ReviewScreen(PlayPage):
    """Five pages; the first answers the question."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": ScrollRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "on", "on", id="read-on", tooltip=N_("Read on, then the next page")),
        Binding("l,right", "turn(1)", "on", id="part-on", tooltip=N_("Next page of the review")),
        Binding("b,h,left", "turn(-1)", "back", id="part-back", tooltip=N_("Page before of it")),
        Binding("enter", "close_run", "close", id="close-run", tooltip=N_("Close the run")),
        Binding(
            "w", "report", "report", id="report", tooltip=N_("Write the report beside the save")
        ),
    ]
    name_of_page: ClassVar[str] = N_("review")

    def __init__(self) -> None:
        """The first page."""
        super().__init__()
        self.page = 0
        self._made: tuple[Game, Review] | None = None

    @property
    def result(self) -> Review:
        """The review of the run as it stands."""
        game = self.game
        if self._made is None or self._made[0] is not game:
            self._made = (game, review(game, self.table.sealed))
        return self._made[1]

    @property
    def closes(self) -> bool:
        """Whether this seat closes the run: any, where nobody facilitates."""
        return opens(self) or not self.game.run.facilitator

    @property
    def writes(self) -> bool:
        """Whether this seat may write the report to the disk of whoever runs the table."""
        own = not self.context.hosted or opens(self)
        return own and self.table.path is not None

    def foot(self) -> Sequence[tuple[str, str]]:
        """Paging; Enter closes the run once."""
        keys = [("read-on part-back", _("page")), ("down up", _("row")), ("W", _("board"))]
        if self.form != SMALL:
            keys += [("S", _("standing")), ("M", _("map"))]
        if self.table.closed and self.table.path is not None:
            keys.append(("P", _("replay")))
        if self.writes:
            keys.append(("report", _("report")))
        if self.game.phase == phases.HOTWASH and self.closes:
            keys.insert(0, ("close-run", _("close the run")))
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
        width = self.places["rows"].width
        if self.page == PROFILE:
            rows = self._profile(view, width)
        else:
            tight = self.form == SMALL and not self.page
            rows = document.rows(self._document(view), width - 2, ink, tight=tight)
        self.put_scroll("rows", rows)
        note = _(
            "page {page} of {pages}: {name}",
            page=self.page + 1,
            pages=len(PAGES),
            name=_(PAGES[self.page]),
        )
        self.put(
            "head",
            [
                paint.line(
                    width,
                    [
                        (_("Review of {title}", title=view.title), f"bold {ink.strong}"),
                        (
                            "" if self.form == SMALL else _("   seed {seed}", seed=view.seed),
                            ink.muted,
                        ),
                    ],
                    [(note, ink.muted)],
                ),
                paint.rule(width, ink, self.glyphs),
            ],
        )

    def _document(self, view: Review) -> tuple[Part, ...]:
        """What stands on the page that is open."""
        match self.page:
            case 0:
                return self._answer(view)
            case 1:
                apart = (part for row in text.adversaries(view) for part in (row, Space()))
                return (*apart,) or (Paragraph(_("Nobody stood against the table.")),)
            case 3:
                apart = (part for turn in text.turns(view, whole=True) for part in (turn, Space()))
                return (*apart,) or (Paragraph(_("No turn was played.")),)
            case _:
                return self._clocks(view)

    def _answer(self, view: Review) -> tuple[Part, ...]:
        asked = Section(_("What was asked"), (Paragraph(view.asked),))
        chosen = tuple(Paragraph(sentence, tone="strong") for sentence in view.chosen)
        return (
            *(Paragraph(sentence, tone="bad") for sentence in view.apart),
            asked,
            Section(_("What you chose"), chosen),
            *text.acts(view),
            text.moved(view),
            text.most(view),
            Space(),
            *text.closed(view),
            *text.limits(view),
        )

    def _profile(self, view: Review, width: int) -> list[Text]:
        ink = self.ink
        names = [name for name, _, _ in view.profile[0].references] if view.profile else []
        wide = width >= 100
        room = 34 if wide else 26
        head = f"{'':<{room}}{_('this run'):>16}" + "".join(f"{name:>16}" for name in names)
        sub = f"{'':<{room}}" + f"{_('mean'):>9}{_('last'):>7}" * (1 + len(names))
        beside = _("at the end, than {names}", names=names[0]) if wide and names else ""
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
            tone = {1: ink.cool, -1: ink.heat}.get(row.ahead, ink.muted)
            cells: list[Seg] = [
                (paint.cell(row.name, room - 1, self.glyphs), ink.text),
                (" ", ""),
                (f"{row.way / 100:>9.2f}", ink.text),
                (f"{row.end / 100:>7.2f}", f"bold {ink.strong}"),
            ]
            for _name, way, end in row.references:
                cells.append((f"{way / 100:>9.2f}{end / 100:>7.2f}", ink.muted))
            right: list[Seg] = [(row.against, tone)] if wide else []
            rows.append(paint.line(width, cells, right))
            if self.form != SMALL:
                rows.append(paint.blank(width))
        low = [row.name for row in view.profile if row.better == "lower"]
        words = _(
            "The mean is over the turns played (on the way), the last is the last turn (at the"
            " end). They may point different ways: a promise counts at once, delivery takes time."
        )
        if low:
            words = f"{words} {_('{score}: low is good.', score=low[0])}"
        return [
            *rows,
            paint.blank(width),
            *document.rows([Paragraph(words, tone="muted")], width, ink),
            *document.rows(target_section(view.targets), width, ink),
        ]

    def _clocks(self, view: Review) -> tuple[Part, ...]:
        in_time, late, too_late = view.timings
        crises = _(
            "{in_time} in time, {late} late, {too_late} far too late.",
            in_time=in_time,
            late=late,
            too_late=too_late,
        )
        stages = tuple(
            Entry(
                (name, str(count), self.glyphs.bar * (2 * count)),
                tones=("text", "text", "bad"),
                columns=(33, 3),
                numbers=(1,),
            )
            for name, count in view.slowest
        )
        flips = tuple(
            Paragraph(f"{ruling.number} {ruling.title}. {' '.join(ruling.margin)}")
            for turn in view.rows
            for ruling in turn.rulings
            if ruling.clock is not None
        )
        notes = tuple(
            Paragraph(_("T{turn} {who}: {note}", turn=turn, who=who, note=note))
            for turn, who, note in view.notes
        )
        nobody = Paragraph(_("Nobody wrote a note."), tone="muted")
        return (
            Section(_("Crises"), (Paragraph(crises, tone="strong"),)),
            Section(_("Which stage was slowest"), stages),
            Section(_("What would have flipped it"), flips),
            Section(
                _("Who played"),
                (Facts(view.players), *map(Paragraph, view.record)),
            ),
            Section(_("Notes"), notes or (nobody,)),
        )

    def action_turn(self, by: int) -> None:
        """A page on or back."""
        self.page = (self.page + by) % len(PAGES)
        cast("ScrollRegion", self.regions["rows"]).top = 0
        self.paint()

    def action_on(self) -> None:
        """The rows below, then the next page."""
        rows = cast("ScrollRegion", self.regions["rows"])
        if rows.below:
            rows.action_turn(1)
        else:
            self.action_turn(1)

    def action_close_run(self) -> None:
        """The hot wash is over; where somebody facilitates, that is theirs to say."""
        if self.game.phase == phases.HOTWASH and not self.closes:
            self.show_notice(_("The facilitator closes the run."))
        elif self.game.phase == phases.HOTWASH and self.request(Continue()):
            self.show_notice(_("The run is closed; its record stays. q goes back."))

    def action_report(self) -> None:
        """Write the after-action review beside the save; whose table it is, or who holds it."""
        path = self.table.path
        if not self.writes or path is None:
            self.show_notice(_("The facilitator writes the report."))
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
