"""Reminding who does something in a plan: what was told already, and a topic of its own. Rights: migrations/rls/77."""

from pathlib import Path

from alembic import op

revision = "0037"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE portaal.plan_reminder;"
        " DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['notice_choice', 'outbox', 'letter'] LOOP"
        " EXECUTE format('DELETE FROM portaal.%1$I WHERE topic = ''stap''', t);"
        " EXECUTE format('ALTER TABLE portaal.%1$I DROP CONSTRAINT %1$s_topic_check, ADD CONSTRAINT %1$s_topic_check"
        " CHECK (topic IN (''nieuw'', ''antwoord'', ''bericht'', ''meekijken''))', t); END LOOP; END $$"
    )
