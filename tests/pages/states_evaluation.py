"""Looking back: nothing planned, planned with people, said from all sides, what came of it; and the forms with errors."""

from collections.abc import Callable
from uuid import UUID, uuid5

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.states_plan import _WORKER, _dossier, clean, filled
from tests.pages.visit import Visit

_NUMBERS = UUID("6f1d7a52-2222-4000-8000-000000000000")


def _number(visit: Visit) -> str:
    return f"(SELECT id FROM casus.dossier WHERE public_id = '{_dossier(visit)}')"


def _iris(visit: Visit) -> str:
    return f"(SELECT inwoner_id FROM casus.dossier WHERE public_id = '{_dossier(visit)}')"


def _moment(visit: Visit, *, before: bool = False, pgb: bool = False, late: bool = False) -> None:
    number = uuid5(_NUMBERS, f"{visit.stage.iris} {before}")
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.evaluation (public_id, dossier_id, kind, planned_on, place, about_pgb, others, planned_by_name, outcome, reason, settled_by,"
            f" settled_by_name, settled_at) SELECT %s, {_number(visit)}, 2, acl.today() + %s, %s, %s, %s, 'Femke Nas', o, %s, p, n, a"
            f" FROM (VALUES (NULL::int, NULL::int, NULL::text, NULL::timestamptz), (2, {_WORKER}, 'Femke Nas', now())) v (o, p, n, a)"
            " WHERE (a IS NOT NULL) = %s",
            (number, -3 if late else 30, STRANGE[:190], pgb, f"Oma {LONG_WORD}", STRANGE if before else "", before),
        )
        for side, who in ((1, _iris(visit)), (2, _WORKER)):
            admin.execute(
                "INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, content, words, anchored, together,"
                f" together_words, safe, fits) SELECT e.id, e.dossier_id, %s, {who}, 1, %s, %s, %s, %s, 'De inloop, en mijn zus.', %s, '', %s, %s"
                " FROM casus.evaluation e WHERE e.public_id = %s",
                (
                    side, f"Iris {LONG_WORD}" if side == 1 else "Femke Nas", "mondeling" if before else "portaal", 4 if side == 1 else None, STRANGE,
                    2 if side == 1 else None, 2 if side == 1 else None, 2 if side == 2 else None, number,
                ),
            )  # fmt: skip
            admin.execute(
                f"INSERT INTO casus.evaluation_goal SELECT e.id, e.dossier_id, %s, {who}, 1, p.id, %s FROM casus.evaluation e"
                " JOIN casus.plan_part p ON p.dossier_id = e.dossier_id AND p.kind = 20 WHERE e.public_id = %s",
                (side, side, number),
            )


def _silent(visit: Visit) -> None:
    """It lies ahead, and nobody said anything."""
    _moment(visit)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.evaluation_goal")
        admin.execute("DELETE FROM casus.evaluation_look")


def _along(visit: Visit) -> None:
    """Somebody was let in, and is asked along."""
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.access_grant WHERE scope = 5")
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, plan_parts, valid_from, valid_until, ground)"
            f" SELECT {_number(visit)}, a.person_id, 5, 5, NULL, acl.today(), acl.today() + 90, 'toestemming' FROM portaal.account a"
            " WHERE a.username = 'floor'"
        )
        admin.execute(
            "INSERT INTO casus.evaluation_person SELECT e.id, e.dossier_id, a.person_id FROM casus.evaluation e, portaal.account a"
            " WHERE e.settled_at IS NULL AND a.username = 'floor'"
        )


def _at(where: str, *steps: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        clean(visit)
        filled(visit)
        for step in steps:
            step(visit)
        before = str(uuid5(_NUMBERS, f"{visit.stage.iris} True"))
        visit.open(f"{visit.stage.iris}/plan/terugkijken{where.replace('!', before)}")

    return go


def _sent(before: Callable[[Visit], None], **words: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        before(visit)
        visit.fill(**words)
        visit.submit("main form:last-of-type button[type=submit]")

    return go


def _other_window(visit: Visit) -> None:
    """What one says is written in another window first."""
    _at("/invullen", _silent)(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, words, anchored, together_words)"
            f" SELECT e.id, e.dossier_id, 1, {_iris(visit)}, 1, 'Iris', 'portaal', 'Elders', '', '' FROM casus.evaluation e WHERE e.settled_at IS NULL"
        )
    visit.submit("main form:last-of-type button[type=submit]")


def _start(visit: Visit) -> None:
    _at("/invullen", _silent, _along)(visit)
    visit.open("/")


def _both(visit: Visit) -> None:
    _moment(visit, before=True)
    _moment(visit, pgb=True, late=True)
    _along(visit)


made("inwoner", "evaluation.show", "nothing", "iris", _at(""), "a[href$=plannen]")
made("inwoner", "evaluation.show", "planned", "iris", _at("", _silent), "a[href$=invullen]")
made("inwoner", "evaluation.show", "said", "iris", _at("", _both), ".plan-sides")
made("inwoner", "evaluation.show", "done", "iris", _at("?klaar=ingevuld", _both), DONE)
made("inwoner", "evaluation.one", "before", "iris", _at("/!", _both), ".plan-sides")
made("inwoner", "evaluation.ask_plan", "new", "iris", _at("/plannen"), "#planned_on")
made("inwoner", "evaluation.ask_plan", "errors", "iris", _sent(_at("/plannen"), planned_on="2020-01-01"), ERRORS, 422)
made("inwoner", "evaluation.ask_look", "new", "iris", _at("/invullen", _silent), "#content-0")
made("inwoner", "evaluation.ask_look", "before", "iris", _at("/invullen", _moment), "#content-0")
made("inwoner", "evaluation.ask_look", "other-window", "iris", _other_window, "[role=status], .utrecht-alert", 422)
made("inwoner", "evaluation.ask_look", "errors", "iris", _sent(_at("/invullen", _silent), words="x" * 2001), ERRORS, 422)
made("inwoner", "evaluation.ask_outcome", "ask", "iris", _at("/uitkomst", _both), "#outcome-0")
made("inwoner", "evaluation.ask_outcome", "errors", "iris", _sent(_at("/uitkomst", _both)), ERRORS, 422)
made("inwoner", "own_evaluation.ask", "who", "iris", _at("/wie", _both), "h1")
made("inwoner", "evaluation.ask_look", "asked-along", "floor", _at("/invullen", _silent, _along), "#together-0")
made("inwoner", "start.show", "asked-along", "floor", _start, "a[href$=invullen]")
made("team", "evaluation.show", "said", "femke.nas", _at("", _both), ".plan-sides")
made("team", "evaluation.one", "before", "femke.nas", _at("/!", _both), ".plan-sides")
made("team", "evaluation.ask_plan", "move", "femke.nas", _at("/plannen", _both), "#planned_on")
made("team", "evaluation.ask_look", "new", "femke.nas", _at("/invullen", _silent), "#fits-0")
made("team", "evaluation.ask_outcome", "ask", "femke.nas", _at("/uitkomst", _both), "#outcome-0")
made("team", "said_aloud.ask", "new", "femke.nas", _at("/invullen-voor-inwoner", _silent), "#way-0")
made("team", "said_aloud.ask", "errors", "femke.nas", _sent(_at("/invullen-voor-inwoner", _silent)), ERRORS, 422)
