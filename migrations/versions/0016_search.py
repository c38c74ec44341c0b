"""The words of each text, stemmed when it is written, so that a long dossier is searched fast. Rights: migrations/rls/20."""

from pathlib import Path

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "ALTER TABLE casus.entry_version DROP COLUMN found_by; ALTER TABLE casus.annotation_version DROP COLUMN found_by;"
        " ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check"
        " CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'programma', 'uitvoer')) NOT VALID"
    )
