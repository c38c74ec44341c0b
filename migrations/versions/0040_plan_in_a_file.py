"""Plans come in from files, where the other adult of a household is a name. Rights: migrations/rls/80."""

from alembic import op

revision = "0040"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE casus.plan_text ALTER author_id DROP NOT NULL; ALTER TABLE casus.plan_step ALTER by_id DROP NOT NULL")


def downgrade() -> None:
    # Of what came in with a name only nobody is the author; the inwoner's dossier holds it.
    op.execute(
        "UPDATE casus.plan_text t SET author_id = d.inwoner_id FROM casus.dossier d WHERE d.id = t.dossier_id AND t.author_id IS NULL;"
        " UPDATE casus.plan_step s SET by_id = d.inwoner_id FROM casus.dossier d WHERE d.id = s.dossier_id AND s.by_id IS NULL;"
        " ALTER TABLE casus.plan_text ALTER author_id SET NOT NULL;"
        " ALTER TABLE casus.plan_step ALTER by_id SET NOT NULL"
    )
