"""Talks to clamd, the scanner of ClamAV, over its own protocol (manual page clamd(8)): a command, an answer, both ended by a zero byte."""

import re
import socket
import struct
import time
from datetime import UTC, datetime

SECONDS = 30.0
"""How long one question may take altogether, however slowly the answer comes."""
_PIECE = 1 << 16
_LONGEST_ANSWER = 4096
_TCP = re.compile(r"tcp:(127\.0\.0\.1|\[::1\]|localhost):([0-9]{1,5})")


class NoAnswer(Exception):
    """There is no scanner at this address, or it gave no whole answer in time."""


def is_address(text: str) -> bool:
    """Whether a text is an address of a scanner on this machine. On another one files would travel in the clear."""
    if text.startswith("unix:/"):
        return True
    tcp = _TCP.fullmatch(text)
    return tcp is not None and 0 < int(tcp[2]) < 65536


def ask(address: str, command: str, seconds: float = SECONDS) -> bytes:
    """The answer to a command without content, such as PING or VERSION. Raises NoAnswer."""
    return _talk(address, command, (), seconds)


def scan_stream(address: str, data: bytes, seconds: float = SECONDS) -> bytes:
    """What clamd says of ``data``, without the zero byte at the end. Raises NoAnswer."""
    pieces = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
    return _talk(address, "INSTREAM", [struct.pack("!I", len(piece)) + piece for piece in pieces] + [struct.pack("!I", 0)], seconds)


def signatures_of(version: bytes) -> datetime | None:
    """When the signatures were made, by the answer to VERSION ("ClamAV 1.4.6/27800/Sat Nov 21 09:25:11 2026"); None when it doesn't say."""
    parts = version.decode("ascii", "replace").split("/", 2)
    try:
        return datetime.strptime(parts[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except (IndexError, ValueError):
        return None


def _connect(address: str, seconds: float) -> socket.socket:
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    tcp = _TCP.fullmatch(address)
    if tcp is None:
        raise NoAnswer
    return socket.create_connection((tcp[1].strip("[]"), int(tcp[2])), seconds)


def _talk(address: str, command: str, pieces: "list[bytes] | tuple[()]", seconds: float) -> bytes:
    until = time.monotonic() + seconds
    try:
        with _connect(address, seconds) as line:
            for piece in (b"z" + command.encode("ascii") + b"\0", *pieces):
                line.settimeout(_left(until))
                line.sendall(piece)
            return _whole_answer(line, until)
    except (OSError, ValueError):
        raise NoAnswer from None


def _whole_answer(line: socket.socket, until: float) -> bytes:
    """Up to the zero byte, after which nothing may come. Raises NoAnswer."""
    said = b""
    while b"\0" not in said:
        line.settimeout(_left(until))
        more = line.recv(_LONGEST_ANSWER)
        said += more
        if not more or len(said) > _LONGEST_ANSWER:
            raise NoAnswer
    answer, _, rest = said.partition(b"\0")
    if rest:
        raise NoAnswer
    return answer


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NoAnswer
    return left
