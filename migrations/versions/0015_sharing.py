"""The inwoner gives, narrows and withdraws access. Rights: migrations/rls/56_sharing.sql."""

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE portaal.access_change")
    op.execute("ALTER TABLE casus.access_grant DROP COLUMN relation, DROP COLUMN confirmed_at, DROP COLUMN reminded_until")
