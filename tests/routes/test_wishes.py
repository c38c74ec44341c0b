"""Choosing who helps over HTTP: chosen, declined, chosen again; changed quietly; and somebody where nobody is."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from portal.deadlines import AMSTERDAM
from tests.routes.conftest import Browser, Person, Town, words_of
from tests.routes.test_choice import ME

WISHES = "/wensen"
TODAY = datetime.now(AMSTERDAM).date()


class Choosing:
    """Amal is helped by Ria. Kees and Bo tell about themselves and have room; Elif leads their team."""

    def __init__(self, town: Town) -> None:
        self.town = town
        with town.admin() as admin:
            admin.execute("DELETE FROM casus.wish_choice; DELETE FROM casus.wish; DELETE FROM casus.profile")
        self.amal, self.ria = town.person(name="Amal"), town.staff("professional", "Noord", name="Ria")
        self.kees, self.bo = (town.staff("professional", "Noord", name=name) for name in ("Kees", "Bo"))
        self.lead = town.signed_in(town.staff("teamleider", "Noord", name="Elif"))
        self.dossier: UUID = town.dossier(self.amal, self.ria)
        with town.admin() as admin:
            admin.execute("UPDATE casus.assignment SET responsible = true WHERE staff_id = %s", (self.ria.person_id,))
            admin.execute(
                "UPDATE casus.dossier SET team_id = s.team_id FROM casus.staff s WHERE s.person_id = %s AND public_id = %s",
                (self.ria.person_id, self.dossier),
            )
        self.own = town.signed_in(self.amal)
        for person in (self.kees, self.bo):
            self.tells(person)

    def tells(self, person: Person) -> None:
        """Somebody tells about themselves, it is placed, and there is room."""
        browser = self.town.signed_in(person)
        assert browser.send("/mijn-profiel", {**ME, "number": str(uuid4())}, page="/mijn-profiel").status_code == 303
        with self.town.admin() as admin:
            admin.execute("UPDATE casus.profile SET placed = true, looked_at = now()")
            admin.execute("UPDATE casus.staff SET caseload_max = 5 WHERE person_id = %s", (person.person_id,))

    def at(self, where: str = "") -> str:
        """An address of who helps."""
        return f"/dossier/{self.dossier}/wie-helpt-mij{where}"

    def wish(self, **fields: str) -> int:
        """Amal sends a wish; gives the status."""
        return self.own.send(self.at("/wens"), {"number": str(uuid4()), "tell": "2", **fields}, page=self.at("/wens")).status_code

    def answer(self, browser: Browser, **fields: str) -> int:
        """Somebody answers the first wish that waits; gives the status."""
        page = WISHES + "/" + browser.get(WISHES).text.split('href="/wensen/')[1].split('"')[0]
        return browser.send(page, fields, page=page).status_code


@pytest.fixture
def choosing(town: Town) -> Choosing:
    return Choosing(town)


def test_chosen_declined_and_chosen_again(choosing: Choosing) -> None:
    kees, bo = (choosing.town.signed_in(person) for person in (choosing.kees, choosing.bo))
    assert choosing.wish(first=str(choosing.kees.public_id), words="Ik praat liever Arabisch.", meet="y") == 303
    page = words_of(choosing.own.get(choosing.at()))
    for said in ("Uw wens", "nog geen antwoord", "U krijgt antwoord vóór"):
        assert said in page
    assert "Er wacht niets." in words_of(bo.get(WISHES))
    assert "1 wens voor een hulpverlener: geef antwoord" in words_of(kees.get("/"))
    assert "Ik praat liever Arabisch." in kees.get(WISHES + "/" + kees.get(WISHES).text.split('href="/wensen/')[1].split('"')[0]).text
    assert choosing.answer(kees, agrees="nee") == 422
    assert choosing.answer(kees, agrees="nee", reason="Ik werk dan niet meer.") == 303
    page = words_of(choosing.own.get(choosing.at()))
    assert "Ik werk dan niet meer." in page
    assert "U kunt iemand anders kiezen." in page
    assert choosing.wish(first=str(choosing.bo.public_id)) == 303
    assert choosing.answer(bo, agrees="ja") == 422
    assert choosing.answer(bo, agrees="ja", on_day=str(TODAY - timedelta(1))) == 422
    assert choosing.answer(bo, agrees="ja", on_day=str(TODAY + timedelta(7))) == 303
    page = words_of(choosing.own.get(choosing.at()))
    assert "helpt u vanaf" in page
    assert "Wie helpt er straks?" in page
    assert "Dat is tot en met" in page
    ria = words_of(choosing.town.signed_in(choosing.ria).get(WISHES))
    assert "Iemand anders gaat helpen" in ria
    assert "Amal" in ria


def test_quietly_the_old_one_sees_nothing_and_reads_nothing_any_more(choosing: Choosing) -> None:
    ria, bo = choosing.town.signed_in(choosing.ria), choosing.town.signed_in(choosing.bo)
    dossier = f"/dossier/{choosing.dossier}"
    assert ria.get(dossier).status_code == 200
    assert choosing.wish(first=str(choosing.bo.public_id), tell="1") == 303
    assert "Amal" not in words_of(ria.get(WISHES))
    assert bo.get(dossier).status_code == 404
    assert choosing.answer(bo, agrees="ja") == 303
    assert ria.get(dossier).status_code == 404
    assert bo.get(dossier).status_code == 200
    for page in (WISHES, "/"):
        assert "Amal" not in words_of(ria.get(page)).replace("Amal voor", "")
    assert "Bo" in words_of(choosing.own.get(choosing.at()))


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(choosing: Choosing) -> None:
    kees = str(choosing.kees.public_id)
    where = choosing.at("/wens")
    with choosing.town.admin() as admin:
        admin.execute("UPDATE casus.staff SET caseload_max = 0 WHERE person_id = %s", (choosing.bo.person_id,))
        admin.execute("UPDATE casus.dossier SET team_id = NULL WHERE public_id = %s", (choosing.dossier,))
    for fields, said in (
        ({}, "Kies iemand, of laat ons voor u kiezen."),
        ({"first": kees, "second": kees}, "U koos iemand twee keer."),
        ({"first": str(choosing.ria.public_id)}, "Kies een van de antwoorden."),
        ({"first": kees, "tell": "9"}, "Kies een van de antwoorden."),
        ({"anybody": "y"}, "Kies uit welk team."),
        ({"first": str(choosing.bo.public_id)}, "Iemand die u koos, is nu vol."),
    ):
        answer = choosing.own.send(where, {"tell": "2", "words": "Mijn woorden.", **fields}, page=where)
        assert answer.status_code == 422, said
        assert said in words_of(answer)
        assert "Mijn woorden." in answer.text
    number = str(uuid4())
    assert [choosing.wish(first=kees, number=number) for _time in range(2)] == [303, 303]
    assert "U stuurde al een wens." in words_of(choosing.own.send(where, {"tell": "2", "first": kees, "number": str(uuid4())}, page=where))


def test_a_wish_is_taken_back_and_the_lead_chooses_when_anybody_will_do(choosing: Choosing) -> None:
    assert choosing.wish(anybody="y") == 303
    back = choosing.own.get(choosing.at()).text.split(f'action="{choosing.at("/wens/")}')[1].split('"')[0]
    for done in ("U nam uw wens terug.", "Er was al een antwoord."):
        answer = choosing.own.send(choosing.at(f"/wens/{back}"), {}, page=choosing.at())
        assert done in words_of(choosing.own.get(answer.headers["Location"]))
    assert choosing.own.send(choosing.at(f"/wens/{uuid4()}/terug"), {}, page=choosing.at()).status_code == 404
    assert choosing.wish(anybody="y") == 303
    assert choosing.answer(choosing.lead, agrees="ja", on_day=str(TODAY)) == 422
    assert choosing.answer(choosing.lead, agrees="ja", on_day=str(TODAY), helper=str(choosing.kees.public_id)) == 303
    assert "De vaste hulpverlener, sinds" in words_of(choosing.own.get(choosing.at()))


def test_who_leads_gives_somebody_where_nobody_is(choosing: Choosing) -> None:
    with choosing.town.admin() as admin:
        admin.execute("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE staff_id = %s", (choosing.ria.person_id,))
    assert "Er is nu geen vaste hulpverlener." in words_of(choosing.own.get(choosing.at()))
    give = {"dossier": str(choosing.dossier), "helper": str(choosing.kees.public_id)}
    assert choosing.lead.send(f"{WISHES}/geven", {**give, "helper": ""}, page=WISHES).status_code == 422
    assert choosing.lead.send(f"{WISHES}/geven", give, page=WISHES).status_code == 303
    assert choosing.lead.send(f"{WISHES}/geven", give, page=WISHES).status_code == 422
    assert "Kees" in words_of(choosing.own.get(choosing.at()))
    assert choosing.town.signed_in(choosing.bo).send(f"{WISHES}/geven", give, page=WISHES).status_code == 403
