"""What each column says of an inject, and what a cell of it can be read as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import Enum, auto

from ttx.exercise.model.exercise import Exercise
from ttx.exercise.model.injects import Inject
from ttx.exercise.model.part import INJECT_SLOTS, text
from ttx.exercise.msel.sheets.columns import PLACED
from ttx.exercise.problems import KeyPath, did_you_mean, shown
from ttx.i18n import _

READY = "Ready to Inject"
LONGEST_LABEL, LONGEST_TIME = 40, 80
"""Letters of a label, and of a planned time."""
LEFT_OUT = (
    *("omitted", "deleted", "obsolete", "cancelled", "canceled", "removed", "rejected"),
    *("superseded", "annule", "supprime", "donotuse", "notused", "gestrichen", "entfallt"),
    *("entfallen", "geloscht", "abgesagt", "anulado", "cancelado", "suprimido", "eliminado"),
    *("annullato", "eliminato", "vervallen", "geannuleerd", "anulowane", "anulowany", "utgar"),
    *("installd", "отменено", "отменена", "отменен", "исключено", "снято", "удалено", "скасовано"),
    *(
        "中止",
        "削除",
        "取消",
        "取消し",
        "取りやめ",
        "不要",
        "취소",
        "삭제",
        "제외",
        "取消了",
        "已取消",
    ),
    *("删除", "已删除", "刪除", "已刪除", "作废", "作廢"),
)
"""Statuses of an inject that is not to be played."""
DEFERRED = (
    *("deferred", "postponed", "reporte", "verschoben", "aplazado", "rinviato", "adiado"),
    *("uitgesteld", "отложено", "延期", "保留", "연기", "推迟", "延后", "延後"),
)
_KEPT = {
    *("draft", "submitted", "approved", "synchronized", "synchronised", "released", "complete"),
    *("completed", "readytoinject", "ready", "injected", "pending", "planned", "new", "open"),
    *("contingency", "contingent", "fired", "notstarted", "notinjected", "inprogress", "active"),
    *("scheduled", "delivered", "sent", "done", "closed", "final", "live", "onhold", "hold"),
    *("brouillon", "valide", "prevu", "joue", "enattente", "info", "entwurf", "freigegeben"),
    *("geplant", "offen", "bereit", "eingespielt", "erledigt", "borrador", "aprobado"),
    *("previsto", "pendiente", "listo", "enviado", "bozza", "approvato", "rascunho", "aprovado"),
    *("concept", "goedgekeurd", "gepland", "проект", "утверждено", "запланировано", "готово"),
    *("доведено", "выполнено", "草案", "承認", "承認済", "予定", "準備完了", "実施済", "未実施"),
    *(
        "완료",
        "예정",
        "준비",
        "승인",
        "미실시",
        "草稿",
        "已批准",
        "已完成",
        "计划",
        "待定",
        "已核准",
    ),
}
FOR_CONTROL = (
    *("playeraction", "expectedaction", "expectedplayeraction", "administrative", "admin"),
    *("exercisecontrol", "controllernote"),
)
"""Types of rows that exercise control reads, and that are put to nobody."""
FOR_ALL = ("contextual", "contextualinject", "information", "informational")
"""Types of rows that players read and that ask nothing."""


def word(cell: str) -> str:
    """A cell of one word, without what makes no difference."""
    plain = unicodedata.normalize("NFKD", cell.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if c.isalnum()))


MILESTONES = frozenset(
    word(name)
    for name in (
        *("STARTEX", "ENDEX", "PAUSEX", "Start of exercise", "Exercise start", "Exercise begins"),
        *("End of exercise", "Exercise end", "Exercise ends", "End Exercise", "Start Exercise"),
        *("Hot wash", "Hotwash", "Debrief", "Break", "Lunch", "Lunch break", "Coffee break"),
        *("Début de l'exercice", "Début exercice", "DEBEX", "FINEX", "Fin de l'exercice", "Pause"),
        *("Fin d'exercice", "RETEX à chaud", "Übungsbeginn", "Übungsende", "Beginn der Übung"),
        *("Ende der Übung", "Mittagspause", "Inicio del ejercicio", "Fin del ejercicio"),
        *("Inizio esercitazione", "Fine esercitazione", "Início do exercício", "Fim do exercício"),
        *("Начало учения", "Начало учений", "Окончание учения", "Конец учения", "Отбой учения"),
        *(
            "訓練開始",
            "訓練終了",
            "開始",
            "終了",
            "休憩",
            "状況開始",
            "状況終了",
            "훈련개시",
            "훈련종료",
        ),
        *(
            "훈련시작",
            "휴식",
            "演练开始",
            "演练结束",
            "開始演練",
            "演練開始",
            "演練結束",
            "开始",
            "结束",
        ),
    )
)
"""Titles of rows in which the exercise itself begins, stops or ends."""
_INJECTS = {
    *("inject", "standard", "scripted", "contingency", "contingent", "adaptive", "complexity"),
    *("simulation", "controlleraction", "actoraction", "event", "incident", "keyevent"),
}
"""Types of rows that are injects and say nothing of what kind of news it is."""
_NUMBER = re.compile(r"#?\s*0*(\d{1,9})(?:\.0?)?")
_HOURS = re.compile(r"(\d{1,4}):([0-5]\d)(?::\d{2})?")
_MINUTES = re.compile(r"(\d{1,7})(?:\.0)?\s*(min|minutes?|h|hours?)?", re.IGNORECASE)

Value = str | int | list[int] | list[str]


class Status(Enum):
    """What is done with a row."""

    LEFT_OUT = auto()
    DEFERRED = auto()
    KEPT = auto()
    UNKNOWN = auto()
    """Kept as well, and said."""


class Unreadable(Exception):
    """A cell does not say what its column is for; the words follow the place in a sentence."""


def first_language(exercise: Exercise) -> str:
    """The language that lists of an exercise are in."""
    return exercise.languages[0] if exercise.languages else "en"


def cells(exercise: Exercise, inject: Inject) -> dict[str, str]:
    """What the columns that ttx writes say of an inject, in the exercise's first language."""
    language = first_language(exercise)
    first, last = inject.turns
    message = inject.message
    by_column = {
        "number": inject.label or str(inject.number),
        "id": inject.id,
        "turns": f"T{first}" if first == last else f"T{first}-T{last}",
        "planned": inject.planned,
        "status": READY,
        "kind": text(inject.kind, language),
        "slot": inject.slot,
        "title": text(inject.title, language),
        "sender": text(message.sender, language),
        "to": text(message.to, language),
        "via": text(message.via, language),
        "text": "\n\n".join(text(paragraph, language) for paragraph in message.text),
        "question": text(inject.question, language),
        "lead": inject.lead,
        "window": "" if inject.window is None else str(inject.window),
        "objectives": "; ".join(inject.objectives),
        "expected_action": text(inject.expected_action, language),
        "if_not": text(inject.if_not, language),
        "controller": inject.controller,
        "notes": inject.notes,
    }
    return {column.key: by_column[column.key] for column in PLACED}


