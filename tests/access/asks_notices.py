"""What an inwoner is told of outside the portal: as chosen for each topic, once, and never while the dossier is out of sight."""

from tests.access.asks_sharing import grant
from tests.access.hired import account
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, public

OWNER, MANDATE, NAASTE, ASSIGNED = PEOPLE["owner"], PEOPLE["mandate"], PEOPLE["grant whole"], PEOPLE["assigned"]
A, B = public("dossier", 1), public("dossier", 2)
CHOOSE = "SELECT portaal.choose_notices(%s, %s, %s)"
CHOICES = "SELECT topic, way FROM portaal.notice_choices(%s) ORDER BY topic"
REACH = "SELECT by_mail, by_letter FROM portaal.notice_reach(%s)"
MAILS = "SELECT template, language, to_whom, address, person_id, team_id, topic FROM portaal.outbox ORDER BY id"
LETTERS = "SELECT template, language, to_whom, to_name, to_lines, person_id, team_id, topic FROM portaal.letter ORDER BY id"
NAME = "owner Proef"


def reached(stage: Stage, *, mail: str | None = "a@b.nl", street: bool = True, language: str = "ar") -> None:
    """The owner has an account with this address, or none; a place where letters come, or not; and nobody said that something isn't safe."""
    stage.given("UPDATE casus.inwoner SET safe_contact = '' WHERE person_id = 1")
    stage.given("UPDATE casus.melding SET safe_mail = NULL, safe_post = NULL WHERE dossier_id = 1")
    account(stage, 1, "inwoner")
    stage.given("UPDATE portaal.account SET email = %s, language = %s WHERE person_id = 1 AND face = 'inwoner'", mail, language)
    stage.given("DELETE FROM casus.address WHERE person_id = 1")
    stage.given("INSERT INTO casus.address (person_id, street, postcode, protected) VALUES (1, 'Proefweg 1', '6511 AA', %s)", not street)


def tell(stage: Stage, topic: str | None) -> None:
    """A notice about the first dossier."""
    stage.given("SELECT casus.tell_owner(1, %s)", topic)


@scenario
def a_topic_comes_by_mail_until_something_else_is_chosen(stage: Stage) -> None:
    reached(stage)
    stage.given(
        "INSERT INTO portaal.notice_choice SELECT 2, t, 'niets' FROM unnest(ARRAY['nieuw', 'antwoord', 'bericht', 'meekijken', 'stap']) t"
    )
    for topic, template in (
        ("nieuw", "nieuws"),
        ("antwoord", "nieuws"),
        ("bericht", "nieuws"),
        ("meekijken", "toegang"),
        ("stap", "stap"),
        (None, "nieuws"),
    ):

        def play(topic: str | None = topic, template: str = template) -> None:
            tell(stage, topic)
            assert stage.seen(MAILS) == [(template, "ar", "inwoner", "a@b.nl", 1, 1, topic)]
            assert stage.seen(LETTERS) == []

        stage.undone(play)


@scenario
def each_topic_comes_the_way_that_was_chosen_for_it(stage: Stage) -> None:
    reached(stage)
    assert stage.one("web_inwoner", CHOOSE, A, ["nieuw", "antwoord"], ["brief", "niets"], who=OWNER) is True
    assert stage.ask("web_inwoner", CHOICES, A, who=OWNER) == [("antwoord", "niets"), ("nieuw", "brief")]
    for topic in ("nieuw", "antwoord", "bericht"):
        tell(stage, topic)
    assert stage.seen(LETTERS) == [("nieuws", "ar", "inwoner", NAME, ["Proefweg 1", "6511 AA"], 1, 1, "nieuw")]
    assert stage.seen(MAILS) == [("nieuws", "ar", "inwoner", "a@b.nl", 1, 1, "bericht")]
    assert stage.one("web_inwoner", CHOOSE, A, ["nieuw"], ["niets"], who=OWNER) is True
    assert stage.ask("web_inwoner", CHOICES, A, who=OWNER) == [("antwoord", "niets"), ("nieuw", "niets")]
    assert stage.seen("SELECT dossier_id, subject_id, person_id FROM casus.change_log WHERE event = 'notices.chosen'") == [(1, 1, 1)] * 2


@scenario
def what_is_always_told_goes_by_letter_without_a_mail_address(stage: Stage) -> None:
    for mail, disabled in ((None, False), ("a@b.nl", True)):

        def play(mail: str | None = mail, disabled: bool = disabled) -> None:
            reached(stage, mail=mail)
            stage.given("UPDATE portaal.account SET disabled_at = CASE WHEN %s THEN now() END WHERE person_id = 1", disabled)
            for topic in ("nieuw", "antwoord", "bericht", "meekijken", "stap"):
                tell(stage, topic)
            assert stage.seen(MAILS) == []
            assert stage.seen(LETTERS) == []
            tell(stage, None)
            assert stage.seen(MAILS) == []
            assert stage.seen(LETTERS) == [("nieuws", "ar", "inwoner", NAME, ["Proefweg 1", "6511 AA"], 1, 1, None)]

        stage.undone(play)


