"""What the files of a hosted run hold of people: what docs/records.md says of each, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.person import ttx_
from ssh_rig import CHIEF, LEAD, MIDDLE, OTHER, Player, laid, room

from ttx.remote.invitations import beside, fingerprint

pytestmark = pytest.mark.slow

SAID = "Zmention asks who signs."
"""What somebody types in the session; the first word is a name."""
HERE = "127.0.0.1"


class Evening:
    """A hosted run, and what people left in its files."""

    def __init__(self, home: Path) -> None:
        """Two come, one with a key and one without; one writes a note."""
        save = laid(home)
        self.keyed = Player(home, "Zkeyname")
        no_key = ["-o", "PubkeyAuthentication=no"]
        self.keyless = Player(home, "Zkeyless", keyed=False, options=no_key)
        with room(home, resume=save) as at:
            self.codes = dict(at.host.codes)
            lead = at.keep(self.keyed.join(at.host, LEAD, MIDDLE))
            lead.press("n", "Note", SAID + "\r", "")
            lead.press("J", SAID)
            other = at.keep(self.keyless.connect(at.host, OTHER, MIDDLE, at.host.codes[OTHER]))
            other.until("To come back")
            at.join(CHIEF, MIDDLE)
            at.host.stop()
        self.key = self.keyed.key.with_suffix(".key.pub").read_text().split()[1]
        self.save, self.seats = save, beside(save)
        self.log = save.with_name(save.name.replace(".ttx.toml", ".host.log"))

    @property
    def people(self) -> dict[str, str]:
        """What tells of a person, by what it is."""
        return {
            "what was typed": "Zmention",
            "the key": self.key,
            "the fingerprint": fingerprint(f"ssh-ed25519 {self.key}"),
            "the comment of the key": "Zkeyname",
            "the other's name": "Zkeyless",
            "the address": HERE,
            "a code": self.codes[LEAD],
            "another code": self.codes[OTHER],
            "the place on the disk": str(self.save.parent),
            "the client": "OpenSSH",
            "the terminal": "xterm",
        }

    def held(self, text: str) -> set[str]:
        """What of it stands in a text."""
        return {what for what, words in self.people.items() if words in text}


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    return Evening(tmp_path_factory.mktemp("evening"))


def test_the_save_holds_what_was_typed(evening: Evening) -> None:
    assert {"what was typed"} == evening.held(evening.save.read_text())


def test_the_seats_hold_keys_and_no_code(evening: Evening) -> None:
    assert {"the key"} == evening.held(evening.seats.read_text())


def test_the_log_holds_addresses(evening: Evening) -> None:
    assert {"the address"} == evening.held(evening.log.read_text())


def test_the_packed_run_holds_save_and_seats(evening: Evening) -> None:
    out = evening.save.parent / "packed.ttx-host"
    ttx_("pack", evening.save, "--out", out)
    held = out.read_bytes().decode("utf-8", "replace")  # an archive that nothing squeezes
    assert {"what was typed", "the key"} == evening.held(held)


@pytest.mark.parametrize("more", [[], ["--anonymous"]])
@pytest.mark.parametrize(
    "words", [["report"], ["export", "--format", "jsonl"], ["replay", "--plain"]]
)
def test_what_is_made_of_it_holds_what_was_typed(
    evening: Evening, words: list[str], more: list[str], tmp_path: Path
) -> None:
    verb, *rest = words
    out: list[str | Path] = ["--out", tmp_path / ("out.html" if verb == "report" else "out")]
    printed, _ = ttx_(verb, evening.save, *rest, *(out if verb != "replay" else []), *more)
    texts = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    told = "\n".join((*texts, printed if verb == "replay" else ""))
    assert {"what was typed"} == evening.held(told)


def test_names_that_are_told_are_masked(evening: Evening) -> None:
    told, _ = ttx_("replay", evening.save, "--plain", "--anonymous", "--redact", "Zmention")
    assert "[name] asks who signs." in told
    assert set() == evening.held(told)
