"""Who is what to which dossier: the access sets, whole and exact, and the words for the log; with decoys that the matrix has no person for."""

import hashlib
import hmac
import time

from tests.access.relations import RELATIONS
from tests.access.stage import SESSION, Stage, scenario
from tests.access.world import ENTRIES, PEOPLE, TAKEN_OUT, Who

OWNER, ASSIGNED, SUBSTITUTE = PEOPLE["owner"], PEOPLE["assigned"], PEOPLE["substitute"]
DETAILS = {"professional": "vaste professional", "waarnemer": "assigned Proef"}
_SETS = (
    "any_dossiers",
    "whole_dossiers",
    "core_dossiers",
    "section_keys",
    "leefdomein_keys",
    "single_entries",
    "closed_entries",
    "known_persons",
)


def numbers(stage: Stage, who: Who, of: str) -> list[int]:
    """One access set of somebody, in order and each number once."""
    return sorted(set(stage.one(f"web_{who.face}", f"SELECT acl.{of}()", who=who)))


def reads(stage: Stage, who: Who, dossier: int = 1) -> bool:
    """Whether somebody is given this dossier."""
    return bool(stage.ask(f"web_{who.face}", "SELECT FROM casus.dossier WHERE id = %s", dossier, who=who))


@scenario
def everybody_is_to_the_dossier_what_the_world_says(stage: Stage) -> None:
    for name, who in PEOPLE.items():
        expected = RELATIONS.get(name)
        found = stage.ask(f"web_{who.face}", "SELECT relation, detail FROM acl.relation(1)", who=who)
        assert found == [(expected, DETAILS.get(expected or "", ""))], f"{name}: {found}"


@scenario
def a_relation_is_to_one_dossier(stage: Stage) -> None:
    for person, dossier, expected in (
        (OWNER, 2, (None, "")),
        (ASSIGNED, 2, (None, "")),
        (ASSIGNED, 3, ("professional", "vaste")),
        (PEOPLE["assigned elsewhere"], 2, ("professional", "vaste")),
        (PEOPLE["grant whole"], 2, (None, "")),
    ):
        assert stage.ask(f"web_{person.face}", "SELECT relation, detail FROM acl.relation(%s)", dossier, who=person) == [expected]


@scenario
def the_access_sets_are_these_and_no_more(stage: Stage) -> None:
    withheld, to_talk_over, shown_to_professionals = 105, 106, 113
    kept = {112, 114, 180}
    for_one = 116
    for_all_outside = {withheld, to_talk_over, TAKEN_OUT}
    kept |= {TAKEN_OUT}
    nothing: dict[str, set[int]] = {}
    whole = {"any_dossiers": {1}, "whole_dossiers": {1}}
    core = {**whole, "core_dossiers": {1}}
    expected: dict[str, dict[str, set[int]]] = {
        "owner": {**core, "closed_entries": for_all_outside, "known_persons": {1}},
        "mandate": {**core, "closed_entries": for_all_outside | kept | {for_one}, "known_persons": {1, 10}},
        "grant whole": {
            **whole,
            "closed_entries": for_all_outside | kept | {109, shown_to_professionals, for_one},
            "known_persons": {1, 20},
        },
        "grant section": {
            "any_dossiers": {1},
            "section_keys": {1 * 32 + 2},
            "closed_entries": for_all_outside | kept | {109, shown_to_professionals, for_one},
            "known_persons": {1, 21},
        },
        "grant leefdomein": {
            "any_dossiers": {1},
            "leefdomein_keys": {1 * 32 + 6},
            "closed_entries": for_all_outside | kept | {shown_to_professionals, for_one},
            "known_persons": {1, 22},
        },
        "grant entry": {
            "any_dossiers": {1},
            "single_entries": {101},
            "closed_entries": for_all_outside | kept | {shown_to_professionals, for_one},
            "known_persons": {1, 23},
        },
        "assigned": {
            "any_dossiers": {1, 3},
            "whole_dossiers": {1, 3},
            "core_dossiers": {1, 3},
            "closed_entries": kept | {for_one},
            "known_persons": {1, 3, 40},
        },
        "team lead, assigned": {**core, "closed_entries": kept, "known_persons": {1, 53}},
        "assigned, in an emergency": {**core, "closed_entries": kept | {109}, "known_persons": {1, 60}},
        "assigned, emergency over": {**core, "closed_entries": kept | {for_one}, "known_persons": {1, 61}},
        "assigned, entry closed": {**core, "closed_entries": kept | {109}, "known_persons": {1, 41}},
        "grant ended": {**nothing, "known_persons": {24}},
        "assigned before": {**nothing, "known_persons": {42}},
        "professional with a grant": {**nothing, "known_persons": {56}},
    }
    # The same in another dossier is nothing to them: what is closed there is not even numbered.
    stage.given("UPDATE casus.entry SET discuss_until = now() + interval '1 day' WHERE id = 201")
    stage.given("INSERT INTO casus.closure (dossier_id, entry_id, reason) VALUES (2, 201, 'reden')")
    stage.given("INSERT INTO casus.breach (dossier_id, entry_id, reason, found_by) VALUES (2, 201, 'onbekend', 46)")
    stage.given(
        "INSERT INTO casus.entry (id, dossier_id, section, kind, occurred_at, author_id, author_name, audience) VALUES (202, 2, 2, 1, now(), 2, 'x', 1)"
    )
    # What was given to somebody who works here is nothing to them at work, of whatever part.
    stage.given(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, ground)"
        " SELECT dossier_id, 56, scope, section, leefdomein, entry_id, valid_from, ground FROM casus.access_grant WHERE grantee_id IN (21, 22, 23)"
    )
    for name, sets in expected.items():
        for one in _SETS:
            found = numbers(stage, PEOPLE[name], one)
            assert found == sorted(sets.get(one, set())), f"{name}: {one}: {found}"
    assert numbers(stage, OWNER, "owned_dossiers") == [1]
    assert numbers(stage, ASSIGNED, "treated_dossiers") == [1, 3]
    assert numbers(stage, OWNER, "core_persons") == [1]
    assert numbers(stage, ASSIGNED, "core_persons") == [1, 3]
    assert numbers(stage, PEOPLE["grant whole"], "core_persons") == []


