"""The database that is measured: a server and a city of its own, kept between runs because filling it takes minutes."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from portal import provision
from portal.accounts.commands import NewAccount, create_account
from portal.accounts.passwords import hash_password
from portal.accounts.totp import new_secret
from portal.db import Database
from portal.demo import credentials as vault
from portal.demo.people import PASSWORD
from portal.demo.postgres import LocalServer
from portal.demo.processes import write_private
from portal.migrate import migrate
from portal.seed import fill
from portal.seed_rows import City

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench"
"""A folder in it for each size of city, with a server of its own."""
DATABASE = "bench"
READERS = 40
"""As many ordinary dossiers are read in turn, each by its own inwoner."""
SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "max_wal_size": "8GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
}
"""Unlike the demo's: a city's tables fit in memory, as they would on a real server."""

Admin = psycopg.Connection[Any]


class BenchServer(LocalServer):
    """The demo's server with the memory of a real one. What is written reaches the disk, as in production."""

    def _configure(self) -> None:
        super()._configure()
        path = self.data / "postgresql.auto.conf"
        lines = "".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
        write_private(path, path.read_text(encoding="utf-8") + lines)
        self._hand_over(path)

    @property
    def process_id(self) -> int:
        """Of PostgreSQL, while it runs."""
        assert self._process is not None
        return self._process.pid


@dataclass(frozen=True)
class Person:
    """Somebody who signs in, and the dossier that is opened: ``face`` inwoner or team, with how many entries it has."""

    username: str
    face: str
    person: int
    dossier: int
    public_id: str
    entries: int


@dataclass(frozen=True)
class Bench:
    """A filled database, credentials of all roles, and who signs in: readers, long, short, professional."""

    folder: Path
    server: BenchServer
    secrets: vault.Credentials
    people: dict[str, list[Person]]

    @property
    def admin_dsn(self) -> str:
        """Connection text of the superuser, to the database that is measured."""
        parts = conninfo_to_dict(self.server.admin_dsn)
        return provision.role_dsn(self.server.admin_dsn, str(parts["user"]), str(parts["password"]), DATABASE)

    def dsn(self, role: str) -> str:
        """Connection text of one of our roles."""
        return provision.role_dsn(self.server.admin_dsn, role, self.secrets.passwords[role], DATABASE)


def open_city(residents: int, entries: int, say: Callable[[str], None]) -> Bench:
    """Starts the server and gives the city of this size, filled now when it isn't there yet. Stop ``bench.server`` when done."""
    folder = FOLDER / f"{residents}-{entries}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = BenchServer(folder / "postgres")
    server.start()
    try:
        return _city(folder, server, City(residents, entries), say)
    except BaseException:
        server.stop()
        raise


def clean() -> None:
    """Throws every city away."""
    for folder in FOLDER.glob("*"):
        BenchServer(folder / "postgres").destroy()
    shutil.rmtree(FOLDER, ignore_errors=True)


def _city(folder: Path, server: BenchServer, city: City, say: Callable[[str], None]) -> Bench:
    secrets = vault.load_or_make(folder / "credentials.json")
    bench = Bench(folder, server, secrets, {})
    provision.provision(server.admin_dsn, DATABASE, secrets.passwords)
    migrate(provision.sqlalchemy_url(bench.dsn(provision.OWNER)))
    provision.install_keys(server.admin_dsn, DATABASE, secrets.actor_key_bytes())
    with psycopg.connect(bench.admin_dsn, autocommit=True) as admin:
        if admin.execute("SELECT EXISTS (SELECT FROM casus.person)").fetchone() == (False,):
            begun = time.monotonic()
            counts = fill(admin, city, say)
            admin.execute("VACUUM (ANALYZE)")
            say(f"{sum(counts.values()):,} rows in {time.monotonic() - begun:.0f} s")
        people = _people(admin)
    _make_accounts(bench, [person for group in people.values() for person in group])
    return replace(bench, people=people)


def _people(admin: Admin) -> dict[str, list[Person]]:
    """Whom to sign in as: inwoners of dossiers of about 80 entries, of the longest and the shortest, and a professional with a full caseload."""
    sized = (
        "SELECT d.inwoner_id, d.id, d.public_id::text, count(*) AS n FROM casus.dossier d JOIN casus.entry e ON e.dossier_id = d.id"
        " WHERE NOT EXISTS (SELECT FROM casus.closure c WHERE c.dossier_id = d.id) GROUP BY d.id"
    )

    def inwoners(condition: str, order: str, limit: int) -> list[Person]:
        rows = admin.execute(f"SELECT * FROM ({sized}) s WHERE {condition} ORDER BY {order}, id LIMIT {limit}").fetchall()
        return [Person(f"inwoner{person}", "inwoner", person, dossier, public_id, n) for person, dossier, public_id, n in rows]

    [(professional,)] = admin.execute(
        "SELECT s.person_id FROM casus.staff s JOIN casus.assignment a ON a.staff_id = s.person_id AND a.valid_until IS NULL"
        " WHERE s.role = 'professional' GROUP BY s.person_id ORDER BY count(*) DESC, s.person_id LIMIT 1"
    ).fetchall()
    caseload = admin.execute(
        f"SELECT s.* FROM ({sized}) s JOIN casus.assignment a ON a.dossier_id = s.id"
        " WHERE a.staff_id = %s AND a.valid_until IS NULL ORDER BY abs(s.n - 80), s.id LIMIT 8",
        [professional],
    ).fetchall()
    return {
        "readers": inwoners("n BETWEEN 60 AND 110", "hashint4(id)", READERS),
        "long": inwoners("n >= 1000", "n DESC", 8),
        "short": inwoners("n = 10", "id", 8),
        "professional": [Person(f"medewerker{professional}", "team", professional, row[1], row[2], row[3]) for row in caseload],
    }


def _make_accounts(bench: Bench, people: list[Person]) -> None:
    """Accounts for those who sign in, all with the demo's password."""
    with psycopg.connect(bench.admin_dsn) as admin:
        known = {row[0] for row in admin.execute("SELECT username FROM portaal.account").fetchall()}
    new = {person.username: person for person in people if person.username not in known}
    if not new:
        return
    password_hash = hash_password(PASSWORD)
    database = Database(provision.sqlalchemy_url(bench.dsn("portaal_operator")), None, pool_size=1)
    try:
        with database.plain() as connection:
            for username, person in new.items():
                create_account(
                    connection,
                    bench.secrets.text_key(person.face),
                    NewAccount(person.person, person.face, username, password_hash=password_hash, totp_secret=new_secret()),
                )
    finally:
        database.dispose()


def newest_entry(bench: Bench, person: Person) -> str:
    """The public id of the newest entry of a dossier that everybody in it may read."""
    with psycopg.connect(bench.admin_dsn) as admin:
        row = admin.execute(
            "SELECT public_id::text FROM casus.entry WHERE dossier_id = %s AND audience = 3 AND discuss_until IS NULL"
            " ORDER BY occurred_at DESC LIMIT 1",
            [person.dossier],
        ).fetchone()
    assert row is not None
    return str(row[0])
