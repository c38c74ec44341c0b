"""Handing over warmly to another party, and from one: the inwoner chooses what goes along (eis 12, 42, 61 and 62; R168-R177)."""

from flask import Flask

from portal.handover.own_routes import own_handover
from portal.handover.receiver_routes import receive
from portal.handover.routes import handover
from portal.handover.team_routes import handover_help
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face != "onafhankelijk":
        app.register_blueprint(handover)
    if settings.face == "inwoner":
        app.register_blueprint(own_handover)
        app.register_blueprint(receive)
    if settings.face == "team":
        app.register_blueprint(handover_help)
