"""An adversary's aim, purse and moves as rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.i18n import N_, _, ngettext
from ttx.session.view.aims import HIDDEN, HOLDS, NOT_YET, AimView, Asked
from ttx.session.view.choice import MoveView
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink

DETERRED = N_("to be deterred  ")
SAID_ALREADY = N_("held back")
"""A move whose name adds nothing to what it is called here is not said twice."""
CALLED = {"restraint": N_("hold back"), "probe": "probe", "escalate": "escalate"}
SOONEST = (NOT_YET, HOLDS, HIDDEN)
"""Where there is no room for all that an aim asks: what is still to be done stands first."""
STATES = {HOLDS: "holds", HIDDEN: N_("not open to you")}


def purse(view: AimView) -> str:
    """`10 of 14 chips, 3 more a turn`; empty where it can pay for anything."""
    if view.chips is None:
        return ""
    return _(
        "{chips} of {cap} chips, {income} more each turn",
        chips=view.chips,
        cap=view.cap,
        income=view.income,
    )


def aim_rows(view: AimView, width: int, ink: Ink, signs: Glyphs, *, named: bool) -> list[Text]:
    """What it is after, whether that holds, its purse and what it did, the last turn first."""
    head = _("{name}'S AIM", name=view.name.upper()) if named else _("YOUR AIM")
    rows = [
        paint.label(width, head, ink, _("secret until the review")),
        paint.rule(width, ink, signs),
    ]
    if named and view.object:
        lines = paint.broken(view.object, width - len(_(DETERRED)))
        heads = [_(DETERRED), *[" " * len(_(DETERRED))] * len(lines)]
        rows += [
            paint.line(width, [(head, ink.muted), (one, ink.text)])
            for head, one in zip(heads, lines, strict=False)
        ]
    told = f"{view.aim}. {view.about}" if view.aim else _("None is drawn in this exercise.")
    tone = f"bold {ink.strong}"
    rows += [paint.line(width, [(one, tone)]) for one in paint.broken(told, width)]
    for one in view.asked:
        rows += asked_rows(one, width, ink)
    if view.reached:
        rows += [paint.line(width, [(one, ink.text)]) for one in paint.broken(view.reached, width)]
    if view.chips is not None:
        rows.append(
            paint.line(width, [(_("purse  "), ink.muted), (purse(view), f"bold {ink.text}")])
        )
    for past in view.past:
        said = (f"T{past.turn:<3}", ink.muted), (past.did, ink.text)
        rows.append(
            paint.line(
                width,
                said,
                [(_(CALLED[past.response]) if past.response in CALLED else "", ink.muted)],
            )
        )
    return rows


def panel(
    views: Sequence[AimView], width: int, ink: Ink, signs: Glyphs, *, small: bool
) -> list[Text]:
    """The aims of a seat that plays several adversaries one below the other, else its own."""
    if small:
        return [
            row
            for view in views
            for row in (
                aim_rows_small(view, width, ink) if len(views) == 1 else [_brief(view, width, ink)]
            )
        ]
    rows: list[Text] = []
    for view in views:
        made = aim_rows(view, width, ink, signs, named=len(views) > 1)
        rows += (
            made if len(views) == 1 else [*made[:2], _brief(view, width, ink), paint.blank(width)]
        )
    return rows


def _brief(view: AimView, width: int, ink: Ink) -> Text:
    chips = (
        [(_("purse {chips}", chips=view.chips), f"bold {ink.text}")]
        if view.chips is not None
        else []
    )
    left: list[Seg] = [(f"{view.name}: ", ink.muted), (view.aim, f"bold {ink.text}")]
    return paint.line(width, left, chips)


def aim_rows_small(view: AimView, width: int, ink: Ink, asked_in: int = 1) -> list[Text]:
    """The same in three rows, or with more of them for what is asked."""
    about = f"{view.aim}: {view.about}" if view.aim else _("no aim is drawn in this exercise")
    right = (
        [(_("purse {chips}", chips=view.chips), f"bold {ink.text}")]
        if view.chips is not None
        else []
    )
    name: Seg = (f"{view.name.upper()}  ", f"bold {ink.muted}")
    asked = sorted(view.asked, key=lambda one: SOONEST.index(one.state))
    told = paint.broken("; ".join(one.words for one in asked), width)
    told = [*told[: asked_in - 1], " ".join(told[asked_in - 1 :])]
    return [
        paint.line(width, [name, (about, f"bold {ink.strong}")], right),
        *(paint.line(width, [(one, ink.muted)]) for one in told if one),
        paint.line(width, [(view.reached, ink.text)]),
    ]


def asked_rows(one: Asked, width: int, ink: Ink) -> list[Text]:
    """One part of an aim, and whether it holds."""
    word = _(STATES.get(one.state, one.state))
    tone = ink.cool if one.state == HOLDS else ink.muted
    lines = paint.broken(one.words, width - len(word) - 3)
    right = [(word, f"bold {tone}")]
    return [
        paint.line(
            width, [("  " if at else "- ", ink.muted), (said, ink.text)], [] if at else right
        )
        for at, said in enumerate(lines)
    ]


def move_rows(
    moves: Sequence[MoveView], marked: int, width: int, ink: Ink, signs: Glyphs, *, tall: bool
) -> list[list[Text]]:
    """Rows of each move: its name and price, what the rule gives it, and what it does."""
    found = []
    for at, one in enumerate(moves):
        here = at == marked
        fill = ink.raised if here else ""
        sign = signs.marked if here else " "
        name = f"bold {ink.strong if one.pays else ink.muted}"
        chosen: list[Seg] = [(_("  chosen"), f"bold {ink.cool}")] if one.chosen else []
        price = ""
        if one.price is not None:
            if one.pays:
                price = f"{one.price:>2} {ngettext('chip ', 'chips', one.price)}"
            else:
                price = f"{one.price:>2}{_(', cannot pay')}"
        done = "" if one.name == SAID_ALREADY else paint.clean(one.name)
        said = (done, ink.text if one.pays else ink.muted)
        left: list[Seg] = [
            (f"{sign} {at + 1} ", f"bold {ink.cool}"),
            (f"{_(CALLED[one.response]):<10}", name),
            *(chosen if tall else [said]),
        ]
        tone = ink.text if one.pays else ink.heat
        right = [(f"{price:<8} ", tone), (f"{one.odds:>5}", f"bold {ink.text}")]
        does: list[Seg] = [("    ", "")]
        for track, by, word in one.effects:
            does += [(f"{track} {by} ", paint.direction_colour(word, ink)), (" ", "")]
        if not one.effects:
            does.append((_("nothing on the tracks that you see"), ink.muted))
        under = () if tall else chosen
        rows = [
            paint.line(width, left, right, fill=fill),
            paint.line(width, does, under, fill=fill),
        ]
        if tall:
            named = paint.line(width, [("    ", ""), said], fill=fill)
            rows = [rows[0], named, rows[1], paint.blank(width)]
        found.append(rows)
    return found
