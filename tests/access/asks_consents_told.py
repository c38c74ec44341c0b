"""Consents of an inwoner: who is told of them, what the pages and the letters say, and what a program finds in its worklist (migrations/rls/42, 56, 71)."""

from typing import Any

from tests.access.asks_consents import (
    ALSO,
    ENDED,
    GUEST,
    HERE,
    MANDATE,
    MATE,
    OTHER_OWNER,
    OWNER,
    THERE,
    Mates,
    consented,
    withdraw,
)
from tests.access.asks_sharing import grant, mail
from tests.access.asks_withholding import an_address, mailed
from tests.access.hired import nothing_else_changes
from tests.access.stage import Stage, scenario
from tests.access.world import MATES, PEOPLE, public


@scenario
def a_program_is_told_only_what_the_inwoner_wanted_told_and_never_of_anothers(stage: Stage) -> None:
    Mates(stage)
    for number, more in (
        (901, {"tell": True, "withdrawn_at": "now() - interval '2 hours'"}),
        (902, {"tell": False, "withdrawn_at": "now() - interval '2 hours'"}),
        (903, {"tell": True, "withdrawn_at": "now() - interval '2 hours'", "role_name": "program_fonds", "dossier_id": 2}),
        (904, {"tell": True, "withdrawn_at": "now() - interval '25 hours'", "dossier_id": 2}),
        (905, {"dossier_id": 2}),
    ):
        consented(stage, number, **more)
    day = "SELECT (withdrawn_at AT TIME ZONE 'Europe/Amsterdam')::date FROM casus.program_consent WHERE id = %s"
    assert stage.ask(MATE, ENDED) == [(HERE, stage.value(day, 901))]
    assert stage.ask("program_fonds", ENDED) == [(THERE, stage.value(day, 903))]
    longer = "SELECT dossier FROM casus_api.ended_consents(now() - interval '2 days')"
    assert stage.ask(MATE, longer) == [(THERE,), (HERE,)], "the oldest first"
    # Once for each dossier, with the last day.
    stage.given("UPDATE casus.program_consent SET tell = true, withdrawn_at = now() - interval '24 hours 1 second' WHERE id = 902")
    consented(stage, 906, tell=True, withdrawn_at="now() - interval '9 days'")
    assert stage.ask(MATE, "SELECT * FROM casus_api.ended_consents('2020-01-01') WHERE dossier = %s", HERE) == [
        (HERE, stage.value(day, 901))
    ]
    assert stage.ask(MATE, "SELECT FROM casus_api.ended_consents(NULL)") == []
    edge = "SELECT FROM casus_api.ended_consents((SELECT %s::timestamptz))"
    moment = stage.value("SELECT withdrawn_at FROM casus.program_consent WHERE id = 901")
    assert stage.ask(MATE, edge, moment) == [], "after that moment"
    for ended, told in (("acl.today()", False), ("acl.today() - 1", False), ("acl.today() + 1", True)):
        stage.given(f"UPDATE casus.program SET ended_on = {ended} WHERE role_name = %s", MATE)
        assert bool(stage.ask(MATE, ENDED)) is told, ended
    stage.given("UPDATE casus.program_consent SET withdrawn_at = timestamptz '2026-03-01 23:30Z' WHERE id = 901")
    stage.given("UPDATE casus.program_consent SET tell = false WHERE id IN (902, 906)")
    said = stage.ask(MATE, "SELECT on_day::text FROM casus_api.ended_consents('2026-03-01 23:00Z') WHERE dossier = %s", HERE)
    assert said == [("2026-03-02",)], "the day here, not that of the server"
    stage.seen("CREATE ROLE program_niemand LOGIN")
    stage.seen("GRANT casus_program TO program_niemand")
    assert stage.ask("program_niemand", ENDED) == []


@scenario
def the_inwoner_sees_the_own_consents_and_nobody_anothers(stage: Stage) -> None:
    Mates(stage)
    consented(stage, 901)
    consented(stage, 902, dossier_id=2)
    own = "SELECT id FROM casus.program_consent"
    assert stage.ask("web_inwoner", own, who=OWNER) == [(901,)]
    assert stage.ask("web_inwoner", own, who=OTHER_OWNER) == [(902,)]
    for who in (MANDATE, GUEST, PEOPLE["mandate that names sharing"]):
        assert stage.ask("web_inwoner", own, who=who) == [], who
    assert stage.refusal("web_team", own, who=PEOPLE["assigned"]) == "42501"
    assert stage.refusal(MATE, own) == "42501"


@scenario
def who_may_see_names_each_consent_as_it_was_said(stage: Stage) -> None:
    Mates(stage)
    consented(stage, 901, sections=[2, 8], confirmed_at="now()")
    consented(stage, 902, withdrawn_at="now()", role_name="program_fonds", given_at="timestamptz '2026-03-01 23:30Z'")
    stage.given("UPDATE casus.program SET ended_on = acl.today() + 5 WHERE role_name = %s", MATE)
    ask = (
        "SELECT person, name, detail, from_day::text, until_day - %s::date, withdrawn_at = now(), ground, scope, sections, confirmed_at = now()"
        " FROM acl.{}(%s) WHERE relation = 'organisatie' ORDER BY name"
    )
    today = stage.value("SELECT acl.today()")
    given = stage.value("SELECT (now() AT TIME ZONE 'Europe/Amsterdam' - interval '9 days')::date::text")
    found = stage.ask("web_inwoner", ask.format("who_may_see"), today, HERE, who=OWNER)
    assert found == [
        (public("program", ALSO), "Fonds", "noodgeld", "2026-03-02", 9, True, "toestemming", 2, [2], None),
        (public("program", MATES), "Maatjes", "post en geld", given, 4, None, "toestemming", 2, [2, 8], True),
    ]
    assert stage.ask("web_inwoner", ask.format("mandate_sharing"), today, HERE, who=PEOPLE["mandate that names sharing"]) == found
    assert stage.ask("web_inwoner", ask.format("who_may_see"), today, THERE, who=OTHER_OWNER) == []
    # What reads on consent is not among what reads because the law says so.
    by_law = "SELECT name FROM acl.who_may_see(%s) WHERE relation = 'programma' ORDER BY 1"
    assert stage.ask("web_inwoner", by_law, HERE, who=OWNER) == [("Oud",), ("Planbord",)]


