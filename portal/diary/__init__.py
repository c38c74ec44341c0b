"""The diary: pages that an inwoner writes in the own dossier, private until shared."""

from flask import Flask

from portal.diary.routes import writing
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(writing)
