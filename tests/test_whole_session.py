"""One whole facilitated session over SSH, through the screens: what a white cell needs on the day.

A facilitator, three cells, two evaluators, an observer and the room's screen, each with an OpenSSH
client of their own. Everything that exercise control, the cells and the evaluators can do is done
once; then the record is checked, and its report is looked at in a browser.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browser import pages_of, picture_of, words_of
from ssh_rig import MIDDLE, ROOT, Room, Screen, entries, folder, room, run

from ttx.exercise.load import load

pytestmark = pytest.mark.slow

CHIEF, LEAD, MEMBER, OTHER, DESK = "facilitator", "usfj", "osd", "kantei", "jjoc"
RED, FIRST, SECOND, WATCHER, WALL = "prc", "evaluator", "second_evaluator", "observer", "projector"
SEATS = (CHIEF, LEAD, MEMBER, OTHER, DESK, RED, FIRST, SECOND, WATCHER, WALL)
SEED = "7"
"""Its first turn brings a crisis; the rest is read off the screens as it comes."""
KEPT = "is in the record."
TAB, ESC, DO, BACK, CLEAR, RUB = "\t", "\x1b", "\r", "\x1b[Z", "\x15", "\x7f"


def exercise() -> dict[str, Any]:
    """The flagship, with its questions offered as soon as nobody says a word."""
    said = load(ROOT / "exercises" / "accelerate").as_toml()
    return {**said, "time_plan": {**said["time_plan"], "quiet": 0}}


class Session:
    """The screens of a session, by seat."""

    def __init__(self, at: Room) -> None:
        self.at = at
        self.screens = {seat: at.join(seat, MIDDLE) for seat in SEATS}

    def __getitem__(self, seat: str) -> Screen:
        return self.screens[seat]

    @property
    def chief(self) -> Screen:
        """The facilitator's."""
        return self.screens[CHIEF]

    def write(self, seat: str, keys: str, asked: str, words: str, then: str) -> None:
        """Keys, the question they open, an answer, and what is said then."""
        self[seat].press(keys, asked, f"{words}{DO}", then)

    def put_away(self, seat: str, words: str) -> Screen:
        """Esc, and these words go; the next key would else be taken for one with Alt."""
        self[seat].until(words).type(ESC)
        return self[seat].without(words)

    def acknowledge(self, seat: str, words: str) -> Screen:
        """What was sent is read, and these words go."""
        self[seat].until(words).type(".")
        return self[seat].without(words)

    def everywhere(self, *words: str, but: tuple[str, ...] = ()) -> None:
        """All screens show these words."""
        for seat, screen in self.screens.items():
            if seat not in but:
                screen.until(*words)


def test_a_whole_session(tmp_path: Path) -> None:
    path = folder(tmp_path, exercise())
    with room(tmp_path, "--seed", SEED, "--red", exercise=path) as at:
        session = Session(at)
        _briefing(session)
        _policy(session)
        _action_of_its_own(session)
        deferred = _crisis(session)
        _people(session)
        _ruling(session)
        _reckoning(session, deferred)
        _endex(session)
        _hot_wash(session)
        session.chief.press("q", "Hot wash.", "]", "Close the run?", "y", "The run is closed")
        save = at.host.save
    _record(tmp_path, save)
    _report(tmp_path, save)


def _briefing(session: Session) -> None:
    """An excursion is set up, the seats are ready, STARTEX, the levers of turn 1."""
    chief = session.chief.until("The seats read their briefing; 0 are ready.")
    chief.press("X", "what shall be otherwise", "x", "then why", DO, "why? Everybody will read it")
    chief.press(f"What if money were no help?{DO}", "switched off")
    session.put_away(CHIEF, "what shall be otherwise")
    session.everywhere("EXCURSION", but=(CHIEF, WALL, WATCHER))
    for seat in (LEAD, OTHER):
        session[seat].press(DO, "You are ready.")
    chief.until("2 are ready").press("]", "Levers of turn 1.")
    session[LEAD].until("LEVERS, TURN 1").press("s", "▸ Standing staff in Japan")
    session[LEAD].press("2", "Enter move", DO, "now stands at liaison", DO, "Waiting for Japan")
    session[OTHER].until("LEVERS, TURN 1").press(DO)
    chief.until("The policy slot of turn 1 is open.")


