"""What the inwoner closes and opens again, reading in an emergency, and looking through somebody else's eyes: exactly, with decoys."""

from typing import Any

from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED, SUBSTITUTE = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["assigned"], PEOPLE["substitute"]
RESPONSIBLE, LEAD, LEAD_AWAY = PEOPLE["team lead, assigned"], PEOPLE["team lead"], PEOPLE["team lead, substitute"]
URGENT = PEOPLE["assigned, in an emergency"]
CLOSE = "SELECT acl.close_entry(%s, %s, %s)"
KEPT = public("entry", 116)


def sees(stage: Stage, who: Who, entry: int) -> bool:
    """Whether somebody reads this entry."""
    return bool(stage.ask(f"web_{who.face}", "SELECT FROM casus.entry WHERE id = %s", entry, who=who))


def people(stage: Stage, entry: int = 101) -> list[tuple[str, str, bool]]:
    """For whom the owner can close an entry: name, relation, responsible."""
    query = "SELECT name, relation, responsible FROM acl.closable_for(%s)"
    return [
        (name.removesuffix(" Proef"), relation, last)
        for name, relation, last in stage.ask("web_inwoner", query, public("entry", entry), who=OWNER)
    ]


@scenario
def an_entry_can_be_closed_for_who_reads_it_and_did_not_write_it(stage: Stage) -> None:
    assert people(stage) == [
        ("mandate, as naaste", "vertegenwoordiger", False),
        ("mandate that names the log", "vertegenwoordiger", False),
        ("mandate that names sharing", "vertegenwoordiger", False),
        ("assigned, entry closed", "professional", False),
        ("team lead, as professional", "professional", True),
        ("assigned, in an emergency", "professional", False),
        ("assigned, emergency over", "professional", False),
        ("substitute", "waarnemer", False),
        ("team lead, substitute", "waarnemer", False),
        ("grant whole, as inwoner", "naaste", False),
        ("grant section", "naaste", False),
        ("grant leefdomein", "naaste", False),
        ("grant entry", "naaste", False),
        ("professional with a grant", "naaste", False),
    ]
    assert ("assigned, entry closed", "professional", False) not in people(stage, 109)
    assert people(stage, 112) == [], "a diary page is the owner's alone"
    for entry in (112, 105, 201):
        assert stage.one("web_inwoner", CLOSE, public("entry", entry), None, True, who=OWNER) is False, entry
    assert people(stage, 105) == people(stage, 201) == [], "not readable, or somebody else's"
    assert ("team lead, as professional", "professional", False) not in people(stage)
    for change in ("responsible = false", "valid_until = current_date - 1", "valid_from = current_date + 1"):

        def play(change: str = change) -> None:
            stage.given(f"UPDATE casus.assignment SET {change} WHERE staff_id = 53")
            assert not any(last for _, _, last in people(stage)), change

        stage.undone(play)
    # Responsible in another dossier is not responsible here.
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, responsible) VALUES (2, 41, 'x', current_date - 9, true)"
    )
    stage.given("UPDATE casus.assignment SET responsible = false WHERE staff_id = 53")
    assert not any(last for _, _, last in people(stage))


@scenario
def who_is_responsible_reads_what_is_closed_for_all_others_on_the_days_of_that(stage: Stage) -> None:
    assert sees(stage, RESPONSIBLE, 116)
    for change, there in (
        ("responsible = false", False),
        ("valid_from = acl.today(), valid_until = acl.today()", True),
        ("valid_until = acl.today() + 1", True),
        ("staff_id = 40", False),
    ):

        def play(change: str = change, there: bool = there) -> None:
            stage.given(f"UPDATE casus.assignment SET {change} WHERE staff_id = 53")
            stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (1, 53, 'x', current_date - 9)")
            assert sees(stage, RESPONSIBLE, 116) is there, change

        stage.undone(play)
    for ended in ("valid_until = acl.today() - 1", "valid_from = acl.today() + 1"):

        def play_ended(ended: str = ended) -> None:
            stage.given(f"UPDATE casus.assignment SET {ended} WHERE staff_id = 53")
            stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (1, 53, 'x', current_date - 9)")
            assert not sees(stage, RESPONSIBLE, 116), ended

        stage.undone(play_ended)
    # Elsewhere responsible, and here as well a colleague.
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, responsible) VALUES (2, 40, 'x', current_date - 9, true)"
    )
    assert not sees(stage, ASSIGNED, 116)
    # At home a professional is a naaste.
    stage.given("UPDATE casus.assignment SET staff_id = 56 WHERE staff_id = 53")
    assert not sees(stage, Who(56, "naaste", "inwoner"), 116)
    assert sees(stage, Who(56, "naaste", "inwoner"), 101)


