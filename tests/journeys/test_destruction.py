"""Iris wants an old note gone for good. She chooses it, looks once more and asks. Femke sees her whole answer before it is sent; then nobody can read the note."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_note_is_asked_for_answered_and_gone(live: Live, person: People, javascript: bool, language: str) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(dossier)
    follow(iris, said("Notities laten wissen"))
    heading(iris, said("Notities laten wissen"))
    sees(iris, said("Gewist is weg: ook u kunt het daarna niet meer lezen."))
    iris.locator("main a[href$='/wissen/kiezen']").click()
    heading(iris, said("Kies wat weg moet"))
    iris.locator("nav.years a").last.click()
    expect(iris.locator("nav.years a").last).to_have_attribute("aria-current", "true")
    titles = [iris.locator("main .choice label bdi").nth(place).inner_text() for place in (0, 1)]
    for place in (0, 1):
        iris.locator("main [name=notitie]").nth(place).check()
    press(iris, said("Verder"))
    heading(iris, said("Weet u het zeker?"))
    sees(iris, *titles)
    press(iris, said("Ja, vraag dit"))
    sees(iris, said("Wij hebben uw vraag."), *titles)

    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto("/vragen")
    follow(femke, "Iris Bouwman: 2 notities")
    heading(femke, "Wat moet blijven?")
    femke.get_by_role("checkbox", name=titles[1], exact=True).check()
    press(femke, "Verder")
    heading(femke, "Waarom moet het blijven?")
    press(femke, "Bekijk het hele antwoord")
    sees(femke, "Kies waarom het moet blijven.", "Schrijf op waarom het moet blijven.")
    femke.get_by_role("radio").first.check()
    femke.get_by_label("Leg het uit in gewone woorden").fill("Uw buurvrouw heeft dit nodig.")
    press(femke, "Bekijk het hele antwoord")
    sees(femke, "Er is nog niets gewist.", "Dit wissen wij voor altijd", "Uw buurvrouw heeft dit nodig.")
    assert live.one("SELECT count(*) FROM casus.destruction_item WHERE outcome IS NOT NULL") == 0
    press(femke, "Wis en verstuur het antwoord")
    expect(femke).to_have_url(re.compile("/vragen"))

    iris.reload()
    sees(iris, said("Dit is gewist"), said("Dit blijft staan"), "Uw buurvrouw heeft dit nodig.", titles[1])
    sees_not(iris, titles[0])
    for page in (iris, femke):
        page.goto(dossier)
        sees_not(page, titles[0])
    assert live.one("SELECT count(*) FROM casus.entry_version WHERE title = %s", titles[0]) == 0


def test_the_plan_is_asked_for_kept_asked_again_and_gone(live: Live, person: People, javascript: bool) -> None:
    said, dossier = Said("nl"), live.dossier("Iris")
    iris = person("inwoner", "iris", javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    words = live.one("SELECT t.body FROM casus.plan_text t JOIN casus.plan_part p ON p.id = t.part_id JOIN casus.dossier d ON d.id = p.dossier_id"
                     " WHERE p.kind = 20 AND NOT t.dropped AND d.public_id = %s ORDER BY t.part_id LIMIT 1", dossier.rsplit("/", 1)[1])  # fmt: skip
    for again in (False, True):
        iris.goto(f"{dossier}/wissen")
        follow(iris, said("Mijn plan laten wissen"))
        sees(iris, said("U vraagt ons uw hele plan te wissen."))
        press(iris, said("Ja, vraag dit"))
        sees(iris, said("Wij hebben uw vraag."), said("Uw plan"))
        femke.goto("/vragen")
        follow(femke, "Iris Bouwman")
        heading(femke, "Mag het plan weg?")
        press(femke, "Verstuur het antwoord")
        sees(femke, "Kies een antwoord.")
        if not again:
            femke.get_by_label("Een wet zegt dat het moet blijven").check()
            femke.get_by_label("Leg het uit in gewone woorden", exact=False).fill("De rechter leest het nog.")
        else:
            femke.get_by_label("Het plan wissen").check()
            femke.get_by_label("Ik weet zeker dat het plan weg mag.").check()
        press(femke, "Verstuur het antwoord")
        expect(femke).to_have_url(re.compile("/vragen"))
        iris.goto(f"{dossier}/wissen")
        sees(iris, *(["De rechter leest het nog.", "Uw plan blijft staan."] if not again else ["Uw plan is gewist op:"]))
        iris.goto(f"{dossier}/plan")
        (sees_not if again else sees)(iris, words)
    assert live.one("SELECT count(*) FROM casus.plan_text WHERE body = %s", words) == 0
    sees(iris, said("Nieuw doel"))