@scenario
def what_ends_later_holds_today(stage: Stage) -> None:
    stage.given("UPDATE casus.mandate SET valid_until = current_date + 5 WHERE person_id = 10")
    assert reads(stage, PEOPLE["mandate"])
    stage.given("UPDATE casus.access_grant SET valid_until = current_date + 5 WHERE grantee_id = 20")
    assert reads(stage, PEOPLE["grant whole"])
    stage.given("UPDATE casus.assignment SET valid_until = current_date + 5 WHERE staff_id = 40")
    stage.given("UPDATE casus.staff SET left_on = current_date + 5 WHERE person_id IN (40, 48)")
    for who, detail in ((ASSIGNED, "vaste professional"), (SUBSTITUTE, "assigned Proef")):
        assert reads(stage, who)
        assert stage.ask("web_team", "SELECT detail FROM acl.relation(1)", who=who) == [(detail,)]


@scenario
def the_first_and_the_last_day_belong_to_it(stage: Stage) -> None:
    today = "(SELECT acl.today())"
    stage.given(f"UPDATE casus.mandate SET valid_from = {today}, valid_until = {today} WHERE person_id = 10")
    stage.given(f"UPDATE casus.access_grant SET valid_from = {today}, valid_until = {today} WHERE grantee_id = 20")
    stage.given(f"UPDATE casus.assignment SET valid_from = {today}, valid_until = {today} WHERE staff_id = 40")
    stage.given(f"UPDATE casus.absence SET from_date = {today}, until_date = {today} WHERE substitute_id = 48")
    stage.given(f"UPDATE casus.staff SET joined_on = {today} WHERE person_id IN (40, 48)")
    for name in ("mandate", "grant whole", "assigned", "substitute"):
        assert reads(stage, PEOPLE[name]), name
    # The day of leaving doesn't.
    stage.given(f"UPDATE casus.staff SET left_on = {today} WHERE person_id = 40")
    assert not reads(stage, ASSIGNED)
    assert not reads(stage, SUBSTITUTE)


