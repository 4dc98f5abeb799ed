"""Words in several styles, and parts of a row, that go on in further rows while there is room."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from ttx.tui import cuts, paint
from ttx.tui.paint import Seg
from ttx.tui.theme import glyphs


def flowed(
    width: int,
    segs: Sequence[Seg],
    hang: int = 0,
    most: int = 0,
    right: Sequence[Seg] = (),
    fill: str = "",
) -> list[Text]:
    """A paragraph in several styles, in at most so many rows where `most` says so.

    Further rows are set in by `hang` cells; `right` ends the first.
    """
    segs = [(paint.clean(words), style) for words, style in segs]
    text = "".join(words for words, _style in segs).rstrip()
    ends = cells(right) + 1 if right else 0
    rows: list[Text] = []
    at = 0
    while at < len(text) or not rows:
        set_in = hang if rows else 0
        room = max(width - set_in - (0 if rows else ends), 1)
        end = at + len(paint.broken(text[at:], room)[0])
        last = most == len(rows) + 1
        part = _between(segs, at, len(text) if last else end)
        rows.append(paint.line(width, [(" " * set_in, ""), *part], () if rows else right, fill))
        if last:
            break
        at = end + len(text[end:]) - len(text[end:].lstrip(" "))
    if any(map(cuts.cut_in, rows)):
        cuts.belong(rows, text.strip())
    return rows


def _between(segs: Sequence[Seg], first: int, last: int) -> list[Seg]:
    """The words from one sign of them to before another, in their styles."""
    made, at = list[Seg](), 0
    for words, style in segs:
        part = words[max(first - at, 0) : max(last - at, 0)]
        if part:
            made.append((part, style))
        at += len(words)
    return made


def listed(
    width: int,
    lead: Sequence[Seg],
    parts: Sequence[Sequence[Seg]],
    most: int = 1,
    hang: int = 0,
    right: Sequence[Seg] = (),
    fill: str = "",
) -> list[Text]:
    """Parts behind what leads them, none of them broken, in at most so many rows; 0 is any number.

    Further rows are set in by `hang` cells; `right` ends the first. Where there are more parts than
    have room a sign stands for the others.
    """
    made: list[list[Seg]] = [[*lead]]
    sign, ends = f" {glyphs().cut}", cells(right) + 1 if right else 0
    full = False
    for at, part in enumerate(parts):
        ending = len(made) == most and at + 1 < len(parts)
        room = width - (ends if len(made) == 1 else 0) - (len(sign) if ending else 0)
        if _read([*made[-1], *part]) > room and _read(made[-1]) > hang:
            if len(made) == most:
                made[-1].append((sign, part[0][1] if part else ""))
                full = True
                break
            first, *others = part
            made.append([(" " * hang, ""), (first[0].lstrip(), first[1]), *others])
        else:
            made[-1] += part
    rows = [paint.line(width, row, () if at else right, fill) for at, row in enumerate(made)]
    if full:
        everything = (words for part in (lead, *parts) for words, _style in part)
        cuts.belong(rows, paint.clean("".join(everything)).strip())
    return rows


def cells(segs: Sequence[Seg]) -> int:
    """Cells that they take."""
    return sum(cell_len(words) for words, _style in segs)


def _read(segs: Sequence[Seg]) -> int:
    """Cells up to the end of what there is to read."""
    return cell_len("".join(words for words, _style in segs).rstrip())
