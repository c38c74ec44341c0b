"""Choosing how notices come. PostgreSQL checks the actor, ends what waits in another way, and writes the change log."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.dossier.queries import DossierView
from portal.notices.models import Topic, Way
from portal.policy import Asked, Permission, require


def choose(session: Session, asked: Asked, about: DossierView, chosen: Mapping[Topic, Way]) -> None:
    """From now on so; of a topic that isn't named nothing changes."""
    require(Permission.CHOOSE_NOTICES, asked)
    session.execute(
        text("SELECT portaal.choose_notices(:dossier, :topics, :ways)"),
        {"dossier": about.public_id, "topics": [topic.value for topic in chosen], "ways": [way.value for way in chosen.values()]},
    )
