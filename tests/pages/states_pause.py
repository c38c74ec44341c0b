"""A dossier out of sight, on both faces."""

from collections.abc import Callable

from tests.pages.states import ERRORS, made, page
from tests.pages.states_closing import DOSSIER
from tests.pages.visit import Visit


def _in_sight(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.pause")


def _open(after: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _in_sight(visit)
        visit.open(f"{visit.stage.iris}{after}")

    return go


def _away(visit: Visit) -> None:
    """Iris's dossier is out of sight, until this visit is over."""
    _in_sight(visit)
    with visit.live.admin() as admin:
        admin.execute(
            f"INSERT INTO casus.pause (dossier_id, way, began_by) SELECT id, 'portaal', inwoner_id FROM casus.dossier WHERE id = {DOSSIER}"
        )
    visit.afterwards(lambda: _in_sight(visit))


def _while_away(after: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _away(visit)
        visit.open(f"{visit.stage.iris}{after}")

    return go


def _nothing_left(visit: Visit) -> None:
    _away(visit)
    visit.open("/")


def _not_chosen(visit: Visit) -> None:
    _open("/uitzetten")(visit)
    visit.submit()


def _not_seen(visit: Visit) -> None:
    _while_away("/uitzetten")(visit)
    visit.submit()


page("inwoner", "pause.ask", "asked", "iris", lambda stage: f"{stage.iris}/uitzetten", "main form")
made("inwoner", "start.show", "out-of-sight", "iris", _nothing_left, "main > p")
made("team", "pause_for.ask", "in-sight", "femke.nas", _open("/uitzetten"), "#way")
made("team", "pause_for.ask", "out-of-sight", "femke.nas", _while_away("/uitzetten"), "#seen")
made("team", "pause_for.ask", "not-chosen", "femke.nas", _not_chosen, ERRORS, 422)
made("team", "pause_for.ask", "not-seen", "femke.nas", _not_seen, ERRORS, 422)
made("team", "timeline.show", "out-of-sight", "femke.nas", _while_away(""), ".utrecht-alert--warning")
