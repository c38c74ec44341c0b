"""Who may see what over HTTP: giving, changing and stopping; and what the other finds then, which is what somebody finds who never had access."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from portal.sharing.queries import today
from tests.routes.conftest import PASSWORD, Browser, Person, Town, fresh_code, words_of

LAST = "2999-01-01"


class Home:
    """A dossier with one entry about money and one about housing, its inwoner, and who works there."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.owner, self.worker = town.person(name="Amal"), town.staff(name="Wim")
        self.number = town.dossier(self.owner, self.worker)
        self.money, self.housing = town.entry(self.number), town.entry(self.number)
        with town.admin() as admin:
            for entry, title, leefdomein in ((self.money, "Over de schulden", 6), (self.housing, "Over het huis", 3)):
                admin.execute("SET session_replication_role = replica")
                admin.execute("UPDATE casus.entry SET leefdomein = %s WHERE public_id = %s", (leefdomein, entry))
                admin.execute(
                    "UPDATE casus.entry_version v SET leefdomein = %s, title = %s FROM casus.entry e WHERE e.id = v.entry_id AND e.public_id = %s",
                    (leefdomein, title, entry),
                )
        self.dossier = f"/dossier/{self.number}"
        self.page = f"{self.dossier}/wie-mag-wat-zien"
        self.browser = town.signed_in(self.owner)

    def lets_in(self, person: Person, **part: object) -> None:
        """As if it had been given earlier."""
        given = {"scope": 1, "valid_from": today() - timedelta(days=10), "valid_until": None, **part}
        with self.town.admin() as admin:
            admin.execute(
                "INSERT INTO casus.access_grant (dossier_id, grantee_id, ground, "
                + ", ".join(given)
                + ") SELECT id, %s, 'toestemming', "
                + ", ".join(["%s"] * len(given))
                + " FROM casus.dossier WHERE public_id = %s",
                (person.person_id, *given.values(), self.number),
            )

    def gives(self, **answers: str) -> TestResponse:
        """Sends the whole form at once, as its last page does."""
        return self.browser.send(f"{self.page}/erbij", {"naar": "doe", "number": str(uuid4()), **answers}, page=f"{self.page}/erbij")

    def grants(self) -> list[tuple[object, ...]]:
        with self.town.admin() as admin:
            return admin.execute(
                "SELECT p.first_name, g.scope, g.section, g.leefdomein, e.public_id, g.valid_until, g.withdrawn_at IS NULL"
                " FROM casus.access_grant g JOIN casus.person p ON p.id = g.grantee_id JOIN casus.dossier d ON d.id = g.dossier_id"
                " LEFT JOIN casus.entry e ON e.id = g.entry_id WHERE d.public_id = %s ORDER BY g.id",
                (self.number,),
            ).fetchall()


@pytest.fixture
def home(town: Town) -> Home:
    return Home(town)


SISTER = {"who": "nieuw", "first_name": "Sara", "last_name": "de Zus", "said": "mijn zus"}
MONEY = {"what": "delen", "leefdomeinen": "6"}


def come_in(town: Town, page: TestResponse) -> Browser:
    """Somebody new comes in with the code that stands on the page; gives the browser."""
    code, name = (re.search(rf'id="{where}"[^>]*>([^<]+)<', page.text) for where in ("startcode", "gebruikersnaam"))
    assert code
    assert name
    browser = town.browser("inwoner")
    assert browser.send("/eerste-keer", {"login": name[1], "start_code": code[1]}).headers["Location"] == "/eerste-keer/wachtwoord"
    browser.send("/eerste-keer/wachtwoord", {"password": PASSWORD, "password_again": PASSWORD})
    secret = re.search(r"secret=([A-Z2-7]+)", browser.get("/eerste-keer/code").text)
    assert secret
    somebody = Person(0, UUID(int=0), "inwoner", name[1], "", secret[1])
    assert browser.send("/eerste-keer/code", {"code": fresh_code(somebody)}).status_code == 303
    return browser


def test_the_page_says_who_what_why_and_until_when(home: Home, town: Town) -> None:
    naaste, former = town.person(name="Floor"), town.person(name="Oud")
    home.lets_in(naaste, scope=3, leefdomein=6, valid_until=today() + timedelta(days=40), relation="mijn zus")
    home.lets_in(former, valid_until=today() - timedelta(days=5))
    said = words_of(home.browser.get(home.page))
    for words in (
        "Floor",
        "mijn zus",
        "alles over: Geld",
        "u gaf toestemming",
        "Wim",
        "het hele dossier",
        "Gestopt in het afgelopen jaar",
        "Oud",
    ):
        assert words in said, words


