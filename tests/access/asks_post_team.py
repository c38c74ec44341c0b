"""What the team does with the post: which letters it prints and posts, which tasks it has, and what is nobody else's business."""

from typing import Any
from uuid import UUID

from tests.access.posted import ADMIN, ELSEWHERE, LEAD, OWNER, SEALED, WORKER, letter, mail, melding, numbers, row
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

TO_POST = "SELECT public_id FROM portaal.letters_to_post()"
TASKS = "SELECT public_id FROM portaal.post_tasks()"
PRINTED = "printed_at = now() - interval '1 hour', printed_by = 53"
POSTED = f"{PRINTED}, posted_at = now(), posted_by = 40, sealed = NULL"
HANDLED = "handled_at = now(), handled_by = 40"


def letters(stage: Stage, who: Who | None) -> set[int]:
    """Which letters somebody may print."""
    return numbers(stage, "letter", {one for (one,) in stage.ask("web_team", TO_POST, who=who)})


def tasks(stage: Stage, who: Who | None) -> tuple[set[int], set[int]]:
    """Which mails and which letters are a task of somebody's team."""
    found = {one for (one,) in stage.ask("web_team", TASKS, who=who)}
    return numbers(stage, "mail", found), numbers(stage, "letter", found)


def every_team(stage: Stage, mail_too: str) -> None:
    """Post of team 1, of team 2 and of none, and post that goes along with a melding."""
    melding(stage, 1, team=1)
    melding(stage, 2, team=2)
    melding(stage, 3, team=None)
    for number, (team, about) in enumerate(((1, None), (2, None), (None, None), (2, 1), (1, 2), (2, 3), (None, 1)), start=1):
        letter(stage, number, team=team, about=about)
        mail(stage, number, mail_too, team=team, about=about)


@scenario
def a_team_has_its_own_post_and_that_of_nobody(stage: Stage) -> None:
    every_team(stage, "gave_up_at = now(), last_error = 'geweigerd'")
    north, south = {1, 3, 4, 7}, {2, 3, 5, 6}
    for who, own in (
        (WORKER, north),
        (LEAD, north),
        (ELSEWHERE, south),
        (ADMIN, set()),
        (None, set()),
        (PEOPLE["assigned, has left"], set()),
    ):
        assert letters(stage, who) == own, who
        assert tasks(stage, who) == (own, set()), who
    assert stage.refusal("web_inwoner", TO_POST, who=OWNER) == stage.refusal("web_inwoner", TASKS, who=OWNER) == "42501"


@scenario
def letters_wait_until_they_are_posted_or_handled(stage: Stage) -> None:
    melding(stage, 1, post=False)
    letter(stage, 1)
    letter(stage, 2, PRINTED)
    letter(stage, 3, POSTED)
    letter(stage, 4, f"{HANDLED}, sealed = NULL")
    letter(stage, 5, about=1)
    letter(stage, 6, "to_lines = '{}'")
    assert letters(stage, WORKER) == {1, 2}
    melding(stage, 2)
    letter(stage, 7, about=2)
    columns = "template, to_name, melding_number, made_at = now(), printed_at - now()"
    found = stage.ask("web_team", f"SELECT {columns} FROM portaal.letters_to_post()", who=WORKER)
    assert [one[2] for one in found] == [None, None, "M-0000-0002"]
    assert found[0] == ("startcode", "Sam Proef", None, True, None)
    assert found[1][-1].total_seconds() == -3600


@scenario
def printing_gives_all_that_the_paper_says_and_is_written_down(stage: Stage) -> None:
    melding(stage, 1, post=False)
    melding(stage, 2)
    stage.given("UPDATE casus.melding SET received_at = now() - interval '9 days' WHERE id = 1")
    letter(stage, 1, "made_at = now() - interval '2 days'")
    letter(stage, 2, PRINTED, about=2)
    letter(stage, 3, POSTED)
    letter(stage, 4, about=1)
    letter(stage, 5, team=2)
    ask = "SELECT public_id, template, language, to_whom, to_name, to_lines, sealed, now() - made_at, now() - since FROM portaal.print_letters()"
    first, second = stage.ask("web_team", ask, who=WORKER)
    assert first[:7] == (public("letter", 1), "startcode", "nl", "inwoner", "Sam Proef", ["Proefweg 1", "6500 AA Nijmegen"], SEALED)
    assert [one.days for one in (*first[7:], *second[7:])] == [2, 2, 0, 5]
    assert second[0] == public("letter", 2)
    for number in (1, 2):
        assert row(stage, "letter", number, "printed_at = now(), printed_by, posted_at, sealed") == (True, 40, None, SEALED)
    for number, printed in ((3, 53), (4, None), (5, None)):
        assert row(stage, "letter", number, "printed_by") == (printed,)


