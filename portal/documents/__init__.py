"""Documents: the file of an entry. Which are accepted, how they are kept and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    # Not above: what looks at a file (looking.py) is in this package, and has to start fast.
    from portal.documents.routes import documents, own
    from portal.settings import DOCUMENT_FACES
    from portal.uploads import size_text

    if settings.face in DOCUMENT_FACES:
        app.register_blueprint(documents)
        if settings.face == "inwoner":
            app.register_blueprint(own)
        app.jinja_env.filters["size"] = size_text