def test_what_ended_more_than_a_year_ago_is_not_named_and_what_begins_later_is(home: Home, town: Town) -> None:
    home.lets_in(town.person(name="Lang"), valid_from=date(2020, 1, 1), valid_until=today() - timedelta(days=370))
    home.lets_in(town.person(name="Later"), valid_from=today() + timedelta(days=3))
    said = words_of(home.browser.get(home.page))
    assert "Lang" not in said
    assert "Later" in said
    assert "Vanaf" in said


def test_one_question_a_page_and_a_look_before_the_act(home: Home) -> None:
    where = f"{home.page}/erbij"
    page = home.browser.send(where, {**SISTER, "naar": "wat"})
    assert 'name="leefdomeinen"' in page.text
    assert 'value="Sara"' in page.text
    page = home.browser.send(where, {**SISTER, **MONEY, "naar": "tot"})
    assert 'name="until"' in page.text
    page = home.browser.send(where, {**SISTER, **MONEY, "until": "half", "day": "", "naar": "kijk"})
    said = words_of(page)
    assert "Dit gaat Sara de Zus zien" in said
    assert "alles over: Geld" in said
    assert "Nu is dat 1 notitie." in said
    assert home.grants() == []


def test_names_are_not_called_needless(home: Home, town: Town) -> None:
    where = f"{home.page}/erbij"
    page = home.browser.get(where)
    assert words_of(page).count("(hoeft niet)") == 1, "only who it is to the inwoner"
    assert page.text.count('aria-required="true"') == 2
    home.lets_in(town.person(name="Floor"))
    page = home.browser.get(where)
    assert words_of(page).count("(hoeft niet)") == 1
    assert 'aria-required="true"' not in page.text


def test_going_back_asks_again_without_blame_and_keeps_the_answers(home: Home) -> None:
    page = home.browser.send(f"{home.page}/erbij", {**SISTER, "what": "delen", "naar": "wie"})
    assert page.status_code == 200
    assert "error-summary" not in page.text
    assert 'value="de Zus"' in page.text


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"who": "nieuw", "first_name": "", "last_name": "Zus"}, "first_name"),
        ({**SISTER, "what": "delen"}, "leefdomeinen"),
        ({**SISTER, **MONEY, "until": "dag"}, "day"),
        ({**SISTER, **MONEY, "until": "dag", "day": LAST}, "day"),
        ({**SISTER, **MONEY, "until": "dag", "day": "2020-01-01"}, "day"),
        ({**SISTER, "what": "delen", "leefdomeinen": "99", "until": "half"}, "leefdomeinen"),
    ],
)
def test_an_answer_that_is_missing_or_too_far_is_asked_again(home: Home, answers: dict[str, str], where: str) -> None:
    page = home.gives(**answers)
    assert page.status_code == 422
    assert f'href="#{where}' in page.text
    assert home.grants() == []


def test_somebody_new_gets_a_code_once_comes_in_and_sees_what_was_given_and_nothing_else(home: Home, town: Town) -> None:
    page = home.gives(**SISTER, **MONEY, until="half")
    assert page.status_code == 200
    sister = come_in(town, page)
    assert "Dossier van Amal" in words_of(sister.get("/"))
    said = words_of(sister.get(home.dossier))
    assert "Over de schulden" in said
    assert "Over het huis" not in said
    assert sister.get(f"{home.dossier}/notitie/{home.money}").status_code == 200
    assert sister.get(f"{home.dossier}/notitie/{home.housing}").status_code == 404
    for page_of_owner in (home.page, f"{home.page}/erbij", f"{home.dossier}/wie-keek-er"):
        assert sister.get(page_of_owner).status_code == 404
    # She came in: there is no code to give any more.
    with town.admin() as admin:
        row = admin.execute("SELECT public_id FROM casus.person WHERE first_name = 'Sara' ORDER BY id DESC LIMIT 1").fetchone()
    assert row
    assert "Nieuwe code maken" not in words_of(home.browser.get(f"{home.page}/{row[0]}"))
    assert home.browser.send(f"{home.page}/{row[0]}/code", page=home.page).status_code == 404


def test_sending_it_twice_adds_one_person(home: Home) -> None:
    answers = {**SISTER, **MONEY, "until": "half", "number": str(uuid4())}
    assert home.gives(**answers).status_code == 200
    again = home.gives(**answers)
    assert again.status_code == 303
    assert again.headers["Location"].endswith("?klaar=dubbel")
    assert len(home.grants()) == 1


