"""The diary: written by the inwoner alone, read by nobody else until it is shared, and then only from that text on."""

from tests.access import matrix
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, OTHER = PEOPLE["owner"], PEOPLE["owner of another dossier"]
PAGE = public("entry", 114)
WRITE = "SELECT casus.write_page(%s, %s, %s, %s, %s)"
CHANGE = "SELECT casus.change_page(%s, %s, %s, %s)"
SHARE = "SELECT casus.share_page(%s, %s)"
THROW = "SELECT casus.throw_page(%s)"
TEXTS = "SELECT number, title, body, author_id, author_name, written_for FROM casus.entry_version WHERE entry_id = %s ORDER BY number"


def change(stage: Stage, base: int, title: str = "t", body: str = "b", who: Who = OWNER) -> bool:
    """A newer text of the page of the world."""
    return bool(stage.one("web_inwoner", CHANGE, PAGE, base, title, body, who=who))


def share(stage: Stage, with_whom: int) -> None:
    """Who may read the page of the world."""
    stage.ask("web_inwoner", SHARE, PAGE, with_whom, who=OWNER)


def texts_of(stage: Stage, who: Who) -> list[int]:
    """The numbers of the texts of that page which somebody is given; the page itself is there when a text is."""
    role = f"web_{who.face}"
    numbers = [row[0] for row in stage.ask(role, "SELECT number FROM casus.entry_version WHERE entry_id = 114 ORDER BY 1", who=who)]
    found = bool(stage.ask(role, "SELECT FROM casus.entry WHERE id = 114", who=who))
    assert found or not numbers
    return numbers


@scenario
def a_page_is_written_in_the_own_name_and_for_oneself(stage: Stage) -> None:
    number = public("entry", 990)
    assert stage.one("web_inwoner", WRITE, 1, number, 3, "Titel", "Woorden", who=OWNER) is True
    [(made, *row)] = stage.seen(
        "SELECT id, dossier_id, section, leefdomein, kind, author_id, author_name, audience, occurred_at = now() FROM casus.entry WHERE public_id = %s",
        number,
    )
    assert row == [1, 9, 3, 11, 1, "owner Proef", 1, True]
    assert stage.seen(TEXTS, made) == [(1, "Titel", "Woorden", 1, "owner Proef", 1)]
    assert stage.one("web_inwoner", WRITE, 1, number, 3, "Titel", "Andere woorden", who=OWNER) is False
    assert stage.seen(TEXTS, made) == [(1, "Titel", "Woorden", 1, "owner Proef", 1)]


@scenario
def a_newer_text_stands_beside_the_earlier_one(stage: Stage) -> None:
    assert change(stage, 1, "Nieuw", "Anders") is True
    assert stage.seen(TEXTS, 114) == [
        (1, "Titel 114", "Woorden 114", 1, "owner", 1),
        (2, "Nieuw", "Anders", 1, "author", 1),
    ]
    assert change(stage, 1) is False, "somebody wrote on elsewhere"
    assert change(stage, 3) is False
    assert len(stage.seen(TEXTS, 114)) == 2
    share(stage, 2)
    assert change(stage, 2) is True
    assert [row[-1] for row in stage.seen(TEXTS, 114)] == [1, 2, 2]


@scenario
def a_page_belongs_to_who_wrote_it_and_to_nobody_who_acts_for_them(stage: Stage) -> None:
    for act, values in ((CHANGE, (PAGE, 1, "t", "b")), (SHARE, (PAGE, 3)), (THROW, (PAGE,))):
        assert stage.refusal("web_inwoner", act, *values, who=OWNER) == "", act
        for name, who in PEOPLE.items():
            if who.face == "inwoner" and name != "owner":
                assert stage.refusal("web_inwoner", act, *values, who=who) == "MB001", (act, name)
        assert stage.refusal("web_inwoner", act, public("entry", 999), *values[1:], who=OWNER) == "MB001"
    for dossier, who in ((2, OWNER), (1, OTHER), (1, PEOPLE["mandate"]), (1, PEOPLE["grant whole"])):
        assert stage.refusal("web_inwoner", WRITE, dossier, public("entry", 990), 0, "t", "b", who=who) == "MB001", who
    # What is the owner's own and no page of the diary.
    for spoilt in ("kind = 1", "section = 8", "author_id = 10", "author_id = NULL"):

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE casus.entry SET {spoilt} WHERE id = 114")
            stage.seen("CREATE POLICY teeth ON casus.entry FOR UPDATE TO casus_acl USING (true)")
            for act, values in ((CHANGE, (PAGE, 1, "t", "b")), (SHARE, (PAGE, 3)), (THROW, (PAGE,))):
                assert stage.refusal("web_inwoner", act, *values, who=OWNER) == "MB001", (act, spoilt)

        stage.undone(play)


