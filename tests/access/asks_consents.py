"""Organisations on consent: the inwoner gives it, changes it and ends it; the program reads as far as that goes (migrations/rls/71)."""

from collections.abc import Callable
from typing import Any

from tests.access.asks_door import door_line
from tests.access.asks_programs import GIVE, OPEN, SHOWN, lines, numbers, opened, read
from tests.access.hired import nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import MATES, PEOPLE, Who, public

OWNER, OTHER_OWNER, MANDATE, GUEST = (PEOPLE[name] for name in ("owner", "owner of another dossier", "mandate", "grant whole"))
HERE, THERE = public("dossier", 1), public("dossier", 2)
ENDED = "SELECT dossier, on_day FROM casus_api.ended_consents(now() - interval '1 day')"
CONSENTS = "SELECT id, dossier_id, role_name, sections, given_at, valid_until, confirmed_at, reminded_until, withdrawn_at, tell FROM casus.program_consent"
MATE = "program_maatjes"
ALSO = 2
YEAR = "(acl.today() + interval '1 year')::date"


class Mates:
    """Two programs on consent, each with its role; nobody consented to anything yet."""

    def __init__(self, stage: Stage) -> None:
        for role in (MATE, "program_fonds"):
            if stage.value("SELECT count(*) FROM pg_roles WHERE rolname = %s", role) == 0:
                stage.seen(f"CREATE ROLE {role} LOGIN")
            stage.seen(f"GRANT casus_program TO {role}")
        stage.given("DELETE FROM casus.program_consent")
        stage.given(
            "INSERT INTO casus.program VALUES ('program_fonds', 'Fonds', 'noodgeld', '{2,3}', '{1,2}', NULL, %s, 'toestemming')",
            public("program", ALSO),
        )


def consented(stage: Stage, number: int, **more: Any) -> int:
    """A consent of before; gives its number. Moments and days are SQL."""
    given = {
        "given_at": "now() - interval '9 days'",
        "valid_until": "acl.today() + 9",
        "confirmed_at": "NULL",
        "withdrawn_at": "NULL",
        "reminded_until": "NULL",
    }
    given |= {name: str(more.pop(name)) for name in given.keys() & more.keys()}
    rest = {"dossier_id": 1, "role_name": MATE, "sections": [2], "tell": False, **more}
    stage.given(
        f"INSERT INTO casus.program_consent (id, {', '.join([*rest, *given])}) VALUES (%s, {', '.join(['%s'] * len(rest))}, {', '.join(given.values())})",
        number,
        *rest.values(),
    )
    return number


def give(
    stage: Stage,
    *sections: int,
    program: int = MATES,
    until: str = "acl.today() + 30",
    told: bool = False,
    who: Who = OWNER,
    dossier: int = 1,
) -> str:
    """Consents. Gives the refusal, or nothing when it was done."""
    day = stage.value(f"SELECT {until}")
    values = (public("dossier", dossier), public("program", program), list(sections), day, told)
    sql = "SELECT acl.give_consent(%s, %s, %s::smallint[], %s, %s)"
    refusal = stage.refusal("web_inwoner", sql, *values, who=who)
    if not refusal:
        stage.ask("web_inwoner", sql, *values, who=who)
    return refusal


def withdraw(stage: Stage, *, program: int = MATES, told: bool = False) -> None:
    """Ends it."""
    stage.ask("web_inwoner", "SELECT acl.withdraw_consent(%s, %s, %s)", HERE, public("program", program), told, who=OWNER)


@scenario
def without_consent_a_program_finds_what_it_finds_of_no_dossier(stage: Stage) -> None:
    Mates(stage)
    before = lines(stage)
    for more in (
        None,
        {"valid_until": "acl.today() - 1"},
        {"withdrawn_at": "now()"},
        {"withdrawn_at": "now()", "tell": True},
        {"dossier_id": 2},
        {"role_name": "program_fonds"},
        # The city no longer agrees that it reads this.
        {"sections": [3]},
    ):

        def play(more: dict[str, Any] | None = more) -> None:
            if more is not None:
                consented(stage, 901, **more)
            assert stage.one(MATE, OPEN, HERE, "M. Maatje", "uw post") is None, more

        stage.undone(play)
    assert lines(stage) == before, "and no line says that it asked"


