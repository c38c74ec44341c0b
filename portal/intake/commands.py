"""Sending a melding, and saying that it gets worse."""

import json
import secrets
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.intake.drafts import Draft
from portal.intake.forms import postcode
from portal.paper_code import code_hash

# Without letters and figures that look alike: a number is said on the telephone.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
_TEXTS = (
    "words", "reporter_role", "reporter_name", "reporter_organisation", "reporter_contact", "consent",
    "name", "age", "phone", "email", "address", "reach_when", "company", "spoken",
)  # fmt: skip
_YES = {"ja": True, "nee": False}
TOO_MANY = "MB010"


class TooManyError(Exception):
    """From this place very many meldingen were sent just now."""


def new_number() -> str:
    """A number that people say: M-7KQ4-2XWP, random, so that it tells nothing about how many there are."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"M-{letters[:4]}-{letters[4:]}"


def send(connection: Connection, draft: Draft, language: str, team: str | None, source: bytes) -> str | None:
    """Sends it to a team (by name; None: to all), once, and gives its number; None when the draft is gone. Raises TooManyError."""
    try:
        number: str | None = connection.execute(
            text("SELECT portaal.send_melding(:code, :number, CAST(:answers AS jsonb), :team, :source)"),
            {
                "code": code_hash(draft.code),
                "number": new_number(),
                "answers": json.dumps(as_columns(draft.answers, language)),
                "team": team,
                "source": source,
            },
        ).scalar_one()
    except DBAPIError as refused:
        if getattr(refused.orig, "sqlstate", None) == TOO_MANY:
            raise TooManyError from None
        raise
    return number


def worse(connection: Connection, code: str, told: str) -> bool:
    """Says that it gets worse, in own words or none. False when there is no such melding, or it is about somebody else."""
    known: bool = connection.execute(
        text("SELECT portaal.melding_worse(:code, :told)"), {"code": code_hash(code), "told": told}
    ).scalar_one()
    return known


def helped(connection: Connection, code: str, answer: str) -> bool:
    """Says whether the outcome helped ("ja" or "nee"); "nee" brings it back to the team at once. False when nothing was asked."""
    taken: bool = connection.execute(
        text("SELECT portaal.sent_melding_helped(:code, :answer)"), {"code": code_hash(code), "answer": answer}
    ).scalar_one()
    return taken


def own_helped(db: Session, number: str, answer: str) -> bool:
    """The same from the owner of the dossier to which the melding with this number belongs."""
    taken: bool = db.execute(text("SELECT casus.own_melding_helped(:number, :answer)"), {"number": number, "answer": answer}).scalar_one()
    return taken


def as_columns(answers: dict[str, Any], language: str) -> dict[str, Any]:
    """The answers as the columns of casus.melding; what was left empty is not known."""
    given = {name: value.strip() if name != "words" else value for name in _TEXTS if (value := answers.get(name))}
    columns: dict[str, Any] = {name: value for name, value in given.items() if value}
    columns |= {
        name: _YES.get(answers.get(name, "")) for name in ("children_at_home", "safe_call", "safe_mail", "safe_post", "interpreter")
    }
    columns |= {name: answers.get(name) or [] for name in ("signs", "reach_ways")}
    return {"words": "", "name": "", **columns} | {
        "for_whom": answers["for_whom"],
        "language": language,
        "postcode": postcode(answers.get("postcode") or ""),
    }
