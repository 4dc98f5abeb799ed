"""Entering at the desk what a cell decides: its levers, its answer, its choice for adversaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text

from ttx.i18n import N_, _
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.command import Command
from ttx.session.control_commands import Enter
from ttx.session.play_commands import Grant, LeaveLevers, Move, Respond, Submit
from ttx.session.run import SEATS
from ttx.session.view.entering import CellView, EnterView, awaited_cells, entering
from ttx.tui import paint
from ttx.tui.parts import form_left
from ttx.tui.parts.fields import Choice, Field, Line, Number, Option, Shape, Value
from ttx.tui.parts.layout import Cell, boxes, column
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

CELL, DEED, LEVER, LEVEL = "cell", "deed", "lever", "level"
OPTION, WRITTEN, PRO, CONTRA = "option", "written", "pro", "contra"
CONFIDENCE, RATIONALE = "confidence", "rationale"
ADVERSARY, RESPONSE = "adversary", "response"
"""The fields."""
MOVE, DONE, AGREE, REFUSE = "move", "done", "agree ", "refuse "
"""What a cell can do about levers; the last two go on with the lever's id."""
OWN_WORDS = "-"
"""The place of an action in own words among the options."""
LABEL = 14
WIDEST = 110


@dataclass(frozen=True, slots=True)
class Draft:
    """What was set for a cell while another one is looked at."""

    values: dict[str, str]
    cell: str
    """Its name."""
    said: tuple[str, ...]
    """The same in words."""


