"""What changes about a person, by four eyes: that they died, another name, another stadsdeel, two dossiers."""

from flask import Flask

from portal.particulars.routes import other_dossier
from portal.particulars.team_routes import particulars
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(other_dossier)
    if settings.face == "team":
        app.register_blueprint(particulars)
