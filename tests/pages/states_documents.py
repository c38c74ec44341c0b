"""Documents: adding one, on both faces, and the entry that it hangs on."""

from collections.abc import Callable
from uuid import UUID, uuid4

from tests.documents import bad_files, good_files
from tests.documents.kept import keep
from tests.pages.stage import LONG_WORD
from tests.pages.states import DONE, ERRORS, made, page
from tests.pages.visit import Visit


def _added(visit: Visit, kind: str, *, here: bool = True) -> str:
    """An entry of Iris with a file, as the form would leave it; gives its address."""
    entry = uuid4()
    with visit.live.admin() as admin:
        # Without the trigger that says who wrote it: nobody is signed in here.
        admin.execute("SET session_replication_role = replica")
        row = admin.execute(
            "INSERT INTO casus.entry (public_id, dossier_id, section, leefdomein, kind, occurred_at, author_id, author_name)"
            " SELECT %s, d.id, 9, 6, 12, now(), p.id, 'Iris Bouwman' FROM casus.dossier d JOIN casus.person p ON p.id = d.inwoner_id"
            " WHERE d.public_id = %s RETURNING id, dossier_id",
            (entry, UUID(visit.stage.iris.rsplit("/", 1)[1])),
        ).fetchone()
        assert row
        admin.execute(
            "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id, author_name)"
            " SELECT id, 1, dossier_id, section, leefdomein, %s, 'Wat moet ik hiermee?', author_id, author_name FROM casus.entry WHERE id = %s",
            (f"Brief {LONG_WORD}", row[0]),
        )
        keep(admin, visit.app.extensions["settings"].document_key, entry, kind, good_files.GOOD[kind](), here=here)
    return f"{visit.stage.iris}/notitie/{entry}"


def _entry(kind: str, where: str = "", *, here: bool = True) -> Callable[[Visit], object]:
    return lambda visit: visit.open(f"{_added(visit, kind, here=here)}{where}")


def _own(audience: str, where: str = "", done: str = "") -> Callable[[Visit], object]:
    """A document that Iris added herself, for this audience."""

    def go(visit: Visit) -> object:
        entry = _added(visit, "jpg")
        with visit.live.admin() as admin:
            # Added as hers, and read by this circle from the beginning.
            admin.execute("SET session_replication_role = replica")
            for column, table, number in (("audience", "entry", "id"), ("written_for", "entry_version", "entry_id")):
                admin.execute(
                    f"UPDATE casus.{table} SET {column} = %s WHERE {number} = (SELECT id FROM casus.entry WHERE public_id = %s)".encode(),
                    (audience, UUID(entry.rsplit("/", 1)[1])),
                )
        return visit.open(f"{entry}{where}{done}")

    return go


def _no_choice(visit: Visit) -> None:
    _own("1", "/wie-leest")(visit)
    visit.page.evaluate("for (const box of document.querySelectorAll('#audience input')) box.checked = false")
    visit.submit()


def _sends(data: bytes, **fields: str) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.open(f"{visit.stage.iris}/document-toevoegen")
        visit.fill(title=LONG_WORD, body="Dit wil ik bewaren.", **fields)
        visit.page.set_input_files("#file", {"name": "bestand", "mimeType": "application/octet-stream", "buffer": data})
        if visit.page.locator("#audience-1").count():
            visit.page.check("#audience-1")
        # As without script: the whole page answers.
        with visit.page.expect_navigation():
            visit.page.evaluate("document.querySelector('form[enctype]').submit()")

    return go


for _face, _who in (("inwoner", "iris"), ("team", "femke.nas")):
    page(_face, "documents.begin", "empty", _who, lambda stage: f"{stage.iris}/document-toevoegen", "#file")  # type: ignore[arg-type]
    made(_face, "documents.begin", "no-kind-of-ours", _who, _sends(bad_files.PROGRAM), ERRORS, 422)  # type: ignore[arg-type]
    made(_face, "dossier.entry", "photo", _who, _entry("jpg"), "#bestand")  # type: ignore[arg-type]
    made(_face, "documents.look", "photo", _who, _entry("jpg", "/foto"), "img.photo")  # type: ignore[arg-type]
made("inwoner", "dossier.entry", "text-from-word", "iris", _entry("docx"), "#bestand")
made("inwoner", "dossier.entry", "file-that-did-not-come-along", "iris", _entry("pdf", here=False), "#bestand")
made("inwoner", "dossier.entry", "own-document", "iris", _own("1", done="?klaar=document-alleen-ik"), "#eigen-document")
made("inwoner", "dossier.entry", "own-document-shared", "iris", _own("2", done="?klaar=document-gedeeld"), "#eigen-document")
made("inwoner", "own_document.ask_share", "private", "iris", _own("1", "/wie-leest"), "#audience-0:checked")
made("inwoner", "own_document.ask_share", "errors", "iris", _no_choice, ERRORS, 422)
made("inwoner", "own_document.ask_throw", "private", "iris", _own("1", "/weggooien"), "main form")
made("inwoner", "own_document.ask_throw", "was-shared", "iris", _own("2", "/weggooien"), "main p.actions")
page("inwoner", "timeline.show", "document-thrown", "iris", lambda stage: f"{stage.iris}?klaar=weg", DONE)
