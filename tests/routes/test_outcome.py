"""What came of a melding, and how the person hears of it."""

import secrets
from typing import Any
from uuid import UUID

import pytest

from portal.city import city
from portal.front.queries import rights_version
from tests.routes.conftest import Browser, Person, Town, token_of, words_of
from tests.routes.test_screening import OUTCOMES, TODAY, _found, _one, events, order, put_in


@pytest.fixture(scope="module")
def worker(town: Town) -> Person:
    return town.staff(name="Daan")


@pytest.fixture
def daan(town: Town, worker: Person) -> Browser:
    return town.signed_in(worker)


def queued(town: Town, melding: UUID) -> list[tuple[Any, ...]]:
    """The mails and letters about it: which text, and the address."""
    with town.admin() as admin:
        return admin.execute(
            "SELECT p.template, p.address FROM (SELECT template, address, melding_id FROM portaal.outbox"
            " UNION ALL SELECT template, array_to_string(to_lines, '; '), melding_id FROM portaal.letter) p"
            " JOIN casus.melding m ON m.id = p.melding_id WHERE m.public_id = %s",
            (melding,),
        ).fetchall()


HOW: dict[str, tuple[dict[str, Any], str]] = {
    "by mail": ({"email": "sam@voorbeeld.nl", "reach_ways": ["mail"], "address": "Proefweg 1"}, "sam@voorbeeld.nl"),
    "by letter": ({"reach_ways": ["bellen"], "address": "Proefweg 1, 6541 AB Nijmegen"}, "Proefweg 1; 6541 AB Nijmegen"),
    "by letter, as mailing is not safe": ({"email": "sam@voorbeeld.nl", "reach_ways": ["mail"], "safe_mail": False, "address": "Proefweg 1"}, "Proefweg 1"),
    "by a person": ({"phone": "0612345678", "reach_ways": ["bellen"]}, ""),
}  # fmt: skip


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("what", OUTCOMES)
def test_whoever_gets_an_answer_hears_that_there_is_one(town: Town, daan: Browser, what: str, how: str) -> None:
    columns, address = HOW[how]
    melding = put_in(town, **columns)
    assert daan.send(f"/meldingen/{melding}/{what}", OUTCOMES[what][0]).status_code == 303
    assert queued(town, melding) == [("melding_antwoord", address)]


@pytest.mark.parametrize(("safe", "said"), [(None, "Bel, of vertel het in een gesprek."), (False, "Bel niet: dat is ook niet veilig.")])
def test_where_no_letter_may_come_somebody_tells_it(town: Town, daan: Browser, safe: bool | None, said: str) -> None:
    melding = put_in(town, name=f"Sam {safe}", address="Proefweg 1", safe_post=False, safe_call=safe, reach_ways=["brief"])
    daan.send(f"/meldingen/{melding}/advies", {"told": "Ga naar de Stip."})
    page = words_of(daan.get("/post"))
    assert f'href="/meldingen/{melding}"' in daan.get("/post").text
    _before, task = page.split(f"Sam {safe}", 1)
    assert task.index("Een brief is niet veilig.") < task.index(said) < task.index("antwoord op een melding")


def answered(town: Town, daan: Browser, what: str, form: dict[str, str]) -> tuple[UUID, Browser]:
    """A melding with an outcome of three weeks ago, and the browser of who asked, on the page of it."""
    told = {"channel": "balie", "day": TODAY.isoformat(), "words": "Ik ben alleen.", "name": f"Wil {secrets.token_hex(3)}"}
    page = daan.send("/meldingen/nieuw", told).text
    code, number = (_found(page, rf'id="{name}"[^>]*>([^<]+)<') for name in ("code", "nummer"))
    melding = UUID(str(_one(town, "SELECT public_id FROM casus.melding WHERE number = %s", number)))
    assert daan.send(f"/meldingen/{melding}/{what}", form).status_code == 303
    inwoner = town.browser("inwoner")
    inwoner.send("/melding/code", {"code": code})
    return melding, inwoner


def weeks_later(town: Town, melding: UUID) -> None:
    with town.admin() as admin:
        for table, column, key in (("melding", "received_at", "id"), ("melding_event", "at", "melding_id")):
            admin.execute(
                f"UPDATE casus.{table} SET {column} = {column} - interval '22 days'"
                f" WHERE {key} = (SELECT id FROM casus.melding WHERE public_id = %s)",
                (melding,),
            )


NAMED = {"organisation": "Koffie in de wijk", "contact": "Anna, 024-0000000", "told": "Ga eens koffie drinken."}


@pytest.mark.parametrize("what", ["advies", "doorverwijzen"])
def test_weeks_after_an_outcome_a_no_brings_it_back_on_top(town: Town, daan: Browser, what: str) -> None:
    melding, inwoner = answered(town, daan, what, NAMED)
    page = words_of(inwoner.get("/melding/stand"))
    assert "U kunt terecht bij: Koffie in de wijk, Anna, 024-0000000" in page
    assert "Heeft het geholpen?" not in page
    weeks_later(town, melding)
    urgent = put_in(town, urgency=3)
    shown = inwoner.get("/melding/stand")
    assert "Heeft het geholpen?" in words_of(shown)
    assert order(daan, town, melding, urgent) == [urgent]
    assert inwoner.post("/melding/geholpen", {"answer": "nee"}, token_of(shown)).headers["Location"] == "/melding/stand#geholpen"
    assert "Wij kijken hier als eerste naar" in words_of(inwoner.get("/melding/stand"))
    assert order(daan, town, melding, urgent) == [melding, urgent]
    assert "Praat opnieuw: het hielp niet" in words_of(daan.get("/meldingen"))
    page = words_of(daan.get(f"/meldingen/{melding}"))
    assert "De inwoner zegt: het hielp niet, ik wil opnieuw praten." in page
    assert "heeft het geholpen : Nee" in page.replace("geholpen:", "geholpen :")
    inwoner.post("/melding/geholpen", {"answer": "nee"}, token_of(inwoner.get("/melding/stand")))
    assert [event for event, *_ in events(town, melding)].count("geholpen") == 1, "pressing twice is once"


