"""Somebody new who reads along: the person, the account and the code; and the mail before access ends (migrations/rls/56)."""

from tests.access.asks_door import door_line
from tests.access.asks_sharing import GRANTS, GUEST, HERE, MANDATE, OTHER_OWNER, OWNER, grant, newest, put, withdraw
from tests.access.hired import ACCOUNTS, HASH, account, nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import public

FRESH = b"f" * 32
NEW = public("person", 950)
INVITE = (
    "SELECT portaal.invite_naaste(%s, %s, 'Sara', 'de Zus', %s, %s, %s, 'ar', false, '{}', ARRAY[6]::smallint[], '{}', current_date + 20)"
)
ACCOUNT = (
    "SELECT a.face, a.username, a.email, a.password_hash, a.totp_secret, a.language, a.start_code_hash, a.start_code_expires_at - now() <= interval"
    " '7 days' AND a.start_code_expires_at - now() > interval '6 days', a.disabled_at FROM portaal.account a JOIN casus.person p"
    " ON p.id = a.person_id WHERE p.public_id = %s"
)


@scenario
def somebody_new_is_a_person_with_an_account_and_what_was_given(stage: Stage) -> None:
    people = "SELECT public_id FROM casus.person"
    before = len(stage.seen(GRANTS))

    def act() -> None:
        assert stage.one("web_inwoner", INVITE, HERE, NEW, "mijn zus", "sara482", FRESH, who=OWNER) == "sara482"

    nothing_else_changes(stage, people, act, NEW)
    [(number, *person)] = stage.seen("SELECT id, first_name, infix, last_name, is_staff FROM casus.person WHERE public_id = %s", NEW)
    assert person == ["Sara", None, "de Zus", False]
    assert stage.seen(ACCOUNT, NEW) == [("inwoner", "sara482", None, None, None, "ar", FRESH, True, None)]
    assert newest(stage) == [(1, number, 3, None, 6, None, True, 20, True, "toestemming", "mijn zus", True)]
    assert len(stage.seen(GRANTS)) == before + 1
    assert door_line(stage) == ("access.given", 1, number, 1)
    assert stage.refusal("web_inwoner", INVITE, HERE, NEW, None, "sara483", FRESH, who=OWNER) == "23505", "the same form twice"
    assert stage.refusal("web_inwoner", INVITE, HERE, public("person", 951), None, "sara482", FRESH, who=OWNER) == "MB002"
    for who in (OTHER_OWNER, MANDATE, GUEST):
        assert stage.refusal("web_inwoner", INVITE, HERE, public("person", 951), None, "sara483", FRESH, who=who) == "MB001"


CODE = "SELECT portaal.new_naaste_code(%s, %s, 'nieuw482', %s, 'ar')"
STATE = "SELECT code_until FROM portaal.naaste_code(%s, %s)"


@scenario
def a_code_is_for_who_never_came_in_and_has_nothing_else_here(stage: Stage) -> None:
    for what, given, allowed in (
        ("nothing else", [], True),
        ("what ended", ["UPDATE casus.access_grant SET valid_until = acl.today() - 1 WHERE grantee_id = 20"], False),
        ("what was withdrawn", ["UPDATE casus.access_grant SET withdrawn_at = now() WHERE grantee_id = 20"], False),
        ("what begins later", ["UPDATE casus.access_grant SET valid_from = acl.today() + 1 WHERE grantee_id = 20"], True),
        ("another part", ["UPDATE casus.access_grant SET grantee_id = 20 WHERE grantee_id = 21"], True),
        ("another dossier", ["UPDATE casus.access_grant SET grantee_id = 20, withdrawn_at = now() WHERE grantee_id = 27"], False),
        ("an own dossier", ["UPDATE casus.dossier SET inwoner_id = 20 WHERE id = 3"], False),
        ("a mandate", ["UPDATE casus.mandate SET person_id = 20 WHERE person_id = 12"], False),
        ("a colleague", ["UPDATE casus.person SET is_staff = true WHERE id = 20"], False),
    ):

        def play(what: str = what, given: list[str] = given, allowed: bool = allowed) -> None:
            for sql in given:
                stage.given(sql)
            refused = stage.refusal("web_inwoner", CODE, HERE, public("person", 20), FRESH, who=OWNER)
            assert refused == ("" if allowed else "MB001"), what
            assert stage.ask("web_inwoner", STATE, HERE, public("person", 20), who=OWNER) == ([(None,)] if allowed else []), what

        stage.undone(play)
    for who, person in ((OTHER_OWNER, 20), (MANDATE, 20), (GUEST, 20), (OWNER, 27), (OWNER, 28)):
        assert stage.refusal("web_inwoner", CODE, HERE, public("person", person), FRESH, who=who) == "MB001"
        assert stage.refusal("web_inwoner", STATE, HERE, public("person", person), who=who) == "MB001"


