"""How an inwoner wants to be told."""

from collections.abc import Callable

from tests.pages.states import DONE, ERRORS, made
from tests.pages.states_closing import DOSSIER
from tests.pages.visit import Visit


def _open(email: str | None = None, *, street: bool = True) -> Callable[[Visit], None]:
    """Iris with this mail address, and a place where letters come or not."""

    def go(visit: Visit) -> None:
        inwoner = f"(SELECT inwoner_id FROM casus.dossier WHERE id = {DOSSIER})"
        with visit.live.admin() as admin:
            before = admin.execute(f"SELECT email FROM portaal.account WHERE face = 'inwoner' AND person_id = {inwoner}").fetchone()
            admin.execute(f"UPDATE portaal.account SET email = %s WHERE face = 'inwoner' AND person_id = {inwoner}", (email,))
            admin.execute(f"UPDATE casus.address SET protected = %s WHERE person_id = {inwoner}", (not street,))

        def back() -> None:
            with visit.live.admin() as admin:
                admin.execute(f"UPDATE portaal.account SET email = %s WHERE face = 'inwoner' AND person_id = {inwoner}", before)
                admin.execute(f"UPDATE casus.address SET protected = false WHERE person_id = {inwoner}")
                admin.execute("DELETE FROM portaal.notice_choice")

        visit.afterwards(back)
        visit.open(f"{visit.stage.iris}/berichtgeving")

    return go


def _kept(visit: Visit) -> None:
    _open("iris@voorbeeld.nl")(visit)
    visit.submit()


def _not_chosen(visit: Visit) -> None:
    _open(street=False)(visit)
    visit.page.evaluate("document.querySelectorAll('main [type=radio]').forEach(one => { one.checked = false })")
    visit.submit()


made("inwoner", "notices.choose", "every-way", "iris", _open("iris@voorbeeld.nl"), "#nieuw")
made("inwoner", "notices.choose", "no-mail", "iris", _open(), "a[href$='/mijn-inloggen']")
made("inwoner", "notices.choose", "kept", "iris", _kept, DONE)
made("inwoner", "notices.choose", "not-chosen", "iris", _not_chosen, ERRORS, 422)
