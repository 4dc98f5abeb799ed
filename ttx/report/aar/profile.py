"""The profile of a run beside its reference runs: a table, and how each score went."""

from __future__ import annotations

from ttx.analysis.forecast import WORLDS, eight_of_ten, higher_than
from ttx.exercise.model import text
from ttx.report.aar.account import Account
from ttx.report.aar.charts import Line, Panel, trends
from ttx.report.document import Figure, Heading, Paragraph, Part, Table
from ttx.report.review import ProfileRow, Review
from ttx.session.view import words
from ttx.session.view.reckoning import start_scores

OWN = "this run"


def profile(account: Account, review: Review) -> list[Part]:
    """Every score without a sum; nothing before a turn is reckoned."""
    if not account.turns or not review.profile:
        return []
    names = [name for name, _, _ in review.profile[0].references]
    letters = [name[:1].upper() for name in names]
    head = ["Score", "Start", "This run, on the way", "This run, at the end"]
    for letter in letters:
        head += [f"{letter}, on the way", f"{letter}, at the end"]
    head.append(f"This run at the end, against {letters[0]}")
    rows = tuple(_row(row) for row in review.profile)
    runs = "; ".join(f"{le}: {name}" for le, name in zip(letters, names, strict=True))
    note = (
        f"{runs}. Reference runs are played by those robots on the same dice. On the way is the "
        "mean of the turns played, at the end the last of them. A difference under 0.50 is called "
        "no clear difference."
    )
    red = (
        " People sat in the seats of the adversaries; the reference runs use the rule."
        if account.run.red_seated
        else ""
    )
    return [
        Heading(2, "Profile against reference runs"),
        Paragraph(f"{words.JUDGEMENT} There is no sum and no grade.{red}"),
        Table(
            tuple(head),
            rows,
            note=note,
            widths=_widths(len(names)),
            numbers=tuple(range(1, len(head) - 1)),
        ),
        _figure(account, review, names),
        *_among(account, names),
    ]


def _among(account: Account, names: list[str]) -> list[Part]:
    """Where this run lies among the robots' runs, as the page of the forecast has it."""
    references = account.exercise.review.references
    shares = [higher_than(account.game, name) for name in references]
    spreads = [eight_of_ten(account.game, name) for name in references]
    rows = []
    for at, part in enumerate(account.exercise.score):
        low = ", low is good" if part.better == "lower" else ""
        cells: list[str] = []
        for share, spread in zip(shares, spreads, strict=True):
            least, most = spread[at]
            cells += [str(share[at]), f"{least / 100:.1f} to {most / 100:.1f}"]
        rows.append((f"{text(part.name)}{low}", *cells))
    heads: list[str] = []
    for name in names:
        heads += [f"Higher than, of 100 runs of {name}", f"Eight of ten runs of {name}"]
    return [
        Heading(2, "Among the robots' runs"),
        Paragraph(
            f"In how many of 100 runs of a robot a score stood lower after turn "
            f"{len(account.turns)} than in this run. They were played from the start on "
            f"{WORLDS:,} other courses of luck, which moved a score between the two values that "
            "eight of ten runs lie in. It says how usual this run was, and not how well it was "
            "played: a single run proves little."
        ),
        Table(
            ("Score", *heads),
            tuple(rows),
            numbers=tuple(range(1, len(heads) + 1)),
        ),
    ]


def _widths(references: int) -> tuple[int, ...]:
    each = 9
    last = 16
    first = 100 - last - each * (3 + 2 * references)
    return (first, *(each for _ in range(3 + 2 * references)), last)


def _row(row: ProfileRow) -> tuple[str, ...]:
    low = ", low is good" if row.better == "lower" else ""
    cells = [f"{row.name}{low}", _points(row.start), _points(row.way), _points(row.end)]
    for _, way, end in row.references:
        cells += [_points(way), _points(end)]
    return (*cells, row.against)


def _points(value: int) -> str:
    return words.exact(value).lstrip("+")


def _figure(account: Account, review: Review, names: list[str]) -> Figure:
    start = start_scores(account.game)
    panels, told = [], []
    for at, (part, row) in enumerate(zip(account.exercise.score, review.profile, strict=True)):
        facts = [turn.reckoned for turn in account.turns if turn.reckoned is not None]
        own = (start[at], *(one.reckoning.scores[at] for one in facts))
        lines = [Line(OWN, own)]
        for robot, name in zip(account.exercise.review.references, names, strict=True):
            course = (one.references[robot].scores[at] for one in facts)
            lines.append(Line(name, (start[at], *course)))
        change = row.end - row.start
        word = words.direction(change, part.better, same=50)
        low = ", low is good" if part.better == "lower" else ""
        panels.append(
            Panel(
                part.short,
                f"{row.end / 100:.1f}, {words.moved_points(change)} {word}{low}",
                tuple(lines),
            )
        )
        values = ", ".join(f"{v / 100:.1f}" for v in own)
        ends = ", ".join(f"{line.name} ends at {line.values[-1] / 100:.1f}" for line in lines[1:])
        told.append(f"{row.name}: {values}; {ends}.")
    dashes = ("dashed", "dotted")
    drawn = ", ".join(f"{name} {how}" for name, how in zip(names, dashes, strict=False))
    named = f"{_count(len(panels))} scores over the turns"
    return Figure(
        trends(panels, len(account.turns), named, " ".join(told)),
        "The scores over the turns, all on one scale.",
        f"This run solid, {drawn}. Under each name: its value at the end, and its change since "
        "the start in words.",
    )


def _count(number: int) -> str:
    names = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
    return names[number] if number < len(names) else str(number)
