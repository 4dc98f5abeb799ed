"""The whole MSEL of exercise control: its injects, and the contextual ones among them."""

from __future__ import annotations

from ttx.exercise.model.injects import Contextual
from ttx.i18n import _
from ttx.session.game import Sending
from ttx.session.improvise import AD_HOC
from ttx.session.view.badge import Badge
from ttx.session.view.contextual import shown
from ttx.session.view.eye import Eye
from ttx.session.view.msel import COMPLETE, NEVER, READY, STATUSES, TO_COME, WAITS, MselRow, msel

NOBODYS = Badge("", "", "", "")
"""What comes from no actor of the exercise."""


def whole_msel(eye: Eye, elapsed: int) -> tuple[MselRow, ...]:
    """All injects as `msel` has them, with the contextual ones: what went out at its minute.

    `elapsed` is the seconds in the phase under way.

    Raises:
        ValueError: For a seat that has nothing to do at the desk.
    """
    rows = msel(eye, elapsed)
    gone = {sending.event.contextual: sending for sending in eye.game.delivered}
    own = [_row(eye, part, gone.get(part.id)) for part in eye.exercise.contextual]
    out = sorted((row for row in own if row.inject in gone), key=lambda row: row.actual or 0)
    past: list[MselRow] = []
    for row in (row for row in rows if row.actual is not None or row.contingency):
        while out and row.actual is not None and (out[0].actual or 0) < row.actual:
            past.append(out.pop(0))
        past.append(row)
    ahead = [row for row in rows if row.actual is None and not row.contingency]
    ahead += [row for row in own if row.inject not in gone]
    return (*past, *out, *sorted(ahead, key=lambda row: STATUSES.index(row.status)))


def _row(eye: Eye, part: Contextual, sending: Sending | None) -> MselRow:
    view, turns = shown(eye, part), len(eye.game.turns)
    status = READY if turns >= part.turn and part.inject is None else WAITS
    if sending is not None:
        status = COMPLETE
    elif eye.over:
        status = NEVER
    known = (
        *(_(status), _("contextual"), view.number, view.title, view.kind, view.sender, view.to),
        *(view.readers, view.via, *view.text, view.expected, *part.objectives, *view.objectives),
    )
    return MselRow(
        inject=part.id,
        number=view.number,
        contextual=True,
        ad_hoc=part.id.startswith(AD_HOC),
        listed=part.planned,
        controller=part.controller,
        notes=part.notes,
        scenario=view.when if sending is None else _("turn {turn}", turn=sending.turn),
        actual=sending.seconds // 60 if sending is not None else None,
        status=status,
        badge=NOBODYS,
        title=view.title,
        kind=view.kind,
        slot="",
        sender=view.sender,
        to=view.readers,
        via=view.via,
        lead="",
        objectives=tuple(part.objectives),
        expected=view.expected,
        otherwise="",
        words=" ".join(known).lower(),
    )


def may_go(row: MselRow) -> bool:
    """Whether a contextual inject can still be sent."""
    return row.contextual and row.status in TO_COME
