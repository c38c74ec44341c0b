"""``make drill``: what a bad day asks for, with an invented city and the demo's people, in a folder of its own that is gone afterwards.

Fill, read, seal, back up, destroy the server, restore into a new one; then prove that rows, lock and exports are the same, that the
read log is whole, that people still sign in, and that what is read from now on is sealed too. Exit code 1 when anything differs.
"""

import argparse
import hashlib
import html
import io
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from uuid import UUID

import psycopg
from flask.testing import FlaskClient
from psycopg import sql
from psycopg.conninfo import make_conninfo

from portal import jobs, provision
from portal.actor import Signer
from portal.app import create_app
from portal.audit import restores, verify_read_log
from portal.backup import LEFT_OUT, count_rows, make_backup, value
from portal.db import Database
from portal.demo import credentials as vault
from portal.demo.people import PASSWORD, DemoPerson, demo_people, import_demo
from portal.demo.postgres import LocalServer
from portal.demo.supervisor import DATABASE, PORTS, plain_sentence
from portal.exporting import export_dossier
from portal.i18n import LANGUAGES
from portal.migrate import migrate
from portal.postgres_tools import BackupError, dump
from portal.restore import restore_backup
from portal.seed import fill
from portal.seed_rows import City, SeedRefusedError
from portal.settings import Settings
from portal.settings_file import Secrets

Hash = str
NUMBERS_AHEAD = 3000
SAMPLE = 200
"""Of so many dossiers of the city the copies are compared: all, or in a larger city from the shortest to the longest. Of the demo's all."""


class DrillError(Exception):
    """Something is not as it was, or not as it must be; the text is one plain sentence."""


