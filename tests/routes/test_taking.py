"""The inwoner takes the dossier along: asked for on the page, made by the worker, fetched by nobody else, gone a day later."""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

import portal
from portal.audit import Event
from portal.json_schema import check
from portal.pdf import make_pdf
from portal.taking import jobs, papers
from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import PEOPLE, public

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
PAGE = f"{A}/meenemen"
_ROOT = Path(portal.__file__).parent.parent
_SUBJECTS = {
    "access",
    "account",
    "breach",
    "destruction",
    "dossier",
    "emergency",
    "entry",
    "inwoner",
    "look",
    "mandate",
    "notices",
    "withholding",
}
_NOT_TOLD = {
    # Told by somebody before it can be read (portal/exporting.py).
    "breach.proposed",
    "breach.reported",
    "breach.told",
    "entry.moved_away",
    "entry.put_back",
    "entry.taken_out",
    # Changed nothing for the owner (the policy "untold").
    "withholding.asked",
    "withholding.refused",
    "database.restored",
}
_SCHEMA = Path(portal.__file__).parent / "schemas" / "dossier.schema.json"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
Admin = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture(autouse=True)
def pdfs_in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each PDF takes seconds: one test pays for that."""
    if "tagged" not in request.node.name:
        monkeypatch.setattr("portal.taking.pdfs.apart", lambda: nullcontext(make_pdf))


@pytest.fixture
def admin(web: Web) -> Iterator[Admin]:
    """A look at the rows from outside the lock; afterwards the world is whole again."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as connection:
        yield connection
        connection.execute("DELETE FROM portaal.taking")
    web.reset()


def as_(web: Web, name: str) -> FlaskClient:
    """Somebody of the world, signed in."""
    return web.client(PEOPLE[name].face, PEOPLE[name])


def send(client: FlaskClient, path: str) -> Any:
    """Sends a form without fields."""
    token = _TOKEN.search(client.get("/hulp").get_data(as_text=True))
    assert token
    return client.post(path, data={"csrf_token": token[1]})


def made(web: Web, client: FlaskClient) -> ZipFile:
    """Asks for a copy, has the worker make it, and fetches it."""
    assert send(client, PAGE).status_code == 303
    assert "Wij maken uw kopie" in client.get(PAGE).get_data(as_text=True)
    assert jobs.make_next(web.apps["inwoner"])
    assert "Uw kopie is klaar" in client.get(PAGE).get_data(as_text=True)
    answer = send(client, f"{PAGE}/ophalen")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kopie.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    return ZipFile(BytesIO(answer.data))


def test_the_case_file_in_it_fits_its_form_and_holds_what_the_inwoner_reads_and_nothing_else(web: Web, admin: Admin) -> None:
    copy = made(web, as_(web, "owner"))
    assert copy.testzip() is None
    case = json.loads(copy.read("dossier.json"))
    check(case, json.loads(_SCHEMA.read_text(encoding="utf-8")))
    ids = {entry["id"] for entry in case["entries"]}
    hidden = {str(public("entry", number)) for number in (105, 106)}
    assert not ids & hidden
    assert {str(public("entry", number)) for number in (101, 112, 114, 116)} <= ids, "the own diary, and what the inwoner closed, too"
    everything = b"".join(copy.read(name) for name in copy.namelist() if not name.endswith((".pdf", ".png"))).decode()
    assert "Woorden 105" not in everything
    assert "Titel 106" not in everything


def test_the_plan_is_in_it_as_it_stands_and_as_it_was_agreed(web: Web, admin: Admin) -> None:
    page = made(web, as_(web, "owner")).read("dossier.html").decode()
    plan = page[page.index("<h2>Mijn plan</h2>") :]
    now, _, agreed = plan.partition("<details>")
    for number in (1, 2, 3, 4, 5, 6, 7, 8):
        assert f"Deel {number}<" in now, number
    assert "Mee bezig" in now
    assert "Ja, ik ben het ermee eens" in agreed
    assert [number for number in range(1, 9) if f"Deel {number}<" in agreed] == [1, 6, 7]
    assert "Deel 9" not in page, "of another dossier"


def test_the_plan_in_its_case_file_is_the_own_one_and_whole(web: Web, admin: Admin) -> None:
    plan = json.loads(made(web, as_(web, "owner")).read("dossier.json"))["plan"]
    assert [part["texts"][0]["body"] for part in plan["parts"]] == [f"Deel {number}" for number in range(1, 9)]
    assert [part["texts"][0]["agreed"] for part in plan["parts"]] == [number in (1, 6, 7) for number in range(1, 9)]
    assert {len(plan[name]) for name in ("proposals", "evaluations")} == {2}
    assert {len(plan[name]) for name in ("pressures", "endings")} == {1}


