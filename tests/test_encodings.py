"""Texts in every encoding that spreadsheets write: read right, or asked about; never garbled."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ttx.exercise.msel.sheets.columns import column
from ttx.exercise.msel.sheets.container import Unfit
from ttx.exercise.msel.sheets.encodings import decoded
from ttx.exercise.msel.sheets.guess import CODE_PAGES, CodePage, readings
from ttx.exercise.msel.sheets.sheet import read_sheet
from ttx.exercise.problems import ExerciseError

HEAD = "MSEL NUMBER,TITLE,DESCRIPTION\r\n"
TEXTS = {
    "ja": (
        *(
            "点検連番",
            "台湾海峡の封鎖",
            "首相官邸からの電話",
            "沖縄で停電が発生",
            "避難訓練を開始する",
        ),
        *(
            "与那国島の住民避難",
            "ミサイル発射を探知",
            "米軍から支援要請",
            "第1回定例会議",
            "ﾐｻｲﾙ発射",
        ),
        *(
            "尖閣諸島周辺に船舶",
            "通信障害",
            "港湾の閉鎖について協議",
            "サイバー攻撃",
            "①緊急",
            "経済産業省",
        ),
    ),
    "zh": (
        *("台湾海峡封锁", "外交部发表声明", "导弹发射", "紧急会议", "港口关闭", "美国总统来电"),
        *("舆论压力", "演习开始", "停电", "通信中断", "疏散居民", "网络攻击", "新闻发布会"),
    ),
    "zh-hant": (
        *("台灣海峽封鎖", "外交部發表聲明", "飛彈發射", "緊急會議", "港口關閉", "美國總統來電"),
        *("輿論壓力", "演習開始", "停電", "通訊中斷", "疏散居民", "網路攻擊"),
    ),
    "ko": ("미사일 발사", "대통령 전화", "정전 발생", "긴급 회의", "통신 두절", "훈련 시작"),
    "ru": (
        *("Ураган", "Связь потеряна", "Звонок из министерства", "Порт закрыт", "блокада пролива"),
        *("Учение начинается", "ЭКСТРЕННОЕ СООБЩЕНИЕ", "Ракетный пуск", "Эвакуация жителей"),
        *("Отключение электричества", "Пресса задаёт вопросы", "Штаб", "ПОЖАР", "на запад"),
    ),
    "west": (
        *("Café réunion", "Naïve approach", "“Blockade” – day 2", "Überfall auf Häfen", "Größe"),
        *("Señor Núñez llama", "Ação em São Paulo", "Élysée calls", "Ministère de la défense"),
        *("L’état d’urgence", "Temperatur 35 °C", "Åland islands", "Malmö", "déjà vu", "être prêt"),
        *("Itinéraire à la préfecture", "It’s late", "Cost: €500", "“It’s on” – Köln… 5 °C"),
    ),
}
ENCODINGS = {
    "ja": ("cp932", "euc_jp", "iso2022_jp_ext"),
    "zh": ("gb18030", "gbk", "gb2312"),
    "zh-hant": ("cp950", "big5"),
    "ko": ("cp949",),
    "ru": ("cp1251", "koi8_r", "mac_cyrillic", "cp866"),
    "west": ("cp1252", "mac_roman"),
}
CASES = [(language, encoding) for language, them in ENCODINGS.items() for encoding in them]
EVERYWHERE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def table(*titles: str) -> str:
    return HEAD + "".join(f"{at},{title},{title}\r\n" for at, title in enumerate(titles, start=1))


def encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("not a text of that encoding")


# --- read right ---


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_a_table_of_several_rows_is_read_as_it_was_written(language: str, encoding: str) -> None:
    """All titles of a language at once: what a list of injects holds at least."""
    text = table(*(one for one in TEXTS[language] if _fits(one, encoding)))

    read = decoded(encoded(text, encoding))

    assert text == read.text
    (said,) = read.remarks
    assert said.startswith(f"Read as {read.encoding}: '")
    assert said.endswith("'; --encoding decides.")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", EVERYWHERE)
def test_unicode_is_read_with_and_without_a_mark(language: str, encoding: str) -> None:
    text = table(*TEXTS[language])

    assert text == decoded(text.encode(encoding)).text


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_what_little_there_is_is_read_right_or_asked_about(data: st.DataObject) -> None:
    """One to three titles: the text as it was written, or a refusal that shows it; nothing else.

    A word of a few letters can be as good a word in another encoding; then the sentence names what
    was taken, and what it says.
    """
    language, encoding = data.draw(st.sampled_from(CASES))
    fitting = [one for one in TEXTS[language] if _fits(one, encoding)]
    titles = data.draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=3, unique=True))
    text = table(*titles)
    raw = text.encode(encoding)

    try:
        read = decoded(raw)
    except Unfit:
        assert text in [one.text for one in readings(raw)[:4]]
    else:
        assert text == read.text
        assert read.remarks
    assert text == decoded(raw, encoding).text


@pytest.mark.parametrize("page", CODE_PAGES, ids=lambda page: page.name)
def test_what_a_sentence_calls_an_encoding_is_understood_by_the_option(page: CodePage) -> None:
    high = bytes(range(0xB0, 0xB8))
    expected = high.decode(page.codec)

    assert expected == decoded(high, page.name).text


# --- asked, and said ---


def test_where_two_fit_the_sentence_shows_both() -> None:
    with pytest.raises(Unfit) as unfit:
        decoded(table("型式").encode("euc_jp"))

    assert (
        "its letters fit several encodings and nothing was read: GB18030 '房及', EUC-JP '型式'; "
        "name the right one, as in --encoding GB18030"
    ) == str(unfit.value)


def test_a_few_letters_that_are_a_word_in_utf_8_too_are_asked_about() -> None:
    """Two everyday characters of GB 18030 are two odd letters of UTF-8 as well."""
    raw = HEAD.encode() + "1,停止,x\r\n".encode("gbk")
    raw.decode("utf-8")

    with pytest.raises(Unfit, match=r"GB18030 '停止', UTF-8"):
        decoded(raw)
    assert () == decoded(table("Παύση").encode()).remarks
    assert () == decoded(table("Café").encode()).remarks


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"No,Title\n1,\x93_\x8c\x9f\n", "Read as Shift_JIS: '点検'; --encoding decides."),
        ("No,Title\n1,x".encode("utf-16-le"), "Read as UTF-16, whose mark is missing."),
        (
            "No,Title\n1,Café réunion\n2,".encode() + b"It\x92s late\n",
            (
                "1 byte is not UTF-8 like the rest (92, row 3); it was read as Windows-1252: "
                "'It’s late'."
            ),
        ),
        (
            'No,Title\n1,"Café\nréunion – ça"\n2,'.encode() + b"\x93x\x94\n",
            (
                "2 bytes are not UTF-8 like the rest (93, 94, rows 3); they were read as "
                "Windows-1252: '“x”'."
            ),
        ),
    ],
)
def test_how_it_was_read_is_said(raw: bytes, said: str) -> None:
    assert (said,) == decoded(raw).remarks


@pytest.mark.parametrize(
    ("raw", "encoding", "said"),
    [
        (
            "No,Title\n1,型式".encode("euc_jp"),
            "utf-8",
            (
                "row 2 is not utf-8: the byte B7 cannot stand there; leave out --encoding, or name "
                "another"
            ),
        ),
        (b"No,Title", "rot13", "there is no encoding 'rot13': --encoding knows UTF-8, UTF-16, "),
        (b"No,Title", "no such", "there is no encoding 'no such'"),
        (
            "No,Title".encode("utf-16")[:-1],
            None,
            "begins as UTF-16 and does not go on so: it is damaged, or half of a file",
        ),
        (b"\0\1\2\3No\0\0", None, "is no text and no workbook that ttx knows"),
    ],
)
def test_what_is_in_no_encoding_is_refused(raw: bytes, encoding: str | None, said: str) -> None:
    with pytest.raises(Unfit) as unfit:
        decoded(raw, encoding)

    assert str(unfit.value).startswith(said)


def test_a_mark_of_utf_8_goes_away_under_any_encoding() -> None:
    assert "No" == decoded("No".encode("utf-8-sig"), "cp1252").text
    assert "No" == decoded("No".encode("utf-8-sig"), "utf-8").text
    assert "No" == decoded("No".encode("utf-16"), "utf-16").text


@pytest.mark.parametrize(
    "words",
    [
        *("Ravens’ personnel", "the Coast Guard’s ship", "Wait…", "Closed – now", "• first"),
        *("“Quote” and more", "Budget £500", "Widget® sold", "25 °C", "½ hour of radar", "± 5"),
        *("Micro µg", "x × y", "© 2019", "CAFÉ", "STRAßE", "cœur", "Curaçao", "El Niño", "a\xa0b"),
    ],
)
def test_one_sign_in_an_english_list_is_no_question(words: str) -> None:
    """What nearly all lists from Windows hold: plain letters, and a sign or two."""
    rows = "".join(f"{at},Port closed,All berths are closed to ships\r\n" for at in range(2, 9))
    text = HEAD + f"1,{words},The harbour office says so\r\n" + rows

    read = decoded(text.encode("cp1252"))

    assert (text, "Windows-1252") == (read.text, read.encoding)


# --- through the door ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_cells_are_the_same_whatever_they_were_written_in(
    delimiter: str, language: str, encoding: str, tmp_path: Path
) -> None:
    titles = [one for one in TEXTS[language] if _fits(one, encoding)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(("MSEL NUMBER", "TITLE", "DESCRIPTION"))
    writer.writerows((at, title, f'"{title}",\n; \t| x') for at, title in enumerate(titles, 1))
    (tmp_path / "plan.csv").write_bytes(out.getvalue().encode(encoding))

    sheet = read_sheet(tmp_path / "plan.csv", column)

    assert [(str(at), title) for at, title in enumerate(titles, 1)] == [
        row[:2] for _number, row in sheet.rows
    ]
    assert all(row[2].startswith(f'"{row[1]}",\n') for _number, row in sheet.rows)
    assert sheet.remarks


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_bytes(table("型式").encode("euc_jp"))

    with pytest.raises(ExerciseError) as error:
        read_sheet(tmp_path / "plan.csv", column)
    sheet = read_sheet(tmp_path / "plan.csv", column, encoding="EUC-JP")

    assert str(error.value).startswith(f"{tmp_path / 'plan.csv'}: its letters fit several")
    assert "型式" == sheet.rows[0][1][1]