def test_one_entry_is_given_from_its_own_page(home: Home) -> None:
    where = f"{home.page}/erbij?notitie={home.housing}"
    assert where.replace("&", "&amp;") in home.browser.get(f"{home.dossier}/notitie/{home.housing}").text
    page = home.browser.get(where)
    assert "Over het huis" in page.text
    page = home.gives(**SISTER, until="jaar", notitie=str(home.housing))
    assert page.status_code == 200
    assert home.grants() == [("Sara", 4, None, None, home.housing, today().replace(year=today().year + 1), True)]
    assert home.browser.get(f"{home.page}/erbij?notitie={uuid4()}").status_code == 404
    assert home.browser.get(f"{home.page}/erbij?notitie=zomaar").status_code == 404


def test_somebody_who_read_along_before_is_offered_and_gets_no_code(home: Home, town: Town) -> None:
    naaste = town.person(name="Floor")
    home.lets_in(naaste, scope=3, leefdomein=3, valid_until=today() - timedelta(days=5))
    assert str(naaste.public_id) in home.browser.get(f"{home.page}/erbij").text
    answer = home.gives(who=str(naaste.public_id), **MONEY, until="half")
    assert answer.headers["Location"].endswith("?klaar=gegeven")
    assert "Over de schulden" in words_of(town.signed_in(naaste).get(home.dossier))
    # Somebody of another dossier is nobody here, whoever it is.
    stranger = town.person(name="Vreemd")
    assert home.gives(who=str(stranger.public_id), **MONEY, until="half").status_code == 422


def _answers(town: Town, person: Person, where: str) -> tuple[int, str]:
    page = town.signed_in(person).get(where)
    said = re.sub(r'((nonce|csrf_token" value|data-seconds)="|ingelogd tot )[^"<]*', "", page.text)
    return page.status_code, said.replace(person.username, "").replace(where, "")


def test_after_withdrawing_the_other_finds_what_somebody_finds_who_never_had_access(home: Home, town: Town) -> None:
    naaste, never = town.person(name="Floor"), town.person(name="Floor")
    home.lets_in(naaste)
    stop = f"{home.page}/{naaste.public_id}/stoppen"
    there = town.signed_in(naaste)
    assert there.get(home.dossier).status_code == 200
    assert "Wij vertellen dit niet, behalve als u hieronder een vinkje zet." in words_of(home.browser.get(stop))
    assert home.browser.send(stop).headers["Location"].endswith("?klaar=gestopt")
    # The same session, the next request: sessions don't end, because what one may see is asked each time.
    assert there.get(home.dossier).status_code == 404
    assert "Er is nog geen dossier dat u kunt lezen." in words_of(there.get("/"))
    for where in ("/", home.dossier, f"{home.dossier}/notitie/{home.money}", home.page):
        assert _answers(town, naaste, where) == _answers(town, never, where), where
    assert home.browser.send(stop, page=home.page).status_code == 303, "twice is once"


def test_the_other_is_told_only_when_the_inwoner_wants_it(home: Home, town: Town) -> None:
    naaste = town.person(name="Floor")
    home.lets_in(naaste)
    assert home.browser.send(f"{home.page}/{naaste.public_id}/stoppen", {"tell": "y"}).status_code == 303
    said = words_of(town.signed_in(naaste).get("/"))
    assert "Er is iets veranderd in wat u mag zien." in said
    assert "Amal" not in said


def test_narrowing_leaves_what_was_kept_and_a_code_for_nothing_ends(home: Home, town: Town) -> None:
    naaste = town.person(name="Floor")
    home.lets_in(naaste)
    where = f"{home.page}/{naaste.public_id}/veranderen"
    assert re.search(r'<input[^>]*checked[^>]*value="alles"|value="alles"[^>]*checked', home.browser.get(where).text)
    answer = home.browser.send(where, {"naar": "doe", **MONEY, "until": "dag", "day": (today() + timedelta(days=3)).isoformat()})
    assert answer.headers["Location"].endswith("?klaar=veranderd")
    said = words_of(town.signed_in(naaste).get(home.dossier))
    assert "Over de schulden" in said
    assert "Over het huis" not in said
    assert [row[5] for row in home.grants() if row[6]] == [today() + timedelta(days=3)]
    # A code that waits ends with the last thing that could be read with it.
    made = home.gives(**SISTER, **MONEY, until="half")
    with town.admin() as admin:
        row = admin.execute("SELECT public_id FROM casus.person WHERE first_name = 'Sara' ORDER BY id DESC LIMIT 1").fetchone()
    assert row
    home.browser.send(f"{home.page}/{row[0]}/stoppen")
    code, name = (re.search(rf'id="{what}"[^>]*>([^<]+)<', made.text) for what in ("startcode", "gebruikersnaam"))
    assert code
    assert name
    page = town.browser("inwoner").send("/eerste-keer", {"login": name[1], "start_code": code[1]})
    assert page.status_code == 422


