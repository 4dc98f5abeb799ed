"""The response: how an adversary answers the turn, chosen by its own seat among its moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.play_commands import Respond
from ttx.session.view import words
from ttx.session.view.choice import ChoiceRow, ChoiceView, choice
from ttx.session.viewing import Viewing
from ttx.tui import paint
from ttx.tui.page import MIDDLE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens import sheets
from ttx.tui.screens.table_watch import WatchPage
from ttx.tui.widgets import aims

ADVICE = N_("price and the rule's odds in 100: advice, and no more")
OPEN = N_(
    "A digit marks a move, Enter seals it; only the white cell reads it before the reckoning."
)
SEALED = N_("Sealed: your seat and the white cell alone read it until the reckoning stands.")


class ResponseScreen(WatchPage):
    """Aim, purse and three moves with their prices; a digit marks one, Enter seals it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("title", "moves", "told", "gate", "aim", "news", "tracks")
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"choose({n})", "choose", id=f"respond-{n}", tooltip="Mark this move")
            for n in range(1, 4)
        ),
        Binding("enter", "give", "seal", id="respond", tooltip="Seal what is marked"),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next move"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Move before"),
        Binding("tab", "other", "next one", id="other", tooltip="The next adversary of your own"),
        Binding("t", "all_tracks", "tracks", id="all-tracks", tooltip="All tracks"),
    ]

    def __init__(self) -> None:
        """Nothing is marked."""
        super().__init__()
        self._at = 0
        self._marked: dict[str, int] = {}
        """The move that is marked, by turn and adversary."""

    # --- what is shown ---

    def choice(self) -> ChoiceView | None:
        """What there is to choose; None where the run went on."""
        return self.kept("choice", lambda: choice(self.eye))

    def row(self) -> ChoiceRow | None:
        """The adversary that is looked at."""
        view = self.choice()
        return view.rows[self._at % len(view.rows)] if view is not None else None

    def _key(self, row: ChoiceRow) -> str:
        view = self.choice()
        return f"{view.turn if view is not None else 0}:{row.of.id}"

    def _mark(self, row: ChoiceRow) -> int:
        """The place of the marked move: what is chosen, before anything else is marked."""
        made = next((at for at, one in enumerate(row.moves) if one.chosen), -1)
        return self._marked.get(self._key(row), made)

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits mark, Enter seals."""
        view, row = self.choice(), self.row()
        keys = []
        if row is not None and row.mine and not (view is None or view.shut):
            keys += [("1-3", _("mark")), ("Enter", _("seal"))]
        if view is not None and len(view.rows) > 1:
            keys.append(("Tab", _("next one")))
        own = [("O", _("aim"))] if row is not None and row.mine else []
        return [*keys, *own, ("t", _("tracks")), ("M", _("map")), ("B", _("briefing"))]

    def plan(self) -> dict[str, Box]:
        """Moves left, aim and tracks right; on a small terminal all in one column."""
        x, y, width, height = self.body
        if self.form == SMALL:
            return {
                "title": Box(x, y, width, 1),
                "aim": Box(x, y + 1, width, 4),
                "moves": Box(x, y + 5, width, 7),
                "told": Box(x, y + 13, width, 2),
                "gate": Box(x, y + 15, width, 1),
                "news": Box(x, y + 17, width, 1),
                "tracks": Box(x, y + height - 2, width, 2),
            }
        left = 67 if self.form == MIDDLE else 80
        right = 46
        column = x + left + (width - left - right if self.form == MIDDLE else 5)
        return {
            "title": Box(x, y + 1, left, 2),
            "moves": Box(x, y + 4, left, 13),
            "told": Box(x, y + 18, left, 2),
            "gate": Box(x, y + 21, left, 1),
            "news": Box(x, y + 24, left, 5),
            "aim": Box(column, y + 1, right, 22),
            "tracks": Box(column, y + 24, right, min(12, height - 24)),
        }

    def draw(self) -> None:
        """Fill the regions."""
        view, row = self.choice(), self.row()
        if view is None or row is None:
            return
        ink, signs, small = self.ink, self.glyphs, self.form == SMALL
        width = self.places["title"].width
        asks = _("Turn {turn}: how does {of} respond?", turn=view.turn, of=row.of.name)
        count = _("{at} of {rows}", at=self._at % len(view.rows) + 1, rows=len(view.rows))
        note = count if len(view.rows) > 1 else ""
        title = paint.line(width, [(asks, f"bold {ink.strong}")], [(note, ink.muted)])
        self.put("title", [title] if small else [title, paint.rule(width, ink, signs)])
        self._draw_moves(row)
        self._draw_aim(row, named=len(view.rows) > 1 or not row.mine)
        wide = self.places["told"].width
        told = paint.broken(self._told(view, row), wide)
        self.put("told", [paint.line(wide, [(one, ink.text)]) for one in told])
        self.put("gate", [paint.line(wide, self._gate(view, row))])
        self._draw_news(view)
        self._draw_tracks()

    def _draw_moves(self, row: ChoiceRow) -> None:
        width, ink, small = self.places["moves"].width, self.ink, self.form == SMALL
        head = [paint.label(width, _("YOUR MOVES") if row.mine else _("ITS MOVES"), ink, _(ADVICE))]
        made = aims.move_rows(row.moves, self._mark(row), width, ink, self.glyphs, tall=not small)
        self.put("moves", head + [one for rows in made for one in rows])

    def _draw_aim(self, row: ChoiceRow, *, named: bool) -> None:
        width, ink = self.places["aim"].width, self.ink
        if self.form == SMALL:
            self.put("aim", aims.aim_rows_small(row.of, width, ink, 2))
        else:
            self.put("aim", aims.aim_rows(row.of, width, ink, self.glyphs, named=named))

    def _draw_news(self, view: ChoiceView) -> None:
        width, ink = self.places["news"].width, self.ink
        told = view.news or (_("None came."),)
        if self.form == SMALL:
            row: list[Seg] = [(_("news  "), ink.muted), ("; ".join(told), ink.text)]
            self.put("news", [paint.line(width, row)])
            return
        head = [
            paint.label(width, _("THE NEWS OF THIS TURN"), ink),
            paint.rule(width, ink, self.glyphs),
        ]
        self.put("news", head + [paint.line(width, [(one, ink.text)]) for one in told])

    def _told(self, view: ChoiceView, row: ChoiceRow) -> str:
        """How far the choice is, in a sentence or two."""
        waits = (
            _("Waiting for {listed}.", listed=words.listed(view.waiting))
            if view.waiting
            else _("All have chosen.")
        )
        if view.shut:
            return _("The choice is closed; the reckoning comes next.")
        if not row.mine:
            return _(
                "{chooser} chooses for {of}. {waits}",
                chooser=row.chooser,
                of=row.of.name,
                waits=waits,
            )
        if not row.chosen:
            return _(OPEN)
        again = (
            _(" It may be changed until the facilitator closes the choice.") if view.held else ""
        )
        return f"{_('Sealed.') if again else _(SEALED)}{again} {waits}"

    def _gate(self, view: ChoiceView, row: ChoiceRow) -> list[Seg]:
        at = self._mark(row)
        if view.shut or not row.mine or at < 0 or row.moves[at].chosen or not self.live:
            return []
        word = _("Change it") if row.chosen else _("Seal it")
        return paint.button("Enter", word, self.ink, default=True)

    # --- keys ---

    def _mine(self) -> ChoiceRow | None:
        """The adversary that is looked at, where this seat may choose for it now."""
        view, row = self.choice(), self.row()
        reads = isinstance(self.context.table, Viewing) or self.context.previewing
        if view is None or row is None or not row.mine or view.shut or reads:
            self.show_notice(_("Nothing is chosen from here."))
            return None
        return row

    def action_choose(self, number: int) -> None:
        """Mark a move; one that cannot be paid is refused when it is sealed."""
        row = self._mine()
        if row is not None and number <= len(row.moves):
            self._marked[self._key(row)] = number - 1
            self.context.record_activity()
            self.paint()

    def action_step(self, by: int) -> None:
        """Mark the next move, or the one before."""
        row = self._mine()
        if row is not None:
            self.action_choose((self._mark(row) + by) % len(row.moves) + 1)

    def action_other(self) -> None:
        """Look at the next adversary."""
        self._at += 1
        self.paint()

    def action_give(self) -> None:
        """Seal what is marked, and look at the next adversary without a choice."""
        row = self._mine()
        if row is None:
            return
        at = self._mark(row)
        if at < 0:
            self.show_notice(_("Mark a move with a digit first; Enter seals it."))
            return
        if not self.request(Respond(row.of.id, row.moves[at].response)):
            return
        view = self.choice()
        left = [n for n, one in enumerate(view.rows) if one.mine and not one.chosen] if view else []
        if left:
            self._at = left[0]
        self.paint()

    def action_all_tracks(self) -> None:
        """All tracks that the seat sees."""
        self.shell.open(sheets.all_tracks(self._tracks()))

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks a move; the button seals."""
        each = 2 if self.form == SMALL else 4
        if event.region == "moves" and event.row:
            self.action_choose((event.row - 1) // each + 1)
        elif event.region == "gate":
            self.action_give()
