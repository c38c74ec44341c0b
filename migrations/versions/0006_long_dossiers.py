"""Indexes for what is new since a visit, and a word in the read log for printed pages. The function is in migrations/rls/41_visits.sql."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP INDEX casus.read_log_reader_id_dossier_id_at_session_id_idx")
    for table in ("annotation_version", "entry_version"):
        op.execute(f"DROP INDEX casus.{table}_dossier_id_created_at_idx")
        op.execute(f"CREATE INDEX ON casus.{table} (dossier_id)")
    # Lines with the new word stay: a line of the log is never changed.
