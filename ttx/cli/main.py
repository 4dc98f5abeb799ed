"""The door of the verbs: every way out of one is a sentence and an exit code."""

from __future__ import annotations

import os
import signal
import sys

from ttx import process
from ttx.cli.app import app, say_help_in_language
from ttx.cli.language import read_in
from ttx.cli.spoken import notice
from ttx.i18n import _


def main() -> None:
    """Run a verb; every mistake is one sentence, and no traceback reaches a person.

    Raises:
        SystemExit: always, with the exit code.
    """
    try:
        code = _verb(read_in(sys.argv[1:], os.environ))
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # the last door: a sentence, never a traceback
        raise SystemExit(explain(error)) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _verb(arguments: list[str]) -> object:
    """The verb that was asked for.

    Raises:
        Unsaid: output takes nothing more, also of what typer prints.
    """
    say_help_in_language()
    try:
        return app(arguments, standalone_mode=False)
    except OSError:
        with process.output():
            pass  # it still holds what it did not take
        raise


def explain(error: BaseException) -> int:
    """Say what ended a verb, and return the exit code."""
    from ttx.exercise.problems import ExerciseError
    from ttx.session.save_header import SaveError

    if isinstance(error, process.Ended):
        return error.status
    if isinstance(error, KeyboardInterrupt | EOFError):
        return 130
    if isinstance(error, process.Unsaid):
        if error.reader_left:
            return 128 + signal.SIGPIPE
        notice(_("Standard output takes nothing more: {error}.", error=error))
        return 1
    code, words = getattr(error, "exit_code", None), getattr(error, "format_message", None)
    if words is not None:
        notice(_("{mistake}. `ttx --help` lists the verbs.", mistake=str(words()).rstrip(".")))
        return 2
    if code is not None:
        return int(code)
    if type(error).__name__ == "Abort":
        return 130
    if isinstance(error, ExerciseError):
        for problem in error.problems:
            notice(str(problem))
        return 2
    sentence = isinstance(error, OSError) and error.errno is None  # such as a port just taken
    if sentence or isinstance(error, SaveError | ValueError):
        notice(str(error))
        return 2
    from ttx import incidents

    notice(
        _(
            "Something went wrong ({incident}). The record is safe; please report it "
            "with the command you gave.",
            incident=incidents.keep(error),
        )
    )
    return 2
