"""What professionals tell about themselves, from them by their lead to residents; who helps an inwoner, and who stands in."""

from uuid import UUID, uuid4

import pytest

from tests.routes.conftest import Browser, Person, Town, words_of

ME = {
    "about": "Ik ben Ria.",
    "manner": "Rustig.",
    "good_at": "brieven\nbellen",
    "languages": "ar",
    "leefdomeinen": "6",
    "days": "2",
    "drawing": "4",
}
PROFILE, LOADS = "/mijn-profiel", "/profielen"


@pytest.fixture(autouse=True)
def nobody_told(town: Town) -> None:
    """No profile of before."""
    with town.admin() as admin:
        admin.execute("DELETE FROM casus.profile")


@pytest.fixture
def lead(town: Town) -> Browser:
    return town.signed_in(town.staff("teamleider", "Noord", name="Elif"))


@pytest.fixture
def ria(town: Town) -> Person:
    return town.staff("professional", "Noord", name="Ria")


@pytest.fixture
def amal(town: Town) -> Person:
    return town.person(name="Amal")


def send(browser: Browser, **more: str) -> int:
    """Sends the form of the profile; gives the status."""
    return browser.send(PROFILE, {**ME, "number": str(uuid4()), **more}, page=PROFILE).status_code


def waiting(lead: Browser) -> str:
    """Where the first profile to look at is."""
    page = lead.get(LOADS).text
    return "/profielen/" + page.split('href="/profielen/')[1].split('"')[0]


def who_helps(dossier: UUID, where: str = "") -> str:
    return f"/dossier/{dossier}/wie-helpt-mij{where}"


def test_a_profile_is_placed_after_the_lead_looked_and_then_residents_read_it(town: Town, lead: Browser, ria: Person, amal: Person) -> None:
    dossier, own, hers = town.dossier(amal, ria), town.signed_in(amal), town.signed_in(ria)
    assert send(hers) == 303
    assert "wacht op uw teamleider" in words_of(hers.get(PROFILE))
    page = who_helps(dossier, "/kiezen")
    assert "Ria" not in words_of(own.send(page, {}, page=page))
    place = waiting(lead)
    assert "Ik ben Ria." in words_of(lead.get(place))
    assert lead.send(place, {"good": "nee"}, page=place).status_code == 422
    assert lead.send(place, {"good": "nee", "remark": "Korter graag."}, page=place).status_code == 303
    assert "Korter graag." in words_of(hers.get(PROFILE))
    assert lead.get(place).status_code == 404
    assert send(hers, about="Ik ben Ria uit Noord.") == 303
    place = waiting(lead)
    assert lead.send(place, {"good": "ja"}, page=place).status_code == 303
    found = words_of(own.send(page, {"language": "ar", "leefdomein": "6"}, page=page))
    assert "1 hulpverlener gevonden" in found
    assert "Nederlands" not in found.split("gevonden")[1] or "Arabisch" in found
    assert "0 hulpverleners gevonden" in words_of(own.send(page, {"language": "ar", "leefdomein": "7"}, page=page))
    one = words_of(own.get(f"{page}/{ria.public_id}"))
    for said in ("Ik ben Ria uit Noord.", "Rustig.", "brieven", "bellen", "Arabisch", "dinsdag", "Geld"):
        assert said in one
    assert hers.send(f"{PROFILE}/weghalen", {}, page=PROFILE).status_code == 303
    assert own.get(f"{page}/{ria.public_id}").status_code == 404
    again = hers.send(f"{PROFILE}/weghalen", {}, page=PROFILE)
    assert "Er was niets om weg te halen." in words_of(hers.get(again.headers["Location"]))


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(town: Town, ria: Person) -> None:
    hers = town.signed_in(ria)
    for wrong, said in (
        ({"about": ""}, "Schrijf iets over uzelf."),
        ({"good_at": "a\nb\nc\nd\ne\nf"}, "Dit zijn te veel regels."),
        ({"good_at": "x" * 61}, "Een regel is te lang."),
        ({"languages": "xx"}, "Kies een van de antwoorden."),
        ({"drawing": "9"}, "Kies een van de antwoorden."),
    ):
        answer = hers.send(PROFILE, {**ME, **wrong}, page=PROFILE)
        assert answer.status_code == 422
        assert said in words_of(answer)
        assert "Rustig." in answer.text
    number = str(uuid4())
    assert [send(hers, number=number) for _time in range(2)] == [303, 303]
    with town.admin() as admin:
        assert admin.execute("SELECT count(*) FROM casus.profile WHERE public_id = %s", (number,)).fetchone() == (1,)


