"""Entries with their versions, and the reactions beside them."""

from flask import Flask

from portal.dossier.models import titled
from portal.dossier.routes import reacting, reading
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    app.jinja_env.filters["titled"] = titled
    if settings.face == "inwoner":
        app.register_blueprint(reading)
        app.register_blueprint(reacting)
    if settings.face == "team":
        app.register_blueprint(reading)
