"""Keys of one's own: they do what is asked, are shown everywhere, and a mistake is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk import MIDDLE, sit
from kit.screens import POSITIONS, at

from ttx.cli import keys as keys_verb
from ttx.tui import own_keys
from ttx.tui.app import TtxApp

pytestmark = pytest.mark.usefixtures("strict", "shelf")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys.toml"
    monkeypatch.setenv("TTX_KEYS", str(path))
    return path


@pytest.fixture
def given(keys: Path) -> None:
    keys.write_text('note = "f2"\njournal = "f3"\ngo-standing = "f4"\n')


@pytest.mark.usefixtures("given")
async def test_a_key_given_anew_acts_and_stands_in_footer_help_and_sentences() -> None:
    app = at("tutorial", POSITIONS["levers, turn 1"])
    assert not app.take_keys()
    async with sit(app, MIDDLE) as desk:
        await desk.press("n")
        assert "Note:" not in desk.shown
        await desk.press("f2")
        await desk.write("seen")
        await desk.press("enter")
        assert "f3 shows yours" in desk.shown
        await desk.press("question_mark")
        assert "f2" in next(row for row in desk.rows if "Write a note" in row)
        await desk.press("escape", "f4")
        assert "Standing" == desk.where


@pytest.mark.usefixtures("keys")
async def test_the_footer_names_the_key_that_was_given(keys: Path) -> None:
    keys.write_text('replay = "f6"\nopen = "f7"\n')  # noqa: ASYNC240  # a test's own file
    app = TtxApp()
    assert not app.take_keys()
    async with sit(app, MIDDLE) as desk:
        assert "f7 play" in desk.foot


async def test_the_briefing_names_the_keys_that_were_given(keys: Path) -> None:
    keys.write_text(  # noqa: ASYNC240  # a test's own file
        'ready = "f2"\npage-on = "f3"\ncommit = "f4"\nlever-1 = "f5"\ndown = "f6"\nnote = "f7"\n'
    )
    app = at("tutorial", POSITIONS["briefing"])
    assert not app.take_keys()
    async with sit(app, MIDDLE) as desk:
        assert "f2 Ready STARTEX; the other pages are behind f3" in desk.shown
        assert "f3 b page f2 ready: STARTEX" in desk.shown
        await desk.press("f3", "f3", "f3")
        for words in (
            "f4 carries out what is marked",
            "f5 s mark the two levers of the question; f6 k mark any",
            "f7 writes a note, space pauses, q leaves;",
        ):
            assert words in desk.shown
        await desk.press("f2")
        assert "Table" == desk.where


@pytest.mark.usefixtures("keys")
def test_without_a_file_nothing_is_said() -> None:
    assert "" == TtxApp().take_keys()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("note =", "cannot be read"),
        ('nota = "f2"\n', "there is no 'nota'"),
        ("note = 2\n", "'note' needs a key between quotes"),
        ('note = "u"\n', "'u' would be both"),
        ('note = "?"\n', "'?' would be both"),
        ('to-mark = "]"\n', "']' would be both 'turn-on' and 'to-mark'"),
    ],
)
def test_a_mistake_is_one_sentence_and_the_usual_keys_stay(
    keys: Path, written: str, words: str
) -> None:
    keys.write_text(written)
    app = TtxApp()
    told = app.take_keys()
    assert words in told
    assert "sual keys are used." in told
    assert {} == app.rebound


def test_every_id_means_one_thing_on_a_page() -> None:
    """An id that two bindings of one page share could not be given a key of its own."""
    for kind, binding in own_keys.all_bindings(TtxApp):
        same = [
            other for other in kind.__dict__["BINDINGS"] if getattr(other, "id", None) == binding.id
        ]
        assert [binding] == same, (kind.__name__, binding.id)


async def test_the_palette_knows_what_the_page_can_do() -> None:
    async with sit(at("tutorial", POSITIONS["levers, turn 1"]), MIDDLE) as desk:
        titles = [command.title for command in desk.app.get_system_commands(desk.page)]
        for words in ("Write a note (n)", "How we stand (S)", "Theme: dark", "Leave"):
            assert words in titles
        assert len(titles) == len({*titles})
        assert len(titles) > 20


async def test_what_the_mouse_selects_is_copied_and_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(TtxApp, "copy_to_clipboard", lambda _, words: copied.append(words))
    async with sit(at("tutorial", POSITIONS["levers, turn 1"]), MIDDLE) as desk:
        y, row = next((y, row) for y, row in enumerate(desk.rows) if "LEVERS, TURN 1" in row)
        x = row.index("LEVERS")
        await desk.pilot.mouse_down(offset=(x, y))
        await desk.pilot.hover(offset=(x + 6, y))
        await desk.pilot.mouse_up(offset=(x + 6, y))
        await desk.settle()
        await desk.press("ctrl+c")
        assert ["LEVERS,"] == copied
        assert desk.page.question.asks is None
        await desk.press("ctrl+c")
        assert "Leave" in desk.shown


def test_the_verb_lists_every_key_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    keys_verb.keys()
    told = capsys.readouterr().out
    assert "keys.toml" in told.splitlines()[0]
    for words in ("note ", "go-standing ", "page-on "):
        assert any(line.startswith(words) for line in told.splitlines()), words
