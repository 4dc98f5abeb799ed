"""One seat at a table, in lines: what it sees, what it says, what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ttx.report.document import Entry, Paragraph, Part
from ttx.report.lines import WIDTH, lines_of
from ttx.session.answer import Answer
from ttx.session.attendance import Attendance, Invites
from ttx.session.command import Command, IllegalDecision
from ttx.session.game import Game
from ttx.session.table import Table
from ttx.session.view.eye import Eye
from ttx.session.view.message import message
from ttx.session.view.pace import pace

Say = Callable[[str], None]
"""Shows a line."""


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """A feedback form that was begun."""

    entry: int
    """The entry of the form that it goes on from; 0 where none was handed in."""
    marks: Mapping[str, int]
    answers: Mapping[str, str]


@dataclass
class Kept:
    """What a seat has before it that is in no record: it stays when the connection drops."""

    of: str = ""
    """The inject that the draft is for; at another one it begins anew."""
    draft: Answer = field(default_factory=Answer)
    """What is said beside the answer that was not given yet."""
    levers: set[tuple[str, str]] = field(default_factory=set)
    """Seats with the levers that were told them with all levels; then it is said where one stands.
    """
    form: FeedbackDraft | None = None
    """The feedback form as far as it was filled in and not handed in."""
    heard: int = 0
    """The last entry that was told to the seat."""
    begun: bool = False
    """Whether it was told once where the run stands."""


class Sitting:
    """A seat that reads and writes lines."""

    def __init__(
        self,
        table: Table,
        seat: str,
        say: Say,
        *,
        width: int = WIDTH,
        attendance: Attendance | None = None,
        invites: Invites | None = None,
        kept: Kept | None = None,
        screens: bool = False,
    ) -> None:
        """A seat, and a way to say lines of at most `width` columns.

        At a hosted table there is an `attendance`; `invites` is for who may do something about
        seats. `screens` says whether there are any to go back to.
        """
        self.table, self.seat, self.width = table, seat, width
        self._say = say
        self.said = 0
        """How many lines were said."""
        self.attendance, self.invites = attendance, invites
        self.kept = Kept() if kept is None else kept
        self.screens = screens
        self.leaving = ""
        """What is asked before the seat is left; nothing where nothing ends with that."""
        self.seen = table.game.entries
        """The last entry that the seat knew of when it was asked."""

    def say(self, line: str) -> None:
        """Say a line as it is."""
        self.said += 1
        self._say(line)

    @property
    def game(self) -> Game:
        """The run as it stands."""
        return self.table.game

    @property
    def eye(self) -> Eye:
        """The seat's eye on it."""
        return Eye(self.game, self.seat)

    @property
    def hosted(self) -> bool:
        """Whether others sit at screens or lines of their own."""
        return self.attendance is not None

    @property
    def desk(self) -> bool:
        """Whether the seat may do something at the desk."""
        return self.eye.at_the_desk

    @property
    def facilitates(self) -> bool:
        """Whether the seat holds the pace."""
        return self.eye.facilitates

    @property
    def held(self) -> bool:
        """Whether somebody holds the pace: then a seat commits, and the run waits for them."""
        return pace(self.eye).held

    def show(self, *parts: Part) -> None:
        """Parts of a document."""
        for line in lines_of(parts, self.width):
            self.say(line)

    def tell(self, *sentences: str) -> None:
        """A paragraph for each sentence that is not empty."""
        self.show(*(Paragraph(sentence) for sentence in sentences if sentence))

    def head(self, title: str, *parts: Part) -> None:
        """Parts under a title; an empty line before it."""
        self.say("")
        self.show(Entry((title,), parts, under=2))

    def listed(self, title: str, sentences: Iterable[str], none: str = "") -> None:
        """Sentences under a title, or what is said where there are none."""
        entries = tuple(Entry((sentence,), hang=2) for sentence in sentences)
        self.head(title, *(entries or (Paragraph(none),)))

    def request(self, command: Command, done: str = "") -> bool:
        """Ask for something, and say that it is done, or why not; whether it was."""
        try:
            self.table.submit(self.seat, command, self.seen)
        except IllegalDecision as refusal:
            self.tell(str(refusal))
            return False
        self.tell(done)
        return True

    def record_told(self, entries: Collection[int]) -> None:
        """What was said to the seat was told here, for whoever said it."""
        if self.attendance is not None and entries:
            self.attendance.record_painted(self.seat, entries)

    def draft(self) -> Answer:
        """What is said so far beside the answer to the inject on the table."""
        view = message(self.eye)
        of = f"{self.seat} {view.number if view is not None else ''}"
        if self.kept.of != of:
            self.kept.of, self.kept.draft = of, Answer()
        return self.kept.draft
