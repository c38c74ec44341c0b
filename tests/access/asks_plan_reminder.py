"""Who is reminded of an action, of which day, how often, and what is never told."""

from tests.access.asks_notices import reached
from tests.access.asks_sharing import HERE, grant
from tests.access.hired import account
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public

OWNER = PEOPLE["owner"]
REMIND = "SELECT portaal.remind_of_steps()"
MAILS = "SELECT template, language, to_whom, address, person_id, team_id, topic FROM portaal.outbox ORDER BY id"
WHO = "SELECT template, person_id FROM portaal.outbox ORDER BY person_id"
TOLD = "SELECT person_id, part_id, about, on_day - acl.today(), told_on - acl.today() FROM portaal.plan_reminder ORDER BY 1, 2, 3"
NAASTE, WORKER, ACTION, OTHER_ACTION = 20, 40, 7, 8
IN_THE_PLAN = (82, 83, 84, 85)


def quiet(stage: Stage) -> None:
    """Nothing is due; the owner, somebody who reads along and a professional can be mailed."""
    stage.given("DELETE FROM portaal.outbox")
    stage.given("DELETE FROM portaal.letter")
    stage.given("DELETE FROM portaal.plan_reminder")
    stage.given("UPDATE casus.plan_text SET holder_id = NULL, due_on = acl.today() + 60, look_on = acl.today() + 90")
    stage.given("DELETE FROM casus.plan_step")
    stage.given("UPDATE casus.assignment SET responsible = false")
    stage.given("DELETE FROM portaal.account WHERE person_id = ANY (%s)", [1, NAASTE, WORKER, *IN_THE_PLAN])
    reached(stage)
    for person, face, language in ((NAASTE, "inwoner", "en"), (WORKER, "team", "nl")):
        account(stage, person, face)
        stage.given("UPDATE portaal.account SET language = %s WHERE person_id = %s", language, person)


def does(stage: Stage, person: int | None, *, due: int = 60, look: int = 90, action: int = ACTION) -> None:
    """Somebody does an action, for a day so far from today."""
    stage.given(
        "UPDATE casus.plan_text SET holder_id = %s, due_on = acl.today() + %s, look_on = acl.today() + %s WHERE part_id = %s",
        person,
        due,
        look,
        action,
    )


def told(stage: Stage) -> list[tuple[object, ...]]:
    """Runs the job; gives which mail each person has."""
    stage.ask("portaal_jobs", REMIND)
    return stage.seen(WHO)


def after(stage: Stage, *given: str, person: int | None = 1, due: int = 1, look: int = 90) -> list[tuple[object, ...]]:
    """Who is told when all is quiet but one action and these rows; nothing stays."""
    found: list[tuple[object, ...]] = []

    def play() -> None:
        quiet(stage)
        does(stage, person, due=due, look=look)
        for sql in given:
            stage.given(sql)
        found.extend(told(stage))

    stage.undone(play)
    return found


@scenario
def once_the_day_before_and_once_when_it_is_past(stage: Stage) -> None:
    for days, expected in ((2, 0), (1, 1), (0, 0), (-1, 1), (-14, 1), (-15, 0)):
        assert len(after(stage, due=days)) == expected, days
    quiet(stage)
    does(stage, 1, due=1)
    stage.ask("portaal_jobs", REMIND)
    assert stage.seen(MAILS) == [("stap", "ar", "inwoner", "a@b.nl", 1, 1, "stap")]
    assert stage.seen(TOLD) == [(1, ACTION, 1, 1, 0)]
    stage.ask("portaal_jobs", REMIND)
    assert len(stage.seen(MAILS)) == 1, "once"
    # Two days later its day is past.
    stage.given("UPDATE portaal.plan_reminder SET on_day = on_day - 2, told_on = told_on - 2")
    does(stage, 1, due=-1)
    for _ in range(2):
        stage.ask("portaal_jobs", REMIND)
        assert stage.seen(TOLD) == [(1, ACTION, 1, -1, -2), (1, ACTION, 2, -1, 0)]
    # Another day is told of anew, but not on the same day.
    does(stage, 1, due=1)
    assert len(told(stage)) == 2
    stage.given("UPDATE portaal.plan_reminder SET told_on = told_on - 1")
    assert len(told(stage)) == 3