def posted(stage: Stage, who: Who, *which: int) -> Any:
    """Somebody says that these letters are on the post."""
    return stage.one("web_team", "SELECT portaal.letters_posted(%s)", [public("letter", number) for number in which], who=who)


@scenario
def what_was_printed_is_posted_and_what_it_hid_is_gone(stage: Stage) -> None:
    for number in (1, 2, 3):
        letter(stage, number, PRINTED)
    letter(stage, 4)
    letter(stage, 5, PRINTED, team=2)
    letter(stage, 6, POSTED.replace("posted_at = now()", "posted_at = now() - interval '1 day'"))
    melding(stage, 1, post=False)
    letter(stage, 7, PRINTED, about=1)
    assert posted(stage, WORKER) == 0
    assert posted(stage, WORKER, 1, 2, 4, 5, 6, 7, 99) == 2
    columns = "posted_at = now(), posted_by, sealed IS NULL"
    for number in (1, 2):
        assert row(stage, "letter", number, columns) == (True, 40, True)
    for number in (3, 4, 5, 7):
        assert row(stage, "letter", number, columns) == (None, None, False)
    assert row(stage, "letter", 6, columns) == (False, 40, True)


@scenario
def tasks_say_why(stage: Stage) -> None:
    melding(stage, 1, mail=False, post=False, name="Iris de Wit")
    melding(stage, 2, name="", other=True, reporter="Dokter Bos")
    stage.given("UPDATE casus.inwoner SET safe_contact = 'kijk uit' WHERE person_id = 2")
    failed = "gave_up_at = now(), last_error = 'geweigerd'"
    mail(stage, 1)
    mail(stage, 2, failed, person=1)
    mail(stage, 3, "last_error = 'tijdelijk'")
    mail(stage, 4, about=1)
    mail(stage, 5, person=2)
    mail(stage, 6, f"{failed}, allowed_at = now(), allowed_by = 40", person=2)
    mail(stage, 7, f"{failed}", about=2, whom="aanmelder")
    mail(stage, 8, f"{failed}", about=2)
    mail(stage, 9, f"{failed}, {HANDLED}, address = NULL")
    letter(stage, 1)
    letter(stage, 2, "to_lines = '{}'")
    letter(stage, 3, about=1)
    letter(stage, 4, person=2)
    letter(stage, 5, "allowed_at = now(), allowed_by = 40", person=2)
    found = stage.ask("web_team", "SELECT public_id, by_mail, reason, name, melding_number FROM portaal.post_tasks()", who=WORKER)
    told = {one[0]: one[1:] for one in found}
    owner = "owner Proef"
    expected: dict[UUID, tuple[bool, str, str | None, str | None]] = {
        public("mail", 2): (True, "geweigerd", owner, None),
        public("mail", 4): (True, "nee", "Iris de Wit", "M-0000-0001"),
        public("mail", 5): (True, "kijk", "owner of another dossier Proef", None),
        public("mail", 6): (True, "geweigerd", "owner of another dossier Proef", None),
        public("mail", 7): (True, "geweigerd", "Dokter Bos", "M-0000-0002"),
        public("mail", 8): (True, "geweigerd", None, "M-0000-0002"),
        public("letter", 2): (False, "adres", None, None),
        public("letter", 3): (False, "nee", "Iris de Wit", "M-0000-0001"),
        public("letter", 4): (False, "kijk", "owner of another dossier Proef", None),
    }
    assert told == expected
    assert (
        stage.ask("web_team", "SELECT template, made_at = now() FROM portaal.post_tasks() WHERE NOT by_mail", who=WORKER)
        == [("startcode", True)] * 3
    )


@scenario
def tasks_stand_in_the_order_in_which_they_came(stage: Stage) -> None:
    failed = "gave_up_at = now(), last_error = 'geweigerd'"
    for number, hours in ((1, 1), (2, 3), (3, 2)):
        mail(stage, number, f"{failed}, made_at = now() - interval '{hours} hours'")
    assert [one for (one,) in stage.ask("web_team", TASKS, who=WORKER)] == [public("mail", number) for number in (2, 3, 1)]


