"""The profile of a run beside its reference runs: a table, and how each score went."""

from __future__ import annotations

from ttx.analysis.forecast import WORLDS, eight_of_ten, higher_than
from ttx.exercise.model.part import text
from ttx.i18n import N_, _
from ttx.report.aar.account import Account
from ttx.report.aar.charts import Line, Panel, trends
from ttx.report.document import Figure, Heading, Paragraph, Part, Table
from ttx.report.review import ProfileRow, Review
from ttx.session.view import words
from ttx.session.view.reckoning import start_scores

OWN = N_("this run")


def profile(account: Account, review: Review) -> list[Part]:
    """Every score without a sum; nothing before a turn is reckoned."""
    if not account.turns or not review.profile:
        return []
    names = [name for name, _rest, _rest in review.profile[0].references]
    letters = [name[:1].upper() for name in names]
    head = [_("Score"), _("Start"), _("This run, on the way"), _("This run, at the end")]
    for letter in letters:
        head += [_("{letter}, on the way", letter=letter), _("{letter}, at the end", letter=letter)]
    head.append(_("This run at the end, against {letters}", letters=letters[0]))
    rows = tuple(_row(row) for row in review.profile)
    runs = "; ".join(f"{le}: {name}" for le, name in zip(letters, names, strict=True))
    note = _(
        "{runs}. Reference runs are played by those robots on the same dice. "
        "On the way is the mean of the turns played, at the end the last of "
        "them. A difference under 0.50 is called no clear difference.",
        runs=runs,
    )
    red = (
        _(" People sat in the seats of the adversaries; the reference runs use the rule.")
        if account.run.red_seated
        else ""
    )
    return [
        Heading(2, _("Profile against reference runs")),
        Paragraph(
            _(
                "{judgement} There is no sum and no grade.{red}",
                judgement=_(words.JUDGEMENT),
                red=red,
            )
        ),
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
        low = _(", low is good") if part.better == "lower" else ""
        cells: list[str] = []
        for share, spread in zip(shares, spreads, strict=True):
            least, most = spread[at]
            cells += [
                str(share[at]),
                _("{least:.1f} to {most:.1f}", least=least / 100, most=most / 100),
            ]
        rows.append((f"{text(part.name)}{low}", *cells))
    heads: list[str] = []
    for name in names:
        heads += [
            _("Higher than, of 100 runs of {name}", name=name),
            _("Eight of ten runs of {name}", name=name),
        ]
    return [
        Heading(2, _("Among the robots' runs")),
        Paragraph(
            _(
                "In how many of 100 runs of a robot a score stood lower after turn {turns} than in "
                "this run. They were played from the start on {worlds:,} other courses of luck, "
                "which moved a score between the two values that eight of ten runs lie in. It says "
                "how usual this run was, and not how well it was played: a single run proves "
                "little.",
                turns=len(account.turns),
                worlds=WORLDS,
            )
        ),
        Table(
            (_("Score"), *heads),
            tuple(rows),
            numbers=tuple(range(1, len(heads) + 1)),
        ),
    ]


def _widths(references: int) -> tuple[int, ...]:
    each = 9
    last = 16
    first = 100 - last - each * (3 + 2 * references)
    return (first, *(each for _rest in range(3 + 2 * references)), last)


def _row(row: ProfileRow) -> tuple[str, ...]:
    low = _(", low is good") if row.better == "lower" else ""
    cells = [f"{row.name}{low}", _points(row.start), _points(row.way), _points(row.end)]
    for _rest, way, end in row.references:
        cells += [_points(way), _points(end)]
    return (*cells, row.against)


def _points(value: int) -> str:
    return words.exact(value).lstrip("+")


def _figure(account: Account, review: Review, names: list[str]) -> Figure:
    start = start_scores(account.game)
    panels, described = [], []
    for at, (part, row) in enumerate(zip(account.exercise.score, review.profile, strict=True)):
        facts = [turn.reckoned for turn in account.turns if turn.reckoned is not None]
        own = (start[at], *(fact.reckoning.scores[at] for fact in facts))
        lines = [Line(_(OWN), own)]
        for robot, name in zip(account.exercise.review.references, names, strict=True):
            course = (fact.references[robot].scores[at] for fact in facts)
            lines.append(Line(name, (start[at], *course)))
        change = row.end - row.start
        word = words.direction(change, part.better, same=50)
        low = _(", low is good") if part.better == "lower" else ""
        panels.append(
            Panel(
                part.short,
                f"{row.end / 100:.1f}, {words.moved_points(change)} {word}{low}",
                tuple(lines),
            )
        )
        values = ", ".join(f"{v / 100:.1f}" for v in own)
        ends = ", ".join(
            _("{name} ends at {values:.1f}", name=line.name, values=line.values[-1] / 100)
            for line in lines[1:]
        )
        described.append(f"{row.name}: {values}; {ends}.")
    dashes = (_("dashed"), _("dotted"))
    drawn = ", ".join(f"{name} {how}" for name, how in zip(names, dashes, strict=False))
    named = _("{count} scores over the turns", count=_count(len(panels)))
    return Figure(
        trends(panels, len(account.turns), named, " ".join(described)),
        _("The scores over the turns, all on one scale."),
        _(
            "This run solid, {drawn}. Under each name: its value at the end, and "
            "its change since the start in words.",
            drawn=drawn,
        ),
    )


def _count(number: int) -> str:
    names = (
        _("No"),
        _("One"),
        _("Two"),
        _("Three"),
        _("Four"),
        _("Five"),
        _("Six"),
        _("Seven"),
        _("Eight"),
        _("Nine"),
    )
    return names[number] if number < len(names) else str(number)