@scenario
def a_protected_address_stands_on_no_envelope(stage: Stage) -> None:
    reached(stage, mail=None, street=False)
    tell(stage, None)
    assert [row[4] for row in stage.seen(LETTERS)] == [[]]
    assert stage.ask("web_inwoner", REACH, A, who=OWNER) == [(False, False)]
    stage.given("UPDATE casus.address SET protected = false WHERE person_id = 1")
    assert stage.ask("web_inwoner", REACH, A, who=OWNER) == [(False, True)]
    stage.given("UPDATE portaal.account SET email = 'a@b.nl' WHERE person_id = 1")
    assert stage.ask("web_inwoner", REACH, A, who=OWNER) == [(True, True)]
    stage.given("UPDATE portaal.account SET face = 'team' WHERE person_id = 1")
    assert stage.ask("web_inwoner", REACH, A, who=OWNER) == [(False, True)], "an address for the work is not one at home"


@scenario
def who_has_no_account_is_written_to_in_the_language_of_the_dossier(stage: Stage) -> None:
    stage.given("UPDATE casus.inwoner SET language = 'tr' WHERE person_id = 1")
    tell(stage, None)
    assert [row[1] for row in stage.seen(LETTERS)] == ["tr"]
    account(stage, 1, "team")
    stage.given("UPDATE portaal.account SET language = 'pl' WHERE person_id = 1")
    tell(stage, None)
    assert [row[1] for row in stage.seen(LETTERS)] == ["tr", "tr"]


@scenario
def nothing_is_told_while_the_dossier_is_out_of_sight(stage: Stage) -> None:
    reached(stage)
    assert stage.one("web_inwoner", CHOOSE, A, ["nieuw"], ["brief"], who=OWNER) is True
    tell(stage, "nieuw")
    tell(stage, None)
    assert stage.one("web_inwoner", "SELECT casus.pause_dossier(%s, 'portaal')", A, who=OWNER) is True
    assert stage.seen(LETTERS) == []
    assert stage.seen(MAILS) == []
    tell(stage, "nieuw")
    tell(stage, None)
    assert stage.seen(LETTERS) == []
    assert stage.seen(MAILS) == []
    assert stage.one("web_inwoner", CHOOSE, A, ["nieuw"], ["mail"], who=OWNER) is False
    assert stage.ask("web_inwoner", CHOICES, A, who=OWNER) == []
    assert stage.ask("web_inwoner", REACH, A, who=OWNER) == []


@scenario
def letters_that_wait_are_gone_with_the_dossier_that_goes_out_of_sight(stage: Stage) -> None:
    letter = (
        "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, person_id, printed_at, printed_by, posted_at, posted_by,"
        " handled_at, handled_by) VALUES (gen_random_uuid(), %s, 'nl', 'inwoner', %s, '{}', %s, now(), 40, %s, %s, %s, %s)"
    )
    day = "2026-01-01"
    for name, template, person, posted, handled in (
        ("nieuws", "nieuws", 1, None, None), ("toegang", "toegang", 1, None, None), ("code", "startcode", 1, None, None),
        ("ander", "nieuws", 2, None, None), ("gepost", "nieuws", 1, day, None), ("gedaan", "nieuws", 1, None, day),
    ):  # fmt: skip
        stage.given(letter, template, name, person, posted, 40 if posted else None, handled, 40 if handled else None)
    assert stage.one("web_inwoner", "SELECT casus.pause_dossier(%s, 'portaal')", A, who=OWNER) is True
    assert stage.seen("SELECT to_name FROM portaal.letter ORDER BY id") == [("code",), ("ander",), ("gepost",), ("gedaan",)]


