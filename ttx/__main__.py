"""The way in: Home paints at once, the verbs are loaded where one is asked for."""

from __future__ import annotations

import sys


def main() -> None:
    """`ttx`, and `python -m ttx`."""
    if len(sys.argv) == 1 and sys.stdin.isatty() and sys.stdout.isatty():
        from ttx.tui.app import TtxApp

        screens = TtxApp()
        screens.run()
        if screens.wrong:
            from ttx.cli import tell_wrong

            tell_wrong(screens)
    else:
        from ttx.cli import main as verbs

        verbs()


if __name__ == "__main__":
    main()
