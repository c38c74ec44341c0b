"""Handed over to another party: Femke proposes it, Iris chooses what goes along, somebody elsewhere opens it with a code and takes over; then our help may end."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from tests.access.planned import SOON
from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.journeys.test_plan import ARABIC, DUTCH, nothing_planned, to_plan
from tests.live import Live, People

__all__ = ["nothing_planned"]
SOMEBODY = "S. Bakker, zorgconsulent"


def propose(page: Page, live: Live) -> None:
    """From the plan: to whom, and what they need."""
    to_plan(page, live, "Iris", words="Plan van aanpak")
    follow(page, "Overdracht")
    follow(page, "Overdragen aan een ander")
    press(page, "Aan de inwoner voorleggen")
    sees(page, "Vul de organisatie in.", "Vul in wie het krijgt.")
    page.get_by_label("Langdurige zorg (Wlz)").check()
    page.get_by_label("Welke organisatie?").fill("Pluryn")
    page.get_by_label("Wie krijgt het daar?").fill(SOMEBODY)
    page.get_by_label("Waarom draagt u over?").fill("Iris heeft elke dag hulp nodig.")
    page.get_by_label("Op welke dag begint de hulp daar?").fill(SOON)
    page.get_by_label("Die stopt als de ander begonnen is").check()
    page.get_by_label("Hoe het gaat").check()
    press(page, "Aan de inwoner voorleggen")
    sees(page, "Het ligt klaar voor de inwoner.", "Wacht op de inwoner")


def choose(page: Page, said: Said, kept: str) -> None:
    """From the first page: all but one note goes along."""
    page.goto("/")
    follow(page, "Pluryn")
    sees(page, "Iris heeft elke dag hulp nodig.")
    follow(page, said("Kies wat er meegaat"))
    page.get_by_label(kept, exact=False).uncheck()
    page.get_by_label(said("Ja, dit mag mee")).check()
    press(page, said("Versturen"))
    sees(page, said("Het antwoord is bewaard. Alles wat meegaat, is ingepakt."))
    sees_not(page, kept)


def receive(page: Page, code: str, kept: str) -> None:
    """Somebody without an account fetches it and takes over."""
    page.goto("/overdracht")
    page.get_by_label("Uw code").fill("0000-0000-0000-0000")
    page.get_by_label("Uw naam en functie").fill(SOMEBODY)
    press(page, "Verder")
    sees(page, "Deze code werkt niet, of niet meer.")
    page.get_by_label("Uw code").fill(code)
    press(page, "Verder")
    heading(page, "Overdracht van Iris Bouwman")
    with page.expect_download() as coming:
        press(page, "Ophalen")
    with ZipFile(BytesIO(Path(coming.value.path()).read_bytes())) as whole:
        case = whole.read("dossier.json").decode()
        assert "notities.pdf" in whole.namelist()
    assert '"bsn":null' in case.replace(" ", "")
    assert kept not in case
    page.get_by_label("Ja").check()
    press(page, "Versturen")
    sees(page, "U neemt de hulp over.", "De inwoner ziet vanaf welke dag.")


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_handed_over_to_another_party(live: Live, person: People, javascript: bool, language: str) -> None:
    said = {"ar": ARABIC, "en": Said("en")}.get(language, DUTCH)
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    kept = str(
        live.one(
            "SELECT v.title FROM casus.entry e JOIN casus.entry_version v ON v.entry_id = e.id AND v.number = 1 JOIN casus.dossier d ON d.id = e.dossier_id"
            " JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'iris' AND e.section = 2 AND e.audience = 3"
            " AND NOT EXISTS (SELECT FROM casus.entry_version w WHERE w.entry_id = e.id AND w.number > 1) ORDER BY e.occurred_at LIMIT 1"
        )
    )
    propose(femke, live)
    choose(iris, said, kept)
    where = iris.url.split("?")[0]

    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Overdracht")
    follow(femke, "Pluryn")
    press(femke, "Maak een code")
    receive(person.visitor("inwoner", javascript=javascript), femke.locator("#overdrachtcode").inner_text(), kept)

    iris.goto(where)
    sees(iris, said("Overgenomen"), SOMEBODY, said("De hulp begint op:"))
    follow_back = where.rsplit("/overdracht", 1)[0]
    iris.goto(f"{follow_back}/wie-keek-er")
    sees(iris, SOMEBODY, said("kreeg wat u liet overdragen"))


def test_our_help_waits_until_the_other_has_taken_over(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    propose(femke, live)
    with live.admin() as admin:
        admin.execute("DELETE FROM casus.ending")
    to_plan(femke, live, "Iris", words="Plan van aanpak")
    follow(femke, "Stoppen met hulp")
    follow(femke, "Voorstellen om te stoppen")
    femke.get_by_label("Iemand anders helpt verder").check()
    femke.get_by_label("Leg uit waarom.", exact=False).fill("Pluryn helpt elke dag.")
    femke.get_by_label("Wat is de laatste dag?").fill(SOON)
    femke.get_by_label("Wie helpt daarna verder?", exact=False).fill("Pluryn")
    femke.get_by_label("U keek nog niet samen terug.", exact=False).fill("Dat doet Iris daar.")
    press(femke, "Aan de inwoner voorleggen")
    follow(femke, "De inwoner zei het op papier of mondeling")
    femke.get_by_label("Mondeling").check()
    femke.get_by_label("Ja, zo is het").check()
    press(femke, "Versturen")
    press(femke, "De hulp afronden")
    sees(femke, "De ander heeft nog niet bevestigd dat die de hulp overneemt.")
