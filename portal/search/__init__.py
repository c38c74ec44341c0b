"""Searching in a dossier: by words that stand in no address, log or title."""

from flask import Flask

from portal.search.routes import searching
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face in ("inwoner", "team"):
        app.register_blueprint(searching)
