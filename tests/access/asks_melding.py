"""Asking for help without an account: what a code opens, what is sent once, and what the team of it may read."""

import json
from typing import Any

from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE

CODE, OTHER, NOBODY = b"a" * 32, b"b" * 32, b"c" * 32
HERE = b"h" * 32
SELF = {
    "for_whom": "zelf",
    "words": "Ik kom er niet uit.",
    "signs": ["eten"],
    "reach_ways": ["bellen"],
    "phone": "0600000000",
    "language": "nl",
}
FOR_ANOTHER = {"for_whom": "ander", "reporter_role": "huisarts", "consent": "ja", "language": "nl", "name": "Proef", "reporter_contact": "x@y.nl",
    "signs": [], "reach_ways": []}  # fmt: skip
FACE = "web_inwoner"


def keep(stage: Stage, code: bytes = CODE, text: bytes = b"verzegeld") -> bool:
    return bool(stage.one(FACE, "SELECT portaal.save_draft(%s, %s)", code, text))


def send(
    stage: Stage, code: bytes = CODE, number: str = "M-AAAA-BBBB", answers: dict[str, Any] | None = None, team: str | None = None
) -> Any:
    return stage.one(
        FACE, "SELECT portaal.send_melding(%s, %s, %s::jsonb, %s, %s)", code, number, json.dumps({"words": "", "name": "", **(answers or SELF)}), team, HERE
    )  # fmt: skip


def told(stage: Stage, code: bytes = CODE) -> list[tuple[Any, ...]]:
    return stage.ask(FACE, "SELECT number, for_whom, urgency, team, event, value, words FROM portaal.sent_melding(%s)", code)


def add(stage: Stage, event: str, words: str = "", value: str | None = None) -> None:
    stage.given(
        "INSERT INTO casus.melding_event (melding_id, at, event, words, value) SELECT max(id), now() + interval '1 second', %s, %s, %s FROM casus.melding",
        event, words, value,
    )  # fmt: skip


@scenario
def a_draft_is_kept_for_its_code_and_changed_until_it_is_sent(stage: Stage) -> None:
    assert keep(stage)
    assert keep(stage, OTHER, b"van een ander")
    stage.given("UPDATE portaal.melding_draft SET saved_at = now() - interval '1 day'")
    assert keep(stage, CODE, b"nieuwer")
    assert stage.ask(FACE, "SELECT * FROM portaal.draft(%s)", CODE) == [(b"nieuwer", None)]
    assert stage.ask(FACE, "SELECT * FROM portaal.draft(%s)", NOBODY) == []
    assert stage.seen("SELECT code_hash, ciphertext, saved_at = now() FROM portaal.melding_draft ORDER BY code_hash") == [
        (CODE, b"nieuwer", True),
        (OTHER, b"van een ander", False),
    ]
    send(stage)
    assert not keep(stage, CODE, b"te laat")
    [(text, sent)] = stage.ask(FACE, "SELECT * FROM portaal.draft(%s)", CODE)
    assert text == b"nieuwer"
    assert sent == stage.value("SELECT now()")
    assert stage.seen("SELECT sent_at, melding_id FROM portaal.melding_draft WHERE code_hash = %s", OTHER) == [(None, None)]