@scenario
def an_emergency_opens_what_is_kept_in_that_dossier_for_as_long_as_it_lasts(stage: Stage) -> None:
    assert sees(stage, URGENT, 116)
    assert not sees(stage, URGENT, 109), "closed against this very person"
    assert not sees(stage, URGENT, 112), "a diary page"
    for change in ("ends_at = now()", "dossier_id = 2", "person_id = 40"):

        def play(change: str = change) -> None:
            stage.given(f"UPDATE casus.emergency_reading SET {change} WHERE person_id = 60")
            assert not sees(stage, URGENT, 116), change

        stage.undone(play)
    stage.given("UPDATE casus.emergency_reading SET ends_at = now() + interval '1 second' WHERE person_id = 60")
    assert sees(stage, URGENT, 116)


@scenario
def an_emergency_opens_no_page_of_a_diary_that_was_shared_and_then_kept(stage: Stage) -> None:
    assert sees(stage, URGENT, 115)
    assert stage.one("web_inwoner", CLOSE, public("entry", 115), None, False, who=OWNER) is True
    assert not sees(stage, URGENT, 115)
    assert sees(stage, RESPONSIBLE, 115)
    names = {name for (name,) in stage.ask("web_inwoner", "SELECT name FROM acl.who_can_read(115)", who=OWNER)}
    assert names == {"owner Proef", "team lead, as professional Proef"}


@scenario
def it_is_closed_for_all_also_when_nobody_else_reads_it_today(stage: Stage) -> None:
    stage.given("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE dossier_id = 1 AND staff_id <> 40")
    stage.given("UPDATE casus.access_grant SET withdrawn_at = now()")
    stage.given("UPDATE casus.mandate SET withdrawn_at = now()")
    stage.given("DELETE FROM casus.absence")
    assert people(stage) == []
    reading = "SELECT name FROM acl.goes_on_reading(%s)"
    assert stage.ask("web_inwoner", reading, public("entry", 101), who=OWNER) == [("assigned Proef",)], "who wrote it"
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), None, True, who=OWNER) is True
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), None, True, who=OWNER) is False, "already"
    assert stage.value("SELECT count(*) FROM casus.closure WHERE entry_id = 101 AND except_responsible") == 1
    assert stage.seen("SELECT FROM casus.access_notice") == []
    stage.given("UPDATE casus.assignment SET valid_until = NULL WHERE dossier_id = 1 AND staff_id = 41")
    assert not sees(stage, PEOPLE["assigned, entry closed"], 101)


@scenario
def who_goes_on_reading_is_who_is_responsible_and_who_wrote_it(stage: Stage) -> None:
    reading = "SELECT name FROM acl.goes_on_reading(%s)"
    both = [("assigned Proef",), ("team lead, as professional Proef",)]
    assert stage.ask("web_inwoner", reading, public("entry", 101), who=OWNER) == both
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), None, False, who=OWNER) is True
    assert stage.ask("web_inwoner", reading, public("entry", 101), who=OWNER) == both
    for who in (MANDATE, PEOPLE["grant whole"], PEOPLE["owner of another dossier"]):
        assert stage.ask("web_inwoner", reading, public("entry", 101), who=who) == []
    stage.given("UPDATE casus.assignment SET responsible = false WHERE staff_id = 53")
    assert stage.ask("web_inwoner", reading, public("entry", 101), who=OWNER) == both[:1]
    stage.given("UPDATE casus.entry SET author_id = 1 WHERE id = 101")
    assert stage.ask("web_inwoner", reading, public("entry", 101), who=OWNER) == []


