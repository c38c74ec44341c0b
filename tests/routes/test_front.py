"""The public pages say what is in the city's file, without anybody signing in, script or question about who one is."""

import gzip
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.front import routes
from portal.front.queries import RIGHTS
from tests.routes.conftest import Browser, Town

OFFICE, POST, SHELTER = "024-0000000", "024-0000911", "024-0000912"
PUBLIC = ["/", "/wat-wij-doen", "/buurtteams", "/buurtteams?postcode=6538", "/kosten", "/na-uw-melding", "/uw-rechten", "/crisis"]
PUBLIC += [f"/uw-rechten/{right.word}" for right in RIGHTS]


@pytest.fixture
def visitor(town: Town) -> Browser:
    """Somebody who never came here before."""
    return town.browser("inwoner")


def text_of(page: str) -> str:
    """What a person reads of the middle of a page."""
    middle = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", middle))


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_public_page_has_no_script_and_six_kilobytes(visitor: Browser, address: str, language: str) -> None:
    answer = visitor.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert len(gzip.compress(answer.text.encode(), 5)) <= 6 * 1024


@pytest.mark.parametrize("address", [one for one in PUBLIC if one != "/crisis"])
def test_every_public_page_says_first_what_to_do_in_danger_and_shows_the_way_to_help(visitor: Browser, address: str) -> None:
    page = visitor.get(address).text
    middle = page[page.index("<main") :]
    assert middle.index('class="crisis"') < middle.index("<h1")
    assert 'href="tel:112"' in middle[: middle.index("<h1")]
    assert 'href="/crisis"' in middle[: middle.index("<h1")]
    assert len(re.findall(r'class="[^"]*utrecht-button--primary-action" href="/melding"', middle)) == 1


def test_who_is_not_signed_in_begins_at_the_way_to_help_and_who_is_at_the_own_dossier(town: Town, visitor: Browser) -> None:
    page = visitor.get("/").text
    assert [place for place in ("/melding", "/melding/code", "/inloggen", "/buurtteams") if f'href="{place}"' not in page] == []
    person = town.person()
    town.dossier(person)
    inside = town.signed_in(person).get("/").text
    assert 'href="/melding/code"' not in inside
    assert "/dossier/" in inside


def test_search_engines_may_show_the_public_pages_of_a_real_portal_and_nothing_else(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    app = town.apps["inwoner"]
    real = replace(app.extensions["settings"], mode="productie", public_url="https://portaal.example", leave_url="https://elders.example/")

    def hidden(address: str) -> set[bool]:
        answer = town.browser("inwoner").get(address)
        return {"noindex" in answer.headers.get("X-Robots-Tag", ""), 'name="robots"' in answer.text}

    assert hidden("/crisis") == {True}
    monkeypatch.setitem(app.extensions, "settings", real)
    for address in ("/", "/crisis", "/uw-rechten/klacht"):
        assert hidden(address) == {False}, address
    for address in ("/inloggen", "/hulp", "/melding/code"):
        assert hidden(address) == {True}, address
    assert "noindex" in town.browser("inwoner").get("/uw-rechten/is-er-niet").headers["X-Robots-Tag"]


def test_the_team_has_no_public_pages(town: Town) -> None:
    browser = town.browser("team")
    assert browser.get("/").status_code == 303
    assert browser.get("/crisis").status_code == 404


def test_each_stadsdeel_has_its_team_and_its_stip_with_address_hours_and_number(visitor: Browser) -> None:
    page = visitor.get("/buurtteams").text
    assert page.count("<h3") == 10
    text = text_of(page)
    assert "Buurtteam Volwassenen Nieuw-West" in text
    assert "Proefweg 3, 6542 XX Nijmegen" in text
    assert "maandag tot en met vrijdag van 9.30 tot 16.00 uur dinsdag van 18.30 tot 20.30 uur" in text
    assert 'href="tel:0240000204"' in page


@pytest.mark.parametrize(("postcode", "district"), [("6538", "Dukenburg"), ("6538AB", "Dukenburg"), (" 6511 xx", "Centrum")])
def test_a_postcode_shows_the_own_team(visitor: Browser, postcode: str, district: str) -> None:
    page = visitor.get("/buurtteams", query_string={"postcode": postcode}).text
    own = page[page.index('id="uw-team"') : page.index("</section>")]
    assert f"<bdi>Buurtteam Volwassenen {district}</bdi>" in own


@pytest.mark.parametrize(
    ("postcode", "sentence"),
    [
        ("", "Vul uw postcode in."),
        ("Dukenburg", "Dit is geen postcode."),
        ("65380", "Dit is geen postcode."),
        ("٦٥٣٨", "Dit is geen postcode."),
    ],
)
def test_what_is_no_postcode_is_said_and_stays_in_the_field(visitor: Browser, postcode: str, sentence: str) -> None:
    answer = visitor.get("/buurtteams", query_string={"postcode": postcode})
    assert answer.status_code == 422
    assert 'href="#postcode"' in answer.text
    assert sentence in answer.text
    assert f'value="{postcode}"' in answer.text


def test_who_lives_elsewhere_is_told_where_to_go_and_not_sent_away(visitor: Browser) -> None:
    text = text_of(visitor.get("/buurtteams?postcode=1012").text)
    assert "Uw eigen gemeente helpt u verder. Twijfelt u? Bel ons:" in text


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), False),  # 17.00 in winter
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), False),  # Sunday
        (datetime(2027, 5, 5, 9, 0, tzinfo=UTC), False),  # Liberation Day, a Wednesday
    ],
)
def test_the_crisis_page_knows_whether_the_office_is_open(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch, moment: datetime, expected: bool
) -> None:
    monkeypatch.setattr(routes, "now", lambda: moment)
    text = text_of(visitor.get("/crisis").text)
    assert ("Wij zijn nu open. Bel ons: " + OFFICE in text) is expected
    assert ("Wij zijn nu dicht. Bel de huisartsenpost: " + POST in text) is not expected
    assert (text.index(OFFICE) < text.index(POST)) is expected
    assert [number for number in ("112", "113", "0800-0113", "0800-2000", OFFICE, POST, SHELTER) if number not in text] == []