@scenario
def one_message_a_day_whatever_there_is_to_do(stage: Stage) -> None:
    quiet(stage)
    does(stage, 1, due=1, look=1)
    does(stage, 1, due=-3, action=OTHER_ACTION)
    assert told(stage) == [("stap", 1)]
    assert [row[:3] for row in stage.seen(TOLD)] == [(1, ACTION, 1), (1, ACTION, 3), (1, OTHER_ACTION, 2)]
    # What came up after it waits for the next day.
    does(stage, 1, due=-2, action=OTHER_ACTION)
    assert told(stage) == [("stap", 1)]
    stage.given("UPDATE portaal.plan_reminder SET told_on = acl.today() - 1")
    assert told(stage) == [("stap", 1), ("stap", 1)]


@scenario
def everybody_is_told_of_their_own_and_once_in_whatever_relation(stage: Stage) -> None:
    quiet(stage)
    does(stage, 1, due=1)
    does(stage, NAASTE, due=1, action=OTHER_ACTION)
    assert told(stage) == [("stap", 1), ("stap", NAASTE)]
    assert [row[:2] for row in stage.seen(TOLD)] == [(1, ACTION), (NAASTE, OTHER_ACTION)]
    # Two who read along.
    stage.given("DELETE FROM portaal.plan_reminder")
    stage.given("DELETE FROM portaal.outbox")
    does(stage, NAASTE, due=1)
    does(stage, 82, due=1, action=OTHER_ACTION)
    account(stage, 82, "inwoner")
    assert told(stage) == [("stap", NAASTE), ("stap", 82)]
    assert [row[:2] for row in stage.seen(TOLD)] == [(NAASTE, ACTION), (82, OTHER_ACTION)]
    does(stage, 1, due=1)
    # The owner reads along in the other dossier too, and holds something there.
    stage.given("DELETE FROM portaal.plan_reminder")
    stage.given("DELETE FROM portaal.outbox")
    does(stage, None, action=OTHER_ACTION)
    grant(stage, 901, 1, dossier_id=2)
    for number, kind, goal in ((60, 20, None), (61, 21, 60)):
        stage.given(
            "INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, goal_id, audience) VALUES (%s, gen_random_uuid(), 2, %s, %s, 3)",
            number,
            kind,
            goal,
        )
        stage.given(
            "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_id, holder_name, due_on, dropped, author_id,"
            " author_name, written_for) VALUES (%s, 2, 1, 'x', '', '{}', 0, 1, 'x', acl.today() + 1, false, 2, 'x', 3)",
            number,
        )
    assert told(stage) == [("stap", 1)]
    assert [row[:2] for row in stage.seen(TOLD)] == [(1, ACTION)]
    stage.given("UPDATE portaal.plan_reminder SET told_on = told_on - 1")
    assert told(stage) == [("stap", 1), ("stap", 1)]
    assert [row[:2] for row in stage.seen(TOLD)] == [(1, ACTION), (1, 61)]


@scenario
def nobody_is_reminded_of_what_is_done_or_gone(stage: Stage) -> None:
    step = "INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name) VALUES (7, 1, {}, {}, 1, 'x')"
    gone = "UPDATE casus.plan_text SET dropped = true WHERE part_id = {}"
    for given, expected in (
        ([step.format(1, 2)], 1),
        ([step.format(1, 3)], 0),
        ([step.format(1, 4)], 0),
        ([step.format(1, 3), step.format(2, 1)], 1),
        ([step.format(1, 1), step.format(2, 3)], 0),
        ([gone.format(7)], 0),
        ([gone.format(6)], 0),
        ([gone.format(8)], 1),
        (["UPDATE casus.plan_part SET audience = 1 WHERE id IN (6, 7, 8)"], 1),
        (["INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)"], 0),
        (["INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (1, 'portaal', 1, 40, now())"], 1),
    ):
        assert len(after(stage, *given)) == expected, given
    # What is of another action or goal doesn't count.
    other = (
        "INSERT INTO casus.plan_text SELECT part_id, dossier_id, 2, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on, look_on, true,"
        " author_id, author_name, now(), written_for FROM casus.plan_text WHERE part_id = 8"
    )
    assert after(stage, other, step.format(1, 1), step.replace("(7,", "(8,").format(2, 3)) == [("stap", 1)]
    told_of = "INSERT INTO portaal.plan_reminder SELECT {}, {}, 1, 1, acl.today() + 1, acl.today() - {}"
    assert after(stage, told_of.format(1, 8, 1)) == [("stap", 1)]
    assert after(stage, told_of.format(2, 7, 0)) == [("stap", 1)]
    assert after(stage, told_of.format(1, 7, 1)) == []
    assert after(stage, told_of.format(1, 8, 0)) == []
    # What it says now counts, and not what it said before.
    again = (
        "INSERT INTO casus.plan_text SELECT part_id, dossier_id, 2, body, why, answers, leefdomein, perspective, {}, 'x', {}, look_on, false,"
        " author_id, author_name, now(), written_for FROM casus.plan_text WHERE part_id = 7"
    )
    assert after(stage, again.format("NULL", "due_on")) == []
    assert after(stage, again.format("1", "acl.today() + 5")) == []
    assert after(stage, again.format("1", "acl.today() + 1"), person=None, due=50) == [("stap", 1)]


