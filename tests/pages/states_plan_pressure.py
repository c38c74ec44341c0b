"""Drang and dwang beside the plan, and a copy on paper on the worklist."""

from uuid import uuid5

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.states_plan import _all_agreed, _dossier, clean, filled
from tests.pages.visit import Visit

_PAGE = "/plan/drang-of-dwang"


def _pressed(visit: Visit, *, some: bool = True) -> None:
    clean(visit)
    filled(visit)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.plan_pressure")
        for number, kind, ground, until, ended in (
            (1, 1, STRANGE, 90, False),
            (2, 2, f"De rechter {LONG_WORD}", None, False),
            (3, 1, "Voorbij", None, True),
        ):
            if some:
                admin.execute(
                    "INSERT INTO casus.plan_pressure (public_id, dossier_id, kind, ground, from_day, until_day, set_by, set_by_name, ended_at, ended_by, ended_by_name)"
                    " SELECT %s, d.id, %s, %s, acl.today() - 9, acl.today() + %s::int, a.person_id, 'Femke Nas', CASE WHEN x.ended THEN now() END,"
                    " CASE WHEN x.ended THEN a.person_id END, CASE WHEN x.ended THEN 'Femke Nas' END"
                    " FROM (SELECT %s) x (ended), casus.dossier d, portaal.account a WHERE d.public_id = %s AND a.username = 'femke.nas'",
                    (uuid5(_dossier(visit), f"pressure {number}"), kind, ground, until, ended, _dossier(visit)),
                )


def _plan(visit: Visit) -> None:
    _pressed(visit)
    visit.open(f"{visit.stage.iris}/plan")


def _some(visit: Visit) -> None:
    _pressed(visit)
    visit.open(f"{visit.stage.iris}{_PAGE}")


def _nothing(visit: Visit) -> None:
    _pressed(visit, some=False)
    visit.open(f"{visit.stage.iris}{_PAGE}")


def _wrong(visit: Visit) -> None:
    _nothing(visit)
    visit.submit("#opschrijven ~ form button")


def _ended(visit: Visit) -> None:
    _some(visit)
    visit.submit("form[action$=stoppen] button")


def _paper(visit: Visit) -> None:
    clean(visit)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.plan_pressure")
    _all_agreed(visit)
    visit.open("/")


def _given(visit: Visit) -> None:
    _paper(visit)
    visit.submit("form[action$=gegeven] button")


made("inwoner", "plan.show", "drang", "iris", _plan, "a[href$=drang-of-dwang]")
made("inwoner", "pressed.show", "some", "iris", _some, "article + article")
made("inwoner", "pressed.show", "nothing", "iris", _nothing, "h1")
made("team", "plan.show", "drang", "femke.nas", _plan, ".utrecht-alert--warning a[href$=drang-of-dwang]")
made("team", "pressed.show", "some", "femke.nas", _some, "form[action$=stoppen] button")
made("team", "pressed.show", "errors", "femke.nas", _wrong, ERRORS, 422)
made("team", "pressed.show", "ended", "femke.nas", _ended, DONE)
made("team", "start.show", "copy-on-paper", "femke.nas", _paper, "form[action$=gegeven] button")
made("team", "start.show", "copy-given", "femke.nas", _given, DONE)
