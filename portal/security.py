"""What protects every page: headers, forged requests, size, compression that tells nothing, and "Snel weg".

Sources: OWASP ASVS 5.0 (3.4 headers, 3.5 forged requests), internet.nl, RFC 9116 (security.txt), and
the BREACH paper (Gluck, Harris, Prado 2013): masking of secrets, random padding, no answer to strangers.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_address, ip_network
from urllib.parse import unquote_to_bytes

from flask import Blueprint, Flask, Response, abort, current_app, g, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf

from portal.policy import Permission, permission
from portal.settings import Settings

on_leave: list[Callable[[], None]] = []
"""What "Snel weg" does before it goes: slices add how they end a session."""

# 1 MB of text must reach its form, where it gets a sentence of its own. Sent by a browser, one emoji of
# four bytes is twelve.
LARGEST_BODY = 4 * 1024 * 1024
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_MOST_PADDING = 192
_YEARS_OF_HTTPS = timedelta(days=730)

_HTMX = {
    # No page with somebody's dossier may stay behind in the browser's storage.
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "historyRestoreAsHxRequest": False,
    "allowEval": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        # Any other refusal is a page that says what happened and gives the typed text back.
        {"code": "[45]..", "swap": True, "target": "#inhoud", "swapOverride": "innerHTML", "error": True},
    ],
}
_REFUSED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
)  # fmt: skip

blueprint = Blueprint("security", __name__)


def init_security(app: Flask, settings: Settings) -> None:
    """Set cookies, sizes, headers and compression, and register ``/weg`` and security.txt. Call it first."""
    app.secret_key = settings.session_key
    prefix = "__Host-" if settings.secure else ""
    app.config.update(
        SESSION_COOKIE_NAME=f"{prefix}mbt_{settings.face}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_DOMAIN=None,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=200,
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["zstd", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["zstd", "gzip"],
        COMPRESS_LEVEL=5,
        COMPRESS_ZSTD_LEVEL=5,  # its own default, 3, makes scripts and styles a fifth heavier
    )
    app.jinja_env.globals.update(
        csp_nonce=csp_nonce,
        htmx_config=json.dumps(_HTMX, separators=(",", ":")),
        # From this one, written in the language of the page, site.js learns how to write another.
        clock_sample=time(23, 59),
    )
    app.jinja_env.filters["seconds_left"] = _seconds_left
    compress = Compress()
    compress.init_app(app)
    # After-request functions run in reverse: compression is last, when the page is whole.
    app.after_request(lambda response: _compressed(compress, response))
    app.after_request(lambda response: _with_headers(response, settings))
    app.before_request(_refuse_prefetch)
    app.before_request(_refuse_unreadable_address)
    app.register_blueprint(blueprint)


def protect_forms(app: Flask) -> None:
    """Check the token of every form. Call it when the language is known, so that a refusal is understood."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=True)
    app.before_request(_refuse_unreadable_form)
    MaskedCSRF(app)


def in_sandbox() -> None:
    """Says that this answer is a file that somebody brought: whatever a browser makes of it, it may do nothing."""
    g.in_sandbox = True


def csp_nonce() -> str:
    """Give the nonce that scripts of this answer carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


class MaskedCSRF(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's protection with a token that looks different in every answer.

    A compressed page that holds both a secret and something a stranger chose lets the secret be guessed by
    the size of the answer (BREACH). So the token is XOR-ed with a fresh pad, and the pad goes along.
    The token lives as long as the session, so a form is stale only when the session is another.
    """

    def init_app(self, app: Flask) -> None:
        """Register the check, and give templates the masked token only."""
        super().init_app(app)
        app.context_processor(lambda: {"csrf_token": masked_token})
        app.jinja_env.globals.update(csrf_token=masked_token)
        app.jinja_env.globals.pop("csrf_meta_tag")

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a POST from another site, by the browser's own word, and then one without our token."""
        if request.method in current_app.config["WTF_CSRF_METHODS"] and from_elsewhere():
            raise CSRFError("The form was sent from another site.")
        super().protect(apply_exemptions)

    def _get_csrf_token(self) -> str | None:
        return unmask(super()._get_csrf_token())


def masked_token() -> str:
    """Give the token of this session under a pad that is fresh for each answer."""
    if "masked_token" not in g:
        token = generate_csrf().encode()
        pad = secrets.token_bytes(len(token))
        g.masked_token = base64.urlsafe_b64encode(pad + _xor(pad, token)).decode()
    masked: str = g.masked_token
    return masked


