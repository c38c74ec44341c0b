"""The queues of mail and letters, and the job that sends: what goes in, what may go out, when again, and when no more."""

from datetime import timedelta
from typing import Any

from tests.access.posted import SEALED, WORKER, letter, mail, melding, row
from tests.access.stage import Stage, scenario
from tests.access.world import public

QUEUE_MAIL = "SELECT portaal.queue_mail('nieuws', 'ar', 'aanmelder', %s, %s, %s, %s)"
QUEUE_LETTER = "SELECT portaal.queue_letter(%s, 'startcode', 'en', 'inwoner', 'Sam Proef', '{Proefweg 1,6500 AA Nijmegen}', %s, %s, %s, %s)"
NEXT = "SELECT id FROM portaal.next_mail()"


@scenario
def a_mail_waits_as_it_was_put_there(stage: Stage) -> None:
    melding(stage, 7)
    columns = (
        "template, language, to_whom, address, melding_id, person_id, team_id, made_at = now(), not_before = now(), attempts, last_error, sent_at,"
        " gave_up_at, allowed_at, handled_at"
    )
    for role in ("web_inwoner", "web_team", "portaal_jobs"):
        stage.ask(role, QUEUE_MAIL, "sam@voorbeeld.nl", 7, 1, 2)
        [found] = stage.seen(f"SELECT {columns} FROM portaal.outbox ORDER BY id DESC LIMIT 1")
        assert found == ("nieuws", "ar", "aanmelder", "sam@voorbeeld.nl", 7, 1, 2, True, True, 0, None, None, None, None, None)


@scenario
def an_address_that_is_none_is_a_task_at_once(stage: Stage) -> None:
    longest = "a" * 64 + "@" + "b" * 189
    for address, usable in (
        ("sam@voorbeeld.nl", True), (longest, True), (longest + "b", False), ("a" + longest, False), ("sam", False), ("@voorbeeld.nl", False),
         ("sam@", False), ("sam@a@b", False), ("sam vries@a.nl", False), ("a@b.nl,c@d.nl", False), ("a@b.nl\nBcc: c@d.nl", False), ("", False), (None, False),
    ):  # fmt: skip
        stage.ask("web_inwoner", QUEUE_MAIL, address, None, None, None)
        [(kept, error, over)] = stage.seen("SELECT address, last_error, gave_up_at = now() FROM portaal.outbox ORDER BY id DESC LIMIT 1")
        assert kept == (address or "")[:254]
        assert (error, over) == ((None, None) if usable else ("adres", True)), address


@scenario
def a_letter_waits_as_it_was_put_there(stage: Stage) -> None:
    melding(stage, 7)
    columns = (
        "public_id, template, language, to_whom, to_name, to_lines, sealed, melding_id, person_id, team_id, made_at = now(), printed_at, posted_at,"
        " allowed_at, handled_at"
    )
    for number, (role, sealed) in enumerate((("web_inwoner", None), ("portaal_jobs", None), ("web_team", None), ("web_team", SEALED))):
        stage.ask(role, QUEUE_LETTER, public("new", number), sealed, 7, 1, 2)
        [found] = stage.seen(f"SELECT {columns} FROM portaal.letter ORDER BY id DESC LIMIT 1")
        lines = ["Proefweg 1", "6500 AA Nijmegen"]
        assert found == (
            public("new", number),
            "startcode",
            "en",
            "inwoner",
            "Sam Proef",
            lines,
            sealed,
            7,
            1,
            2,
            True,
            None,
            None,
            None,
            None,
        )
    for given, kept in ((None, []), ([""], []), (["", "Proefweg 1", ""], ["Proefweg 1"])):
        stage.ask(
            "web_inwoner",
            "SELECT portaal.queue_letter(gen_random_uuid(), 'startcode', 'en', 'inwoner', NULL, %s, NULL, NULL, NULL, NULL)",
            given,
        )
        assert stage.seen("SELECT to_name, to_lines FROM portaal.letter ORDER BY id DESC LIMIT 1") == [("", kept)]
    for role in ("web_inwoner", "portaal_jobs"):
        assert stage.refusal(role, QUEUE_LETTER, public("new", 9), SEALED, None, None, None) == "42501"


