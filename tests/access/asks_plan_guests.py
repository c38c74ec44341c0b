"""Who is invited into the plan: what it opens and nothing else, writing along, narrowing, leaving and being withdrawn; exactly, with decoys."""

from typing import Any

from tests.access import planned
from tests.access.asks_plan import BEGIN, NEW, SHARE, STEP, WRITE, part, reads, texts, words
from tests.access.asks_sharing import HERE
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, OTHER_OWNER, ASSIGNED, NAASTE = (PEOPLE[name] for name in ("owner", "owner of another dossier", "assigned", "grant whole"))
READS, WRITES, NAMED, DOES, ENDED, ELSEWHERE = (
    PEOPLE[name]
    for name in (
        "invited to the plan",
        "invited to write along",
        "invited to what is named",
        "invited to do",
        "invitation ended",
        "invited elsewhere",
    )
)
GIVE = "SELECT acl.give_plan_access(%s, %s, %s, %s, %s, %s)"
INVITE = "SELECT portaal.invite_to_plan(%s, %s, 'Sara', 'Zus', 'mijn zus', %s, sha256('code'), 'ar', %s, %s, %s, %s)"
LEAVE = "SELECT acl.leave(%s)"
GUESTS = "SELECT person, name, said, role, whole, parts, came_in FROM acl.plan_guests(%s)"
GRANT = (
    "SELECT scope, plan_role, plan_parts, valid_from = acl.today(), valid_until - acl.today(), withdrawn_at IS NULL, ground, relation,"
    " confirmed_at = now(), dossier_id FROM casus.access_grant WHERE grantee_id = %s ORDER BY id"
)


def give(stage: Stage, who: Who, role: int, parts: list[int] | None, *, until: str = "acl.today() + 9", giver: Who = OWNER) -> str:
    """Invites somebody of this world or changes it; ``parts`` None: the whole plan. Gives the refusal, or nothing when it was done."""
    values = (HERE, public("person", who.person), role, parts is None, [part(one) for one in parts or []], stage.value(f"SELECT {until}"))
    refusal = stage.refusal("web_inwoner", GIVE, *values, who=giver)
    if not refusal:
        stage.ask("web_inwoner", GIVE, *values, who=giver)
    return refusal


def holds(stage: Stage, action: int, who: Who) -> None:
    """Somebody does an action from now on."""
    stage.given("UPDATE casus.plan_text SET holder_id = %s WHERE part_id = %s", who.person, action)


@scenario
def an_invitation_opens_what_was_chosen_of_the_plan(stage: Stage) -> None:
    assert reads(stage, READS) == reads(stage, WRITES) == [1, 2, 6, 7, 8]
    assert reads(stage, NAMED) == [4]
    assert texts(stage, NAMED, 4) == [1]
    assert reads(stage, DOES) == reads(stage, ENDED) == []
    assert reads(stage, ELSEWHERE) == [planned.OTHERS]
    stage.given("UPDATE casus.access_grant SET plan_parts = '{6}' WHERE grantee_id = 84")
    assert reads(stage, NAMED) == [6, 7, 8], "a goal goes with its actions"
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)")
    assert reads(stage, NAMED) == [6, 7, 8], "by name it may be for professionals"
    assert reads(stage, READS) == [1, 2]
    stage.given("UPDATE casus.plan_part SET audience = 1 WHERE id IN (6, 7, 8)")
    assert reads(stage, NAMED) == []
    stage.given("UPDATE casus.access_grant SET valid_from = acl.today() + 1 WHERE grantee_id = 82")
    assert reads(stage, READS) == []


