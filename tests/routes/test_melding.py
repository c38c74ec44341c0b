"""Asking for help over HTTP: pages in order, back and later, nothing lost, sent once, and what one's code opens."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.intake.forms import FORMS, postcode
from portal.paper_code import code_hash
from tests.live import Live

ANSWERS: dict[str, dict[str, object]] = {
    "voor-wie": {"for_whom": "zelf"},
    "vraag": {"words": "Ik heb schulden.\nEn ik slaap slecht. <b>"},
    "nu": {"signs": ["eten"]},
    "wie": {"name": "Sanne Proef", "age": "ouder", "postcode": "6541ab", "children_at_home": "nee"},
    "bereiken": {"reach_ways": ["bellen", "mail"], "phone": "06 00 00 00 00", "email": "sanne@voorbeeld.nl", "reach_when": "na 10 uur"},
    "veilig": {"safe_call": "ja", "safe_mail": "nee", "safe_post": "weet_niet"},
    "praten": {"spoken": "Pools", "interpreter": "ja", "company": "mijn zus"},
}
REPORTER = {"reporter_role": "huisarts", "reporter_name": "Dokter Proef", "reporter_contact": "dokter@voorbeeld.nl", "consent": "ja"}


def send(client: FlaskClient, address: str, **fields: object) -> TestResponse:
    """Sends a form as it stands on its page."""
    page = client.get("/melding/code").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    return client.post(address, data={"csrf_token": token[1], **fields})


def answer(client: FlaskClient, *steps: str, **other: dict[str, object]) -> TestResponse:
    """Answers these pages, all when none is named."""
    found = None
    for step in steps or ANSWERS:
        fields = other.get(step.replace("-", "_"), ANSWERS.get(step, {}))
        found = send(client, "/melding" if step == "voor-wie" else f"/melding/stap/{step}", **fields)
    assert found is not None
    return found


def code_of(page: str) -> str:
    """The code that a page shows."""
    found = re.search(r'class="code">([0-9a-z-]{19})<', page)
    assert found
    return found[1]


@pytest.fixture
def client(live: Live) -> FlaskClient:
    return live.apps["inwoner"].test_client()


def test_a_melding_for_oneself_takes_seven_questions_and_a_look_over_it(live: Live, client: FlaskClient) -> None:
    assert answer(client).location == "/melding/nakijken"
    page = client.get("/melding/nakijken").text
    for said in ("Ik heb schulden.", "&lt;b&gt;", "Sanne Proef", "Bellen, Mailen", "Pools", "Nee, doe dat niet"):
        assert said in page
    assert send(client, "/melding/nakijken").location == "/melding/stand"
    stand = client.get("/melding/stand").text
    number = re.search(r"M-[0-9A-Z]{4}-[0-9A-Z]{4}", stand)
    assert number
    [row] = live.rows(
        "SELECT words, signs, m.name, age, postcode, phone, email, safe_call, safe_mail, safe_post, interpreter, children_at_home, spoken, company, channel, t.name"
        " FROM casus.melding m LEFT JOIN casus.team t ON t.id = m.team_id WHERE number = %s",
        number[0],
    )
    assert row == (
        "Ik heb schulden.\nEn ik slaap slecht. <b>", ["eten"], "Sanne Proef", "ouder", "6541 AB", "06 00 00 00 00", "sanne@voorbeeld.nl",
        True, False, None, True, False, "Pools", "mijn zus", "website", row[-1],
    )  # fmt: skip
    assert row[-1] is not None, "the postcode leads to a team"
    copy = client.get("/melding/kopie").text
    assert "Ik heb schulden." in copy
    assert "Verander:" not in copy


def test_nothing_has_to_be_filled_in_but_how_to_reach_somebody(live: Live, client: FlaskClient) -> None:
    answer(client, "voor-wie")
    for step in ("vraag", "nu", "wie"):
        assert send(client, f"/melding/stap/{step}").status_code == 303, step
    wrong = send(client, "/melding/stap/bereiken")
    assert wrong.status_code == 422
    assert "Kies een manier" in wrong.text
    assert send(client, "/melding/stap/bereiken", reach_ways="langskomen").status_code == 303
    for step in ("veilig", "praten"):
        assert send(client, f"/melding/stap/{step}").status_code == 303, step
    assert send(client, "/melding/nakijken").location == "/melding/stand"


@pytest.mark.parametrize(
    ("step", "fields", "sentence"),
    [
        ("bereiken", {"reach_ways": ["bellen"]}, "Vul een telefoonnummer in."),
        ("bereiken", {"reach_ways": ["mail"], "phone": "06"}, "Vul een e-mailadres in."),
        ("bereiken", {"reach_ways": ["brief"]}, "Vul een adres in."),
        ("bereiken", {"reach_ways": ["mail"], "email": "zonder apenstaart"}, "Schrijf het e-mailadres zo"),
        ("bereiken", {"reach_ways": ["duif"]}, "Kies een"),
        ("wie", {"postcode": "65"}, "Schrijf de 4 cijfers"),
        ("wie", {"name": "x" * 201}, "Uw tekst is te lang"),
        ("vraag", {"words": "x\x00"}, "een teken dat wij niet kunnen bewaren"),
        ("vraag", {"words": "x" * 20_001}, "Uw tekst is te lang"),
        ("nu", {"signs": ["draak"]}, "Kies een van de antwoorden."),
        ("wie", {"age": "oud"}, "Kies een van de antwoorden."),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_stays_in_the_form(
    live: Live, client: FlaskClient, step: str, fields: dict[str, object], sentence: str
) -> None:
    answer(client, "voor-wie")
    wrong = send(client, f"/melding/stap/{step}", **fields)
    assert wrong.status_code == 422
    assert sentence in wrong.text
    assert "Fout:" in wrong.text
    for value in fields.values():
        if isinstance(value, str) and "\x00" not in value:
            assert value in wrong.text
            assert value in client.get(f"/melding/stap/{step}").text, "and after coming back"


def test_a_sign_of_crisis_shows_the_numbers_at_once(live: Live, client: FlaskClient) -> None:
    answer(client, "voor-wie", "vraag")
    for sign in ("gevaar", "dood", "onveilig", "slaapplek"):
        assert send(client, "/melding/stap/nu", signs=sign).location == "/melding/bel-nu", sign
    page = client.get("/melding/bel-nu").text
    for number in ("tel:112", "tel:113", "tel:08002000"):
        assert number in page
    assert 'href="/melding/stap/wie"' in page
    assert send(client, "/melding/stap/nu", signs="slechter").location == "/melding/stap/wie"
    for step in FORMS:
        if step not in ("voor-wie", "melder"):
            assert "tel:112" in client.get(f"/melding/stap/{step}").text.split("<h1")[0], f"{step}: on top"


@pytest.mark.parametrize("fields", [{"age": "onder_18"}, {"age": "18_23"}, {"children_at_home": "ja"}])
def test_who_is_young_or_has_children_is_told_who_helps_and_can_go_on(live: Live, client: FlaskClient, fields: dict[str, str]) -> None:
    answer(client, "voor-wie", "vraag", "nu")
    assert send(client, "/melding/stap/wie", **fields).location == "/melding/wie-helpt"
    page = client.get("/melding/wie-helpt").text
    assert "Buurtteam Jeugd en Gezin" in page or "kinderen in huis" in page
    assert 'href="/melding/stap/bereiken"' in page


def test_back_always_works_and_a_changed_answer_leads_back_to_looking_it_over(live: Live, client: FlaskClient) -> None:
    answer(client)
    for step, before in (("vraag", "voor-wie"), ("nu", "vraag"), ("praten", "veilig")):
        assert f'href="/melding/stap/{before}"' in client.get(f"/melding/stap/{step}").text
    assert send(client, "/melding/stap/wie", name="Een ander", age="ouder").location == "/melding/nakijken"
    assert "Een ander" in client.get("/melding/nakijken").text


def test_the_code_goes_on_elsewhere_and_stays_out_of_addresses(live: Live, client: FlaskClient) -> None:
    answer(client, "voor-wie", "vraag")
    code = code_of(client.get("/melding/stap/nu").text)
    assert send(client, "/melding/stoppen").location == "/"
    assert client.get("/melding/stap/nu").location == "/melding"
    other = live.apps["inwoner"].test_client()
    for typed in (code, code.upper(), code.replace("-", " ")):
        assert send(other, "/melding/code", code=typed).location == "/melding/stap/nu", typed
    assert "Ik heb schulden." in other.get("/melding/stap/vraag").text
    wrong = send(other, "/melding/code", code="0000-0000-0000-0000")
    assert wrong.status_code == 422
    assert "Deze code kennen wij niet" in wrong.text
    assert live.rows("SELECT 1 FROM portaal.melding_draft WHERE position('schulden'::bytea IN ciphertext) > 0") == []


def test_sent_twice_is_one_melding_and_stays_as_it_was(live: Live, client: FlaskClient) -> None:
    answer(client)
    before = live.one("SELECT count(*) FROM casus.melding")
    send(client, "/melding/nakijken")
    send(client, "/melding/nakijken")
    assert live.one("SELECT count(*) FROM casus.melding") == before + 1
    assert send(client, "/melding/stap/wie", name="Te laat").location == "/melding/stand"
    assert "Te laat" not in client.get("/melding/kopie").text
    for step in ("/melding", "/melding/stap/vraag", "/melding/bel-nu", "/melding/wie-helpt", "/melding/nakijken"):
        assert client.get(step).location == "/melding/stand", step


def test_who_asks_for_another_says_who_that_is_and_sees_only_that_it_came_in(live: Live, client: FlaskClient) -> None:
    assert send(client, "/melding", for_whom="ander").location == "/melding/stap/melder"
    wrong = send(client, "/melding/stap/melder", reporter_name="Dokter Proef")
    assert wrong.status_code == 422
    send(client, "/melding/stap/melder", **REPORTER)
    answer(client, *[step for step in ANSWERS if step != "voor-wie"])
    assert send(client, "/melding/nakijken").location == "/melding/stand"
    live.rows(
        "INSERT INTO casus.melding_event (melding_id, event, words) SELECT max(id), 'advies', 'Geheim advies' FROM casus.melding RETURNING id"
    )
    stand = client.get("/melding/stand").text
    assert "Geheim advies" not in stand
    assert "Wat gebeurt er nu?" not in stand
    assert "Het gaat slechter" not in stand
    send(client, "/melding/erger", told="x")
    assert (
        live.one("SELECT count(*) FROM casus.melding_event e WHERE event = 'erger' AND melding_id = (SELECT max(id) FROM casus.melding)")
        == 0
    )


def test_it_gets_worse_is_seen_at_once_with_the_words(live: Live, client: FlaskClient) -> None:
    answer(client)
    send(client, "/melding/nakijken")
    assert send(client, "/melding/erger", told="x" * 5001).status_code == 422
    assert send(client, "/melding/erger", told="Nu ook geen stroom.").location == "/melding/stand?verteld=1#erger"
    assert live.one("SELECT words FROM casus.melding_event WHERE event = 'erger' ORDER BY id DESC LIMIT 1") == "Nu ook geen stroom."
    assert "als eerste" in client.get("/melding/stand?verteld=1").text


def test_from_one_place_sixty_an_hour_and_the_answers_stay(live: Live, client: FlaskClient) -> None:
    answer(client)
    with live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.melding (number, channel, for_whom, source_hash) SELECT 'M-' || to_char(n, 'FM0000') || '-ZZZZ', 'website', 'zelf',"
            " (SELECT source_hash FROM casus.melding WHERE source_hash IS NOT NULL ORDER BY id DESC LIMIT 1) FROM generate_series(1, 60) n"
        )
    try:
        refused = send(client, "/melding/nakijken")
        assert refused.status_code == 429
        assert "Wacht een uur" in refused.text
        assert "Ik heb schulden." in client.get("/melding/nakijken").text
    finally:
        with live.admin() as admin:
            admin.execute("DELETE FROM casus.melding WHERE number LIKE 'M-%%-ZZZZ'")


def test_pages_out_of_order_lead_to_where_one_was(live: Live, client: FlaskClient) -> None:
    for address in ("/melding/stap/vraag", "/melding/nakijken", "/melding/bel-nu", "/melding/wie-helpt"):
        assert client.get(address).location == "/melding", address
    for address in ("/melding/stand", "/melding/kopie"):
        assert client.get(address).location == "/melding/code", address
    assert client.get("/melding/stap/onzin").status_code == 404
    answer(client, "voor-wie", "vraag")
    assert client.get("/melding").location == "/melding/stap/nu"
    assert client.get("/melding/nakijken").location == "/melding/stap/nu"
    assert client.get("/melding/stand").location == "/melding/stap/nu"
    assert client.get("/melding/stap/melder").status_code == 404


def test_a_postcode_is_read_as_people_write_it() -> None:
    for typed in ("6541AB", "6541 ab", " 6541  Ab "):
        assert postcode(typed) == "6541 AB"
    assert postcode("6541") == "6541"
    for typed in ("", "654", "65411", "AB6541", "6541A", "6541 A1", "٦٥٤١", "6541 ÄÖ"):
        assert postcode(typed) is None


def test_a_code_that_the_team_gave_shows_where_it_stands(live: Live, client: FlaskClient) -> None:
    code = "zzzz-1111-zzzz-1111"
    with live.admin() as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("INSERT INTO casus.melding (number, channel, for_whom, words) VALUES ('M-BEL0-BEL0', 'telefoon', 'zelf', 'Gezegd.')")
        admin.execute(
            "INSERT INTO casus.melding_event (melding_id, event) SELECT id, 'ontvangen' FROM casus.melding WHERE number = 'M-BEL0-BEL0'"
        )
        admin.execute(
            "INSERT INTO portaal.melding_draft (code_hash, ciphertext, sent_at, melding_id)"
            " SELECT %s, '', now(), id FROM casus.melding WHERE number = 'M-BEL0-BEL0'",
            (code_hash(code),),
        )
    assert send(client, "/melding/code", code=code).location == "/melding/stand"
    stand = client.get("/melding/stand").text
    assert "M-BEL0-BEL0" in stand
    assert "/melding/kopie" not in stand
    assert client.get("/melding/kopie").location == "/melding/stand"
