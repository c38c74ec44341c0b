"""What another system recorded is kept apart from our own logs; making a copy of a dossier is a reading. Rights are in migrations/rls."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.imported_change_line")
    op.execute("DROP TABLE casus.imported_read_line")
    op.execute("ALTER TABLE casus.access_grant DROP COLUMN imported_from")
    op.execute("ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check")
    op.execute(
        "ALTER TABLE casus.read_log ADD CONSTRAINT read_log_what_check"
        " CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'programma')) NOT VALID"
    )