@scenario
def a_melding_is_sent_once_as_it_was_answered(stage: Stage) -> None:
    stage.given("INSERT INTO casus.stadsdeel VALUES (20, 'Proefdeel')")
    stage.given("INSERT INTO casus.team (id, name, stadsdeel_id) OVERRIDING SYSTEM VALUE VALUES (-5, 'Proefteam', 20)")
    assert send(stage) is None
    keep(stage)
    keep(stage, OTHER)
    assert send(stage, team="Proefteam") == "M-AAAA-BBBB"
    assert send(stage, number="M-CCCC-DDDD") == "M-AAAA-BBBB"
    assert send(stage, OTHER, "M-EEEE-FFFF", FOR_ANOTHER, "geen team") == "M-EEEE-FFFF"
    assert stage.seen(
        "SELECT number, channel, for_whom, words, signs, team_id, stadsdeel_id, source_hash, entered_by, phone FROM casus.melding ORDER BY id"
    ) == [
        ("M-AAAA-BBBB", "website", "zelf", "Ik kom er niet uit.", ["eten"], -5, 20, HERE, None, "0600000000"),
        ("M-EEEE-FFFF", "website", "ander", "", [], None, None, HERE, None, None),
    ]
    assert stage.seen("SELECT m.number, e.event, e.staff_id FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id ORDER BY e.id") == [
        ("M-AAAA-BBBB", "ontvangen", None), ("M-AAAA-BBBB", "bevestigd", None), ("M-EEEE-FFFF", "ontvangen", None), ("M-EEEE-FFFF", "bevestigd", None),
    ]  # fmt: skip
    assert stage.seen(
        "SELECT d.code_hash, m.number FROM portaal.melding_draft d JOIN casus.melding m ON m.id = d.melding_id ORDER BY 1"
    ) == [
        (CODE, "M-AAAA-BBBB"),
        (OTHER, "M-EEEE-FFFF"),
    ]


@scenario
def sending_confirms_in_the_way_that_was_asked_for(stage: Stage) -> None:
    mail = "SELECT o.template, o.language, to_whom, o.address, o.team_id, m.number FROM portaal.outbox o JOIN casus.melding m ON m.id = o.melding_id"
    letter = "SELECT l.template, l.language, to_whom, to_name, to_lines, l.team_id, m.number FROM portaal.letter l JOIN casus.melding m ON m.id = l.melding_id"
    number = "M-AAAA-BBBB"
    stage.given("INSERT INTO casus.team (id, name) OVERRIDING SYSTEM VALUE VALUES (-5, 'Proefteam')")
    stage.given(
        "INSERT INTO casus.melding (number, channel, for_whom, email, reach_ways) VALUES ('M-0000-0000', 'stip', 'zelf', 'a@b.nl', '{mail}')"
    )
    both = {**SELF, "language": "ar", "name": "S. Proef", "email": "s@voorbeeld.nl", "address": "Straat 1\n6541 AB Nijmegen, a, b, te veel"}
    for answers, mails, letters in (
        (
            {**FOR_ANOTHER, "email": "niet@deze.nl", "reach_ways": ["mail"]},
            [("melding_ontvangen", "nl", "aanmelder", "x@y.nl", -5, number)],
            [],
        ),
        ({**FOR_ANOTHER, "reporter_contact": None, "address": "Straat 1", "reach_ways": ["brief", "mail"]}, [], []),
        ({**both, "reach_ways": ["mail", "brief"]}, [("melding_ontvangen", "ar", "inwoner", "s@voorbeeld.nl", -5, number)], []),
        (
            {**both, "reach_ways": ["brief"]},
            [],
            [("melding_ontvangen", "ar", "inwoner", "S. Proef", ["Straat 1", "6541 AB Nijmegen", "a", "b"], -5, number)],
        ),
        (
            {**both, "reach_ways": ["mail", "brief"], "safe_mail": False},
            [],
            [("melding_ontvangen", "ar", "inwoner", "S. Proef", ["Straat 1", "6541 AB Nijmegen", "a", "b"], -5, number)],
        ),
        ({**both, "reach_ways": ["bellen"]}, [], []),
    ):

        def play(answers: dict[str, Any] = answers, mails: list[Any] = mails, letters: list[Any] = letters) -> None:
            keep(stage)
            send(stage, answers=answers, team="Proefteam")
            assert stage.seen(mail) == mails, answers
            assert stage.seen(letter) == letters, answers
            send(stage, answers=answers)
            assert len(stage.seen(mail) + stage.seen(letter)) == len(mails) + len(letters)

        stage.undone(play)