def _policy(session: Session) -> None:
    """Out of order, with a reason; a question to the room, a commitment, an RFI, a note."""
    chief = session.chief
    chief.press("/", "Search the MSEL", f"four stars{DO}", "'four stars'", "r", "Four stars'?")
    chief.press(f"The sponsor asked for it.{DO}", "Deliberation on Four stars.")
    session.put_away(CHIEF, "'four stars'").until("THE TABLE IS QUIET").press(
        "1", "The question is before the room."
    )
    for seat in (LEAD, MEMBER, OTHER, DESK):
        session.acknowledge(seat, "A question to the room: Who in Seoul")
    session[MEMBER].press("2", "▸ 2", "+", "60%", "e", "Expect of China")
    session[MEMBER].press(
        "1", "Expect of North Korea", "2", "Expect of Russia", "3", "", DO, "Committed."
    )
    session.write(DESK, "a", "your 1st this turn", "Is the paper genuine?", "has your request")
    chief.press("I", "Is the paper genuine?", DO, "Answer to request 1")
    chief.press(f"It is a draft; nobody has signed it.{DO}", "The Japan cell reads", "q", "MSEL")
    session.acknowledge(OTHER, "Control answers request 1: It is a draft")
    session[OTHER].press("n", "Note: no kind", "\t", "Note: decision")
    session[OTHER].press(f"No ranks by telephone.{DO}", KEPT)
    session[LEAD].press("n", "Note: no kind", "Seoul reads the same paper.", "same paper.")
    session[LEAD].press("\t\t\t", "Note: assumption", DO, KEPT)


def _action_of_its_own(session: Session) -> None:
    """The lead's action in its own words, weighed and ruled on as the model says."""
    chief, lead = session.chief, session[LEAD]
    lead.press("w", "1 of 3", f"Ring Seoul before the paper is out{DO}", "2 of 3")
    lead.press(f"It costs a telephone call{DO}", "3 of 3", f"It may be taken for a no{DO}", "Ring")
    lead.press(DO, "Submit for the", "y", "waits to be weighed")
    session[OTHER].press("2", "▸ 2", DO, "Submit for the", "y", "")
    chief.until("wrote in waits to be weighed").press("]", "IT TAKES THE BENEFITS")
    chief.press("2", "", "+", "", DO, "why?", f"It is what the embassy would do.{DO}", "proposed")
    chief.press("]", "The table reads the ruling.")
    session.everywhere("in own words: Ring Seoul", but=(CHIEF, RED, FIRST, SECOND, WATCHER, WALL))
    chief.press("]", "The crisis slot of turn 1 is open. Next: ")


def _crisis(session: Session) -> str:
    """Deferred, skipped, written on the spot and released; its contingency; seen as a seat does.

    The title of what was deferred.
    """
    chief, due = session.chief, _next(session.chief)
    title = titled(due)
    chief.press("d", f"Defer '{title}' to which turn", f"2{DO}", f"Why defer '{title}' to turn 2?")
    chief.press(f"After the drone.{DO}", "deferred")
    chief.press("f", "Filter: ")
    session.put_away(CHIEF, "Filter: ").press("", "MSEL")
    chief.press("/", "Search the MSEL", f"notice to mariners{DO}", "'notice to mariners'")
    chief.press("s", "Why skip 'Notice to mariners'?", f"It repeats the last one.{DO}", "skipped")
    session.put_away(CHIEF, "'notice to mariners'").press("a", "AD-HOC INJECT")
    _form(chief)
    chief.press("r", "Deliberation on A drone over Yokota.")
    session.everywhere("A drone over Yokota", but=(CHIEF, FIRST, SECOND, WATCHER))
    chief.press("c", "Put it to the table?", "y", "The contingency is on the table.")
    session[LEAD].until("Nobody claims it")
    chief.press("v", "See what a seat sees", DO, "as USFJ sees it", "q", "MSEL")
    return due


def _people(session: Session) -> None:
    """Paused and resumed; a seat to a robot and back, with a brief; observers; observations."""
    chief = session.chief
    chief.press(" ", "PAUSED", " ", "clock running")
    chief.press("A", "who is here", "jjjj", "▸ Kantei", "t", "Hand over Kantei")
    chief.press("jj", "", DO, "play the Japan cell?", "y", "its seats read along")
    session.acknowledge(OTHER, "The robot phased plays your cell from here on.")
    chief.press("t", "A person again", DO, "reads a catch-up brief")
    session.put_away(OTHER, "CATCH UP")
    chief.press("o", "what the room sees from now on", "o", "", "q", "MSEL")
    session[FIRST].press("V", "evaluation", "+", "Enter", f"The slowest stage was named.{DO}", KEPT)
    rests_on = "what does it rest on"
    session[FIRST].press("r", "RATE", "2", rests_on, f"It was named late.{DO}").without(rests_on)
    session[SECOND].press("V", "evaluation", "-", "Enter", f"Nobody rang Hawaii.{DO}", KEPT)
    session[SECOND].press("r", "RATE", "3", rests_on, f"It bound Tokyo.{DO}").without(rests_on)


