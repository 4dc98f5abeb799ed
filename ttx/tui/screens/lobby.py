"""The lobby: who you are here, who else has come, what your terminal shows, and the way in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.attendance import Place
from ttx.session.game import Game
from ttx.session.view.brief import brief, in_play
from ttx.session.view.pace import named
from ttx.session.view.table import Status, status
from ttx.tui import paint
from ttx.tui.page import LARGE, LEAST, MIDDLE, SMALL, Page
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.sheets import catch_up
from ttx.tui.widgets import seats

FORMS = {
    SMALL: N_("One column; 120 by 38 or more has room for two."),
    MIDDLE: N_("Two columns: levers and tracks stand beside the question."),
    LARGE: N_("Three columns: the map stands beside the question."),
}
TOO_SMALL = N_("Make the window larger, or its letters smaller (often ctrl and minus).")
LANGUAGES = {"en": "English", "ja": "日本語", "ko": "한국어"}
RETURN = N_("You came without a key. To come back, type:")
KEY = N_("A key made with ssh-keygen spares you that.")
LEAVE = N_("Leave the lobby? Your seat is kept, and the same command brings you back.")
WORD = N_("Go in")


class LobbyScreen(Page):
    """Before the table, and whenever somebody comes back to it."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "seats", "terminal", "gate")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_in", "go in", id="go-in", tooltip="Go to your seat"),
        Binding("K", "catch_up", "catch up", id="catch-up", tooltip="A brief of where it stands"),
        Binding("L", "language", "language", id="language", tooltip="The next language"),
    ]

    # --- what is shown ---

    @property
    def game(self) -> Game:
        """The run as it stands."""
        assert self.context.table is not None
        return self.context.table.game

    @property
    def view(self) -> Status:
        """Title, turn, and who this seat is."""
        return status(self.context.eye)

    @property
    def languages(self) -> list[str]:
        """Those of the exercise."""
        return self.game.run.exercise.languages

    def banner(self) -> str:
        """The exercise's own words."""
        return self.game.run.exercise.banner

    def status(self) -> tuple[Sequence[Seg], Sequence[Seg]]:
        """The lobby of which exercise, and the seat."""
        ink, view = self.ink, self.view
        left = [(_("Lobby"), f"bold {ink.cool}"), (f"   {view.title}", f"bold {ink.strong}")]
        return left, [(view.seat, f"bold {ink.strong}"), (f" {view.cell}", ink.muted)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """In, the languages where there are several, and where the themes are."""
        more = [("L", _("language"))] if len(self.languages) > 1 else []
        late = [("K", _("catch up"))] if in_play(self.game) else []
        return [("Enter", _("go in")), *late, *more, ("ctrl+p", _("theme"))]

    @property
    def leaving(self) -> str:
        """Out of the lobby is out."""
        return "leave"

    def plan(self) -> dict[str, Box]:
        """One column, or who is here left and the terminal right."""
        x, y, width, height = self.body
        if self.form == SMALL:
            last = 6 if self.context.state.return_code else 4
            return {
                "head": Box(x, y, width, 4),
                "seats": Box(x, y + 5, width, height - 7 - last),
                "terminal": Box(x, y + height - 2 - last, width, last),
                "gate": Box(x, y + height - 1, width, 1),
            }
        left = 68 if self.form == MIDDLE else 84
        gap = 4 if self.form == MIDDLE else 8
        count = len(self._places()) + 2  # a label and its rule
        return {
            "head": Box(x, y + 1, width, 5),
            "gate": Box(x, y + 7, width, 1),
            "seats": Box(x, y + 10, left, min(count, height - 11)),
            "terminal": Box(x + left + gap, y + 10, width - left - gap, 17),
        }

    def draw(self) -> None:
        """Fill the regions."""
        places = self.places
        self.put("head", self._head(places["head"].width))
        self.put("seats", self._seats(places["seats"].width, places["seats"].height))
        self.put("terminal", self._terminal(places["terminal"].width))
        words = _("   your screen is where you left it") if self.context.state.where else ""
        key = paint.button("Enter", _(WORD), self.ink, default=True)
        self.put("gate", [paint.line(places["gate"].width, [*key, (words, self.ink.muted)])])

    def _head(self, width: int) -> list[Text]:
        ink, view = self.ink, self.view
        title = self.game.run.exercise.briefing.title
        sits = _("You sit as {seat}, {cell}.", seat=view.seat, cell=self._cell(view))
        rows = [
            paint.line(width, [(text(title, self.context.language), f"bold {ink.strong}")]),
            paint.rule(width, ink, self.glyphs),
            *([] if self.form == SMALL else [paint.blank(width)]),
            paint.line(width, [(sits, f"bold {ink.strong}")]),
        ]
        return [*rows, paint.line(width, [(self._stands(view), ink.text)])]

    def _cell(self, view: Status) -> str:
        """`US cell, lead`; the room's screen has no cell."""
        cell, comma, rank = view.cell.rpartition(", ")
        return _("{cell} cell, {rank}", cell=cell, rank=rank) if comma else view.cell

    def _stands(self, view: Status) -> str:
        """How far the run is, in one sentence."""
        game = self.game
        if game.phase == phases.BRIEFING:
            return _("Nothing has begun: read your briefing, and say when you are ready.")
        if game.phase in phases.PLAY_IS_OVER:
            return _("The exercise has ended; the review is open.")
        paused = _(", paused") if view.paused else ""
        where = _(
            "Turn {turn} of {turns} is under way: {phase}{paused}.",
            turn=view.turn,
            turns=view.turns,
            phase=view.phase,
            paused=paused,
        )
        return _("{where} K catches you up.", where=where)

    def _places(self) -> list[Place]:
        found = self.context.attendance
        return found.places() if found is not None else []

    def _seats(self, width: int, height: int) -> list[Text]:
        every = self._places()
        here = sum(one.on for one in every)
        rows = [
            paint.label(
                width,
                _("WHO IS HERE"),
                self.ink,
                _("{here} of {every}", here=here, every=len(every)),
            )
        ]
        if self.form != SMALL:
            rows.append(paint.rule(width, self.ink, self.glyphs))
        room = height - len(rows)
        columns = 2 if self.form == SMALL and len(every) > room else 1
        shown = every[: room * columns]
        each = width // columns
        made = [self._seat(one, each) for one in shown]
        if len(shown) < len(every):
            left = _("and {every} more", every=len(every) - len(shown) + 1)
            made[-1] = paint.line(each, [(left, self.ink.muted)])
        down = -(-len(made) // columns)
        for at in range(down):
            beside = made[at + down] if at + down < len(made) else ""
            rows.append(Text.assemble(made[at], beside, end="") if columns > 1 else made[at])
        return rows

    def _seat(self, place: Place, width: int) -> Text:
        name, cell = named(self.context.eye, place.seat)
        own = place.seat == self.context.seat
        return seats.lobby_row(place, name, cell, width, self.ink, own=own)

    def _terminal(self, width: int) -> list[Text]:
        """Size, colours, language, and the way back, each in words."""
        ink, small = self.ink, self.form == SMALL
        columns, lines = self.app.size
        told = [
            (
                _("size"),
                _(
                    "{columns} by {lines}. {form}",
                    columns=columns,
                    lines=lines,
                    form=_(FORMS[self.form]),
                ),
            )
        ]
        colours = f"{self.context.terminal_words}. " if self.context.terminal_words else ""
        told.append(
            (_("colours"), _("{colours}ctrl+p has a light and a bright theme.", colours=colours))
        )
        told.append((_("language"), self._language()))
        head = [paint.label(width, _("YOUR TERMINAL"), ink)]
        rows = head if small else [*head, paint.rule(width, ink, self.glyphs)]
        for name, words in told:
            first, *more = paint.wrap(words, width - 10) if not small else [words]
            rows.append(paint.line(width, [(f"{name:<10}", ink.muted), (first, ink.text)]))
            rows += [paint.line(width, [(" " * 10, ""), (one, ink.text)]) for one in more]
        return rows + self._way_back(width)

    def _language(self) -> str:
        now = self.context.language
        others = [LANGUAGES.get(one, one) for one in self.languages if one != now]
        switch = (
            _("; L for {others}", others=_(" or ").join(others))
            if others
            else _(", the only one of this exercise")
        )
        return f"{LANGUAGES.get(now, now)}{switch}."

    def _way_back(self, width: int) -> list[Text]:
        ink, code = self.ink, paint.clean(self.context.state.return_code)
        if not code:
            return []
        strong = f"bold {ink.strong}"
        if self.form == SMALL:
            cells = [(f"{_(RETURN)} ", ink.text), (code, strong)]
            return [paint.line(width, cells), paint.line(width, [(_(KEY), ink.muted)])]
        rows = [paint.blank(width), paint.label(width, _("TO COME BACK"), ink)]
        rows.append(paint.rule(width, ink, self.glyphs))
        rows += [paint.line(width, [(one, ink.text)]) for one in paint.wrap(_(RETURN), width)]
        rows.append(paint.line(width, [(code, strong)]))
        return rows + [paint.line(width, [(one, ink.muted)]) for one in paint.wrap(_(KEY), width)]

    def _too_small(self) -> None:
        """Here there is still time to mend it, so it is said how."""
        super()._too_small()
        width, height = self.app.size
        words = _(
            "{columns} by {lines} or more, please; now {width} by {height}. {too_small}",
            columns=LEAST[0],
            lines=LEAST[1],
            width=width,
            height=height,
            too_small=_(TOO_SMALL),
        )
        self.put("notice", [Text(part, end="") for part in paint.wrap(words, width)])

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no key for a choice of one language, nor a brief of what has not begun."""
        if action == "catch_up" and not in_play(self.game):
            return False
        if action == "language" and len(self.languages) < 2:
            return False
        return super().check_action(action, parameters)

    def action_go_in(self) -> None:
        """To the seat's screen."""
        self.shell.enter()

    def action_catch_up(self) -> None:
        """What this seat has to know to go on."""
        self.shell.open(catch_up(lambda: brief(self.context.eye)))

    def action_language(self) -> None:
        """The exercise's next language."""
        known, now = self.languages, self.context.language
        at = known.index(now) if now in known else -1
        self.context.reader.language = known[(at + 1) % len(known)]
        self.paint()

    def action_back(self) -> None:
        """Leave, after a question."""
        words = (
            self.context.leaving_words
            if self.context.state.return_code or self.context.taken_over
            else _(LEAVE)
        )
        self.confirm(words, _("Leave"), self.shell.leave)

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """The button takes a click."""
        if event.region == "gate" and self.on_button(event, "Enter", _(WORD)):
            self.action_go_in()
