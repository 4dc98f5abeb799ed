"""The Evaluation: objectives, what exercised them, and what evaluators saw and made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _, ngettext
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH
from ttx.session.side_commands import Observe
from ttx.session.striking import Strike
from ttx.session.view.evaluation import SORT, EvaluationView, ObjectiveView, evaluation
from ttx.tui import paint
from ttx.tui.parts import document
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.evaluation_rating import RatingScreen
from ttx.tui.screens.play import PlayPage, PlayRegion
from ttx.tui.widgets import evaluation as rows

NOTHING = EvaluationView((), observes=False, settles=False, over=False, seats=())
WIDEST = 100
"""Cells of a line at most: a longer one is hard to follow."""
MOST = 9
"""Objectives in sight where the marked one stands below them."""


class ObjectiveList(ListRegion[str], PlayRegion):
    """The objectives by id; the keys for a page read on in what stands beside them."""

    def action_turn(self, by: int) -> None:
        """Read on in the marked one, or back."""
        cast("ScrollRegion", self.page.regions["marked"]).action_turn(by)


class EvaluationScreen(PlayPage):
    """A list of the objectives, and beside it all there is on the marked one."""

    survives_phase_change: ClassVar[bool] = True
    REGIONS: ClassVar[tuple[str, ...]] = ("sentence", "objectives", "marked")
    PARTS: ClassVar[Mapping[str, type[Region]]] = {
        "objectives": ObjectiveList,
        "marked": ScrollRegion,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
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
        Binding("l,right", "about(1)", "about", id="about", tooltip="Whom it is about: next seat"),
        Binding("h,left", "about(-1)", "about", id="about-back", tooltip="Seat before"),
        Binding("x", "strike", "strike", id="strike", tooltip="Strike your last one here"),
        Binding("r", "rate", "rate", id="rate", tooltip="Rate the marked objective"),
        Binding("s", "settle", "settle", id="settle", tooltip="Settle its rating in the open"),
    ]
    name_of_page: ClassVar[str] = N_("evaluation")

    def __init__(self) -> None:
        """Observations are about nobody in particular."""
        super().__init__()
        self.whom = 0

    # --- what is shown ---

    @property
    def view(self) -> EvaluationView:
        """The evaluation as this seat may see it; before STARTEX nothing of it."""
        return self.kept("view", lambda: evaluation(self.eye)) or NOTHING

    @property
    def marked(self) -> ObjectiveView | None:
        """The marked objective."""
        return self._by_id.get(self.list("objectives").marked or "")

    @property
    def _by_id(self) -> dict[str, ObjectiveView]:
        return {objective.id: objective for objective in self.view.objectives}

    @property
    def about(self) -> tuple[str, str]:
        """Id and short name of the seat that an observation would be about; two empty for none."""
        seats = (("", ""), *self.view.seats)
        return seats[self.whom % len(seats)]

    @property
    def may(self) -> dict[str, bool]:
        """What this seat may do here: observing, rating, settling."""
        view, live = self.view, self.live
        return {
            "observe": live and view.observes,
            "about": live and view.observes,
            "strike": live and view.observes,
            "rate": live and view.observes,
            "settle": live and view.settles,
        }

    def foot(self) -> Sequence[tuple[str, str]]:
        """What this seat may do here."""
        may, keys = self.may, [("down up", _("row"))]
        if may["observe"]:
            keys += [("strength", _("strength")), ("improvement", _("area"))]
            keys.append(("neutral", _("neutral")))
        keys += [("rate", _("rate"))] if may["rate"] else []
        return [*keys, ("settle", _("settle"))] if may["settle"] else keys

    def plan(self) -> dict[str, Box]:
        """A sentence, the objectives, and the marked one beside or below them."""
        sentence, marked = Cell("sentence", 1), Cell("marked")
        listed = Cell("objectives", min(len(self.view.objectives), MOST) + 1)
        beside = row(Cell("objectives", self.by_size(0, 52, 80)), self.by_size(0, 4, 6), marked)
        large = column(1, sentence, 1, beside, 1)
        return boxes(self.by_size(column(sentence, listed, marked), large), self.body)

    def draw(self) -> None:
        """Fill the regions."""
        ink, signs, width = self.ink, self.glyphs, self.places["sentence"].width
        self.put("sentence", [paint.line(width, [(self._sentence(), f"bold {ink.strong}")])])
        _x, _y, width, height = self.places["objectives"]
        views, brief = self._by_id, self.by_size(small=True, middle=False)
        note = _("injects, observations, rating")
        head = self.headed(paint.label(width, _("OBJECTIVES"), ink, note))
        longer = len(views) * (1 if brief else rows.TALL) > height - len(head)
        across = width - 2 if longer else width
        self.put_list(
            "objectives",
            [*views],
            lambda key, here: rows.row(views[key], across, ink, signs, marked=here, brief=brief),
            head,
        )
        if self.marked is not None:
            self._draw_marked(self.marked)

    def _draw_marked(self, objective: ObjectiveView) -> None:
        _x, _y, width, height = self.places["marked"]
        note = ""
        if self.may["about"]:
            keys, about = self.key("about-back about"), self.about[1] or _("nobody")
            note = _("{keys} about {about}", keys=keys, about=about)
        head = self.headed(paint.label(width, _("THE MARKED ONE"), self.ink, note))
        parts = tuple(rows.parts(objective, over=self.view.over))
        whole = document.rows(parts, min(width, WIDEST), self.ink)
        if len(whole) > height - len(head):  # the bar takes two cells
            whole = document.rows(parts, min(width - 2, WIDEST), self.ink)
        self.put_scroll("marked", whole, head)

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
        if view.observes:
            return _(
                "Write what you see against an objective. Rate apart; never above the evidence."
            )
        return _("What evaluators have written so far. Players read it from the hot wash on.")

    # --- what can be done ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who evaluates has keys for it, and only the lead evaluator settles."""
        return self.may.get(action, True) and super().check_action(action, parameters)

    def on_list_region_marked(self) -> None:
        """What stands beside the list begins anew with another objective."""
        cast("ScrollRegion", self.regions["marked"]).top = 0

    def action_about(self, by: int) -> None:
        """Choose whom an observation is about; after the last seat nobody."""
        self.whom = (self.whom + by) % (len(self.view.seats) + 1)
        self.paint()

    def action_observe(self, sort: str) -> None:
        """Write an observation against the marked objective."""
        objective, (seat, short) = self.marked, self.about
        if objective is None:
            return

        def observed(words: str) -> bool:
            command = Observe(sort, words, objective.id, seat)
            done = not words or self.request(command, _("The observation is in the record."))
            self.whom = 0 if words and done else self.whom
            return done

        name = _(SORT[sort])
        about = _(" of {short}", short=short) if short else ""
        on = _(", on no objective")
        if objective.id:
            on = _(" on '{objective}'", objective=objective.text)
        head = f"{name[0].upper()}{name[1:]}{about}{on}"
        room = self.app.size.width - 2 * self.side - 47
        self.prompt_text(paint.cut(head, room, self.glyphs), observed)

    def action_strike(self) -> None:
        """Strike the last observation of one's own on the marked objective, after a question."""
        seen = self.marked.observations if self.marked is not None else ()
        last = next((part for part in reversed(seen) if part.own), None)
        if last is None:
            self.bar(_("You have written nothing here that stands."))
            return
        done = _("Struck. The record has what it said.")
        strike = partial(self.request, Strike(last.entry), done)
        words = paint.cut(last.text, self.app.size.width // 2, self.glyphs)
        self.confirm(_("Strike your last one here, '{words}'?", words=words), _("Strike"), strike)

    def action_rate(self) -> None:
        """Rate the marked objective, apart from the others."""
        self._rate(settles=False)

    def action_settle(self) -> None:
        """Settle the rating of the marked objective, for everybody to see."""
        self._rate(settles=True)

    def _rate(self, *, settles: bool) -> None:
        objective = self.marked
        if objective is None or not objective.id:
            self.show_notice(_("Mark an objective; what is about none has no rating."))
        elif objective.settled and not settles:
            self.show_notice(_("That rating is settled."))
        else:
            self.shell.open(RatingScreen(objective.id, settles=settles))
