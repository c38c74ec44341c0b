"""What the team withholds from the owner: asked by one, confirmed by a second one, looked at again, told later; exactly, with decoys."""

from typing import Any

from tests.access.asks_closing import sees
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED, ASKER = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["assigned"], PEOPLE["assigned, entry closed"]
SUBSTITUTE, LEAD, RESPONSIBLE = PEOPLE["substitute"], PEOPLE["team lead"], PEOPLE["team lead, assigned"]
ELSEWHERE, ADMINISTRATOR = PEOPLE["assigned elsewhere"], PEOPLE["administrator"]
PRIVACY, DANGER = 1, 2
ENTRY = public("entry", 101)
MAILS = "SELECT person_id FROM portaal.outbox"


def ask(
    stage: Stage, who: Who, entry: int = 101, ground: int = PRIVACY, why: str | None = " zo ", review: str = "9", later: bool = False
) -> Any:
    """Asks to withhold an entry."""
    query = f"SELECT acl.ask_withholding(%s, %s::smallint, %s, (acl.today() + {review})::date, %s)"
    return stage.one("web_team", query, public("entry", entry), ground, why, later, who=who)


def answer(stage: Stage, who: Who, entry: int = 101, agree: bool = True, weeks: int | None = 4) -> Any:
    """Answers what was asked last about an entry."""
    request = stage.value("SELECT public_id FROM casus.withholding WHERE entry_id = %s ORDER BY id DESC LIMIT 1", entry)
    return stage.one("web_team", "SELECT acl.answer_withholding(%s, %s, %s)", request, agree, weeks, who=who)


def withheld(stage: Stage, entry: int = 101, later: bool = False) -> None:
    """An entry that two professionals withhold."""
    assert ask(stage, ASSIGNED, entry, DANGER if later else PRIVACY, later=later) is True
    assert answer(stage, SUBSTITUTE, entry) is True


def told(stage: Stage, who: Who = OWNER) -> list[tuple[Any, ...]]:
    """What the owner is told of entry 101."""
    query = "SELECT reason, explanation, ground, review_on - (now() AT TIME ZONE 'Europe/Amsterdam')::date, told_late FROM acl.notices(1) WHERE public_id = %s"
    return stage.ask("web_inwoner", query, ENTRY, who=who)


def waiting(stage: Stage, who: Who) -> list[str]:
    """The reasons of what waits for somebody as the second professional."""
    return [reason for (reason,) in stage.ask("web_team", "SELECT reason FROM acl.withholdings_to_confirm()", who=who)]


def mailed(stage: Stage) -> int:
    """How many mails stand ready for the owner, who has an address."""
    return len([person for (person,) in stage.seen(MAILS) if person == 1])


def an_address(stage: Stage) -> None:
    """An account with an address, for the owner."""
    stage.given("INSERT INTO portaal.account (person_id, face, username, email) VALUES (1, 'inwoner', 'anna1', 'anna@voorbeeld.nl')")


@scenario
def nothing_changes_until_a_second_professional_confirms_it(stage: Stage) -> None:
    an_address(stage)
    assert ask(stage, ASSIGNED) is True
    assert sees(stage, OWNER, 101)
    assert told(stage) == []
    assert mailed(stage) == 0
    row = stage.seen(
        "SELECT dossier_id, ground, reason, review_on - acl.today(), postponed, asked_by, agreed FROM casus.withholding WHERE entry_id = 101"
    )
    assert row == [(1, PRIVACY, "zo", 9, False, 40, None)]
    assert answer(stage, SUBSTITUTE) is True
    assert not sees(stage, OWNER, 101)
    assert not sees(stage, PEOPLE["grant whole"], 101)
    assert sees(stage, ASSIGNED, 101)
    for who in (OWNER, MANDATE):
        assert told(stage, who) == [("afgeschermd", "zo", PRIVACY, 9, False)]
    assert mailed(stage) == 1
    assert stage.seen("SELECT answered_by, agreed, answered_at = now() FROM casus.withholding WHERE entry_id = 101") == [(48, True, True)]
    assert answer(stage, RESPONSIBLE) is False, "answered already"
    lines = stage.seen("SELECT event, person_id, dossier_id FROM casus.change_log WHERE entry_id = 101 ORDER BY id")
    assert lines == [("withholding.asked", 40, 1), ("withholding.made", 48, 1)]
    shown = "SELECT event FROM casus.change_log WHERE entry_id = 101"
    assert stage.ask("web_inwoner", shown, who=OWNER) == [("withholding.made",)]


