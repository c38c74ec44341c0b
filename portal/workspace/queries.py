"""A professional's worklist, composed of what other slices know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Case:
    """One dossier of the caseload: whose, as what one works in it, and when something last happened."""

    dossier_id: UUID
    inwoner_name: str
    relation: str
    detail: str
    last_activity: datetime | None


def caseload(session: Session) -> list[Case]:
    """The dossiers one works in today, most recently active first."""
    rows = session.execute(
        text(
            "SELECT d.public_id, concat_ws(' ', p.first_name, p.infix, p.last_name), c.relation, c.detail, c.last_activity"
            " FROM acl.caseload() c JOIN casus.dossier d ON d.id = c.dossier_id JOIN casus.person p ON p.id = d.inwoner_id"
            " ORDER BY c.last_activity DESC NULLS LAST, 2"
        )
    )
    return [Case(*row) for row in rows]
