"""The Table: what do we answer? And at the opening of a turn: what do we hold and move?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.exercise.model import text
from ttx.session import phases
from ttx.session.decide import Grant, LeaveLevers, Move, Submit
from ttx.session.view import table as views
from ttx.session.view.clock import ClockView
from ttx.session.view.reckoning import last_turn
from ttx.tui import paint
from ttx.tui.page import LARGE, SMALL, Box, Region
from ttx.tui.paint import Seg
from ttx.tui.screens import sheets, table_places
from ttx.tui.screens.table_watch import WatchPage
from ttx.tui.screens.theatre import map_rows
from ttx.tui.widgets import clock, levers, message, tracks

NO_CONFIDENCE = 0
STEP = 10


class TableScreen(WatchPage):
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
        Binding("y", "grant(True)", "agree", id="agree", tooltip="Agree to what is asked"),
        Binding("x", "grant(False)", "refuse", id="refuse", tooltip="Refuse what is asked"),
    ]

    def __init__(self) -> None:
        """Nothing marked, nothing chosen."""
        super().__init__()
        self.marked = 0
        self.touched = False
        """Whether the person has marked an answer; the first open one is marked for them."""
        self.lever = ""
        self.picked: int | None = None
        self.sure = NO_CONFIDENCE
        self.expects: dict[str, str] = {}
        self.why = ""
        self._of = ""
        self._rows_of_options: list[int] = []

    # --- what the seat sees ---

    @property
    def answering(self) -> bool:
        """Whether an inject waits on the table, as against levers."""
        return self.game.phase != phases.LEVERS

    def _levers(self) -> tuple[views.LeverView, ...]:
        return tuple(lever for lever in self._all_levers() if lever.open)

    def _all_levers(self) -> tuple[views.LeverView, ...]:
        return self.kept("levers", lambda: views.levers(self.game, self.seat, self.language))

    def _standing_clock(self) -> ClockView | None:
        return self.kept(
            "clock", lambda: views.reference_clock(self.game, self.seat, self.language)
        )

    def _landings(self) -> tuple[views.Landing, ...]:
        return self.kept("landings", lambda: views.landings(self.game, self.seat, self.language))

    @property
    def _turn(self) -> int:
        return views.status(self.game, self.seat, self.language).turn

    def _forget(self) -> None:
        """A new inject, turn or seat finds nothing marked."""
        view = self._view() if self.answering else None
        key = f"{self.seat}:{self._turn}:{view.id if view else ''}"
        if key != self._of:
            self._of, self.marked, self.picked, self.touched = key, 0, None, False
            if view is not None:
                is_open = [at for at, one in enumerate(view.options) if not one.closed]
                self.marked = next((at for at in is_open), 0)
            self.sure, self.expects, self.why = NO_CONFIDENCE, {}, ""

    def foot(self) -> Sequence[tuple[str, str]]:
        """The keys that matter now."""
        small = self.form == SMALL
        if self.meanwhile:
            keys = [("i", "inject")] if self._has_news() else []
            keys.append(("t", "tracks"))
            return keys if small else [*keys, ("S", "standing"), ("M", "map")]
        if not self.answering:
            done = "move" if self.picked is not None else "on to the news"
            found = self._levers()
            levels = max((len(one.levels) for one in found if one.id == self.lever), default=4)
            keys = [("j k", "lever"), (f"1-{levels}", "level"), ("Enter", done), ("t", "tracks")]
            if not self.deciding:
                keys = [keys[0], ("v", "all levers"), keys[-1]]
            return keys if small else [*keys, ("S", "standing"), ("M", "map")]
        view = self._view()
        count = len(view.options) if view else 0
        keys = [(f"1-{count}", "choose"), ("Enter", "commit"), ("i", "inject")]
        if not self.deciding:
            keys = [("j k", "option"), ("i", "inject and answers"), ("t", "tracks")]
            return keys if small else [*keys, ("S", "standing"), ("M", "map")]
        if small:
            return [*keys, ("t", "tracks"), ("r", "rationale")]
        return [*keys, ("t", "all tracks"), ("S", "standing"), ("M", "map")]

    # --- places ---

    def plan(self) -> dict[str, Box]:
        """The arrangement for levers, for an inject, or while others decide."""
        self._forget()
        if self.meanwhile:
            return self.watch_plan()
        if not self.answering:
            places = table_places.moves(self.body, self.form, len(self._levers()))
            if self._standing_clock() is None:
                places.pop("clock", None)
            return places
        view = self._view()
        has_clock = view is not None and view.clock is not None
        return table_places.answer(self.body, self.form, has_clock=has_clock)

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
        self.marked = min(self.marked, len(view.options) - 1)
        small = self.form == SMALL
        width = self._width("message")
        if small:
            self.put("message", message.message_rows_small(view, width, ink))
        else:
            self.put("message", message.message_rows(view, width, ink, signs))
        self.put(
            "question",
            [message.question_row(view, width, ink), paint.rule(width, ink, signs)],
        )
        self._draw_options(view)
        self._draw_held()
        if view.clock is not None:
            self._draw_clock(view.clock)
        else:
            self._draw_landing(self._width("landing"), self.places["landing"].height - 2)
        self._draw_tracks()

    def _draw_options(self, view: views.MessageView) -> None:
        """The options and the commitment: all that changes when another one is marked."""
        ink, signs, width = self.ink, self.glyphs, self._width("options")
        small = self.form == SMALL
        make = message.option_rows_small if small else message.option_rows
        rows: list[Text] = []
        self._rows_of_options = []
        for at, option in enumerate(view.options):
            made = make(
                option,
                width,
                ink,
                signs,
                marked=at == self.marked,
                sealed=option.id == view.answered,
            )
            if self.form == LARGE and at:
                made = [paint.blank(width), *made]
            self._rows_of_options += [at] * len(made)
            rows += made
        self.put("options", rows)
        if not small:
            self.put("commitment", self._commitment(view, self._width("commitment")))

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
            paint.label(width, "ON ITS WAY", self.ink, "levers and delayed effects"),
            paint.rule(width, self.ink, self.glyphs),
            *levers.landing_rows(self._landings(), width, count, self.ink),
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
                legend = f"{self.glyphs.better} better {self.glyphs.worse} worse"
                self.put("held", [paint.line(width, cells, [(legend, ink.muted)])])
            else:
                self.put("held", [budget])
            return
        if self.answering:
            posture = self.kept(
                "posture", lambda: views.posture(self.game, self.seat, self.language)
            )
            head = paint.label(width, "LEVERS", ink, posture)
            rows = [head, paint.rule(width, ink, self.glyphs), budget]
            rows += levers.brief_rows(main, keys, width, ink)
            coming = self._landings()
            if coming:
                words = paint.cut(f"  T{coming[0].turn}: {coming[0].what}", width, self.glyphs)
                rows.append(paint.line(width, [(words, ink.muted)]))
            self.put("held", rows)
        else:
            head = paint.label(width, "BUDGETS", ink, "shared by the allied cells")
            self.put("held", [head, paint.rule(width, ink, self.glyphs), budget])

    def _commitment(self, view: views.MessageView, width: int) -> list[Text]:
        if not self.deciding:
            return self._answers(view, width)
        ink = self.ink
        rows = [
            paint.label(width, "YOUR COMMITMENT", ink, "sealed until adjudication"),
            paint.rule(width, ink, self.glyphs),
        ]
        marked = view.options[self.marked]
        option = next((o for o in view.options if o.id == view.answered), None)
        if option is None and self.touched and not marked.closed:
            option = marked
        answer = f"{option.key} {option.title}" if option else "not chosen yet"
        number, why = self.sure, self.why
        expected = [(self._adversary(name), what) for name, what in self.expects.items()]
        sealed = next((one for one in view.answers if one.own), None)
        if sealed is not None:
            number, why, expected = sealed.confidence, sealed.rationale, [*sealed.expects]
        sure = f"{number}%" if number else "not given"
        expects = ", ".join(f"{who}: {what}" for who, what in expected)
        for key, name, value, given in (
            ("   ", "answer", answer, option is not None),
            ("- +", "confidence", sure, bool(number)),
            ("e  ", "expect", expects or "not given", bool(expects)),
            ("r  ", "rationale", paint.clean(why) or "not written yet", bool(why)),
        ):
            tone = f"bold {ink.strong}" if given else ink.muted
            shown = paint.cut(value, width - 16, self.glyphs)
            rows.append(
                paint.line(
                    width,
                    [(f"{key} ", f"bold {ink.cool}"), (f"{name:<12}", ink.muted), (shown, tone)],
                )
            )
        if view.answered:
            left = ", ".join(view.waiting)
            words = f"Sealed. Waiting for {left}." if left else "Sealed."
        else:
            words = f"{view.lead} leads: its answer is carried out."
        rows.append(paint.line(width, [("    ", ""), (words, ink.muted)]))
        return rows

    def _answers(self, view: views.MessageView, width: int) -> list[Text]:
        """The answers as a seat reads them that gives none."""
        ink = self.ink
        rows = [
            paint.label(width, "ANSWERS", ink, "sealed for the cells until adjudication"),
            paint.rule(width, ink, self.glyphs),
        ]
        for answer in view.answers:
            rows += message.answer_rows(answer, width, ink, self.glyphs)
        if view.waiting:
            waits = f"Not answered yet: {', '.join(view.waiting)}."
            rows.append(paint.line(width, [(waits, ink.muted)]))
        return rows

    def _adversary(self, name: str) -> str:
        part = next(a for a in self.game.run.exercise.adversary if a.id == name)
        return text(part.name, self.language)

    def _draw_levers(self) -> None:
        found = self._levers()
        if not found:
            return
        ink, signs = self.ink, self.glyphs
        if self.lever not in [one.id for one in found]:
            self.lever = found[0].id
        width = self._width("list")
        turn = self._turn
        note = "turn 1 opens these two" if turn == 1 else "moved at the opening of a turn"
        asked = self._asked()
        if asked is not None:
            note = f"asked: {asked.lever} at {asked.level}   y agree   x refuse"
        rows = [
            paint.label(width, f"LEVERS, TURN {turn}", ink, note),
            paint.rule(width, ink, signs),
        ]
        if self.form == SMALL and len(found) > 4:
            half, column = (len(found) + 1) // 2, width // 2
            left = levers.list_rows(found[:half], self.lever, column, ink, signs)
            right = levers.list_rows(found[half:], self.lever, width - column, ink, signs)
            for at, row in enumerate(left):
                rows.append(Text.assemble(row, right[at] if at < len(right) else "", end=""))
        else:
            rows += levers.list_rows(found, self.lever, width, ink, signs)
        self.put("list", rows)
        lever = next(one for one in found if one.id == self.lever)
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
                lever, self.picked, self._width("detail"), ink, signs, brief=self.form == SMALL
            ),
        )
        self._draw_held()
        self._draw_tracks()
        if self.form != SMALL:
            self._draw_landing(self._width("landing"), self.places["landing"].height - 2)

    def _sentence(self) -> str:
        """The sentence of the levers: the question in turn 1, then how the last turn compared."""
        asked = self._asked()
        if asked is not None:
            return (
                f"The other cell asks for {asked.lever} at {asked.level}, which costs consent: "
                "y agrees, x refuses."
            )
        told = self.kept("last", lambda: last_turn(self.game, self.seat, self.language))
        return told or text(self.game.run.exercise.briefing.question, self.language)

    def _asked(self) -> views.RequestView | None:
        """A move that waits for this seat's consent."""
        return next(iter(views.requests(self.game, self.seat)), None)

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
                paint.label(box.width, "MOST MOVED SINCE THE LAST TURN", self.ink),
                paint.rule(box.width, self.ink, self.glyphs),
                *(tracks.track_row(one, box.width, self.ink, self.glyphs) for one in largest),
            ]
            self.put("since", rows)

    # --- keys ---

    def action_choose(self, number: int) -> None:
        """Choose an option, or a level of the marked lever."""
        if not self.answering:
            self._pick(number - 1)
            return
        view = self._view()
        if view is None or number > len(view.options):
            return
        option = view.options[number - 1]
        self.marked, self.touched = number - 1, True
        if option.closed:
            self.say(option.closed)
        else:
            self._draw_options(view)

    def _pick(self, level: int) -> None:
        lever = next((one for one in self._levers() if one.id == self.lever), None)
        if lever is None or not 0 <= level < len(lever.levels):
            return
        if not lever.mine:
            self.say(f"Closed: {lever.id} is held by {lever.held_by}.")
            return
        part = lever.levels[level]
        if part.held:
            self.picked = None
            self.say(f"{lever.id} already stands at {part.name}.")
        elif part.closed:
            self.picked = None
            self.say(part.closed)
        else:
            self.picked = level
            self.paint()

    def action_step(self, by: int) -> None:
        """Mark the next or the former row."""
        if self.answering:
            view = self._view()
            if view is not None and view.options:
                self.marked, self.touched = (self.marked + by) % len(view.options), True
                self._draw_options(view)
            return
        names = [one.id for one in self._levers()]
        if self.lever in names:
            self._mark_lever(names[(names.index(self.lever) + by) % len(names)])

    def action_sideways(self, by: int) -> None:
        """Mark the next or the former level."""
        lever = next((one for one in self._levers() if one.id == self.lever), None)
        if self.answering or lever is None:
            return
        held = next(at for at, level in enumerate(lever.levels) if level.held)
        at = (held if self.picked is None else self.picked) + by
        if 0 <= at < len(lever.levels):
            self._pick(at)

    def action_lever(self, at: int) -> None:
        """Mark one of the levers of the question."""
        names = self.game.run.exercise.review.levers
        if self.answering:
            self.say("Levers are moved at the opening of a turn.")
        elif at < len(names) and names[at] in [one.id for one in self._levers()]:
            self._mark_lever(names[at])

    def _mark_lever(self, lever: str) -> None:
        """Mark another lever; a level that was marked and not moved is said."""
        left, self.picked = self.picked is not None and lever != self.lever, None
        before, self.lever = self.lever, lever
        if left:
            self.say(f"{before} was not moved: Enter moves the level that is marked.")
        else:
            self.paint()

    def action_carry_out(self) -> None:
        """Submit the answer, make the move, or go on to the news."""
        if self.answering:
            self._submit()
        elif self.picked is not None:
            lever = next(one for one in self._levers() if one.id == self.lever)
            level, self.picked = lever.levels[self.picked], None
            if self.request(Move(lever.id, level.id)):
                waits = any(one.id == lever.id and one.asked for one in self._levers())
                self.say(
                    f"{lever.id} at {level.name} costs consent: the other cell's lead is asked."
                    if waits
                    else f"{lever.id} now stands at {level.name}."
                )
        else:
            self.request(LeaveLevers())

    def _submit(self) -> None:
        view = self._view()
        if view is None or not view.options:
            return
        option = view.options[self.marked]
        if not self.touched:
            self.say("Choose with a digit, or with j and k; Enter commits what is marked.")
        elif option.closed:
            self.say(option.closed)
        else:
            self._commit(option.id)

    def _commit(self, option: str) -> None:
        self.request(Submit(option, self.sure, dict(self.expects), self.why))

    def action_confidence(self, by: int) -> None:
        """Ten points more or less confident."""
        if self.answering and self.deciding:
            start = self.sure or (50 if by > 0 else 60)
            self.sure = max(10, min(100, start + STEP * by))
            self.paint()

    def action_expect(self) -> None:
        """What is expected of each adversary in turn: restraint, probe, escalate."""
        if not self.answering or not self.deciding:
            return
        names = [a.id for a in self.game.run.exercise.adversary]
        told = ("", "restraint", "probe", "escalate")
        view = self._view()
        actor = view.actor if view else ""
        first = next((a.id for a in self.game.run.exercise.adversary if a.actor == actor), None)
        for name in [first] if first else names[:1]:
            now = told[(told.index(self.expects.get(name, "")) + 1) % len(told)]
            self.expects[name] = now
            if not now:
                del self.expects[name]
        self.paint()

    def action_rationale(self) -> None:
        """Write why."""
        if self.answering and self.deciding:
            self.write("Rationale", self._written, self.why)

    def _written(self, words: str) -> None:
        self.why = words

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
            self.ttx.open(sheets.whole_message(view))

    def action_all_tracks(self) -> None:
        """All tracks with what they mean."""
        self.ttx.open(sheets.all_tracks(self._tracks()))

    def action_all_levers(self) -> None:
        """All levers with their levels, or what is known of them."""
        known = self._announced()
        page = sheets.all_announced(known) if known else sheets.all_levers(self._all_levers())
        self.ttx.open(page)

    def action_chain(self) -> None:
        """The clock as a table."""
        view = self._view()
        if view is not None and view.clock is not None and self.answering:
            self.ttx.open(sheets.chain(view.clock))

    # --- mouse ---

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks, a second click carries out."""
        if event.region == "options" and event.row < len(self._rows_of_options):
            at = self._rows_of_options[event.row]
            again = at == self.marked and self.touched
            self.action_choose(at + 1)
            if again:
                self.action_carry_out()
        elif event.region == "list" and event.row >= 2:
            self._click_lever(event.row - 2, event.column)
        elif event.region == "detail":
            head = 1 if self.form == SMALL else 3
            level = (event.row - head) // 2
            if event.row >= head and level == self.picked:
                self.action_carry_out()
            elif event.row >= head:
                self._pick(level)

    def _click_lever(self, row: int, column: int) -> None:
        names = [one.id for one in self._levers()]
        if self.form == SMALL and len(names) > 4:
            half = (len(names) + 1) // 2
            row += half if column >= self._width("list") // 2 else 0
        if row < len(names):
            self._mark_lever(names[row])

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel moves the mark."""
        self.action_step(message.by)