@scenario
def who_takes_care_of_a_task_ends_it(stage: Stage) -> None:
    done = "SELECT portaal.post_task_done(%s)"
    failed = "gave_up_at = now(), last_error = 'geweigerd'"
    for number in (1, 2):
        mail(stage, number, failed)
        letter(stage, number, "to_lines = '{}'")
    mail(stage, 3)
    letter(stage, 3)
    mail(stage, 4, failed, team=2)
    for one in (public("mail", 1), public("letter", 1)):
        assert stage.one("web_team", done, one, who=WORKER) is True
        assert stage.one("web_team", done, one, who=WORKER) is False, "it is no task any more"
    for one in (public("mail", 3), public("letter", 3), public("mail", 4), public("mail", 99)):
        assert stage.one("web_team", done, one, who=WORKER) is False
    assert row(stage, "outbox", 1, "handled_at = now(), handled_by, address, sent_at") == (True, 40, None, None)
    assert row(stage, "letter", 1, "handled_at = now(), handled_by, sealed, posted_at") == (True, 40, None, None)
    assert tasks(stage, WORKER) == ({2}, {2})
    assert stage.seen("SELECT id FROM portaal.outbox WHERE handled_at IS NOT NULL") == [(1,)]
    assert stage.seen("SELECT id FROM portaal.letter WHERE handled_at IS NOT NULL") == [(1,)]


@scenario
def words_about_safety_are_weighed_by_a_person(stage: Stage) -> None:
    allow = "SELECT portaal.post_allow(%s)"
    melding(stage, 1, mail=False, post=False)
    stage.given("UPDATE casus.inwoner SET safe_contact = 'kijk uit' WHERE person_id = 2")
    for number in (1, 2):
        mail(stage, number, person=2)
        letter(stage, number, person=2)
    mail(stage, 3, about=1)
    letter(stage, 3, about=1)
    mail(stage, 4, person=2, team=2)
    for one in (public("mail", 1), public("letter", 1)):
        assert stage.one("web_team", allow, one, who=WORKER) is True
        assert stage.one("web_team", allow, one, who=WORKER) is False, "it goes already"
    for one in (public("mail", 3), public("letter", 3), public("mail", 4), public("mail", 99)):
        assert stage.one("web_team", allow, one, who=WORKER) is False
    for table in ("outbox", "letter"):
        assert stage.seen(f"SELECT id, allowed_at = now(), allowed_by FROM portaal.{table} WHERE allowed_at IS NOT NULL") == [(1, True, 40)]
    assert tasks(stage, WORKER) == ({2, 3}, {2, 3})
    assert letters(stage, WORKER) == {1}


@scenario
def a_task_says_when_calling_is_not_safe_either(stage: Stage) -> None:
    for number, dossier in ((1, 1), (2, 1), (3, 2), (4, None), (5, None)):
        melding(stage, number, mail=False, post=False, dossier=dossier)
    stage.given("UPDATE casus.melding SET safe_call = id NOT IN (1, 4) WHERE id <> 5")
    failed = "gave_up_at = now(), last_error = 'geweigerd'"
    for number in range(1, 6):
        mail(stage, number, failed, about=number)
    mail(stage, 6, failed, person=1)
    mail(stage, 7, failed, person=2)
    mail(stage, 8, failed)
    melding(stage, 9, other=True)
    stage.given("UPDATE casus.melding SET safe_call = false WHERE id = 9")
    mail(stage, 9, failed, about=9)
    mail(stage, 10, failed, about=9, whom="aanmelder")
    found = stage.ask("web_team", "SELECT public_id FROM portaal.post_tasks() WHERE unsafe_call", who=WORKER)
    assert numbers(stage, "mail", {one for (one,) in found}) == {1, 2, 4, 6, 9}


