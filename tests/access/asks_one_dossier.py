"""A page about one dossier reaches no other: casus.dossier takes away, and never gives."""

from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE, Who

BOTH = ("owner", "mandate", "assigned", "substitute", "grant whole")
"""One of each kind, who here reaches dossier 1 and dossier 2 alike."""


def reach_both(stage: Stage) -> None:
    """Gives them the same in dossier 2 as they have in dossier 1."""
    for table, columns in (
        ("assignment", "staff_id, role_text, valid_from, valid_until"),
        ("mandate", "person_id, ground, valid_from, valid_until, withdrawn_at"),
        ("access_grant", "grantee_id, scope, valid_from, valid_until, withdrawn_at, ground"),
    ):
        stage.given(f"DELETE FROM casus.{table} WHERE dossier_id = 2")
        stage.given(
            f"INSERT INTO casus.{table} (id, dossier_id, {columns}) OVERRIDING SYSTEM VALUE SELECT -id, 2, {columns} FROM casus.{table}"
            " WHERE dossier_id = 1" + (" AND scope = 1" if table == "access_grant" else "")
        )
    stage.given("UPDATE casus.dossier SET inwoner_id = (SELECT inwoner_id FROM casus.dossier WHERE id = 1) WHERE id = 2")


def reached(stage: Stage, who: Who, asked: str) -> list[int]:
    """The dossiers this person reaches when the page says that it is about this one."""
    stage.connection.execute("SELECT set_config('casus.dossier', %s, true)", (asked,))
    rows = stage.ask(f"web_{who.face}", "SELECT id FROM casus.dossier ORDER BY id", who=who)
    relations = stage.ask(
        f"web_{who.face}", "SELECT n, (acl.relation(n)).relation IS NOT NULL FROM unnest(ARRAY[1, 2]) n ORDER BY n", who=who
    )
    assert [number for number, there in relations if there] == [row[0] for row in rows if row[0] in (1, 2)]
    stage.connection.execute("SELECT set_config('casus.dossier', '', true)")
    return [row[0] for row in rows]


@scenario
def who_reaches_two_dossiers_reaches_the_one_that_the_page_is_about(stage: Stage) -> None:
    reach_both(stage)
    for name in BOTH:
        who = PEOPLE[name]
        assert {1, 2} <= set(reached(stage, who, "")), name
        assert reached(stage, who, "1") == [1], name
        assert reached(stage, who, "2") == [2], name
        assert reached(stage, who, "3000") == [], name


@scenario
def saying_what_a_page_is_about_opens_nothing(stage: Stage) -> None:
    for name, who in PEOPLE.items():
        if who.face == "onafhankelijk":
            continue
        before = reached(stage, who, "")
        assert reached(stage, who, "1") == [number for number in before if number == 1], name
        assert reached(stage, who, "2") == [number for number in before if number == 2], name


@scenario
def what_is_no_number_stops_the_page(stage: Stage) -> None:
    stage.connection.execute("SELECT set_config('casus.dossier', 'alles', true)")
    assert stage.refusal("web_inwoner", "SELECT FROM casus.dossier", who=PEOPLE["owner"]) == "22P02"
