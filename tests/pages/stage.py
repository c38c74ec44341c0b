"""What the demo lacks for the sweep of pages: the longest, the emptiest and the strangest of each thing. Made once."""

import html
import re
import secrets
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.accounts import totp
from portal.accounts.commands import NewAccount, create_account
from portal.db import Database
from portal.paper_code import new_code
from portal.settings import Face
from tests.live import Live

LONG_NAME = ("Maximiliane-Alexandrina", "van der", "Wolkenstein-Trostburg-Schwarzenbergerhof")
LONG_WORD = "Rechtsschutzversicherungsgesellschaften" * 2
STRANGE = (
    f"{LONG_WORD} <b>geen opmaak</b> & {{{{ 7 * 7 }}}}\nمرحبا، هذه كلماتي. \u202egnihcaw\u202c 👩🏽‍👧‍👦\n"
    "https://voorbeeld.nl/een/heel/lang/adres?met=vragen&en=antwoorden#dat-nergens-afbreekt"
)


@dataclass
class Stage:
    """Addresses and names of what was made. ``start_codes``: user name and code by face."""

    live: Live
    iris: str = ""
    quiet: str = ""
    """An entry of Iris without reactions."""
    talked_about: str = ""
    """An entry with every kind of reaction, and two texts."""
    reaction: str = ""
    """A reaction of Iris beside it that has two texts."""
    strange: str = ""
    empty_dossier: str = ""
    concepts: dict[str, str] = field(default_factory=dict)
    start_codes: dict[Face, tuple[str, str]] = field(default_factory=dict)
    femke: UUID | None = None
    to_open: str = ""
    """A melding of no team, with long words, as it stands in an address."""
    away: UUID | None = None

    def person(self, face: Face, username: str, name: tuple[str, str | None, str], *, staff: str | None = None, code: bool = False) -> int:
        """Somebody with an account, and with ``staff`` a role in the team of Annelies; with ``code`` before the first time."""
        app = self.live.apps[face]
        start_code = new_code() if code else None
        if start_code:
            self.start_codes[face] = (username, start_code)
        with self.live.admin() as admin:
            row = admin.execute(
                "INSERT INTO casus.person (first_name, infix, last_name, is_staff) VALUES (%s, %s, %s, %s) RETURNING id",
                (*name, staff is not None),
            ).fetchone()
            assert row
            if staff:
                admin.execute(
                    "INSERT INTO casus.staff (person_id, job_title, team_id, role, joined_on)"
                    " SELECT %s, 'maatschappelijk werker', s.team_id, %s, current_date - 30"
                    " FROM casus.staff s JOIN portaal.account a ON a.person_id = s.person_id WHERE a.username = 'annelies.groothuis'",
                    (row[0], staff),
                )
        number = int(row[0])
        operator = Database(self.live.database.url("portaal_operator"), None)
        with Session(operator.engine) as db:
            create_account(
                db,
                app.extensions["settings"].text_key,
                NewAccount(
                    number, face, username,
                    password=None if code else secrets.token_urlsafe(12), totp_secret=None if code else totp.new_secret(), start_code=start_code,
                ),
            )  # fmt: skip
            db.commit()
        operator.dispose()
        return number

    def send(self, client: FlaskClient, address: str, page: str | None = None, **fields: str) -> TestResponse:
        """Sends a form with the token of its page, or of the page it stands on."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page or address).text)
        assert token, address
        return client.post(address, data={"csrf_token": html.unescape(token[1]), **fields})


def set_the_stage(live: Live) -> Stage:
    """Makes all of it."""
    stage = Stage(live)
    _entries(stage)
    _reactions(stage)
    _concepts(stage)
    _people(stage)
    _logged_elsewhere(stage)
    stage.to_open = str(
        live.one(
            "INSERT INTO casus.melding (number, channel, for_whom, words, name, address, postcode)"
            " VALUES ('M-AAAA-0501', 'website', 'zelf', %s, %s, 'Dorpsstraat 1', '6511 AA') RETURNING public_id",
            STRANGE,
            " ".join(part for part in LONG_NAME if part),
        )
    )
    return stage


def _entry(live: Live, title: str) -> str:
    return str(
        live.one(
            "SELECT '/dossier/' || d.public_id || '/notitie/' || e.public_id FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id"
            " JOIN casus.entry_version v ON v.entry_id = e.id AND v.number = 1 WHERE v.title = %s",
            title,
        )
    )


def _entries(stage: Stage) -> None:
    live = stage.live
    stage.iris = live.dossier("Iris")
    stage.quiet = _entry(live, "Terug van vakantie")
    stage.talked_about = _entry(live, "Overdracht vanuit Veilig Thuis, screening")
    femke = live.client("team", "femke.nas")
    for title, body, more in (
        (f"{LONG_WORD} & <i>titel</i> مرحبا", STRANGE, {}),
        ("Brief van de gemeente", "Hier praten wij eerst over.", {"discuss_first": "y"}),
    ):
        concept = stage.send(femke, f"{stage.iris}/schrijven", stage.iris).headers["Location"]
        placed = stage.send(femke, concept, **_concept(title, body, "plaats", **more))
        assert placed.status_code == 303
    stage.strange = _entry(live, f"{LONG_WORD} & <i>titel</i> مرحبا")


def _concept(title: str, body: str, act: str, **more: str) -> dict[str, str]:
    return {"occurred_on": "2026-01-20", "kind": "1", "section": "2", "leefdomein": "3", "title": title, "body": body, "act": act, **more}


def _reactions(stage: Stage) -> None:
    iris, entry = stage.live.client("inwoner", "iris"), stage.talked_about
    numbers = [str(uuid4()) for _ in range(3)]
    for number, audience in zip(numbers, "123", strict=True):
        assert stage.send(iris, f"{entry}/reactie", entry, body=STRANGE, audience=audience, number=number).status_code == 303
    stage.reaction = f"{entry}/reactie/{numbers[2]}"
    assert stage.send(iris, f"{stage.reaction}/wijzigen", body="Ik schrijf het nu zo.", audience="3", base="1").status_code == 303
    assert stage.send(iris, f"{entry}/reactie/{numbers[1]}/intrekken").status_code == 303


def _logged_elsewhere(stage: Stage) -> None:
    """Lines of two other systems in the dossier of Iris, with words that we don't know, and a copy that was made here."""
    number = stage.iris.rsplit("/", 1)[1]
    lines = (
        ("Oud dossiersysteem", "2019-03-02", "notitie", "Femke Nas", "maatschappelijk werker", "professional", "vaste professional"),
        ("Oud dossiersysteem", "2019-03-03", "overzicht", f"{LONG_WORD} مرحبا", "naaste", "naaste", ""),
        (f"{LONG_WORD} <b>1.0</b>", "2018-03-03", "inzage door derden", "Balie", "medewerker balie", "artikel 5", STRANGE),
    )
    with stage.live.admin() as admin:
        for source, day, what, name, role, ground, detail in lines:
            admin.execute(
                "INSERT INTO casus.imported_read_line (source, at, dossier_id, what, shown, shown_entries, reader_name, reader_role, ground,"
                " ground_detail, program) SELECT %s, %s::date + interval '9 hours', id, %s, 2, '{}', %s, %s, %s, %s, 'oud' FROM casus.dossier"
                " WHERE public_id = %s",
                (source, day, what, name, role, ground, detail, number),
            )
    with psycopg.connect(stage.live.database.dsn("casus_uitvoer")) as copier:
        copier.execute("SELECT acl.open_export(%s, 'M. de Wit', 'Verhuizing naar Arnhem')", (number,))


