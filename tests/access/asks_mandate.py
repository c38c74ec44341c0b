"""Who acts for the owner: written down by one, agreed by a second one; exactly, with decoys (migrations/rls/68)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from tests.access.asks_closing import sees
from tests.access.asks_withholding import an_address, mailed
from tests.access.stage import Stage, scenario
from tests.access.world import AUTHORISED, PEOPLE, Who, public

OWNER, MANDATE, ASSIGNED, COLLEAGUE = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["assigned"], PEOPLE["assigned, entry closed"]
SUBSTITUTE, LEAD, ELSEWHERE = PEOPLE["substitute"], PEOPLE["team lead"], PEOPLE["assigned elsewhere"]
HERE = public("dossier", 1)
WAITING = public("mandate request", 1)
_ASK = "SELECT acl.ask_mandate(%s, %s, %s, %s, %s, %s, %s, acl.today() + %s::int, %s, acl.today() + %s::int, acl.today() + %s::int, %s, %s)"


def asking(**other: Any) -> tuple[Any, ...]:
    """The statement that writes a mandate down, and its values; days are counted from today."""
    said = {
        "dossier": HERE, "number": uuid4(), "person": None, "first": " Mees ", "last": " de Mentor ", "ground": "mentor", "proof": " beslissing ",
        "seen": 0, "scope": " Zorg ", "first_day": 0, "last_day": None, "log": False, "sharing": False,
    }  # fmt: skip
    return _ASK, *(said | other).values()


def ask(stage: Stage, who: Who = ASSIGNED, **other: Any) -> UUID:
    """Writes a mandate down; gives its number."""
    number = uuid4()
    stage.ask("web_team", *asking(**{"number": number} | other), who=who)
    return number


def refused(stage: Stage, who: Who = ASSIGNED, **other: Any) -> str:
    """Why a mandate can't be written down."""
    return stage.refusal("web_team", *asking(**other), who=who)


def answer(stage: Stage, who: Who, number: UUID, agree: bool = True) -> Any:
    """The second professional's answer."""
    return stage.one("web_team", "SELECT acl.answer_mandate(%s, %s)", number, agree, who=who)


def waiting(stage: Stage, who: Who) -> list[tuple[UUID, bool]]:
    """What waits where somebody works, and whether it is the own question."""
    return [(number, own) for number, own in stage.ask("web_team", "SELECT public_id, own FROM acl.mandates_asked()", who=who)]


def end(stage: Stage, who: Who, number: int | UUID = AUTHORISED) -> Any:
    """Ends a mandate of the world (by the person) or another one."""
    role = "web_team" if who.face == "team" else "web_inwoner"
    return stage.one(role, "SELECT acl.end_mandate(%s)", public("mandate", number) if isinstance(number, int) else number, who=who)


def lines(stage: Stage) -> list[tuple[Any, ...]]:
    """The lines of the change log about mandates."""
    return stage.seen("SELECT event, dossier_id, person_id, subject_id FROM casus.change_log WHERE event LIKE 'mandate.%%' ORDER BY id")


