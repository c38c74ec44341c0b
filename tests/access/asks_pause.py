"""A dossier out of sight: for everybody outside the team it isn't there, nothing is sent, and only a professional brings it back."""

from tests.access.asks_sharing import grant
from tests.access.hired import account
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, NAASTE, ASSIGNED = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["grant whole"], PEOPLE["assigned"]
PAUSE = "SELECT casus.pause_dossier(%s, %s)"
RESUME = "SELECT casus.resume_dossier(%s)"
OF = "SELECT since = now(), by_way FROM casus.pause_of(%s)"
A, B = public("dossier", 1), public("dossier", 2)
CORNERS = (
    "casus.dossier", "casus.entry", "casus.entry_version", "casus.annotation", "casus.annotation_version", "casus.inwoner",
    "casus.household_member", "casus.mandate", "casus.assignment", "casus.read_log", "casus.change_log", "casus.melding",
)  # fmt: skip


def seen_of(stage: Stage, who: Who, dossier: int = 1) -> int:
    """How many rows of a dossier somebody reads."""
    return len(stage.ask(f"web_{who.face}", "SELECT FROM casus.entry WHERE dossier_id = %s", dossier, who=who))


@scenario
def the_inwoner_puts_the_own_dossier_out_of_sight_of_everybody_outside_the_team(stage: Stage) -> None:
    before = seen_of(stage, ASSIGNED)
    for who in (OWNER, MANDATE, NAASTE):
        assert seen_of(stage, who), who
    assert stage.one("web_inwoner", PAUSE, A, "portaal", who=OWNER) is True
    for who in (OWNER, MANDATE, NAASTE, PEOPLE["grant entry"], PEOPLE["grant section"], PEOPLE["grant leefdomein"]):
        for table in CORNERS:
            if table == "casus.melding":
                query = "SELECT FROM casus.melding WHERE dossier_id = 1"
            elif table == "casus.inwoner":
                query = "SELECT FROM casus.inwoner WHERE person_id = 1"
            elif table == "casus.dossier":
                query = "SELECT FROM casus.dossier WHERE id = 1"
            else:
                query = f"SELECT FROM {table} WHERE dossier_id = 1"
            assert stage.ask("web_inwoner", query, who=who) == [], (who, table)
        assert stage.ask("web_inwoner", "SELECT acl.any_dossiers(), acl.closed_entries()", who=who)[0][0] in ([], [2]), who
    assert seen_of(stage, ASSIGNED) == before
    assert stage.seen("SELECT dossier_id, way, began_by, began_at = now(), ended_by, ended_at FROM casus.pause") == [
        (1, "portaal", 1, True, None, None)
    ]
    assert stage.seen("SELECT dossier_id, event, subject_id FROM casus.change_log WHERE event LIKE 'dossier.pause%%'") == [
        (1, "dossier.paused", 1)
    ]
    # What is gone can't be put away again.
    assert stage.one("web_inwoner", PAUSE, A, "portaal", who=OWNER) is False


@scenario
def only_that_one_dossier_goes_and_what_is_over_is_over(stage: Stage) -> None:
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'portaal', 2)")
    for who in (OWNER, MANDATE, NAASTE):
        assert seen_of(stage, who), who
    assert seen_of(stage, PEOPLE["owner of another dossier"], 2) == 0
    assert stage.one("web_team", RESUME, A, who=ASSIGNED) is False
    stage.given("UPDATE casus.pause SET dossier_id = 1, ended_at = now(), ended_by = 40")
    for who in (OWNER, MANDATE, NAASTE):
        assert seen_of(stage, who), who
    assert stage.ask("web_team", OF, A, who=ASSIGNED) == []


@scenario
def a_professional_does_it_when_called_and_brings_it_back(stage: Stage) -> None:
    for way in ("telefoon", "oco"):

        def play(way: str = way) -> None:
            assert stage.ask("web_team", OF, A, who=ASSIGNED) == []
            assert stage.one("web_team", PAUSE, A, way, who=ASSIGNED) is True
            assert stage.one("web_team", PAUSE, A, way, who=ASSIGNED) is True, "asked twice"
            assert stage.value("SELECT count(*) FROM casus.pause") == 1
            assert stage.value("SELECT count(*) FROM casus.change_log WHERE event = 'dossier.paused'") == 1
            assert stage.ask("web_team", OF, A, who=ASSIGNED) == [(True, way)]
            assert seen_of(stage, OWNER) == 0
            stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'portaal', 2)")
            assert stage.one("web_team", RESUME, A, who=ASSIGNED) is True
            assert stage.one("web_team", RESUME, A, who=ASSIGNED) is False, "already back"
            assert seen_of(stage, OWNER) > 0
            assert stage.ask("web_team", OF, A, who=ASSIGNED) == []
            assert stage.seen("SELECT dossier_id, ended_by, ended_at = now() FROM casus.pause ORDER BY 1") == [
                (1, 40, True),
                (2, None, None),
            ]
            assert stage.seen("SELECT dossier_id, subject_id FROM casus.change_log WHERE event = 'dossier.resumed'") == [(1, 1)]
            assert stage.one("web_team", PAUSE, A, way, who=ASSIGNED) is True, "a second time"

        stage.undone(play)
    # Nobody's own way is somebody else's.
    assert stage.one("web_team", PAUSE, A, "portaal", who=ASSIGNED) is False
    assert stage.one("web_inwoner", PAUSE, A, "telefoon", who=OWNER) is False
    assert stage.refusal("web_team", PAUSE, A, "anders", who=ASSIGNED) == "23514"
    assert stage.one("web_inwoner", PAUSE, B, "portaal", who=OWNER) is False
    assert stage.one("web_team", PAUSE, B, "telefoon", who=PEOPLE["substitute"]) is False
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'portaal', 2)")
    assert stage.ask("web_team", OF, B, who=PEOPLE["substitute"]) == []
    assert stage.one("web_team", RESUME, B, who=PEOPLE["substitute"]) is False
    # Who works in both brings back the one.
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (2, 40, 'x', current_date)")
    assert stage.ask("web_team", OF, A, who=ASSIGNED) == []
    assert stage.one("web_team", RESUME, A, who=ASSIGNED) is False
    stage.one("web_team", PAUSE, A, "oco", who=ASSIGNED)
    for dossier in (B, A):
        assert stage.one("web_team", RESUME, dossier, who=ASSIGNED) is True
        assert stage.ask("web_team", OF, dossier, who=ASSIGNED) == []
        assert len(stage.ask("web_team", OF, A, who=ASSIGNED)) == (dossier == B)


