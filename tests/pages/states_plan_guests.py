"""Inviting somebody into the plan: the questions, the look, the code; who is in it; and what who was invited sees, and how they stop."""

from collections.abc import Callable

from tests.pages.stage import STRANGE
from tests.pages.states import ERRORS, made
from tests.pages.states_plan import clean, filled
from tests.pages.visit import Visit


def _guest(visit: Visit, role: int = 4) -> None:
    """Floor is in the plan of Iris besides what she reads; with an action."""
    clean(visit)
    filled(visit)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.access_grant WHERE scope = 5")
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, plan_parts, valid_from, valid_until, ground, relation)"
            " SELECT d.id, a.person_id, 5, %s, '{}', acl.today(), acl.today() + 90, 'toestemming', %s FROM casus.dossier d, portaal.account a"
            " WHERE %s LIKE '%%' || d.public_id AND a.username = 'floor'",
            (role, STRANGE[:80], visit.stage.iris),
        )
        admin.execute(
            "UPDATE casus.plan_text t SET holder_id = a.person_id FROM portaal.account a, casus.plan_part p"
            " WHERE a.username = 'floor' AND p.id = t.part_id AND p.kind = 21"
        )


def _at(path: str, role: int = 4) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _guest(visit, role)
        visit.open(path if path == "/" else f"{visit.stage.iris}{path}")

    return go


def _floor(path: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _guest(visit)
        found = visit.live.one(
            "SELECT p.public_id FROM casus.person p JOIN portaal.account a ON a.person_id = p.id WHERE a.username = 'floor'"
        )
        visit.open(f"{visit.stage.iris}/wie-mag-wat-zien/{found}{path}")

    return go


def _onward(visit: Visit) -> None:
    visit.submit("main form[method=post] button[name=naar]")


def _who(visit: Visit) -> None:
    clean(visit)
    filled(visit)
    visit.open(f"{visit.stage.iris}/wie-mag-wat-zien/plan")


def _what(visit: Visit) -> None:
    _who(visit)
    visit.page.check("#who input[value=nieuw]")
    visit.fill(first_name="Sara", last_name="de Zus", said="mijn zus")
    _onward(visit)


def _until(visit: Visit) -> None:
    _what(visit)
    visit.page.check("#role input[value='1']")
    for box in visit.page.locator("#parts input").all():
        box.check()
    _onward(visit)


def _then(*steps: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        for step in steps:
            step(visit)

    return go


made("inwoner", "plan_guest.invite", "who", "iris", _who, "#who-1")
made("inwoner", "plan_guest.invite", "who-errors", "iris", _then(_who, _onward), ERRORS, 422)
made("inwoner", "plan_guest.invite", "what", "iris", _what, "#parts")
made("inwoner", "plan_guest.invite", "what-errors", "iris", _then(_what, _onward), ERRORS, 422)
made("inwoner", "plan_guest.invite", "until", "iris", _until, "#language")
made("inwoner", "plan_guest.invite", "look", "iris", _then(_until, _onward), "button[value=doe]")
made("inwoner", "plan_guest.invite", "code", "iris", _then(_until, _onward, _onward), "#startcode")
made("inwoner", "plan_guest.change", "what", "iris", _floor("/plan"), "#role")
made("inwoner", "plan_guest.change", "look", "iris", _then(_floor("/plan"), _onward, _onward), "button[value=doe]")
made("inwoner", "sharing.person", "in-the-plan-too", "iris", _floor(""), "a[href$='/plan']")
made("inwoner", "plan.show", "with-people", "iris", _at("/plan"), "#mensen")
made("inwoner", "plan.show", "invited", "floor", _at("/plan"), "a[href$=niet-meer-meekijken]")
made("inwoner", "plan.show", "writes-along", "floor", _at("/plan", 3), "a[href*='/actie/']")
made("inwoner", "start.show", "my-steps", "floor", _at("/"), ".plan-actions")
made("inwoner", "plan_guest.leave", "asked", "floor", _at("/niet-meer-meekijken"), "#inhoud form")