@scenario
def beside_an_entry_stands_which_organisation_reads_it_and_until_when(stage: Stage) -> None:
    Mates(stage)
    ask = "SELECT name, detail, until - %s::date FROM acl.who_can_read(101) WHERE relation = 'programma' ORDER BY 1"
    today = stage.value("SELECT acl.today()")
    law = ("Planbord", "afspraken", None)
    assert stage.ask("web_inwoner", ask, today, who=OWNER) == [law]
    consented(stage, 901)
    consented(stage, 902, valid_until="acl.today() + 20", sections=[8])
    for who, role in ((OWNER, "web_inwoner"), (PEOPLE["assigned"], "web_team")):
        assert stage.ask(role, ask, today, who=who) == [("Maatjes", "post en geld", 20), law]
    stage.given("UPDATE casus.program SET ended_on = acl.today() + 5 WHERE role_name = %s", MATE)
    assert stage.ask("web_inwoner", ask, today, who=OWNER) == [("Maatjes", "post en geld", 5), law]
    withdraw(stage)
    assert stage.ask("web_inwoner", ask, today, who=OWNER) == [law]


@scenario
def the_inwoner_hears_that_a_consent_ends_soon_and_no_mail_goes_about_what_is_gone(stage: Stage) -> None:
    Mates(stage)
    an_address(stage)
    stage.given("DELETE FROM casus.access_grant")
    for number, more, told in (
        (901, {"valid_until": "acl.today()"}, True),
        (902, {"valid_until": "acl.today() + 14"}, True),
        (903, {"valid_until": "acl.today() + 15"}, False),
        (904, {"valid_until": "acl.today() - 1"}, False),
        (905, {"valid_until": "acl.today() + 3", "withdrawn_at": "now()"}, False),
        (906, {"valid_until": "acl.today() + 3", "reminded_until": "acl.today() + 3"}, False),
        (907, {"valid_until": "acl.today() + 3", "reminded_until": "acl.today() + 1"}, True),
    ):

        def play(number: int = number, more: dict[str, Any] = more, told: bool = told) -> None:
            consented(stage, number, **more)
            consented(stage, 920, dossier_id=2, valid_until="acl.today() + 3")
            stage.ask("portaal_jobs", "SELECT portaal.remind_of_access()")
            assert mailed(stage) == int(told), more
            same = "SELECT reminded_until IS NOT DISTINCT FROM valid_until FROM casus.program_consent WHERE id = %s"
            assert stage.seen(same, number) == [(told or "reminded_until" in more,)], more
            assert stage.seen(same, 920) == [(False,)]

        stage.undone(play)
    # A grant that ends soon alone is told too, and both at once are told once.
    grant(stage, 910, 28, valid_until="acl.today() + 3")
    stage.undone(lambda: _reminded(stage))
    consented(stage, 908, valid_until="acl.today() + 3")
    _reminded(stage)


def _reminded(stage: Stage) -> None:
    stage.ask("portaal_jobs", "SELECT portaal.remind_of_access()")
    assert mailed(stage) == 1


@scenario
def mail_about_a_consent_that_was_withdrawn_does_not_go(stage: Stage) -> None:
    Mates(stage)
    mails = "SELECT public_id FROM portaal.outbox"
    soon = {"valid_until": "acl.today() + 3", "reminded_until": "acl.today() + 3"}
    for number, person, template, sent in (
        (5, 1, "toegang", False),
        (6, 1, "toegang", True),
        (7, 1, "nieuws", False),
        (8, 2, "toegang", False),
    ):
        mail(stage, number, person, template, sent=sent)
    consented(stage, 901, **soon)
    stage.undone(lambda: nothing_else_changes(stage, mails, lambda: withdraw(stage), public("mail", 5)))
    for more, stays in (
        ({}, True),
        ({"valid_until": "acl.today()", "reminded_until": "acl.today()"}, True),
        ({"dossier_id": 2}, False),
        ({"withdrawn_at": "now()"}, False),
        ({"reminded_until": "acl.today() - 1"}, False),
        ({"reminded_until": "NULL"}, False),
        ({"valid_until": "acl.today() - 1", "reminded_until": "acl.today() - 1"}, False),
    ):

        def play(more: dict[str, Any] = more, stays: bool = stays) -> None:
            consented(stage, 902, role_name="program_fonds", **{**soon, **more})
            gone = [] if stays else [public("mail", 5)]
            nothing_else_changes(stage, mails, lambda: withdraw(stage), *gone)

        stage.undone(play)
    grant(stage, 910, 28, **soon)
    nothing_else_changes(stage, mails, lambda: withdraw(stage))
