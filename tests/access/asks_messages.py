"""Messages: read and written by the inwoner and who works in the dossier; what waits is settled by what was on the page."""

from tests.access.hired import account
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, ASSIGNED, SUBSTITUTE = PEOPLE["owner"], PEOPLE["assigned"], PEOPLE["substitute"]
OTHER_OWNER = PEOPLE["owner of another dossier"]
READ = "SELECT id FROM casus.message ORDER BY id"
WRITE = "SELECT casus.write_message(%s, %s, %s, %s)"
SETTLE = "SELECT casus.settle_messages(%s, %s)"
READERS = "SELECT name, relation, detail, away_until FROM acl.message_readers(1)"
NEW = public("message", 9)


def readers(stage: Stage, who: Who) -> list[tuple[object, ...]]:
    """Who is said to read, and for how many days more they are away."""
    today = stage.value("SELECT acl.today()")
    return [(*row, until and (until - today).days) for *row, until in stage.ask("web_inwoner", READERS, who=who)]


def read(stage: Stage, who: Who) -> list[int]:
    """Which messages somebody reads."""
    return [row[0] for row in stage.ask(f"web_{who.face}", READ, who=who)]


@scenario
def a_conversation_is_of_one_dossier_and_of_who_takes_part_today(stage: Stage) -> None:
    assert read(stage, OWNER) == read(stage, SUBSTITUTE) == [1, 2]
    assert read(stage, OTHER_OWNER) == read(stage, PEOPLE["assigned elsewhere"]) == [3]
    for name in ("mandate", "grant whole", "team lead", "assigned before"):
        assert read(stage, PEOPLE[name]) == [], name
    # Who works no more in the dossier reads nothing of it, what one wrote oneself neither.
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE dossier_id = 1 AND staff_id = 40")
    assert read(stage, ASSIGNED) == read(stage, SUBSTITUTE) == []
    assert stage.refusal("web_team", WRITE, 1, NEW, "Dag", None, who=ASSIGNED) == "MB001"
    assert stage.one("web_team", SETTLE, 1, public("message", 2), who=ASSIGNED) is False


@scenario
def out_of_sight_or_through_other_eyes_there_are_no_messages(stage: Stage) -> None:
    def look() -> None:
        stage.given("SELECT set_config('casus.preview', '20', true)")
        assert read(stage, OWNER) == []
        assert readers(stage, OWNER) == []
        assert stage.refusal("web_inwoner", WRITE, 1, NEW, "Dag", None, who=OWNER) == "MB001"

    stage.undone(look)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    assert read(stage, OWNER) == []
    assert readers(stage, OWNER) == []
    assert stage.refusal("web_inwoner", WRITE, 1, NEW, "Dag", None, who=OWNER) == "MB001"
    assert read(stage, ASSIGNED) == [1, 2]
    account(stage, 1, "inwoner")
    assert stage.one("web_team", WRITE, 1, NEW, "Dag", None, who=ASSIGNED) is True
    assert stage.seen("SELECT FROM portaal.outbox") == []


@scenario
def the_inwoner_writes_in_the_own_name_and_waits(stage: Stage) -> None:
    account(stage, 1, "inwoner")
    assert stage.one("web_inwoner", WRITE, 1, NEW, "Dag\nallemaal", public("message", 2), who=OWNER) is True
    made = "SELECT dossier_id, author_id, author_name, from_team, body, sent_at >= now(), settled_at, settled_name FROM casus.message WHERE public_id = %s"
    assert stage.seen(made, NEW) == [(1, 1, "owner Proef", False, "Dag\nallemaal", True, None, None)]
    assert stage.value("SELECT count(*) FROM casus.message WHERE settled_at IS NOT NULL") == 0
    assert stage.seen("SELECT FROM portaal.outbox") == []
    # Sent twice, it is written once; and nobody writes over another message.
    assert stage.one("web_inwoner", WRITE, 1, NEW, "Nog eens", None, who=OWNER) is False
    assert stage.one("web_team", WRITE, 1, NEW, "Nog eens", public("message", 2), who=ASSIGNED) is False
    assert stage.value("SELECT body FROM casus.message WHERE public_id = %s", NEW) == "Dag\nallemaal"
    assert stage.value("SELECT count(*) FROM casus.message WHERE settled_at IS NOT NULL") == 0
    assert stage.seen("SELECT FROM portaal.outbox") == []
    assert stage.refusal("web_inwoner", WRITE, 1, public("message", 8), "", None, who=OWNER) == "23514"
    for name in ("mandate", "grant whole", "owner of another dossier"):
        assert stage.refusal("web_inwoner", WRITE, 1, public("message", 8), "Dag", None, who=PEOPLE[name]) == "MB001", name
    for name in ("team lead", "assigned elsewhere", "assigned before"):
        assert stage.refusal("web_team", WRITE, 1, public("message", 8), "Dag", None, who=PEOPLE[name]) == "MB001", name


