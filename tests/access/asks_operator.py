"""The operator's import adds rows of every table and reads none of the words; what the definer role may write by itself is as narrow as its functions."""

from datetime import timedelta

from tests.access.hired import ACCOUNTS, NEW, account, nothing_else_changes, session, sessions
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who

# One row of each table that the import fills, in an order in which each finds what it refers to.
IMPORTED = {
    "stadsdeel": "(id, name) VALUES (9, 'Zuid')",
    "team": "(id, name, stadsdeel_id) VALUES (9, 'Team Oost', 9)",
    "person": "(id, first_name, last_name) VALUES (900, 'In', 'Voer'), (901, 'Col', 'Lega')",
    "inwoner": "(person_id, birth_date) VALUES (900, '1980-01-01')",
    "address": "(person_id, street) VALUES (900, 'Weg 1')",
    "staff": "(person_id, job_title, team_id, role, joined_on) VALUES (901, 'werker', 9, 'professional', '2026-01-01')",
    "absence": "(staff_id, from_date, until_date) VALUES (901, '2026-01-01', '2026-01-02')",
    "dossier": "(id, inwoner_id, team_id, opened_on) VALUES (900, 900, 9, '2026-01-01')",
    "profile": "(public_id, staff_id, number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived)"
    " VALUES (gen_random_uuid(), 50, 9, 1, '{nl}', '{}', '{}', 'Ik', '', '{}', false)",
    "household_member": "(dossier_id, name, relation) VALUES (900, 'Kind', 'kind')",
    "assignment": "(dossier_id, staff_id, role_text, valid_from) VALUES (900, 901, 'vaste', '2026-01-01')",
    "mandate": "(dossier_id, person_id, ground, valid_from) VALUES (900, 901, 'mentor', '2026-01-01')",
    "entry": "(id, dossier_id, section, kind, occurred_at, author_name) VALUES (900, 900, 2, 1, now(), 'x')",
    "entry_version": "(entry_id, number, dossier_id, section, leefdomein, title, body, author_name) VALUES (900, 1, 900, 2, 0, 't', 'b', 'x')",
    "document": "(entry_id, dossier_id, kind, size, sha256) VALUES (900, 900, 1, 1, sha256('x'))",
    "access_grant": "(dossier_id, grantee_id, scope, valid_from, ground) VALUES (900, 901, 1, '2026-01-01', 'x')",
    "closure": "(dossier_id, entry_id, reason) VALUES (900, 900, 'x')",
    "annotation": "(id, entry_id, dossier_id, section, leefdomein, audience, author_name) VALUES (900, 900, 900, 2, 0, 3, 'x')",
    "annotation_version": "(annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body) VALUES (900, 1, 900, 900, 2, 0, 3, 'b')",
    "entry_opening": "(entry_id, dossier_id, person_id) VALUES (900, 900, 900)",
    "imported_read_line": "(dossier_id, source, at, what, shown, shown_entries, reader_name, reader_role, ground, ground_detail, program)"
    " VALUES (900, 'Oud', now(), 'notitie', 0, '{}', 'x', 'x', 'x', 'x', 'x')",
    "imported_change_line": "(dossier_id, source, at, event, person_name, person_role, program) VALUES (900, 'Oud', now(), 'a.b', 'x', 'x', 'x')",
    "plan_part": "(id, public_id, dossier_id, kind, audience) VALUES (900, gen_random_uuid(), 900, 20, 3)",
    "plan_text": "(part_id, dossier_id, number, body, why, answers, leefdomein, holder_name, dropped, author_name, written_for)"
    " VALUES (900, 900, 1, 'x', '', '{}', 0, '', false, 'x', 3)",
    "plan_step": "(part_id, dossier_id, number, status, by_name) VALUES (900, 900, 1, 1, 'x')",
    "plan_remark": "(public_id, dossier_id, part_id, body, author_id, author_name) VALUES (gen_random_uuid(), 900, 900, 'x', 900, 'x')",
    "plan_proposal": "(id, public_id, dossier_id, made_by, made_by_name) VALUES (900, gen_random_uuid(), 900, 900, 'x')",
    "plan_proposal_text": "VALUES (900, 900, 900, 1, 0)",
    "plan_decision": "(proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, recorded_by, recorded_by_name)"
    " VALUES (900, 900, 1, '', 'portaal', '', '2026-01-01', 0, 900, 'x')",
    "plan_copy_given": "(proposal_id, dossier_id, given_by, given_by_name) VALUES (900, 900, 901, 'x')",
    "plan_pressure": "(public_id, dossier_id, kind, ground, from_day, set_by, set_by_name) VALUES (gen_random_uuid(), 900, 1, 'x', '2026-01-01', 901, 'x')",
    "evaluation": "(id, public_id, dossier_id, kind, planned_on, planned_by_name) VALUES (900, gen_random_uuid(), 900, 1, '2026-01-01', 'x')",
    "evaluation_person": "VALUES (900, 900, 900)",
    "evaluation_look": "(evaluation_id, dossier_id, side, author_id, number, author_name, way, words, anchored, together_words)"
    " VALUES (900, 900, 1, 900, 1, 'x', 'portaal', '', '', '')",
    "evaluation_goal": "VALUES (900, 900, 1, 900, 1, 900, 1)",
    "ending": "(public_id, dossier_id, kind, ends_on, reason, onward, warned, not_evaluated, near_by_name, near_words, made_by, made_by_name)"
    " VALUES (gen_random_uuid(), 900, 1, '2026-01-01', 'x', '', '', 'x', '', '', 901, 'x')",
    "melding": "(id, number, channel, for_whom) VALUES (900, 'M-AAAA-BBBB', 'brief', 'zelf')",
    "melding_event": "(melding_id, event) VALUES (900, 'ontvangen')",
    "program": "VALUES ('program_x', 'X', 'doel', '{2}', '{9}')",
}


