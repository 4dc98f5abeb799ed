"""The after-action review: what a run holds is in it, and nothing typed becomes markup."""

from __future__ import annotations

import datetime
import re
from functools import cache
from html import escape
from pathlib import Path
from tempfile import mkdtemp

import pytest
import whole_session
from kit.forging import rewritten
from kit.hosted import CHIEF, ask, host, option, to
from kit.pages import Reader
from kit.tables import robots_alone, seated
from markdown_it import MarkdownIt
from whole_session import two_evaluators

from ttx.analysis.forecast import eight_of_ten, higher_than
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.parts import with_parts
from ttx.report import filed
from ttx.report.aar import charts, pace, reactions
from ttx.report.aar.account import Account, Imprint
from ttx.report.aar.whole import after_action
from ttx.report.document import Document, Facts, Figure, Heading, Notice, Part, Table, plain
from ttx.report.html import html
from ttx.report.markdown import markdown
from ttx.session import phases
from ttx.session.answer import Answer
from ttx.session.play_commands import Commit, Continue, End, LeaveLevers, Start, Submit, Undo
from ttx.session.record import read
from ttx.session.run import OBSERVER
from ttx.session.timeline import Timeline

HOSTILE = "<script>alert(1)</script> | # *x* `y` \x1b[31m\x07\u202e http://example.org [a](b)"
SECTIONS = [
    "Executive summary",
    "In brief",
    "Exercise overview",
    "Ratings by objective",
    "What was to be deterred, and what the adversaries did",
    "Profile against reference runs",
    "Among the robots' runs",
    "Decisions at a glance",
    "Crisis clocks",
    "Observations and ratings by objective",
    "Expected and actual reactions",
    "Contested rulings",
    "Rulings that differ from the model",
    "Injects: planned and done",
    "Assumptions, decisions and other notes",
    "Requests for information",
    "Messages from exercise control",
    "What was taken back",
    "Hot wash",
    "Time: planned and actual",
    "Turn by turn",
    "What this run answers",
    "Limits",
    "Appendix A: improvement plan",
    "Appendix B: evidence behind what moved most",
    "Appendix C: the record",
]


@cache
def saved(hostile: str = "", canary: str = "") -> tuple[Path, tuple[str, ...]]:
    """A whole session in a save, and everything that was typed in it."""
    typed: list[str] = []

    def words(about: str) -> str:
        typed.append(f"{about} {hostile}".strip())
        return typed[-1]

    part = disguised(two_evaluators(), canary) if canary else two_evaluators()
    path = Path(mkdtemp()) / "accelerate-20260101-1234-seed7.ttx.toml"
    return whole_session.whole_session(path, part, words), tuple(typed)


def disguised(part: Exercise, mark: str) -> Exercise:
    """The exercise with seats that no text of it names."""
    names = {one.id: f"{mark}{at}id" for at, one in enumerate(part.seat) if one.id != OBSERVER}
    seats = [
        one.model_copy(
            update={
                "id": names.get(one.id, one.id),
                "short": f"{mark}{at}short",
                "name": f"{mark}{at}name",
            }
        )
        for at, one in enumerate(part.seat)
    ]
    injects = [
        one.model_copy(
            update={
                "probing": [
                    probe.model_copy(update={"to": names.get(probe.to, probe.to)})
                    for probe in one.probing
                ]
            }
        )
        for one in part.inject
    ]
    return with_parts(part, seat=seats, inject=injects)


def document(path: Path, *, anonymous: bool = False) -> Document:
    return after_action(filed.account_of(read(path), anonymous=anonymous))


def of_table(timeline: Timeline) -> Document:
    return after_action(Account(timeline, Imprint("", "0", "0")))


def headings(made: Document, level: int = 2) -> list[str]:
    return [one.text for one in made.parts if isinstance(one, Heading) and one.level == level]


def section(made: Document, name: str) -> str:
    """The Markdown of one part of a document."""
    parts: list[Part] = []
    take = False
    for one in made.parts:
        if isinstance(one, Heading) and one.level == 2:
            take = one.text == name
        if take:
            parts.append(one)
    assert parts, f"there is no section {name}"
    return markdown(Document("", "", "", tuple(parts)))


def rows(made: Document, name: str) -> list[tuple[str, ...]]:
    """The rows of the tables in one part of a document."""
    found: list[tuple[str, ...]] = []
    take = False
    for one in made.parts:
        if isinstance(one, Heading) and one.level == 2:
            take = one.text == name
        if take and isinstance(one, Table):
            found += one.rows
    return found


