"""A long dossier: years, counts, what is new, and paper. A dossier with an entry every ten days for three years, and one that is empty."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.access.explained import catching
from tests.routes.conftest import Browser, Person, Town, words_of

MOST_STATEMENTS = 8
ENTRIES = 110
"""From 1 January 2022, 12.00 in Amsterdam, one every ten days: 37 in 2022, 36 in 2023, 37 in 2024."""


@dataclass
class Long:
    """The inwoner, who works with the inwoner, and the address of the dossier."""

    town: Town
    owner: Person
    worker: Person
    public_id: UUID

    @property
    def url(self) -> str:
        """Where the dossier stands."""
        return f"/dossier/{self.public_id}"

    def entry(
        self, title: str, occurred: str, *, section: int = 2, author: int | None = None, placed: str = "2020-01-01", **more: object
    ) -> int:
        """An entry with its first text; gives its number."""
        with self.town.admin() as admin:
            admin.execute("SET LOCAL session_replication_role = replica")
            row = admin.execute(
                "INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_id, author_name, placed_at, discuss_until, audience)"
                " SELECT id, %(section)s, 5, %(occurred)s, %(author)s, 'Proef', %(placed)s, %(discuss)s, %(audience)s"
                " FROM casus.dossier WHERE public_id = %(dossier)s RETURNING id",
                {
                    "section": section,
                    "occurred": occurred,
                    "author": author,
                    "placed": placed,
                    "dossier": self.public_id,
                    "discuss": None,
                    "audience": 3,
                }
                | more,
            ).fetchone()
            assert row
        self.version(row[0], 1, title, author=author, created=placed)
        return int(row[0])

    def version(self, entry: int, number: int, title: str, *, author: int | None = None, created: str = "now") -> None:
        """A text of an entry."""
        with self.town.admin() as admin:
            admin.execute("SET LOCAL session_replication_role = replica")
            admin.execute(
                "INSERT INTO casus.entry_version"
                " (entry_id, number, dossier_id, section, leefdomein, title, body, reason, author_id, author_name, created_at)"
                " SELECT id, %s, dossier_id, section, leefdomein, %s, 'Woorden van ' || %s, CASE WHEN %s > 1 THEN 'Het moest anders' END, %s, 'Proef', %s"
                " FROM casus.entry WHERE id = %s",
                (number, title, title, number, author, created, entry),
            )

    def reaction(self, entry: int, author: int | None, *, audience: int = 3, created: str = "now", withdrawn: bool = False) -> None:
        """A reaction with one text."""
        with self.town.admin() as admin:
            admin.execute("SET LOCAL session_replication_role = replica")
            row = admin.execute(
                "INSERT INTO casus.annotation"
                " (entry_id, dossier_id, section, leefdomein, audience, author_id, author_name, created_at, withdrawn, withdrawn_at)"
                " SELECT id, dossier_id, section, leefdomein, %s, %s, 'Reageerder', %s, %s, CASE WHEN %s THEN now() END"
                " FROM casus.entry WHERE id = %s RETURNING id",
                (audience, author, created, withdrawn, withdrawn, entry),
            ).fetchone()
            assert row
            admin.execute(
                "INSERT INTO casus.annotation_version"
                " (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, written_for, withdrawn, author_id, body, created_at)"
                " SELECT id, 1, entry_id, dossier_id, section, leefdomein, audience, audience, withdrawn, author_id, 'Mijn reactie', created_at"
                " FROM casus.annotation WHERE id = %s",
                row,
            )

    def visited(self, person: Person, ago: timedelta = timedelta(days=1)) -> None:
        """Leaves a line in the read log of an earlier session."""
        with self.town.admin() as admin:
            admin.execute("SET LOCAL session_replication_role = replica")
            admin.execute(
                "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program, session_id)"
                " SELECT %s, '3', id, 'overzicht', %s, 'x', 'x', 'inwoner', 'web_inwoner', %s FROM casus.dossier WHERE public_id = %s",
                (datetime.now(UTC) - ago, person.person_id, uuid4(), self.public_id),
            )

    def log(self) -> list[tuple[str, int, bool]]:
        """What was logged of the dossier: what, how many entries, and whether it was about one."""
        with self.town.admin() as admin:
            return admin.execute(
                "SELECT l.what, cardinality(l.shown_entries), l.entry_id IS NOT NULL FROM casus.read_log l JOIN casus.dossier d ON d.id = l.dossier_id"
                " WHERE d.public_id = %s ORDER BY l.id",
                (self.public_id,),
            ).fetchall()


def make(town: Town) -> Long:
    """A dossier without entries."""
    owner, worker = town.person(), town.staff()
    return Long(town, owner, worker, town.dossier(owner, worker))


@pytest.fixture(scope="module")
def years(town: Town) -> Long:
    """The long one; nothing is written in it by the tests."""
    made = make(town)
    start = datetime(2022, 1, 1, 11, tzinfo=UTC)
    for number in range(ENTRIES):
        moment = start + timedelta(days=10 * number)
        made.entry(f"Notitie {number}", moment.isoformat(), section=8 if number % 10 == 0 else 2, placed=moment.isoformat())
    return made


@pytest.fixture
def fresh(town: Town) -> Long:
    """One for a single test."""
    return make(town)


@pytest.fixture
def reader(years: Long) -> Browser:
    return years.town.signed_in(years.owner)


def titles(page: str) -> list[int]:
    """The numbers of the entries on a page, as they stand."""
    return [int(found) for found in re.findall(r'<h3 class="timeline__title">.*?Notitie (\d+)<', page)]


def link(page: str, rel: str) -> str | None:
    """Where a step leads."""
    found = re.search(rf'rel="{rel}".*? href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


def test_a_year_shows_that_year_and_no_other(years: Long, reader: Browser) -> None:
    first = reader.get(f"{years.url}?jaar=2023").text
    assert titles(first) == list(range(72, 52, -1))
    older = link(first, "next")
    assert older
    assert titles(reader.get(older).text) == list(range(52, 36, -1))


def test_a_year_begins_and_ends_in_amsterdam(fresh: Long) -> None:
    fresh.entry("Notitie 1", "2023-12-31 22:59:59+00")
    fresh.entry("Notitie 2", "2023-12-31 23:00:00+00")
    browser = fresh.town.signed_in(fresh.owner)
    assert titles(browser.get(f"{fresh.url}?jaar=2023").text) == [1]
    assert titles(browser.get(f"{fresh.url}?jaar=2024").text) == [2]
    page = browser.get(f"{fresh.url}/inhoud").text
    assert re.findall(r"jaar=(\d+)", page) == ["2024", "2023"]


def test_leafing_goes_through_everything_down_and_back_up(years: Long, reader: Browser) -> None:
    for begin in (years.url, f"{years.url}?jaar=2024"):
        page: str | None = begin
        seen: list[int] = []
        while page:
            last = page
            text = reader.get(page).text
            seen += titles(text)
            page = link(text, "next")
        assert seen == list(range(ENTRIES - 1, -1, -1)), begin
        page = last
        back: list[int] = []
        while page:
            text = reader.get(page).text
            back = titles(text) + [number for number in back if number not in titles(text)]
            page = link(text, "prev")
        assert back == list(range(ENTRIES - 1, -1, -1)), begin


def test_a_year_goes_on_into_the_years_beside_it(years: Long, reader: Browser) -> None:
    page = reader.get(f"{years.url}?jaar=2023").text
    newer = link(page, "prev")
    assert newer
    assert titles(reader.get(newer).text) == list(range(92, 72, -1))
    assert "2024" in newer
    last = reader.get(link(page, "next") or "").text
    assert titles(reader.get(link(last, "next") or "").text)[0] == 36


def test_years_are_those_of_what_is_filtered(years: Long, fresh: Long) -> None:
    fresh.entry("Notitie 1", "2019-05-01")
    fresh.entry("Notitie 2", "2021-05-01", section=6)
    fresh.entry("Notitie 3", "2024-05-01")
    browser = fresh.town.signed_in(fresh.owner)
    assert re.findall(r"jaar=(\d+)", browser.get(fresh.url).text.split('<nav class="years"')[1].split("</nav>")[0]) == [
        "2024",
        "2021",
        "2019",
    ]
    page = browser.get(f"{fresh.url}?onderdeel=voortgang&jaar=2019").text
    assert re.findall(r"onderdeel=voortgang&amp;jaar=(\d+)", page.split('class="years"')[1].split("</nav>")[0]) == ["2024", "2019"]
    assert titles(page) == [1]


@pytest.mark.parametrize("bad", ["", "vorig", "-1", "99999", "2023.5", "١٩٩٩", "0023", "2023%00"])
def test_a_year_that_is_none_is_ignored(years: Long, reader: Browser, bad: str) -> None:
    answer = reader.get(f"{years.url}?jaar={bad}")
    if bad.endswith("%00"):
        assert answer.status_code == 400
        return
    assert answer.status_code == 200
    assert titles(answer.text)[0] == ENTRIES - 1


def test_a_year_without_entries_says_so(years: Long, reader: Browser) -> None:
    page = reader.get(f"{years.url}?jaar=1999")
    assert "Hier staat niets." in words_of(page)
    assert "Laat alles weer zien" in words_of(page)


@pytest.mark.parametrize("word", ["ouder", "nieuwer"])
def test_an_entry_to_go_on_from_that_is_not_there_gives_the_first_page(years: Long, reader: Browser, word: str) -> None:
    for entry in (uuid4(), "geen", ""):
        assert titles(reader.get(f"{years.url}?{word}={entry}").text)[0] == ENTRIES - 1


def test_contents_counts_per_section_and_per_year(years: Long, reader: Browser) -> None:
    page = reader.get(f"{years.url}/inhoud")
    assert "U kunt 110 notities lezen." in words_of(page)
    rows = dict(re.findall(r'(onderdeel=\w+|jaar=\d+)".*?<td[^>]*>(\d+) ', page.text, re.DOTALL))
    assert rows == {"onderdeel=voortgang": "99", "onderdeel=correspondentie": "11", "jaar=2022": "37", "jaar=2023": "36", "jaar=2024": "37"}
    assert years.log()[-1] == ("overzicht", 0, False)


def test_contents_of_an_empty_dossier(fresh: Long) -> None:
    page = fresh.town.signed_in(fresh.owner).get(f"{fresh.url}/inhoud")
    assert "Er staat nog niets in uw dossier." in words_of(page)


def test_on_a_first_visit_nothing_is_called_new(fresh: Long) -> None:
    fresh.entry("Notitie 1", "2024-05-01", placed="now")
    page = fresh.town.signed_in(fresh.owner).get(fresh.url)
    assert "vorige keer" not in words_of(page)
    assert "badge-new" not in page.text


def new_ones(fresh: Long, person: Person) -> tuple[list[int], list[int], str]:
    """What is called new on the list, what the list of new things holds, and the sentence above it."""
    browser = fresh.town.signed_in(person)
    page = browser.get(fresh.url)
    marked = [titles(item)[0] for item in page.text.split('<li class="timeline__item">')[1:] if "badge-new" in item]
    said = re.search(r"Sinds de vorige keer [^.]*\.", words_of(page))
    listed = titles(browser.get(f"{fresh.url}?nieuw=1").text)
    return marked, listed, said[0] if said else ""


def test_what_others_placed_changed_or_reacted_to_is_new(fresh: Long) -> None:
    me, other = fresh.owner.person_id, fresh.worker.person_id
    old = [fresh.entry(f"Notitie {number}", f"2024-05-0{number}", author=other) for number in range(1, 9)]
    fresh.visited(fresh.owner)
    fresh.entry("Notitie 9", "2019-01-01", author=other, placed="now")
    fresh.version(old[1], 2, "Notitie 2", author=other)
    fresh.version(old[2], 2, "Notitie 3", author=me)
    fresh.version(old[3], 2, "Notitie 4", author=other)
    fresh.version(old[3], 3, "Notitie 4", author=me)
    fresh.reaction(old[4], other)
    fresh.reaction(old[5], me)
    fresh.reaction(old[6], other, created="2020-01-01")
    fresh.reaction(old[7], other, withdrawn=True)
    assert new_ones(fresh, fresh.owner) == ([5, 4, 2, 9], [5, 4, 2, 9], "Sinds de vorige keer zijn 4 notities nieuw of veranderd.")


def test_what_cannot_be_read_is_not_new(fresh: Long) -> None:
    entry = fresh.entry("Notitie 1", "2024-05-01")
    fresh.visited(fresh.worker)
    fresh.reaction(entry, fresh.owner.person_id, audience=1)
    fresh.entry("Notitie 2", "2024-05-02", author=fresh.owner.person_id, placed="now", audience=1)
    assert new_ones(fresh, fresh.worker) == ([], [], "")
    fresh.reaction(entry, fresh.owner.person_id, audience=2)
    assert new_ones(fresh, fresh.worker) == ([1], [1], "Sinds de vorige keer is 1 notitie nieuw of veranderd.")


def test_what_opened_by_itself_is_new_outside_the_team(fresh: Long) -> None:
    now = datetime.now(UTC)
    for number, opens in enumerate((timedelta(hours=-1), timedelta(days=-2), timedelta(days=1)), 1):
        placed = (now - timedelta(days=4)).isoformat()
        fresh.entry(f"Notitie {number}", f"2024-05-0{number}", placed=placed, discuss=(now + opens).isoformat())
    fresh.visited(fresh.owner)
    fresh.visited(fresh.worker)
    assert new_ones(fresh, fresh.owner) == ([1], [1], "Sinds de vorige keer is 1 notitie nieuw of veranderd.")
    assert new_ones(fresh, fresh.worker) == ([], [], "")


def test_the_visit_before_this_one_counts_and_not_this_one(fresh: Long) -> None:
    fresh.visited(fresh.owner, timedelta(days=40))
    fresh.visited(fresh.owner, timedelta(days=20))
    fresh.entry("Notitie 1", "2024-05-01", placed="now")
    browser = fresh.town.signed_in(fresh.owner)
    for _ in range(2):
        assert "Sinds de vorige keer is 1 notitie nieuw of veranderd." in words_of(browser.get(fresh.url))
    assert "vorige keer" not in words_of(fresh.town.signed_in(fresh.owner).get(fresh.url))


def test_very_much_is_not_counted(fresh: Long) -> None:
    fresh.visited(fresh.owner)
    with fresh.town.admin() as admin:
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute(
            "WITH e AS (INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_name)"
            " SELECT id, 2, 1, now() - n * interval '1 hour', 'x' FROM casus.dossier, generate_series(1, 100) n WHERE public_id = %s RETURNING id, dossier_id)"
            " INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
            " SELECT id, 1, dossier_id, 2, 0, 'Notitie 7', 'b', 'x' FROM e",
            (fresh.public_id,),
        )
    page = fresh.town.signed_in(fresh.owner).get(fresh.url)
    assert "Sinds de vorige keer is er veel nieuw of veranderd." in words_of(page)


def test_paper_holds_the_words_dates_and_reactions(fresh: Long) -> None:
    entry = fresh.entry("Notitie 1", "2024-05-01", created="2024-05-01")
    fresh.version(entry, 2, "Notitie 1 anders", created="2024-06-01")
    fresh.reaction(entry, fresh.owner.person_id, created="2024-07-01")
    fresh.reaction(entry, fresh.owner.person_id, created="2024-08-01", withdrawn=True)
    fresh.reaction(entry, fresh.owner.person_id, created="2024-09-01", audience=1)
    fresh.entry("Notitie 2", "2023-05-01")
    page = words_of(fresh.town.signed_in(fresh.owner).get(f"{fresh.url}/afdrukken?jaar=2024"))
    assert "Dit is een afdruk van het dossier van Sam" in page
    assert "Woorden van Notitie 1 anders" in page
    assert "Versie 2: zaterdag 1 juni 2024" in page
    assert "De reden: Het moest anders" in page
    assert page.count("Mijn reactie") == 2
    assert "Ingetrokken op:" in page
    assert "Notitie 2" not in page
    assert fresh.log()[-1] == ("afdruk", 1, False)
    assert words_of(fresh.town.signed_in(fresh.worker).get(f"{fresh.url}/afdrukken?jaar=2024")).count("Mijn reactie") == 1


def test_paper_of_everything_is_bounded_and_goes_on(years: Long, reader: Browser) -> None:
    first = reader.get(f"{years.url}/afdrukken")
    assert first.text.count('class="printed"') == 100
    assert "Dit is niet alles." in words_of(first)
    assert years.log()[-1] == ("afdruk", 100, False)
    rest = reader.get(link(first.text, "next") or "")
    assert rest.text.count('class="printed"') == 10
    assert "Dit is niet alles." not in words_of(rest)
    assert years.log()[-1] == ("afdruk", 10, False)


def test_paper_of_one_entry(years: Long, reader: Browser) -> None:
    page = reader.get(f"{years.url}?onderdeel=correspondentie").text
    entry = re.search(r"/notitie/([0-9a-f-]{36})", page)
    assert entry
    paper = reader.get(f"{years.url}/afdrukken?notitie={entry[1]}")
    assert paper.text.count('class="printed"') == 1
    assert years.log()[-1] == ("afdruk", 1, True)
    assert f"afdrukken?notitie={entry[1]}" in reader.get(f"{years.url}/notitie/{entry[1]}").text
    for nothing in (uuid4(), "geen", ""):
        assert reader.get(f"{years.url}/afdrukken?notitie={nothing}").status_code == 404


def test_paper_of_nothing(fresh: Long) -> None:
    assert "Er is niets om af te drukken." in words_of(fresh.town.signed_in(fresh.owner).get(f"{fresh.url}/afdrukken"))


@pytest.fixture
def leafed(years: Long, reader: Browser) -> dict[str, str]:
    """The addresses of the pages of the long dossier."""
    older = link(reader.get(years.url).text, "next")
    assert older
    return {
        "first": years.url,
        "older": older,
        "back up": older.replace("ouder=", "nieuwer="),
        "year": f"{years.url}?jaar=2023&onderdeel=voortgang",
        "new": f"{years.url}?nieuw=1",
        "contents": f"{years.url}/inhoud",
        "paper": f"{years.url}/afdrukken",
    }


@pytest.mark.parametrize("page", ["first", "older", "back up", "year", "new", "contents", "paper"])
def test_a_page_asks_no_more_than_eight_things(years: Long, leafed: dict[str, str], page: str) -> None:
    for person in (years.owner, years.worker):
        browser = years.town.signed_in(person)
        browser.get("/hulp")
        with catching(years.town.apps[person.face].extensions["database"].engine) as catcher:
            assert browser.get(leafed[page]).status_code == 200
        # And one that sets the actor.
        assert 3 <= len(catcher.caught) + 1 <= MOST_STATEMENTS, [one.sql[:60] for one in catcher.caught]