@scenario
def a_colleague_who_does_not_agree_changes_nothing(stage: Stage) -> None:
    an_address(stage)
    assert ask(stage, ASSIGNED) is True
    assert answer(stage, LEAD, agree=False) is True
    assert sees(stage, OWNER, 101)
    assert mailed(stage) == 0
    assert stage.seen("SELECT event, person_id FROM casus.change_log WHERE entry_id = 101 ORDER BY id") == [
        ("withholding.asked", 40),
        ("withholding.refused", 52),
    ]
    assert stage.ask("web_inwoner", "SELECT FROM casus.change_log WHERE entry_id = 101", who=OWNER) == []
    for who in (ASKER, ASSIGNED, LEAD, SUBSTITUTE):
        assert "zo" not in waiting(stage, who), who
    assert ask(stage, ASSIGNED) is True, "it can be asked again"


@scenario
def what_can_be_withheld_and_how(stage: Stage) -> None:
    for entry, who, why in (
        (113, ASSIGNED, "the owner's own words"),
        (201, ASSIGNED, "of another dossier"),
        (101, ELSEWHERE, "who doesn't work here"),
        (101, LEAD, "who doesn't work here either"),
        (109, ASKER, "closed for who asks"),
        (102, ASSIGNED, "asked already"),
    ):
        assert ask(stage, who, entry) is False, why
    for wrong in (None, "", "  "):
        assert ask(stage, ASSIGNED, why=wrong) is False
    for review in ("0", "interval '3 months' + interval '1 day'"):
        assert ask(stage, ASSIGNED, review=review) is False, review
    assert ask(stage, ASSIGNED, ground=PRIVACY, later=True) is False
    assert ask(stage, ASSIGNED, review="1") is True
    assert ask(stage, ASSIGNED) is False, "asked already"
    assert ask(stage, ASSIGNED, 103, review="interval '3 months'") is True
    stage.given("UPDATE casus.entry SET author_id = NULL WHERE id = 104")
    assert ask(stage, ASSIGNED, 104) is True, "of another organisation"
    assert stage.value("SELECT count(*) FROM casus.withholding WHERE answered_at IS NULL") == 4


@scenario
def it_waits_for_a_second_professional_of_the_dossier_or_the_lead_of_its_team(stage: Stage) -> None:
    stage.given("DELETE FROM casus.withholding")
    assert ask(stage, ASSIGNED) is True
    assert waiting(stage, ASSIGNED) == [], "the own question"
    assert answer(stage, ASSIGNED) is False
    for who in (ASKER, SUBSTITUTE, LEAD, RESPONSIBLE):
        assert waiting(stage, who) == ["zo"], who
    for who in (ELSEWHERE, ADMINISTRATOR, PEOPLE["assigned before"], PEOPLE["other team"]):
        assert "zo" not in waiting(stage, who), who
        assert answer(stage, who) is False
    readable = "SELECT public_id, dossier, entry, inwoner, asked_by, ground, postponed, readable FROM acl.withholdings_to_confirm()"
    number = stage.value("SELECT public_id FROM casus.withholding")
    row = (number, public("dossier", 1), ENTRY, "owner Proef", "assigned Proef", PRIVACY, False)
    assert stage.ask("web_team", readable, who=LEAD) == [(*row, False)]
    assert stage.ask("web_team", readable, who=SUBSTITUTE) == [(*row, True)]
    stage.given("UPDATE casus.staff SET team_id = 2 WHERE person_id = 52")
    assert waiting(stage, LEAD) == [], "of another team"
    stage.given("UPDATE casus.staff SET team_id = 1, role = 'professional' WHERE person_id = 52")
    assert waiting(stage, Who(52, "professional", "team")) == [], "no team lead"
    # What the owner closed for somebody is closed here too.
    stage.given("UPDATE casus.withholding SET entry_id = 109")
    assert waiting(stage, ASKER) == []
    assert waiting(stage, SUBSTITUTE) == ["zo"]
    stage.given("UPDATE casus.withholding SET asked_at = now() - interval '1 hour', reason = 'eerst'")
    assert ask(stage, ASSIGNED) is True
    assert waiting(stage, SUBSTITUTE) == ["eerst", "zo"]


