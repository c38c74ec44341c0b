"""Iris looks at her dossier as her sister Floor sees it, before she trusts what she gave. In Dutch and in Arabic."""

import pytest

from tests.journeys.steps import Said, heading, sees
from tests.journeys.test_naaste import HERS
from tests.live import Live, People


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_she_sees_what_the_other_sees_and_nobody_notices(live: Live, person: People, javascript: bool, language: str) -> None:
    said, dossier = Said(language), live.dossier("Iris")
    with live.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = 'iris'", (language,))
    iris = person("inwoner", "iris", javascript=javascript)
    iris.goto(f"{dossier}/zo-ziet-een-ander")
    heading(iris, said("Zo ziet een ander uw dossier"))
    sees(iris, said("Die persoon merkt hier niets van."))
    floor = iris.locator("main li a", has_text="Floor")
    name = floor.inner_text()
    floor.click()
    heading(iris, said("Zo ziet %(name)s uw dossier", name=name))
    assert set(iris.locator("article.printed h2").all_inner_texts()) == HERS
    with live.admin() as admin:
        lines = admin.execute("SELECT reader_name, what FROM casus.read_log WHERE what = 'voorbeeld' ORDER BY id DESC LIMIT 1").fetchone()
    assert lines == ("Iris Bouwman", "voorbeeld")
