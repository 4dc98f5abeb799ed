"""Lists in other languages than English: their headers, their dates and times, their statuses."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest

from ttx.exercise.load import proofread
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.exercise.msel import cells
from ttx.exercise.msel.answers import Answers
from ttx.exercise.msel.begun import begun
from ttx.exercise.msel.sheets.column_names import NAMES
from ttx.exercise.msel.sheets.columns import COLUMNS, column, day_first, flat
from ttx.exercise.msel.sheets.times import When, read

MARCH = datetime.date(2027, 3, 12)
LISTS = {
    "German": (
        "Lfd. Nr.|Datum|Uhrzeit|Titel|Absender|Empfänger|Medium|Inhalt|Erwartete Reaktion",
        "7|12.03.2027|09:15 Uhr|Stromausfall|Leitstelle|Stab|Telefon|Der Strom ist weg.|Prüfen",
    ),
    "German by injects": (
        (
            "Einlage|Tag|Zeit|Ereignis|Von|An|Übermittlungsweg|Beschreibung der Einlage|"
            "Erwartete Maßnahmen"
        ),
        "E7|Tag 1|09.15 Uhr|Stromausfall|Leitstelle|Stab|Telefon|Der Strom ist weg.|Prüfen",
    ),
    "French": (
        (
            "N° d'inject|Jour|Heure|Titre|Émetteur|Destinataire|Moyen|Contenu du message|"
            "Réaction attendue"
        ),
        "7|J+0|9h15|Panne|Préfecture|Cellule de crise|Téléphone|Le courant est coupé.|Évaluer",
    ),
    "French by stimuli": (
        "N° stimulus|Horaire|Intitulé|De|À|Mode de transmission|Texte du stimulus|Attendus",
        "S7|09:15|Panne|Préfecture|Cellule de crise|Téléphone|Le courant est coupé.|Évaluer",
    ),
    "Spanish": (
        "N.º|Fecha|Hora|Título|Emisor|Destinatario|Medio|Descripción|Acción esperada",
        "7|12/03/2027|09:15 h|Apagón|Delegación|Comité|Teléfono|Se ha ido la luz.|Evaluar",
    ),
    "Italian": (
        "N.|Data|Ora|Titolo|Mittente|Destinatario|Mezzo|Descrizione|Azione attesa",
        "7|12/03/2027|09:15|Blackout|Prefettura|Unità di crisi|Telefono|Manca la luce.|Valutare",
    ),
    "Portuguese": (
        "Nº|Data|Hora|Título|Remetente|Destinatário|Meio|Descrição|Ação esperada",
        "7|12/03/2027|09h15|Apagão|Governo|Gabinete|Telefone|Não há luz.|Avaliar",
    ),
    "Dutch": (
        "Nr.|Datum|Tijd|Titel|Afzender|Ontvanger|Middel|Omschrijving|Verwachte reactie",
        "7|12-03-2027|09:15|Stroomuitval|Meldkamer|Crisisteam|Telefoon|De stroom is uit.|Kijken",
    ),
    "Japanese": (
        "付与番号|日付|時刻|件名|発信者|受信者|手段|付与内容|期待される対応",
        "7|2027年3月12日(金)|午前9時15分|停電|消防本部|対策本部|電話|全域で停電した。|確認",
    ),
    "Korean": (
        "메시지 번호|일자|시각|상황제목|발신|수신|전달수단|메시지 내용|예상조치",
        "7|2027. 3. 12.|오전 9시 15분|정전|소방본부|대책본부|전화|전역에 정전이 났다.|확인",
    ),
    "Chinese": (
        "序号|日期|演练时间|事件|信息来源|接收单位|传达方式|情景描述|预期处置",
        "7|2027年3月12日|上午9点15分|停电|指挥中心|指挥部|电话|全市停电。|核实",
    ),
    "Chinese in traditional characters": (
        "編號|日期|時間|標題|發送者|接收者|傳遞方式|情境內容|預期行動",
        "7|2027/3/12|09:15|停電|消防局|應變中心|電話|全市停電。|查證",
    ),
    "Russian": (
        (
            "№ п/п|Дата|Время|Тема|Отправитель|Получатель|Способ доведения|Содержание вводной|"
            "Ожидаемые действия"
        ),
        "7|12 марта 2027 г.|09 ч 15 мин|Авария|ЦУКС|Штаб|Телефон|Света нет.|Оценить",
    ),
}
"""Of each language a header and a row of it, with a bar between cells; all at a quarter past 9."""


def made(place: Path, *rows: str) -> tuple[Exercise, tuple[str, ...]]:
    with (place / "plan.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row.split("|") for row in rows)
    done = begun(place / "night", "", place / "plan.csv", Answers())
    assert proofread(place / "night").exercise is not None
    return done.exercise, done.remarks


@pytest.mark.parametrize("language", LISTS)
def test_a_list_goes_in_whole_in_its_own_language(tmp_path: Path, language: str) -> None:
    header, row = LISTS[language]

    exercise, remarks = made(tmp_path, header, row, row.replace("7", "8", 1).replace("15", "45"))

    first, second = exercise.inject
    said = row.split("|")
    title = 3 if len(said) == 9 else 2
    told = (first.title, first.message.sender, first.message.to, first.message.via)
    assert said[title : title + 4] == [text(part) for part in told]
    assert [said[-2]] == [text(part) for part in first.message.text]
    assert said[-1] == text(first.expected_action)
    assert said[0] == (first.label or str(first.number))
    assert ((1, 1), (2, 2)) == (first.turns, second.turns)
    assert not [words for words in remarks if "no place" in words or "is read with" in words]
    assert not [words for words in remarks if "is no time that is understood" in words]
    dated = any("2027" in cell for cell in said)
    assert not dated or exercise.turns.start == MARCH


@pytest.mark.parametrize(
    ("cell", "key", "said"),
    [
        *(
            (one, "date", When(date=MARCH))
            for one in (
                *("2027年3月12日", "令和9年3月12日", "R9.3.12", "2027. 3. 12.", "2027년 3월 12일"),
                *("12 марта 2027 г.", "12. März 2027", "12 de marzo de 2027", "12 mars 2027"),
                *("le 12 mars 2027", "12 maart 2027", "vendredi 12 mars 2027", "12 marzo 2027"),
            )
        ),
        *(
            (one, "date", When(date=MARCH, yearless=True))
            for one in ("3月12日（金）", "12.3.", "12. 3.", "Freitag, 12. März", "3월 12일")
        ),
        *(
            (one, "planned", When(minutes=555))
            for one in (
                *("午前9時15分", "上午9点15分", "오전 9시 15분", "9時15分", "09.15 Uhr", "9:15 h"),
                *("9 ч 15 мин", "09-15 ч", "09:15 МСК", "kl. 09.15", "9h15"),
            )
        ),
        *(
            (one, "planned", When(minutes=900))
            for one in ("午後3時", "下午3点", "오후 3시", "15 Uhr")
        ),
        ("下午3点半", "planned", When(minutes=930)),
        *(
            (one, "day", When(day=1))
            for one in (
                *("Tag 2", "2. Tag", "Día 2", "Giorno 2", "День 2", "2-й день", "第2日", "第二天"),
                *("2日目", "2일차", "Д+1", "J+1", "D+1日", "T+1"),
            )
        ),
        *(
            (one, "planned", When(minutes=30))
            for one in ("T+30", "T+0:30", "T+30 min", "発災後30分", "Ч+0:30", "H+30min", "+30 min")
        ),
        *((one, "planned", When(minutes=90)) for one in ("T+1h30", "発災後1時間30分", "H+1h30")),
        *((one, "elapsed", When(minutes=75)) for one in ("75", "+75", "T+75", "1:15", "T+75 min")),
        *(
            (one, "planned", When())
            for one in ("decision 12", "Marketing 12", "martes 12", "set 3", "march on", "Tagung")
        ),
    ],
)
def test_times_are_read_as_other_languages_write_them(cell: str, key: str, said: When) -> None:
    assert said == read(cell, key, 2027)


def test_a_dotted_date_keeps_its_day_first_and_a_slash_goes_by_the_language_of_the_headers(
    tmp_path: Path,
) -> None:
    english = "No|Date|Title|Description", "1|04/03/2027|Outage|The power is out."

    exercise, remarks = made(tmp_path, *english)

    assert datetime.date(2027, 4, 3) == exercise.turns.start
    assert [words for words in remarks if "'04/03/2027' is read with the month first" in words]
    assert (None, True, False) == (day_first("No"), day_first("Fecha"), day_first("日付"))
    assert day_first("Event Notes") is None


def test_a_row_that_is_struck_in_its_own_language_stays_out(tmp_path: Path) -> None:
    header = "Nr.|Zeit|Titel|Inhalt|Status"
    rows = "1|09:00|Ausfall|Weg.|Freigegeben", "2|09:30|Regen|Nass.|Gestrichen"

    exercise, remarks = made(tmp_path, header, *rows)

    assert ["Ausfall"] == [text(inject.title) for inject in exercise.inject]
    assert [words for words in remarks if "'Gestrichen'" in words]
    for status in ("отменено", "取消", "취소", "Annulé", "anulado"):
        assert cells.Status.LEFT_OUT == cells.status(status)


def test_no_name_of_a_column_means_two_things() -> None:
    keys = {part.key for part in COLUMNS}
    meant: dict[str, str] = {}
    for key, lines in NAMES.items():
        assert key in keys
        for name in (name for line in lines for name in line.split(";")):
            assert key == meant.setdefault(flat(name), key), name
            known = column(name)
            assert known is not None
            assert key == known.key, name


def test_a_column_that_only_numbers_the_injects_is_their_number(tmp_path: Path) -> None:
    exercise, _remarks = made(
        tmp_path, "Inject|T+min|Description", "1|5|Power is out.", "2|20|Water is out."
    )

    assert [["Power is out."], ["Water is out."]] == [
        [text(part) for part in inject.message.text] for inject in exercise.inject
    ]
    assert ["5", "20"] == [inject.planned for inject in exercise.inject]
