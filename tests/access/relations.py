"""What each person of world.py is to dossier A, hand-written: the answer of acl.relation and the question to portal.policy. Who isn't here is nothing."""

RELATIONS: dict[str, str] = {
    "owner": "inwoner",
    "mandate": "vertegenwoordiger",
    "mandate that names the log": "vertegenwoordiger",
    "mandate that names sharing": "vertegenwoordiger",
    "assigned": "professional",
    "assigned, entry closed": "professional",
    "team lead, assigned": "professional",
    "substitute": "waarnemer",
    "team lead, substitute": "waarnemer",
    "assigned, in an emergency": "professional",
    "assigned, emergency over": "professional",
    "grant whole": "naaste",
    "grant section": "naaste",
    "grant leefdomein": "naaste",
    "grant entry": "naaste",
    "invited to the plan": "naaste",
    "invited to write along": "naaste",
    "invited to what is named": "naaste",
    "invited to do": "naaste",
    "invited to think along": "naaste",
    "invited to keep the overview": "naaste",
}

# What somebody is invited to in the plan: the words of portal.plan.queries.invited_to.
INVITED_TO: dict[str, frozenset[str]] = {
    "invited to the plan": frozenset({"plan", "looks_back"}),
    "invited to write along": frozenset({"plan", "plan_write", "plan_begin", "plan_remark"}),
    "invited to what is named": frozenset({"plan"}),
    "invited to do": frozenset({"plan"}),
    "invited to think along": frozenset({"plan", "plan_remark"}),
    "invited to keep the overview": frozenset({"plan", "plan_remark", "plan_step"}),
}

# What somebody's mandate names besides the dossier: the answer of acl.mandate_names. Who isn't here: nothing.
NAMED: dict[str, frozenset[str]] = {
    "mandate that names the log": frozenset({"log"}),
    "mandate that names sharing": frozenset({"sharing"}),
}
