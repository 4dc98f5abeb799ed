"""A facilitated day: ten OpenSSH clients of ten sizes, two at the desk, a lead who never comes.

After every act of the desk every seat's screen is read, whatever it was doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from ssh_rig import Host, Player, Screen, entries, hosting

pytestmark = pytest.mark.slow

SIZES = {
    "usfj": (80, 24),
    "osd": (120, 40),
    "indopacom": (100, 30),
    "state": (80, 24),
    "jjoc": (132, 43),
    "mofa": (80, 25),
    "evaluator": (120, 40),
    "projector": (200, 60),
    "facilitator": (120, 40),
    "controller_1": (80, 24),
}
"""Who comes, and how large their windows are; the Prime Minister's Office never does."""
CHIEF, SECOND, ROOM = "facilitator", "controller_1", "projector"


class Day:
    """Everybody's screens at one host."""

    def __init__(self, home: Path, stack: ExitStack) -> None:
        self.home, self.stack = home, stack
        self.screens: dict[str, Screen] = {}

    def come(self, host: Host, *, again: bool = False) -> None:
        """All of them, by their codes, or by their keys."""
        for seat, size in SIZES.items():
            player = Player(self.home, seat)
            if again:
                screen = player.connect(host, seat, size).until("q ").without("Go in")
            else:
                screen = player.join(host, seat, size)
            self.screens[seat] = self.stack.enter_context(screen)

    def __getitem__(self, seat: str) -> Screen:
        return self.screens[seat]

    def seats(self, *but: str) -> Iterator[tuple[str, Screen]]:
        return ((seat, screen) for seat, screen in self.screens.items() if seat not in but)

    def all_read(self, *words: str, but: tuple[str, ...] = ()) -> None:
        """Every seat's screen shows these words, whole, wherever the lines break."""
        for seat, screen in self.seats(*but):
            reads(screen, seat, *words)


def reads(screen: Screen, seat: str, *words: str) -> None:
    screen.flat = True
    try:
        screen.until(*words)
    except AssertionError as error:
        raise AssertionError(f"{seat}: {error}") from None


@contextmanager
def opened(
    home: Path, *arguments: str, resume: Path | None = None, port: int = 0
) -> Iterator[Host]:
    with hosting(home, *arguments, exercise="accelerate", resume=resume, port=port) as host:
        yield host


def briefing(day: Day) -> None:
    """Words to everybody before STARTEX, while somebody writes a line of their own."""
    chief = day[CHIEF]
    day["osd"].press("n", "Note")
    chief.press("w", "choose", "\r", "Message to all", "Begin at nine.\r", "Sent to")
    day.all_read("Begin at nine.", but=(CHIEF,))
    for _seat, screen in day.seats(CHIEF, ROOM, "osd"):
        screen.press(".").without("Begin at nine.")
    chief.press("Y", "Begin at nine.", "\x1b", "MSEL")
    day["osd"].press("\x1b").without("Note:").press(".").without("Begin at nine.")

    chief.press("]", "Levers of turn 1.")
    day.all_read("levers")


def hands(day: Day) -> None:
    """The lead of Japan never came, and the desk has a second pair of hands."""
    chief, second = day[CHIEF], day[SECOND]
    chief.press("A", "who is here", "jjjjj", "▸ JJOC", "l", "Make JJOC the lead", "y")
    day.all_read("lead", "the Japan cell from here on", but=(CHIEF,))
    day["jjoc"].until("You lead the Japan cell", "Japan, lead")

    chief.press("jjjjjj", "▸ Controller 1", "c", "RIGHTS OF Controller 1")
    chief.press("jj", "▸ messages", "1", "[1 yes]", "\r", "WHO IS HERE", "\x1b", "MSEL")
    second.until("Control")
    reads(second, SECOND, "write messages")


