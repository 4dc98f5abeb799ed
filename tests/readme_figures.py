"""Joins what was measured to docs/findings.md and its figures to README.md, for `make findings`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGINS, ENDS = "<!-- from docs/findings.md -->\n", "<!-- to here -->"
REPEATS = "## To repeat it\n"
COLUMNS = 100


def told(findings: str) -> str:
    """How often each plan is best against China, in a sentence; ValueError where no table says."""
    score = re.search(r"^\| best at the end \| (\w+) \|", findings, re.MULTILINE)
    worlds = re.search(r"Per cent of ([\d,]+) worlds", findings)
    table = findings.partition("| best at the end |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([a-z][^|]*?) \| (\S+) \|", table, re.MULTILINE)
    if score is None or worlds is None or not rows:
        raise ValueError("docs/findings.md has no table of who is best, how often.")
    shares = ", ".join(f"{name} {share}" for name, share in rows)
    said = (
        f"Best on {score[1]} at the end by half a point or more, in so many of 100 worlds on the "
        f"same dice: {shares} ({worlds[1]} worlds were played)."
    )
    return _wrapped(said)


def _wrapped(said: str) -> str:
    lines: list[str] = []
    line = ""
    for word in said.split():
        if line and len(line) + 1 + len(word) > COLUMNS:
            lines, line = [*lines, line], word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def written(readme: str, findings: str) -> str:
    """The README with the figures of the page of findings."""
    head, begins, rest = readme.partition(BEGINS)
    _, ends, tail = rest.partition(ENDS)
    if not begins or not ends:
        raise ValueError("README.md has no place for the figures of docs/findings.md.")
    return f"{head}{begins}{told(findings)}\n{ends}{tail}"


def joined(findings: str, section: str) -> str:
    """The page with a section more, before the commands that repeat it; ValueError without them."""
    head, repeats, rest = findings.partition(REPEATS)
    if not repeats:
        raise ValueError("docs/findings.md does not say how to repeat it.")
    return f"{head}{section.strip()}\n\n{repeats}{rest}"


def main(section: str = "") -> None:
    """Write both; `section` is the file of a section that the page has not yet."""
    readme, page = ROOT / "README.md", ROOT / "docs" / "findings.md"
    findings = page.read_text("utf-8")
    if section:
        findings = joined(findings, Path(section).read_text("utf-8"))
        page.write_text(findings, "utf-8")
    readme.write_text(written(readme.read_text("utf-8"), findings), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