def _accounts(stage: Stage) -> tuple[int, int, int]:
    """An account of the naaste on another face and of somebody else, both with a code that waits; and one of the naaste here."""
    there, other = account(stage, 20, "onafhankelijk", code=True), account(stage, 22, "inwoner", code=True)
    return there, other, account(stage, 20, "inwoner", code=True)


@scenario
def a_new_code_takes_the_place_of_the_old_one(stage: Stage) -> None:
    _there, _other, here = _accounts(stage)
    stage.given("UPDATE portaal.account SET password_hash = %s, totp_secret = 'x' WHERE id = %s", HASH, here)

    def act() -> None:
        assert stage.one("web_inwoner", CODE, HERE, public("person", 20), FRESH, who=OWNER) == "naam20"

    nothing_else_changes(stage, ACCOUNTS, act, here)
    rows = "SELECT password_hash, totp_secret, start_code_hash, start_code_expires_at = now() + interval '7 days' FROM portaal.account WHERE id = %s"
    assert stage.seen(rows, here) == [(None, None, FRESH, True)]
    assert door_line(stage) == ("access.code", 1, 20, 1)
    [(until,)] = stage.ask("web_inwoner", STATE, HERE, public("person", 20), who=OWNER)
    assert until == stage.value("SELECT now() + interval '7 days'")


@scenario
def who_came_in_or_was_closed_gets_no_code(stage: Stage) -> None:
    _there, _other, here = _accounts(stage)
    for spoilt in (
        f"start_code_hash = NULL, start_code_expires_at = NULL, password_hash = '{HASH}'",
        "disabled_at = now()",
    ):

        def play(spoilt: str = spoilt) -> None:
            stage.given(f"UPDATE portaal.account SET {spoilt} WHERE id = %s", here)
            assert stage.refusal("web_inwoner", CODE, HERE, public("person", 20), FRESH, who=OWNER) == "MB001", spoilt
            assert stage.ask("web_inwoner", STATE, HERE, public("person", 20), who=OWNER) == [], spoilt

        stage.undone(play)


@scenario
def an_account_is_made_for_who_has_none(stage: Stage) -> None:
    account(stage, 20, "onafhankelijk", code=True)
    account(stage, 22, "inwoner", code=True)
    assert stage.one("web_inwoner", CODE, HERE, public("person", 20), FRESH, who=OWNER) == "nieuw482"
    assert [row[:2] for row in stage.seen(ACCOUNT, public("person", 20)) if row[0] == "inwoner"] == [("inwoner", "nieuw482")]
    assert stage.refusal("web_inwoner", CODE, HERE, public("person", 23), FRESH, who=OWNER) == "MB002"


@scenario
def a_code_with_which_nothing_can_be_read_ends(stage: Stage) -> None:
    there, _other, here = _accounts(stage)
    stage.given("UPDATE portaal.account SET password_hash = %s, totp_secret = 'x' WHERE id IN (%s, %s)", HASH, here, there)
    stage.undone(lambda: nothing_else_changes(stage, ACCOUNTS, withdraw(stage, 20), here))

    def ended() -> None:
        withdraw(stage, 20)()
        rows = "SELECT password_hash, totp_secret, start_code_hash, start_code_expires_at FROM portaal.account WHERE id = %s"
        assert stage.seen(rows, here) == [(None, None, None, None)]

    stage.undone(ended)
    # Something is left here, or elsewhere; or the person came in already.
    stage.undone(lambda: nothing_else_changes(stage, ACCOUNTS, lambda: put(stage, 20, sections=(2,), only=False)))

    def elsewhere() -> None:
        grant(stage, 901, 20, dossier_id=2)
        nothing_else_changes(stage, ACCOUNTS, withdraw(stage, 20))

    stage.undone(elsewhere)

    def came_in() -> None:
        stage.given("UPDATE portaal.account SET start_code_hash = NULL, start_code_expires_at = NULL WHERE id = %s", here)
        nothing_else_changes(stage, ACCOUNTS, withdraw(stage, 20))

    stage.undone(came_in)