@scenario
def one_place_sends_sixty_in_an_hour(stage: Stage) -> None:
    keep(stage)
    stage.given(
        "INSERT INTO casus.melding (number, channel, for_whom, source_hash, received_at) SELECT 'M-' || to_char(n, 'FM0000') || '-0000', 'website',"
        " 'zelf', CASE WHEN n < 60 THEN %s::bytea ELSE %s::bytea END, CASE n WHEN 59 THEN now() - interval '1 hour' ELSE now() - interval '59 minutes' END"
        " FROM generate_series(0, 70) n",
        HERE, b"z" * 32,
    )  # fmt: skip
    stage.undone(lambda: _sends(stage))
    stage.given("UPDATE casus.melding SET received_at = now() - interval '59 minutes' WHERE number = 'M-0059-0000'")
    sql = "SELECT portaal.send_melding(%s, 'M-AAAA-BBBB', %s::jsonb, NULL, %s)"
    assert stage.refusal(FACE, sql, CODE, json.dumps({**SELF, "name": ""}), HERE) == "MB010"


def _sends(stage: Stage) -> None:
    assert send(stage) == "M-AAAA-BBBB"


@scenario
def who_sent_it_sees_what_happened_and_who_sent_it_for_another_that_it_came_in(stage: Stage) -> None:
    stage.given("INSERT INTO casus.team (id, name) OVERRIDING SYSTEM VALUE VALUES (-5, 'Proefteam')")
    for code, number, answers in ((CODE, "M-AAAA-BBBB", SELF), (OTHER, "M-EEEE-FFFF", FOR_ANOTHER)):
        keep(stage, code)
        assert told(stage, code) == []
        send(stage, code, number, answers, "Proefteam")
        stage.given("UPDATE casus.melding SET urgency = 2")
        for event in ("samengevoegd", "opzij", "heropend"):
            add(stage, event)
        add(stage, "urgentie", f"Wij bellen snel. {number}", "2")
    first = [("M-AAAA-BBBB", "zelf", 2, "Proefteam", event, None, "") for event in ("ontvangen", "bevestigd")]
    assert told(stage) == [*first, ("M-AAAA-BBBB", "zelf", 2, "Proefteam", "urgentie", "2", "Wij bellen snel. M-AAAA-BBBB")]
    assert told(stage, OTHER) == [("M-EEEE-FFFF", "ander", None, "Proefteam", event, None, "") for event in ("ontvangen", "bevestigd")]
    assert told(stage, NOBODY) == []
    assert stage.value("SELECT received_at = now() FROM portaal.sent_melding(%s) LIMIT 1", CODE)


@scenario
def who_asked_for_oneself_says_that_it_gets_worse(stage: Stage) -> None:
    worse = "SELECT portaal.melding_worse(%s, %s)"
    for code, number, answers in ((CODE, "M-AAAA-BBBB", SELF), (OTHER, "M-EEEE-FFFF", FOR_ANOTHER)):
        keep(stage, code)
        assert not stage.one(FACE, worse, code, "")
        send(stage, code, number, answers)
    assert not stage.one(FACE, worse, OTHER, "")
    assert not stage.one(FACE, worse, NOBODY, "")
    lines = "SELECT m.number, e.words FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id WHERE e.event = 'erger' ORDER BY e.id"
    assert stage.seen(lines) == []
    assert stage.one(FACE, worse, CODE, "")
    assert stage.one(FACE, worse, CODE, "")
    assert stage.seen(lines) == [("M-AAAA-BBBB", "")]
    assert stage.one(FACE, worse, CODE, "Nu ook geen stroom.")
    assert stage.seen(lines) == [("M-AAAA-BBBB", ""), ("M-AAAA-BBBB", "Nu ook geen stroom.")]
    stage.given("UPDATE casus.melding_event SET at = now() - interval '10 minutes' WHERE event = 'erger'")
    assert stage.one(FACE, worse, CODE, "")
    assert len(stage.seen(lines)) == 3
    stage.given("UPDATE casus.melding_event SET event = 'gesprek' WHERE event = 'erger'")
    assert stage.one(FACE, worse, CODE, "")
    assert len(stage.seen(lines)) == 1
    stage.given("UPDATE casus.melding_event SET melding_id = (SELECT max(id) FROM casus.melding) WHERE event = 'erger'")
    assert stage.one(FACE, worse, CODE, "")
    assert len(stage.seen(lines)) == 2


HELPED = "SELECT portaal.sent_melding_helped(%s, %s)"
LINES = "SELECT event, value, staff_id FROM casus.melding_event WHERE event NOT IN ('ontvangen', 'bevestigd') ORDER BY id"