@scenario
def it_ends_and_the_owner_reads_that_it_was_so(stage: Stage) -> None:
    an_address(stage)
    before = "SELECT ground, reason, from_at = now(), ended_at = now(), told_from FROM acl.withheld_before(101)"
    end = "SELECT acl.end_withholding(%s)"
    withheld(stage)
    assert stage.ask("web_inwoner", before, who=OWNER) == []
    for who in (ELSEWHERE, LEAD):
        assert stage.one("web_team", end, ENTRY, who=who) is False
    assert mailed(stage) == 1
    assert stage.one("web_team", end, ENTRY, who=ASKER) is True
    assert mailed(stage) == 2
    assert stage.one("web_team", end, ENTRY, who=ASKER) is False, "ended already"
    assert sees(stage, OWNER, 101)
    assert not sees(stage, OWNER, 105), "another one goes on"
    assert told(stage) == []
    for who in (OWNER, MANDATE):
        assert stage.ask("web_inwoner", before, who=who) == [(PRIVACY, "zo", True, True, None)]
    for who in (PEOPLE["owner of another dossier"], PEOPLE["grant whole"]):
        assert stage.ask("web_inwoner", before, who=who) == []
    assert ("withholding.ended",) in stage.ask("web_inwoner", "SELECT event FROM casus.change_log WHERE entry_id = 101", who=OWNER)
    # What the owner closed, for somebody or for all but one, is no such thing.
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason, ended_at) VALUES (1, 101, 20, 'x', now())")
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, except_responsible, reason, ended_at) VALUES (1, 101, true, 'x', now())")
    assert len(stage.ask("web_inwoner", before, who=OWNER)) == 1
    withheld(stage)
    assert stage.ask("web_inwoner", before, who=OWNER) == [], "not of what can't be read"
    stage.given("UPDATE casus.closure SET ended_at = now() + interval '1 second' WHERE entry_id = 101 AND ended_at IS NULL")
    stage.given("UPDATE casus.closure SET from_at = now() + interval '1 second' WHERE entry_id = 101 AND ended_at > now()")
    assert len(stage.ask("web_inwoner", before, who=OWNER)) == 1, "not of what is yet to come"


@scenario
def the_owners_closings_and_what_is_over_are_not_withheld(stage: Stage) -> None:
    of = "SELECT since IS NOT NULL, ground, reason, review_on - acl.today(), told_from, asked_by FROM acl.withholding_of(%s)"
    assert stage.ask("web_team", of, public("entry", 105), who=ASSIGNED) == [(True, None, "reden", None, None, None)]
    nothing = (False, None, None, None, None)
    for entry in (101, 109, 110, 111):
        assert stage.ask("web_team", of, public("entry", entry), who=ASSIGNED) == [(*nothing, None)], entry
    assert stage.ask("web_team", of, public("entry", 116), who=RESPONSIBLE) == [(*nothing, None)]
    assert stage.ask("web_team", of, public("entry", 102), who=ASSIGNED) == [(*nothing, "assigned, entry closed Proef")]
    assert stage.ask("web_team", of, public("entry", 101), who=ELSEWHERE) == []
    withheld(stage)
    assert stage.ask("web_team", of, ENTRY, who=ASSIGNED) == [(True, PRIVACY, "zo", 9, None, None)]
    stage.given("UPDATE casus.closure SET ended_at = now() WHERE entry_id = 101")
    assert stage.ask("web_team", of, ENTRY, who=ASSIGNED) == [(*nothing, None)]
    stage.given("UPDATE casus.closure SET ended_at = now() + interval '1 second' WHERE entry_id = 101")
    assert stage.ask("web_team", of, ENTRY, who=ASSIGNED)[0][0] is True
    # Of two the newer.
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, reason) VALUES (1, 101, 'later')")
    assert stage.ask("web_team", of, ENTRY, who=ASSIGNED)[0][2] == "later"