@pytest.fixture(scope="module")
def whole() -> Document:
    return document(saved()[0])


def test_a_whole_session_has_every_section(whole: Document) -> None:
    assert SECTIONS == headings(whole)
    assert "AAR/IP, HSEEP-style. Final, an excursion." == whole.subtitle
    assert "EXERCISE ONLY - UNCLASSIFIED" == whole.banner
    excursion = next(one for one in whole.parts if isinstance(one, Notice))
    assert "switched off, because: what if this link did not exist" in excursion.text
    assert "starts at 13 instead of 10" in excursion.text


def test_the_overview_names_offices_cells_and_time(whole: Document) -> None:
    told = section(whole, "Exercise overview")
    for words in (
        "Commander, US Forces Japan (USFJ, lead)",
        "Observer (Observer), no entry",
        "Second evaluator (Evaluator 2), watched Japan",
        "facilitated; an excursion",
        "Operational coordination",
        "Red: the rule",
        "the evening is over",
        "Final: the run is closed.",
    ):
        assert words in told


def test_table_one_marks_what_was_settled_and_says_what_was_not(whole: Document) -> None:
    table = rows(whole, "Ratings by objective")
    assert ("", "", "X", "", "settled: M") == table[0][2:]
    assert ("X", "", "", "", "settled: P") == table[1][2:]
    assert ("", "", "", "(1)", "not settled; one rating") == table[2][2:]
    assert ("", "", "", "", "not rated") == table[3][2:]
    assert "M, performed with major challenges: The objective was achieved, but" in section(
        whole, "Ratings by objective"
    )


def test_differences_between_evaluators_are_told_with_how_they_were_settled(
    whole: Document,
) -> None:
    told = section(whole, "Observations and ratings by objective")
    assert "Evaluator: S, performed with some challenges, because: late once, and seen" in told
    assert "Evaluator 2: M, performed with major challenges" in told
    assert (
        "**Settled in the open:** The evaluators differed. M, performed with major challenges, "
        "because: the second reading is right" in told
    )
    assert "No final rating was settled." in told
    seen = [one[:2] for one in rows(whole, "Observations and ratings by objective")]
    assert ("S1.1", "both cells named the slowest step\nAbout USFJ") in seen
    assert ("A1.1", "the legal step was asked for last\nAbout Kantei") in seen
    assert ("O2.1", "much was read aloud") in seen
    assert ("A1", "nobody kept the time") in seen


def test_the_profile_stands_beside_its_reference_runs_without_a_sum(whole: Document) -> None:
    told = section(whole, "Profile against reference runs")
    assert "Structured judgement, not prediction. There is no sum and no grade." in told
    table = rows(whole, "Profile against reference runs")
    assert 7 == len(table)
    assert {"better", "worse", "no clear difference"} >= {row[-1] for row in table}
    game = filed.account_of(read(saved()[0])).game
    fact = next(t.reckoned for t in reversed(game.turns) if t.reckoned and t.confirmed)
    ends = [f"{value // 100}.{value % 100:02d}" for value in fact.reckoning.scores]
    assert ends == [row[3] for row in table]
    beside = [fact.references["phased"].scores, fact.references["hawaii"].scores]
    for at, scores in zip((5, 7), beside, strict=True):
        assert [f"{v // 100}.{v % 100:02d}" for v in scores] == [row[at] for row in table]


@pytest.mark.slow
def test_where_the_run_lies_among_the_robots_runs(whole: Document) -> None:
    told = section(whole, "Among the robots' runs")
    game = filed.account_of(read(saved()[0])).game
    shares = [higher_than(game, name) for name in ("phased", "hawaii")]
    table = rows(whole, "Among the robots' runs")

    assert [(str(a), str(b)) for a, b in zip(*shares, strict=True)] == [row[1::2] for row in table]
    for robot, at in (("phased", 2), ("hawaii", 4)):
        spread = eight_of_ten(game, robot)
        told_spread = [f"{low / 100:.1f} to {high / 100:.1f}" for low, high in spread]
        assert told_spread == [row[at] for row in table]
    assert "how usual this run was, and not how well it was played" in told


def test_decisions_say_what_was_carried_out_and_who_differed(whole: Document) -> None:
    table = {row[0]: row[1:] for row in rows(whole, "Decisions at a glance")}
    first, second = list(table.values())[:2]
    assert ("Continue and say so", "US") == first[:2]
    assert "decided; overruled by the facilitator; carried a quarter" == first[2]
    assert "Japan, as a cell\nINDOPACOM, 80% sure" == first[3]
    own = "In own words: Let the two press offices speak from one room, weighed good"
    assert second[0].startswith(own)