@scenario
def everything_the_owner_closed_stands_in_one_list(stage: Stage) -> None:
    every = "SELECT entry, person FROM acl.all_own_closures(%s)"
    before = stage.ask("web_inwoner", every, 1, who=OWNER)
    assert (public("entry", 116), None) in before
    assert (public("entry", 109), "grant whole, as inwoner Proef") in before
    assert {entry for entry, _ in before} == {public("entry", number) for number in (109, 116, 117)}
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), public("person", 20), False, who=OWNER) is True
    assert stage.ask("web_inwoner", every, 1, who=OWNER)[0] == (public("entry", 101), "grant whole, as inwoner Proef")
    stage.given("UPDATE casus.closure SET ended_at = now() WHERE entry_id = 101")
    assert stage.ask("web_inwoner", every, 1, who=OWNER) == before
    for who in (MANDATE, PEOPLE["grant whole"], PEOPLE["owner of another dossier"]):
        assert stage.ask("web_inwoner", every, 1, who=who) == []
    assert stage.ask("web_inwoner", every, 2, who=OWNER) == []


@scenario
def closing_for_one_person_closes_it_for_that_one_and_ends_their_drafts(stage: Stage) -> None:
    for author, entry in ((41, 101), (53, 101), (41, 102)):
        stage.given(
            "INSERT INTO casus.concept (dossier_id, author_id, entry_id, base_version, section, kind, occurred_on)"
            " VALUES (1, %s, %s, 1, 2, 1, current_date)",
            author,
            entry,
        )
    key = f"/dossier/x/notitie/{public('entry', 101)}/reactie"
    for person, kept in ((41, key), (53, key), (41, "/dossier/x/notitie/y/reactie")):
        stage.given("INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (%s, 'team', %s, '\\x01')", person, kept)
    before = people(stage)
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), public("person", 41), False, who=OWNER) is True
    assert not sees(stage, PEOPLE["assigned, entry closed"], 101)
    assert sees(stage, RESPONSIBLE, 101)
    assert sees(stage, PEOPLE["grant whole"], 101)
    assert people(stage) == [one for one in before if one[0] != "assigned, entry closed"]
    assert stage.seen("SELECT author_id, entry_id FROM casus.concept WHERE entry_id IN (101, 102) ORDER BY 1, 2") == [(41, 102), (53, 101)]
    assert stage.seen("SELECT person_id FROM portaal.typed_text WHERE person_id IN (41, 53) AND form_key = %s", key) == [(53,)]
    assert stage.value("SELECT count(*) FROM portaal.typed_text WHERE person_id = 41") == 1
    assert stage.seen(
        "SELECT person_id, except_responsible, reason, from_at = now(), ended_at FROM casus.closure WHERE entry_id = 101"
    ) == [(41, False, "", True, None)]
    assert stage.value("SELECT count(*) FROM casus.access_notice") == 0
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), public("person", 41), False, who=OWNER) is False, "already closed"
    for nobody in (1, 40, 42, 28, 47):
        assert stage.one("web_inwoner", CLOSE, public("entry", 101), public("person", nobody), True, who=OWNER) is False, nobody
    assert stage.value("SELECT count(*) FROM casus.access_notice") == 0


@scenario
def closing_for_all_leaves_the_responsible_one_and_who_wrote_it(stage: Stage) -> None:
    assert stage.one("web_inwoner", CLOSE, public("entry", 101), None, True, who=OWNER) is True
    for name, there in (
        ("owner", True), ("assigned", True), ("team lead, assigned", True), ("assigned, in an emergency", True), ("mandate", False), ("substitute", False),
        ("assigned, emergency over", False), ("assigned, entry closed", False), ("grant whole", False), ("grant entry", False),
    ):  # fmt: skip
        assert sees(stage, PEOPLE[name], 101) is there, name
    assert [name for name, _, _ in people(stage)] == ["team lead, as professional", "assigned, in an emergency"]
    told = [41, 48, 56, 59, 60, 61]
    assert stage.value("SELECT array_agg(person_id ORDER BY person_id) FROM casus.access_notice WHERE dossier_id = 1") == told
    assert stage.value("SELECT bool_and(seen_at IS NULL AND made_at = now()) FROM casus.access_notice") is True
    names = [line[0] for line in stage.ask("web_inwoner", "SELECT name FROM acl.who_can_read(101)", who=OWNER)]
    assert sorted(names) == ["assigned Proef", "assigned, in an emergency Proef", "owner Proef", "team lead, as professional Proef"]


