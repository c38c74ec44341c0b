"""Notes that an inwoner has deleted: choosing, looking once more, the question in each of its stands; and the answer of the team."""

from collections.abc import Callable

from tests.pages.stage import LONG_WORD
from tests.pages.states import DONE, ERRORS, made, page
from tests.pages.visit import Visit

_PERSON = "(SELECT person_id FROM portaal.account WHERE username = '{}')"
_QUESTION = "00000000-0000-4000-8000-0000000de570"


def _clean(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.destruction_item")
        admin.execute("DELETE FROM casus.destruction")


def _asked(visit: Visit, *outcomes: str, ago: str = "1 day") -> None:
    """Iris asked about some entries; ``outcomes``: what became of each, as SQL."""
    _clean(visit)
    dossier = visit.stage.iris.rsplit("/", 1)[1]
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.destruction (public_id, dossier_id, asked_by, asked_at)"
            f" SELECT %s, id, inwoner_id, now() - interval '{ago}' FROM casus.dossier WHERE public_id = %s",
            (_QUESTION, dossier),
        )
        for place, outcome in enumerate(outcomes):
            reason = f"'Dit gaat ook over iemand anders. {LONG_WORD}'" if outcome in "23" else "NULL"
            decided = "NULL, NULL" if outcome == "NULL" else f"now(), {_PERSON.format('femke.nas')}"
            admin.execute(
                "INSERT INTO casus.destruction_item (destruction_id, entry_id, dossier_id, outcome, reason, decided_at, decided_by)"
                f" SELECT q.id, e.id, q.dossier_id, {outcome}, {reason}, {decided} FROM casus.destruction q, (SELECT e.id FROM casus.entry e"
                " JOIN casus.dossier d ON d.id = e.dossier_id WHERE d.public_id = %s AND e.audience = 3 AND e.kind <> 11 AND e.discuss_until IS NULL"
                " AND e.author_id IN (SELECT person_id FROM casus.staff) AND NOT EXISTS (SELECT FROM casus.closure c WHERE c.entry_id = e.id)"
                " AND e.public_id <> %s ORDER BY e.id OFFSET %s LIMIT 1) e",
                (dossier, visit.stage.quiet.rsplit("/", 1)[1], place),
            )


def _after(
    *outcomes: str, address: str = f"/wissen/{_QUESTION}", ago: str = "1 day", then: Callable[[Visit], None] | None = None
) -> Callable[[Visit], None]:
    """The page after this was asked, or after nothing was; and then nothing is asked."""

    def go(visit: Visit) -> None:
        try:
            _asked(visit, *outcomes, ago=ago) if outcomes else _clean(visit)
            visit.open(address if address == "/vragen" else visit.stage.iris + address)
            if then is not None:
                then(visit)
        finally:
            _clean(visit)

    return go


def _chosen(visit: Visit) -> None:
    visit.page.locator("input[name=notitie]").first.check()
    visit.submit("form[action$=nakijken] button")


def _nothing_chosen(visit: Visit) -> None:
    visit.submit("form[action$=nakijken] button")


def _kept(visit: Visit) -> None:
    visit.page.locator("input[name=keep]").first.check()
    visit.submit("form[action$=redenen] button")


_ON = "form[action$=nakijken] button:not([name])"


def _no_ground(visit: Visit) -> None:
    _kept(visit)
    visit.submit(_ON)


def _whole_answer(visit: Visit) -> None:
    _kept(visit)
    visit.page.locator("input[type=radio]").first.check()
    visit.page.locator("textarea").first.fill(f"Dit gaat ook over iemand anders. {LONG_WORD}")
    visit.submit(_ON)


def _language(visit: Visit) -> None:
    _kept(visit)
    visit.page.locator("textarea").first.fill("Indien u wilt, bellen wij. Uw vraag wordt door het team behandeld.")
    visit.submit("button[value=taal]")


def _changed(visit: Visit) -> None:
    """A colleague answered a part of it in the meantime."""
    _whole_answer(visit)
    with visit.live.admin() as admin:
        admin.execute(
            f"UPDATE casus.destruction_item SET outcome = 2, reason = 'x', decided_at = now(), decided_by = {_PERSON.format('femke.nas')}"
            " WHERE entry_id = (SELECT id FROM casus.entry WHERE public_id = %s)",
            (visit.page.locator("input[name=weg]").last.get_attribute("value"),),
        )
    visit.submit("form[action$=versturen] button")


