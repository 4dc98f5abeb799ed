"""The form of an inject written on the spot: its fields in order, and what is wrong in each.

With no slot it asks nothing, and is a contextual inject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.part import text
from ttx.i18n import _
from ttx.session.control_events import CONTEXTUAL, INJECT
from ttx.session.improvise import (
    ContextualForm,
    InjectForm,
    NotFit,
    OptionForm,
    contextual_source,
    source,
)
from ttx.tui.effect_fields import NONE, effect_fields, effects_set, mistakes, track_field
from ttx.tui.parts.fields import Choice, Field, Line, Many, Option, Value

MOST_OPTIONS = 4
CRISIS, NO_SLOT = "crisis", "none"
EFFECTS = ("effects", "costs")
"""The lists of effects of an option."""
TEXTS = (
    *("title", "actor", "kind", "slot", "lead", "sender", "to", "via"),
    *("message", "question", "expected", "contingency"),
)
"""What of an inject is a text or one word, by its name there and here."""
CONTEXTUAL_TEXTS = ("title", "kind", "sender", "to", "via", "message", "expected")
"""What of a contextual one is a text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form."""

    field: Field
    empty: str = ""
    """What is wrong where nothing is written; empty where nothing need be."""


def part_of(typed: Mapping[str, str]) -> str:
    """What is written: an inject, or a contextual one."""
    return CONTEXTUAL if typed.get("slot") == NO_SLOT else INJECT


def _line(
    typed: Mapping[str, str], name: str, label: str, empty: str = "", about: str = ""
) -> Asked:
    return Asked(Line(name=name, label=label, value=typed.get(name, ""), about=about), empty)


def _one_of(
    typed: Mapping[str, str], name: str, label: str, options: Iterable[Option], about: str = ""
) -> Asked:
    given = tuple(options)
    value = typed.get(name) or (given[0].id if given else "")
    hint = f"{_('left and right choose.')} {about}".strip()
    return Asked(Choice(name=name, label=label, options=given, value=value, about=hint))


def _several(
    typed: Mapping[str, str], name: str, label: str, given: tuple[Option, ...], about: str
) -> Asked:
    value, none = tuple(filter(None, typed.get(name, "").split(","))), _("The exercise lists none.")
    return Asked(Many(name=name, label=label, options=given, value=value, none=none, about=about))


def asked(exercise: Exercise, typed: Mapping[str, str], language: str) -> list[Asked]:
    """The fields, those of a crisis where it is one, and a spare option under those written."""
    actors = [Option(actor.id, text(actor.name, language)) for actor in exercise.actor]
    asks_nothing = part_of(typed) == CONTEXTUAL
    none = Option(NO_SLOT, _("none"), _("It asks nothing: news for some, at any time."))
    slots = [Option("policy", _("policy")), Option(CRISIS, _("crisis")), none]
    what = _("What it is: it asks in one of the slots, or with none it asks nothing.")
    rows = [
        _line(typed, "title", _("title"), _("Give it a title.")),
        *([] if asks_nothing else [_one_of(typed, "actor", _("actor"), actors)]),
        _line(
            typed, "kind", _("kind"), _("Say what kind of event it is."), _("air, sea, politics")
        ),
        _one_of(typed, "slot", _("slot"), slots, what),
    ]
    rows += _readers(exercise, typed, language) if asks_nothing else []
    rows += _crisis(exercise, typed) if typed.get("slot") == CRISIS else []
    if not asks_nothing:
        allied = [cell for cell in exercise.cell if cell.side == "allied"]
        leads = [Option(cell.id, text(cell.name, language)) for cell in allied]
        whose = _("The cell whose answer is carried out")
        rows.append(_one_of(typed, "lead", _("lead"), leads, whose))
    rows += [
        _line(typed, "sender", _("from"), _("Say who it is from.")),
        _line(typed, "to", _("to"), _("Say whom it goes to.")),
        _line(typed, "via", _("by"), _("Say how it comes."), _("telephone, e-mail, broadcast")),
        _line(typed, "message", _("message"), _("Write the message.")),
    ]
    if not asks_nothing:
        rows.append(_line(typed, "question", _("question"), _("Write the question it asks.")))
        rows += _options(exercise, typed, language)
    expected = _("The action you expect; may stay empty")
    rows.append(_line(typed, "expected", _("expected"), about=expected))
    if not asks_nothing:
        instead = _("What comes where it is not taken; may stay empty")
        rows.append(_line(typed, "contingency", _("if not"), about=instead))
    aims = tuple(Option(aim.id, text(aim.text, language)) for aim in exercise.objective)
    about = _("left and right mark, space chooses. Enter adds the inject to the MSEL.")
    return [*rows, _several(typed, "objectives", _("objectives"), aims, about)]


def _readers(exercise: Exercise, typed: Mapping[str, str], language: str) -> list[Asked]:
    """Who reads it: cells, and seats one by one."""
    options = []
    for cell in exercise.cell:
        options.append(Option(cell.id, text(cell.name, language)))
        seats = (seat for seat in exercise.seat if seat.cell == cell.id)
        options += [Option(seat.id, seat.short) for seat in seats]
    about = _("Cells and seats; left and right mark, space chooses. None: everybody reads it.")
    return [_several(typed, "readers", _("read by"), tuple(options), about)]


def _crisis(exercise: Exercise, typed: Mapping[str, str]) -> list[Asked]:
    profiles = [Option(profile, profile) for profile in exercise.clock.profiles]
    give = _("Give the window in minutes.")
    return [
        _one_of(typed, "profile", _("profile"), profiles, _("Which clock it runs on")),
        _line(typed, "window", _("window"), give, _("minutes")),
    ]


def _options(exercise: Exercise, typed: Mapping[str, str], language: str) -> list[Asked]:
    """The answers with what they do; two are needed."""
    leans = [Option(lean.id, text(lean.name, language)) for lean in exercise.lean]
    rows: list[Asked] = []
    for at in range(1, MOST_OPTIONS + 1):
        name, needed = f"option_{at}", at <= 2
        written = _written(typed, name)
        if not (needed or written or _written(typed, f"option_{at - 1}")):
            break
        give = _("Give option {at} a title; two are needed.", at=at) if needed else ""
        if written and not needed:
            give = _("Give option {at} a title, or clear what it does.", at=at)
        rows.append(_line(typed, f"{name} title", _("option {at}", at=at), give))
        if not (needed or written):
            break
        rows.append(_one_of(typed, f"{name} lean", f"  {_('lean')}", leans))
        for part, label in zip(EFFECTS, (_("effects"), _("costs")), strict=True):
            of = f"{name} {part}"
            rows += map(Asked, effect_fields(exercise, typed, of, f"  {label}", language))
    return rows


def _written(typed: Mapping[str, str], name: str) -> bool:
    """Whether an option says or does anything; one that was touched and cleared does not."""
    tracks = (typed.get(track_field(f"{name} {part}", 1), NONE) for part in EFFECTS)
    return bool(typed.get(f"{name} title", "").strip()) or any(track != NONE for track in tracks)


def _lists(typed: Mapping[str, str]) -> list[str]:
    """The lists of effects that a form has."""
    if part_of(typed) == CONTEXTUAL:
        return []
    return [f"option_{at} {part}" for at in range(1, MOST_OPTIONS + 1) for part in EFFECTS]


def while_typed(exercise: Exercise, part: Asked, typed: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong in one field, as far as it shows without the others."""
    name = part.field.name
    for of in _lists(typed):
        if name.startswith(f"{of} "):
            return mistakes(exercise, typed, of).get(name, ())
    words = typed.get(name, "").strip()
    if not words:
        return (part.empty,) if part.empty else ()
    if name == "window" and not (words.isdecimal() and int(words) > 0):
        return (_("'{words}' is no number of minutes.", words=words),)
    return ()