def path_of(key: str) -> KeyPath:
    """Where in an inject stands what a column says, by the key of the column."""
    if key in ("sender", "to", "via", "text"):
        return ("message", key)
    return ("label",) if key == "number" else (key,)


def number(cell: str) -> int | None:
    """A number of the dice; None where a cell says none, and so can be a label only."""
    match = _NUMBER.fullmatch(cell)
    return int(match[1]) if match and 1 <= int(match[1]) <= INJECT_SLOTS else None


def status(cell: str) -> Status:
    """What a status asks for its row."""
    said = word(cell)
    if said in LEFT_OUT:
        return Status.LEFT_OUT
    if said in DEFERRED:
        return Status.DEFERRED
    return Status.KEPT if not said or said in _KEPT else Status.UNKNOWN


def asks_nothing(kind: str, sender: str, title: str = "") -> bool:
    """Whether a row is put to nobody as a question: an expected action has nobody who sends it.

    Nor is it asked with what the exercise itself begins, stops and ends: STARTEX, ENDEX, a break.
    """
    said = word(kind)
    if word(title) in MILESTONES:
        return True
    if said in ("expectedaction", "expectedplayeraction"):
        return not sender
    return said in FOR_CONTROL or said in FOR_ALL


def kind(cell: str) -> str | None:
    """What kind of news it is; None where the type only says that it is an inject."""
    return None if word(cell) in _INJECTS else cell


