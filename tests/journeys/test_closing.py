"""Iris closes an entry for everybody but the one who is responsible. Femke finds nothing, there is danger, she reads in an emergency; Iris reads why, and
a team lead judges. In Dutch and in Arabic."""

import pytest

from tests.journeys.steps import Said, follow, heading, open_entry, press, sees, sees_not
from tests.live import Live, People

ENTRY, WHY = "Multidisciplinair overleg veiligheid", "Zij neemt niet op en haar zus belde in paniek."


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_closed_for_all_read_in_an_emergency_and_judged(live: Live, person: People, javascript: bool, language: str) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
        admin.execute(
            "UPDATE casus.assignment t SET responsible = false FROM casus.dossier d WHERE d.id = t.dossier_id AND d.public_id = %s",
            (dossier.rsplit("/", 1)[1],),
        )
    iris = person("inwoner", "iris", javascript=javascript)
    open_entry(iris, dossier, ENTRY, said)
    entry = iris.url.partition("?")[0].replace(live.urls["inwoner"], live.urls["team"])
    follow(iris, said("Wie mag deze notitie niet lezen?"))
    heading(iris, said("Notitie afsluiten"))
    press(iris, said("Notitie afsluiten"))
    sees(iris, said("Kies voor wie de notitie dicht gaat."))
    iris.locator("input[name=person][value=iedereen]").check()
    press(iris, said("Notitie afsluiten"))
    heading(iris, ENTRY)

    femke = person("team", "femke.nas", javascript=javascript)
    answer = femke.goto(entry)
    assert answer
    assert answer.status == 404
    sees_not(femke, ENTRY)
    femke.goto(dossier)
    sees(femke, "De inwoner kan delen afgesloten hebben.")
    follow(femke, "Is er direct gevaar? Lees in nood.")
    heading(femke, "Lezen in nood")
    press(femke, "Lees in nood")
    sees(femke, "Schrijf op wat het gevaar is.")
    femke.fill("#reason", WHY)
    press(femke, "Lees in nood")
    heading(femke, "Dossier van Iris Bouwman")
    femke.goto(entry)
    heading(femke, ENTRY)

    iris.goto("/")
    sees(iris, said("Iemand las in nood in uw dossier."))
    # Somebody may look over her shoulder.
    sees_not(iris, WHY)
    sees_not(iris, "Femke Nas")
    iris.goto(f"{dossier}/wie-keek-er")
    sees(iris, WHY, "Femke Nas")

    lead = person("team", "annelies.groothuis", javascript=javascript)
    lead.goto("/in-nood-gelezen")
    lead.locator("main li a").first.click()
    sees(lead, WHY)
    lead.locator("input[name=justified][value=ja]").check()
    lead.fill("#words", "Bellen ging niet.")
    press(lead, "Versturen")
    lead.wait_for_url("**/in-nood-gelezen")

    iris.goto(f"{dossier}/wie-keek-er")
    sees(iris, "Bellen ging niet.")
    open_entry(iris, dossier, ENTRY, said)
    follow(iris, said("Wie mag deze notitie niet lezen?"))
    press(iris, said("Weer openen"))
    heading(iris, ENTRY)
