"""Writing in the plan, laying it before the inwoner, agreeing and following. Ask the policy first, record the change last, never commit.

PostgreSQL does each in one function (migrations/rls/70_plan.sql) and checks whose plan it is.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit import Event, record
from portal.dossier.commands import Superseded
from portal.dossier.models import Audience
from portal.dossier.queries import DossierView
from portal.i18n import N_
from portal.plan.models import Choice, PartKind, Status
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit deel van het plan is er niet."),
    "MB072": N_("Hierop is al geantwoord."),
    "MB091": N_("Er staat nog niets in het plan."),
    "MB093": N_("Daar staat al een tekst. Zet uw woorden daarbij."),
    "MB092": N_("Bij een actie mist nog iets. Wie doet het, voor welke dag, en wanneer kijkt u samen?"),
}


@dataclass(frozen=True)
class Words:
    """What a part says. ``holder``: somebody of queries.people; else ``holder_name``, a name that was typed. Days are Amsterdam's."""

    body: str
    why: str = ""
    answers: list[int] = field(default_factory=list)
    leefdomein: int = 0
    perspective: int | None = None
    holder: UUID | None = None
    holder_name: str = ""
    due_on: date | None = None
    look_on: date | None = None
    dropped: bool = False


@dataclass(frozen=True)
class NewPart:
    """A part that isn't there yet. ``number`` was made with the form, so that sending it twice makes one."""

    number: UUID
    kind: PartKind
    audience: Audience
    goal: UUID | None = None


def begin(session: Session, asked: Asked, about: DossierView, new: NewPart, words: Words) -> None:
    """Writes a part for the first time. Raises Superseded when it is there already, and Refused."""
    require(Permission.WRITE_PLAN, asked)
    made = _call(
        session,
        "casus.begin_plan_part(:dossier, :part, :kind, :goal, :audience)",
        dossier=about.id,
        part=new.number,
        kind=new.kind.value,
        goal=new.goal,
        audience=new.audience.value,
    )
    if not made:
        raise Superseded
    write(session, asked, about, new.number, base=0, words=words)


def write(session: Session, asked: Asked, about: DossierView, part: UUID, *, base: int, words: Words) -> None:
    """Writes what a part says from now on; ``base``: the number of the text that was changed.

    Raises Superseded when somebody wrote since, and Refused.
    """
    require(Permission.WRITE_PLAN, asked)
    if not _call(session, "casus.write_plan(:part, :base, CAST(:words AS jsonb))", part=part, base=base, words=_json(asdict(words))):
        raise Superseded
    record(session, Event.PLAN_WRITTEN, dossier_id=about.id)


def share(session: Session, asked: Asked, about: DossierView, part: UUID, audience: Audience) -> None:
    """Who reads a part from now on; the actions of a goal go along. Raises Refused."""
    require(Permission.SHARE_PLAN, asked)
    if _call(session, "casus.share_plan_part(:part, :audience)", part=part, audience=audience.value):
        record(session, Event.PLAN_SHARED, dossier_id=about.id)


def order(session: Session, asked: Asked, about: DossierView, goals: list[UUID]) -> None:
    """Puts the goals in this order."""
    require(Permission.ORDER_PLAN, asked)
    session.execute(text("SELECT casus.order_goals(:goals)"), {"goals": goals})
    record(session, Event.PLAN_ORDERED, dossier_id=about.id)


def step(session: Session, asked: Asked, about: DossierView, part: UUID, status: Status) -> None:
    """How far an action is. The same again is no news. Raises Refused."""
    require(Permission.STEP_PLAN, asked)
    if _call(session, "casus.step_plan(:part, :status)", part=part, status=status.value):
        record(session, Event.PLAN_STEP, dossier_id=about.id)


def remark(session: Session, asked: Asked, about: DossierView, part: UUID, number: UUID, words: str) -> None:
    """Says something beside a part. ``number`` was made with the form, so that sending it twice makes one. Raises Refused."""
    require(Permission.REMARK_PLAN, asked)
    if _call(session, "casus.remark_plan(:part, :number, :words)", part=part, number=number, words=words):
        record(session, Event.PLAN_REMARKED, dossier_id=about.id)


