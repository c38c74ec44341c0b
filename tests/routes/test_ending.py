"""Ending the help over HTTP: what has to be said, who answers, the day, staying near, and coming back in one step."""

import pytest

from tests.access.planned import SOON
from tests.routes.conftest import Town, words_of
from tests.routes.test_evaluation import back as looking_back
from tests.routes.test_plan import Planned, begun, send

END = {"kind": "1", "reason": "De schuld is weg.", "ends_on": SOON, "not_evaluated": "Amal wilde dat niet."}


@pytest.fixture
def planned(town: Town) -> Planned:
    """Somebody who is helped."""
    return begun(town)


def at(planned: Planned, where: str = "") -> str:
    """An address of ending."""
    return planned.url.replace("/plan", f"/stoppen-met-hulp{where}")


def post(planned: Planned, who: str, where: str, **fields: str) -> int:
    """Sends a button; gives the status."""
    browser = planned.own if who == "own" else planned.team
    return browser.send(at(planned, where), fields, page=at(planned)).status_code


def proposed(planned: Planned, **more: str) -> None:
    """It lies before the inwoner."""
    assert send(planned.team, at(planned, "/voorstellen"), **{**END, **more}).status_code == 303


def test_the_reason_is_set_together_answered_and_the_help_ends(planned: Planned) -> None:
    proposed(planned)
    assert "De schuld is weg." in words_of(planned.own.get(at(planned)))
    assert "Wij denken dat de hulp kan stoppen." in words_of(planned.own.get("/"))
    answer = planned.team.send(at(planned, "/afronden"), {}, page=at(planned))
    assert "De inwoner heeft nog tijd om te antwoorden." in words_of(planned.team.get(answer.headers["Location"]))
    refused = planned.own.send(at(planned, "/antwoord"), {"choice": "2", "words": ""}, page=at(planned, "/antwoord"))
    assert refused.status_code == 422
    assert "Schrijf op hoe het volgens u zit." in refused.text
    words = {"choice": "2", "words": "Ik had liever nog even."}
    assert planned.own.send(at(planned, "/antwoord"), words, page=at(planned, "/antwoord")).status_code == 303
    assert "Ik had liever nog even." in words_of(planned.team.get(at(planned)))
    assert post(planned, "team", "/afronden") == 303
    page = words_of(planned.own.get(at(planned)))
    assert "De hulp is afgesproken tot en met:" in page
    assert "Dien een klacht in" in page
    assert planned.value("SELECT closed_on::text FROM casus.dossier WHERE public_id = %s", planned.dossier) == SOON


def test_what_eis_63_asks_is_asked_and_nothing_typed_is_lost(planned: Planned) -> None:
    cases = (
        ({"kind": "2"}, "Schrijf op wie er verder helpt."),
        ({"kind": "4"}, "Kies de zware reden. Anders gaat de hulp door."),
        ({"kind": "4", "weighty": "4", "onward": "Niemand"}, "Schrijf op welke waarschuwingen er waren."),
        ({"not_evaluated": ""}, "Kijk eerst samen terug, of schrijf waarom dat niet kan."),
        ({"near_until": SOON}, "Kies wie bereikbaar blijft, en tot en met welke dag."),
        ({"ends_on": "2020-01-01"}, "Kies een dag vanaf vandaag, en binnen een jaar."),
        ({"reason": ""}, "Leg uit waarom de hulp stopt."),
    )
    for more, sentence in cases:
        page = send(planned.team, at(planned, "/voorstellen"), **{**END, "near_words": "Bel mij maandag", **more})
        assert page.status_code == 422, sentence
        assert sentence in page.text
        assert "Bel mij maandag" in page.text
    # A heavy reason that isn't asked for is left out.
    proposed(planned, weighty="2")
    assert (
        planned.value(
            "SELECT weighty FROM casus.ending x JOIN casus.dossier d ON d.id = x.dossier_id WHERE d.public_id = %s", planned.dossier
        )
        is None
    )


