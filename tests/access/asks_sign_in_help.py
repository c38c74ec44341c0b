"""Who can't sign in: what is asked is written down for whom it may concern, and answered the same; and the own melding once it has a dossier."""

from datetime import date
from typing import Any

from tests.access.asks_door import melding
from tests.access.asks_sign_in import ME, THERE, attempt
from tests.access.hired import LEAD, WORKER, account
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

BORN = date(1980, 1, 1)
ASK = "SELECT portaal.ask_sign_in_help('telefoon', %s, %s, %s, 'bel mijn zus', %s, %s)"


def ask(stage: Stage, name: str, born: date = BORN, username: str = "") -> int | None:
    """Somebody asks for help; gives whose it was taken for."""
    assert stage.one("web_inwoner", ASK, name, born, username, ME, THERE) == 0
    [row] = stage.seen("SELECT lost, name, birth_date, username, reach, handled_at, person_id FROM portaal.sign_in_request")
    assert row[:6] == ("telefoon", name, born, username, "bel mijn zus", None)
    [line] = stage.seen("SELECT step, account_id, accepted FROM portaal.sign_in_attempt")
    assert line == ("hulp", None, False)
    stage.given("DELETE FROM portaal.sign_in_request")
    stage.given("DELETE FROM portaal.sign_in_attempt")
    return None if row[6] is None else int(row[6])


@scenario
def whose_a_request_may_be(stage: Stage) -> None:
    account(stage, 1, "inwoner")
    account(stage, 2, "onafhankelijk")
    other = date(1970, 2, 2)
    for name, born, username, whose in (
        ("OWNER Proef", BORN, "", 1),
        ("Iemand", BORN, "NAAM1", 1),
        ("owner Proef", other, "naam1", None),
        ("Iemand", BORN, "naam2", None),
        ("Iemand", BORN, "", None),
        ("third Proef", BORN, "naam1", None),
    ):
        assert ask(stage, name, born, username) == whose, (name, born, username)


@scenario
def who_asks_too_often_waits_and_nothing_is_written(stage: Stage) -> None:
    for _ in range(5):
        attempt(stage, "hulp", None)
    assert stage.one("web_inwoner", ASK, "owner Proef", BORN, "", ME, THERE) > 0
    assert stage.value("SELECT count(*) FROM portaal.sign_in_request") == 0


def request(stage: Stage, number: int, whose: int | None, handled: bool = False) -> None:
    """A request that was made."""
    stage.given(
        "INSERT INTO portaal.sign_in_request (public_id, lost, name, birth_date, username, reach, person_id, handled_at, handled_by, outcome)"
        " VALUES (%s, 'allebei', %s, '1980-01-01', 'u', 'r', %s, CASE WHEN %s THEN now() END, CASE WHEN %s THEN 40 END, CASE WHEN %s THEN 'niets' END)",
        public("request", number), f"Vraag {number}", whose, handled, handled, handled,
    )  # fmt: skip


LIST = "SELECT name, dossier FROM portaal.sign_in_requests()"


def listed(stage: Stage, who: Who) -> list[tuple[Any, ...]]:
    """What waits for somebody."""
    return stage.ask("web_team", LIST, who=who)


@scenario
def a_request_waits_for_who_works_there_or_for_a_team_lead(stage: Stage) -> None:
    for number, whose, handled in ((1, 1, False), (2, 2, False), (3, None, False), (4, 1, True), (5, None, True)):
        request(stage, number, whose, handled)
    own = ("Vraag 1", public("dossier", 1))
    for name, expected in (
        ("assigned", [own]),
        ("substitute", [own]),
        ("other team", []),
        ("administrator", []),
        ("team lead", [("Vraag 3", None)]),
        ("team lead, assigned", [own, ("Vraag 3", None)]),
        ("assigned elsewhere", [("Vraag 2", public("dossier", 2))]),
    ):
        assert listed(stage, PEOPLE[name]) == expected, name
    [row] = stage.ask("web_team", "SELECT * FROM portaal.sign_in_requests()", who=WORKER)
    assert row[0] == public("request", 1)
    assert row[2:7] == ("allebei", "Vraag 1", BORN, "u", "r")


