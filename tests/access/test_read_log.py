"""The read log can be added to, never edited, and the check finds and names whatever was done to it all the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from portal import provision
from portal.audit import Finding, verify_read_log
from tests.access.conftest import Access, open_world
from tests.access.stage import Stage
from tests.access.world import PEOPLE, Who, public
from tests.conftest import Cluster, PortalDatabase

JOB = Who(0, "job", "jobs")
READERS = ("owner", "mandate", "assigned", "substitute", "grant whole")


@dataclass
class Sealed:
    """A database with three seals over fifteen lines; what is done to it in ``attacker``'s transaction is judged there and taken back."""

    access: Access
    attacker: psycopg.Connection[tuple[Any, ...]]
    published: list[tuple[int, str]]

    def findings(self, published: list[tuple[int, str]] | None = None) -> list[Finding]:
        """What the check says of the log as it is in this transaction."""
        return list(verify_read_log(self.attacker, published or ()))

    def messages(self, published: list[tuple[int, str]] | None = None) -> list[str]:
        """The same, in words."""
        return [finding.message for finding in self.findings(published)]

    def do(self, sql: str, *values: object) -> None:
        """Does what only somebody above the lock can do."""
        self.attacker.execute("SET LOCAL session_replication_role = replica")
        self.attacker.execute(sql, values)


def read(access: Access, name: str) -> None:
    """Somebody looks, and the line is committed."""
    who = PEOPLE[name]
    connection = access.connection(who.face)
    connection.execute("SELECT set_config('casus.actor', %s, true)", (access.token(who),))
    connection.execute("INSERT INTO casus.read_log (dossier_id, what, shown, shown_entries) VALUES (1, 'overzicht', 2, '{101,102}')")
    connection.commit()


def seal(database: PortalDatabase) -> int:
    """The job makes a seal; gives the number of lines."""
    with psycopg.connect(database.dsn("portaal_jobs")) as jobs, psycopg.connect(database.admin_dsn) as admin:
        token = Stage(admin, database.keys).token(JOB, "portaal_jobs")
        jobs.execute("SELECT set_config('casus.actor', %s, true)", (token,))
        row = jobs.execute("SELECT acl.seal_read_log()").fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def sealed(access: Access) -> Iterator[Sealed]:
    with psycopg.connect(access.database.admin_dsn) as admin:
        row = admin.execute("SELECT count(*) FROM casus.read_seal").fetchone()
        assert row is not None
        for _ in range(3 - row[0]):
            for name in READERS:
                read(access, name)
            assert seal(access.database) >= len(READERS)
        hashes = admin.execute("SELECT id, encode(hash, 'hex') FROM casus.read_seal ORDER BY id").fetchall()
        admin.rollback()
        yield Sealed(access, admin, [(number, text) for number, text in hashes])
        admin.rollback()


def test_an_untouched_log_is_whole_to_the_auditor(sealed: Sealed) -> None:
    with psycopg.connect(sealed.access.database.dsn("casus_controle")) as auditor:
        assert list(verify_read_log(auditor, sealed.published)) == []


LINE = "(SELECT log_id FROM casus.read_seal_row WHERE seal_id = 2 AND position = 3)"
EDITS = {
    "at": "at + interval '1 microsecond'",
    "xid": "'1'",
    "dossier_id": "2",
    "entry_id": "101",
    "what": "'notitie'",
    "shown": "3",
    "shown_entries": "'{101}'",
    "reader_id": "99",
    "reader_name": "'Niemand'",
    "reader_role": "'niemand'",
    "on_behalf_of": "3",
    "ground": "'noodgrond'",
    "ground_detail": "'anders'",
    "program": "'web_team2'",
    "session_id": "gen_random_uuid()",
}


@pytest.mark.parametrize("column", EDITS)
def test_an_edit_of_any_column_is_found_and_named(sealed: Sealed, column: str) -> None:
    row = sealed.attacker.execute(f"SELECT {LINE}").fetchone()
    assert row is not None
    sealed.do(f"UPDATE casus.read_log SET {column} = {EDITS[column]} WHERE id = {LINE}")
    assert [(found.log_id, found.message) for found in sealed.findings()] == [(row[0], f"line {row[0]} was changed")]


def test_every_column_of_a_line_is_edited_above(sealed: Sealed) -> None:
    rows = sealed.attacker.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'casus.read_log'::regclass AND attnum > 0").fetchall()
    assert {str(name) for (name,) in rows} - {"id"} == set(EDITS)


