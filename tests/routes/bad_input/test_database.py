"""The database breaks off, or is away: nothing typed is lost, nothing is half written, no page leaves unlogged."""

import secrets

import psycopg
from sqlalchemy import event

from tests.live import Live
from tests.routes.bad_input.desk import WORDS, Away, fields_of, given_back, is_plain, reaction, written
from tests.routes.conftest import Browser, token_of, words_of


def test_a_connection_that_breaks_while_writing(live: Live, iris: Browser, page: str) -> None:
    fields = reaction(body=f"{WORDS} {secrets.token_hex(4)}")
    token = token_of(iris.get(page))
    engine = live.apps["inwoner"].extensions["database"].engine
    cut: list[object] = []

    def break_it(_connection: object, cursor: psycopg.Cursor[object], statement: str, *_rest: object) -> None:
        if "INSERT INTO casus.annotation_version" in statement and not cut:
            cut.append(cursor.connection.info.backend_pid)
            with live.admin() as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", (cut[0],))

    event.listen(engine, "before_cursor_execute", break_it)
    try:
        answer = iris.post(f"{page}/reactie", fields, token)
    finally:
        event.remove(engine, "before_cursor_execute", break_it)
    assert cut
    assert answer.status_code == 503
    assert is_plain(answer)
    assert "De website werkt even niet" in words_of(answer)
    assert given_back(answer, fields["body"])
    assert written(live, fields["body"]) == 0
    # Sending what came back is all there is to do.
    assert iris.client.post(f"{page}/reactie", data=fields_of(answer)).status_code == 303
    assert written(live, fields["body"]) == 1


def test_a_database_that_is_away_and_comes_back(live: Live, iris: Browser, page: str) -> None:
    fields = reaction(body=f"{WORDS} {secrets.token_hex(4)}")
    token = token_of(iris.get(page))
    with Away(live):
        answer = iris.post(f"{page}/reactie", fields, token)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert is_plain(answer)
        assert given_back(answer, fields["body"])
        for address in (page, "/", "/inloggen", "/hulp"):
            read = iris.get(address)
            assert read.status_code == 503 if address != "/inloggen" else read.status_code in (200, 503)
            assert is_plain(read)
        # Who wants to leave, leaves.
        assert iris.client.get("/weg").headers["Location"] == live.neutral_url


def test_after_a_restart_the_next_request_works(live: Live, iris: Browser, page: str) -> None:
    assert iris.get(page).status_code == 200
    with Away(live):
        pass
    assert iris.get(page).status_code == 200
    fields = reaction(body=f"{WORDS} {secrets.token_hex(4)}")
    assert iris.post(f"{page}/reactie", fields, token_of(iris.get(page))).status_code == 303
    assert written(live, fields["body"]) == 1


def test_no_line_in_the_read_log_no_page(live: Live, iris: Browser, page: str) -> None:
    """The connection breaks as the line is written: the words of the entry don't leave."""
    engine = live.apps["inwoner"].extensions["database"].engine
    cut: list[object] = []

    def break_it(_connection: object, cursor: psycopg.Cursor[object], statement: str, *_rest: object) -> None:
        if "INSERT INTO casus.read_log" in statement and not cut:
            cut.append(cursor.connection.info.backend_pid)
            with live.admin() as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", (cut[0],))

    event.listen(engine, "before_cursor_execute", break_it)
    try:
        answer = iris.get(page)
    finally:
        event.remove(engine, "before_cursor_execute", break_it)
    assert cut
    assert answer.status_code == 503
    assert "Terug van vakantie" not in answer.text
    assert is_plain(answer)