@scenario
def after_advice_or_a_referral_the_person_says_whether_it_helped(stage: Stage) -> None:
    keep(stage)
    assert not stage.one(FACE, HELPED, CODE, "ja")
    send(stage)
    assert not stage.one(FACE, HELPED, CODE, "ja"), "there is no outcome yet"
    for outcome in ("advies", "doorverwezen", "overgedragen", "gestart", "geweigerd", "wachtlijst", "erger", "heropend"):
        asked = outcome in ("advies", "doorverwezen", "overgedragen")
        for answer, back in (("ja", []), ("nee", [("heropend", None, None)]), ("", []), ("anders", [])):

            def play(outcome: str = outcome, asked: bool = asked, answer: str = answer, back: list[Any] = back) -> None:
                add(stage, outcome)
                for since in ("gesprek", "urgentie", "dossier", "onderzoek", "onderzocht", "aanvraag", "besluit"):
                    add(stage, since)
                before = stage.seen(LINES)
                taken = asked and answer in ("ja", "nee")
                assert stage.one(FACE, HELPED, CODE, answer) is taken, (outcome, answer)
                assert stage.seen(LINES)[len(before) :] == ([("geholpen", answer, None), *back] if taken else [])
                assert stage.one(FACE, HELPED, CODE, "ja") is (asked and not taken), "it was answered, or it is no question"

            stage.undone(play)
    stage.seen("INSERT INTO casus.melding_event (melding_id, event) SELECT id, 'advies' FROM casus.melding RETURNING 1")
    assert stage.seen("SELECT open, stands_alone FROM casus.melding") == [(False, False)]
    stage.one(FACE, HELPED, CODE, "nee")
    assert stage.seen("SELECT open, stands_alone FROM casus.melding") == [(True, True)]


@scenario
def whether_it_helped_is_said_by_the_person_alone(stage: Stage) -> None:
    for code, number, answers in ((OTHER, "M-EEEE-FFFF", FOR_ANOTHER), (CODE, "M-AAAA-BBBB", SELF)):
        keep(stage, code)
        send(stage, code, number, answers)
        add(stage, "advies")
    assert not stage.one(FACE, HELPED, OTHER, "nee"), "who asked for somebody else"
    assert not stage.one(FACE, HELPED, NOBODY, "nee")
    assert stage.one(FACE, HELPED, CODE, "nee")
    assert stage.seen(
        "SELECT m.number FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id WHERE e.event = 'geholpen'"
    ) == [("M-AAAA-BBBB",)]
    stage.given(
        "UPDATE casus.melding SET merged_into = (SELECT id FROM casus.melding WHERE number = 'M-EEEE-FFFF') WHERE number = 'M-AAAA-BBBB'"
    )
    assert stage.one(FACE, HELPED, CODE, "ja"), "it went on in the other"
    assert stage.seen("SELECT m.number, e.value FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id WHERE event = 'geholpen' ORDER BY e.id") == [
        ("M-AAAA-BBBB", "nee"), ("M-EEEE-FFFF", "ja"),
    ]  # fmt: skip
    for role in ("web_team", "web_onafhankelijk", "portaal_jobs"):
        for sql in (HELPED, OWN_HELPED):
            assert stage.refusal(role, sql, CODE if sql == HELPED else "M-AAAA-BBBB", "ja") == "42501", role


OWN_HELPED = "SELECT casus.own_melding_helped(%s, %s)"


@scenario
def the_owner_of_a_dossier_says_whether_it_helped(stage: Stage) -> None:
    for number, dossier in (("M-0000-0001", 1), ("M-0000-0002", 2), ("M-0000-0003", None)):
        stage.given("INSERT INTO casus.melding (number, channel, for_whom, dossier_id) VALUES (%s, 'stip', 'zelf', %s)", number, dossier)
        add(stage, "advies")
    for name, number, taken in (
        ("owner", "M-0000-0001", True), ("owner", "M-0000-0002", False), ("owner", "M-0000-0003", False), ("owner", "M-0000-0009", False),
        ("owner of another dossier", "M-0000-0001", False), ("owner of another dossier", "M-0000-0002", True),
    ):  # fmt: skip

        def play(name: str = name, number: str = number, taken: bool = taken) -> None:
            assert stage.one(FACE, OWN_HELPED, number, "nee", who=PEOPLE[name]) is taken, (name, number)
            answered = "SELECT m.number FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id WHERE e.event = 'geholpen'"
            assert stage.seen(answered) == ([(number,)] if taken else [])

        stage.undone(play)
    assert stage.one(FACE, OWN_HELPED, "M-0000-0001", "ja") is False, "who is nobody"


