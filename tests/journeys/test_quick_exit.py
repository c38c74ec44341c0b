"""Snel weg: gone at once, signed out, and back shows nothing but what is open to everybody."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import follow, heading, sees
from tests.live import Live, People


def _is_gone(live: Live, page: Page) -> None:
    page.wait_for_url(live.neutral_url)
    heading(page, "Het weer")
    assert live.rows(
        "SELECT s.ended_reason FROM portaal.session s JOIN portaal.account a ON a.id = s.account_id WHERE a.username = 'iris'"
    ) == [("snel_weg",)]
    assert page.context.cookies(live.urls["inwoner"]) == []
    for _ in range(2):
        page.go_back()
        heading(page, re.compile("^(Inloggen|Hulp van uw buurtteam)$"))
        expect(page.locator("body")).not_to_contain_text("Iris")


def test_by_the_link(live: Live, person: People, javascript: bool) -> None:
    iris = person("inwoner", "iris", javascript=javascript)
    follow(iris, "Lees mijn dossier")
    heading(iris, "Mijn dossier")
    follow(iris, "Nieuwe maat")
    sees(iris, "Reacties")
    follow(iris, "Snel weg")
    _is_gone(live, iris)


@pytest.mark.parametrize("typing", [False, True], ids=["reading", "typing"])
def test_by_three_times_escape(live: Live, person: People, typing: bool) -> None:
    iris = person("inwoner", "iris")
    follow(iris, "Lees mijn dossier")
    follow(iris, "Nieuwe maat")
    heading(iris, "Nieuwe maat")
    if typing:
        iris.get_by_label("Uw reactie").fill("Hij komt thuis")
    for _ in range(3):
        iris.keyboard.press("Escape")
    _is_gone(live, iris)


def test_once_or_slowly_escape_does_nothing(person: People) -> None:
    iris = person("inwoner", "iris")
    iris.clock.install()
    follow(iris, "Lees mijn dossier")
    for _ in range(3):
        iris.keyboard.press("Escape")
        iris.clock.run_for(1100)
    heading(iris, "Mijn dossier")
    iris.reload()
    heading(iris, "Mijn dossier")


def test_on_the_teams_face_and_before_signing_in(live: Live, person: People, javascript: bool) -> None:
    femke = person("team", "femke.nas", javascript=javascript)
    follow(femke, "Snel weg")
    femke.wait_for_url(live.neutral_url)
    nobody = person.visitor("inwoner", javascript=javascript)
    nobody.goto("/inloggen")
    follow(nobody, "Snel weg")
    nobody.wait_for_url(live.neutral_url)
