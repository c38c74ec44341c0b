"""What an inwoner is told of outside the portal, and how. Rights: migrations/rls/67."""

from pathlib import Path

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE portaal.notice_choice")
    op.execute("ALTER TABLE portaal.outbox DROP topic")
    op.execute("ALTER TABLE portaal.letter DROP topic")