@scenario
def the_import_adds_to_every_table(stage: Stage) -> None:
    for table, values in IMPORTED.items():
        before = stage.value(f"SELECT count(*) FROM casus.{table}")
        stage.ask("portaal_operator", f"INSERT INTO casus.{table} {values}")
        assert stage.value(f"SELECT count(*) FROM casus.{table}") > before, table


@scenario
def the_import_sees_districts_teams_and_colleagues(stage: Stage) -> None:
    for table in ("stadsdeel", "team", "staff"):
        seen = stage.one("portaal_operator", f"SELECT count(*) FROM casus.{table}")
        assert seen == stage.value(f"SELECT count(*) FROM casus.{table}") > 0, table
    assert stage.one("portaal_operator", "SELECT array_agg(id ORDER BY id) FROM casus.person") == stage.value(
        "SELECT array_agg(id ORDER BY id) FROM casus.person WHERE is_staff"
    )
    for table in IMPORTED.keys() - {"stadsdeel", "team", "staff", "person"}:
        assert stage.refusal("portaal_operator", f"SELECT FROM casus.{table}") == "42501", table


@scenario
def whoever_is_signed_in_knows_districts_teams_and_colleagues(stage: Stage) -> None:
    signed_in = [PEOPLE[name] for name in ("owner", "no grant", "grant ended", "other team", "assigned before", "administrator")]
    nobody: list[Who | None] = [None, PEOPLE["assigned, has left"], PEOPLE["assigned, joins later"]]
    for table, faces in (
        ("stadsdeel", ("inwoner", "team")),
        ("team", ("inwoner", "team")),
        ("staff", ("inwoner", "team")),
        ("absence", ("team",)),
    ):
        everything = stage.value(f"SELECT count(*) FROM casus.{table}")
        assert everything > 0
        for who in signed_in:
            if who.face in faces:
                assert stage.one(f"web_{who.face}", f"SELECT count(*) FROM casus.{table}", who=who) == everything, (table, who)
        for stranger in nobody:
            for face in faces if stranger is None else ("team",):
                assert stage.one(f"web_{face}", f"SELECT count(*) FROM casus.{table}", who=stranger) == 0, (table, stranger)


