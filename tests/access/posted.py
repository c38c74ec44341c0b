"""Meldingen, mails and letters: what the scenarios of the post begin with."""

from typing import Any
from uuid import UUID

from tests.access.stage import Stage
from tests.access.world import PEOPLE, public

WORKER, LEAD, ELSEWHERE, ADMIN, OWNER = (PEOPLE[name] for name in ("assigned", "team lead", "other team", "administrator", "owner"))
SEALED = b"geheim"


def melding(
    stage: Stage,
    number: int,
    *,
    team: int | None = 1,
    mail: bool | None = None,
    post: bool | None = None,
    dossier: int | None = None,
    other: bool = False,
    name: str = "Sam Proef",
    reporter: str | None = None,
    consent: str = "ja",
) -> int:
    """A melding with this number; gives it. ``mail`` and ``post``: whether somebody said that this is safe."""
    stage.given(
        "INSERT INTO casus.melding (id, public_id, number, received_at, channel, for_whom, reporter_role, reporter_name, consent, name, team_id,"
        " safe_mail, safe_post, dossier_id) VALUES (%s, %s, %s, now() - interval '5 days', 'website', %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        number, public("melding", number), f"M-0000-{number:04}", "ander" if other else "zelf", "huisarts" if other else None, reporter,
        consent if other else None, name, team, mail, post, dossier,
    )  # fmt: skip
    return number


def mail(
    stage: Stage,
    number: int,
    what: str = "",
    *,
    whom: str = "inwoner",
    about: int | None = None,
    person: int | None = None,
    team: int | None = 1,
) -> UUID:
    """A mail in the outbox, changed as ``what`` says (such as "sent_at = now(), address = NULL"); gives its public id."""
    stage.given(
        "INSERT INTO portaal.outbox (id, public_id, template, language, to_whom, address, melding_id, person_id, team_id) OVERRIDING SYSTEM VALUE"
        " VALUES (%s, %s, 'nieuws', 'nl', %s, %s, %s, %s, %s)",
        number, public("mail", number), whom, f"sam{number}@voorbeeld.nl", about, person, team,
    )  # fmt: skip
    if what:
        stage.given(f"UPDATE portaal.outbox SET {what} WHERE id = %s", number)
    return public("mail", number)


def letter(
    stage: Stage,
    number: int,
    what: str = "",
    *,
    whom: str = "inwoner",
    about: int | None = None,
    person: int | None = None,
    team: int | None = 1,
) -> UUID:
    """A letter in the queue, changed as ``what`` says; gives its public id."""
    stage.given(
        "INSERT INTO portaal.letter (id, public_id, template, language, to_whom, to_name, to_lines, sealed, melding_id, person_id, team_id)"
        " OVERRIDING SYSTEM VALUE VALUES (%s, %s, 'startcode', 'nl', %s, 'Sam Proef', '{Proefweg 1,6500 AA Nijmegen}', %s, %s, %s, %s)",
        number, public("letter", number), whom, SEALED, about, person, team,
    )  # fmt: skip
    if what:
        stage.given(f"UPDATE portaal.letter SET {what} WHERE id = %s", number)
    return public("letter", number)


def row(stage: Stage, table: str, number: int, columns: str) -> tuple[Any, ...]:
    """Some columns of one mail ("outbox") or letter."""
    [found] = stage.seen(f"SELECT {columns} FROM portaal.{table} WHERE id = %s", number)
    return found


def numbers(stage: Stage, kind: str, ids: set[UUID]) -> set[int]:
    """Which of the first hundred mails or letters these are."""
    return {number for number in range(100) if public(kind, number) in ids}
