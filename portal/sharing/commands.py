"""Letting somebody or an organisation read along, and no longer.

PostgreSQL checks who asks and does each in one function, with its line in the change log.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.door.commands import username_for
from portal.i18n import N_
from portal.paper_code import code_hash, new_code
from portal.policy import Asked, Permission, require
from portal.refusals import Refused, call

_USERNAME_TRIES = 50
_TAKEN, _TWICE = "MB002", "23505"


class AlreadyDone(Exception):
    """This form was sent before; nothing was done again."""


# Why PostgreSQL refuses (migrations/rls/56_sharing.sql).
_SENTENCES = {
    "MB001": N_("Deze persoon is er niet."),
    _TAKEN: N_("Het lukte niet om een gebruikersnaam te maken. Probeer het nog een keer."),
    "MB051": N_("Kies een dag vanaf vandaag, en niet later dan over een jaar."),
    "MB052": N_("Kies wat deze persoon mag zien."),
}
# The same of an organisation (migrations/rls/71_consents.sql).
_OF_ORGANISATIONS = {
    "MB001": N_("Deze organisatie is er niet."),
    "MB051": _SENTENCES["MB051"],
    "MB052": N_("Kies wat deze organisatie mag zien."),
}


@dataclass(frozen=True)
class Parts:
    """What somebody may read: the whole dossier, or parts and entries of it. Codes as in portal.dossier.models."""

    whole: bool = False
    sections: tuple[int, ...] = ()
    leefdomeinen: tuple[int, ...] = ()
    entries: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Invitation:
    """As what (portal.plan.models.Role) somebody is in the plan, and until which day.

    ``whole``: all of it that is for who reads along; else what is named, beside the goals in which they do something.
    """

    role: int
    whole: bool
    parts: tuple[UUID, ...]
    until: date


@dataclass(frozen=True)
class Guest:
    """Somebody new. ``said`` is who that is to the inwoner, in the inwoner's words.

    ``number`` was made with the form, so that sending it twice adds one.
    """

    number: UUID
    first_name: str
    last_name: str
    said: str | None


@dataclass(frozen=True)
class StartCode:
    """What somebody new needs to come in the first time; shown once. Not in a log by mistake: the code is left out of repr."""

    username: str
    code: str = field(repr=False)


def give(db: Session, asked: Asked, dossier: UUID, person: UUID, parts: Parts, until: date) -> None:
    """Lets somebody who had a part before read this too, through that day. Raises Refused."""
    require(Permission.SHARE, asked)
    _call(db, f"acl.give_access(:dossier, :person, {_PARTS}, :until)", dossier=dossier, person=person, **_values(parts, until))


def invite(db: Session, asked: Asked, dossier: UUID, guest: Guest, parts: Parts, until: date, language: str) -> StartCode:
    """The same for somebody new, who gets an account of its own; gives the code to hand over. Raises Refused and AlreadyDone."""
    require(Permission.SHARE, asked)
    give = partial(
        _call,
        db,
        f"portaal.invite_naaste(:dossier, :number, :first, :last, :said, :name, :code, :language, {_PARTS}, :until)",
        dossier=dossier, number=guest.number, first=guest.first_name, last=guest.last_name, said=guest.said, language=language,
        **_values(parts, until),
    )  # fmt: skip
    return with_start_code(guest.first_name, give)


def change(db: Session, asked: Asked, dossier: UUID, person: UUID, parts: Parts, until: date, *, tell: bool) -> None:
    """From now on somebody reads this, through that day, and nothing else of the dossier. Raises Refused.

    ``tell``: the other reads that something changed; else nobody is told.
    """
    require(Permission.SHARE, asked)
    _call(
        db, f"acl.change_access(:dossier, :person, {_PARTS}, :until, :tell)",
        dossier=dossier, person=person, tell=tell, **_values(parts, until),
    )  # fmt: skip


def withdraw(db: Session, asked: Asked, dossier: UUID, person: UUID, *, tell: bool) -> None:
    """Somebody reads nothing of the dossier any more, from the next request on. ``tell`` as of ``change``. Raises Refused."""
    require(Permission.SHARE, asked)
    _call(db, "acl.withdraw_access(:dossier, :person, :tell)", dossier=dossier, person=person, tell=tell)


def confirm(db: Session, asked: Asked, dossier: UUID, person: UUID) -> None:
    """The inwoner says that it still holds; what had no end ends in a year. Raises Refused."""
    require(Permission.SHARE, asked)
    _call(db, "acl.confirm_access(:dossier, :person)", dossier=dossier, person=person)


def new_code_for(db: Session, asked: Asked, dossier: UUID, person: UUID, first_name: str, language: str) -> StartCode:
    """A new code for who never came in; the one of before stops. Raises Refused."""
    require(Permission.SHARE, asked)
    function = "portaal.new_naaste_code(:dossier, :person, :name, :code, :language)"
    return with_start_code(first_name, partial(_call, db, function, dossier=dossier, person=person, language=language))


def invite_to_plan(db: Session, asked: Asked, dossier: UUID, guest: Guest, to: Invitation, language: str) -> StartCode:
    """Invites somebody new, who gets an account of its own; gives the code to hand over. Raises Refused and AlreadyDone."""
    require(Permission.SHARE, asked)
    give = partial(
        _call,
        db,
        f"portaal.invite_to_plan(:dossier, :number, :first, :last, :said, :name, :code, :language, {_INVITATION})",
        dossier=dossier, number=guest.number, first=guest.first_name, last=guest.last_name, said=guest.said, language=language,
        **_invited(to),
    )  # fmt: skip
    return with_start_code(guest.first_name, give)


def give_plan(db: Session, asked: Asked, dossier: UUID, person: UUID, to: Invitation) -> None:
    """Invites somebody who was let in before, or changes what they were invited to. Raises Refused."""
    require(Permission.SHARE, asked)
    _call(db, f"acl.give_plan_access(:dossier, :person, {_INVITATION})", dossier=dossier, person=person, **_invited(to))


def leave(db: Session, asked: Asked, dossier: UUID) -> None:
    """Who reads along reads nothing of the dossier any more. The inwoner is told that there is news, and not what."""
    require(Permission.LEAVE, asked)
    call(db, "acl.leave(:dossier)", {}, dossier=dossier)


def consent(db: Session, asked: Asked, dossier: UUID, program: UUID, sections: tuple[int, ...], until: date, *, tell: bool) -> None:
    """From now on an organisation reads these sections (codes), through that day, and nothing else of the dossier. Raises Refused.

    ``tell``: it finds in its worklist that something changed, if it read before; else it is told nothing.
    """
    require(Permission.SHARE, asked)
    function = "acl.give_consent(:dossier, :program, :sections, :until, :tell)"
    values = {"dossier": dossier, "program": program, "sections": list(sections), "until": until, "tell": tell}
    call(db, function, _OF_ORGANISATIONS, **values)


def withdraw_consent(db: Session, asked: Asked, dossier: UUID, program: UUID, *, tell: bool) -> None:
    """An organisation reads nothing of the dossier any more, from its next question on. ``tell`` as of ``consent``. Raises Refused."""
    require(Permission.SHARE, asked)
    function = "acl.withdraw_consent(:dossier, :program, :tell)"
    call(db, function, _OF_ORGANISATIONS, dossier=dossier, program=program, tell=tell)


def confirm_consent(db: Session, asked: Asked, dossier: UUID, program: UUID) -> None:
    """The inwoner says that it still holds: for a year. Raises Refused."""
    require(Permission.SHARE, asked)
    call(db, "acl.confirm_consent(:dossier, :program)", _OF_ORGANISATIONS, dossier=dossier, program=program)


_PARTS = ":whole, :sections, :leefdomeinen, :entries"


def _values(parts: Parts, until: date) -> dict[str, Any]:
    return {
        "whole": parts.whole, "sections": list(parts.sections), "leefdomeinen": list(parts.leefdomeinen), "entries": list(parts.entries),
        "until": until,
    }  # fmt: skip


_INVITATION = ":role, :whole, :parts, :until"


def _invited(to: Invitation) -> dict[str, Any]:
    return {"role": to.role, "whole": to.whole, "parts": list(to.parts), "until": to.until}


def with_start_code(first_name: str, give: Callable[..., str]) -> StartCode:
    """A new code, under a user name that is nobody's. Raises Refused.

    ``give(name=..., code=...)`` keeps the hash of the code, and gives the user name that it stands for.
    """
    code = new_code()
    for tried in range(_USERNAME_TRIES):
        try:
            username = give(name=username_for(first_name, 3 + tried // 10), code=code_hash(code))
        except Refused as refused:
            if refused.code != _TAKEN or tried == _USERNAME_TRIES - 1:
                raise
        else:
            return StartCode(username, code)
    raise AssertionError("the last try either gave an answer or raised")


def _call(db: Session, function: str, **values: Any) -> Any:
    try:
        return call(db, function, {**_SENTENCES, _TWICE: ""}, **values)
    except Refused as refused:
        if refused.code == _TWICE:
            raise AlreadyDone from None
        raise