@scenario
def it_opens_nothing_until_a_second_professional_agrees(stage: Stage) -> None:
    an_address(stage)
    stage.given("DELETE FROM casus.mandate_request")
    number = ask(stage, last_day=9, log=True)
    row = (
        "SELECT dossier_id, person_id, first_name, last_name, ground, proof, proof_seen_on - acl.today(), scope, valid_from - acl.today(),"
        " valid_until - acl.today(), opens_log, opens_sharing, asked_by, asked_at = now() FROM casus.mandate_request WHERE public_id = %s"
    )
    assert stage.seen(row, number) == [(1, None, "Mees", "de Mentor", "mentor", "beslissing", 0, "Zorg", 0, 9, True, False, 40, True)]
    before = stage.value("SELECT count(*) FROM casus.mandate")
    assert stage.value("SELECT count(*) FROM casus.person WHERE last_name = 'de Mentor'") == 0
    assert mailed(stage) == 0
    assert answer(stage, ASSIGNED, number) is False, "one's own question"
    assert answer(stage, ELSEWHERE, number) is False
    assert stage.value("SELECT count(*) FROM casus.mandate") == before
    assert answer(stage, SUBSTITUTE, number) is True
    assert mailed(stage) == 1
    [(person, *made)] = stage.seen(
        "SELECT person_id, dossier_id, ground, proof, proof_seen_on - acl.today(), scope, valid_from - acl.today(), valid_until - acl.today(),"
        " opens_log, opens_sharing, asked_by, agreed_by, withdrawn_at FROM casus.mandate WHERE agreed_by IS NOT NULL"
    )
    assert made == [1, "mentor", "beslissing", 0, "Zorg", 0, 9, True, False, 40, 48, None]
    assert stage.seen("SELECT first_name, infix, last_name, is_staff FROM casus.person WHERE id = %s", person) == [
        ("Mees", None, "de Mentor", False)
    ]
    assert sees(stage, Who(person, "vertegenwoordiger", "inwoner", 1), 101)
    assert stage.seen("SELECT FROM casus.mandate_request") == []
    assert answer(stage, LEAD, number) is False, "answered already"
    assert lines(stage) == [("mandate.asked", 1, 40, None), ("mandate.made", 1, 48, person)]


@scenario
def what_is_not_agreed_is_not_kept(stage: Stage) -> None:
    an_address(stage)
    before = stage.seen("SELECT (SELECT count(*) FROM casus.mandate), (SELECT count(*) FROM casus.person)")
    for who, asked in ((LEAD, WAITING), (COLLEAGUE, None)):
        number = asked or ask(stage, COLLEAGUE)
        assert answer(stage, who, number, agree=False) is True
        assert stage.seen("SELECT FROM casus.mandate_request WHERE public_id = %s", number) == []
    assert stage.seen("SELECT (SELECT count(*) FROM casus.mandate), (SELECT count(*) FROM casus.person)") == before
    assert mailed(stage) == 0
    assert lines(stage) == [("mandate.refused", 1, 52, None), ("mandate.asked", 1, 41, None), ("mandate.refused", 1, 41, None)]


@scenario
def somebody_who_has_one_here_gets_another_and_nobody_else_does(stage: Stage) -> None:
    for person in (1, 2, 14, 20, 28, 40):
        assert refused(stage, person=public("person", person)) == "MB001", person
    assert refused(stage, person=uuid4()) == "MB001"
    for known in (10, 11, 12, AUTHORISED):
        number = ask(stage, person=public("person", known), first="", last="", ground="curator")
        assert stage.value("SELECT person_id FROM casus.mandate_request WHERE public_id = %s", number) == known
        assert answer(stage, LEAD, number) is True
        assert stage.seen("SELECT ground FROM casus.mandate WHERE person_id = %s AND agreed_by = 52", known) == [("curator",)]
    assert lines(stage)[-2:] == [("mandate.asked", 1, 40, AUTHORISED), ("mandate.made", 1, 52, AUTHORISED)]


@scenario
def who_writes_it_down_and_what_has_to_be_said(stage: Stage) -> None:
    for who in (ELSEWHERE, LEAD, PEOPLE["assigned before"], PEOPLE["administrator"], PEOPLE["other team"]):
        assert refused(stage, who) == "MB001", who
    assert refused(stage, dossier=public("dossier", 2)) == "MB001"
    for wrong in (
        {"first": ""}, {"first": None}, {"last": " "}, {"ground": "zus"}, {"ground": None}, {"proof": " "}, {"proof": None}, {"scope": ""},
        {"scope": None}, {"first_day": None}, {"scope": "x" * 301}, {"proof": "x" * 201}, {"log": None}, {"sharing": None},
    ):  # fmt: skip
        assert refused(stage, **wrong) == "MB082", wrong
    for days in (
        {"seen": 1}, {"seen": None}, {"last_day": -1, "first_day": -3}, {"first_day": 3, "last_day": 2}, {"ground": "gemachtigde"},
    ):  # fmt: skip
        assert refused(stage, **days) == "MB081", days
    for good in (
        {"seen": -3, "first_day": -9, "last_day": 0}, {"first_day": 3, "last_day": 3}, {"ground": "gemachtigde", "last_day": 5},
        {"ground": "curator"}, {"ground": "bewindvoerder"}, {"scope": "x" * 300, "proof": "x" * 200},
    ):  # fmt: skip
        assert refused(stage, **good) == "", good
    number = ask(stage)
    assert refused(stage, number=number) == "23505", "the same form twice"