@scenario
def nobody_writes_to_a_team_in_which_nobody_reads_it(stage: Stage) -> None:
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE dossier_id = 1")
    assert readers(stage, OWNER) == []
    assert stage.refusal("web_inwoner", WRITE, 1, NEW, "Dag", None, who=OWNER) == "MB071"


@scenario
def the_team_answers_and_the_inwoner_is_told_that_there_is_something(stage: Stage) -> None:
    account(stage, 1, "inwoner")
    assert stage.one("web_team", WRITE, 1, NEW, "Ik kom langs", public("message", 2), who=SUBSTITUTE) is True
    made = "SELECT dossier_id, author_id, author_name, from_team, body, settled_at FROM casus.message WHERE public_id = %s"
    assert stage.seen(made, NEW) == [(1, SUBSTITUTE.person, "substitute Proef", True, "Ik kom langs", None)]
    settled = "SELECT id, settled_name, settled_at >= now() FROM casus.message WHERE settled_at IS NOT NULL"
    assert stage.seen(settled) == [(2, "substitute Proef", True)]
    assert stage.seen("SELECT template, to_whom, address, person_id, topic FROM portaal.outbox") == [
        ("nieuws", "inwoner", "naam1@voorbeeld.nl", 1, "bericht")
    ]


@scenario
def only_what_was_on_the_page_is_settled(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.message (id, public_id, dossier_id, author_id, author_name, from_team, body) OVERRIDING SYSTEM VALUE"
        " VALUES (4, %s, 1, 1, 'owner', false, 'Nog iets'), (5, %s, 1, 40, 'assigned', true, 'Ja')",
        public("message", 4),
        public("message", 5),
    )
    waits = "SELECT id FROM casus.message WHERE NOT from_team AND settled_at IS NULL ORDER BY id"
    assert stage.one("web_team", SETTLE, 1, None, who=ASSIGNED) is False
    # The last one shown is of this dossier, and so is what waits.
    assert stage.one("web_team", SETTLE, 1, public("message", 3), who=ASSIGNED) is False
    assert stage.one("web_team", SETTLE, 2, public("message", 3), who=ASSIGNED) is False
    assert stage.one("web_team", SETTLE, 1, public("message", 2), who=PEOPLE["assigned elsewhere"]) is False
    assert stage.seen(waits) == [(2,), (3,), (4,)]
    assert stage.one("web_team", SETTLE, 1, public("message", 2), who=ASSIGNED) is True
    assert stage.seen(waits) == [(3,), (4,)]
    stage.given("UPDATE casus.message SET settled_at = '2026-01-01', settled_name = 'x' WHERE id = 2")
    assert stage.one("web_team", SETTLE, 1, public("message", 2), who=ASSIGNED) is False, "settled before"
    # Who works in two dossiers settles in the one that was asked.
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (2, 40, 'x', acl.today())")
    assert stage.one("web_team", SETTLE, 1, public("message", 3), who=ASSIGNED) is False
    assert stage.one("web_team", SETTLE, 1, public("message", 5), who=ASSIGNED) is True
    assert stage.seen("SELECT id, settled_name FROM casus.message WHERE settled_at IS NOT NULL ORDER BY id") == [
        (2, "x"),
        (4, "assigned Proef"),
    ]
    assert stage.seen("SELECT id FROM casus.message WHERE from_team AND settled_at IS NOT NULL") == []


@scenario
def the_inwoner_knows_who_reads_and_who_is_away(stage: Stage) -> None:
    everybody = readers(stage, OWNER)
    assert ("assigned Proef", "professional", "vaste professional", 2) in everybody
    assert ("substitute Proef", "waarnemer", "assigned Proef", None) in everybody
    assert {row[1] for row in everybody} == {"professional", "waarnemer"}
    names = [row[0] for row in everybody]
    assert "assigned before Proef" not in names
    assert [row[1] for row in everybody] == sorted(str(row[1]) for row in everybody), "who stands in comes last"
    for who in (PEOPLE["mandate"], PEOPLE["grant whole"], OTHER_OWNER):
        assert readers(stage, who) == [], who
    # The last and the first day, and the day after and before; of more than one the longest.
    for begins, ends, away in ((0, 3, 3), (-3, 0, 0), (1, 3, None), (-3, -1, None)):

        def play(begins: int = begins, ends: int = ends, away: int | None = away) -> None:
            stage.given("DELETE FROM casus.absence")
            stage.given(
                "INSERT INTO casus.absence (staff_id, from_date, until_date) VALUES (40, acl.today() + %s, acl.today() + %s)", begins, ends
            )
            stage.given("INSERT INTO casus.absence (staff_id, from_date, until_date) VALUES (46, acl.today(), acl.today() + 9)")
            assert ("assigned Proef", "professional", "vaste professional", away) in readers(stage, OWNER)

        stage.undone(play)
