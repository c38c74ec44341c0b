"""What one still has to do in a plan, on the first page of each face."""

from tests.pages.stage import LONG_WORD
from tests.pages.states import DONE, made
from tests.pages.states_plan import clean, filled
from tests.pages.visit import Visit


def _steps(visit: Visit) -> None:
    """Iris has one step that is past its day, Femke eight."""
    clean(visit)
    filled(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "WITH p AS (INSERT INTO casus.plan_part (public_id, dossier_id, kind, goal_id, audience, place)"
            " SELECT gen_random_uuid(), t.dossier_id, 21, p.goal_id, 3, n FROM casus.plan_text t JOIN casus.plan_part p ON p.id = t.part_id,"
            " generate_series(1, 8) n WHERE p.kind = 21 AND t.holder_id IS NOT NULL RETURNING *)"
            " INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_id, holder_name, due_on, dropped, author_id,"
            " author_name, written_for) SELECT p.id, p.dossier_id, 1, %s, '', '{}', 0, a.person_id, 'Femke Nas', acl.today() + p.place * 2 - 3, false,"
            " a.person_id, 'Femke Nas', 3 FROM p, portaal.account a WHERE a.username = 'femke.nas'",
            (f"Bellen {LONG_WORD}",),
        )


def _start(visit: Visit) -> None:
    _steps(visit)
    visit.open("/")


def _done(visit: Visit) -> None:
    _start(visit)
    visit.submit(".plan-actions button")


made("inwoner", "start.show", "own-steps", "iris", _start, ".plan-actions button")
made("inwoner", "start.show", "step-done", "iris", _done, DONE)
made("team", "start.show", "own-steps", "femke.nas", _start, "#mijn-stappen ~ details")
made("team", "start.show", "step-done", "femke.nas", _done, DONE)