@scenario
def drafts_and_copies_go_on_their_day(stage: Stage) -> None:
    for code in (CODE, OTHER, NOBODY):
        keep(stage, code)
    send(stage, OTHER)
    left = "SELECT code_hash FROM portaal.melding_draft ORDER BY 1"
    for column, code, term, others in (("saved_at", CODE, "14 days", [OTHER, NOBODY]), ("sent_at", OTHER, "1 year", [CODE, NOBODY])):

        def play(column: str = column, code: bytes = code, term: str = term, others: list[bytes] = others) -> None:
            stage.given(
                f"UPDATE portaal.melding_draft SET {column} = now() - %s::interval + interval '1 second' WHERE code_hash = %s", term, code
            )
            stage.ask("portaal_jobs", "SELECT portaal.remove_old_drafts()")
            assert len(stage.seen(left)) == 3, column
            stage.given(f"UPDATE portaal.melding_draft SET {column} = now() - %s::interval WHERE code_hash = %s", term, code)
            stage.ask("portaal_jobs", "SELECT portaal.remove_old_drafts()")
            assert stage.seen(left) == [(one,) for one in sorted(others)], column

        stage.undone(play)
    stage.given("UPDATE portaal.melding_draft SET saved_at = now() - interval '1 month'")
    stage.ask("portaal_jobs", "SELECT portaal.remove_old_drafts()")
    assert stage.seen(left) == [(OTHER,)]


@scenario
def a_team_reads_its_own_meldingen_and_those_of_no_team(stage: Stage) -> None:
    team = stage.value("SELECT team_id FROM casus.staff WHERE person_id = %s", PEOPLE["assigned"].person)
    stage.given("INSERT INTO casus.team (id, name) OVERRIDING SYSTEM VALUE VALUES (-5, 'Proefteam')")
    for number, of in (("M-0000-0001", team), ("M-0000-0002", None), ("M-0000-0003", -5)):
        stage.given("INSERT INTO casus.melding (number, channel, for_whom, team_id) VALUES (%s, 'stip', 'zelf', %s)", number, of)
        add(stage, "ontvangen")
    both = (
        "SELECT number FROM casus.melding ORDER BY 1",
        "SELECT m.number FROM casus.melding_event e JOIN casus.melding m ON m.id = e.melding_id ORDER BY 1",
    )
    for name, who in PEOPLE.items():
        if who.face != "team":
            assert stage.ask(FACE, both[0], who=who) == [], name
            continue
        expected = [("M-0000-0001",), ("M-0000-0002",)] if who.kind in ("professional", "teamleider") else []
        own = stage.value("SELECT team_id FROM casus.staff WHERE person_id = %s", who.person) if expected else team
        valid = stage.one("web_team", "SELECT acl.person_id()", who=who) is not None
        expected = expected if valid else []
        for sql in both:
            found = stage.ask("web_team", sql, who=who)
            assert found == (expected if own == team else expected[1:]), (name, sql)
    assert stage.ask("web_team", both[0]) == []
    assert len(stage.ask("web_team", "SELECT FROM casus.melding_event", who=PEOPLE["assigned"])) == 2
    for sql in (
        "UPDATE casus.melding SET words = ''",
        "DELETE FROM casus.melding_event",
        "INSERT INTO casus.melding_event (melding_id, event) VALUES (1, 'gesprek')",
    ):
        assert stage.refusal("web_team", sql, who=PEOPLE["assigned"]) == "42501", sql
    assert stage.refusal("web_team", "SELECT FROM casus.melding_read", who=PEOPLE["assigned"]) == "42501"
    assert stage.refusal(FACE, "SELECT FROM portaal.melding_draft") == "42501"
