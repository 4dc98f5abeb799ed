"""Keys of one's own, from a file: `id = "key"`, an id as `ttx keys` lists it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_config_path
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from ttx.i18n import _
from ttx.tui import routes
from ttx.tui.keys import PRESSED, shown

NAME = "keys.toml"


class KeysError(ValueError):
    """What is wrong with the file, and what to do."""


def place() -> Path:
    """Where the file is looked for: TTX_KEYS, else the user's own settings."""
    asked = os.environ.get("TTX_KEYS")
    return Path(asked) if asked else user_config_path("ttx", appauthor=False) / NAME


def all_bindings(app: type[DOMNode]) -> Iterator[tuple[type[DOMNode], Binding]]:
    """Every binding that has an id, of the app, of every page and of what pages are made of."""
    kinds: dict[type[DOMNode], None] = {app: None}
    for name in routes.PAGES:
        page = routes.page(name)
        parts: list[type[DOMNode]] = [page, *page.PARTS.values()]
        for part in parts:
            kinds |= {base: None for base in part.__mro__ if issubclass(base, DOMNode)}
    for kind in kinds:
        for binding in kind.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id and kind is not Screen:
                yield kind, binding


def read(path: Path, app: type[DOMNode]) -> dict[str, str]:
    """Keys by id; nothing where there is no file. KeysError where it cannot be taken as it is."""
    try:
        written = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KeysError(
            _("{file} cannot be read ({error}); the usual keys are used.", file=path, error=error)
        ) from None
    known = {binding.id for _kind, binding in all_bindings(app)}
    for name, key in written.items():
        if name not in known:
            raise KeysError(
                _(
                    "{file}: there is no '{name}'; `ttx keys` lists what there is. The usual keys"
                    " are used.",
                    file=path,
                    name=name,
                )
            )
        if not isinstance(key, str) or not key.strip():
            raise KeysError(
                _(
                    "{file}: '{name}' needs a key between quotes, as in {name} = \"f2\". The usual"
                    " keys are used.",
                    file=path,
                    name=name,
                )
            )
    keys = {name: PRESSED.get(key, key) for name, key in written.items()}
    _refuse_twice(path, keys, app)
    return keys


def _refuse_twice(path: Path, written: dict[str, str], app: type[DOMNode]) -> None:
    """One key for two things of the same page, or of all pages, would do only one of them."""
    for kind in {kind for kind, _binding in all_bindings(app)}:
        taken: dict[str, str] = {}
        for base in kind.__mro__:
            for binding in base.__dict__.get("BINDINGS", ()):
                if not (isinstance(binding, Binding) and binding.id):
                    continue
                for key in written.get(binding.id, binding.key).split(","):
                    other = taken.setdefault(key, binding.id)
                    if other != binding.id and {other, binding.id} & {*written}:
                        raise KeysError(
                            _(
                                "{file}: '{key}' would be both '{one}' and '{other}'. The usual"
                                " keys are used.",
                                file=path,
                                key=shown(key),
                                one=other,
                                other=binding.id,
                            )
                        )
