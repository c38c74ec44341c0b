"""Questions of the inwoner: which can be answered, by whom, what an answer changes, and until when a term can be made longer (57_asking.sql)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal import deadlines
from tests.access.hired import ADMIN, LEAD, WORKER, hire, nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import ASKED_LINE, PEOPLE, Who, public

OWNER, ELSEWHERE, CLOSED = PEOPLE["owner"], PEOPLE["other team"], PEOPLE["assigned, entry closed"]
QUESTION, EXPLAIN, NEW = 800, 801, public("answer", 1)
ANSWER = "casus.answer_request(%s, %s, %s::smallint, %s)"
ROWS = (
    "SELECT id, kind, audience, author_id, withdrawn, outcome, wish, answers_id, extended_at, extension, settled_at FROM casus.annotation"
)
LINES = "SELECT line_id, asked_by, words, answered_at, answered_by, answered_name, answer FROM casus.look_question"


def asks(stage: Stage, number: int = QUESTION, *, ago: timedelta = timedelta(0), **columns: Any) -> UUID:
    """A question of the owner of so long ago beside entry 101; gives its public id."""
    values = {
        "kind": 2,
        "wish": 1,
        "audience": 3,
        "entry_id": 101,
        "section": 2,
        "leefdomein": 6,
        "dossier_id": 1,
        "author_id": 1,
        **columns,
    }
    stage.given(
        f"INSERT INTO casus.annotation (id, public_id, author_name, created_at, {', '.join(values)})"
        f" VALUES (%s, %s, 'owner', now() - %s, {', '.join(['%s'] * len(values))})",
        number, public("question", number), ago, *values.values(),
    )  # fmt: skip
    return public("question", number)


def refused(stage: Stage, who: Who, question: UUID, result: object = 3, words: str = "Nee, want") -> str:
    """The code of the refusal to answer; empty when it was done, and undone."""
    return stage.refusal("web_team", f"SELECT {ANSWER}", question, NEW, result, words, who=who)


def answers(stage: Stage, question: UUID, result: int = 3, who: Who = WORKER) -> None:
    """Answers it."""
    stage.ask("web_team", f"SELECT {ANSWER}", question, NEW, result, "Nee, want", who=who)


@scenario
def only_a_question_that_waits_can_be_answered(stage: Stage) -> None:
    question = asks(stage)
    assert refused(stage, WORKER, question) == ""
    assert refused(stage, WORKER, public("question", 999)) == "MB001"
    assert refused(stage, WORKER, public("reaction", 303)) == "MB001", "nothing was asked"
    stage.given("UPDATE casus.annotation SET withdrawn = true, withdrawn_at = now() WHERE id = %s", QUESTION)
    assert refused(stage, WORKER, question) == "MB001", "taken back"
    stage.given("UPDATE casus.annotation SET withdrawn = false, withdrawn_at = NULL WHERE id = %s", QUESTION)
    for kind, refusal in ((1, ""), (2, ""), (3, ""), (6, ""), (4, "MB001"), (5, "MB001")):

        def play(kind: int = kind, refusal: str = refusal) -> None:
            asks(stage, 802, kind=kind, wish=None, answers_id=QUESTION)
            assert refused(stage, WORKER, question) == refusal, kind

        stage.undone(play)
    asks(stage, 803, kind=5, wish=None, answers_id=305)
    assert refused(stage, WORKER, question) == "", "another one was answered"
    assert refused(stage, WORKER, public("question", 803)) == "MB001", "an answer is no question"


@scenario
def who_works_in_the_dossier_and_may_read_the_text_answers(stage: Stage) -> None:
    question, closed = asks(stage), asks(stage, 804, entry_id=109)
    for who, open_one, closed_one in (
        (WORKER, "", ""), (CLOSED, "", "MB001"), (PEOPLE["substitute"], "", ""), (PEOPLE["team lead, assigned"], "", ""),
        (LEAD, "MB001", "MB001"), (ADMIN, "MB001", "MB001"), (ELSEWHERE, "MB001", "MB001"), (PEOPLE["assigned before"], "MB001", "MB001"),
    ):  # fmt: skip
        assert refused(stage, who, question) == open_one, who
        assert refused(stage, who, closed) == closed_one, who
        longer = stage.refusal("web_team", "SELECT casus.extend_request(%s, 'Druk')", closed, who=who)
        assert longer == closed_one, who
    for role in ("web_inwoner", "web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_controle", "casus_uitvoer"):
        assert stage.refusal(role, f"SELECT {ANSWER}", question, NEW, 3, "Nee") == "42501", role
    assert stage.refusal("web_team", f"SELECT {ANSWER}", question, NEW, 3, "Nee") == "MB001"


@scenario
def an_answer_fits_its_question_and_has_words(stage: Stage) -> None:
    correct, explain = asks(stage, entry_id=113), asks(stage, EXPLAIN, kind=3, wish=5)
    for result, to_correct, to_explain in (
        (0, "MB061", ""),
        (1, "", "MB061"),
        (2, "", "MB061"),
        (3, "", "MB061"),
        (4, "MB061", "MB061"),
        (None, "MB061", "MB061"),
    ):
        assert refused(stage, WORKER, correct, result) == to_correct, result
        assert refused(stage, WORKER, explain, result) == to_explain, result
    assert refused(stage, WORKER, correct, 3, "") == "MB061"
    assert refused(stage, WORKER, explain, 0, "") == "MB061"


@scenario
def what_is_taken_over_stands_in_a_newer_text(stage: Stage) -> None:
    question, of_owner = asks(stage, ago=timedelta(hours=1)), asks(stage, 805, entry_id=113)
    asks(stage, 806, entry_id=102, ago=timedelta(hours=1))

    def version(number: int, ago: timedelta, entry: int = 101) -> None:
        stage.given(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_name, created_at)"
            " VALUES (%s, %s, 1, 2, 6, 't', 'b', 'x', now() - %s)", entry, number, ago,
        )  # fmt: skip

    stage.given("UPDATE casus.entry_version SET created_at = now() - interval '1 day' WHERE entry_id IN (101, 102, 113)")
    assert [refused(stage, WORKER, question, result) for result in (1, 2, 3)] == ["MB062", "MB062", ""]
    assert refused(stage, WORKER, of_owner, 1) == "", "the inwoner's own words get no version from us"
    version(2, timedelta(0), entry=102)
    assert refused(stage, WORKER, question, 1) == "MB062", "another text is newer"
    version(2, timedelta(hours=1))
    assert refused(stage, WORKER, question, 1) == "MB062", "at the very moment is not after"
    version(3, timedelta(minutes=2))
    version(4, timedelta(minutes=1))
    about = "SELECT v.about_version, v.body, v.number FROM casus.annotation_version v JOIN casus.annotation a ON a.id = v.annotation_id WHERE a.public_id = %s"
    for result, expected in ((1, 4), (2, 4), (3, None)):

        def play(result: int = result, expected: int | None = expected) -> None:
            answers(stage, question, result)
            assert stage.seen(about, NEW) == [(expected, "Nee, want", 1)]

        stage.undone(play)


@scenario
def an_answer_is_a_row_beside_the_question_and_changes_nothing_but_the_outcome(stage: Stage) -> None:
    for number, kind, wish, result, audience in ((QUESTION, 2, 4, 3, 3), (EXPLAIN, 3, 5, 0, 2)):

        def play(number: int = number, kind: int = kind, wish: int = wish, result: int = result, audience: int = audience) -> None:
            question = asks(stage, number, kind=kind, wish=wish, audience=audience, entry_id=104, section=3, leefdomein=0)
            [(newest,)] = stage.seen("SELECT last_value + 1 FROM casus.annotation_id_seq")
            nothing_else_changes(stage, ROWS, lambda: answers(stage, question, result), newest, *([number] if result else []))
            row = "SELECT entry_id, dossier_id, section, leefdomein, kind, audience, author_id, wish, answers_id, outcome FROM casus.annotation"
            assert stage.seen(f"{row} WHERE public_id = %s", NEW) == [
                (104, 1, 3, 0, 5 if kind == 2 else 4, audience, WORKER.person, None, number, 0)
            ]
            assert stage.seen("SELECT outcome FROM casus.annotation WHERE id = %s", number) == [(result,)]
            assert refused(stage, WORKER, question, result) == "MB001", "once"

        stage.undone(play)


TOLD = "SELECT template, language, to_whom, address, melding_id, person_id, team_id FROM portaal.outbox"


def _account(stage: Stage, person: int, face: str, email: str | None, disabled: bool = False) -> None:
    stage.given(
        "INSERT INTO portaal.account (person_id, face, username, email, language, disabled_at) VALUES (%s, %s, %s, %s, 'ar', CASE WHEN %s THEN now() END)",
        person, face, f"{face}{person}", email, disabled,
    )  # fmt: skip


@scenario
def the_inwoner_gets_a_mail_that_says_nothing(stage: Stage) -> None:
    question = asks(stage)
    stage.given("DELETE FROM portaal.account")
    answers_it = (
        lambda: answers(stage, question),
        lambda: stage.ask("web_team", "SELECT casus.extend_request(%s, 'Druk')", question, who=WORKER),
        lambda: stage.ask("web_team", "SELECT casus.answer_look(%s, 'Daarom')", public("look", 1), who=LEAD),
    )
    for act in answers_it:
        for face, email, disabled, told in (
            ("inwoner", "a@voorbeeld.nl", False, [("nieuws", "ar", "inwoner", "a@voorbeeld.nl", None, 1, 1)]),
            ("inwoner", None, False, []),
            ("inwoner", "a@voorbeeld.nl", True, []),
            ("team", "a@voorbeeld.nl", False, []),
        ):

            def play(act: Any = act, face: str = face, email: str | None = email, disabled: bool = disabled, told: Any = told) -> None:
                _account(stage, 1, face, email, disabled)
                _account(stage, 2, "inwoner", "b@voorbeeld.nl")
                act()
                assert stage.seen(TOLD) == told, (face, email, disabled)

            stage.undone(play)


@scenario
def a_term_is_made_longer_once_within_the_month_with_a_reason(stage: Stage) -> None:
    extend = "SELECT casus.extend_request(%s, %s)"
    question, explain = asks(stage), asks(stage, EXPLAIN, kind=3, wish=5)
    assert stage.refusal("web_team", extend, question, "", who=WORKER) == "MB063"
    assert stage.refusal("web_team", extend, explain, "Druk", who=WORKER) == "MB063", "an explanation has its own term"
    nothing_else_changes(stage, ROWS, lambda: stage.ask("web_team", extend, question, "Druk", who=WORKER), QUESTION)
    assert stage.seen("SELECT extension, extended_at - now(), outcome FROM casus.annotation WHERE id = %s", QUESTION) == [
        ("Druk", timedelta(0), 0)
    ]
    assert stage.refusal("web_team", extend, question, "Druk", who=WORKER) == "MB063", "once"
    # Until the end of the last day, as portal.deadlines.CORRECTION says; the clock of the database stands still in a transaction.
    now: datetime = stage.value("SELECT now()")
    last = next(day for day in range(27, 33) if deadlines.due(deadlines.CORRECTION, now - timedelta(days=day + 1)) < now)
    for number, (days, refusal) in enumerate(((last - 1, ""), (last, ""), (last + 1, "MB063")), start=810):
        asked = asks(stage, number, ago=timedelta(days=days))
        assert stage.refusal("web_team", extend, asked, "Druk", who=WORKER) == refusal, days


@scenario
def a_question_that_nobody_could_read_is_none(stage: Stage) -> None:
    put = (
        "INSERT INTO casus.annotation (public_id, entry_id, dossier_id, section, leefdomein, kind, audience, wish)"
        " VALUES (gen_random_uuid(), 101, 1, 2, 6, %s, %s, %s)"
    )
    for kind, audience, wish, refusal in (
        (2, 2, 1, ""), (2, 3, 4, ""), (2, 1, 1, "23514"), (2, 2, 0, "23514"), (2, 2, 5, "23514"), (3, 2, 5, ""), (3, 2, 4, "23514"), (1, 2, 1, "23514"),
    ):  # fmt: skip
        assert stage.refusal("web_inwoner", put, kind, audience, wish, who=OWNER) == refusal, (kind, audience, wish)


@scenario
def the_functions_reach_questions_and_answers_and_no_other_reaction(stage: Stage) -> None:
    asks(stage)
    asks(stage, 807, kind=5, wish=None, answers_id=QUESTION)
    for number, read, changed in ((303, 0, 0), (QUESTION, 1, 1), (807, 1, 0)):
        assert len(stage.ask("casus_acl", "SELECT FROM casus.annotation WHERE id = %s", number)) == read, number
        assert len(stage.ask("casus_acl", "UPDATE casus.annotation SET outcome = 3 WHERE id = %s", number)) == changed, number
    put = "INSERT INTO casus.annotation (public_id, entry_id, dossier_id, section, leefdomein, kind, audience) VALUES (gen_random_uuid(), 101, 1, 2, 6, %s, 2)"
    # Without an actor there is no author: that is looked at after the policy.
    for kind, refusal in ((1, "42501"), (2, "42501"), (3, "42501"), (4, "23502"), (5, "23502"), (6, "42501")):
        assert stage.refusal("casus_acl", put, kind) == refusal, kind
    log = "INSERT INTO casus.change_log (dossier_id, event) VALUES (1, %s)"
    for event, refusal in (("look.asked", ""), ("look.answered", ""), ("question.answered", "42501")):
        assert stage.refusal("casus_acl", log, event) == refusal, event


# Why did this person look?

ASK_WHY = "SELECT casus.ask_why_looked(%s, %s, %s)"
MOMENT = "2026-02-01 09:00:00+00:00"


def line(stage: Stage, moment: str = MOMENT, *, dossier: int = 1, reader: int | None = 40, program: str = "web_team") -> int:
    """A line of the read log; gives its number."""
    [(made,)] = stage.given(
        "INSERT INTO casus.read_log (at, xid, dossier_id, what, shown, reader_id, reader_name, reader_role, ground, ground_detail, program)"
        " VALUES (%s, pg_current_xact_id(), %s, 'afdruk', 7, %s, 'Wie', 'werker', 'professional', 'vaste', %s) RETURNING id",
        moment, dossier, reader, program,
    )  # fmt: skip
    return int(made)


@scenario
def the_owner_asks_about_a_line_of_the_own_dossier(stage: Stage) -> None:
    first, second, theirs = line(stage), line(stage), line(stage, dossier=2)
    read_along = line(stage, "2026-02-02 09:00:00+00:00", program="web_inwoner")
    for name, own in (
        ("owner", ""),
        ("mandate", "MB001"),
        ("owner of another dossier", "MB001"),
        ("mandate ended", "MB001"),
        ("grant whole", "MB001"),
    ):
        assert stage.refusal("web_inwoner", ASK_WHY, 1, MOMENT, "", who=PEOPLE[name]) == own, name
    assert stage.refusal("web_inwoner", ASK_WHY, 1, MOMENT, "") == "MB001"
    assert stage.refusal("web_inwoner", ASK_WHY, 2, MOMENT, "", who=OWNER) == "MB001", "another dossier"
    assert stage.refusal("web_inwoner", ASK_WHY, 1, "2026-02-01 09:00:01+00:00", "", who=OWNER) == "MB001", "no line of that moment"
    assert stage.refusal("web_inwoner", ASK_WHY, 1, "2026-02-02 09:00:00+00:00", "", who=OWNER) == "MB001", "who reads along was let in"
    assert stage.refusal("web_inwoner", ASK_WHY, 1, ASKED_LINE, "", who=OWNER) == "23505", "asked before"
    before = stage.seen("SELECT count(*) FROM casus.change_log")
    made = stage.one("web_inwoner", ASK_WHY, 1, MOMENT, "Ik ken haar niet", who=OWNER)
    assert stage.seen(f"{LINES} WHERE public_id = %s", made) == [(first, 1, "Ik ken haar niet", None, None, None, None)]
    assert stage.seen("SELECT count(*) FROM casus.look_question WHERE line_id IN (%s, %s, %s)", second, theirs, read_along) == [(0,)]
    assert stage.seen("SELECT count(*) - 1 FROM casus.change_log") == before
    assert stage.seen("SELECT event, dossier_id, person_id FROM casus.change_log ORDER BY id DESC LIMIT 1") == [("look.asked", 1, 1)]


def _question_about(stage: Stage, number: int, **columns: Any) -> UUID:
    asked = public("look", number)
    stage.given(
        "INSERT INTO casus.look_question (line_id, public_id, asked_by, words) VALUES (%s, %s, 1, 'Waarom')", line(stage, **columns), asked
    )
    return asked


@scenario
def the_owner_reads_what_was_asked_in_that_dossier(stage: Stage) -> None:
    _question_about(stage, 2, moment="2026-02-03 09:00:00+00:00")
    _question_about(stage, 3, dossier=2)
    stage.given(
        "UPDATE casus.look_question SET answered_at = asked_at, answered_by = 52, answered_name = 'Lea', answer = 'Dienst' WHERE public_id = %s",
        public("look", 2),
    )
    ask = "SELECT public_id, words, answered_name, answer, moment = ANY (ARRAY[%s, '2026-02-03 09:00+00']::timestamptz[]) FROM casus.own_look_questions(%s)"
    both = [(public("look", 1), "Waarom?", None, None, True), (public("look", 2), "Waarom", "Lea", "Dienst", True)]
    for name, found in (("owner", both), ("mandate", []), ("owner of another dossier", []), ("grant whole", []), ("mandate ended", [])):
        assert stage.ask("web_inwoner", ask, ASKED_LINE, 1, who=PEOPLE[name]) == found, name
    assert stage.ask("web_inwoner", ask, ASKED_LINE, 2, who=OWNER) == []


def _may(stage: Stage, who: Who, asked: UUID) -> bool:
    seen = bool(stage.ask("web_team", "SELECT FROM casus.look_questions() WHERE public_id = %s", asked, who=who))
    answer = stage.refusal("web_team", "SELECT casus.answer_look(%s, 'Daarom')", asked, who=who)
    assert answer == ("" if seen else "MB001"), (who, answer)
    return seen


@scenario
def a_team_lead_of_the_team_answers_and_never_about_oneself(stage: Stage) -> None:
    of_lead, of_other_team, of_program = (
        _question_about(stage, 2, reader=52),
        _question_about(stage, 3, dossier=2),
        _question_about(stage, 4, reader=None, program="program_x"),
    )
    lead_elsewhere = Who(720, "teamleider", "team")
    hire(stage, 720, team=2, role="teamleider")
    for who, may in (
        (LEAD, (False, False, True)), (PEOPLE["team lead, assigned"], (True, False, True)), (PEOPLE["team lead, substitute"], (True, False, True)),
        (lead_elsewhere, (False, True, False)), (WORKER, (False, False, False)), (ELSEWHERE, (False, False, False)), (ADMIN, (False, False, False)),
    ):  # fmt: skip
        assert tuple(_may(stage, who, one) for one in (of_lead, of_other_team, of_program)) == may, who


@scenario
def a_beheerder_answers_when_there_is_no_other_team_lead(stage: Stage) -> None:
    of_lead, of_worker = _question_about(stage, 2, reader=52), _question_about(stage, 3)
    no_team = _question_about(stage, 4, dossier=3)
    stage.given("UPDATE casus.dossier SET team_id = NULL WHERE id = 3")
    assert _may(stage, ADMIN, no_team)
    assert not _may(stage, LEAD, no_team)
    stage.given("UPDATE casus.staff SET team_id = 2 WHERE person_id IN (53, 59)")
    assert (_may(stage, ADMIN, of_lead), _may(stage, ADMIN, of_worker)) == (True, False), "the only lead of the team looked"
    for column, days, may in (("joined_on", 0, False), ("joined_on", 1, True), ("left_on", 1, False), ("left_on", 0, True)):

        def play(column: str = column, days: int = days, may: bool = may) -> None:
            stage.given(f"UPDATE casus.staff SET {column} = acl.today() + %s WHERE person_id = 52", days)
            assert _may(stage, ADMIN, of_worker) is may, (column, days)

        stage.undone(play)
    stage.given("UPDATE casus.staff SET role = 'professional' WHERE person_id = 52")
    assert _may(stage, ADMIN, of_worker)
    assert not _may(stage, Who(54, "beheerder", "team"), _question_about(stage, 5, moment="2026-02-09 09:00:00+00:00", reader=54)), (
        "not about oneself"
    )
    assert not _may(stage, WORKER, of_worker)


@scenario
def who_answers_reads_the_line_and_nothing_of_the_dossier(stage: Stage) -> None:
    stage.given("DELETE FROM casus.look_question")
    late = _question_about(stage, 2)
    stage.given("UPDATE casus.look_question SET asked_at = now() - interval '2 days'")
    _question_about(stage, 3, moment="2026-02-04 09:00:00+00:00")
    found = stage.ask("web_team", "SELECT * FROM casus.look_questions()", who=LEAD)
    name = stage.value("SELECT acl.full_name(1)")
    assert [row[0] for row in found] == [late, public("look", 3)], "what was asked first on top"
    assert found[0][2:4] == ("Waarom", name)
    assert found[0][5:] == ("Wie", "werker", "professional", "vaste", "afdruk", 7)
    assert found[0][4] == datetime.fromisoformat(MOMENT)


@scenario
def an_answer_about_who_looked_stands_once(stage: Stage) -> None:
    other = _question_about(stage, 2)
    stage.ask("web_team", "SELECT casus.answer_look(%s, 'Dienst')", public("look", 1), who=LEAD)
    assert stage.seen(f"SELECT answer, answered_by, answered_name, answered_at - now() FROM ({LINES.replace('line_id', 'public_id, line_id')}) q WHERE public_id = %s", public("look", 1)) == [
        ("Dienst", LEAD.person, stage.value("SELECT acl.full_name(%s)", LEAD.person), timedelta(0))
    ]  # fmt: skip
    assert stage.seen("SELECT answer FROM casus.look_question WHERE public_id = %s", other) == [(None,)]
    assert stage.seen("SELECT event, dossier_id, person_id FROM casus.change_log ORDER BY id DESC LIMIT 1") == [
        ("look.answered", 1, LEAD.person)
    ]
    assert [row[0] for row in stage.ask("web_team", "SELECT * FROM casus.look_questions()", who=LEAD)] == [other]
    assert stage.refusal("web_team", "SELECT casus.answer_look(%s, 'Nog eens')", public("look", 1), who=LEAD) == "MB001"
    assert stage.refusal("web_team", "SELECT casus.answer_look(%s, '')", other, who=LEAD) == "23514"
    for role in ("web_inwoner", "web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_controle", "casus_uitvoer"):
        assert stage.refusal(role, "SELECT casus.answer_look(%s, 'x')", other) == "42501", role