@scenario
def sharing_opens_the_text_of_now_and_taking_back_leaves_nothing(stage: Stage) -> None:
    change(stage, 1)
    professionals, everybody = matrix.TEAM, matrix.TEAM | {"grant whole"}
    # Who represents the inwoner never reads the diary, shared or not.
    others = {name: who for name, who in PEOPLE.items() if name != "owner"}
    for audience, readers in ((1, set()), (2, professionals), (3, everybody), (2, professionals), (1, set())):
        share(stage, audience)
        for name, who in others.items():
            assert texts_of(stage, who) == ([2] if name in readers else []), (name, audience)
        assert texts_of(stage, OWNER) == [1, 2]
    change(stage, 2)
    share(stage, 2)
    for name, who in others.items():
        assert texts_of(stage, who) == ([2, 3] if name in professionals else []), name
    share(stage, 3)
    for name, who in others.items():
        # The text that was for everybody before, and the one of now; what was for professionals is read by them.
        assert texts_of(stage, who) == ([2, 3] if name in everybody else []), name
    assert [row[-1] for row in stage.seen(TEXTS, 114)] == [1, 3, 3]


@scenario
def a_text_for_professionals_is_not_for_a_naaste(stage: Stage) -> None:
    share(stage, 2)
    change(stage, 1)
    share(stage, 3)
    assert [row[-1] for row in stage.seen(TEXTS, 114)] == [2, 3]
    assert texts_of(stage, PEOPLE["assigned"]) == [1, 2]
    assert texts_of(stage, PEOPLE["grant whole"]) == [2]
    assert stage.refusal("web_inwoner", SHARE, PAGE, 4, who=OWNER) == "23514"


@scenario
def a_page_that_nobody_else_could_read_is_thrown_away_whole(stage: Stage) -> None:
    change(stage, 1)
    part = "entry_id, dossier_id, section, leefdomein, audience"
    stage.given(f"INSERT INTO casus.annotation (id, author_id, author_name, {part}) VALUES (-1, 1, 'x', 114, 1, 9, 0, 1)")
    stage.given(
        f"INSERT INTO casus.annotation_version (annotation_id, number, author_id, body, written_for, {part}) VALUES (-1, 1, 1, 'x', 1, 114, 1, 9, 0, 1)"
    )
    for dossier in (1, 2):
        stage.given("INSERT INTO portaal.taking (dossier_id, language) VALUES (%s, 'nl')", dossier)
    for page in (PAGE, public("entry", 115)):
        stage.given(
            "INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (1, 'inwoner', %s, 'x')",
            f"/dossier/{public('dossier', 1)}/notitie/{page}/reactie",
        )
    counts = {table: f"SELECT count(*) FROM casus.{table}" for table in ("entry", "entry_version", "annotation", "annotation_version")}
    before = {table: stage.value(count) for table, count in counts.items()}
    assert stage.one("web_inwoner", THROW, PAGE, who=OWNER) is True
    gone = {"entry": 0, "entry_version": 2, "annotation": 1, "annotation_version": 1}
    assert {table: before[table] - stage.value(count) for table, count in counts.items()} == gone
    assert stage.seen("SELECT author_id, author_name, audience FROM casus.entry WHERE id = 114") == [(None, "", 1)]
    assert stage.seen("SELECT dossier_id FROM portaal.taking") == [(2,)]
    assert [str(PAGE) in key for (key,) in stage.seen("SELECT form_key FROM portaal.typed_text")] == [False]
    for name, who in PEOPLE.items():
        assert stage.ask(f"web_{who.face}", "SELECT FROM casus.entry WHERE id = 114", who=who) == [], name
    assert stage.refusal("web_inwoner", THROW, PAGE, who=OWNER) == "MB001"


