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


def test_every_looking_back_and_ending_of_the_source_stands_in_the_demo(live: Live) -> None:
    moments = ends = ahead = 0
    for case, later in zip(demo_cases(), demo_later(), strict=True):
        dossier = case["dossier"]["id"]
        found = live.rows(
            "SELECT e.planned_on::text, e.outcome, e.reason, (SELECT l.words FROM casus.evaluation_look l WHERE l.evaluation_id = e.id AND l.side = 1),"
            " (SELECT count(*) FROM casus.evaluation_goal g WHERE g.evaluation_id = e.id) FROM casus.evaluation e"
            " JOIN casus.dossier d ON d.id = e.dossier_id WHERE d.public_id = %s ORDER BY e.id",
            dossier,
        )
        said = [row for row in found if row[1]]
        ahead += len(found) - len(said)
        names = ["doorgaan", "bijstellen", "afschalen", "opschalen", "afsluiten"]
        assert [(row[0], names[row[1] - 1], row[2], row[3]) for row in said] == [
            (one["datum"], one["uitkomst"], one["reden"] or "", one["woorden"] or "") for one in later["evaluaties"]
        ]
        titles = {goal["titel"] for goal in (later["plan"] or {"doelen": []})["doelen"]}
        assert [row[4] for row in said] == [2 * sum(goal["titel"] in titles for goal in one["doelen"]) for one in later["evaluaties"]]
        moments += len(said)
        ended = live.rows(
            "SELECT x.ends_on::text, x.reason, x.near_until::text FROM casus.ending x JOIN casus.dossier d ON d.id = x.dossier_id WHERE d.public_id = %s",
            dossier,
        )
        end = later["einde"]
        assert ended == ([(end["datum"], end["reden"], end["waakvlam_tot"])] if end else [])
        ends += len(ended)
    assert (moments, ends, ahead) == (21, 3, 8)