def test_answers_minority_views_and_own_words_are_told_with_their_reasons(
    whole: Document,
) -> None:
    told = rows(whole, "Turn by turn")
    assert ("INDOPACOM, minority view", "Keep trade and command apart", "80%") == next(
        row[:3] for row in told if row[0].startswith("INDOPACOM")
    )
    assert "it shows the wrong thing" in {row[-1] for row in told}
    assert "OSD, agreed" in {row[0] for row in told}
    own = next(row[1] for row in told if "In own words" in row[1])
    assert (
        "In own words: Let the two press offices speak from one room\n"
        "For: they have the room since last week\nAgainst: nobody has tried it" == own
    )
    words = section(whole, "Turn by turn")
    assert "**Weighed:** good, with the benefits and costs of" in words
    assert "Pace of the stand-up to accelerated (asked by OSD, agreed by Kantei)" in words
    assert "asked for and refused by Kantei: Pace of the stand-up at crash" in words
    assert "the US cell went to the robot phased" in words
    assert "INDOPACOM went to another person" in words
    assert "without an answer of the Japan cell; a robot answered." in words
    assert "with knowledge of a ruling that was taken back" in words


def test_a_ruling_tells_its_terms_its_margin_and_what_a_person_changed(whole: Document) -> None:
    words = section(whole, "Turn by turn")
    assert "ruled so; the model has +1.00" in words
    assert "gain +4 x 0/4 x 3/4" in words
    assert "**Margin:** Missed by" in words
    assert "**Challenged by OSD:** “half is too little” The ruling is overturned" in words
    assert "China: probe by the model, restraint as ruled; because: too early for that" in words
    assert "where 0 is 50 in 100" in words


def test_contested_and_changed_rulings_are_listed(whole: Document) -> None:
    contested = [row[1:5] for row in rows(whole, "Contested rulings")]
    assert [
        ("OSD", "half is too little", "the ruling is overturned", "the cell convinced me"),
        ("JJOC", "the delay was not ours", "the ruling stands", "the clock counts both cells"),
        (
            "INDOPACOM",
            "it would have held back",
            "the reckoning stands",
            "not after that statement",
        ),
    ] == contested
    changed = [row[1:] for row in rows(whole, "Rulings that differ from the model")]
    about = "benefit, Clarity of the US signal"
    assert ("modified", about, "+1.00", "+0.50", "half of that is plausible") == changed[0]
    assert ("overruled", about, "+1.00", "+9.00", "the cell convinced me") == changed[1]
    assert "weighed" == changed[2][0]
    assert ("modified", "China", "probe", "restraint", "too early for that") == changed[3]


def test_injects_off_the_plan_are_told_with_reasons(whole: Document) -> None:
    done = [row[2] for row in rows(whole, "Injects: planned and done")]
    assert "Released all the same in turn 1, as 1.1" in done
    assert "Released out of order in turn 1, as 1.2" in done
    assert "Deferred; released as 2.1" in done
    assert "Deferred, and never released" in done
    assert "Skipped" in done
    assert "Written on the spot, released as 1.2" in done
    assert any(one.startswith("Contingency put to the table") for one in done)
    reasons = {row[3] for row in rows(whole, "Injects: planned and done")}
    assert {"if there is time", "it was in the papers this morning"} <= reasons


def test_the_summary_has_three_strengths_issues_and_causes_at_most(whole: Document) -> None:
    told = section(whole, "Executive summary")
    game = filed.account_of(read(saved()[0])).game
    for column in ("plus", "delta", "why"):
        cards = [one for one in game.notebook.cards if one.column == column]
        cards.sort(key=lambda one: (-len(one.votes), one.number))
        assert all(one.text in told for one in cards[:3])
    assert "both cells named the slowest step" in told
    assert "the legal step was asked for last" in told
    assert len(re.findall(r"^\d\. ", told, re.MULTILINE)) <= 9


@pytest.mark.slow
def test_no_id_stands_on_a_page_of_the_sponsor(whole: Document) -> None:
    table = robots_alone("accelerate", "staff_first")
    robots = of_table(Timeline(table.game.run, table.entries))
    for made in (whole, robots):
        assert [] == re.findall(r"\b[a-z]+_[a-z_]+\b", markdown(made))


