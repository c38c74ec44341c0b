"""Searching finds what may be read and nothing else: asked as everybody in the world, beside what the matrix says of reading."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy.orm import Session

from portal.actor import Actor, Kind, Signer
from portal.db import Database
from portal.search import queries
from portal.search.queries import Found
from tests.access import matrix
from tests.access.conftest import SESSION, open_world
from tests.access.world import ENTRIES, PEOPLE, REACTIONS, Who
from tests.conftest import PortalDatabase

Search = Callable[..., Found]


@pytest.fixture(scope="module")
def engines(database: PortalDatabase) -> Iterator[dict[str, Database]]:
    """The world, in which entry 101 says "huizen 101" and so on, and each reaction a word of its own."""
    open_world(database)
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE casus.entry_version SET body = 'Zij keek naar huizen. Woorden ' || entry_id")
        admin.execute("UPDATE casus.annotation_version SET body = 'Dit vond ik ervan: wolkbreuk' || annotation_id")
    made = {
        face: Database(database.url(f"web_{face}"), Signer(f"web_{face}", database.keys[f"web_{face}"])) for face in ("inwoner", "team")
    }
    yield made
    for one in made.values():
        one.dispose()


@pytest.fixture
def search(engines: dict[str, Database]) -> Search:
    """Searches as somebody."""

    def searched(who: Who, words: str, dossier: int = 1, **more: object) -> Found:
        session: Session = engines[who.face].session(Actor(who.person, Kind(who.kind), SESSION, who.behalf))
        with session:
            return queries.find(session, dossier, words, **more)  # type: ignore[arg-type]

    return searched


def numbers(found: Found) -> list[int]:
    return [hit.id for hit in found.hits]


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_finds_the_entries_that_they_may_read_and_no_other(search: Search, name: str) -> None:
    allowed = {number for entry, (number, _, _) in ENTRIES.items() if name in matrix.ALLOWED["read", entry]}
    assert sorted(numbers(search(PEOPLE[name], "huis"))) == sorted(allowed)
    for number in sorted({entry[0] for entry in ENTRIES.values()}):
        assert numbers(search(PEOPLE[name], f"woord {number}")) == ([number] if number in allowed else []), number
    of_the_other = {"owner of another dossier", "grant for another dossier", "assigned elsewhere"}
    assert numbers(search(PEOPLE[name], "huis", 2)) == ([201] if name in of_the_other else [])


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_finds_the_reactions_whose_words_they_may_read(search: Search, name: str) -> None:
    for reaction, number in REACTIONS.items():
        found = search(PEOPLE[name], f"wolkbreuk{number}")
        # A reaction that was taken back is no longer there to be found, for its author neither.
        may = name in matrix.ALLOWED["read words of", reaction] and reaction != "reaction withdrawn"
        assert numbers(found) == ([101] if may else []), reaction
        snippets = ["".join(piece.text for piece in hit.reaction) for hit in found.hits]
        assert snippets == ([f"Dit vond ik ervan: wolkbreuk{number}"] if may else []), reaction


def test_only_the_newest_text_is_looked_through(engines: dict[str, Database], database: PortalDatabase, search: Search) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)"
            " VALUES (103, 2, 1, 2, 3, 'Verzonnen', 'Zeppelin', 40, 'x')"
        )
    assert numbers(search(PEOPLE["owner"], "woorden 103")) == []
    assert numbers(search(PEOPLE["owner"], "zeppelins")) == [103]
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("DELETE FROM casus.entry_version WHERE entry_id = 103 AND number = 2")


def test_an_earlier_text_of_a_shared_page_stays_unfindable(database: PortalDatabase, search: Search) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE casus.entry SET audience = 2 WHERE id = 114")
        admin.execute("UPDATE casus.entry_version SET body = 'Geheim' WHERE entry_id = 114")
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name, written_for)"
            " VALUES (114, 2, 1, 9, 0, 'Dag', 'Wel te vertellen', 1, 'x', 2)"
        )
    for words, expected in (("geheim", []), ("vertel", [114])):
        assert numbers(search(PEOPLE["assigned"], words)) == expected
        assert numbers(search(PEOPLE["owner"], words)) == expected
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("DELETE FROM casus.entry_version WHERE entry_id = 114 AND number = 2")
        admin.execute("UPDATE casus.entry_version SET body = 'Zij keek naar huizen. Woorden 114' WHERE entry_id = 114")
        admin.execute("UPDATE casus.entry SET audience = 1 WHERE id = 114")


def test_newest_first_and_so_many_at_a_time(engines: dict[str, Database], database: PortalDatabase, search: Search) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("UPDATE casus.entry SET occurred_at = now() - interval '1 day' - id * interval '1 minute' WHERE dossier_id = 1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "SIZE", 3)
        expected = sorted(number for entry, (number, _, _) in ENTRIES.items() if "grant section" in matrix.ALLOWED["read", entry])
        found = [search(PEOPLE["grant section"], "huizen")]
        while found[-1].more:
            found.append(search(PEOPLE["grant section"], "huizen", after=found[-1].more))
        assert [number for part in found for number in numbers(part)] == expected
        assert [len(part.hits) for part in found[:2]] == [3, 3]


@pytest.mark.parametrize("words", ["de het een", "!!!", "' & | :*", "\\", "<b>", "niets-van-dit", "  "])
def test_words_that_say_nothing_find_nothing(search: Search, words: str) -> None:
    assert search(PEOPLE["owner"], words) == Found([], None)


def test_a_snippet_is_what_was_typed_with_the_hits_marked(database: PortalDatabase, search: Search) -> None:
    typed = "<script>alert(1)</script> De brieven & <b>schuldhulp</b> \x02kwamen\x03."
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE casus.entry_version SET body = %s, title = 'Een <i>brief</i>' WHERE entry_id = 104", (typed,))
    [hit] = search(PEOPLE["owner"], "brief schuld").hits
    assert "".join(piece.text for piece in hit.title) == "Een <i>brief</i>"
    assert "".join(piece.text for piece in hit.body) == typed.replace("\x02", "").replace("\x03", "")
    assert [piece.text for piece in (*hit.title, *hit.body) if piece.hit] == ["brief", "brieven", "schuldhulp"]
