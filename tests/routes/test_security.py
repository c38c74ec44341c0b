"""What protects every page. The program is the real one; the database is away, which these pages must survive."""

import gzip
import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, request
from flask.testing import FlaskClient

from portal import pages, security
from portal.app import create_app
from portal.forms import BaseForm, TextAreaField, lazy, plain_text
from portal.policy import Permission, permission
from portal.settings import Settings
from tests.live import Live

NOWHERE = "postgresql+psycopg://web_inwoner:secret@127.0.0.1:1/nowhere"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(
        face="inwoner",
        mode="test",
        database_url=NOWHERE,
        actor_key=secrets.token_bytes(32),
        session_key=secrets.token_bytes(32),
        text_key=secrets.token_bytes(32),
        leave_url="https://weer.example/",
    )


class Letter(BaseForm):
    text = TextAreaField(lazy("Uw tekst"), [plain_text(1000)])


def with_a_form(app: Flask) -> Flask:
    """Add a form that needs no sign-in, and a page that fails."""

    @permission(Permission.OPEN)
    def write() -> Any:
        g.viewed = True
        form = Letter()
        if form.validate_on_submit():
            return f"kept {len(form.text.data or '')}"
        return pages.render("test_form.html", form=form, status=422 if request.method == "POST" else 200)

    @permission(Permission.OPEN)
    def fail() -> Any:
        raise RuntimeError("999999990 is a number that belongs to somebody")

    app.add_url_rule("/proef", "proef", write, methods=["GET", "POST"])
    app.add_url_rule("/stuk", "stuk", fail, methods=["GET", "POST"])
    return app


@pytest.fixture(scope="module")
def app(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("templates")
    (folder / "test_form.html").write_text(
        '{% extends "base.html" %}{% block title %}Proef{% endblock %}{% block content %}'
        '{% import "components/form.html" as form_parts with context %}{{ form_parts.error_summary(form) }}'
        '<form method="post">{{ form_parts.csrf() }}{{ form_parts.field(form.text) }}</form>{% endblock %}'
    )
    made = with_a_form(create_app(settings))
    made.jinja_loader.searchpath.append(str(folder))  # type: ignore[union-attr]
    return made


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as made:
        yield made


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def token(client: FlaskClient) -> str:
    return token_in(client.get("/proef").text)


class TestHeaders:
    @pytest.mark.parametrize("path", ["/hulp", "/bestaat-niet", "/stuk", "/taal", "/.well-known/security.txt"])
    def test_every_answer_is_closed(self, client: FlaskClient, path: str) -> None:
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'nonce-")
        assert "unsafe" not in policy
        for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
            assert rule in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers

    def test_every_answer_has_a_nonce_of_its_own_and_nothing_is_inline(self, client: FlaskClient) -> None:
        seen = set()
        for path in ("/hulp", "/inloggen", "/bestaat-niet"):
            answer = client.get(path)
            seen.add(answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0])
            assert "<script" not in answer.text, "a public page"
            self.nothing_inline(answer.text)
        assert len(seen) == 3

    def test_scripts_carry_this_answers_nonce(self, live: Live) -> None:
        for path in ("/", "/hulp", live.dossier("Iris")):
            answer = live.client("inwoner", "iris").get(path)
            nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
            assert re.findall(r"<script[^>]*>([^<]*)</script>", answer.text) == ["", ""]
            assert answer.text.count(f'nonce="{nonce}"') == 2
            self.nothing_inline(answer.text)

    @staticmethod
    def nothing_inline(page: str) -> None:
        """No style and no handler in the page itself."""
        assert "<style" not in page
        assert not re.search(r"\s(style|on[a-z]+)=", page)

    def test_built_files_stay_with_the_browser(self, client: FlaskClient) -> None:
        found = re.search(r'href="(/static/build/portal[^"]+)"', client.get("/hulp").text)
        assert found
        with client.get(found[1]) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get("/static/build/none.css").headers["Cache-Control"] == "no-store"

    def test_over_https_the_cookie_belongs_to_this_host_only(self, settings: Settings) -> None:
        safe = replace(settings, public_url="https://portaal.example")
        answer = create_app(safe).test_client().get("/hulp", base_url="https://portaal.example")
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
        assert "upgrade-insecure-requests" in answer.headers["Content-Security-Policy"]
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-mbt_inwoner=")
        for mark in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert mark in cookie
        assert "Domain" not in cookie

    def test_each_face_has_its_own_cookie(self, client: FlaskClient) -> None:
        assert client.get("/hulp").headers["Set-Cookie"].startswith("mbt_inwoner=")

    def test_security_txt(self, client: FlaskClient) -> None:
        answer = client.get("/.well-known/security.txt")
        fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
        assert answer.mimetype == "text/plain"
        assert fields["Contact"] == "http://127.0.0.1:8000/hulp"
        left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
        assert timedelta(days=90) < left < timedelta(days=365)


