"""From a melding to a dossier, and the inwoner's way in, through the pages of the team; and then in."""

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest

from portal.accounts import totp
from tests.routes.conftest import Browser, Person, Town, token_of, words_of

WORDS = "Ik slaap slecht en de rekeningen blijven komen. ☂"
WHO = {
    "how": "legitimatie", "first_name": "Fatima", "infix": "el", "last_name": "Idrissi", "birth_date": "1990-05-04",
    "street": "Dorpsstraat 1", "postcode": "6511 AA",
}  # fmt: skip


def _melding(town: Town, *, team: str | None = "Noord", name: str = "Fatima el Idrissi") -> UUID:
    with town.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.melding (number, channel, for_whom, words, name, address, postcode, team_id)"
            " VALUES (%s, 'website', 'zelf', %s, %s, 'Dorpsstraat 1', '6511 AA', %s) RETURNING public_id",
            (f"M-{_letters()}-{_letters()}", WORDS, name, town._team_ids[team] if team else None),
        ).fetchone()
    assert row
    return UUID(str(row[0]))


def _letters() -> str:
    return "".join(secrets.choice("ABCDEFGHJKMNPQRS0123456789") for _ in range(4))


def _open(town: Town, browser: Browser, **changes: str) -> str:
    """A dossier of a new melding; gives the address of its page."""
    answer = browser.send(f"/meldingen/{_melding(town)}/dossier", WHO | changes)
    assert answer.status_code == 303, words_of(answer)
    return str(answer.headers["Location"]).split("/inlogcode")[0]


@pytest.fixture
def worker(town: Town) -> Person:
    return town.staff()


@pytest.fixture
def desk(town: Town, worker: Person) -> Browser:
    return town.signed_in(worker)


def _codes(page: str) -> tuple[str, str]:
    found = re.findall(r'<code class="utrecht-code" id="(?:gebruikersnaam|startcode)"[^>]*>([^<]+)</code>', page)
    return found[0], found[1]


def _new_address() -> str:
    return f"{secrets.token_hex(5)}@voorbeeld.nl"


def test_a_dossier_is_made_of_a_melding_and_the_inwoner_comes_in_with_the_code(town: Town, desk: Browser) -> None:
    page = desk.get(f"/meldingen/{_melding(town)}/dossier").text
    for value in ("Fatima", "el", "Idrissi", "Dorpsstraat 1", "6511 AA"):
        assert f'value="{value}"' in page, value
    dossier = _open(town, desk)
    assert "Mijn hulpvraag" in words_of(desk.get(dossier))
    answer = desk.send(f"{dossier}/inlogcode", {"way": "balie"})
    assert answer.status_code == 200
    username, code = _codes(answer.text)
    assert re.fullmatch(r"fatima[0-9]{3}", username)
    assert code not in desk.get(f"{dossier}/inlogcode").text, "it is seen once"
    home = town.browser("inwoner")
    assert home.send("/eerste-keer", {"login": username, "start_code": code}).headers["Location"] == "/eerste-keer/wachtwoord"
    assert (
        home.send("/eerste-keer/wachtwoord", {"password": "drie losse woorden", "password_again": "drie losse woorden"}).status_code == 303
    )
    with town.admin() as admin:
        lines = admin.execute(
            "SELECT event FROM casus.change_log l JOIN casus.dossier d ON d.id = l.dossier_id WHERE d.public_id = %s ORDER BY l.id",
            (dossier.rsplit("/", 1)[1],),
        ).fetchall()
    assert lines == [("dossier.opened",), ("account.start_code",)]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(town: Town, desk: Browser) -> None:
    which = f"/meldingen/{_melding(town)}/dossier"
    answer = desk.send(which, WHO | {"how": "", "birth_date": "4 mei 1990", "last_name": "Idrissi Ω"})
    assert answer.status_code == 422
    assert 'href="#how-0"' in answer.text
    assert "Schrijf de datum zo" in words_of(answer)
    assert 'value="Idrissi Ω"' in answer.text
    assert 'value="4 mei 1990"' in answer.text
    assert desk.send(which, WHO | {"how": "gegokt"}).status_code == 422
    assert desk.send(which, WHO | {"first_name": "Fa\x00tima"}).status_code == 422
    assert desk.send(which, WHO | {"last_name": "x" * 81}).status_code == 422


