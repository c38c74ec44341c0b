"""What a mandate names besides the dossier: who looked, and who may see what; never what tells of the diary or of what is closed (migrations/rls/69)."""

from typing import Any

from tests.access.asks_sharing import grant
from tests.access.asks_withholding import an_address, mailed
from tests.access.relations import NAMED
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who, public

LOG, SHARING, MANDATE, OWNER = (PEOPLE[name] for name in ("mandate that names the log", "mandate that names sharing", "mandate", "owner"))
HERE = public("dossier", 1)
NAMES = "SELECT acl.mandate_names(%s)"
LINES = "SELECT at - now(), name, role, what, entry_id FROM acl.mandate_log(%s, %s, %s)"
SEEN = "SELECT relation, person, scope, entry_id FROM acl.mandate_sharing(%s)"
STOP = "SELECT acl.mandate_stops(%s, %s)"
OPEN = "SELECT id FROM casus.access_grant WHERE dossier_id = 1 AND withdrawn_at IS NULL ORDER BY id"


def names(stage: Stage, who: Who, dossier: int = 1) -> set[str]:
    """What somebody's mandates name for a dossier."""
    return set(stage.one("web_inwoner", NAMES, dossier, who=who))


@scenario
def what_a_mandate_names_is_asked_of_whoever_has_one_that_holds_today(stage: Stage) -> None:
    for name, who in PEOPLE.items():
        if who.face == "inwoner":
            assert names(stage, who) == NAMED.get(name, frozenset()), name
    assert names(stage, LOG, 2) == set(), "of another dossier"
    for kind in ("inwoner", "naaste"):
        assert names(stage, Who(LOG.person, kind, "inwoner", LOG.behalf)) == set(), "signed in as something else"
    for change in (
        "withdrawn_at = now()", "valid_from = acl.today() + 1", "valid_until = acl.today() - 1", "opens_log = false", "dossier_id = 2",
    ):  # fmt: skip

        def play(change: str = change) -> None:
            stage.given(f"UPDATE casus.mandate SET {change} WHERE person_id = 80")
            assert names(stage, LOG) == set(), change
            assert stage.refusal("web_inwoner", LINES, HERE, None, 9, who=LOG) == "MB001", change

        stage.undone(play)
    stage.given("UPDATE casus.mandate SET valid_until = acl.today(), valid_from = acl.today() WHERE person_id = 80")
    assert names(stage, LOG) == {"log"}, "its only day"
    stage.given(
        "INSERT INTO casus.mandate (public_id, dossier_id, person_id, ground, valid_from, opens_sharing)"
        " VALUES (gen_random_uuid(), 1, 80, 'curator', acl.today(), true)"
    )
    assert names(stage, LOG) == {"log", "sharing"}, "by two mandates"
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    assert names(stage, LOG) == set(), "out of sight"
    for ask in (LINES, SEEN, STOP):
        values = {LINES: (HERE, None, 9), SEEN: (HERE,), STOP: (HERE, public("person", 20))}[ask]
        assert stage.refusal("web_inwoner", ask, *values, who=LOG) == "MB001"


@scenario
def nobody_else_is_given_any_of_it(stage: Stage) -> None:
    for name, who in PEOPLE.items():
        if who.face != "inwoner":
            continue
        named = NAMED.get(name, frozenset())
        assert stage.refusal("web_inwoner", LINES, HERE, None, 9, who=who) == ("" if "log" in named else "MB001"), name
        assert stage.refusal("web_inwoner", SEEN, HERE, who=who) == ("" if "sharing" in named else "MB001"), name
        assert stage.refusal("web_inwoner", STOP, HERE, public("person", 20), who=who) == ("" if "sharing" in named else "MB001"), name
    for ask, values in ((LINES, (None, 9)), (SEEN, ()), (STOP, (public("person", 27),))):
        for who in (LOG, SHARING):
            assert stage.refusal("web_inwoner", ask, public("dossier", 2), *values, who=who) == "MB001", "of another dossier"


def line(stage: Stage, minutes: int, what: str = "overzicht", entry: int | None = None, **more: Any) -> None:
    """Somebody looked, so many minutes ago."""
    said = {
        "reader_id": 40,
        "reader_name": "Femke",
        "reader_role": "Buurtteammedewerker",
        "ground": "professional",
        "program": "web_team",
    } | more
    stage.given(
        f"INSERT INTO casus.read_log (at, xid, dossier_id, what, entry_id, shown, shown_entries, {', '.join(said)})"
        f" VALUES (now() - interval '{minutes} minutes', '9', %s, %s, %s, 1, '{{}}', {', '.join(['%s'] * len(said))})",
        said.pop("dossier", 1) if "dossier" in said else 1, what, entry, *said.values(),
    )  # fmt: skip


