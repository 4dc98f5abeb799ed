"""The first page of the report: sentences, three strengths and areas with who said so, one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import whole_session
from browser import pages_of
from kit.control import to_ruling
from kit.hosted import CHIEF, ask, host
from kit.tables import robots_alone, seated

from ttx.report import filed
from ttx.report.aar.account import Account, Imprint
from ttx.report.aar.said import Said, areas, causes, strengths
from ttx.report.aar.whole import after_action
from ttx.report.counterfactual import without_each
from ttx.report.document import (
    Bullets,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Table,
)
from ttx.report.html import html
from ttx.report.lines import columns, shortened
from ttx.report.review import review
from ttx.session.feedback import CloseForm, HandIn
from ttx.session.particulars import Particulars, Stated, Targets
from ttx.session.play_commands import Continue, End
from ttx.session.record import read
from ttx.session.side_commands import PutUp
from ttx.session.timeline import Timeline

WORDS = ("A drone", "Coast guard", "Who speaks")
"""What an inject written on the spot holds: its source has no room for more."""


def page(made: Document) -> list[Part]:
    """The parts of the executive summary, between its page breaks."""
    parts = [*made.parts]
    at = next(n for n, one in enumerate(parts) if one == Heading(2, "Executive summary"))
    assert isinstance(parts[at - 1], PageBreak)
    end = next(n for n in range(at, len(parts)) if isinstance(parts[n], PageBreak))
    return parts[at:end]


def labelled(made: Document) -> dict[str, str]:
    return {one.label: one.text for one in page(made) if isinstance(one, Paragraph)}


def listed(made: Document) -> list[tuple[str, ...]]:
    return [one.items for one in page(made) if isinstance(one, Bullets)]


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Account:
    path = tmp_path_factory.mktemp("summary") / "run.ttx.toml"
    return filed.account_of(read(whole_session.whole_session(path)))


def test_it_says_what_was_asked_decided_and_done(account: Account) -> None:
    told = labelled(after_action(account))
    assert told["What was asked"].startswith("The memo asked the United States to accelerate")
    assert told["What was asked"].endswith("4 of 10 turns were played.")
    assert "5 injects were answered. 1 ruling is a person's" in told["What was decided"]
    assert "Crises answered in time: 0 of 2; late: 0, far too late: 2." in told["What it did"]
    assert "Beside phased on the same dice" in told["What it did"]
    assert told["What comes next"].startswith(
        "The improvement plan has 3 rows. First due, on 1 Feb"
    )


def test_three_strengths_and_areas_name_who_said_so(account: Account) -> None:
    good, bad = listed(after_action(account))
    assert 3 == len(good) == len(bad)
    assert "both cells named the slowest step (observed by Evaluator, 1.1)" == good[0]
    assert "frank talk (USFJ)" in good
    assert "nobody kept the time (observed by Evaluator 2, 1.1)" in bad


def test_a_card_that_was_voted_for_comes_before_what_evaluators_saw(account: Account) -> None:
    assert "the text waited for Hawaii" == causes(account)[0].words
    assert "JJOC, 1 vote" == causes(account)[0].by
    orders = [one.by for one in (*strengths(account), *areas(account))]
    assert "settled at P in the open" in orders
    assert "the record" == areas(account)[-1].by


def test_forms_come_before_the_record_and_name_nobody(tmp_path: Path) -> None:
    table = host(tmp_path)
    while len(table.game.turns) < 2:
        ask(table, CHIEF, Continue())
    ask(table, CHIEF, End("time is up"))
    ask(table, "usfj", HandIn({}, {"strengths": "the clock", "improvements": "more law"}))
    whole = Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0"))
    assert not [one for one in strengths(whole) if one.by == "a feedback form"]
    ask(table, CHIEF, CloseForm(), Continue())
    whole = Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0"))
    assert Said("the clock", "a feedback form") == strengths(whole)[0]
    assert Said("more law", "a feedback form") == areas(whole)[0]


def test_without_attribution_it_names_cells(account: Account) -> None:
    anonymous = Account(account.timeline, account.imprint, anonymous=True)
    good, bad = listed(after_action(anonymous))
    assert "frank talk (a US seat)" in good
    assert "nobody kept the time (observed by an evaluator, 1.1)" in bad


def test_robots_alone_have_a_page_of_the_record_and_it_calls_them_robots() -> None:
    table = robots_alone("accelerate", "staff_first")
    made = after_action(Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0")))
    assert labelled(made)["What was decided"].startswith("The robots had ")
    assert all("(the record)" in one for items in listed(made) for one in items)
    assert "No row of the improvement plan is written." == labelled(made)["What comes next"]


def test_before_a_turn_was_played_there_is_none() -> None:
    table = seated("accelerate")
    made = after_action(Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0")))
    assert Heading(2, "Executive summary") not in made.parts


def test_longer_words_end_with_a_sign_and_the_page_says_where_they_are_whole() -> None:
    assert "short" == shortened("short", 20)
    cut = shortened("words " * 40, 30)
    assert cut.endswith(" …")
    assert columns(cut) <= 30
    wide = shortened("台湾の周辺" * 40, 30)
    assert wide.endswith("…")
    assert columns(wide) <= 30


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("more", ["and nobody said so aloud ", "夜に署名できる者がいない"])
def test_it_is_one_printed_page_whatever_was_typed(tmp_path: Path, paper: str, more: str) -> None:
    def words(about: str) -> str:
        return about if about.startswith(WORDS) else f"{about} {more * 60}"[:1900]

    path = whole_session.whole_session(tmp_path / "run.ttx.toml", words=words)
    whole = filed.account_of(read(path))
    made = after_action(whole)
    assert "…" in str(page(made))
    assert "What ends in … stands whole further down." in str(page(made)[-1])
    alone = Document(made.title, made.banner, made.handling, tuple(page(made)))
    printed = html(alone).replace("size: auto", f"size: {paper}")
    for name in ("<header>", "<footer>"):
        printed = printed.replace(name, f'{name[:-1]} hidden style="display: none">')
    (tmp_path / "page.html").write_text(printed)
    assert 1 == pages_of(tmp_path / "page.html", tmp_path / "page.pdf")


def test_what_it_says_is_what_the_review_says(account: Account) -> None:
    told = labelled(after_action(account))
    assert review(account.game, "").most[0] in told["What was decided"]


def test_a_session_that_was_ended_in_its_first_turn_has_one() -> None:
    record = read(Path(__file__).parent / "saves" / "format-2-analysed.ttx.toml")
    told = labelled(after_action(filed.account_of(record)))

    assert told["What was asked"].endswith("No turn was played to its end.")
    assert "1 inject was answered." in told["What was decided"]
    assert told["What it did"].startswith("Scores are reckoned at the end of a turn")


# --- what the page says of itself ---


def note(made: Document) -> str:
    last = [part for part in page(made) if isinstance(part, Paragraph)][-1]
    return last.text


def sponsored(account: Account, sponsor: str) -> Account:
    stated = Stated(Particulars(sponsor=sponsor), Targets())
    return replace(account, imprint=replace(account.imprint, stated=stated))


def test_a_sponsor_of_many_words_stands_on_the_cover_and_takes_no_sentence_away(
    account: Account,
) -> None:
    short = labelled(after_action(sponsored(account, "The Board")))["What was asked"]
    assert short.endswith("4 of 10 turns were played. The sponsor is The Board.")
    made = after_action(sponsored(account, "Combined Staff Office " * 9))
    assert labelled(made)["What was asked"].endswith("4 of 10 turns were played.")
    assert "…" not in str(page(made))


def test_a_sentence_that_is_left_out_is_told_of_and_nothing_is_where_all_are_there(
    account: Account,
) -> None:
    assert note(after_action(account)).endswith("There is more of it in this report.")
    record = read(Path(__file__).parent / "saves" / "format-2-analysed.ttx.toml")
    assert note(after_action(filed.account_of(record))).endswith("not measured in the world.")


def test_what_was_typed_with_a_sign_of_its_own_is_not_taken_for_cut(tmp_path: Path) -> None:
    table = host(tmp_path)
    while len(table.game.turns) < 2:
        ask(table, CHIEF, Continue())
    ask(table, CHIEF, End("time is up"))
    ask(table, "usfj", PutUp("plus", "a clock, a list …"))
    made = after_action(Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0")))
    assert "a clock, a list … (USFJ)" in listed(made)[0]
    assert "ends in …" not in note(made)
    ask(table, "kantei", PutUp("plus", "a clock and a list " * 30))
    made = after_action(Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0")))
    assert "What ends in … stands whole further down." in note(made)


def test_a_ruling_that_nobody_confirmed_is_no_area_and_is_called_proposed(tmp_path: Path) -> None:
    table = host(tmp_path)
    to_ruling(table)
    ask(table, CHIEF, End("a fire alarm"))
    made = after_action(Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0")))
    assert [] == listed(made)
    rows = [part for part in made.parts if isinstance(part, Table) and "Led by" in part.head]
    assert rows[0].rows[-1][3].endswith("; proposed, not confirmed")
    (clock,) = [part for part in made.parts if isinstance(part, Figure)]
    assert clock.told.endswith("It was proposed and not confirmed.")
    assert labelled(made)["What was decided"].endswith("1 inject was answered.")


def test_what_moved_nothing_is_not_said_to_have_moved_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = robots_alone("tutorial", "steady")
    found = without_each(table.game)
    still = [replace(one, differences=(0,) * len(one.differences)) for one in found]
    monkeypatch.setattr("ttx.report.review.without_each", lambda _game: still)
    made = after_action(Account(Timeline(table.game.run, table.entries), Imprint("", "0", "0")))
    told = labelled(made)["What was decided"]
    assert told.endswith("By the same dice no decision moved a score at the end.")
    assert "What moved most" not in told


def test_an_action_in_own_words_is_called_by_them(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [one for one in without_each(account.game) if "drone" in one.inject]
    told = [replace(one, differences=(100,) * len(one.differences)) for one in found]
    monkeypatch.setattr("ttx.report.review.without_each", lambda _game: told)
    (most,) = review(account.game, "").most
    assert "Let the two press offices speak from one room" in most


def test_a_reckoning_that_a_person_ruled_is_said_to_be_one(account: Account) -> None:
    told = labelled(after_action(account))["What was decided"]
    assert "What adversaries did in 1 turn is a person's ruling and not the model's." in told