def _ruling(session: Session) -> None:
    """Both leads submit; modified within the band, challenged by a seat, and heard."""
    chief = session.chief
    for seat in (LEAD, OTHER):
        session[seat].press("1", "▸ 1", DO, "Submit for the", "y", "")
    chief.until("A ruling is proposed; nobody else sees it yet.")
    chief.press(
        "R", "THE RULING IS PROPOSED", "m", "Modify the ruling", "2", "[2 late]", DO, "why?"
    )
    chief.press(f"The wing was on the line all along.{DO}", "The table reads the ruling.")
    session.everywhere("modified", but=(CHIEF, RED, FIRST, SECOND, WALL, WATCHER))


def _reckoning(session: Session, deferred: str) -> None:
    """A challenge is heard; the reckoning is overruled; what was deferred is next in its turn."""
    chief = session.chief
    session[MEMBER].press("c", "Why do you challenge it?", f"All heard the second call.{DO}", "")
    chief.until("challenge of OSD").press("]", "YOU DECIDE", f"1{DO}", "what do you say")
    chief.press(f"It was logged in Tokyo only.{DO}", "The table reads the ruling.")
    session[MEMBER].until("It was logged in Tokyo only")
    chief.press("]", "Waiting for China, North Korea and Russia.")
    session[RED].press("2", "▸ 2", DO, "Sealed. It may be changed")
    chief.until("Waiting for North Korea and Russia.").press("]", "Close it without", "y")
    chief.until("The reckoning is proposed; nobody else sees it yet.").press(
        "R", "Reckoning of turn 1"
    )
    chief.press("o", "Overrule the reckoning", f"1{DO}", "why?")
    chief.press(
        f"Beijing had its eyes elsewhere.{DO}",
        "ruled restraint",
        "q",
        "The table reads the reckoning.",
    )
    session.everywhere("Reckoning", but=(CHIEF, FIRST, SECOND))
    chief.press("]", "Levers of turn 2.")
    for seat in (LEAD, OTHER):
        session[seat].until("LEVERS, TURN 2").press(DO)
    chief.until("The policy slot of turn 2 is open.")
    while came := _next(chief):
        chief.press("s", f"Why skip '{titled(came)}'?", f"It is for another day.{DO}").without(
            "another day"
        )
        chief.without(f"Next: {came}.")
    chief.press("]", f"The crisis slot of turn 2 is open. Next: {deferred}.")
    chief.press("]", f"Deliberation on {titled(deferred)}.")


def titled(inject: str) -> str:
    """An inject without the number that it has on the MSEL."""
    return inject.partition(" ")[2]


def _next(chief: Screen) -> str:
    """The title of the inject that is due in the open slot; empty where none is."""
    found = re.search(r"slot of turn \d+ is open\. Next: (.+?)\.(?: |$)", chief.text, re.MULTILINE)
    return found[1] if found else ""


def _endex(session: Session) -> None:
    """ENDEX in the middle of a turn."""
    session.chief.press("E", "End the exercise", "y", "Hot wash.")


def _hot_wash(session: Session) -> None:
    """Cards from several seats, votes, a row of the plan, and a rating settled in the open."""
    session.everywhere("THE BOARD", but=(CHIEF, FIRST, SECOND))
    session.write(LEAD, "+", "Plus", "One picture from the first hour.", "One picture")
    session.write(OTHER, "-", "Delta", "Nobody could sign after 18:00.", "Nobody could sign")
    session.write(DESK, "4", "", "A standing authority for two hours.", "A standing")
    session[MEMBER].until("A standing authority").press("G", "", "v", "")
    chief = session.chief
    chief.press("W", "THE BOARD", "G", "", "p", "A ROW OF THE PLAN", "2", "", DO, "")
    chief.press(f"Give the duty officer the authority in writing{DO}", "", "1", "", DO, "")
    chief.press(f"Cabinet Secretariat{DO}", "", DO, "", f"soon{DO}", "is no date")
    chief.press(f"{BACK}{RUB * 4}2027-03-31{DO}", "2027-03-31", DO, "", DO, "")
    session[FIRST].press(
        "s", "SETTLE IN THE OPEN", "3", "what does it rest on", f"Tokyo was bound.{DO}", "Settled"
    )


