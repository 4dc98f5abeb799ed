"""A record not for attribution: nobody is named in it, and names that are told stand nowhere.

A seat is called by its cell, what it wrote is masked where it holds one of those names, and there
is no time of day. The save itself stays as it is: its hashes hold every byte of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import Text, text
from ttx.exercise.model.people import Seat
from ttx.exercise.parts import with_parts
from ttx.i18n import N_, _
from ttx.session.control_events import Improvised, Scripted
from ttx.session.event_codec import Event
from ttx.session.events import Entry, Forked
from ttx.session.opening import carried, run_in
from ttx.session.record import Record
from ttx.session.run import OBSERVER
from ttx.session.viewing import Viewing

MASK = N_("[name]")
"""What stands for a name that was taken out of what somebody typed."""
MEANT = frozenset(
    (
        *("text", "reason", "told", "words", "instead", "question", "why", "action", "owner"),
        *("rationale", "written", "pro", "contra", "name", "sponsor", "place", "analysis"),
        *("reference", "answers"),
    )
)
"""Fields of facts that hold what somebody typed; those of all other texts name a part of the run,
which has to stay for the record to be read."""
CONTACT = "contact"
"""What a field is called that says who is to be asked, and how: it is left out."""
LONGEST = 12
"""Characters that the short name of a seat has at most."""


MEANT_IN_SOURCES = frozenset(
    (
        *("title", "name", "about", "kind", "label", "planned", "question", "text", "sender"),
        *("via", "precedence", "done", "ask", "expected", "expected_action", "if_not"),
        *("directions", "outcome", "controller", "notes"),
    )
)
"""The same of an inject or a robot that was written on the spot, by their keys."""
ON_THE_SPOT = "ad_hoc_{number}"
"""What such an inject is known by in place of its title."""


class Masked(NamedTuple):
    """What is written otherwise, and where."""

    names: re.Pattern[str] | None
    """Names that stand nowhere in what was typed."""
    ids: dict[str, str]
    """Ids that were made from what was typed, and others in their place."""

    def typed(self, words: str) -> str:
        """What was typed, with each name masked."""
        return words if self.names is None else self.names.sub(lambda _found: _(MASK), words)

    def meant(self, words: str) -> str:
        """What names a part of the run, or several: `impact link:36a`."""
        if not self.ids or not any(old in words for old in self.ids):
            return words
        return re.sub(r"\w+", lambda found: self.ids.get(found[0], found[0]), words)


def unattributed(record: Record, names: Iterable[str] = (), *, days: bool = False) -> Viewing:
    """A save as `opening.look_at` reads it, but for attribution to nobody.

    Seats are those of their cells, the contact of the session and the file that it was forked from
    are left out, and each of `names` is masked in what people typed, whole and in any case. Times
    of day are gone, unless `days` keeps them for a reader that tells no more of them than the day.

    Raises:
        SaveError: It does not follow its exercise.
    """
    mask = Masked(_pattern(names), _ids(record.entries))
    run = run_in(record, _seats_by_cell(carried(record)))
    entries = [_entry(entry, mask, days=days) for entry in record.entries]
    return Viewing(replace(record, entries=entries), run)


def names_in(told: Iterable[str], read: Callable[[str], str]) -> list[str]:
    """The names that are told: each is one, and `@FILE` is a file of them, one a line."""
    names: list[str] = []
    for one in told:
        names += read(one[1:]).splitlines() if one.startswith("@") else [one]
    return [name.strip() for name in names if name.strip()]


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of the names, the longest first; None where there is none."""
    known = sorted({" ".join(name.split()) for name in names} - {""}, key=len, reverse=True)
    if not known:
        return None
    return re.compile("|".join(map(_whole, known)), re.IGNORECASE)


def _whole(name: str) -> str:
    """A name as a whole word; in a script without blanks between words it is found anywhere."""
    words = r"\s+".join(map(re.escape, name.split()))
    before = r"(?<!\w)" if _spaced(name[0]) else ""
    after = r"(?!\w)" if _spaced(name[-1]) else ""
    return f"{before}{words}{after}"


def _spaced(sign: str) -> bool:
    """Whether words of its script stand apart: all before the scripts of East Asia do."""
    return sign.isalnum() and ord(sign) < 0x0E00  # Thai is the first that does not