@scenario
def a_page_that_somebody_else_could_read_stays(stage: Stage) -> None:
    share(stage, 2)
    assert stage.one("web_inwoner", THROW, PAGE, who=OWNER) is False
    share(stage, 1)
    change(stage, 1)
    assert stage.one("web_inwoner", THROW, PAGE, who=OWNER) is False
    assert len(stage.seen(TEXTS, 114)) == 2


@scenario
def what_is_done_to_a_page_is_done_to_no_other(stage: Stage) -> None:
    stage.ask("web_inwoner", WRITE, 1, public("entry", 990), 0, "t", "b", who=OWNER)
    other = stage.value("SELECT id FROM casus.entry WHERE public_id = %s", public("entry", 990))
    for base in (1, 2):
        stage.ask("web_inwoner", CHANGE, public("entry", 990), base, "t", "b", who=OWNER)
    part = "entry_id, dossier_id, section, leefdomein, audience"
    stage.given(f"INSERT INTO casus.annotation (id, author_id, author_name, {part}) VALUES (-1, 1, 'x', %s, 1, 9, 0, 1)", other)
    stage.given(
        f"INSERT INTO casus.annotation_version (annotation_id, number, author_id, body, written_for, {part}) VALUES (-1, 1, 1, 'x', 1, %s, 1, 9, 0, 1)",
        other,
    )

    def untouched() -> None:
        assert [row[-1] for row in stage.seen(TEXTS, other)] == [1, 1, 1]
        assert stage.seen("SELECT author_id, audience FROM casus.entry WHERE id = %s", other) == [(1, 1)]
        for table in ("annotation", "annotation_version"):
            assert len(stage.seen(f"SELECT FROM casus.{table} WHERE entry_id = %s", other)) == 1

    assert change(stage, 1) is True
    untouched()

    def thrown() -> None:
        assert stage.one("web_inwoner", THROW, PAGE, who=OWNER) is True
        untouched()

    stage.undone(thrown)
    share(stage, 2)
    assert [row[-1] for row in stage.seen(TEXTS, 114)] == [1, 2]
    untouched()


@scenario
def the_logs_are_the_owners_alone_and_tell_of_pages_too(stage: Stage) -> None:
    stage.given("UPDATE casus.entry SET audience = 3 WHERE id = 114")
    stage.given("UPDATE casus.entry SET kind = 10, audience = 3 WHERE id = 112")
    stage.given(
        "INSERT INTO casus.entry (id, dossier_id, section, kind, occurred_at, author_id, author_name) VALUES (-2, 1, 9, 11, now(), 10, 'x')"
    )
    for entry in (114, 112, -2, None):
        read = "at, dossier_id, entry_id, what, shown, shown_entries, reader_name, reader_role, ground, program"
        stage.given(f"INSERT INTO casus.read_log ({read}, xid) VALUES (now(), 1, %s, 'notitie', 0, '{{}}', 'x', 'x', 'x', 'x', '1')", entry)
        stage.given(
            f"INSERT INTO casus.imported_read_line ({read}, ground_detail, source) VALUES (now(), 1, %s, 'notitie', 0, '{{}}', 'x', 'x', 'x', 'x',"
            " '', 'x')",
            entry,
        )
        change_line = "at, dossier_id, entry_id, event, person_name, person_role, program"
        stage.given(f"INSERT INTO casus.change_log ({change_line}) VALUES (now(), 1, %s, 'diary.test', 'x', 'x', 'x')", entry)
        stage.given(
            f"INSERT INTO casus.imported_change_line ({change_line}, source) VALUES (now(), 1, %s, 'diary.test', 'x', 'x', 'x', 'x')", entry
        )
    stage.given(
        "INSERT INTO casus.entry (id, dossier_id, section, kind, occurred_at, author_id, author_name) VALUES (-3, 2, 9, 11, now(), 2, 'x')"
    )
    for who, pages in ((OWNER, []), (PEOPLE["mandate"], [-2, 114, 115]), (OTHER, []), (PEOPLE["grant whole"], [])):
        assert sorted(stage.one("web_inwoner", "SELECT acl.others_diaries()", who=who)) == pages, who
    for table in ("read_log", "imported_read_line", "change_log", "imported_change_line"):
        asked = f"SELECT coalesce(entry_id, 0) FROM casus.{table} WHERE at = now() ORDER BY 1"
        for who, expected in ((OWNER, [-2, 0, 112, 114]), (PEOPLE["mandate"], []), (OTHER, [])):
            assert [row[0] for row in stage.ask("web_inwoner", asked, who=who)] == expected, (table, who)


