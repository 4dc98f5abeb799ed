"""The log of a hosted table: who came and went, beside its save, for its owner alone."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TextIO

from ttx import files
from ttx.session.save_header import SaveError
from ttx.session.save_paths import companion
from ttx.shown import clean


class _Line(logging.Formatter):
    """A line of the log that can be looked at on a terminal, whatever somebody sent."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        return clean(super().formatMessage(record))


class _Log(logging.StreamHandler[TextIO]):
    """A log whose file is closed with it."""

    def close(self) -> None:
        super().close()
        self.stream.close()


def log_of(save: Path) -> Path:
    """Where who came and went is kept, beside a save."""
    return companion(save, ".host.log")


def log_to(path: Path) -> None:
    """Keep a log, which only its owner reads.

    Raises:
        SaveError: there is no file to keep it in.
    """
    try:
        file = os.fdopen(files.append_to(path), "a", encoding="utf-8")
    except OSError as error:
        raise SaveError(files.sentence(path, error)) from None
    keep = _Log(file)
    keep.setFormatter(_Line("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("ttx.remote")
    log.addHandler(keep)
    log.setLevel(logging.INFO)
    log.propagate = False
