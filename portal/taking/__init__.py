"""Neem uw dossier mee: the inwoner asks for a copy of everything, a worker makes it, and a day later it is gone."""

from flask import Flask

from portal.settings import Settings
from portal.taking.routes import taking


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(taking)
