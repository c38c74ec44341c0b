"""Who took an entry out names the dossier in which it belongs; a second one agrees, or not, and learns no more than whose it is."""

from typing import Any

from tests.access.asks_repair import ASSIGNED, BREACH, DECIDE, ELSEWHERE, LEAD, OTHER, OWNER, SECOND, events, sees
from tests.access.stage import Stage, scenario
from tests.access.world import DOSSIER_B, TAKEN_OUT, public

NAME = "SELECT casus.propose_dossier(%s, %s)"
SHOWN = "SELECT dossier, proposed, proposed_name FROM casus.breaches() WHERE public_id = %s"
WRONG, RIGHT = public("dossier", 1), public("dossier", 3)
NOTHING = (WRONG, None, None)


def named(stage: Stage) -> None:
    """Who took it out named the right one."""
    stage.ask("web_team", NAME, BREACH, RIGHT, who=ASSIGNED)


def rows(stage: Stage) -> list[tuple[Any, ...]]:
    """What is kept of every record."""
    return stage.seen("SELECT public_id = %s, reason, proposed_dossier FROM casus.breach ORDER BY id", BREACH)


@scenario
def only_who_took_it_out_names_a_dossier_and_only_one_of_their_own(stage: Stage) -> None:
    stage.given("UPDATE casus.breach SET reason = 'onbekend'")
    stage.given("INSERT INTO casus.breach (dossier_id, entry_id, reason, found_by) VALUES (1, 102, 'onbekend', 40)")
    for who in (SECOND, LEAD):
        assert stage.refusal("web_team", NAME, BREACH, RIGHT, who=who) == "MB074", who
        assert stage.refusal("web_team", NAME, BREACH, None, who=who) == "MB074", who
    for who in (ELSEWHERE, OTHER):
        assert stage.refusal("web_team", NAME, BREACH, RIGHT, who=who) == "MB001", who
    assert stage.refusal("web_team", NAME, public("breach", 2), RIGHT, who=ASSIGNED) == "MB001"
    for nowhere in (WRONG, public("dossier", DOSSIER_B), public("dossier", 9)):
        assert stage.refusal("web_team", NAME, BREACH, nowhere, who=ASSIGNED) == "MB073", nowhere
    assert stage.ask("web_team", SHOWN, BREACH, who=LEAD) == [NOTHING]
    named(stage)
    assert rows(stage) == [(True, "andere_inwoner", 3), (False, "onbekend", None)]
    for who in (ASSIGNED, SECOND, LEAD):
        assert stage.ask("web_team", SHOWN, BREACH, who=who) == [(WRONG, RIGHT, "third Proef")], who
    assert stage.ask("web_team", SHOWN, BREACH, who=ELSEWHERE) == []
    # Taken back: whose it isn't says nothing of whose it is, but that it is somebody's stays.
    stage.ask("web_team", NAME, BREACH, None, who=ASSIGNED)
    assert rows(stage) == [(True, "andere_inwoner", None), (False, "onbekend", None)]
    assert events(stage) == [(1, TAKEN_OUT, "breach.proposed", 40)] * 2
    stage.given("UPDATE casus.breach SET decision = 'terug', decided_at = now(), decided_by = 41")
    assert stage.refusal("web_team", NAME, BREACH, RIGHT, who=ASSIGNED) == "MB072"