@scenario
def it_rises_on_the_worklist_a_week_before_and_stays_there(stage: Stage) -> None:
    query = "SELECT entry, review_on - acl.today(), told_from IS NOT NULL FROM acl.withholdings_to_review()"

    def rises(who: Who = ASSIGNED) -> list[tuple[Any, ...]]:
        return stage.ask("web_team", query, who=who)

    assert rises() == [(public("entry", 105), None, False)], "without a day: looked at now"
    assert stage.one("web_team", "SELECT inwoner FROM acl.withholdings_to_review()", who=ASSIGNED) == "owner Proef"
    stage.given("DELETE FROM casus.closure WHERE entry_id = 105")
    withheld(stage)
    assert rises() == []
    for days in (7, 0, -30):
        stage.given("UPDATE casus.closure SET review_on = acl.today() + %s WHERE entry_id = 101", days)
        assert rises() == [(ENTRY, days, False)]
    assert not sees(stage, OWNER, 101), "past the day it stays shut, and rises"
    assert rises(ELSEWHERE) == rises(LEAD) == []
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, person_id, reason) VALUES (1, 101, 41, '')")
    assert rises(ASKER) == []
    stage.given("UPDATE casus.closure SET review_on = acl.today() + 8 WHERE entry_id = 101 AND person_id IS NULL")
    assert rises() == []
    for moment, there in (("7 days", True), ("7 days 1 second", False), ("0 seconds", False), ("1 second", True)):
        stage.given("UPDATE casus.closure SET told_from = now() + %s::interval WHERE entry_id = 101 AND person_id IS NULL", moment)
        assert rises() == ([(ENTRY, 8, True)] if there else []), moment
    for moment in ("1 second", "0 seconds"):
        stage.given(
            "UPDATE casus.closure SET review_on = acl.today(), told_from = now() - %s::interval WHERE entry_id = 101 AND person_id IS NULL",
            moment,
        )
        assert rises() == [(ENTRY, 0, False)], moment


@scenario
def going_on_takes_two_again_and_says_the_new_day(stage: Stage) -> None:
    an_address(stage)
    withheld(stage)
    assert ask(stage, SUBSTITUTE, why="nog", review="30") is True
    assert told(stage) == [("afgeschermd", "zo", PRIVACY, 9, False)]
    assert answer(stage, ASSIGNED) is True
    assert told(stage) == [("afgeschermd", "nog", PRIVACY, 30, False)]
    assert mailed(stage) == 2
    assert not sees(stage, OWNER, 105)
    assert stage.value("SELECT count(*) FROM casus.closure WHERE entry_id = 105 AND ended_at IS NOT NULL") == 0


@scenario
def told_later_there_is_no_trace_until_then(stage: Stage) -> None:
    an_address(stage)
    stage.given("DELETE FROM casus.read_log WHERE dossier_id = 1 AND (entry_id = 101 OR 101 = ANY (shown_entries))")
    for table, columns in (
        ("read_log", "(dossier_id, entry_id, what, shown, shown_entries) VALUES (1, 101, 'notitie', 1, '{101}')"),
        ("read_log", "(dossier_id, what, shown, shown_entries) VALUES (1, 'overzicht', 2, '{102,101}')"),
    ):
        stage.ask("web_team", f"INSERT INTO casus.{table} {columns}", who=ASSIGNED)
    for entry, shown in (("101", "'{}'"), ("NULL", "'{101}'"), ("NULL", "'{102}'"), ("102", "'{102}'")):
        stage.given(
            "INSERT INTO casus.imported_read_line (source, at, dossier_id, entry_id, what, shown, shown_entries, reader_name, reader_role, ground,"
            f" ground_detail, program) VALUES ('oud', now(), 1, {entry}, 'notitie', 1, {shown}, 'x', 'x', 'x', '', 'oud')"
        )
    for entry in ("101", "102", "NULL"):
        stage.given(
            "INSERT INTO casus.imported_change_line (source, at, dossier_id, entry_id, event, person_name, person_role, program)"
            f" VALUES ('oud', now(), 1, {entry}, 'entry.placed', 'x', 'x', 'oud')"
        )

    def traces() -> list[int]:
        """Lines of each log about entry 101; and in each log the lines there are in all."""
        found = []
        for table in ("read_log", "imported_read_line"):
            about = "entry_id = 101 OR 101 = ANY (shown_entries)"
            found.append(len(stage.ask("web_inwoner", f"SELECT FROM casus.{table} WHERE {about}", who=OWNER)))
        found += [
            len(stage.ask("web_inwoner", f"SELECT FROM casus.{table} WHERE entry_id = 101", who=OWNER))
            for table in ("imported_change_line", "change_log")
        ]
        return [*found, len(told(stage)), len(stage.ask("web_inwoner", "SELECT FROM casus.entry WHERE id = 101", who=OWNER))]

    def others() -> list[int]:
        return [
            len(stage.ask("web_inwoner", f"SELECT FROM casus.{table} WHERE entry_id IS DISTINCT FROM 101", who=OWNER))
            for table in ("imported_read_line", "imported_change_line", "change_log")
        ]

    assert traces() == [2, 2, 1, 0, 0, 1]
    rest = others()
    withheld(stage, later=True)
    assert traces() == [0] * 6
    assert others() == [rest[0] - 1, *rest[1:]], "the other lines stay"
    assert mailed(stage) == 0
    untold = "SELECT acl.untold_entries()"
    assert stage.one("web_inwoner", untold, who=OWNER) == [101]
    assert stage.one("web_inwoner", untold, who=PEOPLE["owner of another dossier"]) == []
    assert stage.seen("SELECT told_from = now() + interval '4 weeks' FROM casus.closure WHERE entry_id = 101") == [(True,)]
    stage.given("UPDATE casus.closure SET told_from = now() + interval '1 second' WHERE entry_id = 101")
    assert traces() == [0] * 6
    stage.given("UPDATE casus.closure SET told_from = now() WHERE entry_id = 101")
    assert traces() == [2, 2, 1, 1, 1, 0]
    assert others() == rest
    assert told(stage) == [("afgeschermd", "zo", DANGER, 9, True)]