@scenario
def who_reads_along_is_reminded_as_long_as_that_holds(stage: Stage) -> None:
    quiet(stage)
    does(stage, NAASTE, due=1)
    stage.ask("portaal_jobs", REMIND)
    assert stage.seen(MAILS) == [("stap", "en", "inwoner", "naam20@voorbeeld.nl", NAASTE, None, "stap")]
    mine = "UPDATE casus.access_grant SET {} WHERE grantee_id = 20"
    for given, expected in (
        (mine.format("withdrawn_at = now()"), 0),
        (mine.format("valid_until = acl.today() - 1"), 0),
        (mine.format("valid_from = acl.today() + 1"), 0),
        (mine.format("dossier_id = 2"), 0),
        (mine.format("scope = 2, section = 4"), 1),
        (mine.format("scope = 2, section = 8"), 0),
        (mine.format("scope = 5, plan_role = 4, plan_parts = '{}'"), 1),
        ("UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)", 0),
        ("UPDATE casus.plan_part SET audience = 1 WHERE id IN (6, 7, 8)", 0),
        ("UPDATE portaal.account SET disabled_at = now() WHERE person_id = 20", 0),
        ("UPDATE portaal.account SET email = NULL WHERE person_id = 20", 0),
        ("UPDATE portaal.account SET face = 'team' WHERE person_id = 20", 0),
        ("UPDATE portaal.account SET password_hash = NULL, totp_secret = NULL, last_totp_step = 0 WHERE person_id = 20", 0),
        ("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)", 0),
    ):
        assert len(after(stage, given, person=NAASTE)) == expected, given
    # What is for professionals, by name alone.
    named = mine.format("scope = 5, plan_role = 4, plan_parts = '{{{}}}'")
    assert after(stage, "UPDATE casus.plan_part SET audience = 1 WHERE id IN (6, 7, 8)", named.format("6"), person=NAASTE) == []
    for parts, expected in (("6", 1), ("7", 0), ("", 0), ("1,6", 1)):
        found = after(stage, "UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)", named.format(parts), person=NAASTE)
        assert len(found) == expected, parts


@scenario
def a_professional_is_reminded_as_long_as_they_work_there(stage: Stage) -> None:
    quiet(stage)
    does(stage, WORKER, due=1)
    stage.ask("portaal_jobs", REMIND)
    assert stage.seen(MAILS) == [("werk", "nl", "inwoner", "naam40@voorbeeld.nl", WORKER, None, "stap")]
    for given, expected in (
        ("UPDATE casus.assignment SET valid_until = acl.today() - 1 WHERE staff_id = 40", 0),
        ("UPDATE casus.assignment SET dossier_id = 2 WHERE staff_id = 40 AND dossier_id = 1", 0),
        ("UPDATE casus.plan_part SET audience = 2 WHERE id IN (6, 7, 8)", 1),
        ("UPDATE casus.plan_part SET audience = 1 WHERE id IN (6, 7, 8)", 0),
        ("UPDATE portaal.account SET disabled_at = now() WHERE person_id = 40", 0),
        ("UPDATE portaal.account SET face = 'inwoner' WHERE person_id = 40", 0),
        ("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)", 0),
    ):
        assert len(after(stage, given, person=WORKER)) == expected, given


