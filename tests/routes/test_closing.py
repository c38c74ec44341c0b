"""The inwoner closes an entry and opens it again; a professional reads in an emergency; the inwoner looks through somebody else's eyes."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.actor import Actor, Kind
from portal.db import Database
from portal.preview.queries import through_eyes_of
from tests.access.conftest import SESSION
from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import ENTRIES, PEOPLE, public

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
ENTRY = f"{A}/notitie/{public('entry', 101)}"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def admin(web: Web) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A look at the rows from outside the lock; afterwards the world is whole again."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as connection:
        yield connection
        connection.execute("DELETE FROM casus.access_notice")
    web.reset()


def as_(web: Web, name: str) -> FlaskClient:
    """Somebody of the world, signed in."""
    return web.client(PEOPLE[name].face, PEOPLE[name])


def send(client: FlaskClient, path: str, **form: str) -> int:
    """Sends a form and gives the status."""
    token = _TOKEN.search(client.get("/hulp").get_data(as_text=True))
    assert token
    return client.post(path, data={"csrf_token": token[1], **form}).status_code


def words_of(client: FlaskClient, path: str) -> str:
    """A page without the token of its forms and how long the session lasts, which are other ones each time, and without its own address."""
    page = _TOKEN.sub("", client.get(path).get_data(as_text=True))
    return re.sub(r'nonce="[^"]+"|data-seconds="\d+"|ingelogd tot [^<]+', "", page).replace(path, "")


def test_what_is_closed_is_not_there_at_the_next_request_and_leaves_no_trace(
    web: Web, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    owner, professional = as_(web, "owner"), as_(web, "assigned, entry closed")
    assert professional.get(ENTRY).status_code == 200
    before = professional.get(A).get_data(as_text=True)
    assert send(owner, f"{ENTRY}/afsluiten", person=str(public("person", 41))) == 303
    assert professional.get(ENTRY).status_code == 404
    assert words_of(professional, ENTRY) == words_of(professional, f"{A}/notitie/{public('entry', 9999)}")
    after = professional.get(A).get_data(as_text=True)
    assert "Titel 101" in before
    assert "Titel 101" not in after
    # The same sentence stands in every dossier, closed parts or not.
    sentence = "De inwoner kan delen afgesloten hebben."
    assert sentence in before
    assert sentence in after
    assert professional.get("/").get_data(as_text=True).count("veranderde wat u mag zien") == 0


def test_the_professional_is_told_when_the_inwoner_ticks_it_and_never_what(web: Web, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    owner, professional = as_(web, "owner"), as_(web, "substitute")
    assert send(owner, f"{ENTRY}/afsluiten", person="iedereen", tell="y") == 303
    page = professional.get("/").get_data(as_text=True)
    assert "veranderde wat u mag zien" in page
    assert "Titel 101" not in page
    notice = re.search(r"/gezien/([0-9a-f-]+)", page)
    assert notice
    assert send(professional, f"/gezien/{notice[1]}") == 303
    assert "veranderde wat u mag zien" not in professional.get("/").get_data(as_text=True)


def test_the_inwoner_sees_what_is_closed_and_opens_it_again(web: Web, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    owner, naaste = as_(web, "owner"), as_(web, "grant whole")
    assert send(owner, f"{ENTRY}/afsluiten", person=str(public("person", 20))) == 303
    assert naaste.get(ENTRY).status_code == 404
    page = owner.get(f"{ENTRY}/afsluiten").get_data(as_text=True)
    [closure] = re.findall(r"/openen/([0-9a-f-]+)", page)
    assert send(owner, f"{ENTRY}/openen/{closure}") == 303
    assert naaste.get(ENTRY).status_code == 200
    assert send(owner, f"{ENTRY}/openen/{closure}") == 404
    events = admin.execute(
        "SELECT event FROM casus.change_log WHERE entry_id = 101 AND event LIKE 'closing.%' ORDER BY id DESC LIMIT 2"
    ).fetchall()
    assert events == [("closing.ended",), ("closing.made",)]


def test_somebody_who_is_not_on_the_list_is_refused_with_a_sentence(web: Web, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    owner = as_(web, "owner")
    for person in ("", str(public("person", 2)), "x"):
        assert send(owner, f"{ENTRY}/afsluiten", person=person) == 422
    assert admin.execute("SELECT FROM casus.closure WHERE entry_id = 101").fetchall() == []


def test_an_emergency_asks_the_reason_first_and_the_inwoner_reads_it(web: Web, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    professional, owner = as_(web, "assigned"), as_(web, "owner")
    kept = f"{A}/notitie/{public('entry', 116)}"
    assert professional.get(kept).status_code == 404
    assert send(professional, f"{A}/lezen-in-nood", reason=" ") == 422
    assert professional.get(kept).status_code == 404
    assert send(professional, f"{A}/lezen-in-nood", reason="Zij is in gevaar.") == 303
    assert professional.get(kept).status_code == 200
    log = owner.get(f"{A}/wie-keek-er").get_data(as_text=True)
    assert "Zij is in gevaar." in log
    assert "las in nood" in log
    start = owner.get("/").get_data(as_text=True)
    assert "Iemand las in nood in uw dossier." in start
    assert "Zij is in gevaar." not in start, "somebody may look over the shoulder"
    lead = as_(web, "team lead, substitute")
    found = re.findall(r"/in-nood-gelezen/([0-9a-f-]+)", lead.get("/in-nood-gelezen").get_data(as_text=True))
    mine = admin.execute("SELECT public_id FROM casus.emergency_reading WHERE person_id = 40").fetchone()
    assert mine
    assert str(mine[0]) in found
    assert send(lead, f"/in-nood-gelezen/{mine[0]}", justified="nee", words="") == 422
    assert send(lead, f"/in-nood-gelezen/{mine[0]}", justified="nee", words="Bellen kon ook.") == 303
    notice = "Iemand las in nood in uw dossier."
    shown = owner.get("/").get_data(as_text=True).count(notice)
    assert start.count(notice) == shown, "read before the judgement"
    log = owner.get(f"{A}/wie-keek-er").get_data(as_text=True)
    assert "Bellen kon ook." in log
    assert "Een klacht indienen" in log
    assert "Bezwaar maken" not in log
    assert send(lead, f"/in-nood-gelezen/{mine[0]}", justified="ja", words="Toch wel.") == 404
    assert owner.get("/").get_data(as_text=True).count(notice) == shown - 1


def test_what_was_read_in_an_emergency_while_the_dossier_was_out_of_sight_is_told_afterwards(
    web: Web, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    professional, owner = as_(web, "assigned"), as_(web, "owner")
    assert send(professional, f"{A}/uitzetten", way="telefoon") == 303
    for page in ("lezen-in-nood", "berichten"):
        said = professional.get(f"{A}/{page}").get_data(as_text=True)
        assert "De inwoner leest dit als het dossier weer aan staat." in said
        assert "De inwoner hoort dat u dit deed" not in said
        assert "De inwoner leest dit meteen" not in said
    assert send(professional, f"{A}/lezen-in-nood", reason="Zij is in gevaar.") == 303
    assert "U leest in nood tot" in professional.get(A).get_data(as_text=True)
    admin.execute(
        "UPDATE casus.emergency_reading SET opened_at = now() - interval '40 days', ends_at = now() - interval '39 days' WHERE person_id = 40"
    )
    assert "U leest in nood tot" not in professional.get(A).get_data(as_text=True)
    assert send(professional, f"{A}/aanzetten", seen="y") == 303
    assert "Iemand las in nood in uw dossier." in owner.get("/").get_data(as_text=True)


def test_a_preview_shows_what_the_other_sees_and_writes_one_line_in_the_own_name(
    web: Web, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    owner, naaste = as_(web, "owner"), as_(web, "grant leefdomein")
    listed = set(re.findall(r"Titel (\d+)", naaste.get(A).get_data(as_text=True)))
    last = admin.execute("SELECT max(id) FROM casus.read_log").fetchone()
    page = owner.get(f"{A}/zo-ziet-een-ander/{public('person', 22)}").get_data(as_text=True)
    assert set(re.findall(r"Titel (\d+)", page)) == listed
    lines = admin.execute("SELECT reader_id, what, cardinality(shown_entries) FROM casus.read_log WHERE id > %s", last).fetchall()
    assert lines == [(1, "voorbeeld", len(listed))]
    for nobody in (24, 27, 28, 40, 1):
        assert owner.get(f"{A}/zo-ziet-een-ander/{public('person', nobody)}").status_code == 404, nobody


def test_a_preview_shows_files_and_texts_of_before_where_the_other_reads_them_and_no_way_that_the_other_lacks(
    web: Web, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    owner, naaste = as_(web, "owner"), as_(web, "grant section")
    admin.execute("SET session_replication_role = replica")
    for entry in (102, 104):
        section, leefdomein = ENTRIES["entry, other section" if entry == 102 else "entry, no leefdomein"][1:]
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, reason, author_id, author_name)"
            " VALUES (%s, 2, 1, %s, %s, %s, 'Beter', 'Tikfout', 40, 'assigned')",
            (entry, section, leefdomein, f"Titel {entry}"),
        )
    try:
        shown = {}
        for name, person in (("grant section", 21), ("grant whole", 20), ("grant entry", 23)):
            page = owner.get(f"{A}/zo-ziet-een-ander/{public('person', person)}").get_data(as_text=True)
            ways = set(re.findall(rf'href="({A}/notitie/[^/"]+/(?:versies|bestand|foto))"', page))
            other = as_(web, name)
            for way in ways:
                assert other.get(way).status_code == 200, (name, way)
                assert owner.get(way).status_code == 200, way
            shown[name] = {way.rsplit("/", 1)[1] for way in ways}
            assert ("Deze persoon ziet ook de tekst van daarvoor." in page) is ("versies" in shown[name])
            assert ("Hier hoort een bestand bij:" in page) is bool(shown[name] & {"foto", "bestand"})
        assert "versies" in shown["grant whole"]
        assert "versies" not in shown["grant entry"]
        assert "versies" not in shown["grant section"], "changed in sections that this one doesn't read"
        assert naaste.get(f"{A}/notitie/{public('entry', 102)}/versies").status_code == 404
        assert "foto" in shown["grant whole"]
    finally:
        admin.execute("DELETE FROM casus.entry_version WHERE entry_id IN (102, 104) AND number = 2")


def test_a_session_with_somebody_elses_eyes_writes_nothing(web: Web) -> None:
    database: Database = web.apps["inwoner"].extensions["database"]
    actor = Actor(1, Kind.INWONER, SESSION)
    with through_eyes_of(database, actor, 20) as session:
        assert session.execute(text("SELECT count(*) FROM casus.entry")).scalar()
        with pytest.raises(DBAPIError, match="read-only"):
            session.execute(text("INSERT INTO casus.change_log (dossier_id, event) VALUES (1, 'entry.placed')"))
    # The connection goes back to the pool with nobody's eyes.
    with database.session(actor) as session:
        assert session.execute(text("SELECT acl.person_id()")).scalar() == 1
