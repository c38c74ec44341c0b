"""A resident sees who read: name, role, on what ground, and what was shown. The own reading is there too, folded away."""

from playwright.sync_api import expect

from tests.journeys.steps import follow, heading, open_entry, sees
from tests.live import Live, People

ENTRY = "Nieuwe maat"


def test_a_professionals_reading_is_seen_by_the_owner(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    open_entry(femke, live.dossier("Iris"), ENTRY)

    iris = person("inwoner", "iris", javascript=javascript)
    follow(iris, "Lees mijn dossier")
    follow(iris, "Wie keek er in mijn dossier?")
    heading(iris, "Wie keek er in mijn dossier?")
    lines = iris.locator("section > ul > li")
    expect(lines).to_have_count(2)
    for line in (lines.first, lines.last):
        expect(line).to_contain_text("Femke Nas, professional")
        expect(line).to_contain_text("werkt met u: vaste professional, verantwoordelijk voor het plan")
    expect(lines.first).to_contain_text(f"Las deze notitie: {ENTRY}.")
    expect(lines.last).to_contain_text("Zag het overzicht, 20 notities.")

    own = iris.locator("section details")
    expect(own.locator("summary")).to_contain_text("U keek zelf")
    expect(own.get_by_text("Iris Bouwman").first).not_to_be_visible()
    own.locator("summary").click()
    expect(own.get_by_text("Iris Bouwman").first).to_be_visible()
    expect(own).to_contain_text("eigen dossier")

    # And from the line straight to what was read.
    lines.first.get_by_role("link", name=ENTRY).click()
    heading(iris, ENTRY)


def test_somebody_elses_reading_of_another_dossier_is_not_there(live: Live, person: People, javascript: bool) -> None:
    saskia = person("team", "saskia.derksen", javascript=javascript)
    saskia.goto(live.dossier("Samer"))
    heading(saskia, "Dossier van Samer Haddad")
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(f"{live.dossier('Iris')}/wie-keek-er")
    sees(iris, "Er heeft nog niemand gekeken.")
    iris.reload()
    # Opening the list is reading too.
    expect(iris.locator("section details summary")).to_contain_text("U keek zelf")
    expect(iris.locator("section > ul > li")).to_have_count(0)
