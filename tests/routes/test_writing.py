"""Concept, placed, new version: nothing typed is lost, nothing is written twice, and nobody writes over a colleague."""

import re
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from flask.testing import FlaskClient

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import PEOPLE, public

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
WORDS = {"occurred_on": "2026-01-02", "kind": "1", "section": "2", "leefdomein": "0", "title": "Gebeld", "body": "Het gaat goed."}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Writer:
    """A professional at the keyboard."""

    def __init__(self, web: Web, name: str) -> None:
        self.client: FlaskClient = web.client("team", PEOPLE[name])

    def send(self, path: str, **form: str) -> tuple[int, str]:
        """Sends a form; gives the status and where it leads, or the page."""
        token = _TOKEN.search(self.client.get("/hulp").get_data(as_text=True))
        assert token
        response = self.client.post(path, data={"csrf_token": token[1], **form})
        return response.status_code, response.headers.get("Location") or response.get_data(as_text=True)

    def start(self, path: str = f"{A}/schrijven") -> str:
        """Begins a concept and gives its address."""
        status, address = self.send(path)
        assert status == 303
        return address


@pytest.fixture
def writer(web: Web) -> Writer:
    """The assigned professional."""
    return Writer(web, "assigned")


@pytest.fixture
def count(web: Web) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A look at the rows from outside the lock."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as admin:
        yield admin


def entries(count: psycopg.Connection[tuple[object, ...]], title: str) -> int:
    """How many texts of entries have this title."""
    row = count.execute("SELECT count(*) FROM casus.entry_version WHERE title = %s", (title,)).fetchone()
    assert row is not None
    assert isinstance(row[0], int)
    return row[0]


def test_placing_twice_writes_one_entry_and_leads_to_it(writer: Writer, count: psycopg.Connection[tuple[object, ...]]) -> None:
    address = writer.start()
    words = {**WORDS, "title": "Twee keer"}
    first = writer.send(address, act="plaats", **words)
    second = writer.send(address, act="plaats", **words)
    assert first == second
    assert entries(count, "Twee keer") == 1


def test_words_for_a_concept_that_is_gone_are_kept_in_a_new_one(writer: Writer) -> None:
    address = writer.start()
    assert writer.send(address, act="weggooien")[0] == 303
    status, rescued = writer.send(address, act="bewaar", **{**WORDS, "body": "Deze woorden blijven."})
    assert status == 303
    assert rescued.split("?")[0] != address
    assert "Deze woorden blijven." in writer.client.get(rescued).get_data(as_text=True)


def test_a_concept_is_kept_without_title_or_text_and_placed_only_with_both(writer: Writer) -> None:
    address = writer.start()
    empty = {**WORDS, "title": "", "body": ""}
    assert writer.send(address, act="vanzelf", **empty)[0] == 204
    status, page = writer.send(address, act="plaats", **{**empty, "body": "Wel tekst"})
    assert status == 422
    assert "Schrijf een titel." in page
    assert "Wel tekst" in page


def test_a_day_that_was_not_yet_is_refused_and_the_words_stay(writer: Writer) -> None:
    status, page = writer.send(writer.start(), act="bewaar", **{**WORDS, "occurred_on": "2999-01-01"})
    assert status == 422
    assert "Deze dag is nog niet geweest." in page
    assert "Het gaat goed." in page


def test_two_new_versions_at_once_the_second_is_told_and_can_then_be_placed(
    web: Web, writer: Writer, count: psycopg.Connection[tuple[object, ...]]
) -> None:
    placed = writer.send(writer.start(), act="plaats", **{**WORDS, "title": "Samen"})[1].split("?")[0]
    entry = UUID(placed.rsplit("/", 1)[1])
    colleague = Writer(web, "substitute")
    mine, theirs = (someone.start(f"{A}/notitie/{entry}/nieuwe-versie") for someone in (writer, colleague))
    assert colleague.send(theirs, act="plaats", **{**WORDS, "title": "Samen", "body": "Van de collega"})[0] == 303
    status, page = writer.send(mine, act="plaats", **{**WORDS, "title": "Samen", "body": "Van mij"})
    assert status == 422
    assert "Een collega plaatste net ook een nieuwe versie." in page
    assert "Van mij" in page
    assert entries(count, "Samen") == 2
    assert writer.send(mine, act="plaats", **{**WORDS, "title": "Samen", "body": "Van mij"})[0] == 303
    rows = count.execute("SELECT body FROM casus.entry_version WHERE title = 'Samen' ORDER BY number").fetchall()
    assert [body for (body,) in rows] == ["Het gaat goed.", "Van de collega", "Van mij"]


def test_nobody_writes_a_version_of_the_inwoners_own_words(writer: Writer) -> None:
    page = writer.client.get(f"{A}/notitie/{public('entry', 113)}")
    assert page.status_code == 200
    assert "Nieuwe versie schrijven" not in page.get_data(as_text=True)
    assert writer.send(f"{A}/notitie/{public('entry', 113)}/nieuwe-versie")[0] == 404


def test_a_head_request_reads_nothing_and_logs_nothing(web: Web, count: psycopg.Connection[tuple[object, ...]]) -> None:
    def lines() -> object:
        return count.execute("SELECT count(*) FROM casus.read_log").fetchone()

    client = web.client("inwoner", PEOPLE["owner"])
    before = lines()
    assert client.head(A).status_code == 204
    assert lines() == before
    assert client.get(A).status_code == 200
    assert lines() != before
