"""What professionals tell about themselves, and how many people they help at most. Rights: migrations/rls/81."""

from pathlib import Path

from alembic import op

revision = "0041"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.profile; ALTER TABLE casus.staff DROP COLUMN caseload_max")