@scenario
def with_consent_it_reads_what_was_said_and_was_agreed_and_nothing_else(stage: Stage) -> None:
    Mates(stage)
    consented(stage, 901, valid_until="acl.today()")
    assert numbers(read(stage, MATE, 1)) == SHOWN
    assert read(stage, MATE, 2) == []
    consented(stage, 902, role_name="program_fonds", sections=[3])
    of_three = numbers(read(stage, "program_fonds", 1))
    assert of_three
    assert not {*of_three} & {*SHOWN}
    assert numbers(read(stage, MATE, 1)) == SHOWN, "the consent to another"
    stage.given("UPDATE casus.program_consent SET sections = '{2,3,2}' WHERE id = 902")
    assert {*numbers(read(stage, "program_fonds", 1))} == {*of_three, *SHOWN}
    stage.given("UPDATE casus.program SET sections = '{3,6}' WHERE role_name = 'program_fonds'")
    assert numbers(read(stage, "program_fonds", 1)) == of_three
    # Two that were given at the same moment count together.
    consented(stage, 903, sections=[8])
    assert numbers(read(stage, MATE, 1)) == SHOWN
    for spoilt in ("ended_on = acl.today()", "ended_on = acl.today() - 1", "team_ids = '{2}'", "team_ids = '{}'"):

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE casus.program SET {spoilt} WHERE role_name = %s", MATE)
            assert stage.one(MATE, OPEN, HERE, "M. Maatje", "uw post") is None, spoilt

        stage.undone(play)
    stage.given("UPDATE casus.program SET ended_on = acl.today() + 1 WHERE role_name = %s", MATE)
    assert numbers(read(stage, MATE, 1)) == SHOWN
    stage.given("UPDATE casus.dossier SET team_id = NULL WHERE id = 1")
    assert stage.one(MATE, OPEN, HERE, "M. Maatje", "uw post") is None


@scenario
def a_reading_of_before_is_emptied_when_the_consent_ends(stage: Stage) -> None:
    Mates(stage)
    consented(stage, 901)
    reading = opened(stage, MATE, 1)
    assert numbers(stage.ask(MATE, GIVE, reading)) == SHOWN
    for end in (lambda: withdraw(stage), lambda: give(stage, 8)):

        def play(end: Callable[[], object] = end) -> None:
            end()
            assert stage.ask(MATE, GIVE, reading) == []

        stage.undone(play)


@scenario
def out_of_sight_it_is_read_on_no_consent_and_by_law_as_before(stage: Stage) -> None:
    Mates(stage)
    consented(stage, 901)
    consented(stage, 902, withdrawn_at="now()", tell=True)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (2, 'portaal', 2)")
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by, ended_at, ended_by) VALUES (1, 'portaal', 1, now(), 40)")
    assert numbers(read(stage, MATE, 1)) == SHOWN
    assert len(stage.ask(MATE, ENDED)) == 1
    assert stage.one("web_inwoner", "SELECT casus.pause_dossier(%s, 'portaal')", HERE, who=OWNER) is True
    assert stage.one(MATE, OPEN, HERE, "M. Maatje", "uw post") is None
    assert stage.ask(MATE, ENDED) == []
    stage.seen("CREATE ROLE program_wet LOGIN")
    stage.seen("GRANT casus_program TO program_wet")
    stage.given("INSERT INTO casus.program VALUES ('program_wet', 'Wet', 'wet', '{2}', '{1}', NULL)")
    assert numbers(read(stage, "program_wet", 1)) == SHOWN


