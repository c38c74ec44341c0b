"""Organisations on consent over HTTP: who is offered what, consenting, changing, stopping, and what is asked about again (portal/sharing)."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from portal.sharing.queries import today
from tests.routes.conftest import Town, token_of, words_of

LATE = "2999-01-01"


class Home:
    """The dossier of somebody in a team with which one organisation may read on consent, and one because the law says so."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.owner, self.worker = town.person(name="Amal"), town.staff(name="Wim")
        self.number = town.dossier(self.owner, self.worker)
        town.entry(self.number)
        self.role = f"program_{self.number.hex}"
        with town.admin() as admin:
            admin.execute("INSERT INTO casus.stadsdeel (id, name) VALUES (77, 'Waal') ON CONFLICT DO NOTHING")
            row = admin.execute("INSERT INTO casus.team (name, stadsdeel_id) VALUES (%s, 77) RETURNING id", (str(self.number),)).fetchone()
            assert row
            self.team = row[0]
            admin.execute("UPDATE casus.dossier SET team_id = %s WHERE public_id = %s", (self.team, self.number))
        self.program = self.agrees(self.role, "Budgetmaatjes", "Hulp met uw post", "{2,8}")
        self.dossier = f"/dossier/{self.number}"
        self.list = f"{self.dossier}/wie-mag-wat-zien"
        self.page = f"{self.list}/organisatie/{self.program}"
        self.browser = town.signed_in(self.owner)

    def agrees(self, role: str, name: str, purpose: str, sections: str, *, ground: str = "toestemming", ended: date | None = None) -> UUID:
        """The city agrees with an organisation; gives its number."""
        with self.town.admin() as admin:
            row = admin.execute(
                "INSERT INTO casus.program (role_name, name, purpose, sections, team_ids, ground, ended_on)"
                " VALUES (%s, %s, %s, %s, ARRAY[%s]::int[], %s, %s) RETURNING public_id",
                (role, name, purpose, sections, self.team, ground, ended),
            ).fetchone()
        assert row
        return UUID(str(row[0]))

    def consented(self, *, days_ago: int = 9, days_left: int = 30, sections: str = "{2}") -> None:
        """As if it had been given earlier."""
        with self.town.admin() as admin:
            admin.execute(
                "INSERT INTO casus.program_consent (dossier_id, role_name, sections, given_at, valid_until)"
                " SELECT id, %s, %s, now() - interval '1 day' * %s, %s FROM casus.dossier WHERE public_id = %s",
                (self.role, sections, days_ago, today() + timedelta(days=days_left), self.number),
            )

    def gives(self, sections: tuple[str, ...], **answers: str) -> TestResponse:
        """Sends the whole form at once, as its last page does."""
        return self.browser.send(
            f"{self.page}/toestemming", {"naar": "doe", "sections": [*sections], "until": "half", **answers}, page=self.page
        )

    def consents(self) -> list[tuple[object, ...]]:
        with self.town.admin() as admin:
            return admin.execute(
                "SELECT c.sections, c.valid_until - acl.today(), c.withdrawn_at IS NULL, c.tell FROM casus.program_consent c"
                " JOIN casus.dossier d ON d.id = c.dossier_id WHERE d.public_id = %s ORDER BY c.id",
                (self.number,),
            ).fetchall()


@pytest.fixture
def home(town: Town) -> Home:
    return Home(town)


def test_the_page_says_who_reads_by_law_and_what_can_be_done_and_who_only_when_asked(home: Home) -> None:
    home.agrees(f"{home.role}_wet", "Betaling", "De wet zegt het", "{7}", ground="wet")
    home.agrees(f"{home.role}_oud", "Voorbij", "x", "{2}", ended=today())
    said = words_of(home.browser.get(home.list))
    for words in (
        "Budgetmaatjes",
        "Waarvoor: Hulp met uw post",
        "Leest nu niets van uw dossier.",
        "Toestemming geven: Budgetmaatjes",
        "Betaling . Ziet: soort tekst: Besluit over hulp.",
        "Waarom: De wet zegt het",
        "Dit kunt u niet zelf stoppen.",
        "U mag ook een klacht indienen.",
    ):
        assert words in said, words
    assert "Voorbij" not in said
    assert "/uw-rechten/klacht" in home.browser.get(home.list).text


def test_a_town_without_organisations_says_nothing_of_them(town: Town) -> None:
    owner = town.person(name="Amal")
    number = town.dossier(owner)
    assert "organisatie" not in words_of(town.signed_in(owner).get(f"/dossier/{number}/wie-mag-wat-zien"))


