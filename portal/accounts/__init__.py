"""People's accounts on one face: signing in, sessions, the first time, the language."""

from flask import Flask

from portal.accounts import first_time, own_sign_in, passwords, routes
from portal.accounts.sessions import ask_to_sign_in, context, init_login, load_account, load_actor
from portal.settings import Settings

__all__ = ["ask_to_sign_in", "context", "init_app", "load_account", "load_actor"]


def init_app(app: Flask, settings: Settings) -> None:
    """Signing in is the same on every face, the database tells their accounts apart; residents have a card and a page of their own."""
    init_login(app)
    passwords.prepare()
    app.extensions["sign_in_method"] = routes.make_method(app)
    app.register_blueprint(routes.blueprint)
    app.register_blueprint(first_time.blueprint)
    if settings.face == "inwoner":
        app.register_blueprint(own_sign_in.blueprint)
