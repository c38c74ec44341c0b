"""The household plan: who makes one together, goals that are joint, and own parts that are shown. Rights: migrations/rls/74."""

from pathlib import Path

from alembic import op

revision = "0034"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE casus.joint_plan_try, casus.joint_plan_code, casus.joint_plan_member, casus.joint_plan;"
        " ALTER TABLE casus.plan_part DROP COLUMN joint_id, DROP COLUMN shown_number, DROP COLUMN shown_at"
    )