@scenario
def the_reminder_that_access_ends_comes_the_way_that_was_chosen_where_that_is_safe(stage: Stage) -> None:
    reached(stage)
    grant(stage, 901, 20, valid_until="acl.today() + 3")
    unsafe = "INSERT INTO casus.melding (number, channel, for_whom, dossier_id, received_at{}) VALUES ('M-NIET-VEIL', 'telefoon', 'zelf', 1, now(){})"
    cases = (
        (None, "", (1, 0)), ("mail", "", (1, 0)), ("brief", "", (0, 1)), ("niets", "", (0, 0)),
        ("mail", "UPDATE portaal.account SET email = NULL WHERE person_id = 1", (0, 0)),
        ("brief", "UPDATE portaal.account SET email = NULL WHERE person_id = 1", (0, 1)),
        ("brief", "UPDATE casus.address SET protected = true WHERE person_id = 1", (0, 0)),
        ("mail", "UPDATE casus.address SET protected = true WHERE person_id = 1", (1, 0)),
        ("mail", unsafe.format(", safe_mail", ", false"), (0, 0)), ("brief", unsafe.format(", safe_mail", ", false"), (0, 1)),
        ("brief", unsafe.format(", safe_post", ", false"), (0, 0)), ("mail", unsafe.format(", safe_post", ", false"), (1, 0)),
    )  # fmt: skip
    for way, given, expected in cases:

        def play(way: str | None = way, given: str = given, expected: tuple[int, int] = expected) -> None:
            if way:
                stage.given("INSERT INTO portaal.notice_choice VALUES (1, 'meekijken', %s)", way)
            if given:
                stage.given(given)
            stage.ask("portaal_jobs", "SELECT portaal.remind_of_access()")
            found = stage.seen("SELECT (SELECT count(*) FROM portaal.outbox), (SELECT count(*) FROM portaal.letter)")
            assert found == [expected], (way, given)
            assert stage.value("SELECT reminded_until IS NOT NULL FROM casus.access_grant WHERE id = 901") is (expected != (0, 0))

        stage.undone(play)


@scenario
def only_the_inwoner_chooses_and_only_for_the_own_dossier(stage: Stage) -> None:
    reached(stage)
    stage.given("INSERT INTO portaal.notice_choice VALUES (1, 'nieuw', 'brief'), (2, 'nieuw', 'niets')")
    for who, dossier in ((MANDATE, A), (NAASTE, A), (OWNER, B), (PEOPLE["owner of another dossier"], A)):
        assert stage.one("web_inwoner", CHOOSE, dossier, ["nieuw"], ["mail"], who=who) is False, who
        assert stage.ask("web_inwoner", CHOICES, dossier, who=who) == [], who
        assert stage.ask("web_inwoner", REACH, dossier, who=who) == [], who
    assert stage.ask("web_inwoner", CHOICES, A, who=OWNER) == [("nieuw", "brief")]
    assert stage.seen("SELECT dossier_id, way FROM portaal.notice_choice ORDER BY 1") == [(1, "brief"), (2, "niets")]


@scenario
def what_waits_in_a_way_not_wanted_any_more_is_not_sent(stage: Stage) -> None:
    reached(stage)
    mail = "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, topic, sent_at) VALUES ('nieuws', 'nl', 'inwoner', %s, %s, %s, %s)"
    for address, person, topic, sent in (
        ("weg@b.nl", 1, "nieuw", None), ("antwoord@b.nl", 1, "antwoord", None), ("ander@b.nl", 2, "nieuw", None),
        ("altijd@b.nl", 1, None, None), (None, 1, "nieuw", "2026-01-01"),
    ):  # fmt: skip
        stage.given(mail, address, person, topic, sent)
    letter = (
        "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, person_id, topic, printed_at, printed_by, handled_at,"
        " handled_by) VALUES (gen_random_uuid(), 'nieuws', 'nl', 'inwoner', %s, '{}', %s, %s, %s, %s, %s, %s)"
    )
    stage.given("INSERT INTO portaal.notice_choice VALUES (1, 'bericht', 'brief')")
    for name, person, topic, printed, handled in (
        ("weg", 1, "nieuw", False, False), ("bericht", 1, "bericht", False, False), ("ander", 2, "nieuw", False, False),
        ("altijd", 1, None, False, False), ("gedrukt", 1, "nieuw", True, False), ("gedaan", 1, "nieuw", False, True),
    ):  # fmt: skip
        day = "2026-01-01"
        stage.given(
            letter,
            name,
            person,
            topic,
            day if printed else None,
            40 if printed else None,
            day if handled else None,
            40 if handled else None,
        )
    assert stage.one("web_inwoner", CHOOSE, A, ["nieuw"], ["niets"], who=OWNER) is True
    assert stage.seen("SELECT coalesce(address, 'verstuurd') FROM portaal.outbox ORDER BY id") == [
        ("antwoord@b.nl",), ("ander@b.nl",), ("altijd@b.nl",), ("verstuurd",)
    ]  # fmt: skip
    assert stage.seen("SELECT to_name FROM portaal.letter ORDER BY id") == [
        ("bericht",),
        ("ander",),
        ("altijd",),
        ("gedrukt",),
        ("gedaan",),
    ]