@scenario
def who_does_an_action_reads_its_goal(stage: Stage) -> None:
    holds(stage, 8, DOES)
    assert reads(stage, DOES) == [6, 7, 8]
    holds(stage, 8, NAMED)
    assert reads(stage, NAMED) == [4, 6, 7, 8], "beside what was named"
    assert reads(stage, DOES) == []
    holds(stage, 7, DOES)
    stage.given(
        "INSERT INTO casus.plan_text SELECT part_id, dossier_id, 2, body, why, answers, leefdomein, perspective, NULL, 'x', due_on, look_on, dropped,"
        " author_id, author_name, now(), written_for FROM casus.plan_text WHERE part_id = 7"
    )
    assert reads(stage, DOES) == [], "somebody else does it now"
    stage.given("UPDATE casus.plan_text SET holder_id = 85 WHERE part_id = 7 AND number = 2")
    assert reads(stage, DOES) == [6, 7, 8]
    stage.given("UPDATE casus.plan_text SET dropped = true WHERE part_id = 7 AND number = 2")
    assert reads(stage, DOES) == [], "it is out of the plan"
    stage.given("UPDATE casus.plan_text SET dropped = false WHERE part_id = 7 AND number = 2")
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)")
    assert reads(stage, DOES) == [], "it isn't for who reads along"
    # Who was let in otherwise reads no more by holding something, nor does who is named in another dossier.
    stage.given("UPDATE casus.plan_part SET audience = 3 WHERE id IN (6, 7, 8)")
    for who in (PEOPLE["grant entry"], ELSEWHERE, ENDED):
        holds(stage, 8, who)
        assert 8 not in reads(stage, who)
    # What is named of another dossier opens nothing, also for who is invited there too.
    stage.given("UPDATE casus.access_grant SET dossier_id = 2 WHERE grantee_id = 85")
    stage.given("UPDATE casus.access_grant SET plan_parts = '{1,4,9}' WHERE grantee_id = 84")
    stage.given("UPDATE casus.access_grant SET grantee_id = 84 WHERE grantee_id = 85")
    assert planned.OTHERS not in reads(stage, NAMED)
    stage.given("UPDATE casus.plan_part SET audience = 2 WHERE id = 9")
    assert planned.OTHERS not in reads(stage, NAMED)
    stage.given("UPDATE casus.plan_part SET audience = 3 WHERE id = 9")
    stage.given("UPDATE casus.access_grant SET grantee_id = 85, dossier_id = 1 WHERE grantee_id = 84 AND dossier_id = 2")
    # An action of another dossier opens nothing here.
    stage.given("UPDATE casus.plan_text SET holder_id = NULL WHERE part_id IN (7, 8)")
    stage.given("UPDATE casus.plan_text SET holder_id = 85 WHERE part_id = 9")
    assert reads(stage, DOES) == []


@scenario
def a_text_that_was_for_fewer_people_opens_by_name_alone(stage: Stage) -> None:
    stage.given("UPDATE casus.plan_text SET written_for = 2 WHERE part_id = 1")
    stage.given("UPDATE casus.access_grant SET plan_parts = '{1,4}' WHERE grantee_id = 84")
    assert texts(stage, NAMED, 1) == [], "the part is for more people now, that text was not"
    assert texts(stage, NAMED, 4) == [1]
    stage.given("UPDATE casus.plan_text SET written_for = 1 WHERE part_id = 4")
    assert texts(stage, NAMED, 4) == []
    # What one may write one doesn't go on seeing.
    stage.given("UPDATE casus.plan_text SET author_id = 83 WHERE part_id = 3")
    assert 3 not in reads(stage, WRITES)


@scenario
def it_is_of_the_plan_and_of_nothing_else(stage: Stage) -> None:
    for who in (READS, WRITES, NAMED, DOES):
        for table in (
            "entry",
            "entry_version",
            "annotation",
            "annotation_version",
            "household_member",
            "mandate",
            "assignment",
            "access_grant",
        ):
            assert stage.ask("web_inwoner", f"SELECT 1 FROM casus.{table}", who=who) == [], table
        assert stage.ask("web_inwoner", "SELECT id FROM casus.dossier", who=who) == [(1,)]
        assert stage.one("web_inwoner", "SELECT acl.plan_only()", who=who) == [1]
    assert stage.one("web_inwoner", "SELECT acl.plan_only()", who=ENDED) == []
    assert stage.one("web_inwoner", "SELECT acl.plan_only()", who=NAASTE) == []
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, valid_from, ground) VALUES (1, 82, 2, 8, acl.today(), 'x')"
    )
    assert stage.one("web_inwoner", "SELECT acl.plan_only()", who=READS) == []
    agreed = "SELECT id FROM casus.plan_proposal"
    assert stage.ask("web_inwoner", agreed, who=READS) == [(planned.AGREED,)]
    assert stage.ask("web_inwoner", agreed, who=ENDED) == []
    assert stage.ask("web_inwoner", "SELECT part_id FROM casus.plan_proposal_text WHERE proposal_id = 1 ORDER BY 1", who=READS) == [
        (1,),
        (6,),
        (7,),
    ]


