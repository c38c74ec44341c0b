"""Remarks beside the plan: none, some, taken back and answered; for the inwoner, for the team, and for who is invited to think along."""

from uuid import uuid5

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.states_plan import _dossier, _part, clean, filled
from tests.pages.visit import Visit

_PAGE = "/plan/opmerkingen/{}"


def _cleaned(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.plan_remark")
        admin.execute("DELETE FROM casus.access_grant WHERE scope = 5")
    clean(visit)
    filled(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, valid_from, valid_until, ground, confirmed_at)"
            " SELECT d.id, a.person_id, 5, 2, acl.today() - 3, acl.today() + 90, 'toestemming', now() FROM casus.dossier d, portaal.account a"
            " WHERE d.public_id = %s AND a.username = 'floor'",
            (_dossier(visit),),
        )


def _said(visit: Visit) -> None:
    _cleaned(visit)
    with visit.live.admin() as admin:
        for number, body, withdrawn, answer in (
            (1, STRANGE, False, None),
            (2, f"Kan dit later? {LONG_WORD}", False, STRANGE),
            (3, "Laat maar.", True, None),
        ):
            admin.execute(
                "INSERT INTO casus.plan_remark (public_id, dossier_id, part_id, body, author_id, author_name, withdrawn_at, seen_at, seen_by, seen_name, answer)"
                " SELECT %s, p.dossier_id, p.id, %s, a.person_id, 'Floor Bouwman', CASE WHEN %s THEN now() END, CASE WHEN x.answer IS NOT NULL THEN now() END,"
                " CASE WHEN x.answer IS NOT NULL THEN d.inwoner_id END, CASE WHEN x.answer IS NOT NULL THEN 'Iris Bouwman' END, coalesce(x.answer, '')"
                " FROM (SELECT %s::text) x (answer), casus.plan_part p JOIN casus.dossier d ON d.id = p.dossier_id, portaal.account a"
                " WHERE p.public_id = %s AND a.username = 'floor'",
                (uuid5(_dossier(visit), f"remark {number}"), body, withdrawn, answer, _part(visit, 6)),
            )


def _at(where: str, *, said: bool = True):  # type: ignore[no-untyped-def]
    def go(visit: Visit) -> None:
        (_said if said else _cleaned)(visit)
        visit.open(where if where == "/" else f"{visit.stage.iris}{where.format(_part(visit, 6))}")

    return go


def _sent(button: str, *, said: bool = True, **words: str):  # type: ignore[no-untyped-def]
    def go(visit: Visit) -> None:
        _at(_PAGE, said=said)(visit)
        visit.fill(**words)
        visit.submit(button)

    return go


_SAY, _READ = "#zeggen ~ form button", "form[action$=gelezen] button"
made("inwoner", "plan.show", "remarks", "iris", _at("/plan"), "a[href*=opmerkingen] + .utrecht-data-badge")
made("inwoner", "start.show", "remarks", "iris", _at("/"), "a[href$=plan] ")
made("inwoner", "remarks.show", "nothing", "iris", _at(_PAGE, said=False), "#deel")
made("inwoner", "remarks.show", "some", "iris", _at(_PAGE), "form[action$=gelezen] textarea")
made("inwoner", "remarks.show", "read", "iris", _sent(_READ), DONE)
made("inwoner", "plan.show", "thinks-along", "floor", _at("/plan"), "a[href*=opmerkingen]")
made("inwoner", "remarks.show", "own", "floor", _at(_PAGE), "form[action$=intrekken] button")
made("inwoner", "remarks.show", "errors", "floor", _sent(_SAY, said=False), ERRORS, 422)
made("inwoner", "remarks.show", "said", "floor", _sent(_SAY, said=False, body=STRANGE), DONE)
made("team", "remarks.show", "some", "femke.nas", _at(_PAGE), "form[action$=gelezen] textarea")