@scenario
def who_works_in_no_other_dossier_moves_it_to_the_one_that_was_named_and_to_none_else(stage: Stage) -> None:
    for who in (SECOND, LEAD):
        assert stage.refusal("web_team", DECIDE, BREACH, "verplaatst", RIGHT, who=who) == "MB073", "nobody named it"
    named(stage)
    for nowhere in (None, WRONG, public("dossier", DOSSIER_B)):
        assert stage.refusal("web_team", DECIDE, BREACH, "verplaatst", nowhere, who=LEAD) == "MB073", nowhere
    assert stage.refusal("web_team", DECIDE, BREACH, "verplaatst", RIGHT, who=ASSIGNED) == "MB071", "never who took it out"
    for who in (SECOND, LEAD):

        def play(who: Any = who) -> None:
            stage.ask("web_team", DECIDE, BREACH, "verplaatst", RIGHT, who=who)
            [(made,)] = stage.seen("SELECT id FROM casus.entry WHERE dossier_id = 3")
            assert not sees(stage, who, made), "agreeing opens nothing"
            assert sees(stage, ASSIGNED, made)
            assert stage.value("SELECT title FROM casus.entry_version WHERE entry_id = %s", made) == f"Titel {TAKEN_OUT}"
            assert stage.value("SELECT title FROM casus.entry_version WHERE entry_id = %s", TAKEN_OUT) == ""
            kept = "SELECT decision, moved_to, decided_by, proposed_dossier FROM casus.breach WHERE public_id = %s"
            assert stage.seen(kept, BREACH) == [("verplaatst", 3, who.person, None)]

        stage.undone(play)
    for decision in ("vernietigd", "terug"):

        def other(decision: str = decision) -> None:
            stage.ask("web_team", DECIDE, BREACH, decision, RIGHT, who=LEAD)
            assert rows(stage) == [(True, "andere_inwoner", None)], "the name is needed no longer"
            assert stage.ask("web_team", SHOWN, BREACH, who=LEAD) == [NOTHING]

        stage.undone(other)


@scenario
def what_was_named_holds_as_long_as_who_named_it_works_there(stage: Stage) -> None:
    named(stage)
    for change, holds in (
        ("UPDATE casus.assignment SET valid_until = current_date - 1 WHERE staff_id = 40 AND dossier_id = 3", False),
        ("UPDATE casus.assignment SET valid_until = current_date - 1 WHERE staff_id = 40 AND dossier_id = 1", True),
        ("UPDATE casus.staff SET left_on = current_date WHERE person_id = 40", False),
        ("UPDATE casus.staff SET left_on = current_date + 1 WHERE person_id = 40", True),
        ("UPDATE casus.staff SET left_on = current_date WHERE person_id <> 40 AND person_id <> 52", True),
        ("UPDATE casus.staff SET joined_on = current_date + 1 WHERE person_id = 40", False),
        ("UPDATE casus.staff SET joined_on = current_date WHERE person_id = 40", True),
        ("UPDATE casus.staff SET role = 'beheerder' WHERE person_id = 40", False),
        ("UPDATE casus.staff SET role = 'teamleider' WHERE person_id = 40", True),
    ):

        def play(change: str = change, holds: bool = holds) -> None:
            stage.given(change)
            assert stage.ask("web_team", SHOWN, BREACH, who=LEAD) == [(WRONG, RIGHT, "third Proef") if holds else NOTHING], change
            refused = stage.refusal("web_team", DECIDE, BREACH, "verplaatst", RIGHT, who=LEAD)
            assert refused == ("" if holds else "MB073"), change

        stage.undone(play)


@scenario
def the_wrong_inwoner_learns_nothing_of_the_right_one(stage: Stage) -> None:
    log = "SELECT to_jsonb(l)::text FROM casus.change_log l WHERE dossier_id = 1"
    named(stage)
    stage.ask("web_team", DECIDE, BREACH, "verplaatst", RIGHT, who=LEAD)
    for (line,) in stage.ask("web_inwoner", log, who=OWNER):
        assert "third" not in line
    written = stage.seen(
        "SELECT event, subject_id, to_jsonb(l)::text FROM casus.change_log l WHERE dossier_id = 1 AND at >= now() ORDER BY id"
    )
    assert [line[:2] for line in written] == [("breach.proposed", None), ("entry.moved_away", None)]
    assert not any("third" in line[2] or str(RIGHT) in line[2] for line in written)
    for role in ("web_inwoner", "casus_uitvoer"):
        assert stage.refusal(role, "SELECT proposed_dossier FROM casus.breach", who=OWNER if role == "web_inwoner" else None) == "42501"
    assert stage.refusal("web_inwoner", SHOWN, BREACH, who=OWNER) == "42501"
