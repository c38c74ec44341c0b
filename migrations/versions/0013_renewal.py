"""A new start code needs a second person; and who read that somebody can't sign in. Rights: migrations/rls/53 and 54."""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE portaal.sign_in_request_read, portaal.sign_in_renewal")
