"""An entry in the wrong dossier is taken out, a colleague decides, the breach is written down; and the operator finds whose data were reached."""

import re
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from portal.repair.cli import incident
from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import TAKEN_OUT, public
from tests.routes.test_closing import as_, send, words_of

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
ENTRY = f"{A}/notitie/{public('entry', 101)}"
BREACH = f"/foute-notities/{public('breach', 1)}"
Admin = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def admin(web: Web) -> Iterator[Admin]:
    """A look at the rows from outside the lock; afterwards the world is whole again."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as connection:
        yield connection
        connection.execute(
            "UPDATE casus.breach SET decision = NULL, decided_at = NULL, decided_by = NULL, moved_to = NULL, proposed_dossier = NULL, reported = NULL, report_why = NULL,"
            " reported_at = NULL, reported_by = NULL, told_on = NULL, told_how = NULL, other_told_on = NULL, other_told_how = NULL"
        )
    web.reset()


def told(client: FlaskClient, path: str) -> str:
    """A page without how long the session still lasts."""
    return re.sub(r'seconds="\d+"', "", words_of(client, path))


def test_what_is_taken_out_is_as_if_it_never_was_for_everybody(web: Web, admin: Admin) -> None:
    professional, owner, guest = as_(web, "assigned"), as_(web, "owner"), as_(web, "grant whole")
    assert send(professional, f"{ENTRY}/hoort-hier-niet") == 422
    assert send(professional, f"{ENTRY}/hoort-hier-niet", whose="andere_inwoner") == 303
    for client in (professional, owner, guest, as_(web, "assigned, entry closed")):
        assert client.get(ENTRY).status_code == 404
        assert told(client, ENTRY) == told(client, f"{A}/notitie/{public('entry', 9999)}")
        assert "Titel 101" not in client.get(A).get_data(as_text=True)
        assert send(client, f"{A}/zoeken", words="Woorden 101") == 200
    assert send(professional, f"{ENTRY}/hoort-hier-niet", whose="onbekend") == 404
    assert "Notities in het verkeerde dossier: Hier moet nog iets gebeuren" in as_(web, "team lead").get("/").get_data(as_text=True)
    assert "Hier moet nog iets" not in as_(web, "assigned elsewhere").get("/").get_data(as_text=True)
    page = as_(web, "team lead").get("/foute-notities").get_data(as_text=True)
    assert page.count("owner Proef") == 2
    assert "Titel" not in page


def test_who_took_it_out_does_not_decide_and_a_colleague_does(web: Web, admin: Admin) -> None:
    first, second = as_(web, "assigned"), as_(web, "assigned, entry closed")
    page = first.get(BREACH).get_data(as_text=True)
    assert "Een collega beslist." in page
    assert "beslissen&#34;" not in page
    assert "assigned</bdi> (<bdi>werker</bdi>)" in page, "who saw it"
    assert "Woorden" not in page
    assert send(first, f"{BREACH}/beslissen", decision="terug") == 422
    assert send(second, f"{BREACH}/beslissen", decision="verplaatst") == 422
    assert send(second, f"{BREACH}/beslissen", decision="verplaatst", dossier=str(public("dossier", 3))) == 422, "not one's own"
    assert send(second, f"{BREACH}/beslissen", decision="terug") == 303
    assert send(second, f"{BREACH}/beslissen", decision="terug") == 422
    assert admin.execute("SELECT decided_by, decision FROM casus.breach WHERE entry_id = %s", (TAKEN_OUT,)).fetchone() == (41, "terug")
    assert first.get(f"{A}/notitie/{public('entry', TAKEN_OUT)}").status_code == 200


def test_who_works_in_no_dossier_is_not_offered_to_move_it(web: Web, admin: Admin) -> None:
    second, lead = as_(web, "substitute"), as_(web, "team lead")
    assert 'value="verplaatst"' in second.get(BREACH).get_data(as_text=True)
    page = lead.get(BREACH).get_data(as_text=True)
    assert 'value="verplaatst"' not in page
    assert "U werkt in geen ander dossier. U kunt de notitie dus niet verplaatsen." in page
    assert 'value="terug"' in page
    assert send(lead, f"{BREACH}/beslissen", decision="verplaatst", dossier=str(public("dossier", 1))) == 422


def test_who_took_it_out_names_the_right_dossier_and_a_team_lead_moves_it_there(web: Web, admin: Admin) -> None:
    first, lead, right = as_(web, "assigned"), as_(web, "team lead"), str(public("dossier", 3))
    page = first.get(BREACH).get_data(as_text=True)
    assert "In welk dossier hoort de notitie?" in page
    assert f'value="{public("dossier", 1)}"' not in page, "never the wrong one"
    assert send(lead, f"{BREACH}/hoort-bij", dossier="") == 422, "only who took it out"
    assert send(first, f"{BREACH}/hoort-bij", dossier=str(public("dossier", 2))) == 422
    assert send(first, f"{BREACH}/hoort-bij", dossier=right) == 303
    assert f'selected value="{right}"' in first.get(BREACH).get_data(as_text=True)
    page = lead.get(BREACH).get_data(as_text=True)
    assert "De notitie hoort bij: <bdi>third Proef</bdi>." in page
    assert 'value="verplaatst"' in page
    assert f'value="{right}"' in page
    assert lead.get(f"/dossier/{right}").status_code == 404, "the name and nothing else"
    for name in ("owner", "mandate", "grant whole"):
        for path in (A, f"{A}/wie-keek-er", f"{A}/notitie/{public('entry', TAKEN_OUT)}"):
            assert "third" not in as_(web, name).get(path).get_data(as_text=True)
    assert send(first, f"{BREACH}/hoort-bij", dossier="") == 303
    assert send(lead, f"{BREACH}/beslissen", decision="verplaatst", dossier=right) == 422, "taken back"


def test_what_a_colleague_named_is_where_it_goes(web: Web, admin: Admin) -> None:
    first, lead, right = as_(web, "assigned"), as_(web, "team lead"), str(public("dossier", 3))
    assert send(first, f"{A}/notitie/{public('entry', 103)}/hoort-hier-niet", whose="onbekend") == 303
    row = admin.execute("SELECT public_id FROM casus.breach WHERE entry_id = 103").fetchone()
    assert row
    breach = f"/foute-notities/{row[0]}"
    try:
        assert send(first, f"{breach}/hoort-bij", dossier=right) == 303
        assert send(lead, f"{breach}/beslissen", decision="verplaatst", dossier=right) == 303
        assert admin.execute("SELECT count(*) FROM casus.entry WHERE dossier_id = 3").fetchone() == (1,)
        assert "Hij staat nu bij: <bdi>third Proef</bdi>." in lead.get(breach).get_data(as_text=True)
        assert send(first, f"{breach}/hoort-bij", dossier=right) == 422, "decided"
        for name in ("owner", "mandate", "grant whole"):
            for path in (A, f"{A}/wie-keek-er", f"{A}/wie-mag-wat-zien"):
                assert "third" not in as_(web, name).get(path).get_data(as_text=True)
    finally:
        admin.execute("DELETE FROM casus.breach WHERE entry_id = 103")
        for table in ("change_log", "entry_version", "document", "entry"):
            admin.execute(f"DELETE FROM casus.{table} WHERE dossier_id = 3")


def test_the_wrong_dossier_is_not_offered_to_who_decides(web: Web, admin: Admin) -> None:
    page = as_(web, "substitute").get(BREACH).get_data(as_text=True)
    assert f'value="{public("dossier", 3)}"' in page
    assert f'value="{public("dossier", 1)}"' not in page
    second = as_(web, "assigned, entry closed").get(BREACH).get_data(as_text=True)
    assert 'value="verplaatst"' not in second, "works in the wrong one alone, and nobody named another"


def test_the_breach_is_written_down(web: Web, admin: Admin) -> None:
    lead = as_(web, "team lead")
    assert "Meld uiterlijk:" in lead.get(BREACH).get_data(as_text=True)
    assert send(lead, f"{BREACH}/melding", reported="nee") == 422
    assert send(lead, f"{BREACH}/melding", reported="nee", why="Alleen de schrijver zag het.") == 303
    assert send(lead, f"{BREACH}/verteld", who="hier", on="2999-01-01", how="gesprek") == 422, "a day that has not come"
    assert send(lead, f"{BREACH}/verteld", who="hier", on="2026-01-02", how="gesprek") == 303
    assert send(lead, f"{BREACH}/verteld", who="ander", on="2026-01-03", how="brief") == 303
    page = lead.get(BREACH).get_data(as_text=True)
    assert "Alleen de schrijver zag het." in page
    assert "In een gesprek" in page
    assert as_(web, "assigned elsewhere").get(BREACH).status_code == 404
    assert lead.get(f"/foute-notities/{uuid4()}").status_code == 404


def run(web: Web, monkeypatch: pytest.MonkeyPatch, *arguments: str, role: str = "casus_controle") -> tuple[int, str]:
    """The operator's command."""
    monkeypatch.setenv("MBT_DATABASE_URL", web.database.url(role))
    result = CliRunner().invoke(incident, arguments)
    return result.exit_code, result.output


def test_the_operator_lists_whose_data_were_reached(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    code, found = run(web, monkeypatch, "--entry", str(public("entry", TAKEN_OUT)), "--to", "2026-01-06")
    assert code == 0
    assert f"{public('dossier', 1)}  1 line(s)  1 reader(s)  2026-01-05 10:00:00Z to 2026-01-05 10:00:00Z" in found
    assert "1 dossier(s), 1 line(s) of the read log." in found
    assert "owner Proef" not in found
    assert "owner Proef" in run(web, monkeypatch, "--from", "2026-01-05", "--to", "2026-01-06", "--names")[1]
    assert "0 dossier(s)" in run(web, monkeypatch, "--account", "niemand")[1]
    assert str(public("dossier", 1)) in run(web, monkeypatch, "--account", "Proef40")[1]
    assert run(web, monkeypatch)[0] == 2
    assert run(web, monkeypatch, "--account", "x", role="portaal_operator")[0] != 0
