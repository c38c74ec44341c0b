"""What changes about a person: writing it down, the second one's question, and a dossier of somebody who died."""

from collections.abc import Callable

from tests.pages.stage import STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit

_IRIS = "(SELECT d.id FROM casus.dossier d JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'iris')"
_FEMKE = "(SELECT person_id FROM portaal.account WHERE username = 'femke.nas')"


def _nothing(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.particulars_change")


def _written(kind: int = 3, **more: str) -> Callable[[Visit], None]:
    """Femke wrote it down."""

    def go(visit: Visit) -> None:
        _nothing(visit)
        columns = {1: {"died_on": "'2026-01-02'"}, 3: {"first_name": "'Sam'", "last_name": "'Smit'"}}[kind] | more
        with visit.live.admin() as admin:
            admin.execute(
                f"INSERT INTO casus.particulars_change (public_id, dossier_id, kind, proof, asked_by, asked_by_name, {', '.join(columns)})"
                f" SELECT gen_random_uuid(), {_IRIS}, {kind}, %s, {_FEMKE}, 'Femke Nas', {', '.join(columns.values())}",
                (STRANGE,),
            )

    return go


def _died(visit: Visit) -> None:
    _nothing(visit)
    with visit.live.admin() as admin:
        admin.execute(f"INSERT INTO casus.pause (dossier_id, way, began_by) VALUES ({_IRIS}, 'overleden', {_FEMKE})")
    visit._undo.callback(_lives, visit)


def _lives(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.pause WHERE way = 'overleden'")


def _at(where: str, *before: Callable[[Visit], None], dossier: bool = True) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        for one in before:
            one(visit)
        with visit.live.admin() as admin:
            found = admin.execute("SELECT public_id FROM casus.particulars_change").fetchone()
        visit.open(f"{visit.stage.iris if dossier else ''}/gegevens-wijzigen{where.format(one=found[0] if found else '')}")

    return go


def _pressed(go: Callable[[Visit], None], **words: str) -> Callable[[Visit], None]:
    def press(visit: Visit) -> None:
        go(visit)
        visit.fill(**words)
        visit.submit("main form[novalidate] button[type=submit]")

    return press


def _timeline(visit: Visit) -> None:
    _died(visit)
    visit.open(visit.stage.iris)


made("team", "particulars.show", "nothing", "femke.nas", _at("", _nothing), "main ul a")
made("team", "particulars.show", "waits", "femke.nas", _at("?klaar=gevraagd", _written()), DONE)
made("team", "particulars.show", "died", "femke.nas", _at("", _died), "#dossier-sluiten")
made("team", "timeline.show", "died", "femke.nas", _timeline, ".utrecht-alert--warning")
for _word, _field in (("naam", "#last_name"), ("stadsdeel", "#stadsdeel"), ("overleden", "#died_on")):
    made("team", "particulars.ask", _word, "femke.nas", _at(f"/{_word}", _nothing), _field)
made("team", "particulars.ask", "vergissing", "femke.nas", _at("/vergissing", _died), "#proof")
made("team", "particulars.ask", "errors", "femke.nas", _pressed(_at("/overleden", _nothing), died_on="2099-01-01"), ERRORS, 422)
made("team", "particulars.waiting", "nothing", "annelies.groothuis", _at("", _nothing, dossier=False), "h1 + p")
made("team", "particulars.waiting", "waits", "annelies.groothuis", _at("", _written(), dossier=False), "main li")
made("team", "particulars.look", "death", "annelies.groothuis", _at("/{one}", _written(1), dossier=False), "#agrees-0")
made("team", "particulars.look", "own", "femke.nas", _at("/{one}", _written(), dossier=False), "main form button")
made("team", "particulars.look", "errors", "annelies.groothuis", _pressed(_at("/{one}", _written(), dossier=False)), ERRORS, 422)


_SAM = "(SELECT person_id FROM casus.inwoner WHERE person_id <> (SELECT person_id FROM portaal.account WHERE username = 'iris') ORDER BY 1 LIMIT 1)"


def _joined(visit: Visit) -> None:
    """Iris has another dossier."""
    _nothing(visit)
    with visit.live.admin() as admin:
        admin.execute(
            f"INSERT INTO casus.same_person (person_id, main_id) SELECT {_SAM}, person_id FROM portaal.account WHERE username = 'iris'"
            " ON CONFLICT DO NOTHING"
        )
    visit._undo.callback(_parted, visit)


def _parted(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.same_person")


def _start(visit: Visit) -> None:
    _joined(visit)
    visit.open("/")


made("team", "particulars.show", "joined", "femke.nas", _at("", _joined), "#uit-elkaar")
made("team", "particulars.same", "empty", "femke.nas", _at("/zelfde", _nothing, dossier=False), "#other")
made("team", "particulars.same", "errors", "femke.nas", _pressed(_at("/zelfde", _nothing, dossier=False)), ERRORS, 422)
made("inwoner", "start.show", "another dossier", "iris", _start, "#ander-1")
