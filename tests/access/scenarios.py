"""Brings all scenarios together: importing the modules fills stage.SCENARIOS."""

from importlib import import_module

MODULES = (
    "asks_adding",
    "asks_asking",
    "asks_boundaries",
    "asks_closing",
    "asks_consents",
    "asks_consents_told",
    "asks_documents",
    "asks_destruction",
    "asks_door",
    "asks_export",
    "asks_figures",
    "asks_first_time",
    "asks_flood",
    "asks_layers",
    "asks_leaving",
    "asks_logs",
    "asks_melding",
    "asks_messages",
    "asks_one_dossier",
    "asks_notices",
    "asks_operator",
    "asks_own_sign_in",
    "asks_pause",
    "asks_portaal",
    "asks_post",
    "asks_post_team",
    "asks_programs",
    "asks_readers",
    "asks_relations",
    "asks_renewal",
    "asks_repair",
    "asks_repair_proposal",
    "asks_screening",
    "asks_sharing",
    "asks_sharing_code",
    "asks_sign_in",
    "asks_sign_in_help",
    "asks_staff",
    "asks_taking",
    "asks_visits",
    "asks_withholding",
    "asks_mandate",
    "asks_mandate_end",
    "asks_named",
    "asks_ending",
    "asks_evaluation",
    "asks_household_plan",
    "asks_household_shown",
    "asks_plan",
    "asks_plan_guests",
    "asks_plan_remarks",
    "asks_plan_reminder",
)


def load() -> None:
    """Makes sure that every scenario is known."""
    for module in MODULES:
        import_module(f"tests.access.{module}")
