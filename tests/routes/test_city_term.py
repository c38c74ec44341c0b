"""The city says within how many days help begins; every page, figure, mail and letter that tells it follows the one file."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from portal.city import load_city
from portal.deadlines import AMSTERDAM
from portal.i18n import format_date
from portal.jobs import ROLE, mail_job
from portal.mail import mail_text, queue_letter
from portal.mail_job import MailJob
from portal.paper_code import code_hash
from portal.settings import DEMO_CITY, ProgramSettings
from tests.routes.conftest import Browser, Town, words_of

CODE = "zzzz-2222-zzzz-2222"
AGO = timedelta(days=8)


@pytest.fixture
def city_file(tmp_path: Path) -> Path:
    """The city of the demo, which promises help within five days."""
    file = json.loads(DEMO_CITY.read_text(encoding="utf-8"))
    file["terms"]["start_days"] = 5
    file["terms"]["postpone_weeks"] = 2
    place = tmp_path / "stad.json"
    place.write_text(json.dumps(file), encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def other_city(town: Town, city_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for app in town.apps.values():
        monkeypatch.setitem(app.extensions, "city", load_city(city_file, "test"))


@pytest.fixture
def since(town: Town) -> datetime:
    """When a melding with CODE came in, eight days ago; somebody talked, and found it an ordinary question."""
    with town.admin() as admin:
        admin.execute("TRUNCATE casus.melding, portaal.melding_draft CASCADE")
        row = admin.execute(
            "INSERT INTO casus.melding (number, received_at, channel, for_whom, name, urgency, team_id)"
            " VALUES ('M-TERM-TERM', now() - %s, 'telefoon', 'zelf', 'Wim Wacht', 4, %s) RETURNING id, received_at",
            (AGO, town._team_ids["Noord"]),
        ).fetchone()
        assert row
        for event, value in (("ontvangen", None), ("bevestigd", None), ("urgentie", "4"), ("gesprek", "telefoon")):
            admin.execute(
                "INSERT INTO casus.melding_event (melding_id, at, event, value) VALUES (%s, %s, %s, %s)", (row[0], row[1], event, value)
            )
        admin.execute(
            "INSERT INTO portaal.melding_draft (code_hash, ciphertext, sent_at, melding_id) VALUES (%s, '', now(), %s)",
            (code_hash(CODE), row[0]),
        )
    came_in: datetime = row[1]
    return came_in


def fifth_day(since: datetime) -> str:
    """The day on which five days are over, as people read it."""
    return format_date(since.astimezone(AMSTERDAM).date() + timedelta(days=5), "nl")


@pytest.fixture
def daan(town: Town) -> Browser:
    return town.signed_in(town.staff(name="Daan"))


def test_the_inwoner_reads_the_day_of_the_city(town: Town, since: datetime) -> None:
    browser = town.browser("inwoner")
    page = words_of(browser.get(browser.send("/melding/code", {"code": CODE}).headers["Location"]))
    assert f"De hulp begint: had gemoeten op {fifth_day(since)}" in page


def test_the_start_page_of_who_is_signed_in_says_it_too(town: Town, since: datetime) -> None:
    sam = town.person()
    dossier = town.dossier(sam)
    with town.admin() as admin:
        admin.execute("UPDATE casus.melding SET dossier_id = (SELECT id FROM casus.dossier WHERE public_id = %s)", (dossier,))
    assert f"De hulp begint: had gemoeten op {fifth_day(since)}" in words_of(town.signed_in(sam).get("/"))


def test_the_worklist_and_the_melding_are_late_after_five_days(daan: Browser, since: datetime) -> None:
    listed = words_of(daan.get("/meldingen"))
    assert "Begin met hulp" in listed
    assert "dagen te laat" in listed or "dag te laat" in listed
    melding = daan.get("/meldingen").text.split('href="/meldingen/')[2].split('"')[0]
    assert "te laat" in words_of(daan.get(f"/meldingen/{melding}")).split("Begin met hulp:")[1].split("Bereiken")[0]


def test_the_figures_count_five_days(daan: Browser, since: datetime) -> None:
    page = words_of(daan.get("/cijfers"))
    assert "begon binnen 5 dagen" in page
    assert "0 van de 1" in page, "it is late, so it counts"


def test_a_mail_of_the_job_names_the_day(town: Town, city_file: Path, since: datetime) -> None:
    settings = ProgramSettings(ROLE, "test", town.database.url(ROLE), secrets.token_bytes(32), city_file=city_file)
    server = {
        "MBT_SMTP_URL": "smtp://127.0.0.1:1",
        "MBT_MAIL_FROM": "bericht@portaal.example",
        "MBT_RESIDENTS_URL": "https://portaal.example",
    }
    job = mail_job(settings, server)
    assert job is not None
    assert isinstance(job.run, MailJob)
    _subject, body = mail_text("melding_ontvangen", "nl", job.run.place, to_whom="inwoner", since=since)
    assert f"Uiterlijk op {fifth_day(since)} beginnen wij." in body


def test_a_letter_names_the_day(town: Town, daan: Browser) -> None:
    app = town.apps["team"]
    with app.app_context(), app.extensions["database"].plain() as connection:
        queue_letter(connection, "melding_ontvangen", "nl", "Wim Wacht", "Proefweg 1, 6511 AB Nijmegen", team_id=town._team_ids["Noord"])
    printed = daan.send("/post/afdrukken", page="/post")
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(printed.data)).pages).split())
    assert f"Uiterlijk op {fifth_day(datetime.now(UTC))} beginnen wij." in said
