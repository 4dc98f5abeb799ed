"""Play in plain lines: the same run where there are no screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from ttx.exercise.model import text
from ttx.i18n import N_, _
from ttx.report import story
from ttx.report.document import Entry, Paragraph, Part
from ttx.report.lines import lines, lines_of
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.automation import awaited
from ttx.session.command import Command, IllegalDecision
from ttx.session.game import Game
from ttx.session.play_commands import (
    Continue,
    End,
    Grant,
    LeaveLevers,
    Move,
    Pause,
    Respond,
    Start,
    Submit,
    Undo,
)
from ttx.session.side_commands import Note
from ttx.session.table import Table
from ttx.session.view import levers as lever_views
from ttx.session.view import message as message_views
from ttx.session.view import reckoning, ruling, table
from ttx.session.view.briefing import briefing
from ttx.session.view.choice import choice
from ttx.session.view.excursion import sentences, told_to
from ttx.session.view.eye import Eye
from ttx.session.view.table import opened

Say = Callable[[str], None]
Ask = Callable[[str], str]
"""Shows a prompt and returns what was typed; raises EOFError where nothing more comes."""


class Left(Exception):
    """The person left; the run can be resumed."""


class _MovedOn(Exception):
    """What was asked for is no longer asked."""


LEAVE = ("q", "quit", "leave", "exit")
ANYWHERE = (
    (N_("help, ?"), N_("this list")),
    (N_("note WORDS"), N_("writes a note into the record")),
    ("undo", N_("goes back to where the levers or the question last opened")),
    ("end", N_("ends the exercise here, after a question; its review follows")),
    (N_("q, quit, leave"), N_("leaves; all is kept, and the way back is printed")),
)
"""What works at every prompt, a line each."""
REST = N_("help lists what else can be typed.")


class Plain:
    """One seat at a table, in lines."""

    def __init__(self, at: Table, seat: str, say: Say, ask: Ask) -> None:
        """A seat, a way to say lines and a way to ask."""
        self.table, self.seat, self.say, self.ask = at, seat, say, ask
        self._moved = ""

    @property
    def game(self) -> Game:
        """The run as it stands."""
        return self.table.game

    @property
    def eye(self) -> Eye:
        """The seat's eye on it."""
        return Eye(self.game, self.seat)

    def play(self) -> None:
        """Play until the run is closed.

        Raises:
            Left: Where the person goes before.
        """
        self._show(story.excursion(told_to(self.eye)))
        self.say(_("At every prompt, help lists what can be typed; q leaves, and the run is kept."))
        self.say("")
        while self.game.phase != phases.CLOSED:
            with suppress(_MovedOn):
                self._step()
        tell_review(self.table, self.say)

    def _show(self, parts: Iterable[Part]) -> None:
        for line in lines_of(parts):
            self.say(line)

    def _tell(self, sentence: str) -> None:
        self._show([Paragraph(sentence)])

    def _step(self) -> None:
        self._hand_over()
        if self.game.paused:
            self._enter(_("Paused. Enter goes on"), _("Enter lets the time run again"))
            self._request(Pause())
            return
        match self.game.phase:
            case phases.BRIEFING:
                self._show(story.briefing(briefing(self.eye)).whole)
                self._enter(_("Enter: ready, STARTEX"), _("Enter begins the exercise"))
                self._request(Start())
            case phases.LEVERS:
                self._levers()
            case phases.DELIBERATION:
                self._answer()
            case phases.RESPONSE:
                self._respond()
            case phases.REVIEW:
                view = ruling.ruling(self.eye)
                if view is not None:
                    self._show([story.set_in(story.ruling(view), story.RULED)])
                self._enter(_("Enter: go on"), _("Enter goes on"))
                self._request(Continue())
            case phases.RECKONING:
                shown = reckoning.reckoning(self.eye)
                if shown is not None:
                    self._show(story.reckoning(shown))
                self._enter(_("Enter: go on"), _("Enter goes on"))
                self._request(Continue())
            case _:
                self._request(Continue())

    def _hand_over(self) -> None:
        """At a shared keyboard, the cell that is awaited sits down."""
        seat = awaited(self.game, self.seat)
        if seat != self.seat:
            name = text(self.game.run.seat(seat).name)
            sits = _("Enter when they sit there")
            self._enter(
                _("The keyboard goes to: {name}. {sits}", name=name, sits=sits), f"{sits}: {name}"
            )
            self.seat = seat

    def _levers(self) -> None:
        levers = lever_views.levers(self.eye)
        budgets = lever_views.budgets(self.eye)
        have = "  ".join(
            f"{b.name} {b.have}" + (_(" of {cap}", cap=b.cap) if b.cap else "") for b in budgets
        )
        turn = table.status(self.eye).turn
        title = Entry((_("TURN {turn}  {have}", turn=turn, have=have),), hang=8)
        self._show([title, story.levers(levers)])
        for asked in lever_views.requests(self.eye):
            self._consent(asked)
        while self.game.phase == phases.LEVERS and awaited(self.game, self.seat) == self.seat:
            levers = lever_views.levers(self.eye)
            typed = self._ask(_("lever level, or Enter for the news"), _how_to_move(levers))
            if typed:
                self._move(typed, levers)
            else:
                self._request(LeaveLevers())

    def _consent(self, asked: lever_views.RequestView) -> None:
        """Agree to what another cell asked for, or refuse it."""
        here = _("y agrees, n refuses")
        prompt = _(
            "The other cell asks for {lever} at {level}. {here}",
            lever=asked.lever,
            level=asked.level,
            here=here,
        )
        while (typed := self._ask(prompt, here).casefold()) not in ("y", "yes", "n", "no"):
            self._tell(_("Here {here}; {rest}", here=here, rest=_(REST)))
        self._request(Grant(asked.lever, typed in ("y", "yes")))

    def _move(self, typed: str, levers: tuple[lever_views.LeverView, ...]) -> None:
        name, _space, level = typed.partition(" ")
        part = next((lever for lever in levers if lever.id.casefold() == name.casefold()), None)
        if part is None and not level:
            self._not_here(_how_to_move(levers))
            return
        if part is None:
            mine = ", ".join(lever.id for lever in levers if lever.mine and lever.open)
            which = _("choose from {mine}", mine=mine) if mine else _("none is yours to move")
            self._tell(_("There is no lever '{name}' here; {which}.", name=name, which=which))
            return
        levels = {rung.name.casefold(): rung for rung in part.levels}
        levels |= {rung.id.casefold(): rung for rung in part.levels}
        chosen = levels.get(level.strip().casefold())
        if chosen is None:
            has = _("has no level '{level}'", level=level.strip()) if level else _("needs a level")
            which = ", ".join(rung.name for rung in part.levels)
            self._tell(
                _(
                    "The lever {part} {has}; choose from {which}.",
                    part=part.id,
                    has=has,
                    which=which,
                )
            )
        elif self._request(Move(part.id, chosen.id)):
            now = lever_views.levers(self.eye)
            waits = any(lever.id == part.id and lever.asked for lever in now)
            self._tell(
                _(
                    "{part} at {chosen} waits for the other cell to agree.",
                    part=part.id,
                    chosen=chosen.name,
                )
                if waits
                else _("{part} now stands at {chosen}.", part=part.id, chosen=chosen.name)
            )

    def _answer(self) -> None:
        view = message_views.message(self.eye)
        if view is None:
            return
        self._show([story.message(view), story.options(view)])
        while self.game.phase == phases.DELIBERATION and awaited(self.game, self.seat) == self.seat:
            here = _("a number from 1 to {options} answers", options=len(view.options))
            key = self._ask("option", here)
            option = next((offered for offered in view.options if offered.key == key), None)
            if option is None:
                self._not_here(here)
            else:
                self._request(Submit(Answer(option.id)))

    def _respond(self) -> None:
        """The choice for each adversary of this seat, one after the other."""
        choices = choice(self.eye)
        mine = [row for row in choices.rows if row.mine and not row.chosen] if choices else []
        if not mine:
            raise Left
        row = mine[0]
        self._show([story.response(row, choices.news if choices else ())])
        here = _("a number from 1 to 3 chooses how it responds")
        while True:
            key = self._ask(_("how does {of} respond", of=row.of.name), here)
            if key in ("1", "2", "3"):
                if self._request(Respond(row.of.id, row.moves[int(key) - 1].response)):
                    return
            else:
                self._not_here(here)

    def _request(self, command: Command) -> bool:
        try:
            self.table.submit(self.seat, command, self.game.entries)
        except IllegalDecision as refusal:
            self._tell(str(refusal))
            return False
        return True

    def _not_here(self, here: str) -> None:
        """What was typed means nothing at this prompt: what does."""
        self._tell(_("Here {here}; {rest}", here=here, rest=_(REST)))

    def _enter(self, prompt: str, here: str) -> None:
        """Wait for Enter, and take nothing else for it."""
        while self._ask(prompt, here):
            self._not_here(here)

    def _ask(self, prompt: str, here: str) -> str:
        """What the person types, where it is not of what works everywhere.

        `here` is what the prompt is for, such as `Enter goes on`.
        """
        while True:
            if self.table.moved != self._moved:
                self._moved = self.table.moved
                self.say(self._moved)
            typed = self._typed(prompt)
            word, _space, rest = typed.partition(" ")
            word = word.casefold()
            if word == "note":
                self._note(rest)
            elif word in ("help", "?"):
                anywhere = (
                    Entry((typed, _(does)), columns=(17,), hang=18) for typed, does in ANYWHERE
                )
                self._show([Paragraph(_("Here {here}.", here=here)), story.set_in(anywhere, 2)])
            elif rest:
                return typed
            elif word in LEAVE:
                raise Left
            elif word == "undo":
                if self._request(Undo()):
                    self._tell(_("Back at {opened}.", opened=opened(self.game)))
                    raise _MovedOn
            elif word == "end":
                self._end()
            else:
                return typed

    def _typed(self, prompt: str) -> str:
        try:
            return self.ask(f"{prompt} > ").strip()
        except EOFError:
            raise Left from None

    def _note(self, words: str) -> None:
        if not words:
            self._tell(_("Write the note behind the word, such as: note we asked Tokyo too late"))
        elif self._request(Note(words)):
            self._tell(_("The note is in the record."))

    def _end(self) -> None:
        """End the exercise, once that was confirmed."""
        sure = _(
            "End the exercise here? It cannot be played on afterwards. y ends it, Enter does not"
        )
        if self._typed(sure).casefold() not in ("y", "yes"):
            self._tell(_("Nothing was ended."))
        elif self._request(End()):
            raise _MovedOn


def _how_to_move(levers: tuple[lever_views.LeverView, ...]) -> str:
    """What can be typed where levers are moved, with one that can."""
    for lever in levers:
        for level in lever.levels:
            if lever.mine and lever.open and not (level.held or level.closed):
                return _(
                    "a lever with its level moves it, such as {lever} "
                    "{level}; Enter brings the news",
                    lever=lever.id,
                    level=level.name,
                )
    return _("Enter brings the news")


def tell_review(at: Table, say: Say) -> None:
    """Tell what a run comes to, as far as it was played."""
    for line in lines(review_of(review(at.game, at.sealed))):
        say(line)


def tell(at: Table, say: Say) -> None:
    """Tell a run that robots have played, from the first turn to the review."""
    made = review(at.game, at.sealed)
    excursion = story.excursion(sentences(Eye.all_seeing(at.game)))
    for line in lines_of((*excursion, *story.told(at.game, made), *review_of(made).whole)):
        say(line)