def test_words_moved_from_one_field_to_the_next_are_found(sealed: Sealed) -> None:
    sealed.do("UPDATE casus.read_log SET reader_name = E'A\\x1fB', reader_role = 'C' WHERE id = " + LINE)
    first = sealed.attacker.execute(f"SELECT acl.line_text(l) FROM casus.read_log l WHERE l.id = {LINE}").fetchone()
    sealed.do("UPDATE casus.read_log SET reader_name = 'A', reader_role = E'B\\x1fC' WHERE id = " + LINE)
    assert sealed.attacker.execute(f"SELECT acl.line_text(l) FROM casus.read_log l WHERE l.id = {LINE}").fetchone() != first


def test_a_deleted_line_is_found_and_named(sealed: Sealed) -> None:
    row = sealed.attacker.execute(f"SELECT {LINE}").fetchone()
    assert row is not None
    sealed.do("DELETE FROM casus.read_log WHERE id = %s", row[0])
    assert [(found.log_id, found.message) for found in sealed.findings()] == [(row[0], f"line {row[0]} was deleted")]


def test_a_line_deleted_with_its_place_in_the_seal_is_found(sealed: Sealed) -> None:
    row = sealed.attacker.execute(f"SELECT {LINE}").fetchone()
    assert row is not None
    sealed.do("DELETE FROM casus.read_log WHERE id = %s", row[0])
    sealed.do("DELETE FROM casus.read_seal_row WHERE log_id = %s", row[0])
    messages = sealed.messages()
    assert any(text.startswith("seal 2: line at place 3 is missing") for text in messages)
    assert "seal 2 does not fit its lines (order, number or content)" in messages


def test_lines_that_changed_places_are_found(sealed: Sealed) -> None:
    sealed.do("UPDATE casus.read_seal_row SET position = 6 - position + 10 WHERE seal_id = 2")
    sealed.do("UPDATE casus.read_seal_row SET position = position - 10 WHERE seal_id = 2")
    assert sealed.messages() == ["seal 2 does not fit its lines (order, number or content)"]


def test_two_lines_that_changed_numbers_are_found(sealed: Sealed) -> None:
    first, second = (
        row[0] for row in sealed.attacker.execute("SELECT log_id FROM casus.read_seal_row WHERE seal_id = 2 AND position < 3").fetchall()
    )
    sealed.do("UPDATE casus.read_seal_row SET log_id = -log_id WHERE log_id IN (%s, %s)", first, second)
    sealed.do("UPDATE casus.read_seal_row SET log_id = CASE log_id WHEN %s THEN %s ELSE %s END WHERE log_id < 0", -first, second, first)
    assert sorted(sealed.messages()) == sorted([f"line {first} was changed", f"line {second} was changed"])


def test_a_line_slipped_in_is_found_and_named(sealed: Sealed) -> None:
    sealed.do(
        "INSERT INTO casus.read_log OVERRIDING SYSTEM VALUE SELECT -7, at, xid, dossier_id, entry_id, what, shown, shown_entries, reader_id,"
        " reader_name, reader_role, on_behalf_of, ground, ground_detail, program, session_id FROM casus.read_log WHERE id = " + LINE
    )
    assert sealed.messages() == ["line -7 stands in no seal"]


def test_a_line_with_a_number_that_no_transaction_had_yet_is_found(sealed: Sealed) -> None:
    read(sealed.access, "owner")
    assert sealed.messages() == [], "a line of the last minute"
    sealed.do("UPDATE casus.read_log SET xid = '900000000' WHERE id = (SELECT max(id) FROM casus.read_log)")
    row = sealed.attacker.execute("SELECT max(id) FROM casus.read_log").fetchone()
    assert row is not None
    assert sealed.messages() == [f"line {row[0]} stands in no seal, and is of a transaction that is yet to come"]


@pytest.mark.parametrize(
    "change",
    [
        "sealed_at = sealed_at - interval '1 minute'",
        "horizon = (horizon::text::bigint + 1)::text::xid8",
        "row_count = row_count + 1",
        "rows_hash = sha256('x')",
        "previous_hash = sha256('x')",
        "hash = sha256('x')",
    ],
)
def test_a_changed_seal_is_found_and_named(sealed: Sealed, change: str) -> None:
    sealed.do(f"UPDATE casus.read_seal SET {change} WHERE id = 2")
    found = sealed.findings()
    assert found
    assert any("seal 2" in one.message for one in found)
    assert {one.seal_id for one in found} <= {2, 3}, "the seal after it may no longer follow; no other"