def test_two_at_once_make_one_dossier(town: Town, desk: Browser) -> None:
    which = f"/meldingen/{_melding(town)}/dossier"
    other = town.signed_in(town.staff())
    ready = [(browser, token_of(browser.get(which))) for browser in (desk, other)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].post(which, WHO, one[1]).status_code, ready))
    assert sorted(answers) == [303, 422]
    assert "hoort al een dossier" in words_of(other.get(which))


def test_a_melding_of_another_team_is_not_there(town: Town, desk: Browser) -> None:
    for where in (f"/meldingen/{_melding(town, team='Zuid')}/dossier", f"/meldingen/{UUID(int=5)}/dossier"):
        assert desk.get(where).status_code == 404
        assert desk.get(f"{where}/bestaand").status_code == 404
    assert desk.get(f"/meldingen/{_melding(town, team=None)}/dossier").status_code == 200


def test_who_came_before_is_recognised_in_ones_own_dossiers(town: Town, desk: Browser) -> None:
    dossier = _open(town, desk)
    which = f"/meldingen/{_melding(town)}/dossier"
    asked = desk.send(which, WHO)
    assert asked.status_code == 422
    assert "Is dit dezelfde persoon?" in words_of(asked)
    same = dossier.rsplit("/", 1)[1]
    answer = desk.send(which, WHO | {"which": same})
    assert answer.headers["Location"] == f"{dossier}/inlogcode?klaar=gekoppeld"
    another = desk.send(f"/meldingen/{_melding(town)}/dossier", WHO | {"which": "nieuw"}).headers["Location"]
    assert same not in another
    colleague = town.signed_in(town.staff())
    assert colleague.send(f"/meldingen/{_melding(town)}/dossier", WHO | {"which": same}).status_code == 303, (
        "somebody else's is not offered"
    )


def test_who_came_before_elsewhere_tells_user_name_and_birth_date(town: Town, desk: Browser) -> None:
    dossier = _open(town, desk)
    username, _code = _codes(desk.send(f"{dossier}/inlogcode", {"way": "balie"}).text)
    colleague = town.signed_in(town.staff())
    where = f"/meldingen/{_melding(town)}/dossier/bestaand"
    wrong = colleague.send(where, {"how": "bekend", "username": username, "birth_date": "1990-05-05"})
    assert wrong.status_code == 422
    assert "horen niet bij elkaar" in words_of(wrong)
    assert colleague.get(dossier).status_code == 404
    right = colleague.send(where, {"how": "bekend", "username": username.upper(), "birth_date": "1990-05-04"})
    assert right.headers["Location"] == f"{dossier}/inlogcode?klaar=gekoppeld"
    assert colleague.get(dossier).status_code == 200
    guessed = town.signed_in(town.staff())
    where = f"/meldingen/{_melding(town)}/dossier/bestaand"
    for _ in range(5):
        guessed.send(where, {"how": "bekend", "username": "anna100", "birth_date": "1990-05-04"})
    assert "te vaak" in words_of(guessed.send(where, {"how": "bekend", "username": username, "birth_date": "1990-05-04"}))


def _confirmed(town: Town, desk: Browser, dossier: UUID, colleague: Person | None = None) -> None:
    """The worker asks, and a colleague confirms."""
    assert desk.send(f"/dossier/{dossier}/inlogcode/collega", {"sure": "gebeld"}, page=f"/dossier/{dossier}/inlogcode").status_code == 303
    other = town.signed_in(colleague or town.staff())
    with town.admin() as admin:
        row = admin.execute("SELECT public_id FROM portaal.sign_in_renewal ORDER BY id DESC LIMIT 1").fetchone()
    assert row
    assert other.send(f"/inloghulp/collega/{row[0]}", {"sure": "gezien"}).headers["Location"] == "/inloghulp?klaar=ja"


