"""Sentences in the language of whoever reads them."""

from __future__ import annotations

from gettext import NullTranslations

import pytest

from ttx import i18n
from ttx.exercise.model.part import text
from ttx.i18n import N_, Reader, _, ngettext, pgettext

WORDS = {
    "Nothing was asked.": "Nichts wurde gefragt.",
    "{seat} has left": "Gegangen ist {seat}",
    "broken {seat}": "kaputt {platz}",
}


class German(NullTranslations):
    """Three sentences, and counting as in English."""

    def gettext(self, message: str) -> str:
        return WORDS.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{count} Sitz" if n == 1 else "{count} Sitze"

    def pgettext(self, context: str, message: str) -> str:
        return f"{context}/{message}"


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_CATALOGUES", {})
    i18n.offer("de", German())


def test_english_needs_no_catalogue() -> None:
    assert _("Nothing was asked.") == "Nothing was asked."
    assert _("{seat} has left", seat="{osd}") == "{osd} has left"
    assert ngettext("{count} seat", "{count} seats", 1) == "1 seat"
    assert ngettext("{count} seat", "{count} seats", 0) == "0 seats"
    assert N_("Yes") == "Yes"


def test_a_reader_gets_the_language_that_is_in_force() -> None:
    with i18n.reading("de"):
        assert _("Nothing was asked.") == "Nichts wurde gefragt."
        assert _("{seat} has left", seat="osd") == "Gegangen ist osd"
        assert ngettext("{count} seat", "{count} seats", 3) == "3 Sitze"
        assert pgettext("month", "May") == "month/May"
        assert text({"en": "How fast?", "de": "Wie schnell?"}) == "Wie schnell?"
        assert text({"en": "How fast?"}) == "How fast?"
    assert _("Nothing was asked.") == "Nothing was asked."
    assert i18n.has("de")
    assert not i18n.has("fr")


def test_a_reader_changes_language_for_all_that_runs_for_it() -> None:
    somebody = Reader()
    before = i18n.reader()
    i18n.read_by(somebody)
    try:
        assert _("Nothing was asked.") == "Nothing was asked."
        somebody.language = "de"
        assert _("Nothing was asked.") == "Nichts wurde gefragt."
    finally:
        i18n.read_by(before)


def test_what_is_missing_or_broken_stays_english() -> None:
    with i18n.reading("de"):
        assert _("Nobody said so.") == "Nobody said so."
        assert _("broken {seat}", seat="osd") == "broken osd"
    with i18n.reading("fr"):
        assert _("Nothing was asked.") == "Nothing was asked."
