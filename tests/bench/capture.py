"""What one page asks of PostgreSQL, and what it sends, caught from the real program in this process."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from portal import provision
from portal.accounts import commands
from portal.actor import Actor
from portal.app import create_app
from portal.db import Database
from portal.settings import DEMO_CITY, Face, Settings
from tests.bench.city import Bench, Person

ACCEPTED = "gzip, deflate, br, zstd"
"""What today's browsers say that they can unpack."""
PUBLIC_URL = "https://bench.example.nl"
LEAVE_URL = "https://www.example.nl/"


@dataclass(frozen=True)
class Statement:
    """One statement as it goes to PostgreSQL, with its values."""

    sql: str
    values: dict[str, Any]


@dataclass
class Caught:
    """One answer: its length on the line, and its statements per transaction. ``plain`` is the length before compression."""

    address: str
    length: int
    plain: int
    transactions: list[list[Statement]] = field(default_factory=list)
    actor: Actor | None = None

    @property
    def statements(self) -> list[Statement]:
        """All statements, in order."""
        return [statement for transaction in self.transactions for statement in transaction]


def city_file(bench: Bench) -> Path:
    """The demo's city as one that productie takes."""
    place = bench.folder / "city.json"
    place.write_text(json.dumps(json.loads(DEMO_CITY.read_text(encoding="utf-8")) | {"demo": False}), encoding="utf-8")
    return place


def settings(bench: Bench, face: Face) -> Settings:
    """As in production."""
    secrets = bench.secrets
    return Settings(
        face=face,
        mode="productie",
        database_url=provision.sqlalchemy_url(bench.dsn(f"web_{face}")),
        actor_key=bytes.fromhex(secrets.actor_keys[f"web_{face}"]),
        session_key=bytes.fromhex(secrets.session_keys[face]),
        text_key=bytes.fromhex(secrets.text_keys[face]),
        document_key=bytes.fromhex(secrets.document_key),
        public_url=PUBLIC_URL,
        residents_url=PUBLIC_URL,
        leave_url=LEAVE_URL,
        city_file=city_file(bench),
        proxies=1,
    )


def environment(bench: Bench, face: str) -> dict[str, str]:
    """The same for a process of its own."""
    secrets = bench.secrets
    return {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "MBT_MODE": "productie",
        "MBT_FACE": face,
        "MBT_DATABASE_URL": provision.sqlalchemy_url(bench.dsn(f"web_{face}")),
        "MBT_ACTOR_KEY": secrets.actor_keys[f"web_{face}"],
        "MBT_SESSION_KEY": secrets.session_keys[face],
        "MBT_TEXT_KEY": secrets.text_keys[face],
        "MBT_DOCUMENT_KEY": secrets.document_key,
        "MBT_PUBLIC_URL": PUBLIC_URL,
        "MBT_RESIDENTS_URL": PUBLIC_URL,
        "MBT_LEAVE_URL": LEAVE_URL,
        "MBT_CITY_FILE": str(city_file(bench)),
    }


class Portal:
    """One face of the program in this process, with everybody of the bench signed in."""

    def __init__(self, bench: Bench, face: Face) -> None:
        self.face = face
        self.app: Flask = create_app(settings(bench, face))
        self._clients: dict[str, FlaskClient] = {}
        with psycopg.connect(bench.admin_dsn) as admin:
            rows = admin.execute("SELECT username, public_id FROM portaal.account WHERE face = %s", [face]).fetchall()
        self._accounts: dict[str, Any] = dict(rows)

    def client(self, person: Person | None) -> FlaskClient:
        """A browser in which somebody is signed in, or nobody."""
        name = person.username if person else ""
        if name not in self._clients:
            client = self.app.test_client()
            if person:
                with self.app.extensions["database"].plain() as connection:
                    token = commands.start_session(connection, self._accounts[name], "bench")
                assert token
                with client.session_transaction(base_url=PUBLIC_URL) as content:
                    content["_user_id"], content["_fresh"] = token, True
            # The first page puts the form token in the cookie.
            client.get("/hulp", base_url=PUBLIC_URL)
            self._clients[name] = client
        return self._clients[name]

    def cookie(self, person: Person | None) -> str:
        """The header with which that browser shows who it is."""
        kept = self.client(person).get_cookie(self.app.config["SESSION_COOKIE_NAME"], domain="bench.example.nl")
        return f"{kept.key}={kept.value}" if kept else ""

    def get(self, person: Person | None, address: str, coding: str = ACCEPTED) -> tuple[int, bytes, str]:
        """Status, body as it goes over the line, and its coding."""
        answer = self.client(person).get(address, base_url=PUBLIC_URL, headers={"Accept-Encoding": coding})
        return answer.status_code, answer.data, answer.headers.get("Content-Encoding", "")

    def catch(self, person: Person | None, address: str) -> Caught:
        """Gets a page and gives what it took. Raises AssertionError when it isn't one."""
        status, plain, _ = self.get(person, address, "identity")
        assert status == 200, f"{address} answers {status}"
        with _watching(self.app) as (transactions, signed):
            _status, body, coding = self.get(person, address)
        assert coding in ("zstd", "gzip"), "pages are compressed"
        return Caught(address, len(body), len(plain), [one for one in transactions if one], signed[-1] if signed else None)

    def close(self) -> None:
        """Ends the connections."""
        self.app.extensions["database"].dispose()


@contextmanager
def _watching(app: Flask) -> Iterator[tuple[list[list[Statement]], list[Actor]]]:
    """Catches the statements of each transaction, in order, and who was signed for, while it lasts."""
    database: Database = app.extensions["database"]
    engine, signed = database.engine, list[Actor]()
    session = database.session
    transactions: list[list[Statement]] = []
    open_ones: dict[int, list[Statement]] = {}

    def begin(connection: Any) -> None:
        made: list[Statement] = []
        transactions.append(made)
        open_ones[id(connection.connection.dbapi_connection)] = made

    def catch(connection: Any, _cursor: Any, sql: str, values: Any, _context: Any, _many: bool) -> None:
        open_ones[id(connection.connection.dbapi_connection)].append(Statement(sql, dict(values)))

    def remember(actor: Actor, *, one_moment: bool = False) -> Any:
        signed.append(actor)
        return session(actor, one_moment=one_moment)

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", catch)
    database.session = remember  # type: ignore[method-assign]
    try:
        yield transactions, signed
    finally:
        del database.session
        event.remove(engine, "begin", begin)
        event.remove(engine, "before_cursor_execute", catch)


def dossier_address(person: Person, **query: str) -> str:
    """The address of somebody's dossier page."""
    return f"/dossier/{person.public_id}" + (f"?{urlencode(query)}" if query else "")


def last_page_address(bench: Bench, person: Person) -> str:
    """The address of the last page of a long dossier: it goes on from the entry before the last twenty."""
    with psycopg.connect(bench.admin_dsn) as admin:
        row = admin.execute(
            "SELECT public_id::text FROM casus.entry WHERE dossier_id = %s ORDER BY occurred_at, id OFFSET 20 LIMIT 1", [person.dossier]
        ).fetchone()
    assert row is not None
    return dossier_address(person, ouder=row[0])
