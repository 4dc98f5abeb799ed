"""A new workbook, as every room begins one: nothing in it is reckoned, no clock in its bytes."""

from __future__ import annotations

import datetime
import io
from typing import Any

from ttx.extras import need

MADE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook knows no time zone
"""Stands in every workbook, so that the same content gives the same bytes."""


def begun(
    out: io.BytesIO,
    title: str,
    about: str = "",
) -> Any:  # noqa: ANN401  # xlsxwriter comes without types
    """An empty workbook of xlsxwriter that is written to `out` once it is closed.

    Text stays text: what looks like a formula, a link or a number is none.

    Raises:
        Missing: XlsxWriter is not installed.
    """
    book = need("xlsxwriter", "office").Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title, "comments": about, "created": MADE})
    return book