def test_looking_back_is_in_it_with_what_each_said(web: Web, admin: Admin) -> None:
    page = made(web, as_(web, "owner")).read("dossier.html").decode()
    back = page[page.index("<h2>Samen terugkijken</h2>") :]
    assert back.count(">Zo<") == 4, "two moments of this dossier, and of each what the team and who was asked along said"
    assert "Deel 6</bdi>: Gelukt" in back
    assert "Deel 6</bdi>: Voor een deel gelukt" in back
    assert "Wij gaan zo door" in back


def test_what_was_said_beside_the_plan_is_in_it(web: Web, admin: Admin) -> None:
    page = made(web, as_(web, "owner")).read("dossier.html").decode()
    beside = page[page.index("<h2>Opmerkingen</h2>") :]
    assert beside.count(">Gezegd<") == 1, "and not that of another dossier"
    assert "Om de kinderen" in beside[beside.index("<h2>Drang of dwang</h2>") :]


def test_the_files_in_it_are_those_that_the_case_file_names(web: Web, admin: Admin) -> None:
    def spoil(**to: object) -> None:
        admin.execute("UPDATE casus.document_part SET sealed = %(sealed)s WHERE entry_id = 104", {"sealed": to["sealed"]})

    [(whole,)] = admin.execute("SELECT sealed FROM casus.document_part WHERE entry_id = 104").fetchall()
    spoil(sealed=b"nothing")
    admin.execute("UPDATE casus.document SET sealed_as = NULL WHERE entry_id = 103")
    try:
        copy = made(web, as_(web, "owner"))
    finally:
        spoil(sealed=whole)
        admin.execute("UPDATE casus.document SET sealed_as = %s WHERE entry_id = 103", (public("entry", 103),))
    named = {entry["id"]: entry["document"]["sha256"] for entry in json.loads(copy.read("dossier.json"))["entries"]}
    broken, elsewhere = str(public("entry", 104)), str(public("entry", 103))
    found = {name.removeprefix("documenten/") for name in copy.namelist() if name.startswith("documenten/")}
    assert found == {f"{entry}.png" for entry in named if entry not in (broken, elsewhere)} | {f"{broken}.txt"}
    for entry, sha256 in named.items():
        if entry not in (broken, elsewhere):
            assert hashlib.sha256(copy.read(f"documenten/{entry}.png")).hexdigest() == sha256
            assert f'href="documenten/{entry}.png"' in copy.read("dossier.html").decode()
    assert "konden wij niet openen" in copy.read(f"documenten/{broken}.txt").decode()


def test_the_page_in_it_says_the_same_and_needs_nothing_else(web: Web, admin: Admin) -> None:
    copy = made(web, as_(web, "owner"))
    page = copy.read("dossier.html").decode()
    case = json.loads(copy.read("dossier.json"))
    assert page.count("<article>") == len(case["entries"])
    assert '<html lang="nl" dir="ltr">' in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    for entry in case["entries"]:
        assert entry["versions"][-1]["body"] in page
    # What the two sides wrote to each other, and nothing of another dossier.
    assert 0 < page.index("Hoe gaat het?") < page.index("Niet goed")
    assert "Van een ander" not in page


def test_what_was_asked_and_what_came_of_it_stands_beside_the_text_in_every_form(web: Web, admin: Admin) -> None:
    admin.execute(
        "UPDATE casus.annotation SET kind = 2, wish = 1, outcome = 3, extended_at = now(), extension = 'Nog even wachten' WHERE id = 305"
    )
    client = as_(web, "owner")
    copy = made(web, client)
    one = words_of(client.get(f"{PAGE}/notitie/{public('entry', 101)}").data)
    years = " ".join(words_of(copy.read(name)) for name in copy.namelist() if name.startswith("pdf/"))
    for form in (copy.read("dossier.html").decode(), one, years):
        for words in (
            "De vraag: Dit is fout.",
            "Het antwoord duurt langer. De reden:",
            "Nog even wachten",
            "Wij veranderden de tekst niet.",
        ):
            assert words in form, words