@scenario
def who_has_nobody_left_is_seen_by_a_team_lead(stage: Stage) -> None:
    request(stage, 2, 2)
    for day, seen in (
        ("valid_until = acl.today()", False),
        ("valid_until = acl.today() - 1", True),
        ("valid_until = NULL", False),
        ("valid_from = acl.today() + 1", True),
        ("valid_from = acl.today()", False),
    ):

        def play(day: str = day, seen: bool = seen) -> None:
            stage.given(f"UPDATE casus.assignment SET {day} WHERE dossier_id = 2")
            assert listed(stage, LEAD) == ([("Vraag 2", None)] if seen else []), day
            assert listed(stage, PEOPLE["other team"]) == []

        stage.undone(play)


@scenario
def who_read_a_request_is_written_down(stage: Stage) -> None:
    for number, whose, handled in ((1, 1, False), (2, 2, False), (3, 1, True), (4, 1, False)):
        request(stage, number, whose, handled)
    lines = (
        "SELECT r.name, l.staff_id, l.staff_name, l.at = now() FROM portaal.sign_in_request_read l"
        " JOIN portaal.sign_in_request r ON r.id = l.request_id ORDER BY l.id"
    )
    assert len(listed(stage, WORKER)) == 2
    mine = [(name, WORKER.person, "assigned Proef", True) for name in ("Vraag 1", "Vraag 4")]
    assert sorted(stage.seen(lines)) == mine
    stage.ask("web_team", "SELECT portaal.handle_sign_in_request(%s, 'brief')", public("request", 4), who=WORKER)
    assert sorted(stage.seen(lines)) == mine, "deciding is not reading"
    listed(stage, WORKER)
    assert len(stage.seen(lines)) == 3, "each time again"
    assert stage.refusal("web_team", "SELECT FROM portaal.sign_in_request_read", who=WORKER) == "42501"


@scenario
def a_request_is_decided_about_by_whom_it_waits_for(stage: Stage) -> None:
    for number, whose in ((1, 1), (2, 2), (3, 1)):
        request(stage, number, whose)
    handle = "SELECT portaal.handle_sign_in_request(%s, 'brief')"
    rows = "SELECT name, handled_at = now(), handled_by, outcome FROM portaal.sign_in_request WHERE handled_at IS NOT NULL"
    for who, number in ((LEAD, 1), (PEOPLE["other team"], 1), (WORKER, 2), (WORKER, 9)):
        stage.ask("web_team", handle, public("request", number), who=who)
        assert stage.seen(rows) == [], (who, number)
    stage.ask("web_team", handle, public("request", 1), who=WORKER)
    assert stage.seen(rows) == [("Vraag 1", True, WORKER.person, "brief")]


@scenario
def the_own_melding_stays_in_sight_once_there_is_a_dossier(stage: Stage) -> None:
    stage.given("DELETE FROM casus.melding_event")
    stage.given("DELETE FROM casus.melding")
    for number, dossier in ((801, 1), (802, 2), (803, None)):
        melding(stage, number, dossier=dossier)
        for event in ("ontvangen", "gesprek", "samengevoegd", "opzij", "heropend"):
            stage.given("INSERT INTO casus.melding_event (melding_id, event) VALUES (%s, %s)", number, event)
    owners = {"owner": [801], "mandate": [801], "owner of another dossier": [802]}
    for name in ("owner", "mandate", "owner of another dossier", "mandate ended", "grant whole", "no grant"):
        who = PEOPLE[name]
        numbers = owners.get(name, [])
        assert stage.ask("web_inwoner", "SELECT id FROM casus.melding", who=who) == [(number,) for number in numbers], name
        events = stage.ask("web_inwoner", "SELECT melding_id, event FROM casus.melding_event ORDER BY id", who=who)
        assert events == [(number, event) for number in numbers for event in ("ontvangen", "gesprek")], name
    assert stage.ask("web_inwoner", "SELECT id FROM casus.melding") == []
