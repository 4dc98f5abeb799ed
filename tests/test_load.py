import os
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import small
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ttx import i18n
from ttx.exercise import exercise_paths
from ttx.exercise.exercise_paths import Head
from ttx.exercise.lines import lines_of
from ttx.exercise.load import digest, from_data, load, proofread
from ttx.exercise.problems import ExerciseError
from ttx.exercise.source import Source, walk

FLAGSHIP = Path(__file__).parent.parent / "exercises" / "accelerate"


class Damage(NamedTuple):
    """One change of a text of the small exercise, and what is then said."""

    old: str
    new: str
    says: str
    at: str = ""
    """The text in whose line it is expected; the new one where not given."""


WORDED = [
    Damage(
        'title = "Talk"\n',
        "",
        "inject 'blockade', option 'talk': key 'title' is missing",
        '[[inject.option]]\nid = "talk"',
    ),
    Damage(
        'question = "Who answers?"',
        'quesstion = "Who answers?"',
        "inject 'blockade': key 'question' is missing | "
        "inject 'blockade': key 'quesstion' is unknown (did you mean 'question'?)",
        '[[inject]]\nnumber = 1 | quesstion = "Who',
    ),
    Damage(
        "at_least = 40.5",
        "at_leest = 40.5",
        "lever 'readiness', level 'high', needs: key 'at_leest' is unknown "
        "(did you mean 'at_least'?)",
    ),
    Damage(
        '{ lever = "press", level = "live" }',
        '{ leaver = "press", level = "live" }',
        "posture 'A', when: entry 2 of any: a condition has a key "
        "all, any, not, of, lever, fired, outcome or responded",
    ),
    Damage(
        "constant = 1",
        "constnat = 1",
        "derived value 'means': key 'constnat' is unknown (did you mean 'constant'?)",
    ),
    Damage(
        'kind = "scarcer"',
        'kind = "scarce"',
        "derived value 'reach': kind must be one of sum, scarcer, shortfall, by_level, fading, "
        "blend, not 'scarce' (did you mean 'scarcer'?)",
    ),
    Damage(
        'kind = "scarcer"\n',
        "",
        "derived value 'reach': key 'kind' is missing",
        '[[derived]]\nid = "reach"',
    ),
    Damage(
        'better = "higher"\nabout = "0 is none',
        'better = "more"\nabout = "0 is none',
        "track 'trust': better must be higher or lower, not 'more'",
    ),
    Damage(
        'rule = "random"',
        'rule = "randon"',
        "robot 'random': rule must be one of posture, least_provocation, most_provocation, random, "
        "restraint, probe, escalate, not 'randon' (did you mean 'random'?)",
    ),
    Damage(
        "start = 20\n",
        'start = "20"\n',
        "track 'staff': start must be a number of points, such as 4 or -1.5, not '20'",
    ),
    Damage(
        "start = 20\n",
        "start = 120\n",
        "track 'staff': start must be between 0 and 100, not 120",
    ),
    Damage(
        "rate = 4\n",
        "rate = 17\n",
        "track 'staff': rate must be at most 16, not 17",
    ),
    Damage(
        "rate = 4\n",
        "rate = 1.5\n",
        "track 'staff': rate must be a whole number, not 1.5",
    ),
    Damage(
        "range = [10, 30]",
        "range = [10]",
        "track 'staff': range holds too few entries: 1 (exactly 2)",
    ),
    Damage(
        "range = [10, 30]",
        "range = [10, 20, 30]",
        "track 'staff': range holds too many entries: 3 (at most 2)",
    ),
    Damage(
        "range = [10, 30]",
        "range = [\n  10,\n  true,\n]",
        "track 'staff': entry 2 of range must be a number of points, such as 4 or -1.5, not true",
        "  true,",
    ),
    Damage(
        'basis = ["E1", "design"]',
        'basis = "E1"',
        "track 'trust': basis must be a list, not 'E1'",
    ),
    Damage(
        'name = "Staff"',
        "name = 5",
        "track 'staff': name must be a text or a table by language, not 5",
    ),
    Damage(
        'name = "Staff"',
        'name = { en = "Staff", JA = "x", fr = 5 }',
        "track 'staff', name: key 'JA' must be two small letters, such as en or ja | "
        "track 'staff', name: fr must be a text, not 5",
    ),
    Damage(
        'id = "talk"\nlean',
        'id = "talk back"\nlean',
        "inject 'blockade', option 'talk back': id must be an id (letters, digits, _ and -), "
        "not 'talk back'",
    ),
    Damage(
        'letter = "S"',
        'letter = "So"',
        "actor 'south': letter must be one capital letter, not 'So'",
    ),
    Damage(
        'colour = "#87afff"',
        'colour = "blue"',
        "actor 'south': colour must be # and six small hexadecimal digits, such as #87afff, "
        "not 'blue'",
    ),
    Damage(
        "start = 2024-12-01",
        'start = "soon"',
        "turns: start must be a date, such as 2024-12-01, not 'soon'",
    ),
    Damage(
        "start = 2024-12-01",
        "start = 2024-12-01T10:00:00",
        "turns: start must be a date, such as 2024-12-01, not 2024-12-01T10:00:00",
    ),
    Damage(
        "lead = true",
        'lead = "perhaps"',
        "seat 'captain': lead must be true or false, not 'perhaps'",
    ),
    Damage(
        "lon = 130.5",
        'lon = "east"',
        "map, place 'port': lon must be a number, not 'east'",
    ),
    Damage(
        "[slots]",
        "[[slots]]",
        "slots must be a table, not a list",
    ),
    Damage(
        "escalate = [{",
        "escalat = [{",
        "adversary 'north', responses: key 'escalat' must be one of restraint, probe, escalate "
        "(did you mean 'escalate'?)",
    ),
    Damage(
        '[[weather]]\ntrack = "tension"\nsize = 3\n',
        '[[weather]]\ntrack = "tension"\nsize = 3\n' * 8,
        "weather holds too many entries: 8 (at most 7)",
    ),
    Damage(
        "number = 2",
        "number = 1001",
        "inject 'letter': number must be at most 1000, not 1001",
    ),
    Damage(
        "minutes = 5\n",
        "minutes = 5\nmintues = 5\n",
        "key 'mintues' is unknown (did you mean 'minutes'?)",
        "mintues",
    ),
    Damage(
        'note = "a clerk"',
        'note = "a clerk"\n"no\\nte\\u001b[31m" = 1',
        "lever 'readiness', level 'low': key 'no\\nte\\x1b[31m' is unknown "
        "(there are id, name, note, upkeep, price, needs)",
        '"no\\nte',
    ),
]

