"""Rows of the Control screen beside the MSEL: submissions, the time plan, what is next."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from ttx.session.view.inject import Question
from ttx.session.view.submissions import IN, MISSING, ROBOT, SeatRow
from ttx.session.view.time_plan import PlanView, TurnTime
from ttx.tui import paint
from ttx.tui.paint import Seg
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets.msel import column, minutes

NAME, STATE = 13, 8
BAR = 10
"""Cells of the longest bar of the time plan, before its over-run is cut."""


def clock(seconds: int) -> str:
    """`07:42`."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


# --- submissions ---


def doing(still: float | None, elapsed: int) -> str:
    """What a seat is at that has not answered: when it typed last, or how long it is idle."""
    if still is not None and still <= elapsed:
        return f"typed {clock(int(still))} ago"
    return f"idle {clock(elapsed)}"


def submission_row(
    one: SeatRow, does: str, width: int, ink: Ink, signs: Glyphs, *, shown: bool
) -> Text:
    """One seat; its answer only where the curtain is open."""
    missing = one.state == MISSING
    name = f"bold {ink.strong}" if missing else ink.text
    left: list[Seg] = [(column(one.name, NAME, signs), name), state(one, ink)]
    if one.state == ROBOT:
        return paint.line(width, left, [(one.robot, ink.muted)])
    if one.at is None or one.state != IN:
        return paint.line(width, left, [(does, ink.text if missing else ink.muted)])
    given = ""
    if shown and one.answer:
        sure = f"{one.confidence}%" if one.confidence else ""
        given = f"{one.answer} {sure:>4}  "
    return paint.line(width, left, [(given, ink.text), (clock(one.at), ink.text)])


def state(one: SeatRow, ink: Ink) -> Seg:
    """Blue for in, orange for missing, with the word as well."""
    tone = {IN: f"bold {ink.cool}", MISSING: f"bold {ink.heat}"}.get(one.state, ink.muted)
    return f"{one.state:<{STATE}}", tone


def in_small(rows: Sequence[SeatRow], width: int, ink: Ink, *, shown: bool) -> Text:
    """Who is in, in one row."""
    cells: list[Seg] = [("IN  ", f"bold {ink.muted}")]
    for one in rows:
        if one.state == IN:
            answer = f" {one.answer}" if shown and one.answer else ""
            cells.append((f"{paint.clean(one.name)}{answer}   ", ink.text))
        elif one.state == ROBOT:
            cells.append((f"{paint.clean(one.name)} robot   ", ink.muted))
    return paint.line(width, cells)


def missing_small(rows: Sequence[SeatRow], does: Sequence[str], width: int, ink: Ink) -> Text:
    """Who is missing and what they are at, in one row; then who has not committed yet."""
    late = [(one, what) for one, what in zip(rows, does, strict=True) if one.state == MISSING]
    cells: list[Seg] = []
    if late:
        cells.append(("MISSING  ", f"bold {ink.heat}"))
    for one, what in late:
        cells.append((f"{paint.clean(one.name)} ", f"bold {ink.strong}"))
        cells.append((f"{what}   ", ink.muted))
    others = [paint.clean(one.name) for one in rows if one.state == "not yet"]
    if others:
        cells.append((f"not yet: {', '.join(others)}", ink.muted))
    return paint.line(width, cells or [("Nobody is missing.", ink.muted)])


# --- the time plan ---


def pace(view: PlanView, ink: Ink) -> list[Seg]:
    """How far behind or ahead of the plan."""
    if not view.planned:
        return [("The exercise has no time plan.", ink.muted)]
    if view.behind > 0:
        return [(f"{view.behind} min behind", f"bold {ink.heat}")]
    if view.behind < 0:
        return [(f"{-view.behind} min ahead", f"bold {ink.cool}")]
    return [("on time", f"bold {ink.cool}")]


