"""The people of the demo: the cases imported once, and an account for who has a part in them.

Nobody here exists. The password is the same for all and stands in this file; the code of the second step is shown at
sign-in. That is why demo mode can't start together with the settings of a real installation.
"""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from portal.accounts.commands import NewAccount, create_account
from portal.accounts.passwords import hash_password
from portal.accounts.totp import new_secret
from portal.demo.meldingen import import_meldingen
from portal.demo.profiles import import_profiles
from portal.importing import Imported, import_case, import_organisation

Json = dict[str, Any]

DEMO = Path(__file__).resolve().parent
PASSWORD = "welkom in de demo"  # noqa: S105 - shown to whoever starts the demo

# Two who see a part: the sister who knows the safety plan, and the sister for whom one note is closed.
NAASTEN = {("partnergeweld", "Floor Bouwman"), ("langlopend-vijf-jaar", "Carla Hermsen")}

# Letters that Unicode doesn't take apart into a letter and a mark.
_NOT_DECOMPOSED = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"})


@dataclass(frozen=True)
class DemoPerson:
    """Somebody one can sign in as. ``public_id`` is the person's, ``about`` says in Dutch who it is."""

    face: str
    username: str
    public_id: str
    name: str
    about: str
    language: str


def demo_people(today: date | None = None) -> list[DemoPerson]:
    """Give everybody with an account: residents and naasten, in the order of the cases; then colleagues.

    Of the colleagues those who work in a case ``today`` (None: now), who leads a team with a case, and the administrator.
    """
    day = (today or datetime.now(ZoneInfo("Europe/Amsterdam")).date()).isoformat()
    cases = demo_cases()
    outside = []
    for case, later in zip(cases, demo_later(), strict=True):
        inwoner = case["inwoner"]
        outside.append(_outside(inwoner, f"inwoner, {len(case['entries'])} notities"))
        outside += [
            _outside(naaste, f"{naaste['relation']} van {inwoner['first_name']}, ziet: {', '.join(naaste['may_see'])}")
            for naaste in later["network"]
            if (later["case"], naaste["name"]) in NAASTEN
        ]
    busy = {
        turn["professional"] for case in cases for turn in case["assignments"] if turn["valid_until"] is None or turn["valid_until"] >= day
    }
    teams = {case["dossier"]["team"] for case in cases}
    colleagues = {person["id"]: person for case in cases for person in case["professionals"]}
    colleagues.update({person["id"]: person for person in demo_organisation()["staff"]})
    return outside + [
        _colleague(person)
        for person in colleagues.values()
        if (person["left_on"] is None or person["left_on"] > day)
        and (person["id"] in busy or person["role"] == "beheerder" or (person["role"] == "teamleider" and person["team"] in teams))
    ]


def import_demo(connection: Connection, text_keys: dict[str, bytes], languages: set[str]) -> int:
    """Import organisation and cases and make the accounts, as portaal_operator, in the caller's transaction.

    ``text_keys`` by face; somebody whose language is not in ``languages`` starts in Dutch. Gives the number of accounts.
    Raises portal.importing.ImportRefusedError.
    """
    imported = Imported()
    organisation = demo_organisation()
    imported += import_organisation(connection, organisation)
    import_profiles(connection, organisation["staff"], imported.persons)
    for path in _files("cases"):
        imported += import_case(connection, path)
    _agree_with_programs(connection)
    import_meldingen(connection, datetime.now(ZoneInfo("Europe/Amsterdam")))
    people = demo_people()
    # All of them have the same password, so the slow work is done once.
    password_hash = hash_password(PASSWORD)
    for person in people:
        create_account(
            connection,
            text_keys[person.face],
            NewAccount(
                person_id=imported.persons[person.public_id],
                face=person.face,
                username=person.username,
                language=person.language if person.language in languages else "nl",
                password_hash=password_hash,
                totp_secret=new_secret(),
            ),
        )
    return len(people)


def _agree_with_programs(connection: Connection) -> None:
    """Adds the organisations that may read in every team: one because the law says so, one while the inwoner consents."""
    connection.execute(
        text(
            "INSERT INTO casus.program (role_name, name, purpose, ground, sections, team_ids)"
            " SELECT :role_name, :name, :purpose, :ground, :sections, array_agg(t.id) FROM casus.team t"
        ),
        _read(DEMO / "programs.json"),
    )


def demo_cases() -> list[Json]:
    """Give the case files (docs/case-format.md), in the order of their names."""
    return [_read(path) for path in _files("cases")]


def demo_later() -> list[Json]:
    """Give what the source says of each case and the case database has no place for yet, in the same order."""
    return [_read(path) for path in _files("later")]


def demo_organisation() -> Json:
    """Give the organisation file, with the colleagues that the demo adds (extra-staff.json)."""
    organisation: Json = _read(DEMO / "organisation.json")
    organisation["staff"] += _read(DEMO / "extra-staff.json")
    return organisation


def _files(folder: str) -> list[Path]:
    return sorted((DEMO / folder).glob("*.json"))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _outside(person: Json, about: str) -> DemoPerson:
    return DemoPerson(
        face="inwoner",
        username=_plain(person["first_name"]),
        public_id=person["id"],
        name=f"{person['first_name']} {_surname(person)}",
        about=about,
        language=person["language"],
    )


def _colleague(person: Json) -> DemoPerson:
    name = f"{person['first_name']} {_surname(person)}"
    return DemoPerson(
        face="team",
        username=_plain(name.replace(" ", ".")),
        public_id=person["id"],
        name=name,
        about=f"{person['role']}, {person['team']}" if person["team"] else person["role"],
        language="nl",
    )


def _surname(person: Json) -> str:
    return " ".join(part for part in (person["infix"], person["last_name"]) if part)


def _plain(name: str) -> str:
    """Give a name in small letters without accents, as people type it."""
    spread = unicodedata.normalize("NFKD", name.lower().translate(_NOT_DECOMPOSED))
    return "".join(character for character in spread if not unicodedata.combining(character))