@scenario
def only_organisations_that_the_city_agreed_with_are_offered(stage: Stage) -> None:
    Mates(stage)
    for role, number, team, ended, ground in (
        ("ver", 3, "{2}", "NULL", "toestemming"),
        ("voorbij", 4, "{1}", "acl.today()", "toestemming"),
        ("wettelijk", 5, "{1}", "NULL", "wet"),
    ):
        stage.given(
            f"INSERT INTO casus.program VALUES (%s, 'X', 'x', '{{2}}', %s, {ended}, %s, %s)",
            f"program_{role}",
            team,
            public("program", number),
            ground,
        )
    offered = "SELECT program, name, purpose, sections FROM acl.programs_to_ask(%s)"
    assert stage.ask("web_inwoner", offered, HERE, who=OWNER) == [
        (public("program", ALSO), "Fonds", "noodgeld", [2, 3]),
        (public("program", MATES), "Maatjes", "post en geld", [2, 8]),
    ]
    assert len(stage.ask("web_inwoner", offered, THERE, who=OTHER_OWNER)) == 2, "of another team"
    stage.given("UPDATE casus.program SET name = 'Fonds' WHERE role_name = %s", MATE)
    in_turn = [row[0] for row in stage.ask("web_inwoner", offered, HERE, who=OWNER)]
    assert in_turn == sorted(in_turn)
    for who, dossier in ((OTHER_OWNER, 1), (MANDATE, 1), (GUEST, 1), (OWNER, 2), (PEOPLE["mandate that names sharing"], 1)):
        assert stage.refusal("web_inwoner", offered, public("dossier", dossier), who=who) == "MB001", (who, dossier)
        assert give(stage, 2, who=who, dossier=dossier) == "MB001", (who, dossier)
    for number in (3, 4, 5, 999):
        assert give(stage, 2, program=number) == "MB001", number
    assert stage.seen("SELECT FROM casus.program_consent") == []


@scenario
def what_is_given_is_exactly_what_was_said(stage: Stage) -> None:
    Mates(stage)
    for sections, until, refusal in (
        ((), "acl.today()", "MB052"),
        ((3,), "acl.today()", "MB052"),
        ((2, 3), "acl.today()", "MB052"),
        ((2,), "acl.today() - 1", "MB051"),
        ((2,), f"{YEAR} + 1", "MB051"),
        ((2,), "NULL::date", "MB051"),
    ):
        assert give(stage, *sections, until=until) == refusal, (sections, until)
    null = "SELECT acl.give_consent(%s, %s, NULL, current_date + 1, false)"
    assert stage.refusal("web_inwoner", null, HERE, public("program", MATES), who=OWNER) == "MB052"
    for until in ("acl.today()", YEAR):
        stage.undone(lambda until=until: _given(stage, until))  # type: ignore[misc]
    # Of another program and another dossier nothing is ended by it.
    consented(stage, 901, role_name="program_fonds")
    consented(stage, 902, dossier_id=2)
    consented(stage, 903, valid_until="acl.today() - 1")
    consented(stage, 904, withdrawn_at="now() - interval '1 day'")
    before = {row[0] for row in stage.seen(CONSENTS)}
    nothing_else_changes(stage, f"{CONSENTS} WHERE id BETWEEN 901 AND 904", lambda: give(stage, 2, 8))
    [made] = [row for row in stage.seen(CONSENTS) if row[0] not in before]
    assert (made[1], made[2], made[3], made[6:]) == (1, MATE, [2, 8], (None, None, None, False))
    assert made[4] == stage.value("SELECT now()")
    assert made[5] == stage.value("SELECT acl.today() + 30")
    assert door_line(stage) == ("consent.given", 1, None, 1)
    assert numbers(read(stage, MATE, 1)) == SHOWN
    assert numbers(read(stage, "program_fonds", 1)) == SHOWN


def _given(stage: Stage, until: str) -> None:
    assert give(stage, 2, until=until) == ""
    assert stage.seen(f"SELECT sections, valid_until = {until} FROM casus.program_consent") == [([2], True)]


@scenario
def a_change_ends_one_consent_and_begins_another(stage: Stage) -> None:
    Mates(stage)
    consented(stage, 901, sections=[2, 8])
    consented(stage, 902, role_name="program_fonds")
    give(stage, 8)
    state = "SELECT sections, withdrawn_at = now(), tell FROM casus.program_consent WHERE role_name = %s ORDER BY id"
    assert sorted(stage.seen(state, MATE)) == [([2, 8], True, False), ([8], None, False)]
    assert door_line(stage) == ("consent.changed", 1, None, 1)
    assert read(stage, MATE, 1) == []
    assert numbers(read(stage, "program_fonds", 1)) == SHOWN
    assert stage.ask(MATE, ENDED) == []
    give(stage, 2, told=True)
    assert stage.ask(MATE, ENDED) == [(HERE, stage.value("SELECT acl.today()"))]
    assert numbers(read(stage, MATE, 1)) == SHOWN


