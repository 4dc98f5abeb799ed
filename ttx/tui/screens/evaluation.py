"""The Evaluation: objectives, what exercised them, and what evaluators saw and made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from ttx.i18n import N_, _, ngettext
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH
from ttx.session.side_commands import Observe
from ttx.session.view.evaluation import (
    SORT,
    EvaluationView,
    ObjectiveView,
    RatingView,
    evaluation,
)
from ttx.tui import paint
from ttx.tui.page import MIDDLE, SMALL
from ttx.tui.paint import Seg
from ttx.tui.region import Box, Region
from ttx.tui.screens.evaluation_rating import RatingScreen
from ttx.tui.screens.play import PlayPage

NOTHING = EvaluationView((), observes=False, rates=False, settles=False, over=False, seats=())
SIGNS = {SORT[STRENGTH]: "+", SORT[IMPROVEMENT]: "-", SORT[NEUTRAL]: "="}


class EvaluationScreen(PlayPage):
    """A list of the objectives, and beside it all there is on the marked one."""

    survives_phase_change: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = ("sentence", "objectives", "marked")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "down", id="down", tooltip="Next objective"),
        Binding("k,up", "step(-1)", "up", id="up", tooltip="Objective before"),
        Binding("plus", f"observe('{STRENGTH}')", "strength", id="strength", tooltip="A strength"),
        Binding(
            "minus",
            f"observe('{IMPROVEMENT}')",
            "area",
            id="improvement",
            tooltip="An area for improvement",
        ),
        Binding(
            "equals_sign,o",
            f"observe('{NEUTRAL}')",
            "neutral",
            id="neutral",
            tooltip="A neutral observation",
        ),
        Binding("g,home", "edge(0)", "first", id="first", tooltip="First objective"),
        Binding("G,end", "edge(-1)", "last", id="last", tooltip="About none of them"),
        Binding("l,right", "about(1)", "about", id="about", tooltip="Whom it is about: next seat"),
        Binding("h,left", "about(-1)", "about", id="about-back", tooltip="Seat before"),
        Binding("r", "rate", "rate", id="rate", tooltip="Rate the marked objective"),
        Binding("s", "settle", "settle", id="settle", tooltip="Settle its rating in the open"),
        Binding("pagedown,ctrl+d", "scroll(8)", "on", id="half-down", tooltip="Read on"),
        Binding("pageup,ctrl+u", "scroll(-8)", "back", id="half-up", tooltip="Read back"),
    ]
    name_of_page: ClassVar[str] = N_("evaluation")

    def __init__(self) -> None:
        """The first objective is marked, and observations are about nobody in particular."""
        super().__init__()
        self.marked, self.whom, self.top = 0, 0, 0
        self._kept_words: dict[str, str] = {}
        """What was refused, by sort; it is there when the key is pressed again."""

    # --- what is shown ---

    @property
    def view(self) -> EvaluationView:
        """The evaluation as this seat may see it; before STARTEX nothing of it."""
        found = self.kept("view", lambda: evaluation(self.eye))
        return found or NOTHING

    @property
    def one(self) -> ObjectiveView | None:
        """The marked objective."""
        every = self.view.objectives
        return every[min(self.marked, len(every) - 1)] if every else None

    @property
    def about(self) -> tuple[str, str]:
        """Id and short name of the seat that an observation would be about; two empty for none."""
        seats = (("", ""), *self.view.seats)
        return seats[self.whom % len(seats)]

    def foot(self) -> Sequence[tuple[str, str]]:
        """What this seat may do here."""
        keys = [("j k", _("row"))]
        if self.live and self.view.observes:
            keys += [("+", _("strength")), ("-", _("area")), ("=", _("neutral"))]
        if self.live and self.view.rates:
            keys.append(("r", _("rate")))
        if self.live and self.view.settles:
            keys.append(("s", _("settle")))
        return keys

    def plan(self) -> dict[str, Box]:
        """A sentence, the objectives, and the marked one beside or below them."""
        x, y, width, height = self.body
        count = len(self.view.objectives)
        if self.form == SMALL:
            return {
                "sentence": Box(x, y, width, 1),
                "objectives": Box(x, y + 1, width, min(count, 9) + 1),
                "marked": Box(x, y + 2 + min(count, 9), width, height - 2 - min(count, 9)),
            }
        left, gap = (52, 4) if self.form == MIDDLE else (80, 6)
        return {
            "sentence": Box(x, y + 1, width, 1),
            "objectives": Box(x, y + 3, left, height - 4),
            "marked": Box(x + left + gap, y + 3, width - left - gap, height - 4),
        }

    def draw(self) -> None:
        """Fill the regions."""
        ink, places = self.ink, self.places
        width = places["sentence"].width
        self.put("sentence", [paint.line(width, [(self._sentence(), f"bold {ink.strong}")])])
        self.put("objectives", self._list(places["objectives"]))
        self.put("marked", self._marked(places["marked"]))

    def _sentence(self) -> str:
        view = self.view
        if not view.objectives:
            return _("The evaluation opens at STARTEX.")
        if view.over and view.apart:
            count = len(view.apart)
            what = ngettext("{count} objective", "{count} objectives", count)
            return _(
                "Ratings differ on {what}: settle them in the open, with the reason said.",
                what=what,
            )
        if view.over:
            return _("What was observed, and the ratings that stand.")
        if view.rates:
            return _(
                "Write what you see against an objective. Rate apart; never above the evidence."
            )
        return _("What evaluators have written so far. Players read it from the hot wash on.")

    def _list(self, box: Box) -> list[Text]:
        """A row for each objective at 80 columns, else three: words, then what there is on it."""
        ink, width, small = self.ink, box.width, self.form == SMALL
        rows = [paint.label(width, _("OBJECTIVES"), ink, _("injects, observations, rating"))]
        if not small:
            rows.append(paint.rule(width, ink, self.glyphs))
        every = self.view.objectives
        room = box.height - len(rows) if small else (box.height - len(rows)) // 3
        first = max(0, min(self.marked - room + 1, len(every) - room)) if room else 0
        for at, one in list(enumerate(every))[first : first + room]:
            chosen = at == self.marked
            fill = ink.raised if chosen else ""
            mark: Seg = (f"{self.glyphs.marked if chosen else ' '} ", f"bold {ink.cool}")
            style = f"bold {ink.text}" if chosen else ink.text
            facts = self._facts(one)
            if small:
                rows.append(paint.line(width, [mark, (one.text, style)], facts, fill))
                continue
            told = paint.broken(one.text, width - 4)
            if len(told) > 2:
                told = [told[0], paint.cut(" ".join(told[1:]), width - 4, self.glyphs)]
            rows.append(paint.line(width, [mark, (told[0], style)], (), fill))
            more = told[1] if len(told) > 1 else ""
            rows.append(paint.line(width, [("  ", ""), (more, style)], (), fill))
            rows.append(paint.line(width, [("  ", ""), (one.capability, ink.muted)], facts, fill))
        return rows

    def _facts(self, one: ObjectiveView) -> list[Seg]:
        """How often it was exercised, what was seen of it, and its rating, in fixed columns."""
        ink = self.ink
        count = f"{len(one.exercised):>3}" if one.id else "   "
        seen = f"{len(one.observations):>4} "
        shown = (one.final,) if one.final is not None else one.ratings
        word = "/".join(dict.fromkeys(each.letter for each in shown)) or "-"
        tone = ink.heat if one.differ else ink.cool if shown else ink.muted
        return [(count, ink.muted), (seen, ink.muted), (f"{word:>5}", f"bold {tone}")]

    def _marked(self, box: Box) -> list[Text]:
        one, ink, width = self.one, self.ink, box.width
        if one is None:
            return []
        note = ""
        if self.live and self.view.observes:
            note = _("h l about {about}", about=self.about[1] or "nobody")
        rows = [paint.label(width, _("THE MARKED ONE"), ink, note)]
        if self.form != SMALL:
            rows.append(paint.rule(width, ink, self.glyphs))
        found: list[Text] = []
        if one.id:
            found += self._say(one.text, width, f"bold {ink.strong}")
            exercised = ", ".join(one.exercised) or _("no inject so far")
            found += self._say(
                _(
                    "{capability}. Exercised by {exercised}.",
                    capability=one.capability,
                    exercised=exercised,
                ),
                width,
                ink.muted,
            )
        found += self._ratings(one, width)
        for each in one.observations:
            head = f"{SIGNS[each.sort]} {each.sort}, {each.where}"
            about = _(", on {seat}", seat=each.seat) if each.seat else ""
            style = f"bold {ink.muted}"
            found += self._say(f"{head}{about} ({each.by})", width, style)
            found += self._say(each.text, width, ink.text, 2)
        if not one.observations:
            found += self._say(_("No observation yet."), width, ink.muted)
        found += self._look_for(one, width)
        room = box.height - len(rows)
        self.top = max(0, min(self.top, len(found) - room))
        if len(found) > room:
            last = f"rows {self.top + 1} to {self.top + room} of {len(found)}   {note}".rstrip()
            rows[0] = paint.label(width, _("THE MARKED ONE"), ink, last)
        return rows + found[self.top : self.top + room]

    def _look_for(self, one: ObjectiveView, width: int) -> list[Text]:
        """What can be ticked of it, and what shows while levers are moved; until the hot wash."""
        if self.view.over:
            return []
        found: list[Text] = []
        for label, told in (
            (_("Measures"), one.measures),
            (_("While levers move"), one.lever_tasks),
        ):
            found += self._say(f"{label}:", width, f"bold {self.ink.muted}") if told else []
            for each in told:
                found += self._say(each, width, self.ink.muted, 2)
        return found

    def _ratings(self, one: ObjectiveView, width: int) -> list[Text]:
        ink = self.ink
        found: list[Text] = []
        if one.final is not None:
            verb = _("Settled") if one.settled else _("Stands")
            found += self._rating(verb, one.final, width, ink.cool)
        for each in one.ratings:
            found += self._rating(_("Rated"), each, width, ink.heat if one.differ else ink.text)
        if one.differ:
            found += self._say(_("The ratings differ."), width, f"bold {ink.heat}")
        if one.sealed:
            names = " and ".join(one.sealed)
            words = _(
                "{names} rated it too; that opens once all have, or at the hot wash.", names=names
            )
            found += self._say(words, width, ink.muted)
        return found

    def _rating(self, verb: str, one: RatingView, width: int, tone: str) -> list[Text]:
        words = f"{verb} {one.letter}, {one.words} ({one.by}): {one.why}"
        return self._say(words, width, tone)

    def _say(self, words: str, width: int, style: str, by: int = 0) -> list[Text]:
        told = paint.broken(words, min(width, 100) - by)
        return [paint.line(width, [(" " * by, ""), (part, style)]) for part in told]

    # --- what can be done ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who evaluates has keys for it, and only the lead evaluator settles."""
        view, live = self.view, self.live
        if action in ("observe", "about") and not (view.observes and live):
            return False
        if action == "rate" and not (view.rates and live):
            return False
        if action == "settle" and not (view.settles and live):
            return False
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Mark another objective."""
        self.marked = (self.marked + by) % max(len(self.view.objectives), 1)
        self.top = 0
        self.paint()

    def action_edge(self, at: int) -> None:
        """Mark the first objective, or the row for none."""
        self.marked, self.top = at % max(len(self.view.objectives), 1), 0
        self.paint()

    def action_scroll(self, by: int) -> None:
        """Read on in the marked one, or back."""
        self.top = max(0, self.top + by)
        self.paint()

    def action_about(self, by: int) -> None:
        """Choose whom an observation is about; after the last seat nobody."""
        self.whom = (self.whom + by) % (len(self.view.seats) + 1)
        self.paint()

    def action_observe(self, sort: str) -> None:
        """Write an observation against the marked objective."""
        one = self.one
        if one is None:
            return
        objective, (seat, short) = one.id, self.about

        def done(words: str) -> None:
            if not words:
                self._kept_words.pop(sort, None)
            elif self.request(Observe(sort, words, objective, seat)):
                self._kept_words.pop(sort, None)
                self.whom = 0
                self.show_notice(_("The observation is in the record."))
            else:
                self._kept_words[sort] = words

        name = SORT[sort]
        about = _(" of {short}", short=short) if short else ""
        on = _(" on '{one}'", one=one.text) if objective else _(", on no objective")
        head = f"{name[0].upper()}{name[1:]}{about}{on}"
        room = self.app.size.width - 2 * self.side - 47
        self.prompt_text(paint.cut(head, room, self.glyphs), done, self._kept_words.get(sort, ""))

    def action_rate(self) -> None:
        """Rate the marked objective, apart from the others."""
        one = self.one
        if one is None or not one.id:
            self.show_notice(_("Mark an objective; what is about none has no rating."))
        elif one.settled:
            self.show_notice(_("That rating is settled."))
        else:
            self.shell.open(RatingScreen(one.id, settles=False))

    def action_settle(self) -> None:
        """Settle the rating of the marked objective, for everybody to see."""
        one = self.one
        if one is None or not one.id:
            self.show_notice(_("Mark an objective; what is about none has no rating."))
        else:
            self.shell.open(RatingScreen(one.id, settles=True))

    # --- mouse ---

    def on_region_clicked(self, event: Region.Clicked) -> None:
        """A click marks an objective."""
        if event.region == "objectives":
            at = event.row - 1 if self.form == SMALL else (event.row - 2) // 3
            if 0 <= at < len(self.view.objectives):
                self.marked, self.top = at, 0
                self.paint()

    def on_region_scrolled(self, message: Region.Scrolled) -> None:
        """The wheel scrolls the marked one, and moves the mark over the list."""
        if message.region == "objectives":
            self.action_step(message.by)
        else:
            self.action_scroll(3 * message.by)
