"""Documents: added by the inwoner and by who works in the dossier, in the own name; read by whoever reads the entry; moved and gone with it."""

from typing import Any

from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, TAKEN_OUT, Who, public

OWNER, ASSIGNED, MANDATE, NAASTE = PEOPLE["owner"], PEOPLE["assigned"], PEOPLE["mandate"], PEOPLE["grant whole"]
OTHER = Who(2, "inwoner", "inwoner")
ADD_OF = "SELECT casus.add_document(%s, %s, %s, %s, %s, 'Titel', 'Tekst', 4, {size}, sha256('abc'), {pieces})"
ONE, TWO = b"a" * 29, b"b" * 30
PIECES = "ARRAY[repeat('a', 29)::bytea, repeat('b', 30)::bytea]"
ADD = ADD_OF.format(size=3, pieces=PIECES)
NEW = public("entry", 990)
ROW = (
    "SELECT e.dossier_id, e.section, e.leefdomein, e.kind, e.occurred_at = now(), e.author_id, e.author_name, e.audience, v.number, v.title, v.body,"
    " v.section, v.leefdomein, v.author_id, v.author_name, v.written_for"
    " FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id WHERE e.public_id = %s"
)
FILE = (
    "SELECT d.dossier_id, d.kind, d.size, d.sha256 = sha256('abc'), d.sealed_as FROM casus.document d JOIN casus.entry e ON e.id = d.entry_id"
    " WHERE e.public_id = %s"
)
PARTS = (
    "SELECT p.number, p.sealed FROM casus.document_part p JOIN casus.entry e ON e.id = p.entry_id WHERE e.public_id = %s ORDER BY p.number"
)


def add(stage: Stage, who: Who, *, dossier: int = 1, section: int = 8, about: int = 3, audience: int = 2) -> Any:
    """Adds a document as somebody; gives the answer, or the code of the refusal."""
    refused = stage.refusal(f"web_{who.face}", ADD, dossier, NEW, section, about, audience, who=who)
    return refused or stage.ask(f"web_{who.face}", ADD, dossier, NEW, section, about, audience, who=who)[0][0]


@scenario
def the_inwoner_adds_to_the_own_part_and_says_for_whom(stage: Stage) -> None:
    assert add(stage, OWNER) is True
    assert stage.seen(ROW, NEW) == [
        (1, 9, 3, 12, True, 1, "owner Proef", 2, 1, "Titel", "Tekst", 9, 3, 1, "owner Proef", 2),
    ]
    assert stage.seen(FILE, NEW) == [(1, 4, 3, True, NEW)]
    assert stage.seen(PARTS, NEW) == [(1, ONE), (2, TWO)]
    for audience in (1, 3):

        def play(audience: int = audience) -> None:
            stage.given("DELETE FROM casus.document WHERE sealed_as = %s", NEW)
            stage.given("DELETE FROM casus.entry_version WHERE entry_id = (SELECT id FROM casus.entry WHERE public_id = %s)", NEW)
            stage.given("DELETE FROM casus.entry WHERE public_id = %s", NEW)
            assert add(stage, OWNER, audience=audience) is True
            assert stage.seen("SELECT audience FROM casus.entry WHERE public_id = %s", NEW) == [(audience,)]

        stage.undone(play)


@scenario
def a_professional_adds_for_whoever_reads_that_part(stage: Stage) -> None:
    assert add(stage, ASSIGNED, audience=1) is True
    assert stage.seen(ROW, NEW) == [
        (1, 8, 3, 12, True, 40, "assigned Proef", 3, 1, "Titel", "Tekst", 8, 3, 40, "assigned Proef", 3),
    ]


@scenario
def nobody_adds_to_a_dossier_that_is_not_theirs(stage: Stage) -> None:
    for who in (MANDATE, NAASTE, OTHER, PEOPLE["team lead"], PEOPLE["administrator, assigned"], PEOPLE["other team"]):
        assert add(stage, who) == "MB001", who
    assert add(stage, OWNER, dossier=2) == "MB001"
    assert add(stage, ASSIGNED, dossier=2) == "MB001"
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    assert add(stage, OWNER) == "MB001"


@scenario
def sending_twice_adds_once_and_takes_nobodys_place(stage: Stage) -> None:
    assert add(stage, OWNER) is True
    assert add(stage, OWNER) is False
    assert add(stage, ASSIGNED) is False
    assert len(stage.seen(ROW, NEW)) == 1
    assert stage.seen("SELECT author_id FROM casus.entry WHERE public_id = %s", NEW) == [(1,)]


