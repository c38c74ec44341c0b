"""Planning to look back, asking people along, saying how it went, and what comes of it.

Ask the policy first, record the change last, never commit.
PostgreSQL does each in one function (migrations/rls/73_evaluation.sql) and checks whose it is.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.commands import Superseded
from portal.dossier.queries import DossierView
from portal.evaluation.models import Kind, Outcome, Side
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit gesprek is er niet."),
    "MB072": N_("Over dit gesprek is al iets afgesproken."),
    "MB095": N_("Kies een dag vanaf vandaag, en binnen een jaar."),
    "MB096": N_("Schrijf eerst op hoe het ging. Kies daarna wat u afspreekt."),
}


@dataclass(frozen=True)
class Planned:
    """When and where one looks back. ``others``: names that were typed, for whom nothing opens."""

    kind: Kind
    planned_on: date
    place: str = ""
    about_pgb: bool = False
    others: str = ""


@dataclass(frozen=True)
class Said:
    """What somebody says of how it went; numbers as in portal/evaluation/models.py. ``way``: portaal, papier or mondeling."""

    content: int | None = None
    words: str = ""
    anchored: str = ""
    together: int | None = None
    together_words: str = ""
    safe: int | None = None
    fits: int | None = None
    way: str = "portaal"


def plan(session: Session, asked: Asked, about: DossierView, number: UUID, planned: Planned) -> None:
    """Plans the moment that lies ahead, or moves it. ``number`` becomes its id when there is none yet. Raises Refused."""
    require(Permission.PLAN_EVALUATION, asked)
    call(
        session,
        "casus.plan_evaluation(:dossier, :number, CAST(:about AS jsonb))",
        _SENTENCES,
        dossier=about.id,
        number=number,
        about=json.dumps(asdict(planned), default=str, ensure_ascii=False),
    )
    record(session, Event.EVALUATION_PLANNED, dossier_id=about.id)


def ask_along(session: Session, asked: Asked, about: DossierView, evaluation: UUID, people: list[UUID]) -> None:
    """The inwoner asks these people along, and no others (R146). Raises Refused."""
    require(Permission.ASK_ALONG, asked)
    call(session, "casus.ask_along(:evaluation, :people)", _SENTENCES, evaluation=evaluation, people=people)
    record(session, Event.EVALUATION_PEOPLE, dossier_id=about.id)


def look_back(
    session: Session, asked: Asked, about: DossierView, evaluation: UUID, side: Side, *, base: int, said: Said, goals: dict[UUID, int]
) -> None:
    """Writes what somebody says of how it went; ``base``: the number of what they wrote before, 0 for the first.

    Raises Superseded when they wrote since, and Refused.
    """
    require(Permission.LOOK_BACK if said.way == "portaal" else Permission.RECORD_PLAN, asked)
    written = call(
        session,
        "casus.look_back(:evaluation, :side, :base, CAST(:look AS jsonb), CAST(:goals AS jsonb))",
        _SENTENCES,
        evaluation=evaluation,
        side=side.value,
        base=base,
        look=json.dumps(asdict(said), ensure_ascii=False),
        goals=json.dumps({str(goal): result for goal, result in goals.items()}),
    )
    if not written:
        raise Superseded
    record(session, Event.EVALUATION_WRITTEN, dossier_id=about.id)


def settle(session: Session, asked: Asked, about: DossierView, evaluation: UUID, outcome: Outcome, reason: str) -> None:
    """What comes of it. From now on nothing of this moment changes. Raises Refused."""
    require(Permission.PLAN_EVALUATION, asked)
    call(
        session,
        "casus.settle_evaluation(:evaluation, :outcome, :reason)",
        _SENTENCES,
        evaluation=evaluation,
        outcome=outcome.value,
        reason=reason,
    )
    record(session, Event.EVALUATION_SETTLED, dossier_id=about.id)
