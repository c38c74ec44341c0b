"""Who acts for an inwoner: written down by one professional, agreed by a second one, seen and partly ended by the inwoner."""

from flask import Flask

from portal.mandate.routes import named, own_mandates
from portal.mandate.team_routes import mandates
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "team":
        app.register_blueprint(mandates)
    if settings.face == "inwoner":
        app.register_blueprint(own_mandates)
        app.register_blueprint(named)
