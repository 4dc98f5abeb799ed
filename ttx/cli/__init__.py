"""The verbs; the only room that prints.

What a verb needs is imported when it runs, so that checking an exercise never loads a screen, and
Home paints before the arithmetic is loaded.
"""

from ttx.cli import authoring, hosting, play, records, studies
from ttx.cli.main import main, told
from ttx.cli.screens import after

__all__ = ["after", "authoring", "hosting", "main", "play", "records", "studies", "told"]
