"""Joining, changing, absence and leaving. PostgreSQL checks the actor and does the whole of it in one function each; a refusal there
undoes only itself, so that the page can still be shown.

``asked`` is None for the operator at the command line, whose database role may do all of this.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.commands import issue_start_code
from portal.i18n import N_
from portal.policy import Asked, Permission, require
from portal.refusals import Refused, call

_USERNAME_TRIES = 50


# Why PostgreSQL refuses (migrations/rls/45_staff_functions.sql).
_SENTENCES = {
    "MB001": N_("Deze medewerker of dit team is er niet."),
    "MB002": N_("Deze gebruikersnaam is al gebruikt."),
    "MB003": N_("Dit is de laatste beheerder. Maak eerst iemand anders beheerder."),
    "MB004": N_("U kunt dit niet voor uzelf doen. Vraag het een collega."),
    "MB005": N_("Deze collega kan nu niet waarnemen. Kies iemand anders."),
    "MB006": N_("Deze dagen kunnen niet. Kijk of de laatste dag na de eerste komt."),
    "MB007": N_("U mag deze rol niet geven in dit team."),
    "MB008": N_("Dit e-mailadres is al gebruikt."),
    "MB009": N_("U heeft deze medewerker net al toegevoegd."),
}


@dataclass(frozen=True)
class NewStaff:
    """Somebody who starts. ``account``: the public id their account gets; the same form sent twice carries the same one."""

    first_name: str
    infix: str | None
    last_name: str
    job_title: str
    role: str
    team: UUID | None
    account: UUID
    email: str | None = None


@dataclass(frozen=True)
class Joined:
    """What to hand over to who starts: shown once, kept nowhere."""

    person: UUID
    username: str
    start_code: str


def join(db: Session, asked: Asked | None, new: NewStaff) -> Joined:
    """Somebody starts today. The user name comes from the name. Raises Refused."""
    _may(asked)
    code, code_hash = issue_start_code()
    values = {
        "first": new.first_name, "infix": new.infix, "last": new.last_name, "job": new.job_title, "team": new.team, "role": new.role,
        "account": new.account, "email": new.email.lower() if new.email else None, "code": code_hash,
    }  # fmt: skip
    base = username_for(new)
    for number in range(1, _USERNAME_TRIES + 1):
        username = base if number == 1 else f"{base}{number}"
        try:
            person = call(
                db,
                "casus.staff_join(:first, :infix, :last, :job, :team, :role, :account, :username, :email, :code)",
                _SENTENCES,
                username=username,
                **values,
            )
        except Refused as refused:
            if refused.code != "MB002" or number == _USERNAME_TRIES:
                raise
        else:
            return Joined(person, username, code)
    raise AssertionError("the last try either gave an answer or raised")


def username_for(new: NewStaff) -> str:
    """First and last name in plain letters: "Şeyma van den Berg" is "seyma.vandenberg"."""
    folded = unicodedata.normalize("NFKD", f"{new.first_name}.{new.infix or ''}{new.last_name}".lower().replace("ı", "i"))
    plain = re.sub(r"[^a-z0-9.]", "", folded).strip(".")
    return plain[:50] if len(plain) >= 3 else f"medewerker.{plain}".strip(".")


def change(db: Session, asked: Asked | None, person: UUID, *, job_title: str, team: UUID | None, role: str) -> None:
    """Another job, team or role. Raises Refused."""
    _may(asked)
    call(db, "casus.staff_change(:person, :job, :team, :role)", _SENTENCES, person=person, job=job_title, team=team, role=role)


def absence(db: Session, asked: Asked | None, person: UUID, *, first_day: date, last_day: date, substitute: UUID | None) -> None:
    """Away from ``first_day`` to ``last_day``, both included; the substitute may open the same dossiers then. Raises Refused."""
    _may(asked)
    call(
        db,
        "casus.staff_absence(:person, :first, :last, :substitute)",
        _SENTENCES,
        person=person,
        first=first_day,
        last=last_day,
        substitute=substitute,
    )


def plan_own(db: Session, asked: Asked, *, first_day: date, last_day: date, substitute: UUID | None) -> None:
    """The actor's own days off, both included; a colleague of the own team stands in. Raises Refused."""
    require(Permission.PLAN_ABSENCE, asked)
    values = {"first": first_day, "last": last_day, "substitute": substitute}
    call(db, "casus.plan_own_absence(:first, :last, :substitute)", _SENTENCES, **values)


def drop_own(db: Session, asked: Asked, first_day: date) -> None:
    """The own days off that begin on that day don't happen. Raises Refused."""
    require(Permission.PLAN_ABSENCE, asked)
    call(db, "casus.drop_own_absence(:first)", _SENTENCES, first=first_day)


def back(db: Session, asked: Asked | None, person: UUID) -> None:
    """Back at work: every absence of today and later ends. Raises Refused."""
    _may(asked)
    call(db, "casus.staff_absence_end(:person)", _SENTENCES, person=person)


def start_code(db: Session, asked: Asked | None, person: UUID) -> tuple[str, str]:
    """A new start code: gives user name and code. Password, app and sessions of before end at once. Raises Refused."""
    _may(asked)
    code, code_hash = issue_start_code()
    username = call(db, "casus.staff_start_code(:person, :code)", _SENTENCES, person=person, code=code_hash)
    return username, code


def leave(db: Session, asked: Asked | None, person: UUID) -> None:
    """Somebody leaves today: account, sessions, dossiers, standing in and grants end with it. Raises Refused."""
    _may(asked)
    call(db, "casus.staff_leave(:person)", _SENTENCES, person=person)


def _may(asked: Asked | None) -> None:
    if asked is not None:
        require(Permission.MANAGE_STAFF, asked)
