"""A comparison of two runs as a document: what is alike, where they part, and what that came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ttx.analysis.compare import Comparison
from ttx.analysis.row_details import Opened
from ttx.analysis.rows import Done, Row
from ttx.analysis.score_differences import AtEnd
from ttx.i18n import _
from ttx.report.document import Document, Entry, Paragraph, Part, Section, Space, Table
from ttx.session.sealed import named
from ttx.session.view import words

LETTERS = "AB"


def comparison(made: Comparison) -> Document:
    """All of it: who, what is not like for like, turn by turn, scores, terms."""
    return Document(
        _("COMPARE {made}: {kind}", made=made.title, kind=made.kind), parts=tuple(_parts(made))
    )


def on_paper(made: Comparison, markings: Iterable[str]) -> Document:
    """The same to be handed on: it says for whom it is, and each page has the runs' markings."""
    return replace(
        comparison(made),
        banner=" / ".join(dict.fromkeys(filter(None, markings))),
        handling=_("For those who may read both runs whole: all answers and rulings are in it."),
    )


def _parts(made: Comparison) -> Iterator[Part]:
    yield from _heads(made)
    for sentence in filter(None, (*made.related, *made.remarks, made.levers)):
        yield Space()
        yield Paragraph(sentence)
    if made.left_out:
        left = _("Left out in full: {names}.", names=", ".join(made.left_out))
        yield Space()
        yield Entry((left,), hang=2)
    if made.turns:
        title = _("Turn by turn; {parted}", parted=made.parted)
        yield Section(title, tuple(_row(row) for row in made.rows))
        last = made.turns[-1]
        yield Space()
        yield _scores(last)
        yield Space()
        yield from _courses(made)
        yield from _first(made)
        yield from _terms(last)
        whys = zip(LETTERS, last.carried, strict=True)
        carried = (_("For {letter}: {why}", letter=letter, why=why[0]) for letter, why in whys)
        entries = (Entry((sentence,), hang=2) for sentence in carried)
        yield Section(_("What carried it"), (*entries, Paragraph(last.weighed)))
    yield Space()
    yield Paragraph(_(words.JUDGEMENT))


def _heads(made: Comparison) -> Iterator[Part]:
    """Both runs: their dice, who played, and what each did with the levers of the question."""
    for letter, head in zip(LETTERS, made.heads, strict=True):
        sentences = [*head.courses]
        if head.seal:
            sentences.append(f"{named(head.entries, final=head.final)} {head.seal}")
        title = _(
            "{letter}  {name}: seed {seed}, {who}, {state}",
            letter=letter,
            name=head.name,
            seed=head.seed,
            who=head.who,
            state=head.state,
        )
        below = (Entry((sentence,), hang=2) for sentence in sentences)
        yield Entry((title,), tuple(below), hang=3, under=3)


def said(done: Done | None, *, brief: bool = False) -> str:
    """What a side did in a row, and unless in brief how near it was and how far it carried."""
    if done is None:
        return _("no inject")
    notes = [note for note in (done.word, "" if brief else done.came) if note]
    notes += [_("the cells differed")] if done.discord else []
    notes += [_("again, with knowledge")] if done.again else []
    notes += [done.how] if done.how else []
    return ", ".join([done.said, *notes])


def _row(row: Row) -> Entry:
    """One thing that both did, or that one did; apart where they differ."""
    here = _("T{turn} {kind}", turn=row.turn, kind=row.step)
    either = row.a or row.b
    mark = f"[{either.badge.letter}] " if either and either.badge else ""
    what = f"{mark}{row.title}" if row.kind in ("policy", "crisis") else ""
    if row.same:
        did = said(row.a, brief=bool(either and what))
        deed = f"{what}: {did}" if either and what else what or did
        return Entry((here, _("{told} - same", told=deed)), columns=(13,), hang=14)
    both = row.a and row.b and row.a.title == row.b.title
    lead = f"{what} - " if what and both else ""
    sides = []
    for letter, done in zip(LETTERS, (row.a, row.b), strict=True):
        title = f"[{done.badge.letter}] {done.title}: " if done and done.badge and not both else ""
        sides.append(Entry((f"{letter}  {title}{said(done)}",), hang=3))
    head = (here, f"{lead}{row.status.words.upper()}")
    return Entry(head, tuple(sides), columns=(13,), hang=14)


def _scores(end: AtEnd) -> Table:
    rows = []
    for gap in end.differences:
        name = f"{gap.name}, {gap.caution}" if gap.caution else gap.name
        apart = "" if gap.apart is None else words.exact(gap.apart)
        rows.append((name, f"{gap.a / 100:.2f}", f"{gap.b / 100:.2f}", apart, gap.verdict.words))
    return Table(
        (_("Scores at the end of T{turn}", turn=end.turn), "A", "B", "A-B", ""),
        tuple(rows),
        _clocks(end),
        numbers=(1, 2, 3),
        columns=(0, 8, 8, 8, 21),
    )


def _clocks(end: AtEnd) -> str:
    """How the reference clocks of both compare; empty where that is not asked."""
    if end.minutes is None:
        return ""
    a, b = end.minutes
    apart = _("as fast")
    if a > b:
        apart = _("A {hours} slower", hours=words.hours(a - b))
    elif a < b:
        apart = _("A {hours} faster", hours=words.hours(a - b))
    return _(
        "Reference clock: A {a}, B {b}; {apart}.", a=words.hours(a), b=words.hours(b), apart=apart
    )


def _courses(made: Comparison) -> Iterator[Table]:
    """A less B at the end of every turn, a row a score; nothing where they do not compare."""
    if any(gap.apart is None for gap in made.turns[-1].differences):
        return
    rows = []
    for at, gap in enumerate(made.turns[-1].differences):
        course = (end.differences[at].apart or 0 for end in made.turns)
        rows.append((gap.short[:13], *map(words.moved_points, course)))
    yield Table(
        (_("A less B by turn"), *(f"T{end.turn}" for end in made.turns)),
        tuple(rows),
        numbers=tuple(range(1, len(made.turns) + 1)),
        columns=(14, *[6] * len(made.turns)),
    )


def _first(made: Comparison) -> Iterator[Part]:
    """The first difference opened: what each side did there, and what came of it."""
    if made.first < 0:
        return
    sides = []
    for letter, act in zip(LETTERS, made.opened(made.first), strict=True):
        below = (Entry((sentence,), hang=2) for sentence in (*_effects(act), *act.sentences))
        sides.append(Entry((f"{letter}  {act.title}: {act.lead}",), tuple(below), hang=3, under=3))
    yield Section(_("The {parted}", parted=made.parted), tuple(sides))


def _effects(act: Opened) -> Iterator[str]:
    return (f"{term.name} {words.exact(term.by)} ({term.how})" for term in act.terms)


def _terms(end: AtEnd) -> Iterator[Section]:
    """What clear differences of scores are made of."""
    entries = []
    for gap in end.differences:
        if gap.apart and gap.inputs:
            inputs = (f"{term.name} {words.exact(term.by)}" for term in gap.inputs if term.by)
            clause = f"{gap.name} {words.exact(gap.apart)}: {', '.join(inputs)}"
            entries.append(Entry((clause,), hang=2))
    if entries:
        title = _("What the differences at the end of T{turn} are made of, A less B", turn=end.turn)
        yield Section(title, tuple(entries))
