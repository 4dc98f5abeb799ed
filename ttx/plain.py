"""Play in plain lines: the same run where there are no screens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from ttx.exercise.model import text
from ttx.report import story
from ttx.report.review import review
from ttx.session import phases
from ttx.session.asides import Note
from ttx.session.command import Command, IllegalDecision
from ttx.session.conduct import awaited
from ttx.session.decide import Continue, End, Grant, LeaveLevers, Move, Start, Submit, Undo
from ttx.session.excursions import sentences
from ttx.session.game import Game
from ttx.session.table import Table
from ttx.session.view import reckoning, ruling, table
from ttx.session.view.briefing import briefing
from ttx.session.view.excursion import told_to
from ttx.session.view.record import opened

Say = Callable[[str], None]
Ask = Callable[[str], str]
"""Shows a prompt and returns what was typed; EOFError where nothing more comes."""


class Left(Exception):
    """The person left; the run can be resumed."""


class _Undone(Exception):
    """What was asked for is no longer asked."""


class Plain:
    """One seat at a table, in lines."""

    def __init__(self, at: Table, seat: str, say: Say, ask: Ask, language: str = "en") -> None:
        """A seat, a way to say lines and a way to ask."""
        self.table, self.seat, self.say, self.ask, self.language = at, seat, say, ask, language
        self._moved = ""

    @property
    def game(self) -> Game:
        """The run as it stands."""
        return self.table.game

    def play(self) -> None:
        """Play until the run is closed; Left where the person goes before."""
        self._lines(story.excursion_lines(told_to(self.game, self.seat, self.language)))
        while self.game.phase != phases.CLOSED:
            with suppress(_Undone):
                self._step()
        self._lines(story.review_lines(review(self.game, self.table.seal, self.language)))

    def _lines(self, lines: list[str]) -> None:
        for line in lines:
            self.say(line)

    def _step(self) -> None:
        self._hand_over()
        if self.game.paused:
            self._ask("Paused. Enter goes on")
            from ttx.session.decide import Pause

            self._request(Pause())
            return
        match self.game.phase:
            case phases.BRIEFING:
                self._lines(story.briefing_lines(briefing(self.game.run, self.seat, self.language)))
                self._ask("Enter: ready, STARTEX")
                self._request(Start())
            case phases.LEVERS:
                self._levers()
            case phases.DELIBERATION:
                self._answer()
            case phases.REVIEW:
                view = ruling.ruling(self.game, self.seat, self.language)
                if view is not None:
                    self._lines(story.ruling_lines(view))
                self._ask("Enter: go on")
                self._request(Continue())
            case phases.RECKONING:
                shown = reckoning.reckoning(self.game, self.seat, self.language)
                if shown is not None:
                    self._lines(story.reckoning_lines(shown))
                self._ask("Enter: go on")
                self._request(Continue())
            case _:
                self._request(Continue())

    def _hand_over(self) -> None:
        """At a shared keyboard, the cell that is awaited sits down."""
        seat = awaited(self.game, self.seat)
        if seat != self.seat:
            name = text(self.game.run.seat(seat).name, self.language)
            self._ask(f"The keyboard goes to: {name}. Enter when they sit there")
            self.seat = seat

    def _levers(self) -> None:
        found = table.levers(self.game, self.seat, self.language)
        budgets = table.budgets(self.game, self.seat, self.language)
        have = "  ".join(f"{b.name} {b.have}" + (f" of {b.cap}" if b.cap else "") for b in budgets)
        self.say(f"TURN {table.status(self.game, self.seat, self.language).turn}  {have}")
        self._lines(story.lever_lines(found))
        for asked in table.requests(self.game, self.seat):
            self._consent(asked)
        while self.game.phase == phases.LEVERS and awaited(self.game, self.seat) == self.seat:
            words = self._ask("lever level, or Enter for the news").split()
            if not words:
                self._request(LeaveLevers())
            elif len(words) == 2:
                self._move(words[0], words[1], found)
            else:
                self.say("Write a lever and a level, such as: pace accelerated")

    def _consent(self, asked: table.RequestView) -> None:
        """Agree to what another cell asked for, or refuse it."""
        typed = self._ask(
            f"The other cell asks for {asked.lever} at {asked.level}. y agrees, n refuses"
        )
        self._request(Grant(asked.lever, typed == "y"))

    def _move(self, lever: str, level: str, found: tuple[table.LeverView, ...]) -> None:
        part = next((one for one in found if one.id == lever), None)
        names = {one.name: one.id for one in part.levels} if part else {}
        if self._request(Move(lever, names.get(level, level))):
            self.say(f"{lever} now stands at {level}.")

    def _answer(self) -> None:
        view = table.message(self.game, self.seat, self.language)
        if view is None:
            return
        self._lines(story.message_lines(view))
        self._lines(story.option_lines(view))
        while self.game.phase == phases.DELIBERATION and awaited(self.game, self.seat) == self.seat:
            key = self._ask("option")
            option = next((one for one in view.options if one.key == key), None)
            if option is None:
                self.say(f"Choose a number from 1 to {len(view.options)}.")
            else:
                self._request(Submit(option.id))

    def _request(self, command: Command) -> bool:
        try:
            self.table.submit(self.seat, command, self.game.entries, self.language)
        except IllegalDecision as refusal:
            self.say(str(refusal))
            return False
        return True

    def _ask(self, prompt: str) -> str:
        """What the person types; `note WORDS`, `undo`, `end` and `quit` work everywhere."""
        while True:
            if self.table.moved != self._moved:
                self._moved = self.table.moved
                self.say(self._moved)
            try:
                typed = self.ask(f"{prompt} > ").strip()
            except EOFError:
                raise Left from None
            if typed in ("quit", "leave"):
                raise Left
            if typed == "undo":
                if self._request(Undo()):
                    self.say(f"Back at {opened(self.game, self.language)}.")
                    raise _Undone
                continue
            if typed == "end":
                self._request(End())
                return ""
            if typed.startswith("note "):
                self._request(Note(typed.removeprefix("note ")))
                self.say("The note is in the record.")
                continue
            return typed


def tell(at: Table, say: Say, language: str = "en") -> None:
    """Tell a run that robots have played, from the first turn to the review."""
    made = review(at.game, at.seal, language)
    for line in story.excursion_lines(sentences(at.game, language)):
        say(line)
    for turn in made.rows:
        say(f"TURN {turn.turn}  {turn.when}")
        if turn.moves:
            for line in story.wrapped(f"levers: {'; '.join(turn.moves)}", 2):
                say(line)
        for slot in turn.empty:
            say(f"  The {slot} slot stayed empty.")
        for one in turn.rulings:
            for line in story.inject_lines(at.game, one, language):
                say(line)
            for line in story.ruling_lines(one):
                say(line)
        if turn.reckoning is not None:
            for line in story.reckoning_lines(turn.reckoning):
                say(line)
    for line in story.review_lines(made):
        say(line)