@scenario
def one_knows_as_what_one_is_invited(stage: Stage) -> None:
    ask = "SELECT role, whole FROM acl.plan_role(%s)"
    for who, dossier, answer in (
        (READS, 1, [(1, True)]),
        (WRITES, 1, [(3, True)]),
        (NAMED, 1, [(1, False)]),
        (DOES, 1, [(4, False)]),
        (ENDED, 1, []),
        (ELSEWHERE, 1, []),
        (ELSEWHERE, 2, [(3, True)]),
        (NAASTE, 1, []),
        (OWNER, 1, []),
    ):
        assert stage.ask("web_inwoner", ask, dossier, who=who) == answer


@scenario
def who_writes_along_writes_what_they_read(stage: Stage) -> None:
    assert stage.one("web_inwoner", WRITE, part(1), 1, words(body="Samen"), who=WRITES) is True
    assert stage.one("web_inwoner", WRITE, part(7), 1, words(body="Bellen", holder=str(public("person", 83))), who=WRITES) is True
    assert stage.seen("SELECT body, author_id, written_for, holder_id FROM casus.plan_text WHERE number = 2 ORDER BY part_id") == [
        ("Samen", 83, 3, None),
        ("Bellen", 83, 3, 83),
    ]
    assert stage.one("web_inwoner", BEGIN, 1, NEW, 20, None, 3, who=WRITES) is True
    assert stage.one("web_inwoner", WRITE, NEW, 0, words(body="Doel"), who=WRITES) is True
    assert stage.one("web_inwoner", BEGIN, 1, part(51), 21, NEW, 3, who=WRITES) is True
    for kind, goal, audience in ((10, None, 3), (20, None, 2), (20, None, 1), (12, None, 2)):
        assert stage.refusal("web_inwoner", BEGIN, 1, part(52), kind, goal, audience, who=WRITES) == "MB001", (kind, audience)
    for number in (2, 3, 4, 5, 9):
        assert stage.refusal("web_inwoner", WRITE, part(number), 1, planned.WORDS, who=WRITES) == "MB001", number
    assert stage.refusal("web_inwoner", BEGIN, 2, part(52), 20, None, 3, who=WRITES) == "MB001"
    assert stage.refusal("web_inwoner", SHARE, part(1), 2, who=WRITES) == "MB001"
    for who in (READS, NAMED, DOES, ENDED, ELSEWHERE, NAASTE):
        assert stage.refusal("web_inwoner", WRITE, part(6), 1, planned.WORDS, who=who) == "MB001"
        assert stage.refusal("web_inwoner", BEGIN, 1, part(52), 20, None, 3, who=who) == "MB001"
    # Of a few goals: no new one, which they wouldn't read.
    stage.given("UPDATE casus.access_grant SET plan_parts = '{6}' WHERE grantee_id = 83")
    assert stage.refusal("web_inwoner", BEGIN, 1, part(52), 20, None, 3, who=WRITES) == "MB001"
    assert stage.one("web_inwoner", BEGIN, 1, part(53), 21, part(6), 3, who=WRITES) is True
    assert stage.refusal("web_inwoner", WRITE, part(1), 2, planned.WORDS, who=WRITES) == "MB001"


@scenario
def through_their_eyes_nobody_writes(stage: Stage) -> None:
    stage.given("SELECT set_config('casus.preview', '83', true)")
    assert reads(stage, OWNER) == [1, 2, 6, 7, 8]
    assert stage.refusal("web_inwoner", WRITE, part(1), 1, planned.WORDS, who=OWNER) == "MB001"
    stage.given("SELECT set_config('casus.preview', '84', true)")
    assert reads(stage, OWNER) == [4]


