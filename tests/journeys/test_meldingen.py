"""The team and a melding: from a telephone call to help; and who waits and gets worse rises in the list."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, heading, press, sees, sees_not
from tests.live import Live, People

WORDS = "Mijn zoon is weg en ik slaap niet meer."


def _written_down(page: Page, name: str) -> str:
    """Somebody asks by telephone; gives the code that is said to them."""
    page.goto("/")
    follow(page, "Meldingen")
    follow(page, "Melding opschrijven")
    page.get_by_label("telefoon", exact=True).check()
    page.get_by_label("De vraag, in de woorden van de inwoner").fill(WORDS)
    page.get_by_label("Naam van de inwoner").fill(name)
    press(page, "Opslaan")
    heading(page, "Geef deze code aan de inwoner")
    code = page.locator("#code").inner_text()
    follow(page, "Naar de melding")
    heading(page, name)
    return code


def _with_code(page: Page, code: str) -> None:
    page.goto("/melding/code")
    page.get_by_label("Uw code").fill(code)
    page.locator("main form:has(#code) button[type=submit]").click()
    heading(page, "Wij hebben uw vraag")


def _weighed(page: Page, answer: str) -> None:
    follow(page, "Hoe dringend is het?")
    page.get_by_label(answer).check()
    press(page, "Bewaren")
    sees(page, "Uw keuze is bewaard. De tijd telt vanaf nu.")


def _names(page: Page) -> list[str]:
    page.goto("/meldingen")
    return page.locator("#meldingen tbody th a").all_inner_texts()


def test_from_a_telephone_call_to_help(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    code = _written_down(femke, "Ria Proef")
    sees(femke, WORDS)
    press(femke, "Ik zorg voor deze melding")
    sees(femke, "U zorgt nu voor deze melding.", "Femke Nas")
    _weighed(femke, "Dringend: binnen 3 werkdagen")
    assert "Ria Proef" in _names(femke)

    follow(femke, "Ria Proef")
    follow(femke, "Gesprek opschrijven")
    femke.get_by_label("Telefoon", exact=True).check()
    femke.get_by_label("Nee", exact=True).check()
    press(femke, "Bewaren")
    expect(femke.get_by_role("alert")).to_contain_text("Schrijf op waarom u de rechten nog niet heeft verteld.")
    expect(femke).to_have_title(re.compile("^Fout: "))
    femke.get_by_label("Ja", exact=True).check()
    press(femke, "Bewaren")
    sees(femke, "Het gesprek is bewaard.")

    follow(femke, "Hulp begint")
    femke.get_by_label("In een gesprek").check()
    expect(femke.get_by_label("Wat leest de inwoner?")).to_have_value(re.compile("Uw hulp is begonnen"))
    press(femke, "De hulp is begonnen")
    sees(femke, "De hulp is begonnen.")
    assert "Ria Proef" not in _names(femke)

    ria = person.visitor("inwoner", javascript=javascript)
    _with_code(ria, code)
    sees(ria, "Uw hulp is begonnen.")
    assert live.one("SELECT count(*) FROM casus.melding_read r JOIN casus.melding m ON m.id = r.melding_id WHERE m.name = 'Ria Proef'") > 0


def test_who_waits_and_gets_worse_rises(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    _written_down(femke, "Anna Spoed")
    _weighed(femke, "Spoed: binnen 3 dagen")
    code = _written_down(femke, "Wim Wacht")
    _weighed(femke, "Gewoon: eerste gesprek binnen 5 werkdagen")
    follow(femke, "Op de wachtlijst zetten")
    femke.get_by_label("2", exact=True).check()
    press(femke, "Op de wachtlijst zetten")
    sees(femke, "De inwoner staat op de wachtlijst.", "Femke Nas")
    names = _names(femke)
    assert names.index("Anna Spoed") < names.index("Wim Wacht")

    wim = person.visitor("inwoner", javascript=javascript)
    _with_code(wim, code)
    sees(wim, "U staat op onze wachtlijst.")
    wim.get_by_label("Wat is er veranderd?").fill("Ik eet niet meer.")
    press(wim, "Het gaat slechter")
    sees(wim, "Wij hebben gezien dat het slechter gaat.")

    names = _names(femke)
    assert names.index("Wim Wacht") < names.index("Anna Spoed")
    sees(femke, "Bel: het gaat slechter")
    sees_not(femke, "Ik eet niet meer.")
    follow(femke, "Wim Wacht")
    sees(femke, "De inwoner zegt: het gaat slechter. Bel nu.", "Ik eet niet meer.")