def turns(exercise: Exercise, first: int, last: int) -> list[int]:
    """The first turn and the last in which it can come.

    Raises:
        Unreadable: They are not turns of the exercise, or in the wrong order.
    """
    count = exercise.turns.count
    for turn in (first, last):
        if not 1 <= turn <= count:
            raise Unreadable(
                _("turn {turn} is not one of the {count} turns", turn=turn, count=count)
            )
    if first > last:
        raise Unreadable(
            _("turns end ({last}) before they start ({first})", last=last, first=first)
        )
    return [first, last]


def objectives(exercise: Exercise, cell: str) -> list[str]:
    """Ids of objectives, given by id, by text or by number, with ; or a line between them.

    Raises:
        Unreadable: The cell says nothing that can be one.
    """
    known = {word(part.id): part.id for part in exercise.objective}
    for at, objective in enumerate(exercise.objective, start=1):
        texts = {text(objective.text, code) for code in ("en", *exercise.languages)}
        named = (*texts, str(at), f"objective {at}", f"obj {at}")
        known |= {word(name): objective.id for name in named}
    names = [part.id for part in exercise.objective]
    ids: list[str] = []
    for piece in filter(None, map(str.strip, re.split(r"[;\n]", cell))):
        parts = [piece]
        if word(piece) not in known and "," in piece:
            parts = [name.strip() for name in piece.split(",")]
        for known_as in filter(None, parts):
            if word(known_as) not in known:
                raise Unreadable(
                    _(
                        "objective {name} is unknown{hint}",
                        name=shown(known_as),
                        hint=did_you_mean(known_as, names),
                    )
                )
            ids.append(known[word(known_as)])
    return list(dict.fromkeys(ids))


def lead(exercise: Exercise, cell: str) -> str:
    """The allied cell that answers, by id or name.

    Raises:
        Unreadable: The cell says nothing that can be one.
    """
    allied = [cell_ for cell_ in exercise.cell if cell_.side == "allied"]
    known = {word(name): part.id for part in allied for name in (part.id, text(part.name))}
    if word(cell) in known:
        return known[word(cell)]
    names = [part.id for part in allied]
    raise Unreadable(
        _("allied cell {cell} is unknown{hint}", cell=shown(cell), hint=did_you_mean(cell, names))
    )


def slot(cell: str) -> str:
    """`policy` or `crisis`.

    Raises:
        Unreadable: The cell says nothing that can be one.
    """
    if word(cell) in ("policy", "crisis"):
        return word(cell)
    raise Unreadable(_("must be policy or crisis, not {cell}", cell=shown(cell)))


def window(cell: str) -> int:
    """Minutes.

    Raises:
        Unreadable: The cell says nothing that can be one.
    """
    match, clock = _MINUTES.fullmatch(cell), _HOURS.fullmatch(cell)
    if clock is not None:
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif match is not None:
        minutes = int(match[1]) * (60 if (match[2] or "")[:1].casefold() == "h" else 1)
    else:
        raise Unreadable(_("must be minutes, such as 90 or 1:30, not {cell}", cell=shown(cell)))
    if not 1 <= minutes <= 1_000_000:
        raise Unreadable(_("must be between 1 and 1000000 minutes, not {minutes}", minutes=minutes))
    return minutes


def paragraphs(cell: str) -> list[str]:
    """One paragraph or two; what follows the second is kept in it, line by line."""
    first, *others = (part.strip() for part in re.split(r"\n\s*\n", cell) if part.strip())
    return [first, "\n".join(others)] if others else [first]


def unix(cell: str) -> str:
    """The cell with line breaks of one character, as a spreadsheet may have made them others."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def same(cell: str, other: str) -> bool:
    """Whether two cells say the same, whatever a spreadsheet did to the ends of their lines."""
    return _trimmed(cell) == _trimmed(other)


def _trimmed(cell: str) -> str:
    return "\n".join(line.rstrip() for line in unix(cell).strip().split("\n"))


READERS: dict[str, Callable[[Exercise, str], Value]] = {
    "objectives": objectives,
    "lead": lead,
    "window": lambda _, cell: window(cell),
    "text": lambda _, cell: paragraphs(cell),
}
"""How a cell is read; a column that is not named here holds words."""
