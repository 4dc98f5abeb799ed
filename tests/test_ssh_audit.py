from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from door_rig import Host, hosting

pytestmark = pytest.mark.slow

NOT_QUANTUM_SAFE = "does not provide protection against post-quantum attacks"


async def audit(host: Host, *options: str) -> str:
    """What ssh-audit says of an open door."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ssh_audit.ssh_audit", "--no-colors", *options),
        *("--port", str(host.listening.port), "127.0.0.1"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return said.decode()


def remarks(found: dict[str, Any], level: str) -> dict[str, list[str]]:
    """The algorithms that are spoken against at a level, and how."""
    return {
        one["algorithm"]: one["notes"][level]
        for part in ("kex", "key", "enc", "mac")
        for one in found[part]
        if level in one["notes"]
    }


async def test_an_outsider_has_nothing_to_say_against_the_algorithms(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        found = json.loads(await audit(host, "--json", "--skip-rate-test"))

    assert {} == remarks(found, "fail")
    # The one key exchange that OpenSSH before 9.9 shares with this side; newer clients take the
    # safe one before it.
    assert {"curve25519-sha256": [NOT_QUANTUM_SAFE]} == remarks(found, "warn")
    assert [] == found["cves"]
    assert [] == found["additional_notes"]
    assert ["mlkem768x25519-sha256", "curve25519-sha256"] == [
        one["algorithm"] for one in found["kex"][:2]
    ]
    assert ["ssh-ed25519"] == [one["algorithm"] for one in found["key"]]
    assert ["none"] == found["compression"]
    assert {"protocol": "2.0", "software": "ttx", "comments": None, "raw": "SSH-2.0-ttx"} == (
        found["banner"]
    )


async def test_without_the_concession_to_older_clients_there_is_no_warning_at_all(
    tmp_path: Path,
) -> None:
    async with hosting(tmp_path, post_quantum=True) as host:
        said = await audit(host, "--skip-rate-test")

    assert "(kex) mlkem768x25519-sha256" in said
    assert "[fail]" not in said
    assert "[warn]" not in said


async def test_the_audit_prints_the_fingerprint_that_the_host_gives_out(tmp_path: Path) -> None:
    async with hosting(tmp_path) as host:
        said = await audit(host, "--skip-rate-test")

        assert f"(fin) ssh-ed25519: {host.listening.fingerprint}" in said
