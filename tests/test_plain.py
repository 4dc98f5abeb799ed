"""Plain lines as a whole way to play: what is told, what can be typed, and what nobody may read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from kit.secrecy import NAMES, Still, at, first_of_cells, moments, sample, untimely
from kit.tables import seated

from ttx.exercise.model.part import text
from ttx.plain import Plain
from ttx.plain.conversation import Work
from ttx.plain.play import Left
from ttx.plain.sitting import Sitting
from ttx.plain.talk import Talk
from ttx.plain.words import READING, WORDS
from ttx.report.lines import WIDTH, columns
from ttx.session import phases
from ttx.session.attendance import Attendance
from ttx.session.game import Game
from ttx.session.notebook_events import Noted
from ttx.session.table import Table

DRAWN = re.compile(r"[\u2500-\u25ff\u2800-\u28ff]|[\x00-\x08\x0a-\x1f\x7f]")
"""Boxes, blocks, braille, and what steers a terminal."""


def sitting(table: Table, seat: str, width: int = WIDTH) -> tuple[Talk, list[str]]:
    """A seat at a hosted table, and the lines that it is told."""
    said: list[str] = []
    seats = [part.id for part in table.game.run.exercise.seat]
    return Talk(Sitting(table, seat, said.append, width=width, attendance=Attendance(seats))), said


def still(name: str, game: Game) -> Still:
    """A table that stands at a moment, with the record up to there."""
    table = Still(game)
    table.entries = [*moments(name)[1][: game.entries]]
    return table


def everything(talk: Talk, game: Game) -> None:
    """Ask for whatever can be read, by the word alone and of one part."""
    talk.begin()
    part = game.run.exercise
    asks = [word.name for word in READING if word.name != "forecast"]
    asks += [f"levers {lever.id}" for lever in part.lever]
    asks += [f"tracks {track.id}" for track in part.track]
    asks += [f"standing {number}" for number in range(1, len(part.score) + 1)]
    asks += ["record 999", "map 1", "map 2", "help", "again", *(f"objectives {n}" for n in (1, 2))]
    for line in asks:
        talk.typed(line)


# --- what nobody may read ---


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_word_tells_a_seat_what_it_may_not_read(name: str) -> None:
    for game in sample(name):
        if game.phase in phases.PLAY_IS_OVER:
            continue  # the review is made for everybody
        for seat in first_of_cells(game):
            talk, said = sitting(still(name, game), seat)
            everything(talk, game)
            wrong = untimely(game, seat, "\n".join(said))
            assert set() == wrong, (game.entries, game.phase, seat)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_seat_may_read_it_does_find(name: str) -> None:
    marks = set[str]()
    for game in sample(name):
        talk, said = sitting(still(name, game), "relief" if name == "tutorial" else "usfj")
        everything(talk, game)
        marks |= {found[1] for found in re.finditer(r"Q([A-Z])\d\d", "\n".join(said))}
    assert set("TMQOADUKSBLVGI") <= marks


# --- how it is told ---


@pytest.mark.slow
@pytest.mark.parametrize("width", [WIDTH, 40])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_terminal_nor_drawn(name: str, width: int) -> None:
    for game in sample(name)[::3]:
        for seat in ("facilitator", first_of_cells(game)[0]):
            talk, said = sitting(still(name, game), seat, width)
            everything(talk, game)
            wide = [line for line in said if columns(line) > width]
            assert [] == wide, (game.phase, seat)
            assert [] == [line for line in said if DRAWN.search(line)]


def test_wide_characters_count_as_two() -> None:
    said: list[str] = []
    Sitting(seated("tutorial"), "tokyo", said.append, width=20).tell("地図を見る" * 9 + " ok " * 9)
    assert max(map(columns, said)) <= 20
    assert "地図を見る" * 9 + "ok" * 9 == "".join("".join(said).split())


# --- what can be typed ---


@pytest.mark.parametrize("phase", [phases.LEVERS, phases.DELIBERATION, phases.REVIEW])
def test_a_word_that_means_nothing_here_says_what_does(phase: str) -> None:
    game = at("tutorial", phase)
    for seat in ("relief", "facilitator"):
        table = still("tutorial", game)
        talk, said = sitting(table, seat)
        talk.begin()
        for line in ("xyzzy", "99", "yes please"):
            del said[:]
            talk.typed(line)
            assert said, line
        assert [] == table.decided


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_whatever_anybody_types_raises_nothing(name: str) -> None:
    """Every word with something behind it, at every kind of moment, and any answer to that."""
    luck = np.random.default_rng(7)
    behind = (
        "",
        "1",
        "99",
        "0",
        "-1",
        "us",
        "all",
        "facilitator hello",
        "1 y",
        "plus words",
        "x" * 3000,
    )
    answers = ("", "1", "y", "2027-03-31", "some words", "99", "done", "0", "none", "n", "cancel")
    seats = ("facilitator", "evaluator", "observer", *first_of_cells(sample(name)[0]))
    for game in sample(name):
        for seat in seats:
            talk, said = sitting(still(name, game), seat)
            talk.begin()
            for word in [word for word in WORDS if word != "forecast"]:
                talk.typed(f"{word} {behind[int(luck.integers(len(behind)))]}")
                for _ in range(12):
                    if not talk.in_a_question:
                        break
                    talk.typed(answers[int(luck.integers(len(answers)))])
                talk.typed("cancel")
            assert [] == [line for line in said if columns(line) > WIDTH]


def test_help_names_every_word_that_is_open_and_no_other() -> None:
    game = at("tutorial", phases.DELIBERATION)
    talk, said = sitting(still("tutorial", game), "relief")
    talk.begin()
    del said[:]
    talk.typed("help")
    told = "\n".join(said)
    known = {line.strip().partition(" ")[0].rstrip(":") for line in said if line.startswith("  ")}
    for word in WORDS.values():
        assert word.open(talk.at) == (word.name in known), word.name
    assert "Here a number from 1 to" in told
    del said[:]
    talk.typed("help levers")
    assert ["levers NAME: levers, what each means and costs"] == said


def test_the_map_tells_where_an_inject_happened_and_how_far_that_is() -> None:
    game = at("accelerate", phases.DELIBERATION)
    talk, said = sitting(still("accelerate", game), "usfj")
    talk.begin()
    talk.typed("map")
    assert game.inject is not None
    assert "1. Turn 1, " in " ".join(said)
    assert text(game.inject.title) in " ".join(said)
    del said[:]
    talk.typed("map 1")
    told = " ".join(" ".join(said).split())
    assert "QUESTION" in told
    assert "km from Naha" in told
    for line in ("map 2", "map x"):
        del said[:]
        talk.typed(line)
        assert ["There is 1 inject so far; map tells it."] == said


def test_where_cells_move_in_turns_enter_is_not_said_to_bring_the_news() -> None:
    table = seated("tutorial", "apart")
    prompts: list[str] = []
    lines = iter(["", "", "", ""])

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    with pytest.raises(Left):
        Plain(table, table.game.run.first_seat, lambda _line: None, ask).play()
    assert "lever level, or Enter once you are done > " == prompts[1]
    assert "lever level, or Enter for the news > " == prompts[3]


@pytest.mark.parametrize("phase", [phases.BRIEFING, phases.LEVERS, phases.DELIBERATION])
def test_a_word_that_is_not_a_seats_now_asks_it_nothing(phase: str) -> None:
    game = at("tutorial", phase)
    for seat in ("facilitator", "evaluator", "observer", "relief", "coast_guard"):
        table = still("tutorial", game)
        talk, said = sitting(table, seat)
        talk.begin()
        for word in WORDS.values():
            if not word.open(talk.at):
                del said[:]
                talk.typed(word.name)
                assert said, (seat, word.name)
                assert not talk.in_a_question, (seat, word.name)
        assert [] == table.decided, seat


def test_a_word_that_acts_does_nothing_where_a_sentence_begins_with_it() -> None:
    game = at("tutorial", phases.LEVERS)
    for seat, line in (("relief", "done with what?"), ("relief", "ok then")):
        table = still("tutorial", game)
        talk, said = sitting(table, seat)
        talk.begin()
        talk.typed(line)
        assert "does that where nothing stands behind it." in said[-1]
        assert not talk.in_a_question
        assert [] == table.decided


def test_a_number_beyond_all_numbers_is_none() -> None:
    long = "9" * 5000
    for phase in (phases.LEVERS, phases.DELIBERATION):
        for seat in ("relief", "facilitator"):
            table = still("tutorial", at("tutorial", phase))
            talk, _said = sitting(table, seat)
            talk.begin()
            for word in WORDS.values():
                if word.takes and word.name not in ("write", "forecast"):
                    talk.typed(f"{word.name} {long}")
                    talk.typed("cancel")
            talk.typed(f"record {long}")
            talk.typed(long)


def test_what_is_asked_once_more_is_asked_with_why() -> None:
    talk, said = sitting(still("tutorial", at("tutorial", phases.DELIBERATION)), "relief")
    talk.begin()
    talk.typed("sure")
    for line in ("", "perhaps", "101", "\N{SUPERSCRIPT TWO}"):
        del said[:]
        talk.typed(line)
        assert ["Here a number from 1 to 100."] == said, line
    talk.typed("60")
    talk.typed("draft")
    assert "What goes with your answer: 60 percent sure." == said[-1]


def test_a_key_that_writes_nothing_is_no_enter() -> None:
    table = seated("tutorial")
    said: list[str] = []
    lines = iter(["\x1b[A", "\x1b[Anote one\x07 two", "\x1b"])

    def ask(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    with pytest.raises(Left):
        Plain(table, table.game.run.first_seat, said.append, ask).play()
    assert phases.BRIEFING == table.game.phase
    assert ["one two"] == [e.event.text for e in table.entries if isinstance(e.event, Noted)]
    assert 2 == said.count("Those keys write nothing here; type words, or Enter alone.")


# --- a whole game ---


def typist(table: Table, said: list[str]) -> Iterator[str]:
    """What somebody types who reads a little, and takes the first option that is open."""
    for _ in range(2000):
        prompt = said[-1]
        if prompt.startswith("option"):
            yield from ("why It is quick.", "sure 60", "draft")
            options = range(1, 9)
            number = table.game.number
            for key in options:
                if table.game.number == number and table.game.phase == phases.DELIBERATION:
                    yield str(key)
        elif prompt.startswith("lever level"):
            yield from ("levers", "tracks", "standing", "coming", "")
        elif prompt.startswith("Enter: close"):
            yield from ("card plus We were quick.", "vote 1", "board votes", "report", "", "y")
        else:
            yield ""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tutorial", "accelerate"])
def test_a_whole_game_in_plain_lines(name: str) -> None:
    table = seated(name)
    said: list[str] = []
    types = typist(table, said)

    def ask(prompt: str) -> str:
        said.append(prompt)
        return next(types)

    Plain(table, table.game.run.first_seat, said.append, ask).play()

    assert table.closed
    assert table.game.run.exercise.turns.count == len(table.game.turns)
    given = [a for t in table.game.turns for s in t.slots for a in s.answers.values()]
    assert {("It is quick.", 60)} == {(answer.rationale, answer.confidence) for answer in given}
    assert ["We were quick."] == [card.text for card in table.game.notebook.cards]
    assert any(line.startswith("REVIEW of ") for line in said)
    assert [] == [line for line in said if columns(line) > WIDTH or DRAWN.search(line)]


def test_a_forecast_is_told_score_by_score() -> None:
    table = seated("tutorial")
    said: list[str] = []
    talk = Talk(Sitting(table, table.game.run.first_seat, said.append))
    talk.begin()
    talk.typed("")
    del said[:]
    talk.typed("forecast")
    assert isinstance(talk.asked, Work)
    talk.asked.done()
    talk.worked()
    name = text(table.game.run.exercise.score[0].name)
    assert any(line.startswith(f"{name}: ") for line in said)
    assert any("in nine of ten worlds" in line for line in said)