def test_it_is_shown_before_it_is_sent_and_nothing_is_chosen_beforehand(home: Home) -> None:
    first = home.browser.get(f"{home.page}/toestemming")
    assert "checked" not in first.text.split("<main", 1)[1]
    assert "Plan van aanpak" not in words_of(first), "what the city did not agree"
    nothing = home.browser.send(f"{home.page}/toestemming", {"naar": "tot"}, page=home.page)
    assert nothing.status_code == 422
    assert "Kies wat deze organisatie mag zien." in words_of(nothing)
    until = home.browser.send(f"{home.page}/toestemming", {"naar": "tot", "sections": ["2"]}, page=home.page)
    assert "Tot wanneer?" in words_of(until)
    late: dict[str, str | list[str]] = {"naar": "kijk", "sections": ["2"], "until": "dag", "day": LATE}
    refused = home.browser.send(f"{home.page}/toestemming", late, page=home.page)
    assert refused.status_code == 422
    assert f'value="{LATE}"' in refused.text, "what was typed is still there"
    look = home.browser.send(f"{home.page}/toestemming", {"naar": "kijk", "sections": ["2", "8"], "until": "half"}, page=home.page)
    said = words_of(look)
    for words in (
        "Dit gaat Budgetmaatjes zien",
        "Hoe het gaat",
        "Brieven en berichten",
        "Nu is dat 1 notitie.",
        "Waarvoor: Hulp met uw post",
    ):
        assert words in said, words
    assert "Laat deze organisatie weten" not in said, "it reads nothing yet"
    assert home.consents() == []


def test_consenting_and_what_the_pages_say_then(home: Home) -> None:
    answer = home.gives(("2",), until="dag", day=(today() + timedelta(days=20)).isoformat())
    assert answer.status_code == 303
    assert home.consents() == [([2], 20, True, False)]
    said = words_of(home.browser.get(answer.headers["Location"]))
    assert "Het is gelukt." in said
    assert "Ziet: soort tekst: Hoe het gaat." in said
    assert "u gaf toestemming." in said
    assert "Veranderen of stoppen: Budgetmaatjes" in words_of(home.browser.get(home.list))
    entry = re.search(rf"{home.dossier}/notitie/[0-9a-f-]+", home.browser.get(home.dossier).text)
    assert entry
    assert "Budgetmaatjes" in words_of(home.browser.get(entry[0]))
    assert "Budgetmaatjes" in words_of(home.town.signed_in(home.worker).get(entry[0]))


@pytest.mark.parametrize("sections", [(), ("4",), ("2", "4"), ("x",), ("99",)])
def test_what_was_not_agreed_is_not_given(home: Home, sections: tuple[str, ...]) -> None:
    assert home.gives(sections).status_code == 422
    assert home.consents() == []


def test_less_from_now_on_and_told_only_when_wanted(home: Home) -> None:
    home.consented(sections="{2,8}")
    page = home.browser.get(f"{home.page}/toestemming").text
    assert re.findall(r'<input[^>]*name="sections"[^>]*>', page.replace("checked", "CHECKED"))
    assert len(re.findall(r'checked[^>]*name="sections"|name="sections"[^>]*checked', page)) == 2
    look = home.browser.send(f"{home.page}/toestemming", {"naar": "kijk", "sections": ["8"], "until": "half"}, page=home.page)
    assert "Laat deze organisatie weten dat er iets verandert" in words_of(look)
    home.gives(("8",))
    assert [row[0::2] for row in home.consents()] == [([2, 8], False), ([8], True)]
    past = words_of(home.browser.get(home.list)).partition("Gestopt in het afgelopen jaar")[2]
    assert "Budgetmaatjes : soort tekst: Hoe het gaat en Brieven en berichten. Gestopt op" in past
    home.gives(("8", "2"), tell="y")
    assert [row[2:] for row in home.consents()] == [(False, False), (False, True), (True, False)]


def test_what_only_got_longer_or_wider_does_not_stand_among_what_stopped(home: Home) -> None:
    home.consented(sections="{2}")
    home.gives(("2", "8"))
    assert "Gestopt in het afgelopen jaar" not in words_of(home.browser.get(home.list))


def test_stopping_is_asked_once_more_and_tells_nobody_by_default(home: Home) -> None:
    home.consented()
    asked = words_of(home.browser.get(f"{home.page}/stoppen"))
    assert "Mag Budgetmaatjes niets meer zien?" in asked
    assert "Wij vertellen dit niet, behalve als u hieronder een vinkje zet." in asked
    answer = home.browser.send(f"{home.page}/stoppen", page=f"{home.page}/stoppen")
    assert answer.headers["Location"].endswith("?klaar=organisatie-gestopt")
    assert home.consents() == [([2], 30, False, False)]
    said = words_of(home.browser.get(answer.headers["Location"]))
    assert "Deze organisatie leest niets meer van uw dossier." in said
    assert "Toestemming geven: Budgetmaatjes" in said
    assert home.browser.get(f"{home.page}/stoppen").status_code == 404, "there is nothing to stop"
    home.consented()
    home.browser.send(f"{home.page}/stoppen", {"tell": "y"}, page=home.page)
    assert home.consents()[-1] == ([2], 30, False, True)


