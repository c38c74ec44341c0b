"""`portal retention` lists what is past its term, and takes nothing away."""

import psycopg
from click.testing import CliRunner

from portal.cli import main
from tests.access.conftest import open_world
from tests.access.world import public
from tests.conftest import PortalDatabase

_CHANGES = (("casus.entry_version", "created_at"), ("casus.annotation_version", "created_at"), ("casus.change_log", "at"))
_LAST = "(acl.today() - interval '15 years')"
_TEXTS = "SELECT count(*) FROM casus.entry_version WHERE body <> ''"


def listed(database: PortalDatabase) -> str:
    """What the command says."""
    done = CliRunner().invoke(main, ["retention"], env={"MBT_DATABASE_URL": database.url("casus_controle")})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_nobody_touched_for_more_than_fifteen_years_is_listed_and_stays(database: PortalDatabase) -> None:
    open_world(database)
    with psycopg.connect(database.admin_dsn, autocommit=True) as admin:
        texts = admin.execute(_TEXTS).fetchone()
        assert listed(database) == "0 dossier(s) past the term.\n"
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE casus.dossier SET opened_on = '1990-01-01', closed_on = NULL WHERE id = 2")
        for table, column in _CHANGES:
            admin.execute(f"UPDATE {table} SET {column} = {_LAST} WHERE dossier_id = 2")
        assert listed(database) == "0 dossier(s) past the term.\n", "fifteen years ago today"
        for table, column in _CHANGES:
            admin.execute(f"UPDATE {table} SET {column} = {column} - interval '1 day' WHERE dossier_id = 2")
        said = listed(database)
        assert said.startswith(f"{public('dossier', 2)}  last change ")
        assert said.endswith("\n1 dossier(s) past the term.\n")
        admin.execute("UPDATE casus.dossier SET closed_on = acl.today() WHERE id = 2")
        assert listed(database) == "0 dossier(s) past the term.\n", "closed today"
        assert admin.execute(_TEXTS).fetchone() == texts
