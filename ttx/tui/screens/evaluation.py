"""The Evaluation: objectives, what exercised them, and what evaluators saw and made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from ttx.i18n import N_, _, ngettext
from ttx.session.notebook_events import IMPROVEMENT, NEUTRAL, STRENGTH
from ttx.session.side_commands import Assign, Observe
from ttx.session.striking import Strike
from ttx.session.view.evaluation import (
    SORT,
    EvaluationView,
    ObjectiveView,
    ObservationView,
    evaluation,
)
from ttx.tui import paint
from ttx.tui.parts import document
from ttx.tui.parts.fields import Option
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.parts.list import ListRegion
from ttx.tui.parts.scroll import ScrollRegion
from ttx.tui.region import Box, Region
from ttx.tui.screens.choice import ChoicePage
from ttx.tui.screens.evaluation_analysis import AnalysisForm
from ttx.tui.screens.evaluation_rating import RatingScreen
from ttx.tui.screens.hotwash_plan import PlanForm
from ttx.tui.screens.play import PlayPage, PlayRegion
from ttx.tui.widgets import evaluation as rows

NOTHING = EvaluationView(
    (),
    observes=False,
    settles=False,
    analyses=False,
    plans=False,
    assigned="",
    watched=(),
    assigns=False,
    over=False,
    seats=(),
    cells=(),
)
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
        Binding("a", "analyse", "analyse", id="analyse", tooltip="What lies behind an observation"),
        Binding("p", "plan_row", "plan it", id="plan-row", tooltip="Make one a row of the plan"),
        Binding("c", "watch", "cell", id="watch", tooltip="The cell that you watch"),
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
            "analyse": live and view.analyses,
            "plan_row": live and view.plans,
            "watch": live and (view.observes or view.assigns),
        }

    def foot(self) -> Sequence[tuple[str, str]]:
        """What this seat may do here."""
        may, keys = self.may, [("down up", _("row"))]
        if may["observe"]:
            keys += [("strength", _("strength")), ("improvement", _("area"))]
            keys.append(("neutral", _("neutral")))
        keys += [("rate", _("rate"))] if may["rate"] else []
        keys += [("settle", _("settle"))] if may["settle"] else []
        keys += [("watch", _("cells"))] if may["watch"] and not may["observe"] else []
        keys += [("plan-row", _("plan"))] if may["plan_row"] else []
        return [*keys, ("analyse", _("analyse"))] if may["analyse"] else keys

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
        watched = self._watched()
        small = self.by_size(small=True, middle=False)
        right = [(watched, ink.muted)] if watched and not small else []
        told = [(self._sentence(), f"bold {ink.strong}")]
        self.put("sentence", [paint.line(width, told, right)])
        _x, _y, width, height = self.places["objectives"]
        views, brief = self._by_id, self.by_size(small=True, middle=False)
        note = _("injects, observations, rating")
        note = f"{watched}   {note}" if watched and small else note
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
        view = self.view
        parts = tuple(
            rows.parts(objective, over=view.over, assigned=view.assigned, watched=view.watched)
        )
        whole = document.rows(parts, min(width, WIDEST), self.ink)
        if len(whole) > height - len(head):  # the bar takes two cells
            whole = document.rows(parts, min(width - 2, WIDEST), self.ink)
        self.put_scroll("marked", whole, head)

    def _watched(self) -> str:
        """The cell that this evaluator watches, and the key for another; nothing for others."""
        if not self.may["watch"] or not self.view.observes:
            return ""
        return _(
            "{key} you watch {cell}", key=self.key("watch"), cell=self.view.assigned or _("all")
        )

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

    def action_analyse(self) -> None:
        """Say what lies behind an observation: of one's own, at the hot wash of any."""
        seen = self.marked.observations if self.marked is not None else ()
        mine = [part for part in seen if part.own or self.view.over]
        self._choose(_("Analyse which observation"), mine, self._analyse)

    def _analyse(self, entry: int) -> None:
        self.shell.open(AnalysisForm(entry, self._analysed))

    def _analysed(self) -> None:
        self.show_notice(_("The analysis is in the record."))

    def action_plan_row(self) -> None:
        """Make an observation a row of the improvement plan."""
        seen = self.marked.observations if self.marked is not None else ()
        self._choose(_("Plan for which observation"), seen, self._plan_row)

    def _plan_row(self, entry: int) -> None:
        self.shell.open(PlanForm(0, self._planned, observation=entry))

    def _planned(self, _card: int) -> None:
        self.show_notice(_("It is a row of the improvement plan."))

    def _choose(
        self, heading: str, seen: Sequence[ObservationView], then: Callable[[int], None]
    ) -> None:
        """One of several observations; the only one at once, and none said."""
        if not seen:
            self.show_notice(_("There is no observation on the marked one that you may take."))
        elif len(seen) == 1:
            then(seen[0].entry)
        else:
            options = [
                Option(str(part.entry), part.text, f"{part.sort}, {part.by}") for part in seen
            ]
            self.shell.open(ChoicePage(heading, options, lambda entry: then(int(entry))))

    def action_watch(self) -> None:
        """The next cell to watch, after the last all of them; at the desk that of an evaluator."""
        if not self.view.observes:
            self._assign()
            return
        order = [*(cell for cell, _name in self.view.cells), ""]
        at = self.game.notebook.assigned.get(self.context.seat, "")
        nearest = order[(order.index(at) + 1) % len(order)]
        self.request(Assign(self.context.seat, nearest))

    def _assign(self) -> None:
        """Choose an evaluator, where there are several, and the cell that it watches."""
        known = {part.seat: part for part in self.view.watched}
        if len(known) == 1:
            self._assign_to(next(iter(known)))
            return
        options = [
            Option(seat, part.name, part.cell or _("all cells")) for seat, part in known.items()
        ]
        self.shell.open(ChoicePage(_("Who watches which cell"), options, self._assign_to))

    def _assign_to(self, seat: str) -> None:
        name = next(part.name for part in self.view.watched if part.seat == seat)
        cells = [Option(cell, label) for cell, label in (*self.view.cells, ("", _("all cells")))]
        heading = _("What {seat} watches", seat=name)
        self.shell.open(ChoicePage(heading, cells, partial(self._assigned, seat)))

    def _assigned(self, seat: str, cell: str) -> None:
        if self.request(Assign(seat, cell)):
            self.show_state(lambda: next(p.told for p in self.view.watched if p.seat == seat) + ".")

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
