"""Remarks beside the plan over HTTP: said, read, answered and taken back; what was typed stays; and as many statements as without."""

from uuid import UUID, uuid4

import pytest

from tests.access.explained import catching
from tests.routes.conftest import Person, Town, words_of
from tests.routes.test_long_dossier import MOST_STATEMENTS
from tests.routes.test_plan import Planned, begun


@pytest.fixture
def planned(town: Town) -> Planned:
    """A plan in which nothing stands."""
    return begun(town)


def invited(planned: Planned, role: int, name: str = "Zus") -> Person:
    """Somebody who is invited to the whole plan."""
    made = planned.town.person(name=name)
    with planned.town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, valid_from, valid_until, ground)"
            " SELECT id, %s, 5, %s, acl.today() - 1, acl.today() + 30, 'toestemming' FROM casus.dossier WHERE public_id = %s",
            (made.person_id, role, planned.dossier),
        )
    return made


def remark_id(planned: Planned, body: str) -> UUID:
    """The id of a remark."""
    return UUID(str(planned.value("SELECT public_id FROM casus.plan_remark WHERE body = %s", body)))


def test_said_read_and_answered(planned: Planned) -> None:
    goal = planned.goal(planned.own, "Rust")
    page = f"{planned.url}/opmerkingen/{goal}"
    sister, aunt = planned.town.signed_in(invited(planned, 2)), planned.town.signed_in(invited(planned, 2, "Tante"))
    number = str(uuid4())
    assert "Iets zeggen" in words_of(sister.get(planned.url))
    for _ in range(2):
        assert sister.send(page, {"body": "Begin met één dag", "number": number}, page=page).headers["Location"] == f"{page}?klaar=gezegd"
    assert planned.value("SELECT count(*) FROM casus.plan_remark WHERE body = 'Begin met één dag'") == 1
    # Who else is invited learns nothing of it.
    assert "opmerking" not in words_of(aunt.get(planned.url))
    assert "één dag" not in words_of(aunt.get(page))
    own = planned.own
    assert "1 nieuwe opmerking bij uw plan" in words_of(own.get("/"))
    for browser in (own, planned.team):
        assert "1 opmerking Nieuw" in words_of(browser.get(planned.url))
        assert "Begin met één dag" in words_of(browser.get(page))
    one = remark_id(planned, "Begin met één dag")
    answer = planned.team.send(f"{planned.url}/opmerking/{one}/gelezen", {f"o{one.hex}-answer": "Goed idee", "deel": goal}, page=page)
    assert answer.headers["Location"] == f"{page}?klaar=gelezen"
    assert "Gelezen door" in words_of(sister.get(page))
    assert "Goed idee" in words_of(sister.get(page))
    assert "nieuwe opmerking" not in words_of(own.get("/"))
    # The inwoner was answering too: nothing that was typed is lost.
    late = own.send(f"{planned.url}/opmerking/{one}/gelezen", {f"o{one.hex}-answer": "Dat wil ik niet", "deel": goal}, page=page)
    assert late.status_code == 422
    assert "Hierop is al geantwoord." in words_of(late)
    assert "Dat wil ik niet" in late.text


def test_what_was_typed_stays_when_it_is_too_long_or_nothing(planned: Planned) -> None:
    goal = planned.goal(planned.own, "Rust")
    page = f"{planned.url}/opmerkingen/{goal}"
    sister = planned.town.signed_in(invited(planned, 5))
    answer = sister.send(page, {"body": " "}, page=page)
    assert answer.status_code == 422
    assert "Schrijf op wat u wilt zeggen." in words_of(answer)
    answer = sister.send(page, {"body": "lang " * 500}, page=page)
    assert answer.status_code == 422
    assert "lang lang" in answer.text
    sister.send(page, {"body": "Kort", "number": str(uuid4())}, page=page)
    one = remark_id(planned, "Kort")
    answer = planned.own.send(f"{planned.url}/opmerking/{one}/gelezen", {f"o{one.hex}-answer": "uit " * 600, "deel": goal}, page=page)
    assert answer.status_code == 422
    assert "uit uit" in answer.text


def test_taken_back_nobody_else_reads_it(planned: Planned) -> None:
    goal = planned.goal(planned.own, "Rust")
    page = f"{planned.url}/opmerkingen/{goal}"
    sister = planned.town.signed_in(invited(planned, 6))
    sister.send(page, {"body": "Toch niet", "number": str(uuid4())}, page=page)
    one = remark_id(planned, "Toch niet")
    where = f"{planned.url}/opmerking/{one}/intrekken"
    assert planned.own.send(where, {"deel": goal}, page=page).status_code == 404
    assert sister.send(where, {"deel": goal}, page=page).headers["Location"] == f"{page}?klaar=ingetrokken"
    assert "Toch niet" in words_of(sister.get(page))
    assert "Ingetrokken" in words_of(sister.get(page))
    for browser in (planned.own, planned.team):
        assert "Toch niet" not in words_of(browser.get(page))
        assert "opmerking" not in words_of(browser.get(planned.url))


def test_who_reads_along_or_writes_sees_the_buttons_that_work(planned: Planned) -> None:
    own = planned.own
    goal = planned.goal(own, "Rust")
    action = planned.action(own, goal, "Bellen")
    for role, says, steps in ((1, False, False), (2, True, False), (3, True, False), (4, False, False), (5, True, False), (6, True, True)):
        browser = planned.town.signed_in(invited(planned, role, f"Rol{role}"))
        page = browser.get(planned.url)
        assert ("Iets zeggen" in words_of(page)) is says, role
        assert (f'value="{action}"' in page.text) is steps, role
        sent = browser.send(f"{planned.url}/stand", {"bezig" if role % 2 else "open": action}, page=f"{planned.url}/opmerkingen/{goal}")
        assert sent.status_code == (303 if steps else 404), role
        said = browser.send(f"{planned.url}/opmerkingen/{goal}", {"body": "x", "number": str(uuid4())}, page=planned.url)
        assert said.status_code == (303 if says else 404), role


def test_many_remarks_ask_as_much_as_none(town: Town, planned: Planned) -> None:
    goal = planned.goal(planned.own, "Rust")
    sister = invited(planned, 2)
    asked = []
    for count in (0, 40):
        with town.admin() as admin:
            admin.execute(
                "INSERT INTO casus.plan_remark (public_id, dossier_id, part_id, body, author_id, author_name)"
                " SELECT gen_random_uuid(), p.dossier_id, p.id, 'Iets', %s, 'Zus' FROM casus.plan_part p, generate_series(1, %s) WHERE p.public_id = %s",
                (sister.person_id, count, goal),
            )
        for address in (planned.url, f"{planned.url}/opmerkingen/{goal}"):
            browser = planned.own
            browser.get("/hulp")
            with catching(town.apps["inwoner"].extensions["database"].engine) as catcher:
                assert browser.get(address).status_code == 200
            asked.append(len(catcher.caught) + 1)
    assert asked[:2] == asked[2:]
    assert max(asked) <= MOST_STATEMENTS
