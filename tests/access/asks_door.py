"""From a melding to a dossier, and the inwoner's way in: who may, what exactly is made, and that nothing else changes (48 and 53)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.access.asks_sign_in import attempt
from tests.access.hired import ACCOUNTS, ADMIN, CODE, LEAD, NEW, WORKER, account, hire, nothing_else_changes, session, sessions
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

OTHER_TEAM = PEOPLE["other team"]
BORN = date(1980, 1, 1)
HOW = "legitimatie"
MELDINGEN = "SELECT id, dossier_id, staff_id, team_id, words FROM casus.melding"


def melding(stage: Stage, number: int, *, team: int | None = 1, dossier: int | None = None, **more: Any) -> UUID:
    """Somebody asked for help; gives the public id."""
    values = {
        "id": number, "public_id": public("melding", number), "number": f"M-AAAA-{number:04}", "channel": "website", "for_whom": "zelf",
        "words": "Ik kan de huur niet betalen.", "team_id": team, "dossier_id": dossier, **more,
    }  # fmt: skip
    stage.given(f"INSERT INTO casus.melding ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))})", *values.values())
    return public("melding", number)


OPEN = "SELECT casus.open_dossier(%s, %s, 'Fatima', 'el', 'Idrissi', '1990-05-04', 'Dorpsstraat 1', '6511 AA')"


@scenario
def who_may_open_a_dossier_of_which_melding(stage: Stage) -> None:
    for number, team, dossier in ((801, 1, None), (802, 2, None), (803, None, None), (804, 1, 1)):
        melding(stage, number, team=team, dossier=dossier)
    for who, number, how, refusal in (
        (WORKER, 801, HOW, ""),
        (LEAD, 801, "bekend", ""),
        (LEAD, 801, "teruggebeld", ""),
        (LEAD, 801, "thuis", ""),
        (WORKER, 802, HOW, "MB001"),
        (WORKER, 803, HOW, ""),
        (WORKER, 804, HOW, "MB041"),
        (WORKER, 899, HOW, "MB001"),
        (OTHER_TEAM, 801, HOW, "MB001"),
        (OTHER_TEAM, 802, HOW, ""),
        (ADMIN, 801, HOW, "MB001"),
        (ADMIN, 803, HOW, "MB001"),
        (WORKER, 801, "gokje", "MB042"),
        (WORKER, 801, "", "MB042"),
        (WORKER, 801, None, "MB042"),
        (None, 803, HOW, "MB001"),
    ):
        assert stage.refusal("web_team", OPEN, public("melding", number), how, who=who) == refusal, (who, number, how)


ENTRIES = """SELECT e.section, e.leefdomein, e.kind, e.author_id, e.author_name, e.audience, e.discuss_until, v.number, v.title, v.body, v.author_id,
    v.author_name FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id WHERE e.dossier_id = %s"""


@scenario
def a_dossier_holds_what_the_melding_says(stage: Stage) -> None:
    stage.given("INSERT INTO casus.stadsdeel VALUES (7, 'West')")
    which = melding(
        stage, 801, team=None, words="Help mij.", phone="06-12345678", email="f@voorbeeld.nl", stadsdeel_id=7, language="ar", interpreter=True,
        reach_ways=["bellen", "brief"], reach_when="na 18 uur", safe_call=True, safe_mail=False, safe_post=False, received_at="2026-01-05 10:00+00",
    )  # fmt: skip
    melding(stage, 802)

    def act() -> None:
        made.append(stage.one("web_team", OPEN, which, HOW, who=OTHER_TEAM))

    made: list[UUID] = []
    nothing_else_changes(stage, MELDINGEN, act, 801)
    [(dossier, inwoner, team, opened, closed)] = stage.seen(
        "SELECT id, inwoner_id, team_id, opened_on = acl.today(), closed_on FROM casus.dossier WHERE public_id = %s", made[0]
    )
    assert (team, opened, closed) == (2, True, None)
    assert stage.seen("SELECT first_name, infix, last_name, is_staff FROM casus.person WHERE id = %s", inwoner) == [
        ("Fatima", "el", "Idrissi", False)
    ]
    assert stage.seen("SELECT * FROM casus.inwoner WHERE person_id = %s", inwoner) == [
        (inwoner, date(1990, 5, 4), None, "06-12345678", "f@voorbeeld.nl", 7, "ar", True, "bellen, brief. na 18 uur",
         "Mailen is niet veilig. Post is niet veilig.")
    ]  # fmt: skip
    assert stage.seen("SELECT street, postcode, protected FROM casus.address WHERE person_id = %s", inwoner) == [
        ("Dorpsstraat 1", "6511 AA", False)
    ]
    assert stage.seen(
        "SELECT staff_id, role_text, valid_from = acl.today(), valid_until FROM casus.assignment WHERE dossier_id = %s", dossier
    ) == [(OTHER_TEAM.person, "vaste professional", True, None)]
    assert stage.seen(ENTRIES, dossier) == [
        (1, 0, 4, inwoner, "Fatima el Idrissi", 3, None, 1, "Mijn hulpvraag", "Help mij.", inwoner, "Fatima el Idrissi")
    ]
    assert stage.value("SELECT occurred_at = '2026-01-05 10:00+00' FROM casus.entry WHERE dossier_id = %s", dossier) is True
    assert stage.seen("SELECT dossier_id, staff_id FROM casus.melding WHERE id = 801") == [(dossier, OTHER_TEAM.person)]
    assert stage.seen("SELECT event, value, words, staff_id FROM casus.melding_event WHERE melding_id = 801") == [
        ("dossier", HOW, "", OTHER_TEAM.person)
    ]
    assert door_line(stage) == ("dossier.opened", dossier, inwoner, OTHER_TEAM.person)


def door_line(stage: Stage) -> tuple[Any, ...]:
    """The newest line of the change log, with its dossier."""
    [line] = stage.seen("SELECT event, dossier_id, subject_id, person_id FROM casus.change_log ORDER BY id DESC LIMIT 1")
    return line


@scenario
def what_is_not_known_or_not_the_inwoners_stays_out(stage: Stage) -> None:
    melding(stage, 801, words="", staff_id=LEAD.person, safe_call=False)
    melding(stage, 802, for_whom="ander", reporter_role="huisarts", consent="ja", language="ar", interpreter=False, reach_when="")
    melding(stage, 803, reach_when="altijd")
    seen = (
        "SELECT d.id, i.phone, i.language, i.interpreter_needed, i.reachable, i.safe_contact, (SELECT count(*) FROM casus.entry e"
        " WHERE e.dossier_id = d.id) FROM casus.dossier d JOIN casus.inwoner i ON i.person_id = d.inwoner_id WHERE d.public_id = %s"
    )
    for number, facts in (
        (801, (None, "nl", False, None, "Bellen is niet veilig.", 0)),
        (802, (None, "nl", False, None, None, 0)),
        (803, (None, "nl", False, "altijd", None, 1)),
    ):
        made = stage.one("web_team", OPEN, public("melding", number), HOW, who=WORKER)
        assert stage.seen(seen, made)[0][1:] == facts, number
    assert stage.seen("SELECT staff_id FROM casus.melding WHERE id > 800 ORDER BY id") == [
        (LEAD.person,),
        (WORKER.person,),
        (WORKER.person,),
    ]


LINK = "SELECT casus.link_dossier(%s, %s, %s)"


@scenario
def a_melding_goes_to_a_dossier_in_which_one_works(stage: Stage) -> None:
    which = melding(stage, 801)
    other = melding(stage, 802, team=2)
    for who, number, dossier, refusal in (
        (WORKER, which, 1, ""),
        (WORKER, which, 2, "MB001"),
        (WORKER, which, 99, "MB001"),
        (WORKER, other, 1, "MB001"),
        (LEAD, which, 1, "MB001"),
        (PEOPLE["substitute"], which, 1, ""),
    ):
        assert stage.refusal("web_team", LINK, number, HOW, public("dossier", dossier), who=who) == refusal, (who, dossier)
    assert stage.refusal("web_team", LINK, which, "x", public("dossier", 1), who=WORKER) == "MB042"
    before = stage.value("SELECT count(*) FROM casus.assignment")
    nothing_else_changes(stage, MELDINGEN, lambda: stage.ask("web_team", LINK, which, HOW, public("dossier", 1), who=WORKER), 801)
    assert stage.seen("SELECT dossier_id, staff_id FROM casus.melding WHERE id = 801") == [(1, WORKER.person)]
    assert stage.seen(ENTRIES + " AND e.kind = 4", 1)[0][3:5] == (1, "owner Proef")
    assert stage.value("SELECT count(*) FROM casus.assignment") == before
    assert door_line(stage) == ("dossier.linked", 1, 1, WORKER.person)


BY_NAME = "SELECT wait_seconds, dossier FROM casus.link_by_username(%s, %s, %s, %s)"


@scenario
def a_melding_goes_to_the_dossier_of_which_the_inwoner_tells_the_name(stage: Stage) -> None:
    which = melding(stage, 801, team=2)
    account(stage, 1, "inwoner")
    account(stage, 2, "inwoner")
    account(stage, 3)
    stage.given("UPDATE casus.inwoner SET birth_date = '1970-02-02' WHERE person_id = 2")
    stage.given("INSERT INTO casus.dossier (id, public_id, inwoner_id, opened_on) VALUES (90, %s, 1, '2020-01-01')", public("dossier", 90))
    for name, born in (("naam1", date(1970, 2, 2)), ("naam2", BORN), ("naam3", BORN), ("naam9", BORN), ("%", BORN)):

        def wrong(name: str = name, born: date = born) -> None:
            nothing_else_changes(stage, MELDINGEN, lambda: _asked(stage, which, name, born, (0, None)))
            assert stage.seen("SELECT face, step, accepted FROM portaal.sign_in_attempt") == [("team", "koppelen", False)]

        stage.undone(wrong)
    before = stage.value("SELECT count(*) FROM casus.assignment")
    other = attempt(stage, "koppelen", None)
    nothing_else_changes(stage, MELDINGEN, lambda: _asked(stage, which, "NAAM1", BORN, (0, public("dossier", 90))), 801)
    assert stage.seen("SELECT staff_id, valid_from = acl.today() FROM casus.assignment WHERE dossier_id = 90") == [
        (OTHER_TEAM.person, True)
    ]
    assert stage.value("SELECT count(*) FROM casus.assignment") == before + 1
    assert stage.value("SELECT count(*) FROM casus.entry WHERE dossier_id = 90") == 1
    assert stage.seen("SELECT id = %s, accepted FROM portaal.sign_in_attempt ORDER BY id", other) == [(True, False), (False, True)]
    assert door_line(stage) == ("dossier.linked", 90, 1, OTHER_TEAM.person)


def _asked(stage: Stage, which: UUID, name: str, born: date, answer: tuple[Any, ...], who: Who = OTHER_TEAM) -> None:
    assert stage.ask("web_team", BY_NAME, which, HOW, name, born, who=who) == [answer]


@scenario
def names_are_tried_five_times_and_who_works_there_is_not_assigned_again(stage: Stage) -> None:
    account(stage, 1, "inwoner")
    which = melding(stage, 801)
    before = stage.value("SELECT count(*) FROM casus.assignment")

    def again() -> None:
        _asked(stage, which, "naam1", BORN, (0, public("dossier", 1)), WORKER)
        assert stage.value("SELECT count(*) FROM casus.assignment") == before

    stage.undone(again)
    assert stage.refusal("web_team", BY_NAME, which, "x", "naam1", BORN, who=WORKER) == "MB042"
    for _ in range(5):
        _asked(stage, which, "naam9", BORN, (0, None), WORKER)
    [(wait, dossier)] = stage.ask("web_team", BY_NAME, which, HOW, "naam1", BORN, who=WORKER)
    assert wait > 0
    assert dossier is None
    assert stage.value("SELECT dossier_id FROM casus.melding WHERE id = 801") is None
    _asked(stage, which, "naam1", BORN, (0, public("dossier", 1)), LEAD)


ADDRESS = "SELECT casus.change_address(%s, 'Nieuwe weg 2', '6522 BB')"
ADDRESSES = "SELECT person_id, street, postcode, protected FROM casus.address"


@scenario
def an_address_is_changed_by_who_works_there(stage: Stage) -> None:
    for who, dossier in ((LEAD, 1), (WORKER, 2), (WORKER, 99), (ADMIN, 1)):
        assert stage.refusal("web_team", ADDRESS, public("dossier", dossier), who=who) == "MB001", (who, dossier)
    nothing_else_changes(stage, ADDRESSES, lambda: stage.ask("web_team", ADDRESS, public("dossier", 3), who=WORKER), 3)
    assert stage.seen(f"{ADDRESSES} WHERE person_id = 3") == [(3, "Nieuwe weg 2", "6522 BB", True)]
    assert door_line(stage) == ("inwoner.address", 3, 3, WORKER.person)
    stage.given("DELETE FROM casus.address WHERE person_id = 1")
    nothing_else_changes(stage, ADDRESSES, lambda: stage.ask("web_team", ADDRESS, public("dossier", 1), who=WORKER), 1)


GIVE = "SELECT portaal.resident_start_code(%s, %s, %s, %s)"
FRESH = b"d" * 32


@scenario
def an_inwoner_gets_an_account_with_a_code(stage: Stage) -> None:
    stage.given("UPDATE casus.inwoner SET language = 'ar' WHERE person_id = 1")
    account(stage, 1, "onafhankelijk")
    for by_post, days in ((False, 7), (True, 21)):

        def play(by_post: bool = by_post, days: int = days) -> None:
            assert stage.one("web_team", GIVE, public("dossier", 1), "anna482", FRESH, by_post, who=WORKER) == "anna482"
            assert stage.seen(
                "SELECT username, email, language, start_code_hash, start_code_expires_at - now(), password_hash, totp_secret FROM portaal.account"
                " WHERE person_id = 1 AND face = 'inwoner'"
            ) == [("anna482", None, "ar", FRESH, timedelta(days=days), None, None)]
            assert door_line(stage) == ("account.start_code", 1, 1, WORKER.person)

        stage.undone(play)
    hire(stage, NEW)
    account(stage, NEW, "inwoner")
    assert stage.refusal("web_team", GIVE, public("dossier", 1), f"naam{NEW}", FRESH, False, who=WORKER) == "MB002"


@scenario
def a_new_code_ends_what_was_before(stage: Stage) -> None:
    here, elsewhere, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    confirmed(stage, here)
    for number, whose in ((1, here), (2, elsewhere), (3, other)):
        session(stage, whose, number)
        stage.given("INSERT INTO portaal.recovery_code (account_id, code_hash) VALUES (%s, %s)", whose, bytes([number]) * 32)

    def act() -> None:
        assert stage.one("web_team", GIVE, public("dossier", 1), "anders1", FRESH, True, who=WORKER) == "naam1"

    nothing_else_changes(stage, ACCOUNTS, act, here)
    [(_, password, secret, step, code, until, disabled)] = stage.seen(f"{ACCOUNTS} WHERE id = %s", here)
    assert (password, secret, step, code, disabled) == (None, None, None, FRESH, None)
    assert until - stage.value("SELECT now()") == timedelta(days=21)
    assert sessions(stage) == {1: "toegang_gestopt", 2: None, 3: None}
    assert stage.seen("SELECT account_id FROM portaal.recovery_code ORDER BY 1") == sorted([(elsewhere,), (other,)])
    assert door_line(stage) == ("account.start_code", 1, 1, WORKER.person)


def confirmed(
    stage: Stage, of_account: int, number: int = 1, *, decision: str | None = "gezien", given: str = "NULL", by: int = 40
) -> UUID:
    """A new code was asked by a colleague (40), an hour ago, and decided about by another (41; None: not yet). Gives the public id."""
    stage.given(
        "INSERT INTO portaal.sign_in_renewal (public_id, account_id, asked_at, asked_by, how, decided_at, decided_by, decision, given_at)"
        f" VALUES (%s, %s, now() - interval '1 hour', %s, 'gebeld', CASE WHEN %s THEN now() END, CASE WHEN %s THEN 41 END, %s, {given})",
        public("renewal", number), of_account, by, decision is not None, decision is not None, decision,
    )  # fmt: skip
    return public("renewal", number)


@scenario
def who_may_give_a_code_to_whom(stage: Stage) -> None:
    for who, dossier, refusal in (
        (WORKER, 1, ""),
        (PEOPLE["substitute"], 1, ""),
        (WORKER, 2, "MB001"),
        (WORKER, 99, "MB001"),
        (LEAD, 1, "MB001"),
        (ADMIN, 1, "MB001"),
        (PEOPLE["assigned before"], 1, "MB001"),
    ):
        values = (public("dossier", dossier), "anna482", FRESH, False)
        assert stage.refusal("web_team", GIVE, *values, who=who) == refusal, (who, dossier)
    account(stage, 1, "inwoner", disabled="now()")
    assert stage.refusal("web_team", GIVE, public("dossier", 1), "anna482", FRESH, False, who=WORKER) == "MB043"


EMAIL = "SELECT portaal.resident_new_email(%s, %s)"
WAITING = "SELECT account_id, email, code, code_until FROM portaal.new_email"


@scenario
def a_new_address_for_mail_waits_and_the_old_one_stops(stage: Stage) -> None:
    assert stage.refusal("web_team", EMAIL, public("dossier", 1), "a@voorbeeld.nl", who=WORKER) == "MB001"
    here, elsewhere, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    stage.given("UPDATE casus.inwoner SET email = 'oud@voorbeeld.nl'")
    for whose in (elsewhere, other, here):
        stage.given("INSERT INTO portaal.new_email VALUES (%s, 'eerder@voorbeeld.nl', '123456', now())", whose)
    for who, dossier in ((LEAD, 1), (WORKER, 2)):
        assert stage.refusal("web_team", EMAIL, public("dossier", dossier), "a@voorbeeld.nl", who=who) == "MB001"
    for address, waits in (("Nieuw@Voorbeeld.nl", [(here, "nieuw@voorbeeld.nl", None, None)]), (None, [])):

        def act(address: str | None = address) -> None:
            stage.ask("web_team", EMAIL, public("dossier", 1), address, who=WORKER)

        def play(waits: list[Any] = waits, act: Any = act) -> None:
            def quietly() -> None:
                nothing_else_changes(stage, "SELECT id, email FROM portaal.account", act, here)

            nothing_else_changes(stage, WAITING, quietly, here)
            assert stage.seen(f"{WAITING} WHERE account_id = %s", here) == waits
            assert stage.value("SELECT email FROM portaal.account WHERE id = %s", here) is None
            assert stage.seen("SELECT person_id FROM casus.inwoner WHERE email IS NULL") == [(1,)]
            assert door_line(stage) == ("account.email", 1, 1, WORKER.person)

        stage.undone(play)


@scenario
def the_team_sees_the_account_of_whom_it_works_with(stage: Stage) -> None:
    ask = "SELECT * FROM portaal.resident_account(%s)"
    assert stage.ask("web_team", ask, public("dossier", 1), who=WORKER) == []
    account(stage, 1, "onafhankelijk")
    stage.given("INSERT INTO portaal.new_email VALUES (%s, 'ander@voorbeeld.nl')", account(stage, 2, "inwoner"))
    here = account(stage, 1, "inwoner", code=True)
    assert stage.ask("web_team", ask, public("dossier", 1), who=WORKER)[0][:2] == ("naam1", False)
    assert stage.ask("web_team", ask, public("dossier", 1), who=WORKER)[0][2] is False
    stage.given("UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL WHERE id = %s", here)
    assert stage.ask("web_team", ask, public("dossier", 1), who=WORKER)[0][1] is False
    stage.given("UPDATE portaal.account SET password_hash = '$argon2id$x' WHERE id = %s", here)
    stage.given("INSERT INTO portaal.new_email VALUES (%s, 'nieuw@voorbeeld.nl')", here)
    assert stage.ask("web_team", ask, public("dossier", 1), who=WORKER) == [
        ("naam1", True, True, None, "naam1@voorbeeld.nl", "nieuw@voorbeeld.nl")
    ]
    stage.given("UPDATE portaal.account SET start_code_hash = %s, start_code_expires_at = now() WHERE id = %s", CODE, here)
    assert stage.ask("web_team", ask, public("dossier", 1), who=WORKER)[0][1] is False
    for who, dossier in ((LEAD, 1), (WORKER, 2)):
        assert stage.refusal("web_team", ask, public("dossier", dossier), who=who) == "MB001"


@scenario
def the_log_of_an_account_is_in_every_dossier_of_its_person(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION portaal.log_account(text, int) TO web_team")
    stage.given("INSERT INTO casus.dossier (id, public_id, inwoner_id, opened_on) VALUES (90, %s, 1, '2020-01-01')", public("dossier", 90))
    lines = "SELECT dossier_id, event, subject_id FROM casus.change_log WHERE subject_id IS NOT NULL ORDER BY dossier_id"
    for person, expected in ((1, [(1, "account.card", 1), (90, "account.card", 1)]), (20, [(None, "account.card", 20)])):

        def play(person: int = person, expected: list[Any] = expected) -> None:
            stage.ask("web_team", "SELECT portaal.log_account('account.card', %s)", person, who=WORKER)
            assert stage.seen(lines) == expected

        stage.undone(play)


@scenario
def the_definer_writes_an_inwoners_words_in_a_melding_and_nowhere_else(stage: Stage) -> None:
    entry = "INSERT INTO casus.entry (dossier_id, section, kind, occurred_at, author_id, author_name) VALUES (1, %s, %s, now(), 1, 'x')"
    for section, kind, refusal in ((1, 4, ""), (2, 4, "42501"), (1, 1, "42501")):
        assert stage.refusal("casus_acl", entry, section, kind) == refusal, (section, kind)
    stage.given(
        "INSERT INTO casus.entry (id, dossier_id, section, kind, occurred_at, author_name) VALUES (990, 1, 1, 4, now(), 'x'), (991, 1, 2, 4, now(), 'x')"
    )
    version = (
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)"
        " VALUES (%s, 1, 1, %s, 0, 't', 'b', 1, 'x')"
    )
    for number, section, refusal in ((990, 1, ""), (991, 2, "42501")):
        assert stage.refusal("casus_acl", version, number, section) == refusal, section