@scenario
def what_is_closed_for_one_can_be_closed_for_all_after_it_and_once(stage: Stage) -> None:
    for person, done in ((PEOPLE["substitute"].person, True), (None, True), (None, False)):
        whom = None if person is None else public("person", person)
        assert stage.one("web_inwoner", CLOSE, public("entry", 101), whom, False, who=OWNER) is done, person


@scenario
def what_was_closed_is_listed_for_the_owner_and_can_be_opened_again(stage: Stage) -> None:
    stage.given(
        "INSERT INTO casus.closure (dossier_id, entry_id, reason, from_at, ended_at) VALUES (1, 109, 'x', now() - interval '2 days', NULL)"
    )
    stage.given("DELETE FROM casus.closure WHERE entry_id = 109 AND person_id IS NULL")
    query = "SELECT public_id, person, since FROM acl.own_closures(%s)"
    rows = stage.ask("web_inwoner", query, public("entry", 109), who=OWNER)
    assert sorted(person for _, person, _ in rows) == [
        "assigned, entry closed Proef",
        "assigned, in an emergency Proef",
        "grant section Proef",
        "grant whole, as inwoner Proef",
    ]
    assert [person for _, person, _ in stage.ask("web_inwoner", query, KEPT, who=OWNER)] == [None]
    assert stage.ask("web_inwoner", query, public("entry", 110), who=OWNER) == [], "what the team withheld is not the owner's"
    reopen = "SELECT acl.reopen_entry(%s, %s)"
    [(number, _, _)] = [row for row in rows if row[1] == "assigned, entry closed Proef"]
    assert stage.one("web_inwoner", reopen, public("entry", 101), number, who=OWNER) is False, "of another entry"
    assert stage.one("web_inwoner", reopen, public("entry", 109), public("closure", 1), who=OWNER) is False, "none"
    assert stage.one("web_inwoner", reopen, public("entry", 109), number, who=OWNER) is True
    assert sees(stage, PEOPLE["assigned, entry closed"], 109)
    assert not sees(stage, PEOPLE["grant whole"], 109)
    assert stage.one("web_inwoner", reopen, public("entry", 109), number, who=OWNER) is False, "open already"
    assert stage.value("SELECT count(*) FROM casus.closure WHERE ended_at = now()") == 1
    # At the moment itself it is over.
    stage.given("UPDATE casus.closure SET ended_at = now() WHERE entry_id = 116")
    assert stage.ask("web_inwoner", query, KEPT, who=OWNER) == []
    stage.given("UPDATE casus.closure SET ended_at = now() + interval '1 second' WHERE entry_id = 116")
    assert len(stage.ask("web_inwoner", query, KEPT, who=OWNER)) == 1


@scenario
def a_closure_of_the_owner_is_no_notice_of_something_withheld(stage: Stage) -> None:
    reasons = stage.ask("web_inwoner", "SELECT public_id FROM acl.notices(1)", who=OWNER)
    assert (KEPT,) not in reasons
    # Nor does it hide that something is to be talked over.
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, except_responsible, reason) VALUES (1, 106, true, '')")
    assert (public("entry", 106),) in stage.ask("web_inwoner", "SELECT public_id FROM acl.notices(1)", who=OWNER)
    # What the team withholds stays withheld from who wrote it, and from who may read what is kept.
    stage.given("UPDATE casus.entry SET author_id = 1 WHERE id = 105")
    assert not sees(stage, OWNER, 105)


