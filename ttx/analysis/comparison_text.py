"""A comparison in plain lines, for pipes and for terminals without screens."""

from __future__ import annotations

import textwrap

from ttx.analysis.compare import Comparison
from ttx.analysis.row_details import Opened
from ttx.analysis.rows import Done, Row
from ttx.analysis.score_differences import AtEnd, ScoreDifference
from ttx.session.sealed import named
from ttx.session.view import words
from ttx.shown import clean


def lines(made: Comparison, width: int = 78) -> list[str]:
    """The whole comparison: who, what is not like for like, turn by turn, scores, terms.

    No line is longer than `width`, which is 78 at least, since the tables need that.
    """

    def wrapped(told: str, indent: int = 0, hang: int = 0) -> list[str]:
        first, rest = " " * indent, " " * (indent + hang)
        return textwrap.wrap(clean(told), width, initial_indent=first, subsequent_indent=rest)

    title = f"COMPARE {made.title}: {made.kind}"
    found = [*wrapped(title), "=" * min(len(title), width), ""]
    for letter, head in zip("AB", made.heads, strict=True):
        found += wrapped(f"{letter}  {head.name}: seed {head.seed}, {head.who}, {head.state}", 0, 3)
        for course in head.courses:
            found += wrapped(course, 3, 2)
        if head.seal:
            name = named(head.entries, final=head.final)
            found += wrapped(f"{name} {head.seal}", 3, 2)
    for one in (*made.related, *made.remarks, made.levers):
        found += ["", *wrapped(one)] if one else []
    if made.left_out:
        found += ["", *wrapped(f"Left out in full: {', '.join(made.left_out)}.", 0, 2)]
    if not made.turns:
        return [*found, "", words.JUDGEMENT]
    found += ["", f"Turn by turn; {made.parted}"]
    for row in made.rows:
        for told, indent, hang in _row(row):
            found += wrapped(told, indent, hang)
    last = made.turns[-1]
    found += ["", *_scores(last, width), *wrapped(_clocks(last), 2)]
    found += ["", *_courses(made)]
    if made.first >= 0:
        found += ["", f"The {made.parted}"]
        for letter, act in zip("AB", made.opened(made.first), strict=True):
            found += wrapped(f"{letter}  {act.title}: {act.lead}", 2, 3)
            for told in (*_terms(act), *act.sentences):
                found += wrapped(told, 5, 2)
    clear = [gap for gap in last.differences if gap.apart and gap.inputs]
    if clear:
        found += ["", f"What the differences at the end of T{last.turn} are made of, A less B"]
    for gap in clear:
        parts = ", ".join(f"{one.name} {words.exact(one.by)}" for one in gap.inputs if one.by)
        found += wrapped(f"{gap.name} {words.exact(gap.apart or 0)}: {parts}", 2, 2)
    found += ["", "What carried it"]
    for letter, why in zip("AB", last.carried, strict=True):
        found += wrapped(f"For {letter}: {why[0]}", 2, 2)
    return [*found, *wrapped(last.weighed, 2), "", words.JUDGEMENT]


def said(done: Done | None, *, brief: bool = False) -> str:
    """What a side did in a row, and unless in brief how near it was and how far it carried."""
    if done is None:
        return "no inject"
    notes = [one for one in (done.word, "" if brief else done.came) if one]
    notes += ["the cells differed"] if done.discord else []
    notes += ["again, with knowledge"] if done.again else []
    notes += [done.how] if done.how else []
    return ", ".join([done.said, *notes])


def _row(row: Row) -> list[tuple[str, int, int]]:
    """The lines of a row, each with its indent and what its rest hangs by."""
    here = f"T{row.turn} {row.step}"
    one = row.a or row.b
    mark = f"[{one.badge.letter}] " if one and one.badge else ""
    what = f"{mark}{row.title}" if row.kind in ("policy", "crisis") else ""
    if row.same:
        told = f"{what}: {said(row.a, brief=True)}" if one and what else what or said(row.a)
        return [(f"{here:<14}{told} - same", 2, 14)]
    both = row.a and row.b and row.a.title == row.b.title
    lead = f"{what} - " if what and both else ""
    found = [(f"{here:<14}{lead}{row.status.words.upper()}", 2, 14)]
    for letter, done in (("A", row.a), ("B", row.b)):
        title = f"[{done.badge.letter}] {done.title}: " if done and done.badge and not both else ""
        found.append((f"{letter}  {title}{said(done)}", 6, 3))
    return found


def _scores(end: AtEnd, width: int) -> list[str]:
    room = width - 47
    head = f"Scores at the end of T{end.turn}"
    found = [f"{head:<{room + 2}}{'A':>8}{'B':>8}{'A-B':>8}"]
    for gap in end.differences:
        whole = f"{gap.name}, {gap.caution}" if gap.caution else gap.name
        name = whole if len(whole) <= room else gap.name[:room]
        values = f"{gap.a / 100:>8.2f}{gap.b / 100:>8.2f}{_apart(gap):>8}"
        found.append(f"  {name:<{room}}{values}  {gap.verdict.words}")
    return found


def _apart(gap: ScoreDifference) -> str:
    return "" if gap.apart is None else words.exact(gap.apart)


def _clocks(end: AtEnd) -> str:
    if end.minutes is None:
        return ""
    a, b = end.minutes
    apart = f"A {words.hours(a - b)} {'slower' if a > b else 'faster'}" if a != b else "as fast"
    return f"Reference clock: A {words.hours(a)}, B {words.hours(b)}; {apart}."


def _courses(made: Comparison) -> list[str]:
    """A less B at the end of every turn, a row a score."""
    if any(gap.apart is None for gap in made.turns[-1].differences):
        return []
    found = [f"{'A less B by turn':<16}" + "".join(f"{f'T{end.turn}':>6}" for end in made.turns)]
    for at, gap in enumerate(made.turns[-1].differences):
        course = [end.differences[at].apart or 0 for end in made.turns]
        told = "".join(f"{words.moved_points(value):>6}" for value in course)
        found.append(f"  {gap.short[:13]:<14}{told}")
    return found


def _terms(one: Opened) -> list[str]:
    return [f"{term.name} {words.exact(term.by)} ({term.how})" for term in one.terms]
