"""The list of who can read an entry, exactly: each name with as what, the words beside it, and until when; and the programs."""

from datetime import date
from typing import Any

from tests.access.asks_logs import close
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who

OWNER, ASSIGNED = PEOPLE["owner"], PEOPLE["assigned"]
Line = tuple[str, str, str, int | None]

WORLD: list[Line] = [
    ("assigned Proef", "professional", "vaste professional", None),
    ("assigned, emergency over Proef", "professional", "vaste professional", None),
    ("assigned, entry closed Proef", "professional", "vaste professional", None),
    ("assigned, in an emergency Proef", "professional", "vaste professional", None),
    ("team lead, as professional Proef", "professional", "vaste professional", None),
    ("substitute Proef", "waarnemer", "assigned Proef", 2),
    ("team lead, substitute Proef", "waarnemer", "assigned Proef", 2),
]
OUTSIDE: list[Line] = [
    ("owner Proef", "inwoner", "", None),
    ("mandate, as naaste Proef", "vertegenwoordiger", "mentor", None),
    ("mandate that names the log Proef", "vertegenwoordiger", "mentor", None),
    ("mandate that names sharing Proef", "vertegenwoordiger", "mentor", None),
    ("grant whole, as inwoner Proef", "naaste", "", None),
    ("grant section Proef", "naaste", "", 9),
    ("grant leefdomein Proef", "naaste", "", None),
    ("grant entry Proef", "naaste", "", None),
    ("professional with a grant Proef", "naaste", "", None),
]
PLANNING: Line = ("Planbord", "programma", "afspraken", None)
EVERYBODY = [*WORLD, *OUTSIDE, PLANNING]


def readers(stage: Stage, entry: int = 101, who: Who = ASSIGNED) -> list[Line]:
    """The list, with ends as days from today."""
    rows = stage.ask(f"web_{who.face}", "SELECT name, relation, detail, until FROM acl.who_can_read(%s)", entry, who=who)
    today: date = stage.value("SELECT current_date")
    lines = ((name, relation, detail, None if until is None else (until - today).days) for name, relation, detail, until in rows)
    return sorted(lines, key=lambda line: line[:3])


def without(*names: str) -> list[Line]:
    """Everybody but these."""
    return sorted((line for line in EVERYBODY if line[0].removesuffix(" Proef") not in names), key=lambda line: line[:3])


@scenario
def the_inwoner_and_the_team_get_the_same_whole_list(stage: Stage) -> None:
    assert readers(stage) == without()
    assert readers(stage, who=OWNER) == without()
    assert readers(stage, 201, PEOPLE["owner of another dossier"]) == [
        ("Toezicht", "programma", "onderzoek", None),
        ("assigned elsewhere Proef", "professional", "vaste", 1),
        ("grant for another dossier Proef", "naaste", "", None),
        ("mandate for another dossier Proef", "vertegenwoordiger", "mentor", None),
        ("owner of another dossier Proef", "inwoner", "", None),
    ]


@scenario
def programs_read_by_section_and_team_and_nothing_that_is_closed(stage: Stage) -> None:
    for entry in (102, 104, 105, 106, 109, 112, 113):
        who = OWNER if entry in (109, 112) else ASSIGNED
        assert not [line for line in readers(stage, entry, who) if line[1] == "programma"], entry
    for entry in (107, 108, 110, 111):
        assert PLANNING in readers(stage, entry), entry
    for ends, there in (("acl.today()", False), ("acl.today() - 1", False), ("acl.today() + 1", True)):
        stage.given(f"UPDATE casus.program SET ended_on = {ends} WHERE role_name = 'program_planbord'")
        assert ("Planbord", "programma", "afspraken", 1) in readers(stage) if there else readers(stage) == without("Planbord"), ends


def given_then(stage: Stage, expected: list[Line], what: str, *statements: str) -> None:
    """With these rows the list is this; afterwards they are gone again."""

    def play() -> None:
        for statement in statements:
            stage.given(statement)
        found = readers(stage)
        assert found == expected, f"{what}: {set(found) ^ set(expected)}"

    stage.undone(play)


