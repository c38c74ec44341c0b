"""Getting in: cards, e-mail addresses to confirm, and who can not sign in. Rights: migrations/rls/53_portaal_getting_in.sql."""

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("DROP TABLE portaal.recovery_code, portaal.new_email, portaal.sign_in_request")
    op.execute("DELETE FROM portaal.sign_in_attempt WHERE step NOT IN ('wachtwoord', 'code', 'startcode')")
    op.execute("ALTER TABLE portaal.sign_in_attempt DROP CONSTRAINT sign_in_attempt_step_check")
    op.execute("ALTER TABLE portaal.sign_in_attempt ADD CHECK (step IN ('wachtwoord', 'code', 'startcode'))")
