"""Two hundred people fill in a melding at the same moment, through the server as production has it. None of them is turned away, none loses a word."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from portal.assets import ROOT
from portal.demo.supervisor import gunicorn
from tests.conftest import PortalDatabase

PEOPLE = 200
PATIENCE = 120
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/melding", {"for_whom": "zelf"}),
    ("/melding/stap/vraag", {"words": "Vraag van {n}"}),
    ("/melding/stap/nu", {}),
    ("/melding/stap/wie", {"name": "Persoon {n}"}),
    ("/melding/stap/bereiken", {"reach_ways": "langskomen"}),
    ("/melding/stap/veilig", {}),
    ("/melding/stap/praten", {}),
    ("/melding/nakijken", {}),
)


@pytest.fixture
def served(database: PortalDatabase, tmp_path: Path) -> Iterator[str]:
    """The residents' face behind gunicorn; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "MBT_MODE": "test",
        "MBT_FACE": "inwoner",
        "MBT_DATABASE_URL": database.url("web_inwoner"),
        "MBT_ACTOR_KEY": database.keys["web_inwoner"].hex(),
        "MBT_SESSION_KEY": os.urandom(32).hex(),
        "MBT_TEXT_KEY": os.urandom(32).hex(),
        "MBT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MBT_PROXIES": "1",
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *gunicorn("portal.wsgi:app", port, tmp_path)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _wait(f"http://127.0.0.1:{port}", process, tmp_path / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/melding", timeout=5).close()  # noqa: S310 - our own server
        except urllib.error.URLError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        else:
            return


def fill_in(url: str, number: int) -> str:
    """One person, from the first page to the receipt; gives the number of the melding. Raises what goes wrong."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    # Everybody comes from another place, as the proxy in front says.
    browser.addheaders = [("X-Forwarded-For", f"10.0.{number // 250}.{number % 250 + 1}")]
    for address, fields in STEPS:
        page = browser.open(url + address, timeout=PATIENCE).read().decode()
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token, address
        form = {"csrf_token": token[1], **{name: value.format(n=number) for name, value in fields.items()}}
        page = browser.open(url + address, urllib.parse.urlencode(form).encode(), timeout=PATIENCE).read().decode()
    found = re.search(r"M-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert found, "no number on the last page"
    return found[0]


def test_two_hundred_people_fill_in_at_once_and_none_fails(served: str, database: PortalDatabase) -> None:
    with ThreadPoolExecutor(PEOPLE) as crowd:
        numbers = list(crowd.map(lambda number: fill_in(served, number), range(PEOPLE)))
    assert len(set(numbers)) == PEOPLE
    with psycopg.connect(database.admin_dsn) as admin:
        rows = admin.execute("SELECT number, words, name FROM casus.melding WHERE number = ANY (%s)", (numbers,)).fetchall()
    assert sorted(rows) == sorted((number, f"Vraag van {n}", f"Persoon {n}") for n, number in enumerate(numbers))
