"""The language that a verb speaks: `--language` anywhere among its words, or TTX_LANGUAGE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ttx import catalogues, i18n

OPTION, VARIABLE = "--language", "TTX_LANGUAGE"


def read_in(arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """The arguments without the language that they ask for, which is in force from here on.

    It is taken out before anything is made of the rest, because the help of a verb is made of
    sentences too.

    Raises:
        NoCatalogue: what is asked for is no language, or its catalogue cannot be read.
    """
    rest: list[str] = []
    words = iter(arguments)
    asked, where = environment.get(VARIABLE, ""), VARIABLE
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == OPTION:
            asked, where = next(words, ""), OPTION
        elif word.startswith(f"{OPTION}="):
            asked, where = word.partition("=")[2], OPTION
        else:
            rest.append(word)
    if asked or where == OPTION:
        speak(asked, where)
    return rest


def speak(language: str, where: str) -> None:
    """Have everything said in a language from here on; `where` is what asked for it.

    Raises:
        NoCatalogue: it is no language, or its catalogue cannot be read.
    """
    i18n.read_by(i18n.Reader(catalogues.asked_for(language, where)))
