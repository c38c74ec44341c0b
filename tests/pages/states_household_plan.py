"""The household plan: how one begins, the code, saying yes, who is in it with all that can be shown, and a code that isn't one."""

from collections.abc import Callable

from portal.paper_code import code_hash
from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import ERRORS, made
from tests.pages.states_plan import clean, filled
from tests.pages.visit import Visit

CODE = "7k2m-0000-0000-0001"


def _apart(visit: Visit) -> None:
    clean(visit)
    with visit.live.admin() as admin:
        for table in ("joint_plan_member", "joint_plan_code", "joint_plan_try", "joint_plan"):
            admin.execute(f"DELETE FROM casus.{table}")


def _together(visit: Visit) -> None:
    """Iris and Danny, who both have something of everything: a joint goal, and parts that are shown and not."""
    _apart(visit)
    filled(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "WITH j AS (INSERT INTO casus.joint_plan DEFAULT VALUES RETURNING id)"
            " INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id) SELECT j.id, d.id FROM j, casus.dossier d"
            " JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username IN ('iris', 'danny')"
        )
        admin.execute(
            "INSERT INTO casus.joint_plan_code SELECT m.dossier_id, sha256('x'), now() + interval '9 days' FROM casus.joint_plan_member m LIMIT 1"
        )
        admin.execute(
            "WITH here AS (SELECT p.id, p.dossier_id FROM casus.plan_part p WHERE p.kind = 20 ORDER BY p.id LIMIT 1),"
            " joint AS (UPDATE casus.plan_part p SET joint_id = gen_random_uuid() FROM here WHERE p.id = here.id RETURNING p.joint_id),"
            " made AS (INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience, joint_id)"
            "  SELECT gen_random_uuid(), m.dossier_id, 20, 2, joint.joint_id FROM joint, here, casus.joint_plan_member m"
            "  WHERE m.dossier_id <> here.dossier_id RETURNING id, dossier_id)"
            " INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_name, dropped, author_id,"
            "  author_name, written_for) SELECT made.id, made.dossier_id, 1, t.body, t.why, t.answers, t.leefdomein, '', false, t.author_id,"
            "  t.author_name, 2 FROM made, here JOIN casus.plan_text t ON t.part_id = here.id"
        )
        admin.execute(
            "WITH made AS (INSERT INTO casus.plan_part (public_id, dossier_id, kind, audience, shown_number, shown_at)"
            "  SELECT gen_random_uuid(), d.id, k.kind, 3, 1, clock_timestamp() FROM (VALUES (4), (6)) k (kind), casus.dossier d"
            "  JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'danny' RETURNING id, dossier_id, kind)"
            " INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_name, dropped, author_id,"
            "  author_name, written_for) SELECT made.id, made.dossier_id, 1, %s, '', CASE made.kind WHEN 6 THEN '{1}'::smallint[] ELSE '{}' END, 0,"
            "  '', false, d.inwoner_id, 'Danny', 3 FROM made JOIN casus.dossier d ON d.id = made.dossier_id",
            (f"{STRANGE} {LONG_WORD}",),
        )
        admin.execute(
            "UPDATE casus.plan_part p SET shown_number = 1, shown_at = clock_timestamp() FROM portaal.account a JOIN casus.dossier d"
            " ON d.inwoner_id = a.person_id WHERE a.username = 'iris' AND p.dossier_id = d.id AND p.kind = 1"
        )


def _at(path: str, prepare: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        prepare(visit)
        visit.open(f"{visit.stage.iris}{path}")

    return go


def _typed(code: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _apart(visit)
        with visit.live.admin() as admin:
            admin.execute(
                "INSERT INTO casus.joint_plan_code SELECT d.id, %s, now() + interval '9 days' FROM casus.dossier d"
                " JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'danny'",
                (code_hash(CODE),),
            )
        visit.open(f"{visit.stage.iris}/plan/samen")
        visit.fill(code=code)
        visit.submit("form[action$=meedoen] button[type=submit]")

    return go


def _code(visit: Visit) -> None:
    _apart(visit)
    visit.open(f"{visit.stage.iris}/plan/samen")
    visit.submit("form[action$=code] button[type=submit]")


def _stops(visit: Visit) -> None:
    _together(visit)
    visit.open(f"{visit.stage.iris}/plan/samen")
    visit.submit("form[action$=stoppen] button[type=submit]")


made("inwoner", "household_plan.show", "apart", "iris", _at("/plan/samen", _apart), "#code")
made("inwoner", "household_plan.show", "together", "iris", _at("/plan/samen", _together), "#van-de-anderen")
made("inwoner", "household_plan.show", "stopped", "iris", _stops, "#code")
made("inwoner", "household_plan.show", "code", "iris", _code, "#huiscode")
made("inwoner", "household_plan.show", "asked", "iris", _typed(CODE), "#with_goals")
made("inwoner", "household_plan.show", "errors", "iris", _typed("0000"), ERRORS, 422)
made("inwoner", "plan.show", "with-a-joint-goal", "iris", _at("/plan", _together), "#doelen")
made("team", "plan.show", "with-a-joint-goal", "femke.nas", _at("/plan", _together), "#doelen")
