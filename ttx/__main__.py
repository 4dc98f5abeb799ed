"""The way in: Home paints at once, the verbs are loaded where one is asked for."""

from __future__ import annotations

import gc
import os
import sys

from ttx import process


def main() -> None:
    """`ttx`, and `python -m ttx`."""
    process.begin()
    if len(sys.argv) == 1 and process.at_terminal() and not process.unfit():
        try:
            _home()
        except BaseException as error:  # noqa: BLE001  # as for the verbs: never a traceback
            from ttx.cli import explain

            raise SystemExit(explain(error)) from None
    else:
        from ttx.cli import main as verbs

        verbs()


def _home() -> None:
    if os.environ.get("TTX_LANGUAGE"):
        from ttx.cli.language import read_in

        read_in((), os.environ)
    gc.disable()  # all that is loaded stays: looking for what does not took a tenth of the way
    from ttx.tui.app import TtxApp

    gc.enable()
    screens = TtxApp()
    screens.sit()
    from ttx.cli import after

    after(screens)


if __name__ == "__main__":
    main()
