"""The forecast: where robots would lead the run, for the option or the level under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.analysis.forecast import MEDIAN, Fan, against
from ttx.analysis.onward import AS_IT_STANDS, NOTHING, Candidate, closed, players, turns_to_come
from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.run import SEATS
from ttx.session.view import words
from ttx.session.view.levers import LeverView, levers
from ttx.session.view.message import OptionView, message
from ttx.session.view.standing import no_forecast, standing
from ttx.tui import paint
from ttx.tui.foresight import Foresight
from ttx.tui.page import SMALL
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.play import PlayPage
from ttx.tui.widgets import fan as widget
from ttx.tui.widgets.fan import Ahead, Choice
from ttx.tui.widgets.panels import Grid

QUESTION = N_("Where would robots lead it from here?")
LOWEST = 9
"""Rows that a panel needs; where they have less, scores are rows."""
MOST = 10
"""Rows that digits can mark."""
FAILED = N_("The forecast could not be worked out. Your seat and the record are safe.")
LED = N_("Structured judgement, not prediction.")


class FanScreen(PlayPage):
    """A fan for each score; what can be done next is marked above, and its own luck is shared."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "list", "panels", "rows", "under")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {"list": ListRegion, "rows": ScrollRegion}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"mark({n})", "mark", id=f"mark-{n}", tooltip="Mark this one")
            for n in range(MOST)
        ),
        Binding("l,right", "lever(1)", "right", id="right", tooltip="Next lever"),
        Binding("h,left", "lever(-1)", "left", id="left", tooltip="Lever before"),
        Binding("v", "among", "among robots", id="among", tooltip="Among the robots' runs"),
        Binding("f", "back", "close", id="close", tooltip="Back"),
        Binding("o", "share", "share", id="share", tooltip="Share it with the other seats, or not"),
    ]
    name_of_page: ClassVar[str] = N_("forecast")

    def __init__(self) -> None:
        """Nothing is known."""
        super().__init__()
        self.foresight = Foresight(self._shown)
        self.list_of_choices = cast("ListRegion[Candidate]", self.regions["list"])
        self.lever = ""
        """The lever whose levels are laid out."""
        self.among = False
        """On a small terminal, whether the runs of the robots are shown instead."""

    # --- what can be done next ---

    @property
    def _levers(self) -> dict[str, LeverView]:
        game = self.game
        if game.phase != phases.LEVERS or game.turn is None or game.turn.confirmed:
            return {}
        return {view.id: view for view in self.seen(levers) if view.open}

    @property
    def _options(self) -> tuple[OptionView, ...]:
        if self.game.phase not in (phases.DELIBERATION, phases.ADJUDICATION):
            return ()
        view = self.seen(message)
        return view.options if view is not None else ()

    @property
    def _choices(self) -> dict[Candidate, Choice]:
        """As things stand, then the options of the inject, or the levels of the lever."""
        return self.kept(f"choices {self.lever}", self._find_choices)

    def _find_choices(self) -> dict[Candidate, Choice]:
        titles = {AS_IT_STANDS: _("as things stand")}
        titles |= {Candidate(option.id): option.title for option in self._options}
        lever = self._levers.get(self.lever)
        for level in lever.levels if lever is not None else ():
            names = {"lever": self.eye.names.levers[self.lever], "level": level.name}
            as_it_is = _("{lever} [{level}], as it is, from here on", **names)
            anew = _("{lever} [{level}] from here on", **names)
            candidate = Candidate(lever=self.lever, level=level.id)
            titles[candidate] = as_it_is if level.held else anew
        return {
            candidate: Choice(title, closed(self.game, candidate))
            for candidate, title in [*titles.items()][:MOST]
        }

    @property
    def marked(self) -> Candidate:
        """The one that is looked at; what is there no more leaves the first one marked."""
        marked = self.list_of_choices.marked
        return marked if marked in self._choices else AS_IT_STANDS

    def begin(self) -> None:
        """Begin where the cursor stands on the table that this page was opened over."""
        from ttx.tui.screens.table import TableScreen

        self.lever = next(iter(self._levers), "")
        candidate = AS_IT_STANDS
        table = next((s for s in self.app.screen_stack if isinstance(s, TableScreen)), None)
        if table is not None:
            draft, options = table.draft, self._options
            if draft.marked < len(options) and not draft.own:
                candidate = Candidate(options[draft.marked].id)
            lever = self._levers.get(draft.lever)
            if lever is not None:
                self.lever = lever.id
                if draft.picked is not None:
                    candidate = Candidate(lever=lever.id, level=lever.levels[draft.picked].id)
        self.list_of_choices.take([*self._choices])
        self.list_of_choices.mark(candidate)

    @property
    def refused(self) -> str:
        """Why there is nothing to be seen, in a sentence; empty where there is."""
        return no_forecast(self.eye) or ("" if turns_to_come(self.game) else _(NOTHING))

    # --- what is shown ---

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now."""
        share = _("take back") if self.game.notebook.forecast_shared else _("share")
        keys = [("share", share)] if self._may_share else []
        if self.refused:
            return [*keys, ("go-table", _("table"))]
        if self.form == SMALL:
            keys.insert(0, ("among", _("fan") if self.among else _("robots' runs")))
        if len(self._levers) > 1:
            keys.insert(0, ("left right", _("lever")))
        if len(self._choices) > 1:
            keys.insert(0, ("down up", _("choose")))
        return [*keys, ("go-table", _("table")), ("go-standing", _("standing"))]

    def plan(self) -> dict[str, Box]:
        """What can be done above, places of one size under it; rows on a small terminal."""
        air, under = self.by_size(0, 1), Cell("under", 2)
        if self.refused:
            return boxes(column(air, Cell("head", 4)), self.body)
        above = (air, Cell("head", 2), Cell("list", len(self._choices)), 1)
        rows = boxes(column(*above, Cell("rows"), under), self.body)
        panels = boxes(column(*above, Cell("panels"), under), self.body)
        low = self._grid(panels["panels"]).size[1] < LOWEST
        return rows if low or self.form == SMALL else panels

    def _grid(self, room: Box) -> Grid:
        count, gap = len(self.game.run.exercise.score), self.by_size(3, 3, 5)
        return Grid(count, room.width, room.height - 1, gap)

    def draw(self) -> None:
        """Fill the regions, and have worked out what is missing."""
        ink, width = self.ink, self.places["head"].width
        strong, signs, choices = f"bold {ink.strong}", self.glyphs, self._choices
        if self.refused:
            self.foresight.forget()
            self.put("head", paint.block(width, self.refused, strong, width))
            return
        marked, numbers = self.marked, {key: n for n, key in enumerate(choices)}
        self.list_of_choices.take([*choices])
        self.list_of_choices.mark(marked)
        self.put_list(
            "list",
            [*choices],
            lambda key, here: [
                widget.choice_row(numbers[key], choices[key], width, ink, signs, marked=here)
            ],
        )
        choice = choices[marked]
        self._ask(choice)
        fan = self.foresight.fans.get(marked)
        note = _("closed") if choice.closed else widget.known(fan)
        head = paint.line(width, [(_(QUESTION), strong)], [(note, ink.muted)])
        self.put("head", [head, paint.rule(width, ink, signs)])
        self._draw_scores(self._ahead(fan) if fan is not None else [])
        self.put("under", self._under(width))

    def _draw_scores(self, scores: Sequence[Ahead]) -> None:
        ink, signs = self.ink, self.glyphs
        if "rows" in self.places:
            make = widget.among_rows if self.among else widget.score_rows
            rows = make(scores, self.places["rows"].width, ink, signs) if scores else []
            self.put_scroll("rows", rows)
            return
        grid = self._grid(self.places["panels"])
        turns, within = self.game.run.exercise.turns.count, widget.reach(scores)
        wide, tall = grid.size
        panels = [
            widget.fan_panel(score, wide, tall, turns, within, ink, signs) for score in scores
        ]
        differs = self.marked != AS_IT_STANDS
        key = widget.key_rows(scores, wide, ink, against=differs)
        self.put("panels", grid.rows(panels, key))

    def _ahead(self, fan: Fan) -> list[Ahead]:
        """How each score would go on, beside how it goes as things stand."""
        view = self.seen(standing)
        scores = view.scores if view is not None else ()
        differs = fan.candidate != AS_IT_STANDS
        stands = self.foresight.fans.get(AS_IT_STANDS) if differs else None
        gaps = against(self.game, fan, stands) if stands is not None else [None] * len(scores)
        among = self.foresight.among.items()
        return [
            Ahead(
                score,
                fan.bands[:, :, at].T.tolist(),
                stands.bands[MEDIAN][:, at].tolist() if stands is not None else [],
                gap,
                differs and stands is None,
                [(name, share[at]) for name, share in among if share],
            )
            for at, (score, gap) in enumerate(zip(scores, gaps, strict=True))
        ]

    def _under(self, width: int) -> list[Text]:
        """What a forecast is, and who plays on in it."""
        cells: dict[str, list[str]] = {}
        for cell, robot in players(self.game).items():
            cells.setdefault(robot.id, []).append(self.eye.names.cells[cell])
        who = ", ".join(
            _("{robot} for {cells}", robot=robot, cells=words.listed(named))
            for robot, named in cells.items()
        )
        dice = _("On other dice than the run's. From here on play: {who}.", who=who)
        led = paint.line(width, [(_(LED), f"bold {self.ink.strong}")])
        return [led, paint.line(width, [(dice, self.ink.muted)])]

    # --- the work ---

    def _ask(self, choice: Choice) -> None:
        wanted = [] if choice.closed else [self.marked, AS_IT_STANDS]
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
        return self.live and self.context.may(SEATS) and not self.table.closed

    def on_list_region_marked(self) -> None:
        """What cannot be had says why; the page is painted for it."""
        self.notice = self._choices[self.marked].closed

    def action_mark(self, number: int) -> None:
        """Mark a row by its number."""
        candidates = [*self._choices]
        if number < len(candidates) and not self.refused:
            self.list_of_choices.mark(candidates[number])
            self.on_list_region_marked()
            self.paint()

    def action_lever(self, by: int) -> None:
        """Lay out the levels of another lever."""
        names = [*self._levers]
        if self.lever in names and not self.refused:
            self.lever = names[(names.index(self.lever) + by) % len(names)]
            self.paint()

    def action_among(self) -> None:
        """On a small terminal, the runs of the robots or the fan."""
        self.among = not self.among
        self.paint()

    def action_share(self) -> None:
        """Share the forecast with the other seats, or take it from them."""
        self.share_forecast()
