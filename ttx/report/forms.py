"""The forms that a document takes as a file: what each is called, what its name ends in, its bytes.

HTML and Markdown are text, and are always there. A Word file needs the extra `office`.
"""

from __future__ import annotations

from pathlib import Path

from ttx import files
from ttx.extras import need
from ttx.i18n import _
from ttx.report.document import Document
from ttx.report.html import html
from ttx.report.markdown import markdown

TEXTS = {"html": html, "md": markdown}
"""The forms that are text, by the ending of a file."""
FORMS = ("html", "md", "docx")
"""All forms, by the ending of a file; the first is taken where nothing is said."""
_ENDINGS = {"html": (".html", ".htm"), "md": (".md", ".markdown"), "docx": (".docx",)}
"""What the names of such files end in."""


def known(form: str) -> str:
    """The same form.

    Raises:
        ValueError: There is no such form.
        Missing: What makes it is not installed.
    """
    if form not in FORMS:
        raise ValueError(
            _(
                "There is no form '{asked}'; choose from {forms}.",
                asked=form,
                forms=", ".join(FORMS),
            )
        )
    if form == "docx":
        for library in ("docx", "resvg_py", "font_source_sans_pro"):
            need(library, "office")
    return form


def form_of(out: Path | None, asked: str = "", what: str = "") -> str:
    """The form that is asked for, or else the one that the name of a file says.

    `what` is what goes into it, as the subject of a sentence; a report where it is left out.

    Raises:
        ValueError: Where there is no such form.
        Missing: Where what makes it is not installed.
        NotWritten: Where the name says something else.
    """
    if asked:
        known(asked)
    if out is None or str(out) == "-":
        return asked or FORMS[0]
    named = [form for form, endings in _ENDINGS.items() if out.suffix.lower() in endings]
    form = asked or (named[0] if named else FORMS[0])
    either = [ending for endings in _ENDINGS.values() for ending in endings[:1]]
    what = what or (_("A report as {form}", form=form) if asked else _("A report"))
    files.named_for(out, what, _ENDINGS[form] if asked or named else either)
    return known(form)


def made(document: Document, form: str) -> bytes:
    """The document in that form.

    Raises:
        Missing: What makes it is not installed.
    """
    known(form)
    if form == "docx":
        from ttx.report.word.whole import word

        return word(document)
    return TEXTS[form](document).encode()
