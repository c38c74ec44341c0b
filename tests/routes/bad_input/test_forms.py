"""Forms that are stale, sent twice, or sent when the session is over: written once or not at all, and never lost."""

import html
import re
import secrets

import pytest

from tests.live import Live
from tests.routes.bad_input.desk import WORDS, Desk, concept_fields, fields_of, given_back, is_plain, reaction, written
from tests.routes.conftest import Browser, token_of, words_of


@pytest.mark.parametrize("token", ["", "x", "oud" * 40])
def test_a_stale_form_gives_the_text_back_and_can_be_sent_again(live: Live, iris: Browser, page: str, token: str) -> None:
    text = f"{WORDS} {secrets.token_hex(4)}"
    iris.get(page)
    answer = iris.post(f"{page}/reactie", reaction(body=text), token)
    assert answer.status_code == 400
    assert is_plain(answer)
    assert "De pagina stond te lang open." in words_of(answer)
    assert given_back(answer, text)
    assert written(live, text) == 0
    again = fields_of(answer)
    assert iris.client.post(f"{page}/reactie", data=again).status_code == 303
    assert written(live, text) == 1


def test_a_reaction_sent_twice_is_written_once(live: Live, iris: Browser, page: str) -> None:
    fields = reaction(body=f"{WORDS} twee keer")
    token = token_of(iris.get(page))
    for _ in range(2):
        answer = iris.post(f"{page}/reactie", fields, token)
        assert answer.status_code == 303
        assert "klaar=reactie" in answer.headers["Location"]
    assert written(live, fields["body"]) == 1


def test_the_same_form_with_other_words_loses_neither(live: Live, iris: Browser, page: str) -> None:
    """The first answer got lost on the way; the person went back, changed the text and sent it again."""
    fields = reaction(body=f"{WORDS} eerst")
    token = token_of(iris.get(page))
    iris.post(f"{page}/reactie", fields, token)
    changed = {**fields, "body": f"{WORDS} daarna"}
    assert iris.post(f"{page}/reactie", changed, token).status_code == 303
    assert f"{WORDS} daarna" in html.unescape(iris.get(page).text)
    assert (written(live, f"{WORDS} eerst"), written(live, f"{WORDS} daarna")) == (1, 1)


def test_a_change_sent_twice_is_written_once(live: Live, iris: Browser, page: str) -> None:
    fields = reaction(body=f"{WORDS} zo")
    iris.post(f"{page}/reactie", fields, token_of(iris.get(page)))
    edit = f"{page}/reactie/{fields['number']}/wijzigen"
    form = iris.get(edit)
    base = re.search(r'name="base"[^>]* value="(\d+)"', form.text)
    assert base
    change = {"body": f"{WORDS} of zo", "audience": "2", "base": base[1]}
    token = token_of(form)
    for _ in range(2):
        assert iris.post(edit, change, token).status_code == 303
    assert written(live, change["body"]) == 1


def test_a_concept_placed_twice_is_one_entry(live: Live, desk: Desk, femke: Browser) -> None:
    concept = desk.concept(femke, live.dossier("Iris"))
    token = token_of(femke.get(concept))
    title = f"Twee keer geplaatst {secrets.token_hex(4)}"
    fields = concept_fields(title, WORDS, "plaats")
    places = [femke.post(concept, fields, token) for _ in range(2)]
    assert [answer.status_code for answer in places] == [303, 303]
    assert places[0].headers["Location"] == places[1].headers["Location"]
    assert live.one("SELECT count(*) FROM casus.entry_version WHERE title = %s", title) == 1


def test_somebody_added_twice_is_one_member_of_staff(live: Live, desk: Desk) -> None:
    annelies = desk.browser("team", "annelies.groothuis")
    form = annelies.get("/medewerkers/nieuw")
    team = re.search(r'<option[^>]* value="([0-9a-f-]{36})"', form.text)
    assert team
    fields = {
        **fields_of(form), "first_name": "Tweeling", "infix": "", "last_name": "Proef", "email": "",
        "job_title": "hulpverlener", "team": team[1], "role": "professional",
    }  # fmt: skip
    answers = [annelies.client.post("/medewerkers/nieuw", data=fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 303]
    assert live.one("SELECT count(*) FROM casus.person WHERE first_name = 'Tweeling'") == 1


def test_an_expired_session_writes_nothing_and_keeps_the_text(live: Live, desk: Desk, page: str) -> None:
    yvonne = desk.browser("inwoner", "yvonne")
    own = live.dossier("Yvonne")
    entry = re.search(rf'href="({own}/notitie/[^"]+)"', yvonne.get(own).text)
    assert entry
    token = token_of(yvonne.get(entry[1]))
    live.idle("yvonne", 16)
    before = written(live)
    answer = yvonne.post(f"{entry[1]}/reactie", reaction(), token)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/inloggen?")
    assert "bewaard=ja" in answer.headers["Location"]
    assert "Uw tekst is bewaard." in words_of(yvonne.get(answer.headers["Location"]))
    assert written(live) == before
    assert yvonne.get(entry[1]).status_code == 303
    assert given_back(desk.browser("inwoner", "yvonne").get(entry[1]))