REMIND = "SELECT portaal.remind_of_access()"
MAILS = "SELECT template, language, to_whom, address, melding_id, person_id, team_id FROM portaal.outbox ORDER BY id"


def _quiet(stage: Stage) -> None:
    stage.given("DELETE FROM portaal.outbox")
    stage.given("UPDATE casus.access_grant SET valid_until = NULL")


@scenario
def one_mail_goes_before_access_ends(stage: Stage) -> None:
    _quiet(stage)
    account(stage, 1, "onafhankelijk")
    stage.given("UPDATE portaal.account SET language = 'en'")
    here = account(stage, 1, "inwoner")
    stage.given("UPDATE portaal.account SET language = 'ar' WHERE id = %s", here)
    soon = [grant(stage, 901, 20, valid_until="acl.today() + 14"), grant(stage, 902, 21, valid_until="acl.today()")]
    grant(stage, 903, 21, valid_until="acl.today() + 15")
    grant(stage, 904, 21, valid_until="acl.today() - 1")
    grant(stage, 905, 21, valid_until="acl.today()", withdrawn_at="now()")
    grant(stage, 906, 27, valid_until="acl.today()", dossier_id=2)
    grant(stage, 907, 21, valid_until="acl.today() + 3", reminded_until="acl.today() + 3")
    grant(stage, 908, 27, valid_until="acl.today()", dossier_id=3)
    nothing_else_changes(stage, GRANTS, lambda: stage.ask("portaal_jobs", REMIND), *soon)
    assert stage.value("SELECT bool_and(reminded_until = valid_until) FROM casus.access_grant WHERE id = ANY (%s)", soon) is True
    assert stage.seen(MAILS) == [("toegang", "ar", "inwoner", "naam1@voorbeeld.nl", None, 1, 1)]
    stage.ask("portaal_jobs", REMIND)
    assert len(stage.seen(MAILS)) == 1, "once"
    stage.given("UPDATE casus.access_grant SET valid_until = acl.today() + 5 WHERE id = 901")
    stage.ask("portaal_jobs", REMIND)
    assert len(stage.seen(MAILS)) == 2, "another day, another mail"


@scenario
def no_mail_goes_where_it_is_not_safe_or_to_nobody(stage: Stage) -> None:
    for what in (
        "UPDATE portaal.account SET email = NULL",
        "UPDATE portaal.account SET disabled_at = now()",
        "UPDATE casus.inwoner SET safe_contact = 'Bel niet als hij thuis is.'",
        "INSERT INTO casus.melding (number, channel, for_whom, dossier_id, safe_mail) VALUES ('M-AAAA-0901', 'website', 'zelf', 1, false)",
    ):

        def play(what: str = what) -> None:
            _quiet(stage)
            account(stage, 1, "inwoner")
            stage.given(what)
            grant(stage, 901, 20, valid_until="acl.today() + 3")
            nothing_else_changes(stage, GRANTS, lambda: stage.ask("portaal_jobs", REMIND))
            assert stage.seen(MAILS) == [], what

        stage.undone(play)


@scenario
def what_was_told_long_ago_is_forgotten(stage: Stage) -> None:
    stage.given(
        "INSERT INTO portaal.access_change VALUES (20, now() - interval '14 days'), (21, now() - interval '14 days' + interval '1 second')"
    )
    stage.ask("portaal_jobs", REMIND)
    assert stage.seen("SELECT person_id FROM portaal.access_change") == [(21,)]


@scenario
def the_log_of_sharing_says_nothing_else(stage: Stage) -> None:
    for event, refusal in (("access.given", ""), ("zomaar.iets", "42501")):
        assert stage.refusal("casus_acl", "INSERT INTO casus.change_log (event) VALUES (%s)", event) == refusal
