"""Which inject of an exercise a row is about, and where that has to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import Text, text
from ttx.exercise.msel import cells
from ttx.exercise.msel.answers import ASK, REPLACE
from ttx.exercise.msel.header import Mistakes, Row, rows_named
from ttx.exercise.problems import did_you_mean, meant, shown
from ttx.i18n import _, ngettext


@dataclass
class Matching:
    """The rows so far, and which injects they were about."""

    exercise: Exercise
    wrong: Mistakes
    taken: str
    seen: dict[str, int] = field(default_factory=dict)
    """Ids that a row has spoken of, and which row."""
    clashes: list[tuple[int, Row, Inject]] = field(default_factory=list)
    """Rows with the number of another inject, where nobody has said what that means."""

    def of(self, row: Row) -> Inject | None:
        """The inject that a row is about; None where it is a new one.

        Raises:
            LookupError: That is a mistake, or has to be asked; it is among those.
        """
        name, number = row.of("id"), row.of("number")
        inject = self.exercise.injects.get(name)
        numbered = [*self._numbered(number)] if number else []
        if inject is not None:
            if number and inject not in numbered and number != inject.label:
                self._wrong(
                    row,
                    "number",
                    _(
                        "number {given} is not that of inject '{inject}', which is {number}",
                        given=number,
                        inject=inject.id,
                        number=inject.label or inject.number,
                    ),
                )
            return self._spoken_of(row, inject)
        if numbered and meant(name, self.exercise.injects):
            near = did_you_mean(name, self.exercise.injects)
            words = _("inject {name} is unknown{near}", name=shown(name), near=near)
            self._wrong(row, "id", words)
        same = [part for part in numbered if _alike(part, row)]
        free = [part for part in same if part.id not in self.seen]
        if same:
            return self._spoken_of(row, (free or same)[0])
        if not numbered:
            return None
        if not any(row.of(key) for key in ("title", "sender", "text")):
            return self._spoken_of(row, numbered[0])
        if self.taken == REPLACE:
            return self._spoken_of(row, numbered[0])
        if self.taken == ASK:
            self.clashes.append((row.number, row, numbered[0]))
            raise LookupError
        return None

    def question(self) -> str:
        """What has to be asked of rows with the numbers of other injects; empty without any."""
        if not self.clashes:
            return ""
        number, row, inject = self.clashes[0]
        return ngettext(
            "{rows} has the number of another inject: row {row} is {title}, and inject {number} "
            "is {other}. Say which is meant: --new-only adds it under a free number, --replace "
            "gives inject {number} its texts, or name the inject under INJECT ID.",
            "{rows} have the numbers of other injects: row {row} is {title}, and inject {number} "
            "is {other}. Say which is meant: --new-only adds them under free numbers, --replace "
            "gives those injects their texts, or name the injects under INJECT ID.",
            len(self.clashes),
            rows=rows_named([at for at, _row, _inject in self.clashes], first=True),
            row=number,
            title=shown(row.of("title") or row.of("text")[:60] or row.of("sender")),
            number=inject.label or inject.number,
            other=shown(text(inject.title)),
        )

    def _numbered(self, cell: str) -> Iterator[Inject]:
        """Injects that a cell can mean: by their label, or by their number where they have none."""
        number = cells.number(cell)
        for inject in self.exercise.inject:
            if inject.label == cell or (not inject.label and inject.number == number):
                yield inject

    def _spoken_of(self, row: Row, inject: Inject) -> Inject:
        if self.seen.setdefault(inject.id, row.number) != row.number:
            self._wrong(
                row,
                "id" if row.of("id") else "number",
                _(
                    "row {seen} is about inject '{known}' already",
                    seen=self.seen[inject.id],
                    known=inject.id,
                ),
            )
        return inject

    def _wrong(self, row: Row, key: str, words: str) -> None:
        self.wrong.add(row.number, words, row.places.get(key))
        raise LookupError


def _alike(inject: Inject, row: Row) -> bool:
    """Whether a row with the number of an inject is about it: nothing that tells it apart differs.

    A title or a sender that is the same is enough; without either, a text that is.
    """
    said = [
        (row.of("title"), [inject.title]),
        (row.of("sender"), [inject.message.sender]),
    ]
    given = [(cell, texts) for cell, texts in said if cell]
    if not given and row.of("text"):
        given = [(row.of("text"), inject.message.text)]
    return any(_says(cell, texts) for cell, texts in given)


def _says(cell: str, texts: list[Text]) -> bool:
    languages = {code for part in texts if isinstance(part, dict) for code in part} or {""}
    return any(
        cells.word(cell) == cells.word("".join(text(part, code) for part in texts))
        for code in languages
    )
