"""Mail and letters that have to go out. Who may fill and empty them is in migrations/rls/55_portaal_post.sql."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    for table in ("letter", "outbox"):
        op.execute(f"DROP TABLE portaal.{table}")