def test_weeks_after_an_outcome_a_yes_is_seen_by_the_team_and_asks_nothing(town: Town, daan: Browser) -> None:
    melding, inwoner = answered(town, daan, "advies", NAMED)
    weeks_later(town, melding)
    token = token_of(inwoner.get("/melding/stand"))
    assert inwoner.post("/melding/geholpen", {"answer": "ja"}, "").status_code == 400
    inwoner.post("/melding/geholpen", {"answer": "misschien"}, token)
    assert "Heeft het geholpen?" in words_of(inwoner.get("/melding/stand"))
    inwoner.post("/melding/geholpen", {"answer": "ja"}, token)
    page = words_of(inwoner.get("/melding/stand"))
    assert "U zei dat het hielp." in page
    assert "ik wil opnieuw praten" not in page
    assert order(daan, town, melding) == []
    assert events(town, melding)[-1] == ("geholpen", "ja", "")


def test_without_a_code_there_is_nothing_to_answer(town: Town) -> None:
    stranger = town.browser("inwoner")
    answer = stranger.post("/melding/geholpen", {"answer": "nee"}, token_of(stranger.get("/melding/code")))
    assert answer.headers["Location"] == "/melding/code"


def test_who_is_signed_in_answers_on_the_first_page(town: Town, daan: Browser) -> None:
    sam = town.person(name="Sam")
    melding = put_in(town, dossier_id=_one(town, "SELECT id FROM casus.dossier WHERE public_id = %s", town.dossier(sam)))
    assert daan.send(f"/meldingen/{melding}/doorverwijzen", NAMED).status_code == 303
    weeks_later(town, melding)
    browser = town.signed_in(sam)
    page = browser.get("/")
    assert "Heeft het geholpen?" in words_of(page)
    number = str(_one(town, "SELECT number FROM casus.melding WHERE public_id = %s", melding))
    assert number in page.text
    assert browser.post("/melding/mijn/geholpen", {"answer": "nee", "number": number}, token_of(page)).headers["Location"] == "/#geholpen"
    assert "Wij kijken hier als eerste naar" in words_of(browser.get("/"))
    assert order(daan, town, melding) == [melding]


def test_a_colleague_of_the_same_team_takes_over(town: Town, daan: Browser) -> None:
    noor, zita, fatma = town.staff(name="Noor"), town.staff(team="Zuid", name="Zita"), town.staff("beheerder", None, name="Fatma")
    melding = put_in(town)
    at = f"/meldingen/{melding}"
    page = daan.get(f"{at}/collega").text
    assert str(noor.public_id) in page
    assert str(zita.public_id) not in page
    assert str(fatma.public_id) not in page
    for wrong in ("", str(zita.public_id), "x"):
        assert daan.send(f"{at}/collega", {"staff": wrong, "why": ""}).status_code == 422, wrong
    answer = daan.send(f"{at}/collega", {"staff": str(noor.public_id), "why": "Zij kent de familie."})
    assert answer.headers["Location"] == f"{at}?klaar=collega"
    page = words_of(daan.get(answer.headers["Location"]))
    assert "Uw collega zorgt nu voor deze melding." in page
    assert "Hiervoor zorgt: Noor" in page
    assert "Doorgegeven aan: Noor" in page
    assert "Zij kent de familie." in page
    assert _one(town, "SELECT staff_id FROM casus.melding WHERE public_id = %s", melding) == noor.person_id
    assert str(noor.public_id) not in daan.get(f"{at}/collega").text, "who has it already"


def test_which_text_of_the_rights_was_given_stays_with_the_talk(town: Town, daan: Browser) -> None:
    melding = put_in(town)
    at = f"/meldingen/{melding}"
    talk = {"day": TODAY.isoformat(), "how": "telefoon", "rights": "ja", "language": "en"}
    assert daan.send(f"{at}/gesprek", talk).status_code == 303
    with daan.client.application.test_request_context():
        version = rights_version(city(), "en")
        assert version != rights_version(city(), "nl")
    page = words_of(daan.get(at))
    assert version in page
    assert "English" in page
    kept = (
        "SELECT n.version || ' ' || n.given_on FROM casus.melding_note n JOIN casus.melding m ON m.id = n.melding_id WHERE m.public_id = %s"
    )
    assert _one(town, kept, melding) == f"{version} {TODAY}"
    daan.send(f"{at}/gesprek", {**talk, "rights": "nee", "why": "Er was geen tijd."})
    again = (
        "SELECT count(*) FROM casus.melding_note n JOIN casus.melding m ON m.id = n.melding_id WHERE m.public_id = %s AND version IS NULL"
    )
    assert _one(town, again, melding) == 1
