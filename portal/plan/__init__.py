"""The plan van aanpak: written together, agreed by the inwoner, followed (eis 8)."""

from flask import Flask

from portal.plan.agreement_routes import agreement, own_plan, recording
from portal.plan.goal_routes import goals
from portal.plan.household_routes import household_plan
from portal.plan.pressure_routes import flagging, pressed
from portal.plan.remark_routes import own_remarks, remarks
from portal.plan.routes import plan
from portal.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Registers this slice's pages for the face."""
    if settings.face != "onafhankelijk":
        app.register_blueprint(plan)
        app.register_blueprint(goals)
        app.register_blueprint(agreement)
        app.register_blueprint(remarks)
        app.register_blueprint(pressed)
    if settings.face == "inwoner":
        app.register_blueprint(own_plan)
        app.register_blueprint(own_remarks)
        app.register_blueprint(household_plan)
    if settings.face == "team":
        app.register_blueprint(recording)
        app.register_blueprint(flagging)