@scenario
def looking_together_is_told_to_the_inwoner_and_the_professional(stage: Stage) -> None:
    responsible = "UPDATE casus.assignment SET responsible = true WHERE staff_id = 40 AND dossier_id = 1"
    other = (
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, responsible, valid_from) VALUES (1, 41, 'x', true, acl.today() - 3)"
    )
    assert after(stage, due=60, look=1) == [("stap", 1)]
    assert after(stage, due=60, look=1, person=NAASTE) == [("stap", 1)], "who reads along isn't"
    assert after(stage, responsible, due=60, look=1, person=NAASTE) == [("stap", 1), ("werk", WORKER)]
    assert after(stage, responsible, due=60, look=1, person=None) == [("stap", 1), ("werk", WORKER)]
    assert after(stage, responsible, due=60, look=2) == []
    assert after(stage, responsible, due=60, look=0) == []
    assert after(stage, responsible, due=60, look=-1) == [], "nobody can say that it was done"
    assert after(stage, "DELETE FROM casus.assignment WHERE dossier_id = 1 AND staff_id <> 40", other, due=60, look=1, person=WORKER) == [
        ("stap", 1),
        ("werk", WORKER),
    ], "the professional who does it, beside whoever sees to the plan"
    for ended in ("valid_until = acl.today() - 1", "valid_from = acl.today() + 1"):
        gone = f"UPDATE casus.assignment SET {ended} WHERE staff_id = 40 AND dossier_id = 1"
        assert after(stage, responsible, gone, due=60, look=1) == [("stap", 1)]
    assert after(stage, responsible, due=1) == [("stap", 1)], "who sees to the plan isn't reminded of what others do"
    assert after(
        stage,
        other,
        "INSERT INTO portaal.account (person_id, face, username, email) VALUES (41, 'team', 'een', 'e@f.nl')",
        due=60,
        look=1,
        person=WORKER,
    ) == [
        ("stap", 1),
        ("werk", WORKER),
    ]
    assert after(stage, due=60, look=1, person=WORKER) == [("stap", 1), ("werk", WORKER)], "also when nobody is named who sees to it"
    assigned = "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, responsible, valid_from, valid_until) VALUES ({}, 40, 'x', true, {}, {})"
    for where, since, until, expected in (
        (2, "acl.today() - 3", "NULL", 1),
        (1, "acl.today() - 3", "acl.today() - 1", 1),
        (1, "acl.today() + 1", "NULL", 1),
        (1, "acl.today()", "NULL", 2),
        (1, "acl.today() - 3", "acl.today()", 2),
        (1, "acl.today() - 3", "acl.today() + 1", 2),
    ):
        assert len(after(stage, assigned.format(where, since, until), due=60, look=1)) == expected, (where, since, until)
    kept = "UPDATE casus.plan_part SET audience = 1 WHERE id IN (6, 7, 8)"
    assert after(stage, responsible, kept, due=60, look=1) == [("stap", 1)]


@scenario
def it_comes_the_way_the_inwoner_chose_where_that_is_safe(stage: Stage) -> None:
    choose = "INSERT INTO portaal.notice_choice VALUES (1, 'stap', '{}')"
    posts = (
        "SELECT (SELECT count(*) FROM portaal.outbox), (SELECT count(*) FROM portaal.letter), (SELECT count(*) FROM portaal.plan_reminder)"
    )
    for given, expected in (
        ("SELECT 1", (1, 0, 1)),
        (choose.format("niets"), (0, 0, 0)),
        (choose.format("brief"), (0, 1, 1)),
        ("UPDATE casus.inwoner SET safe_contact = 'x' WHERE person_id = 1", (0, 0, 0)),
        ("UPDATE portaal.account SET email = NULL WHERE person_id = 1", (0, 0, 0)),
    ):

        def play(given: str = given, expected: tuple[int, int, int] = expected) -> None:
            quiet(stage)
            does(stage, 1, due=1)
            stage.given(given)
            stage.ask("portaal_jobs", REMIND)
            assert stage.seen(posts) == [expected], given

        stage.undone(play)
    quiet(stage)
    does(stage, 1, due=1)
    stage.given(choose.format("brief"))
    stage.ask("portaal_jobs", REMIND)
    does(stage, 1, due=-1)
    stage.given("UPDATE portaal.plan_reminder SET told_on = told_on - 6")
    stage.given("UPDATE portaal.letter SET made_at = now() - interval '7 days' + interval '1 minute'")
    stage.ask("portaal_jobs", REMIND)
    assert stage.seen(posts) == [(0, 1, 1)], "a letter a week"
    stage.given("UPDATE portaal.letter SET topic = 'nieuw'")
    stage.undone(lambda: _letters(stage, 2))
    stage.given("UPDATE portaal.letter SET topic = 'stap', person_id = 2")
    stage.undone(lambda: _letters(stage, 2))
    stage.given("UPDATE portaal.letter SET person_id = 1, made_at = now() - interval '7 days'")
    _letters(stage, 2)


