"""Who may see the dossier, and who looked."""

from flask import Flask

from portal.settings import Settings
from portal.sharing.access_routes import blueprint
from portal.sharing.organisation_routes import organisations
from portal.sharing.plan_routes import guests
from portal.sharing.routes import looking


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "inwoner":
        app.register_blueprint(looking)
        app.register_blueprint(blueprint)
        app.register_blueprint(guests)
        app.register_blueprint(organisations)