def _ids(entries: Iterable[Entry]) -> dict[str, str]:
    """For the ids of injects that were written on the spot, which hold their titles, others."""
    sources = (entry.event.source for entry in entries if isinstance(entry.event, Improvised))
    known = [tomllib.loads(source)["id"] for source in sources]
    return {old: ON_THE_SPOT.format(number=n) for n, old in enumerate(known, start=1)}


def _entry(entry: Entry, mask: Masked, *, days: bool) -> Entry:
    event = _masked(entry.event, mask)
    assert isinstance(event, Event)
    if isinstance(event, Forked):
        event = replace(event, parent=_("another run"))
    return replace(entry, event=event, at=entry.at if days else "")


def _masked(of: Any, mask: Masked) -> Any:  # noqa: ANN401  # whatever a fact is made of
    """A fact, or a part of one, as it reads when it names nobody."""
    match of:
        case str():
            return mask.meant(of)
        case tuple():
            parts = [_masked(part, mask) for part in of]
            return type(of)(*parts) if hasattr(of, "_fields") else tuple(parts)
        case dict():
            return {_masked(key, mask): _masked(value, mask) for key, value in of.items()}
        case _ if not is_dataclass(of) or isinstance(of, type):
            return of
    said = {part.name: getattr(of, part.name) for part in fields(of)}
    new = {name: _field(of, name, value, mask) for name, value in said.items()}
    return replace(of, **new) if new != said else of


def _field(of: object, name: str, value: object, mask: Masked) -> object:
    """One field of a fact, or of a part of one."""
    if name == CONTACT:
        return ""
    if isinstance(of, Improvised | Scripted) and name == "source":
        return _source(str(value), mask)
    match value:
        case str() if name in MEANT:
            return mask.typed(value)
        case dict() if name in MEANT:
            return {key: mask.typed(words) for key, words in value.items()}
    return _masked(value, mask)


def _source(written: str, mask: Masked) -> str:
    """An inject or a robot that was written on the spot, in TOML."""
    import tomli_w  # as elsewhere: the last thing that play needs

    table = tomllib.loads(written, parse_float=Decimal)
    masked = _of_source(table, mask, typed=False)
    return tomli_w.dumps(masked) if masked != table else written


def _of_source(of: Any, mask: Masked, *, typed: bool) -> Any:  # noqa: ANN401  # whatever TOML holds
    """A part of it; `typed` where its words are somebody's."""
    match of:
        case str():
            return mask.typed(of) if typed else mask.meant(of)
        case list():
            return [_of_source(part, mask, typed=typed) for part in of]
        case dict():
            letter = "via" in of and "sender" in of  # to whom a message is, and not a seat
            return {
                key: _of_source(
                    part,
                    mask,
                    typed=typed or key in MEANT_IN_SOURCES or (letter and key == "to"),
                )
                for key, part in of.items()
            }
    return of


# --- seats ---


def _seats_by_cell(exercise: Exercise) -> Exercise:
    """An exercise whose seats bear the names of their cells, and say nothing of their offices."""
    cells = {cell.id: cell for cell in exercise.cell}
    seats = [
        seat.model_copy(update=_white(seat) if cells[seat.cell].side == "white" else _of(cell_name))
        for seat in exercise.seat
        for cell_name in [cells[seat.cell].name]
    ]
    return with_parts(without_notes(exercise), seat=seats)


def without_notes(exercise: Exercise) -> Exercise:
    """An exercise without who of control has an inject in hand, and notes: lists name people."""
    none = {"controller": "", "notes": ""}
    injects = [inject.model_copy(update=none) for inject in exercise.inject]
    others = [news.model_copy(update=none) for news in exercise.contextual]
    return with_parts(exercise, inject=injects, contextual=others)


def _white(seat: Seat) -> dict[str, object]:
    """Of exercise control what the seat does there."""
    if seat.id == OBSERVER:
        return _called(_("Observer"), _("Observer"), _("You watch."))
    if seat.lead:
        return _called(_("Exercise control"), _("Control"), _("You run the exercise."))
    return _called(_("Evaluator"), _("Evaluator"), _("You watch and rate."))


def _of(cell: Text) -> dict[str, object]:
    """A seat of a cell."""
    name = text(cell)
    called = _("{cell} seat", cell=name)
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return _called(called, short, _("You hold a seat of the {cell} cell.", cell=name))


def _called(name: str, short: str, you_are: str) -> dict[str, object]:
    none: list[str] = []
    rest = {"decides": none, "does_not_decide": none, "wants": "", "questions": none}
    return {"name": name, "short": short, "you_are": you_are, **rest}