def test_what_was_expected_is_held_against_what_came(whole: Document) -> None:
    account = filed.account_of(read(saved()[0]))
    every = reactions.expectations(account)
    came = {t.opened.turn: reactions.did(t) for t in account.turns}
    assert "restraint" == came[1]["china"]  # as the facilitator ruled it
    first = [one for one in every if one.who == "INDOPACOM"]
    assert [("china", "restraint", "restraint")] == [
        (one.adversary, one.expected, one.met) for one in first
    ]
    met = sum(one.expected == one.met for one in every)
    told = section(whole, "Expected and actual reactions")
    assert f"{met} of {len(every)} expected reactions came as expected." in told
    assert ("INDOPACOM", "1 of 1", "", "") in rows(whole, "Expected and actual reactions")


def test_notes_requests_and_messages_keep_their_stamp(whole: Document) -> None:
    notes = {row[0]: row[1:] for row in rows(whole, "Assumptions, decisions and other notes")}
    assert ["Assumption", "Decision", "Insight", "Question", "Quote", "Issue", "Note"] == [*notes]
    assert "“We promised a date, not a headquarters.”" == notes["Quote"][0]
    assert notes["Insight"][1].startswith("T1, 1.1 (MSEL 15)\n7 Dec 2024\n")
    assert re.fullmatch(r"\d+ \w{3} \d\d:\d\d", notes["Insight"][1].splitlines()[-1])
    assert "Kantei" == notes["Insight"][2]
    asked = rows(whole, "Requests for information")
    assert ["Ninety million are left.", "no reply"] == [row[-1] for row in asked]
    assert "2 in all. T1 2, T2 0" in section(whole, "Requests for information")
    sent = [
        (to, words, read) for to, _, words, read in rows(whole, "Messages from exercise control")
    ]
    assert ("MOFA", "Seoul calls at eight.", "nobody said so") in sent


def test_a_message_is_told_with_who_has_read_it() -> None:
    kept = Path(__file__).parent / "saves" / "format-2-told.ttx.toml"
    (row,) = rows(document(kept), "Messages from exercise control")
    (unnamed,) = rows(document(kept, anonymous=True), "Messages from exercise control")

    assert ("all", "Relief staff, Tokyo desk") == (row[0], row[-1])
    assert re.search(r"\d\d:\d\d$", row[1])
    assert ("2 seats", None) == (unnamed[-1], re.search(r"\d\d:\d\d", unnamed[1]))


def test_what_was_taken_back_is_told_with_its_reasons(tmp_path: Path) -> None:
    table = host(tmp_path)
    to(table, phases.DELIBERATION)
    ask(table, "osd", Commit(Answer(option(table, 1), 70, {}, "Seoul has to hear it first.")))
    ask(table, "usfj", Submit(Answer(option(table, 0))))
    ask(table, CHIEF, Undo())
    made = of_table(Timeline(table.game.run, table.entries))

    osd, usfj = rows(made, "What was taken back")
    assert ("OSD", "USFJ") == (osd[0], usfj[0])
    assert osd[1].startswith("committed to ")
    assert osd[1].endswith("70% sure, because: Seoul has to hear it first.")


def test_the_board_and_the_plan_come_with_votes_owners_and_dates(whole: Document) -> None:
    board = rows(whole, "Hot wash")
    assert ("What next", "a deputy who may sign", "Kantei", "3") in board
    assert ("USFJ", "frank talk", "more time for the law") in board
    plan = rows(whole, "Appendix A: improvement plan")
    assert (
        "1",
        "Operational coordination",
        "a deputy who may sign (3 votes)",
        "Name a deputy and write down what the deputy may sign",
        "organization",
        "Office of the Secretary",
        "",
        "15 Jan 2027",
        "30 Jun 2027",
    ) == plan[0]
    assert ("open", "1 Mar 2027") == plan[1][-2:]
    assert (
        "3",
        "Operational coordination",
        "nobody kept the time (observed by Evaluator 2)",
        "Give one seat the clock",
        "exercise",
        "Exercise control",
        "duty officer, exercise branch",
        "open",
        "1 Feb 2027",
    ) == plan[2]


def test_an_analysis_stands_beside_what_was_seen_else_the_record(whole: Document) -> None:
    seen = {row[1]: row for row in rows(whole, "Observations and ratings by objective")}
    _no, _text, analysis, reference, by = seen["nobody kept the time"]
    assert "The clock hung behind the facilitator, and no seat had the task" in analysis
    assert "In the improvement plan: Give one seat the clock" in analysis
    assert "Exercise plan, annex C\n1.1 Seafood, then magnets\nMSEL 15" == reference
    assert by.startswith("Evaluator 2\nT1, 1.1 (MSEL 15)")
    assert seen["much was read aloud"][2].startswith("From the record: carried a quarter; differed")