def unmask(masked: str | None) -> str | None:
    """Give the token behind a masked one; None when it isn't one."""
    try:
        data = base64.b64decode((masked or "").encode(), altchars=b"-_", validate=True)
        pad, token = data[: len(data) // 2], data[len(data) // 2 :]
        return _xor(pad, token).decode("ascii") if token and len(pad) == len(token) else None
    except (binascii.Error, UnicodeError):
        return None


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def from_elsewhere() -> bool:
    """Whether the browser says that another site made this request. Old browsers say nothing: no."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


@blueprint.get("/weg")
@permission(Permission.OPEN)
def leave() -> Response:
    """Snel weg: end the session, wipe what the browser keeps of us, and go to the neutral address."""
    return leave_response()


def visitor_address() -> str:
    """Where the request comes from, to slow down who guesses: an IPv4 address, or the /64 network that one IPv6 connection has to itself.

    Only as many entries of X-Forwarded-For are believed as there are proxies of ours; the rest anybody can write there.
    """
    proxies: int = current_app.extensions["settings"].proxies
    said = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    chain = [*said, request.remote_addr or ""]
    try:
        found = ip_address(chain[max(0, len(chain) - 1 - proxies)])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


def leave_response() -> Response:
    """Give the answer of ``/weg``. It goes even when ending the session fails: being seen is worse."""
    for step in on_leave:
        try:
            step()
        except Exception as problem:
            current_app.logger.error("leaving: %s failed with %s", step.__qualname__, type(problem).__name__)
    session.clear()
    settings: Settings = current_app.extensions["settings"]
    response = make_response(redirect(settings.leave_url, 302))
    response.set_data("")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    # For browsers that don't know Clear-Site-Data: every cookie by name. Flask itself drops the session's.
    for name in set(request.cookies) - {current_app.config["SESSION_COOKIE_NAME"]}:
        response.delete_cookie(name, secure=settings.secure, httponly=True, samesite="Lax")
    return response


@blueprint.get("/.well-known/security.txt")
@permission(Permission.OPEN)
def security_txt() -> Response:
    """Say where somebody who finds a leak can go (RFC 9116)."""
    settings: Settings = current_app.extensions["settings"]
    until = (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    site = settings.public_url.rstrip("/")
    lines = (
        f"Contact: {site}/hulp",
        f"Expires: {until}",
        "Preferred-Languages: nl, en",
        f"Canonical: {site}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _refuse_prefetch() -> ResponseReturnValue | None:
    """A browser that looks ahead by itself reads nothing: reading is written down, ``/weg`` signs out."""
    if request.endpoint == "static":
        return None
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    if any(word in purpose for purpose in purposes for word in ("prefetch", "prerender", "preview")):
        return make_response("", 204)
    return None


def _refuse_unreadable_address() -> None:
    """NUL is in no address of ours, and PostgreSQL has no place for it."""
    if "\0" in request.path:
        abort(404)
    if any("\0" in part for name, value in request.args.items(multi=True) for part in (name, value)):
        abort(400)


def _refuse_unreadable_form() -> None:
    """A form in anything but UTF-8 would be kept as something that nobody typed."""
    if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":
        return
    try:
        unquote_to_bytes(request.get_data(cache=True, parse_form_data=False)).decode("utf-8")
    except UnicodeDecodeError:
        g.unreadable = True
        abort(400)


def _with_headers(response: Response, settings: Settings) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _SANDBOX if g.get("in_sandbox") and response.status_code == 200 else _policy(settings)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    # Not "no-referrer": over https the form check wants to see that a form came from our own page.
    headers["Referrer-Policy"] = "no-referrer" if request.endpoint == "security.leave" else "same-origin"
    headers["Permissions-Policy"] = ", ".join(f"{feature}=()" for feature in _REFUSED_FEATURES)
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if not (g.get("findable") and response.status_code == 200):
        headers["X-Robots-Tag"] = "noindex, nofollow"
    until = g.get("session_until") or getattr(g.get("account"), "until", None)
    if until is not None:
        headers["X-Session-Left"] = str(_seconds_left(until))
    if settings.secure:
        headers["Strict-Transport-Security"] = f"max-age={int(_YEARS_OF_HTTPS.total_seconds())}"
    if request.endpoint == "static" and response.status_code < 400:
        # Built files carry a hash in their name; any other file is asked for again each day.
        built = request.path.startswith("/static/build/")
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if built else "public, max-age=86400"
    else:
        headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    return response


def _policy(settings: Settings) -> str:
    rules = [
        "default-src 'none'",
        f"script-src 'nonce-{csp_nonce()}'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    return "; ".join([*rules, "upgrade-insecure-requests"] if settings.secure else rules)


def _compressed(compress: Compress, response: Response) -> Response:
    """Compress, unless another site made the browser ask; and make the length of a page say nothing.

    An attack on compression needs many requests from another site. The random padding is for old browsers,
    which don't say who asks.
    """
    if request.endpoint != "static":
        if from_elsewhere():
            return response
        response.headers["X-Padding"] = secrets.token_urlsafe(1 + secrets.randbelow(_MOST_PADDING))
    plain = response.response
    compressed: Response = compress.after_request(response)
    if compressed.response is not plain and hasattr(plain, "close"):
        # A file that is compressed on its way is not closed by whoever sends the compressed parts.
        compressed.call_on_close(plain.close)
    return compressed


def _seconds_left(moment: datetime) -> int:
    """Give the whole seconds until ``moment``: a telephone's clock may be wrong, so a page counts down."""
    return max(0, int((moment - datetime.now(UTC)).total_seconds()))
