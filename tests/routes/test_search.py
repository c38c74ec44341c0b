"""Zoeken over HTTP: the words stand in no address, title or log, and the log says what was shown."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from portal.search import queries
from tests.routes.conftest import Browser, Person, Town, words_of

LETTER = "Wij schreven twee brieven over <b>de huur</b>."


@dataclass
class Searched:
    """An inwoner with a professional, and an entry with some words."""

    town: Town
    owner: Person
    professional: Person
    dossier: UUID
    entry: UUID

    @property
    def url(self) -> str:
        return f"/dossier/{self.dossier}/zoeken"

    def log(self) -> list[tuple[object, ...]]:
        with self.town.admin() as admin:
            query = (
                "SELECT r.what, r.shown, r.entry_id, e.public_id FROM casus.read_log r JOIN casus.dossier d ON d.id = r.dossier_id"
                " LEFT JOIN casus.entry e ON e.id = r.shown_entries[1] WHERE d.public_id = %s AND r.what = 'zoeken' ORDER BY r.id"
            )
            return admin.execute(query, (self.dossier,)).fetchall()


@pytest.fixture
def searched(town: Town) -> Searched:
    owner, professional = town.person(name="Iris"), town.staff()
    dossier = town.dossier(owner, professional)
    entry = town.entry(dossier)
    town.entry(dossier)
    with town.admin() as admin:
        admin.execute(
            "UPDATE casus.entry_version SET body = %s WHERE entry_id = (SELECT id FROM casus.entry WHERE public_id = %s)", (LETTER, entry)
        )
    return Searched(town, owner, professional, dossier, entry)


def find(browser: Browser, searched: Searched, words: str, **more: str) -> str:
    answer = browser.send(searched.url, {"words": words, **more}, page=searched.url)
    assert answer.status_code == 200
    assert words not in answer.request.path
    return answer.text


@pytest.mark.parametrize("who", ["owner", "professional"])
def test_a_word_in_another_form_is_found_and_marked(searched: Searched, who: str) -> None:
    browser = searched.town.signed_in(getattr(searched, who))
    page = find(browser, searched, "brief")
    assert "1 notitie gevonden" in page
    assert "<mark>brieven</mark> over &lt;b&gt;de huur&lt;/b&gt;" in page
    assert "brief" not in page[page.index("<title>") : page.index("</title>")]
    assert f'/notitie/{searched.entry}"' in page
    assert searched.log() == [("zoeken", 1, None, searched.entry)]


def test_nothing_found_says_what_to_try_and_is_logged_too(searched: Searched) -> None:
    browser = searched.town.signed_in(searched.owner)
    page = find(browser, searched, "zeppelin")
    assert "Niets gevonden" in page
    assert "Zoek met minder woorden, of met een ander woord." in page
    assert 'value="zeppelin"' in page
    assert searched.log() == [("zoeken", 0, None, None)]
    with searched.town.admin() as admin:
        for table in ("casus.read_log", "casus.change_log", "portaal.typed_text"):
            assert admin.execute(f"SELECT FROM {table} t WHERE t::text LIKE '%%zeppelin%%'").fetchall() == []


def test_the_owner_reads_that_somebody_looked_for_something(searched: Searched) -> None:
    find(searched.town.signed_in(searched.professional), searched, "brief")
    looked = " ".join(words_of(searched.town.signed_in(searched.owner).get(f"/dossier/{searched.dossier}/wie-keek-er")).split())
    assert "Zocht, en zag 1 notitie." in looked


def test_without_a_word_the_form_says_so_and_nothing_is_read(searched: Searched) -> None:
    browser = searched.town.signed_in(searched.owner)
    answer = browser.send(searched.url, {"words": "  "}, page=searched.url)
    assert answer.status_code == 422
    assert "Schrijf een woord op." in answer.text
    assert browser.send(searched.url, {"words": "x" * 201}, page=searched.url).status_code == 422
    assert searched.log() == []


def test_more_goes_on_with_the_same_words(searched: Searched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SIZE", 1)
    with searched.town.admin() as admin:
        admin.execute(
            "UPDATE casus.entry_version SET body = 'brief' WHERE dossier_id = (SELECT id FROM casus.dossier WHERE public_id = %s)",
            (searched.dossier,),
        )
    browser = searched.town.signed_in(searched.owner)
    first = find(browser, searched, "brief")
    assert "Laat oudere zien" in first
    assert "Gevonden, het nieuwste eerst" in first
    with searched.town.admin() as admin:
        [(newest,), (oldest,)] = admin.execute(
            "SELECT e.public_id FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id WHERE d.public_id = %s"
            " ORDER BY e.occurred_at DESC, e.id DESC",
            (searched.dossier,),
        ).fetchall()
    assert f'name="after" value="{newest}"' in first
    second = find(browser, searched, "brief", after=str(newest))
    assert f'/notitie/{oldest}"' in second
    assert "Laat oudere zien" not in second
    assert "Er is niet meer" in find(browser, searched, "brief", after=str(oldest))
