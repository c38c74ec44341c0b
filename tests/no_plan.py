"""Takes every plan and all that hangs on it out of a database with the demo in it, for tests that begin without."""

from psycopg import Connection

# Those that point at others come first.
_TABLES = (
    "ending",
    "evaluation_goal",
    "evaluation_look",
    "evaluation_person",
    "evaluation",
    "plan_remark",
    "plan_copy_given",
    "plan_decision",
    "plan_proposal_text",
    "plan_proposal",
    "plan_step",
    "plan_text",
)


def forget_plans(admin: Connection) -> None:
    """Deletes them, as the administrator of the database."""
    for table in _TABLES:
        admin.execute(f"DELETE FROM casus.{table}")
    admin.execute("DELETE FROM casus.plan_part WHERE goal_id IS NOT NULL")
    admin.execute("DELETE FROM casus.plan_part")