def test_nobody_gives_a_new_code_alone_to_who_signs_in_already(town: Town, worker: Person, desk: Browser) -> None:
    person, colleague = town.person(), town.staff(name="Kijktmee")
    dossier = town.dossier(person, worker)
    where = f"/dossier/{dossier}/inlogcode"
    page = desk.get(where)
    assert "Vraag een collega" in words_of(page)
    assert 'name="way"' not in page.text
    alone = desk.send(where, {"way": "balie"})
    assert alone.status_code == 422
    assert "Een collega moet dit eerst bevestigen." in words_of(alone)
    wrong = desk.send(f"{where}/collega", {"sure": ""}, page=where)
    assert wrong.status_code == 422
    assert 'href="#sure-0"' in wrong.text
    assert desk.send(f"{where}/collega", {"sure": "nee"}, page=where).status_code == 422
    assert desk.send(f"{where}/collega", {"sure": "gezien"}, page=where).headers["Location"] == where
    assert "Dit wacht op een collega." in words_of(desk.get(where))
    assert desk.send(where, {"way": "balie"}, page="/inloghulp").status_code == 422
    assert town.browser("inwoner").sign_in(person).status_code == 303, "nothing stopped yet"
    assert "/inloghulp/collega/" not in desk.get("/inloghulp").text, "one's own is for somebody else"
    second = town.signed_in(colleague)
    [link] = re.findall(r'href="(/inloghulp/collega/[^"]+)"', second.get("/inloghulp").text)[-1:]
    assert desk.get(link).status_code == 404
    assert second.send(link, {"sure": ""}).status_code == 422
    assert second.send(link, {"sure": "gebeld"}).status_code == 303
    assert second.get(link).status_code == 404, "it is decided"
    page = desk.get(where)
    assert "bevestigde dit" in words_of(page)
    username, code = _codes(desk.send(where, {"way": "balie"}).text)
    assert username == person.username
    assert desk.send(where, {"way": "balie"}, page="/inloghulp").status_code == 422, "one code for one confirmation"
    with town.admin() as admin:
        mails = admin.execute("SELECT template, address FROM portaal.outbox WHERE person_id = %s", (person.person_id,)).fetchall()
    assert mails == [("inloggen", person.email)]
    home = _in_again(town, username, code)
    words = words_of(home.get("/"))
    assert "Er kwam een nieuwe startcode om in te loggen." in words
    assert "Kijktmee" in words
    assert "Vroeg u dit niet?" in words
    said = words_of(home.get("/mijn-inloggen"))
    assert "Een medewerker vroeg een nieuwe startcode voor u aan." in said
    assert "Een collega keek mee en vond het goed." in said
    with town.admin() as admin:
        admin.execute("UPDATE portaal.sign_in_renewal SET given_at = given_at - interval '31 days'")
    assert "nieuwe startcode" not in words_of(home.get("/"))


def _in_again(town: Town, username: str, code: str) -> Browser:
    """The first time anew, to the end."""
    home, password = town.browser("inwoner"), "drie losse woorden"
    home.send("/eerste-keer", {"login": username, "start_code": code})
    home.send("/eerste-keer/wachtwoord", {"password": password, "password_again": password})
    secret = re.search(r'<code class="utrecht-code"[^>]*>([A-Z2-7 ]+)</code>', home.get("/eerste-keer/code").text)
    assert secret
    assert home.send("/eerste-keer/code", {"code": totp.code_to_show(secret[1].replace(" ", ""), None) or ""}).status_code == 303
    return home


def test_a_colleague_who_says_no_stops_it(town: Town, worker: Person, desk: Browser) -> None:
    dossier = town.dossier(town.person(), worker)
    where = f"/dossier/{dossier}/inlogcode"
    desk.send(f"{where}/collega", {"sure": "gezien"}, page=where)
    second = town.signed_in(town.staff())
    link = re.findall(r'href="(/inloghulp/collega/[^"]+)"', second.get("/inloghulp").text)[-1]
    second.send(link, {"sure": "nee"})
    page = desk.get(where)
    assert "Uw collega zegt dat dit niet klopt." in words_of(page)
    assert 'name="sure"' in page.text, "it may be asked anew"