def test_who_looked_back_at_the_end_is_not_asked_why_not(planned: Planned) -> None:
    assert send(planned.own, looking_back(planned, "/plannen"), planned_on=SOON, kind="3").status_code == 303
    assert send(planned.own, looking_back(planned, "/invullen"), base="0", words="Goed").status_code == 303
    answer = send(planned.own, looking_back(planned, "/uitkomst"), outcome="5", reason="Klaar.")
    assert "De hulp kan stoppen" in words_of(planned.team.get(answer.headers["Location"]))
    assert "Waarom niet?" not in words_of(planned.team.get(at(planned, "/voorstellen")))
    assert send(planned.team, at(planned, "/voorstellen"), kind="1", reason="Klaar", ends_on=SOON).status_code == 303


def test_an_early_ending_waits_for_a_team_lead(planned: Planned, town: Town) -> None:
    proposed(planned, kind="4", weighty="1", onward="Er is niemand die kan.")
    answer = planned.team.send(at(planned, "/afronden"), {}, page=at(planned))
    assert "Een teamleider moet dit eerst goed vinden." in words_of(planned.team.get(answer.headers["Location"]))
    lead = town.signed_in(town.staff(role="teamleider"))
    assert "eerder stoppen" in words_of(lead.get("/"))
    number = planned.value(
        "SELECT x.public_id FROM casus.ending x JOIN casus.dossier d ON d.id = x.dossier_id WHERE d.public_id = %s", planned.dossier
    )
    assert "Er is niemand die kan." in words_of(lead.get(f"/eerder-stoppen/{number}"))
    assert lead.send(f"/eerder-stoppen/{number}", {}, page=f"/eerder-stoppen/{number}").status_code == 422
    assert lead.send(f"/eerder-stoppen/{number}", {"agrees": "nee"}, page=f"/eerder-stoppen/{number}").status_code == 303
    assert "De hulp gaat door." in words_of(planned.own.get(at(planned)))
    assert planned.team.get(f"/eerder-stoppen/{number}").status_code == 403


def test_who_stays_near_does_so_until_the_day_and_coming_back_is_one_button(planned: Planned, town: Town) -> None:
    helper = str(planned.worker.public_id)
    until = planned.value(f"SELECT (date '{SOON}' + 30)::text")
    proposed(planned, near=helper, near_until=until, near_words="Bel op maandag.")
    assert (
        planned.team.send(
            at(planned, "/antwoord-opschrijven"), {"choice": "1", "way": "mondeling"}, page=at(planned, "/antwoord-opschrijven")
        ).status_code
        == 303
    )
    assert post(planned, "team", "/afronden") == 303
    assert planned.value("SELECT valid_until::text FROM casus.assignment WHERE staff_id = %s", planned.worker.person_id) == until
    page = words_of(planned.own.get(at(planned)))
    assert "Bel op maandag." in page
    assert "Wilt u weer hulp?" in page
    assert post(planned, "own", "/weer-hulp") == 303
    assert post(planned, "own", "/weer-hulp") == 303
    assert "De hulp gaat door." in words_of(planned.own.get(at(planned)))
    assert "Eerder stopte de hulp" in words_of(planned.own.get(at(planned)))
    assert "Wil weer hulp" in words_of(planned.team.get("/"))
    number = planned.value(
        "SELECT x.public_id FROM casus.ending x JOIN casus.dossier d ON d.id = x.dossier_id WHERE d.public_id = %s", planned.dossier
    )
    assert planned.team.send(f"/weer-hulp/{number}", {}, page="/").status_code == 303
    assert "Wil weer hulp" not in words_of(planned.team.get("/"))
    assert planned.team.send(f"/weer-hulp/{number}", {}, page="/").status_code == 404


def test_it_is_taken_back_and_the_help_goes_on(planned: Planned) -> None:
    proposed(planned)
    assert post(planned, "team", "/gaat-door") == 303
    assert "De hulp gaat door." in words_of(planned.own.get(at(planned)))
    assert planned.own.get(at(planned, "/antwoord")).status_code == 404