def test_the_lists_in_it_hold_each_line_and_no_formula(web: Web, admin: Admin) -> None:
    admin.execute("SET session_replication_role = replica")
    admin.execute(
        "INSERT INTO casus.imported_read_line (dossier_id, at, what, shown, shown_entries, reader_name, reader_role, ground, ground_detail,"
        " program, source) VALUES (1, now(), 'overzicht', 0, '{}', '=HYPERLINK(1)', '+rol', '-grond', '@detail', 'x', ' =bron')"
    )
    copy = made(web, as_(web, "owner"))
    case = json.loads(copy.read("dossier.json"))
    for name, key in (("wie-keek-er.csv", "read_lines"), ("wat-veranderde.csv", "changes")):
        raw = copy.read(name)
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) - 1 == len(case[key])
        assert not any(re.match(r"\s*[=+\-@]", cell) for row in rows for cell in row)
    assert "'=HYPERLINK(1)" in copy.read("wie-keek-er.csv").decode()
    admin.execute("DELETE FROM casus.imported_read_line WHERE reader_name = '=HYPERLINK(1)'")
    admin.execute("SET session_replication_role = DEFAULT")


def test_each_change_that_is_told_has_words() -> None:
    here = {path: path.read_text() for path in (_ROOT / "migrations" / "rls").glob("*.sql")}
    logged = {name for text in here.values() for name in re.findall(r"'([a-z]+\.[a-z_]+)'", text) if name.partition(".")[0] in _SUBJECTS}
    assert {"entry.taken_out", "destruction.asked", "mandate.made"} <= logged, "the search finds what there is"
    told = (logged | {str(event) for event in Event}) - _NOT_TOLD
    assert told - set(papers.EVENTS) == set()


def test_that_a_note_stood_in_the_wrong_dossier_is_not_told_by_a_copy(web: Web, admin: Admin) -> None:
    admin.execute("SET session_replication_role = replica")
    for entry, event in ((101, "entry.taken_out"), (101, "breach.told"), (101, "entry.destroyed"), (102, "entry.destroyed")):
        admin.execute(
            "INSERT INTO casus.change_log (at, dossier_id, entry_id, event, person_name, person_role, program)"
            " VALUES (now(), 1, %s, %s, 'X', 'x', 'web_team')",
            (entry, event),
        )
    copy = made(web, as_(web, "owner"))
    changes = [(one["event"], one["entry"]) for one in json.loads(copy.read("dossier.json"))["changes"]]
    assert [one for one in changes if one[0] in ("entry.taken_out", "breach.told", "entry.destroyed")] == [
        ("entry.destroyed", str(public("entry", 102)))
    ]
    said = copy.read("wat-veranderde.csv").decode()
    assert said.count("Een notitie is voor altijd gewist") == 1
    assert "taken_out" not in said
    admin.execute("DELETE FROM casus.change_log WHERE person_name = 'X'")
    admin.execute("SET session_replication_role = DEFAULT")


def test_it_speaks_the_language_of_the_inwoner(web: Web, admin: Admin) -> None:
    admin.execute("UPDATE portaal.account SET language = 'ar' WHERE person_id = 1 AND face = 'inwoner'")
    client = as_(web, "owner")
    send(client, PAGE)
    jobs.make_next(web.apps["inwoner"])
    copy = ZipFile(BytesIO(send(client, f"{PAGE}/ophalen").data))
    assert '<html lang="ar" dir="rtl">' in copy.read("dossier.html").decode()
    assert re.search("[\u0600-\u06ff]", copy.read("leesmij.txt").decode())
    admin.execute("UPDATE portaal.account SET language = 'nl' WHERE person_id = 1 AND face = 'inwoner'")


def test_what_was_done_stands_in_both_logs(web: Web, admin: Admin) -> None:
    [last] = [row[0] for row in admin.execute("SELECT max(id) FROM casus.read_log").fetchall()]
    client = as_(web, "owner")
    made(web, client)
    events = admin.execute("SELECT event FROM casus.change_log WHERE event LIKE 'taking.%' ORDER BY id DESC LIMIT 3").fetchall()
    assert events == [("taking.fetched",), ("taking.made",), ("taking.asked",)]
    lines = admin.execute("SELECT what, reader_id, shown > 5 FROM casus.read_log WHERE id > %s AND what = 'uitvoer'", (last,)).fetchall()
    assert lines == [("uitvoer", 1, True)] * 2
    assert send(client, f"{PAGE}/weg").status_code == 303
    assert admin.execute("SELECT event FROM casus.change_log ORDER BY id DESC LIMIT 1").fetchone() == ("taking.dropped",)
    assert send(client, f"{PAGE}/ophalen").status_code == 404


def test_the_bytes_are_sealed_and_gone_after_a_day(web: Web, admin: Admin) -> None:
    client = as_(web, "owner")
    made(web, client)
    [(sealed,)] = admin.execute("SELECT string_agg(sealed, '' ORDER BY number) FROM portaal.taking_part").fetchall()
    assert sealed[:2] != b"PK"
    assert b"dossier.json" not in sealed
    admin.execute("UPDATE portaal.taking SET made_at = now() - interval '24 hours'")
    assert send(client, f"{PAGE}/ophalen").status_code == 404
    assert "Maak een kopie" in client.get(PAGE).get_data(as_text=True)


