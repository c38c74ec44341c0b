"""The post of a team through the pages: printing, posting, tasks; and that no other team or face sees any of it."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from portal.mail import LETTERS, MAILS, queue_letter, queue_mail
from portal.post.team_routes import KINDS, REASONS
from portal.secretbox import letter_about, seal
from tests.routes.conftest import Browser, Person, Town, words_of

CODE = "7k2m-9qrs-4t5v-x8yz"
SECRETS = {"username": "sam.proef", "code": CODE}


@pytest.fixture(autouse=True)
def empty(town: Town) -> None:
    with town.admin() as admin:
        admin.execute("DELETE FROM portaal.outbox")
        admin.execute("DELETE FROM portaal.letter")


@pytest.fixture
def worker(town: Town) -> Person:
    return town.staff()


@pytest.fixture
def browser(town: Town, worker: Person) -> Browser:
    return town.signed_in(worker)


def letter(
    town: Town,
    name: str = "Sam Proef",
    *,
    team: str = "Noord",
    address: str | None = "Proefweg 1, 6511 AB Nijmegen",
    person: Person | None = None,
    age: str = "0 hours",
) -> UUID:
    """A letter with a code, as the team's face queues one; gives its public id."""
    app = town.apps["team"]
    with app.app_context(), app.extensions["database"].plain() as connection:
        queue_letter(
            connection, "startcode", "nl", name, address, secrets=SECRETS, team_id=town._team_ids[team],
            person_id=person.person_id if person else None,
        )  # fmt: skip
    with town.admin() as admin:
        row = admin.execute(
            "UPDATE portaal.letter SET made_at = made_at - %s::interval WHERE id = (SELECT max(id) FROM portaal.letter) RETURNING public_id",
            (age,),
        ).fetchone()
    assert row
    return UUID(str(row[0]))


def lost_mail(town: Town, *, team: str = "Noord", person: Person | None = None, address: str = "geen adres") -> UUID:
    """A mail; with this address one that can't go."""
    with town.apps["inwoner"].extensions["database"].plain() as connection:
        queue_mail(connection, "nieuws", "nl", address, team_id=town._team_ids[team], person_id=person.person_id if person else None)
    with town.admin() as admin:
        row = admin.execute("SELECT public_id FROM portaal.outbox ORDER BY id DESC LIMIT 1").fetchone()
    assert row
    return UUID(str(row[0]))


def careful(town: Town) -> Person:
    """Somebody in whose dossier stand words about safe contact."""
    person = town.person(name="Iris")
    town.dossier(person)
    with town.admin() as admin:
        admin.execute("UPDATE casus.inwoner SET safe_contact = 'niet thuis bellen' WHERE person_id = %s", (person.person_id,))
    return person


def paper(answer: TestResponse) -> str:
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages)


def told(answer: TestResponse) -> str:
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def column(town: Town, table: str, public_id: UUID, what: str) -> object:
    with town.admin() as admin:
        row = admin.execute(f"SELECT {what} FROM portaal.{table} WHERE public_id = %s", (public_id,)).fetchone()
    assert row
    return row[0]


def test_a_letter_is_printed_and_posted(town: Town, worker: Person, browser: Browser) -> None:
    first, second = letter(town), letter(town, "Iris de Wit")
    page = words_of(browser.get("/post"))
    assert "Sam Proef , code om in te loggen" in page
    assert "afgedrukt" not in page
    answer = browser.send("/post/afdrukken", page="/post")
    text = paper(answer)
    assert "Sam Proef Proefweg 1 6511 AB Nijmegen" in text
    assert text.count(CODE) == 2
    assert re.fullmatch(r'attachment; filename="brieven-\d{4}-\d\d-\d\d\.pdf"', answer.headers["Content-Disposition"])
    assert "no-store" in answer.headers["Cache-Control"]
    page = browser.get("/post").text
    assert page.count(" checked>") == 2
    assert told(browser.send("/post/op-de-post", {"letter": str(first)}, page="/post")) == "/post?klaar=verstuurd"
    assert "De brieven zijn op de post." in words_of(browser.get("/post?klaar=verstuurd"))
    assert column(town, "letter", first, "posted_by") == worker.person_id
    assert column(town, "letter", first, "sealed") is None
    text = paper(browser.send("/post/afdrukken", page="/post"))
    assert (text.count("Iris de Wit"), text.count("Sam Proef")) == (1, 0)
    assert column(town, "letter", second, "posted_at") is None


def test_what_was_not_printed_or_not_chosen_is_not_posted(town: Town, browser: Browser) -> None:
    one = letter(town)
    assert told(browser.send("/post/op-de-post", {}, page="/post")) == "/post?klaar=kies"
    assert told(browser.send("/post/op-de-post", {"letter": "onzin"}, page="/post")) == "/post?klaar=kies"
    assert told(browser.send("/post/op-de-post", {"letter": str(one)}, page="/post")) == "/post?klaar=niet-alles"
    assert "Druk ze eerst af" in words_of(browser.get("/post?klaar=niet-alles"))
    assert column(town, "letter", one, "posted_at") is None


def test_without_letters_there_is_nothing_to_print(browser: Browser) -> None:
    assert told(browser.send("/post/afdrukken", page="/post")) == "/post?klaar=geen"
    page = words_of(browser.get("/post?klaar=geen"))
    assert "Er zijn geen brieven om te drukken." in page
    assert "Er zijn geen taken voor uw team." in page


