"""The plan van aanpak: its parts, what each says, what was agreed, and how far its actions are. Rights: migrations/rls/70."""

from pathlib import Path

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    tables = ("plan_decision", "plan_proposal_text", "plan_proposal", "plan_step", "plan_text", "plan_part")
    op.execute(
        f"DROP TABLE {', '.join(f'casus.{table}' for table in tables)};"
        " ALTER TABLE casus.read_log DROP CONSTRAINT read_log_what_check, ADD CONSTRAINT read_log_what_check"
        " CHECK (what IN"
        " ('overzicht', 'notitie', 'logboek', 'versies', 'afdruk', 'zoeken', 'voorbeeld', 'berichten', 'document', 'programma', 'uitvoer'))"
    )