def test_injects_go_by_their_numbers_on_the_list_with_their_times(whole: Document) -> None:
    first = rows(whole, "Decisions at a glance")[0][0]
    assert "1.1 Seafood, then magnets (MSEL 15)" == first
    told = section(whole, "Turn by turn")
    assert re.search(r"Put to the table \d+ \w+ \d\d:\d\d; ruling confirmed", told)


def test_without_attribution_nobody_is_to_be_asked() -> None:
    made = document(saved()[0], anonymous=True)
    assert "duty officer" not in markdown(made)
    assert 8 == len(rows(made, "Appendix A: improvement plan")[0])


def test_time_stands_against_the_plan(whole: Document) -> None:
    table = {row[0]: row[1:] for row in rows(whole, "Time: planned and actual")}
    assert ("1", "15 min") == table["briefing"][:2]
    account = filed.account_of(read(saved()[0]))
    total = sum(one.seconds for one in account.game.durations)
    assert pace.minutes(total) == table["all"][2]
    assert {"T1", "T2", "T3", "T4"} <= set(table)


@pytest.mark.parametrize(
    ("planned", "taken", "said"),
    [
        (900, 1200, ("15 min", "20 min", "5 min over")),
        (900, 600, ("15 min", "10 min", "5 min under")),
        (900, 920, ("15 min", "15 min", "as planned")),
        (0, 60, ("", "1 min", "")),
    ],
)
def test_what_was_taken_is_held_against_what_was_planned(
    planned: int, taken: int, said: tuple[str, str, str]
) -> None:
    assert said == pace.against(planned, taken)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 min"), (20, "under 1 min"), (90, "2 min"), (3600, "1 h 00 min"), (7320, "2 h 02 min")],
)
def test_durations_are_said_in_minutes(seconds: int, said: str) -> None:
    assert said == pace.minutes(seconds)


@pytest.mark.parametrize(
    ("planned", "taken", "told"),
    [
        (900, 330, ("15 min", "6 min", "9 min under")),
        (360, 90, ("6 min", "2 min", "4 min under")),
        (540, 561, ("9 min", "9 min", "as planned")),
        (60, 20, ("1 min", "under 1 min", "1 min under")),
        (0, 90, ("", "2 min", "")),
    ],
)
def test_a_difference_is_that_of_the_minutes_beside_it(
    planned: int, taken: int, told: tuple[str, str, str]
) -> None:
    assert told == pace.against(planned, taken)


@pytest.mark.parametrize(
    ("save", "told"),
    [
        ("format-2-red", "23 of 23 gates were opened by exercise control."),
        ("format-2-hands", "6 of 6 gates were opened by exercise control."),
        ("format-1-flagship", "Nobody facilitated: gates opened by themselves, or as a lead"),
        ("format-2-row", "Nobody facilitated: the gates opened by themselves."),
    ],
)
def test_every_gate_counts_and_who_opened_it(save: str, told: str) -> None:
    path = Path(__file__).parent / "saves" / f"{save}.ttx.toml"
    made = after_action(filed.account_of(read(path)))
    facts = {
        name: value for part in made.parts if isinstance(part, Facts) for name, value in part.rows
    }
    assert told in facts["Gates"]


def test_the_record_speaks_of_itself(whole: Document) -> None:
    record = read(saved()[0])
    told = section(whole, "Appendix C: the record")
    for words in (
        record.seal,
        record.header.digest,
        "gates were opened by exercise control",
        "went back to the question of",
        "2 numbers set otherwise",
        "accelerate-20260101-1234-seed7.ttx.toml",
    ):
        assert words in told
    grades = section(whole, "Appendix B: evidence behind what moved most")
    moved, _, claims = grades.partition("**What the causes rest on**")
    assert "a design value" in moved
    assert not re.search(r"[A-Z]\d\d|high|medium|low", moved.partition("**What moved most**")[2])
    assert "Grade of the claim, not of the size" in claims
    assert re.search(r"[FI]\d\d high", claims)


# --- nothing typed is markup ---


