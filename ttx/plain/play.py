"""Play in plain lines at one keyboard: the same run where there are no screens."""

from __future__ import annotations

import re
from collections.abc import Callable

from ttx.i18n import _
from ttx.plain.conversation import Work
from ttx.plain.sitting import Say, Sitting
from ttx.plain.talk import Talk
from ttx.report import story
from ttx.report.lines import WIDTH, broken, lines, lines_of
from ttx.report.review import review
from ttx.report.review_text import review_of
from ttx.session import phases
from ttx.session.table import Table
from ttx.session.view.excursion import sentences
from ttx.session.view.eye import Eye

STEERS = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.|[^\\[O])?|[\x00-\x1f\x7f-\x9f]")
"""What keys leave in a line that write nothing, such as arrows where the terminal edits none."""
Ask = Callable[[str], str]
"""Shows a prompt and returns what was typed; raises EOFError where nothing more comes."""


class Left(Exception):
    """The person left; the run can be resumed."""


class Plain:
    """One seat at a table, in lines, with a keyboard of its own."""

    def __init__(self, at: Table, seat: str, say: Say, ask: Ask, width: int = WIDTH) -> None:
        """A seat, a way to say lines of at most `width` columns and a way to ask."""
        self.sitting = Sitting(at, seat, say, width=width)
        self.sitting.kept.heard = at.game.entries
        self._ask = ask

    def play(self) -> None:
        """Play until the run is closed.

        Raises:
            Left: Where the person goes before.
        """
        talk, table = Talk(self.sitting), self.sitting.table
        talk.begin()
        while table.game.phase != phases.CLOSED:
            talk.typed(self._typed(talk))
            while isinstance(talk.asked, Work):
                talk.asked.done()
                talk.worked()
            if talk.left:
                raise Left
        tell_review(table, self.sitting.say, self.sitting.width)

    def _typed(self, talk: Talk) -> str:
        assert not isinstance(talk.asked, Work)
        while True:
            try:
                typed = self._ask(asked(talk.asked.prompt, self.sitting)).replace("\t", " ")
            except EOFError:
                raise Left from None
            line = STEERS.sub("", typed)
            if line.strip() or not typed.strip():
                return line
            self.sitting.tell(_("Those keys write nothing here; type words, or Enter alone."))


def asked(prompt: str, at: Sitting) -> str:
    """The last line of a prompt, once those before it were said.

    Lines scroll away, and with them a marking that is said once: a rehearsal says at every prompt
    that it is one.
    """
    if at.game.run.rehearsal:
        prompt = _("REHEARSAL: {prompt}", prompt=prompt)
    *before, last = broken(f"{prompt} >", at.width - 1, 0)
    for line in before:
        at.say(line)
    return f"{last} "


def tell_review(at: Table, say: Say, width: int = WIDTH) -> None:
    """Tell what a run comes to, as far as it was played."""
    for line in lines(review_of(review(at.game, at.sealed)), width):
        say(line)


def tell(at: Table, say: Say, width: int = WIDTH) -> None:
    """Tell a run that robots have played, from the first turn to the review."""
    made = review(at.game, at.sealed)
    say(at.game.run.banner)
    excursion = story.excursion(sentences(Eye.all_seeing(at.game)))
    for line in lines_of((*excursion, *story.told(at.game, made), *review_of(made).whole), width):
        say(line)
