"""Messages between an inwoner and the team: nothing typed is lost, nothing is answered unread, and nobody writes where nobody reads."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.routes.conftest import Browser, Person, Town, token_of, words_of
from tests.routes.test_kept_text import _sign_in_at as sign_in_at

WORDS = "Ik ben <b>bang</b> 🌻\nمرحبا"


@dataclass
class Talk:
    """An inwoner and a professional, both signed in, and the address of their messages."""

    town: Town
    inwoner: Person
    dossier: UUID
    home: Browser
    team: Browser
    page: str

    def sends(self, browser: Browser, words: str = WORDS, **more: str) -> int:
        """Sends a message, and gives the status."""
        form = {"body": words, "number": str(uuid4()), **more}
        return browser.post(self.page, form, token_of(browser.get(self.page))).status_code

    def newest(self) -> str:
        """The public id of the last message."""
        with self.town.admin() as admin:
            [row] = admin.execute(
                "SELECT m.public_id FROM casus.message m JOIN casus.dossier d ON d.id = m.dossier_id WHERE d.public_id = %s ORDER BY m.id DESC LIMIT 1",
                (self.dossier,),
            ).fetchall()
        return str(row[0])


@pytest.fixture
def talk(town: Town) -> Talk:
    inwoner, professional = town.person(), town.staff()
    dossier = town.dossier(inwoner, professional)
    return Talk(town, inwoner, dossier, town.signed_in(inwoner), town.signed_in(professional), f"/dossier/{dossier}/berichten")


def test_what_is_sent_twice_stands_there_once_and_says_whose_it_is(talk: Talk) -> None:
    number = str(uuid4())
    assert talk.sends(talk.home, number=number) == 303
    assert talk.sends(talk.home, number=number) == 303
    own = talk.home.get(talk.page).text
    assert own.count("&lt;b&gt;bang&lt;/b&gt;") == 1
    assert 'class="words" dir="auto"' in own
    assert "Wacht op antwoord" in words_of(talk.team.get(talk.page))
    assert "1 bericht" in words_of(talk.team.get("/"))


def test_what_could_not_be_sent_stands_in_the_form(talk: Talk) -> None:
    for browser in (talk.home, talk.team):
        too_long = "Nog een keer. " * 400
        answer = browser.post(talk.page, {"body": too_long, "number": "x"}, token_of(browser.get(talk.page)))
        assert answer.status_code == 422
        assert too_long in answer.text
    assert "Er zijn nog geen berichten." in words_of(talk.home.get(talk.page))


def test_what_was_typed_when_the_session_ended_stands_in_the_form(talk: Talk) -> None:
    token = token_of(talk.home.get(talk.page))
    talk.town.age_sessions(talk.inwoner, idle=timedelta(minutes=16))
    answer = talk.home.post(talk.page, {"body": WORDS, "number": ""}, token, headers={"Referer": f"http://localhost{talk.page}"})
    assert sign_in_at(talk.home, answer.headers["Location"], talk.inwoner) == talk.page
    assert "Ik ben &lt;b&gt;bang&lt;/b&gt; 🌻\nمرحبا</textarea>" in talk.home.get(talk.page).text.replace("\r\n", "\n")
    assert talk.sends(talk.home) == 303
    assert "</b&gt; 🌻\nمرحبا</textarea>" not in talk.home.get(talk.page).text


def test_an_answer_leaves_what_came_in_meanwhile(talk: Talk) -> None:
    talk.sends(talk.home, "Eerst")
    shown = talk.newest()
    talk.sends(talk.home, "Daarna")
    assert talk.sends(talk.team, "Antwoord", shown=shown) == 303
    page = talk.team.get(talk.page)
    assert words_of(page).index("Daarna") < words_of(page).index("Antwoord geven") < words_of(page).index("Eerst")
    assert "1 bericht" in words_of(talk.team.get("/"))
    answer = talk.team.post(f"{talk.page}/gezien", {"shown": talk.newest()}, token_of(page))
    assert answer.status_code == 303
    assert "bericht" not in words_of(talk.team.get("/"))
    assert words_of(talk.home.get(talk.page)).count("Gezien door") == 2
    for shown in ("", "x", str(uuid4())):
        assert talk.team.post(f"{talk.page}/gezien", {"shown": shown}, token_of(page)).status_code == 303


def test_an_answer_is_new_until_it_was_seen(talk: Talk) -> None:
    talk.sends(talk.team, "Dag")
    assert "1 nieuw bericht" in words_of(talk.home.get("/"))
    assert "Nieuw voor u" in words_of(talk.home.get(talk.page))
    assert "nieuw bericht" not in words_of(talk.home.get("/"))
    assert "Nieuw voor u" not in words_of(talk.home.get(talk.page))


def test_where_nobody_reads_one_is_told_whom_to_call_and_keeps_the_words(talk: Talk) -> None:
    token = token_of(talk.home.get(talk.page))
    with talk.town.admin() as admin:
        admin.execute("UPDATE casus.assignment SET valid_until = acl.today() - 1")
    answer = talk.home.post(talk.page, {"body": "Hallo?", "number": ""}, token)
    assert answer.status_code == 422
    assert "Hallo?</textarea>" in answer.text.replace("\n", "")
    page = talk.home.get(talk.page)
    assert "Er werkt nu niemand in uw dossier." in words_of(page)
    assert "<textarea" not in page.text
    assert talk.team.get(talk.page).status_code == 404, "who works in it no more"


def test_the_team_hears_that_the_inwoner_cannot_sign_in_yet(town: Town) -> None:
    inwoner, professional = town.person(start_code="AAAA-BBBB-CCCC-DDDD"), town.staff()
    page = f"/dossier/{town.dossier(inwoner, professional)}/berichten"
    assert "De inwoner kan nog niet inloggen" in words_of(town.signed_in(professional).get(page))
    other = town.person()
    assert "kan nog niet inloggen" not in words_of(
        town.signed_in(professional).get(f"/dossier/{town.dossier(other, professional)}/berichten")
    )