@pytest.mark.slow
def test_nothing_that_was_typed_is_markup_or_left_out() -> None:
    path, typed = saved(hostile=HOSTILE)
    made = document(path)
    page, text = html(made), markdown(made)
    read_ = Reader(page)
    assert {"script", "iframe", "link", "img", "object"}.isdisjoint(read_.tags)
    for tag, name, value in read_.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in ("href", "src", "xlink:href"):
            assert value.startswith("#"), (tag, value)
    assert not re.search(r"url\(|@import", page)
    for sign in page + text:
        assert sign == "\n" or sign.isprintable() or sign in "\u2003\u200d", repr(sign)
    for one in typed:
        assert escape(plain(one)) in page, one


@pytest.mark.slow
def test_tables_of_the_markdown_are_whole() -> None:
    made = document(saved(hostile=HOSTILE)[0])
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(made))
    assert not [one for one in tokens if one.type.startswith("html")]
    assert sum(isinstance(one, Table) for one in made.parts) == sum(
        one.type == "table_open" for one in tokens
    )
    rows_ = sum(len(one.rows) + 1 for one in made.parts if isinstance(one, Table))
    assert rows_ == sum(one.type == "tr_open" for one in tokens)
    level = sum(isinstance(one, Heading) for one in made.parts)
    assert level + 1 == sum(one.type == "heading_open" for one in tokens)


# --- not for attribution ---


@pytest.mark.slow
def test_without_attribution_no_seat_and_no_time_of_day_is_named() -> None:
    path, typed = saved(canary="Zq")
    named = html(document(path)) + markdown(document(path))
    assert "Zq1short" in named
    assert "0101-1234" in named
    made = document(path, anonymous=True)
    for page in (html(made), markdown(made)):
        assert "zq" not in page.lower()
        assert "0101-1234" not in page
        body = page.partition("</style>")[2] or page
        assert not re.search(r"\d\d:\d\d UTC", body)
        for words in ("a US seat", "a Japan seat", "an evaluator", "exercise control"):
            assert words in page.lower() or words in page
        assert all(escape(one, quote=False) in page or one in page for one in typed[:1])
    quotes = [r for r in rows(made, "Assumptions, decisions and other notes") if r[0] == "Quote"]
    assert "" == quotes[0][-1]
    assert "Not for attribution" in made.handling
    assert headings(document(path)) == headings(made)


@pytest.mark.parametrize(
    ("cell", "said"), [("US", "a US seat"), ("Allied", "an Allied seat"), ("ROK", "an ROK seat")]
)
def test_a_seat_without_a_name_has_the_right_article(cell: str, said: str) -> None:
    part = two_evaluators()
    cells = [one.model_copy(update={"name": cell}) if one.id == "us" else one for one in part.cell]
    table = robots_alone("accelerate", "phased")
    run = table.game.run
    other = type(run)(with_parts(part, cell=cells), run.seed, run.players)
    assert said == Account(Timeline(other), Imprint("", "", ""), anonymous=True).seat("osd")


@pytest.mark.slow
def test_the_file_of_an_anonymous_report_tells_the_day_and_no_more() -> None:
    save = saved()[0]
    account = filed.account_of(read(save), anonymous=True)
    path = filed.file(account, save)
    assert re.fullmatch(r"accelerate-\d{8}-report-anonymous\.html", path.name)
    path.unlink()


# --- runs with little in them, and runs that are not over ---


@pytest.mark.parametrize(("name", "robot"), [("tutorial", "steady"), ("accelerate", "phased")])
def test_a_run_of_robots_has_a_sound_report_without_empty_headings(name: str, robot: str) -> None:
    table = robots_alone(name, robot, seed=9)
    made = of_table(Timeline(table.game.run, table.entries))
    _no_empty_heading(made)
    found = headings(made)
    for absent in ("Hot wash", "Ratings by objective", "Contested rulings", "Time: planned"):
        assert not any(one.startswith(absent) for one in found)
    assert "Appendix A: evidence behind what moved most" in found
    assert "Not recorded: robots played alone." in section(made, "Exercise overview")
    Reader(html(made))


def test_a_run_that_ended_before_a_turn_was_played_has_a_report() -> None:
    table = seated("tutorial")
    table.submit(table.game.run.first_seat, End(), table.game.entries)
    made = of_table(Timeline(table.game.run, table.entries))
    _no_empty_heading(made)
    assert "Turn by turn" not in headings(made)
    assert "Profile against reference runs" not in headings(made)
    assert "Among the robots' runs" not in headings(made)
    assert "none was played" in section(made, "Exercise overview")


