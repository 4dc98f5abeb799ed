"""The keys of the screens: what each is called in a file of one's own, and what it does."""

from __future__ import annotations

from ttx.cli.app import app
from ttx.cli.spoken import say


@app.command()
def keys() -> None:
    """List the keys of the screens by id, and where a file with keys of one's own is looked for."""
    from ttx.i18n import _
    from ttx.tui import own_keys
    from ttx.tui.app import TtxApp
    from ttx.tui.keys import all_shown

    path = own_keys.place()
    say(_('Keys of your own: lines such as note = "f2" in {file}', file=path))
    seen: dict[str, tuple[str, str]] = {}
    for _kind, binding in own_keys.all_bindings(TtxApp):
        does = _(binding.tooltip or binding.description)
        seen.setdefault(binding.id or "", (all_shown(binding.key), does))
    for name, (shown, does) in sorted(seen.items()):
        say(f"{name:<20} {shown:<24} {does}")