def _concepts(stage: Stage) -> None:
    dirk = stage.live.client("team", "dirk.kersten")
    start = f"{stage.iris}/schrijven"
    stage.concepts = {name: stage.send(dirk, start, stage.iris).headers["Location"] for name in ("empty", "filled")}
    assert stage.send(dirk, stage.concepts["filled"], **_concept(LONG_WORD, STRANGE, "bewaar")).status_code == 303
    stage.concepts["version"] = stage.send(dirk, f"{stage.talked_about}/nieuwe-versie", stage.talked_about).headers["Location"]
    with stage.live.admin() as admin:
        admin.execute("UPDATE casus.concept SET created_at = now() - interval '5 days' WHERE title <> ''")


def _people(stage: Stage) -> None:
    live = stage.live
    stage.person("inwoner", "zonder.dossier", ("Noor", None, "Niemand"))
    owner = stage.person("inwoner", "lange.naam", LONG_NAME)
    stage.person("inwoner", "eerste.keer", ("Ying", None, "Li"), code=True)
    stage.person("team", "nieuw", ("Nieuw", None, "Begonnen"), staff="professional", code=True)
    idle = stage.person("team", "nog.geen", ("Teun", None, "Nog-Geen-Dossier"), staff="professional")
    away = stage.person("team", "even.weg", LONG_NAME, staff="professional")
    gone = stage.person("team", "ging.weg", ("Gijs", None, "Vertrokken"), staff="professional")
    deputy = stage.person("team", "neemt.waar", ("Wim", "de", "Waarnemer"), staff="professional")
    mentor = stage.person("inwoner", "mentor", ("Mentor", "van", LONG_WORD[:60]))
    with live.admin() as admin:
        admin.execute("INSERT INTO casus.inwoner (person_id, birth_date) VALUES (%s, '1970-01-01')", (owner,))
        row = admin.execute(
            "INSERT INTO casus.dossier (inwoner_id, opened_on) VALUES (%s, current_date - 3) RETURNING id, public_id", (owner,)
        ).fetchone()
        assert row
        stage.empty_dossier = f"/dossier/{row[1]}"
        admin.execute(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from) VALUES (%s, %s, 'vaste professional', current_date - 3)",
            (row[0], away),
        )
        admin.execute(
            "INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) VALUES (%s, current_date - 1, current_date + 9, %s)",
            (away, deputy),
        )
        admin.execute(
            "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from) VALUES (%s, %s, 'mentor', current_date - 2)",
            (row[0], mentor),
        )
        admin.execute("UPDATE casus.staff SET left_on = current_date - 2 WHERE person_id = %s", (gone,))
        admin.execute(
            "INSERT INTO casus.concept (dossier_id, author_id, section, kind, occurred_on, title, body)"
            " VALUES (%s, %s, 2, 1, current_date - 9, 'Bleef liggen', 'Niet geplaatst.')",
            (row[0], gone),
        )
    assert idle
    stage.femke = live.one(
        "SELECT p.public_id FROM casus.person p JOIN portaal.account a ON a.person_id = p.id WHERE a.username = 'femke.nas'"
    )
    stage.away = live.one("SELECT public_id FROM casus.person WHERE id = %s", away)