def withdraw_remark(session: Session, asked: Asked, about: DossierView, number: UUID) -> None:
    """Takes back what one said: nobody else reads it any more. Raises Refused."""
    require(Permission.READ_PLAN, asked)
    if _call(session, "casus.withdraw_remark(:number)", number=number):
        record(session, Event.PLAN_REMARK_WITHDRAWN, dossier_id=about.id)


def see_remark(session: Session, asked: Asked, about: DossierView, number: UUID, words: str) -> None:
    """Says that a remark was read, with an answer or without. Raises Refused."""
    require(Permission.ANSWER_REMARK, asked)
    _call(session, "casus.see_remark(:number, :words)", number=number, words=words)
    record(session, Event.PLAN_REMARK_SEEN, dossier_id=about.id)


@dataclass(frozen=True)
class Flag:
    """Drang (1) or dwang (2), on which ground, and through which day (None: without end)."""

    kind: int
    ground: str
    from_day: date
    until_day: date | None


def flag_pressure(session: Session, asked: Asked, about: DossierView, number: UUID, flag: Flag) -> None:
    """Writes down drang or dwang. ``number`` was made with the form, so that sending it twice makes one."""
    require(Permission.FLAG_PRESSURE, asked)
    function = "casus.flag_pressure(:dossier, :number, :kind, :ground, :from_day, :until_day)"
    if _call(session, function, dossier=about.id, number=number, **asdict(flag)):
        record(session, Event.PLAN_PRESSURE, dossier_id=about.id)


def end_pressure(session: Session, asked: Asked, about: DossierView, number: UUID) -> None:
    """It ends today; ending it again is no news. Raises Refused."""
    require(Permission.FLAG_PRESSURE, asked)
    if _call(session, "casus.end_pressure(:number)", number=number):
        record(session, Event.PLAN_PRESSURE_ENDED, dossier_id=about.id)


def copy_given(session: Session, asked: Asked, about: DossierView, proposal: UUID) -> None:
    """The inwoner got the copy on paper of a version."""
    require(Permission.RECORD_PLAN, asked)
    if _call(session, "casus.give_plan_copy(:proposal)", proposal=proposal):
        record(session, Event.PLAN_COPY_GIVEN, dossier_id=about.id)


def propose(session: Session, asked: Asked, about: DossierView, number: UUID) -> None:
    """Lays the plan before the inwoner as it is now; what lay there waits no more. ``number`` becomes its id. Raises Refused."""
    require(Permission.PROPOSE_PLAN, asked)
    _call(session, "casus.propose_plan(:dossier, :number)", dossier=about.id, number=number)
    record(session, Event.PLAN_PROPOSED, dossier_id=about.id)


@dataclass(frozen=True)
class Decision:
    """What the inwoner says of what was laid before.

    ``way``: portaal, papier or mondeling; for the last two ``proof`` says what was seen or heard.

    ``copy``: 0 none wanted, 1 on a screen, 2 on paper. ``own``: whether it feels as the own plan, 1 no to 5 yes; None: not asked.
    """

    choice: Choice
    words: str
    copy: int
    own: int | None = None
    way: str = "portaal"
    proof: str = ""
    decided_on: date | None = None


def decide(session: Session, asked: Asked, about: DossierView, proposal: UUID, decision: Decision) -> int | None:
    """The inwoner's own act (eis 8.2), or what was said on paper or aloud.

    Gives the number of the agreed version; None: not agreed. Raises Refused.
    """
    require(Permission.AGREE_PLAN if decision.way == "portaal" else Permission.RECORD_PLAN, asked)
    agreed: int | None = _call(
        session, "casus.decide_plan(:proposal, CAST(:decision AS jsonb))", proposal=proposal, decision=_json(asdict(decision))
    )
    record(session, Event.PLAN_REFUSED if agreed is None else Event.PLAN_AGREED, dossier_id=about.id)
    return agreed


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, default=str, ensure_ascii=False)


def _call(session: Session, function: str, **values: Any) -> Any:
    return call(session, function, _SENTENCES, **values)
