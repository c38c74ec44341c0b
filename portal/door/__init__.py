"""Getting in: from a melding to a dossier, the code with which an inwoner makes a sign-in, and who can't sign in any more."""

from flask import Flask

from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers the pages of this face."""
    if settings.face == "team":
        from portal.door import team_routes

        app.register_blueprint(team_routes.blueprint)