@scenario
def what_an_inwoner_told_stands_on_the_worklist_until_it_was_seen(stage: Stage) -> None:
    for dossier, person, seen in ((1, 40, "NULL"), (1, 41, "NULL"), (2, 40, "NULL"), (1, 40, "now()"), (3, 40, "NULL")):
        stage.given(
            f"INSERT INTO casus.access_notice (public_id, dossier_id, person_id, made_at, seen_at) VALUES (%s, %s, %s, now() - make_interval(hours => %s), {seen})",
            public(f"notice {seen}", dossier * 100 + person), dossier, person, dossier,
        )  # fmt: skip
    query = "SELECT public_id, dossier, inwoner FROM acl.access_notices()"
    expected = [
        (public("notice NULL", 340), public("dossier", 3), "third Proef"),
        (public("notice NULL", 140), public("dossier", 1), "owner Proef"),
    ]
    assert stage.ask("web_team", query, who=ASSIGNED) == expected
    assert stage.ask("web_team", query, who=SUBSTITUTE) == []
    seen_now = "SELECT acl.access_notice_seen(%s)"
    stage.ask("web_team", seen_now, public("notice NULL", 140), who=PEOPLE["assigned, entry closed"])
    assert stage.ask("web_team", query, who=ASSIGNED) == expected, "a colleague's"
    stage.ask("web_team", seen_now, public("notice NULL", 140), who=ASSIGNED)
    assert stage.ask("web_team", query, who=ASSIGNED) == expected[:1]


def emergency(stage: Stage, who: Who, why: str | None = " brand ", dossier: int = 1) -> Any:
    """Opens one."""
    return stage.one("web_team", "SELECT acl.open_emergency(%s, %s)", public("dossier", dossier), why, who=who)


@scenario
def an_emergency_has_a_reason_a_day_and_a_mail_to_the_inwoner(stage: Stage) -> None:
    stage.given(
        "INSERT INTO portaal.account (person_id, face, username, email, language) VALUES (1, 'inwoner', 'anna1', 'anna@voorbeeld.nl', 'ar')"
    )
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (1, 'team', 'anna2', 'werk@voorbeeld.nl')")
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (2, 'inwoner', 'ben1', 'ben@voorbeeld.nl')")
    mails = "SELECT template, language, to_whom, address, person_id, team_id FROM portaal.outbox"
    until = "SELECT acl.emergency_until(%s) - now()"
    for why in (None, "", "  "):
        assert emergency(stage, ASSIGNED, why) is False
    for who, dossier in ((ASSIGNED, 2), (PEOPLE["assigned elsewhere"], 1), (LEAD, 1)):
        assert emergency(stage, who, dossier=dossier) is False
    assert stage.one("web_team", until, public("dossier", 1), who=ASSIGNED) is None
    assert stage.seen(mails) == []
    assert emergency(stage, ASSIGNED) is True
    assert emergency(stage, ASSIGNED, "nog een keer") is True, "it is open already"
    assert stage.seen(
        "SELECT dossier_id, reason, opened_at = now(), ends_at - now() = interval '24 hours' FROM casus.emergency_reading WHERE person_id = 40"
    ) == [(1, "brand", True, True)]
    assert str(stage.one("web_team", until, public("dossier", 1), who=ASSIGNED)) == "1 day, 0:00:00"
    assert stage.one("web_team", until, public("dossier", 3), who=ASSIGNED) is None
    assert stage.one("web_team", until, public("dossier", 1), who=SUBSTITUTE) is None
    assert stage.seen(mails) == [("nieuws", "ar", "inwoner", "anna@voorbeeld.nl", 1, 1)]
    stage.given("UPDATE casus.emergency_reading SET ends_at = now() WHERE person_id = 40")
    assert stage.one("web_team", until, public("dossier", 1), who=ASSIGNED) is None
    assert emergency(stage, ASSIGNED, "weer") is True
    assert stage.value("SELECT count(*) FROM casus.emergency_reading WHERE person_id = 40") == 2


@scenario
def no_mail_goes_where_there_is_no_address_or_no_account(stage: Stage) -> None:
    stage.given("INSERT INTO portaal.account (person_id, face, username) VALUES (1, 'inwoner', 'anna1')")
    assert emergency(stage, ASSIGNED) is True
    stage.given("UPDATE portaal.account SET email = 'anna@voorbeeld.nl', disabled_at = now() WHERE username = 'anna1'")
    assert emergency(stage, SUBSTITUTE) is True
    assert stage.seen("SELECT FROM portaal.outbox") == []


