"""The words of a part of the dossier, made to be printed."""

from flask import Flask

from portal.paper.routes import printing
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's page for the face."""
    if settings.face in ("inwoner", "team"):
        app.register_blueprint(printing)