READ = [
    Damage(
        "minutes = 5",
        "minutes = 1e3",
        "minutes must be written without an exponent, not 1e3",
    ),
    Damage(
        "at_least = 40.5",
        "at_least = 40.555",
        "lever 'readiness', level 'high', needs: at_least must have at most two decimals, "
        "not 40.555",
    ),
    Damage(
        "size = 3",
        "size = inf",
        "weather: size must be a number, not inf",
    ),
    Damage(
        "size = 3",
        "size = -nan",
        "weather: size must be a number, not -nan",
    ),
    Damage(
        'id = "small"\n',
        "id = small\n",
        'this is not TOML: invalid value (column 6): a text stands in quotes, "small"',
    ),
    Damage(
        'id = "small"\n',
        'id = "small"\nid = "small"\n',
        "this is not TOML: cannot overwrite a value (column 13)",
        'id = "small"\ntitle',
    ),
]


def _says(damage: Damage, tmp_path: Path) -> tuple[list[str], list[str]]:
    """What is expected of a damaged exercise, and what is said of it."""
    homes = [name for name, text in small.FILES.items() if text.count(damage.old) == 1]
    assert len(homes) == 1, f"{damage.old!r} stands in {homes}"
    text = small.FILES[homes[0]].replace(damage.old, damage.new)
    small.write(tmp_path / "small", small.FILES | {homes[0]: text})
    sentences, places = damage.says.split(" | "), (damage.at or damage.new).split(" | ")
    lines = [text[: text.index(at)].count("\n") + 1 for at in places]
    expected = [
        f"small/{homes[0]} line {lines[min(at, len(lines) - 1)]}: {said}"
        for at, said in enumerate(sentences)
    ]
    return expected, [str(problem) for problem in proofread(Path("small")).problems]