@scenario
def a_task_leads_to_what_it_is_about_for_who_may_open_it(stage: Stage) -> None:
    for number, dossier in ((1, None), (2, 1), (3, 2)):
        melding(stage, number, mail=False, post=False, dossier=dossier)
    failed = "gave_up_at = now(), last_error = 'geweigerd'"
    for number, (about, person) in enumerate(((1, None), (2, None), (3, None), (None, 1), (None, 2), (None, None)), start=1):
        mail(stage, number, failed, about=about, person=person)
        letter(stage, number, "to_lines = '{}'", about=about, person=person)
    [one, two] = (stage.value("SELECT public_id FROM casus.dossier WHERE id = %s", number) for number in (1, 2))
    works_in = {who: set(stage.one("web_team", "SELECT acl.treated_dossiers()", who=who)) for who in (WORKER, LEAD)}
    assert 1 in works_in[WORKER]
    assert 2 not in works_in[WORKER]
    assert not works_in[LEAD] & {1, 2}
    for who in (WORKER, LEAD):
        first, second = (one if 1 in works_in[who] else None), (two if 2 in works_in[who] else None)
        expected = [
            (public("melding", 1), None), (public("melding", 2), first), (public("melding", 3), second), (None, first), (None, second), (None, None),
        ]  # fmt: skip
        for kind, by_mail in (("mail", True), ("letter", False)):
            ask = "SELECT public_id, melding, dossier FROM portaal.post_tasks() WHERE by_mail = %s"
            found = {public_id: rest for public_id, *rest in stage.ask("web_team", ask, by_mail, who=who)}
            assert [tuple(found[public(kind, number)]) for number in range(1, 7)] == expected, (who, kind)
    stage.given("INSERT INTO casus.dossier (id, inwoner_id, team_id, opened_on) OVERRIDING SYSTEM VALUE VALUES (990, 1, 1, acl.today())")
    stage.given(
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (990, %s, 'x', acl.today())", WORKER.person
    )
    newest = stage.value("SELECT public_id FROM casus.dossier WHERE id = 990")
    assert stage.ask("web_team", "SELECT dossier FROM portaal.post_tasks() WHERE public_id = %s", public("mail", 4), who=WORKER) == [
        (newest,)
    ]


QUEUED = (
    "SELECT template, language, to_whom, address FROM portaal.outbox UNION ALL"
    " SELECT template, language, to_whom, to_name || ': ' || array_to_string(to_lines, '; ') FROM portaal.letter"
)
TELL = "SELECT portaal.tell_melding(%s)"


@scenario
def an_answer_is_told_by_mail_or_by_letter_or_is_a_task(stage: Stage) -> None:
    stage.given("DELETE FROM casus.address")
    stage.given(
        "INSERT INTO casus.address (person_id, street, postcode, protected) VALUES (1, 'Dossierweg 2', '6500 BB', false), (2, 'Geheim 3', '6500 CC', true)"
    )
    here, there, nowhere = "Sam Proef: Straat 1; 6500 AA; x; y", "Sam Proef: Dossierweg 2; 6500 BB", "Sam Proef: "
    address = "Straat 1\n6500 AA, x, y, z"
    for columns, expected in (
        ({"email": "s@x.nl", "reach_ways": ["mail"], "address": address}, "s@x.nl"),
        ({"email": "s@x.nl", "reach_ways": [], "address": address}, "s@x.nl"),
        ({"email": "s@x.nl", "reach_ways": ["bellen", "mail"], "safe_mail": True}, "s@x.nl"),
        ({"email": "s@x.nl", "reach_ways": ["brief"], "address": address}, here),
        ({"email": "s@x.nl", "reach_ways": ["mail"], "safe_mail": False, "address": address}, here),
        ({"reach_ways": ["mail"], "address": address}, here),
        ({"address": address, "dossier_id": 1}, here),
        ({"dossier_id": 1}, there),
        ({"dossier_id": 2}, nowhere),
        ({}, nowhere),
        ({"address": address, "name": ""}, ": "),
    ):

        def play(columns: dict[str, Any] = columns, expected: str = expected) -> None:
            melding(stage, 1)
            melding(stage, 2)
            sets = ", ".join(f"{name} = %s" for name in ("language", *columns))
            stage.given(f"UPDATE casus.melding SET {sets} WHERE id = 1", "ar", *columns.values())
            stage.ask("web_team", TELL, public("melding", 1), who=WORKER)
            assert stage.seen(QUEUED) == [("melding_antwoord", "ar", "inwoner", expected)], columns
            [about] = stage.seen("SELECT melding_id, team_id FROM portaal.outbox UNION ALL SELECT melding_id, team_id FROM portaal.letter")
            assert about == (1, 1)

        stage.undone(play)


@scenario
def only_who_handles_a_melding_has_its_person_told(stage: Stage) -> None:
    melding(stage, 1)
    for who, expected in ((WORKER, ""), (LEAD, ""), (ELSEWHERE, "MB001"), (ADMIN, "MB001"), (None, "MB001")):
        assert stage.refusal("web_team", TELL, public("melding", 1), who=who) == expected, who
    for role in ("web_inwoner", "web_onafhankelijk", "portaal_jobs"):
        assert stage.refusal(role, TELL, public("melding", 1)) == "42501", role
