"""People with accounts, the program of each face as it is served, and a browser that sends forms as a person does."""

import html
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv6Address
from typing import Any
from uuid import UUID

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts import commands, passwords, totp
from portal.accounts.commands import NewAccount
from portal.app import create_app
from portal.db import Database
from portal.settings import Face, Settings
from tests.conftest import PortalDatabase
from tests.scanner import running_scanner

PASSWORD = "een lang genoeg wachtwoord"
FACES: tuple[Face, ...] = ("inwoner", "team")
DOCUMENT_KEY = secrets.token_bytes(32)


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    person_id: int
    public_id: UUID
    face: Face
    username: str
    email: str
    secret: str
    start_code: str | None = None


@dataclass
class Town:
    """A database in which people are made as the tests need them, and the programs that serve it."""

    database: PortalDatabase
    apps: dict[Face, Flask]
    operator: Database
    teams: dict[str, UUID] = field(default_factory=dict)
    _team_ids: dict[str, int] = field(default_factory=dict)

    def person(self, face: Face = "inwoner", *, staff: bool = False, start_code: str | None = None, name: str = "Sam") -> Person:
        """Somebody with an account on a face; with a start code when that is given, else with PASSWORD and a secret."""
        username = f"{name.lower()}.{secrets.token_hex(4)}"
        secret = totp.new_secret()
        with Session(self.operator.engine) as db:
            number, public = self._insert_person(db, name, username, staff)
            commands.create_account(
                db,
                self.apps[face].extensions["settings"].text_key,
                NewAccount(
                    number, face, username, f"{username}@voorbeeld.nl",
                    password=None if start_code else PASSWORD, totp_secret=None if start_code else secret, start_code=start_code,
                ),
            )  # fmt: skip
            db.commit()
        return Person(number, public, face, username, f"{username}@voorbeeld.nl", secret, start_code)

    def staff(self, role: str = "professional", team: str | None = "Noord", *, name: str = "Daan", start_code: str | None = None) -> Person:
        """Somebody of the team, with an account there."""
        made = self.person("team", staff=True, name=name, start_code=start_code)
        with self.admin() as admin:
            admin.execute(
                "INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on) VALUES (%s, 'hulpverlener', %s, %s, acl.today() - 400)",
                (made.person_id, self._team_ids[team] if team else None, role),
            )
        return made

    def dossier(self, inwoner: Person, *professionals: Person) -> UUID:
        """A dossier of this person, with these professionals assigned from 100 days ago; gives its public id."""
        with self.admin() as admin:
            admin.execute("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1980-01-01')", (inwoner.person_id,))
            number, public = admin.execute(
                "INSERT INTO casus.dossier (inwoner_id, opened_on) VALUES (%s, acl.today() - 100) RETURNING id, public_id",
                (inwoner.person_id,),
            ).fetchone() or (0, UUID(int=0))
            for one in professionals:
                admin.execute(
                    "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (%s, %s, 'vaste', acl.today() - 100)",
                    (number, one.person_id),
                )
        return UUID(str(public))

    def entry(self, dossier: UUID) -> UUID:
        """An entry in a dossier, as the import brings one; gives its public id."""
        number, public = secrets.randbelow(10**9) + 10**6, UUID(bytes=secrets.token_bytes(16), version=4)
        with self.admin() as admin:
            found = admin.execute("SELECT id FROM casus.dossier WHERE public_id = %s", (dossier,)).fetchone()
        values = {"entry": number, "public": public, "dossier": found and found[0]}
        with psycopg.connect(self.database.dsn("portaal_operator")) as operator:
            operator.execute(
                "INSERT INTO casus.entry (id, public_id, dossier_id, section, kind, occurred_at, author_name)"
                " VALUES (%(entry)s, %(public)s, %(dossier)s, 2, 1, now() - interval '1 day', 'Proef')",
                values,
            )
            operator.execute(
                "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
                " VALUES (%(entry)s, 1, %(dossier)s, 2, 0, 'Gesprek', 'Wij spraken elkaar.', 'Proef')",
                values,
            )
        return public

    def admin(self) -> psycopg.Connection[Any]:
        """The superuser, to bring about what time or other programs bring about. Commits at the end of a with-block."""
        return psycopg.connect(self.database.admin_dsn)

    def age_sessions(self, person: Person, *, idle: timedelta = timedelta(0), old: timedelta = timedelta(0)) -> None:
        """Lets time pass for somebody's sessions: ``idle`` since something was done, ``old`` since signing in."""
        with self.admin() as admin:
            admin.execute(
                "UPDATE portaal.session s SET created_at = s.created_at - greatest(%s, %s), last_seen_at = s.last_seen_at - %s"
                " FROM portaal.account a WHERE a.id = s.account_id AND a.person_id = %s",
                (old, idle, idle, person.person_id),
            )

    def browser(self, face: Face) -> "Browser":
        """A fresh browser on a face."""
        return Browser(self.apps[face])

    def signed_in(self, person: Person) -> "Browser":
        """A browser in which somebody is signed in already, without going through the pages."""
        app = self.apps[person.face]
        with app.extensions["database"].plain() as connection:
            with self.admin() as admin:
                account = admin.execute(
                    "SELECT public_id FROM portaal.account WHERE person_id = %s AND face = %s", (person.person_id, person.face)
                ).fetchone()
            assert account
            token = commands.start_session(connection, account[0], "test")
        browser = self.browser(person.face)
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return browser

    def _insert_person(self, db: Session, name: str, username: str, staff: bool) -> tuple[int, UUID]:
        public = UUID(bytes=secrets.token_bytes(16), version=4)
        db.execute(
            text("INSERT INTO casus.person (public_id, first_name, last_name, is_staff) VALUES (:public, :first, :last, :staff)"),
            {"public": public, "first": name, "last": username, "staff": staff},
        )
        number = db.execute(text("SELECT currval(pg_get_serial_sequence('casus.person', 'id'))")).scalar_one()
        return int(number), public


