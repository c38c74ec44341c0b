"""Asking and answering over HTTP: sent twice is asked once, what was taken back waits no more, and who reads along sees question and answer or neither."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.access.test_matrix_http import Web, monkeypatch_module, web
from tests.access.world import PEOPLE, public

__all__ = ["monkeypatch_module", "web"]

ENTRY = f"/dossier/{public('dossier', 1)}/notitie/{public('entry', 101)}"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def send(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    """Sends a form; gives the status and where it leads."""
    token = _TOKEN.search(client.get("/hulp").get_data(as_text=True))
    assert token
    answer = client.post(path, data={"csrf_token": token[1], **form})
    return answer.status_code, answer.headers.get("Location", "")


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


@pytest.fixture
def owner(web: Web) -> FlaskClient:
    return web.client("inwoner", PEOPLE["owner"])


@pytest.fixture
def worker(web: Web) -> FlaskClient:
    return web.client("team", PEOPLE["assigned"])


def asks(owner: FlaskClient, words: str, audience: str = "2") -> str:
    """The owner says that something is wrong; gives the path of the question, the same on both faces."""
    form = {"wish": "2", "body": words, "audience": audience, "number": str(uuid4())}
    first, second = send(owner, f"{ENTRY}/klopt-niet", **form), send(owner, f"{ENTRY}/klopt-niet", **form)
    assert first == second == (303, f"{ENTRY}/vraag/{form['number']}?klaar=gevraagd"), "sent twice is asked once"
    return f"{ENTRY}/vraag/{form['number']}"


def test_a_question_is_asked_once_and_waits_until_it_is_taken_back(owner: FlaskClient, worker: FlaskClient) -> None:
    question = asks(owner, "Er ontbreekt een stuk.")
    assert text(owner, ENTRY).count("Er ontbreekt een stuk.") == 1
    assert text(worker, "/vragen").count(question) == 1
    assert send(owner, f"{question}/intrekken")[0] == 303
    assert question not in text(worker, "/vragen")
    assert worker.get(question).status_code == 404
    assert "Er ontbreekt een stuk." not in text(worker, ENTRY)
    assert "Er ontbreekt een stuk." in text(owner, question)


def test_an_answered_question_can_not_be_taken_back_and_not_be_answered_again(owner: FlaskClient, worker: FlaskClient) -> None:
    question = asks(owner, "Dit is anders.")
    assert send(worker, question, outcome="3", body="Nee, want dit schreef de arts.")[0] == 303
    assert send(worker, question, outcome="3", body="Nog eens.")[0] == 404
    assert send(owner, f"{question}/intrekken")[0] == 303
    assert "Dit is anders." in text(worker, ENTRY)
    assert send(owner, f"{ENTRY}/reactie/{question.rsplit('/', 1)[1]}/intrekken")[0] == 404, "nor as if it were a reaction"


def test_an_answer_is_measured_before_it_is_sent_and_then_nothing_is_sent(owner: FlaskClient, worker: FlaskClient) -> None:
    question = asks(owner, "Ik begrijp het niet.")
    token = _TOKEN.search(text(worker, "/hulp"))
    assert token
    form = {"csrf_token": token[1], "outcome": "3", "body": "Indien u wilt, bellen wij."}
    page = worker.post(question, data={**form, "act": "taal"})
    assert page.status_code == 200
    assert "<mark>Indien</mark>" in page.get_data(as_text=True)
    assert "Indien u wilt, bellen wij.</textarea>" in page.get_data(as_text=True), "what was typed is still there"
    live = worker.post(question, data={**form, "act": "taal-nu"}, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "<mark>Indien</mark>" in live
    assert "Ik begrijp het niet." not in live
    assert "Indien" not in text(owner, question)
    assert question in text(worker, "/vragen"), "it waits still"


@pytest.mark.parametrize(("audience", "seen"), [("2", False), ("3", True)])
def test_who_reads_along_sees_question_and_answer_or_neither(
    web: Web, owner: FlaskClient, worker: FlaskClient, audience: str, seen: bool
) -> None:
    question = asks(owner, f"Vraag {audience}", audience)
    assert send(worker, question, outcome="3", body=f"Antwoord {audience}")[0] == 303
    guest = web.client("inwoner", PEOPLE["grant whole"])
    for path in (ENTRY, f"{ENTRY[: ENTRY.index('/notitie')]}/afdrukken?notitie={public('entry', 101)}"):
        page = text(guest, path)
        assert "Titel 101" in page
        assert (f"Vraag {audience}" in page, f"Antwoord {audience}" in page) == (seen, seen)
    assert guest.get(question).status_code == 404


def test_that_an_answer_takes_longer_is_told_once(owner: FlaskClient, worker: FlaskClient) -> None:
    question = asks(owner, "Dit duurt.")
    assert "duurt langer" not in text(owner, "/")
    assert send(worker, f"{question}/langer", why="De arts is op reis.") == (303, "/vragen?klaar=langer")
    assert "De inwoner leest na het inloggen dat het langer duurt." in text(worker, "/vragen?klaar=langer")
    start = text(owner, "/")
    assert "Het antwoord op uw vraag duurt langer." in start
    assert question in start
    assert "De arts is op reis." not in start
    assert "De arts is op reis." in text(owner, question)
    assert question not in text(owner, "/")


def test_what_must_go_altogether_is_asked_elsewhere(owner: FlaskClient) -> None:
    assert f'href="/dossier/{public("dossier", 1)}/wissen"' in text(owner, f"{ENTRY}/klopt-niet")


def test_a_line_that_is_none_is_not_found(owner: FlaskClient) -> None:
    where = f"/dossier/{public('dossier', 1)}/wie-keek-er/waarom"
    for moment in ("", "?regel=gisteren", "?regel=2026-01-05T10:00:00", "?regel=2026-01-05T10:00:01%2B00:00"):
        assert owner.get(where + moment).status_code == 404, moment
    assert owner.get(f"{where}?regel=2026-01-05T10:00:00%2B00:00").status_code == 200
