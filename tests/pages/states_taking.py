"""Taking the dossier along: not asked yet, waiting, on its way, ready, gone wrong."""

from collections.abc import Callable

from tests.pages.states import made, page
from tests.pages.visit import Visit

_DOSSIER = "SELECT d.id FROM casus.dossier d JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'iris'"


def _copy(columns: str = "", values: str = "") -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        with visit.live.admin() as admin:
            admin.execute("DELETE FROM portaal.taking")
            if columns:
                admin.execute(
                    f"INSERT INTO portaal.taking (dossier_id, language, {columns}) SELECT d.id, 'nl', {values} FROM ({_DOSSIER}) d"
                )
        visit.open(f"{visit.stage.iris}/meenemen")

    return go


page("inwoner", "taking.show", "too-long", "iris", lambda stage: f"{stage.iris}/meenemen?lang=1", ".utrecht-alert--info")
made("inwoner", "taking.show", "nothing", "iris", _copy(), "#kopie-vragen")
made("inwoner", "taking.show", "waits", "iris", _copy("asked_at", "now()"), "#stand form")
made("inwoner", "taking.show", "on-its-way", "iris", _copy("begun_at, done, total", "now(), 400, 4000"), "progress")
made("inwoner", "taking.show", "ready", "iris", _copy("begun_at, made_at", "now(), now()"), "#kopie-ophalen")
made("inwoner", "taking.show", "went-wrong", "iris", _copy("begun_at, failed_at", "now(), now()"), "#stand .utrecht-alert--warning")