def checked(
    exercise: Exercise, typed: Mapping[str, str], language: str, turn: int = 1
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The whole form read as an inject in TOML, or else what is wrong, sentences by field.

    Those of no field stand under an empty name. `turn` is the one under way.
    """
    fields = asked(exercise, typed, language)
    faults = {part.field.name: while_typed(exercise, part, typed) for part in fields}
    own = {name: sentences for name, sentences in faults.items() if sentences}
    wrong = dict(own)
    values = {part.field.name: part.field.value for part in fields if hasattr(part.field, "value")}
    try:
        if part_of(typed) == CONTEXTUAL:
            toml = contextual_source(exercise, _read_contextual(values, turn))
        else:
            toml = source(exercise, _read(values, typed))
    except NotFit as error:
        for name, sentence in error.wrong:
            at = track_field(name, 1) if name in _lists(typed) else name
            at = at if at in faults else ""
            if at not in own:  # said in the form's own words; the checker's are for authors
                wrong[at] = (*wrong.get(at, ()), sentence)
    return "" if wrong else toml, wrong


def _read(values: Mapping[str, Value], typed: Mapping[str, str]) -> InjectForm:
    """What the fields hold, as the form of an inject."""
    options = [
        OptionForm(
            _text(values, f"option_{at} title"),
            _text(values, f"option_{at} lean"),
            *(_in_a_line(typed, f"option_{at} {part}") for part in EFFECTS),
        )
        for at in range(1, MOST_OPTIONS + 1)
        if f"option_{at} lean" in values
    ]
    window = _text(values, "window")
    return InjectForm(
        **{name: _text(values, name) for name in TEXTS},
        options=tuple(options),
        profile=_text(values, "profile"),
        window=int(window) if window.isdecimal() else 0,
        objectives=_ids(values, "objectives"),
    )


def _in_a_line(typed: Mapping[str, str], of: str) -> str:
    """The effects of a list as an option's form has them."""
    return ", ".join(f"{track} {points:+}" for track, points in effects_set(typed, of).items())


def _read_contextual(values: Mapping[str, Value], turn: int) -> ContextualForm:
    texts = {name: _text(values, name) for name in CONTEXTUAL_TEXTS}
    readers, aims = _ids(values, "readers"), _ids(values, "objectives")
    return ContextualForm(**texts, turn=turn, readers=readers, objectives=aims)


def _text(values: Mapping[str, Value], name: str) -> str:
    return str(values.get(name, "")).strip()


def _ids(values: Mapping[str, Value], name: str) -> tuple[str, ...]:
    ids = values.get(name)
    return ids if isinstance(ids, tuple) else ()
