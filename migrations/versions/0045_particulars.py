"""What changes about a person, by four eyes. Rights: migrations/rls/85."""

from pathlib import Path

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE casus.particulars_change; ALTER TABLE casus.pause DROP CONSTRAINT pause_way_check;"
        " ALTER TABLE casus.pause ADD CONSTRAINT pause_way_check CHECK (way IN ('portaal', 'telefoon', 'oco'))"
    )
