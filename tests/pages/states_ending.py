"""Ending the help: proposed, answered, early, done with somebody near, before; the forms with errors; and what the team finds."""

from collections.abc import Callable
from uuid import UUID, uuid5

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.states_plan import _WORKER, _dossier, clean
from tests.pages.visit import Visit

_NUMBER = UUID("6f1d7a52-3333-4000-8000-000000000000")


def _ending(visit: Visit, **columns: str) -> None:
    """One of Iris, long of word; ``columns``: SQL."""
    values = {
        "public_id": f"'{uuid5(_NUMBER, str(columns))}'",
        "kind": "1",
        "ends_on": "acl.today() + 20",
        "reason": "%(words)s",
        "onward": "%(words)s",
        "warned": "''",
        "not_evaluated": "'Geen tijd'",
        "near_by_name": "''",
        "near_words": "''",
        "made_by": _WORKER,
        "made_by_name": f"'Femke {LONG_WORD}'",
        **columns,
    }
    with visit.live.admin() as admin:
        admin.execute(
            f"INSERT INTO casus.ending (dossier_id, {', '.join(values)}) SELECT d.id, {', '.join(values.values())} FROM casus.dossier d"
            " WHERE d.public_id = %(dossier)s",
            {"words": STRANGE, "dossier": _dossier(visit)},
        )


_ANSWERED = {"choice": "2", "words": "'Ik wilde langer hulp.'", "way": "'mondeling'", "answered_by_name": "'Femke Nas'"}
_NEAR = {"near_until": "acl.today() + 90", "near_by": _WORKER, "near_by_name": "'Femke Nas'", "near_words": "'Bel op maandag.'"}
_EARLY = {"kind": "4", "weighty": "4", "warned": "%(words)s"}


def _at(where: str, *rows: dict[str, str], to_start: bool = False) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        clean(visit)
        with visit.live.admin() as admin:
            admin.execute("DELETE FROM casus.ending")
        for row in rows:
            _ending(visit, **row)
        visit.open("/" if to_start else f"{visit.stage.iris}/stoppen-met-hulp{where}")

    return go


def _lead(where: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _at("", _EARLY, to_start=True)(visit)
        number = visit.live.one("SELECT public_id FROM casus.ending")
        visit.open(where.replace("!", str(number)))

    return go


def _sent(before: Callable[[Visit], None], **words: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        before(visit)
        visit.fill(**words)
        visit.submit("main form:last-of-type button[type=submit]")

    return go


_OVER = {"done_at": "now()", "back_at": "now()"}
made("inwoner", "ending.show", "goes-on", "iris", _at(""), "h1")
made("inwoner", "ending.show", "proposed", "iris", _at("", {}), "a[href$=antwoord]")
made("inwoner", "ending.show", "answered", "iris", _at("?klaar=antwoord", {**_EARLY, **_ANSWERED}), DONE)
made("inwoner", "ending.show", "done", "iris", _at("", {**_ANSWERED, **_NEAR, "done_at": "now()"}), "form[action$=weer-hulp]")
made("inwoner", "ending.show", "before", "iris", _at("?klaar=terug", _OVER), DONE)
made("inwoner", "own_ending.ask", "ask", "iris", _at("/antwoord", {}), "#choice-0")
made("inwoner", "own_ending.ask", "errors", "iris", _sent(_at("/antwoord", {})), ERRORS, 422)
made("inwoner", "start.show", "help-ends", "iris", _at("", {}, to_start=True), "a[href$=stoppen-met-hulp]")
made("team", "ending.show", "goes-on", "femke.nas", _at(""), "a[href$=voorstellen]")
made("team", "ending.show", "proposed", "femke.nas", _at("?klaar=wacht-op-antwoord", {}), "a[href$=opschrijven]")
made("team", "ending.show", "answered", "femke.nas", _at("", {**_ANSWERED, **_NEAR}), "button[formaction$=afronden]")
made("team", "ending_help.ask", "new", "femke.nas", _at("/voorstellen"), "#weighty-0")
made("team", "ending_help.ask", "errors", "femke.nas", _sent(_at("/voorstellen"), reason=STRANGE), ERRORS, 422)
made("team", "ending_help.ask_answer", "ask", "femke.nas", _at("/antwoord-opschrijven", {}), "#way-0")
made("team", "ending_help.waiting", "one", "annelies.groothuis", _lead("/eerder-stoppen"), "main li a")
made("team", "ending_help.look", "ask", "annelies.groothuis", _lead("/eerder-stoppen/!"), "#agrees-0")
made("team", "ending_help.look", "errors", "annelies.groothuis", _sent(_lead("/eerder-stoppen/!")), ERRORS, 422)
made("team", "start.show", "came-back", "femke.nas", _at("", {**_OVER, **_NEAR}, to_start=True), "form[action*=weer-hulp]")