def test_what_is_withheld_meanwhile_ends_the_copy(web: Web, admin: Admin) -> None:
    client = as_(web, "owner")
    made(web, client)
    admin.execute("INSERT INTO casus.closure (dossier_id, entry_id, reason) VALUES (1, 101, 'gevaar')")
    assert send(client, f"{PAGE}/ophalen").status_code == 404
    assert "klaar" not in client.get(PAGE).get_data(as_text=True)


def test_a_worker_that_can_not_go_on_says_so_and_keeps_nothing(web: Web, admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_(web, "owner")
    send(client, PAGE)

    def broken(*_: object) -> None:
        raise OSError("vol")

    with monkeypatch.context() as patch:
        patch.setattr("portal.taking.papers.changes_csv", broken)
        assert jobs.make_next(web.apps["inwoner"])
    assert "lukte niet" in client.get(PAGE).get_data(as_text=True)
    assert admin.execute("SELECT FROM portaal.taking_part").fetchall() == []
    made(web, client)


def test_what_is_not_wanted_any_more_is_not_made(web: Web, admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_(web, "owner")
    send(client, PAGE)

    def thrown(*_: object) -> str:
        admin.execute("DELETE FROM portaal.taking")
        return ""

    with monkeypatch.context() as patch:
        patch.setattr("portal.taking.papers.read_me", thrown)
        assert jobs.make_next(web.apps["inwoner"])
    assert admin.execute("SELECT (SELECT count(*) FROM portaal.taking) + (SELECT count(*) FROM portaal.taking_part)").fetchone() == (0,)
    assert not jobs.make_next(web.apps["inwoner"])


def test_a_copy_of_more_than_a_piece_comes_out_whole(web: Web, admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PIECE", 1000)
    copy = made(web, as_(web, "owner"))
    assert copy.testzip() is None
    assert admin.execute("SELECT count(*) > 3 FROM portaal.taking_part").fetchone() == (True,)


def words_of(document: bytes) -> str:
    """The words of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def test_each_year_in_it_is_a_tagged_pdf_in_the_language_of_its_texts(web: Web, admin: Admin) -> None:
    copy = made(web, as_(web, "owner"))
    names = [name for name in copy.namelist() if name.startswith("pdf/")]
    assert names
    document = PdfReader(BytesIO(copy.read(names[0])))
    root = document.root_object
    assert str(root["/Lang"]) == "nl"
    assert "/MarkInfo" in root
    assert b"pdfuaid" in copy.read(names[0])
    everything = " ".join(words_of(copy.read(name)) for name in names)
    assert "Woorden 101" in everything
    assert "Woorden 105" not in everything


def test_one_entry_and_one_year_are_a_pdf_that_is_logged(web: Web, admin: Admin) -> None:
    client = as_(web, "owner")
    entry = client.get(f"{PAGE}/notitie/{public('entry', 101)}")
    assert entry.mimetype == "application/pdf"
    assert "Woorden 101" in words_of(entry.data)
    assert admin.execute("SELECT what, entry_id FROM casus.read_log ORDER BY id DESC LIMIT 1").fetchone() == ("afdruk", 101)
    assert client.get(f"{PAGE}/notitie/{public('entry', 105)}").status_code == 404
    [(year,)] = admin.execute("SELECT extract(year FROM occurred_at)::int FROM casus.entry WHERE id = 101").fetchall()
    whole = client.get(f"{PAGE}/jaar/{year}")
    assert "Woorden 101" in words_of(whole.data)
    assert "Woorden 105" not in words_of(whole.data)
    assert admin.execute("SELECT what, entry_id, shown > 1 FROM casus.read_log ORDER BY id DESC LIMIT 1").fetchone() == (
        "afdruk",
        None,
        True,
    )
    for other in ("1950", "1899", "2100"):
        assert client.get(f"{PAGE}/jaar/{other}").status_code == 404


def test_a_year_that_is_too_long_is_in_the_copy_of_everything(web: Web, admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.taking.pdfs.MOST", 1)
    [(year,)] = admin.execute("SELECT extract(year FROM occurred_at)::int FROM casus.entry WHERE id = 101").fetchall()
    answer = as_(web, "owner").get(f"{PAGE}/jaar/{year}", follow_redirects=True)
    assert "te veel voor één PDF" in answer.get_data(as_text=True)
