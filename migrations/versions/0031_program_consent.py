"""Organisations that read on consent: what the inwoner lets them read, until when, and when it ended. Rights: migrations/rls/71."""

from pathlib import Path

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.program_consent")
    op.execute("ALTER TABLE casus.program DROP COLUMN public_id, DROP COLUMN ground")
