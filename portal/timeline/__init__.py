"""The dossier as a dated list."""

from flask import Flask

from portal.settings import Settings
from portal.timeline.routes import listing


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face in ("inwoner", "team"):
        app.register_blueprint(listing)
