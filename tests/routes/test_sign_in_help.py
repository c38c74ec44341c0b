"""Who can't sign in asks for help: the same answer for everybody, and a person decides. And the own melding on the start page."""

import re

import pytest

from tests.routes.conftest import Browser, Person, Town, words_of

FORM = {
    "lost": "wachtwoord",
    "name": "Sam Proef",
    "birth_date": "1980-01-01",
    "username": "",
    "reach": "06-12345678, niet bellen na 18 uur",
}


@pytest.fixture
def worker(town: Town) -> Person:
    return town.staff()


def _ask(town: Town, **changes: str) -> Browser:
    browser = town.browser("inwoner")
    assert browser.send("/inloggen/hulp", FORM | changes).headers["Location"] == "/inloggen/hulp?klaar=ja"
    return browser


def test_who_exists_and_who_does_not_read_the_same(town: Town, worker: Person) -> None:
    person = town.person()
    town.dossier(person, worker)
    pages = [
        re.sub(r'(nonce|value)="[^"]*"', "", _ask(town, **who).get("/inloggen/hulp?klaar=ja").text)
        for who in ({"name": "Sam Proef", "username": person.username}, {"name": "Bestaat Niet", "username": "niemand99"})
    ]
    assert pages[0] == pages[1]
    assert "Wij hebben uw vraag." in pages[0]


def test_who_works_with_the_person_sees_it_and_decides(town: Town, worker: Person) -> None:
    person = town.person()
    dossier = town.dossier(person, worker)
    _ask(town, name="Zonder Achternaam", username=person.username.upper())
    desk = town.signed_in(worker)
    page = desk.get("/inloghulp")
    assert "Zonder Achternaam" in page.text
    assert f"/dossier/{dossier}/inlogcode" in page.text
    assert "Zonder Achternaam" not in town.signed_in(town.staff()).get("/inloghulp").text
    [where] = re.findall(r'action="(/inloghulp/[^"]+)"', page.text)
    assert desk.send(where, {"outcome": "gooi weg"}, page="/inloghulp").status_code == 303
    assert "Zonder Achternaam" in desk.get("/inloghulp").text
    assert desk.send(where, {"outcome": "balie"}, page="/inloghulp").headers["Location"] == "/inloghulp?klaar=ja"
    assert "Zonder Achternaam" not in desk.get("/inloghulp").text


def test_reading_the_list_leaves_a_line_for_each(town: Town, worker: Person) -> None:
    person = town.person()
    town.dossier(person, worker)
    _ask(town, name="Leest Iemand", username=person.username)
    lines = (
        "SELECT l.staff_id, l.staff_name FROM portaal.sign_in_request_read l JOIN portaal.sign_in_request r ON r.id = l.request_id"
        " WHERE r.name = 'Leest Iemand'"
    )
    desk = town.signed_in(worker)
    desk.get("/inloghulp", headers={"Sec-Purpose": "prefetch"})
    with town.admin() as admin:
        assert admin.execute(lines).fetchall() == []
    desk.get("/inloghulp")
    with town.admin() as admin:
        [(number, name)] = admin.execute(lines).fetchall()
    assert number == worker.person_id
    assert name.startswith("Daan")


def test_who_fits_nobody_is_seen_by_a_team_lead(town: Town, worker: Person) -> None:
    _ask(town, name="Onbekende Reiziger")
    assert "Onbekende Reiziger" in town.signed_in(town.staff("teamleider")).get("/inloghulp").text
    assert "Onbekende Reiziger" not in town.signed_in(worker).get("/inloghulp").text


def test_what_is_missing_is_said_and_nothing_typed_is_lost(town: Town) -> None:
    for changes, words in (
        ({"lost": ""}, "Kies een van de antwoorden."),
        ({"lost": "sleutels"}, "Kies een van de antwoorden."),
        ({"name": " "}, "Vul uw naam in."),
        ({"birth_date": "1-1-1980"}, "Schrijf de datum zo"),
        ({"reach": ""}, "Vul in hoe wij u bereiken."),
        ({"name": "a\x00b"}, "Haal dat teken weg."),
        ({"reach": "x" * 501}, "Uw tekst is te lang"),
    ):
        answer = town.browser("inwoner").send("/inloggen/hulp", FORM | changes)
        assert answer.status_code == 422, changes
        assert words in words_of(answer), changes
    assert 'value="Sam Proef"' in answer.text


def test_asking_again_and_again_has_to_wait(town: Town) -> None:
    browser = town.browser("inwoner")
    for _ in range(5):
        browser.send("/inloggen/hulp", FORM | {"name": "Steeds Weer"})
    answer = browser.send("/inloggen/hulp", FORM | {"name": "Steeds Weer"})
    assert answer.status_code == 429
    assert "te vaak" in words_of(answer)


def test_the_page_has_no_script_and_is_reached_from_signing_in(town: Town) -> None:
    browser = town.browser("inwoner")
    assert 'href="/inloggen/hulp"' in browser.get("/inloggen").text
    assert "<script" not in browser.get("/inloggen/hulp").text


def test_the_own_melding_stands_on_the_start_page(town: Town, worker: Person) -> None:
    person = town.person()
    town.dossier(person, worker)
    home = town.signed_in(person)
    assert "Hoe het staat met uw vraag" not in words_of(home.get("/"))
    with town.admin() as admin:
        admin.execute(
            "WITH m AS (INSERT INTO casus.melding (number, channel, for_whom, dossier_id)"
            " SELECT 'M-ZZZZ-0001', 'balie', 'zelf', id FROM casus.dossier WHERE inwoner_id = %s RETURNING id)"
            " INSERT INTO casus.melding_event (melding_id, event, words) SELECT m.id, e, w FROM m,"
            " (VALUES ('ontvangen', ''), ('bevestigd', ''), ('advies', 'Wij raden u aan om te bellen.'), ('heropend', 'intern')) v (e, w)",
            (person.person_id,),
        )
    words = words_of(home.get("/"))
    assert "Hoe het staat met uw vraag" in words
    assert "M-ZZZZ-0001" in words
    assert "Wij raden u aan om te bellen." in words
    assert "intern" not in words
