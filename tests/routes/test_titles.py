"""Titles that a tab or the list of visited pages shows: with the setting, the same for every page."""

import re
import secrets

import pytest

from portal.app import create_app
from portal.settings import Settings, SettingsError
from tests.conftest import PortalDatabase
from tests.routes.conftest import Town

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def titles(database: PortalDatabase, *, neutral: bool) -> set[str]:
    """The titles of some pages, whole and as a fragment, and of a page that isn't there."""
    app = create_app(
        Settings(
            face="inwoner",
            mode="test",
            database_url=database.url("web_inwoner"),
            actor_key=database.keys["web_inwoner"],
            session_key=secrets.token_bytes(32),
            text_key=secrets.token_bytes(32),
            site_title="Mijn pagina",
            neutral_titles=neutral,
        )
    )
    client = app.test_client()
    pages = [client.get(path) for path in ("/hulp", "/inloggen", "/is-er-niet")]
    pages.append(client.get("/hulp", headers={"HX-Request": "true"}))
    app.extensions["database"].dispose()
    found = [_TITLE.search(page.get_data(as_text=True)) for page in pages]
    return {title[1].strip() for title in found if title}


def test_every_page_has_the_same_title_when_titles_are_neutral(database: PortalDatabase) -> None:
    assert titles(database, neutral=True) == {"Mijn pagina"}


def test_otherwise_each_page_says_what_it_is(database: PortalDatabase) -> None:
    found = titles(database, neutral=False)
    assert len(found) == 3
    assert all(title.endswith(" – Mijn pagina") for title in found)


def test_the_setting_takes_yes_or_no_only() -> None:
    environment = {
        "MBT_MODE": "test",
        "MBT_FACE": "inwoner",
        "MBT_NEUTRAL_TITLES": "misschien",
        "MBT_DATABASE_URL": "postgresql+psycopg://web_inwoner:x@127.0.0.1/x",
    }
    environment |= {name: secrets.token_hex(32) for name in ("MBT_ACTOR_KEY", "MBT_SESSION_KEY", "MBT_TEXT_KEY")}
    with pytest.raises(SettingsError, match="MBT_NEUTRAL_TITLES"):
        Settings.from_environment(environment)


def test_an_entry_that_another_program_gave_no_title_has_words_to_press_on(town: Town) -> None:
    owner = town.person(name="Iris")
    dossier = town.dossier(owner)
    entry = town.entry(dossier)
    with town.admin() as admin:
        admin.execute(
            "UPDATE casus.entry_version SET title = '' WHERE entry_id = (SELECT id FROM casus.entry WHERE public_id = %s)", (entry,)
        )
    browser = town.signed_in(owner)
    for where, begins in (
        (f"/dossier/{dossier}", "<a "),
        (f"/dossier/{dossier}/notitie/{entry}", "<h1"),
        (f"/dossier/{dossier}/afdrukken", "<h2"),
    ):
        assert re.search(begins + r"[^>]*><bdi>Zonder titel</bdi>", browser.get(where).text), where
    assert browser.get(f"/dossier/{dossier}/meenemen/notitie/{entry}").mimetype == "application/pdf"