@scenario
def speaking_for_somebody_takes_a_mandate_and_saying_so(stage: Stage) -> None:
    for kind in ("naaste", "inwoner"):
        assert numbers(stage, Who(10, kind, "inwoner", 1), "owned_dossiers") == []
    assert numbers(stage, Who(1, "vertegenwoordiger", "inwoner", 1), "owned_dossiers") == []
    assert numbers(stage, Who(1, "naaste", "inwoner"), "any_dossiers") == []
    assert numbers(stage, Who(20, "vertegenwoordiger", "inwoner", 1), "any_dossiers") == []


@scenario
def an_old_assignment_makes_no_professional_of_who_stands_in(stage: Stage) -> None:
    add = "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES (1, 48, 'oud', current_date {}, current_date {})"
    for begins, ends in (("- 9", "- 2"), ("+ 2", "+ 9")):
        stage.given(add.format(begins, ends))
    assert stage.ask("web_team", "SELECT relation, detail FROM acl.relation(1)", who=SUBSTITUTE) == [("waarnemer", "assigned Proef")]


@scenario
def who_stands_in_is_named_after_the_colleague_who_is_away_now(stage: Stage) -> None:
    stage.given("INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (2, 47, 'elders', current_date - 9)")
    decoys = (
        "(-1, 41, current_date - 2, current_date + 2, 49)",  # stands in with somebody else
        "(-1, 41, current_date - 9, current_date - 2, 48)",  # was away
        "(-1, 41, current_date + 2, current_date + 9, 48)",  # will be away
        "(-1, 42, current_date - 2, current_date + 2, 48)",  # was assigned before
        "(-1, 43, current_date - 2, current_date + 2, 48)",  # will be assigned
        "(-1, 44, current_date - 2, current_date + 2, 48)",  # has left
        "(-1, 47, current_date - 2, current_date + 2, 48)",  # is assigned elsewhere
    )
    for decoy in decoys:

        def play(decoy: str = decoy) -> None:
            stage.given(f"INSERT INTO casus.absence (id, staff_id, from_date, until_date, substitute_id) VALUES {decoy}")
            found = stage.ask("web_team", "SELECT relation, detail FROM acl.relation(1)", who=SUBSTITUTE)
            assert found == [("waarnemer", "assigned Proef")], f"{decoy}: {found}"

        stage.undone(play)


@scenario
def the_caseload_names_each_dossier_with_its_last_visible_entry(stage: Stage) -> None:
    stage.given("UPDATE casus.entry SET occurred_at = timestamptz '2026-02-03 10:00Z' WHERE dossier_id = 1")
    stage.given("UPDATE casus.entry SET occurred_at = timestamptz '2026-02-05 10:00Z' WHERE id = 112")
    stage.given("UPDATE casus.entry SET occurred_at = timestamptz '2026-02-04 10:00Z' WHERE id = 102")
    stage.given("UPDATE casus.entry SET occurred_at = timestamptz '2026-02-06 10:00Z' WHERE id = 201")
    query = "SELECT dossier_id, relation, detail, to_char(last_activity, 'MM-DD') FROM acl.caseload() ORDER BY 1"
    assert stage.ask("web_team", query, who=ASSIGNED) == [
        (1, "professional", "vaste professional", "02-04"),
        (3, "professional", "vaste", None),
    ]
    assert stage.ask("web_team", query, who=SUBSTITUTE) == [
        (1, "waarnemer", "assigned Proef", "02-04"),
        (3, "waarnemer", "assigned Proef", None),
    ]
    assert stage.ask("web_team", query, who=PEOPLE["assigned elsewhere"]) == [(2, "professional", "vaste", "02-06")]
    assert stage.ask("web_team", query, who=PEOPLE["administrator, assigned"]) == []


@scenario
def who_somebody_is_and_where(stage: Stage) -> None:
    assert stage.one("web_inwoner", "SELECT acl.person_id()", who=OWNER) == 1
    assert stage.one("web_inwoner", "SELECT acl.person_id()") is None
    assert stage.one("web_team", "SELECT acl.team_id()", who=ASSIGNED) == 1
    assert stage.one("web_team", "SELECT acl.team_id()", who=PEOPLE["other team"]) == 2
    assert stage.one("web_team", "SELECT acl.team_id()") is None
    assert stage.one("portaal_jobs", "SELECT acl.kind()", who=Who(0, "job", "jobs")) == "job"
    assert stage.one("portaal_jobs", "SELECT acl.kind()") == ""
    stage.given("UPDATE casus.person SET infix = 'van der' WHERE id = 1")
    assert stage.value("SELECT acl.full_name(1)") == "owner van der Proef"


