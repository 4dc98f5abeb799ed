"""A seat's evening in plain lines: what it is told, what it is asked, and what it types."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from ttx.i18n import N_, _
from ttx.plain import pages
from ttx.plain.conversation import Asked, Conversation, Work, sure
from ttx.plain.news import News
from ttx.plain.sitting import Sitting
from ttx.plain.step import Step
from ttx.plain.steps import paused, step_at
from ttx.plain.words import CONTROL, DESK, PLAYING, READING, WORDS, Word, listed
from ttx.report import story
from ttx.report.document import Entry, Paragraph
from ttx.session.play_commands import End, Pause, Undo
from ttx.session.view.brief import in_play
from ttx.session.view.excursion import told_to
from ttx.session.view.table import opened, status
from ttx.session.view.time_left import time_left

LEAVE = ("q", "quit", "leave", "exit")
HELP = ("help", "?")
CANCEL = "cancel"
ALWAYS = (
    (N_("help, ?"), N_("this list; help WORD tells one line of it")),
    ("again", N_("says what lies before you once more")),
    (N_("record NUMBER"), N_("the last entries that you may read")),
    (N_("q, quit, leave"), N_("leaves; all is kept, and the way back is printed")),
)
"""What works at every prompt for everybody."""
OF_THE_TABLE = (
    ("pause", N_("lets the time stand still, or run again")),
    ("undo", N_("goes back to where the levers or the question last opened")),
    ("end", N_("ends the exercise here, after a question; its review follows")),
)
"""The same for who holds the pace, or plays where nobody does."""
SCREENS = ("screens", N_("shows the screens instead of lines"))


class Talk:
    """The lines of one seat, from its first to its last."""

    asked: Asked | Work
    """What waits for a line, or work that waits to be done."""

    def __init__(self, at: Sitting) -> None:
        """Nothing is said before `begin`."""
        self.at = at
        self.left = False
        """Whether the person goes."""
        self.to_screens = False
        """Whether they ask for the screens instead."""
        self._news = News(at)
        self._open: Conversation | None = None
        self._step: Step | None = None
        self._moved = ""
        self._time = ""
        """The last word that was said of the time of the phase."""
        self._told: Hashable = None
        """What was told of what lies before the seat, pauses left out."""
        self._noticed: Hashable = None
        """The step that the seat knows to lie before it, told or at least named."""
        self._meant_for = 0

    # --- what whoever holds the lines asks for ---

    def begin(self) -> None:
        """Say where it stands, and ask."""
        at = self.at
        at.tell(at.game.run.banner)
        at.show(*story.excursion(told_to(at.eye)))
        at.tell(_("At every prompt, help lists what can be typed; q leaves, and the run is kept."))
        at.say("")
        if at.hosted and in_play(at.game) and not at.kept.begun and not at.desk:
            pages.catch_up(at)
        at.kept.begun = True
        self._news.tell_waiting()
        self._settle()

    def typed(self, line: str) -> None:
        """Take a line; whitespace around it says nothing."""
        if self._open is not None:
            self._answered(line.strip())
        else:
            self._ordered(line.strip())
        if not self.left:
            self._settle()

    def worked(self) -> None:
        """Go on after the work that waited was done."""
        self._send("")
        self._settle()

    def grown(self) -> bool:
        """Tell what others did since, and what lies before the seat now; whether anything was."""
        told, self._time = self._time_is_new, self._time_word
        if told:
            self.at.tell(self._time)
        return self._settle() or told

    @property
    def _time_word(self) -> str:
        """A word shortly before the time of the phase is up, and from then on."""
        at = self.at
        return time_left(at.game, at.table.elapsed).word if at.hosted and not at.game.paused else ""

    @property
    def _time_is_new(self) -> bool:
        return self._time_word not in ("", self._time)

    @property
    def overtaken(self) -> bool:
        """Whether what lay before the seat lies there no more."""
        return self._step is not None and step_at(self.at).key != self._noticed

    @property
    def spoken_to(self) -> bool:
        """Whether somebody said something to the seat."""
        return self._news.sent or self._time_is_new

    @property
    def anything_new(self) -> bool:
        """Whether there is something to tell the seat."""
        return self.overtaken or self._time_is_new or self._news.any

    @property
    def in_a_question(self) -> bool:
        """Whether more is asked of what was typed."""
        return self._open is not None

    @property
    def waits(self) -> bool:
        """Whether nothing but words is typed now, since others are waited for."""
        return self._open is None and self._step is not None and self._step.waits

    # --- the step ---

    def _settle(self) -> bool:
        """Tell what is new, and ask what lies before the seat; whether anything was new."""
        at = self.at
        if at.table.moved != self._moved:
            self._moved = at.table.moved
            at.say(self._moved)  # unbroken: a path in it is to be pasted
        told, step = self._news.tell(), step_at(at)
        if self._open is not None:
            if step.key != self._noticed:
                self._noticed, told = step.key, True
                self._tell_meanwhile()
            return told
        if self._step is None or step.key != self._step.key:
            if step.key != self._told:  # after a pause it lies there as before
                step.tell()
            self._told = self._told if paused(step) else step.key
            told = True
        self._step, self.asked, self._noticed = step, step.asked, step.key
        return told

    def _tell_meanwhile(self) -> None:
        """Say amid a question that the run went on: what was typed is kept, and nothing is lost."""
        now = status(self.at.eye)
        phase = _("{phase}, paused", phase=now.phase) if now.paused else now.phase
        self.at.tell(
            _(
                "The run went on meanwhile: turn {turn}, {phase}. cancel leaves this question and "
                "tells what lies before you.",
                turn=now.turn,
                phase=phase,
            )
        )

    def _again(self) -> None:
        if self._step is not None:
            self._step.tell()

    # --- a conversation ---

    def _begin(self, conversation: Conversation | None) -> None:
        if conversation is None:
            return
        self._open, self._meant_for = conversation, self.at.seen
        self._step_on(lambda: next(conversation))

    def _send(self, line: str) -> None:
        conversation = self._open
        assert conversation is not None
        self.at.seen = self._meant_for
        self._step_on(lambda: conversation.send(line))

    def _step_on(self, on: Callable[[], Asked | Work]) -> None:
        try:
            self.asked = on()
        except StopIteration:
            self._open = None
        except BaseException:  # a full disk, say: what was asked is not asked any more
            self._open = None
            raise

    def _answered(self, line: str) -> None:
        """A line to a question inside of a conversation."""
        word = line.casefold()
        if word in HELP and isinstance(self.asked, Asked):
            here = self.asked.here
            self.at.tell(_("Here {here}; cancel goes back and does nothing.", here=here))
        elif word in LEAVE:
            self._open = None
            self._begin(self._leave())
        elif word == CANCEL:
            self._open = None
            self.at.tell(_("Nothing was done."))
        else:
            self._answer(line)

    def _answer(self, line: str) -> None:
        """An answer; one that comes to the same question, without a word of why, is told why."""
        asked, said = self.asked, self.at.said
        self._send(line)
        again = self._open is not None and self.asked == asked and self.at.said == said
        if again and isinstance(asked, Asked) and asked.here not in asked.prompt:
            self.at.tell(_("Here {here}.", here=asked.here))

    # --- words ---

    def _ordered(self, line: str) -> None:
        """A line that is a word, or else one for the step."""
        assert self._step is not None
        word, _space, rest = line.partition(" ")
        word, rest = word.casefold(), rest.strip()
        if line == ".":
            line = word = "ok"
        if self._step.claims(line):
            self._begin(self._step.take(line))
        elif word in HELP:
            self._help(rest)
        elif word in LEAVE and not rest:
            self._begin(self._leave())
        elif word == SCREENS[0] and self.at.screens and not rest:
            self.left = self.to_screens = True
        elif word == "again" and not rest:
            self._again()
        elif word == "record":
            self._news.record(rest)
        elif word == "undo" and not rest:
            self._undo()
        elif word == "end" and not rest:
            self._begin(self._end())
        elif word == "pause" and not rest:
            self._pause()
        elif word in DESK and not self.at.desk:
            self.at.tell(_("{word} is for the desk; help lists what can be typed.", word=word))
        elif word in WORDS:
            self._begin(self._run(WORDS[word], rest))
        else:
            self._begin(self._step.take(line))

    def _run(self, word: Word, rest: str) -> Conversation | None:
        """Do what a word is for; one that acts and takes nothing may begin a sentence instead."""
        if rest and not word.takes and word not in READING:
            self.at.tell(_("{word} does that where nothing stands behind it.", word=word.name))
            return None
        return word.runs(self.at, rest)

    def _help(self, typed: str) -> None:
        """What can be typed here, then what can be typed anywhere; or the line of one word."""
        at = self.at
        assert self._step is not None
        groups = [
            (_("To read:"), [*listed(at, READING)]),
            (_("To do:"), [*listed(at, PLAYING)]),
            (_("At the desk:"), [*listed(at, CONTROL)]),
            (_("Always:"), [(_(name), _(does)) for name, does in self._always()]),
        ]
        rows = [row for _title, group in groups for row in group]
        one = [row for row in rows if row[0].split()[0].casefold() == typed.casefold()]
        if one:
            at.show(*map(_row, one))
            return
        at.tell(_("Here {here}.", here=self._step.asked.here))
        for title, group in groups:
            if group:
                at.show(Paragraph(title), story.set_in(map(_row, group), 2))

    def _always(self) -> tuple[tuple[str, str], ...]:
        at = self.at
        holds = at.facilitates or not at.held
        words = (*ALWAYS, *(OF_THE_TABLE if holds else ()))
        return (*words, SCREENS) if at.screens else words

    # --- what is asked of the table at any time ---

    def _undo(self) -> None:
        at = self.at
        if at.request(Undo()):
            at.tell(_("Back at {opened}.", opened=opened(at.game)))

    def _pause(self) -> None:
        at = self.at
        if at.request(Pause()):
            at.tell(_("Time stands still.") if at.game.paused else _("Time runs again."))

    def _leave(self) -> Conversation:
        """Leave, after a question where something ends with that."""
        leaving = self.at.leaving
        self.left = not leaving or (yield from sure(leaving, _("does it")))

    def _end(self) -> Conversation:
        """End the exercise, once that was confirmed."""
        at = self.at
        if (yield from sure(_("End the exercise here, for good?"), _("ends it"))):
            at.request(End())
        else:
            at.tell(_("Nothing was ended."))


def _row(row: tuple[str, str]) -> Entry:
    """How a word is typed, and what it does."""
    name, does = row
    return Entry((f"{name}: {does}",), hang=4)
