"""The inwoner decides who reads along: of the own dossier, within a year, exactly what was said, and nothing else changes (migrations/rls/56)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.access.asks_door import door_line
from tests.access.hired import nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import ENTRIES, MATES, PEOPLE, Who, public

OWNER, OTHER_OWNER, MANDATE, GUEST = (PEOPLE[name] for name in ("owner", "owner of another dossier", "mandate", "grant whole"))
GRANTS = (
    "SELECT id, dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, valid_until, withdrawn_at, ground, relation,"
    " confirmed_at, reminded_until FROM casus.access_grant"
)
NONE: list[int] = []
HERE = public("dossier", 1)


def grant(stage: Stage, number: int, person: int, **more: Any) -> int:
    """Something that was given; gives its number. Days are SQL."""
    days = {
        "valid_from": "acl.today() - 10",
        "valid_until": "NULL",
        "withdrawn_at": "NULL",
        "confirmed_at": "NULL",
        "reminded_until": "NULL",
    }
    days |= {name: str(more.pop(name)) for name in days.keys() & more.keys()}
    rest = {"dossier_id": 1, "scope": 1, "section": None, "leefdomein": None, "entry_id": None, "relation": None, **more}
    stage.given(
        f"INSERT INTO casus.access_grant (id, grantee_id, ground, {', '.join(rest)}, {', '.join(days)})"
        f" VALUES (%s, %s, 'toestemming', {', '.join(['%s'] * len(rest))}, {', '.join(days.values())})",
        number,
        person,
        *rest.values(),
    )
    return number


def put(
    stage: Stage,
    person: int,
    *,
    whole: bool = False,
    sections: tuple[int, ...] = (),
    leefdomeinen: tuple[int, ...] = (),
    entries: tuple[int, ...] = (),
    until: str = "acl.today() + 30",
    only: bool | None = None,
    who: Who = OWNER,
) -> str:
    """Gives access, or with ``only`` changes it (and tells when it is True). Gives the refusal, or nothing when it was done."""
    function, more = ("give_access", "") if only is None else ("change_access", f", {only}")
    values = (HERE, public("person", person), whole, list(sections), list(leefdomeinen), [public("entry", one) for one in entries])
    # acl.today() is the day of the superuser: the inwoner has no right to ask it.
    day = stage.value(f"SELECT {until}")
    sql = f"SELECT acl.{function}(%s, %s, %s, %s, %s, %s, %s{more})"
    refusal = stage.refusal("web_inwoner", sql, *values, day, who=who)
    if not refusal:
        stage.ask("web_inwoner", sql, *values, day, who=who)
    return refusal


def newest(stage: Stage, count: int = 1) -> list[tuple[Any, ...]]:
    """The newest grants."""
    return stage.seen(
        "SELECT dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from = acl.today(), valid_until - acl.today(),"
        " withdrawn_at IS NULL, ground, relation, confirmed_at = now() FROM casus.access_grant ORDER BY id DESC LIMIT %s",
        count,
    )


@scenario
def only_the_inwoner_sees_who_may_see_what_of_the_own_dossier(stage: Stage) -> None:
    ask = "SELECT relation, person, detail FROM acl.who_may_see(%s)"
    for who, dossier, refusal in (
        (OWNER, 1, ""),
        (OWNER, 2, "MB001"),
        (OTHER_OWNER, 1, "MB001"),
        (OTHER_OWNER, 2, ""),
        (MANDATE, 1, "MB001"),
        (GUEST, 1, "MB001"),
        (OWNER, 9, "MB001"),
    ):
        assert stage.refusal("web_inwoner", ask, public("dossier", dossier), who=who) == refusal, (who, dossier)
    assert stage.refusal("web_inwoner", ask, HERE) == "MB001", "nobody"
    assert stage.ask("web_inwoner", ask, public("dossier", 2), who=OTHER_OWNER) == [
        ("vertegenwoordiger", public("person", 14), "mentor"),
        ("professional", public("person", 46), "vaste"),
        ("naaste", public("person", 27), ""),
        ("naaste", public("person", 87), ""),
        ("programma", None, "onderzoek"),
    ]


def _seen(stage: Stage) -> set[tuple[Any, ...]]:
    rows = stage.ask("web_inwoner", "SELECT * FROM acl.who_may_see(%s)", HERE, who=OWNER)
    today: date = stage.value("SELECT acl.today()")

    def days(day: date | None) -> int | None:
        return None if day is None else (day - today).days

    people = {public("person", who.person): who.person for who in PEOPLE.values()} | {
        public("person", number): number for number in (58, 77)
    }
    people[public("program", MATES)] = MATES
    return {
        (
            row[0],
            people.get(row[1]),
            row[2],
            row[3],
            days(row[4]),
            days(row[5]),
            row[6] is None,
            row[7],
            row[8],
            tuple(row[9] or ()),
            *row[10:13],
        )
        for row in rows
    }


@scenario
def who_may_see_what_is_all_there_is(stage: Stage) -> None:
    stage.given("UPDATE casus.dossier SET opened_on = acl.today() - 50")
    stage.given("UPDATE casus.program SET ended_on = acl.today() + 5 WHERE role_name = 'program_planbord'")
    # An administrator stands in, and opens no dossier; somebody who leaves stands in for somebody who leaves earlier.
    stage.given("INSERT INTO casus.absence (staff_id, substitute_id, from_date, until_date) VALUES (41, 54, acl.today(), acl.today() + 1)")
    stage.given("UPDATE casus.staff SET left_on = acl.today() + 4, joined_on = acl.today() - 5 WHERE person_id = 48")
    stage.given("UPDATE casus.absence SET from_date = acl.today() - 8, until_date = acl.today() + 8 WHERE substitute_id = 48")
    grant(stage, 910, 28, scope=4, entry_id=101, relation="mijn zus", confirmed_at="now()", valid_until="acl.today() + 3")
    proef = {who.person: f"{name} Proef" for name, who in PEOPLE.items()} | {58: "absent before Proef", 77: "authorised Proef"}

    def mandate(person: int, begins: int, ends: int | None, open_now: bool = True, ground: str = "mentor") -> tuple[Any, ...]:
        return ("vertegenwoordiger", person, proef[person], ground, begins, ends, open_now, ground, 1, (), None, None, None)

    def works(person: int, begins: int = -100, ends: int | None = None) -> tuple[Any, ...]:
        return ("professional", person, proef[person], "vaste professional", begins, ends, True, "", 1, (), None, None, None)

    def stands_in(person: int, absent: int, begins: int, ends: int) -> tuple[Any, ...]:
        return ("waarnemer", person, proef[person], proef[absent], begins, ends, True, "", 1, (), None, None, None)

    def reads(person: int, begins: int, ends: int | None, scope: int, part: tuple[Any, ...], said: str | None = None) -> tuple[Any, ...]:
        return ("naaste", person, proef[person], "", begins, ends, person != 25, "toestemming", scope, *part, said)

    whole = ((), None, None)
    assert _seen(stage) == {
        mandate(10, -10, None),
        mandate(80, -10, None),
        mandate(81, -10, None),
        mandate(11, -10, -2),
        mandate(12, -10, None, False),
        mandate(13, 2, None),
        mandate(77, 2, 90, ground="gemachtigde"),
        *(works(person) for person in (40, 41, 53, 60, 61)),
        works(42, -100, -2),
        works(43, 2),
        works(44, -100, -3),
        works(45, 2),
        works(58, -100, -2),
        stands_in(48, 40, -5, 3),
        stands_in(49, 40, -20, -2),
        stands_in(50, 40, 2, 20),
        stands_in(51, 44, -2, -3),
        stands_in(57, 58, -2, -2),
        stands_in(59, 40, -2, 2),
        reads(20, -10, None, 1, whole),
        reads(21, -10, 9, 2, ((2,), None, None)),
        reads(22, -10, None, 3, ((), 6, None)),
        reads(23, -10, None, 4, ((), None, 101)),
        reads(24, -10, -2, 1, whole),
        reads(25, -10, None, 1, whole),
        reads(26, 2, None, 1, whole),
        reads(28, -10, 3, 4, ((), None, 101), "mijn zus"),
        reads(56, -10, None, 1, whole),
        *(reads(person, -10, 30, 5, whole) for person in (82, 83, 84, 85, 96, 97)),
        reads(86, -10, -2, 5, whole),
        ("programma", None, "Planbord", "afspraken", -50, 4, True, "", 2, (2,), None, None, None),
        ("programma", None, "Oud", "voorbij", -50, -3, True, "", 2, (2,), None, None, None),
        ("organisatie", MATES, "Maatjes", "post en geld", -3, 30, True, "toestemming", 2, (8,), None, None, None),
    }
    [(confirmed,)] = stage.ask(
        "web_inwoner", "SELECT confirmed_at = now() FROM acl.who_may_see(%s) WHERE said = 'mijn zus'", HERE, who=OWNER
    )
    assert confirmed is True


@scenario
def access_ends_within_a_year_and_never_in_the_past(stage: Stage) -> None:
    for until, refusal in (
        ("acl.today()", ""),
        ("acl.today() - 1", "MB051"),
        ("(acl.today() + interval '1 year')::date", ""),
        ("(acl.today() + interval '1 year')::date + 1", "MB051"),
        ("NULL::date", "MB051"),
    ):
        for only in (None, False):

            def play(until: str = until, refusal: str = refusal, only: bool | None = only) -> None:
                assert put(stage, 24, whole=True, until=until, only=only) == refusal, until

            stage.undone(play)


@scenario
def nobody_opens_anything_for_longer_whatever_a_function_does(stage: Stage) -> None:
    add = "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, valid_until, ground) VALUES (1, 28, 1, '2026-01-01', %s, 'x')"
    change = "UPDATE casus.access_grant SET valid_until = %s WHERE grantee_id = 20"
    year: date = stage.value("SELECT (acl.today() + interval '1 year')::date")
    for sql in (add, change):
        assert stage.refusal("casus_acl", sql, year) == ""
        assert stage.refusal("casus_acl", sql, year + timedelta(days=1)) == "42501"
        assert stage.refusal("casus_acl", sql, None) == "42501"


@scenario
def something_has_to_be_chosen_that_the_inwoner_sees_and_others_may(stage: Stage) -> None:
    assert put(stage, 24) == "MB052"
    for entry, refusal in ((101, ""), (201, "MB052"), (105, "MB052"), (106, "MB052"), (112, "MB052"), (113, "MB052"), (999, "MB052")):

        def play(entry: int = entry, refusal: str = refusal) -> None:
            stage.given("DELETE FROM casus.access_grant WHERE entry_id IS NOT NULL")
            assert put(stage, 24, entries=(entry,)) == refusal, entry
            rows = [(1, 24, 4, None, None, entry, True, 30, True, "toestemming", None, True)]
            assert not (refusal == "" and newest(stage) != rows), entry

        stage.undone(play)


@scenario
def what_is_given_is_exactly_what_was_said(stage: Stage) -> None:
    for number, person, dossier, relation in (
        (901, 24, 1, "mijn broer"),
        (902, 24, 1, "mijn zus"),
        (903, 24, 1, None),
        (904, 24, 2, "elders"),
        (905, 21, 1, "een ander"),
    ):
        grant(stage, number, person, dossier_id=dossier, relation=relation, valid_until="acl.today() - 3")
    before = stage.seen(GRANTS)
    assert put(stage, 24, sections=(2, 3), leefdomeinen=(6,), entries=(101,)) == ""
    part = (True, 30, True, "toestemming", "mijn zus", True)
    assert set(newest(stage, 4)) == {
        (1, 24, 2, 2, None, None, *part),
        (1, 24, 2, 3, None, None, *part),
        (1, 24, 3, None, 6, None, *part),
        (1, 24, 4, None, None, 101, *part),
    }
    assert stage.seen(f"{GRANTS} ORDER BY id DESC OFFSET 4")[::-1] == sorted(before)
    assert door_line(stage) == ("access.given", 1, 24, 1)
    assert put(stage, 24, whole=True) == ""
    assert newest(stage) == [(1, 24, 1, None, None, None, *part)]
    assert len(stage.seen(GRANTS)) == len(before) + 5
    # The words of a change are those of the same person in the same dossier too.
    assert put(stage, 24, sections=(7,), only=False) == ""
    assert newest(stage) == [(1, 24, 2, 7, None, None, *part)]


@scenario
def what_was_open_already_gets_the_new_last_day_and_the_rest_stays(stage: Stage) -> None:
    for number, person, more in (
        (901, 21, {"scope": 3, "leefdomein": 6}),
        (902, 21, {"scope": 2, "section": 3}),
        (903, 21, {"scope": 2, "section": 2, "valid_until": "acl.today() - 1"}),
        (904, 21, {"scope": 2, "section": 2, "withdrawn_at": "now() - interval '1 day'"}),
        (905, 21, {"scope": 2, "section": 2, "dossier_id": 2}),
        (906, 20, {"scope": 2, "section": 2}),
        (907, 21, {"scope": 2, "section": 2, "valid_from": "acl.today() + 3", "valid_until": "acl.today()"}),
    ):
        grant(stage, number, person, **more)
    own = stage.value("SELECT id FROM casus.access_grant WHERE grantee_id = 21 AND valid_until = acl.today() + 9")
    rows = len(stage.seen(GRANTS))
    nothing_else_changes(stage, GRANTS, lambda: put(stage, 21, sections=(2,), until="acl.today() + 2"), own, 907)
    assert len(stage.seen(GRANTS)) == rows
    dates = "SELECT valid_until - acl.today(), confirmed_at = now(), withdrawn_at FROM casus.access_grant WHERE id = ANY (%s)"
    assert stage.seen(dates, [own, 907]) == [(2, True, None)] * 2
    # Nothing but this: the rest of this person in this dossier ends, and it keeps its day.
    nothing_else_changes(stage, GRANTS, lambda: put(stage, 21, sections=(2,), until="acl.today() + 2", only=False), 901, 902)
    ended = "SELECT withdrawn_at = now(), valid_until FROM casus.access_grant WHERE id IN (901, 902)"
    assert stage.seen(ended) == [(True, None)] * 2
    assert door_line(stage) == ("access.changed", 1, 21, 1)
    put(stage, 21, sections=(2, 3), until="acl.today() + 2", only=False)
    assert [row[2:4] for row in newest(stage)] == [(2, 3)]
    nothing_else_changes(stage, GRANTS, lambda: put(stage, 21, sections=(2, 3), until="acl.today() + 2", only=False))


@scenario
def only_somebody_who_had_a_part_before_is_given_more(stage: Stage) -> None:
    for person, refusal in ((24, ""), (25, ""), (26, ""), (27, "MB001"), (28, "MB001"), (40, "MB001"), (999, "MB001")):
        for only in (None, False):

            def play(person: int = person, refusal: str = refusal, only: bool | None = only) -> None:
                assert put(stage, person, whole=True, only=only) == refusal, person

            stage.undone(play)
    for who in (OTHER_OWNER, MANDATE, GUEST):
        for only in (None, False):
            assert put(stage, 20, whole=True, only=only, who=who) == "MB001"


WITHDRAW = "SELECT acl.withdraw_access(%s, %s, %s)"


def withdraw(stage: Stage, person: int, *, tell: bool = False) -> Callable[[], object]:
    """Takes it away."""
    return lambda: stage.ask("web_inwoner", WITHDRAW, HERE, public("person", person), tell, who=OWNER)


@scenario
def withdrawing_ends_everything_of_one_person_in_one_dossier_and_nothing_else(stage: Stage) -> None:
    for number, person, more in (
        (901, 21, {"valid_until": "acl.today()"}),
        (902, 21, {"valid_from": "acl.today() + 3"}),
        (903, 21, {"valid_until": "acl.today() - 1"}),
        (904, 21, {"withdrawn_at": "now() - interval '1 day'"}),
        (905, 21, {"dossier_id": 2}),
        (906, 20, {}),
    ):
        grant(stage, number, person, **more)
    own = stage.value("SELECT id FROM casus.access_grant WHERE grantee_id = 21 AND scope = 2")
    nothing_else_changes(stage, GRANTS, withdraw(stage, 21), 901, 902, own)
    assert stage.value("SELECT bool_and(withdrawn_at = now()) FROM casus.access_grant WHERE id = ANY (%s)", [901, 902, own]) is True
    assert door_line(stage) == ("access.withdrawn", 1, 21, 1)
    lines = stage.value("SELECT count(*) FROM casus.change_log")
    nothing_else_changes(stage, GRANTS, withdraw(stage, 21, tell=True))
    assert stage.value("SELECT count(*) FROM casus.change_log") == lines, "what ended already ends once"
    assert stage.seen("SELECT FROM portaal.access_change") == [], "and nobody is told"
    for who, person in ((OTHER_OWNER, 20), (MANDATE, 20), (GUEST, 20), (OWNER, 27), (OWNER, 28)):
        assert stage.refusal("web_inwoner", WITHDRAW, HERE, public("person", person), False, who=who) == "MB001", (who, person)


@scenario
def withdrawn_is_withdrawn_at_the_next_question(stage: Stage) -> None:
    read = "SELECT count(*) FROM casus.entry WHERE dossier_id = 1"
    assert stage.one("web_inwoner", read, who=GUEST) > 0
    withdraw(stage, 20)()
    assert stage.one("web_inwoner", read, who=GUEST) == 0
    assert stage.ask("web_inwoner", "SELECT FROM casus.dossier", who=GUEST) == []


@scenario
def yes_it_still_holds(stage: Stage) -> None:
    for number, person, more in (
        (901, 21, {}),
        (902, 21, {"valid_until": "acl.today() - 1"}),
        (903, 21, {"withdrawn_at": "now() - interval '1 day'"}),
        (904, 21, {"dossier_id": 2}),
    ):
        grant(stage, number, person, **more)
    own = stage.value("SELECT id FROM casus.access_grant WHERE grantee_id = 21 AND scope = 2")
    confirm = "SELECT acl.confirm_access(%s, %s)"
    nothing_else_changes(stage, GRANTS, lambda: stage.ask("web_inwoner", confirm, HERE, public("person", 21), who=OWNER), own, 901)
    rows = "SELECT confirmed_at = now(), valid_until FROM casus.access_grant WHERE id = ANY (%s) ORDER BY valid_until"
    today: date = stage.value("SELECT acl.today()")
    year: date = stage.value("SELECT (acl.today() + interval '1 year')::date")
    assert stage.seen(rows, [own, 901]) == [(True, today + timedelta(days=9)), (True, year)]
    assert door_line(stage) == ("access.confirmed", 1, 21, 1)
    for who, person in ((OTHER_OWNER, 20), (MANDATE, 20), (OWNER, 27)):
        assert stage.refusal("web_inwoner", confirm, HERE, public("person", person), who=who) == "MB001"


def mail(stage: Stage, number: int, person: int, template: str, *, sent: bool = False) -> UUID:
    """A mail that waits, or went."""
    stage.given(
        "INSERT INTO portaal.outbox (public_id, template, language, to_whom, address, sent_at, person_id)"
        " VALUES (%s, %s, 'nl', 'inwoner', %s, CASE WHEN %s THEN now() END, %s)",
        public("mail", number),
        template,
        None if sent else "iemand@voorbeeld.nl",
        sent,
        person,
    )
    return public("mail", number)


@scenario
def mail_about_what_was_taken_away_does_not_go(stage: Stage) -> None:
    mails = "SELECT public_id FROM portaal.outbox"
    for number, person, template, sent in (
        (1, 20, "nieuws", False),
        (2, 20, "nieuws", True),
        (3, 20, "inloggen", False),
        (4, 21, "nieuws", False),
        (5, 1, "toegang", False),
        (6, 1, "toegang", True),
        (7, 1, "nieuws", False),
        (8, 2, "toegang", False),
    ):
        mail(stage, number, person, template, sent=sent)
    stage.undone(lambda: nothing_else_changes(stage, mails, withdraw(stage, 20), public("mail", 1), public("mail", 5)))
    # Less, and something stays: news may still be for this person.
    stage.undone(lambda: nothing_else_changes(stage, mails, lambda: put(stage, 20, sections=(2,), only=False), public("mail", 5)))
    # With another dossier too.
    grant(stage, 901, 20, dossier_id=2)
    stage.undone(lambda: nothing_else_changes(stage, mails, withdraw(stage, 20), public("mail", 5)))
    # What else ends soon was mailed about as well.
    day = "acl.today()"
    for more, stays in (
        ({}, True),
        ({"dossier_id": 2}, False),
        ({"withdrawn_at": "now()"}, False),
        ({"reminded_until": "acl.today() - 1"}, False),
        ({"reminded_until": "NULL"}, False),
        ({"valid_until": "acl.today() - 1", "reminded_until": "acl.today() - 1"}, False),
    ):

        def play(more: dict[str, Any] = more, stays: bool = stays) -> None:
            grant(stage, 902, 28, **{"valid_until": day, "reminded_until": day, **more})
            gone = [] if stays else [public("mail", 5)]
            nothing_else_changes(stage, mails, withdraw(stage, 20), *gone)

        stage.undone(play)


@scenario
def typed_text_about_this_dossier_goes(stage: Stage) -> None:
    rows = (
        (20, "inwoner", f"/dossier/{HERE}/notitie/x/reactie"),
        (20, "inwoner", f"/dossier/{public('dossier', 2)}/notitie/x/reactie"),
        (20, "inwoner", "/mijn-inloggen"),
        (20, "team", f"/dossier/{HERE}/notitie/x/reactie"),
        (21, "inwoner", f"/dossier/{HERE}/notitie/x/reactie"),
    )
    for person, face, key in rows:
        stage.given("INSERT INTO portaal.typed_text VALUES (%s, %s, %s, 'geheim', now())", person, face, key)
    kept = "SELECT person_id || face || form_key FROM portaal.typed_text"
    stage.given("INSERT INTO portaal.typed_text VALUES (27, 'inwoner', %s, 'geheim', now())", f"/dossier/{public('dossier', 2)}/x")
    values = (public("dossier", 2), public("person", 27), False)
    theirs = f"27inwoner/dossier/{public('dossier', 2)}/x"
    stage.undone(lambda: nothing_else_changes(stage, kept, lambda: stage.ask("web_inwoner", WITHDRAW, *values, who=OTHER_OWNER), theirs))
    gone = "".join(str(part) for part in rows[0])
    stage.undone(lambda: nothing_else_changes(stage, kept, withdraw(stage, 20), gone))
    stage.undone(lambda: nothing_else_changes(stage, kept, lambda: put(stage, 20, sections=(2,), only=False), gone))


@scenario
def the_other_is_told_only_when_wanted_and_for_two_weeks(stage: Stage) -> None:
    told = "SELECT portaal.own_access_change()"
    withdraw(stage, 21)()
    put(stage, 22, sections=(2,), only=False)
    assert stage.seen("SELECT FROM portaal.access_change") == []
    stage.given("INSERT INTO portaal.access_change VALUES (20, now() - interval '20 days'), (23, now() - interval '20 days')")
    put(stage, 22, sections=(3,), only=True)
    withdraw(stage, 20, tell=True)()
    changes = "SELECT person_id, at = now() FROM portaal.access_change ORDER BY 1"
    assert stage.seen(changes) == [(20, True), (22, True), (23, False)]
    assert stage.one("web_inwoner", told, who=GUEST) == stage.value("SELECT now()")
    assert stage.one("web_inwoner", told, who=PEOPLE["grant section"]) is None
    stage.given("UPDATE portaal.access_change SET at = now() - interval '14 days' WHERE person_id = 20")
    assert stage.one("web_inwoner", told, who=GUEST) is None
    stage.given("UPDATE portaal.access_change SET at = now() - interval '14 days' + interval '1 second' WHERE person_id = 20")
    assert stage.one("web_inwoner", told, who=GUEST) is not None
    assert stage.one("web_inwoner", told) is None


@scenario
def whoever_can_read_an_entry_today_stands_on_the_page(stage: Stage) -> None:
    today: date = stage.value("SELECT acl.today()")
    rows = stage.ask("web_inwoner", "SELECT name, from_day, until_day, withdrawn_at FROM acl.who_may_see(%s)", HERE, who=OWNER)
    there = {
        name for name, from_day, until, withdrawn in rows if withdrawn is None and from_day <= today and (until is None or until >= today)
    }
    readers: set[str] = set()
    for entry, *_part in ENTRIES.values():
        found = stage.ask("web_inwoner", "SELECT name FROM acl.who_can_read(%s) WHERE relation <> 'inwoner'", entry, who=OWNER)
        readers |= {name for (name,) in found}
    assert readers <= there
    assert len(readers) > 8
