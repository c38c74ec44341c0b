"""The doctor finds each thing that is wrong, says what to do, changes nothing and shows no secret."""

import json
import secrets
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from click.testing import CliRunner
from psycopg.conninfo import conninfo_to_dict

from portal import provision
from portal.city import load_city
from portal.cli import main
from portal.deadlines import AMSTERDAM
from portal.demo.postgres import LocalServer
from portal.doctor import examine
from portal.doctor_found import Found, Process, State
from portal.settings import DEMO_CITY
from tests.conftest import Cluster, PortalDatabase
from tests.post_office import post_office


@pytest.fixture
def own(cluster: Cluster, template: str, actor_keys: dict[str, bytes]) -> Iterator[PortalDatabase]:
    """A migrated database of this test alone."""
    database = PortalDatabase(cluster, cluster.name("doctor"), dict(actor_keys))
    provision.create_database_from_template(cluster.admin_dsn, template, database.name)
    yield database
    provision.drop_database(cluster.admin_dsn, database.name)


@pytest.fixture(autouse=True)
def without_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scanner has tests of its own (test_doctor_scanner.py), which give each question about it the time it takes."""
    monkeypatch.setattr("portal.doctor_scanner.scanners", lambda _: iter(()))


def inwoner(database: PortalDatabase, **changes: str) -> Process:
    """The settings of the residents' face, all good, with changes."""
    role = "web_inwoner"
    whole = {
        "MBT_MODE": "test",
        "MBT_FACE": "inwoner",
        "MBT_DATABASE_URL": database.url(role),
        "MBT_ACTOR_KEY": database.keys[role].hex(),
        "MBT_SESSION_KEY": secrets.token_hex(32),
        "MBT_TEXT_KEY": secrets.token_hex(32),
    }
    return Process("inwoner", whole | changes)


def jobs(database: PortalDatabase, seals: Path, **changes: str) -> Process:
    """The settings of the background work, all good."""
    role = "portaal_jobs"
    environment = {
        "MBT_MODE": "test",
        "MBT_DATABASE_URL": database.url(role),
        "MBT_ACTOR_KEY": database.keys[role].hex(),
        "MBT_SEALS_FILE": str(seals),
    }
    return Process("jobs", environment | changes)


