"""A backup is one moment of the whole database; put back, on this server or a new one, it is the same, and the read log goes on."""

import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from psycopg import sql

from portal import provision
from portal.audit import restores, verify_read_log
from portal.backup import DUMP, LEFT_OUT, MANIFEST, count_rows, make_backup, read_backup, sha256_of
from portal.cli import main
from portal.demo.postgres import LocalServer
from portal.postgres_tools import BackupError
from portal.provision import ProvisionError
from portal.restore import Restored, restore_backup
from portal.settings_file import Secrets
from tests.access.catalogue_live import differences
from tests.access.conftest import open_world
from tests.access.stage import Stage
from tests.access.world import PEOPLE, Who
from tests.conftest import Cluster, PortalDatabase

JOB = Who(0, "job", "jobs")


def quiet(_: str) -> None:
    """Says nothing."""


def contents(dsn: str) -> dict[str, tuple[int, str]]:
    """Per table the number of rows and a hash of all of them, as the superuser sees them."""
    found = {}
    with psycopg.connect(dsn, options="-c TimeZone=UTC") as admin:
        for table in count_rows(admin):
            name = sql.Identifier(*table.split("."))
            rows = admin.execute(sql.SQL('SELECT t::text FROM {} t ORDER BY t::text COLLATE "C"').format(name)).fetchall()
            found[table] = (len(rows), hashlib.sha256("\n".join(row[0] for row in rows).encode()).hexdigest())
    return found


