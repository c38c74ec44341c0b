"""A light source of requests: keep-alive connections in one thread, the same for every variant. It shares the cores with what it measures."""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

CONNECTIONS = 8
LATEST_ANSWER = 10.0


class BadAnswerError(Exception):
    """An answer was not a page, so the run says nothing."""


@dataclass(frozen=True)
class Rate:
    """So many answers in so many seconds."""

    answers: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return self.answers / self.seconds


def request(address: str, *, host: str, cookie: str = "", coding: str = "") -> bytes:
    """The bytes of a GET as a browser sends it."""
    lines = [f"GET {address} HTTP/1.1", f"Host: {host}", "User-Agent: bench", "Accept: text/html"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += [f"Accept-Encoding: {coding}"] if coding else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class _Line:
    """One connection, with one request on its way at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LATEST_ANSWER)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()

    def send(self, content: bytes) -> None:
        self.buffer.clear()
        self.socket.sendall(content)

    def complete(self) -> bool:
        """Reads what there is, and says whether the answer is whole. Raises BadAnswerError."""
        part = self.socket.recv(65536)
        if not part:
            raise BadAnswerError("the server closed the connection")
        self.buffer += part
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self.buffer[:end]).lower()
        if b" 200 " not in head[:16]:
            raise BadAnswerError(f"the answer is {head[:40].decode('latin-1')}")
        where = head.find(b"content-length:")
        if where < 0:
            raise BadAnswerError("the answer has no length")
        return len(self.buffer) >= end + 4 + int(head[where + 15 :].split(b"\r\n", 1)[0])


def run(port: int, requests: Sequence[bytes], *, seconds: float, connections: int = CONNECTIONS) -> Rate:
    """Asks the requests in turn for ``seconds``, a few at the same time. Raises BadAnswerError, or OSError when nobody listens."""
    turn = cycle(requests)
    lines = [_Line(port) for _ in range(connections)]
    selector = selectors.DefaultSelector()
    answers = 0
    try:
        begun = time.perf_counter()
        deadline = begun + seconds
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(next(turn))
        while time.perf_counter() < deadline:
            ready = selector.select(LATEST_ANSWER)
            if not ready:
                raise BadAnswerError("no answer came")
            for key, _events in ready:
                if key.data.complete():
                    answers += 1
                    key.data.send(next(turn))
        return Rate(answers, time.perf_counter() - begun)
    finally:
        selector.close()
        for line in lines:
            line.socket.close()
