"""Reactions to sentences, and old beside new: what was ticked is kept with its version, moves along, or says where it belongs."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from flask.testing import FlaskClient

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import PEOPLE, public

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
FIRST = "Dhr. Proef slaapt slecht. Hij werkt niet. Wij bellen morgen."
SECOND = "Op maandag gezien. Dhr. Proef slaapt slecht. Hij werkt weer. Wij bellen morgen."
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def admin(web: Web) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A look at the rows from outside the lock."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as connection:
        yield connection


@pytest.fixture
def entry(admin: psycopg.Connection[tuple[object, ...]]) -> str:
    """The address of an entry of one version with three sentences."""
    public_id = uuid4()
    admin.execute("SET session_replication_role = replica")
    admin.execute(
        "INSERT INTO casus.entry (public_id, dossier_id, section, kind, occurred_at, author_id, author_name)"
        " VALUES (%s, 1, 2, 1, now(), 40, 'assigned')",
        (public_id,),
    )
    add_version(admin, public_id, 1, FIRST)
    return f"{A}/notitie/{public_id}"


def add_version(admin: psycopg.Connection[tuple[object, ...]], entry: UUID | str, number: int, body: str) -> None:
    """Another text of the entry."""
    admin.execute(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)"
        " SELECT id, %s, dossier_id, section, leefdomein, 'Gesprek', %s, 40, 'assigned' FROM casus.entry WHERE public_id = %s",
        (number, body, entry),
    )


def number_of(entry: str) -> str:
    """The public id in the address of an entry."""
    return entry.rsplit("/", 1)[1]


def send(client: FlaskClient, path: str, **form: object) -> int:
    """Sends a form and gives the status."""
    token = _TOKEN.search(client.get("/hulp").get_data(as_text=True))
    assert token
    return client.post(path, data={"csrf_token": token[1], **form}).status_code


def texts(admin: psycopg.Connection[tuple[object, ...]], entry: str) -> list[tuple[object, ...]]:
    """What is stored with the reactions beside an entry."""
    return admin.execute(
        "SELECT v.number, v.body, v.about_version, v.sentences, v.quote FROM casus.annotation_version v JOIN casus.entry e ON e.id = v.entry_id"
        " WHERE e.public_id = %s ORDER BY v.annotation_id, v.number",
        (number_of(entry),),
    ).fetchall()


def page(web: Web, entry: str, who: str = "owner") -> str:
    """The entry's page."""
    face = PEOPLE[who].face
    return web.client(face, PEOPLE[who]).get(entry).get_data(as_text=True)


def react(web: Web, entry: str, **form: object) -> int:
    """The owner reacts."""
    return send(
        web.client("inwoner", PEOPLE["owner"]),
        f"{entry}/reactie",
        **{"body": "Klopt niet", "audience": "3", "number": str(uuid4()), **form},
    )


def test_each_sentence_can_be_ticked_by_its_label(web: Web, entry: str) -> None:
    html = page(web, entry)
    for number, sentence in enumerate(("Dhr. Proef slaapt slecht.", "Hij werkt niet.", "Wij bellen morgen.")):
        assert re.search(rf'<label[^>]* for="sentences-{number}"><bdi>{re.escape(sentence)}</bdi></label>', html), sentence


