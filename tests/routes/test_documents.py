"""Adding a document, keeping it and looking at it, on both faces: what goes in comes out, sealed in between, and nothing typed is lost."""

import hashlib
import re
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from portal.documents import commands
from portal.documents import scanner as scanner_module
from portal.documents.kinds import LARGEST
from portal.security import LARGEST_BODY
from portal.uploads import READ_ON
from tests.routes.conftest import Browser, Person, Town, token_of, words_of

WORDS = {"title": "Brief van de bank", "body": "Ik snap deze brief niet.", "leefdomein": "6"}


@pytest.fixture(autouse=True)
def scanned(scanner: str, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was asked of the scanner."""
    seen: list[bytes] = []

    def scan(data: bytes, address: str) -> None:
        assert address == scanner
        seen.append(data)
        scanner_module.scan(data, address)

    monkeypatch.setattr(commands, "scan", scan)
    return seen


def photo() -> bytes:
    """A picture that says where it was made."""
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Dorpsstraat 1"
    Image.new("RGB", (40, 30), (200, 30, 30)).save(made, "JPEG", exif=exif)
    return made.getvalue()


def post(browser: Browser, url: str, fields: dict[str, Any], headers: dict[str, str] | None = None) -> TestResponse:
    """Sends a form with a file, as a browser does."""
    whole = {name: FileStorage(BytesIO(value[0]), value[1], name) if isinstance(value, tuple) else value for name, value in fields.items()}
    boundary, body = encode_multipart(whole)
    return browser.client.post(url, data=body, content_type=f'multipart/form-data; boundary="{boundary}"', headers=headers)


class Upload:
    """Somebody at the form."""

    def __init__(self, town: Town, person: Person, dossier: UUID) -> None:
        self.browser: Browser = town.signed_in(person)
        self.town = town
        self.person = person
        self.dossier = dossier
        self.page = f"/dossier/{dossier}/document-toevoegen"
        self.own = person.face == "inwoner"

    def send(self, data: bytes | None, name: str = "x.bin", *, headers: dict[str, str] | None = None, **words: str) -> TestResponse:
        """Sends the form with this file."""
        shown = self.browser.get(self.page)
        fields: dict[str, Any] = {"number": str(uuid4()), **WORDS, **({"audience": "2"} if self.own else {"section": "8"}), **words}
        if data is not None:
            fields["file"] = (data, name)
        return post(self.browser, self.page, {"csrf_token": token_of(shown), **fields}, headers)

    def entry(self, answer: TestResponse) -> str:
        """The address of the entry that was made."""
        assert answer.status_code == 303, words_of(answer)
        return str(answer.headers["Location"]).partition("?")[0]


@pytest.fixture
def both(town: Town) -> tuple[Upload, Upload]:
    """The inwoner and the professional of one dossier."""
    person, professional = town.person(), town.staff()
    dossier = town.dossier(person, professional)
    return Upload(town, person, dossier), Upload(town, professional, dossier)


def test_what_one_adds_the_other_reads(both: tuple[Upload, Upload]) -> None:
    for adds, reads in (both, both[::-1]):
        entry = adds.entry(adds.send(photo(), "Mijn geheime naam.jpg"))
        for who in (adds, reads):
            page = who.browser.get(entry)
            assert WORDS["title"] in page.text
            assert WORDS["body"] in page.text
            assert "Mijn geheime naam" not in page.text
            shown = who.browser.get(f"{entry}/foto")
            assert f'src="{entry}/beeld"' in shown.text
            kept, seen = who.browser.get(f"{entry}/bestand"), who.browser.get(f"{entry}/beeld")
            assert kept.data == seen.data
            assert Image.open(BytesIO(kept.data)).size == (40, 30)
            assert b"Dorpsstraat" not in kept.data


def test_the_file_is_sealed_and_named_by_us(both: tuple[Upload, Upload], scanned: list[bytes]) -> None:
    inwoner, _ = both
    sent = photo()
    entry = inwoner.entry(inwoner.send(sent))
    assert scanned == [sent], "the scanner sees what was sent, and not what was made of it"
    kept = inwoner.browser.get(f"{entry}/bestand").data
    with inwoner.town.admin() as admin:
        size, digest, sealed = admin.execute(
            "SELECT d.size, d.sha256, string_agg(p.sealed, '' ORDER BY p.number) FROM casus.document d JOIN casus.document_part p USING (entry_id)"
            " JOIN casus.entry e ON e.id = d.entry_id WHERE e.public_id = %s GROUP BY d.entry_id",
            (entry.rpartition("/")[2],),
        ).fetchone() or (0, b"", b"")
    assert (size, bytes(digest)) == (len(kept), hashlib.sha256(kept).digest())
    assert kept[20:60] not in bytes(sealed)


def test_a_file_is_served_in_a_sandbox(both: tuple[Upload, Upload]) -> None:
    inwoner, _ = both
    entry = inwoner.entry(inwoner.send(photo()))
    for place, disposition in (("bestand", "attachment"), ("beeld", "inline")):
        answer = inwoner.browser.get(f"{entry}/{place}")
        assert re.fullmatch(rf'{disposition}; filename="document-\d{{4}}-\d\d-\d\d\.jpg"', answer.headers["Content-Disposition"])
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert {"sandbox", "default-src 'none'"} <= set(policy)
        assert "script-src" not in str(policy)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.mimetype == "image/jpeg"


def test_what_is_no_picture_is_only_to_keep(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, _ = both
    entry = inwoner.entry(inwoner.send(photo()))
    with town.admin() as admin:
        admin.execute("UPDATE casus.document SET kind = 1 WHERE sealed_as = %s", (entry.rpartition("/")[2],))
    assert inwoner.browser.get(f"{entry}/bestand").headers["Content-Disposition"].startswith("attachment")
    assert [inwoner.browser.get(f"{entry}/{place}").status_code for place in ("foto", "beeld")] == [404, 404]
    assert "Foto bekijken" not in inwoner.browser.get(entry).text


def test_reading_a_file_is_logged_and_adding_it_too(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, professional = both
    entry = inwoner.entry(inwoner.send(photo()))
    professional.browser.get(f"{entry}/bestand")
    with town.admin() as admin:
        number = entry.rpartition("/")[2]
        lines = admin.execute(
            "SELECT l.what, l.ground, l.shown FROM casus.read_log l JOIN casus.entry e ON e.id = l.entry_id WHERE e.public_id = %s",
            (number,),
        ).fetchall()
        events = admin.execute(
            "SELECT c.event, c.person_role FROM casus.change_log c JOIN casus.entry e ON e.id = c.entry_id WHERE e.public_id = %s",
            (number,),
        ).fetchall()
    assert lines == [("document", "professional", 1)]
    assert events == [("document.added", "inwoner")]


@pytest.mark.parametrize(
    "spoil",
    ["DELETE FROM casus.document_part p WHERE {these} AND number = 2", "UPDATE casus.document_part p SET number = -number WHERE {these}"],
)
def test_what_was_changed_in_the_database_is_not_served(
    both: tuple[Upload, Upload], town: Town, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "PIECE", 400)
    inwoner, _ = both
    entry = inwoner.entry(inwoner.send(photo()))
    assert inwoner.browser.get(f"{entry}/bestand").status_code == 200
    these = f"entry_id = (SELECT entry_id FROM casus.document WHERE sealed_as = '{entry.rpartition('/')[2]}')"
    with town.admin() as admin:
        admin.execute(spoil.format(these=these).encode())
    answer = inwoner.browser.get(f"{entry}/bestand")
    assert answer.status_code == 500
    assert answer.mimetype == "text/html"


def test_sending_twice_adds_once(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, _ = both
    number = str(uuid4())
    assert inwoner.entry(inwoner.send(photo(), number=number)) == inwoner.entry(inwoner.send(photo(), number=number))
    with town.admin() as admin:
        assert admin.execute("SELECT count(*) FROM casus.document WHERE sealed_as = %s", (number,)).fetchone() == (1,)


def test_a_professional_does_not_see_what_the_inwoner_keeps(both: tuple[Upload, Upload]) -> None:
    inwoner, professional = both
    entry = inwoner.entry(inwoner.send(photo(), audience="1"))
    assert inwoner.browser.get(f"{entry}/bestand").status_code == 200
    for place in ("", "/bestand", "/foto", "/beeld"):
        assert professional.browser.get(f"{entry}{place}").status_code == 404


def test_an_error_keeps_the_words_and_asks_for_the_file_anew(both: tuple[Upload, Upload]) -> None:
    inwoner, _ = both
    for answer, sentence in (
        (inwoner.send(None), "Kies een bestand."),
        (inwoner.send(b""), "Kies een ander bestand."),
        (inwoner.send(photo(), title=""), "Schrijf een titel."),
        (inwoner.send(b"x" * (LARGEST + 1)), "Dit bestand is te groot."),
        (inwoner.send(b"x" * (LARGEST + LARGEST_BODY)), "Dit bestand is te groot."),
    ):
        assert answer.status_code == 422
        assert sentence in words_of(answer)
        assert WORDS["body"] in answer.text
        assert "Kies het bestand wel opnieuw." in answer.text


def test_more_than_can_be_read_gets_a_page_of_its_own(both: tuple[Upload, Upload]) -> None:
    inwoner, _ = both
    shown = inwoner.browser.get(inwoner.page)
    answer = inwoner.browser.client.post(
        inwoner.page,
        data=b"x",
        content_type="multipart/form-data; boundary=grens",
        environ_overrides={"CONTENT_LENGTH": str(READ_ON * LARGEST + LARGEST_BODY + 1)},
    )
    assert token_of(shown)
    assert answer.status_code == 413


def test_only_that_form_takes_more_and_only_from_who_is_signed_in(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, _ = both
    shown = inwoner.browser.get(inwoner.page)
    fields = {"csrf_token": token_of(shown), "file": (b"x" * (LARGEST_BODY + 1), "x")}
    elsewhere = inwoner.page.replace("document-toevoegen", "dagboek/schrijven")
    assert post(inwoner.browser, elsewhere, fields).status_code == 413
    stranger = town.browser("inwoner")
    fields = {"csrf_token": "x", "file": (b"x" * (LARGEST_BODY + 1), "x")}
    assert post(stranger, inwoner.page, fields).status_code == 413


def test_without_a_key_nothing_is_kept(both: tuple[Upload, Upload], monkeypatch: pytest.MonkeyPatch) -> None:
    inwoner, _ = both
    entry = inwoner.entry(inwoner.send(photo()))
    settings = inwoner.town.apps["inwoner"].extensions["settings"]
    object.__setattr__(settings, "document_key", None)
    try:
        answer = inwoner.send(photo())
        assert answer.status_code == 422
        assert WORDS["body"] in answer.text
        assert inwoner.browser.get(f"{entry}/bestand").status_code == 404
    finally:
        object.__setattr__(settings, "document_key", inwoner.town.apps["team"].extensions["settings"].document_key)


def test_with_script_the_browser_is_sent_to_the_page(both: tuple[Upload, Upload]) -> None:
    inwoner, _ = both
    answer = inwoner.send(photo(), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert "/notitie/" in answer.headers["HX-Redirect"]
    wrong = inwoner.send(None, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert "<html" not in wrong.text


def chosen(upload: Upload, entry: str, what: str, **form: str) -> TestResponse:
    """Sends a form about the own document."""
    return upload.browser.send(f"{entry}/{what}", form, page=f"{entry}/{what}")


def test_the_own_document_is_shared_and_taken_back(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, professional = both
    entry = inwoner.entry(inwoner.send(photo(), audience="1"))
    number = entry.rpartition("/")[2]
    for audience, told, status in (("2", "Uw document is gedeeld.", 200), ("1", "Alleen u leest dit document nu.", 404)):
        answer = chosen(inwoner, entry, "wie-leest", audience=audience)
        assert answer.status_code == 303
        assert told in words_of(inwoner.browser.get(answer.headers["Location"]))
        assert [professional.browser.get(f"{entry}{place}").status_code for place in ("", "/bestand", "/foto", "/beeld")] == [status] * 4
    assert chosen(inwoner, entry, "wie-leest", audience="1").status_code == 303
    assert chosen(inwoner, entry, "wie-leest").status_code == 422
    assert chosen(inwoner, entry, "wie-leest", audience="4").status_code == 422
    with town.admin() as admin:
        events = admin.execute(
            "SELECT c.event, c.person_role FROM casus.change_log c JOIN casus.entry e ON e.id = c.entry_id WHERE e.public_id = %s ORDER BY c.id",
            (number,),
        ).fetchall()
    assert events == [("document.added", "inwoner"), *[("document.shared", "inwoner")] * 2], "the same choice again is no change"
    refused = chosen(inwoner, entry, "weggooien")
    assert refused.status_code == 422
    assert "Dit document kunt u niet zelf weggooien" in words_of(refused)
    assert inwoner.browser.get(f"{entry}/bestand").status_code == 200


def test_nobody_is_asked_about_the_own_document(both: tuple[Upload, Upload]) -> None:
    inwoner, professional = both
    for upload, asked in ((inwoner, 404), (professional, 200)):
        entry = upload.entry(upload.send(photo()))
        page = words_of(inwoner.browser.get(entry))
        for question, words in (("klopt-niet", "Dit klopt niet"), ("snap-niet", "Ik snap dit niet")):
            assert (words in page) is (asked == 200)
            assert inwoner.browser.get(f"{entry}/{question}").status_code == asked


def test_the_own_document_is_thrown_away_with_all_that_was_kept_of_it(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, _ = both
    entry = inwoner.entry(inwoner.send(photo(), audience="1"))
    other = inwoner.entry(inwoner.send(photo(), audience="1"))
    asks = words_of(inwoner.browser.get(f"{entry}/weggooien"))
    assert WORDS["title"] in asks
    assert "Daarin kan het nog staan tot en met:" in asks
    answer = chosen(inwoner, entry, "weggooien")
    assert answer.status_code == 303
    assert "Uw document is weg uit uw dossier." in words_of(inwoner.browser.get(answer.headers["Location"]))
    for place in ("", "/bestand", "/foto", "/beeld", "/wie-leest", "/weggooien"):
        assert inwoner.browser.get(f"{entry}{place}").status_code == 404
    assert inwoner.browser.get(f"{other}/bestand").status_code == 200
    with town.admin() as admin:
        of_entry = "(SELECT id FROM casus.entry WHERE public_id = %s)"
        number = (entry.rpartition("/")[2],)
        for table in ("document", "document_part", "entry_version"):
            assert admin.execute(f"SELECT FROM casus.{table} WHERE entry_id = {of_entry}".encode(), number).fetchall() == [], table
        events = admin.execute(f"SELECT event FROM casus.change_log WHERE entry_id = {of_entry} ORDER BY id".encode(), number).fetchall()
    assert events == [("document.added",), ("document.thrown",)]


def test_only_the_own_documents_of_the_inwoner_are_the_inwoners_to_share(both: tuple[Upload, Upload]) -> None:
    inwoner, professional = both
    own, theirs = inwoner.entry(inwoner.send(photo())), professional.entry(professional.send(photo()))
    for what in ("wie-leest", "weggooien"):
        assert inwoner.browser.get(f"{theirs}/{what}").status_code == 404
        for entry in (own, theirs):
            assert professional.browser.get(f"{entry}/{what}").status_code == 404
    assert "weggooien" not in inwoner.browser.get(theirs).text
    assert "weggooien" not in professional.browser.get(own).text
    assert "weggooien" in inwoner.browser.get(own).text


def test_choosing_who_reads_is_in_the_own_log(both: tuple[Upload, Upload], town: Town) -> None:
    inwoner, _ = both
    entry = inwoner.entry(inwoner.send(photo(), audience="1"))
    for place in ("wie-leest", "weggooien"):
        inwoner.browser.get(f"{entry}/{place}")
    with town.admin() as admin:
        lines = admin.execute(
            "SELECT l.what FROM casus.read_log l JOIN casus.entry e ON e.id = l.entry_id WHERE e.public_id = %s",
            (entry.rpartition("/")[2],),
        ).fetchall()
    assert lines == [("notitie",), ("notitie",)]