def test_the_start_page_tells_that_there_is_post(town: Town, browser: Browser) -> None:
    assert "Post van uw team" not in words_of(browser.get("/"))
    letter(town)
    letter(town, address=None)
    letter(town, team="Zuid")
    assert "Post van uw team: 1 brief, 1 taak" in words_of(browser.get("/"))


def test_late_is_called_late(town: Town, browser: Browser) -> None:
    letter(town, age="47 hours")
    assert "te laat" not in words_of(browser.get("/post"))
    letter(town, age="49 hours")
    assert words_of(browser.get("/post")).count("te laat") == 1


def test_a_letter_whose_key_is_gone_stops_no_other(town: Town, browser: Browser) -> None:
    spoilt = letter(town, "Sam Proef")
    letter(town, "Iris de Wit")
    with town.admin() as admin:
        admin.execute("UPDATE portaal.letter SET sealed = %s WHERE public_id = %s", (seal(b"x" * 32, b"{}", letter_about(spoilt)), spoilt))
    text = paper(browser.send("/post/afdrukken", page="/post"))
    assert "Deze brief kan niet meer open." in text
    assert text.count(CODE) == 1


def test_the_residents_face_can_seal_nothing_for_the_team(town: Town) -> None:
    app = town.apps["inwoner"]
    with app.app_context(), pytest.raises(Exception, match="only the team"), app.extensions["database"].plain() as connection:
        queue_letter(connection, "startcode", "nl", "Sam", "Proefweg 1", secrets=SECRETS)


def test_what_does_not_arrive_is_a_task_until_somebody_took_care(town: Town, worker: Person, browser: Browser) -> None:
    mail, paper_only = lost_mail(town), letter(town, "Sam Proef", address=None)
    page = words_of(browser.get("/post"))
    assert "Dit mailadres klopt niet. Bel, of vertel het in een gesprek." in page
    assert "Wij weten geen naam of adres voor een brief." in page
    assert "geen adres" not in page.replace("Er is geen adres.", ""), "not what was typed as an address"
    for task, table in ((mail, "outbox"), (paper_only, "letter")):
        assert told(browser.send(f"/post/taak/{task}/klaar", page="/post")) == "/post?klaar=taak"
        assert column(town, table, task, "handled_by") == worker.person_id
        assert told(browser.send(f"/post/taak/{task}/klaar", page="/post")) == "/post?klaar=weg"
    assert "Er zijn geen taken voor uw team." in words_of(browser.get("/post"))


def test_words_about_safety_are_read_by_a_person_first(town: Town, browser: Browser) -> None:
    iris = careful(town)
    mail, one = lost_mail(town, person=iris, address="iris@voorbeeld.nl"), letter(town, "Iris Wit", person=iris)
    page = words_of(browser.get("/post"))
    assert "Kijk eerst in het dossier of mailen veilig is." in page
    assert "Kijk eerst in het dossier of een brief veilig is." in page
    assert "niet thuis bellen" not in page
    assert told(browser.send("/post/afdrukken", page="/post")) == "/post?klaar=geen"
    for task in (mail, one):
        assert told(browser.send(f"/post/taak/{task}/veilig", page="/post")) == "/post?klaar=veilig"
    assert "Iris Wit" in paper(browser.send("/post/afdrukken", page="/post"))
    assert told(browser.send(f"/post/taak/{mail}/veilig", page="/post")) == "/post?klaar=weg"


def test_another_team_has_other_post(town: Town, browser: Browser) -> None:
    one, mail = letter(town, team="Zuid"), lost_mail(town, team="Zuid")
    page = words_of(browser.get("/post"))
    assert "Er zijn geen brieven voor uw team." in page
    assert told(browser.send("/post/afdrukken", page="/post")) == "/post?klaar=geen"
    assert told(browser.send("/post/op-de-post", {"letter": str(one)}, page="/post")) == "/post?klaar=niet-alles"
    for task in (mail, uuid4()):
        for act in ("klaar", "veilig"):
            assert told(browser.send(f"/post/taak/{task}/{act}", page="/post")) == "/post?klaar=weg"
    assert column(town, "outbox", mail, "handled_at") is None


def test_every_text_and_every_reason_has_words(town: Town) -> None:
    assert set(KINDS) == {*MAILS, *LETTERS}
    with town.admin() as admin:
        [(check,)] = admin.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'outbox_last_error_check'"
        ).fetchall()
    assert set(REASONS["mail"]) == {"nee", "kijk", *re.findall("'([a-z_]+)'", check)}


def test_an_administrator_and_residents_have_no_post(town: Town) -> None:
    beheerder = town.signed_in(town.staff("beheerder", None))
    assert beheerder.get("/post").status_code == 403
    assert "/post" not in beheerder.get("/medewerkers").text
    assert town.signed_in(town.person()).get("/post").status_code == 404


def test_outside_the_demo_there_is_no_box_to_look_into(town: Town, browser: Browser) -> None:
    for person in (browser, town.browser("inwoner")):
        assert person.get("/demo/post").status_code == 404
        assert person.get(f"/demo/post/{uuid4()}.pdf").status_code == 404