@scenario
def the_definer_touches_only_pages_of_a_diary(stage: Stage) -> None:
    entry = "INSERT INTO casus.entry (dossier_id, section, kind, audience, occurred_at, author_id, author_name) VALUES (1, %s, %s, %s, now(), 1, 'x')"
    for section, kind, audience, refusal in ((9, 11, 1, ""), (2, 11, 1, "42501"), (9, 10, 1, "42501"), (9, 11, 2, "42501")):
        assert stage.refusal("casus_acl", entry, section, kind, audience) == refusal, (section, kind, audience)
    version = (
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)"
        " VALUES (%s, 2, 1, %s, %s, 't', 'b', 1, 'x')"
    )
    for number, section, leefdomein, refusal in ((114, 9, 0, ""), (112, 2, 6, "42501")):
        assert stage.refusal("casus_acl", version, number, section, leefdomein) == refusal, number
    part = "dossier_id, section, leefdomein, audience"
    for place, (number, where) in enumerate(((114, "1, 9, 0, 1"), (112, "1, 2, 6, 1")), start=1):
        stage.given(
            f"INSERT INTO casus.annotation (id, author_id, author_name, entry_id, {part}) VALUES (%s, 1, 'x', %s, {where})", -place, number
        )
        stage.given(
            f"INSERT INTO casus.annotation_version (annotation_id, number, author_id, body, written_for, entry_id, {part})"
            f" VALUES (%s, 1, 1, 'x', 1, %s, {where})",
            -place,
            number,
        )
    for act, there in (
        ("UPDATE casus.entry SET audience = 1 WHERE id IN (112, 114)", 1),
        ("UPDATE casus.entry_version SET written_for = 1 WHERE entry_id IN (112, 114)", 1),
        ("SELECT entry_id FROM casus.annotation WHERE entry_id IN (112, 114)", 1),
        # How long a dossier is kept counts from the last text of any kind, so the dates of all are read (66_destruction.sql).
        ("SELECT entry_id FROM casus.annotation_version WHERE entry_id IN (112, 114)", 2),
        ("DELETE FROM casus.annotation_version WHERE entry_id IN (112, 114)", 1),
        ("DELETE FROM casus.annotation WHERE entry_id IN (112, 114)", 1),
    ):
        assert len(stage.ask("casus_acl", act)) == there, act
    stage.seen("CREATE POLICY teeth ON casus.annotation FOR SELECT TO casus_acl USING (true)")
    stage.seen("CREATE POLICY teeth ON casus.annotation_version FOR SELECT TO casus_acl USING (true)")
    assert len(stage.ask("casus_acl", "DELETE FROM casus.annotation_version WHERE entry_id = 112")) == 0
    assert len(stage.ask("casus_acl", "DELETE FROM casus.annotation WHERE entry_id = 112")) == 0
    stage.given("UPDATE casus.entry_version SET written_for = 1 WHERE entry_id = 112")
    assert len(stage.ask("casus_acl", "DELETE FROM casus.entry_version WHERE entry_id IN (112, 114)")) == 1
    stage.given(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name, written_for)"
        " VALUES (114, 1, 1, 9, 0, 't', 'b', 'x', 2)"
    )
    assert len(stage.ask("casus_acl", "DELETE FROM casus.entry_version WHERE entry_id = 114")) == 0
    assert stage.refusal("casus_acl", "UPDATE casus.entry SET audience = 2, author_id = 1 WHERE id = 114") == ""
    stage.seen("GRANT UPDATE (kind) ON casus.entry TO casus_acl")
    stage.seen("GRANT UPDATE (section) ON casus.entry_version TO casus_acl")
    assert stage.refusal("casus_acl", "UPDATE casus.entry SET kind = 10 WHERE id = 114") == "42501"
    assert stage.refusal("casus_acl", "UPDATE casus.entry_version SET section = 2 WHERE entry_id = 114") == "42501"