@scenario
def nothing_about_it_is_sent_and_what_waited_is_gone(stage: Stage) -> None:
    mail = "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, sent_at) VALUES (%s, 'nl', 'inwoner', %s, %s, %s)"
    for template in ("nieuws", "toegang", "mailcode"):
        stage.given(mail, template, "a@example.nl", 1, None)
    stage.given(mail, "nieuws", "b@example.nl", 2, None)
    stage.given(mail, "nieuws", None, 1, "2026-01-01")
    # Nor is who reads along told that something changed.
    stage.given("INSERT INTO portaal.access_change VALUES (20, now()), (27, now())")
    stage.one("web_inwoner", PAUSE, A, "portaal", who=OWNER)
    assert stage.seen("SELECT person_id FROM portaal.access_change") == [(27,)]
    left = "SELECT template, person_id, address IS NOT NULL FROM portaal.outbox WHERE person_id IN (1, 2) AND template IN ('nieuws', 'toegang', 'mailcode')"
    assert sorted(stage.seen(left)) == [("mailcode", 1, True), ("nieuws", 1, False), ("nieuws", 2, True)]
    goes = "SELECT template, portaal.mail_may_go(o) FROM portaal.outbox o WHERE person_id = 1 AND address IS NOT NULL ORDER BY 1"
    stage.given("UPDATE casus.inwoner SET safe_contact = '' WHERE person_id = 1")
    stage.given("UPDATE casus.melding SET safe_mail = NULL, safe_post = NULL WHERE dossier_id = 1")
    stage.given(mail, "inloggen", "a@example.nl", 1, None)
    stage.given(mail, "nieuws", "a@example.nl", 1, None)
    assert stage.seen(goes) == [("inloggen", True), ("mailcode", True), ("nieuws", False)]
    letter = (
        "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, person_id)"
        " VALUES (gen_random_uuid(), 'x', 'nl', 'inwoner', '', '{Straat 1}', %s)"
        " RETURNING portaal.letter_may_go(letter)"
    )
    assert stage.given(letter, 1) == [(False,)]
    assert stage.given(letter, 3) == [(True,)]
    count = "SELECT count(*) FROM portaal.outbox WHERE person_id = 1"
    account(stage, 1, "inwoner")
    grant(stage, 901, 20, valid_until="acl.today() + 3")
    before = stage.value(count)
    for told in ("casus.tell_owner(1, 'antwoord')", "portaal.remind_of_access()"):
        stage.seen(f"SELECT {told}")
        assert stage.value(count) == before, told
    assert stage.value("SELECT reminded_until FROM casus.access_grant WHERE id = 901") is None
    stage.one("web_team", RESUME, A, who=ASSIGNED)
    for more, told in enumerate(("casus.tell_owner(1, 'antwoord')", "portaal.remind_of_access()"), start=1):
        stage.seen(f"SELECT {told}")
        assert stage.value(count) == before + more, told
    stage.given("DELETE FROM portaal.outbox WHERE person_id = 1 AND template IN ('nieuws', 'toegang') AND address <> 'a@example.nl'")
    assert stage.seen(goes) == [("inloggen", True), ("mailcode", True), ("nieuws", True)]


@scenario
def a_melding_that_became_the_dossier_is_out_of_sight_with_it(stage: Stage) -> None:
    ask = "SELECT casus.is_paused(%s, %s)"
    stage.given("INSERT INTO casus.melding (id, number, channel, for_whom, dossier_id) VALUES (501, 'M-AAAA-0999', 'website', 'zelf', 1)")
    assert stage.value(ask, 1, 501) is False
    stage.one("web_inwoner", PAUSE, A, "portaal", who=OWNER)
    assert stage.value(ask, 1, None) is True
    assert stage.value(ask, None, 501) is True
    assert stage.value(ask, 2, None) is False
    stage.given("UPDATE casus.melding SET dossier_id = NULL WHERE id = 501")
    assert stage.value(ask, 2, 501) is False


@scenario
def who_can_read_an_entry_names_nobody_outside_the_team_then(stage: Stage) -> None:
    names = "SELECT relation FROM acl.who_can_read(101)"
    assert {"inwoner", "naaste", "vertegenwoordiger"} <= {row[0] for row in stage.ask("web_team", names, who=ASSIGNED)}
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (1, 'oco', 40, 40, now())")
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'oco', 40)")
    assert "inwoner" in {row[0] for row in stage.ask("web_team", names, who=ASSIGNED)}
    stage.one("web_team", PAUSE, A, "oco", who=ASSIGNED)
    assert {row[0] for row in stage.ask("web_team", names, who=ASSIGNED)} == {"professional", "waarnemer", "programma"}
