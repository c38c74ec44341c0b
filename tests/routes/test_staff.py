"""Staff administration through the pages, and what it does to somebody who is signed in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.routes.conftest import Browser, Person, Town, words_of

TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()


@pytest.fixture
def beheerder(town: Town) -> Browser:
    return town.signed_in(town.staff("beheerder", None, name="Fatma"))


@pytest.fixture
def lead(town: Town) -> Browser:
    return town.signed_in(town.staff("teamleider", "Noord", name="Elif"))


def _of(person: Person, what: str = "") -> str:
    return f"/medewerkers/{person.public_id}{what}"


def _events(town: Town, person: Person) -> list[str]:
    with town.admin() as admin:
        rows = admin.execute("SELECT event FROM casus.change_log WHERE subject_id = %s ORDER BY id", (person.person_id,)).fetchall()
    return [row[0] for row in rows]


def test_who_leaves_while_signed_in_sees_the_sign_in_page_at_the_next_click(town: Town, lead: Browser) -> None:
    inwoner, person = town.person(), town.staff()
    dossier = town.dossier(inwoner, person)
    theirs = town.signed_in(person)
    assert theirs.get(f"/dossier/{dossier}").status_code == 200
    page = lead.get(_of(person, "/uit-dienst"))
    assert "Er is 1 dossier dat daarna iemand anders nodig heeft." in words_of(page)
    assert lead.send(_of(person, "/uit-dienst")).headers["Location"] == "/medewerkers?klaar=uit-dienst"
    answer = theirs.get(f"/dossier/{dossier}")
    assert answer.status_code == 303
    assert "U bent niet meer ingelogd." in words_of(theirs.get(answer.headers["Location"]))
    assert town.browser("team").sign_in(person).status_code == 422
    assert _events(town, person) == ["staff.left"]
    assert person.username in words_of(lead.get("/medewerkers"))


def test_leaving_ends_everything_in_one_go(town: Town, lead: Browser) -> None:
    inwoner, person, colleague = town.person(), town.staff(), town.staff()
    town.dossier(inwoner, person)
    with town.admin() as admin:
        run = admin.execute
        run(
            "INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES"
            " (%(me)s, acl.today() - 2, acl.today() + 2, NULL), (%(me)s, acl.today() + 9, acl.today() + 10, NULL),"
            " (%(other)s, acl.today() - 3, acl.today() + 3, %(me)s), (%(other)s, acl.today() + 20, acl.today() + 21, %(me)s)",
            {"me": person.person_id, "other": colleague.person_id},
        )
        run(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground)"
            " SELECT id, %s, 1, acl.today() - 1, 'toestemming' FROM casus.dossier WHERE inwoner_id = %s",
            (person.person_id, inwoner.person_id),
        )
        run(
            "INSERT INTO casus.concept (dossier_id, author_id, section, kind, occurred_on, body)"
            " SELECT id, %s, 2, 1, acl.today(), 'geheime woorden' FROM casus.dossier WHERE inwoner_id = %s",
            (person.person_id, inwoner.person_id),
        )
    town.signed_in(person)
    lead.send(_of(person, "/uit-dienst"))
    with town.admin() as admin:

        def rows(query: str) -> list[tuple[object, ...]]:
            return admin.execute(query, {"me": person.person_id, "other": colleague.person_id}).fetchall()

        assert rows("SELECT left_on = acl.today() FROM casus.staff WHERE person_id = %(me)s") == [(True,)]
        assert rows("SELECT valid_until = acl.today() - 1 FROM casus.assignment WHERE staff_id = %(me)s") == [(True,)]
        assert rows("SELECT until_date - acl.today() FROM casus.absence WHERE staff_id = %(me)s") == [(-1,)]
        assert rows(
            "SELECT from_date - acl.today(), until_date - acl.today(), substitute_id IS NULL FROM casus.absence"
            " WHERE staff_id = %(other)s ORDER BY from_date"
        ) == [(-3, -1, False), (0, 3, True), (20, 21, True)]
        assert rows("SELECT withdrawn_at IS NOT NULL FROM casus.access_grant WHERE grantee_id = %(me)s") == [(True,)]
        assert rows("SELECT disabled_at IS NOT NULL FROM portaal.account WHERE person_id = %(me)s") == [(True,)]
        assert rows(
            "SELECT s.ended_reason FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id WHERE a.person_id = %(me)s"
        ) == [("uit_dienst",)]
        assert rows("SELECT body FROM casus.concept WHERE author_id = %(me)s") == [("geheime woorden",)]
    overview = lead.get("/medewerkers")
    assert "geheime woorden" not in overview.text
    assert re.search(rf"{person.username}</bdi>: 1 concept", overview.text)


def test_a_grant_as_naaste_outlives_the_job(town: Town, lead: Browser) -> None:
    inwoner, person = town.person(), town.staff()
    town.dossier(inwoner)
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO portaal.account (person_id, face, username, start_code_hash, start_code_expires_at)"
            " VALUES (%s, 'inwoner', %s, sha256('x'), now())",
            (person.person_id, person.username),
        )
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground)"
            " SELECT id, %s, 1, acl.today() - 1, 'toestemming' FROM casus.dossier WHERE inwoner_id = %s",
            (person.person_id, inwoner.person_id),
        )
    lead.send(_of(person, "/uit-dienst"))
    with town.admin() as admin:
        assert admin.execute("SELECT withdrawn_at FROM casus.access_grant WHERE grantee_id = %s", (person.person_id,)).fetchone() == (None,)


def test_somebody_starts(town: Town, lead: Browser) -> None:
    page = lead.get("/medewerkers/nieuw")
    account = page.text.split('name="account"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    form = {
        "first_name": "Şeyma", "infix": "van den", "last_name": "Berg", "job_title": "Maatschappelijk werker",
        "team": str(town.teams["Noord"]), "role": "professional", "email": "seyma@voorbeeld.nl", "account": account,
    }  # fmt: skip
    made = lead.send("/medewerkers/nieuw", form)
    assert made.status_code == 200
    username = _text(made.text, "gebruikersnaam")
    assert username == "seyma.vandenberg"
    theirs = town.browser("team")
    answer = theirs.send("/eerste-keer", {"login": username, "start_code": _text(made.text, "startcode")})
    assert answer.headers["Location"] == "/eerste-keer/wachtwoord"
    # The same form sent twice makes nobody twice, and shows no code again.
    assert lead.send("/medewerkers/nieuw", form).headers["Location"] == "/medewerkers?klaar=dubbel"
    # Somebody else of that name gets another user name; the e-mail address is one's own.
    other = lead.send("/medewerkers/nieuw", {**form, "account": "", "email": ""})
    assert _text(other.text, "gebruikersnaam") == "seyma.vandenberg2"
    again = lead.send("/medewerkers/nieuw", {**form, "account": ""})
    assert (again.status_code, "Dit e-mailadres is al gebruikt." in words_of(again)) == (422, True)
    assert "nog niet ingelogd" in words_of(lead.get("/medewerkers"))


def test_a_form_with_errors_says_so_and_keeps_what_was_typed(town: Town, lead: Browser) -> None:
    answer = lead.send("/medewerkers/nieuw", {"first_name": "Noor", "team": str(town.teams["Noord"])})
    assert answer.status_code == 422
    assert "<title>Fout: " in answer.text
    assert 'value="Noor"' in answer.text
    assert '<a class="utrecht-link" href="#last_name">Vul de achternaam in.</a>' in answer.text


@pytest.mark.parametrize(
    ("role", "team"), [("beheerder", "Noord"), ("teamleider", "Noord"), ("professional", "Zuid"), ("professional", "")]
)
def test_a_lead_gives_no_higher_role_and_no_place_in_another_team(town: Town, lead: Browser, role: str, team: str) -> None:
    form = {"first_name": "A", "last_name": "Proef", "job_title": "x", "role": role, "team": str(town.teams[team]) if team else ""}
    assert lead.send("/medewerkers/nieuw", form).status_code == 422
    person = town.staff()
    assert lead.send(_of(person, "/wijzigen"), form).status_code == 422


@pytest.mark.parametrize("who", ["other team", "lead", "beheerder", "gone", "nobody", "inwoner"])
def test_a_lead_manages_the_own_professionals_and_for_the_rest_nobody_is_there(town: Town, lead: Browser, who: str) -> None:
    makers: dict[str, Callable[[], Person]] = {
        "other team": lambda: town.staff(team="Zuid"),
        "lead": lambda: town.staff("teamleider", "Noord"),
        "beheerder": lambda: town.staff("beheerder", "Noord"),
        "gone": town.staff,
        "nobody": lambda: Person(0, next(iter(town.teams.values())), "team", "x", "x", "x"),
        "inwoner": town.person,
    }
    person = makers[who]()
    if who == "gone":
        with town.admin() as admin:
            admin.execute("UPDATE casus.staff SET left_on = acl.today() WHERE person_id = %s", (person.person_id,))
    for what in ("", "/wijzigen", "/afwezig", "/startcode", "/uit-dienst"):
        assert lead.get(_of(person, what)).status_code == 404
    for what in ("/wijzigen", "/afwezig", "/startcode", "/uit-dienst", "/terug"):
        assert lead.send(_of(person, what), page="/medewerkers").status_code == 404


@pytest.mark.parametrize("face", ["professional", "inwoner"])
def test_others_have_no_staff_pages(town: Town, face: str) -> None:
    person = town.staff()
    browser = town.signed_in(town.staff()) if face == "professional" else town.signed_in(town.person())
    expected = 403 if face == "professional" else 404
    for url in ("/medewerkers", "/medewerkers/nieuw", _of(person), _of(person, "/uit-dienst")):
        assert browser.get(url).status_code == expected
        assert browser.send(url, page="/hulp").status_code in (expected, 405)
    assert "/medewerkers" not in browser.get("/").text


def test_a_beheerder_changes_team_and_role_but_not_the_own(town: Town, beheerder: Browser) -> None:
    person = town.staff()
    theirs = town.signed_in(person)
    form = {"job_title": "Teamleider Zuid", "team": str(town.teams["Zuid"]), "role": "teamleider"}
    assert beheerder.send(_of(person, "/wijzigen"), form).headers["Location"] == "/medewerkers?klaar=gewijzigd"
    assert theirs.get("/medewerkers").status_code == 200
    assert _events(town, person) == ["staff.changed"]
    me = town.staff("beheerder", None)
    mine = town.signed_in(me)
    own = {"job_title": "Beheerder", "team": "", "role": "professional"}
    assert "U kunt dit niet voor uzelf doen." in words_of(mine.send(_of(me, "/wijzigen"), {**own, "team": str(town.teams["Zuid"])}))
    assert "U kunt dit niet voor uzelf doen." in words_of(mine.send(_of(me, "/uit-dienst")))
    assert "U kunt dit niet voor uzelf doen." in words_of(mine.send(_of(me, "/startcode")))
    assert mine.send(_of(me, "/wijzigen"), {**own, "role": "beheerder"}).status_code == 303


def test_a_role_other_than_beheerder_needs_a_team(town: Town, beheerder: Browser) -> None:
    answer = beheerder.send(_of(town.staff(), "/wijzigen"), {"job_title": "x", "team": "", "role": "professional"})
    assert (answer.status_code, "U mag deze rol niet geven in dit team." in words_of(answer)) == (422, True)


def test_a_substitute_opens_the_dossiers_until_the_colleague_is_back(town: Town, lead: Browser) -> None:
    inwoner, person, substitute = town.person(), town.staff(), town.staff(team="Zuid")
    dossier = town.dossier(inwoner, person)
    theirs = town.signed_in(substitute)
    assert theirs.get(f"/dossier/{dossier}").status_code == 404
    form = {"first_day": TODAY.isoformat(), "last_day": (TODAY + timedelta(days=3)).isoformat(), "substitute": str(substitute.public_id)}
    assert lead.send(_of(person, "/afwezig"), form).status_code == 303
    assert substitute.username in words_of(lead.get(_of(person)))
    assert theirs.get(f"/dossier/{dossier}").status_code == 200
    assert lead.send(_of(person, "/terug"), page=_of(person)).status_code == 303
    assert theirs.get(f"/dossier/{dossier}").status_code == 404
    assert _events(town, person) == ["staff.absence", "staff.absence_ended"]


@pytest.mark.parametrize(("begins", "ends"), [(0, -1), (-9, -1), (0, 400)])
def test_dates_that_can_not_be_are_refused(town: Town, lead: Browser, begins: int, ends: int) -> None:
    person = town.staff()
    days = {"first_day": (TODAY + timedelta(days=begins)).isoformat(), "last_day": (TODAY + timedelta(days=ends)).isoformat()}
    answer = lead.send(_of(person, "/afwezig"), {**days, "substitute": ""})
    assert (answer.status_code, 'href="#last_day"' in answer.text) == (422, True)
    assert lead.send(_of(person, "/afwezig"), {"first_day": "morgen", "last_day": ""}).status_code == 422


def test_only_a_colleague_who_works_here_can_stand_in(town: Town, lead: Browser) -> None:
    person = town.staff()
    days = {"first_day": TODAY.isoformat(), "last_day": TODAY.isoformat()}
    for other in (person, town.staff("beheerder", "Noord"), town.person()):
        assert lead.send(_of(person, "/afwezig"), {**days, "substitute": str(other.public_id)}).status_code == 422


def test_a_new_start_code_ends_password_and_sessions(town: Town, lead: Browser, beheerder: Browser) -> None:
    person = town.staff()
    theirs = town.signed_in(person)
    refused = lead.send(_of(person, "/startcode"))
    assert (refused.status_code, theirs.get("/").status_code) == (422, 200)
    made = beheerder.send(_of(person, "/startcode"))
    assert theirs.get("/").status_code == 303
    assert town.browser("team").sign_in(person).status_code == 422
    first = town.browser("team").send("/eerste-keer", {"login": person.username, "start_code": _text(made.text, "startcode")})
    assert first.headers["Location"] == "/eerste-keer/wachtwoord"
    # Before the first time a lead may do it too, and the earlier code stops.
    assert _text(lead.send(_of(person, "/startcode")).text, "startcode") != _text(made.text, "startcode")
    assert (
        town.browser("team").send("/eerste-keer", {"login": person.username, "start_code": _text(made.text, "startcode")}).status_code
        == 422
    )


def _text(page: str, element: str) -> str:
    found = re.search(rf'id="{element}"[^>]*>([^<]+)<', page)
    assert found, page
    return found[1]
