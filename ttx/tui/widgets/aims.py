"""An adversary's aim, purse and moves as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.exercise.asks import DOES
from ttx.i18n import N_, _, ngettext
from ttx.session.view.aims import HIDDEN, HOLDS, NOT_YET, AimView, Asked
from ttx.session.view.choice import MoveView
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

SAID_ALREADY = N_("held back")
"""A move whose name adds nothing to what it is called here is not said twice."""
SOONEST = (NOT_YET, HOLDS, HIDDEN)
"""Where there is no room for all that an aim asks: what is still to be done stands first."""
STATES = {HOLDS: HOLDS, NOT_YET: NOT_YET, HIDDEN: N_("not open to you")}


def aim_rows(view: AimView, width: int, ink: Ink, signs: Glyphs, *, named: bool) -> list[Text]:
    """What it is after, whether that holds, its purse and what it did, the last turn first."""
    head = _("{name}'S AIM", name=view.name.upper()) if named else _("YOUR AIM")
    label = paint.label(width, head, ink, _("secret until the review"))
    rows = [label, paint.rule(width, ink, signs)]
    if named and view.object:
        deterred = (_("to be deterred  "), ink.muted)
        rows += paint.block(width, view.object, ink.text, width, head=deterred)
    aim = f"{view.aim}. {view.about}" if view.aim else _("None is drawn in this exercise.")
    rows += paint.block(width, aim, f"bold {ink.strong}", width)
    for part in view.asked:
        rows += _asked(part, width, ink)
    if view.reached:
        rows += paint.block(width, view.reached, ink.text, width)
    if view.chips is not None:
        chips = _(
            "{chips} of {cap} chips, {income} more each turn",
            chips=view.chips,
            cap=view.cap,
            income=view.income,
        )
        rows.append(paint.line(width, [(_("purse  "), ink.muted), (chips, f"bold {ink.text}")]))
    for past in view.past:
        did: list[Seg] = [(f"T{past.turn:<3}", ink.muted), (past.did, ink.text)]
        called = _(DOES[past.response]) if past.response in DOES else ""
        rows.append(paint.line(width, did, [(called, ink.muted)]))
    return rows


def _asked(part: Asked, width: int, ink: Ink) -> list[Text]:
    """One part of an aim, and whether it holds."""
    state = (_(STATES[part.state]), f"bold {ink.cool if part.state == HOLDS else ink.muted}")
    return paint.block(width, part.words, ink.text, width, head=("- ", ink.muted), right=[state])


def panel(
    views: Sequence[AimView], width: int, ink: Ink, signs: Glyphs, *, small: bool
) -> list[Text]:
    """The aims of a seat that plays several adversaries one below the other, else its own."""
    if len(views) == 1:
        (view,) = views
        if small:
            return aim_rows_small(view, width, ink)
        return aim_rows(view, width, ink, signs, named=False)
    rows: list[Text] = []
    for view in views:
        left: list[Seg] = [(f"{view.name}: ", ink.muted), (view.aim, f"bold {ink.text}")]
        brief = paint.line(width, left, _purse(view, ink))
        if small:
            rows.append(brief)
        else:
            head = aim_rows(view, width, ink, signs, named=True)[:2]
            rows += [*head, brief, paint.blank(width)]
    return rows


def _purse(view: AimView, ink: Ink) -> list[Seg]:
    if view.chips is None:
        return []
    return [(_("purse {chips}", chips=view.chips), f"bold {ink.text}")]


def aim_rows_small(view: AimView, width: int, ink: Ink, asked_in: int = 1) -> list[Text]:
    """The same in three rows, or with more of them for what is asked."""
    about = f"{view.aim}: {view.about}" if view.aim else _("no aim is drawn in this exercise")
    name: Seg = (f"{view.name.upper()}  ", f"bold {ink.muted}")
    asked = sorted(view.asked, key=lambda part: SOONEST.index(part.state))
    lines = paint.broken("; ".join(part.words for part in asked), width)
    lines = [*lines[: asked_in - 1], " ".join(lines[asked_in - 1 :])]
    return [
        paint.line(width, [name, (about, f"bold {ink.strong}")], _purse(view, ink)),
        *(paint.line(width, [(line, ink.muted)]) for line in lines if line),
        paint.line(width, [(view.reached, ink.text)]),
    ]


def move_rows(
    move: MoveView, number: int, width: int, ink: Ink, signs: Glyphs, *, marked: bool, tall: bool
) -> list[Text]:
    """A move: its name and price, what the rule gives it, and what it does."""
    tone = ink.text if move.pays else ink.muted
    done = ("" if move.name == SAID_ALREADY else paint.clean(move.name), tone)
    chosen: list[Seg] = [(_("  chosen"), f"bold {ink.cool}")] if move.chosen else []
    price = "" if move.price is None else f"{move.price:>2}{_(', cannot pay')}"
    if move.price is not None and move.pays:
        price = f"{move.price:>2} {ngettext('chip ', 'chips', move.price)}"
    left: list[Seg] = [
        (f"{signs.marked if marked else ' '} {number} ", f"bold {ink.cool}"),
        (f"{_(DOES[move.response]):<10}", f"bold {ink.strong if move.pays else ink.muted}"),
    ]
    right = [
        (f"{price:<8} ", ink.text if move.pays else ink.heat),
        (f"{move.odds:>5}", f"bold {ink.text}"),
    ]
    does: list[Seg] = [("    ", "")]
    for track, by, word in move.effects:
        does += [(f"{track} {by} ", paint.direction_colour(word, ink)), (" ", "")]
    if not move.effects:
        does.append((_("nothing on the tracks that you see"), ink.muted))
    fill = ink.raised if marked else ""
    if not tall:
        first = paint.line(width, [*left, done], right, fill=fill)
        return [first, paint.line(width, does, chosen, fill=fill)]
    return [
        paint.line(width, [*left, *chosen], right, fill=fill),
        paint.line(width, [("    ", ""), done], fill=fill),
        paint.line(width, does, fill=fill),
        paint.blank(width),
    ]
