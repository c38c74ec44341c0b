"""What the team does with a melding: open or not, merged with which, and notes. Rights: migrations/rls/47_screening.sql."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.melding_note")
    op.execute("ALTER TABLE casus.melding DROP COLUMN open, DROP COLUMN stands_alone, DROP COLUMN merged_into")
