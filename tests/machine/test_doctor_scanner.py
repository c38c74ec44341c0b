"""The doctor asks the scanner of each face, and says what somebody has to do when it isn't good."""

import socket
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.doctor import examine
from portal.doctor_found import Found, Process, State
from portal.doctor_scanner import LARGEST, OLD_DAYS, TEST_FILE, scanners
from portal.documents import reasons
from tests.scanner import running_scanner, wrong_scanner

FOUND = b"stream: Eicar FOUND\0"


def face(address: str, mode: str = "productie", name: str = "inwoner") -> Process:
    return Process(name, {"MBT_FACE": name, "MBT_MODE": mode, "MBT_SCANNER": address})


class Fake:
    """A clamd that answers as it is told; signatures of so many days ago."""

    def __init__(self, days: float = 0.0, ping: bytes = b"PONG\0", small: bytes = FOUND, large: bytes = b"stream: OK\0") -> None:
        made = datetime.now(UTC) - timedelta(days=days)
        self.answers = {b"zPING": ping, b"zVERSION": f"ClamAV 1.4.6/27800/{made:%a %b %d %H:%M:%S %Y}\0".encode()}
        self.small, self.large = small, large

    def __call__(self, line: socket.socket) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += line.recv(1)
        if command != b"zINSTREAM\0":
            line.sendall(self.answers[command.rstrip(b"\0")])
            return
        total = 0
        while length := struct.unpack("!I", line.recv(4, socket.MSG_WAITALL))[0]:
            total += len(line.recv(length, socket.MSG_WAITALL))
        line.sendall(self.small if total == len(TEST_FILE) else self.large)


def only(found: list[Found]) -> Found:
    [one] = found
    return one


def test_a_good_scanner_is_good_and_is_asked_once(tmp_path: Path) -> None:
    with wrong_scanner(tmp_path, Fake()) as address:
        found = only(list(scanners([face(address), face(address, name="team")])))
    assert found.state is State.GOOD
    assert f"{datetime.now(UTC):%Y-%m-%d}" in found.text


@pytest.mark.parametrize(
    ("fake", "sentence"),
    [
        (Fake(days=OLD_DAYS + 0.1), f"{OLD_DAYS} days old"),
        (Fake(small=b"stream: OK\0"), "does not find"),
        (Fake(large=b"stream: Heuristics.Limits.Exceeded FOUND\0"), "20 MB"),
        (Fake(large=b"INSTREAM size limit exceeded. ERROR\0"), "20 MB"),
        (Fake(ping=b"220 mail.example ESMTP\0"), "no clamd"),
        (Fake(ping=b"PONG"), "no whole answer"),
    ],
)
def test_a_scanner_that_is_not_good_is_something_to_do(tmp_path: Path, fake: Fake, sentence: str) -> None:
    with wrong_scanner(tmp_path, fake) as address:
        found = only(list(scanners([face(address)])))
    assert found.state is State.DO
    assert sentence in found.text


def test_signatures_of_yesterday_are_new_enough(tmp_path: Path) -> None:
    with wrong_scanner(tmp_path, Fake(days=OLD_DAYS - 0.1)) as address:
        assert only(list(scanners([face(address)]))).state is State.GOOD


def test_no_scanner_is_something_to_do_for_each_face_and_for_no_other_process(tmp_path: Path) -> None:
    found = list(scanners([face(""), face("", name="team"), Process("jobs", {"MBT_MODE": "productie"}), face(f"unix:{tmp_path}/nobody")]))
    assert [one.state for one in found] == [State.DO] * 3
    assert ["has no MBT_SCANNER" in one.text for one in found] == [True, True, False]


def test_the_doctor_asks_it_with_everything_else() -> None:
    assert [found.text for found in examine([face("")], None) if found.text.startswith("Scanner: inwoner has no")]


def test_an_address_that_is_none_is_said_with_the_settings() -> None:
    assert list(scanners([face("tcp:elsewhere.example:3310")])) == []


def test_a_list_of_one_is_enough_for_a_demo_only() -> None:
    with running_scanner() as address:
        assert only(list(scanners([face(address, "demo")]))).state is State.NOTE
        serious = only(list(scanners([face(address)])))
    assert serious.state is State.DO
    assert "run freshclam" in serious.text


def test_it_tries_a_file_as_large_as_a_document_may_be() -> None:
    assert LARGEST == reasons.LARGEST
