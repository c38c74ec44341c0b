"""Brings all scenarios together: importing the modules fills stage.SCENARIOS."""

from importlib import import_module

MODULES = ("asks_first_time", "asks_leaving", "asks_logs", "asks_portaal", "asks_programs", "asks_relations", "asks_sign_in", "asks_staff")


def load() -> None:
    """Makes sure that every scenario is known."""
    for module in MODULES:
        import_module(f"tests.access.{module}")
