"""What the tests of bad input share: browsers of the demo's people, and what may stand in no log."""

import html
import re
from datetime import datetime
from uuid import uuid4

import psycopg
import psycopg.sql
from werkzeug.test import TestResponse

from portal.deadlines import AMSTERDAM
from portal.settings import Face
from tests.live import Live
from tests.routes.conftest import Browser, token_of

WORDS = "Zo was het niet: ik heb zélf gebeld, om kwart over drie 🌻"


class Desk:
    """Browsers of people of the demo, and what may stand in no log: what they typed, and who they are."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.secrets = {"kwart over drie", "Bouwman", "Haddad", "999986296", "06-00000051", "alert(", "welkom in de demo"}

    def browser(self, face: Face, username: str) -> Browser:
        """A browser in which this person is signed in already."""
        cookie = self.live.cookie(face, username)
        browser = Browser(self.live.apps[face])
        browser.client.set_cookie(cookie["name"], cookie["value"])
        with browser.client.session_transaction() as content:
            self.secrets |= {cookie["value"], content["_user_id"]}
        return browser

    def entry(self, title: str) -> str:
        """The address of an entry of the demo, by its title."""
        return self.live.entry(title)

    def concept(self, browser: Browser, dossier: str) -> str:
        """Begins a concept; gives its address."""
        answer = browser.post(f"{dossier}/schrijven", {}, token_of(browser.get(dossier)))
        assert answer.status_code == 303
        return answer.headers["Location"]


def reaction(**fields: str) -> dict[str, str]:
    """The fields of a reaction, as the form sends them."""
    return {"body": WORDS, "audience": "2", "number": str(uuid4()), **fields}


def written(live: Live, body: str = WORDS) -> int:
    """How many reactions have these words."""
    return int(live.one("SELECT count(*) FROM casus.annotation_version WHERE body = %s", body))


def given_back(answer: TestResponse, text: str = WORDS) -> bool:
    """Whether the page holds this text in a field, to be sent or copied."""
    fields = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    return any(html.unescape(field).removeprefix("\r\n").removeprefix("\n").replace("\r\n", "\n") == text for field in fields)


def is_plain(answer: TestResponse) -> bool:
    """Whether it is a page of ours: one heading, a way on, and nothing of the program's inside."""
    inside = ("Traceback", "psycopg", "sqlalchemy", "portal/", "Internal Server Error", "werkzeug")
    return answer.text.count("<h1") == 1 and 'href="/' in answer.text and not any(word in answer.text for word in inside)


def same(answer: TestResponse, address: str) -> str:
    """A page without what differs between any two answers."""
    text = answer.text.replace(address, "")
    return re.sub(r'((nonce|csrf_token" value|data-seconds)="|ingelogd tot )[^"<]*', "", text)


def fields_of(answer: TestResponse) -> dict[str, str]:
    """What the form in the content of a page holds, as a browser would send it again."""
    main = answer.text.split("<main", 1)[1].split("</main>", 1)[0]
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', main))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', main, re.DOTALL):
        fields[name] = text.removeprefix("\r\n").removeprefix("\n")
    return {name: html.unescape(value) for name, value in fields.items()}


class Away:
    """The database takes nobody in and has dropped everybody, until the block ends."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def __enter__(self) -> None:
        """Close the door and put everybody out."""
        with psycopg.connect(self.live.database.cluster.admin_dsn, autocommit=True) as admin:
            name = psycopg.sql.Identifier(self.live.database.name)
            admin.execute(psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (self.live.database.name,))

    def __exit__(self, *_problem: object) -> None:
        """Open it again."""
        with psycopg.connect(self.live.database.cluster.admin_dsn, autocommit=True) as admin:
            name = psycopg.sql.Identifier(self.live.database.name)
            admin.execute(psycopg.sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


def concept_fields(title: str, body: str, act: str) -> dict[str, str]:
    """The fields of a concept, as the form sends them; ``act`` is the button."""
    today = datetime.now(AMSTERDAM).date().isoformat()
    return {"occurred_on": today, "kind": "1", "section": "2", "leefdomein": "0", "title": title, "body": body, "act": act}