@scenario
def a_writer_has_so_many_documents_in_a_dossier_and_no_more(stage: Stage) -> None:
    had = "SELECT count(*), coalesce(sum(d.size), 0) FROM casus.document d JOIN casus.entry e ON e.id = d.entry_id WHERE e.dossier_id = 1 AND e.author_id = 1"
    [(number, size)] = stage.seen(had)

    def more(files: int, bytes_each: int, dossier: int = 1, author: int = 1) -> None:
        """As many more documents, made before."""
        stage.given(
            "WITH made AS (INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_id, author_name)"
            " SELECT %s, 9, 12, now(), %s, 'x' FROM generate_series(1, %s) RETURNING id)"
            " INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256) SELECT id, %s, 1, %s, sha256('x') FROM made",
            *(dossier, author, files, dossier, bytes_each),
        )

    def number_is_full() -> None:
        more(299 - number, 1)
        assert add(stage, OWNER) is True
        assert add(stage, OWNER) is False, "what was sent before is there"
        again = ADD.replace("%s, %s, %s, %s, %s", "1, gen_random_uuid(), 9, 3, 2")
        assert stage.refusal("web_inwoner", again, who=OWNER) == "MB091"
        assert len(stage.seen("SELECT FROM casus.entry WHERE dossier_id = 1 AND author_id = 1 AND kind = 12")) == 301 - number

    def size_is_full() -> None:
        rest = 1_000_000_000 - size - 3
        more(50, rest // 50)
        more(1, rest % 50) if rest % 50 else None
        assert add(stage, OWNER) is True

    def size_is_over() -> None:
        rest = 1_000_000_000 - size - 2
        more(50, rest // 50)
        more(1, rest % 50) if rest % 50 else None
        assert add(stage, OWNER) == "MB091"

    def others_are_not_counted() -> None:
        more(400, 20_000_000, dossier=2)
        more(400, 20_000_000, author=40)
        assert add(stage, OWNER) is True

    for play in (number_is_full, size_is_full, size_is_over, others_are_not_counted):
        stage.undone(play)


@scenario
def adding_waits_for_who_adds_at_the_same_moment(stage: Stage) -> None:
    held = "SELECT classid::int, objid::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
    assert stage.seen(held) == []
    assert add(stage, OWNER) is True
    assert stage.seen(held) == [(1, OWNER.person)]


@scenario
def a_file_is_as_large_as_is_said(stage: Stage) -> None:
    for size, pieces, answer in ((3, PIECES, ""), (2, PIECES, "22023"), (4, PIECES, "22023"), (1, "'{}'", "22023"), (1, "NULL", "22023")):
        asked = ADD_OF.format(size=size, pieces=pieces)
        assert stage.refusal("web_inwoner", asked, 1, NEW, 9, 3, 2, who=OWNER) == answer, (size, pieces)


def reads(stage: Stage, who: Who, entry: int) -> bool:
    """Whether somebody reads the file of an entry: what it is, and its bytes alike."""
    found = {
        bool(stage.ask(f"web_{who.face}", f"SELECT FROM casus.{table} WHERE entry_id = %s", entry, who=who))
        for table in ("document", "document_part")
    }
    assert len(found) == 1, "what a file is and its bytes are read by the same people"
    return found.pop()


@scenario
def a_file_is_read_by_whoever_reads_the_entry_now(stage: Stage) -> None:
    assert all(reads(stage, who, 101) for who in (OWNER, ASSIGNED, MANDATE, NAASTE))
    assert not reads(stage, OTHER, 101)
    assert reads(stage, OTHER, 201)
    assert not reads(stage, OWNER, 201)
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason) VALUES (1, 101, %s, 'x')", NAASTE.person)
    assert not reads(stage, NAASTE, 101)
    assert reads(stage, ASSIGNED, 101)
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, reason) VALUES (1, 101, 'x')")
    assert not reads(stage, OWNER, 101)
    assert reads(stage, ASSIGNED, 101)
    assert not any(reads(stage, who, TAKEN_OUT) for who in (OWNER, ASSIGNED, NAASTE))


@scenario
def the_own_document_is_shared_and_thrown_away_like_a_page_of_the_diary(stage: Stage) -> None:
    assert add(stage, OWNER, audience=1) is True
    number = stage.value("SELECT id FROM casus.entry WHERE public_id = %s", NEW)
    other = stage.value("SELECT count(*) FROM casus.document_part WHERE entry_id <> %s", number)
    assert reads(stage, OWNER, number)
    assert not reads(stage, ASSIGNED, number)
    share, throw = "SELECT casus.share_page(%s, %s)", "SELECT casus.throw_page(%s)"

    def shared() -> None:
        stage.ask("web_inwoner", share, NEW, 2, who=OWNER)
        assert reads(stage, ASSIGNED, number)
        assert not reads(stage, NAASTE, number)
        assert stage.one("web_inwoner", throw, NEW, who=OWNER) is False
        assert len(stage.seen(PARTS, NEW)) == 2
        stage.ask("web_inwoner", share, NEW, 1, who=OWNER)
        assert not reads(stage, ASSIGNED, number)

    stage.undone(shared)
    assert stage.one("web_inwoner", throw, NEW, who=OWNER) is True
    assert stage.seen(FILE, NEW) == []
    assert stage.seen(PARTS, NEW) == []
    assert stage.value("SELECT count(*) FROM casus.document_part") == other
    assert stage.value("SELECT count(*) FROM casus.document") == other
    assert not reads(stage, OWNER, number)