def _no_empty_heading(made: Document) -> None:
    parts = made.parts
    for at, one in enumerate(parts):
        if isinstance(one, Heading):
            after = parts[at + 1] if at + 1 < len(parts) else one
            assert not (isinstance(after, Heading) and after.level <= one.level), one
        if isinstance(one, Table):
            assert one.rows
        if isinstance(one, Facts):
            assert all(value for _, value in one.rows)


def test_a_run_that_is_not_closed_is_a_draft_for_the_white_cell(tmp_path: Path) -> None:
    table = host(tmp_path)
    run = Timeline(table.game.run).run
    for stop in (phases.BRIEFING, phases.LEVERS, phases.DELIBERATION, phases.ADJUDICATION):
        while table.game.phase != stop:
            if table.game.phase == phases.LEVERS:
                ask(table, "usfj", LeaveLevers())
                ask(table, "kantei", LeaveLevers())
            ask(table, "facilitator", Continue())
        made = of_table(Timeline(run, table.entries))
        _no_empty_heading(made)
        assert "DRAFT - EXERCISE ONLY - UNCLASSIFIED" == made.banner
        assert made.handling.startswith("For the white cell alone")
        first = next(one for one in made.parts if isinstance(one, Notice))
        assert first.text.startswith("Draft, for the white cell alone.")
    assert "Ruling, proposed and not confirmed" in markdown(made)
    ask(table, "facilitator", End())
    text = markdown(of_table(Timeline(run, table.entries)))
    for words in (
        "The hot wash is not closed.",
        "The ratings of 6 objectives are not settled.",
        "No row of the improvement plan is written.",
    ):
        assert words in text
    table.leave()


# --- drawings ---


def test_the_drawing_of_the_profile_tells_every_value(whole: Document) -> None:
    figure = next(one for one in whole.parts if isinstance(one, Figure))
    game = filed.account_of(read(saved()[0])).game
    facts = [turn.reckoned.reckoning.scores for turn in game.turns if turn.reckoned]
    for at, part in enumerate(game.run.exercise.score):
        values = ", ".join(f"{v / 100:.1f}" for v in (scores[at] for scores in facts))
        assert re.search(rf"{part.name}: [\d.]+, {values}; phased ends at", figure.svg)


def test_trends_are_told_apart_without_colour_and_share_one_scale() -> None:
    lines = (
        charts.Line("this run", (4000, 4500)),
        charts.Line("phased", (4000, 4200)),
        charts.Line("hawaii", (4000, 6100)),
    )
    panels = [charts.Panel(f"<{at}> & 'x'", "words", lines) for at in range(7)]
    drawn = charts.trends(panels, 1, "Scores", "one by one")
    parsed = Reader(f"<p>{drawn}</p>")
    strokes = set(re.findall(r'<polyline points="[^"]+" ([^/]+)/>', drawn))
    assert 3 == len(strokes)
    assert 2 == sum("stroke-dasharray" in one for one in strokes)
    assert 21 == parsed.tags.count("polyline")
    assert {"title", "desc"} <= set(parsed.tags)
    assert "<0>" not in drawn
    assert ["40", "50", "60", "70"] * 7 == re.findall(r'text-anchor="end">(\d+)<', drawn)


@pytest.mark.slow
def test_a_clock_shows_every_stage_the_window_and_who_is_slowest(whole: Document) -> None:
    account = filed.account_of(read(saved()[0]))
    from ttx.session.view.clock import ruled

    slot = next(s for _, _, s in account.slots() if s.ruled and s.ruled.ruling.minutes)
    assert slot.ruled is not None
    view = ruled(account.run.tables, slot.ruled.ruling)
    drawn = charts.clock(view, view.total, "m", "t", "d")
    assert len(view.steps) == drawn.count("<rect")
    assert 1 == drawn.count(f'fill="{charts.INK}" stroke')
    assert "window closes" in drawn
    told = section(whole, "Crisis clocks")
    assert "Far too late, by" in told
    assert "Slowest: " in told


# --- files ---


@pytest.mark.slow
def test_a_report_is_written_beside_the_save_and_over_nothing() -> None:
    save = saved()[0]
    first, second = filed.file_of(save), filed.file_of(save)
    assert "accelerate-20260101-1234-seed7-report.html" == first.name
    assert "accelerate-20260101-1234-seed7-report-2.html" == second.name
    assert save.parent == first.parent
    assert first.read_text("utf-8") == second.read_text("utf-8")
    account = filed.account_of(read(save))
    with pytest.raises(ValueError, match="is there already, and nothing is written over it"):
        filed.file(account, save, "html", first)
    with pytest.raises(ValueError, match=r"There is no folder .*nowhere; make it"):
        filed.file(account, save, "html", save.parent / "nowhere" / "x.html")
    for one in (first, second):
        one.unlink()


