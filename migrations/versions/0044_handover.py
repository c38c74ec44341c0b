"""Handing over to another party, and from one. Rights: migrations/rls/84."""

from pathlib import Path

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE portaal.package_part; DROP TABLE portaal.package; DROP TABLE casus.handover_entry; DROP TABLE casus.handover")
