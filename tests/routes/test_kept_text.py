"""What is typed in a form whose session is over: kept for its person, and given back to nobody else."""

import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.routes.conftest import PASSWORD, Browser, Person, Town, fresh_code, token_of, words_of

OVER = timedelta(minutes=16)
TEXT = "Zo was het niet. Ik was er <b>zelf</b> bij 🌻\nen mijn zus ook."


@dataclass
class Case:
    """A resident with an entry open in the browser, and the address to which a reaction is sent."""

    person: Person
    browser: Browser
    dossier: UUID
    page: str
    form: str
    token: str


@pytest.fixture
def case(town: Town) -> Case:
    person = town.person()
    dossier = town.dossier(person)
    browser = town.signed_in(person)
    page = f"/dossier/{dossier}/notitie/{town.entry(dossier)}"
    return Case(person, browser, dossier, page, f"{page}/reactie", token_of(browser.get(page)))


def _send(case: Case, **more: str) -> str:
    answer = case.browser.post(
        case.form, {"body": TEXT, "audience": "3", "number": "", **more}, case.token, headers={"Referer": f"http://localhost{case.page}"}
    )
    assert answer.status_code == 303
    return answer.headers["Location"]


def _sign_in_at(browser: Browser, url: str, person: Person) -> str:
    page = browser.get(url)
    found = re.search(r'id="next"[^>]* value="([^"]*)"', page.text)
    assert found
    back = found[1]
    browser.post("/inloggen", {"login": person.username, "password": PASSWORD, "next": back}, token_of(page))
    return _page_after(browser, browser.send("/inloggen/code", {"code": fresh_code(person)}).headers["Location"])


def _page_after(browser: Browser, url: str) -> str:
    """Where a browser ends that is sent to ``url``."""
    return urlsplit(browser.get(url, follow_redirects=True).request.url).path


def test_text_comes_back_after_signing_in_and_can_be_sent(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    url = _send(case)
    assert "Uw tekst is bewaard." in words_of(case.browser.get(url))
    back = _sign_in_at(case.browser, url, case.person)
    assert back == case.page
    page = case.browser.get(back)
    assert "Zo was het niet. Ik was er &lt;b&gt;zelf&lt;/b&gt; bij 🌻\nen mijn zus ook.</textarea>" in page.text.replace("\r\n", "\n")
    # Reading it changed nothing; sending it does.
    assert TEXT.split("<", 1)[0] in case.browser.get(back).text
    assert case.browser.post(case.form, {"body": TEXT, "audience": "3", "number": ""}, token_of(page)).status_code == 303
    assert "</textarea>" in case.browser.get(back).text
    assert "mijn zus ook.</textarea>" not in case.browser.get(back).text


def test_text_comes_back_to_nobody_else(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    url = _send(case)
    other = town.person()
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) SELECT id, %s, 'mentor', acl.today() - 1"
            " FROM casus.dossier WHERE public_id = %s",
            (other.person_id, case.dossier),
        )
    back = _sign_in_at(case.browser, url, other)
    page = case.browser.get(back)
    assert page.status_code == 200
    assert "</textarea>" in page.text
    assert "Zo was het niet" not in page.text
    # And it still waits for who typed it.
    assert "Zo was het niet" in town.signed_in(case.person).get(case.page).text


def test_text_is_kept_for_a_day_and_encrypted(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    _send(case)
    with town.admin() as admin:
        row = admin.execute("SELECT ciphertext FROM portaal.typed_text WHERE person_id = %s", (case.person.person_id,)).fetchone()
        assert row
        assert b"Zo was" not in bytes(row[0])
        admin.execute("UPDATE portaal.typed_text SET saved_at = now() - interval '24 hours'")
    assert "Zo was het niet" not in town.signed_in(case.person).get(case.page).text


def test_a_session_that_is_over_for_a_day_keeps_nothing(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=timedelta(hours=24))
    assert "bewaard" not in _send(case)


def test_a_session_that_was_signed_out_elsewhere_keeps_text(town: Town, case: Case) -> None:
    with town.admin() as admin:
        admin.execute(
            "UPDATE portaal.session s SET ended_at = now(), ended_reason = 'uitgelogd' FROM portaal.account a"
            " WHERE a.id = s.account_id AND a.person_id = %s",
            (case.person.person_id,),
        )
    assert _send(case).endswith("&bewaard=ja")


def test_without_our_token_nothing_is_kept(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    answer = case.browser.post(case.form, {"body": TEXT}, "een ander teken")
    assert answer.status_code == 400
    assert "Zo was het niet" not in town.signed_in(case.person).get(case.page).text


def test_passwords_and_codes_are_never_kept(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    answer = case.browser.post(case.form, {"password": "geheim woord", "code": "123456", "start_code": "abcd"}, case.token)
    assert "bewaard" not in answer.headers["Location"]


def test_an_empty_form_keeps_nothing(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    answer = case.browser.post(case.form, {"body": "  \n ", "number": ""}, case.token)
    assert "bewaard" not in answer.headers["Location"]


def test_text_typed_through_htmx_is_kept_too(town: Town, case: Case) -> None:
    town.age_sessions(case.person, idle=OVER)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{case.page}"}
    answer = case.browser.post(case.form, {"body": TEXT}, case.token, headers=headers)
    assert answer.status_code == 401
    back = _sign_in_at(case.browser, answer.headers["HX-Redirect"], case.person)
    assert back == case.page
    assert "Zo was het niet" in case.browser.get(back).text