def test_every_column_of_a_seal_is_changed_above(sealed: Sealed) -> None:
    rows = sealed.attacker.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'casus.read_seal'::regclass AND attnum > 0"
    ).fetchall()
    assert {str(name) for (name,) in rows} == {"id", "sealed_at", "horizon", "row_count", "rows_hash", "previous_hash", "hash"}


def test_a_seal_that_is_gone_is_found(sealed: Sealed) -> None:
    sealed.do("DELETE FROM casus.read_seal WHERE id = 2")
    assert sealed.messages()[:2] == ["seal 2 is missing", "seal 3 does not follow from the one before it"]


def test_the_last_seal_that_is_gone_is_found_by_its_lines_or_by_what_was_published(sealed: Sealed) -> None:
    sealed.do("DELETE FROM casus.read_seal WHERE id = 3")
    assert sealed.messages() == ["seal 3 is gone, and its lines are still named"]
    sealed.do("DELETE FROM casus.read_seal_row WHERE seal_id = 3")
    assert sealed.messages(sealed.published) == ["seal 3 was published and is gone"]


def test_a_line_changed_with_its_hash_is_found_by_the_seal(sealed: Sealed) -> None:
    sealed.do(f"UPDATE casus.read_log SET reader_name = 'Niemand' WHERE id = {LINE}")
    sealed.do(
        "UPDATE casus.read_seal_row r SET row_hash = sha256(convert_to(acl.line_text(l), 'UTF8')) FROM casus.read_log l"
        f" WHERE l.id = r.log_id AND l.id = {LINE}"
    )
    assert sealed.messages() == ["seal 2 does not fit its lines (order, number or content)"]


def test_a_chain_made_anew_is_found_by_what_was_published(sealed: Sealed) -> None:
    """Everything recomputed from the second seal on, as a superuser could: only what stands elsewhere tells."""
    sealed.do(f"UPDATE casus.read_log SET reader_name = 'Niemand' WHERE id = {LINE}")
    sealed.do(
        "UPDATE casus.read_seal_row r SET row_hash = sha256(convert_to(acl.line_text(l), 'UTF8')) FROM casus.read_log l WHERE l.id = r.log_id"
    )
    for number in (2, 3):
        sealed.do(
            "UPDATE casus.read_seal s SET rows_hash = (SELECT sha256(string_agg(row_hash, '' ORDER BY position)) FROM casus.read_seal_row"
            " WHERE seal_id = s.id), previous_hash = (SELECT p.hash FROM casus.read_seal p WHERE p.id = s.id - 1) WHERE s.id = %s",
            number,
        )
        sealed.do(
            "UPDATE casus.read_seal s SET hash = sha256(previous_hash || convert_to(concat_ws('|', id, to_char(sealed_at AT TIME ZONE 'UTC',"
            """ 'YYYY-MM-DD"T"HH24:MI:SS.US'), horizon, row_count, ''), 'UTF8') || rows_hash) WHERE s.id = %s""",
            number,
        )
    assert sealed.messages() == []
    assert sealed.messages(sealed.published) == ["seal 2 is not the one that was published", "seal 3 is not the one that was published"]


@pytest.fixture
def fresh(cluster: Cluster, template: str, actor_keys: dict[str, bytes]) -> Iterator[Access]:
    """A database of its own, for what has to be committed."""
    database = PortalDatabase(cluster, cluster.name("log"), dict(actor_keys))
    provision.create_database_from_template(cluster.admin_dsn, template, database.name)
    open_world(database)
    connections = {face: psycopg.connect(database.dsn(f"web_{face}")) for face in ("inwoner", "team")}
    yield Access(database, connections)
    for connection in connections.values():
        connection.close()
    provision.drop_database(cluster.admin_dsn, database.name)


def test_a_line_that_commits_after_a_seal_falls_into_the_next(fresh: Access) -> None:
    assert seal(fresh.database) == 3, "the lines of the world"
    slow = fresh.connection("team")
    slow.execute("SELECT set_config('casus.actor', %s, true)", (fresh.token(PEOPLE["assigned"]),))
    slow.execute("INSERT INTO casus.read_log (dossier_id, what) VALUES (1, 'logboek')")
    read(fresh, "owner")
    assert seal(fresh.database) == 0, "nothing that began after the slow one is safe to seal"
    slow.commit()
    read(fresh, "owner")
    assert seal(fresh.database) == 3
    with psycopg.connect(fresh.database.dsn("casus_controle")) as auditor:
        assert list(verify_read_log(auditor)) == []
        row = auditor.execute(
            "SELECT count(*), count(r.log_id) FROM casus.read_log l LEFT JOIN casus.read_seal_row r ON r.log_id = l.id"
        ).fetchone()
        assert row == (6, 6)


