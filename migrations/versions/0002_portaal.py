"""The portal's own, private tables: accounts, sessions, sign-in attempts, kept typed text. Rights on them are in migrations/rls/5*."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    for table in ("typed_text", "sign_in_attempt", "session", "account"):
        op.execute(f"DROP TABLE portaal.{table}")
