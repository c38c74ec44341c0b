"""A resident reads, reacts, thinks better of it, and takes the reaction back. Nothing that was written is lost."""

import re

from playwright.sync_api import expect

from tests.journeys.steps import follow, heading, open_entry, press, sees, sees_not
from tests.live import Live, People

ENTRY = "Terug van vakantie"
FIRST = "Ik sliep de eerste nacht al goed. Dat staat er niet."
SECOND = "Ik sliep de tweede nacht al goed."
DATED = re.compile(r"20\d\d om \d\d\.\d\d uur")


def test_a_reaction_is_written_changed_and_taken_back(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    heading(iris, "Welkom")
    follow(iris, "Lees mijn dossier")
    heading(iris, "Mijn dossier")
    follow(iris, ENTRY)
    sees(iris, "Er zijn nog geen reacties.", "Wie kan dit zien?")

    iris.get_by_label("Uw reactie").fill(FIRST)
    iris.get_by_label("Ik en mijn hulpverleners").check()
    press(iris, "Reactie bewaren")
    sees(iris, "Uw reactie staat erbij.", FIRST, "Ik en mijn hulpverleners")

    femke = person("team", "femke.nas", javascript=javascript)
    open_entry(femke, live.dossier("Iris"), ENTRY)
    sees(femke, FIRST, "Reactie van Iris Bouwman")

    follow(iris, "Reactie veranderen")
    expect(iris.get_by_label("Uw reactie")).to_have_value(FIRST)
    iris.get_by_label("Uw reactie").fill(SECOND)
    press(iris, "Reactie bewaren")
    sees(iris, "Uw reactie is veranderd.", SECOND)
    earlier = iris.get_by_role("article").filter(has=iris.get_by_text("Lees wat u eerst schreef")).last.locator("details")
    expect(earlier.get_by_text(FIRST)).not_to_be_visible()
    earlier.locator("summary").click()
    expect(earlier.get_by_text(FIRST)).to_be_visible()
    expect(earlier).to_contain_text(DATED)

    femke.reload()
    sees(femke, SECOND)
    sees_not(femke, FIRST)

    follow(iris, "Reactie intrekken")
    heading(iris, "Wilt u uw reactie intrekken?")
    sees(iris, SECOND)
    press(iris, "Ja, intrekken")
    sees(iris, "Uw reactie is ingetrokken.", "Ingetrokken op:")
    mine = iris.get_by_role("article").filter(has=iris.get_by_text("Ingetrokken op:")).last
    mine.locator("summary").click()
    for text in (FIRST, SECOND):
        expect(mine.get_by_text(text)).to_be_visible()

    femke.reload()
    sees(femke, "Ingetrokken op:")
    sees_not(femke, FIRST, SECOND)


def test_what_one_changed_ones_mind_about_stays(person: People, javascript: bool) -> None:
    """The question before withdrawing can be answered with no."""
    iris = person("inwoner", "iris", javascript=javascript)
    follow(iris, "Lees mijn dossier")
    follow(iris, ENTRY)
    iris.get_by_label("Uw reactie").fill(FIRST)
    iris.get_by_label("Alleen ik").check()
    press(iris, "Reactie bewaren")
    follow(iris, "Reactie intrekken")
    follow(iris, "Nee, laat staan")
    sees(iris, FIRST)
    sees_not(iris, "Ingetrokken op:")


def test_a_reaction_for_oneself_is_read_by_nobody_else(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    open_entry(iris, live.dossier("Iris"), ENTRY)
    iris.get_by_label("Uw reactie").fill(FIRST)
    iris.get_by_label("Alleen ik").check()
    press(iris, "Reactie bewaren")
    sees(iris, FIRST)
    femke = person("team", "femke.nas", javascript=javascript)
    open_entry(femke, live.dossier("Iris"), ENTRY)
    sees_not(femke, FIRST)
    sees(femke, "Er zijn nog geen reacties.")
