"""Looking back on the plan together: planned, asked along, what each said, and what came of it. Rights: migrations/rls/73."""

from pathlib import Path

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE casus.evaluation_goal, casus.evaluation_look, casus.evaluation_person, casus.evaluation")