@scenario
def told_later_again_or_at_once_now(stage: Stage) -> None:
    an_address(stage)
    withheld(stage, later=True)
    stage.given("UPDATE casus.closure SET told_from = now() + interval '1 hour' WHERE entry_id = 101")
    assert ask(stage, ASSIGNED, ground=DANGER, later=True) is True
    assert answer(stage, SUBSTITUTE) is True
    assert stage.value("SELECT told_from - now() = interval '4 weeks' FROM casus.closure WHERE entry_id = 101 AND ended_at IS NULL")
    assert told(stage) == []
    assert mailed(stage) == 0
    # Not again: the inwoner is told now, and also that it was later.
    assert ask(stage, ASSIGNED, ground=DANGER) is True
    assert answer(stage, SUBSTITUTE) is True
    assert told(stage) == [("afgeschermd", "zo", DANGER, 9, True)]
    assert mailed(stage) == 1
    stage.given("UPDATE casus.closure SET told_from = now() - interval '1 day' WHERE entry_id = 101 AND ended_at IS NULL")
    assert ask(stage, ASSIGNED, ground=DANGER) is True
    assert answer(stage, SUBSTITUTE) is True
    assert stage.value("SELECT told_from = now() - interval '1 day' FROM casus.closure WHERE entry_id = 101 AND ended_at IS NULL")
    # Another entry was told later: that is of that one.
    withheld(stage, 103)
    assert stage.value("SELECT told_from FROM casus.closure WHERE entry_id = 103") is None


TELL = "SELECT acl.tell_of_withholdings()"
TOLD = "SELECT entry_id FROM casus.withholding WHERE told_at = now() ORDER BY id"


def come(stage: Stage, entry: int, moment: str) -> None:
    """The time in which nobody was told of this entry ends so long from now."""
    stage.given("UPDATE casus.closure SET told_from = now() + %s::interval WHERE entry_id = %s AND told_from IS NOT NULL", moment, entry)


@scenario
def the_inwoner_is_written_to_once_when_the_time_of_silence_is_over(stage: Stage) -> None:
    an_address(stage)
    withheld(stage, later=True)
    for moment in ("1 second", "0 seconds", "0 seconds"):
        come(stage, 101, moment)
        stage.ask("portaal_jobs", TELL)
        assert mailed(stage) == (moment == "0 seconds"), moment
    assert stage.seen(TOLD) == [(101,)]
    assert stage.seen("SELECT DISTINCT topic FROM portaal.outbox WHERE person_id = 1") == [(None,)], "whatever was chosen"


@scenario
def of_two_texts_in_one_dossier_comes_one_mail(stage: Stage) -> None:
    an_address(stage)
    for entry in (101, 103):
        withheld(stage, entry, later=True)
        come(stage, entry, "-1 day")
    stage.ask("portaal_jobs", TELL)
    assert stage.seen(TOLD) == [(101,), (103,)]
    assert mailed(stage) == 1