@pytest.mark.slow
def test_the_report_of_a_recorded_example_goes_where_runs_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, shelf = saved()[0], tmp_path / "not" / "there"
    monkeypatch.setattr("ttx.session.opening.examples_folder", lambda: save.parent)
    monkeypatch.setattr("ttx.session.opening.saves_folder", lambda: shelf)
    assert [filed.file_of(save, "md")] == [*shelf.iterdir()]
    assert [save] == [*save.parent.iterdir()]


def test_a_record_that_the_rules_contradict_says_so_in_its_report(tmp_path: Path) -> None:
    path = tmp_path / "run.ttx.toml"
    robots_alone("tutorial", "steady", 1, path).leave()
    assert "are not what the rules would give again" not in filed.page(
        filed.account_of(read(path)), "md"
    )

    rewritten(path, b'by = "dice"', b'by = "model"')

    said = filed.page(filed.account_of(read(path)), "md")
    assert "One entry is not what the rules would give again; 'ttx verify' names them." in said


def test_times_are_those_of_the_clock_on_the_wall() -> None:
    timeline = filed.account_of(read(saved()[0])).timeline
    tokyo = datetime.timezone(datetime.timedelta(hours=9), "JST")
    account = Account(timeline, Imprint("", "0", "0", zone=tokyo))

    assert "1 Jan 08:30" == account.moment("2025-12-31T23:30:00+00:00")
    assert "UTC+09:00 (JST)" == account.clock
    assert "UTC" == Account(timeline, Imprint("", "0", "0")).clock
    assert "" == Account(timeline, Imprint("", "0", "0", zone=tokyo), anonymous=True).clock


def test_a_turn_that_was_only_begun_is_not_counted_as_played(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, CHIEF, Continue())
    ask(table, CHIEF, End())
    overview = section(of_table(Timeline(table.game.run, table.entries)), "Exercise overview")
    assert "0 of 10 turns" in overview
    assert "(turn 1 was begun)" in overview


# --- who answered ---


def test_what_robots_answered_is_nowhere_the_work_of_people(tmp_path: Path) -> None:
    table = host(tmp_path)
    while table.game.phase != phases.HOTWASH:
        if len(table.game.turns) == 2:
            ask(table, CHIEF, End("it is late"))
        else:
            ask(table, CHIEF, Continue())
    ask(table, CHIEF, Continue())
    made = of_table(Timeline(table.game.run, table.entries))
    told = markdown(made)
    led = {row[2] for row in rows(made, "Decisions at a glance")}
    assert led <= {"US (robot)", "Japan (robot)"}
    assert led
    assert "kept for people, none of whom made an entry; a robot gave" in told
    assert "US: people" not in told
    assert "the answers that people gave" not in told


def test_one_of_anything_is_told_in_the_singular(tmp_path: Path) -> None:
    table = host(tmp_path)
    ask(table, "usfj", Start())
    while len(table.game.turns) < 2:
        ask(table, CHIEF, Continue())
    ask(table, CHIEF, End("it is late"))
    told = markdown(of_table(Timeline(table.game.run, table.entries)))
    assert not re.search(
        r"(?<![\d.,/-])1 (turns|seats|injects|gates|numbers|entries|months) ", told
    )
    assert "1 of 10 turns was played." in told


@pytest.mark.parametrize(
    ("save", "told"),
    [
        ("format-2-red", "a robot gave all of its 3 answers."),
        ("format-2-hands", "exercise control entered its one answer."),
    ],
)
def test_who_answered_in_the_place_of_a_cell_is_said_in_whole_words(save: str, told: str) -> None:
    path = Path(__file__).parent / "saves" / f"{save}.ttx.toml"
    assert told in markdown(after_action(filed.account_of(read(path))))


def test_a_cell_that_a_robot_held_for_a_while_is_said_to_have_been(whole: Document) -> None:
    seats = section(whole, "Exercise overview")
    assert "US: people; given to the robot phased in turn 2; given back to people" in seats


def test_what_an_author_ended_with_a_full_stop_ends_with_one() -> None:
    path = Path(__file__).parent / "saves" / "format-2-red.ttx.toml"
    page = markdown(after_action(filed.account_of(read(path))))
    assert "To be deterred: A boarding at sea." in page
    assert ".." not in page