@scenario
def the_log_tells_who_of_the_team_looked_and_nothing_of_what_is_kept(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    shown = ("overzicht", "notitie", "versies", "afdruk", "zoeken", "document", "plan", "programma")
    for minutes, what in enumerate(shown, 1):
        line(stage, minutes, what, 101 if what in ("notitie", "versies", "document") else None)
    for what in ("logboek", "voorbeeld", "berichten", "uitvoer"):
        line(stage, 20, what)
    for entry in (114, 115, 116, 136, 105, 106):
        line(stage, 21, "notitie", entry)
    line(stage, 22, program="web_inwoner", reader_id=1, reader_name="owner", ground="inwoner")
    line(stage, 9, program="belastingdienst", reader_id=None, reader_name="Programma", reader_role="programma", ground="programma")
    line(stage, 10, ground="nood", ground_detail="Bang voor de mentor")
    found = stage.ask("web_inwoner", LINES, HERE, None, 99, who=LOG)
    assert [(row[1], row[3], row[4]) for row in found] == [
        *(("Femke", what, 101 if what in ("notitie", "versies", "document") else None) for what in shown),
        ("Programma", "overzicht", None),
        ("Femke", "overzicht", None),
    ]
    assert {row[2] for row in found} == {"Buurtteammedewerker", "programma"}
    assert "Bang" not in repr(stage.ask("web_inwoner", "SELECT l FROM acl.mandate_log(%s, NULL, 99) l", HERE, who=LOG))
    assert len(stage.ask("web_inwoner", LINES, HERE, None, 4, who=LOG)) == 4
    at = stage.value("SELECT at FROM casus.read_log WHERE what = 'afdruk'")
    assert [row[3] for row in stage.ask("web_inwoner", LINES, HERE, at, 2, who=LOG)] == ["zoeken", "document"]
    assert stage.ask("web_inwoner", "SELECT FROM casus.read_log", who=LOG) == [], "never the table"


@scenario
def lines_of_one_moment_come_newest_first_and_of_this_dossier_alone(stage: Stage) -> None:
    stage.given("DELETE FROM casus.read_log")
    for what in ("zoeken", "afdruk"):
        line(stage, 1, what)
    stage.given("UPDATE casus.read_log SET at = now() - interval '1 minute'")
    line(stage, 2)
    stage.given("UPDATE casus.read_log SET dossier_id = 2 WHERE what = 'overzicht'")
    assert [row[3] for row in stage.ask("web_inwoner", LINES, HERE, None, 9, who=LOG)] == ["afdruk", "zoeken"]


@scenario
def who_may_see_what_leaves_out_what_the_mandate_does_not_know_of(stage: Stage) -> None:
    all_of_it = stage.ask("web_inwoner", SEEN.replace("mandate_sharing", "who_may_see"), HERE, who=OWNER)
    assert sorted(map(str, stage.ask("web_inwoner", SEEN, HERE, who=SHARING))) == sorted(map(str, all_of_it))
    for number, entry in ((8801, 115), (8802, 116), (8803, 102)):
        grant(stage, number, 28, scope=4, entry_id=entry)
    found = stage.ask("web_inwoner", SEEN, HERE, who=SHARING)
    assert [row[3] for row in found if row[1] == public("person", 28)] == [102]
    assert len(found) == len(all_of_it) + 1


@scenario
def who_reads_along_is_stopped_in_the_name_of_the_inwoner_who_is_told(stage: Stage) -> None:
    an_address(stage)
    before = [row[0] for row in stage.seen(OPEN)]
    of_21 = [row[0] for row in stage.seen("SELECT id FROM casus.access_grant WHERE grantee_id = 21")]
    assert stage.one("web_inwoner", STOP, HERE, public("person", 21), who=SHARING) is True
    assert [row[0] for row in stage.seen(OPEN)] == [one for one in before if one not in of_21]
    assert stage.seen("SELECT withdrawn_at = now() FROM casus.access_grant WHERE grantee_id = 21") == [(True,)]
    assert mailed(stage) == 1
    log = "SELECT event, person_id, on_behalf_of, subject_id FROM casus.change_log WHERE event LIKE 'access.%%' ORDER BY id"
    assert stage.seen(log) == [("access.withdrawn", 81, 1, 21)]
    for nobody in (21, 24, 25, 28, 27, 40, 10):
        assert stage.one("web_inwoner", STOP, HERE, public("person", nobody), who=SHARING) is False, nobody
    assert mailed(stage) == 1
    assert len(stage.seen(log)) == 1


@scenario
def what_the_mandate_does_not_know_of_stays_open(stage: Stage) -> None:
    grant(stage, 8801, 28, scope=4, entry_id=115)
    assert stage.one("web_inwoner", STOP, HERE, public("person", 28), who=SHARING) is False
    grant(stage, 8802, 28, scope=4, entry_id=101)
    grant(stage, 8803, 28, dossier_id=2)
    stage.given(
        "INSERT INTO portaal.typed_text (person_id, face, form_key, ciphertext) VALUES (28, 'inwoner', %s, %s)",
        f"/dossier/{HERE}/x", b"x",
    )  # fmt: skip
    assert stage.one("web_inwoner", STOP, HERE, public("person", 28), who=SHARING) is True
    assert stage.seen("SELECT id FROM casus.access_grant WHERE grantee_id = 28 AND withdrawn_at IS NULL ORDER BY id") == [(8801,), (8803,)]
    assert stage.seen("SELECT FROM portaal.typed_text WHERE person_id = 28") == [], "what was typed and not sent goes"
    assert stage.seen("SELECT FROM portaal.access_change") == [], "nobody but the inwoner is told"
