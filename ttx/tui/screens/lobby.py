"""The lobby: who you are here, who else has come, what your terminal shows, and the way in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx import catalogues
from ttx.i18n import N_, _, ngettext
from ttx.session import phases
from ttx.session.attendance import Place
from ttx.session.game import Game
from ttx.session.stating import states_now
from ttx.session.view.brief import brief, in_play
from ttx.session.view.pace import named
from ttx.session.view.particulars import anything_stated
from ttx.session.view.table import Status, status
from ttx.tui import paint
from ttx.tui.page import LARGE, MIDDLE, SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.table import Table
from ttx.tui.region import Box
from ttx.tui.screens import sheets
from ttx.tui.widgets import seats

FORMS = {
    SMALL: N_("One column; 120 by 38 or more has room for two."),
    MIDDLE: N_("Two columns: levers and tracks stand beside the question."),
    LARGE: N_("Three columns: the map stands beside the question."),
}
LANGUAGES = {"en": "English", "ja": "日本語", "ko": "한국어"}
"""Languages, each in its own words."""
NAME = 10
"""Cells of the words before what is said of the terminal."""


MOST = 3
"""Keys beside which there is room for that of the themes at 80 columns."""


class LobbyScreen(Page):
    """Before the table, and whenever somebody comes back to it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "seats", "terminal", "gate")
    GIVES: ClassVar[tuple[str, ...]] = ("seats", "terminal")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_in", "go in", id="go-in", tooltip="Go to your seat"),
        Binding("K", "catch_up", "catch up", id="catch-up", tooltip="A brief of where it stands"),
        Binding(
            "C",
            "particulars",
            "session",
            id="particulars",
            tooltip="This session: for whom, when, where",
        ),
        Binding("L", "language", "language", id="language", tooltip="The next language"),
        Binding(
            "p",
            "lines",
            "plain lines",
            id="plain-lines",
            tooltip="Plain lines instead of screens; the seat keeps that",
        ),
    ]

    # --- what is shown ---

    @property
    def game(self) -> Game:
        """The run as it stands."""
        return self.context.game

    @property
    def view(self) -> Status:
        """Title, turn, and who this seat is."""
        return status(self.context.eye)

    @property
    def languages(self) -> list[str]:
        """Those of the exercise, and those that the program can be read in."""
        known = [*self.game.run.exercise.languages, *catalogues.available()]
        return [*dict.fromkeys(known)]

    def banner(self) -> str:
        """The exercise's own words."""
        return self.game.run.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """The lobby of which exercise, and the seat."""
        ink, view = self.ink, self.view
        left = [(_("Lobby"), f"bold {ink.cool}"), (f"   {view.title}", f"bold {ink.strong}")]
        return left, [(view.seat, f"bold {ink.strong}"), (f" {view.cell}", ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """In, the languages where there are several, and where the themes are.

        The page names the key of the themes as well, so where many keys stand here that one goes.
        """
        keys = [("go-in", _("go in"))]
        if in_play(self.game):
            keys.append(("catch-up", _("catch up")))
        if len(self.languages) > 1:
            keys.append(("language", _("language")))
        if self.states or anything_stated(self.context.eye):
            keys.append(("particulars", _("session")))
        keys.append(("plain-lines", _("plain lines")))
        return keys if len(keys) > MOST else [*keys, ("ctrl+p", _("theme"))]

    @property
    def leaving(self) -> str:
        """Out of the lobby is out."""
        return _("leave")

    def plan(self) -> dict[str, Box]:
        """One column, or who is here left and the terminal right."""
        gate = Cell("gate", 1)
        if self.form == SMALL:
            terminal = Cell("terminal", 6 if self.context.state.return_code else 4)
            below = (Cell("seats"), 1, terminal, 2)  # the last rows are for what is said
            return boxes(column(Cell("head", 4), gate, 1, *below), self.body)
        count = len(self._places()) + 2  # a label and its rule
        left = column(Cell("seats", count), size=self.by_size(0, 68, 84))
        beside = row(left, self.by_size(0, 4, 8), column(Cell("terminal", 17)))
        return boxes(column(1, Cell("head", 5), 1, gate, 2, beside, 1), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        places = self.places
        self.put("head", self._head(places["head"].width))
        self.put("seats", self._seats(places["seats"].width, places["seats"].height))
        self.put("terminal", self._terminal(places["terminal"].width))
        button = paint.button(self.key("go-in"), _("Go in"), self.ink, default=True, does="go_in")
        back = _("your screen is where you left it") if self.context.state.where else ""
        words = [*button, (f"   {back}", self.ink.muted)]
        self.put("gate", [paint.line(places["gate"].width, words)])

    def _head(self, width: int) -> list[Text]:
        ink, strong = self.ink, f"bold {self.ink.strong}"
        title = self.context.eye.text(self.game.run.exercise.briefing.title)
        return [
            paint.line(width, [(title, strong)]),
            paint.rule(width, ink, self.glyphs),
            *([] if self.form == SMALL else [paint.blank(width)]),
            paint.line(width, [(self._sits(), strong)]),
            paint.line(width, [(self._stands(), ink.text)]),
        ]

    def _sits(self) -> str:
        """Who sits here; the room's screen has no cell."""
        view = self.view
        if not view.cells:
            return _("You sit as {seat}, {what}.", seat=view.seat, what=view.cell)
        if view.leads:
            return _("You sit as {seat}, {cells} cell, lead.", seat=view.seat, cells=view.cells)
        return _("You sit as {seat}, {cells} cell, seat.", seat=view.seat, cells=view.cells)

    def _stands(self) -> str:
        """How far the run is, in one sentence."""
        game, view = self.game, self.view
        if game.phase == phases.BRIEFING:
            return _("Nothing has begun: read your briefing, and say when you are ready.")
        if game.phase in phases.PLAY_IS_OVER:
            return _("The exercise has ended; the review is open.")
        phase = _("{phase}, paused", phase=view.phase) if view.paused else view.phase
        return _(
            "Turn {turn} of {turns} is under way: {phase}. {key} catches you up.",
            turn=view.turn,
            turns=view.turns,
            phase=phase,
            key=self.key("catch-up"),
        )

    def _places(self) -> list[Place]:
        attendance = self.context.attendance
        return attendance.places() if attendance is not None else []

    def _seats(self, width: int, height: int) -> list[Text]:
        """Who is here; in two columns on a small terminal where one is too short."""
        places, small = self._places(), self.form == SMALL
        here = sum(place.on for place in places)
        note = _("{here} of {count}", here=here, count=len(places))
        head = [paint.label(width, _("WHO IS HERE"), self.ink, note)]
        if not small:
            head.append(paint.rule(width, self.ink, self.glyphs))
        room = height - len(head)
        columns = 2 if small and len(places) > room else 1
        table = seats.lobby_table(width // columns, self.glyphs)
        shown = places[: room * columns]
        rows = [self._seat(place, table) for place in shown]
        if len(shown) < len(places):
            count = len(places) - len(shown) + 1
            words = ngettext("and {count} more", "and {count} more", count)
            rows[-1] = paint.line(table.width, [(words, self.ink.muted)])
        down = -(-len(rows) // columns)
        return head + [Text.assemble(*rows[at::down], end="") for at in range(down)]

    def _seat(self, place: Place, table: Table) -> Text:
        eye = self.context.eye
        name, cell = named(eye, place.seat)
        return seats.lobby_row(place, name, cell, table, self.ink, own=place.seat == eye.seat)

    # --- the terminal ---

    def _terminal(self, width: int) -> list[Text]:
        """Size, colours, language, and the way back, each in words."""
        ink, small = self.ink, self.form == SMALL
        columns, lines = self.app.size
        form = _(FORMS[self.form])
        size = _("{columns} by {lines}. {form}", columns=columns, lines=lines, form=form)
        colours = _("{key} has a light and a bright theme.", key="ctrl+p")
        if self.context.terminal_words:
            colours = f"{self.context.terminal_words}. {colours}"
        parts = [(_("size"), size), (_("colours"), colours), (_("language"), self._language())]
        rows = [paint.label(width, _("YOUR TERMINAL"), ink)]
        if not small:
            rows.append(paint.rule(width, ink, self.glyphs))
        for name, words in parts:
            broken = [words] if small else paint.wrap(words, width - NAME)
            for at, line in enumerate(broken):
                head = f"{'' if at else name:<{NAME}}"
                rows.append(paint.line(width, [(head, ink.muted), (line, ink.text)]))
        return rows + self._way_back(width)

    def _language(self) -> str:
        now = self.context.language
        named_ = {code: LANGUAGES.get(code, code) for code in [now, *self.languages]}
        others = [name for code, name in named_.items() if code != now]
        if not others:
            return _("{language}, the only one of this exercise.", language=named_[now])
        return _(
            "{language}; {key} for {others}.",
            language=named_[now],
            key=self.key("language"),
            others=_(" or ").join(others),
        )

    def _way_back(self, width: int) -> list[Text]:
        ink, code = self.ink, paint.clean(self.context.state.return_code)
        if not code:
            return []
        strong = f"bold {ink.strong}"
        back = _("You came without a key. To come back, type:")
        key = _("A key made with ssh-keygen spares you that.")
        if self.form == SMALL:
            cells = [(f"{back} ", ink.text), (code, strong)]
            return [paint.line(width, cells), paint.line(width, [(key, ink.muted)])]
        return [
            paint.blank(width),
            paint.label(width, _("TO COME BACK"), ink),
            paint.rule(width, ink, self.glyphs),
            *(paint.line(width, [(line, ink.text)]) for line in paint.wrap(back, width)),
            paint.line(width, [(code, strong)]),
            *(paint.line(width, [(line, ink.muted)]) for line in paint.wrap(key, width)),
        ]

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no key for a choice of one language, nor a brief of what has not begun."""
        if action == "catch_up" and not in_play(self.game):
            return False
        stated = self.states or anything_stated(self.context.eye)
        if action == "particulars" and not stated:
            return False
        if action == "language" and len(self.languages) < 2:
            return False
        return super().check_action(action, parameters)

    def action_go_in(self) -> None:
        """To the seat's screen."""
        self.shell.enter()

    def action_catch_up(self) -> None:
        """What this seat has to know to go on."""
        self.shell.open(sheets.catch_up(lambda: brief(self.context.eye), self.host.rebound))

    @property
    def states(self) -> bool:
        """Whether this seat says for whom, when and where the session is."""
        return not self.context.taken_over and states_now(self.game, self.context.seat)

    def action_particulars(self) -> None:
        """For whom, when and where the session is: to be set by who may, else to be read."""
        if self.states:
            self.shell.go("particulars")
            return
        self.shell.open(sheets.session(lambda: self.context.eye))

    def action_lines(self) -> None:
        """Plain lines from here on; there, the word `screens` leads back."""
        self.context.state.lines = True
        self.shell.leave()

    def action_language(self) -> None:
        """The next language."""
        languages, now = self.languages, self.context.language
        at = languages.index(now) if now in languages else -1
        language = languages[(at + 1) % len(languages)]
        try:
            catalogues.load(language)
        except catalogues.NoCatalogue as error:
            self.show_notice(str(error))
            return
        self.context.reader.language = language
        self.paint()

    def action_back(self) -> None:
        """Leave, after a question."""
        words = _("Leave the lobby? Your seat is kept, and the same command brings you back.")
        if self.context.state.return_code or self.context.taken_over:
            words = self.context.leaving_words
        self.confirm(words, _("Leave"), self.shell.leave)
