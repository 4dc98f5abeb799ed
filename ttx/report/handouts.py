"""Papers that exercise control gives out one by one: a sheet for each inject, and contingencies.

A sheet holds what every seat that gets it reads on its screen, and nothing else: the message, not
the question, which only those read who answer it. The first page, which says whom to give which
sheet, stays with control.
"""

from __future__ import annotations

from collections.abc import Sequence

from ttx.exercise.contextuals import readers
from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Contextual, Inject, Message
from ttx.exercise.model.part import Text, text
from ttx.exercise.zones import PLACEHOLDER, placeholders
from ttx.i18n import N_, _
from ttx.report.document import (
    Bullets,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Part,
    Quote,
    Table,
)
from ttx.report.players import OPEN
from ttx.report.script import contextual_script, edition, in_order, line_of

HOUR = "……:……"
"""The place of a time that nobody knows before the dice have given it."""
_GIVING_OUT = (
    N_("This page stays with you. Take the sheets apart; each is for whom the list names."),
    N_("Give a sheet out when its inject is released, not before; take in what was not used."),
    N_("Dots are for dates and times: write in what your screen shows at the release."),
)
_PUTTING = (
    N_("This page stays with you. Take the sheets apart; each goes to everybody at the table."),
    N_("Give one out where the expected action does not come, as you put it to the screens."),
    N_("Dots are for dates and times: write in what your screen shows."),
)


def inject_handouts(exercise: Exercise) -> Document:
    """A sheet for each inject and contextual inject, in the order of the MSEL."""
    rows, sheets = [], []
    for inject in in_order(exercise):
        line = line_of(exercise, inject)
        rows.append((inject.on_list, line.title, line.turns, _("everybody")))
        sheets.append(handout(exercise, inject))
    seats = {seat.id: text(seat.name) for seat in exercise.seat}
    for line, part in contextual_script(exercise):
        to = "\n".join(seats[seat] for seat in readers(exercise, part)) or _("everybody")
        rows.append((line.number, line.title, line.turns, to))
        sheets.append(contextual_handout(line.number, part))
    head = (_("No."), _("Inject"), _("Can come in"), _("Give it to"))
    return Document(
        title=_("{exercise}: inject handouts", exercise=text(exercise.title)),
        subtitle=edition(exercise),
        banner=exercise.banner,
        handling=_("For exercise control: a sheet goes to players when its inject is released."),
        parts=_sheets(_GIVING_OUT, Table(head, tuple(rows), widths=(8, 40, 22, 30)), sheets),
        loose=True,
    )


def contingency_handouts(exercise: Exercise) -> Document:
    """A sheet for each contingency, apart from what it follows, so that none goes out with it."""
    injects = [inject for inject in in_order(exercise) if text(inject.if_not)]
    rows = tuple((inject.on_list, text(inject.title)) for inject in injects)
    table = Table((_("No."), _("Contingency of")), rows, widths=(8, 92))
    return Document(
        title=_("{exercise}: contingency handouts", exercise=text(exercise.title)),
        subtitle=edition(exercise),
        banner=exercise.banner,
        handling=_("For exercise control: a sheet goes to players when it is put to the table."),
        parts=_sheets(_PUTTING, table, [contingency(exercise, inject) for inject in injects]),
        loose=True,
    )


def handout(exercise: Exercise, inject: Inject) -> tuple[Part, ...]:
    """The sheet of an inject, without what is open to those alone who answer it."""
    return _sheet(
        inject.on_list,
        inject.title,
        inject.message,
        [_dotted(exercise, paragraph) for paragraph in inject.message.text],
    )


def contextual_handout(number: str, part: Contextual) -> tuple[Part, ...]:
    """The sheet of a contextual inject; it names none of the others who read it."""
    return _sheet(number, part.title, part.message, [text(words) for words in part.message.text])


def contingency(exercise: Exercise, inject: Inject) -> tuple[Part, ...]:
    """The sheet of what comes where the expected action does not."""
    facts = ((_("Inject"), inject.on_list), (_("Date and time"), OPEN))
    said = Quote((_dotted(exercise, inject.if_not),))
    return Heading(2, text(inject.title)), Facts(facts), said


def _sheet(
    number: str, title: Text, message: Message, paragraphs: Sequence[str]
) -> tuple[Part, ...]:
    """One sheet, as the message pages of the screens have it."""
    facts = (
        (_("Inject"), number),
        (_("Date and time"), OPEN),
        (_("From"), text(message.sender)),
        (_("To"), text(message.to)),
        (_("Via"), text(message.via)),
        (_("Precedence"), text(message.precedence)),
    )
    return (
        Heading(2, text(title)),
        Facts(tuple(fact for fact in facts if fact[1])),
        Quote(tuple(paragraphs)),
    )


def _dotted(exercise: Exercise, words: Text) -> str:
    """A text in which every place of a time is one to write in."""
    known = placeholders(exercise)
    return PLACEHOLDER.sub(lambda brace: HOUR if brace[1] in known else brace[0], text(words))


def _sheets(
    how: Sequence[str], table: Table, sheets: Sequence[tuple[Part, ...]]
) -> tuple[Part, ...]:
    """Control's page in front, then each sheet on a page of its own."""
    front: list[Part] = [
        Notice(_("Not for players: this list.")),
        Bullets(tuple(map(_, how))),
        table,
    ]
    return (*front, *(part for sheet in sheets for part in (PageBreak(), *sheet)))
