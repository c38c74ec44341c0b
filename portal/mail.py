"""Mail and letters: put in the queue with what they are about, and what they say.

Nothing in a mail tells what it is about, or whose it is: who reads it in passing learns that there is something to read elsewhere.
Both queues are filled in the caller's transaction, by functions of migrations/rls/55_portaal_post.sql, which also decide whether it is
safe to send.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from flask import current_app
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal import deadlines
from portal.deadlines import Term
from portal.i18n import LANGUAGES, SOURCE, Translator, format_date, translator
from portal.secretbox import letter_about, seal, unseal
from portal.settings import Settings

MAILS = ("melding_ontvangen", "melding_antwoord", "nieuws", "mailcode", "inloggen", "toegang", "stap", "werk")
"""Texts of templates/mail, each in every language: the first line is the subject."""
LETTERS = ("melding_ontvangen", "melding_antwoord", "startcode", "nieuws", "toegang", "stap")
"""Letters of templates/letters."""
ToWhom = Literal["inwoner", "aanmelder"]
MOST_LINES = 4
_TEXTS = Path(__file__).resolve().parent.parent / "templates" / "mail"
_DIVIDER = "- - - - -"


@dataclass(frozen=True)
class Place:
    """What mails and letters say about us: the name of the portal, the residents' address of it, the number to call.

    ``start`` is within how long help begins in this city, ``visit`` where one can walk in.
    """

    site: str
    address: str
    phone: str
    start: Term
    visit: str


def queue_mail(
    db: Session | Connection,
    template: str,
    language: str,
    to: str | None,
    *,
    melding_id: int | None = None,
    person_id: int | None = None,
    team_id: int | None = None,
    to_whom: ToWhom = "inwoner",
) -> None:
    """Have a mail sent, when this transaction commits. An address that can't be one, or isn't safe, becomes a task of the team.

    ``to_whom`` says "aanmelder" when it goes to who asked for somebody else. Raises ValueError for an unknown template.
    """
    _require(template, MAILS)
    db.execute(
        text("SELECT portaal.queue_mail(:template, :language, :to_whom, :to, :melding, :person, :team)"),
        {
            "template": template, "language": known_language(language), "to_whom": to_whom, "to": to and to.strip(),
            "melding": melding_id, "person": person_id, "team": team_id,
        },
    )  # fmt: skip


def queue_letter(
    db: Session | Connection,
    template: str,
    language: str,
    name: str,
    address: str | None,
    *,
    secrets: Mapping[str, str] | None = None,
    melding_id: int | None = None,
    person_id: int | None = None,
    team_id: int | None = None,
    to_whom: ToWhom = "inwoner",
) -> None:
    """Have a letter printed and posted by the team. Without an address, or when that isn't safe, it becomes a task of the team.

    ``address``: lines, or parts with commas between them. ``secrets`` is what only the paper may say: sealed with the text key of the
    team's face, which alone may give it, and gone once the letter is posted. Raises ValueError for an unknown template.
    """
    _require(template, LETTERS)
    public_id = uuid4()
    sealed = None
    if secrets is not None:
        sealed = seal(_settings().text_key, json.dumps(dict(secrets)).encode(), letter_about(public_id))
    db.execute(
        text("SELECT portaal.queue_letter(:id, :template, :language, :to_whom, :name, :lines, :sealed, :melding, :person, :team)"),
        {
            "id": public_id, "template": template, "language": known_language(language), "to_whom": to_whom, "name": _line(name),
            "lines": address_lines(address), "sealed": sealed, "melding": melding_id, "person": person_id, "team": team_id,
        },
    )  # fmt: skip


def open_secrets(public_id: UUID, sealed: bytes | None) -> dict[str, str]:
    """What only the paper may say; nothing when there was nothing. Raises portal.secretbox.SealError."""
    if sealed is None:
        return {}
    settings = _settings()
    secrets: dict[str, str] = json.loads(unseal(settings.text_key, bytes(sealed), letter_about(public_id), settings.text_key_before))
    return secrets


def address_lines(address: str | None) -> list[str]:
    """An address as it stands on an envelope, at most four lines; what is too long is cut, so that the rest can go."""
    parts = [_line(part)[:90] for part in re.split(r"[\n,]+", address or "")]
    return [part for part in parts if part][:MOST_LINES]


def mail_text(template: str, language: str, place: Place, *, to_whom: str, since: datetime, code: str | None = None) -> tuple[str, str]:
    """Subject and text in a language; where nobody checked the translation, the Dutch stands below it.

    ``since`` is when what it is about began, with a time zone. ``code`` is what "mailcode" brings. Raises jinja2.TemplateError for an
    unknown template, or without the code.
    """
    said = [_said(template, one, place, to_whom, since, code) for one in _languages(language)]
    subject = said[0][0]
    return subject, f"\n\n{_DIVIDER}\n\n".join(body for _subject, body in said) + "\n"


def _languages(language: str) -> list[str]:
    code = known_language(language)
    return [code] if code == SOURCE or translator(code).checked else [code, SOURCE]


def _said(template: str, language: str, place: Place, to_whom: str, since: datetime, code: str | None) -> tuple[str, str]:
    speaks = translator(language)
    values = {"_": speaks.gettext, "place": _isolated(place, speaks), "to_whom": to_whom, **term_days(language, since, place.start)}
    if code is not None:
        values["mail_code"] = code if speaks.language.direction == "ltr" else f"\u2066{code}\u2069"
    subject, _, body = _environment().get_template(f"{template}.txt").render(values).partition("\n")
    return subject.strip(), re.sub(r"\n{3,}", "\n\n", body).strip()


def term_days(code: str, since: datetime, start: Term) -> dict[str, str]:
    """The last days of the terms that a confirmation names, in words of a language. ``start`` as of ``Place``."""
    return {
        "received_day": format_date(since, code),
        "talk_day": format_date(deadlines.due(deadlines.FIRST_TALK, since), code),
        "start_day": format_date(deadlines.due(start, since), code),
    }


def _isolated(place: Place, speaks: Translator) -> Place:
    """In a text from right to left a number with dashes and an address keep their order only between these marks (docs/words.md)."""
    if speaks.language.direction == "ltr":
        return place
    return replace(place, address=f"\u2066{place.address}\u2069", phone=f"\u2066{place.phone}\u2069")


@cache
def _environment() -> Environment:
    # Plain text: there is nothing to escape.
    return Environment(loader=FileSystemLoader(_TEXTS), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701


def known_language(language: str) -> str:
    """The language of what we write to who speaks this one: Dutch when there is no text in it."""
    return language if language in LANGUAGES and LANGUAGES[language].complete else SOURCE


def _require(template: str, known: tuple[str, ...]) -> None:
    if template not in known:
        raise ValueError(f"there is no text {template}")


def _line(words: str) -> str:
    return " ".join(words.split())[:200]


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