@scenario
def the_log_says_that_it_was_read_in_an_emergency_and_why(stage: Stage) -> None:
    line = "INSERT INTO casus.read_log (dossier_id, what) VALUES (%s, 'overzicht')"
    last = "SELECT ground, ground_detail FROM casus.read_log WHERE reader_id = %s ORDER BY id DESC LIMIT 1"
    stage.ask("web_team", line, 1, who=URGENT)
    assert stage.seen(last, 60) == [("nood", "brand")]
    stage.ask("web_team", line, 1, who=PEOPLE["assigned, emergency over"])
    assert stage.seen(last, 61) == [("professional", "vaste professional")]
    stage.given("UPDATE casus.emergency_reading SET ends_at = now() WHERE person_id = 60")
    stage.ask("web_team", line, 1, who=URGENT)
    assert stage.seen(last, 60) == [("professional", "vaste professional")]
    stage.given(
        "UPDATE casus.emergency_reading SET person_id = 40, dossier_id = 3, ends_at = now() + interval '1 hour' WHERE person_id = 60"
    )
    stage.ask("web_team", line, 1, who=ASSIGNED)
    assert stage.seen(last, 40) == [("professional", "vaste professional")]
    stage.ask("web_team", line, 3, who=ASSIGNED)
    assert stage.seen(last, 40) == [("nood", "brand")]
    # At home nobody reads in an emergency.
    stage.given("UPDATE casus.emergency_reading SET person_id = 56, dossier_id = 1 WHERE person_id = 40")
    stage.ask("web_inwoner", line, 1, who=Who(56, "naaste", "inwoner"))
    assert stage.seen(last, 56) == [("naaste", "")]
    # Of two the first reason stands.
    stage.given(
        "UPDATE casus.emergency_reading SET person_id = 40, ends_at = now() + interval '1 hour', reason = 'eerst' WHERE person_id = 56"
    )
    stage.given(
        "UPDATE casus.emergency_reading SET person_id = 40, ends_at = now() + interval '1 hour', reason = 'later' WHERE person_id = 61"
    )
    first = stage.value("SELECT reason FROM casus.emergency_reading WHERE person_id = 40 ORDER BY id LIMIT 1")
    stage.ask("web_team", line, 1, who=ASSIGNED)
    assert stage.seen(last, 40) == [("nood", first)]


@scenario
def a_team_lead_looks_at_what_others_read_and_the_inwoner_reads_what_came_of_it(stage: Stage) -> None:
    stage.given(
        "UPDATE casus.emergency_reading SET opened_at = now() - interval '1 hour', ends_at = now() + interval '23 hours' WHERE person_id = 60"
    )
    waiting = "SELECT reader, inwoner, reason, lines FROM acl.emergencies_to_review()"
    for at, reader, ground, dossier in (
        ("now() - interval '1 hour'", 60, "nood", 1), ("now() + interval '23 hours'", 60, "nood", 1), ("now() - interval '61 minutes'", 60, "nood", 1),
        ("now() + interval '24 hours'", 60, "nood", 1), ("now()", 61, "nood", 1), ("now()", 60, "professional", 1), ("now()", 60, "nood", 2),
    ):  # fmt: skip
        stage.given(
            "INSERT INTO casus.read_log (at, xid, dossier_id, what, reader_id, reader_name, reader_role, ground, program)"
            f" VALUES ({at}, pg_current_xact_id(), %s, 'overzicht', %s, 'x', 'x', %s, 'web_team')",
            dossier, reader, ground,
        )  # fmt: skip
    both = [("assigned, emergency over Proef", "owner Proef", "brand", 0), ("assigned, in an emergency Proef", "owner Proef", "brand", 2)]
    for lead in (LEAD, RESPONSIBLE, LEAD_AWAY):
        assert stage.ask("web_team", waiting, who=lead) == both
    assert stage.ask("web_team", waiting, who=ASSIGNED) == []
    stage.given("UPDATE casus.staff SET team_id = 2 WHERE person_id = 52")
    assert stage.ask("web_team", waiting, who=LEAD) == [], "of another team"
    stage.given("UPDATE casus.emergency_reading SET person_id = 59 WHERE person_id = 61")
    assert [row[0] for row in stage.ask("web_team", waiting, who=LEAD)] == ["team lead, substitute Proef"], (
        "what a team lead read, another one looks at"
    )
    assert [row[0] for row in stage.ask("web_team", waiting, who=LEAD_AWAY)] == ["assigned, in an emergency Proef"], "never the own reading"
    review = "SELECT acl.review_emergency(%s, %s, %s)"
    assert stage.one("web_team", review, public("emergency", 60), True, "x", who=LEAD) is False
    assert stage.one("web_team", review, public("emergency", 61), True, "x", who=LEAD_AWAY) is False
    assert stage.one("web_team", review, public("emergency", 60), False, " liever bellen ", who=RESPONSIBLE) is True
    assert stage.one("web_team", review, public("emergency", 60), True, "x", who=RESPONSIBLE) is False, "once"
    told = stage.ask(
        "web_inwoner", "SELECT name, reason, reviewed_at = now(), reviewer, justified, judgement FROM acl.emergencies(1)", who=OWNER
    )
    assert told == [
        ("assigned, in an emergency Proef", "brand", True, "team lead, as professional Proef", False, "liever bellen"),
        ("team lead, substitute Proef", "brand", None, None, None, None),
    ]
    assert stage.ask("web_inwoner", "SELECT FROM acl.emergencies(2)", who=OWNER) == []
    assert stage.seen("SELECT dossier_id, subject_id, person_id FROM casus.change_log WHERE event = 'emergency.reviewed'") == [(1, 60, 53)]