def test_the_terms_after_a_melding_are_those_of_the_program(visitor: Browser) -> None:
    text = text_of(visitor.get("/na-uw-melding").text)
    assert re.findall(r"Binnen (\d+ \w+)", text) == ["48 uur", "5 werkdagen", "14 dagen"]
    assert re.findall(r"hoogstens (\d+ weken)", text) == ["4 weken", "6 weken"]
    assert re.findall(r"u binnen (\d+ \w+)", text) == ["24 uur", "3 dagen"]


def test_there_are_eight_rights_each_with_a_page_and_a_way_on(visitor: Browser) -> None:
    overview = visitor.get("/uw-rechten").text
    places = re.findall(r'href="(/uw-rechten/[^"]+)"', overview)
    assert places == [f"/uw-rechten/{right.word}" for right in RIGHTS]
    assert len(places) == 8
    for place in places:
        page = visitor.get(place).text
        article = page[page.index("<article") : page.index("</article>")]
        assert "tel:" in article
    assert visitor.get("/uw-rechten/iets-anders").status_code == 404


def test_independent_support_and_the_complaints_officer_are_named_with_number_and_hours(visitor: Browser) -> None:
    text = text_of(visitor.get("/uw-rechten/onafhankelijke-steun").text)
    for name, number in (("Zelfregiecentrum", "024-0000101"), ("de Kentering", "024-0000102"), ("MEE", "024-0000103")):
        assert f"{name} {number}" in text
    assert "Hanneke Vissers 024-0000110 maandag, woensdag en donderdag" in text_of(visitor.get("/uw-rechten/klacht").text)


def test_costs_come_from_the_file(visitor: Browser) -> None:
    for address in ("/kosten", "/uw-rechten/eigen-bijdrage"):
        assert "€\xa021,00 per maand" in visitor.get(address).text


@pytest.mark.parametrize(("language", "title"), [("nl", "Uw rechten"), ("en", "Your rights"), ("ar", "حقوقك")])
def test_the_rights_are_a_tagged_pdf_in_each_language(visitor: Browser, language: str, title: str) -> None:
    answer = visitor.get(f"/uw-rechten.pdf?taal={language}")
    assert (answer.mimetype, answer.headers["Content-Language"]) == ("application/pdf", language)
    assert b"pdfuaid:part" in answer.data
    read = PdfReader(BytesIO(answer.data))
    assert str(read.root_object["/Lang"]) == language
    assert read.metadata is not None
    assert read.metadata.title == title


def test_the_pdf_names_all_rights_and_its_language_is_the_page_s_when_nothing_is_asked(visitor: Browser) -> None:
    answer = visitor.get("/uw-rechten.pdf", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(visitor.get("/uw-rechten.pdf").data)).pages)
    assert [right.title for right in RIGHTS if right.title not in text] == []
    assert "024-0000101" in text
    assert "€\xa021,00 per maand" in text
    assert visitor.get("/uw-rechten.pdf?taal=xx").status_code == 404


def test_asking_for_a_pdf_changes_nobodys_language(visitor: Browser) -> None:
    visitor.get("/uw-rechten.pdf?taal=ar")
    assert '<html lang="nl"' in visitor.get("/uw-rechten").text


def test_in_a_pdf_that_nobody_checked_the_dutch_stands_below_each_text(visitor: Browser) -> None:
    pages = PdfReader(BytesIO(visitor.get("/uw-rechten.pdf?taal=en").data)).pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    assert "Choose your own support worker" in text
    assert "Kies zelf uw hulpverlener" in text
