"""The research and the decision of the Wmo as things that happen with a melding. Rights: migrations/rls/47_screening.sql."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP INDEX casus.melding_event_research")
    op.execute(
        "ALTER TABLE casus.melding_event DROP CONSTRAINT melding_event_event_check, ADD CONSTRAINT melding_event_event_check"
        " CHECK (event IN ('ontvangen', 'bevestigd', 'gesprek', 'urgentie', 'wachtlijst', 'erger', 'gestart', 'advies', 'doorverwezen',"
        " 'overgedragen', 'geweigerd', 'geholpen', 'samengevoegd', 'opzij', 'heropend', 'dossier')) NOT VALID"
    )