def test_two_colleagues_at_once_give_one_answer(town: Town, worker: Person, desk: Browser) -> None:
    person = town.person()
    where = f"/dossier/{town.dossier(person, worker)}/inlogcode"
    desk.send(f"{where}/collega", {"sure": "gezien"}, page=where)
    colleagues = [town.signed_in(town.staff()) for _ in range(2)]
    link = re.findall(r'href="(/inloghulp/collega/[^"]+)"', colleagues[0].get("/inloghulp").text)[-1]
    ready = [(browser, token_of(browser.get(link)), answer) for browser, answer in zip(colleagues, ("gezien", "nee"), strict=True)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: one[0].post(link, {"sure": one[2]}, one[1]), ready))
    with town.admin() as admin:
        lines = admin.execute(
            "SELECT l.event, r.decision FROM casus.change_log l JOIN portaal.account a ON a.person_id = l.subject_id"
            " JOIN portaal.sign_in_renewal r ON r.account_id = a.id WHERE l.subject_id = %s AND l.event ~ 'confirmed|refused'",
            (person.person_id,),
        ).fetchall()
    assert lines in ([("account.renewal_confirmed", "gezien")], [("account.renewal_refused", "nee")])


def test_a_new_code_ends_password_app_and_sessions(town: Town, worker: Person, desk: Browser) -> None:
    person = town.person()
    dossier = town.dossier(person, worker)
    _confirmed(town, desk, dossier)
    home = town.signed_in(person)
    assert home.get(f"/dossier/{dossier}").status_code == 200
    answer = desk.send(f"/dossier/{dossier}/inlogcode", {"way": "balie"})
    username, code = _codes(answer.text)
    assert username == person.username
    assert home.get(f"/dossier/{dossier}").status_code == 303
    assert town.browser("inwoner").sign_in(person).status_code == 422
    assert town.browser("inwoner").send("/eerste-keer", {"login": username, "start_code": code}).status_code == 303


def test_two_people_of_one_address_and_one_e_mail_address_both_come_in(town: Town, desk: Browser) -> None:
    mail = _new_address()
    names = []
    for first in ("Amira", "Bilal"):
        dossier = _open(town, desk, first_name=first)
        page = desk.send(f"{dossier}/inlogcode", {"way": "balie", "email": mail}).text
        names.append(_codes(page))
        assert mail in desk.get(f"{dossier}/contact").text
    for username, code in names:
        assert town.browser("inwoner").send("/eerste-keer", {"login": username, "start_code": code}).status_code == 303
    assert town.browser("inwoner").send("/eerste-keer", {"login": mail, "start_code": names[0][1]}).status_code == 422, "not confirmed"


def test_bad_input_for_a_code_is_said(town: Town, desk: Browser) -> None:
    dossier = _open(town, desk, street="", postcode="")
    for form, words in (
        ({}, "Kies hoe de inwoner de code krijgt."),
        ({"way": "duif"}, "Kies een van de antwoorden."),
        ({"way": "brief"}, "Er is geen adres voor een brief."),
        ({"way": "balie", "email": "geen adres"}, "Dit e-mailadres klopt niet."),
        ({"way": "balie", "email": "a@b@c"}, "Dit e-mailadres klopt niet."),
    ):
        answer = desk.send(f"{dossier}/inlogcode", form)
        assert answer.status_code == 422, form
        assert words in words_of(answer), form
        assert "startcode" not in re.findall(r'<code[^>]* id="(\w+)"', answer.text)