@scenario
def who_is_invited_can_be_named_at_once(stage: Stage) -> None:
    ask = "SELECT id, relation FROM acl.plan_people(1) WHERE id >= 82 OR id IN (1, 20) ORDER BY id"
    both = [
        (1, "a inwoner"),
        (20, "c uitgenodigd"),
        (82, "c uitgenodigd"),
        (83, "c uitgenodigd"),
        (84, "c uitgenodigd"),
        (85, "c uitgenodigd"),
        (96, "c uitgenodigd"),
        (97, "c uitgenodigd"),
    ]
    assert stage.ask("web_team", ask, who=ASSIGNED) == stage.ask("web_inwoner", ask, who=OWNER) == both
    stage.given("INSERT INTO portaal.account (person_id, face, username) VALUES (82, 'team', 'anders'), (83, 'inwoner', 'drieentachtig')")
    assert stage.ask("web_inwoner", ask, who=OWNER) == both
    stage.given("UPDATE portaal.account SET password_hash = '$argon2id$x', totp_secret = 'x' WHERE person_id IN (82, 83)")
    assert [row for row in stage.ask("web_inwoner", ask, who=OWNER) if row not in both] == [(83, "c naaste")]
    # Who writes along names the inwoner and themselves; nobody else who reads along is told of others.
    assert stage.ask("web_inwoner", "SELECT id FROM acl.plan_people(1)", who=WRITES) == [(1,), (83,)]
    for who in (READS, NAMED, DOES, ELSEWHERE):
        assert stage.ask("web_inwoner", "SELECT id FROM acl.plan_people(1)", who=who) == []
    # An action is theirs from then on, and they say how far it is.
    assert stage.one("web_team", WRITE, part(7), 1, words(holder=str(public("person", 85))), who=ASSIGNED) is True
    assert stage.one("web_inwoner", STEP, part(7), 3, who=DOES) is True
    assert stage.refusal("web_inwoner", STEP, part(8), 3, who=DOES) == "MB001"
    assert stage.refusal("web_inwoner", STEP, part(7), 3, who=READS) == "MB001"


@scenario
def the_inwoner_alone_invites_of_the_own_dossier(stage: Stage) -> None:
    for who in (OTHER_OWNER, PEOPLE["mandate"], NAASTE, READS):
        assert give(stage, READS, 1, None, giver=who) == "MB001"
        values: tuple[Any, ...] = (HERE, public("person", 90), "zus482", 1, True, [], stage.value("SELECT acl.today() + 9"))
        assert stage.refusal("web_inwoner", INVITE, *values, who=who) == "MB001"
        assert stage.refusal("web_inwoner", GUESTS, HERE, who=who) == "MB001"
    assert give(stage, PEOPLE["no grant"], 1, None) == "MB001", "nobody is found who was never let in"
    for until in ("acl.today() - 1", "(acl.today() + interval '1 year 1 day')::date"):
        assert give(stage, READS, 1, None, until=until) == "MB051"
        values = (HERE, public("person", 90), "zus482", 1, True, [], stage.value(f"SELECT {until}"))
        assert stage.refusal("web_inwoner", INVITE, *values, who=OWNER) == "MB051"
    assert give(stage, READS, 7, None) == "23514"


@scenario
def who_was_let_in_before_is_invited_and_what_was_chosen_is_kept(stage: Stage) -> None:
    stage.given("UPDATE casus.access_grant SET relation = 'mijn buurman' WHERE grantee_id = 24")
    assert give(stage, PEOPLE["grant ended"], 6, [6, 4, 5, 7, planned.OTHERS]) == ""
    assert stage.seen(GRANT, 24)[1:] == [(5, 6, [4, 6], True, 9, True, "toestemming", "mijn buurman", True, 1)]
    assert give(stage, PEOPLE["grant ended"], 1, None, until="acl.today() + 20") == ""
    assert stage.seen(GRANT, 24)[1:] == [(5, 1, None, True, 20, True, "toestemming", "mijn buurman", True, 1)], "there is one"
    assert stage.seen("SELECT event, dossier_id, subject_id, person_id FROM casus.change_log ORDER BY id DESC LIMIT 2") == [
        ("access.changed", 1, 24, 1),
        ("access.given", 1, 24, 1),
    ]
    # What ended by its day makes room, and is no more open for it.
    assert give(stage, ENDED, 1, []) == ""
    assert [row[1:6] for row in stage.seen(GRANT, 86)] == [(3, None, False, -2, False), (1, [], True, 9, True)]
    # Another dossier's isn't touched.
    stage.given("UPDATE casus.access_grant SET dossier_id = 2 WHERE grantee_id = 83")
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, valid_until, ground) VALUES (1, 83, 1, acl.today(), acl.today() + 3, 'x')"
    )
    assert give(stage, WRITES, 2, [1]) == ""
    assert [(row[0], row[1], row[4], row[9]) for row in stage.seen(GRANT, 83)] == [(5, 3, 30, 2), (1, None, 3, 1), (5, 2, 9, 1)]


