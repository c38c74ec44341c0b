"""Asking for help: casus.melding, melding_event, melding_read and portaal.melding_draft. Rights on them: migrations/rls/46_melding.sql."""

from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE portaal.melding_draft, casus.melding_read, casus.melding_event, casus.melding")