class TestLookingAhead:
    @pytest.mark.parametrize(
        "header",
        [
            ("Sec-Purpose", "prefetch"),
            ("Sec-Purpose", "prefetch;prerender"),
            ("Purpose", "prefetch"),
            ("X-Purpose", "preview"),
            ("X-Moz", "prefetch"),
        ],
    )
    def test_a_prefetch_reads_nothing_and_leaves_nothing(
        self, client: FlaskClient, header: tuple[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        left: list[str] = []
        monkeypatch.setattr(security, "on_leave", [lambda: left.append("left")])
        for path in ("/proef", "/weg"):
            answer = client.get(path, headers=[header])
            assert (answer.status_code, answer.data) == (204, b"")
            assert not g.get("viewed")
        assert left == []


class TestForgedForms:
    def test_the_token_looks_different_in_every_answer_and_each_is_good(self, client: FlaskClient) -> None:
        tokens = {token(client) for _ in range(4)}
        assert len(tokens) == 4
        for each in tokens:
            assert client.post("/proef", data={"csrf_token": each, "text": "Hallo"}).text == "kept 5"

    def test_what_is_secret_in_the_token_stands_in_no_page(self, client: FlaskClient) -> None:
        page = client.get("/proef").text
        with client.session_transaction() as session:
            raw = session["csrf_token"]
        unmasked = security.unmask(token_in(page))
        assert unmasked
        assert unmasked not in page
        assert raw not in page

    def test_the_bare_token_is_refused(self, client: FlaskClient) -> None:
        bare = security.unmask(token(client))
        assert client.post("/proef", data={"csrf_token": bare, "text": "x"}).status_code == 400

    @pytest.mark.parametrize("wrong", ["", "x", "====", "\u00e9", "A" * 240, "A" * 241])
    def test_a_wrong_token_is_refused(self, client: FlaskClient, wrong: str) -> None:
        client.get("/proef")
        answer = client.post("/proef", data={"csrf_token": wrong, "text": "x"})
        assert answer.status_code == 400

    def test_the_token_of_another_session_is_refused(self, app: Flask, client: FlaskClient) -> None:
        foreign = token(app.test_client())
        client.get("/proef")
        assert client.post("/proef", data={"csrf_token": foreign, "text": "x"}).status_code == 400

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_another_site_gets_nothing_even_with_a_good_token(self, client: FlaskClient, site: str) -> None:
        data = {"csrf_token": token(client), "text": "Woorden van een vreemde."}
        answer = client.post("/proef", data=data, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 400
        assert "Woorden van een vreemde" not in answer.text

    def test_a_stale_form_gives_the_text_back_to_be_sent_again(self, client: FlaskClient) -> None:
        typed = "\nRegel een <b>&amp;\nregel twee"
        stale = client.post("/proef", data={"csrf_token": "oud", "text": typed})
        assert stale.status_code == 400
        assert "<title>Het is niet gelukt" in stale.text
        shown = re.search(r'<textarea[^>]*name="text"[^>]*>\n([^<]*)</textarea>', stale.text)
        assert shown
        assert shown[1] == "\nRegel een &lt;b&gt;&amp;amp;\nregel twee"
        again = client.post("/proef", data={"csrf_token": token_in(stale.text), "text": typed})
        assert again.text == f"kept {len(typed)}"

    def test_a_password_is_never_given_back(self, client: FlaskClient) -> None:
        data = {"csrf_token": "oud", "login": "noor", "password": "een geheime zin", "code": "123 456"}
        page = client.post("/inloggen", data=data).text
        assert "geheime" not in page
        assert "123 456" not in page
        assert "Opnieuw versturen" not in page

    def test_a_page_without_text_to_show_promises_none(self, client: FlaskClient) -> None:
        page = client.post("/proef", data={"csrf_token": "oud", "audience": "2"}).text
        assert "Uw tekst staat hieronder" not in page
        assert "Uw antwoorden zijn er nog" in page
        assert "Opnieuw versturen" in page

    def test_short_answers_go_along_unseen(self, client: FlaskClient) -> None:
        data = {"csrf_token": "oud", "text": "Een zin met spaties.", "audience": "2"}
        page = client.post("/proef", data=data).text
        assert '<input type="hidden" name="audience" value="2">' in page


class TestCompression:
    def test_pages_are_compressed(self, client: FlaskClient) -> None:
        answer = client.get("/hulp", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert b"Snel weg" in gzip.decompress(answer.data)

    def test_what_another_site_asks_for_is_not(self, client: FlaskClient) -> None:
        answer = client.get("/hulp", headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "cross-site"})
        assert "Content-Encoding" not in answer.headers

    def test_the_length_says_little(self, client: FlaskClient) -> None:
        lengths = {len(client.get("/hulp").headers["X-Padding"]) for _ in range(20)}
        assert len(lengths) > 5


class TestLeaving:
    def test_it_ends_the_session_and_wipes_the_browser(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        ended: list[str] = []
        monkeypatch.setattr(security, "on_leave", [lambda: ended.append("ended")])
        client.get("/proef")
        client.set_cookie("taal", "en")
        answer = client.get("/weg")
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://weer.example/")
        assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.data == b""
        assert ended == ["ended"]
        assert client.get_cookie("taal") is None
        assert client.get_cookie("mbt_inwoner") is None

    def test_it_goes_even_when_ending_fails(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken() -> None:
            raise RuntimeError("the database is away")

        monkeypatch.setattr(security, "on_leave", [broken])
        assert client.get("/weg").headers["Location"] == "https://weer.example/"

    def test_it_goes_with_the_database_away_and_somebody_signed_in(self, client: FlaskClient) -> None:
        sign_in_somebody(client)
        answer = client.get("/weg")
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://weer.example/")
        assert client.get_cookie("mbt_inwoner") is None


def sign_in_somebody(client: FlaskClient) -> None:
    """Give the cookie a session token, so that the program has to ask the database."""
    with client.session_transaction() as session:
        session["_user_id"] = "a-token"


class TestSize:
    @pytest.mark.parametrize("multipart", [False, True])
    def test_a_megabyte_of_emoji_gets_a_sentence_in_its_own_form(self, client: FlaskClient, multipart: bool) -> None:
        typed = "😀" * (1024 * 1024 // 4)
        fields = {"csrf_token": token(client), "text": typed}
        if multipart:
            parts = (f'--x\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
            body = "".join([*parts, "--x--\r\n"]).encode()
            answer = client.post("/proef", data=body, content_type="multipart/form-data; boundary=x")
        else:
            answer = client.post("/proef", data=fields)
        assert answer.status_code == 422
        assert "<title>Fout: Proef" in answer.text
        assert "Uw tekst is te lang: 262.144 tekens. Er passen 1.000 tekens in." in answer.text
        assert typed in answer.text

    def test_more_than_fits_comes_back_on_its_own_page(self, client: FlaskClient) -> None:
        typed = "woord " * (security.LARGEST_BODY // 6)
        answer = client.post("/proef", data={"csrf_token": token(client), "text": typed})
        assert answer.status_code == 413
        assert "<h1" in answer.text
        assert typed in answer.text

    def test_far_too_much_is_refused_without_reading_it_into_memory(self, client: FlaskClient) -> None:
        answer = client.post("/proef", data={"text": "x" * (3 * security.LARGEST_BODY)})
        assert answer.status_code == 413
        assert "Daar staat uw tekst meestal nog" in answer.text


class TestUnreadable:
    def test_nul_in_a_field(self, client: FlaskClient) -> None:
        answer = client.post("/proef", data={"csrf_token": token(client), "text": "een\0twee"})
        assert answer.status_code == 422
        assert "Haal dat teken weg" in answer.text

    @pytest.mark.parametrize(("path", "status"), [("/hulp?a=%00", 400), ("/hulp?%00=a", 400), ("/dossier/%00", 404)])
    def test_nul_in_an_address(self, client: FlaskClient, path: str, status: int) -> None:
        assert client.get(path).status_code == status

    def test_what_is_not_utf_8_is_not_kept_as_something_else(self, client: FlaskClient) -> None:
        answer = client.post(
            "/proef",
            data=f"csrf_token={token(client)}&text=caf%E9+met+melk".encode(),
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 400
        assert "met melk" in answer.text
        assert "teken dat wij niet kunnen bewaren" in answer.text


class TestErrors:
    def test_each_kind_is_a_sentence_and_a_way_on(self, client: FlaskClient) -> None:
        for path, status, title in (
            ("/bestaat-niet", 404, "Deze pagina is er niet"),
            ("/uitloggen", 405, "Deze knop werkt hier niet"),
            ("/stuk", 500, "Er ging iets mis"),
        ):
            answer = client.get(path)
            assert answer.status_code == status
            assert f"<title>{title} – Mijn Buurtteam</title>" in answer.text
            assert '<a class="utrecht-button-link utrecht-button utrecht-button--primary-action" href="/">' in answer.text

    def test_a_fragment_is_asked_for_and_given(self, client: FlaskClient) -> None:
        answer = client.get("/bestaat-niet", headers={"HX-Request": "true"})
        assert "<html" not in answer.text
        assert "<h1" in answer.text

    def test_nothing_of_the_fault_leaks(self, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
        live = with_a_form(create_app(replace(settings, mode="demo")))
        answer = live.test_client().get("/stuk")
        for text in (answer.text, caplog.text):
            assert "999999990" not in text
            assert "belongs to somebody" not in text
        assert "Traceback" not in answer.text
        number = re.search(r'<strong dir="ltr">([0-9A-F]{6})</strong>', answer.text)
        assert number
        assert f"problem {number[1]} in GET stuk: RuntimeError at " in caplog.text
        assert Path(__file__).name in caplog.text

    def test_the_database_away(self, client: FlaskClient) -> None:
        sign_in_somebody(client)
        answer = client.get("/hulp")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "30"
        assert "<title>De website werkt even niet" in answer.text
        assert 'href="/hulp">Probeer het opnieuw</a>' in answer.text

    def test_the_database_away_while_sending(self, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
        data = {"csrf_token": token(client), "text": "Dit schreef ik net."}
        sign_in_somebody(client)
        answer = client.post("/proef", data=data)
        assert answer.status_code == 503
        assert "Dit schreef ik net." in answer.text
        assert "Opnieuw versturen" in answer.text
        assert "Dit schreef ik net" not in caplog.text
        assert "secret" not in caplog.text