def test_what_was_open_for_a_year_is_asked_about_and_yes_is_yes(home: Home, town: Town) -> None:
    naaste = town.person(name="Floor")
    home.lets_in(naaste, valid_from=today() - timedelta(days=400))
    assert "Iemand kijkt al een jaar met u mee." in words_of(home.browser.get("/"))
    assert "Klopt dit nog?" in words_of(home.browser.get(home.page))
    assert home.browser.send(f"{home.page}/{naaste.public_id}/klopt", page=home.page).status_code == 303
    assert "Klopt dit nog?" not in words_of(home.browser.get(home.page))
    assert "al een jaar" not in words_of(home.browser.get("/"))
    with town.admin() as admin:
        rows = admin.execute(
            "SELECT event FROM casus.change_log l JOIN casus.dossier d ON d.id = l.dossier_id WHERE d.public_id = %s", (home.number,)
        ).fetchall()
    assert ("access.confirmed",) in rows


def test_a_mandate_the_inwoner_gave_is_asked_about_after_a_year_and_one_of_a_judge_is_not(home: Home, town: Town) -> None:
    mandates = f"{home.dossier}/vertegenwoordigers"
    numbers: dict[str, UUID] = {}
    with town.admin() as admin:
        for ground in ("gemachtigde", "mentor"):
            row = admin.execute(
                "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, valid_until) SELECT id, %s, %s, %s, %s FROM casus.dossier"
                " WHERE public_id = %s RETURNING public_id",
                (town.person(name="Mees").person_id, ground, today() - timedelta(days=400), today() + timedelta(days=40), home.number),
            ).fetchone()
            assert row
            numbers[ground] = UUID(str(row[0]))
    start = words_of(home.browser.get("/"))
    assert "Iemand vertegenwoordigt u al een jaar of langer." in start
    assert "Mees" not in start
    for page in (home.page, mandates):
        shown = home.browser.get(page)
        assert words_of(shown).count("Klopt dit nog?") == 1, page
        assert f"{mandates}/{numbers['gemachtigde']}/klopt" in shown.text
        assert f"{mandates}/{numbers['gemachtigde']}/stoppen" in shown.text
    words = words_of(home.browser.get(home.page))
    assert "Koos de rechter iemand voor u? Alleen de rechter kan dat veranderen." in words
    assert "Helpt een van deze mensen u niet meer? Bel uw Buurtteam:" in words
    assert home.browser.send(f"{mandates}/{numbers['mentor']}/klopt", page=mandates).status_code == 404, "a judge gave that"
    answer = home.browser.send(f"{mandates}/{numbers['gemachtigde']}/klopt", page=mandates)
    assert answer.status_code == 303
    assert "U zei dat het nog klopt." in words_of(home.browser.get(answer.headers["Location"]))
    assert "Klopt dit nog?" not in words_of(home.browser.get(home.page))
    assert "vertegenwoordigt" not in words_of(home.browser.get("/"))
    with town.admin() as admin:
        rows = admin.execute(
            "SELECT event FROM casus.change_log l JOIN casus.dossier d ON d.id = l.dossier_id WHERE d.public_id = %s", (home.number,)
        ).fetchall()
    assert rows.count(("mandate.confirmed",)) == 1


def test_two_weeks_before_it_ends_the_start_page_says_so_without_a_name(home: Home, town: Town) -> None:
    naaste = town.person(name="Floor")
    home.lets_in(naaste, valid_until=today() + timedelta(days=15))
    assert "stopt bijna" not in words_of(home.browser.get("/"))
    home.lets_in(naaste, scope=3, leefdomein=6, valid_until=today() + timedelta(days=14))
    said = words_of(home.browser.get("/"))
    assert "Meekijken met uw dossier stopt bijna." in said
    assert "Floor" not in said


def test_typed_answers_are_there_again_after_the_session_ended(home: Home, town: Town) -> None:
    where = f"{home.page}/erbij"
    home.browser.get(where)
    token = re.search(r'name="csrf_token" value="([^"]+)"', home.browser.page.text if home.browser.page else "")
    assert token
    town.age_sessions(home.owner, idle=timedelta(minutes=16))
    assert "/inloggen" in home.browser.post(where, {**SISTER, **MONEY, "naar": "tot"}, token[1]).headers["Location"]
    page = town.signed_in(home.owner).get(where)
    assert 'name="until"' in page.text
    assert 'value="Sara"' in page.text
    assert home.grants() == []