def levers(day: Day) -> None:
    """The US asks for a consent, and is refused."""
    chief = day[CHIEF]
    day["usfj"].press("3", "▸ 3", "\r", "asked: accelerated")
    reads(day["jjoc"], "jjoc", "USFJ asks for your consent: Pace of the stand-up at accelerated.")
    day["jjoc"].press("x")
    for seat in ("usfj", "osd", "state"):
        reads(day[seat], seat, "JJOC does not agree to Pace of the stand-up at accelerated")

    day["jjoc"].press(".").without("You lead the Japan cell").press("\r")
    day["usfj"].press("\r")
    day.all_read("news comes next", but=(CHIEF, SECOND))
    chief.press("]", "Next: 11 Notice", "]", "Deliberation on Notice")
    day.all_read("Notice to mariners")


def deliberation(day: Day) -> None:
    """A question, the contingency and a pause, while everybody does something else."""
    chief, second = day[CHIEF], day[SECOND]
    day["osd"].press("S", "HOW TO READ")
    day["state"].press("M", "")
    question = "Who tells the mayors first, and what can they do with what they are told?"
    second.press("p", "choose", "2", "The question is before the room.")
    day.all_read(f"A question to the room: {question}", but=(SECOND,))
    chief.press("c", "Put it to the table?", "y", "The contingency is on the table")
    news = "A mayor in Okinawa reads out two different instructions on local radio, one from the"
    day.all_read(news, but=(CHIEF,))
    chief.press(" ", "Paused")
    day.all_read("aused by the facilitator", but=(CHIEF, ROOM))
    reads(day[ROOM], ROOM, "PAUSED")
    chief.press(" ").without("Paused")
    for _seat, screen in day.seats():
        screen.without("PAUSED", "Time stands still")


def ruling(day: Day) -> None:
    """Answers, and a ruling that the desk changes."""
    chief = day[CHIEF]
    for _seat, screen in day.seats(CHIEF, ROOM):
        while "I have read it" in screen.text:
            screen.press(".").changes()
    for seat in ("osd", "state"):
        day[seat].press("T", "QUESTION")
    day["usfj"].press("1", "▸ 1", "\r", "Submit for the", "y", "Submitted")
    day["jjoc"].press("2", "▸ 2", "\r", "Submit for the", "y")
    chief.until("A ruling is proposed")
    day.all_read("adjudicates next", but=(CHIEF, SECOND))
    chief.press(
        "R",
        "THE RULING IS PROPOSED",
        "m",
        "Modify the ruling",
        "2",
        "[2 late]",
        "\r",
        "Everybody will read it",
    )
    chief.press("The text came an hour late.\r", "")
    day.all_read("The text came an hour late.", but=(CHIEF, SECOND))


def test_a_day(tmp_path: Path) -> None:
    with ExitStack() as stack, opened(tmp_path, "--controllers", "1") as host:
        day = Day(tmp_path, stack)
        day.come(host)
        for scene in (briefing, hands, levers, deliberation, ruling):
            scene(day)
        port, save = host.port, host.save
        host.kill()
        for _seat, screen in day.seats():
            screen.close()
        day.screens.clear()
    with ExitStack() as stack, opened(tmp_path, resume=save, port=port) as host:
        day = Day(tmp_path, stack)
        day.come(host, again=True)
        chief = day[CHIEF]
        day["jjoc"].until("Japan, lead")
        day.all_read("The text came an hour late.", but=(CHIEF, SECOND))
        reads(day[SECOND], SECOND, "Facilitator holds the pace")

        chief.press("u", "Take back all since", "y", "Back at the question")
        day.all_read("Taken back:", "the ruling on 1.1", but=(CHIEF,))
        chief.press("E", "End the exercise for 10 seats", "\x1b").without("End the exercise for")
        chief.press("E", "End the exercise for 10 seats", "y", "Hot wash.")
        day.all_read("hot wash", but=(CHIEF,))
    assert "Ended" in {type(entry.event).__name__ for entry in entries(save)}
