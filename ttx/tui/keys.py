"""Keys as a person reads them: each is said once, in a binding; whatever names it asks here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from textual.actions import parse
from textual.binding import Binding

from ttx.i18n import _

if TYPE_CHECKING:
    from textual.dom import DOMNode

SHOWN = {
    "question_mark": "?",
    "full_stop": ".",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "right_parenthesis": ")",
    "left_parenthesis": "(",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "apostrophe": "'",
    "colon": ":",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "escape": "Esc",
    "enter": "Enter",
    "pagedown": "PageDown",
    "pageup": "PageUp",
    "shift+tab": "shift+Tab",
    "tab": "Tab",
}
"""Keys whose name in Textual is not what stands on them."""
PRESSED = {sign: name for name, sign in SHOWN.items()}
"""The name in Textual of what stands on a key, where that is another."""
UP_TO = ".."
"""Between two ids: the keys of both and of all between."""


def shown(keys: str) -> str:
    """The first of some keys, as it is read."""
    return SHOWN.get(keys.split(",", maxsplit=1)[0], keys.split(",", maxsplit=1)[0])


def all_shown(keys: str) -> str:
    """All of them."""
    return " ".join(SHOWN.get(key, key) for key in keys.split(","))


@cache
def declared(kind: type[DOMNode]) -> dict[str, Binding]:
    """What a kind of page or of region binds, by id; its own before that of what it is one of."""
    bound: dict[str, Binding] = {}
    for base in kind.__mro__:
        for binding in base.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id:
                bound.setdefault(binding.id, binding)
    return bound


class Keymap:
    """The bindings of a page and of its regions, by id, with the keys that were given to them."""

    def __init__(self, nodes: Iterable[DOMNode], rebound: dict[str, str]) -> None:
        """Of these nodes, the page first; `rebound` are keys of one's own, by id."""
        self._rebound = rebound
        nodes = list(nodes)
        self._page = nodes[0]
        self.bindings: dict[str, Binding] = {}
        self.owners: dict[str, DOMNode] = {}
        self._regions: dict[str, DOMNode] = {}
        for node in nodes:
            if node.id:
                self._regions[node.id] = node
            for name, binding in declared(type(node)).items():
                self.bindings.setdefault(name, binding)
                self.owners.setdefault(name, node)

    def keys(self, name: str) -> str:
        """The keys of a binding, as Textual names them; KeyError where there is none."""
        return self._rebound.get(name) or self.bindings[name].key

    def shown(self, names: str) -> str:
        """The keys of some bindings, as a person reads them: `down up`, or `choose-1..choose-4`."""
        if _first(names) not in self.bindings:
            return names
        first, between, last = names.partition(UP_TO)
        if between:
            ends = shown(self.keys(first)), shown(self.keys(last))
            return ends[0] if ends[0] == ends[1] else "-".join(ends)
        return " ".join(shown(self.keys(name)) for name in names.split(" "))

    def does(self, names: str) -> str:
        """The action of the page for the first of some bindings; else what its key answers."""
        name = _first(names)
        if name in self.bindings and self.owners[name] is self._page:
            return self.bindings[name].action
        key = self.keys(name).split(",", maxsplit=1)[0] if name in self.bindings else name
        return f"answer({PRESSED.get(key, key)!r})"

    def open(self, name: str) -> bool:
        """Whether a binding can do anything as its page stands."""
        region, action, parameters = parse(self.bindings[name].action)
        node = self._regions.get(region, self.owners[name])
        return node.check_action(action, parameters) is not False

    def explained(self, action: str) -> str | None:
        """What a click on a cell with that action does, in a line; None where no key does it."""
        region, name, given = parse(action)
        for at, binding in self.bindings.items():
            here, does, also = parse(binding.action)
            owner = here or (self._named_by(self.owners[at]) if region else "")
            pressed = name == "answer" and {PRESSED.get(str(k), str(k)) for k in given} & {
                *self.keys(at).split(",")
            }
            same = (region, name, given) == (owner if region else here, does, also)
            if (same or pressed) and self.open(at):
                return _(binding.tooltip or binding.description)
        return None

    def _named_by(self, owner: DOMNode) -> str:
        """The name of a region, by which its actions are asked for; empty for the page."""
        return next((name for name, node in self._regions.items() if node is owner), "")

    def grouped(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """Keys and what they do; keys that do the same share a row."""
        rows: dict[str, list[str]] = {}
        for name in names:
            binding = self.bindings[name]
            does = _(binding.tooltip or binding.description)
            rows.setdefault(does, []).append(all_shown(self.keys(name)))
        return [
            (
                _("{first} to {last}", first=keys[0], last=keys[-1])
                if len(keys) > 2
                else " ".join(keys),
                does,
            )
            for does, keys in rows.items()
        ]


def _first(names: str) -> str:
    return names.split(" ", maxsplit=1)[0].split(UP_TO, maxsplit=1)[0]
