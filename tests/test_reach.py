"""Which addresses are listened at, and what is printed of them."""

from __future__ import annotations

import socket

import pytest

from ttx.remote import reach
from ttx.remote.reach import ALONE, Reach, bindable, reached, where

ANY4, ANY6 = "0.0.0.0", "::"  # noqa: S104  # what a host may be told; nothing listens here
FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}
LOCAL = "fe80::7"


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[int, str], str]:
    """This machine's addresses by kind and by what leads there: an interface, or the way out."""
    known: dict[tuple[int, str], str] = {}
    names = ["", "lo", "eth0", "wlan0"]

    def source(family: socket.AddressFamily, to: str, index: int = 0, name: str = "") -> str:
        assert to
        return known.get((4 if family == socket.AF_INET else 6, name if index else ""), "")

    monkeypatch.setattr(reach, "_source", source)
    monkeypatch.setattr(socket, "if_nameindex", lambda: list(enumerate(names))[1:])
    return known


def test_the_address_that_the_way_out_has_is_printed_and_the_others_told(
    network: dict[tuple[int, str], str],
) -> None:
    network |= {(4, "lo"): "127.0.0.1", (4, "eth0"): "10.0.0.5", (4, "wlan0"): "192.0.2.7"}
    network |= {(4, ""): "192.0.2.7", (6, "eth0"): f"{LOCAL}%eth0", (6, "wlan0"): "2001:db8::7"}

    assert (
        Reach("192.0.2.7", 2222),
        ["The lines say 192.0.2.7; this machine is also at 10.0.0.5."],
    ) == reached([ANY4], 2222)
    found, (told,) = reached([ANY6, ANY4], 2222)
    assert Reach("192.0.2.7", 2222) == found
    assert told.endswith(f"is also at 10.0.0.5 and 2001:db8::7 and {LOCAL}%eth0.")


def test_a_network_that_leads_nowhere_is_one(network: dict[tuple[int, str], str]) -> None:
    network |= {(4, "lo"): "127.0.0.1", (4, "eth0"): "10.0.0.5", (4, "wlan0"): ANY4}

    assert (Reach("10.0.0.5", 2222), []) == reached([ANY4], 2222)


def test_no_network_is_said(network: dict[tuple[int, str], str]) -> None:
    network[4, "lo"] = "127.0.0.1"

    assert (Reach("127.0.0.1", 2222), [ALONE]) == reached([ANY6, ANY4], 2222)
    assert (Reach("::1", 2222), [ALONE]) == reached([ANY6], 2222)


def test_the_zone_of_an_address_is_each_machines_own() -> None:
    found, (told,) = reached([f"{LOCAL}%eth0"], 2222)

    assert f"ssh -p 2222 usfj@{LOCAL}%eth0" == found.command("usfj")
    assert told.startswith(f"After {LOCAL}% each player puts")


def test_what_a_player_runs_names_the_host_as_their_ssh_does() -> None:
    assert "ssh-keygen -R '[2001:db8::7]:2222'" == Reach("2001:db8::7", 2222).forget
    assert "ssh-keygen -R '192.0.2.7'" == Reach("192.0.2.7", 22).forget


def test_only_addresses_of_this_machine_alone_are_called_so() -> None:
    alone = "Only people on this machine can come"
    for addresses in (["127.0.0.1"], ["127.0.1.1"], ["::1"], ["::1", "127.0.0.1"]):
        assert alone in where(addresses, 2222, "F")[0]
    for addresses in ([ANY4], ["127.0.0.1", "192.0.2.7"], [ANY6, ANY4]):
        assert alone not in where(addresses, 2222, "F")[0]


def test_everywhere_is_both_kinds_as_far_as_there_are_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match=f"Nothing can listen at :: port {port}: address al"):
            bindable(ANY6, port)
    monkeypatch.setattr(reach, "_free", lambda found, alone: found[0] == FAMILIES[4] or alone)
    assert [ANY4] == bindable(ANY6, 2222)
    assert [ANY4] == bindable(ANY4, 2222)
