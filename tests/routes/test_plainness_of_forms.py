"""What a professional writes to an inwoner is measured before it goes, on every page where it is written, and then nothing goes."""

from collections.abc import Iterator

import psycopg
import pytest
from werkzeug.test import TestResponse

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import public
from tests.routes.test_closing import _TOKEN, as_

__all__ = ["monkeypatch_module", "web"]

A = f"/dossier/{public('dossier', 1)}"
HARD = "Indien u wilt, <i>bellen</i> wij."
_REASON = f"r{public('entry', 103).hex}-reason"
FORMS = {
    "why a note stays": (
        f"{A}/wissen/{public('destruction', 1)}/nakijken",
        _REASON,
        {"keep": str(public("entry", 103)), _REASON.replace("reason", "ground"): "2"},
    ),
    "why a note is withheld": (f"{A}/notitie/{public('entry', 101)}/niet-laten-zien", "reason", {"ground": "2", "review_on": "2999-01-01"}),
    "why the help ends": (f"{A}/stoppen-met-hulp/voorstellen", "reason", {"onward": "Het wijkteam"}),
    "what comes of looking back": (f"{A}/plan/terugkijken/uitkomst", "reason", {"outcome": "2"}),
    "a message": (f"{A}/berichten", "body", {"number": str(public("message", 9)), "shown": str(public("message", 2))}),
}
DONE = (
    "SELECT (SELECT count(*) FROM casus.destruction_item WHERE outcome IS NOT NULL), (SELECT count(*) FROM casus.withholding),"
    " (SELECT count(*) FROM casus.message), (SELECT count(*) FROM casus.message WHERE settled_at IS NULL), (SELECT count(*) FROM casus.change_log)"
)
Admin = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def admin(web: Web) -> Iterator[Admin]:
    """A look at the rows from outside the lock."""
    with psycopg.connect(web.database.admin_dsn, autocommit=True) as connection:
        yield connection


def sent(web: Web, name: str, act: str, words: str = HARD, **headers: str) -> TestResponse:
    """The form of that name, sent for this."""
    path, field, more = FORMS[name]
    professional = as_(web, "assigned")
    token = _TOKEN.search(professional.get("/hulp").get_data(as_text=True))
    assert token
    form = {"csrf_token": token[1], "act": act, "field": field, field: words, **more}
    return professional.post(path, data=form, headers=headers)


@pytest.mark.parametrize("name", FORMS)
def test_the_button_shows_what_could_be_plainer_beside_what_was_typed(web: Web, admin: Admin, name: str) -> None:
    before = admin.execute(DONE).fetchone()
    answer = sent(web, name, "taal")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<mark>Indien</mark>" in page
    assert "Indien u wilt, &lt;i&gt;bellen&lt;/i&gt; wij.</textarea>" in page
    assert page.count("data-focus") == 1, "where to read on"
    for other, value in FORMS[name][2].items():
        if other in ("ground", "review_on", "keep") or other.endswith("ground"):
            assert f'value="{value}"' in page, other
    assert "error-summary" not in page
    assert admin.execute(DONE).fetchone() == before


@pytest.mark.parametrize("name", FORMS)
def test_while_somebody_writes_it_shows_nothing_of_the_dossier(web: Web, admin: Admin, name: str) -> None:
    read = "SELECT count(*) FROM casus.read_log"
    before, lines = admin.execute(DONE).fetchone(), admin.execute(read).fetchone()
    answer = sent(web, name, "taal-nu", **{"HX-Request": "true"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<mark>Indien</mark>" in page
    assert "<form" not in page
    assert "Titel" not in page
    assert "data-focus" not in page
    assert "<section" not in sent(web, name, "taal-nu", " ", **{"HX-Request": "true"}).get_data(as_text=True)
    assert (admin.execute(DONE).fetchone(), admin.execute(read).fetchone()) == (before, lines)


def test_each_reason_has_its_own_words_measured(web: Web) -> None:
    page = sent(web, "why a note stays", "taal").get_data(as_text=True)
    assert f'id="taal-{_REASON}"' in page
    assert f"from:#{_REASON}" in page
