"""Where an entry in the wrong dossier belongs; when the inwoner said that a mandate holds. Rights: migrations/rls/62 and 68."""

from pathlib import Path

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("ALTER TABLE casus.breach DROP COLUMN proposed_dossier; ALTER TABLE casus.mandate DROP COLUMN confirmed_at")
