"""The card for who has no telephone, confirming an e-mail address, and logging out everywhere."""

import re
import secrets
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from portal.accounts import totp
from portal.accounts.commands import card_hash
from portal.paper_code import new_code
from tests.routes.conftest import PASSWORD, Browser, Person, Town, token_of, words_of


@pytest.fixture
def person(town: Town) -> Person:
    made = town.person()
    town.dossier(made)
    return made


def _app_code(town: Town, person: Person) -> str:
    """A code of the app that was not used yet."""
    with town.admin() as admin:
        admin.execute("UPDATE portaal.account SET last_totp_step = NULL WHERE person_id = %s", (person.person_id,))
    return totp.code_to_show(person.secret, None) or ""


def _is_sure(browser: Browser, code: str, goal: str = "kaart", password: str = PASSWORD) -> TestResponse:
    """Password and code once more."""
    return browser.send(f"/mijn-inloggen/zeker?voor={goal}", {"password": password, "code": code})


def _card(town: Town, browser: Browser, person: Person) -> list[str]:
    """A new card, after password and code once more: its codes."""
    assert _is_sure(browser, _app_code(town, person)).headers["Location"] == "/mijn-inloggen/kaart"
    return _make_card(browser)


def _make_card(browser: Browser) -> list[str]:
    answer = browser.send("/mijn-inloggen/kaart")
    assert answer.status_code == 200
    return re.findall(r'<li[^>]*><code class="utrecht-code"[^>]*>([^<]+)</code>', answer.text)


def _up_to_the_code(town: Town, person: Person) -> Browser:
    browser = town.browser("inwoner")
    assert browser.send("/inloggen", {"login": person.username, "password": PASSWORD}).headers["Location"] == "/inloggen/code"
    return browser


def _with_card(browser: Browser, code: str) -> int:
    return browser.send("/inloggen/kaart", {"code": code}).status_code


def test_the_first_time_ends_with_the_offer_of_a_card(town: Town) -> None:
    person = town.person(start_code=new_code())
    town.dossier(person)
    browser = town.browser("inwoner")
    browser.send("/eerste-keer", {"login": person.username, "start_code": person.start_code or ""})
    browser.send("/eerste-keer/wachtwoord", {"password": PASSWORD, "password_again": PASSWORD})
    page = browser.get("/eerste-keer/code")
    secret = re.search(r'<code class="utrecht-code"[^>]*>([A-Z2-7 ]+)</code>', page.text)
    assert secret
    code = totp.code_to_show(secret[1].replace(" ", ""), None)
    assert browser.send("/eerste-keer/code", {"code": code or ""}).headers["Location"] == "/mijn-inloggen/kaart"
    assert "Maak mijn kaart" in words_of(browser.get("/mijn-inloggen/kaart"))
    codes = _make_card(browser)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}", code) for code in codes)
    assert codes[0] not in browser.get("/mijn-inloggen").text


def test_a_lost_telephone_each_code_once_and_how_many_are_left(town: Town, person: Person) -> None:
    codes = _card(town, town.signed_in(person), person)
    browser = _up_to_the_code(town, person)
    assert 'href="/inloggen/kaart"' in browser.get("/inloggen/code").text
    answer = browser.send("/inloggen/kaart", {"code": codes[0].upper().replace("-", " ")})
    assert answer.headers["Location"] == "/mijn-inloggen?klaar=kaart"
    assert "U heeft nog 9 codes over." in words_of(browser.get(answer.headers["Location"]))
    assert browser.get("/").status_code == 200
    again = _up_to_the_code(town, person)
    assert _with_card(again, codes[0]) == 422
    assert _with_card(again, codes[1]) == 303
    with town.admin() as admin:
        methods = admin.execute(
            "SELECT s.method FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id WHERE a.person_id = %s ORDER BY s.created_at",
            (person.person_id,),
        ).fetchall()
    assert [method for (method,) in methods] == ["test", "wachtwoord_en_kaart", "wachtwoord_en_kaart"]