def _letters(stage: Stage, count: int) -> None:
    stage.ask("portaal_jobs", REMIND)
    assert stage.value("SELECT count(*) FROM portaal.letter") == count


@scenario
def a_reminder_is_nobodys_task_and_does_not_go_late(stage: Stage) -> None:
    quiet(stage)
    does(stage, 1, due=1)
    stage.ask("portaal_jobs", REMIND)
    stage.given("UPDATE portaal.outbox SET gave_up_at = now(), last_error = 'geweigerd'")
    tasks = "SELECT by_mail FROM portaal.post_tasks()"
    assert stage.ask("web_team", tasks, who=PEOPLE["assigned"]) == []
    stage.given("UPDATE portaal.outbox SET topic = 'nieuw'")
    assert stage.ask("web_team", tasks, who=PEOPLE["assigned"]) == [(True,)]
    for topic, sent, age, left in (
        ("stap", False, "24 hours", 0),
        ("stap", False, "23 hours", 1),
        ("stap", True, "24 hours", 1),
        ("nieuw", False, "24 hours", 1),
    ):
        stage.given(
            "UPDATE portaal.outbox SET topic = %s, address = CASE WHEN x.sent THEN NULL ELSE 'a@b.nl' END, sent_at = CASE WHEN x.sent THEN now() END,"
            " gave_up_at = NULL, made_at = now() - %s::interval FROM (SELECT %s) x (sent)",
            topic,
            age,
            sent,
        )

        def play(left: int = left) -> None:
            assert len(told(stage)) == left

        stage.undone(play)


@scenario
def what_was_told_long_ago_isnt_kept(stage: Stage) -> None:
    quiet(stage)
    for days in (30, 31):
        stage.given("INSERT INTO portaal.plan_reminder VALUES (1, 7, 1, 1, acl.today() - %s, acl.today() - %s)", days, days)
    stage.ask("portaal_jobs", REMIND)
    assert [row[3] for row in stage.seen(TOLD)] == [-30]


@scenario
def what_waits_goes_with_the_access_and_with_a_dossier_that_goes_out_of_sight(stage: Stage) -> None:
    quiet(stage)
    does(stage, NAASTE, due=1)
    does(stage, 1, due=1, action=OTHER_ACTION)
    assert told(stage) == [("stap", 1), ("stap", NAASTE)]
    stage.given(
        "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, topic) VALUES ('stap', 'nl', 'inwoner', 'c@d.nl', 27, 'stap')"
    )
    stage.given(
        "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id) VALUES ('inloggen', 'nl', 'inwoner', 'c@d.nl', 20)"
    )
    stage.given(
        "INSERT INTO portaal.outbox (template, language, to_whom, person_id, topic, sent_at) VALUES ('stap', 'nl', 'inwoner', 20, 'stap', now())"
    )

    def withdrawn() -> None:
        stage.ask("web_inwoner", "SELECT acl.withdraw_access(%s, %s, false)", HERE, public("person", NAASTE), who=OWNER)
        assert stage.seen(WHO) == [("stap", 1), ("inloggen", NAASTE), ("stap", NAASTE), ("stap", 27)]

    stage.undone(withdrawn)

    def elsewhere() -> None:
        grant(stage, 901, NAASTE, dossier_id=2)
        stage.ask("web_inwoner", "SELECT acl.withdraw_access(%s, %s, false)", HERE, public("person", NAASTE), who=OWNER)
        assert len(stage.seen(WHO)) == 5

    stage.undone(elsewhere)
    assert stage.one("web_inwoner", "SELECT casus.pause_dossier(%s, 'portaal')", HERE, who=OWNER) is True
    assert stage.seen(WHO) == [("inloggen", NAASTE), ("stap", NAASTE), ("stap", 27)]
    assert told(stage) == [("inloggen", NAASTE), ("stap", NAASTE), ("stap", 27)]
