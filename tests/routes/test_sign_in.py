"""Signing in and out, through the pages, against the real database as the web roles."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from portal.accounts import passwords, totp
from portal.accounts.sessions import CONFIRMED, PROVED
from portal.paper_code import new_code
from portal.security import visitor_address
from portal.settings import IDLE_MINUTES, MAX_HOURS, Face
from tests.routes.conftest import PASSWORD, Person, Town, fresh_code, token_of, words_of

ROUND = timedelta(seconds=5)
SOME = uuid4()


def test_name_password_and_code_open_the_start_page(town: Town) -> None:
    person = town.person()
    town.dossier(person)
    browser = town.browser("inwoner")
    assert "Uitloggen" not in browser.get("/").text
    first = browser.send("/inloggen", {"login": person.username, "password": PASSWORD})
    assert (first.status_code, first.headers["Location"]) == (303, "/inloggen/code")
    second = browser.send("/inloggen/code", {"code": fresh_code(person)})
    assert (second.status_code, second.headers["Location"]) == (303, "/")
    assert "Uitloggen" in browser.get("/").text


def test_an_e_mail_address_and_capitals_work_too(town: Town) -> None:
    person = town.person()
    assert town.browser("inwoner").sign_in(person, login=person.email.upper()).headers["Location"] == "/"
    other = town.person()
    assert town.browser("inwoner").sign_in(other, login=f" {other.username.upper()} ").headers["Location"] == "/"


def test_after_signing_in_one_gets_the_page_one_asked_for(town: Town) -> None:
    person = town.person()
    dossier = town.dossier(person)
    browser = town.browser("inwoner")
    asked = browser.get(f"/dossier/{dossier}?onderdeel=plan")
    assert asked.status_code == 303
    page = browser.get(asked.headers["Location"])
    browser.post(
        "/inloggen", {"login": person.username, "password": PASSWORD, "next": f"/dossier/{dossier}?onderdeel=plan"}, token_of(page)
    )
    assert f'value="/dossier/{dossier}?onderdeel=plan"' in page.text
    assert browser.send("/inloggen/code", {"code": fresh_code(person)}).headers["Location"] == f"/dossier/{dossier}?onderdeel=plan"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///hulp",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/uitloggen",
        "/weg",
        "/inloggen/code",
    ],
)
def test_after_signing_in_one_goes_nowhere_else(town: Town, elsewhere: str) -> None:
    assert town.browser("inwoner").sign_in(town.person(), next=elsewhere).headers["Location"] == "/"


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer_for_the_same_work(town: Town, count_hashes: Callable[[], int]) -> None:
    person = town.person()
    waiting = town.person(start_code=new_code())
    tries = [(person.username, "niet het goede wachtwoord"), ("bestaat.niet", PASSWORD), (waiting.username, PASSWORD)]
    answers = []
    for login, password in tries:
        before = count_hashes()
        answer = town.browser("inwoner").send("/inloggen", {"login": login, "password": password})
        answers.append((answer.status_code, words_of(answer).replace(login, ""), count_hashes() - before))
    assert answers[0] == answers[1] == answers[2]
    assert (answers[0][0], answers[0][2]) == (422, 1)


def test_what_was_typed_as_password_never_comes_back(town: Town) -> None:
    answer = town.browser("inwoner").send("/inloggen", {"login": "iemand", "password": "mijn-geheime-woord"})
    assert "mijn-geheime-woord" not in answer.text
    assert "<title>Fout: " in answer.text


def test_another_faces_account_can_not_sign_in_here(town: Town, count_hashes: Callable[[], int]) -> None:
    professional, inwoner = town.staff(), town.person()
    visits: tuple[tuple[Person, Face], ...] = ((professional, "inwoner"), (inwoner, "team"))
    for person, face in visits:
        before = count_hashes()
        assert town.browser(face).send("/inloggen", {"login": person.username, "password": PASSWORD}).status_code == 422
        assert count_hashes() == before + 1


def test_a_code_works_once(town: Town) -> None:
    person = town.person()
    code = fresh_code(person)
    for expected in (303, 422):
        browser = town.browser("inwoner")
        browser.send("/inloggen", {"login": person.username, "password": PASSWORD})
        answer = browser.send("/inloggen/code", {"code": code})
        assert answer.status_code == expected
    assert "Uitloggen" not in browser.get("/").text


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "١٢٣٤٥٦", "", "1234567"])
def test_a_wrong_code_is_refused(town: Town, code: str) -> None:
    person = town.person()
    browser = town.browser("inwoner")
    browser.send("/inloggen", {"login": person.username, "password": PASSWORD})
    assert browser.send("/inloggen/code", {"code": code if code != fresh_code(person) else "000001"}).status_code == 422


def test_without_the_password_the_page_of_the_code_is_closed(town: Town) -> None:
    browser = town.browser("inwoner")
    assert browser.get("/inloggen/code").headers["Location"] == "/inloggen?reden=opnieuw"
    assert browser.send("/inloggen/code", {"code": "123456"}, page="/inloggen").headers["Location"] == "/inloggen?reden=opnieuw"


def test_guessing_is_slowed_down_and_told_in_a_sentence(town: Town, count_hashes: Callable[[], int]) -> None:
    person = town.person()
    for login in (person.username, "nooit.bestaan"):
        browser = town.browser("inwoner")
        for _try in range(5):
            assert browser.send("/inloggen", {"login": login, "password": "fout wachtwoord"}).status_code == 422
        before = count_hashes()
        answer = browser.send("/inloggen", {"login": login, "password": PASSWORD})
        assert answer.status_code == 429
        assert count_hashes() == before
        assert 0 < int(answer.headers["Retry-After"]) <= 15
        assert "U heeft het te vaak geprobeerd. Wacht" in words_of(answer)


def test_guessing_the_code_is_slowed_down(town: Town) -> None:
    person = town.person()
    browser = town.browser("inwoner")
    browser.send("/inloggen", {"login": person.username, "password": PASSWORD})
    right = fresh_code(person)
    wrong = next(code for code in ("111111", "222222") if code != right)
    assert [browser.send("/inloggen/code", {"code": wrong}).status_code for _try in range(6)] == [422] * 5 + [429]
    assert browser.send("/inloggen/code", {"code": right}).status_code == 429


def test_one_address_can_not_try_many_names(town: Town) -> None:
    browser = town.browser("inwoner")
    answers = [browser.send("/inloggen", {"login": f"naam{number}", "password": "fout wachtwoord"}).status_code for number in range(31)]
    assert answers == [422] * 30 + [429]
    assert browser.send("/eerste-keer", {"login": "naam", "start_code": "x"}).status_code == 429
    assert town.browser("inwoner").sign_in(town.person()).status_code == 303


@pytest.mark.parametrize(
    ("proxies", "remote", "said", "address"),
    [
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "geen adres", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed_about_the_address(town: Town, proxies: int, remote: str, said: str, address: str) -> None:
    app = town.apps["inwoner"]
    settings = app.extensions["settings"]
    with app.test_request_context("/", headers={"X-Forwarded-For": said}, environ_base={"REMOTE_ADDR": remote}):
        app.extensions["settings"] = dataclasses.replace(settings, proxies=proxies)
        try:
            assert visitor_address() == address
        finally:
            app.extensions["settings"] = settings


def test_signing_in_gives_a_new_token_and_ends_the_old_session(town: Town) -> None:
    person = town.person()
    browser = town.signed_in(person)
    with browser.client.session_transaction() as cookie:
        old = cookie["_user_id"]
    other = town.person()
    browser.post("/inloggen", {"login": other.username, "password": PASSWORD}, token_of(browser.get("/hulp")))
    browser.send("/inloggen/code", {"code": fresh_code(other)})
    with browser.client.session_transaction() as cookie:
        assert cookie["_user_id"] != old
        cookie["_user_id"] = old
    assert "U bent niet meer ingelogd. Log opnieuw in." in browser.get("/").text


def test_signing_out_ends_the_session_itself(town: Town) -> None:
    browser = town.signed_in(town.person())
    with browser.client.session_transaction() as cookie:
        stolen = dict(cookie)
    assert browser.send("/uitloggen", page="/").headers["Location"] == "/inloggen?reden=uit"
    with browser.client.session_transaction() as cookie:
        assert "_user_id" not in cookie
        cookie.update(stolen)
    assert "Uitloggen" not in browser.get("/").text


def test_snel_weg_ends_the_session_itself(town: Town) -> None:
    browser = town.signed_in(town.person())
    with browser.client.session_transaction() as cookie:
        stolen = dict(cookie)
    assert browser.get("/weg").status_code == 302
    with browser.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert "Uitloggen" not in browser.get("/").text


@pytest.mark.parametrize(
    ("idle", "old", "words"),
    [
        (timedelta(minutes=IDLE_MINUTES), timedelta(0), "U heeft een tijd niets gedaan. Daarom bent u uitgelogd."),
        (timedelta(0), timedelta(hours=MAX_HOURS), "Daarom bent u uitgelogd."),
    ],
)
def test_a_session_ends_by_itself_and_one_is_told_why(town: Town, idle: timedelta, old: timedelta, words: str) -> None:
    person = town.person()
    browser = town.signed_in(person)
    town.age_sessions(person, idle=max(idle - ROUND, timedelta(0)), old=max(old - ROUND, timedelta(0)))
    assert browser.get("/").status_code == 200
    town.age_sessions(person, idle=idle, old=old)
    assert words in words_of(browser.get("/"))
    answer = browser.get(f"/dossier/{SOME}")
    assert answer.status_code == 303
    assert words in words_of(browser.get(answer.headers["Location"]))


def test_a_forged_or_unknown_cookie_is_nobody(town: Town) -> None:
    browser = town.browser("inwoner")
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = "1"
    assert browser.get(f"/dossier/{SOME}").headers["Location"].startswith("/inloggen?next=")
    browser.client.set_cookie("mbt_inwoner", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert browser.get(f"/dossier/{SOME}").headers["Location"].startswith("/inloggen?next=")


def test_the_cookie_holds_no_number_of_a_person_or_account(town: Town) -> None:
    browser = town.browser("inwoner")
    person = town.person()
    browser.sign_in(person)
    with browser.client.session_transaction() as cookie:
        assert len(cookie["_user_id"]) >= 43
        beside_moments = [value for name, value in cookie.items() if name not in (PROVED, CONFIRMED)]
        assert not [value for value in beside_moments if isinstance(value, int) and not isinstance(value, bool)]


def test_staying_signed_in(town: Town) -> None:
    person = town.person()
    browser = town.signed_in(person)
    town.age_sessions(person, idle=timedelta(minutes=14))
    assert browser.send("/sessie/verlengen", page="/hulp", headers={"Sec-Fetch-Mode": "cors"}).status_code == 204
    town.age_sessions(person, idle=timedelta(minutes=14))
    assert browser.get("/").status_code == 200
    answer = browser.send("/sessie/verlengen", page="/hulp", headers={"Referer": "http://localhost/hulp"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/hulp")


def test_the_language_stays_with_the_account(town: Town) -> None:
    person = town.person()
    browser = town.signed_in(person)
    answer = browser.send("/taal", {"taal": "en", "next": "/hulp"}, page="/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/hulp")
    assert '<html lang="en"' in browser.get("/").text
    assert '<html lang="en"' in town.signed_in(person).get("/").text
    assert '<html lang="nl"' in town.browser("inwoner").get("/inloggen").text
    browser.send("/taal", {"taal": "xx"}, page="/")
    assert '<html lang="en"' in browser.get("/").text


def test_the_language_before_signing_in_is_a_cookie(town: Town) -> None:
    browser = town.browser("inwoner")
    answer = browser.send("/taal", {"taal": "nl", "next": "/inloggen?next=%2Fhulp&reden=idle"}, page="/inloggen")
    assert answer.headers["Location"] == "/inloggen?next=%2Fhulp&reden=idle"
    browser.send("/taal", {"taal": "en", "next": "//evil.example"}, page="/inloggen")
    assert browser.page is not None
    assert browser.page.headers["Location"] == "/"
    assert '<html lang="en"' in browser.get("/inloggen").text


def test_htmx_goes_to_the_sign_in_page_whole(town: Town) -> None:
    answer = town.browser("inwoner").get(f"/dossier/{SOME}", headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/hulp"})
    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["HX-Redirect"] == "/inloggen?next=%2Fhulp"


def test_terms_are_the_same_in_the_program_and_the_database(town: Town) -> None:
    with town.admin() as admin:
        limits = admin.execute("SELECT portaal.idle_limit(), portaal.session_limit()").fetchone()
    assert limits == (timedelta(minutes=IDLE_MINUTES), timedelta(hours=MAX_HOURS))


# --- the first time


def _first(town: Town, person: Person, code: str) -> tuple[int, str]:
    browser = town.browser(person.face)
    answer = browser.send("/eerste-keer", {"login": person.username, "start_code": code})
    return answer.status_code, answer.headers.get("Location", "")


def test_the_first_time(town: Town) -> None:
    person = town.person(start_code=new_code())
    assert person.start_code
    browser = town.browser("inwoner")
    typed = person.start_code.upper().replace("-", " ")
    assert browser.send("/eerste-keer", {"login": person.username, "start_code": typed}).headers["Location"] == "/eerste-keer/wachtwoord"
    chosen = {"password": "vier losse woorden samen", "password_again": "vier losse woorden samen"}
    assert browser.send("/eerste-keer/wachtwoord", chosen).headers["Location"] == "/eerste-keer/code"
    page = browser.get("/eerste-keer/code")
    secret = _secret_on(page.text)
    assert f"secret={secret}" in page.text
    assert "otpauth://totp/" in page.text
    # Until the app has given its first code nobody can sign in with the new password.
    assert town.browser("inwoner").sign_in(person, password=chosen["password"]).status_code == 422
    code = totp.code_to_show(secret, None) or ""
    assert browser.send("/eerste-keer/code", {"code": code}).headers["Location"] == "/mijn-inloggen/kaart"
    assert browser.get("/").status_code == 200
    # The start code is used up, and so is that code.
    assert _first(town, person, person.start_code)[0] == 422
    again = town.browser("inwoner")
    again.send("/inloggen", {"login": person.username, "password": chosen["password"]})
    assert again.send("/inloggen/code", {"code": code}).status_code == 422


def test_a_start_code_is_for_one_name_and_one_face_and_not_for_ever(town: Town) -> None:
    code = new_code()
    person = town.person(start_code=code)
    other = town.person(start_code=new_code())
    assert _first(town, other, code)[0] == 422
    browser = town.browser("team")
    assert browser.send("/eerste-keer", {"login": person.username, "start_code": code}).status_code == 422
    with town.admin() as admin:
        admin.execute("UPDATE portaal.account SET start_code_expires_at = now() WHERE person_id = %s", (person.person_id,))
    assert _first(town, person, code)[0] == 422


def test_the_pages_after_the_start_code_need_it(town: Town) -> None:
    browser = town.browser("inwoner")
    for url in ("/eerste-keer/wachtwoord", "/eerste-keer/code"):
        assert browser.get(url).headers["Location"] == "/eerste-keer"
        assert browser.send(url, {"password": "x" * 20, "code": "123456"}, page="/eerste-keer").headers["Location"] == "/eerste-keer"


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("te kort", "te kort", "Kies een wachtwoord van 12 tekens of meer."),
        ("Welkom123456", "Welkom123456", "Dit wachtwoord gebruiken veel mensen."),
        ("ababababababab", "ababababababab", "Dit wachtwoord gebruiken veel mensen."),
        ("vier losse woorden", "vier losse worden", "U heeft twee verschillende wachtwoorden getypt."),
        ("x" * 201, "x" * 201, "Kies een wachtwoord van 200 tekens of minder."),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(town: Town, password: str, again: str, words: str) -> None:
    person = town.person(start_code=new_code())
    browser = town.browser("inwoner")
    browser.send("/eerste-keer", {"login": person.username, "start_code": person.start_code or ""})
    answer = browser.send("/eerste-keer/wachtwoord", {"password": password, "password_again": again})
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert browser.get("/eerste-keer/code").headers["Location"] == "/eerste-keer"


def test_a_password_may_not_be_the_user_name() -> None:
    assert passwords.objection("Sam.de.Vries.Nijmegen", ("sam.de.vries.nijmegen",)) == "Kies een wachtwoord dat niet uw gebruikersnaam is."
    assert passwords.objection("sam.de.vries.nijmegen!", ("sam.de.vries.nijmegen",)) is None


def _secret_on(page: str) -> str:
    return page.split('translate="no">', 1)[1].split("<", 1)[0].replace(" ", "")