made("inwoner", "destruction.overview", "nothing", "iris", _after(address="/wissen"), "h1")
made("inwoner", "destruction.overview", "asked", "iris", _after("NULL", "1", address="/wissen"), "#gevraagd")
made("inwoner", "destruction.choose", "asked", "iris", _after("NULL", address="/wissen/kiezen"), "#kies")
page("inwoner", "destruction.everything", "asked", "iris", lambda stage: f"{stage.iris}/wissen/alles", "form button")
made("inwoner", "destruction.choose", "chosen", "iris", _after(address="/wissen/kiezen", then=_chosen), "form[action$=wissen] button")
made("inwoner", "destruction.choose", "errors", "iris", _after(address="/wissen/kiezen", then=_nothing_chosen), ERRORS, 422)
made("inwoner", "destruction.show", "received", "iris", _after("NULL", address=f"/wissen/{_QUESTION}?klaar=gevraagd"), DONE)
made("inwoner", "destruction.show", "answered", "iris", _after("1", "2", "3"), "#blijft")
made("inwoner", "destruction.show", "taken-back", "iris", _after("0"), "h1")
made("team", "answering.overview", "to-delete", "femke.nas", _after("NULL", address="/vragen", ago="2 months"), "main li a")
made("team", "destroying.show", "asked", "femke.nas", _after("NULL", "NULL"), "#keep-0")
made("team", "destroying.show", "grounds", "femke.nas", _after("NULL", "NULL", then=_kept), "textarea")
made("team", "destroying.show", "language", "femke.nas", _after("NULL", "NULL", then=_language), ".meter mark")
made("team", "destroying.show", "errors", "femke.nas", _after("NULL", "NULL", then=_no_ground), ERRORS, 422)
made("team", "destroying.show", "whole-answer", "femke.nas", _after("NULL", "NULL", then=_whole_answer), "#blijft")
made("team", "destroying.show", "changed", "femke.nas", _after("NULL", "NULL", "NULL", then=_changed), ERRORS, 422)


def _plan(outcome: str = "NULL", address: str = "/wissen") -> Callable[[Visit], None]:
    """Iris asked to have her plan deleted; ``outcome``: what became of it, as SQL."""

    def go(visit: Visit) -> None:
        dossier = visit.stage.iris.rsplit("/", 1)[1]
        reason = f"'Dit gaat ook over iemand anders. {LONG_WORD}'" if outcome in "23" else "NULL"
        decided = "NULL, NULL" if outcome == "NULL" else f"now(), {_PERSON.format('femke.nas')}"
        with visit.live.admin() as admin:
            admin.execute("DELETE FROM casus.plan_destruction")
            if outcome != "none":
                admin.execute(
                    "INSERT INTO casus.plan_destruction (public_id, dossier_id, asked_by, outcome, reason, decided_at, decided_by)"
                    f" SELECT %s, id, inwoner_id, {outcome}, {reason}, {decided} FROM casus.dossier WHERE public_id = %s",
                    (_QUESTION, dossier),
                )
        visit.open(address if address == "/vragen" else visit.stage.iris + address)
        with visit.live.admin() as admin:
            admin.execute("DELETE FROM casus.plan_destruction")

    return go


def _plan_unsure(visit: Visit) -> None:
    _plan(address=f"/plan-wissen/{_QUESTION}")(visit)
    dossier = visit.stage.iris.rsplit("/", 1)[1]
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.plan_destruction (public_id, dossier_id, asked_by) SELECT %s, id, inwoner_id FROM casus.dossier WHERE public_id = %s",
            (_QUESTION, dossier),
        )
    visit.page.check("#outcome-0")
    visit.submit("main form button[type=submit]")
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.plan_destruction")


made("inwoner", "destruction.overview", "plan-asked", "iris", _plan(address="/wissen?klaar=plan"), "form[action$=terug]")
made("inwoner", "destruction.overview", "plan-gone", "iris", _plan("1"), "#uw-plan")
made("inwoner", "destruction.overview", "plan-stays", "iris", _plan("2"), "#uw-plan")
page("inwoner", "destruction.plan", "sure", "iris", lambda stage: f"{stage.iris}/wissen/plan", "form button")
made("team", "answering.overview", "plan-to-delete", "femke.nas", _plan(address="/vragen"), "main li a")
made("team", "destroying_plan.show_plan", "asked", "femke.nas", _plan(address=f"/plan-wissen/{_QUESTION}"), "#outcome-0")
made("team", "destroying_plan.show_plan", "errors", "femke.nas", _plan_unsure, ERRORS, 422)