def but_for_the_restore(found: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Without what a restore itself adds: its own seal and its line in the change log."""
    return {table: rows for table, rows in found.items() if table not in ("casus.read_seal", "casus.change_log")}


class Portal:
    """The portal's own roles on a database, each by its own password: somebody reads, the job seals, the auditor looks."""

    def __init__(self, admin_dsn: str, database: str, cluster: Cluster, keys: dict[str, bytes]) -> None:
        self.dsn = {role: provision.role_dsn(admin_dsn, role, password, database) for role, password in cluster.passwords.items()}
        self.keys = keys

    def _as(self, role: str, who: Who, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.dsn[role]) as connection:
            token = Stage(connection, self.keys).token(who, role)
            connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def read(self) -> None:
        """The owner looks, and the line is committed."""
        self._as("web_inwoner", PEOPLE["owner"], "INSERT INTO casus.read_log (dossier_id, what) VALUES (1, 'overzicht')")

    def seal(self) -> int:
        """The job makes a seal; gives the number of lines."""
        [(lines,)] = self._as("portaal_jobs", JOB, "SELECT acl.seal_read_log()")
        return int(lines)

    def findings(self) -> list[str]:
        """What the auditor finds."""
        with psycopg.connect(self.dsn["casus_controle"]) as auditor:
            return [finding.message for finding in verify_read_log(auditor)]


@pytest.fixture(scope="module")
def busy(database: PortalDatabase) -> PortalDatabase:
    """The world after some readings, with the transaction counter well past that of a new server, and things that are not copied."""
    open_world(database)
    portal = Portal(database.admin_dsn, database.name, database.cluster, database.keys)
    for _ in range(3):
        portal.read()
    assert portal.seal() == 6, "with the three of the world"
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        for _ in range(2000):
            admin.execute("SELECT pg_current_xact_id()")
        admin.execute("INSERT INTO portaal.typed_text VALUES (1, 'inwoner', '/x', 'geheim')")
    portal.read()
    return database


@pytest.fixture(scope="module")
def backup(busy: PortalDatabase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of that."""
    folder = tmp_path_factory.mktemp("backups") / "one"
    make_backup(folder, busy.admin_dsn, busy.name, quiet)
    return folder


@pytest.fixture
def target(cluster: Cluster) -> Iterator[str]:
    """A name for a database on the same server, gone afterwards."""
    name = cluster.name("restored")
    yield name
    provision.drop_database(cluster.admin_dsn, name)


def put_back(backup: Path, database: PortalDatabase, target: str, **options: bool) -> Restored:
    """Restores on the same server."""
    return restore_backup(backup, database.admin_dsn, target, Secrets({}, database.keys), quiet, **options)


def on(dsn: str, database: str) -> str:
    """The same address, for another database."""
    return psycopg.conninfo.make_conninfo(dsn, dbname=database)


def test_a_backup_is_private_and_says_what_it_is(backup: Path, busy: PortalDatabase) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in backup.iterdir()} == {DUMP: 0o600, MANIFEST: 0o600}
    manifest = read_backup(backup)
    assert manifest.rows["casus.read_log"] == 7
    assert manifest.last_seal == 2
    assert manifest.rows["casus.read_seal_row"] == 7, "sealed before it was copied"
    assert not set(LEFT_OUT) & set(manifest.rows)


def test_a_new_server_gets_the_same_rows_and_lock_and_goes_on_sealing(backup: Path, busy: PortalDatabase, tmp_path: Path) -> None:
    passwords = busy.cluster.passwords
    with LocalServer(tmp_path / "new", fast=True) as server:
        restored = restore_backup(backup, server.admin_dsn, "mijn_buurtteam", Secrets(passwords, busy.keys), quiet)
        assert (restored.findings, restored.opened) == ([], True)
        assert set(restored.roles_made) == {*provision.LOGIN_ROLES, *provision.GROUP_ROLES}
        assert restored.programs_missing == ["program_maatjes", "program_oud", "program_planbord", "program_toezicht"]
        dsn = on(server.admin_dsn, "mijn_buurtteam")
        assert but_for_the_restore(contents(dsn)) == but_for_the_restore(contents(busy.admin_dsn))
        with psycopg.connect(dsn) as admin:
            assert differences(admin) == []
            assert admin.execute("SELECT count(*) FROM portaal.typed_text").fetchone() == (0,)
            assert [number for number, _ in restores(admin)] == [3]
            assert admin.execute("SELECT event, person_role FROM casus.change_log ORDER BY id DESC LIMIT 1").fetchone() == (
                "database.restored",
                "operator",
            )
        there = Portal(server.admin_dsn, "mijn_buurtteam", busy.cluster, busy.keys)
        for _ in range(2):
            there.read()
            assert there.seal() == 1, "a new line, with a number far below the old horizon"
            assert there.findings() == []
        there.read()
        assert there.findings() == [], "a line of the last minute is not judged"


def test_the_same_server_takes_it_as_another_database(backup: Path, busy: PortalDatabase, target: str) -> None:
    restored = put_back(backup, busy, target)
    assert (restored.findings, restored.roles_made, restored.opened) == ([], [], True)
    dsn = on(busy.admin_dsn, target)
    assert but_for_the_restore(contents(dsn)) == but_for_the_restore(contents(busy.admin_dsn))
    with psycopg.connect(dsn) as admin:
        assert differences(admin) == []
        assert restores(admin) == [], "the numbers go on"


def test_nothing_is_ever_written_over(backup: Path, busy: PortalDatabase, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in backup.iterdir()}
    with pytest.raises(BackupError, match="never writes over"):
        make_backup(backup, busy.admin_dsn, busy.name, quiet)
    assert {path.name: path.read_bytes() for path in backup.iterdir()} == before
    with pytest.raises(ProvisionError, match="is not empty"):
        restore_backup(backup, busy.admin_dsn, _filled(busy), Secrets({}, {}), quiet)


def _filled(database: PortalDatabase) -> str:
    """A database with one table of somebody else's."""
    name = database.cluster.name("filled")
    provision.make_closed_database(database.admin_dsn, name)
    with psycopg.connect(on(database.admin_dsn, name)) as admin:
        admin.execute("CREATE TABLE public.of_somebody_else (a int)")
    return name


def test_a_backup_that_fails_leaves_no_folder(busy: PortalDatabase, tmp_path: Path) -> None:
    for name, said in (("postgres", "holds no case database"), ("not_there", "There is no database not_there")):
        with pytest.raises(BackupError, match=said):
            make_backup(tmp_path / "failed", busy.admin_dsn, name, quiet)
    (tmp_path / "tools").mkdir()
    with pytest.raises(BackupError, match="can't be made"):
        make_backup(tmp_path / "no" / "such", busy.admin_dsn, busy.name, quiet)
    with pytest.raises(ProvisionError, match="superuser"):
        make_backup(tmp_path / "failed", busy.dsn("casus_owner"), busy.name, quiet)
    assert not (tmp_path / "failed").exists()


def _cut(folder: Path) -> None:
    (folder / DUMP).write_bytes((folder / DUMP).read_bytes()[:-1])


def _spoil(folder: Path, **changes: object) -> None:
    found = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({name: value for name, value in (found | changes).items() if value is not None}))


def _cut_and_hidden(folder: Path) -> None:
    (folder / DUMP).write_bytes((folder / DUMP).read_bytes()[:-2000])
    _spoil(folder, files={DUMP: sha256_of(folder / DUMP)})


BROKEN = {
    "cut off, with a hash that fits": (_cut_and_hidden, "can't be put back"),
    "cut off": (_cut, "was changed or cut off"),
    "no data": (lambda folder: (folder / DUMP).unlink(), f"{DUMP} is missing"),
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), f"{MANIFEST} is missing"),
    "half a manifest": (lambda folder: (folder / MANIFEST).write_text('{"format'), "can't be read"),
    "a manifest of something else": (lambda folder: _spoil(folder, format="x"), "not of a backup"),
    "a later form": (lambda folder: _spoil(folder, format_version=2), "another version"),
    "a manifest without rows": (lambda folder: _spoil(folder, rows=None), "is not complete"),
    "a file elsewhere": (lambda folder: _spoil(folder, files={"../x": ""}), "names other files"),
    "other rows": (lambda folder: _spoil(folder, rows={"casus.entry": 1}), "not as many"),
    "of a newer server": (lambda folder: _spoil(folder, server_version=990000), "newer PostgreSQL"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_backup_is_refused_in_a_sentence_and_leaves_nothing(
    backup: Path, busy: PortalDatabase, tmp_path: Path, name: str, target: str
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in backup.iterdir():
        (broken / path.name).write_bytes(path.read_bytes())
    spoil, said = BROKEN[name]
    spoil(broken)
    with pytest.raises(BackupError, match=said):
        put_back(broken, busy, target)
    with psycopg.connect(busy.admin_dsn) as admin:
        assert admin.execute("SELECT FROM pg_database WHERE datname = %s", (target,)).fetchone() is None


def test_without_a_password_no_role_is_made(backup: Path, busy: PortalDatabase, tmp_path: Path) -> None:
    with LocalServer(tmp_path / "new", fast=True) as server:
        with pytest.raises(ProvisionError, match=r"no password was given for them: .*web_team"):
            restore_backup(backup, server.admin_dsn, "mijn_buurtteam", Secrets({"web_inwoner": "x"}, {}), quiet)
        with psycopg.connect(server.admin_dsn) as admin:
            assert admin.execute("SELECT count(*) FROM pg_roles WHERE rolname ~ '^(web|casus|portaal)_'").fetchone() == (0,)


def test_nobody_may_be_connected_to_what_is_filled(backup: Path, busy: PortalDatabase, target: str) -> None:
    provision.make_closed_database(busy.admin_dsn, target)
    with psycopg.connect(on(busy.admin_dsn, target)), pytest.raises(ProvisionError, match="Somebody is connected"):
        put_back(backup, busy, target)


_SLIPPED_IN = (
    "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_name, reader_role, ground, program)"
    " VALUES (now(), '3', 1, 'overzicht', 'x', 'x', 'x', 'x')"
)
TAMPERED = {
    "a changed line": ("UPDATE casus.read_log SET reader_name = 'Niemand' WHERE id = (SELECT min(id) FROM casus.read_log)", "was changed"),
    "a line slipped in": (_SLIPPED_IN, "stands in no seal"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_log_that_is_not_whole_keeps_the_portal_shut_until_somebody_accepts_it(
    cluster: Cluster, busy: PortalDatabase, tmp_path: Path, name: str, target: str
) -> None:
    spoil, said = TAMPERED[name]
    source = cluster.name("tampered")
    provision.create_database_from_template(cluster.admin_dsn, busy.name, source)
    with psycopg.connect(on(cluster.admin_dsn, source)) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(spoil.encode())
    make_backup(tmp_path / "tampered", cluster.admin_dsn, source, quiet)
    restored = put_back(tmp_path / "tampered", busy, target)
    assert len(restored.findings) == 1
    assert said in restored.findings[0]
    assert not restored.opened
    web = provision.role_dsn(cluster.admin_dsn, "web_inwoner", cluster.passwords["web_inwoner"], target)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(web)
    provision.drop_database(cluster.admin_dsn, target)
    assert put_back(tmp_path / "tampered", busy, target, accept_findings=True).opened
    psycopg.connect(web).close()
    provision.drop_database(cluster.admin_dsn, source)


# --- the commands


def run(*arguments: str, admin: str | None) -> tuple[int, str]:
    """Run a command. Gives its exit code and all it said."""
    done = CliRunner().invoke(main, list(arguments), env={"DATABASE_ADMIN_URL": admin})
    return done.exit_code, done.output


def test_the_commands_say_how_far_they_are_and_no_word_of_anybody(busy: PortalDatabase, tmp_path: Path, target: str) -> None:
    admin = busy.cluster.admin_dsn
    code, said = run("backup", str(tmp_path / "b"), "--database", busy.name, admin=admin)
    assert code == 0
    assert "  casus.entry_version\n" in said
    assert "is whole: " in said
    assert "Last seal of the read log: " in said
    settings = tmp_path / "inwoner.env"
    settings.touch(mode=0o600)
    settings.write_text(f"# the residents\nMBT_MODE=test\nMBT_DATABASE_URL='{busy.url('web_inwoner')}'\nMBT_ACTOR_KEY={'a1b2c3' * 11}\n")
    code, more = run("restore", str(tmp_path / "b"), "--database", target, "--settings", str(settings), admin=admin)
    assert code == 0, more
    assert "start codes that were used" in more
    assert "portal keys install" not in more
    assert "Proef" not in said + more
    with psycopg.connect(on(admin, target)) as connection:
        assert connection.execute("SELECT role_name FROM acl.key").fetchall() == [("web_inwoner",)]
    code, again = run("restore", str(tmp_path / "b"), "--database", target, admin=admin)
    assert (code, again.splitlines()[-1]) == (1, f"Error: The database {target} is not empty; a restore writes over nothing.")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_without_the_superusers_address_nothing_is_done(command: str, tmp_path: Path) -> None:
    for given, said in ((None, "is missing"), ("nonsense", "is not an address"), ("host=/nowhere user=x", "does not answer")):
        code, words = run(command, str(tmp_path / "x") if command == "backup" else str(tmp_path), admin=given)
        if command == "restore" and given == "host=/nowhere user=x":
            said = "holds no whole backup"
        assert code == 1
        assert said in words
        assert "Traceback" not in words
