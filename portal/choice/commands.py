"""Telling about oneself, placing what a colleague tells, and choosing who helps. Ask the policy first, never commit.

PostgreSQL does each in one function, checks whose it is and logs it (migrations/rls/81_profiles.sql and 82_wishes.sql).
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.choice.models import Says, Tell
from portal.dossier.queries import DossierView
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import call

_SENTENCES = {
    "MB001": N_("Dit is er niet."),
    "MB009": N_("Dit is al verstuurd."),
    "MB072": N_("Dit is al gedaan."),
    "MB095": N_("Kies een dag vanaf vandaag, en binnen 90 dagen."),
    "MB101": N_("U stuurde al een wens. Wacht op het antwoord, of neem die wens terug."),
    "MB102": N_("Iemand die u koos, is nu vol. Kies iemand anders, of kies dat u wilt wachten."),
}


@dataclass(frozen=True)
class Pick:
    """Somebody who is chosen, by public id; ``waits``: also when there is no room now."""

    person: UUID
    waits: bool


@dataclass(frozen=True)
class Wanted:
    """What an inwoner sends: at most three in order; ``anybody``: if need be whoever fits.

    ``team`` counts when nobody is named; None: the dossier's.
    """

    people: list[Pick]
    anybody: bool
    team: UUID | None
    words: str
    tell: Tell
    meet: bool


@dataclass(frozen=True)
class Answer:
    """What the team says; ``helper`` counts from who leads the team alone, ``on_day`` is the first day."""

    agrees: bool
    reason: str
    helper: UUID | None
    on_day: date | None


def send_profile(session: Session, asked: Asked, version: UUID, says: Says) -> None:
    """Sends it to who leads the actor; residents read what was placed before, until then. ``version`` becomes its id. Raises Refused."""
    require(Permission.WRITE_PROFILE, asked)
    told = json.dumps(asdict(says), ensure_ascii=False)
    call(session, "casus.send_profile(:version, CAST(:says AS jsonb))", _SENTENCES, version=version, says=told)


def hide_profile(session: Session, asked: Asked) -> None:
    """Residents don't read about the actor any more. Raises Refused."""
    require(Permission.WRITE_PROFILE, asked)
    call(session, "casus.hide_profile()", _SENTENCES)


def look_at_profile(session: Session, asked: Asked, version: UUID, *, good: bool, remark: str) -> None:
    """Places what a colleague sent, or sends it back. Raises Refused."""
    require(Permission.PLACE_PROFILE, asked)
    call(session, "casus.look_at_profile(:version, :good, :remark)", _SENTENCES, version=version, good=good, remark=remark)


def say_hours(session: Session, asked: Asked, dossier: UUID, hours: int) -> None:
    """About how many hours in a week the actor's work in this dossier takes. Raises Refused."""
    require(Permission.WRITE_PROFILE, asked)
    call(session, "casus.say_hours(:dossier, :hours)", _SENTENCES, dossier=dossier, hours=hours)


def set_caseload(session: Session, asked: Asked, person: UUID, most: int) -> None:
    """How many people somebody helps at most (eis 72.4). Raises Refused."""
    require(Permission.PLACE_PROFILE, asked)
    call(session, "casus.set_caseload(:person, :most)", _SENTENCES, person=person, most=most)


def send_wish(session: Session, asked: Asked, about: DossierView, number: UUID, wanted: Wanted) -> None:
    """Sends whom the inwoner wants to be helped by. ``number`` becomes its id. Raises Refused."""
    require(Permission.CHOOSE_HELPER, asked)
    call(
        session,
        "casus.send_wish(:dossier, :number, CAST(:says AS jsonb))",
        _SENTENCES,
        dossier=about.id,
        number=number,
        says=json.dumps(asdict(wanted), default=str, ensure_ascii=False),
    )


def withdraw_wish(session: Session, asked: Asked, wish: UUID) -> None:
    """The inwoner takes it back. Raises Refused."""
    require(Permission.CHOOSE_HELPER, asked)
    call(session, "casus.withdraw_wish(:wish)", _SENTENCES, wish=wish)


def answer_wish(session: Session, asked: Asked, wish: UUID, answer: Answer) -> None:
    """Yes from a day on, or no with the reason; the inwoner is told. Raises Refused."""
    require(Permission.ANSWER_WISH, asked)
    call(
        session,
        "casus.answer_wish(:wish, :agrees, :reason, :helper, :on_day)",
        _SENTENCES,
        wish=wish,
        **asdict(answer),
    )


def give_helper(session: Session, asked: Asked, dossier: UUID, helper: UUID) -> None:
    """Somebody of the team helps from today in a dossier where nobody is responsible; the inwoner is told. Raises Refused."""
    require(Permission.GIVE_HELPER, asked)
    call(session, "casus.give_helper(:dossier, :helper)", _SENTENCES, dossier=dossier, helper=helper)
