"""Something that is better talked over first: the resident knows that it is there, and reads it when she wants."""

from playwright.sync_api import expect

from tests.journeys.steps import heading, press, sees, sees_not, write_concept
from tests.live import Live, People

TITLE = "Brief van de gemeente"
BODY = "De gemeente wil eerst nog een keer met u praten."


def test_the_resident_knows_and_reads_it_now(live: Live, person: People, javascript: bool) -> None:
    dossier = live.dossier("Iris")
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto(dossier)
    write_concept(femke, TITLE, BODY)
    femke.get_by_label("Eerst bespreken").check()
    press(femke, "Plaatsen in het dossier")
    heading(femke, TITLE)
    entry = live.one("SELECT public_id FROM casus.entry WHERE discuss_until IS NOT NULL")

    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(dossier)
    sees(iris, "Er is iets dat wij met u bespreken", "Vanaf deze dag kunt u het zelf lezen:")
    sees_not(iris, TITLE, BODY)
    assert TITLE not in iris.content()
    expect(iris.locator(".timeline__item").first).to_contain_text("Nieuwe maat")
    answer = iris.goto(f"{dossier}/notitie/{entry}")
    assert answer
    assert answer.status == 404
    heading(iris, "Deze pagina is er niet")

    iris.goto(dossier)
    press(iris, "Ik wil het nu lezen")
    heading(iris, TITLE)
    sees(iris, BODY)
    iris.goto(dossier)
    sees_not(iris, "Er is iets dat wij met u bespreken")
    sees(iris, TITLE)


def test_after_seven_days_it_opens_by_itself(live: Live, person: People) -> None:
    dossier = live.dossier("Iris")
    femke = person("team", "femke.nas", javascript=False)
    femke.goto(dossier)
    write_concept(femke, TITLE, BODY)
    femke.get_by_label("Eerst bespreken").check()
    press(femke, "Plaatsen in het dossier")
    assert 6.9 < live.one("SELECT extract(epoch FROM discuss_until - now()) / 86400 FROM casus.entry WHERE discuss_until IS NOT NULL") < 8
    with live.admin() as admin:
        admin.execute("UPDATE casus.entry SET discuss_until = now() WHERE discuss_until IS NOT NULL")
    iris = person("inwoner", "iris", javascript=False)
    iris.goto(dossier)
    sees_not(iris, "Er is iets dat wij met u bespreken")
    sees(iris, TITLE)