@scenario
def what_was_told_or_ended_or_never_begun_is_not_told_again(stage: Stage) -> None:
    an_address(stage)
    stage.given("DELETE FROM casus.withholding")
    # Asked and refused.
    assert ask(stage, ASSIGNED, 104, DANGER, later=True) is True
    assert answer(stage, SUBSTITUTE, 104, agree=False) is True
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, reason, told_from) VALUES (1, 104, 'x', now() - interval '1 day')")
    # Another text than the one that is told later.
    withheld(stage, 103, later=True)
    # Told at once by the second time.
    withheld(stage, later=True)
    assert ask(stage, ASSIGNED, ground=DANGER) is True
    assert answer(stage, SUBSTITUTE) is True
    assert stage.seen(TOLD) == [(101,)]
    assert mailed(stage) == 1
    # Ended before anybody was told: that told it.
    assert stage.one("web_team", "SELECT acl.end_withholding(%s)", public("entry", 103), who=ASSIGNED) is True
    come(stage, 103, "-1 day")
    assert mailed(stage) == 2
    stage.ask("portaal_jobs", TELL)
    assert mailed(stage) == 2
    assert stage.seen(TOLD) == [(101,)]


@scenario
def when_it_is_told_at_once_only_that_text_counts_as_told(stage: Stage) -> None:
    an_address(stage)
    stage.given("DELETE FROM casus.withholding")
    withheld(stage, 103, later=True)
    withheld(stage, later=True)
    stage.given("UPDATE casus.withholding SET told_at = now() - interval '1 day' WHERE entry_id = 101")
    for later in (True, False):
        assert ask(stage, ASSIGNED, ground=DANGER, later=True) is True
        assert answer(stage, SUBSTITUTE, agree=later) is True
    assert stage.seen(TOLD) == []
    assert ask(stage, ASSIGNED, ground=DANGER) is True
    assert answer(stage, SUBSTITUTE) is True
    assert stage.seen("SELECT entry_id, agreed, postponed, told_at = now() FROM casus.withholding ORDER BY id") == [
        (103, True, True, None),
        (101, True, True, False),
        (101, True, True, True),
        (101, False, True, None),
        (101, True, False, None),
    ]


@scenario
def of_a_dossier_out_of_sight_it_is_told_once_it_is_back(stage: Stage) -> None:
    an_address(stage)
    withheld(stage, later=True)
    come(stage, 101, "-1 day")
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    stage.ask("portaal_jobs", TELL)
    assert stage.seen(TOLD) == []
    stage.given("UPDATE casus.pause SET ended_at = now(), ended_by = 40")
    stage.ask("portaal_jobs", TELL)
    assert stage.seen(TOLD) == [(101,)]
    assert mailed(stage) == 1


@scenario
def how_often_telling_was_postponed_is_counted_by_year_from_five(stage: Stage) -> None:
    query = "SELECT year, times FROM acl.postponed_notices()"

    def row(year: int, *, agreed: bool = True, postponed: bool = True, hour: str = "-07-01 12:00+00") -> None:
        stage.given(
            "INSERT INTO casus.withholding (dossier_id, entry_id, ground, reason, review_on, postponed, asked_by, answered_by, answered_at, agreed)"
            f" VALUES (1, 101, 2, 'x', current_date, %s, 40, 41, '{year}{hour}', %s)",
            postponed,
            agreed,
        )

    for year in (2024, 2024, 2024, 2024, 2025, 2025, 2025, 2025, 2025):
        row(year)
    assert stage.ask("web_team", query, who=LEAD) == [(2025, 5), (2024, None)]
    row(2024, agreed=False)
    row(2024, postponed=False)
    assert stage.ask("web_team", query, who=ADMINISTRATOR) == [(2025, 5), (2024, None)]
    # New year's eve is over an hour earlier in Amsterdam.
    row(2024, hour="-12-31 23:30+00")
    assert stage.ask("web_team", query, who=LEAD) == [(2025, 6), (2024, None)]
    for who in (ASSIGNED, SUBSTITUTE):
        assert stage.ask("web_team", query, who=who) == []


@scenario
def the_city_says_how_long_telling_waits_and_never_longer_than_four_weeks(stage: Stage) -> None:
    assert ask(stage, ASSIGNED, ground=2, later=True) is True
    request = stage.value("SELECT public_id FROM casus.withholding WHERE entry_id = 101")
    query = "SELECT acl.answer_withholding(%s, true, %s)"
    for weeks in (0, 5, -1, None):
        assert stage.refusal("web_team", query, request, weeks, who=LEAD) == "22023", weeks
    for weeks in (1, 4):

        def play(weeks: int = weeks) -> None:
            assert answer(stage, LEAD, weeks=weeks) is True
            told = "SELECT told_from - now() FROM casus.closure WHERE entry_id = 101 AND ended_at IS NULL AND told_from IS NOT NULL"
            assert [row[0].days for row in stage.seen(told)] == [weeks * 7]

        stage.undone(play)
