"""Some saves as one export: which runs may stand together, and the files that they become."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ttx import files
from ttx.i18n import _
from ttx.session.opening import look_at
from ttx.session.phases import CLOSED
from ttx.session.record import Record
from ttx.session.save_header import SUFFIX
from ttx.session.unattributed import unattributed
from ttx.studies.export import decoded
from ttx.studies.export.catalogue import TABLES
from ttx.studies.export.folder import new_folder
from ttx.studies.export.package import Filled, write_package
from ttx.studies.export.schema import document
from ttx.studies.export.source import Source
from ttx.studies.export.workbook import workbook

FORMS = ("csv", "jsonl", "xlsx")
"""What runs can be taken away as."""
OWNER = (
    "It holds all of the record, also what only the white cell and one seat may read: it is for "
    "the owner of the save."
)
JUDGEMENT = "Structured judgement, not prediction."
CELLS = (
    "Texts stand as they were typed. In a spreadsheet open CSV with its columns as text, since one "
    "that begins with = + - or @ may be taken for a formula; the workbook has no formulas."
)
NAMES = (
    "Not for attribution: seats are named by their cell alone, no time of day and no file is "
    "named. What people typed stands as they typed it: read it for names before you pass it on."
)
MASKED = (
    "Not for attribution: seats are named by their cell alone, no time of day and no file is "
    "named. Names that were given to be masked are, in what people typed: read it for others "
    "before you pass it on."
)


class Mixed(ValueError):
    """Runs of more than one exercise; a sentence for a person."""


def sources_of(
    records: Sequence[Record],
    *,
    anonymous: bool = False,
    names: Sequence[str] = (),
    mixed: bool = False,
) -> list[Source]:
    """Saves to be taken away together, each under a name of its own.

    Where they are `anonymous`, each of `names` is masked in what people typed.

    Mixed where they play other exercises and nobody asked for that; SaveError where one does not
    follow its exercise.
    """
    digests = {record.header.digest: files.legible(record.path.name) for record in records}
    if len(digests) > 1 and not mixed:
        first, other = list(digests.items())[:2]
        raise Mixed(
            _(
                "{first} and {other} play exercises of other digests ({digests}), so their numbers "
                "are not one table's; export them apart, or say --mixed.",
                first=first[1],
                other=other[1],
                digests=f"{first[0]}, {other[0]}",
            )
        )
    called = _names(records, anonymous=anonymous)
    seen = [
        unattributed(record, names, days=True) if anonymous else look_at(record)
        for record in records
    ]
    return [
        Source(name, viewing.record, viewing.timeline, anonymous, anonymous and bool(names))
        for name, viewing in zip(called, seen, strict=True)
    ]


def _names(records: Sequence[Record], *, anonymous: bool) -> list[str]:
    """The name of each save, with its place where that would not tell them apart."""
    if anonymous:
        return [f"run-{place}" for place in range(1, len(records) + 1)]
    names: list[str] = []
    for record in records:
        stem = files.legible(record.path.name.removesuffix(SUFFIX))
        name, place = stem, 1
        while name in names:
            place += 1
            name = f"{stem}-{place}"
        names.append(name)
    return names


def drafts(sources: Sequence[Source]) -> list[str]:
    """The runs that are not closed."""
    return [source.run for source in sources if source.game.phase != CLOSED]


def about(sources: Sequence[Source]) -> str:
    """What every export says of itself."""
    unfinished = drafts(sources)
    return " ".join(
        (
            JUDGEMENT,
            OWNER,
            *([f"Not closed, so a draft: {', '.join(unfinished)}."] if unfinished else []),
            *attribution(sources),
            CELLS,
        )
    )


def attribution(sources: Sequence[Source]) -> list[str]:
    """What is to be said of names, in a sentence or two; nothing where all is for attribution."""
    if not any(source.anonymous for source in sources):
        return []
    return [MASKED if any(source.masked for source in sources) else NAMES]


def title(sources: Sequence[Source]) -> str:
    """What an export is called."""
    played = dict.fromkeys(source.words(source.exercise.title) for source in sources)
    count = "One run" if len(sources) == 1 else f"{len(sources)} runs"
    return f"{count} of {', '.join(played)}"


def filled(sources: Sequence[Source]) -> Filled:
    """All tables with the rows of all runs, by name."""
    return {table.name: (table, table.filled(sources)) for table in TABLES}


def write_csv(out: Path, sources: Sequence[Source], tables: Filled) -> None:
    """A new folder with a data package; NotWritten where it cannot be made whole."""
    name = "-".join(dict.fromkeys(source.record.header.id.lower() for source in sources))
    with new_folder(out) as made:
        write_package(made, tables.values(), f"ttx-{name}", title(sources), about(sources))


def as_jsonl(sources: Sequence[Source]) -> dict[str, bytes]:
    """Entries as JSON Lines, the runs they belong to, and the schema of an entry, by name."""
    entries = "".join(f"{line}\n" for source in sources for line in decoded.lines(source))
    return {
        "entries.jsonl": entries.encode(),
        "runs.jsonl": "".join(f"{line}\n" for line in decoded.runs(sources)).encode(),
        "entry.schema.json": f"{document()}\n".encode(),
    }


def as_xlsx(sources: Sequence[Source], tables: Filled) -> bytes:
    """The bytes of a workbook."""
    return workbook(tables, title(sources), about(sources))
