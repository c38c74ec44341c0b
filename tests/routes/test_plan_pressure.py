"""Drang and dwang over HTTP, and copies on paper on the worklist."""

from uuid import uuid4

import pytest

from tests.routes.conftest import Town, words_of
from tests.routes.test_plan import WHOLE, YES, Planned, begun
from tests.routes.test_plan_remarks import invited

FLAG = {"kind": "2", "ground": "De kinderrechter sprak dit uit", "from_day": "2026-01-02", "until_day": ""}


@pytest.fixture
def planned(town: Town) -> Planned:
    """A plan in which nothing stands."""
    return begun(town)


def test_the_inwoner_reads_plainly_what_it_is_why_and_where_to_object(planned: Planned) -> None:
    where = f"{planned.url}/drang-of-dwang"
    own, team = planned.own, planned.team
    planned.goal(own, "Rust")
    number = str(uuid4())
    for _ in range(2):
        assert team.send(where, {**FLAG, "number": number}, page=where).headers["Location"] == f"{where}?klaar=bewaard"
    page = words_of(own.get(planned.url))
    assert page.count("De kinderrechter sprak dit uit") == 1
    for words in (
        "Dwang",
        "Deze hulp moet.",
        "U zegt nog steeds zelf ja of nee tegen het plan.",
        "Dien een klacht in",
        "iemand die niet bij ons werkt",
    ):
        assert words in page
    assert "Het verandert niet wie het plan leest" in words_of(own.get(where))
    assert "Drang of dwang opschrijven" not in words_of(own.get(where))
    sister = planned.town.signed_in(invited(planned, 6))
    assert "kinderrechter" not in words_of(sister.get(planned.url))
    assert sister.get(where).status_code == 404
    # It ends, and is still read as what was.
    flag = planned.value("SELECT public_id FROM casus.plan_pressure WHERE public_id = %s", number)
    assert team.send(f"{where}/{flag}/stoppen", {}, page=where).headers["Location"] == f"{where}?klaar=gestopt"
    assert "kinderrechter" not in words_of(own.get(planned.url))
    assert "Gestopt door" in words_of(own.get(where))


def test_its_last_day_ends_it_too(planned: Planned) -> None:
    where = f"{planned.url}/drang-of-dwang"
    for ground, until in (("Dit is voorbij", "2026-01-03"), ("Dit geldt nog", "2999-01-01")):
        planned.team.send(where, {**FLAG, "ground": ground, "until_day": until, "number": str(uuid4())}, page=where)
    page = words_of(planned.own.get(planned.url))
    assert "Dit geldt nog" in page
    assert "Dit is voorbij" not in page
    assert "Dit is voorbij" in words_of(planned.own.get(where))


def test_what_was_typed_stays_when_something_is_missing(planned: Planned) -> None:
    where = f"{planned.url}/drang-of-dwang"
    for wrong, said in (
        ({"ground": " "}, "Schrijf op waarom."),
        ({"kind": ""}, "Kies een van de antwoorden."),
        ({"from_day": ""}, "Vul de dag in."),
        ({"from_day": "gisteren"}, "Schrijf de datum zo:"),
        ({"until_day": "2026-01-01"}, "Deze dag is voor de eerste dag."),
        ({"ground": "x" * 2001}, ""),
    ):
        answer = planned.team.send(where, {**FLAG, **wrong}, page=where)
        assert answer.status_code == 422, wrong
        assert said in words_of(answer)
        assert wrong.get("ground", FLAG["ground"]).strip() in answer.text


def test_a_copy_on_paper_stands_on_the_worklist_until_it_was_given(planned: Planned) -> None:
    own, team = planned.own, planned.team
    goal = planned.goal(own, "Rust")
    planned.action(own, goal, "Bellen", **WHOLE)
    for copy in ("2", "1"):
        laid = planned.laid(own)
        assert own.send(f"{planned.url}/akkoord/{laid}", {**YES, "copy": copy}, page=f"{planned.url}/akkoord/{laid}").status_code == 303
    page = words_of(team.get("/"))
    assert "Plan op papier gevraagd" in page
    assert "Versie 1" in page
    assert "Versie 2" not in page
    for _ in range(2):
        assert team.send(f"{planned.url}/versie/1/gegeven", {}, page="/").headers["Location"] == "/?klaar=stand"
    assert "Plan op papier gevraagd" not in words_of(team.get("/"))
    assert planned.value("SELECT count(*) FROM casus.plan_copy_given WHERE given_by = %s", planned.worker.person_id) == 1
    assert team.send(f"{planned.url}/versie/9/gegeven", {}, page="/").status_code == 404