class EnterScreen(FormPage):
    """A form for one cell after the other; it stays until nothing is awaited any more."""

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "gate")
    gone = N_("Nothing is awaited of a cell now. {key} closes this page.")
    name_of_page: ClassVar[str] = N_("enter for a cell")
    survives_phase_change: ClassVar[bool] = True

    def __init__(self) -> None:
        """For the first cell that something is awaited of."""
        super().__init__(LABEL)
        self._at: tuple[object, ...] = ()
        """The question that the values are about."""
        self._drafts: dict[tuple[object, ...], Draft] = {}
        """What was set for other cells, by that question."""
        self._begins = True

    # --- what it is about ---

    @property
    def cells(self) -> tuple[CellView, ...]:
        """The cells that something is awaited of."""
        return self.kept("cells", lambda: awaited_cells(self.eye))

    @property
    def alive(self) -> bool:
        """Whether something can be entered now, by this seat, and nothing is to be told first."""
        return self._awaits and not self._overtaken

    @property
    def _awaits(self) -> bool:
        """Whether something is awaited of a cell that this seat may enter."""
        return self.context.may(SEATS) and bool(self.cells)

    @property
    def _overtaken(self) -> bool:
        """Whether what was set is about a question that is not asked any more."""
        about = [*self._drafts, *([self._at] if self.touched else [])]
        return any(not self._asked(at) for at in about if at)

    def _asked(self, at: tuple[object, ...]) -> bool:
        """Whether a cell is still asked that question."""
        return at[:-1] == self._now[:-1] and at[-1] in [cell.id for cell in self.cells]

    @property
    def _now(self) -> tuple[object, ...]:
        """The question that is asked now, of the cell that it would be entered for."""
        game = self.game
        return game.phase, game.number, len(game.turns), self.cell.id if self.cells else ""

    @property
    def gone_words(self) -> str:
        """That the cell went on without it, and what is next."""
        if not self._awaits:
            return super().gone_words
        return _(
            "The run went on without it. {key} goes on with what is awaited now.",
            key=self.key("give-up"),
        )

    def said(self) -> tuple[str, ...]:
        """What was set for all cells, each with the cell's name."""
        name = self.eye.names.cells.get(str(self._at[-1]) if self._at else "", "")
        own = form_left.sentences(self._last_fields, self.touched - {CELL})
        drafts = (Draft({}, name, own), *self._drafts.values())
        return tuple(
            _("for {cell}, {sentence}", cell=draft.cell, sentence=sentence)
            for draft in drafts
            for sentence in draft.said
        )

    def leave(self) -> None:
        """Close the page; where it was told what went on without it, go on with what is awaited."""
        if not (self._awaits and self._overtaken):
            super().leave()
            return
        self.touched, self.values, self._at = set(), {}, ()
        self._drafts = {at: draft for at, draft in self._drafts.items() if self._asked(at)}
        self.paint()

    @property
    def cell(self) -> CellView:
        """The cell it is entered for."""
        chosen = self.values.get(CELL, "")
        return next((cell for cell in self.cells if cell.id == chosen), self.cells[0])

    @property
    def view(self) -> EnterView:
        """What is before that cell."""
        cell = self.cell.id
        return self.kept(f"enter {cell}", lambda: entering(self.eye, cell))

    def foot(self) -> Sequence[tuple[str, str]]:
        """Keys that are no text."""
        enter = ("carry-out-all" if self.fields.has_texts else "carry-out", _("enter it"))
        return [("next-field", _("next field")), enter, ("give-up", _("close"))]

    def plan(self) -> dict[str, Box]:
        """A head as high as its words, the fields, and the button last."""
        lines = 1 + len(self._asked_lines(self.body.width)) if self.alive else 3
        air = self.by_size(0, 1)
        form = column(Cell("head", min(lines, 8)), air, Cell("rows"), air, Cell("gate", 1))
        return boxes(self.by_size(form, column(1, form, 1)), self.body)

    def _asked_lines(self, width: int) -> list[str]:
        view = self.view
        words = f"{view.title}. {view.question}" if view.question else view.title
        return paint.broken(words, min(width, WIDEST))

    def head(self, width: int) -> Sequence[Text]:
        """For whom, and what is asked of them."""
        ink, strong = self.ink, f"bold {self.ink.strong}"
        note = _("recorded as entered at the desk")
        label = paint.label(width, _("ENTER FOR {cell}", cell=self.cell.name), ink, note)
        lines = self._asked_lines(width)
        return [label, *(paint.line(width, [(line, strong)]) for line in lines)]

    def draw_others(self) -> None:
        """The button, with who leads the cell; what is asked is in focus to begin with."""
        if self._begins:
            self._begins = False
            first = next(part.name for part in self.fields.fields if part.name != CELL)
            self.fields.focus_on(first)
        note = _("{lead} leads this cell", lead=self.cell.lead)
        self.put_button(self._does(), note)

    def _does(self) -> str:
        deed = self._deed()
        if self.game.phase == phases.LEVERS and deed != MOVE:
            return _("Done with levers") if deed == DONE else _("Enter the consent")
        words = {phases.LEVERS: N_("Move it"), phases.RESPONSE: N_("Enter the choice")}
        return _(words.get(self.game.phase, N_("Enter the answer")))

    # --- the fields ---

    def declared(self) -> Sequence[Field]:
        """The cell, then what its part of the phase asks for."""
        self._follow()
        fields: list[Field] = []
        if len(self.cells) > 1:
            options = tuple(Option(cell.id, cell.name) for cell in self.cells)
            fields.append(Choice(name=CELL, label=_("for"), options=options, value=self.cell.id))
        match self.game.phase:
            case phases.LEVERS:
                return [*fields, *self._levers()]
            case phases.DELIBERATION:
                return [*fields, *self._answer()]
        return [*fields, *self._responses()]

    def _follow(self) -> None:
        """Go on with another cell; what was set for a cell stays while it is asked."""
        before, at = self._at, self._now
        if at == before:
            return
        if before and self.touched - {CELL}:
            name = self.eye.names.cells[str(before[-1])]
            said = form_left.sentences(self.fields.fields, self.touched - {CELL})
            self._drafts[before] = Draft(self.values, name, said)
        draft = self._drafts.pop(at, None)
        self.values = {**(draft.values if draft is not None else {}), CELL: self.cell.id}
        self._at, self._begins = at, True
        self.touched = self.values.keys() - {CELL}

    def _deed(self) -> str:
        return self.values.get(DEED, MOVE if self.view.levers else DONE)

    def _levers(self) -> list[Field]:
        view = self.view
        deeds = [Option(MOVE, _("move a lever"))] if view.levers else []
        for consent in view.consents:
            deeds.append(Option(AGREE + consent.lever, _("agree to {move}", move=consent.what)))
            deeds.append(Option(REFUSE + consent.lever, _("refuse {move}", move=consent.what)))
        deeds.append(Option(DONE, _("done with its levers for this turn")))
        fields: list[Field] = [
            Choice(
                name=DEED,
                label=_("what"),
                options=tuple(deeds),
                value=self._deed(),
            )
        ]
        if self._deed() != MOVE:
            return fields
        levers = tuple(Option(lever.id, lever.name) for lever in view.levers)
        chosen = self.values.get(LEVER, levers[0].id)
        lever = next(part for part in view.levers if part.id == chosen)
        levels = tuple(
            Option(
                level.id,
                level.name,
                _("stands there now") if level.held else level.closed or level.price,
                wrong=bool(level.closed),
            )
            for level in lever.levels
        )
        held = next((level.id for level in lever.levels if level.held), "")
        level = self.values.get(LEVEL, held)
        return [
            *fields,
            Choice(name=LEVER, label=_("lever"), options=levers, value=chosen),
            Choice(
                name=LEVEL,
                label=_("level"),
                options=levels,
                value=level if level in [option.id for option in levels] else held,
                shape=Shape.UNFOLDED,
            ),
        ]

    def _answer(self) -> list[Field]:
        options = tuple(
            Option(part.id, part.title, part.closed, wrong=bool(part.closed))
            for part in self.view.options
        )
        own = Option(OWN_WORDS, _("an action in own words"))
        chosen = self.values.get(OPTION, "")
        answer = Choice(
            name=OPTION,
            label=_("answer"),
            options=(*options, own),
            value=chosen,
            empty=_("not chosen yet"),
            shape=Shape.UNFOLDED,
            unknown=_("Choose an option from 1 to {count}.", count=len(options) + 1),
        )
        confidence = Number(
            name=CONFIDENCE,
            label=_("confidence"),
            value=self._confidence,
            least=0,
            most=100,
            step=5,
            malformed=_("A confidence is a number from 0 to 100."),
            beyond=_("Confidence is between 0 and 100."),
            shown=f"{self._confidence}%" if self._confidence else _("not given"),
        )
        texts = [(RATIONALE, _("reason"))]
        if chosen == OWN_WORDS:
            words = ((WRITTEN, _("action")), (PRO, _("for it")), (CONTRA, _("against")))
            texts = [*words, *texts]
        lines = [
            Line(name=name, label=label, value=self.values.get(name, "")) for name, label in texts
        ]
        return [answer, confidence, *lines]

    @property
    def _confidence(self) -> int:
        return int(self.values.get(CONFIDENCE, "0"))

    def _responses(self) -> list[Field]:
        rows = self.view.adversaries
        chosen = self.values.get(ADVERSARY, next((r.id for r in rows if not r.chosen), rows[0].id))
        adversary = next(part for part in rows if part.id == chosen)
        fields: list[Field] = []
        if len(rows) > 1:
            names = tuple(Option(part.id, part.name) for part in rows)
            fields.append(Choice(name=ADVERSARY, label=_("adversary"), options=names, value=chosen))
        responses = tuple(
            Option(part.id, part.name, part.closed or part.about, wrong=bool(part.closed))
            for part in adversary.responses
        )
        value = self.values.get(RESPONSE, adversary.chosen)
        return [
            *fields,
            Choice(
                name=RESPONSE,
                label=adversary.name,
                options=responses,
                value=value,
                shape=Shape.UNFOLDED,
            ),
        ]

    # --- what is done ---

    def take(self, field: str, value: Value) -> None:
        """Keep it; what hangs on another choice begins anew."""
        super().take(field, value)
        for other in {LEVER: (LEVEL,), ADVERSARY: (RESPONSE,)}.get(field, ()):
            self.values.pop(other, None)

    def _asks(self) -> Command | None:
        """What the cell's lead would ask for; None where something is missing."""
        shown = {field.name: field.value for field in self.declared() if isinstance(field, Choice)}
        match self.game.phase:
            case phases.LEVERS if self._deed() == MOVE:
                return Move(shown[LEVER], shown[LEVEL])
            case phases.LEVERS if self._deed() == DONE:
                return LeaveLevers()
            case phases.LEVERS:
                does, _space, lever = self._deed().partition(" ")
                return Grant(lever, agreed=does == AGREE.strip())
            case phases.DELIBERATION if shown[OPTION]:
                return Submit(self._given(shown[OPTION]))
            case phases.RESPONSE if shown[RESPONSE]:
                rows = self.view.adversaries
                return Respond(shown.get(ADVERSARY, rows[0].id), shown[RESPONSE])
        return None

    def _given(self, option: str) -> Answer:
        typed = {
            name: self.values.get(name, "").strip() for name in (RATIONALE, WRITTEN, PRO, CONTRA)
        }
        if option != OWN_WORDS:
            return Answer(option, self._confidence, rationale=typed[RATIONALE])
        return Answer(
            "",
            self._confidence,
            rationale=typed[RATIONALE],
            written=typed[WRITTEN],
            pro=typed[PRO],
            contra=typed[CONTRA],
        )

    def carry_out(self) -> None:
        """Enter it; the page goes on with the next cell, or closes once none is left."""
        asks, cell = self._asks(), self.cell
        if asks is None:
            self.show_notice(_("Choose first what the cell answers."))
            return
        touched, self.touched = self.touched, set()
        if not self.request(Enter(cell.id, asks)):
            self.touched = touched
            return
        self._at = ()
        words = _("Entered for {cell}. All who may read it see that the desk did.", cell=cell.name)
        if self.alive:
            self.paint()
            self.show_notice(words)
        else:
            self.leave()
            self.shell.say_on_top(words)