def test_what_the_city_no_longer_agrees_to_can_be_stopped_and_not_given(home: Home) -> None:
    home.consented()
    with home.town.admin() as admin:
        admin.execute("UPDATE casus.program SET team_ids = '{}' WHERE role_name = %s", (home.role,))
    said = words_of(home.browser.get(home.page))
    assert "Toestemming stoppen" in said
    assert "Minder of meer laten zien" not in said
    assert home.browser.get(f"{home.page}/toestemming").status_code == 404
    assert home.gives(("2",)).status_code == 404
    assert home.browser.send(f"{home.page}/stoppen", page=f"{home.page}/stoppen").status_code == 303
    assert home.browser.get(home.page).status_code == 404


@pytest.mark.parametrize("where", ["", "/toestemming", "/stoppen"])
def test_an_organisation_that_is_not_offered_is_not_there(home: Home, where: str) -> None:
    by_law = home.agrees(f"{home.role}_wet", "Betaling", "x", "{7}", ground="wet")
    for number in (by_law, uuid4(), Home(home.town).program):
        assert home.browser.get(f"{home.list}/organisatie/{number}{where}").status_code == 404
        if where:
            sent = home.browser.send(
                f"{home.list}/organisatie/{number}{where}", {"naar": "doe", "sections": ["7"], "until": "half"}, page=home.page
            )
            assert sent.status_code == 404


def test_a_year_later_it_is_asked_about_and_yes_is_for_a_year(home: Home) -> None:
    home.consented(days_ago=380, days_left=20)
    assert "al een jaar" in words_of(home.browser.get("/"))
    assert "Klopt dit nog?" in words_of(home.browser.get(home.list))
    assert "Klopt dit nog?" in words_of(home.browser.get(home.page))
    assert home.browser.send(f"{home.page}/klopt", page=home.list).status_code == 303
    assert "Klopt dit nog?" not in words_of(home.browser.get(home.list))
    [row] = home.consents()
    assert row[1] in (365, 366)
    with home.town.admin() as admin:
        events = admin.execute(
            "SELECT event FROM casus.change_log l JOIN casus.dossier d ON d.id = l.dossier_id WHERE d.public_id = %s", (home.number,)
        ).fetchall()
    assert ("consent.confirmed",) in events


def test_two_weeks_before_it_ends_the_pages_say_so_and_the_start_page_without_a_name(home: Home) -> None:
    home.consented(days_left=15)
    assert "stopt bijna" not in words_of(home.browser.get("/"))
    with home.town.admin() as admin:
        admin.execute("UPDATE casus.program_consent SET valid_until = acl.today() + 14 WHERE role_name = %s", (home.role,))
    said = words_of(home.browser.get("/"))
    assert "Meekijken met uw dossier stopt bijna." in said
    assert "Budgetmaatjes" not in said
    assert "Stopt bijna" in words_of(home.browser.get(home.list))


def test_typed_answers_are_there_again_after_the_session_ended(home: Home) -> None:
    where = f"{home.page}/toestemming"
    token = token_of(home.browser.get(where))
    home.town.age_sessions(home.owner, idle=timedelta(minutes=16))
    assert "/inloggen" in home.browser.post(where, {"sections": ["8"], "naar": "tot"}, token).headers["Location"]
    page = home.town.signed_in(home.owner).get(where)
    assert 'name="until"' in page.text
    assert 'name="sections" value="8"' in page.text
    assert home.consents() == []


@pytest.mark.parametrize("kind", ["naaste", "worker"])
def test_nobody_else_finds_these_pages(home: Home, kind: str) -> None:
    home.consented()
    if kind == "worker":
        browser = home.town.signed_in(home.worker)
    else:
        naaste = home.town.person(name="Floor")
        with home.town.admin() as admin:
            admin.execute(
                "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) SELECT id, %s, 1, acl.today(), 'toestemming'"
                " FROM casus.dossier WHERE public_id = %s",
                (naaste.person_id, home.number),
            )
        browser = home.town.signed_in(naaste)
    for where in ("", "/toestemming", "/stoppen"):
        assert browser.get(home.page + where).status_code == 404
