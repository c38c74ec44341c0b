"""Drang and dwang beside the plan, and copies on paper that were given. Rights: migrations/rls/78."""

from pathlib import Path

from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.plan_pressure, casus.plan_copy_given")
