"""What the table expected of each adversary, and what it met."""

from __future__ import annotations

from dataclasses import dataclass

from ttx.exercise.model.part import text
from ttx.exercise.moves import name_of
from ttx.i18n import _, ngettext
from ttx.report.aar.account import Account
from ttx.report.document import Heading, Paragraph, Part, Table
from ttx.session.game import TurnRecord
from ttx.session.view import words


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected reaction."""

    who: str
    """A cell or a seat, in words."""
    of_cell: bool
    """Whether it is the answer of a whole cell."""
    adversary: str
    expected: str
    met: str
    """What came; empty where the turn was not reckoned."""


def did(turn: TurnRecord) -> dict[str, str]:
    """How each adversary answered at the end of a turn; nothing before it was reckoned."""
    if turn.reckoned is None or not turn.confirmed:
        return {}
    return turn.reckoned.reckoning.did


def expectations(account: Account) -> list[Expectation]:
    """All that was expected, cells before their seats, in the order of the cells."""
    expected = []
    for number, turn, slot in account.slots():
        came = did(turn)
        answers = [
            *(
                (account.whose(number, slot, cell, account.as_cell(cell)), True, answer)
                for cell, answer in slot.answers.items()
            ),
            *((account.seat(seat), False, own) for seat, own in slot.commitments.items()),
        ]
        for who, of_cell, answer in answers:
            expected += [
                Expectation(who, of_cell, name, what, came.get(name, ""))
                for name, what in answer.expects.items()
            ]
    return expected


def reactions(account: Account) -> list[Part]:
    """A small table and a sentence; nothing where nobody said what to expect."""
    all_expected = expectations(account)
    if not all_expected:
        return []
    known = [expectation for expectation in all_expected if expectation.met]
    names = [adversary.id for adversary in account.exercise.adversary]
    cells_first = sorted(all_expected, key=lambda expected: not expected.of_cell)
    people = list(dict.fromkeys(expectation.who for expectation in cells_first))
    rows = tuple((who, *(_share(known, who, name) for name in names)) for who in people)
    parts: list[Part] = [
        Heading(2, _("Expected and actual reactions")),
        Paragraph(_sentence(known)),
        Table(
            (_("Who"), *(account.adversaries[name] for name in names)),
            (*rows, (_("all"), *(_share(known, "", name) for name in names))),
            note=_(
                "Met of expected. An expectation is met where the adversary answered so at the end "
                "of that turn; each answer and its expectation stand in the turns below."
            ),
        ),
        Table(
            (_("Turn"), *(account.adversaries[name] for name in names)),
            tuple(
                (f"T{turn.opened.turn}", *(_did(account, turn, name) for name in names))
                for turn in account.turns
            ),
            caption=_("What the adversaries did"),
        ),
    ]
    return parts


def _share(known: list[Expectation], who: str, adversary: str) -> str:
    mine = [
        expectation
        for expectation in known
        if who in ("", expectation.who) and expectation.adversary == adversary
    ]
    met = sum(expectation.expected == expectation.met for expectation in mine)
    return _("{met} of {mine}", met=met, mine=len(mine)) if mine else ""


def _did(account: Account, turn: TurnRecord, adversary: str) -> str:
    response = did(turn).get(adversary, "")
    part = next(known for known in account.exercise.adversary if known.id == adversary)
    assert turn.before is not None
    aim = turn.before.aims[account.game.run.tables.adversary[adversary]]
    move = text(name_of(part, aim, response)) if response else ""
    if not response:
        return ""
    kind = words.response(response)
    return f"{kind}: {move}" if move and move != response else kind


def _sentence(known: list[Expectation]) -> str:
    met = sum(expectation.expected == expectation.met for expectation in known)
    low = sum(_rank(expectation.met) > _rank(expectation.expected) for expectation in known)
    high = len(known) - met - low
    if not known:
        return _("Nothing that was expected has been reckoned yet.")
    return ngettext(
        "{met} of {count} expected reaction came as expected. In {low} the "
        "adversary went further than expected, in {high} less far.",
        "{met} of {count} expected reactions came as expected. In {low} the "
        "adversary went further than expected, in {high} less far.",
        len(known),
        met=met,
        low=low,
        high=high,
    )


def _rank(response: str) -> int:
    return ("restraint", "probe", "escalate").index(response)
