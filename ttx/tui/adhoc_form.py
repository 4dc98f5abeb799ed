"""The form of an inject written on the spot: its fields in order, and what is wrong in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ttx.exercise.model import Exercise, text
from ttx.i18n import _
from ttx.session.improvise import InjectForm, NotFit, OptionForm, effects_faults, source
from ttx.tui.parts.fields import Choice, Line, Many, Option, Value

MOST_OPTIONS = 4
CRISIS = "crisis"
TEXTS = (
    *("title", "actor", "kind", "slot", "lead", "sender", "to", "via"),
    *("message", "question", "expected", "contingency"),
)
"""What of an inject is a text or one word, by its name there and here."""
PARTS_OF_OPTION = ("title", "lean", "effects", "costs")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form."""

    field: Choice | Line | Many
    empty: str = ""
    """What is wrong where nothing is written; empty where nothing need be."""
    effects: bool = False
    """Whether what is written are effects on tracks."""


def asked(exercise: Exercise, typed: Mapping[str, str], language: str) -> list[Asked]:
    """The fields, those of a crisis where it is one, and a spare option under those written."""

    def line(name: str, label: str, empty: str = "", about: str = "") -> Asked:
        return Asked(Line(name=name, label=label, value=typed.get(name, ""), about=about), empty)

    def one_of(name: str, label: str, options: Iterable[Option], about: str = "") -> Asked:
        given = tuple(options)
        value = typed.get(name) or (given[0].id if given else "")
        hint = f"{_('left and right choose.')} {about}".strip()
        return Asked(Choice(name=name, label=label, options=given, value=value, about=hint))

    leans = [Option(lean.id, text(lean.name, language)) for lean in exercise.lean]
    allied = [
        Option(cell.id, text(cell.name, language))
        for cell in exercise.cell
        if cell.side == "allied"
    ]
    actors = [Option(actor.id, text(actor.name, language)) for actor in exercise.actor]
    profiles = [Option(profile, profile) for profile in exercise.clock.profiles]
    slots = [Option("policy", _("policy")), Option(CRISIS, _("crisis"))]
    rows = [
        line("title", _("title"), _("Give it a title.")),
        one_of("actor", _("actor"), actors),
        line("kind", _("kind"), _("Say what kind of event it is."), _("air, sea, politics")),
        one_of("slot", _("slot"), slots),
    ]
    if typed.get("slot") == CRISIS:
        rows += [
            one_of("profile", _("profile"), profiles, _("Which clock it runs on")),
            line("window", _("window"), _("Give the window in minutes."), _("minutes")),
        ]
    rows += [
        one_of("lead", _("lead"), allied, _("The cell whose answer is carried out")),
        line("sender", _("from"), _("Say who it is from.")),
        line("to", _("to"), _("Say whom it goes to.")),
        line("via", _("by"), _("Say how it comes."), _("telephone, e-mail, broadcast")),
        line("message", _("message"), _("Write the message.")),
        line("question", _("question"), _("Write the question it asks.")),
    ]
    for at in range(1, MOST_OPTIONS + 1):
        name, needed = f"option_{at}", at <= 2
        if not needed and not (typed.get(f"option_{at - 1} title") or _written(typed, name)):
            break
        give = _("Give option {at} a title; two are needed.", at=at) if needed else ""
        rows.append(line(f"{name} title", _("option {at}", at=at), give))
        if not needed and not _written(typed, name):
            break
        rows.append(one_of(f"{name} lean", f"  {_('lean')}", leans))
        for part, label in (("effects", _("effects")), ("costs", _("costs"))):
            value = typed.get(f"{name} {part}", "")
            about = _about_effects(exercise, value)
            effects = Line(name=f"{name} {part}", label=f"  {label}", value=value, about=about)
            rows.append(Asked(effects, effects=True))
    aims = Many(
        name="objectives",
        label=_("objectives"),
        options=tuple(Option(aim.id, text(aim.text, language)) for aim in exercise.objective),
        value=tuple(filter(None, typed.get("objectives", "").split(","))),
        none=_("The exercise lists none."),
        about=_("left and right mark, space chooses. Enter adds the inject to the MSEL."),
    )
    expected = _("The action you expect; may stay empty")
    instead = _("What comes where it is not taken; may stay empty")
    return [
        *rows,
        line("expected", _("expected"), about=expected),
        line("contingency", _("if not"), about=instead),
        Asked(aims),
    ]


def _about_effects(exercise: Exercise, typed: str) -> str:
    """What effects are written as, with the tracks that what was begun can mean."""
    begun = typed.replace(";", ",").split(",")[-1].strip().split(" ")[0]
    near = [name for name in exercise.tracks if name.startswith(begun)] or list(exercise.tracks)
    return _(
        "track and points, such as {track} +4, or nothing. Tracks: {tracks}",
        track=near[0],
        tracks=", ".join(near),
    )


def _written(typed: Mapping[str, str], name: str) -> bool:
    return any(typed.get(f"{name} {part}") for part in ("title", "effects", "costs"))


def while_typed(exercise: Exercise, part: Asked, typed: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong in one field, as far as it shows without the others."""
    words = typed.get(part.field.name, "").strip()
    if part.effects:
        return tuple(effects_faults(exercise, words))
    if not words:
        return (part.empty,) if part.empty else ()
    if part.field.name == "window" and not (words.isdecimal() and int(words) > 0):
        return (_("'{words}' is no number of minutes.", words=words),)
    return ()


def checked(
    exercise: Exercise, typed: Mapping[str, str], language: str
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The whole form read as an inject in TOML, or else what is wrong, sentences by field.

    Those of no field stand under an empty name.
    """
    fields = asked(exercise, typed, language)
    faults = {part.field.name: while_typed(exercise, part, typed) for part in fields}
    own = {name: sentences for name, sentences in faults.items() if sentences}
    wrong = dict(own)
    try:
        toml = source(exercise, _read({part.field.name: part.field.value for part in fields}))
    except NotFit as error:
        for name, sentence in error.wrong:
            if name not in own:  # said in the form's own words; the checker's are for authors
                wrong[name] = (*wrong.get(name, ()), sentence)
    return "" if wrong else toml, wrong


def _read(values: Mapping[str, Value]) -> InjectForm:
    """What the fields hold, as the form of an inject."""

    def part(name: str) -> str:
        return str(values.get(name, "")).strip()

    options = [
        OptionForm(*(part(f"option_{at} {name}") for name in PARTS_OF_OPTION))
        for at in range(1, MOST_OPTIONS + 1)
        if f"option_{at} lean" in values
    ]
    window, aims = part("window"), values["objectives"]
    texts = {name: part(name) for name in TEXTS}
    return InjectForm(
        **texts,
        options=tuple(options),
        profile=part("profile"),
        window=int(window) if window.isdecimal() else 0,
        objectives=aims if isinstance(aims, tuple) else (),
    )
