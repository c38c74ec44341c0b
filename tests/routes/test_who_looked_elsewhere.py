"""What other systems logged is shown to the owner under their name, apart from our own list; and a copy that was made here is in our own."""

import html
import re

import psycopg
import pytest

from portal.sharing import queries
from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import PEOPLE, public

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}/wie-keek-er"


@pytest.fixture(scope="module", autouse=True)
def lines(web: Web) -> None:
    """Three lines of two other systems in dossier A, and one in dossier B."""
    with psycopg.connect(web.database.admin_dsn) as admin:
        for dossier, source, day, what, name in (
            (1, "Oud systeem", "2020-01-03", "notitie", "Annie Oud"),
            (1, "Oud systeem", "2020-01-02", "inzage <b>", "Bertus Oud"),
            (1, "Nog ouder", "2020-01-01", "overzicht", "Carla Ouder"),
            (2, "Oud systeem", "2020-01-04", "notitie", "Dirk Elders"),
        ):
            admin.execute(
                "INSERT INTO casus.imported_read_line (source, at, dossier_id, entry_id, what, shown, shown_entries, reader_name, reader_role,"
                " ground, ground_detail, program) VALUES (%s, %s, %s, %s, %s, 1, '{}', %s, 'medewerker', 'behandelrelatie', '', 'oud')",
                (source, f"{day} 10:00Z", dossier, 101 if name == "Annie Oud" else None, what, name),
            )


def page(web: Web, rest: str = "", who: str = "owner") -> str:
    return html.unescape(web.client("inwoner", PEOPLE[who]).get(A + rest).get_data(as_text=True))


def headings(text: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r'<h2[^>]*id="bron-\d"[^>]*>(.*?)</h2>', text)]


def test_lines_stand_under_the_name_of_their_source_the_newest_first(web: Web) -> None:
    text = page(web)
    assert headings(text) == ["Uit een ander programma (bron: Oud systeem)", "Uit een ander programma (bron: Nog ouder)"]
    assert [text.index(name) for name in ("Annie Oud", "Bertus Oud", "Carla Ouder")] == sorted(
        text.index(name) for name in ("Annie Oud", "Bertus Oud", "Carla Ouder")
    )
    assert text.count("Wij kunnen niet nagaan of ze kloppen.") == 2
    assert "Dirk Elders" not in text
    own = text[: text.index('id="bron-1"')]
    assert not any(name in own for name in ("Annie Oud", "Bertus Oud", "Carla Ouder")), "never among our own lines"


def test_each_line_says_what_the_other_system_said(web: Web) -> None:
    text = page(web)
    assert re.search(
        r"vrijdag 3 januari 2020 11[.:]00[^<]*: <bdi>Annie Oud</bdi>, <bdi>medewerker</bdi>\s+\(<bdi>behandelrelatie</bdi>\)", text
    ), text
    assert f'{public("entry", 101)}"><bdi>Titel 101</bdi></a>' in text[text.index("Annie Oud") :]
    assert "<bdi>inzage <b></bdi>." in text[text.index("Bertus Oud") :], "words we don't know are shown as they are"
    assert "Las een notitie" not in text[text.index("Bertus Oud") :]


def test_a_long_list_goes_on_page_by_page(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOG_SIZE", 2)
    first = page(web)
    assert ("Bertus Oud" in first, "Carla Ouder" in first) == (True, False)
    link = re.search(r'href="[^"]*\?elders=([^"]+)">Ouder, uit het andere programma', first)
    assert link
    second = page(web, f"?elders={link[1]}")
    assert headings(second) == ["Uit een ander programma (bron: Nog ouder)"]
    assert "Carla Ouder" in second
    assert 'id="dag-1"' not in second, "our own list has pages of its own"
    assert "Er heeft nog niemand gekeken" not in second
    assert headings(page(web, "?tot=2026-01-01T00:00:00%2B00:00")) == []


def test_a_dossier_of_here_alone_has_no_such_list(web: Web) -> None:
    other = f"/dossier/{public('dossier', 2)}/wie-keek-er"
    assert web.client("inwoner", PEOPLE["owner"]).get(other).status_code == 404
    with psycopg.connect(web.database.admin_dsn) as admin:
        admin.execute("DELETE FROM casus.imported_read_line WHERE dossier_id = 2")
    text = web.client("inwoner", PEOPLE["owner of another dossier"]).get(other).get_data(as_text=True)
    assert headings(text) == []
    assert "Wij kunnen niet nagaan" not in text


def test_a_copy_that_was_made_here_is_a_line_of_our_own(web: Web) -> None:
    with psycopg.connect(web.database.dsn("casus_uitvoer")) as copier:
        copier.execute("SELECT acl.open_export(%s, 'M. Verhuizer', 'Verhuizing naar Arnhem')", (public("dossier", 1),))
    text = page(web)
    own = text[: text.index('id="bron-1"')]
    assert "Maakte een kopie van alles." in own
    assert "(kopie van uw dossier: <bdi>Verhuizing naar Arnhem</bdi>)" in own
    assert "<bdi>M. Verhuizer</bdi>" in own
