"""Opening a dossier, giving a start code, another address. PostgreSQL checks the actor and does each in one function; a refusal there
undoes only itself, so that the page can still be shown.
"""

import re
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal.i18n import N_
from portal.paper_code import code_hash, new_code
from portal.policy import Asked, Permission, require
from portal.refusals import Refused, call

_USERNAME_TRIES = 50

CHECKS = {
    "legitimatie": N_("Ik zag een legitimatie"),
    "bekend": N_("Het team kent deze persoon"),
    "teruggebeld": N_("Ik belde terug op een bekend nummer"),
    "thuis": N_("Ik sprak de persoon thuis"),
}
"""How somebody made sure who a person is; the codes are those of casus.melding_without_dossier."""


RENEWAL_CHECKS = {
    "gezien": N_("De inwoner is hier, en ik weet wie het is"),
    "gebeld": N_("Ik belde de inwoner op een bekend nummer"),
}
"""How somebody is sure that the inwoner wants a new code; the codes are those of portaal.sign_in_renewal."""
RENEWAL_REFUSED = "nee"


# Why PostgreSQL refuses (migrations/rls/48 and 53).
_SENTENCES = {
    "MB001": N_("Dit dossier is er niet."),
    "MB002": N_("Het lukte niet om een gebruikersnaam te maken. Probeer het nog een keer."),
    "MB041": N_("Bij deze melding hoort al een dossier."),
    "MB042": N_("Kies hoe u weet wie dit is."),
    "MB043": N_("Het account van deze inwoner is gesloten. Vraag de beheerder."),
    "MB044": N_("Een collega moet dit eerst bevestigen."),
}


@dataclass(frozen=True)
class NewInwoner:
    """Who somebody is, as made sure by a person."""

    first_name: str
    infix: str | None
    last_name: str
    birth_date: date
    street: str | None
    postcode: str | None


@dataclass(frozen=True)
class TooSoon:
    """Too many wrong names: wait so many seconds."""

    seconds: int


def open_dossier(db: Session, asked: Asked, melding: UUID, how: str, new: NewInwoner) -> UUID:
    """Makes a dossier of a melding, in which the actor works, and gives its public id. Raises Refused."""
    require(Permission.OPEN_DOSSIER, asked)
    made: UUID = call(
        db,
        "casus.open_dossier(:melding, :how, :first, :infix, :last, :birth, :street, :postcode)",
        _SENTENCES,
        melding=melding, how=how, first=new.first_name, infix=new.infix, last=new.last_name, birth=new.birth_date, street=new.street,
        postcode=new.postcode,
    )  # fmt: skip
    return made


def link_dossier(db: Session, asked: Asked, melding: UUID, how: str, dossier: UUID) -> None:
    """The melding goes to a dossier in which the actor works already. Raises Refused."""
    require(Permission.OPEN_DOSSIER, asked)
    call(db, "casus.link_dossier(:melding, :how, :dossier)", _SENTENCES, melding=melding, how=how, dossier=dossier)


def link_by_username(db: Session, asked: Asked, melding: UUID, how: str, username: str, birth_date: date) -> UUID | TooSoon | None:
    """The same by what the inwoner tells, wherever the dossier is; the actor then works in it. None: these don't belong together."""
    require(Permission.OPEN_DOSSIER, asked)
    wait_seconds, dossier = call(
        db,
        "l.wait_seconds, l.dossier FROM casus.link_by_username(:melding, :how, :username, :birth) l",
        _SENTENCES,
        melding=melding, how=how, username=username.strip(), birth=birth_date,
    )  # fmt: skip
    return TooSoon(wait_seconds) if wait_seconds else dossier


def change_address(db: Session, asked: Asked, dossier: UUID, street: str | None, postcode: str | None) -> None:
    """Another address of the inwoner, told at the desk. Raises Refused."""
    require(Permission.ARRANGE_SIGN_IN, asked)
    call(db, "casus.change_address(:dossier, :street, :postcode)", _SENTENCES, dossier=dossier, street=street, postcode=postcode)


def change_email(db: Session, asked: Asked, dossier: UUID, email: str | None) -> None:
    """Another e-mail address, or none: the old one stops at once, the new one works once it is confirmed. Raises Refused."""
    require(Permission.ARRANGE_SIGN_IN, asked)
    call(db, "portaal.resident_new_email(:dossier, :email)", _SENTENCES, dossier=dossier, email=email)


def give_start_code(db: Session, asked: Asked, dossier: UUID, first_name: str, *, by_post: bool) -> tuple[str, str]:
    """User name and a start code for the inwoner; makes the account if there is none. Raises Refused.

    Password, app, card and sessions of before end at once. Who signed in before is told, and needs a request that a colleague confirmed.
    """
    require(Permission.ARRANGE_SIGN_IN, asked)
    code = new_code()
    for digits in range(_USERNAME_TRIES):
        name = username_for(first_name, 3 + digits // 10)
        try:
            username: str = call(
                db,
                "portaal.resident_start_code(:dossier, :name, :code, :by_post)",
                _SENTENCES,
                dossier=dossier, name=name, code=code_hash(code), by_post=by_post,
            )  # fmt: skip
        except Refused as refused:
            if refused.code != "MB002" or digits == _USERNAME_TRIES - 1:
                raise
        else:
            return username, code
    raise AssertionError("the last try either gave an answer or raised")


def ask_renewal(db: Session, asked: Asked, dossier: UUID, how: str) -> None:
    """Asks a colleague to confirm that the inwoner gets a new start code. ``how``: of RENEWAL_CHECKS. Raises Refused."""
    require(Permission.ARRANGE_SIGN_IN, asked)
    call(db, "portaal.ask_renewal(:dossier, :how)", _SENTENCES, dossier=dossier, how=how)


def decide_renewal(db: Session, asked: Asked, renewal: UUID, how: str) -> None:
    """A colleague's answer: of RENEWAL_CHECKS, or RENEWAL_REFUSED. One that is not there (any more) changes nothing."""
    require(Permission.HELP_SIGN_IN, asked)
    db.execute(text("SELECT portaal.decide_renewal(:renewal, :how)"), {"renewal": renewal, "how": how})


@dataclass(frozen=True)
class AskedHelp:
    """What somebody says who can't sign in. ``lost``: wachtwoord, telefoon or allebei."""

    lost: str
    name: str
    birth_date: date
    username: str
    reach: str


def ask_help(connection: Connection, said: AskedHelp, subject: bytes, address: bytes) -> int:
    """Writes it down for the team, whoever it is, and gives 0; or the seconds to wait when it was asked too often."""
    wait = connection.execute(
        text("SELECT portaal.ask_sign_in_help(:lost, :name, :birth_date, :username, :reach, :subject, :address)"),
        {**asdict(said), "subject": subject, "address": address},
    ).scalar_one()
    return int(wait)


def handle_request(db: Session, asked: Asked, request: UUID, outcome: str) -> None:
    """A request was decided about: brief, balie or niets. One that is not there (any more) changes nothing."""
    require(Permission.HELP_SIGN_IN, asked)
    db.execute(text("SELECT portaal.handle_sign_in_request(:request, :outcome)"), {"request": request, "outcome": outcome})


def username_for(first_name: str, digits: int) -> str:
    """The first name in plain letters with a number behind it: "Şeyma" may be "seyma482"."""
    folded = unicodedata.normalize("NFKD", first_name.lower().replace("ı", "i"))
    plain = re.sub(r"[^a-z]", "", folded)[:20] or "inwoner"
    return f"{plain}{secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1)}"