@dataclass
class Drill:
    """One drill in ``folder``, with this city; ``say`` gets a line per step, and how far it is."""

    folder: Path
    city: City
    say: Callable[[str], None] = lambda text: print(text, flush=True)
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Passwords and keys: of this drill only."""
        self.secrets = vault.load_or_make(self.folder / "credentials.json")
        self.first, self.second = LocalServer(self.folder / "first"), LocalServer(self.folder / "second")
        self.seals = self.folder / "seals.txt"
        self.exported: dict[UUID, Hash] = {}

    def run(self) -> None:
        """The whole drill. Raises DrillError, or what a step raises; no server is left running."""
        try:
            before = self._until_the_disk_is_gone()
            self._back_again(before)
        finally:
            self.first.destroy()
            self.second.destroy()

    def _until_the_disk_is_gone(self) -> "Contents":
        people = [person for person in demo_people() if person.face == "inwoner"]
        with self._step("seed"):
            self.first.start()
            self._fill(self.first)
        with self._step("read and seal"):
            self._run_ahead(self.first)
            self._read_as(self.first, people[0])
            self._seal(self.first)
            self._read_as(self.first, people[1])
        with self._step("export"):
            self.exported = self._exports(self.first)
            self._seal(self.first)
        with self._step("back up"):
            make_backup(self.folder / "backup", self._dsn(self.first), DATABASE, self._say_part)
            self._seal(self.first)
        with self._step("look at what there is"):
            before = contents_of(self._dsn(self.first), DATABASE, self.folder / "before.sql")
        with self._step("destroy"):
            self.first.destroy()
            if self.first.folder.exists():
                raise DrillError("The first server is still there.")
        return before

    def _back_again(self, before: "Contents") -> None:
        person = [person for person in demo_people() if person.face == "inwoner"][2]
        with self._step("restore"):
            self.second.start()
            keys = Secrets(self.secrets.passwords, self.secrets.actor_key_bytes())
            restored = restore_backup(self.folder / "backup", self._dsn(self.second), DATABASE, keys, self._say_part)
            if restored.findings:
                raise DrillError(f"After the restore the read log is not whole: {restored.findings[0]}.")
        with self._step("verify the log"):
            self._verify(self.second)
        with self._step("compare rows and lock"):
            before.must_be(contents_of(self._dsn(self.second), DATABASE, self.folder / "after.sql"))
        with self._step("compare exports"):
            must_be_the_same_exports(self.exported, self._exports(self.second))
        with self._step("sign in, read, seal"):
            lines = self._count(self.second, "casus.read_log")
            self._read_as(self.second, person)
            self._seal(self.second)
            unsealed = self._count(self.second, "casus.read_log") - self._count(self.second, "casus.read_seal_row")
            if unsealed or self._count(self.second, "casus.read_log") == lines:
                raise DrillError("What is read after the restore is not sealed.")
        with self._step("verify the log again"):
            self._verify(self.second)
        self.figures = before.figures | {
            "kB of backup": sum(file.stat().st_size for file in (self.folder / "backup").iterdir()) // 1000,
            "exports": len(self.exported),
            "lines read after the restore": self._count(self.second, "casus.read_log") - lines,
        }

    # --- the parts

    def _fill(self, server: LocalServer) -> None:
        provision.provision(server.admin_dsn, DATABASE, self.secrets.passwords)
        migrate(vault.role_url(server.admin_dsn, DATABASE, self.secrets, provision.OWNER))
        provision.install_keys(server.admin_dsn, DATABASE, self.secrets.actor_key_bytes())
        # The city first: it is refused where there are people already.
        with psycopg.connect(self._dsn(server), dbname=DATABASE, autocommit=True) as admin:
            fill(admin, self.city, self._say_part)
            admin.execute("VACUUM (ANALYZE)")
        operator = Database(vault.role_url(server.admin_dsn, DATABASE, self.secrets, "portaal_operator"), None, pool_size=1)
        try:
            with operator.plain() as connection:
                complete = {code for code, language in LANGUAGES.items() if language.complete}
                import_demo(connection, {face: self.secrets.text_key(face) for face in vault.FACES}, complete)
        finally:
            operator.dispose()

    def _run_ahead(self, server: LocalServer) -> None:
        """Uses up numbers of transactions, as a year of work would, so that a new server begins far below the last seal."""
        with psycopg.connect(self._dsn(server), autocommit=True) as admin:
            for _ in range(NUMBERS_AHEAD):
                admin.execute("SELECT pg_current_xact_id()")

    def _read_as(self, server: LocalServer, person: DemoPerson) -> None:
        """Somebody signs in with password and code, and opens the own dossier and its newest entry: as over the network, without it."""
        app = create_app(self._settings(server))
        try:
            client = app.test_client()
            sign_in(client, person.username)
            start = client.get("/").text
            dossier = _first(r'href="(/dossier/[0-9a-f-]{36})"', start, "the link to the dossier")
            entry = _first(r'href="(/dossier/[0-9a-f-]{36}/notitie/[0-9a-f-]{36})', client.get(dossier).text, "an entry")
            if client.get(entry).status_code != 200:
                raise DrillError("An entry of the own dossier can't be read.")
        finally:
            app.extensions["database"].dispose()

    def _exports(self, server: LocalServer) -> dict[UUID, Hash]:
        """The hash of a copy as `portal export` writes it: of every dossier of the demo, and of SAMPLE of the city."""
        with psycopg.connect(self._dsn(server), dbname=DATABASE) as admin:
            by_size = admin.execute(
                "SELECT d.public_id, d.id <= %s FROM casus.dossier d LEFT JOIN casus.entry e ON e.dossier_id = d.id"
                " GROUP BY d.id ORDER BY count(e.id), d.id",
                (self.city.residents,),
            ).fetchall()
        of_city, of_demo = ([dossier for dossier, in_city in by_size if in_city is wanted] for wanted in (True, False))
        dossiers = [*of_demo, *spread(of_city, SAMPLE)]
        database = Database(vault.role_url(server.admin_dsn, DATABASE, self.secrets, "casus_uitvoer"), None, pool_size=1)
        found = {}
        try:
            for dossier in dossiers:
                out = io.StringIO()
                export_dossier(database, dossier, out, reader="De oefening", ground="oefening", source="Mijn Buurtteam")
                found[dossier] = hashlib.sha256(out.getvalue().encode()).hexdigest()
        finally:
            database.dispose()
        return found

    def _settings(self, server: LocalServer) -> Settings:
        return Settings.from_environment(vault.face_environment(server.admin_dsn, DATABASE, self.secrets, "inwoner", PORTS, self.folder))

    def _seal(self, server: LocalServer) -> None:
        signer = Signer(jobs.ROLE, self.secrets.actor_key_bytes()[jobs.ROLE])
        worker = Database(vault.role_url(server.admin_dsn, DATABASE, self.secrets, jobs.ROLE), signer, pool_size=1)
        try:
            jobs.seal_read_log(worker)
            if server is self.first:
                jobs.publish_seals(worker, self.seals)
        finally:
            worker.dispose()

    def _verify(self, server: LocalServer) -> None:
        """As the auditor, with the seals that were published before the disk was gone."""
        known = [(int(number), seal) for number, seal in (line.split() for line in self.seals.read_text(encoding="ascii").splitlines())]
        role = "casus_controle"
        with psycopg.connect(provision.role_dsn(server.admin_dsn, role, self.secrets.passwords[role], DATABASE)) as auditor:
            found = [finding.message for finding in verify_read_log(auditor, known)]
            begun_anew = restores(auditor)
        if found or not known:
            raise DrillError(f"The read log is not whole: {found[0] if found else 'nothing was published'}.")
        if not begun_anew:
            raise DrillError("The numbers of transactions did not begin anew, so this drill proved nothing about them.")

    def _count(self, server: LocalServer, table: Literal["casus.read_log", "casus.read_seal_row"]) -> int:
        with psycopg.connect(self._dsn(server), dbname=DATABASE) as admin:
            return count_rows(admin)[table]

    @staticmethod
    def _dsn(server: LocalServer) -> str:
        return server.admin_dsn

    def _say_part(self, text: str) -> None:
        self.say(f"    {text}")

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - begun
        self.say(f"  {name:24} {self.seconds[name]:6.1f} s")


@dataclass(frozen=True)
class Contents:
    """What a database holds: a hash of all rows per table, and of everything else (tables, functions, policies, rights)."""

    rows: dict[str, tuple[int, Hash]]
    definitions: Hash
    figures: dict[str, int]

    def must_be(self, other: "Contents") -> None:
        """Raises DrillError, which names the table, when the other holds something else."""
        for table in sorted(self.rows.keys() | other.rows.keys()):
            if self.rows.get(table) != other.rows.get(table):
                raise DrillError(f"The rows of {table} are not what they were.")
        if self.definitions != other.definitions:
            raise DrillError("Tables, functions, policies or rights are not what they were (before.sql and after.sql).")


def spread(dossiers: Sequence[UUID], number: int) -> list[UUID]:
    """So many of them (2 or more), evenly spread from the first to the last; all when there are no more."""
    if len(dossiers) <= number:
        return list(dossiers)
    return [dossiers[place * (len(dossiers) - 1) // (number - 1)] for place in range(number)]


def must_be_the_same_exports(before: Mapping[UUID, Hash], after: Mapping[UUID, Hash]) -> None:
    """Raises DrillError unless there are copies of the same dossiers and each is the same, to the letter."""
    if not before or before.keys() != after.keys():
        raise DrillError("There are not as many dossiers as there were.")
    for number, dossier in enumerate(before, 1):
        if before[dossier] != after[dossier]:
            raise DrillError(f"The export of dossier {number} is not what it was.")


def contents_of(admin_dsn: str, database: str, schema_file: Path) -> Contents:
    """Looks at all of ``database`` as the superuser; what it is made of is written to ``schema_file`` by pg_dump."""
    rows = {}
    with psycopg.connect(make_conninfo(admin_dsn, dbname=database)) as admin:
        counted = count_rows(admin)
        for table in counted:
            name = sql.Identifier(*table.split("."))
            without = sql.SQL("")
            if table == "casus.read_seal":
                # The seal that a restore adds is the only one with a lower horizon than the one before.
                without = sql.SQL(" WHERE t.id <= (SELECT max(r.seal_id) FROM casus.read_seal_row r)")
            if table == "casus.change_log":
                without = sql.SQL(" WHERE t.event <> 'database.restored'")
            digest, number = hashlib.sha256(), 0
            with admin.cursor(name="rows") as cursor:
                cursor.itersize = 5000
                cursor.execute(sql.SQL('SELECT t::text FROM {} t{} ORDER BY t::text COLLATE "C"').format(name, without))
                for (row,) in cursor:
                    digest.update(f"{row}\n".encode())
                    number += 1
            rows[table] = (number, digest.hexdigest())
        size = int(value(admin, "SELECT pg_database_size(current_database())"))
    dump(admin_dsn, database, ["--schema-only", f"--file={schema_file}"], lambda _: None)
    text = schema_file.read_text(encoding="utf-8")
    # Remarks hold moments and numbers of this server, and pg_dump guards its own file with a random word.
    definitions = "\n".join(line for line in text.splitlines() if not line.startswith(("--", "\\restrict", "\\unrestrict")))
    figures = {
        "tables": len(counted),
        "rows": sum(counted.values()),
        "dossiers": counted["casus.dossier"],
        "entries": counted["casus.entry"],
        "lines": counted["casus.read_log"],
        "kB of database": size // 1000,
    }
    return Contents(rows, hashlib.sha256(definitions.encode()).hexdigest(), figures)


def sign_in(client: FlaskClient, username: str) -> None:
    """Signs in as the pages of the demo ask it: user name and password, then the code that they show. Raises DrillError."""
    page = client.get("/inloggen").text
    step = client.post("/inloggen", data={"csrf_token": _token(page), "login": username, "password": PASSWORD})
    if step.status_code != 303:
        raise DrillError("The password of a demo person is not accepted.")
    page = client.get("/inloggen/code").text
    code = _first(r'id="demo-code"[^>]*>(\d{6})<', page, "the code of the second step")
    if client.post("/inloggen/code", data={"csrf_token": _token(page), "code": code}).status_code != 303:
        raise DrillError("The code of the second step is not accepted.")


def _token(page: str) -> str:
    return _first(r'name="csrf_token" value="([^"]+)"', page, "the token of the form")


def _first(pattern: str, page: str, what: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise DrillError(f"A page does not show {what}.")
    return html.unescape(found[1])


def main(arguments: list[str] | None = None) -> int:
    """Runs one drill. Gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m portal.demo.drill", description=__doc__)
    parser.add_argument("--residents", type=int, default=200, help="of the invented city (default: %(default)s)")
    parser.add_argument("--entries", type=int, default=20_000, help="in their dossiers, all together (default: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        city = City(options.residents, options.entries)
    except SeedRefusedError as refused:
        parser.error(str(refused))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mijn-buurtteam-drill-") as folder:
        drill = Drill(Path(folder), city)
        print("A drill with invented people: fill, read, back up, destroy, restore, prove.", flush=True)
        try:
            drill.run()
        except DrillError as different:
            print(f"\nThe drill failed. {different}", file=sys.stderr)
            return 1
        except Exception as problem:
            sentence = str(problem) if isinstance(problem, BackupError) else plain_sentence(problem)
            print(f"\nThe drill stopped. {sentence}", file=sys.stderr)
            return 1
    figures = ", ".join(f"{name} {count:,}" for name, count in drill.figures.items())
    print(f"Everything is as it was: {figures}. Not copied: rows of {', '.join(LEFT_OUT)}. {time.monotonic() - begun:.1f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
