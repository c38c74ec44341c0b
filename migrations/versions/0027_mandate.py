"""What a mandate rests on and opens, and a mandate that waits for a second professional. Rights: migrations/rls/68."""

from pathlib import Path

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute(
        "DROP TABLE casus.mandate_request; ALTER TABLE casus.mandate DROP COLUMN public_id, DROP COLUMN proof, DROP COLUMN proof_seen_on,"
        " DROP COLUMN scope, DROP COLUMN opens_log, DROP COLUMN opens_sharing, DROP COLUMN asked_by, DROP COLUMN agreed_by"
    )
