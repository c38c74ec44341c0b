"""What somebody typed in a form that could not be sent: kept on the server, encrypted, for 24 hours, never in the browser.

A form is known by the address it is sent to (``request.path``). A view that shows a form gives ``kept_text()`` as its form data; the view
that accepts the form calls ``forget``. Text that comes in with a session that is over is kept by ``keep_after_end``, before the person
signs in again.
"""

import json

from flask import current_app, g, request
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from portal.secretbox import SealError, seal, typed_about, unseal
from portal.settings import Settings

# Fields that are never kept: what proves who somebody is, and what proves that a form is ours.
NEVER_KEPT = frozenset({"csrf_token", "csrf", "password", "password_again", "code", "start_code"})
MOST_BYTES = 4_000_000


def keep_after_end(token_hash: bytes, person_id: int) -> bool:
    """Keeps the form of this request for the person whose session is over. Gives whether there was text and it was kept."""
    sealed = _sealed(person_id, request.path, request.form)
    if sealed is None:
        return False
    with current_app.extensions["database"].plain() as connection:
        kept = connection.execute(
            text("SELECT portaal.keep_typed_text(:token, :form, :sealed)"), {"token": token_hash, "form": request.path, "sealed": sealed}
        ).scalar_one()
    return bool(kept)


def kept_text(form_key: str | None = None) -> MultiDict[str, str] | None:
    """The text kept for the person who is signed in, or None. Reading it changes nothing: it stays until it is sent, or 24 hours."""
    key = form_key or request.path
    sealed = g.db.execute(
        text("SELECT ciphertext FROM portaal.typed_text WHERE person_id = :person AND form_key = :form"),
        {"person": g.actor.person_id, "form": key},
    ).scalar()
    if sealed is None:
        return None
    try:
        plain = unseal(_settings().text_key, sealed, _about(g.actor.person_id, key), _settings().text_key_before)
    except SealError:
        # The key was changed since. The text is lost; the form still works.
        return None
    fields: dict[str, list[str]] = json.loads(plain)
    return MultiDict((name, value) for name, values in fields.items() for value in values)


def forget(form_key: str | None = None) -> None:
    """The form at ``form_key`` (else: this address) was sent well: what was kept for it goes."""
    g.db.execute(
        text("DELETE FROM portaal.typed_text WHERE person_id = :person AND form_key = :form"),
        {"person": g.actor.person_id, "form": form_key or request.path},
    )


def _sealed(person_id: int, form_key: str, form: MultiDict[str, str]) -> bytes | None:
    fields = {name: values for name, values in form.lists() if name not in NEVER_KEPT and any(value.strip() for value in values)}
    if not fields or len(form_key) > 500:
        return None
    plain = json.dumps(fields).encode()
    if len(plain) > MOST_BYTES:
        return None
    return seal(_settings().text_key, plain, _about(person_id, form_key))


def _about(person_id: int, form_key: str) -> str:
    return typed_about(_settings().face, person_id, form_key)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
