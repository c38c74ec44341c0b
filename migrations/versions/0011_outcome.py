"""Whether an outcome helped, a colleague who takes a melding over, and which text of the rights was given (rls/47_screening.sql)."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("ALTER TABLE casus.melding_note DROP COLUMN version, DROP COLUMN given_on, DROP CONSTRAINT melding_note_about_check")
    op.execute(
        "ALTER TABLE casus.melding_note ADD CONSTRAINT melding_note_about_check"
        " CHECK (about IN ('rechten', 'screening', 'instemming', 'later', 'team')) NOT VALID"
    )
    op.execute("ALTER TABLE casus.melding_event DROP CONSTRAINT melding_event_event_check")
    op.execute(
        "ALTER TABLE casus.melding_event ADD CONSTRAINT melding_event_event_check CHECK (event IN ('ontvangen', 'bevestigd', 'gesprek',"
        " 'urgentie', 'wachtlijst', 'erger', 'gestart', 'advies', 'doorverwezen', 'overgedragen', 'geweigerd', 'samengevoegd', 'opzij',"
        " 'heropend', 'dossier')) NOT VALID"
    )
