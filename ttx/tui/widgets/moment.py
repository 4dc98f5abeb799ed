"""A run at one moment in a column, from the same parts that live play is drawn with."""

from __future__ import annotations

from rich.text import Text

from ttx.i18n import _
from ttx.report.document import Entry, Paragraph, Part, Space, Tone, apart
from ttx.session import phases
from ttx.session.view import levers as lever_views
from ttx.session.view import tracks as track_views
from ttx.session.view import words
from ttx.session.view.briefing import briefing
from ttx.session.view.eye import Eye
from ttx.session.view.message import MessageView, message
from ttx.session.view.reckoning import ReckoningView, no_reckoning, reckoning
from ttx.session.view.ruling import RulingView, no_ruling, ruling
from ttx.session.view.table import meanwhile
from ttx.tui import paint
from ttx.tui.parts import document
from ttx.tui.theme import Glyphs, Ink
from ttx.tui.widgets import clock, levers, options, tracks
from ttx.tui.widgets import message as messages

TRACKS = 6
"""Tracks under the rest, where there is room."""


def rows(eye: Eye, width: int, height: int, ink: Ink, glyphs: Glyphs, key: str) -> list[Text]:
    """What the seat had before it at that moment, in at most `height` rows.

    `key` opens the moment on its own screen.
    """
    upper = _upper(eye, width, ink, glyphs, key)
    views = track_views.tracks(eye)
    room = height - len(upper) - 3
    if not views or room < 2:
        return upper[:height]
    matter = track_views.tracks_that_matter(eye, views, min(TRACKS, room))
    return [
        *upper,
        paint.blank(width),
        *paint.titled(width, _("TRACKS"), ink),
        *(tracks.track_row(view, width, ink, glyphs) for view in matter),
    ]


def _upper(eye: Eye, width: int, ink: Ink, glyphs: Glyphs, key: str) -> list[Text]:
    match eye.game.phase:
        case phases.BRIEFING:
            page = briefing(eye)
            sentences = [f"{page.title}.", *page.situation, page.question]
        case phases.LEVERS | phases.INJECT:
            lead = _paragraphs([*filter(None, [meanwhile(eye)])], width, ink)
            return lead + _levers(eye, width, ink, glyphs)
        case phases.DELIBERATION | phases.ADJUDICATION:
            view = message(eye)
            return _message(view, width, ink, glyphs) if view else []
        case phases.REVIEW | phases.OUTCOME:
            ruled = ruling(eye)
            if ruled is not None:
                return _ruling(ruled, width, ink, glyphs)
            sentences = [no_ruling(eye)]
        case phases.RESPONSE:
            sentences = [meanwhile(eye)]
        case phases.RECKONING:
            reckoned = reckoning(eye)
            if reckoned is not None:
                return _reckoning(reckoned, width, ink, glyphs)
            sentences = [no_reckoning(eye.game)]
        case _:
            ended = _("The exercise ended: {how}.", how=_(eye.game.ended))
            sentences = [ended, _("{key} opens the review.", key=key)]
    return _paragraphs(sentences, width, ink)


def _paragraphs(texts: list[str], width: int, ink: Ink) -> list[Text]:
    return document.rows(apart(texts), width, ink)


def _levers(eye: Eye, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    views = lever_views.levers(eye)
    if not views:
        return [
            paint.line(
                width,
                [(f"{paint.clean(lever.name)} ", ink.text), (lever.level, f"bold {ink.strong}")],
            )
            for lever in lever_views.announced(eye)
        ]
    column = levers.name_column(views)
    return [
        levers.budget_row(lever_views.budgets(eye), width, ink),
        paint.blank(width),
        *(
            levers.list_row(lever, width, ink, glyphs, marked=False, column=column)
            for lever in views
        ),
    ]


def _message(view: MessageView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    sender = _("from {sender}", sender=paint.clean(view.sender).split(",")[0])
    asked = Paragraph(view.question, tone="strong")
    texts = [
        *messages.heading(view, width, ink, sender),
        *messages.since_rows(view, width, ink),
        paint.blank(width),
        *document.rows((*map(Paragraph, view.text), Space(), asked), width, ink),
    ]
    for option in view.options:
        sealed = _("sealed") if option.id == view.answered else ""
        texts += options.option_rows(option, width, ink, glyphs, became=sealed, low=True)
    for answer in view.answers:
        if not answer.own or answer.confidence or answer.rationale:
            texts += messages.answer_rows(answer, width, ink, glyphs)
    if view.clock is not None:
        texts += [
            paint.blank(width),
            clock.heading(view.clock, width, ink),
            *clock.lanes(view.clock, width, ink, glyphs),
        ]
    return texts


def _ruling(view: RulingView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    badge = paint.badge(view.badge.letter, view.badge.colour, ink)
    title = (f" {paint.clean(view.title)}", f"bold {ink.strong}")
    number = (_("ruling {number}", number=view.number), ink.muted)
    came: tuple[Tone, ...] = ("good" if view.good else "bad", "strong")
    account: tuple[Part, ...] = (
        Entry((view.verdict, view.sentence), tones=came),
        *(
            Entry((_("{cell} answered", cell=cell), answer), tones=("muted", "text"))
            for cell, answer in view.answers
        ),
        Paragraph(view.again, tone="bad"),
    )
    texts = [
        paint.line(width, [badge, title], [number]),
        *document.rows(account, width, ink),
    ]
    if view.clock is not None:
        texts += [paint.blank(width), *clock.lanes(view.clock, width, ink, glyphs)]
    texts.append(paint.blank(width))
    for effect in view.effects:
        later = f" T+{effect.delay}" if effect.delay else ""
        name = paint.cell(paint.clean(effect.name), 17, glyphs)
        left = [(name, ink.text), (f" {effect.arithmetic}{later}", ink.muted)]
        tone = paint.direction_colour(effect.word, ink)
        texts.append(
            paint.line(width, left, [(f"{words.exact(effect.by)} {effect.word.word:<6}", tone)])
        )
    return [*texts, *document.rows([Paragraph(view.margin[0], tone="muted")], width, ink)]


def _reckoning(view: ReckoningView, width: int, ink: Ink, glyphs: Glyphs) -> list[Text]:
    texts = document.rows([Paragraph(view.headline, tone="strong")], width, ink)
    for row in view.responses:
        tone = ink.cool if row.response == "restraint" else ink.heat
        left = [
            paint.badge(row.badge.letter, row.badge.colour, ink),
            (f" {row.name:<12} ", f"bold {ink.text}"),
            (f"{words.response(row.response):<10}", tone),
        ]
        luck = _("odds {odds}  draw {draw}", odds=f"{row.odds:>6}", draw=f"{row.draw:>6}")
        texts.append(paint.line(width, left, [(luck, ink.muted)]))
    texts.append(paint.blank(width))
    for score in view.scores:
        name = (paint.cut(score.name, width - 26, glyphs), ink.text)
        change = f"  {words.exact(score.change):>7} {score.word.word:<6}"
        now = (f"{score.now / 100:>6.2f}", f"bold {ink.strong}")
        tone = paint.direction_colour(score.word, ink)
        texts.append(paint.line(width, [name], [now, (change, tone)]))
    if view.against:
        against = document.rows([Paragraph(view.against, tone="strong")], width, ink)
        texts += [paint.blank(width), *against]
    return texts