def _record(home: Path, save: Path) -> None:
    """Every request of the session is in the record, by whom it came; and it holds."""
    record = entries(save)
    came = {kind: [e.by for e in record if type(e.event).__name__ == kind] for kind in KINDS}
    assert not [kind for kind, by in came.items() if not by]
    assert {FIRST, SECOND} == set(came["Rated"])
    assert [FIRST] == came["Settled"]
    assert [MEMBER] == came["Challenged"]
    by_control = ("Released", "Amended", "ReckoningAmended", "SeatHandedOver")
    assert {CHIEF} == {by for kind in by_control for by in came[kind]}
    checked = run(home, "verify", save)
    assert 0 == checked.returncode, checked.stdout
    assert "NO" not in checked.stdout


KINDS = (
    *("Adjusted", "Readied", "Started", "Moved", "Released", "Deferred", "Skipped", "Improvised"),
    *("Steered", "Probed", "Inquired", "Replied", "Noted", "Committed", "Answered", "Weighed"),
    *("Ruled", "Amended", "Challenged", "ChallengeHeard", "Reckoned", "ReckoningAmended"),
    *("Paused", "Resumed", "SeatHandedOver", "Allowed", "Observed", "Rated", "Settled"),
    *("CardAdded", "Voted", "Planned", "Ended", "Closed"),
)
"""Everything that was done through the screens."""


def _report(home: Path, save: Path) -> None:
    """The report of the session, in a browser and on paper; and the papers for the next one."""
    page = home / "report.html"
    done = run(home, "report", save, "--out", page)
    assert (0, f"{page}\n") == (done.returncode, done.stdout), done.stderr
    shown = words_of(page)
    for said in SAID:
        assert said in shown, said
    colours = picture_of(page, home / "report.png", (1000, 4000))
    assert 20 < len(colours)
    assert 8 <= pages_of(page, home / "report.pdf")
    papers = run(home, "docs", home / "exercise", "--out", home / "papers")
    assert 0 == papers.returncode, papers.stderr
    assert PAPERS == {one.name for one in (home / "papers").iterdir()}
    listed = run(home, "msel", "export", home / "exercise", "--out", home / "msel.csv")
    assert 0 == listed.returncode, listed.stderr
    plain = run(home, "report", save, "--format", "md", "--anonymous", "--out", home / "r.md")
    assert 0 == plain.returncode, plain.stderr
    told = (home / "r.md").read_text("utf-8")
    assert "Nobody could sign after 18:00." in told
    assert "a Japan seat" in told
    assert "Kantei" not in told


SETS = (
    *("situation-manual", "feedback-form", "facilitator-guide", "msel", "evaluation-guide"),
    *("inject-handouts", "contingency-handouts", "sign-in-sheet", "place-cards"),
)
PAPERS = {f"{name}.{form}" for name in SETS for form in ("md", "html")}
"""The papers of an exercise."""
SAID = (
    "What if money were no help?",
    "The sponsor asked for it.",
    "Ring Seoul before the paper is out",
    "It is what the embassy would do.",
    "After the drone.",
    "It repeats the last one.",
    "A drone over Yokota",
    "The wing was on the line all along.",
    "All heard the second call.",
    "It was logged in Tokyo only.",
    "Beijing had its eyes elsewhere.",
    "Is the paper genuine?",
    "No ranks by telephone.",
    "The slowest stage was named.",
    "Tokyo was bound.",
    "Nobody could sign after 18:00.",
    "Give the duty officer the authority in writing",
    "<svg",
)
"""What was typed on the day and what is drawn of it."""


def _form(chief: Screen) -> None:
    """An inject written on the spot, with a mistake that is told beside its field."""
    chief.press(f"A drone over Yokota{TAB}", "", TAB, "", f"air{TAB}", "", " ", "profile")
    for words in ("", "", "600"):
        chief.type(words + TAB)
    for words in (
        "",
        "374th Airlift Wing",
        "USFJ",
        "telephone",
        "A small drone circles the runway.",
    ):
        chief.type(words + TAB)
    for words in ("Who may bring it down?", "Jam it", "", " ", "much"):
        chief.type(words + TAB)
    chief.until("Write the points, such as +4 or -2.5.")
    for words in (f"{BACK}{CLEAR}+4", "", "", "Watch it", "", "", " ", "1", "", ""):
        chief.type(words + TAB)
    for words in ("One office says who decides", "Nobody claims it, and a second one comes."):
        chief.type(words + TAB)
    chief.press(f" {DO}", "It is on the list")
