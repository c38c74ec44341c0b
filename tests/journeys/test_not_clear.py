"""A resident doesn't understand a text: it is explained, isn't clear yet, and is explained again. In Dutch and in Arabic."""

import pytest

from tests.journeys.steps import Said, follow, heading, press, sees
from tests.journeys.test_not_right import resident
from tests.live import Live, People

ENTRY = "Overdracht vanuit Veilig Thuis, screening"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_text_is_explained_until_it_is_clear(live: Live, person: People, javascript: bool, language: str) -> None:
    said = Said(language)
    iris = resident(person, said, javascript=javascript)
    femke = person("team", "femke.nas", javascript=javascript)
    iris.goto(live.entry(ENTRY))
    follow(iris, said("Ik snap dit niet"))
    for question, explained in (("Wat is screening?", "Dan kijken wij wat er speelt."), ("Wie kijkt dan?", "Dat doe ik zelf.")):
        heading(iris, said("Ik snap dit niet"))
        iris.get_by_label(said("Wat wilt u weten?")).fill(question)
        press(iris, said("Vraag versturen"))
        sees(iris, said("Wij kregen uw vraag."), question)
        where = iris.url

        femke.goto("/vragen")
        femke.get_by_role("link", name="Iris Bouwman").first.click()
        sees(femke, question)
        femke.get_by_label("Uw uitleg").fill(explained)
        press(femke, "Antwoord versturen")

        iris.goto(where.partition("?")[0])
        sees(iris, explained)
        if question == "Wat is screening?":
            follow(iris, said("Ik snap het nog niet: vraag opnieuw"))
    press(iris, said("Nu snap ik het"))
    sees(iris, said("Nu is het duidelijk"))

    femke.goto(live.entry(ENTRY))
    sees(femke, "Wat is screening?", "Dan kijken wij wat er speelt.", "Wie kijkt dan?", "Dat doe ik zelf.", "Nu is het duidelijk")