def plan_rows(view: PlanView, width: int, height: int, ink: Ink, signs: Glyphs) -> list[Text]:
    """The turns round the present one, then how it stands and what would recover it."""
    note = f"{minutes(view.elapsed // 60)} of {minutes(view.ends)}"
    rows = [paint.label(width, "TIME PLAN", ink, note), paint.rule(width, ink, signs)]
    rows.append(paint.line(width, [(f"{'':<8}{'plan':>5}{'real':>6}", ink.muted)]))
    tail = [paint.line(width, pace(view, ink))]
    tail += (
        [paint.line(width, [(part, ink.muted)]) for part in paint.broken(view.proposal, width)[:2]]
        if view.proposal
        else []
    )
    if view.lost:
        count = len(view.lost)
        words = f"{count} objective{'s' if count > 1 else ''} out of reach"
        tail.append(paint.line(width, [(words, ink.heat)]))
    if view.hotwash:
        keeps = f"hot wash keeps its {view.hotwash} minutes"
        tail.append(paint.line(width, [(keeps, ink.muted)]))
    room = height - len(rows) - len(tail) - 1
    first = max(min(view.turn - 1 - room // 2, len(view.turns) - room), 0)
    shown = view.turns[first : first + room]
    longest = max([one.planned for one in shown] + [(one.real or 0) // 60 for one in shown] + [1])
    rows += [_turn_row(one, width, longest, ink, signs) for one in shown]
    return [*rows, paint.blank(width), *tail]


def _turn_row(one: TurnTime, width: int, longest: int, ink: Ink, signs: Glyphs) -> Text:
    real = one.real // 60 if one.real is not None else None
    over = real - one.planned if real is not None else 0
    word = f"{over:+d}" if real is not None and (one.over or over > 0) else ""
    cells: list[Seg] = [
        (f"turn {one.turn:<3}", ink.text),
        (f"{one.planned:>5}", ink.muted),
        (f"{real:>6}" if real is not None else f"{'-':>6}", f"bold {ink.strong}"),
        (f" {word:<6}", ink.heat if over > 0 else ink.cool),
    ]
    done = min(real or 0, one.planned) * BAR // longest
    whole, late = one.planned * BAR // longest, max(over, 0) * BAR // longest
    cells += [
        (signs.bar * done, ink.ref),
        (signs.bar * max(whole - done, 0), ink.rule),
        (signs.bar * (max(late, 1) if over > 0 else 0), ink.heat),
    ]
    return paint.line(width, cells)


def time_small(view: PlanView, width: int, ink: Ink) -> Text:
    """All of it in one row."""
    total = f"   total {minutes(view.elapsed // 60)} of {minutes(view.ends)}"
    more = f"   {view.proposal}" if view.proposal else ""
    told = [("TIME  ", f"bold {ink.muted}"), *pace(view, ink), (total, ink.text)]
    return paint.line(width, [*told, (more, ink.muted)])


# --- talk ---


def quiet_rows(
    asked: Sequence[Question],
    width: int,
    seconds: int,
    missing: int,
    ink: Ink,
    signs: Glyphs,
    *,
    small: bool,
) -> list[Text]:
    """The probing questions, once nobody has typed for a while."""
    minutes_, rest = divmod(seconds, 60)
    since = f"{minutes_} min {rest:02d}"
    if small:
        keys: list[Seg] = []
        for key, word in (("1-3", " show   "), ("x", " leave be   "), ("+", " 2 min more")):
            keys += [(key, f"bold {ink.cool}"), (word, ink.muted)]
        rows = [paint.line(width, [(f"QUIET FOR {since.upper()}", f"bold {ink.muted}")], keys)]
    else:
        answers = f"; {missing} answer{'s' if missing != 1 else ''} missing" if missing else ""
        note = f"nobody has typed for {since}{answers}"
        rows = [paint.label(width, "THE TABLE IS QUIET", ink, note)]
        rows.append(paint.rule(width, ink, signs))
    for one in asked[:3]:
        said = f"{paint.clean(one.to)}: {paint.clean(one.ask)}"
        cut = paint.cut(said, width - 4, signs)
        rows.append(paint.line(width, [(f"{one.number}   ", f"bold {ink.cool}"), (cut, ink.text)]))
    if not small:
        keys = []
        for key, word in (
            ("1-3", " show a question to the room    "),
            ("x", " leave them be    "),
            ("+", " two more minutes"),
        ):
            keys += [(key, f"bold {ink.cool}"), (word, ink.muted)]
        rows.append(paint.line(width, keys))
    return rows
