"""Messages between an inwoner and the professionals who work in the dossier. Rights: migrations/rls/65."""

from pathlib import Path

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE casus.message;"
        " ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check,"
        " ADD CONSTRAINT read_log_what_check"
        " CHECK (what IN ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'zoeken', 'voorbeeld', 'programma', 'uitvoer')) NOT VALID"
    )