def test_nobody_is_suggested_beyond_what_the_lead_said(town: Town, lead: Browser, ria: Person, amal: Person) -> None:
    dossier, own, hers = town.dossier(amal, ria), town.signed_in(amal), town.signed_in(ria)
    send(hers)
    place = waiting(lead)
    lead.send(place, {"good": "ja"}, page=place)
    page = who_helps(dossier, "/kiezen")
    assert "Wie past er bij u?" not in words_of(own.get(page))
    most = {"person": str(ria.public_id)}
    assert lead.send(LOADS, {**most, "most": "veel"}, page=LOADS).status_code == 422
    assert lead.send(LOADS, {"person": str(amal.public_id), "most": "3"}, page=LOADS).status_code == 422
    assert lead.send(LOADS, {**most, "most": "2"}, page=LOADS).status_code == 303
    assert "1 van 2" in words_of(lead.get(LOADS))
    fits = words_of(own.get(page))
    assert "Wie past er bij u?" in fits
    assert "Heeft nu plaats." in fits
    lead.send(LOADS, {**most, "most": "1"}, page=LOADS)
    assert "Wie past er bij u?" not in words_of(own.get(page))
    # Who is full can be found and read about, knowingly.
    assert "Nu vol" in words_of(own.send(page, {}, page=page))


def test_the_list_is_the_same_for_who_is_helped_by_somebody_and_who_is_not(town: Town, lead: Browser, ria: Person, amal: Person) -> None:
    hers = town.signed_in(ria)
    send(hers)
    place = waiting(lead)
    lead.send(place, {"good": "ja"}, page=place)
    bram = town.person(name="Bram")
    pages = []
    for name, person, helper in (("Amal", amal, ria), ("Bram", bram, town.staff("professional", "Zuid", name="Kees"))):
        dossier, browser = town.dossier(person, helper), town.signed_in(person)
        where = who_helps(dossier, "/kiezen")
        pages.append(
            [
                words_of(answer).replace(name, "")
                for answer in (browser.send(where, {}, page=where), browser.get(f"{where}/{ria.public_id}"))
            ]
        )
    assert pages[0] == pages[1]


def test_who_helps_who_stands_in_and_who_did_before(town: Town, ria: Person, amal: Person) -> None:
    dossier, own = town.dossier(amal, ria), town.signed_in(amal)
    kees = town.staff("professional", "Zuid", name="Kees")
    page = who_helps(dossier)
    with town.admin() as admin:
        admin.execute("UPDATE casus.assignment SET responsible = false")
    assert "Er is nu geen vaste hulpverlener." in words_of(own.get(page))
    with town.admin() as admin:
        admin.execute("UPDATE casus.assignment SET responsible = true")
        admin.execute(
            "INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (%s, acl.today() + 3, acl.today() + 9, %s)",
            (ria.person_id, kees.person_id),
        )
    told = words_of(own.get(page))
    assert "De vaste hulpverlener, sinds" in told
    assert "Kees" in told
    assert "helpt u dan." in told
    with town.admin() as admin:
        admin.execute("UPDATE casus.absence SET from_date = from_date - 30, until_date = until_date - 30")
        admin.execute("UPDATE casus.assignment SET valid_from = acl.today() - 60, valid_until = acl.today() - 1")
        admin.execute(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, responsible)"
            " SELECT id, %s, 'x', acl.today() + 2, true FROM casus.dossier WHERE public_id = %s",
            (kees.person_id, dossier),
        )
    told = words_of(own.get(page))
    for said in ("Er is vandaag nog geen vaste hulpverlener.", "Wie helpt er straks?", "Wie hielp er eerder?", "in plaats van"):
        assert said in told