@scenario
def what_somebody_called_unsafe_does_not_go_that_way(stage: Stage) -> None:
    ask = "SELECT portaal.post_safety(%s, %s, %s, %s)"

    def safety(by_mail: bool, about: int | None = None, person: int | None = None, whom: str = "inwoner") -> Any:
        return stage.value(ask, by_mail, about, person, whom)

    for number, (by_mail, by_post) in enumerate(((None, None), (True, True), (False, True), (True, False), (None, False), (False, None))):
        melding(stage, number, mail=by_mail, post=by_post)
        assert safety(True, number) == ("nee" if by_mail is False else "ja"), (by_mail, by_post)
        assert safety(False, number) == ("nee" if by_post is False else "ja"), (by_mail, by_post)
    # Who asked for somebody else has an address of their own; who asked for themselves is nobody else.
    melding(stage, 20, mail=False, other=True)
    assert [safety(True, 20, whom=whom) for whom in ("inwoner", "aanmelder")] == ["nee", "ja"]
    assert safety(True, 2, whom="aanmelder") == "nee"
    # Who may not know that somebody asked is not written to before somebody talked with them.
    for number, (consent, expected) in enumerate((("ja", "ja"), ("nee", "nee"), ("weet_niet", "nee")), start=40):
        melding(stage, number, other=True, consent=consent)
        assert [safety(by_mail, number) for by_mail in (True, False)] == [expected] * 2, consent
        assert safety(True, number, whom="aanmelder") == "ja"
    stage.given("INSERT INTO casus.melding_event (melding_id, event) VALUES (41, 'urgentie'), (42, 'gesprek')")
    assert [safety(True, number) for number in (40, 41, 42)] == ["ja", "nee", "ja"]
    # Nothing is known, so nothing stands in the way.
    assert (safety(True), safety(True, person=3)) == ("ja", "ja")


@scenario
def what_is_unsafe_holds_for_the_dossier_too(stage: Stage) -> None:
    ask = "SELECT portaal.post_safety(%s, %s, %s, 'inwoner')"
    melding(stage, 30, mail=False, dossier=1)
    melding(stage, 31, dossier=1)
    melding(stage, 32, dossier=2)
    for about, person, expected in (
        (30, None, "nee"),
        (31, None, "nee"),
        (None, 1, "nee"),
        (32, None, "ja"),
        (None, 2, "ja"),
        (31, 2, "nee"),
    ):
        assert stage.value(ask, True, about, person) == expected, (about, person)
        assert stage.value(ask, False, about, person) == "ja", (about, person)
    # Words that only a person can weigh.
    for words, expected in (("bel niet thuis", "kijk"), ("", "ja"), (None, "ja")):
        stage.given("UPDATE casus.inwoner SET safe_contact = %s WHERE person_id = 2", words)
        assert [stage.value(ask, True, about, person) for about, person in ((32, None), (None, 2), (None, 3), (32, 3))] == [
            expected, expected, "ja", expected,
        ], words  # fmt: skip


@scenario
def a_mail_may_go_when_it_is_safe_or_a_person_says_so(stage: Stage) -> None:
    melding(stage, 1, mail=False, post=False)
    stage.given("UPDATE casus.inwoner SET safe_contact = 'kijk uit' WHERE person_id = 2")
    allowed = "allowed_at = now(), allowed_by = 40"
    cases: tuple[tuple[int | None, int | None, str, bool], ...] = (
        (None, 3, "", True), (None, 3, allowed, True), (1, None, "", False), (1, None, allowed, False), (None, 2, "", False), (None, 2, allowed, True),
    )  # fmt: skip
    for number, (about, person, what, expected) in enumerate(cases):
        mail(stage, number, what, about=about, person=person)
        letter(stage, number, what, about=about, person=person)
        assert stage.value("SELECT portaal.mail_may_go(o) FROM portaal.outbox o WHERE id = %s", number) is expected, number
        ask = "SELECT portaal.letter_may_go(l) FROM portaal.letter l WHERE id = %s"
        assert stage.value(ask, number) is expected, number
        stage.given("UPDATE portaal.letter SET to_lines = '{}' WHERE id = %s", number)
        assert stage.value(ask, number) is False


@scenario
def the_next_mail_is_the_first_that_is_due_and_may_go(stage: Stage) -> None:
    melding(stage, 1, mail=False)
    mail(stage, 1, "sent_at = now(), address = NULL")
    mail(stage, 2, "handled_at = now(), handled_by = 40, address = NULL")
    mail(stage, 3, "gave_up_at = now()")
    mail(stage, 4, "not_before = now() + interval '1 second'")
    mail(stage, 5, about=1)
    assert stage.ask("portaal_jobs", NEXT) == []
    for number in (8, 7, 6):
        mail(stage, number)
        assert stage.ask("portaal_jobs", NEXT) == [(number,)]
    mail(stage, 9, "not_before = now() - interval '1 second'")
    assert stage.ask("portaal_jobs", NEXT) == [(9,)]


@scenario
def the_next_mail_says_what_is_needed_to_send_it(stage: Stage) -> None:
    melding(stage, 1)
    ask = "SELECT public_id, template, language, to_whom, address, now() - since FROM portaal.next_mail()"
    mail(stage, 1, "made_at = now() - interval '1 day'")
    assert stage.ask("portaal_jobs", ask) == [(public("mail", 1), "nieuws", "nl", "inwoner", "sam1@voorbeeld.nl", timedelta(days=1))]
    mail(stage, 2, "not_before = now() - interval '1 hour'", about=1)
    assert stage.ask("portaal_jobs", ask)[0][-1] == timedelta(days=5), "of a melding the moment it came in"


