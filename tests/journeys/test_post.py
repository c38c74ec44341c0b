"""Post for who has no mail: a letter is made, printed and put on the post; and a mail that may not go is told another way."""

from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from portal.mail import queue_letter, queue_mail
from tests.journeys.steps import heading, press, sees, sees_not
from tests.live import Live, People

CODE = "7k2m-9qrs-4t5v-x8yz"


def _team_of(live: Live, username: str) -> int:
    return int(
        live.one("SELECT s.team_id FROM casus.staff s JOIN portaal.account a ON a.person_id = s.person_id WHERE a.username = %s", username)
    )


def _letter(live: Live, name: str) -> None:
    """As a page of the team's face puts a letter in the queue."""
    app = live.apps["team"]
    with app.app_context(), app.extensions["database"].plain() as connection:
        queue_letter(
            connection, "startcode", "nl", name, "Proefweg 1, 6511 AB Nijmegen", team_id=_team_of(live, "femke.nas"),
            secrets={"username": "sam.proef", "code": CODE},
        )  # fmt: skip


def _downloaded(page: Page, button: str) -> str:
    """The words of the PDF that a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click() if button.startswith("Maak") else page.get_by_role(
            "link", name=button
        ).first.click()
    file = waiting.value.path()
    return " ".join(" ".join(one.extract_text().split()) for one in PdfReader(BytesIO(Path(file).read_bytes())).pages)


def test_a_letter_is_printed_and_put_on_the_post(live: Live, person: People, javascript: bool) -> None:
    _letter(live, "Sam Proef")
    visitor = person.visitor("inwoner", javascript=javascript)
    visitor.goto("/demo/post")
    sees_not(visitor, "Sam Proef")

    femke = person("team", "femke.nas", javascript=javascript)
    femke.get_by_role("link", name="Post", exact=True).click()
    heading(femke, "Post")
    sees(femke, "Sam Proef", "code om in te loggen")
    words = _downloaded(femke, "Maak de brieven (PDF)")
    assert CODE in words
    assert "Sam Proef Proefweg 1 6511 AB Nijmegen" in words
    visitor.reload()
    sees_not(visitor, "Sam Proef")

    femke.reload()
    expect(femke.get_by_label("Sam Proef")).to_be_checked()
    press(femke, "Deze brieven zijn op de post")
    sees(femke, "De brieven zijn op de post.", "Er zijn geen brieven voor uw team.")
    assert live.one("SELECT sealed IS NULL AND posted_at IS NOT NULL FROM portaal.letter")

    visitor.reload()
    sees(visitor, "Brief voor Sam Proef")
    assert CODE in _downloaded(visitor, "Open de brief (PDF)")


def test_a_mail_that_is_not_safe_becomes_a_task(live: Live, person: People, javascript: bool) -> None:
    iris = live.one("SELECT d.inwoner_id FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id WHERE p.first_name = 'Iris'")
    app = live.apps["inwoner"]
    with app.extensions["database"].plain() as connection:
        queue_mail(connection, "nieuws", "nl", "iris@voorbeeld.nl", person_id=iris, team_id=_team_of(live, "femke.nas"))
    femke = person("team", "femke.nas", javascript=javascript)
    femke.goto("/post")
    sees(femke, "Iris Bouwman", "Kijk eerst in het dossier of mailen veilig is.")
    press(femke, "Dit is geregeld")
    sees(femke, "De taak is klaar.", "Er zijn geen taken voor uw team.")
    assert live.one("SELECT address IS NULL AND sent_at IS NULL FROM portaal.outbox")
