"""The demo's people have the plans of the source, whole: each text, goal and action, who does it and how far it is."""

from typing import Any

import psycopg
from psycopg.rows import dict_row

from portal.demo.people import demo_cases, demo_later
from tests.live import Live

_PARTS = (
    "SELECT p.kind, t.body, t.holder_name, t.holder_id IS NOT NULL AS known, s.status, p.audience, a.number AS agreed FROM casus.plan_part p"
    " JOIN casus.dossier d ON d.id = p.dossier_id JOIN casus.plan_text t ON t.part_id = p.id LEFT JOIN casus.plan_step s ON s.part_id = p.id"
    " LEFT JOIN casus.plan_proposal_text a ON a.part_id = p.id WHERE d.public_id = %s ORDER BY p.id"
)


def _parts(live: Live, dossier: str) -> list[dict[str, Any]]:
    with live.admin() as admin, psycopg.Cursor(admin, row_factory=dict_row) as cursor:
        return cursor.execute(_PARTS, (dossier,)).fetchall()


def test_every_plan_of_the_source_stands_in_the_demo(live: Live) -> None:
    plans = 0
    for case, later in zip(demo_cases(), demo_later(), strict=True):
        found = _parts(live, case["dossier"]["id"])
        plan = later["plan"]
        if plan is None:
            assert found == []
            continue
        plans += 1
        bodies = [row["body"] for row in found]
        for goal in plan["doelen"]:
            assert goal["titel"] in bodies
            for action in goal["acties"]:
                [row] = [one for one in found if one["kind"] == 21 and one["body"] == action["wat"]]
                assert row["holder_name"] == action["wie"]
                assert {1: "open", 2: "bezig", 3: "klaar", 4: "vervallen"}[row["status"] or 1] == action["status"]
        assert plan["hulpvraag_eigen_woorden"] in bodies
        assert all(row["audience"] == 2 for row in found if row["kind"] in (3, 12))
        assert all(row["agreed"] == 1 for row in found)
        assert any(row["known"] for row in found)
    assert plans == 10
