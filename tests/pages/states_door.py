"""A new start code for who signed in before: asked, waiting, confirmed, told. And another app."""

from collections.abc import Callable
from uuid import UUID

from portal.demo.people import PASSWORD
from tests.pages.states import DONE, ERRORS, made, page, sent
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
made("team", "door.start_code", "asked-without-how", "femke.nas", _wrong_renewal, ERRORS, 422)
made("team", "door.confirm_renewal", "asked", "dirk.kersten", _to_confirm, "#sure-0")
made("team", "door.confirm_renewal", "errors", "dirk.kersten", _wrong_confirmation, ERRORS, 422)
made("team", "door.requests", "colleague-asks", "dirk.kersten", _list_of_colleagues, "#collegas")


def _renewed(visit: Visit) -> None:
    _renewal(visit, "gezien")
    with visit.live.admin() as admin:
        admin.execute("UPDATE portaal.sign_in_renewal SET given_at = now()")
    visit.open("/")


made("inwoner", "start.show", "new-start-code", "iris", _renewed, ".utrecht-alert--warning")


# --- another app, after password and code once more


def _sure(goal: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.live.next_code("iris")
        visit.open(f"/mijn-inloggen/zeker?voor={goal}")
        visit.fill(password=PASSWORD, code=visit.page.locator("#demo-code").inner_text())
        visit.submit()

    return go


def _done_with_the_app(visit: Visit) -> None:
    _sure("app")(visit)
    visit.open("/mijn-inloggen/kaart?klaar=app")


def _card_made(visit: Visit) -> None:
    _sure("kaart")(visit)
    visit.submit()


def _wrong_app_code(visit: Visit) -> None:
    _sure("app")(visit)
    visit.fill(code="000000")
    visit.submit()


page("inwoner", "own_sign_in.make_sure", "asked", "iris", "/mijn-inloggen/zeker?voor=app", "#password")
sent("inwoner", "own_sign_in.make_sure", "errors", "iris", "/mijn-inloggen/zeker?voor=kaart")
made("inwoner", "own_sign_in.new_app", "asked", "iris", _sure("app"), "#code")
made("inwoner", "own_sign_in.new_app", "errors", "iris", _wrong_app_code, ERRORS, 422)
made("inwoner", "own_sign_in.card", "asked", "iris", _sure("kaart"), "main form")
made("inwoner", "own_sign_in.card", "after-the-app", "iris", _done_with_the_app, DONE)
made("inwoner", "own_sign_in.card", "made", "iris", _card_made, "#codes", 200)
