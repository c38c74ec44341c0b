"""Whether a dossier is out of sight. Only who works in it can ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

DIED = "overleden"


@dataclass(frozen=True)
class Pause:
    """Out of sight since then; ``way`` is how it was asked: portaal, telefoon or oco; or DIED, and then it isn't brought back."""

    since: datetime
    way: str


def pause_of(session: Session, dossier_id: UUID) -> Pause | None:
    """None when the dossier is in sight, or isn't one the actor works in."""
    row = session.execute(text("SELECT since, by_way FROM casus.pause_of(:dossier)"), {"dossier": dossier_id}).one_or_none()
    return Pause(*row) if row else None
