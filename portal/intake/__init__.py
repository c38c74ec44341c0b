"""Asking for help: the melding, from the first question to where it stands, without an account."""

from flask import Flask

from portal.intake import routes
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(routes.blueprint)