@scenario
def a_sent_mail_keeps_no_address(stage: Stage) -> None:
    for number in (1, 2):
        mail(stage, number, "last_error = 'tijdelijk', attempts = 3")
    stage.ask("portaal_jobs", "SELECT portaal.mail_sent(1)")
    columns = "sent_at = now(), address, last_error, attempts, gave_up_at, handled_at"
    assert row(stage, "outbox", 1, columns) == (True, None, None, 4, None, None)
    assert row(stage, "outbox", 2, columns) == (None, "sam2@voorbeeld.nl", "tijdelijk", 3, None, None)


@scenario
def a_mail_that_failed_is_tried_later_and_later(stage: Stage) -> None:
    failed = "SELECT portaal.mail_failed(%s, %s, %s)"
    columns = "last_error, attempts, gave_up_at = now(), sent_at, address IS NOT NULL"
    for attempts, minutes in ((0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (20, 60)):
        mail(stage, attempts, f"attempts = {attempts}")
        stage.ask("portaal_jobs", failed, attempts, "tijdelijk", False)
        assert row(stage, "outbox", attempts, columns) == ("tijdelijk", attempts + 1, None, None, True)
        assert row(stage, "outbox", attempts, "not_before - now()") == (timedelta(minutes=minutes),), attempts
    mail(stage, 30)
    mail(stage, 31)
    stage.ask("portaal_jobs", failed, 30, "geweigerd", True)
    assert row(stage, "outbox", 30, columns) == ("geweigerd", 1, True, None, True)
    assert row(stage, "outbox", 31, columns) == (None, 0, None, None, True)


@scenario
def after_a_day_a_mail_is_given_up(stage: Stage) -> None:
    melding(stage, 1, mail=False)
    stage.given("UPDATE casus.inwoner SET safe_contact = 'kijk uit' WHERE person_id = 2")
    day = "made_at = now() - interval '24 hours'"
    mail(stage, 1, day)
    mail(stage, 2, f"{day}, last_error = 'tijdelijk'")
    mail(stage, 3, "made_at = now() - interval '24 hours' + interval '1 second'")
    mail(stage, 4, f"{day}, gave_up_at = now() - interval '1 hour', last_error = 'adres'")
    mail(stage, 5, f"{day}, sent_at = now(), address = NULL")
    mail(stage, 6, day, about=1)
    mail(stage, 7, f"{day}, allowed_at = now() - interval '23 hours', allowed_by = 40", person=2)
    mail(stage, 8, f"{day}, allowed_at = now() - interval '24 hours', allowed_by = 40", person=2)
    stage.ask("portaal_jobs", "SELECT portaal.give_up_mail()")
    given_up = stage.seen("SELECT id, last_error, gave_up_at = now() FROM portaal.outbox WHERE gave_up_at IS NOT NULL ORDER BY id")
    assert given_up == [(1, "geen_antwoord", True), (2, "tijdelijk", True), (4, "adres", False), (8, "geen_antwoord", True)]


@scenario
def post_is_forgotten_ninety_days_after_it_was_dealt_with(stage: Stage) -> None:
    for number, days in ((0, "90 days"), (10, "90 days' + interval '1 second")):
        moment = f"now() - interval '{days}'"
        mail(stage, number + 1, f"sent_at = {moment}, address = NULL")
        mail(stage, number + 2, f"handled_at = {moment}, handled_by = 40, address = NULL")
        mail(stage, number + 3, f"made_at = {moment}, gave_up_at = {moment}")
        letter(stage, number + 1, f"printed_at = {moment}, printed_by = 40, posted_at = {moment}, posted_by = 40, sealed = NULL")
        letter(stage, number + 2, f"handled_at = {moment}, handled_by = 40, sealed = NULL")
        letter(stage, number + 3, f"made_at = {moment}")
    stage.ask("portaal_jobs", "SELECT portaal.clean_up_post()")
    for table in ("outbox", "letter"):
        assert stage.seen(f"SELECT id FROM portaal.{table} ORDER BY id") == [(3,), (11,), (12,), (13,)]


@scenario
def nobody_reads_the_queues_themselves(stage: Stage) -> None:
    mail(stage, 1)
    letter(stage, 1)
    for role in ("web_inwoner", "web_team", "web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_uitvoer", "casus_controle"):
        for table in ("outbox", "letter"):
            assert stage.refusal(role, f"SELECT FROM portaal.{table}", who=WORKER if role == "web_team" else None) == "42501"