def test_a_closed_account_gets_no_code(town: Town, worker: Person, desk: Browser) -> None:
    person = town.person()
    dossier = town.dossier(person, worker)
    with town.admin() as admin:
        admin.execute("UPDATE portaal.account SET disabled_at = now() WHERE person_id = %s", (person.person_id,))
    assert "gesloten" in words_of(desk.send(f"/dossier/{dossier}/inlogcode", {"way": "balie"}))


def test_another_address_is_kept_and_logged_and_the_old_mail_address_stops(town: Town, worker: Person, desk: Browser) -> None:
    person = town.person()
    dossier = town.dossier(person, worker)
    where, new = f"/dossier/{dossier}/contact", _new_address()
    assert desk.send(where, {"street": "Nieuwe weg 2", "postcode": "6522 bb", "email": person.email}).status_code == 303
    assert desk.send(where, {"street": "Nieuwe weg 2", "postcode": "6522 bb", "email": new.upper()}).status_code == 303
    page = desk.get(where)
    assert 'value="Nieuwe weg 2"' in page.text
    assert f'value="{new}"' in page.text
    assert "moet dit e-mailadres nog bevestigen" in words_of(page)
    assert town.browser("inwoner").sign_in(person, login=person.email).status_code == 422
    assert town.browser("inwoner").sign_in(person, login=new).status_code == 422
    assert town.browser("inwoner").sign_in(person).status_code == 303
    with town.admin() as admin:
        rows = admin.execute("SELECT event FROM casus.change_log WHERE subject_id = %s ORDER BY id", (person.person_id,)).fetchall()
    assert rows == [("inwoner.address",), ("account.email",)]


def test_an_address_is_changed_before_there_is_an_account_too(town: Town, desk: Browser) -> None:
    where = f"{_open(town, desk)}/contact"
    page = desk.get(where)
    assert page.status_code == 200
    assert 'name="email"' not in page.text
    assert desk.send(where, {"street": "Nieuwe weg 3", "postcode": "6522 BB"}).status_code == 303


def test_who_does_not_work_there_finds_no_page(town: Town, worker: Person) -> None:
    dossier = town.dossier(town.person(), worker)
    stranger = town.signed_in(town.staff("teamleider"))
    for page in ("inlogcode", "contact"):
        assert stranger.get(f"/dossier/{dossier}/{page}").status_code == 404


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_page_to_hand_over_speaks_the_inwoners_language_and_dutch(town: Town, worker: Person, desk: Browser, language: str) -> None:
    person = town.person()
    dossier = town.dossier(person, worker)
    with town.admin() as admin:
        admin.execute(
            "UPDATE casus.inwoner SET language = %s, birth_date = %s WHERE person_id = %s", (language, date(1980, 1, 1), person.person_id)
        )
    _confirmed(town, desk, dossier)
    page = desk.send(f"/dossier/{dossier}/inlogcode", {"way": "balie"}).text
    assert re.findall(r'<section lang="(\w+)"', page) == list(dict.fromkeys([language, "nl"]))
    assert len(re.findall(r'id="startcode"', page)) == 1


def test_a_letter_with_the_code_waits_for_the_printer(town: Town, desk: Browser) -> None:
    dossier = _open(town, desk)
    answer = desk.send(f"{dossier}/inlogcode", {"way": "brief"})
    assert answer.headers["Location"] == f"{dossier}/inlogcode?klaar=brief"
    assert "ligt klaar" in words_of(desk.get(answer.headers["Location"]))
    with town.admin() as admin:
        rows = admin.execute(
            "SELECT l.template, l.to_name, l.to_lines, l.sealed IS NOT NULL, l.team_id, a.start_code_expires_at::date - l.made_at::date FROM portaal.letter l"
            " JOIN portaal.account a ON a.person_id = l.person_id JOIN casus.dossier d ON d.inwoner_id = a.person_id WHERE d.public_id = %s",
            (dossier.rsplit("/", 1)[1],),
        ).fetchall()
    assert [row[:5] for row in rows] == [
        ("startcode", "Fatima el Idrissi", ["Dorpsstraat 1", "6511 AA Nijmegen"], True, town._team_ids["Noord"])
    ]
    assert rows[0][5] == 21
