"""The virus scanner: a real clamd, none at all, and everything else that may listen there. Only one answer lets a file in."""

import socket
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal import clamd
from portal.clamd import NoAnswer, ask, is_address, scan_stream, signatures_of
from portal.demo import scanner as demo_scanner
from portal.doctor_scanner import TEST_FILE
from portal.documents.reasons import LARGEST, Refused, Why
from portal.documents.scanner import scan
from tests.documents import good_files
from tests.scanner import running_scanner, wrong_scanner


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_scanner() as made:
        yield made


def why(data: bytes, address: str) -> Why:
    with pytest.raises(Refused) as refused:
        scan(data, address)
    return refused.value.reason


def read_all(line: socket.socket) -> bytes:
    """The whole file that somebody sends to be looked at."""
    assert line.recv(10, socket.MSG_WAITALL) == b"zINSTREAM\0"
    data = b""
    while length := struct.unpack("!I", line.recv(4, socket.MSG_WAITALL))[0]:
        data += line.recv(length, socket.MSG_WAITALL)
    return data


@pytest.mark.parametrize("name", good_files.GOOD)
def test_a_clean_file_comes_through(address: str, name: str) -> None:
    scan(good_files.GOOD[name](), address)


def test_a_file_of_20_mb_comes_through_and_a_larger_one_does_not(address: str) -> None:
    scan(bytes(LARGEST), address)
    assert why(bytes(LARGEST + 2_000_000), address) is Why.NO_SCANNER


def test_a_dangerous_file_is_found_also_inside_another(address: str) -> None:
    assert why(TEST_FILE, address) is Why.INFECTED
    assert why(good_files.packed(good_files.docx_parts() | {"word/media/a.png": TEST_FILE}), address) is Why.INFECTED


def test_without_a_scanner_nothing_comes_through(tmp_path: Path) -> None:
    for nowhere in (
        "",
        f"unix:{tmp_path}/nobody",
        f"unix:{'x' * 300}",
        "tcp:127.0.0.1:1",
        "tcp:elsewhere.example:3310",
        "tcp:127.0.0.1:99999",
    ):
        assert why(b"Beste Danny", nowhere) is Why.NO_SCANNER


def test_what_is_sent_is_the_file_itself(tmp_path: Path) -> None:
    got: list[bytes] = []

    def answer(line: socket.socket) -> None:
        got.append(read_all(line))
        line.sendall(b"stream: OK\0")

    with wrong_scanner(tmp_path, answer) as fake:
        for data in (b"a", bytes(range(256)) * 1000):
            scan(data, fake)
            assert got.pop() == data


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", Why.NO_SCANNER),
        (b"\0", Why.NO_SCANNER),
        (b"OK\0", Why.NO_SCANNER),
        (b"stream: OK", Why.NO_SCANNER),
        (b"stream: OK\n", Why.NO_SCANNER),
        (b"stream: O", Why.NO_SCANNER),
        (b"stream: OK\0stream: Eicar FOUND\0", Why.NO_SCANNER),
        (b"stream: OK \0", Why.NO_SCANNER),
        (b"stream: ok\0", Why.NO_SCANNER),
        (b"1: stream: OK\0", Why.NO_SCANNER),
        (b"INSTREAM size limit exceeded. ERROR\0", Why.NO_SCANNER),
        (b"stream: Can't allocate memory ERROR\0", Why.NO_SCANNER),
        (b"UNKNOWN COMMAND\0", Why.NO_SCANNER),
        (b"x" * 10_000 + b"\0", Why.NO_SCANNER),
        (b"stream: OK FOUND\0", Why.INFECTED),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Why.INFECTED),
    ],
)
def test_only_the_exact_answer_lets_a_file_in(tmp_path: Path, said: bytes, reason: Why) -> None:
    def answer(line: socket.socket) -> None:
        read_all(line)
        line.sendall(said)

    with wrong_scanner(tmp_path, answer) as fake:
        assert why(b"Beste Danny", fake) is reason


def hangs(line: socket.socket) -> None:
    while line.recv(65536):
        pass


def drips(line: socket.socket) -> None:
    """Says its answer so slowly that each piece comes in time, but the whole doesn't."""
    try:
        while True:
            line.sendall(b"s")
            line.settimeout(0.02)
            try:
                if not line.recv(65536):
                    return
            except TimeoutError:
                pass
    except OSError:
        return


def hangs_up(line: socket.socket) -> None:
    line.recv(4)


def says_ok_before_it_has_all(line: socket.socket) -> None:
    line.recv(10)
    line.sendall(b"stream: OK\0")
    # The file doesn't fit in what waits on the way, so sending it ends in an error.


@pytest.mark.parametrize("answer", [hangs, drips, hangs_up, says_ok_before_it_has_all])
def test_a_scanner_that_does_not_do_its_work_lets_nothing_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[socket.socket], None]
) -> None:
    with wrong_scanner(tmp_path, answer) as fake:
        with pytest.raises(NoAnswer):
            scan_stream(fake, bytes(LARGEST), 0.3)
        monkeypatch.setattr(clamd, "_left", lambda _until: 0.3)
        assert why(bytes(4_000_000), fake) is Why.NO_SCANNER


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("unix:/run/clamav/clamd.ctl", True),
        ("tcp:127.0.0.1:3310", True),
        ("tcp:[::1]:3310", True),
        ("tcp:localhost:3310", True),
        ("", False),
        ("unix:clamd", False),
        ("tcp:127.0.0.1", False),
        ("tcp:127.0.0.1:0", False),
        ("tcp:127.0.0.1:70000", False),
        ("tcp:10.0.0.5:3310", False),
        ("tcp:127.0.0.1.example:3310", False),
        ("/run/clamav/clamd.ctl", False),
    ],
)
def test_a_scanner_is_on_this_machine(text: str, good: bool) -> None:
    assert is_address(text) is good


def test_a_scanner_may_listen_on_a_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        listener.listen()
        with pytest.raises(NoAnswer):
            ask(f"tcp:127.0.0.1:{port}", "PING", 0.2)
        line, _ = listener.accept()
        with line:
            assert line.recv(100) == b"zPING\0"


def test_the_age_of_what_it_knows_is_read_from_its_version(address: str) -> None:
    assert signatures_of(b"ClamAV 1.4.6/27800/Sat Nov 21 09:25:11 2026") == datetime(2026, 11, 21, 9, 25, 11, tzinfo=UTC)
    version = ask(address, "VERSION")
    assert version.startswith(b"ClamAV ")
    # The demo's list has no date.
    assert signatures_of(version) is None
    assert signatures_of(b"ClamAV 1.4.6/27800/gisteren") is None


def test_a_name_that_is_too_long_for_a_socket_is_no_address(tmp_path: Path) -> None:
    assert demo_scanner.address_of(tmp_path / ("x" * 100)) == ""
    assert demo_scanner.address_of(Path("/tmp/kort")) == "unix:/tmp/kort/clamd.sock"