def through(stage: Stage, person: int, sql: str, *values: object, who: Who = OWNER) -> list[Any]:
    """What the owner sees through somebody's eyes."""
    stage.seen("SELECT set_config('casus.preview', %s, true)", str(person))
    try:
        return stage.ask(f"web_{who.face}", sql, *values, who=who)
    finally:
        stage.seen("SELECT set_config('casus.preview', '', true)")


ENTRIES = "SELECT array_agg(id ORDER BY id) FROM casus.entry"


@scenario
def through_somebodys_eyes_the_owner_sees_what_both_may_read(stage: Stage) -> None:
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason) VALUES (1, 110, 1, '')")
    for name in ("grant whole", "grant section", "grant leefdomein", "grant entry"):
        who = PEOPLE[name]
        [(theirs,)] = stage.ask("web_inwoner", ENTRIES, who=who)
        [(mine,)] = stage.ask("web_inwoner", ENTRIES, who=OWNER)
        [(seen,)] = through(stage, who.person, ENTRIES)
        assert seen == sorted(set(theirs) & set(mine)), name
        reactions = "SELECT array_agg(id ORDER BY id) FROM casus.annotation"
        assert through(stage, who.person, reactions) == [([303],)], name
        assert through(stage, who.person, "SELECT array_agg(annotation_id) FROM casus.annotation_version") == [([303],)], name
    for nobody in (24, 25, 26, 27, 28, 2, 40):
        assert through(stage, nobody, ENTRIES) == [(None,)], nobody
        assert through(stage, nobody, "SELECT FROM casus.dossier") == [], nobody


@scenario
def through_somebodys_eyes_nothing_is_ones_own(stage: Stage) -> None:
    for query in (
        "SELECT acl.owned_dossiers()", "SELECT acl.own_dossiers()", "SELECT acl.core_dossiers()",
    ):  # fmt: skip
        assert through(stage, 20, query) == [([],)], query
    assert through(stage, 20, "SELECT acl.treated_dossiers()", who=ASSIGNED) == [([],)]
    assert through(stage, 20, "SELECT acl.person_id()") == [(None,)]
    assert through(stage, 20, "SELECT FROM casus.read_log") == []
    # A dossier that the other may read and the owner may not stays shut; nor does anybody else borrow eyes.
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, ground) VALUES"
        " (2, 20, 1, NULL, NULL, NULL, current_date - 9, 'x'), (2, 20, 2, 2, NULL, NULL, current_date - 9, 'x'),"
        " (2, 20, 3, NULL, 6, NULL, current_date - 9, 'x'), (2, 20, 4, NULL, NULL, 201, current_date - 9, 'x')"
    )
    assert through(stage, 20, "SELECT FROM casus.entry WHERE dossier_id = 2") == []
    assert through(stage, 20, "SELECT FROM casus.dossier WHERE id = 2") == []
    for who in (ASSIGNED, PEOPLE["grant section"], PEOPLE["no grant"]):
        assert through(stage, 20, "SELECT FROM casus.entry", who=who) == [], who


