"""A reaction may be about sentences of one version; each of its texts keeps to the circle it was written for. Rights: migrations/rls."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("ALTER TABLE casus.annotation_version DROP COLUMN about_version, DROP COLUMN sentences, DROP COLUMN written_for")
    op.execute("ALTER TABLE casus.entry_version DROP CONSTRAINT entry_version_of_dossier")
