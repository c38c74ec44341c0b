"""What somebody still has to do in the plans that they may read, the remarks that nobody read, and the copies on paper that wait."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Step:
    """An action that the actor holds and still has to do."""

    dossier_id: int
    public_id: UUID
    body: str
    due_on: date | None
    goal: str


_STEPS = text(
    "SELECT p.dossier_id, p.public_id, t.body, t.due_on, coalesce(g.body, '') FROM casus.plan_part p"
    " JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) t ON NOT t.dropped"
    " LEFT JOIN LATERAL (SELECT x.* FROM casus.plan_step x WHERE x.part_id = p.id ORDER BY x.number DESC LIMIT 1) s ON true"
    " LEFT JOIN LATERAL (SELECT x.* FROM casus.plan_text x WHERE x.part_id = p.goal_id ORDER BY x.number DESC LIMIT 1) g ON true"
    " WHERE p.id IN (SELECT x.part_id FROM casus.plan_text x WHERE x.holder_id = :person)"
    " AND t.holder_id = :person AND g.dropped IS NOT TRUE AND coalesce(s.status, 1) IN (1, 2)"
    " ORDER BY t.due_on, p.id"
)
_WHOSE = text(
    "SELECT d.id, d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name) AS name FROM casus.dossier d"
    " JOIN casus.person p ON p.id = d.inwoner_id WHERE d.id = ANY (:dossiers)"
)


def my_steps(session: Session, person_id: int) -> dict[int, list[Step]]:
    """What somebody still has to do, by dossier, the nearest day first."""
    found: dict[int, list[Step]] = {}
    for row in session.execute(_STEPS, {"person": person_id}):
        found.setdefault(row.dossier_id, []).append(Step(*row))
    return found


@dataclass(frozen=True)
class WorkStep:
    """An action that a professional still has to do, and whose plan it stands in."""

    dossier_id: UUID
    inwoner_name: str
    step: Step


def work_steps(session: Session, person_id: int) -> list[WorkStep]:
    """What a professional still has to do in the plans of everybody, the nearest day first, without a day last."""
    steps = [Step(*row) for row in session.execute(_STEPS, {"person": person_id})]
    if not steps:
        return []
    whose = {row.id: row for row in session.execute(_WHOSE, {"dossiers": list({one.dossier_id for one in steps})})}
    return [WorkStep(whose[one.dossier_id].public_id, whose[one.dossier_id].name, one) for one in steps if one.dossier_id in whose]


def unseen_remarks(session: Session) -> dict[int, int]:
    """How many remarks in the plans of each dossier, by its number, nobody read. To who made one it counts too."""
    rows = session.execute(
        text("SELECT dossier_id, count(*) FROM casus.plan_remark WHERE seen_at IS NULL AND withdrawn_at IS NULL GROUP BY dossier_id")
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class PaperCopy:
    """A copy on paper that an inwoner asked for with a version of the plan, and that nobody said was given."""

    dossier_id: UUID
    inwoner_name: str
    version: int
    decided_on: date


def paper_copies(session: Session) -> list[PaperCopy]:
    """The copies on paper that wait in the dossiers in which the actor works, the longest first."""
    rows = session.execute(
        text(
            "SELECT d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name), x.version, c.decided_on FROM casus.plan_decision c"
            " JOIN casus.plan_proposal x ON x.id = c.proposal_id JOIN casus.dossier d ON d.id = c.dossier_id"
            " JOIN casus.person p ON p.id = d.inwoner_id"
            " WHERE c.copy = 2 AND x.version IS NOT NULL AND NOT EXISTS (SELECT FROM casus.plan_copy_given w WHERE w.proposal_id = x.id)"
            " ORDER BY c.recorded_at"
        )
    )
    return [PaperCopy(*row) for row in rows]
