"""The door of the verbs: every way out of one is a sentence and an exit code."""

from __future__ import annotations

import signal

from ttx import process
from ttx.cli.app import app
from ttx.cli.spoken import notice


def main() -> None:
    """Run a verb; every mistake is one sentence, and no traceback reaches a person."""
    try:
        code = _verb()
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001  # the last door: a sentence, never a traceback
        raise SystemExit(told(error)) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _verb() -> object:
    """The verb that was asked for; Unsaid also where output does not take what typer prints."""
    try:
        return app(standalone_mode=False)
    except OSError:
        with process.output():
            pass  # it still holds what it did not take
        raise


def told(error: BaseException) -> int:
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
        notice(f"Standard output takes nothing more: {error}.")
        return 1
    code, words = getattr(error, "exit_code", None), getattr(error, "format_message", None)
    if words is not None:
        notice(f"{str(words()).rstrip('.')}. `ttx --help` lists the verbs.")
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
        f"Something went wrong ({incidents.keep(error)}). The record is safe; "
        "please report it with the command you gave."
    )
    return 2
