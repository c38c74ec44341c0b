"""A new start code for who signed in before: asked, waiting, confirmed, told."""

from collections.abc import Callable
from uuid import UUID

from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit


def _renewal(visit: Visit, decision: str | None) -> UUID:
    """Femke asked a colleague whether Iris may get a new code; without a decision it waits."""
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.sign_in_renewal")
        row = admin.execute(
            "INSERT INTO portaal.sign_in_renewal (account_id, asked_by, how, decided_at, decided_by, decision)"
            " SELECT i.id, f.person_id, 'gebeld', CASE WHEN %(how)s::text IS NOT NULL THEN now() END,"
            " CASE WHEN %(how)s::text IS NOT NULL THEN c.person_id END, %(how)s FROM portaal.account i, portaal.account f, portaal.account c"
            " WHERE i.username = 'iris' AND f.username = 'femke.nas' AND c.username = 'even.weg' RETURNING public_id",
            {"how": decision},
        ).fetchone()
    assert row
    return UUID(str(row[0]))


def _asked_colleague(decision: str | None) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        _renewal(visit, decision)
        visit.open(f"{visit.stage.iris}/inlogcode")

    return go


def _wrong_renewal(visit: Visit) -> None:
    _asked_colleague("nee")(visit)
    visit.submit("main form:has(#sure) button[type=submit]")


def _wrong_start_code(visit: Visit) -> None:
    _asked_colleague("gezien")(visit)
    visit.submit("main form:has(#way) button[type=submit]")


def _to_confirm(visit: Visit) -> None:
    visit.open(f"/inloghulp/collega/{_renewal(visit, None)}")


def _wrong_confirmation(visit: Visit) -> None:
    _to_confirm(visit)
    visit.submit()


def _list_of_colleagues(visit: Visit) -> None:
    _renewal(visit, None)
    visit.open("/inloghulp")


made("team", "door.start_code", "in-use", "femke.nas", _asked_colleague("nee"), "#sure-0")
made("team", "door.start_code", "waits", "femke.nas", _asked_colleague(None), ".utrecht-alert--info")
made("team", "door.start_code", "asked", "femke.nas", _asked_colleague("gezien"), DONE)
made("team", "door.start_code", "errors", "femke.nas", _wrong_start_code, ERRORS, 422)
made("team", "door.ask_renewal", "errors", "femke.nas", _wrong_renewal, ERRORS, 422)
made("team", "door.confirm_renewal", "asked", "dirk.kersten", _to_confirm, "#sure-0")
made("team", "door.confirm_renewal", "errors", "dirk.kersten", _wrong_confirmation, ERRORS, 422)
made("team", "door.requests", "colleague-asks", "dirk.kersten", _list_of_colleagues, "#collegas")


def _renewed(visit: Visit) -> None:
    _renewal(visit, "gezien")
    with visit.live.admin() as admin:
        admin.execute("UPDATE portaal.sign_in_renewal SET given_at = now()")
    visit.open("/")


made("inwoner", "start.show", "new-start-code", "iris", _renewed, ".utrecht-alert--warning")