class Browser:
    """Reads pages and sends forms with the token that the page holds."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        # Everybody comes from an address of their own, because tries are counted per address too.
        self.client.environ_base["REMOTE_ADDR"] = str(IPv6Address(secrets.randbits(128)))
        self.page: TestResponse | None = None

    def get(self, url: str, **kwargs: Any) -> TestResponse:
        """Opens a page."""
        self.page = self.client.get(url, **kwargs)
        return self.page

    def send(self, url: str, data: Mapping[str, str | list[str]] | None = None, *, page: str | None = None, **kwargs: Any) -> TestResponse:
        """Sends the form at ``url`` as it stands on ``page`` (else at ``url`` itself)."""
        return self.post(url, data, token_of(self.get(page or url)), **kwargs)

    def post(self, url: str, data: Mapping[str, str | list[str]] | None, token: str, **kwargs: Any) -> TestResponse:
        """Sends a form with a token one has already."""
        self.page = self.client.post(url, data={"csrf_token": token, **(data or {})}, **kwargs)
        return self.page

    def sign_in(self, person: Person, *, password: str = PASSWORD, login: str | None = None, **form: str) -> TestResponse:
        """Goes through both pages of signing in; gives the answer to the last one sent."""
        answer = self.send("/inloggen", {"login": login or person.username, "password": password, **form})
        if answer.status_code != 303:
            return answer
        return self.send("/inloggen/code", {"code": fresh_code(person)})


def token_of(page: TestResponse) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, page.text
    return html.unescape(found[1])


def words_of(page: TestResponse) -> str:
    """The text of a page, as one reads it."""
    main = page.text.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", f"<{main}")).split())


def fresh_code(person: Person) -> str:
    """The code of this moment."""
    code = totp.code_to_show(person.secret, None)
    assert code
    return code


@pytest.fixture(scope="module", autouse=True)
def light_hashes() -> Iterator[None]:
    """Argon2id as always, with less work per password: these tests hash hundreds of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
        yield


@pytest.fixture(scope="module")
def town(database: PortalDatabase) -> Iterator[Town]:
    """A fresh town for one test module."""
    apps = {face: create_app(_settings(database, face)) for face in FACES}
    operator = Database(database.url("portaal_operator"), None)
    made = Town(database, apps, operator)
    with made.admin() as admin:
        for name in ("Noord", "Zuid"):
            row = admin.execute("INSERT INTO casus.team (name) VALUES (%s) RETURNING id, public_id", (name,)).fetchone()
            assert row
            made._team_ids[name], made.teams[name] = row
    yield made
    operator.dispose()
    for app in apps.values():
        app.extensions["database"].dispose()


def _settings(database: PortalDatabase, face: Face) -> Settings:
    role = f"web_{face}"
    return Settings(
        face=face,
        mode="test",
        database_url=database.url(role),
        actor_key=database.keys[role],
        session_key=secrets.token_bytes(32),
        text_key=secrets.token_bytes(32),
        document_key=DOCUMENT_KEY,
    )


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """A virus scanner: its address."""
    with running_scanner() as address:
        yield address


@pytest.fixture
def scanner(town: Town, clamd: str) -> Iterator[str]:
    """Both faces ask the virus scanner; gives its address."""
    faces = [app.extensions["settings"] for app in town.apps.values()]
    for settings in faces:
        object.__setattr__(settings, "scanner", clamd)
    yield clamd
    for settings in faces:
        object.__setattr__(settings, "scanner", "")


@pytest.fixture
def count_hashes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often a password was hashed to compare it."""
    calls = 0
    real = PasswordHasher.verify

    def counted(self: PasswordHasher, kept: str, password: str) -> bool:
        nonlocal calls
        calls += 1
        return bool(real(self, kept, password))

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    return lambda: calls
