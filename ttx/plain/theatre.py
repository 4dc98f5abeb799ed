"""The map in plain lines: where the injects so far happened, and each of them told again."""

from __future__ import annotations

from ttx.i18n import _, ngettext
from ttx.plain.conversation import whole_number
from ttx.plain.sitting import Sitting
from ttx.report.document import Entry, Paragraph
from ttx.session.view.message import news
from ttx.session.view.theatre import PinView, distances, pins


def told(at: Sitting, typed: str = "") -> None:
    """The injects so far with their places; or one of them by its number, whole and how far."""
    known = pins(at.eye)
    if not typed:
        at.listed(
            _("WHERE IT HAPPENED"),
            (f"{pin.number}. {_where(pin)}" for pin in known),
            _("No inject has been released yet."),
        )
        if known:
            at.tell(_("map NUMBER tells one of them again, and how far it is."))
        return
    number = whole_number(typed)
    pin = next((pin for pin in known if pin.number == number), None)
    if pin is None:
        count = len(known)
        at.tell(
            ngettext(
                "There is {count} inject so far; map tells it.",
                "There are injects 1 to {count} so far; map tells them.",
                count,
            )
            if count
            else _("No inject has been released yet.")
        )
        return
    _told_again(at, pin)


def _where(pin: PinView) -> str:
    return _(
        "Turn {turn}, {actor}: {title}; {kind}, {place}.",
        turn=pin.turn,
        actor=pin.badge.actor,
        title=pin.title,
        kind=pin.kind,
        place=pin.place,
    )


def _told_again(at: Sitting, pin: PinView) -> None:
    """Its message and question as they came last, then how far its place is from others."""
    view = news(at.eye, pin.inject)
    said: list[str] = []
    if view is not None:
        asks = _("QUESTION {question}", question=view.question) if view.question else ""
        said = [_("From {sender}.", sender=view.sender), *view.text, asks]
    far = ", ".join(
        _("{km:,} km from {place}", km=km, place=place) for place, km in distances(at.eye, pin)
    )
    if far:
        said.append(_("It is {far}.", far=far))
    parts = tuple(Paragraph(words) for words in said if words)
    at.show(Entry((f"{pin.number}. {_where(pin)}",), parts, hang=3, under=3))