@scenario
def somebody_new_gets_a_code_and_is_invited_until_they_came_in(stage: Stage) -> None:
    day = stage.value("SELECT acl.today() + 9")
    values: tuple[Any, ...] = (HERE, public("person", 90), "zus482", 3, False, [part(6)], day)
    assert stage.one("web_inwoner", INVITE, *values, who=OWNER) == "zus482"
    person = stage.value("SELECT id FROM casus.person WHERE public_id = %s", public("person", 90))
    assert stage.seen(GRANT, person) == [(5, 3, [6], True, 9, True, "toestemming", "mijn zus", True, 1)]
    assert stage.seen(
        "SELECT face, username, language, start_code_hash = sha256('code'), start_code_expires_at > now() + interval '6 days' FROM portaal.account"
        " WHERE person_id = %s",
        person,
    ) == [("inwoner", "zus482", "ar", True, True)]
    assert stage.seen("SELECT event, dossier_id, subject_id FROM casus.change_log ORDER BY id DESC LIMIT 1") == [
        ("access.given", 1, person)
    ]
    rows = stage.ask("web_inwoner", GUESTS, HERE, who=OWNER)
    assert (public("person", 90), "Sara Zus", "mijn zus", 3, False, [part(6)], False) in rows
    assert [row[0] for row in rows] == [public("person", 90), *(public("person", number) for number in (85, 97, 82, 96, 84, 83))]
    stage.given(
        "UPDATE portaal.account SET password_hash = '$argon2id$x', totp_secret = 'x', start_code_hash = NULL, start_code_expires_at = NULL"
        " WHERE person_id = %s",
        person,
    )
    assert (public("person", 90), "Sara Zus", "mijn zus", 3, False, [part(6)], True) in stage.ask("web_inwoner", GUESTS, HERE, who=OWNER)
    assert stage.ask("web_inwoner", GUESTS, public("dossier", 2), who=OTHER_OWNER) == [
        (public("person", 87), "invited elsewhere Proef", None, 3, True, [], False)
    ]


@scenario
def for_fewer_people_it_is_by_name_no_more(stage: Stage) -> None:
    stage.given("UPDATE casus.access_grant SET plan_parts = '{4,6}' WHERE grantee_id IN (84, 85)")
    assert stage.one("web_inwoner", SHARE, part(6), 2, who=OWNER) is True
    assert reads(stage, NAMED) == [4]
    assert stage.seen("SELECT grantee_id, plan_parts FROM casus.access_grant WHERE scope = 5 AND plan_parts IS NOT NULL ORDER BY 1") == [
        (84, [4]),
        (85, [4]),
    ]
    assert give(stage, NAMED, 1, [4, 6]) == ""
    assert reads(stage, NAMED) == [4, 6, 7, 8], "named again, knowing that it is for few"
    assert stage.one("web_inwoner", SHARE, part(6), 3, who=OWNER) is True
    assert reads(stage, NAMED) == [4, 6, 7, 8], "for more people it stays"


@scenario
def what_is_changed_of_the_dossier_leaves_the_plan_and_stopping_takes_all(stage: Stage) -> None:
    day = stage.value("SELECT acl.today() + 9")
    change = "SELECT acl.change_access(%s, %s, false, '{2}', '{}', '{}', %s, false)"
    stage.ask("web_inwoner", change, HERE, public("person", 82), day, who=OWNER)
    assert [(row[0], row[5]) for row in stage.seen(GRANT, 82)] == [(5, True), (2, True)]
    stage.ask("web_inwoner", "SELECT acl.withdraw_access(%s, %s, false)", HERE, public("person", 82), who=OWNER)
    assert [row[5] for row in stage.seen(GRANT, 82)] == [False, False]
    assert reads(stage, READS) == []
    assert stage.ask("web_inwoner", "SELECT id FROM casus.dossier", who=READS) == []
    assert stage.ask("web_inwoner", "SELECT id FROM casus.plan_proposal", who=READS) == []