@scenario
def a_closure_takes_who_it_is_for_from_the_list(stage: Stage) -> None:
    hidden: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "for one": ({"person": 20}, ("grant whole, as inwoner", "Planbord")),
        "for one, until later": ({"person": 41, "ends": "2"}, ("assigned, entry closed", "Planbord")),
        "for one, later": ({"person": 20, "begins": "1"}, ()),
        "for one, before": ({"person": 20, "begins": "- 2", "ends": "- 1"}, ()),
        "for all outside, later": ({"begins": "1"}, ()),
        "for all outside, before": ({"begins": "- 2", "ends": "- 1"}, ()),
    }
    for what, (how, names) in hidden.items():

        def play(what: str = what, how: dict[str, Any] = how, names: tuple[str, ...] = names) -> None:
            close(stage, 101, **how)
            expected = [line for line in without() if line[0].removesuffix(" Proef") not in names]
            assert readers(stage, who=OWNER) == expected, what
            # A name that is missing would tell a colleague of it.
            assert readers(stage) == without(), what

        stage.undone(play)

    def play_for_the_inwoner() -> None:
        close(stage, 101, person=1)
        assert readers(stage, who=OWNER) == []

    stage.undone(play_for_the_inwoner)
    for ends in (None, "2"):

        def play_all(ends: str | None = ends) -> None:
            close(stage, 101, ends=ends)
            assert readers(stage) == sorted(WORLD, key=lambda line: line[:3])

        stage.undone(play_all)


@scenario
def whoever_has_no_access_today_is_not_on_the_list(stage: Stage) -> None:
    absence = "INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES ({}, current_date {}, current_date {}, {})"
    assign = (
        "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until) VALUES ({}, {}, 'x', current_date {}, {})"
    )
    grant = (
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, ground)"
        " VALUES ({}, 28, {}, {}, {}, {}, current_date - 9, 'x')"
    )
    for what, statement in {
        "a substitute who has left": absence.format(40, "- 2", "+ 2", 44),
        "a substitute who joins later": absence.format(40, "- 2", "+ 2", 45),
        "a substitute who is beheerder": absence.format(40, "- 2", "+ 2", 54),
        "a substitute before": absence.format(40, "- 9", "- 2", 47),
        "a substitute later": absence.format(40, "+ 2", "+ 9", 47),
        "a substitute of who was assigned before": absence.format(42, "- 2", "+ 2", 47),
        "a substitute of who will be assigned": absence.format(43, "- 2", "+ 2", 47),
        "a substitute of who has left": absence.format(44, "- 2", "+ 2", 47),
        "a substitute of who is assigned elsewhere": absence.format(46, "- 2", "+ 2", 47),
        "no substitute": absence.format(40, "- 2", "+ 2", "NULL"),
        "assigned elsewhere": assign.format(2, 47, "- 2", "NULL"),
        "assigned as beheerder": assign.format(1, 54, "- 2", "NULL"),
        "assigned before": assign.format(1, 47, "- 9", "current_date - 2"),
        "assigned later": assign.format(1, 47, "+ 2", "NULL"),
        "a grant for another dossier": grant.format(2, 1, "NULL", "NULL", "NULL"),
        "a grant for another section": grant.format(1, 2, 3, "NULL", "NULL"),
        "a grant for another leefdomein": grant.format(1, 3, "NULL", 3, "NULL"),
        "a grant for another entry": grant.format(1, 4, "NULL", "NULL", 102),
    }.items():
        given_then(stage, without(), what, statement)


@scenario
def ends_are_named_when_everything_ends(stage: Stage) -> None:
    def with_end(name: str, days: int | None, detail: str | None = None) -> list[Line]:
        return [(line[0], line[1], detail or line[2], days) if line[0].startswith(name) else line for line in without()]

    given_then(
        stage, with_end("mandate, as", 5), "a mandate", "UPDATE casus.mandate SET valid_until = current_date + 5 WHERE person_id = 10"
    )
    lasting = "UPDATE casus.assignment SET valid_until = current_date + 5 WHERE staff_id = {}"
    given_then(stage, with_end("assigned, entry closed", 5), "an assignment", lasting.format(41))
    given_then(stage, with_end("assigned Proef", 5), "an assignment of who is away", lasting.format(40))
    given_then(stage, without(), "who leaves later", "UPDATE casus.staff SET left_on = current_date + 5 WHERE person_id IN (40, 41, 48)")
    again = (
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, valid_until, ground)"
        " VALUES (1, {}, 1, current_date - 9, current_date + {}, 'x')"
    )
    given_then(stage, without(), "one of two has no end", again.format(20, 3))
    given_then(stage, with_end("grant section", 12), "the later of two", again.format(21, 12))
    given_then(stage, without(), "the later of two", again.format(21, 3))
