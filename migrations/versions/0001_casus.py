"""The case database: schemas and tables, without any right on them (those are in migrations/rls)."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    for schema in ("portaal", "casus_api", "casus", "acl"):
        op.execute(f"DROP SCHEMA {schema} CASCADE")