@scenario
def changing_an_invitation_ends_what_was_typed(stage: Stage) -> None:
    stage.given("INSERT INTO portaal.typed_text VALUES (82, 'inwoner', %s, 'geheim', now())", f"/dossier/{HERE}/plan/doel")
    assert give(stage, READS, 1, []) == ""
    assert stage.value("SELECT count(*) FROM portaal.typed_text WHERE person_id = 82") == 0


@scenario
def whoever_reads_along_leaves_by_themselves_and_the_inwoner_is_told_neutrally(stage: Stage) -> None:
    stage.given("INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (2, 82, 1, acl.today(), 'x')")
    stage.given("INSERT INTO portaal.notice_choice (dossier_id, topic, way) VALUES (1, 'nieuw', 'brief')")
    stage.given("INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (1, 10, 1, acl.today(), 'x')")
    stage.given("INSERT INTO portaal.typed_text VALUES (82, 'inwoner', %s, 'geheim', now())", f"/dossier/{HERE}/plan/doel")
    assert stage.one("web_inwoner", LEAVE, HERE, who=READS) is True
    assert stage.value("SELECT count(*) FROM portaal.typed_text WHERE person_id = 82") == 0
    assert [(row[9], row[5]) for row in stage.seen(GRANT, 82)] == [(1, False), (2, True)]
    assert stage.seen("SELECT event, dossier_id, subject_id, person_id FROM casus.change_log ORDER BY id DESC LIMIT 1") == [
        ("access.left", 1, 82, 82)
    ]
    assert stage.seen("SELECT template, person_id, topic FROM portaal.letter ORDER BY id DESC LIMIT 1") == [("nieuws", 1, "nieuw")]
    assert stage.one("web_inwoner", LEAVE, HERE, who=READS) is False
    assert stage.value("SELECT count(*) FROM casus.change_log WHERE event = 'access.left'") == 1
    for who in (OWNER, ENDED, ELSEWHERE, PEOPLE["mandate"], PEOPLE["no grant"]):
        assert stage.one("web_inwoner", LEAVE, HERE, who=who) is False
    assert reads(stage, WRITES) == [1, 2, 6, 7, 8]
    assert stage.one("web_inwoner", LEAVE, HERE, who=NAASTE) is True, "of the dossier too"


@scenario
def a_new_invitation_ends_the_one_that_was_over_and_nothing_else(stage: Stage) -> None:
    row = (
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, valid_from, valid_until, withdrawn_at, ground)"
        " VALUES (%s, 86, %s, %s, acl.today() - 20, acl.today() - 2, %s, 'toestemming')"
    )
    stage.given("DELETE FROM casus.access_grant WHERE grantee_id = 86")
    long_ago = stage.value("SELECT now() - interval '9 days'")
    for dossier, scope, role, withdrawn in ((1, 5, 1, None), (1, 5, 1, long_ago), (1, 1, None, None), (2, 5, 1, None)):
        stage.given(row, dossier, scope, role, withdrawn)
    assert give(stage, ENDED, 2, None) == ""
    ends = "SELECT dossier_id, scope, withdrawn_at - now(), valid_until > acl.today() FROM casus.access_grant WHERE grantee_id = 86 ORDER BY id"
    zero, before = stage.seen("SELECT interval '0', interval '-9 days'")[0]
    assert stage.seen(ends) == [(1, 5, zero, False), (1, 5, before, False), (1, 1, None, False), (2, 5, None, False), (1, 5, None, True)]


@scenario
def who_also_reads_the_dossier_stands_once_among_who_is_invited(stage: Stage) -> None:
    before = stage.ask("web_inwoner", GUESTS, HERE, who=OWNER)
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, valid_from, ground)"
        " SELECT 1, p.id, 2, 2, acl.today(), 'toestemming' FROM casus.person p WHERE p.public_id = ANY (%s)",
        [one[0] for one in before],
    )
    assert stage.ask("web_inwoner", GUESTS, HERE, who=OWNER) == before
