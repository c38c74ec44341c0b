"""What the team withholds from the inwoner: asked by one professional, confirmed by a second one, looked at again."""

from flask import Flask

from portal.settings import Settings
from portal.withholding.team_routes import withholding


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face == "team":
        app.register_blueprint(withholding)
