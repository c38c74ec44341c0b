"""The bench judges as it should, and takes no wrong answer for a page. What it measures is nobody's test."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import load, report
from tests.bench.database import by_turns
from tests.bench.report import compared_row, limit_row, ratio_row, void_unless

REQUEST = load.request("/", host="localhost", cookie="a=b", coding="gzip")


@pytest.mark.parametrize(("value", "met"), [(0.14, False), (0.15, True), (0.30, True), (0.31, False)])
def test_a_ratio_is_judged_by_its_median(value: float, met: bool) -> None:
    row = ratio_row("x", [0.01, value, 9.0], "between", 0.15, 0.30)
    assert (row.met, row.value, row.n) == (met, value, 3)


def test_without_a_goal_there_is_no_verdict() -> None:
    assert ratio_row("x", [1.0], "").met is None


def test_on_a_machine_where_raw_is_out_of_bounds_pages_get_no_verdict() -> None:
    page = ratio_row("page", [0.2], "at least 0.50", 0.5)
    assert void_unless(ratio_row("raw", [0.2], "", 0.15, 0.30), page) == page
    void = void_unless(ratio_row("raw", [0.1], "", 0.15, 0.30), page)
    assert void.met is None
    assert "void" in void.goal


def test_pairs_are_taken_by_turns_and_compared_by_their_medians() -> None:
    done: list[str] = []
    compared = by_turns(lambda: done.append("one"), lambda: done.append("other"), 40)
    assert len(compared.ratios) == 40
    assert done.count("one") == done.count("other") == 50
    assert {done[20], done[22]} == {"one", "other"}, "each goes first in turn"
    assert compared_row("x", compared, "", None, 0.0).met is False


def test_a_limit_may_be_reached() -> None:
    assert limit_row("x", 10, 10).met is True
    assert limit_row("x", 11, 10).met is False


def test_the_table_and_the_file_say_the_same(tmp_path: Path) -> None:
    rows = [limit_row("pages", 11, 10), limit_row("styles", 1, 10)]
    report.write(tmp_path / "build" / "bench.json", {"at": "now"}, rows)
    kept = json.loads((tmp_path / "build" / "bench.json").read_text())
    assert [row["met"] for row in kept["rows"]] == [False, True]
    assert [line.split()[0] for line in report.table(rows).splitlines()] == ["what", "pages", "styles"]
    assert "NO" in report.table(rows)


@contextlib.contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A server that gives everybody the same answer, and then goes."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = server.accept()
        with line, contextlib.suppress(OSError):
            while line.recv(4096):
                line.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    with server:
        yield server.getsockname()[1]
    thread.join(5)


def test_whole_answers_are_counted() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc") as port:
        assert load.run(port, [REQUEST], seconds=0.1, connections=1).answers > 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 500 Oops\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 303 See Other\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_anything_but_a_page_stops_the_run(answer: bytes) -> None:
    with answering(answer) as port, pytest.raises(load.BadAnswerError):
        load.run(port, [REQUEST], seconds=1, connections=1)
