"""Documents in a dossier. Rights: migrations/rls/61_documents.sql."""

from pathlib import Path

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE casus.document_part, casus.document;"
        " ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check"
        " CHECK (what IN"
        " ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'zoeken', 'voorbeeld', 'berichten', 'programma', 'uitvoer'));"
        " ALTER TABLE casus.concept DROP CONSTRAINT concept_kind_check, ADD CONSTRAINT concept_kind_check CHECK (kind BETWEEN 1 AND 11);"
        " ALTER TABLE casus.entry DROP CONSTRAINT entry_kind_check, ADD CONSTRAINT entry_kind_check CHECK (kind BETWEEN 1 AND 11)"
    )
