"""The portal as people meet it: both faces served on this machine, with the demo's content, and a real browser.

A plugin of pytest (tests/conftest.py names it), because the browser and the database with the demo are made once for the whole run.
"""

import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    StorageStateCookie,
    sync_playwright,
)
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from portal import provision
from portal.accounts import commands, passwords
from portal.app import create_app
from portal.db import Database
from portal.demo.people import PASSWORD, import_demo
from portal.i18n import LANGUAGES
from portal.settings import Face, Mode, Settings
from tests.conftest import Cluster, PortalDatabase
from tests.scanner import running_scanner

FACES: tuple[Face, ...] = ("inwoner", "team")
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Not one name outside this machine can be looked up, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)
PATIENCE = 10_000
"""Milliseconds that a page may take to do what is waited for."""
_HERE = {"127.0.0.1", "localhost"}


class _Quiet(WSGIRequestHandler):
    """Doesn't write a line per request."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the name in Werkzeug
        pass


class Served:
    """A WSGI program on a free port of this machine, in threads of this process."""

    def __init__(self) -> None:
        self.program: Callable[..., Iterable[bytes]] | None = None
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.port

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """Ends it; open connections are closed."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        assert self.program
        return self.program(environ, start_response)


def neutral_place(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Stands in for the neutral address of "Snel weg"."""
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [b"<!doctype html><html lang=nl><link rel=icon href=data:,><title>Weer</title><h1>Het weer</h1>"]


@dataclass
class Live:
    """Both faces on one database with the demo's people; and, as in life, a neutral place somewhere else."""

    database: PortalDatabase
    mode: Mode
    urls: dict[Face, str] = field(default_factory=dict)
    apps: dict[Face, Flask] = field(default_factory=dict)
    neutral_url: str = ""
    post: Path | None = None
    """Where the demo lays its mail and letters."""

    def admin(self) -> psycopg.Connection[Any]:
        """The superuser, to look at what was written, and to let time pass. Commits at the end of a with-block."""
        return psycopg.connect(self.database.admin_dsn)

    def one(self, query: str, *values: object) -> Any:
        """The first value of the first row, as the superuser sees it."""
        with self.admin() as admin:
            row = admin.execute(query, values).fetchone()
        assert row, query
        return row[0]

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows, as the superuser sees them."""
        with self.admin() as admin:
            return admin.execute(query, values).fetchall()

    def idle(self, username: str, minutes: float) -> None:
        """Lets minutes pass in which somebody did nothing."""
        past = timedelta(minutes=minutes)
        with self.admin() as admin:
            admin.execute(
                "UPDATE portaal.session s SET created_at = s.created_at - %s, last_seen_at = s.last_seen_at - %s"
                " FROM portaal.account a WHERE a.id = s.account_id AND a.username = %s",
                (past, past, username),
            )

    def next_code(self, username: str) -> None:
        """Lets half a minute pass for somebody's authenticator app: a code works once, and a story signs in more than once."""
        with self.admin() as admin:
            admin.execute("UPDATE portaal.account SET last_totp_step = NULL WHERE username = %s", (username,))

    def cookie(self, face: Face, username: str) -> StorageStateCookie:
        """The cookie of somebody who is signed in already, without going through the pages; a session of its own each time."""
        app = self.apps[face]
        account = self.one("SELECT public_id FROM portaal.account WHERE username = %s AND face = %s", username, face)
        with app.extensions["database"].plain() as connection:
            token = commands.start_session(connection, account, "test")
        assert token
        client = app.test_client()
        with client.session_transaction() as content:
            content["_user_id"], content["_fresh"] = token, True
        kept = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        assert kept
        return {
            "name": kept.key, "value": kept.value, "domain": "127.0.0.1", "path": "/",
            "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax",
        }  # fmt: skip

    def client(self, face: Face, username: str) -> FlaskClient:
        """A browser without pictures in which somebody is signed in, for what a test does on the side."""
        cookie = self.cookie(face, username)
        client = self.apps[face].test_client()
        client.set_cookie(cookie["name"], cookie["value"])
        return client

    def dossier(self, first_name: str) -> str:
        """The address of the dossier of an inwoner of the demo, on each face."""
        found = self.one(
            "SELECT d.public_id FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id WHERE p.first_name = %s", first_name
        )
        return f"/dossier/{found}"

    def entry(self, title: str) -> str:
        """The address of an entry of the demo, by its first title."""
        return str(
            self.one(
                "SELECT '/dossier/' || d.public_id || '/notitie/' || e.public_id FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id"
                " JOIN casus.entry_version v ON v.entry_id = e.id AND v.number = 1 WHERE v.title = %s",
                title,
            )
        )


@contextmanager
def light_hashes() -> Iterator[None]:
    """Argon2id as always, with less work per password: the demo has forty, and here everybody signs in all day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
        yield


@contextmanager
def served(database: PortalDatabase, keys: dict[Face, dict[str, bytes]], mode: Mode) -> Iterator[Live]:
    """Both faces of a database, in this mode, until the block ends."""
    box = tempfile.TemporaryDirectory(prefix="post-") if mode == "demo" else None
    live = Live(database, mode, post=Path(box.name) if box else None)
    servers = {face: Served() for face in FACES}
    elsewhere = Served()
    beside = ExitStack()
    elsewhere.program = neutral_place
    # By another name, so that it is another site for the browser.
    live.neutral_url = f"http://localhost:{elsewhere.port}/"
    try:
        scanner = beside.enter_context(running_scanner())
        for face, server in servers.items():
            settings = Settings(
                face=face,
                mode=mode,
                database_url=database.url(f"web_{face}"),
                actor_key=database.keys[f"web_{face}"],
                public_url=server.url,
                leave_url=live.neutral_url,
                residents_url=servers["inwoner"].url,
                demo_post=live.post,
                scanner=scanner,
                session_key=keys[face]["session_key"],
                text_key=keys[face]["text_key"],
                document_key=keys[face]["document_key"],
            )
            live.apps[face] = server.program = create_app(settings)
            live.urls[face] = server.url
        yield live
    finally:
        for one in (*servers.values(), elsewhere):
            one.stop()
        for app in live.apps.values():
            app.extensions["database"].dispose()
        beside.close()
        if box:
            box.cleanup()


def new_face_keys() -> dict[Face, dict[str, bytes]]:
    """A session key and a text key for each face, and the key of documents that they share."""
    shared = secrets.token_bytes(32)
    return {face: {"session_key": secrets.token_bytes(32), "text_key": secrets.token_bytes(32), "document_key": shared} for face in FACES}


def fill_with_demo(database: PortalDatabase, keys: dict[Face, dict[str, bytes]]) -> None:
    """Puts the whole demo in a migrated database; nobody stays connected to it."""
    operator = Database(database.url("portaal_operator"), None)
    with light_hashes(), operator.plain() as connection:
        languages = {code for code, language in LANGUAGES.items() if language.complete}
        import_demo(connection, {face: of_face["text_key"] for face, of_face in keys.items()}, languages)
    operator.dispose()


@pytest.fixture(scope="session")
def face_keys() -> dict[Face, dict[str, bytes]]:
    """The session key and the text key of each face."""
    return new_face_keys()


@pytest.fixture(scope="session")
def demo_template(cluster: Cluster, template: str, actor_keys: dict[str, bytes], face_keys: dict[Face, dict[str, bytes]]) -> Iterator[str]:
    """The name of a database with the whole demo in it; nobody stays connected to it."""
    name = cluster.name("demo_template")
    provision.create_database_from_template(cluster.admin_dsn, template, name)
    fill_with_demo(PortalDatabase(cluster, name, actor_keys), face_keys)
    yield name
    provision.drop_database(cluster.admin_dsn, name)


@pytest.fixture(scope="module")
def demo_database(cluster: Cluster, demo_template: str, actor_keys: dict[str, bytes]) -> Iterator[PortalDatabase]:
    """A fresh database with the demo for one test module."""
    name = cluster.name("demo")
    provision.create_database_from_template(cluster.admin_dsn, demo_template, name)
    yield PortalDatabase(cluster, name, dict(actor_keys))
    provision.drop_database(cluster.admin_dsn, name)


@pytest.fixture(scope="module")
def live(demo_database: PortalDatabase, face_keys: dict[Face, dict[str, bytes]]) -> Iterator[Live]:
    """The demo, served: both faces, for one test module."""
    with light_hashes(), served(demo_database, face_keys, "demo") as made:
        yield made


def installed_chromium() -> str | None:
    """Where the machine's own Chromium is; None: there is none. The one without windows first, as it takes about half the processor time."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium: the machine's own, else the one that Playwright brought."""
    with sync_playwright() as playwright:
        # Ctrl-C is ours: what runs is brought to an end first.
        started = playwright.chromium.launch(executable_path=installed_chromium(), args=list(CHROMIUM), handle_sigint=False)
        yield started
        started.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    with chromium() as started:
        yield started


@dataclass
class Watch:
    """Notes what no page may do: errors in the console or in a script, failed requests, and asking another machine."""

    complaints: list[str] = field(default_factory=list)
    offline: bool = False
    """The test itself took the network away: requests may fail."""

    def over(self, context: BrowserContext) -> None:
        """Watches every page of a context."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"error in a script: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A page that is itself an answer such as "not found" makes a line too; the test looks at that answer.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in _HERE:
            self.complaints.append(f"asked another machine: {request.url}")

    def _failed(self, request: Request) -> None:
        # A request that a next page made needless is no failure.
        if not self.offline and request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        # 422 is a form that htmx gets to show again.
        if (
            response.status >= 400
            and response.status != 422
            and not response.request.is_navigation_request()
            and response.request.resource_type != "fetch"
        ):
            self.complaints.append(f"{response.status} for {response.url}")


@dataclass
class People:
    """Opens browsers for people: each with cookies of its own, all of them watched."""

    live: Live
    browser: Browser
    watch: Watch = field(default_factory=Watch)
    _open: list[BrowserContext] = field(default_factory=list)

    def visitor(
        self,
        face: Face,
        *,
        javascript: bool = True,
        width: int = 1280,
        language: str = "nl",
        state: StorageState | None = None,
        **options: Any,
    ) -> Page:
        """An empty page in a fresh browser, not signed in; paths such as "/" are those of the face."""
        context = self.browser.new_context(
            base_url=self.live.urls[face],
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            locale={"nl": "nl-NL", "en": "en-GB", "ar": "ar"}[language],
            storage_state=state,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        self.watch.over(context)
        self._open.append(context)
        return context.new_page()

    def __call__(self, face: Face, username: str, **options: Any) -> Page:
        """A page on which somebody just signed in, through the forms, with the code that the demo shows."""
        page = self.visitor(face, **options)
        page.goto("/inloggen")
        self.sign_in(page, username)
        return page

    def sign_in(self, page: Page, username: str) -> None:
        """Goes through both sign-in pages, from the first, which must be open already."""
        self.live.next_code(username)
        page.fill("#login", username)
        page.fill("#password", PASSWORD)
        page.click("main button[type=submit]")
        page.fill("#code", page.inner_text("#demo-code"))
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/inloggen"))

    def close(self) -> None:
        """Closes every browser."""
        while self._open:
            self._open.pop().close()


@pytest.fixture
def person(live: Live, browser: Browser) -> Iterator[People]:
    """People at the live portal. The test fails when one of their pages complained."""
    people = People(live, browser)
    yield people
    people.close()
    assert people.watch.complaints == []
