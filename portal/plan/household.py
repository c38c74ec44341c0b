"""The household plan: several adults, each with a dossier of their own, one plan together.

What stands where, and who reads it, PostgreSQL decides (migrations/rls/74_household_plan.sql); it also writes the change log.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.dossier.commands import Superseded
from portal.i18n import N_
from portal.paper_code import code_hash, new_code
from portal.plan.models import Part, PartKind, Plan
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit deel van het plan is er niet."),
    "MB094": N_("U of de ander maakt al samen een plan met iemand."),
    "MB095": N_("Dit was te vaak niet goed. Probeer het morgen weer."),
}


@dataclass(frozen=True)
class Member:
    """Somebody in the household plan. ``own``: whose dossier the page is about."""

    name: str
    own: bool
    joined_at: datetime


@dataclass(frozen=True)
class Household:
    """Who is in the household plan of a dossier now, the own person first; nobody: there is none."""

    members: list[Member]

    @property
    def others(self) -> list[Member]:
        """All but whose dossier it is."""
        return [one for one in self.members if not one.own]

    def readers(self, part: Part) -> list[Member]:
        """Who reads what was shown of an own part: who was in it when it was shown."""
        return [one for one in self.others if part.shown_at is not None and one.joined_at <= part.shown_at]


def household(session: Session, dossier_id: int) -> Household:
    """The household plan of a dossier, in one statement; for the inwoner's side and the team."""
    rows = session.execute(text("SELECT name, own, joined_at FROM acl.household(:dossier)"), {"dossier": dossier_id})
    return Household(list(dict.fromkeys(Member(*row) for row in rows)))


@dataclass(frozen=True)
class ShownText:
    """What somebody else in the household plan shows of their own."""

    name: str
    kind: PartKind
    body: str
    answers: list[int]


def read_others(session: Session, asked: Asked, dossier: UUID) -> list[ShownText]:
    """What the others show. It is a reading of their dossiers, and is written in their read logs."""
    require(Permission.JOIN_PLAN, asked)
    rows = session.execute(text("SELECT name, kind, body, answers FROM casus.read_household(:dossier)"), {"dossier": dossier})
    return [ShownText(row.name, PartKind(row.kind), row.body, row.answers) for row in rows]


# What keeps one safe, and what plays: that says whether safety does.
_NEVER_SHOWN = (PartKind.VEILIGHEID, PartKind.LEEFDOMEINEN)


def may_show(plan: Plan) -> list[Part]:
    """The own parts that could be shown: nothing about safety, nor what one keeps to oneself."""
    return [part for parts in plan.texts.values() for part in parts if part.audience > 1 and part.kind not in _NEVER_SHOWN]


def code_until(session: Session, dossier: UUID) -> datetime | None:
    """Until when the code works that the inwoner made; None: there is none."""
    until: datetime | None = session.execute(text("SELECT acl.household_code(:dossier)"), {"dossier": dossier}).scalar()
    return until


def make_code(session: Session, asked: Asked, dossier: UUID) -> str:
    """A code to hand to the other adult: works once, for 14 days; the one before works no more. Raises Refused."""
    require(Permission.JOIN_PLAN, asked)
    code = new_code()
    call(session, "casus.make_household_code(:dossier, :code)", _SENTENCES, dossier=dossier, code=code_hash(code))
    return code


def who_asks(session: Session, asked: Asked, dossier: UUID, code: str) -> str | None:
    """The name of who handed over this code; None: there is no such code. Raises Refused."""
    require(Permission.JOIN_PLAN, asked)
    name: str | None = call(session, "casus.try_household_code(:dossier, :code)", _SENTENCES, dossier=dossier, code=code_hash(code))
    return name


def join(session: Session, asked: Asked, dossier: UUID, code: str, *, with_goals: bool) -> bool:
    """Makes a plan together with who handed over this code; ``with_goals``: the joint goals come into the own plan.

    Gives whether there was such a code. Raises Refused.
    """
    require(Permission.JOIN_PLAN, asked)
    return bool(
        call(
            session,
            "casus.join_household(:dossier, :code, :goals)",
            _SENTENCES,
            dossier=dossier,
            code=code_hash(code),
            goals=with_goals,
        )
    )


def leave(session: Session, asked: Asked, dossier: UUID) -> None:
    """Stops, at once: the others see nothing more. Leaving twice is nothing new."""
    require(Permission.JOIN_PLAN, asked)
    call(session, "casus.leave_household(:dossier)", _SENTENCES, dossier=dossier)


def make_joint(session: Session, asked: Asked, goal: UUID, seen: int) -> None:
    """An own goal becomes one of all; ``seen``: the text that was read. Raises Refused, and Superseded when somebody wrote since."""
    require(Permission.SHARE_PLAN, asked)
    if not call(session, "casus.make_goal_joint(:goal, :seen)", _SENTENCES, goal=goal, seen=seen):
        raise Superseded


def show(session: Session, asked: Asked, part: UUID, seen: int) -> None:
    """Shows the others what a part says now; ``seen``: the text that was read. Raises Refused, and Superseded when somebody wrote since."""
    require(Permission.SHARE_PLAN, asked)
    if not call(session, "casus.show_to_household(:part, :seen)", _SENTENCES, part=part, seen=seen):
        raise Superseded


def hide(session: Session, asked: Asked, part: UUID) -> None:
    """And no longer. Twice is nothing new."""
    require(Permission.SHARE_PLAN, asked)
    call(session, "casus.hide_from_household(:part)", _SENTENCES, part=part)
