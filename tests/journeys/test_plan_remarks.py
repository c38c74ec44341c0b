"""Floor thinks along: she says something beside a goal, Iris reads it and says something back."""

import pytest

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People

GOAL, SAID, BACK = "Mijn administratie op orde", "Zullen wij op zondag beginnen?", "Ja, om twee uur"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_sister_says_something_and_reads_what_is_said_back(live: Live, person: People, javascript: bool, language: str) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username IN ('iris', 'floor')", (language,))
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, valid_from, valid_until, ground, confirmed_at)"
            " SELECT d.id, a.person_id, 5, 2, acl.today() - 1, acl.today() + 30, 'toestemming', now() FROM casus.dossier d"
            " JOIN portaal.account o ON o.person_id = d.inwoner_id AND o.username = 'iris', portaal.account a WHERE a.username = 'floor'"
        )
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(f"{dossier}/plan/doel")
    iris.fill("#body", GOAL)
    press(iris, said("Bewaren"))
    floor = person("inwoner", "floor", javascript=javascript)
    floor.goto(f"{dossier}/plan")
    floor.get_by_role("article", name=GOAL).get_by_role("link", name=said("Iets zeggen")).click()
    heading(floor, said("Opmerkingen"))
    press(floor, said("Bewaren"))
    sees(floor, said("Schrijf op wat u wilt zeggen."))
    floor.fill("#body", SAID)
    press(floor, said("Bewaren"))
    sees(floor, said("Het is bewaard."), SAID)
    iris.goto(f"{dossier}/plan")
    sees(iris, said("Nieuw"))
    iris.get_by_role("article", name=GOAL).locator("a[href*=opmerkingen]").click()
    sees(iris, SAID)
    iris.locator("form[action$=gelezen] textarea").fill(BACK)
    press(iris, said("Gelezen"))
    sees(iris, said("Het is bewaard."), BACK)
    floor.reload()
    sees(floor, BACK)
    press(floor, said("Neem dit terug"))
    sees(floor, said("Ingetrokken"))
    iris.goto(f"{dossier}/plan")
    follow(iris, said("Terug naar het dossier"))
    iris.goto(f"{dossier}/plan")
    sees_not(iris, SAID)