def test_sentences_are_stored_with_version_numbers_and_quote(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    assert react(web, entry, sentences=["3", "1"], about="1") == 303
    assert texts(admin, entry) == [(1, "Klopt niet", 1, [1, 3], "Dhr. Proef slaapt slecht.\nWij bellen morgen.")]
    html = page(web, entry)
    assert '<mark id="zin-1">Dhr. Proef slaapt slecht.</mark>' in html
    assert '<mark id="zin-3">Wij bellen morgen.</mark>' in html
    assert 'id="zin-2"' not in html
    assert "Ga naar deze zinnen in de tekst" in html
    assert '<mark id="zin-1">' in page(web, entry, "assigned")


def test_a_reaction_without_sentences_is_about_the_whole_entry(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    assert react(web, entry, about="1") == 303
    assert texts(admin, entry) == [(1, "Klopt niet", None, [], None)]
    assert "<mark" not in page(web, entry)


def test_on_a_newer_version_unchanged_sentences_move_along(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    react(web, entry, sentences="1", about="1")
    add_version(admin, number_of(entry), 2, SECOND)
    html = page(web, entry)
    assert '<mark id="zin-2">Dhr. Proef slaapt slecht.</mark>' in html
    assert "Hoort bij versie" not in html


def test_when_a_sentence_changed_the_reaction_says_to_which_version_it_belongs(
    web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    react(web, entry, sentences=["1", "2"], about="1")
    add_version(admin, number_of(entry), 2, SECOND)
    html = page(web, entry)
    assert "Hoort bij versie 1" in html
    assert "<mark" not in html
    assert "Hij werkt niet." in html, "the quote"


def test_a_form_that_was_open_while_a_newer_version_came_keeps_its_own(
    web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    add_version(admin, number_of(entry), 2, SECOND)
    assert react(web, entry, sentences="2", about="1") == 303
    assert texts(admin, entry) == [(1, "Klopt niet", 1, [2], "Hij werkt niet.")]


@pytest.mark.parametrize("sent", ["4", "0", "-1", "x", "1.5", "٢"])
def test_a_sentence_that_is_not_there_is_refused_in_words(
    web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]], sent: str
) -> None:
    assert react(web, entry, sentences=["1", sent], about="1") == 422 or sent == "٢"
    assert all(row[3] in ([1], [1, 2]) for row in texts(admin, entry))


@pytest.mark.parametrize("about", ["", "9", "x", "-1", "99999999999"])
def test_a_version_that_is_not_there_is_the_newest(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]], about: str) -> None:
    assert react(web, entry, sentences="1", about=about) == 303
    assert texts(admin, entry)[0][2] == 1


def test_what_was_ticked_stays_ticked_when_words_are_missing(web: Web, entry: str) -> None:
    client = web.client("inwoner", PEOPLE["owner"])
    token = _TOKEN.search(client.get("/hulp").get_data(as_text=True))
    assert token
    html = client.post(
        f"{entry}/reactie", data={"csrf_token": token[1], "body": "", "audience": "3", "sentences": "2", "about": "1"}
    ).get_data(as_text=True)
    assert re.search(r'<input checked[^>]* value="2"', html)
    assert '<details class="sentences" open>' in html


def test_changing_a_reaction_keeps_its_sentences_and_they_can_be_chosen_anew(
    web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    number = uuid4()
    react(web, entry, sentences="1", about="1", number=str(number))
    add_version(admin, number_of(entry), 2, SECOND)
    client = web.client("inwoner", PEOPLE["owner"])
    form = client.get(f"{entry}/reactie/{number}/wijzigen").get_data(as_text=True)
    assert re.search(r'<input checked[^>]* value="1"', form)
    assert "Op maandag gezien." not in form, "the sentences of the version it was written beside"
    change = f"{entry}/reactie/{number}/wijzigen"
    assert send(client, change, body="Klopt echt niet", audience="3", base="1", about="1", sentences="1") == 303
    assert send(client, change, body="Klopt echt niet", audience="3", base="2", about="1", sentences=["1", "2"]) == 303
    assert send(client, change, body="Klopt echt niet", audience="3", base="3", about="1") == 303
    assert [row[2:] for row in texts(admin, entry)] == [
        (1, [1], "Dhr. Proef slaapt slecht."),
        (1, [1], "Dhr. Proef slaapt slecht."),
        (1, [1, 2], "Dhr. Proef slaapt slecht.\nHij werkt niet."),
        (None, [], None),
    ]


def test_letting_more_people_in_says_the_words_anew_for_them(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    number = uuid4()
    react(web, entry, number=str(number), audience="1", body="Voor mij alleen")
    client = web.client("inwoner", PEOPLE["owner"])
    change = f"{entry}/reactie/{number}/wijzigen"
    assert send(client, change, body="Voor iedereen", audience="1", base="1") == 303
    assert "Voor" not in page(web, entry, "assigned").split("Reacties</h2>")[1]
    assert send(client, change, body="Voor iedereen", audience="3", base="2") == 303
    assert [row[1] for row in texts(admin, entry)] == ["Voor mij alleen", "Voor iedereen", "Voor iedereen"]
    assert "Voor iedereen" in page(web, entry, "assigned")
    assert "Voor mij alleen" not in page(web, entry, "assigned")
    assert send(client, change, body="Voor iedereen", audience="2", base="3") == 303, "narrowing needs no new words"
    assert len(texts(admin, entry)) == 3


def test_a_quote_from_elsewhere_goes_along_with_newer_words(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    number = uuid4()
    react(web, entry, number=str(number))
    admin.execute(
        "UPDATE casus.annotation_version SET quote = 'slaapt slecht' WHERE annotation_id = (SELECT id FROM casus.annotation WHERE public_id = %s)",
        (number,),
    )
    client = web.client("inwoner", PEOPLE["owner"])
    assert send(client, f"{entry}/reactie/{number}/wijzigen", body="Anders", audience="3", base="1") == 303
    assert [row[2:] for row in texts(admin, entry)] == [(None, [], "slaapt slecht"), (None, [], "slaapt slecht")]


def test_old_stands_beside_new_with_what_went_and_what_came(web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    add_version(admin, number_of(entry), 2, SECOND)
    for who in ("owner", "assigned", "grant whole"):
        html = page(web, f"{entry}/versies", who)
        assert re.search(r"<del>[^<]*<span[^>]*>\[weg: </span>niet.<span", html), who
        assert re.search(r"<ins>[^<]*<span[^>]*>\[nieuw: </span>weer.<span", html), who
    [(what, shown)] = admin.execute("SELECT what, shown FROM casus.read_log ORDER BY id DESC LIMIT 1").fetchall()
    assert (what, shown) == ("versies", 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (2, 3)),
        ("?oud=1&nieuw=3", (1, 3)),
        ("?nieuw=2", (1, 2)),
        ("?oud=3&nieuw=2", (1, 2)),
        ("?oud=x&nieuw=99999999999", (2, 3)),
        ("?oud=0", (2, 3)),
    ],
)
def test_any_two_versions_can_be_compared(
    web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]], query: str, expected: tuple[int, int]
) -> None:
    add_version(admin, number_of(entry), 2, SECOND)
    add_version(admin, number_of(entry), 3, "Heel anders.")
    html = page(web, f"{entry}/versies{query}")
    assert tuple(int(number) for number in re.findall(r'about">Versie (\d+)', html)) == expected


def test_one_version_is_said_in_words(web: Web, entry: str) -> None:
    assert "Er is maar één versie." in page(web, f"{entry}/versies")


def test_the_own_reactions_texts_stand_beside_each_other_for_the_author_alone(
    web: Web, entry: str, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    number = uuid4()
    react(web, entry, number=str(number), body="Ik werkte toen wel.")
    client = web.client("inwoner", PEOPLE["owner"])
    path = f"{entry}/reactie/{number}"
    assert "U heeft deze reactie niet veranderd." in client.get(f"{path}/versies").get_data(as_text=True)
    send(client, f"{path}/wijzigen", body="Ik werkte toen niet.", audience="3", base="1")
    html = client.get(f"{path}/versies").get_data(as_text=True)
    assert "</span>wel.<span" in html
    assert "</span>niet.<span" in html
    send(client, f"{path}/intrekken")
    assert client.get(f"{path}/versies").status_code == 200, "withdrawn words stay their author's"
    for other in ("mandate", "grant whole", "owner of another dossier"):
        assert web.client("inwoner", PEOPLE[other]).get(f"{path}/versies").status_code == 404, other


@pytest.mark.parametrize("who", ["owner of another dossier", "no grant", "grant ended"])
def test_nobody_else_sees_versions(web: Web, entry: str, who: str) -> None:
    assert web.client("inwoner", PEOPLE[who]).get(f"{entry}/versies").status_code == 404