@scenario
def only_two_faces_and_the_jobs_speak_for_somebody(stage: Stage) -> None:
    for person in (OWNER, ASSIGNED, Who(1, "naaste", "onafhankelijk"), Who(0, "job", "jobs")):
        assert stage.one("web_onafhankelijk", "SELECT acl.person_id()", who=person) is None, person
    for kind in ("inwoner", "professional", "beheerder"):
        assert stage.one("portaal_jobs", "SELECT acl.kind()", who=Who(40, kind, "jobs")) == "", kind


def _signed(stage: Stage, payload: str, role: str = "web_inwoner") -> str:
    return f"v1.{payload}.{hmac.new(stage.keys[role], payload.encode(), hashlib.sha256).hexdigest()}"


@scenario
def a_token_of_another_shape_is_nobody_even_when_signed(stage: Stage) -> None:
    good = f"inwoner;1;0;gewoon;web_inwoner;{SESSION};{int(time.time()) + 99}"
    person = "SELECT acl.person_id()"
    assert stage.ask("web_inwoner", person, token=_signed(stage, good)) == [(1,)]
    for wrong in (good + ";meer", good.replace("web_inwoner", "web_team"), good.replace("inwoner;1", "beheerder;1", 1)):
        assert stage.ask("web_inwoner", person, token=_signed(stage, wrong)) == [(None,)], wrong


@scenario
def the_actor_is_all_that_the_token_says(stage: Stage) -> None:
    stage.seen("GRANT EXECUTE ON FUNCTION acl.actor() TO web_inwoner")
    stage.keys = dict(stage.keys)
    token = _signed(stage, f"vertegenwoordiger;10;1;noodgrond;web_inwoner;{SESSION};{int(time.time()) + 99}")
    assert stage.ask("web_inwoner", "SELECT * FROM acl.actor()", token=token) == [(10, "vertegenwoordiger", 1, "noodgrond", SESSION)]
    assert stage.ask("web_inwoner", "SELECT on_behalf_of FROM acl.actor()", who=OWNER) == [(None,)]


@scenario
def without_a_key_nobody_is_anybody(stage: Stage) -> None:
    stage.given("DELETE FROM acl.key WHERE role_name = 'web_inwoner'")
    assert stage.one("web_inwoner", "SELECT acl.person_id()", who=OWNER) is None


@scenario
def a_key_is_put_in_place_and_may_be_put_anew(stage: Stage) -> None:
    stage.keys = dict(stage.keys)
    for key in (b"k" * 32, b"l" * 50, b"m" * 64):
        stage.seen("SELECT acl.install_key('web_inwoner', %s::bytea)", key)
        stage.keys["web_inwoner"] = key
        assert stage.one("web_inwoner", "SELECT acl.person_id()", who=OWNER) == 1
    assert stage.value("SELECT count(*) FROM acl.key WHERE role_name = 'web_inwoner'") == 1
    for key in (b"k" * 31, b"k" * 65, b""):
        assert stage.refusal(stage.superuser, "SELECT acl.install_key('web_inwoner', %s::bytea)", key), "a key of the wrong length"


@scenario
def names_are_known_of_colleagues_and_of_whose_dossier_one_opens(stage: Stage) -> None:
    names = "SELECT array_agg(id ORDER BY id) FROM casus.person WHERE id < 40"
    assert stage.one("web_inwoner", names, who=OWNER) == [1]
    assert stage.one("web_inwoner", names, who=PEOPLE["grant whole"]) == [1, 20]
    assert stage.one("web_team", names, who=ASSIGNED) == [1, 3]
    assert stage.one("web_team", names, who=PEOPLE["other team"]) is None
    assert stage.one("web_inwoner", "SELECT count(*) FROM casus.person WHERE is_staff", who=PEOPLE["no grant"]) == stage.value(
        "SELECT count(*) FROM casus.person WHERE is_staff"
    )
    assert len(ENTRIES) == stage.one("web_team", "SELECT count(*) FROM casus.entry", who=ASSIGNED) + 4, (
        "but for two diary pages, a document of one's own, and what is kept from all but one"
    )
