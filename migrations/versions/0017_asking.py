"""What an inwoner asks beside a text and about a line of the read log, and the answers. Rights: migrations/rls/57_asking.sql."""

from pathlib import Path

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.look_question")
    op.execute(
        "ALTER TABLE casus.annotation DROP COLUMN wish, DROP COLUMN answers_id, DROP COLUMN extended_at, DROP COLUMN extension,"
        " DROP COLUMN settled_at, DROP CONSTRAINT annotation_of_entry"
    )
