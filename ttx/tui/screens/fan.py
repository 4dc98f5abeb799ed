"""The forecast: where robots would lead the run, for the option or the level under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from ttx.analysis.forecast import MEDIAN, WORLDS, Fan, against
from ttx.analysis.onward import AS_IT_STANDS, NOTHING, Candidate, closed, players, turns_to_come
from ttx.exercise.model import text
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view.standing import StandingView, no_forecast, standing
from ttx.tui import paint
from ttx.tui.foresight import Foresight
from ttx.tui.page import LARGE, SMALL
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.widgets import fan as widget
from ttx.tui.widgets.fan import Ahead, Choice

QUESTION = N_("Where would robots lead it from here?")
ACROSS = 4
"""Panels beside each other; the last one says how to read them."""
LOWEST = 9
"""Rows that a panel needs; where they have less, scores are rows."""
FAILED = N_("The forecast could not be worked out. Your seat and the record are safe.")
LED = N_("Structured judgement, not prediction.")


class FanScreen(PlayPage):
    """A fan for each score; what can be done next is marked above, and its own luck is shared."""

    REGIONS: ClassVar[tuple[str, ...]] = (
        "head",
        "list",
        "panels",
        "rows",
        "under",
    )
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"rows": ScrollRegion}
    WHOLE: ClassVar[tuple[str, ...]] = ("list",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"mark({n})", "mark", id=f"mark-{n}", tooltip="Mark this one")
            for n in range(10)
        ),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
        Binding("l,right", "lever(1)", "right", id="right", tooltip="Next lever"),
        Binding("h,left", "lever(-1)", "left", id="left", tooltip="Lever before"),
        Binding("v", "among", "among robots", id="among", tooltip="Among the robots' runs"),
        Binding("f", "back", "close", id="close", tooltip="Back"),
        Binding("o", "share", "share", id="share", tooltip="Share it with the other seats, or not"),
    ]
    name_of_page: ClassVar[str] = N_("forecast")

    def __init__(self) -> None:
        """Nothing is known; the cursor stands where it stood on the table."""
        super().__init__()
        self.foresight = Foresight(self._shown)
        self.lever = ""
        """The lever whose levels are laid out."""
        self.marked: Candidate | None = None
        """None until the page knows where the cursor stood."""
        self.among = False
        """On a small terminal, whether the runs of the robots are shown instead."""

    # --- what can be done next ---

    def _levers(self) -> tuple[lever_views.LeverView, ...]:
        if self.game.phase != phases.LEVERS or self.game.turn is None or self.game.turn.confirmed:
            return ()
        every = self.kept("levers", lambda: lever_views.levers(self.eye))
        return tuple(one for one in every if one.open)

    def _options(self) -> tuple[message_views.OptionView, ...]:
        if self.game.phase not in (phases.DELIBERATION, phases.ADJUDICATION):
            return ()
        view = self.kept("message", lambda: message_views.message(self.eye))
        return view.options if view is not None else ()

    def choices(self) -> list[Choice]:
        """As things stand, then the options of the inject, or the levels of the lever."""
        found = [Choice(AS_IT_STANDS, _("as things stand"))]
        found += [self._choice(Candidate(one.id), one.title) for one in self._options()]
        lever = next((one for one in self._levers() if one.id == self.lever), None)
        for level in lever.levels if lever is not None else ():
            held = _(", as it is,") if level.held else ""
            title = _(
                "{lever} [{level}]{held} from here on",
                lever=self.lever,
                level=level.name,
                held=held,
            )
            found.append(self._choice(Candidate(lever=self.lever, level=level.id), title))
        return found[:10]

    def _choice(self, candidate: Candidate, title: str) -> Choice:
        return Choice(candidate, title, closed(self.game, candidate))

    def _at_the_cursor(self) -> None:
        """Begin where the cursor stands on the table that this page was opened over."""
        from ttx.tui.screens.table import TableScreen

        self.marked = AS_IT_STANDS
        levers = self._levers()
        self.lever = levers[0].id if levers else ""
        table = next((s for s in self.app.screen_stack if isinstance(s, TableScreen)), None)
        if table is None:
            return
        draft, options = table.draft, self._options()
        if options and draft.marked < len(options) and not draft.own:
            self.marked = Candidate(options[draft.marked].id)
        lever = next((one for one in levers if one.id == draft.lever), None)
        if lever is not None:
            self.lever = lever.id
            if draft.picked is not None:
                self.marked = Candidate(lever=lever.id, level=lever.levels[draft.picked].id)

    def _place(self) -> tuple[list[Choice], int]:
        """The rows, and which is marked; what is there no more leaves the first one marked."""
        if self.marked is None:
            self._at_the_cursor()
        choices = self.choices()
        at = next((i for i, one in enumerate(choices) if one.candidate == self.marked), 0)
        self.marked = choices[at].candidate
        return choices, at

    @property
    def refused(self) -> str:
        """Why there is nothing to be seen, in a sentence; empty where there is."""
        if reason := no_forecast(self.eye):
            return reason
        return "" if turns_to_come(self.game) else NOTHING

    # --- painting ---

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now."""
        share = [("o", _("take back") if self.game.notebook.forecast_shared else _("share"))]
        mine = share if self._may_share else []
        if self.refused:
            return [*mine, ("T", _("table"))]
        keys = [("j k", _("choose"))] if len(self.choices()) > 1 else []
        keys += [("h l", _("lever"))] if len(self._levers()) > 1 else []
        keys += (
            [("v", _("robots' runs") if not self.among else _("fan"))] if self.form == SMALL else []
        )
        return [*keys, *mine, ("T", _("table")), ("S", _("standing"))]

    def plan(self) -> dict[str, Box]:
        """What can be done above, eight places of one size under it; rows on a small terminal."""
        x, y, width, height = self.body
        if self.refused:
            return {"head": Box(x, y + (self.form != SMALL), width, 4)}
        count = len(self._place()[0])
        top = y + (self.form != SMALL)
        places = {"head": Box(x, top, width, 2), "list": Box(x, top + 2, width, count)}
        start = top + count + 3
        if self.form == SMALL:
            places["rows"] = Box(x, start, width, y + height - 2 - start)
            places["under"] = Box(x, y + height - 2, width, 2)
            return places
        scores = "panels" if self._grid(y + height - 2 - start)[1] >= LOWEST else "rows"
        places[scores] = Box(x, start, width, y + height - 2 - start)
        places["under"] = Box(x, y + height - 2, width, 2)
        return places

    def draw(self) -> None:
        """Fill the regions, and have worked out what is missing."""
        ink, width = self.ink, self.places["head"].width
        if self.refused:
            self.foresight.forget()
            told = paint.broken(self.refused, width)
            self.put("head", [paint.line(width, [(one, f"bold {ink.strong}")]) for one in told])
            return
        choices, at = self._place()
        self._ask(choices[at])
        fan = self.foresight.fans.get(choices[at].candidate)
        note = [(self._note(fan), ink.muted)]
        head = paint.line(width, [(_(QUESTION), f"bold {ink.strong}")], note)
        self.put("head", [head, paint.rule(width, ink, self.glyphs)])
        self.put("list", widget.choice_rows(choices, at, width, ink, self.glyphs))
        self._draw_scores(fan)
        self._draw_under()

    def _note(self, fan: Fan | None) -> str:
        known = fan.n if fan is not None else 0
        if self._place()[0][self._place()[1]].closed:
            return "closed"
        return (
            _("fan: {known:,} of {worlds:,}", known=known, worlds=WORLDS)
            if known < WORLDS
            else _("{worlds:,} worlds", worlds=WORLDS)
        )

    def _draw_scores(self, fan: Fan | None) -> None:
        view = self.kept("standing", lambda: standing(self.eye))
        every = self._ahead(view, fan) if fan is not None and view is not None else []
        ink, signs = self.ink, self.glyphs
        if "rows" in self.places:
            width = self.places["rows"].width
            make = widget.among_rows if self.among else widget.score_rows
            self.put_scroll("rows", make(every, width, ink, signs) if every else [])
            return
        room = self.places["panels"]
        turns, within = self.game.run.exercise.turns.count, widget.reach(every)
        wide, tall, gap = self._grid(room.height)
        differs = self.marked != AS_IT_STANDS
        among = [name for name, _course in every[0].among] if every else []
        panels = [
            *(widget.fan_panel(one, wide, tall, turns, within, ink, signs) for one in every),
            *[[]] * (self._lines * ACROSS - 1 - len(every)),
            widget.key_rows(wide, tall, among, against=differs, ink=ink),
        ]
        places = (
            (at % ACROSS * (wide + gap), at // ACROSS * (tall + 1), wide, tall)
            for at in range(len(panels))
        )
        self.put("panels", paint.laid_out(zip(places, panels, strict=True), room.height))

    @property
    def _lines(self) -> int:
        """Rows of panels that all scores and how to read them need."""
        return max(-(-(len(self.game.run.exercise.score) + 1) // ACROSS), 2)

    def _grid(self, height: int) -> tuple[int, int, int]:
        """Width and height of a panel in that many rows, and the cells between two."""
        gap = 5 if self.form == LARGE else 3
        return (self.body.width - (ACROSS - 1) * gap) // ACROSS, height // self._lines - 1, gap

    def _ahead(self, view: StandingView, fan: Fan) -> list[Ahead]:
        stands = self.foresight.fans.get(AS_IT_STANDS)
        other = stands if fan.candidate != AS_IT_STANDS else None
        gaps = against(self.game, fan, other) if other is not None else None
        bands, medians = fan.bands, other.bands[MEDIAN] if other is not None else None
        found = []
        every = self.foresight.among.items()
        for at, score in enumerate(view.scores):
            found.append(
                Ahead(
                    score.name,
                    score.caution,
                    score.better,
                    score.course,
                    tuple(tuple(int(v) for v in row) for row in bands[:, :, at].T),
                    () if medians is None else tuple(int(v) for v in medians[:, at]),
                    gaps[at] if gaps is not None else None,
                    fan.candidate != AS_IT_STANDS and other is None,
                    tuple((name, share[at]) for name, share in every if share),
                )
            )
        return found

    def _draw_under(self) -> None:
        ink, width = self.ink, self.places["under"].width
        named = {one.id: text(one.name, self.language) for one in self.game.run.exercise.cell}
        cells: dict[str, list[str]] = {}
        for cell, robot in players(self.game).items():
            cells.setdefault(robot.id, []).append(named[cell])
        who = ", ".join(
            _("{robot} for {every}", robot=robot, every=_(" and ").join(every))
            for robot, every in cells.items()
        )
        told = _("On other dice than the run's. From here on play: {who}.", who=who)
        self.put(
            "under",
            [
                paint.line(width, [(_(LED), f"bold {ink.strong}")]),
                paint.line(width, [(told, ink.muted)]),
            ],
        )

    # --- the work ---

    def _ask(self, choice: Choice) -> None:
        wanted = [] if choice.closed else [choice.candidate, AS_IT_STANDS]
        if self.foresight.wants(self.game, wanted) and wanted:
            self.run_worker(self._work(), group="forecast", exclusive=True, exit_on_error=False)

    async def _work(self) -> None:
        try:
            await self.foresight.work(self.game, self.seat)
        except Exception as error:  # noqa: BLE001  # a forecast that fails must not take the run with it
            self.host.went_wrong(error)
            self.show_notice(_(FAILED))

    def _shown(self) -> None:
        if self.app.screen is self:
            self.paint()

    def on_screen_suspend(self) -> None:
        """Nobody looks: the work rests."""
        self.foresight.rest()

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.foresight.forget()

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the facilitator shares it."""
        if action == "share" and not self._may_share:
            return False
        return super().check_action(action, parameters)

    @property
    def _may_share(self) -> bool:
        return self.live and self.context.facilitates and not self.table.closed

    def action_mark(self, number: int) -> None:
        """Mark a row by its number."""
        choices = [] if self.refused else self.choices()
        if number < len(choices):
            self._mark(choices[number])

    def action_step(self, by: int) -> None:
        """Mark the next or the former row."""
        if not self.refused:
            choices, at = self._place()
            self._mark(choices[(at + by) % len(choices)])

    def _mark(self, choice: Choice) -> None:
        self.marked = choice.candidate
        if choice.closed:
            self.show_notice(choice.closed)
        else:
            self.paint()

    def action_lever(self, by: int) -> None:
        """Lay out the levels of another lever."""
        names = [one.id for one in self._levers()]
        if self.lever in names and not self.refused:
            self.lever = names[(names.index(self.lever) + by) % len(names)]
            self.marked = AS_IT_STANDS
            self.paint()

    def action_among(self) -> None:
        """On a small terminal, the runs of the robots or the fan."""
        self.among = not self.among
        self.paint()

    def action_share(self) -> None:
        """Share the forecast with the other seats, or take it from them."""
        self.share_forecast()

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks."""
        if event.region == "list":
            self.action_mark(event.row)

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