def test_a_new_card_ends_the_old_one_and_stands_in_the_log(town: Town, person: Person) -> None:
    home = town.signed_in(person)
    old, new = (_card(town, home, person) for _ in range(2))
    assert _with_card(_up_to_the_code(town, person), old[0]) == 422
    assert _with_card(_up_to_the_code(town, person), new[0]) == 303
    assert "Er kwam een nieuwe kaart met codes." in words_of(home.get("/mijn-inloggen"))


def test_two_at_once_with_one_code_one_comes_in(town: Town, person: Person) -> None:
    codes = _card(town, town.signed_in(person), person)
    ready = [(browser, token_of(browser.get("/inloggen/kaart"))) for browser in (_up_to_the_code(town, person) for _ in range(2))]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].post("/inloggen/kaart", {"code": codes[3]}, one[1]).status_code, ready))
    assert sorted(answers) == [303, 422]


def test_a_card_is_of_no_use_without_the_password_or_for_somebody_else(town: Town, person: Person) -> None:
    other = town.person()
    codes = _card(town, town.signed_in(person), person)
    browser = town.browser("inwoner")
    assert browser.get("/inloggen/kaart").headers["Location"] == "/inloggen?reden=opnieuw"
    page = browser.get("/inloggen")
    assert browser.post("/inloggen/kaart", {"code": codes[0]}, token_of(page)).headers["Location"] == "/inloggen?reden=opnieuw"
    assert _with_card(_up_to_the_code(town, other), codes[0]) == 422


def test_guessing_is_slowed_down(town: Town, person: Person) -> None:
    codes = _card(town, town.signed_in(person), person)
    browser = _up_to_the_code(town, person)
    for wrong in ("", "0000-0000-0000", "Ω" * 12, "x" * 61, "a\x00b", "1234", "5678", "9012"):
        assert _with_card(browser, wrong) in (422, 429)
    answer = browser.send("/inloggen/kaart", {"code": codes[0]})
    assert answer.status_code == 429
    assert "te vaak" in words_of(answer)


def _new_secret(browser: Browser) -> str:
    found = re.search(r'<code class="utrecht-code"[^>]*>([A-Z2-7 ]+)</code>', browser.get("/mijn-inloggen/app").text)
    assert found
    return found[1].replace(" ", "")