@scenario
def withdrawing_ends_one_organisation_and_nothing_else(stage: Stage) -> None:
    Mates(stage)
    for number, more in (
        (901, {}),
        (902, {"sections": [8]}),
        (903, {"valid_until": "acl.today() - 1"}),
        (904, {"withdrawn_at": "now() - interval '1 day'"}),
        (905, {"dossier_id": 2}),
        (906, {"role_name": "program_fonds"}),
    ):
        consented(stage, number, **more)
    nothing_else_changes(stage, CONSENTS, lambda: withdraw(stage), 901, 902)
    ended = "SELECT withdrawn_at = now(), tell, valid_until = acl.today() + 9 FROM casus.program_consent WHERE id IN (901, 902)"
    assert stage.seen(ended) == [(True, False, True)] * 2
    assert door_line(stage) == ("consent.withdrawn", 1, None, 1)
    count = stage.value("SELECT count(*) FROM casus.change_log")
    nothing_else_changes(stage, CONSENTS, lambda: withdraw(stage, told=True))
    assert stage.value("SELECT count(*) FROM casus.change_log") == count, "what ended already ends once"
    assert stage.ask(MATE, ENDED) == [], "and nobody is told"
    # Also when the city doesn't offer it any more.
    stage.given("UPDATE casus.program SET ended_on = acl.today(), team_ids = '{}' WHERE role_name = 'program_fonds'")
    nothing_else_changes(stage, CONSENTS, lambda: withdraw(stage, program=ALSO), 906)
    for act in ("acl.withdraw_consent(%s, %s, false)", "acl.confirm_consent(%s, %s)"):
        for who, dossier, program in (
            (OTHER_OWNER, 1, MATES),
            (MANDATE, 1, MATES),
            (GUEST, 1, MATES),
            (OWNER, 2, MATES),
            (OTHER_OWNER, 2, ALSO),
            (OWNER, 1, 999),
        ):
            values = (public("dossier", dossier), public("program", program))
            assert stage.refusal("web_inwoner", f"SELECT {act}", *values, who=who) == "MB001", (act, who, dossier, program)


@scenario
def yes_it_still_holds_for_a_year(stage: Stage) -> None:
    Mates(stage)
    for number, more in (
        (901, {}),
        (902, {"valid_until": "acl.today() - 1"}),
        (903, {"withdrawn_at": "now() - interval '1 day'"}),
        (904, {"dossier_id": 2}),
        (905, {"role_name": "program_fonds"}),
    ):
        consented(stage, number, **more)

    def confirm() -> None:
        stage.ask("web_inwoner", "SELECT acl.confirm_consent(%s, %s)", HERE, public("program", MATES), who=OWNER)

    nothing_else_changes(stage, CONSENTS, confirm, 901)
    assert stage.seen(f"SELECT confirmed_at = now(), valid_until = {YEAR}, sections FROM casus.program_consent WHERE id = 901") == [
        (True, True, [2])
    ]
    assert door_line(stage) == ("consent.confirmed", 1, None, 1)
    withdraw(stage)
    count = stage.value("SELECT count(*) FROM casus.change_log")
    confirm()
    assert stage.value("SELECT count(*) FROM casus.change_log") == count, "there is nothing to confirm"


@scenario
def nobody_lets_a_program_read_for_longer_whatever_a_function_does(stage: Stage) -> None:
    add = "INSERT INTO casus.program_consent (dossier_id, role_name, sections, valid_until) VALUES (1, 'program_maatjes', '{2}', %s)"
    change = "UPDATE casus.program_consent SET valid_until = %s WHERE dossier_id = 1"
    year, later = stage.value(f"SELECT {YEAR}"), stage.value(f"SELECT {YEAR} + 1")
    for sql in (add, change):
        assert stage.refusal("casus_acl", sql, year) == ""
        assert stage.refusal("casus_acl", sql, later) == "42501"
    assert stage.refusal("casus_acl", "UPDATE casus.program_consent SET valid_until = %s, withdrawn_at = now()", later) == ""
    assert stage.refusal("casus_acl", "INSERT INTO casus.change_log (dossier_id, event) VALUES (1, 'anders.dan')") == "42501"
