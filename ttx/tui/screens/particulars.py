"""The session: for whom, when and where it is held, and the sponsor's targets; a form at the desk.

Whoever may not state any of it reads what was stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text

from ttx.exercise.model.part import text
from ttx.i18n import N_, _, ngettext
from ttx.session.command import IllegalDecision
from ttx.session.particulars import Stated
from ttx.session.particulars_words import (
    organisation_of,
    particulars_of,
    points_of,
    targets_of,
)
from ttx.session.stating import REACHED, requests
from ttx.session.view.eye import Eye
from ttx.session.view.notebook_text import RATED
from ttx.session.view.particulars import (
    ABOUT,
    LABELS,
    ORGANISATIONS,
    field_texts,
    score_target,
)
from ttx.tui import paint
from ttx.tui.parts.fields import Choice, Deed, Field, Line, Option, Shape, Value
from ttx.tui.parts.form import Form
from ttx.tui.parts.layout import Cell, boxes, column, row
from ttx.tui.region import Box
from ttx.tui.screens.form import FormPage

LABEL = 24
SCORE, OBJECTIVE = "score ", "objective "
"""What the names of the fields of targets begin with."""
NONE = "-"
"""Chosen where an objective has no target."""


class ParticularsForm(FormPage):
    """What is set here is merged into what stands in the record once it is carried out.

    A field that was not touched shows what the record says now, also where another seat states it
    in the meantime.
    """

    REGIONS: ClassVar[tuple[str, ...]] = ("head", "rows", "about")
    gone = N_("The run is closed, or this is no longer yours to say. {key} closes this page.")
    survives_phase_change: ClassVar[bool] = True
    name_of_page: ClassVar[str] = N_("session")

    def __init__(self) -> None:
        """Nothing was touched yet."""
        super().__init__(LABEL)
        self._wrong: dict[str, str] = {}

    # --- what is shown ---

    @property
    def alive(self) -> bool:
        """Whether this seat may still say any of it."""
        return self.states

    def foot(self) -> Sequence[tuple[str, str]]:
        """Letters are text."""
        keys = [("next-field", _("next field"))]
        if isinstance(self.fields.field, Choice):
            keys.append(("1-4", _("choose")))
        return [*keys, ("carry-out-all", _("set it")), ("give-up", _("give up"))]

    def plan(self) -> dict[str, Box]:
        """A head and the fields, with what belongs in the marked one below them."""
        form = column(
            Cell("head", 2), Cell("rows"), Cell("about", 3), size=min(self.body.width, 120)
        )
        return boxes(row(form), self.body)

    def head(self, width: int) -> Sequence[Text]:
        """What it is for."""
        wrong = len(self._wrong)
        note = ngettext("{count} to mend", "{count} to mend", wrong) if wrong else ""
        title = _("THIS SESSION: FOR WHOM, WHEN, WHERE")
        note = note or (
            _("on report and papers")
            if self.body.width < 100
            else _("it stands on the cover of the report and of every paper")
        )
        label = paint.label(width, title, self.ink, note)
        return [label, paint.rule(width, self.ink, self.glyphs)]

    def draw_others(self) -> None:
        """The whole label of the field in focus, and what belongs there."""
        field = self.fields.field
        about = field.about if field is not None else ""
        width = self.places["about"].width
        self.put("about", paint.block(width, about, self.ink.muted, 120, 3))

    def declared(self) -> Sequence[Field]:
        """The fields, a further one for an organisation, the targets, and the button."""
        return [*self._fields(), *self._targets(), Deed(name="set", label=_("Set it"))]

    def _fields(self) -> Iterator[Field]:
        values = self._now()
        for name in LABELS:
            if name != ORGANISATIONS:
                yield self._line(name, _(LABELS[name]), _(ABOUT[name]), values)
        label, about = _(LABELS[ORGANISATIONS]), _(ABOUT[ORGANISATIONS])
        for at in range(_organisations(values) + 1):
            yield self._line(f"{ORGANISATIONS} {at}", label, about, values)

    def _targets(self) -> Iterator[Field]:
        values, exercise = self._now(), self.game.run.exercise
        for score in exercise.score:
            name = text(score.name, self.language)
            about = _("points at the end, such as at least 60")
            if score.better == "lower":
                about = _("points at the end, such as at most 40")
            label = _("target {of}", of=score.short)
            field = self._line(f"{SCORE}{score.id}", label, about, values)
            whole = _("Target for the score {of}: {about}", of=name, about=about)
            yield replace(field, about=whole)
        for at, objective in enumerate(exercise.objective, start=1):
            name = f"{OBJECTIVE}{objective.id}"
            words = _(
                "Target for objective {number}, the rating that is to be settled at least: {of}",
                number=at,
                of=text(objective.text, self.language),
            )
            yield Choice(
                name=name,
                label=_("target objective {number}", number=at),
                about=words,
                value=values.get(name, "") or NONE,
                options=(
                    *(Option(letter, letter, _(RATED[letter])) for letter in REACHED),
                    Option(NONE, _("none")),
                ),
                shape=Shape.INLINE,
            )

    def _line(self, name: str, label: str, about: str, values: dict[str, str]) -> Line:
        wrong = self._wrong.get(name, "")
        return Line(
            name=name,
            label=label,
            empty=about if not values.get(name) else "",
            about=f"{label}: {about}",
            value=values.get(name, ""),
            mistakes=(wrong,) if wrong else (),
        )

    def _now(self) -> dict[str, str]:
        """What stands in each field: what was typed here, else what the record says."""
        return _written(self.eye, self.game.notebook.stated) | self.values

    # --- what is typed ---

    def take(self, field: str, value: Value) -> None:
        """Keep it; of organisations all, since one may be taken out by another seat."""
        if field.startswith(ORGANISATIONS):
            values = self._now()
            for at in range(_organisations(values)):
                name = f"{ORGANISATIONS} {at}"
                self.values.setdefault(name, values.get(name, ""))
        super().take(field, value)
        self._wrong.pop(field, None)

    def on_form_moved(self, event: Form.Moved) -> None:
        """What was left is read, or it is said beneath it why it cannot be."""
        if event.left in self.values:
            self._check(event.left)
        self.paint()

    def _check(self, name: str) -> None:
        words = self.values.get(name, "").strip()
        self._wrong.pop(name, None)
        if not words or name.startswith(OBJECTIVE):
            return
        try:
            if name.startswith(ORGANISATIONS):
                organisation_of(words)
            elif name.startswith(SCORE):
                points_of(words, self._score(name.removeprefix(SCORE)))
            else:
                particulars_of([(name, words)])
        except IllegalDecision as refusal:
            self._wrong[name] = str(refusal)

    def _score(self, of: str) -> str:
        """A score by its name."""
        scores = self.game.run.exercise.score
        return next(text(score.name, self.language) for score in scores if score.id == of)

    def carry_out(self) -> None:
        """Set what was changed; or go to what is to be mended first."""
        for name in self.values:
            self._check(name)
        if self._wrong:
            self.fields.focus_on(next(iter(self._wrong)))
            self.show_notice(_("Mend what stands under the fields."))
            return
        try:
            wanted = _stated(self.eye, self._now())
        except IllegalDecision as refusal:
            self.show_notice(str(refusal))
            return
        asked = requests(self.game, wanted)
        if not asked:
            self.show_notice(_("Nothing was changed."))
        elif all(self.request(command) for command in asked):
            self.leave()
            done = _("It is in the record, and on the cover of every paper that is made from now.")
            self.shell.say_on_top(done)


def _written(eye: Eye, stated: Stated) -> dict[str, str]:
    """What is stated, by field."""
    values, at = dict[str, str](), 0
    for name, words in field_texts(stated.particulars):
        several = name == ORGANISATIONS
        values[f"{name} {at}" if several else name] = words
        at += several
    for score, value in stated.targets.scores.items():
        values[f"{SCORE}{score}"] = score_target(eye.exercise, score, value)
    for objective, rating in stated.targets.objectives.items():
        values[f"{OBJECTIVE}{objective}"] = rating
    return values


def _organisations(values: dict[str, str]) -> int:
    """How many fields organisations take, up to the last one that is filled."""
    filled = [
        int(name.removeprefix(f"{ORGANISATIONS} "))
        for name, words in values.items()
        if name.startswith(ORGANISATIONS) and words.strip()
    ]
    return max(filled, default=-1) + 1


def _stated(eye: Eye, values: dict[str, str]) -> Stated:
    """What fields say."""
    cover_fields = [
        (name.split(" ")[0], words)
        for name, words in values.items()
        if not name.startswith((SCORE, OBJECTIVE))
    ]
    aims = [
        (name.partition(" ")[2], words)
        for name, words in values.items()
        if name.startswith((SCORE, OBJECTIVE)) and words != NONE
    ]
    return Stated(particulars_of(cover_fields), targets_of(eye.exercise, aims))