@scenario
def what_a_professional_added_is_not_the_inwoners_to_share(stage: Stage) -> None:
    assert add(stage, ASSIGNED) is True
    for act, values in (("SELECT casus.share_page(%s, 1)", (NEW,)), ("SELECT casus.throw_page(%s)", (NEW,))):
        assert stage.refusal("web_inwoner", act, *values, who=OWNER) == "MB001"


@scenario
def a_file_goes_along_to_the_right_dossier_and_leaves_nothing_behind(stage: Stage) -> None:
    stage.given("INSERT INTO casus.document_part (entry_id, number, sealed) VALUES (%s, 2, 'twee')", TAKEN_OUT)
    decide = "SELECT casus.decide_breach(%s, %s, %s)"
    what = "SELECT kind, size, sha256, sealed_as FROM casus.document WHERE entry_id = %s"
    parts = "SELECT number, sealed FROM casus.document_part WHERE entry_id = %s ORDER BY number"
    before = stage.seen(what, TAKEN_OUT), stage.seen(parts, TAKEN_OUT)
    assert len(before[1]) == 2
    rest = stage.value("SELECT count(*) FROM casus.document_part WHERE entry_id <> %s", TAKEN_OUT)

    def moved() -> None:
        assert (
            stage.refusal("web_team", decide, public("breach", 1), "verplaatst", public("dossier", 3), who=PEOPLE["team lead"]) == "MB073"
        )
        stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (3, 41, 'x', current_date)")
        stage.ask("web_team", decide, public("breach", 1), "verplaatst", public("dossier", 3), who=Who(41, "professional", "team"))
        made = stage.value("SELECT id FROM casus.entry WHERE dossier_id = 3")
        assert (stage.seen(what, made), stage.seen(parts, made)) == before
        assert stage.value("SELECT dossier_id FROM casus.document WHERE entry_id = %s", made) == 3
        assert stage.seen(what, TAKEN_OUT) == []
        assert stage.seen(parts, TAKEN_OUT) == []
        assert stage.value("SELECT count(*) FROM casus.document_part") == rest + 2
        assert stage.value("SELECT count(*) FROM casus.document WHERE dossier_id = 3") == 1

    def destroyed() -> None:
        stage.ask("web_team", decide, public("breach", 1), "vernietigd", None, who=PEOPLE["team lead"])
        assert stage.seen(what, TAKEN_OUT) == []
        assert stage.value("SELECT count(*) FROM casus.document_part") == rest
        assert stage.value("SELECT count(*) FROM casus.document") == rest

    stage.undone(moved)
    destroyed()


@scenario
def the_definer_adds_no_other_kind_of_entry(stage: Stage) -> None:
    made = "INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_name) VALUES (1, 2, %s, now(), 'x')"
    assert stage.refusal("casus_acl", made, 12) == ""
    assert stage.refusal("casus_acl", made, 10) == "42501"
    stage.given(
        "INSERT INTO casus.entry (id, dossier_id, section, leefdomein, kind, occurred_at, author_name)"
        " VALUES (128, 1, 2, 6, 12, now(), 'x'), (129, 1, 2, 6, 10, now(), 'x')"
    )
    text = (
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name)"
        " VALUES (%s, 1, 1, 2, 6, 'x', 'x', 'x')"
    )
    assert stage.refusal("casus_acl", text, 128) == ""
    assert stage.refusal("casus_acl", text, 129) == "42501"


@scenario
def nobody_writes_or_erases_a_file_past_the_functions(stage: Stage) -> None:
    for role, who in (("web_inwoner", OWNER), ("web_team", ASSIGNED)):
        for sql in (
            "INSERT INTO casus.document (entry_id, dossier_id, kind, size, sha256) VALUES (101, 1, 1, 1, sha256('x'))",
            "INSERT INTO casus.document_part VALUES (101, 2, 'x')",
            "UPDATE casus.document SET size = 1 WHERE entry_id = 101",
            "UPDATE casus.document_part SET sealed = 'x' WHERE entry_id = 101",
            "DELETE FROM casus.document WHERE entry_id = 101",
            "DELETE FROM casus.document_part WHERE entry_id = 101",
        ):
            assert stage.refusal(role, sql, who=who) == "42501", (role, sql)
    for wrong in ("kind = 0", "kind = 6", "size = 0", "size = 20971521", "sha256 = 'kort'"):
        assert stage.refusal(stage.superuser, f"UPDATE casus.document SET {wrong} WHERE entry_id = 101") == "23514", wrong
    assert stage.refusal(stage.superuser, "UPDATE casus.document SET size = 20971520, kind = 5 WHERE entry_id = 101") == ""
