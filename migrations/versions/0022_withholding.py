"""What the team withholds from the inwoner, and who confirmed it. Rights: migrations/rls/40 and 64."""

from pathlib import Path

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.withholding; ALTER TABLE casus.closure DROP COLUMN ground, DROP COLUMN review_on, DROP COLUMN told_from")
