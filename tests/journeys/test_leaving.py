"""A member of staff leaves while signed in, with a text half written: from that moment everything is closed to them."""

from playwright.sync_api import Page, expect

from portal.demo.people import PASSWORD
from tests.journeys.steps import follow, heading, press, sees, sees_not, write_concept
from tests.live import Live, People

BODY = "Deze tekst is nog niet klaar."


def _send_away(page: Page, name: str) -> None:
    follow(page, "Medewerkers")
    follow(page, name)
    follow(page, "Uit dienst melden")
    heading(page, "Gaat deze medewerker uit dienst?")
    sees(page, name)
    press(page, "Ja, uit dienst vanaf vandaag")
    sees(page, "De medewerker is uit dienst. Alle toegang is gestopt.", "Uit dienst in het afgelopen jaar")


def test_who_leaves_is_out_at_the_next_click(live: Live, person: People, javascript: bool) -> None:
    """Told by the team lead with script, by the administrator without."""
    who = "annelies.groothuis" if javascript else "anouk.sanders"
    femke = person("team", "femke.nas", javascript=javascript)
    dossier = live.dossier("Iris")
    femke.goto(dossier)
    write_concept(femke, "Half af", BODY)
    press(femke, "Bewaren als concept")
    sees(femke, "Uw concept is bewaard.")
    femke.get_by_label("Tekst").fill(f"{BODY} Er komt nog wat bij.")

    boss = person("team", who, javascript=javascript)
    _send_away(boss, "Femke Nas")
    sees(boss, "Concepten van wie weg is", "1 concept")
    sees_not(boss, BODY)

    press(femke, "Bewaren als concept")
    heading(femke, "Inloggen")
    sees(femke, "U bent niet meer ingelogd. Log opnieuw in.")
    # Nothing is promised that nobody could ever get: this account will not sign in again.
    sees_not(femke, "Uw tekst is bewaard")
    assert live.rows("SELECT FROM portaal.typed_text") == []

    live.next_code("femke.nas")
    femke.fill("#login", "femke.nas")
    femke.fill("#password", PASSWORD)
    press(femke, "Verder")
    expect(femke.get_by_role("alert")).to_contain_text("Deze naam en dit wachtwoord horen niet bij elkaar.")
    for closed in (dossier, "/"):
        femke.goto(closed)
        heading(femke, "Inloggen")

    # For the resident it shows: she reads who can see her dossier now, and what was written stays.
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(dossier)
    follow(iris, "Nieuwe maat")
    readers = iris.get_by_role("region", name="Wie kan dit zien?")
    expect(readers).to_contain_text("Dirk Kersten")
    expect(readers).not_to_contain_text("Femke Nas")
    sees(iris, "Gesprek van Femke Nas")
