"""Iris lets an organisation read one kind of text, looks what it sees, and stops it. In Dutch without a script, and in Arabic."""

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Said, follow, heading, press, sees, sees_not
from tests.live import Live, People

NAME = "Budgetmaatjes Waalstad"
READS = "SELECT acl.program_sections(p, d) FROM casus.program p, casus.dossier d WHERE p.name = %s AND d.public_id = %s"


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_an_organisation_reads_what_was_chosen_until_it_is_stopped(live: Live, person: People, javascript: bool, language: str) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    number = dossier.rsplit("/", 1)[1]
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    assert live.one(READS, NAME, number) is None
    follow(iris, said("Wie mag wat zien?"))
    follow(iris, said("Toestemming geven: %(name)s", name=NAME))
    sees(iris, said("Leest nu niets van uw dossier."))
    follow(iris, said("Toestemming geven"))
    heading(iris, said("Wat mag %(name)s zien?", name=NAME))
    press(iris, said("Verder"))
    sees(iris, said("Kies wat deze organisatie mag zien."))
    iris.locator("#sections input[value='8']").check()
    press(iris, said("Verder"))
    heading(iris, said("Tot wanneer?"))
    press(iris, said("Verder"))
    heading(iris, said("Dit gaat %(name)s zien", name=NAME))
    assert live.one(READS, NAME, number) is None, "only the act does it"
    press(iris, said("Ja, ik geef toestemming"))
    sees(iris, said("Het is gelukt. Deze organisatie mag nu lezen wat hieronder staat."))
    assert live.one(READS, NAME, number) == [8]

    follow(iris, said("Veranderen"))
    expect(iris.locator("#sections input[value='8']")).to_be_checked()
    expect(iris.locator("#sections input[value='4']")).not_to_be_checked()
    iris.go_back()
    follow(iris, said("Toestemming stoppen"))
    heading(iris, said("Mag %(name)s niets meer zien?", name=NAME))
    expect(iris.locator("#tell")).not_to_be_checked()
    press(iris, said("Ja, stop ermee"))
    sees(iris, said("Deze organisatie leest niets meer van uw dossier."))
    sees_not(iris, said("Veranderen of stoppen: %(name)s", name=NAME))
    assert live.one(READS, NAME, number) is None
