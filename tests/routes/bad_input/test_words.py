"""Strange words: kept as they were typed, shown as text; what can't be kept is said, and given back."""

import html
import re
import secrets

import pytest

from tests.live import Live
from tests.routes.bad_input.desk import WORDS, Desk, concept_fields, given_back, reaction, written
from tests.routes.conftest import Browser, token_of, words_of

STRANGE = {
    "html": "<script>alert('x')</script> & <b>vet</b> &amp; \"zo\" {{ 7 * 7 }}",
    "emoji": "👩🏽‍👧‍👦 en 🏳️‍🌈 en ‏עברית‎ en e\u0301",
    "override": "Ik zei \u202egnihcaw\u202c en \u2067مرحبا\u2069",
    "lines": "een\n\n  twee met spaties\n\tdrie",
}


def test_a_megabyte_gets_a_sentence_beside_the_text(live: Live, iris: Browser, page: str) -> None:
    text = "🌻 woorden " * (1024 * 1024 // 13)
    answer = iris.post(f"{page}/reactie", reaction(body=text), token_of(iris.get(page)))
    assert answer.status_code == 422
    assert "Uw tekst is te lang" in words_of(answer)
    assert given_back(answer, text)
    assert written(live, text) == 0


def test_a_megabyte_in_a_concept(live: Live, desk: Desk, femke: Browser) -> None:
    concept = desk.concept(femke, live.dossier("Iris"))
    text = "lange woorden " * (1024 * 1024 // 14)
    fields = concept_fields("Lang", text, "bewaar")
    answer = femke.post(concept, fields, token_of(femke.get(concept)))
    assert answer.status_code == 422
    assert given_back(answer, text)
    title = {**fields, "title": text, "body": WORDS}
    answer = femke.post(concept, title, token_of(femke.get(concept)))
    assert answer.status_code == 422
    assert given_back(answer)


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_words_in_a_reaction(live: Live, iris: Browser, page: str, kind: str) -> None:
    text = STRANGE[kind]
    sent = text.replace("\n", "\r\n")  # As browsers send line ends.
    assert iris.post(f"{page}/reactie", reaction(body=sent), token_of(iris.get(page))).status_code == 303
    assert written(live, text) == 1
    assert f'<bdi class="words">{html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")}</bdi>' in iris.get(page).text


@pytest.mark.parametrize("kind", ["html", "emoji", "override"])
def test_strange_words_in_an_entry(live: Live, desk: Desk, femke: Browser, iris: Browser, kind: str) -> None:
    dossier, text = live.dossier("Iris"), STRANGE[kind]
    concept = desk.concept(femke, dossier)
    fields = concept_fields(text, text, "plaats")
    answer = femke.post(concept, fields, token_of(femke.get(concept)))
    assert answer.status_code == 303
    assert live.rows("SELECT title, body FROM casus.entry_version WHERE title = %s", text) == [(text, text)]
    shown = html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    entry = re.sub(r"\?.*", "", answer.headers["Location"])
    for browser in (femke, iris):
        assert f"<bdi>{shown}</bdi>" in browser.get(dossier).text
        read = browser.get(entry).text
        assert f"<bdi>{shown}</bdi></h1>" in read
        assert f'<bdi class="words">{shown}</bdi>' in read
    assert text not in iris.get(dossier).text.split("<title>")[1].split("</title>")[0]


def test_nul_is_said_and_the_rest_is_not_lost(live: Live, iris: Browser, page: str) -> None:
    text = f"{WORDS}\0 en verder"
    answer = iris.post(f"{page}/reactie", reaction(body=text), token_of(iris.get(page)))
    assert answer.status_code == 422
    assert "Haal dat teken weg" in words_of(answer)
    assert given_back(answer, text)
    assert live.one("SELECT count(*) FROM casus.annotation_version WHERE body LIKE '%%en verder'") == 0


@pytest.mark.parametrize("field", ["audience", "number"])
def test_strange_values_of_unseenfields_of(live: Live, iris: Browser, page: str, field: str) -> None:
    text = f"{WORDS} {secrets.token_hex(4)}"
    for value in ("99", "x\0", "2; DROP TABLE", "'" * 4000):
        answer = iris.post(f"{page}/reactie", reaction(body=text, **{field: value}), token_of(iris.get(page)))
        # Refused with the text beside it, or taken: a number that is none of ours is replaced by a new one.
        assert answer.status_code == (422 if field == "audience" or "\0" in value else 303)
        if answer.status_code == 422:
            assert given_back(answer, text)
        else:
            assert written(live, text) >= 1