@pytest.mark.parametrize("damage", [*WORDED, *READ], ids=lambda damage: damage.says[:60])
def test_a_mistake_is_told_in_plain_words(
    damage: Damage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    expected, said = _says(damage, tmp_path)

    assert expected == said


# --- files --------------------------------------------------------------------------------------


def _problems(path: Path) -> list[str]:
    with pytest.raises(ExerciseError) as caught:
        load(path)
    assert str(caught.value) == "\n".join(str(problem) for problem in caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, so that names in sentences are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _broken(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_sound_exercise_is_read_with_no_problem(here: Path) -> None:
    proof = proofread(small.write(here / "small", small.FILES))

    assert [] == proof.problems
    assert proof.exercise
    assert ["blockade", "letter"] == [inject.id for inject in proof.exercise.inject]
    assert 5050 == proof.exercise.tracks["trust"].start


def test_one_file_is_an_exercise_too(here: Path) -> None:
    (here / "one.toml").write_text("".join(small.FILES.values()), "utf-8")

    assert digest(load(Path("one.toml"))) == digest(load(small.FOLDER))


def test_lists_follow_each_other_across_files_and_folders(here: Path) -> None:
    first, second = small.FILES["injects.toml"].split("[[inject]]\n")[1:]
    folder = small.write(here / "small", {"exercise.toml": small.FILES["exercise.toml"]})
    small.write(folder / "injects", {"1.toml": f"[[inject]]\n{first}"})
    small.write(folder / "injects", {"2.toml": f"[[inject]]\n{second}"})
    small.write(folder, {"README.md": "# Small", ".draft.toml": "["})
    assert digest(load(small.FOLDER)) == digest(load(folder))

    damaged = _broken(second, "by = 2", "by = 101")
    small.write(folder / "injects", {"2.toml": f"[[inject]]\n{damaged}"})

    assert [
        (
            "small/injects/2.toml line 33: inject 'letter', option 'answer': "
            "by must be between -100 and 100, not 101"
        )
    ] == _problems(Path("small"))


def test_a_table_is_given_once(here: Path) -> None:
    more = {"more.toml": "minutes = 6\n\n[slots]\npolicy = 1\n\n[[turns]]\ncount = 3\n"}
    small.write(here / "small", small.FILES | more)

    assert [
        "small/more.toml line 1: 'minutes' is already given in small/exercise.toml line 8",
        "small/more.toml line 3: 'slots' is already given in small/exercise.toml line 21",
        "small/more.toml line 6: 'turns' is already given in small/exercise.toml line 15",
    ] == _problems(Path("small"))


def test_each_file_tells_its_first_syntax_error(here: Path) -> None:
    files = {
        "exercise.toml": _broken(small.FILES["exercise.toml"], "minutes = 5\n", "minutes 5\n"),
        "injects.toml": small.FILES["injects.toml"] + "[[inject",
    }
    small.write(here / "small", files)

    assert [
        (
            "small/exercise.toml line 8: this is not TOML: "
            "expected '=' after a key in a key/value pair (column 9)"
        ),
        (
            "small/injects.toml line 102: this is not TOML: "
            "expected ']]' at the end of an array declaration at the end"
        ),
    ] == _problems(Path("small"))


def test_wrong_shapes_do_not_hide_unknown_ids(here: Path) -> None:
    injects = small.FILES["injects.toml"]
    injects = _broken(injects, 'title = "Answer"\n', "")
    injects = _broken(injects, 'costs = [{ track = "staff"', 'costs = [{ track = "staf"')
    injects = _broken(injects, 'question = "Who answers?"', 'question = "Who?"\nanswer = "I"')
    small.write(here / "small", small.FILES | {"injects.toml": injects})

    assert [
        "small/injects.toml line 18: inject 'blockade': key 'answer' is unknown",
        (
            "small/injects.toml line 49: inject 'blockade', option 'sail': track 'staf' is unknown "
            "(did you mean 'staff'?)"
        ),
        "small/injects.toml line 88: inject 'letter', option 'answer': key 'title' is missing",
    ] == _problems(Path("small"))


def test_a_key_missing_at_the_top_has_no_line(here: Path) -> None:
    text = _broken(small.FILES["exercise.toml"], 'title = "Small"\n', "")
    small.write(here / "small", small.FILES | {"exercise.toml": text})
    assert ["small: key 'title' is missing"] == _problems(Path("small"))

    Path("one.toml").write_text(text + small.FILES["injects.toml"], "utf-8")
    assert ["one.toml: key 'title' is missing"] == _problems(Path("one.toml"))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("2", "written for a newer ttx: format 2, this one reads 1"),
        ("0", "format must be 1, not 0"),
        ('"1"', "format must be 1, not '1' (did you mean '1'?)"),
    ],
)
def test_another_format_is_refused(here: Path, number: str, said: str) -> None:
    text = _broken(small.FILES["exercise.toml"], "format = 1", f"format = {number}\nnew = 1")
    small.write(here / "small", small.FILES | {"exercise.toml": text})

    assert f"small/exercise.toml line 3: {said}" == _problems(Path("small"))[0]


def test_a_save_is_no_exercise(here: Path) -> None:
    (here / "run.toml").write_text("format = 1\n[exercise]\nformat = 1\n[[event]]\n", "utf-8")

    assert ["run.toml line 2: this is the save of a run, not an exercise"] == _problems(
        Path("run.toml")
    )


def test_lines_count_in_windows_files(here: Path) -> None:
    text = _broken(small.FILES["exercise.toml"], "count = 3", "count = 0")
    folder = small.write(here / "small", small.FILES)
    (folder / "exercise.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert ["small/exercise.toml line 16: turns: count must be at least 1, not 0"] == _problems(
        Path("small")
    )


@pytest.mark.usefixtures("here")
def test_what_cannot_be_read_is_one_sentence() -> None:
    Path("empty").mkdir()
    Path("note.md").write_text("x", "utf-8")
    Path("latin.toml").write_bytes(b"a = 1\nb = '\xe9'\n")
    Path("deep.toml").write_text("a = " + "[" * 50 + "]" * 50, "utf-8")
    Path("deeper.toml").write_text("a = " + "[" * 9000 + "]" * 9000, "utf-8")
    Path("long.toml").write_text("a = " + "1" * 9000, "utf-8")
    Path("lost").mkdir()
    Path("lost/lost.toml").symlink_to("nowhere")
    Path("odd").mkdir()
    os.mkfifo("odd/pipe.toml")

    said = {path: _problems(Path(path)) for path in sorted(map(str, Path().iterdir()))}
    assert {
        "deep.toml": ["deep.toml: 'a' is nested too deeply"],
        "deeper.toml": ["deeper.toml: it is nested too deeply"],
        "empty": ["empty: there is no TOML file in this folder"],
        "latin.toml": [
            "latin.toml line 2: this is not text in UTF-8 (byte 0xe9): save it as UTF-8"
        ],
        "long.toml": ["long.toml: a number in it is too long"],
        "lost": ["lost/lost.toml: cannot be read: no such file or directory"],
        "note.md": ["note.md: an exercise is a folder or a file that ends in .toml"],
        "odd": ["odd/pipe.toml: cannot be read: it is no ordinary file"],
    } == said
    assert ["gone: there is no such folder or file"] == _problems(Path("gone"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_one_sentence(here: Path) -> None:
    folder = small.write(here / "small", small.FILES)
    (folder / "injects.toml").chmod(0)

    assert ["small/injects.toml: cannot be read: permission denied"] == _problems(Path("small"))


# --- lines --------------------------------------------------------------------------------------

ODD = """\
# a comment with = and [brackets]
"a b" = 'x # no comment' # one
site."google.com".'x y' = true
t = 1979-05-27 07:32:00Z
multi = \"\"\"a
= [not a key]
\\\"\"\"\" # ends here
raw = '''
[[nor this]]
''''
list = [ # why
  1, [2,
  3], { k = "v", "d.e".f = [ 4 ] },
  "]", # ]
]
inline = { a.b = 1, c = [ { d = 2 } ] }
[ table . sub ]
x = 1
[[ arr ]]
y = 1
  [[arr.inner]]
  z = 1
  [arr.inner.deep]
  q = 1
  [[arr.inner]]
  z = 2
[[arr]]
[[arr.inner]]
z = 3
"""


def test_odd_toml_keeps_its_lines() -> None:
    found = lines_of(ODD)

    assert {path for path, _ in walk(tomllib.loads(ODD)) if path} <= set(found)
    for path, line in {
        ("a b",): 2,
        ("site", "google.com", "x y"): 3,
        ("t",): 4,
        ("multi",): 5,
        ("raw",): 8,
        ("list",): 11,
        ("list", 1, 0): 12,
        ("list", 1, 1): 13,
        ("list", 2, "d.e", "f", 0): 13,
        ("list", 3): 14,
        ("inline", "c", 0, "d"): 16,
        ("table", "sub", "x"): 18,
        ("arr", 0): 19,
        ("arr", 0, "inner", 0, "deep", "q"): 24,
        ("arr", 0, "inner", 1): 25,
        ("arr", 1): 27,
        ("arr", 1, "inner", 0, "z"): 29,
    }.items():
        assert (path, line) == (path, found[path])


SCALARS = st.one_of(
    st.text(max_size=8), st.integers(-9, 9), st.booleans(), st.datetimes(), st.dates()
)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=20,
)


@pytest.mark.slow
@given(st.dictionaries(st.text(max_size=4), TREES), st.booleans())
def test_every_value_has_a_line(data: dict[str, Any], multiline: bool) -> None:  # noqa: FBT001  # hypothesis passes by position
    text = tomli_w.dumps(data, multiline_strings=multiline)
    found = lines_of(text)

    for path, value in walk(tomllib.loads(text)):
        assert not path or path in found
        if path and isinstance(path[-1], str) and not isinstance(value, dict | list):
            line = text.replace("\r\n", "\n").split("\n")[found[path] - 1]
            assert "=" in line


# --- garbage ------------------------------------------------------------------------------------


def _refused_or_read(path: Path) -> None:
    proof = proofread(path)
    assert proof.exercise or proof.problems
    for problem in proof.problems:
        assert str(problem).isprintable()
        assert len(str(problem)) < 1000


GARBAGE = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@GARBAGE
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_bytes_are_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(raw)
    _refused_or_read(tmp_path)


@pytest.mark.slow
@GARBAGE
@given(st.data())
def test_a_scratched_file_is_refused_or_read(tmp_path: Path, data: st.DataObject) -> None:
    folder = small.write(tmp_path / "small", small.FILES)
    name = data.draw(st.sampled_from(sorted(small.FILES)))
    raw = small.FILES[name].encode()
    at = data.draw(st.integers(0, len(raw)))
    upto = at + data.draw(st.integers(0, 20))
    (folder / name).write_bytes(raw[:at] + data.draw(st.binary(max_size=4)) + raw[upto:])
    _refused_or_read(folder)


KEYS = st.sampled_from(["id", "kind", "of", "when", "name", "terms", "levels", "stages", "all"])


@pytest.mark.slow
@GARBAGE
@given(
    st.dictionaries(
        st.sampled_from(["format", "track", "derived", "inject", "clock", "lever", "map", "x"]),
        st.recursive(
            SCALARS | st.sampled_from(["staff", "sum", "pace"]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
            max_leaves=12,
        ),
    )
)
def test_garbage_under_known_keys_is_refused(tmp_path: Path, data: dict[str, Any]) -> None:
    (tmp_path / "x.toml").write_text(tomli_w.dumps(data), "utf-8")
    _refused_or_read(tmp_path)


# --- embedded exercises, digests ----------------------------------------------------------------


def test_an_embedded_exercise_is_the_same_exercise() -> None:
    exercise = load(small.FOLDER)
    written = tomli_w.dumps(exercise.as_toml())
    embedded = from_data(tomllib.loads(written, parse_float=Decimal))

    assert exercise == embedded
    assert digest(exercise) == digest(embedded)


def test_an_embedded_exercise_names_its_mistakes_without_lines() -> None:
    data = Source.read(small.FOLDER).data
    data["lever"][0]["start"] = "middling"
    data["inject"][1]["option"][0]["lean"] = "X"

    with pytest.raises(ExerciseError) as caught:
        from_data(data, "saves/run.toml")
    assert [
        (
            "saves/run.toml: lever 'readiness': level 'middling' of lever 'readiness' is unknown "
            "(there are low, high)"
        ),
        "saves/run.toml: inject 'letter', option 'answer': lean 'X' is unknown (there are F, R)",
    ] == [str(problem) for problem in caught.value.problems]
    with pytest.raises(ExerciseError, match=r"^lever 'readiness': level"):
        from_data(data)


def test_a_digest_is_over_what_is_said_and_not_how(here: Path) -> None:
    files = {name: f"# note\n{text}" for name, text in small.FILES.items()}
    text = _broken(files["exercise.toml"], "delay = 1\nwhile", "delay = 1\n\nwhile")
    files["exercise.toml"] = text
    same = small.write(here / "same", files)
    files["exercise.toml"] = _broken(text, "at_least = 90", "at_least = 89.5")
    other = small.write(here / "other", files)

    assert 32 == len(digest(load(same)))
    assert digest(load(small.FOLDER)) == digest(load(same)) != digest(load(other))


# --- the shelf ----------------------------------------------------------------------------------


@pytest.fixture
def shelves(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout, a current folder, a wheel and a user folder, each with an exercise or two."""
    places = [here / "checkout", Path("exercises"), here / "wheel", here / "user", here / "none"]
    monkeypatch.setattr(exercise_paths, "exercise_folders", lambda: iter(places))
    small.write(here / "checkout" / "small", small.FILES)
    small.write(here / "exercises" / "small", small.FILES)
    small.write(here / "wheel" / "tutorial", small.FILES)
    small.write(here / "user", {"mine.toml": "".join(small.FILES.values()), "note.md": ""})
    (here / "wheel" / "empty").mkdir()
    return here


def test_exercises_are_found_by_name_shelf_by_shelf(shelves: Path) -> None:
    assert [
        ("small", shelves / "checkout" / "small"),
        ("tutorial", shelves / "wheel" / "tutorial"),
        ("mine", shelves / "user" / "mine.toml"),
    ] == exercise_paths.available()
    assert shelves / "checkout" / "small" == exercise_paths.find("small")
    assert Path("exercises/small") == exercise_paths.find("exercises/small")
    assert Path("exercises") == exercise_paths.find("exercises")


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "tutorail",
            (
                "there is no exercise 'tutorail' (did you mean 'tutorial'?); "
                "there are small, tutorial, mine"
            ),
        ),
        ("zzz", "there is no exercise 'zzz' (there are small, tutorial, mine)"),
        ("", "there is no exercise '' (there are small, tutorial, mine)"),
        ("a\0b", "there is no exercise 'a\\x00b' (there are small, tutorial, mine)"),
        ("./zzz", "there is no folder or file './zzz'"),
        ("zzz.toml", "there is no folder or file 'zzz.toml'"),
    ],
)
def test_an_unknown_name_is_answered_with_those_there_are(name: str, said: str) -> None:
    with pytest.raises(ExerciseError) as caught:
        exercise_paths.find(name)
    assert said == str(caught.value)


def test_the_shelves_are_checkout_folder_wheel_and_user(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(here / "data"))
    package = Path(exercise_paths.__file__).parents[1]

    found = list(exercise_paths.exercise_folders())
    assert [package.parent / "exercises", Path("exercises"), package / "_exercises"] == found[:3]
    assert ("ttx", "exercises") == found[3].parts[-2:]


def test_a_cover_is_read_without_the_rest(here: Path) -> None:
    folder = small.write(here / "small", small.FILES)
    expected = Head(
        "small",
        "Small",
        "Two crises and a lever.",
        5,
        2,
        ("en", "ja"),
        ("A port, a strait, and a lever.",),
        together=5,
    )
    assert expected == exercise_paths.head(folder)
    with i18n.reading("ja"):
        assert "小さな演習" == exercise_paths.head(folder).summary

    seats = small.FILES["exercise.toml"].partition("[[seat]]")
    (folder / "exercise.toml").write_text(seats[0], "utf-8")
    small.write(folder / "more", {"people.toml": "".join(seats[1:])})
    (folder / "injects.toml").write_text("broken [", "utf-8")
    assert expected == exercise_paths.head(folder)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "small: there is no TOML file in this folder"),
        ({"a.toml": "id = 'x'"}, "small: no file in it says which format it has"),
        (
            {"exercise.toml": "format = 1\ntitle ="},
            "small/exercise.toml line 2: this is not TOML: invalid value at the end",
        ),
    ],
)
def test_a_cover_that_cannot_be_read_is_one_sentence(
    here: Path, files: dict[str, str], said: str
) -> None:
    small.write(here / "small", files)

    with pytest.raises(ExerciseError) as caught:
        exercise_paths.head(Path("small"))
    assert said == str(caught.value)


def test_covers_are_read_without_pydantic(here: Path) -> None:
    small.write(here / "exercises" / "small", small.FILES)
    code = (
        "import sys; from ttx.exercise import exercise_paths;"
        "print([exercise_paths.head(path).title for _, path in exercise_paths.available()]);"
        "assert not {'pydantic', 'numpy', 'textual', 'rich'} & set(sys.modules), sys.modules"
    )
    root = str(Path(exercise_paths.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": root},
    )

    assert "" == done.stderr
    assert "Small" in done.stdout


# --- the flagship -------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_flagship_has_no_mistake() -> None:
    assert [] == [str(problem) for problem in proofread(FLAGSHIP).problems]


@pytest.mark.slow
def test_the_flagship_survives_a_save() -> None:
    exercise = load(FLAGSHIP)
    written = tomli_w.dumps(exercise.as_toml())

    assert digest(exercise) == digest(from_data(tomllib.loads(written, parse_float=Decimal)))