@scenario
def it_waits_for_a_second_professional_of_the_dossier_or_the_lead_of_its_team(stage: Stage) -> None:
    for who in (ASSIGNED, SUBSTITUTE, LEAD, PEOPLE["team lead, assigned"]):
        assert waiting(stage, who) == [(WAITING, False)], who
    assert waiting(stage, COLLEAGUE) == [(WAITING, True)]
    for who in (ELSEWHERE, PEOPLE["administrator"], PEOPLE["other team"], PEOPLE["assigned before"]):
        assert waiting(stage, who) == [], who
        assert answer(stage, who, WAITING) is False
    said = (
        "SELECT dossier, inwoner, name, ground, proof, proof_seen_on - acl.today(), scope, valid_from - acl.today(), valid_until, opens_log,"
        " opens_sharing, asked_by, asked_at <= now() FROM acl.mandates_asked()"
    )
    row = (
        HERE,
        "owner Proef",
        "Mees Mentor",
        "mentor",
        "beslissing",
        -2,
        "Zorg",
        -1,
        None,
        False,
        False,
        "assigned, entry closed Proef",
        True,
    )
    assert stage.ask("web_team", said, who=LEAD) == [row]
    stage.given("UPDATE casus.mandate_request SET person_id = 10, opens_sharing = true, valid_until = current_date + 3")
    assert stage.ask("web_team", said, who=LEAD)[0][2] == "mandate, as naaste Proef"
    assert stage.ask("web_team", said, who=LEAD)[0][9:11] == (False, True)
    earlier = ask(stage)
    stage.given("UPDATE casus.mandate_request SET asked_at = now() - interval '9 days' WHERE public_id = %s", earlier)
    assert waiting(stage, LEAD) == [(earlier, False), (WAITING, False)]
    stage.given("UPDATE casus.mandate_request SET asked_at = now()")
    assert waiting(stage, LEAD) == [(WAITING, False), (earlier, False)]
    stage.given("UPDATE casus.staff SET team_id = 2 WHERE person_id = 52")
    assert waiting(stage, LEAD) == [], "of another team"
    stage.given("UPDATE casus.staff SET team_id = 1, role = 'professional' WHERE person_id = 52")
    assert waiting(stage, Who(52, "professional", "team")) == [], "no team lead"


@scenario
def while_the_dossier_is_out_of_sight_there_is_nothing_of_this(stage: Stage) -> None:
    own = ask(stage, SUBSTITUTE)
    for ended, there in (("NULL, NULL", False), ("1, now()", True)):
        stage.given("DELETE FROM casus.pause")
        stage.given(f"INSERT INTO casus.pause (dossier_id, way, began_by, ended_by, ended_at) VALUES (1, 'portaal', 1, {ended})")
        for who in (ASSIGNED, LEAD):
            assert len(waiting(stage, who)) == (2 if there else 0)
        assert (refused(stage) == "") is there
        for who, role in ((ASSIGNED, "web_team"), (OWNER, "web_inwoner")):
            assert bool(stage.ask(role, "SELECT FROM acl.mandates_of(%s)", HERE, who=who)) is there
        assert (stage.refusal("web_team", CODE, public("mandate", AUTHORISED), "mees482", b"x" * 32, who=ASSIGNED) == "") is there
        plays: tuple[Callable[[], Any], ...] = (
            partial(end, stage, ASSIGNED),
            partial(end, stage, OWNER),
            partial(answer, stage, ASSIGNED, own),
        )
        for play in plays:
            stage.undone(partial(check, play, there))


CODE = "SELECT portaal.new_mandate_code(%s, %s, %s, 'ar')"


def check(play: Callable[[], Any], wanted: Any) -> None:
    """What something gives, in a play that is undone."""
    assert play() == wanted
