"""Access that is withdrawn is gone for every request that starts after the answer arrived: four workers, eight readers that keep their connections,
through the server as production has it. Bounded in count, on this machine alone.

Fifty tries each time. A thousand, some minutes: MBT_TRIES=1000 python -m pytest tests/machine/test_withdrawal.py
"""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from portal.accounts import commands
from portal.app import create_app
from portal.assets import ROOT
from portal.db import Database
from portal.demo.supervisor import gunicorn
from portal.settings import Settings
from tests.access.conftest import open_world
from tests.access.world import PEOPLE, public
from tests.conftest import PortalDatabase

TRIES = int(os.environ.get("MBT_TRIES", "50"))
READERS = 8
WORKERS = 4
DOSSIER = f"/dossier/{public('dossier', 1)}"
STOP = f"{DOSSIER}/wie-mag-wat-zien/{public('person', 20)}/stoppen"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Served:
    """A running server and the cookies of who is signed in, by name in the world."""

    port: int
    cookies: dict[str, str]

    def connection(self) -> http.client.HTTPConnection:
        """A connection that is kept."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, connection: http.client.HTTPConnection, who: str, path: str) -> tuple[int, str]:
        """Status and body."""
        connection.request("GET", path, headers={"Cookie": self.cookies[who]})
        with connection.getresponse() as answer:
            return answer.status, answer.read().decode()


@pytest.fixture
def served(database: PortalDatabase, tmp_path: Path) -> Iterator[Served]:
    """The residents' face behind gunicorn with four workers; the owner and a naaste of the world are signed in."""
    open_world(database)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = Settings(
        face="inwoner",
        mode="test",
        database_url=database.url("web_inwoner"),
        actor_key=database.keys["web_inwoner"],
        session_key=secrets.token_bytes(32),
        text_key=secrets.token_bytes(32),
    )
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "MBT_MODE": "test",
        "MBT_FACE": "inwoner",
        "MBT_DATABASE_URL": settings.database_url,
        "MBT_ACTOR_KEY": settings.actor_key.hex(),
        "MBT_SESSION_KEY": settings.session_key.hex(),
        "MBT_TEXT_KEY": settings.text_key.hex(),
        "MBT_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, *gunicorn("portal.wsgi:app", port, tmp_path), "--workers", str(WORKERS)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(port, process, tmp_path / "log")
        yield Served(port, {name: _cookie(database, settings, name) for name in ("owner", "grant whole")})
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def _cookie(database: PortalDatabase, settings: Settings, name: str) -> str:
    """The cookie of somebody who signed in, signed with the key of the server."""
    app = create_app(settings)
    opened: Database = app.extensions["database"]
    number = PEOPLE[name].person
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute(
            "INSERT INTO portaal.account (public_id, person_id, face, username) VALUES (%s, %s, 'inwoner', %s)",
            (public("account", number), number, f"proef{number}"),
        )
    with opened.plain() as connection:
        token = commands.start_session(connection, public("account", number), "proef")
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
    client.get("/hulp")
    opened.dispose()
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie
    return f"{cookie.key}={cookie.value}"


@dataclass
class Reader:
    """Somebody who asks for the dossier again and again over one connection, and notes when each request began and what came."""

    served: Served
    stopped: threading.Event
    seen: list[tuple[float, int]] = field(default_factory=list)

    def run(self) -> None:
        """Until it is stopped."""
        with closing(self.served.connection()) as connection:
            while not self.stopped.is_set():
                begun = time.monotonic()
                status, _body = self.served.get(connection, "grant whole", DOSSIER)
                self.seen.append((begun, status))

    def since(self, moment: float) -> list[int]:
        """What came of requests that began after a moment."""
        return [status for begun, status in reversed(self.seen[-20:]) if begun > moment]


@pytest.mark.timeout(1200)
def test_nobody_reads_in_a_request_that_starts_after_access_was_withdrawn(served: Served, database: PortalDatabase) -> None:
    stopped = threading.Event()
    readers = [Reader(served, stopped) for _ in range(READERS)]
    threads = [threading.Thread(target=reader.run, daemon=True) for reader in readers]
    with closing(served.connection()) as owner:
        token = _TOKEN.search(served.get(owner, "owner", "/hulp")[1])
    assert token
    form = urlencode({"csrf_token": token[1]})
    headers = {"Cookie": served.cookies["owner"], "Content-Type": "application/x-www-form-urlencoded"}
    late, was_open, judged = [], 0, 0
    for thread in threads:
        thread.start()
    try:
        with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
            for _ in range(TRIES):
                admin.execute("UPDATE casus.access_grant SET withdrawn_at = NULL WHERE grantee_id = 20")
                given = time.monotonic()
                _until(lambda moment: any(200 in reader.since(moment) for reader in readers), given)
                was_open += 1
                with closing(served.connection()) as owner:
                    owner.request("POST", STOP, body=form, headers=headers)
                    with owner.getresponse() as answer:
                        withdrawn = time.monotonic()
                        assert answer.status == 303
                _until(lambda moment: sum(len(reader.since(moment)) > 0 for reader in readers) >= 2, withdrawn)
                found = [status for reader in readers for status in reader.since(withdrawn)]
                judged += len(found)
                late += [status for status in found if status != 404]
    finally:
        stopped.set()
        for thread in threads:
            thread.join(timeout=30)
    assert was_open == TRIES
    assert judged >= 2 * TRIES
    assert late == []
    # And of every request of the whole run: none that began while it was withdrawn gave anything else than 404 or the page.
    assert {status for reader in readers for _, status in reader.seen} == {200, 404}


def _until(done: Callable[[float], bool], moment: float) -> None:
    deadline = time.monotonic() + 30
    while not done(moment):
        assert time.monotonic() < deadline, "no reader came through"
        time.sleep(0.001)
