"""The public pages: what the buurtteam does, where it is, what it costs, one's rights, and whom to call when it can't wait."""

from flask import Flask

from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Register the public pages on the residents' face."""
    if settings.face == "inwoner":
        from portal.front import routes

        app.register_blueprint(routes.blueprint)
