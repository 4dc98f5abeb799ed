"""What an author's words date, and that no words whatever are too odd to be asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ttx.report.dated import dated

WHOLE_MONTH = (date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2025-03-12", (date(2025, 3, 12), date(2025, 3, 12))),
        ("2025-03", WHOLE_MONTH),
        ("March 2025", WHOLE_MONTH),
        ("from Mar. 2025", WHOLE_MONTH),
        ("2025年3月", WHOLE_MONTH),
        ("2025年3月7日", (date(2025, 3, 7), date(2025, 3, 7))),
        ("12 March 2025", (date(2025, 3, 12), date(2025, 3, 12))),
        ("March 12, 2025", (date(2025, 3, 12), date(2025, 3, 12))),
        ("29 July and mid-August 2024", (date(2024, 7, 29), date(2024, 8, 31))),
        ("December 2024 to February 2025", (date(2024, 12, 1), date(2025, 2, 28))),
        ("summer 2025", (date(2025, 6, 1), date(2025, 8, 31))),
        ("Q4 2025", (date(2025, 10, 1), date(2025, 12, 31))),
        ("2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("2023 to 2024", (date(2023, 1, 1), date(2024, 12, 31))),
        ("31 February 2025", None),
        ("INDOPACOM", None),
        ("Every day", None),
        ("12345", None),
    ],
)
def test_words_stand_for_days(words: str, days: tuple[date, date] | None) -> None:
    assert days == dated(words)


@given(st.text(alphabet=st.sampled_from("0123456789 -/.年月日JanMarchQ1summer\n'x"), max_size=40))
def test_no_words_are_too_odd(words: str) -> None:
    days = dated(words)
    assert days is None or all(isinstance(day, date) for day in days)
