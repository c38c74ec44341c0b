"""While a professional writes: what could be plainer, kept or not, and never in the way of placing."""

from dataclasses import dataclass

import pytest

from tests.routes.conftest import Browser, Town, words_of

HARD = "Indien u wilt, bellen wij. Uw vraag wordt door <b>het team</b> behandeld."


@dataclass
class Writing:
    """A professional with a concept."""

    town: Town
    browser: Browser
    address: str
    dossier: str

    def send(self, act: str, body: str = HARD, **more: str) -> tuple[int, str]:
        form = {"act": act, "occurred_on": "2026-01-02", "kind": "1", "section": "2", "leefdomein": "0", "title": "Titel", "body": body}
        headers = {"HX-Request": "true"} if act == "taal-nu" else {}
        answer = self.browser.send(self.address, {**form, **more}, page=self.address, headers=headers)
        return answer.status_code, answer.text

    def kept(self) -> str:
        with self.town.admin() as admin:
            row = admin.execute("SELECT body FROM casus.concept WHERE public_id = %s", (self.address.rsplit("/", 1)[1],)).fetchone()
        assert row
        return str(row[0])

    def lines(self) -> int:
        with self.town.admin() as admin:
            row = admin.execute(
                "SELECT count(*) FROM casus.read_log r JOIN casus.dossier d ON d.id = r.dossier_id WHERE d.public_id = %s",
                (self.dossier.rsplit("/", 1)[1],),
            ).fetchone()
        assert row
        return int(row[0])


@pytest.fixture
def writing(town: Town) -> Writing:
    owner, professional = town.person(name="Iris"), town.staff()
    dossier = f"/dossier/{town.dossier(owner, professional)}"
    browser = town.signed_in(professional)
    answer = browser.send(f"{dossier}/schrijven", page=dossier)
    return Writing(town, browser, answer.headers["Location"], dossier)


def test_the_button_keeps_the_concept_and_shows_what_could_be_plainer(writing: Writing) -> None:
    status, page = writing.send("taal")
    assert status == 200
    assert writing.kept() == HARD
    assert "Uw concept is bewaard." in page
    assert "<mark>Indien</mark>" in page
    assert "Liever: <bdi>als</bdi>" in page
    assert "&lt;b&gt;het team&lt;/b&gt;" in page
    assert "Zeg wie het doet." in page
    assert "1 moeilijk woord." in page
    assert "autofocus" in page


def test_live_it_keeps_nothing_reads_nothing_and_takes_no_focus(writing: Writing) -> None:
    before = writing.lines()
    status, fragment = writing.send("taal-nu")
    assert status == 200
    assert "<mark>Indien</mark>" in fragment
    assert "<form" not in fragment
    assert "data-focus" not in fragment
    assert writing.kept() == ""
    assert writing.lines() - before == 0


def test_plain_words_are_said_to_be_plain_and_no_words_say_nothing(writing: Writing) -> None:
    assert "Dit is duidelijk geschreven." in writing.send("taal-nu", "Wij spraken met u.")[1]
    assert "<section" not in writing.send("taal-nu", " ")[1]


def test_a_form_with_a_mistake_in_it_is_measured_too_and_says_that_it_is_not_kept(writing: Writing) -> None:
    status, page = writing.send("taal", occurred_on="gisteren")
    assert status == 422
    assert "<mark>Indien</mark>" in page
    assert "Uw concept is bewaard." not in page
    assert writing.kept() == ""


def test_hard_words_never_stop_somebody_from_placing(writing: Writing) -> None:
    assert writing.send("plaats")[0] == 303
    placed = words_of(writing.browser.get(writing.dossier))
    assert "Titel" in placed
