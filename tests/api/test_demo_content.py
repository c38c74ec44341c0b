"""The demo set: who can sign in, in which language, and that installing it really works."""

from datetime import date

import pyotp
import pytest

from portal.accounts import passwords, totp
from portal.accounts.commands import FirstStep, Trace, begin_password
from portal.accounts.queries import peek_second_step
from portal.db import Database
from portal.demo.people import PASSWORD, DemoPerson, demo_cases, demo_later, demo_organisation, demo_people, import_demo
from portal.importing import ImportRefusedError
from tests.conftest import PortalDatabase

TODAY = date(2026, 11, 22)
TEXT_KEYS = {"inwoner": b"i" * 32, "team": b"t" * 32}
CASES = demo_cases()


@pytest.fixture(scope="module")
def people() -> list[DemoPerson]:
    return demo_people(TODAY)


@pytest.fixture(scope="module")
def accounts(database: PortalDatabase) -> int:
    operator = Database(database.url("portaal_operator"), None)
    with operator.plain() as connection:
        made = import_demo(connection, TEXT_KEYS, {"nl", "en", "ar"})
    operator.dispose()
    return made


def test_the_password_may_be_chosen_by_everybody(people: list[DemoPerson]) -> None:
    assert {passwords.objection(PASSWORD, (person.username, person.name)) for person in people} == {None}


def test_every_inwoner_signs_in_with_the_first_name(people: list[DemoPerson]) -> None:
    by_name = {person.username: person for person in people if person.face == "inwoner"}
    inwoners = {"samer", "marieke", "yvonne", "wendy", "bennie", "iryna", "iris", "tomasz", "ruben", "danny", "nurten"}
    assert by_name.keys() == inwoners | {"floor", "carla"}
    assert (by_name["samer"].language, by_name["iris"].language) == ("ar", "nl")


def test_on_the_team_there_is_somebody_for_every_case_and_a_lead_for_every_team(people: list[DemoPerson]) -> None:
    team = [person for person in people if person.face == "team"]
    usernames = [person.username for person in team]
    assert len(set(usernames)) == len(usernames)
    assert {"femke.nas", "fatima.el.amrani", "naima.bouzid"} <= set(usernames)
    assert "wilma.arts" not in usernames, "she left"
    staff = {person["id"]: person for case in CASES for person in case["professionals"]}
    staff.update({person["id"]: person for person in demo_organisation()["staff"]})
    roles = [staff[person.public_id]["role"] for person in team]
    assert roles.count("beheerder") == 1
    leads = {staff[person.public_id]["team"] for person in team if staff[person.public_id]["role"] == "teamleider"}
    assert leads == {case["dossier"]["team"] for case in CASES}
    for case in CASES:
        current = {turn["professional"] for turn in case["assignments"] if turn["valid_until"] is None}
        assert current <= {person.public_id for person in team}


def test_added_colleagues_have_names_nobody_else_has() -> None:
    names = [person["name"] for person in demo_organisation()["staff"]]
    names += {person["name"] for later in demo_later() for person in later["professionals"]} - set(names)
    names += [f"{case['inwoner']['first_name']} {case['inwoner']['last_name']}" for case in CASES]
    names += {person["name"] for later in demo_later() for person in later["network"]}
    assert len(names) == len(set(names))


def test_everybody_can_sign_in_on_the_own_face(database: PortalDatabase, accounts: int, people: list[DemoPerson]) -> None:
    secrets, hashes = set(), []
    faces = {face: Database(database.url(f"web_{face}"), None) for face in TEXT_KEYS}
    for person in people:
        trace = Trace(person.username.encode().ljust(32), person.public_id.encode()[:32])
        with faces[person.face].plain() as connection:
            first = begin_password(connection, person.username, trace)
            assert isinstance(first, FirstStep)
            assert first.account is not None, person.username
            second = peek_second_step(connection, first.account)
        assert second is not None
        secret = totp.open_secret(TEXT_KEYS[person.face], first.account, second.totp_secret)
        assert totp.step_of(secret, pyotp.TOTP(secret).now(), None) is not None
        secrets.add(secret)
        hashes.append(first.password_hash)
    for face in faces.values():
        face.dispose()
    assert passwords.matches(hashes[-1], PASSWORD)
    assert accounts == len(people) == len(secrets)


def test_a_second_time_is_refused(database: PortalDatabase, accounts: int) -> None:
    operator = Database(database.url("portaal_operator"), None)
    with pytest.raises(ImportRefusedError, match="in the database already"), operator.plain() as connection:
        import_demo(connection, TEXT_KEYS, {"nl"})
    operator.dispose()
