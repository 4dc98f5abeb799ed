"""The response: how an adversary answers the turn, chosen by its own seat among its moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _
from ttx.session.play_commands import Respond
from ttx.session.view.choice import ChoiceRow, ChoiceView, choice
from ttx.session.view.tracks import tracks
from ttx.session.view.words import listed
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens import sheets
from ttx.tui.screens.play import PlayPage
from ttx.tui.screens.table_panels import headed, tracks_rows
from ttx.tui.screens.table_places import REST, RIGHT
from ttx.tui.widgets import aims

ADVICE = N_("price and the rule's odds in 100: advice, and no more")


class ResponseScreen(PlayPage):
    """Aim, purse and three moves with their prices; a digit marks one, Enter seals it."""

    PAUSES: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = ("title", "moves", "told", "gate", "aim", "news", "tracks")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"moves": ListRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"choose({n})", "choose", id=f"respond-{n}", tooltip="Mark this move")
            for n in range(1, 4)
        ),
        Binding("enter", "give", "seal", id="respond", tooltip="Seal what is marked"),
        Binding("tab", "other", "next one", id="other", tooltip="The next adversary of your own"),
        Binding("t", "all_tracks", "tracks", id="all-tracks", tooltip="All tracks"),
    ]

    def __init__(self) -> None:
        """Nothing is marked."""
        super().__init__()
        self._at = 0
        self._marks: dict[tuple[int, str], int] = {}
        """The move that is marked, by turn and adversary."""

    # --- what is shown ---

    def choice(self) -> ChoiceView | None:
        """What there is to choose; None where the run went on."""
        return self.seen(choice)

    def row(self) -> ChoiceRow | None:
        """The adversary that is looked at."""
        view = self.choice()
        return view.rows[self._at % len(view.rows)] if view is not None else None

    def _mark(self, view: ChoiceView, of: ChoiceRow) -> int:
        """The place of the marked move: what is chosen, before anything is marked; -1 for none."""
        chosen = next((at for at, move in enumerate(of.moves) if move.chosen), -1)
        return self._marks.get((view.turn, of.of.id), chosen)

    def foot(self) -> Sequence[tuple[str, str]]:
        """Digits mark, Enter seals."""
        view, of, keys = self.choice(), self.row(), list[tuple[str, str]]()
        if view is not None and of is not None and of.mine and not view.shut:
            keys += [("respond-1..respond-3", _("mark")), ("respond", _("seal"))]
        if view is not None and len(view.rows) > 1:
            keys.append(("other", _("next one")))
        if of is not None and of.mine:
            keys.append(("aims", _("aim")))
        away = [("go-theatre", _("map")), ("go-briefing", _("briefing"))]
        return [*keys, ("all-tracks", _("tracks")), *away]

    def plan(self) -> dict[str, Box]:
        """Moves left, aim and tracks right; on a small terminal all in one column."""
        state, gate = Cell("told", 2), Cell("gate", 1)
        if self.form == SMALL:
            upper = Cell("title", 1), Cell("aim", 4), Cell("moves", 7)
            lower = Cell("news", 1), REST, Cell("tracks", 2)
            return boxes(column(*upper, 1, state, gate, 1, *lower), self.body)
        moves, news, size = Cell("moves", 13), Cell("news", 5), self.by_size(0, 67, 80)
        left = column(1, Cell("title", 2), 1, moves, 1, state, 1, gate, 2, news, size=size)
        right = column(1, Cell("aim", 22), 1, Cell("tracks", 12), size=RIGHT)
        return boxes(row(left, 5 if self.form == LARGE else REST, right), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        view, of = self.choice(), self.row()
        if view is None or of is None:
            return
        ink, signs, small, several = self.ink, self.glyphs, self.form == SMALL, len(view.rows) > 1
        boxes_, mark = self.places, self._mark(view, of)
        asks = _("Turn {turn}: how does {of} respond?", turn=view.turn, of=of.of.name)
        count = _("{at} of {rows}", at=self._at % len(view.rows) + 1, rows=len(view.rows))
        note = [(count, ink.muted)] if several else []
        width = boxes_["title"].width
        title = paint.line(width, [(asks, f"bold {ink.strong}")], note)
        self.put("title", [title] if small else [title, paint.rule(width, ink, signs)])

        moves = {move.response: move for move in of.moves}

        def draw(name: str, _marked: bool) -> Sequence[Text]:  # noqa: FBT001  # as a list asks for it
            at = [*moves].index(name)
            return aims.move_rows(
                moves[name], at + 1, width, ink, signs, marked=at == mark, tall=not small
            )

        head = paint.label(width, _("YOUR MOVES") if of.mine else _("ITS MOVES"), ink, _(ADVICE))
        self.put_list("moves", [*moves], draw, [head])
        self.list("moves").at = mark

        across = boxes_["aim"].width
        if small:
            self.put("aim", aims.aim_rows_small(of.of, across, ink, 2))
        else:
            named = several or not of.mine
            self.put("aim", aims.aim_rows(of.of, across, ink, signs, named=named))
        lines = paint.broken(self._told(view, of), width)
        self.put("told", [paint.line(width, [(line, ink.text)]) for line in lines])
        self.put("gate", [self._gate(view, of, mark, width)])
        self.put("news", self._news(view, boxes_["news"]))
        self.put("tracks", tracks_rows(self, boxes_["tracks"]))

    def _news(self, view: ChoiceView, box: Box) -> Sequence[Text]:
        ink, titles = self.ink, view.news or (_("None came."),)
        if box.height == 1:
            words = [(_("news  "), ink.muted), ("; ".join(titles), ink.text)]
            return [paint.line(box.width, words)]
        rows = [paint.line(box.width, [(title, ink.text)]) for title in titles]
        return headed(self, box, _("THE NEWS OF THIS TURN"), "", rows)

    def _told(self, view: ChoiceView, of: ChoiceRow) -> str:
        """How far the choice is, in a sentence or two."""
        waits = _("All have chosen.")
        if view.waiting:
            waits = _("Waiting for {listed}.", listed=listed(view.waiting))
        if view.shut:
            return _("The choice is closed; the reckoning comes next.")
        if not of.mine:
            who = {"chooser": of.chooser, "of": of.of.name}
            return _("{chooser} chooses for {of}. {waits}", **who, waits=waits)
        if not of.chosen:
            return _(
                "A digit marks a move, {key} seals it; only the white cell reads it before the"
                " reckoning.",
                key=self.key("respond"),
            )
        if view.held:
            again = _("Sealed. It may be changed until the facilitator closes the choice.")
            return f"{again} {waits}"
        alone = _("Sealed: your seat and the white cell alone read it until the reckoning stands.")
        return f"{alone} {waits}"

    def _gate(self, view: ChoiceView, of: ChoiceRow, mark: int, width: int) -> Text:
        if view.shut or not of.mine or mark < 0 or of.moves[mark].chosen or not self.live:
            return paint.blank(width)
        word = _("Change it") if of.chosen else _("Seal it")
        button = paint.button(self.key("respond"), word, self.ink, default=True, does="give")
        return paint.line(width, button)

    # --- keys ---

    def _mine(self) -> tuple[ChoiceView, ChoiceRow] | None:
        """The choice and the adversary that is looked at, where this seat may choose for it now."""
        view, of = self.choice(), self.row()
        reads = self.recorded or self.context.previewing
        if view is None or of is None or not of.mine or view.shut or reads:
            self.show_notice(_("Nothing is chosen from here."))
            return None
        return view, of

    def on_list_region_marked(self) -> None:
        """Keep which move is marked; one that cannot be paid is refused when it is sealed."""
        mine = self._mine()
        if mine is not None:
            view, of = mine
            self._marks[view.turn, of.of.id] = self.list("moves").at
            self.context.record_activity()

    def on_list_region_chosen(self) -> None:
        """A second click seals."""
        self.action_give()

    def action_choose(self, number: int) -> None:
        """Mark a move."""
        self.list("moves").at = number - 1
        self.on_list_region_marked()
        self.paint()

    def action_other(self) -> None:
        """Look at the next adversary."""
        self._at += 1
        self.paint()

    def action_give(self) -> None:
        """Seal what is marked, and look at the next adversary without a choice."""
        mine = self._mine()
        if mine is None:
            return
        view, of = mine
        mark = self._mark(view, of)
        if mark < 0:
            key = self.key("respond")
            self.show_notice(_("Mark a move with a digit first; {key} seals it.", key=key))
        elif self.request(Respond(of.of.id, of.moves[mark].response)):
            now = self.choice()
            rows = now.rows if now is not None else ()
            left = (at for at, row in enumerate(rows) if row.mine and not row.chosen)
            self._at = next(left, self._at)
            self.paint()

    def action_all_tracks(self) -> None:
        """All tracks that the seat sees."""
        self.shell.open(sheets.all_tracks(self.seen(tracks)))
