"""Where a sweep happens outside the test suite: a database with the demo and the stage, the portal that serves it, and a browser."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from portal import provision
from portal.demo.postgres import LocalServer, open_server
from portal.i18n import LANGUAGES
from portal.migrate import migrate
from tests.conftest import Cluster, PortalDatabase
from tests.live import PATIENCE, Live, Watch, chromium, fill_with_demo, light_hashes, new_face_keys, served
from tests.pages.checks import bring_axe
from tests.pages.stage import Stage, set_the_stage
from tests.pages.verdict import everybody


@dataclass
class Theatre:
    """``modes`` as in tests/pages/conftest.py; ``names``: those of everybody on the stage."""

    modes: dict[str, Live]
    stage: Stage
    browser: Browser
    names: re.Pattern[str]
    watch: Watch = field(default_factory=Watch)
    _tabs: dict[str, Page] = field(default_factory=dict)

    def live(self, language: str) -> Live:
        """The portal that offers this language."""
        return self.modes["demo" if LANGUAGES[language].complete else "test"]

    def tab(self, language: str) -> Page:
        """The tab for all pages in a language; made once."""
        if language not in self._tabs:
            locale = LANGUAGES[language].locale.replace("_", "-")
            context = self.browser.new_context(locale=locale, reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            self.watch.over(context)
            bring_axe(context)
            self._tabs[language] = context.new_page()
        return self._tabs[language]


@contextmanager
def open_database(folder: Path) -> Iterator[PortalDatabase]:
    """A migrated database on a server that lives in this folder, or on the given one; gone at the end, or at the next start."""
    server = open_server(folder, fast=True)
    if isinstance(server, LocalServer):
        # What a sudden end left behind.
        server.destroy()
    server.start()
    try:
        passwords = {role: secrets.token_urlsafe(16) for role in provision.LOGIN_ROLES}
        cluster = Cluster(server, passwords, secrets.token_hex(4))
        database = PortalDatabase(cluster, cluster.name("sweep"), {role: secrets.token_bytes(32) for role in provision.ACTOR_ROLES})
        try:
            provision.provision(cluster.admin_dsn, database.name, passwords)
            migrate(database.url(provision.OWNER))
            provision.install_keys(cluster.admin_dsn, database.name, database.keys)
            yield database
        finally:
            provision.drop_database(cluster.admin_dsn, database.name)
    finally:
        server.stop()
        if isinstance(server, LocalServer):
            server.destroy()


@contextmanager
def open_theatre(folder: Path) -> Iterator[Theatre]:
    """Everything a sweep needs; ``folder`` for the server of the database."""
    with open_database(folder) as database, light_hashes():
        keys = new_face_keys()
        fill_with_demo(database, keys)
        with served(database, keys, "demo") as demo, served(database, keys, "test") as test, chromium() as browser:
            stage = set_the_stage(demo)
            yield Theatre({"demo": demo, "test": test}, stage, browser, everybody(demo))