@scenario
def something_new_is_told_once_a_day_by_mail_and_once_a_week_by_letter(stage: Stage) -> None:
    reached(stage)
    told = "SELECT casus.tell_of_entry(101)"
    count = "SELECT (SELECT count(*) FROM portaal.outbox), (SELECT count(*) FROM portaal.letter)"
    stage.ask("web_team", told, who=ASSIGNED)
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(count) == [(1, 0)]
    assert [row[6] for row in stage.seen(MAILS)] == ["nieuw"]
    stage.given("UPDATE portaal.outbox SET made_at = now() - interval '24 hours' + interval '1 second'")
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(count) == [(1, 0)]
    stage.given("UPDATE portaal.outbox SET made_at = now() - interval '24 hours'")
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(count) == [(2, 0)]
    stage.given("UPDATE portaal.outbox SET made_at = now() - interval '24 hours'")
    stage.given("INSERT INTO portaal.notice_choice VALUES (1, 'nieuw', 'brief')")
    stage.ask("web_team", told, who=ASSIGNED)
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(count) == [(2, 1)]
    stage.given("UPDATE portaal.letter SET made_at = now() - interval '7 days' + interval '1 second'")
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(count) == [(2, 1)]
    stage.given("UPDATE portaal.letter SET made_at = now() - interval '7 days'")
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(count) == [(2, 2)]


@scenario
def another_topic_or_another_inwoner_says_nothing_of_what_was_told_here(stage: Stage) -> None:
    reached(stage)
    stage.given(
        "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, topic) VALUES ('nieuws', 'nl', 'inwoner', 'x@b.nl', 1, 'antwoord')"
    )
    stage.given(
        "INSERT INTO portaal.outbox (template, language, to_whom, address, person_id, topic) VALUES ('nieuws', 'nl', 'inwoner', 'x@b.nl', 2, 'nieuw')"
    )
    letter = "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, person_id, topic) VALUES (gen_random_uuid(), 'nieuws', 'nl', 'inwoner', '', '{}', %s, %s)"
    stage.given(letter, 1, "antwoord")
    stage.given(letter, 2, "nieuw")
    stage.ask("web_team", "SELECT casus.tell_of_entry(101)", who=ASSIGNED)
    assert stage.value("SELECT count(*) FROM portaal.outbox WHERE address = 'a@b.nl'") == 1


@scenario
def nothing_is_told_of_what_cant_be_read_or_by_who_doesnt_work_here(stage: Stage) -> None:
    reached(stage)
    told = "SELECT casus.tell_of_entry(101)"
    stage.ask("web_team", told, who=PEOPLE["assigned elsewhere"])
    stage.given("UPDATE casus.entry SET discuss_until = now() + interval '1 second' WHERE id = 101")
    stage.ask("web_team", told, who=ASSIGNED)
    assert stage.seen(MAILS) == []
    stage.given("UPDATE casus.entry SET discuss_until = now() WHERE id = 101")
    for about in ("person_id", "told_from"):

        def withheld(about: str = about) -> None:
            value = {"person_id": "41", "told_from": "now() + interval '1 day'"}[about]
            stage.given(f"INSERT INTO casus.closure (dossier_id, entry_id, reason, {about}) VALUES (1, 101, 'x', {value})")
            stage.ask("web_team", told, who=ASSIGNED)
            assert len(stage.seen(MAILS)) == (about == "person_id"), "a mail would tell that it is there"

        stage.undone(withheld)
    stage.ask("web_team", told, who=ASSIGNED)
    assert len(stage.seen(MAILS)) == 1


@scenario
def nobody_is_asked_to_call_because_something_new_was_placed(stage: Stage) -> None:
    unsafe = "INSERT INTO casus.melding (number, channel, for_whom, dossier_id, received_at, safe_mail) VALUES ('M-NIET-VEIL', 'balie', 'zelf', 1, now(), false)"
    for given in (
        unsafe,
        "UPDATE casus.inwoner SET safe_contact = 'x' WHERE person_id = 1",
        "INSERT INTO portaal.notice_choice VALUES (1, 'nieuw', 'niets')",
    ):

        def play(given: str = given) -> None:
            reached(stage)
            stage.given(given)
            stage.ask("web_team", "SELECT casus.tell_of_entry(101)", who=ASSIGNED)
            assert stage.seen(MAILS) == []
            assert stage.seen(LETTERS) == []

        stage.undone(play)


@scenario
def something_new_is_told_to_whose_dossier_it_is_in(stage: Stage) -> None:
    reached(stage)
    other = stage.value("SELECT inwoner_id FROM casus.dossier WHERE id = 2")
    account(stage, other, "inwoner")
    stage.given("UPDATE portaal.account SET email = 'ander@b.nl' WHERE person_id = %s AND face = 'inwoner'", other)
    stage.given("UPDATE casus.inwoner SET safe_contact = '' WHERE person_id = %s", other)
    stage.given("UPDATE casus.melding SET safe_mail = NULL WHERE dossier_id = 2")
    stage.ask("web_team", "SELECT casus.tell_of_entry(201)", who=PEOPLE["assigned elsewhere"])
    assert [row[3:5] for row in stage.seen(MAILS)] == [("ander@b.nl", other)]
