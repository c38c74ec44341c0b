"""What an inwoner chose. PostgreSQL gives the own dossier's alone (migrations/rls/67_notices.sql)."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.dossier.queries import DossierView
from portal.notices.models import Topic, Way


@dataclass(frozen=True)
class Reach:
    """Whether there is a mail address, and a place where a letter comes."""

    by_mail: bool
    by_letter: bool

    def ways(self, chosen: Way) -> list[Way]:
        """The ways to offer: those that reach somebody, and the one that was chosen before."""
        open_ways = {Way.NONE, chosen} | ({Way.MAIL} if self.by_mail else set()) | ({Way.LETTER} if self.by_letter else set())
        return [way for way in Way if way in open_ways]


def choices(db: Session, about: DossierView) -> dict[Topic, Way]:
    """The way of each topic; a topic of which nothing was chosen comes by mail."""
    rows = db.execute(text("SELECT topic, way FROM portaal.notice_choices(:dossier)"), {"dossier": about.public_id})
    return dict.fromkeys(Topic, Way.MAIL) | {Topic(topic): Way(way) for topic, way in rows}


def reach(db: Session, about: DossierView) -> Reach:
    """Where a notice about the own dossier can go."""
    row = db.execute(text("SELECT by_mail, by_letter FROM portaal.notice_reach(:dossier)"), {"dossier": about.public_id}).one()
    return Reach(*row)
