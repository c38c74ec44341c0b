"""What the inwoner closes, and reading in an emergency. Rights: migrations/rls/11, 40 and 59."""

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE casus.access_notice, casus.emergency_reading;"
        " ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check"
        " CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'zoeken', 'programma', 'uitvoer'));"
        " ALTER TABLE casus.closure DROP COLUMN except_responsible, DROP COLUMN public_id;"
        " ALTER TABLE casus.assignment DROP COLUMN responsible"
    )