def to_do(processes: list[Process], admin_dsn: str | None) -> list[str]:
    """What the doctor says that somebody has to do."""
    return [found.text for found in examine(processes, admin_dsn) if found.state is State.DO]


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with room, whatever the machine has."""
    monkeypatch.setattr("portal.doctor.shutil.disk_usage", lambda _: Room(10**12, 0, 5 * 10**11))


class Room(NamedTuple):
    """What shutil.disk_usage gives."""

    total: int
    used: int
    free: int


@pytest.mark.usefixtures("roomy")
def test_what_is_good_is_called_good_and_nothing_is_to_do(own: PortalDatabase, tmp_path: Path) -> None:
    found = list(examine([inwoner(own), jobs(own, tmp_path / "seals.txt")], own.admin_dsn))
    assert [one.text for one in found if one.state is State.DO] == []
    begun = {one.text.partition(":")[0] for one in found if one.state is State.GOOD}
    assert begun == {
        "Settings of inwoner", "Settings of jobs", "Keys", "Database for inwoner", "Database for jobs", "Clock of inwoner", "Clock of jobs",
        "Roles", "Sign-in", "Migrations", "Lock", "Seals", "Outbox", "Disk of the database", "Disk of jobs",
    }  # fmt: skip
    notes = [one.text for one in found if one.state is State.NOTE]
    assert notes == [
        "City: the invented one of the demo.",
        "Published seals: none was made yet.",
        "Teams: the database has no team yet, so names were not compared.",
        "Mail: no mail server is named, so no mail is sent.",
    ]


def test_two_document_keys_are_told(own: PortalDatabase) -> None:
    def to_do(*keys: str) -> list[str]:
        processes = [inwoner(own, MBT_DOCUMENT_KEY=key) for key in keys]
        return [found.text for found in examine(processes, None) if found.text.startswith("Keys: MBT_DOCUMENT_KEY")]

    one, other = secrets.token_hex(32), secrets.token_hex(32)
    assert to_do(one, one) == []
    assert len(to_do(one, other)) == 1


def test_no_secret_is_shown(own: PortalDatabase, tmp_path: Path) -> None:
    processes = [
        inwoner(own),
        jobs(own, tmp_path / "x"),
        inwoner(own, MBT_ACTOR_KEY="ab" * 3),
        inwoner(own, MBT_DATABASE_URL="postgres://a:b@/c"),
    ]
    said = "\n".join(found.text for found in examine(processes, own.admin_dsn))
    hidden = [*own.cluster.passwords.values(), *(key.hex() for key in own.keys.values())]
    hidden += [value for process in processes for name, value in process.environment.items() if name.endswith("_KEY")]
    hidden.append(str(conninfo_to_dict(own.admin_dsn)["password"]))
    assert [secret for secret in hidden if secret in said] == []


def test_the_mail_server_is_asked(own: PortalDatabase, tmp_path: Path) -> None:
    def about_mail(**settings: str) -> list[tuple[State, str]]:
        found = examine([jobs(own, tmp_path / "x", **settings)], own.admin_dsn)
        return [(one.state, one.text) for one in found if one.text.startswith("Mail")]

    with post_office() as office:
        named = {"MBT_SMTP_URL": f"smtp://127.0.0.1:{office.port}", "MBT_MAIL_FROM": "bericht@portaal.example"}
        assert about_mail(**named) == [(State.GOOD, "Mail: the server answers, and takes us.")]
        assert office.taken == []
    [(state, said)] = about_mail(**named)
    assert (state, "does not answer" in said) == (State.DO, True)
    [(state, said)] = about_mail(**named, MBT_MODE="productie")
    assert (state, "smtps" in said) == (State.DO, True)
    assert [one.text for one in examine([inwoner(own)], None) if one.text.startswith("Mail")] == [
        "Mail: the settings of the jobs were not given, so the mail server was not looked at."
    ]


def test_mail_that_waits_is_told(own: PortalDatabase) -> None:
    def about_outbox() -> list[tuple[State, str]]:
        return [(one.state, one.text) for one in examine([], own.admin_dsn) if one.text.startswith("Outbox")]

    assert about_outbox() == [(State.GOOD, "Outbox: no mail waits for longer than it should.")]
    with psycopg.connect(own.admin_dsn) as admin:
        admin.execute("SELECT portaal.queue_mail('nieuws', 'nl', 'inwoner', 'sam@voorbeeld.nl', NULL, NULL, NULL)")
        admin.execute("UPDATE portaal.outbox SET not_before = now() - interval '14 minutes'")
    assert about_outbox()[0][0] is State.GOOD
    with psycopg.connect(own.admin_dsn) as admin:
        admin.execute("UPDATE portaal.outbox SET not_before = now() - interval '16 minutes'")
    assert about_outbox() == [(State.DO, "Outbox: 1 mails should have gone 15 minutes ago; start `portal jobs`.")]
    with psycopg.connect(own.admin_dsn) as admin:
        admin.execute("DELETE FROM portaal.outbox")


_KEY = secrets.token_hex(32)
_ADDRESSES = {"MBT_CITY_FILE": "/etc/stad.json", "MBT_PUBLIC_URL": "https://portaal.example", "MBT_LEAVE_URL": "https://elders.example"}
_WAITING = (
    "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_name, reader_role, ground, program)"
    " VALUES (now() - interval '6 minutes', pg_current_xact_id(), 1, 'overzicht', 'x', 'x', 'x', 'x')"
)
SETTINGS: dict[str, tuple[dict[str, str], str]] = {
    "a setting that is missing": ({"MBT_TEXT_KEY": ""}, "Settings of inwoner: MBT_TEXT_KEY is missing."),
    "a key of the demo": (
        _ADDRESSES | {"MBT_MODE": "productie", "MBT_ACTOR_KEY": f"demo:{_KEY}"},
        "Settings of inwoner: MBT_ACTOR_KEY is a key of the demo",
    ),
    "a key twice": ({"MBT_TEXT_KEY": _KEY, "MBT_SESSION_KEY": _KEY}, "Settings of inwoner: Two keys are the same"),
    "a short key": ({"MBT_SESSION_KEY": "0123456789abcdef"}, "Settings of inwoner: MBT_SESSION_KEY is too short"),
    "no address of the database": ({"MBT_DATABASE_URL": "nonsense"}, "Settings of inwoner: MBT_DATABASE_URL is missing or is not"),
    "another actor key": ({"MBT_ACTOR_KEY": _KEY}, "Keys: the database holds another actor key for web_inwoner"),
}


@pytest.mark.usefixtures("roomy")
@pytest.mark.parametrize("name", SETTINGS)
def test_a_wrong_setting_is_found(own: PortalDatabase, name: str) -> None:
    changes, said = SETTINGS[name]
    found = to_do([inwoner(own, **changes)], own.admin_dsn)
    assert any(text.startswith(said) for text in found), found


@pytest.mark.usefixtures("roomy")
def test_a_city_that_nobody_looked_at_for_a_year_is_found(own: PortalDatabase, tmp_path: Path) -> None:
    place = tmp_path / "stad.json"

    def looked(days: int) -> list[str]:
        load_city.cache_clear()
        file = json.loads(DEMO_CITY.read_text(encoding="utf-8")) | {"demo": False}
        today = datetime.now(AMSTERDAM).date()
        for group in [one for one in file.values() if isinstance(one, dict)]:
            group["checked_on"] = str(today - timedelta(days=365))
        file["oco"]["checked_on"] = str(today - timedelta(days=days))
        place.write_text(json.dumps(file), encoding="utf-8")
        return to_do([inwoner(own, MBT_CITY_FILE=str(place)), jobs(own, tmp_path / "seals.txt")], None)

    assert looked(365) == []
    (said,) = looked(366)
    assert said.startswith("City: nobody looked at oco since 20")
    assert "; ask Communicatie, Buurtteam Volwassenen (verzonnen) whether it is right" in said


def test_a_team_that_only_the_file_or_only_the_database_has_is_told(own: PortalDatabase) -> None:
    def about_teams(*names: str) -> list[tuple[State, str]]:
        with psycopg.connect(own.admin_dsn) as admin:
            admin.execute("DELETE FROM casus.team")
            for name in names:
                admin.execute("INSERT INTO casus.team (name) VALUES (%s)", (name,))
        return [(one.state, one.text) for one in examine([inwoner(own)], own.admin_dsn) if one.text.startswith("Teams")]

    district, *rest = load_city(DEMO_CITY, "test").districts
    named = [one.team for one in rest]
    assert about_teams(district.team, *named) == [
        (State.GOOD, f"Teams: the {len(named) + 1} of the database are those of the file of the city.")
    ]
    [(missing, said), (extra, also)] = about_teams(*named, "Buurtteam Oud")
    assert (missing, extra) == (State.DO, State.NOTE)
    assert said.startswith(
        f"Teams: the file of the city has {district.team} for {district.name}, and the database has no team of that name"
    )
    assert also.startswith("Teams: Buurtteam Oud of the database is not in the file of the city")
    assert [text for _state, text in about_teams()] == ["Teams: the database has no team yet, so names were not compared."]


@pytest.mark.usefixtures("roomy")
def test_a_city_that_is_not_there_is_found(own: PortalDatabase) -> None:
    (said,) = to_do([inwoner(own, MBT_CITY_FILE="/nowhere/stad.json")], None)
    assert said == "City of inwoner: MBT_CITY_FILE, /nowhere/stad.json, can't be read (FileNotFoundError)."


@pytest.mark.usefixtures("roomy")
def test_a_key_that_two_processes_share_is_found(own: PortalDatabase, tmp_path: Path) -> None:
    one = inwoner(own)
    other = Process("team", {**one.environment, "MBT_FACE": "team", "MBT_DATABASE_URL": own.url("web_team")})
    assert "Keys: MBT_TEXT_KEY of team is the same as MBT_TEXT_KEY of inwoner; make another with `portal keys rotate`." in to_do(
        [one, other], None
    )


@pytest.mark.usefixtures("roomy")
def test_a_wrong_password_is_found(own: PortalDatabase) -> None:
    wrong = own.url("web_inwoner").replace(own.cluster.passwords["web_inwoner"], "wrong")
    found = to_do([inwoner(own, MBT_DATABASE_URL=wrong)], own.admin_dsn)
    assert found == ["Database for inwoner: does not answer, or refuses this password."]


@pytest.mark.usefixtures("roomy")
def test_a_clock_that_is_off_is_found(own: PortalDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time
    for off, wrong in ((0, False), (1.5, False), (40, True), (-40, True)):
        monkeypatch.setattr("portal.doctor.time.time", lambda off=off: now() + off)
        found = to_do([inwoner(own)], own.admin_dsn)
        assert any(text.startswith("Clock of inwoner: 40 seconds from the database's") for text in found) == wrong, off


SPOILT: dict[str, tuple[str, str]] = {
    "a policy": ("DROP POLICY read ON casus.entry", "Lock: a policy, function or right was changed"),
    "a right": ("GRANT SELECT ON casus.closure TO web_team", "Lock: a policy, function or right was changed"),
    "a right on a column": ("GRANT UPDATE (kind) ON casus.entry TO web_team", "Lock: a policy, function or right was changed"),
    "a right on a schema": ("GRANT CREATE ON SCHEMA casus TO web_team", "Lock: a policy, function or right was changed"),
    "a function": ("ALTER FUNCTION acl.actor() SECURITY INVOKER", "Lock: a policy, function or right was changed"),
    "a trigger": ("ALTER TABLE casus.read_log DISABLE TRIGGER stamp", "Lock: a policy, function or right was changed"),
    "a table that is open": ("ALTER TABLE casus.entry NO FORCE ROW LEVEL SECURITY", "Lock: row level security is off on casus.entry"),
    "a lock from other files": ("COMMENT ON SCHEMA acl IS 'lock x y'", "Lock: it was laid from other files"),
    "a lock nobody laid": ("COMMENT ON SCHEMA acl IS NULL", "Lock: it was laid from other files"),
    "old tables": ("UPDATE public.alembic_version SET version_num = '0001'", "Migrations: the tables are of version 0001"),
    "no tables": ("DROP SCHEMA casus CASCADE", "Migrations: there are no tables"),
    "a line that waits": (_WAITING, "Seals: 1 lines of the read log wait"),
}  # fmt: skip


@pytest.mark.usefixtures("roomy")
@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_in_the_database_is_found(own: PortalDatabase, name: str) -> None:
    spoil, said = SPOILT[name]
    with psycopg.connect(own.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(spoil.encode())
    found = to_do([], own.admin_dsn)
    assert found
    assert found[0].startswith(said), found


@pytest.mark.usefixtures("roomy")
def test_migrating_lays_the_lock_as_the_doctor_knows_it(own: PortalDatabase) -> None:
    with psycopg.connect(own.admin_dsn) as admin:
        admin.execute("GRANT SELECT ON casus.closure TO web_team")
    assert to_do([], own.admin_dsn)
    assert CliRunner().invoke(main, ["migrate"], env={"MBT_DATABASE_URL": own.url("casus_owner")}).exit_code == 0
    assert to_do([], own.admin_dsn) == []


ROLES = {
    "ALTER ROLE web_team BYPASSRLS": "web_team is above the lock",
    "ALTER ROLE web_team CREATEROLE": "web_team is above the lock",
    "ALTER ROLE web_team NOLOGIN": "web_team must be able to sign in",
    "ALTER ROLE casus_acl LOGIN": "casus_acl must not be able to sign in",
    "ALTER ROLE casus_controle PASSWORD NULL": "casus_controle has no password that is kept as SCRAM",
    "GRANT casus_acl TO web_team": "web_team is a member of casus_acl",
    "DROP ROLE casus_vernietiger": "casus_vernietiger is not there",
}


def test_what_is_wrong_with_the_roles_is_found(tmp_path: Path) -> None:
    passwords = {role: secrets.token_urlsafe(16) for role in provision.LOGIN_ROLES}
    with LocalServer(tmp_path / "server", fast=True) as server:
        provision.provision(server.admin_dsn, "portaal", passwords)
        with psycopg.connect(server.admin_dsn, dbname="postgres") as admin:
            admin.execute("REVOKE CONNECT ON DATABASE portaal FROM casus_vernietiger")
            admin.commit()
            assert provision.role_problems(admin) == []
            for spoil, said in ROLES.items():
                admin.execute(spoil.encode())
                [problem] = provision.role_problems(admin)
                assert problem.startswith(said)
                admin.rollback()
            with (server.data / "pg_hba.conf").open("a") as rules:
                rules.write("local all postgres trust\n")
            found = [one.text for one in examine([], server.admin_dsn)]
            assert "Sign-in: line 2 of pg_hba.conf says trust; say scram-sha-256." in found


@pytest.mark.usefixtures("roomy")
def test_a_published_seal_that_the_database_does_not_have_is_found(own: PortalDatabase, tmp_path: Path) -> None:
    place = tmp_path / "seals.txt"

    def found() -> list[Found]:
        return [one for one in examine([jobs(own, place)], own.admin_dsn) if one.text.startswith("Published")]

    with psycopg.connect(own.admin_dsn) as admin:
        admin.execute("INSERT INTO casus.read_seal VALUES (1, now(), '5', 0, '', '', '\\x0a0b')")
    assert found()[0].text.endswith("is not there; start `portal jobs`.")
    for text, state in (("1 0a0b\n", State.GOOD), ("1 0a0c\n", State.DO), ("1 0a0b\n2 aa\n", State.DO), ("x", State.DO), ("", State.DO)):
        place.write_text(text)
        assert [one.state for one in found()] == [state], text


def test_a_full_disk_is_found(own: PortalDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, total, full in ((10**9, 10**10, True), (5 * 10**10, 10**12, True), (3 * 10**9, 10**10, False)):
        monkeypatch.setattr("portal.doctor.shutil.disk_usage", lambda _, total=total, free=free: Room(total, 0, free))
        found = to_do([jobs(own, tmp_path / "seals.txt")], own.admin_dsn)
        assert [text.partition(":")[0] for text in found] == (["Disk of the database", "Disk of jobs"] if full else []), free


def test_a_server_that_is_gone_or_no_superuser_is_said(own: PortalDatabase) -> None:
    assert to_do([], "host=/nowhere user=x password=y") == [
        "Database: does not answer the superuser of DATABASE_ADMIN_URL, or refuses the password."
    ]
    assert to_do([], own.dsn("casus_controle"))[0] == "Database: DATABASE_ADMIN_URL is not the address of a superuser."


# --- the command


def test_the_command_says_a_line_each_and_its_exit_code_tells(own: PortalDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.doctor.shutil.disk_usage", lambda _: Room(10**12, 0, 5 * 10**11))
    file = tmp_path / "inwoner.env"
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={value}\n" for name, value in inwoner(own).environment.items()))

    def run(*more: str, admin: str | None = own.admin_dsn) -> tuple[int, list[str]]:
        done = CliRunner().invoke(
            main, ["doctor", "--database", own.name, *more], env={"DATABASE_ADMIN_URL": admin, "MBT_DATABASE_URL": None}
        )
        assert "Traceback" not in done.output
        return done.exit_code, done.output.splitlines()

    code, lines = run("--settings", str(file))
    assert (code, lines[-1]) == (0, "12 good, 0 to do.")
    assert lines[0] == "good   Settings of inwoner: whole and safe, for test."
    code, lines = run(admin=None)
    assert code == 0
    assert [line.split(":")[0] for line in lines[:2]] == ["note   Settings", "note   Database"]
    file.chmod(0o644)
    code, lines = run("--settings", str(file))
    assert (code, "Others on this machine can read" in lines[-1]) == (1, True)


def test_without_a_demo_it_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["doctor", "--demo"], env={"MBT_DEMO_FOLDER": str(tmp_path), "DATABASE_ADMIN_URL": ""})
    assert (done.exit_code, done.output) == (1, "Error: There is no demo here yet; start one with `make demo`.\n")
    assert list(tmp_path.iterdir()) == [], "it changes nothing"