@scenario
def a_protected_address_is_the_inwoners_alone(stage: Stage) -> None:
    stage.given("INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) VALUES (3, 10, 'mentor', current_date - 9)")
    of_the_third = "SELECT FROM casus.address WHERE person_id = 3"
    assert len(stage.ask("web_inwoner", of_the_third, who=Who(3, "inwoner", "inwoner"))) == 1
    assert stage.ask("web_inwoner", of_the_third, who=Who(10, "vertegenwoordiger", "inwoner", 3)) == []
    assert stage.ask("web_team", of_the_third, who=PEOPLE["assigned"]) == []
    stage.given("UPDATE casus.address SET protected = false WHERE person_id = 3")
    assert len(stage.ask("web_inwoner", of_the_third, who=Who(10, "vertegenwoordiger", "inwoner", 3))) == 1
    assert len(stage.ask("web_team", of_the_third, who=PEOPLE["assigned"])) == 1
    assert stage.ask("web_team", of_the_third, who=PEOPLE["other team"]) == []


@scenario
def the_definer_ends_grants_and_changes_nothing_else_of_them(stage: Stage) -> None:
    end = "UPDATE casus.access_grant SET withdrawn_at = {} WHERE grantee_id = 20"
    assert stage.refusal("casus_acl", end.format("NULL")) == "42501"
    assert stage.refusal("casus_acl", end.format("now()")) == ""


@scenario
def the_definer_logs_what_its_functions_do_and_no_more(stage: Stage) -> None:
    stage.seen("ALTER TABLE casus.change_log DISABLE TRIGGER stamp")
    log = "INSERT INTO casus.change_log (at, event, person_name, person_role, program) VALUES (now(), %s, 'x', 'x', 'x')"
    for event in (
        "staff.left", "staff.x", "account.start_code", "account.email", "account.card", "account.app", "account.renewal_asked",
        "account.renewal_confirmed", "account.renewal_refused", "dossier.opened", "dossier.linked", "inwoner.address",
    ):  # fmt: skip
        assert stage.refusal("casus_acl", log, event) == "", event
    for event in ("entry.placed", "account.other", "grant.staff", "x.staff.y", "dossier.other", "inwoner.other"):
        assert stage.refusal("casus_acl", log, event) == "42501", event


RENEW = "SELECT portaal.renew_start_code(%s, %s, %s)"


@scenario
def the_operator_gives_a_new_start_code_outside_the_team(stage: Stage) -> None:
    stage.given("UPDATE portaal.account SET username = 'x'")
    here, elsewhere, other = account(stage, 1, "inwoner"), account(stage, 1, "onafhankelijk"), account(stage, 2, "inwoner")
    for number, whose in ((1, here), (2, elsewhere), (3, other)):
        session(stage, whose, number)

    def act() -> None:
        assert stage.one("portaal_operator", RENEW, "inwoner", "NAAM1", b"d" * 32) is True

    nothing_else_changes(stage, ACCOUNTS, act, here)
    [(_, password, secret, step, code, until, disabled)] = stage.seen(f"{ACCOUNTS} WHERE id = %s", here)
    assert (password, secret, step, code, disabled) == (None, None, None, b"d" * 32, None)
    assert until - stage.value("SELECT now()") == timedelta(days=7)
    assert sessions(stage) == {1: "toegang_gestopt", 2: None, 3: None}
    [line] = stage.seen("SELECT event, subject_id, person_name, program FROM casus.change_log ORDER BY id DESC LIMIT 1")
    assert line == ("account.start_code", 1, "portaal_operator", "portaal_operator")


@scenario
def no_start_code_for_the_team_nor_for_who_is_closed_or_unknown(stage: Stage) -> None:
    account(stage, 40)
    account(stage, NEW, "inwoner", disabled="now()")
    account(stage, 2, "inwoner")
    lines = stage.value("SELECT count(*) FROM casus.change_log")
    for face, name in (
        ("team", "naam40"),
        ("inwoner", f"naam{NEW}"),
        ("inwoner", "naam999"),
        ("onafhankelijk", "naam2"),
        ("inwoner", "naam40"),
    ):

        def act(face: str = face, name: str = name) -> None:
            assert stage.one("portaal_operator", RENEW, face, name, b"d" * 32) is False, (face, name)

        nothing_else_changes(stage, ACCOUNTS, act)
    assert stage.value("SELECT count(*) FROM casus.change_log") == lines