@scenario
def eyes_are_lent_by_who_has_access_today_in_an_own_dossier(stage: Stage) -> None:
    query = "SELECT acl.preview_of(%s, %s)"
    for person in (20, 21, 22, 23, 56):
        assert stage.one("web_inwoner", query, public("dossier", 1), public("person", person), who=OWNER) == person
    for person in (1, 10, 24, 25, 26, 27, 28, 40):
        assert stage.one("web_inwoner", query, public("dossier", 1), public("person", person), who=OWNER) is None, person
    for who in (MANDATE, PEOPLE["grant whole"], PEOPLE["owner of another dossier"]):
        assert stage.one("web_inwoner", query, public("dossier", 1), public("person", 20), who=who) is None
        assert stage.ask("web_inwoner", "SELECT FROM acl.previews(%s)", public("dossier", 1), who=who) == []
    assert stage.one("web_inwoner", query, public("dossier", 2), public("person", 27), who=OWNER) is None
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, valid_from, ground) VALUES (1, 22, 2, 6, current_date - 9, 'x')"
    )
    names = [name for (name,) in stage.ask("web_inwoner", "SELECT name FROM acl.previews(%s)", public("dossier", 1), who=OWNER)]
    assert names == sorted(
        f"{name} Proef"
        for name in ("grant whole, as inwoner", "grant section", "grant leefdomein", "grant entry", "professional with a grant")
    )
    assert stage.ask(
        "web_inwoner", "SELECT public_id FROM acl.previews(%s) WHERE name = 'grant section Proef'", public("dossier", 1), who=OWNER
    ) == [(public("person", 21),)]


@scenario
def an_old_or_a_coming_turn_makes_nobody_responsible_today(stage: Stage) -> None:
    for begins, ends, last in (
        ("acl.today() - 9", "acl.today() - 1", False),
        ("acl.today() + 1", "NULL", False),
        ("acl.today()", "acl.today()", True),
        ("acl.today() - 9", "acl.today() + 1", True),
    ):

        def play(begins: str = begins, ends: str = ends, last: bool = last) -> None:
            stage.given("UPDATE casus.assignment SET responsible = false WHERE staff_id = 53")
            stage.given(
                "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, responsible)"
                f" VALUES (1, 53, 'vaste professional', {begins}, {ends}, true)"
            )
            assert ("team lead, as professional", "professional", last) in people(stage), (begins, ends)

        stage.undone(play)
    # Who is responsible and stands in for a colleague as well is not responsible twice.
    stage.given("INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (41, acl.today(), acl.today(), 53)")
    assert ("team lead, as professional", "waarnemer", False) in people(stage)


@scenario
def what_the_team_will_withhold_is_not_among_what_the_owner_closed(stage: Stage) -> None:
    assert stage.ask("web_inwoner", "SELECT FROM acl.own_closures(%s)", public("entry", 111), who=OWNER) == []


@scenario
def a_substitute_who_reads_in_an_emergency_stands_among_the_readers(stage: Stage) -> None:
    names = "SELECT name, relation FROM acl.who_can_read(116)"
    line = ("substitute Proef", "waarnemer")
    assert line not in stage.ask("web_inwoner", names, who=OWNER)
    assert emergency(stage, SUBSTITUTE) is True
    assert line in stage.ask("web_inwoner", names, who=OWNER)


@scenario
def who_begins_where_nobody_is_responsible_is(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION casus.begin_assignment(int) TO web_team")
    begin = "SELECT casus.begin_assignment(2)"
    made = "SELECT responsible FROM casus.assignment WHERE dossier_id = 2 AND staff_id = 47"
    for turns, expected in (
        ("dossier_id = 2, responsible = true, valid_until = NULL", False),
        ("dossier_id = 2, responsible = true, valid_until = acl.today()", True),
        ("dossier_id = 2, responsible = false, valid_until = NULL", True),
        ("dossier_id = 3, responsible = true, valid_until = NULL", True),
    ):

        def play(turns: str = turns, expected: bool = expected) -> None:
            stage.given("UPDATE casus.assignment SET responsible = false WHERE dossier_id = 1")
            stage.given(f"UPDATE casus.assignment SET {turns} WHERE staff_id = 46")
            stage.ask("web_team", begin, who=PEOPLE["other team"])
            assert stage.seen(made) == [(expected,)], turns

        stage.undone(play)
