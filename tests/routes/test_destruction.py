"""The inwoner has notes destroyed: chosen, looked at once more, asked, answered note by note; and the operator lists what is past its term."""

import re
from collections.abc import Iterator

import psycopg
import pytest

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import public
from tests.routes.test_closing import as_, send

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
WIPE = f"{A}/wissen"
Admin = psycopg.Connection[tuple[object, ...]]
ONE, OTHER = public("entry", 101), public("entry", 102)
NUMBER = public("destruction", 9)


@pytest.fixture
def admin(web: Web) -> Iterator[Admin]:
    """A look at the rows from outside the lock; afterwards the world is whole again."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as connection:
        yield connection
        for number in (101, 102):
            connection.execute(
                "UPDATE casus.entry_version SET title = %s, body = %s WHERE entry_id = %s", (f"Titel {number}", f"Woorden {number}", number)
            )
    web.reset()


def test_it_is_chosen_looked_at_once_more_and_asked_once(web: Web, admin: Admin) -> None:
    owner = as_(web, "owner")
    assert "Notities laten wissen" in owner.get(A).get_data(as_text=True)
    page = owner.get(f"{WIPE}/kiezen").get_data(as_text=True)
    assert "Titel 101" in page
    assert "Titel 112" not in page, "the inwoner's own page"
    assert "Al gevraagd" in page
    assert send(owner, f"{WIPE}/nakijken") == 422
    assert send(owner, f"{WIPE}/nakijken", notitie=str(ONE)) == 200
    assert admin.execute("SELECT count(*) FROM casus.destruction_item").fetchone() == (1,), "nothing is asked yet"
    for _again in range(2):
        assert send(owner, WIPE, notitie=str(ONE), number=str(NUMBER)) == 303
    assert admin.execute("SELECT count(*) FROM casus.destruction_item").fetchone() == (2,)
    page = owner.get(f"{WIPE}/{NUMBER}?klaar=gevraagd").get_data(as_text=True)
    assert "Wij hebben uw vraag." in page
    assert "Antwoord uiterlijk op:" in page
    assert send(owner, f"{WIPE}/{NUMBER}/terug") == 303
    assert "U nam deze vraag terug." in owner.get(f"{WIPE}/{NUMBER}").get_data(as_text=True)
    assert "U vroeg dit terug." in owner.get(WIPE).get_data(as_text=True)


def test_the_team_answers_note_by_note_and_sees_the_answer_first(web: Web, admin: Admin) -> None:
    owner, professional = as_(web, "owner"), as_(web, "assigned")
    assert send(owner, WIPE, notitie=str(ONE), number=str(NUMBER)) == 303
    second = public("destruction", 10)
    assert send(owner, WIPE, notitie=str(OTHER), number=str(second)) == 303
    assert f"{WIPE}/{NUMBER}" in professional.get("/vragen").get_data(as_text=True)
    assert "vragen" in professional.get("/").get_data(as_text=True)
    here = f"{WIPE}/{second}"
    assert "Titel 102" in professional.get(here).get_data(as_text=True)
    assert send(professional, f"{here}/redenen", keep=str(OTHER)) == 200
    assert send(professional, f"{here}/nakijken", keep=str(OTHER)) == 422, "no ground"
    field = f"r{OTHER.hex}"
    answer = {"keep": str(OTHER), f"{field}-ground": "2", f"{field}-reason": "Dit gaat over de veiligheid van uw buurvrouw."}
    assert send(professional, f"{here}/nakijken", **answer) == 200
    assert admin.execute("SELECT outcome FROM casus.destruction_item WHERE entry_id = 102").fetchone() == (None,), "not sent yet"
    assert send(professional, f"{here}/versturen", **answer, weg=str(ONE)) == 422, "not what waits"
    assert send(professional, f"{here}/versturen", **answer) == 303
    owner.get(A)
    start = owner.get("/").get_data(as_text=True)
    assert f'href="{here}"' in start, "the dossier itself doesn't tell it"
    assert "veiligheid" not in start
    page = owner.get(here).get_data(as_text=True)
    assert f'href="{here}"' not in owner.get("/").get_data(as_text=True)
    assert "Dit blijft staan" in page
    assert "Dit gaat over de veiligheid van uw buurvrouw." in page
    assert "Bezwaar maken" in page
    assert "Titel 102" in page
    here = f"{WIPE}/{NUMBER}"
    assert send(professional, f"{here}/redenen") == 200
    assert send(professional, f"{here}/versturen", weg=str(ONE)) == 303
    assert professional.get(here).status_code == 404
    owner.get(A)
    assert f'href="{here}"' in owner.get("/").get_data(as_text=True)
    page = owner.get(here).get_data(as_text=True)
    assert "Dit is gewist" in page
    assert f'href="{here}"' not in owner.get("/").get_data(as_text=True)
    assert "tot en met:" in page
    assert "Titel 101" not in page
    assert "Bezwaar maken" not in page
    for client in (owner, professional):
        assert client.get(f"{A}/notitie/{ONE}").status_code == 404
        assert "Titel 101" not in client.get(A).get_data(as_text=True)
    assert admin.execute("SELECT title, body FROM casus.entry_version WHERE entry_id = 101").fetchall() == [("", "")]


def test_everything_can_be_asked_at_once(web: Web, admin: Admin) -> None:
    owner = as_(web, "owner")
    page = owner.get(f"{WIPE}/alles").get_data(as_text=True)
    found = re.search(r'name="number" value="([^"]+)"', page)
    assert found
    assert send(owner, WIPE, alles="ja", number=found[1]) == 303
    assert send(owner, WIPE, alles="ja", number=str(NUMBER)) == 303, "nothing is left to ask"
    assert admin.execute("SELECT count(*) FROM casus.destruction WHERE dossier_id = 1").fetchone() == (2,)
    assert "Al gevraagd" in owner.get(f"{WIPE}/kiezen").get_data(as_text=True)


def test_the_plan_goes_whole_or_stays_with_a_reason(web: Web, admin: Admin) -> None:
    owner, team = as_(web, "owner"), as_(web, "assigned")
    admin.execute("DELETE FROM casus.plan_destruction")
    page = owner.get(WIPE).get_data(as_text=True)
    assert "Mijn plan laten wissen" in page
    assert "Ook uw plan gaat weg." in owner.get(f"{WIPE}/alles").get_data(as_text=True)
    number = public("plan destruction", 9)
    for _again in range(2):
        assert send(owner, f"{WIPE}/plan", number=str(number)) == 303
    assert admin.execute("SELECT count(*) FROM casus.plan_destruction").fetchone() == (1,)
    page = owner.get(f"{WIPE}?klaar=plan").get_data(as_text=True)
    assert "Wij hebben uw vraag." in page
    assert "Mijn plan laten wissen" not in page
    assert send(owner, f"{WIPE}/plan/{number}/terug") == 303
    assert "U vroeg dit terug." in owner.get(WIPE).get_data(as_text=True)
    assert send(owner, f"{WIPE}/plan/{public('nothing', 1)}/terug") == 404
    # Asking for everything asks for the plan too.
    assert send(owner, WIPE, alles="ja", number=str(public("plan destruction", 10))) == 303
    where = f"{A}/plan-wissen/{public('plan destruction', 10)}"
    assert str(public("plan destruction", 10)) in team.get("/vragen").get_data(as_text=True)
    for fields, said in (
        ({}, "Kies een antwoord."),
        ({"outcome": "1"}, "Kruis aan dat u het zeker weet."),
        ({"outcome": "2", "reason": " "}, "Schrijf op waarom het moet blijven."),
    ):
        assert send(team, where, **fields) == 422, said
    assert admin.execute("SELECT count(*) FROM casus.plan_destruction WHERE outcome IS NULL").fetchone() == (1,)
    assert send(team, where, outcome="2", reason="Voor je dochter.") == 303
    assert team.get(where).status_code == 404
    page = owner.get(WIPE).get_data(as_text=True)
    assert "Uw plan blijft staan." in page
    assert "Voor je dochter." in page
    assert "Bezwaar maken: schrijf ons een brief." in page