def test_two_seals_at_once_wait_for_each_other(fresh: Access) -> None:
    database = fresh.database
    with psycopg.connect(database.admin_dsn) as admin:
        token = Stage(admin, database.keys).token(JOB, "portaal_jobs")
    with psycopg.connect(database.dsn("portaal_jobs")) as one, psycopg.connect(database.dsn("portaal_jobs")) as other:
        for connection in (one, other):
            connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
        one.execute("SELECT acl.seal_read_log()")
        other.execute("SET LOCAL lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("SELECT acl.seal_read_log()")


@pytest.mark.parametrize("role", [role for role in provision.LOGIN_ROLES if role != provision.OWNER])
def test_nobody_edits_a_line_or_a_seal(access: Access, role: str) -> None:
    with psycopg.connect(access.database.dsn(role)) as connection:
        for table, column in (
            ("read_log", "shown"),
            ("read_seal", "row_count"),
            ("read_seal_row", "position"),
            ("change_log", "subject_id"),
        ):
            for sql in (f"UPDATE casus.{table} SET {column} = {column}", f"DELETE FROM casus.{table}", f"TRUNCATE casus.{table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(sql)
                connection.rollback()


def test_the_owner_of_the_tables_has_no_line_to_edit(access: Access) -> None:
    with psycopg.connect(access.database.dsn(provision.OWNER)) as owner:
        for table in ("read_log", "change_log", "read_seal"):
            assert (
                owner.execute(f"UPDATE casus.{table} SET id = DEFAULT" if table != "read_seal" else "DELETE FROM casus.read_seal").rowcount
                == 0
            )
            assert owner.execute(f"DELETE FROM casus.{table}").rowcount == 0
        owner.rollback()


def test_two_programs_read_their_own_and_the_line_is_there_when_the_rows_are(fresh: Access) -> None:
    """Real roles that sign in and really commit: each its own scope; rows are given for a line that can't be rolled back any more."""
    cluster, database = fresh.database.cluster, fresh.database
    opened = "SELECT casus_api.open_reading(%s, 'M. Planner', 'art. 5.1.1 Wmo')"
    given = "SELECT entry FROM casus_api.entries(%s)"
    lines = (
        "SELECT reader_name, reader_role, ground, ground_detail, program, shown FROM casus.read_log WHERE what = 'programma' ORDER BY id"
    )
    made = {name: provision.add_program(cluster.admin_dsn, name, "geheim") for name in ("planbord", "toezicht", "oud")}
    try:
        with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
            for name, dossier, others, count in (("planbord", 1, 2, 6), ("toezicht", 2, 1, 1)):
                with psycopg.connect(provision.role_dsn(cluster.admin_dsn, made[name], "geheim", database.name)) as program:
                    assert program.execute(opened, (public("dossier", others),)).fetchone() == (None,)
                    [reading] = program.execute(opened, (public("dossier", dossier),)).fetchone() or ()
                    assert program.execute(given, (reading,)).fetchall() == [], "the line could still be rolled back"
                    program.rollback()
                    assert program.execute(given, (reading,)).fetchall() == [], "the line is gone"
                    assert admin.execute(lines).fetchall() == [] if name == "planbord" else True
                    [reading] = program.execute(opened, (public("dossier", dossier),)).fetchone() or ()
                    program.commit()
                    assert len(program.execute(given, (reading,)).fetchall()) == count
                    program.rollback()
                    for refused in ("SELECT FROM casus.entry_version", "SELECT FROM casus.person", "SELECT acl.any_dossiers()"):
                        with pytest.raises(psycopg.errors.InsufficientPrivilege):
                            program.execute(refused)
                        program.rollback()
            with psycopg.connect(provision.role_dsn(cluster.admin_dsn, made["oud"], "geheim", database.name)) as ended:
                assert ended.execute(opened, (public("dossier", 1),)).fetchone() == (None,)
                with pytest.raises(psycopg.errors.InvalidParameterValue):
                    ended.execute("SELECT casus_api.open_reading(%s, 'M. Planner', ' ')", (public("dossier", 1),))
            said = ("M. Planner", "art. 5.1.1 Wmo")
            assert admin.execute(lines).fetchall() == [
                (said[0], "Planbord", "programma", said[1], "program_planbord", 6),
                (said[0], "Toezicht", "programma", said[1], "program_toezicht", 1),
            ]
    finally:
        with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
            for role in made.values():
                admin.execute(f"DROP ROLE {role}")
