"""Inviting somebody into the plan: access of a fifth scope, with a role and the parts that were named. Rights: migrations/rls/72."""

from pathlib import Path

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DELETE FROM casus.access_grant WHERE scope = 5;"
        " ALTER TABLE casus.access_grant DROP CONSTRAINT access_grant_role_check, DROP CONSTRAINT access_grant_parts_check,"
        " DROP COLUMN plan_role, DROP COLUMN plan_parts,"
        " DROP CONSTRAINT access_grant_scope_check, ADD CONSTRAINT access_grant_scope_check CHECK (scope BETWEEN 1 AND 4)"
    )