def test_a_new_telephone_with_the_card_gets_a_new_app_and_a_new_card(town: Town, person: Person) -> None:
    home, elsewhere = town.signed_in(person), town.signed_in(person)
    codes = _card(town, home, person)
    assert _is_sure(home, codes[0].upper(), "app").headers["Location"] == "/mijn-inloggen/app"
    secret = _new_secret(home)
    assert _new_secret(home) == secret, "the page may be opened again"
    wrong = home.send("/mijn-inloggen/app", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Deze code klopt niet." in words_of(wrong)
    assert elsewhere.get("/mijn-inloggen").status_code == 200, "nothing stopped yet"
    answer = home.send("/mijn-inloggen/app", {"code": totp.code_to_show(secret, None) or ""})
    assert answer.headers["Location"] == "/mijn-inloggen/kaart?klaar=app"
    assert "Uw nieuwe app werkt." in words_of(home.get(answer.headers["Location"]))
    new = _make_card(home)
    assert elsewhere.get("/mijn-inloggen").status_code == 303
    assert "Er kwam een nieuwe app." in words_of(home.get("/mijn-inloggen"))
    old_app = _up_to_the_code(town, person)
    assert old_app.send("/inloggen/code", {"code": _app_code(town, person)}).status_code == 422
    assert _with_card(old_app, codes[1]) == 422
    assert old_app.send("/inloggen/code", {"code": totp.code_to_show(secret, None) or ""}).status_code == 303
    assert _with_card(_up_to_the_code(town, person), new[0]) == 303
    with town.admin() as admin:
        mails = admin.execute("SELECT template, address FROM portaal.outbox WHERE person_id = %s", (person.person_id,)).fetchall()
    assert mails == [("inloggen", person.email)]


def test_after_the_last_code_of_the_card_the_password_is_enough_for_ten_minutes(town: Town, person: Person) -> None:
    [*used, last] = _card(town, town.signed_in(person), person)
    with town.admin() as admin:
        row = admin.execute("SELECT public_id FROM portaal.account WHERE person_id = %s", (person.person_id,)).fetchone()
        assert row
        admin.execute("UPDATE portaal.recovery_code SET used_at = now() WHERE code_hash <> %s", (card_hash(row[0], last),))
    assert len(used) == 9
    home = _up_to_the_code(town, person)
    assert home.send("/inloggen/kaart", {"code": last}).headers["Location"] == "/mijn-inloggen?klaar=kaart"
    page = home.get("/mijn-inloggen/zeker?voor=app")
    assert 'name="code"' not in page.text
    assert home.send("/mijn-inloggen/zeker?voor=app", {"password": "anders dan dat"}).status_code == 422
    assert home.send("/mijn-inloggen/zeker?voor=app", {"password": PASSWORD}).status_code == 303
    assert home.get("/mijn-inloggen/app").status_code == 200
    later = _up_to_the_code(town, person)
    with pytest.MonkeyPatch.context() as clock:
        later.send("/inloggen/code", {"code": _app_code(town, person)})
        now = time.time()
        clock.setattr("portal.accounts.sessions.time.time", lambda: now + 600)
        assert 'name="code"' in later.get("/mijn-inloggen/zeker?voor=app").text


def test_a_session_left_open_gives_no_other_way_in(town: Town, person: Person) -> None:
    home = town.signed_in(person)
    for page in ("app", "kaart"):
        where = f"/mijn-inloggen/zeker?voor={page}"
        assert home.get(f"/mijn-inloggen/{page}").headers["Location"] == where
        assert home.send(f"/mijn-inloggen/{page}", {"code": "123456"}, page="/mijn-inloggen").headers["Location"] == where
        assert 'name="code"' in home.get(where).text
        for password, code, words in (
            (PASSWORD, "", "Vul een code in."),
            ("", "123456", "Vul uw wachtwoord in."),
            ("niet het wachtwoord", _app_code(town, person), "Dit wachtwoord klopt niet."),
        ):
            answer = _is_sure(home, code, page, password)
            assert answer.status_code == 422
            assert words in words_of(answer)
    assert home.get("/mijn-inloggen/zeker?voor=iets").headers["Location"] == "/mijn-inloggen"
    for wrong in ("000000", "0000-0000-0000", "Ω"):
        answer = _is_sure(home, wrong)
        assert answer.status_code == 422
        assert "Deze code klopt niet, of u heeft hem al gebruikt." in words_of(answer)
    with town.admin() as admin:
        cards = "SELECT count(*) FROM portaal.recovery_code r JOIN portaal.account a ON a.id = r.account_id WHERE a.person_id = %s"
        assert admin.execute(cards, (person.person_id,)).fetchone() == (0,)


def test_one_confirmation_makes_one_card_and_is_of_this_session(town: Town, person: Person) -> None:
    home = town.signed_in(person)
    _card(town, home, person)
    assert home.send("/mijn-inloggen/kaart", page="/mijn-inloggen").headers["Location"] == "/mijn-inloggen/zeker?voor=kaart"
    code = _app_code(town, person)
    assert _is_sure(home, code).status_code == 303
    assert town.signed_in(person).get("/mijn-inloggen/kaart").status_code == 303
    assert _is_sure(town.signed_in(person), code).status_code == 422, "each code once"
    now = time.time()
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr("portal.accounts.sessions.time.time", lambda: now + 600)
        assert home.get("/mijn-inloggen/kaart").status_code == 303, "it is ten minutes old"


def test_guessing_the_password_of_an_open_session_is_slowed_down_as_at_sign_in(town: Town, person: Person) -> None:
    home = town.signed_in(person)
    answers = [_is_sure(home, "123456", password="een gokje van mij").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_the_team_has_no_card(town: Town) -> None:
    colleague = town.signed_in(town.staff())
    for page in ("/inloggen/kaart", "/mijn-inloggen", "/mijn-inloggen/kaart", "/mijn-inloggen/app", "/mijn-inloggen/zeker"):
        assert colleague.get(page).status_code == 404


def _waits(town: Town, person: Person, email: str) -> None:
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO portaal.new_email (account_id, email) SELECT id, %s FROM portaal.account WHERE person_id = %s",
            (email, person.person_id),
        )


def _mailed(town: Town, email: str) -> str:
    """The code that the job would mail."""
    with town.admin() as admin:
        row = admin.execute(
            "SELECT n.code FROM portaal.outbox o JOIN portaal.new_email n ON n.email = o.address WHERE o.address = %s AND o.template = 'mailcode'",
            (email,),
        ).fetchone()
    assert row
    return str(row[0])


def test_an_address_works_for_signing_in_after_its_code_was_typed(town: Town, person: Person) -> None:
    new = f"{secrets.token_hex(5)}@voorbeeld.nl"
    _waits(town, person, new)
    home = town.signed_in(person)
    assert new in home.get("/mijn-inloggen").text
    assert town.browser("inwoner").sign_in(person, login=new).status_code == 422
    assert home.send("/mijn-inloggen/bevestigen", {"code": "123456"}, page="/mijn-inloggen").status_code == 422
    assert home.send("/mijn-inloggen/mail", page="/mijn-inloggen").headers["Location"] == "/mijn-inloggen?klaar=mail"
    code = _mailed(town, new)
    answer = home.send("/mijn-inloggen/bevestigen", {"code": f"{code[:3]} {code[3:]}"}, page="/mijn-inloggen")
    assert answer.headers["Location"] == "/mijn-inloggen?klaar=bevestigd"
    assert "Uw e-mailadres klopt." in words_of(home.get(answer.headers["Location"]))
    assert town.browser("inwoner").sign_in(person, login=new).status_code == 303


def test_two_people_of_one_mailbox_both_confirm_and_read_the_same(town: Town, person: Person) -> None:
    other, new = town.person(), f"{secrets.token_hex(5)}@voorbeeld.nl"
    town.dossier(other)
    pages = []
    for one in (person, other):
        _waits(town, one, new)
        home = town.signed_in(one)
        home.send("/mijn-inloggen/mail", page="/mijn-inloggen")
        home.send("/mijn-inloggen/bevestigen", {"code": _mailed(town, new)}, page="/mijn-inloggen")
        pages.append(words_of(home.get("/mijn-inloggen?klaar=bevestigd")).replace(one.username, "").replace(one.email, "").replace(new, ""))
        with town.admin() as admin:
            admin.execute("DELETE FROM portaal.outbox")
    assert "Uw e-mailadres klopt." in pages[0]
    assert "Uw e-mailadres klopt." in pages[1]
    assert town.browser("inwoner").sign_in(person, login=new).status_code == 303
    assert town.browser("inwoner").sign_in(other).status_code == 303


def test_nothing_is_mailed_when_no_address_waits(town: Town, person: Person) -> None:
    town.signed_in(person).send("/mijn-inloggen/mail", page="/mijn-inloggen")
    with town.admin() as admin:
        assert admin.execute("SELECT count(*) FROM portaal.outbox WHERE person_id = %s", (person.person_id,)).fetchone() == (0,)


def test_logging_out_everywhere_ends_every_session(town: Town, person: Person) -> None:
    here, there = town.signed_in(person), town.signed_in(person)
    assert here.send("/mijn-inloggen/overal-uit", page="/mijn-inloggen").headers["Location"] == "/inloggen?reden=uit"
    assert here.get("/mijn-inloggen").status_code == 303
    assert there.get("/mijn-inloggen").status_code == 303


def test_passwords_and_codes_can_be_pasted(town: Town, person: Person) -> None:
    browser = _up_to_the_code(town, person)
    for page in ("/inloggen", "/inloggen/code", "/inloggen/kaart", "/eerste-keer"):
        fields = re.findall(r"<input[^>]*>", browser.get(page).text)
        assert fields
        assert not [field for field in fields if re.search(r"onpaste|oncopy|maxlength|readonly", field)], page
    padded = town.browser("inwoner").send("/inloggen", {"login": f" {person.username} ", "password": PASSWORD})
    assert padded.status_code == 303, "a space that came along with the name"
