"""What every test may ask for: a database server, and fresh databases with the whole lock in place."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal import provision
from portal.demo.postgres import Server, open_server

# The live portal and the browser, made once for all tests that need them.
pytest_plugins = ("tests.live",)

TEMPLATE = "portal_template"
# Setting of a connection: its days are those of people here.
DAYS_OF_PEOPLE = "-c TimeZone=Europe/Amsterdam"
_numbers = itertools.count(1)


class CompiledOnce(BytecodeCache):
    """Keeps each template as it was compiled, for every program that this run makes: they are hundreds, and differ in nothing of the templates."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills in what was kept; Jinja throws it away when the template changed."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates() -> None:
    """Programs that are made from here on share their compiled templates."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledOnce()}


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL with the roles in place, and the passwords, which in the tests are known."""

    server: Server
    passwords: dict[str, str]
    run: str

    @property
    def admin_dsn(self) -> str:
        """Connection text of the superuser, to the maintenance database."""
        return self.server.admin_dsn

    def name(self, purpose: str) -> str:
        """Give a database name that nobody used yet."""
        return f"test_{self.run}_{purpose}_{next(_numbers)}"


@dataclass(frozen=True)
class PortalDatabase:
    """One migrated database. ``keys`` holds the actor key (bytes) of each role that signs actors."""

    cluster: Cluster
    name: str
    keys: dict[str, bytes] = field(repr=False)

    @property
    def admin_dsn(self) -> str:
        """Connection text of the superuser, to this database. Tests that let days pass count them as people here do, so its day is Amsterdam's:
        between 23:00 and 24:00 UTC that is another one, and thirty days over the change of the clock end an hour off. Each other role stays in UTC."""
        dsn = provision.role_dsn(self.cluster.admin_dsn, **self._admin, database=self.name)
        return make_conninfo(dsn, options=DAYS_OF_PEOPLE)

    @property
    def _admin(self) -> dict[str, str]:
        parts = conninfo_to_dict(self.cluster.admin_dsn)
        return {"role": str(parts["user"]), "password": str(parts.get("password") or "")}

    def dsn(self, role: str) -> str:
        """Give the libpq connection text of a role, with the right password."""
        return provision.role_dsn(self.cluster.admin_dsn, role, self.cluster.passwords[role], self.name)

    def url(self, role: str) -> str:
        """Give the SQLAlchemy address of a role, with the right password."""
        return provision.sqlalchemy_url(self.dsn(role))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One server for the whole run; with DATABASE_ADMIN_URL the given one."""
    server = open_server(Path(tmp_path_factory.mktemp("pg")), fast=True)
    server.start()
    passwords = {role: secrets.token_urlsafe(16) for role in provision.LOGIN_ROLES}
    made = Cluster(server, passwords, secrets.token_hex(4))
    try:
        yield made
    finally:
        server.stop()


@pytest.fixture(scope="session")
def actor_keys() -> dict[str, bytes]:
    """The actor key of each role that signs actors."""
    return {role: secrets.token_bytes(32) for role in provision.ACTOR_ROLES}


@pytest.fixture(scope="session")
def template(cluster: Cluster, actor_keys: dict[str, bytes]) -> Iterator[str]:
    """The name of a database that is provisioned, migrated and holds the keys; nobody connects to it."""
    from portal.migrate import migrate

    name = cluster.name(TEMPLATE)
    provision.provision(cluster.admin_dsn, name, cluster.passwords)
    owner = provision.role_dsn(cluster.admin_dsn, provision.OWNER, cluster.passwords[provision.OWNER], name)
    migrate(provision.sqlalchemy_url(owner))
    provision.install_keys(cluster.admin_dsn, name, actor_keys)
    yield name
    provision.drop_database(cluster.admin_dsn, name)


@pytest.fixture(scope="module")
def database(cluster: Cluster, template: str, actor_keys: dict[str, bytes]) -> Iterator[PortalDatabase]:
    """A fresh migrated database for one test module."""
    name = cluster.name("module")
    provision.create_database_from_template(cluster.admin_dsn, template, name)
    yield PortalDatabase(cluster, name, dict(actor_keys))
    provision.drop_database(cluster.admin_dsn, name)
