"""How an inwoner wants to be told, over HTTP: what can be chosen, what is kept, and what is wrong."""

import psycopg

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.routes.test_closing import A, admin, as_, send, words_of

__all__ = ["admin", "monkeypatch_module", "web"]

Admin = psycopg.Connection[tuple[object, ...]]
AT = f"{A}/berichtgeving"
ALL = {"nieuw": "niets", "antwoord": "niets", "bericht": "niets", "meekijken": "niets", "stap": "niets"}


def test_what_was_chosen_is_there_the_next_time(web: Web, admin: Admin) -> None:
    owner = as_(web, "owner")
    assert "checked" in owner.get(AT).get_data(as_text=True)
    assert send(owner, AT, **(ALL | {"bericht": "brief"})) == 303
    page = owner.get(AT).get_data(as_text=True)
    assert page.count('value="niets"') == 5
    for topic, way in (ALL | {"bericht": "brief"}).items():
        field = page.split(f'id="{topic}"', 1)[1].split("</fieldset>", 1)[0]
        [chosen] = [one for one in field.split("<input")[1:] if " checked" in one.split(">", 1)[0]]
        assert f'value="{way}"' in chosen, topic


def test_a_way_that_reaches_nobody_is_not_offered_and_not_taken(web: Web, admin: Admin) -> None:
    admin.execute("UPDATE casus.address SET protected = true WHERE person_id = 1")
    try:
        owner = as_(web, "owner")
        assert 'value="brief"' not in owner.get(AT).get_data(as_text=True)
        assert send(owner, AT, **(ALL | {"nieuw": "brief"})) == 422
    finally:
        admin.execute("UPDATE casus.address SET protected = false WHERE person_id = 1")


def test_each_topic_needs_an_answer_and_what_was_chosen_is_not_lost(web: Web, admin: Admin) -> None:
    owner = as_(web, "owner")
    assert send(owner, AT, nieuw="niets") == 422
    assert send(owner, AT, **(ALL | {"nieuw": "duif"})) == 422


def test_the_page_says_what_always_comes(web: Web, admin: Admin) -> None:
    words = words_of(as_(web, "owner"), AT)
    assert "Dit laten wij u altijd weten" in words
    assert "Iemand las in nood wat u dicht deed." in words
