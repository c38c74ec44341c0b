"""Two dossiers of one person. Rights: migrations/rls/87."""

from pathlib import Path

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "ALTER TABLE portaal.session DROP COLUMN as_person; DROP TABLE casus.same_person;"
        " DELETE FROM casus.particulars_change WHERE kind = 5;"
        " ALTER TABLE casus.particulars_change DROP COLUMN other_id, DROP CONSTRAINT particulars_change_kind_check,"
        " ADD CONSTRAINT particulars_change_kind_check CHECK (kind BETWEEN 1 AND 4)"
    )
