"""The Table: what do we answer? And at the opening of a turn: what do we hold and move?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.i18n import _
from ttx.session import phases
from ttx.session.play_commands import Grant, LeaveLevers, Move
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view import table as views
from ttx.session.view import words
from ttx.session.view.clock import ClockView
from ttx.session.view.reckoning import last_turn
from ttx.session.view.standing import no_forecast
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens import sheets, table_places
from ttx.tui.screens.table_cell import PAUSED, CellPage
from ttx.tui.screens.theatre import map_rows
from ttx.tui.widgets import clock, levers, message, tracks

MARKS = ("choose", "lever", "sideways", "step")
"""Actions that mark an option, a lever or a level."""


class TableScreen(CellPage):
    """The message, the question, the options, levers, tracks and the clock on one screen."""

    REGIONS: ClassVar[tuple[str, ...]] = (
        "message",
        "question",
        "options",
        "clock",
        "held",
        "tracks",
        "commitment",
        "list",
        "detail",
        "landing",
        "aim",
        "map",
        "since",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"choose({n})", "choose", id=f"choose-{n}", tooltip="Choose this one")
            for n in range(1, 10)
        ),
        Binding("enter", "carry_out", "commit", id="commit", tooltip="Carry out what is marked"),
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next row"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Row before"),
        Binding("l,right", "sideways(1)", "right", id="right", tooltip="Next level"),
        Binding("h,left", "sideways(-1)", "left", id="left", tooltip="Level before"),
        Binding("p", "lever(0)", "pace", id="lever-1", tooltip="The first lever of the question"),
        Binding("s", "lever(1)", "staff", id="lever-2", tooltip="The second lever"),
        Binding("v", "all_levers", "all levers", id="all-levers", tooltip="All levers"),
        Binding("i", "whole", "inject", id="whole-inject", tooltip="The whole message"),
        Binding("t", "all_tracks", "tracks", id="all-tracks", tooltip="All tracks"),
        Binding("o", "chain", "clock", id="clock-table", tooltip="The clock as a table"),
        Binding("plus,equals_sign", "confidence(1)", "more", id="more", tooltip="More confident"),
        Binding("minus", "confidence(-1)", "less", id="less", tooltip="Less confident"),
        Binding("e", "expect", "expect", id="expect", tooltip="What you expect of them"),
        Binding("r", "rationale", "rationale", id="rationale", tooltip="Why"),
        Binding("a", "ask_control", "ask control", id="ask-control", tooltip="Ask control (RFI)"),
        Binding("w", "write_in", "write in", id="write-in", tooltip="An action of your own"),
        Binding("f", "go('forecast')", "forecast", id="go-forecast", tooltip="Where robots go"),
        Binding("y", "grant(True)", "agree", id="agree", tooltip="Agree to what is asked"),
        Binding("x", "grant(False)", "refuse", id="refuse", tooltip="Refuse what is asked"),
    ]

    def __init__(self) -> None:
        """Nothing marked, nothing chosen."""
        super().__init__()
        self._rows_of_options: list[int] = []

    # --- what the seat sees ---

    def _levers(self) -> tuple[lever_views.LeverView, ...]:
        return tuple(lever for lever in self._all_levers() if lever.open)

    def _all_levers(self) -> tuple[lever_views.LeverView, ...]:
        return self.kept("levers", lambda: lever_views.levers(self.eye))

    def _standing_clock(self) -> ClockView | None:
        return self.kept("clock", lambda: lever_views.reference_clock(self.eye))

    def _pending_effects(self) -> tuple[lever_views.PendingEffect, ...]:
        return self.kept("landings", lambda: lever_views.pending_effects(self.eye))

    @property
    def _turn(self) -> int:
        return views.status(self.eye).turn

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now."""
        small = self.form == SMALL
        ahead = ("f", _("forecast")) if not no_forecast(self.eye) else ("M", _("map"))
        away = [] if small else [("S", _("standing")), ahead]
        if self.meanwhile:
            keys = [("i", _("inject"))] if self._has_news() else []
            own = [("O", _("aim"))] if self._aims() else []
            return [*keys, *own, ("t", _("tracks")), *away]
        if not self.answering:
            return [*self._foot_of_levers(), ("t", _("tracks")), *away]
        view = self._view()
        count = len(view.options) if view else 0
        if not self.still_open:
            words = "inject" if self.deciding else _("inject and answers")
            return [("j k", _("option")), ("i", words), ("t", _("tracks")), *away]
        word = _("submit") if self.held and self.cell.leads else _("commit")
        keys = [(f"1-{count}", _("choose")), ("Enter", word), ("i", _("inject"))]
        own = [("w", _("write in"))] if self.held else []
        if small:
            return [*keys, *(own or [("t", _("tracks"))]), ("r", _("rationale"))]
        if self.held:
            return [*keys, *own, ("a", _("ask control")), ("S", _("standing"))]
        return [*keys, ("t", _("all tracks")), *away]

    def _foot_of_levers(self) -> list[tuple[str, str]]:
        keys = [("j k", _("lever"))]
        if not self.deciding or self._done:
            return [*keys, ("v", _("all levers"))]
        found = self._levers()
        levels = max((len(one.levels) for one in found if one.id == self.draft.lever), default=4)
        keys.append((f"1-{levels}", _("level")))
        if self.draft.picked is not None:
            return [*keys, ("Enter", _("move"))]
        if not self.held:
            return [*keys, ("Enter", _("on to the news"))]
        return [*keys, ("Enter", _("done with levers"))] if self.cell.leads else keys

    @property
    def _done(self) -> bool:
        """Whether the cell is done with its levers and waits for others."""
        return self.held and self.cell.done

    # --- places ---

    def plan(self) -> dict[str, Box]:
        """The arrangement for levers, for an inject, or while others decide."""
        view = self._view() if self.answering else None
        self.begin_draft(f"{self.seat}:{self._turn}:{view.id if view else ''}", view)
        if self.meanwhile:
            return self.watch_plan()
        if not self.answering:
            places = table_places.moves(self.body, self.form, len(self._levers()))
            if self._standing_clock() is None:
                places.pop("clock", None)
            return places
        has_clock = view is not None and view.clock is not None
        held = self.held and self.deciding
        return table_places.answer(self.body, self.form, has_clock=has_clock, held=held)

    # --- painting ---

    def draw(self) -> None:
        """Fill what the plan holds."""
        if self.meanwhile:
            self.draw_watch()
            return
        if self.answering:
            self._draw_answer()
        else:
            self._draw_levers()
        if self.form == LARGE:
            self._draw_third()

    def _draw_answer(self) -> None:
        view = self._view()
        if view is None:
            return
        ink, signs = self.ink, self.glyphs
        self.draft.marked = min(self.draft.marked, len(view.options) - 1)
        small = self.form == SMALL
        width = self._width("message")
        if small:
            self.put("message", message.message_rows_small(view, width, ink))
        else:
            self.put(
                "message",
                message.message_rows(view, width, ink, signs, self.places["message"].height),
            )
        asked = message.question_row(view, width, ink)
        if self.held and self.game.phase == phases.ADJUDICATION:
            asked = paint.line(width, [(self.decided_next(), f"bold {ink.strong}")])
        self.put("question", [asked, paint.rule(width, ink, signs)])
        self._draw_options(view)
        self._draw_held()
        if view.clock is not None:
            self._draw_clock(view.clock)
        else:
            self._draw_landing(self._width("landing"), self.places["landing"].height - 2)
        self._draw_tracks()

    def _draw_options(self, view: message_views.MessageView) -> None:
        """The options and the commitment: all that changes when another one is marked."""
        ink, signs, width = self.ink, self.glyphs, self._width("options")
        small = self.form == SMALL
        make = message.option_rows_small if small else message.option_rows
        rows: list[Text] = []
        self._rows_of_options = []
        own = next((one for one in view.commitments if one.own and not view.sealed), None)
        draft = self.draft
        for at, option in enumerate(view.options):
            made = make(
                option,
                width,
                ink,
                signs,
                marked=at == draft.marked and not draft.own,
                sealed=option.id == view.answered,
                committed=own is not None and own.key == option.key,
            )
            if self.form == LARGE and at:
                made = [paint.blank(width), *made]
            self._rows_of_options += [at] * len(made)
            rows += made
        words = view.own_action or draft.answer.written
        if words:
            same = own is not None and not own.key and own.title == words
            state = "sealed" if view.own_action else "committed" if same else ""
            row = message.own_row(words, width, ink, signs, marked=draft.own, state=state)
            rows = [*rows[: self.places["options"].height - 1], row]
            self._rows_of_options = [*self._rows_of_options[: len(rows) - 1], len(view.options)]
        self.put("options", rows)
        if "commitment" in self.places:
            fill = self.commitment_small if small else self.commitment
            self.put("commitment", fill(view, self._width("commitment")))

    def _draw_clock(self, view: ClockView) -> None:
        width, ink, signs = self._width("clock"), self.ink, self.glyphs
        rows = [clock.heading(view, width, ink)]
        lanes = clock.lanes(view, width, ink, signs)
        if self.form == SMALL:
            rows += lanes
            if self.places["clock"].height > 4:
                rows.append(clock.scale(view, width, ink))
        else:
            rows.append(paint.rule(width, ink, signs))
            for lane in lanes:
                rows += [lane, clock.under(lane)] if self.form == LARGE else [lane]
            rows.append(clock.scale(view, width, ink))
        self.put("clock", rows)

    def _draw_landing(self, width: int, count: int) -> None:
        rows = [
            paint.label(width, _("ON ITS WAY"), self.ink, _("levers and delayed effects")),
            paint.rule(width, self.ink, self.glyphs),
            *levers.landing_rows(self._pending_effects(), width, count, self.ink),
        ]
        self.put("landing", rows)

    def _draw_held(self) -> None:
        width, ink = self._width("held"), self.ink
        found = self._all_levers()
        names = self.game.run.exercise.review.levers
        main = tuple(lever for lever in found if lever.id in names)
        budget = levers.budget_row(self._budgets(), width, ink)
        keys = ["p", "s"]
        if self.form == SMALL:
            if self.answering:
                cells: list[Seg] = []
                for key, lever in zip(keys, main, strict=False):
                    held = next(level.name for level in lever.levels if level.held)
                    cells += [
                        (f"{key} ", f"bold {ink.cool}"),
                        (f"{lever.id} ", ink.text),
                        (f"[{held}]", f"bold {ink.oncool} on {ink.coolbg}"),
                        ("   ", ""),
                    ]
                legend = _(
                    "{better} better {worse} worse",
                    better=self.glyphs.better,
                    worse=self.glyphs.worse,
                )
                self.put("held", [paint.line(width, cells, [(legend, ink.muted)])])
            else:
                self.put("held", [budget])
            return
        if self.answering:
            posture = self.kept("posture", lambda: lever_views.posture(self.eye))
            head = paint.label(width, _("LEVERS"), ink, posture)
            rows = [head, paint.rule(width, ink, self.glyphs), budget]
            rows += levers.brief_rows(main, keys, width, ink)
            coming = self._pending_effects()
            if coming:
                words = paint.cut(
                    _("  T{turn}: {what}", turn=coming[0].turn, what=coming[0].what),
                    width,
                    self.glyphs,
                )
                rows.append(paint.line(width, [(words, ink.muted)]))
            self.put("held", rows)
        else:
            head = paint.label(width, _("BUDGETS"), ink, _("shared by the allied cells"))
            self.put("held", [head, paint.rule(width, ink, self.glyphs), budget])

    def _draw_levers(self) -> None:
        found = self._levers()
        if not found:
            return
        ink, signs = self.ink, self.glyphs
        draft = self.draft
        if draft.lever not in [one.id for one in found]:
            draft.lever = found[0].id
        width = self._width("list")
        turn = self._turn
        note = _("turn 1 opens these two") if turn == 1 else _("moved at the opening of a turn")
        asked = self._asked()
        if asked is not None:
            note = _(
                "asked: {lever} at {level}   y agree   x refuse",
                lever=asked.lever,
                level=asked.level,
            )
        if self.held:
            note = self._held_note(asked) or note
        rows = [
            paint.label(width, _("LEVERS, TURN {turn}", turn=turn), ink, note),
            paint.rule(width, ink, signs),
        ]
        if self.form == SMALL and len(found) > 4:
            half, column = (len(found) + 1) // 2, width // 2
            left = levers.list_rows(found[:half], draft.lever, column, ink, signs)
            right = levers.list_rows(found[half:], draft.lever, width - column, ink, signs)
            for at, row in enumerate(left):
                rows.append(Text.assemble(row, right[at] if at < len(right) else "", end=""))
        else:
            rows += levers.list_rows(found, draft.lever, width, ink, signs)
        self.put("list", rows)
        lever = next(one for one in found if one.id == draft.lever)
        if "question" in self.places:
            words = paint.cut(self._sentence(), self._width("question"), signs)
            self.put(
                "question", [paint.line(self._width("question"), [(words, f"bold {ink.strong}")])]
            )
        if "clock" in self.places:
            standing = self._standing_clock()
            assert standing is not None
            self._draw_clock(standing)
        self.put(
            "detail",
            levers.detail_rows(
                lever, draft.picked, self._width("detail"), ink, signs, brief=self.form == SMALL
            ),
        )
        self._draw_held()
        self._draw_tracks()
        if self.form != SMALL:
            self._draw_landing(self._width("landing"), self.places["landing"].height - 2)

    def _sentence(self) -> str:
        """The sentence of the levers: the question in turn 1, then how the last turn compared."""
        asked = self._asked()
        if self.held and self.game.paused and not self.pace.chief:
            return _(PAUSED)
        if asked is not None:
            answers = (
                _("y agrees, x refuses")
                if self._grants
                else _("{lead} answers", lead=self.cell.lead)
            )
            return _(
                "The other cell asks for {lever} at {level}, which costs consent: {answers}.",
                lever=asked.lever,
                level=asked.level,
                answers=answers,
            )
        if self._done:
            return _(
                "The {cell} cell is done with its levers. {others}",
                cell=self.cell.name,
                others=self._others(),
            )
        told = self.kept("last", lambda: last_turn(self.eye))
        return told or text(self.game.run.exercise.briefing.question, self.language)

    def _held_note(self, asked: lever_views.RequestView | None) -> str:
        """The same beside the label, in a few words, where somebody facilitates."""
        if self.game.paused:
            return _("paused by the facilitator")
        if asked is not None and not self._grants:
            return _(
                "asked: {lever} at {level}; {lead} answers",
                lever=asked.lever,
                level=asked.level,
                lead=self.cell.lead,
            )
        if asked is not None or not self.deciding:
            return ""
        if self._done:
            return _("{cell} is done. {others}", cell=self.cell.name, others=self._others())
        return (
            ""
            if self.cell.leads
            else _("{lead} says when {cell} is done", lead=self.cell.lead, cell=self.cell.name)
        )

    def _others(self) -> str:
        names = words.listed(self.cell.waiting)
        return _("Waiting for {names}.", names=names) if names else ""

    @property
    def _grants(self) -> bool:
        """Whether the seat answers what another cell asks of its own."""
        return not self.held or self.cell.leads

    def _asked(self) -> lever_views.RequestView | None:
        """A move that waits for this seat's consent."""
        return next(iter(lever_views.requests(self.eye)), None)

    def _draw_third(self) -> None:
        places = self.places
        if "map" in places:
            box = places["map"]
            view = self._view() if self.answering else None
            marked = view.id if view else ""
            self.put("map", map_rows(self, box.width, box.height, marked=marked))
        if "since" in places:
            box = places["since"]
            every = self._tracks()
            largest = sorted(every, key=lambda one: -abs(one.change))[: box.height - 2]
            rows = [
                paint.label(box.width, _("MOST MOVED SINCE THE LAST TURN"), self.ink),
                paint.rule(box.width, self.ink, self.glyphs),
                *(tracks.track_row(one, box.width, self.ink, self.glyphs) for one in largest),
            ]
            self.put("since", rows)

    # --- keys ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a preview nothing is marked either: it would not be the seat's own mark."""
        if self.context.previewing and action in MARKS:
            return False
        if action == "write_in" and not (self.held and self.deciding):
            return False
        return super().check_action(action, parameters)

    def action_choose(self, number: int) -> None:
        """Choose an option, or a level of the marked lever."""
        if not self.answering:
            self._pick(number - 1)
            return
        view = self._view()
        if view is None or number > len(view.options) or self.meanwhile:
            return
        option = view.options[number - 1]
        self.draft.marked, self.draft.touched, self.draft.own = number - 1, True, False
        if option.closed:
            self.show_notice(option.closed)
        else:
            self._draw_options(view)

    def _pick(self, level: int) -> None:
        lever = next((one for one in self._levers() if one.id == self.draft.lever), None)
        if lever is None or not 0 <= level < len(lever.levels):
            return
        if not lever.mine:
            self.show_notice(
                _("Closed: {lever} is held by {held_by}.", lever=lever.id, held_by=lever.held_by)
            )
            return
        part = lever.levels[level]
        if part.held:
            self.draft.picked = None
            self.show_notice(_("{lever} already stands at {part}.", lever=lever.id, part=part.name))
        elif part.closed:
            self.draft.picked = None
            self.show_notice(part.closed)
        else:
            self.draft.picked = level
            self.paint()

    def action_step(self, by: int) -> None:
        """Mark the next or the former row."""
        if self.answering:
            view, draft = self._view(), self.draft
            if view is not None and view.options and not self.meanwhile:
                options = len(view.options)
                at = ((options if draft.own else draft.marked) + by) % (
                    options + bool(draft.answer.written)
                )
                draft.own, draft.touched = at == options, True
                draft.marked = draft.marked if draft.own else at
                self._draw_options(view)
            return
        names = [one.id for one in self._levers()]
        if self.draft.lever in names:
            self._mark_lever(names[(names.index(self.draft.lever) + by) % len(names)])

    def action_sideways(self, by: int) -> None:
        """Mark the next or the former level."""
        lever = next((one for one in self._levers() if one.id == self.draft.lever), None)
        if self.answering or lever is None:
            return
        held = next(at for at, level in enumerate(lever.levels) if level.held)
        at = (held if self.draft.picked is None else self.draft.picked) + by
        if 0 <= at < len(lever.levels):
            self._pick(at)

    def action_lever(self, at: int) -> None:
        """Mark one of the levers of the question."""
        names = self.game.run.exercise.review.levers
        if self.answering:
            self.show_notice(_("Levers are moved at the opening of a turn."))
        elif at < len(names) and names[at] in [one.id for one in self._levers()]:
            self._mark_lever(names[at])

    def _mark_lever(self, lever: str) -> None:
        """Mark another lever; a level that was marked and not moved is said."""
        draft = self.draft
        left, draft.picked = draft.picked is not None and lever != draft.lever, None
        before, draft.lever = draft.lever, lever
        if left:
            self.show_notice(
                _("{before} was not moved: Enter moves the level that is marked.", before=before)
            )
        else:
            self.paint()

    def action_carry_out(self) -> None:
        """Submit the answer, make the move, or go on to the news."""
        if self.answering:
            self.give()
        elif self.draft.picked is not None:
            lever = next(one for one in self._levers() if one.id == self.draft.lever)
            level, self.draft.picked = lever.levels[self.draft.picked], None
            if self.request(Move(lever.id, level.id)):
                waits = any(one.id == lever.id and one.asked for one in self._levers())
                self.show_notice(
                    _(
                        "{lever} at {level} costs consent: the other cell's lead is asked.",
                        lever=lever.id,
                        level=level.name,
                    )
                    if waits
                    else _("{lever} now stands at {level}.", lever=lever.id, level=level.name)
                )
        elif self.held and (self._done or not (self.deciding and self.cell.leads)):
            self.show_notice(self._who_closes())
        else:
            self._leave_levers()

    def _leave_levers(self) -> None:
        """Be done; where a request would lapse by that, only after a question."""
        waits = [one.id for one in self._levers() if one.asked]

        def leave() -> None:
            self.request(LeaveLevers())

        if waits:
            told = _(
                "The request for {waits} still waits, and may lapse. Be done?",
                waits=_(" and ").join(waits),
            )
            self.confirm(told, _("Done"), leave)
        else:
            leave()

    def _who_closes(self) -> str:
        if not self.deciding:
            return _("The leads say when their cells are done with their levers.")
        if self._done:
            return _(
                "The {cell} cell is done with its levers. {others}",
                cell=self.cell.name,
                others=self._others(),
            )
        return _(
            "{lead} says when the {cell} cell is done with its levers.",
            lead=self.cell.lead,
            cell=self.cell.name,
        )

    def action_grant(self, agreed: bool) -> None:  # noqa: FBT001  # a key binding passes it so
        """Agree to a move that another cell asked for, or refuse it."""
        asked = self._asked()
        if asked is not None and not self.answering:
            self.request(Grant(asked.lever, agreed))

    # --- pages behind a key ---

    def action_whole(self) -> None:
        """The whole message with its options."""
        view = self._view()
        if view is not None and self._has_news():
            self.shell.open(sheets.whole_message(view, self._view))

    def action_all_tracks(self) -> None:
        """All tracks with what they mean."""
        self.shell.open(sheets.all_tracks(self._tracks()))

    def action_all_levers(self) -> None:
        """All levers with their levels, or what is known of them."""
        known = self._announced()
        page = sheets.all_announced(known) if known else sheets.all_levers(self._all_levers())
        self.shell.open(page)

    def action_chain(self) -> None:
        """The clock as a table."""
        view = self._view()
        if view is not None and view.clock is not None and self.answering:
            self.shell.open(sheets.chain(view.clock))

    # --- mouse ---

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks, a second click carries out."""
        if self.context.previewing:
            return
        if event.region == "options" and event.row < len(self._rows_of_options):
            at, view = self._rows_of_options[event.row], self._view()
            if view is not None and at == len(view.options):
                self._click_own()
                return
            again = at == self.draft.marked and self.draft.touched and not self.draft.own
            self.action_choose(at + 1)
            if again:
                self.action_carry_out()
        elif event.region == "list" and event.row >= 2:
            self._click_lever(event.row - 2, event.column)
        elif event.region == "detail":
            head = 1 if self.form == SMALL else 3
            level = (event.row - head) // 2
            if event.row >= head and level == self.draft.picked:
                self.action_carry_out()
            elif event.row >= head:
                self._pick(level)

    def _click_own(self) -> None:
        """The row of the action in own words: marked, or handed in where it is marked."""
        if self.draft.own:
            self.action_carry_out()
        elif self.draft.answer.written:
            self.draft.own = self.draft.touched = True
            self.paint()

    def _click_lever(self, row: int, column: int) -> None:
        names = [one.id for one in self._levers()]
        if self.form == SMALL and len(names) > 4:
            half = (len(names) + 1) // 2
            row += half if column >= self._width("list") // 2 else 0
        if row < len(names):
            self._mark_lever(names[row])

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        if not self.context.previewing:
            self.action_step(message.by)
