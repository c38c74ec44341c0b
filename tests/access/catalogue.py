"""What stands in the database, and who holds which right on it. Written by hand; test_catalogue.py compares it with pg_catalog, both ways.

A new table, column, function, sequence, role, policy or right that has no row here fails. Policies are named only: what they let through is
judged by asking (matrix.py), not by their text.

Rights are letters: r read, a add (INSERT), w change (UPDATE), d remove (DELETE); with columns in parentheses when only those. Nobody but the
owner may TRUNCATE, REFERENCES, TRIGGER or MAINTAIN; no right may be passed on; PUBLIC has none at all.
"""

from dataclasses import dataclass, field, replace

OWNER = "casus_owner"
DEFINER = "casus_acl"
DESTROYER = "casus_vernietiger"
SCHEMAS = ("acl", "casus", "casus_api", "portaal")

WEB = ("web_inwoner", "web_team", "web_onafhankelijk")
# Everybody who can sign in, and whether the rights of groups come by themselves.
LOGIN_ROLES = (OWNER, *WEB, "portaal_jobs", "portaal_operator", "casus_controle", "casus_uitvoer", "casus_vernietiger")
GROUP_ROLES = (DEFINER, "casus_program")
ROLES = (*LOGIN_ROLES, *GROUP_ROLES)

# (role, member of, inherits, may become): the owner may become the definer and the destroyer, to hand functions over, and has nothing of them otherwise.
MEMBERS = {(OWNER, DEFINER, False, True), (OWNER, DESTROYER, False, True)}

SCHEMA_USE: dict[str, set[str]] = {
    "acl": {OWNER, DEFINER, *WEB, "portaal_jobs", "casus_uitvoer"},
    "casus": {OWNER, DEFINER, "web_inwoner", "web_team", "portaal_jobs", "portaal_operator", "casus_controle", "casus_uitvoer", DESTROYER},
    "casus_api": {OWNER, DEFINER, "casus_program"},
    "portaal": {OWNER, DEFINER, *WEB, "portaal_jobs", "portaal_operator"},
    "public": {OWNER},
}
CONNECT = {*LOGIN_ROLES, "casus_program"}
# The import numbers these rows itself.
SEQUENCE_USE = {
    "casus.evaluation_id_seq": {"portaal_operator"},
    "casus.plan_part_id_seq": {"portaal_operator"},
    "casus.plan_proposal_id_seq": {"portaal_operator"},
    "casus.person_id_seq": {"portaal_operator"},
    "casus.dossier_id_seq": {"portaal_operator"},
    "casus.entry_id_seq": {"portaal_operator"},
    "casus.annotation_id_seq": {"portaal_operator"},
    "casus.melding_id_seq": {"portaal_operator"},
}
# (table, key): two meldingen of one person are merged before there is a dossier, and no right follows from it.
LOOSE_KEYS = {("casus.melding", "melding_merged_into_fkey")}
SEQUENCES = {
    *SEQUENCE_USE,
    "casus.plan_remark_id_seq",
    "casus.ending_id_seq",
    "casus.profile_id_seq",
    "casus.wish_id_seq",
    "casus.handover_id_seq",
    "casus.particulars_change_id_seq",
    "casus.plan_pressure_id_seq",
    "casus.absence_id_seq",
    "casus.access_grant_id_seq",
    "casus.assignment_id_seq",
    "casus.change_log_id_seq",
    "casus.closure_id_seq",
    "casus.breach_id_seq",
    "casus.destruction_id_seq",
    "casus.plan_destruction_id_seq",
    "casus.concept_id_seq",
    "casus.access_notice_id_seq",
    "casus.emergency_reading_id_seq",
    "casus.withholding_id_seq",
    "casus.mandate_request_id_seq",
    "casus.household_member_id_seq",
    "casus.imported_change_line_id_seq",
    "casus.joint_plan_id_seq",
    "casus.joint_plan_member_id_seq",
    "casus.joint_plan_try_id_seq",
    "casus.imported_read_line_id_seq",
    "casus.mandate_id_seq",
    "casus.message_id_seq",
    "casus.pause_id_seq",
    "casus.program_consent_id_seq",
    "casus.melding_event_id_seq",
    "casus.melding_note_id_seq",
    "casus.melding_read_id_seq",
    "casus.read_log_id_seq",
    "casus.team_id_seq",
    "portaal.account_id_seq",
    "portaal.letter_id_seq",
    "portaal.outbox_id_seq",
    "portaal.sign_in_renewal_id_seq",
    "portaal.sign_in_request_id_seq",
    "portaal.sign_in_request_read_id_seq",
    "portaal.sign_in_attempt_id_seq",
    "portaal.taking_id_seq",
}


@dataclass(frozen=True)
class Table:
    """A table: all its columns, and per role the rights, such as ``"r a(x y) d"``; policies as ``"name command role role"``, with
    a ``!`` behind the command when it takes away instead of giving (RESTRICTIVE),
    triggers as ``"name function"``, with ``after_statement`` behind when it isn't before each row."""

    columns: str
    rights: dict[str, str] = field(default_factory=dict)
    policies: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()


_READERS = "read SELECT web_inwoner web_team"
_DEFINER = "definer SELECT casus_acl"
_ERASES = ("finds SELECT casus_vernietiger", "erases UPDATE casus_vernietiger")
_IMPORT = "import INSERT portaal_operator"
_EXPORT = "export SELECT casus_uitvoer"
_PLAN_READERS = {"web_inwoner": "r", "web_team": "r", "portaal_operator": "a"}

TABLES: dict[str, Table] = {
    "acl.key": Table("role_name inner_pad outer_pad", {DEFINER: "r a w"}, ("definer ALL casus_acl",)),
    "casus.stadsdeel": Table(
        "id name",
        {"casus_uitvoer": "r", "web_inwoner": "r", "web_team": "r", "portaal_operator": "r a", DEFINER: "r"},
        (_READERS, _IMPORT, _EXPORT, "operator_reads SELECT portaal_operator", _DEFINER),
    ),
    "casus.team": Table(
        "id public_id name stadsdeel_id",
        {"casus_uitvoer": "r", "web_inwoner": "r", "web_team": "r", "portaal_operator": "r a", DEFINER: "r"},
        (_READERS, _IMPORT, _EXPORT, "operator_reads SELECT portaal_operator", "staff_reads SELECT casus_acl"),
    ),
    "casus.person": Table(
        "id public_id first_name infix last_name is_staff",
        {"casus_uitvoer": "r", "web_inwoner": "r", "web_team": "r", "portaal_operator": "r a", DEFINER: "r a w(first_name infix last_name)"},
        (_READERS, _IMPORT, _EXPORT, _DEFINER, "operator_reads SELECT portaal_operator", "staff_adds INSERT casus_acl", "renames UPDATE casus_acl"),
    ),
    "casus.inwoner": Table(
        "person_id birth_date bsn phone email stadsdeel_id language interpreter_needed reachable safe_contact",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "web_team": "r",
            "portaal_operator": "a",
            DEFINER: "r(person_id birth_date bsn language safe_contact stadsdeel_id) w(email stadsdeel_id)"
            " a(person_id birth_date phone email stadsdeel_id language interpreter_needed reachable safe_contact)",
        },
        (_READERS, _IMPORT, _EXPORT, "door_reads SELECT casus_acl", "door_adds INSERT casus_acl", "door_changes UPDATE casus_acl"),
    ),
    "casus.address": Table(
        "person_id street postcode protected",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "web_team": "r",
            "portaal_operator": "a",
            DEFINER: "r(person_id street postcode protected) a(person_id street postcode) w(street postcode)",
        },
        (_READERS, _IMPORT, _EXPORT, "door ALL casus_acl"),
    ),
    "casus.staff": Table(
        "person_id job_title team_id role joined_on left_on caseload_max",
        {"casus_uitvoer": "r", "web_inwoner": "r(person_id job_title team_id)", "web_team": "r", "portaal_operator": "r a", DEFINER: "r a w"},
        (
            _READERS,
            _IMPORT, _EXPORT,
            _DEFINER,
            "operator_reads SELECT portaal_operator",
            "staff_adds INSERT casus_acl",
            "staff_changes UPDATE casus_acl",
        ),
    ),
    "casus.profile": Table(
        "id public_id staff_id number drawing languages good_at leefdomeinen about manner days lived sent_at placed looked_at looked_by_name remark gone_at",
        {"portaal_operator": "a", DEFINER: "r a w(placed looked_at looked_by_name remark gone_at)"},
        (_IMPORT, "definer ALL casus_acl"),
    ),
    "casus.wish": Table(
        "id public_id dossier_id team_id anybody words tell meet sent_at withdrawn_at answered_at answered_by_name reason helper_id from_day before_id",
        {
            "web_inwoner": "r(id public_id dossier_id team_id anybody words tell meet sent_at withdrawn_at answered_at answered_by_name reason helper_id from_day)",
            DEFINER: "r a(public_id dossier_id team_id anybody words tell meet)"
            " w(withdrawn_at answered_at answered_by_name reason helper_id from_day before_id)",
        },
        ("read SELECT web_inwoner", "definer ALL casus_acl"),
    ),
    "casus.same_person": Table("person_id main_id since", {DEFINER: "r a(person_id main_id) d"}, ("definer ALL casus_acl",)),
    "casus.particulars_change": Table(
        "id public_id dossier_id kind died_on first_name infix last_name stadsdeel_id proof asked_by asked_by_name asked_at agreed answered_by"
        " answered_by_name answered_at other_id",
        {
            "web_inwoner": "r",
            "web_team": "r",
            DEFINER: "r a(public_id dossier_id kind died_on first_name infix last_name stadsdeel_id proof asked_by asked_by_name other_id)"
            " w(agreed answered_by answered_by_name answered_at)",
        },
        ("read SELECT web_team", "read_own SELECT web_inwoner", "definer ALL casus_acl"),
    ),
    "casus.handover": Table(
        "id public_id dossier_id inward kind organisation receiver why starts_on ends_here sections from_day with_plan made_by made_by_name made_at"
        " choice words way proof answered_by_name answered_at plan_version fetched_by fetched_at takes begins_on taken_by taken_how taken_why taken_at"
        " stuck_at stuck_words withdrawn_by_name withdrawn_at",
        {
            "web_inwoner": "r",
            "web_team": "r",
            DEFINER: "r a(public_id dossier_id inward kind organisation receiver why starts_on ends_here sections from_day with_plan made_by made_by_name"
            " takes begins_on taken_by taken_how taken_at)"
            " w(choice words way proof plan_version answered_by_name answered_at fetched_by fetched_at takes begins_on taken_by taken_how taken_why taken_at"
            " stuck_at stuck_words withdrawn_by_name withdrawn_at)",
        },
        (_READERS, "definer ALL casus_acl"),
    ),
    "casus.handover_entry": Table(
        "handover_id dossier_id entry_id version",
        {"web_inwoner": "r", "web_team": "r", DEFINER: "r a"},
        (_READERS, "definer ALL casus_acl"),
    ),
    "casus.wish_choice": Table(
        "wish_id dossier_id place staff_id waits yes reason",
        {"web_inwoner": "r", DEFINER: "r a(wish_id dossier_id place staff_id waits) w(yes reason)"},
        ("read SELECT web_inwoner", "definer ALL casus_acl"),
    ),
    "casus.absence": Table(
        "id staff_id from_date until_date substitute_id",
        {"web_team": "r", "portaal_operator": "a", DEFINER: "r a w d"},
        (
            "read SELECT web_team",
            _IMPORT,
            _DEFINER,
            "staff_adds INSERT casus_acl",
            "staff_changes UPDATE casus_acl",
            "staff_drops DELETE casus_acl",
        ),
    ),
    "casus.dossier": Table(
        "id public_id inwoner_id team_id opened_on closed_on",
        {"casus_uitvoer": "r", "web_inwoner": "r", "web_team": "r", "portaal_operator": "a", DEFINER: "r a(inwoner_id team_id opened_on) w(closed_on)"},
        (_READERS, _IMPORT, _EXPORT, _DEFINER, "door_adds INSERT casus_acl", "help_ends UPDATE casus_acl"),
    ),
    "casus.household_member": Table(
        "id dossier_id name relation birth_year",
        {"casus_uitvoer": "r", "web_inwoner": "r", "web_team": "r", "portaal_operator": "a"},
        (_READERS, _IMPORT, _EXPORT),
    ),
    "casus.assignment": Table(
        "id dossier_id staff_id role_text valid_from valid_until responsible hours",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "web_team": "r",
            "portaal_operator": "a",
            DEFINER: "r a(dossier_id staff_id role_text valid_from responsible) w(valid_until hours)",
        },
        (_READERS, _IMPORT, _EXPORT, _DEFINER, "staff_changes UPDATE casus_acl", "door_adds INSERT casus_acl"),
    ),
    "casus.mandate": Table(
        "id dossier_id person_id ground valid_from valid_until withdrawn_at public_id proof proof_seen_on scope opens_log opens_sharing asked_by agreed_by"
        " confirmed_at",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "web_team": "r",
            "portaal_operator": "a",
            DEFINER: "r a(dossier_id person_id ground valid_from valid_until proof proof_seen_on scope opens_log opens_sharing asked_by agreed_by)"
            " w(withdrawn_at confirmed_at)",
        },
        (_READERS, _IMPORT, _EXPORT, _DEFINER, "two_agree INSERT casus_acl", "ends UPDATE casus_acl"),
    ),
    "casus.mandate_request": Table(
        "id public_id dossier_id person_id first_name last_name ground proof proof_seen_on scope valid_from valid_until opens_log opens_sharing asked_by"
        " asked_at",
        {
            DEFINER: "r d a(public_id dossier_id person_id first_name last_name ground proof proof_seen_on scope valid_from valid_until opens_log"
            " opens_sharing asked_by)"
        },
        ("definer ALL casus_acl",),
    ),
    "casus.entry": Table(
        "id public_id dossier_id section leefdomein kind occurred_at author_id author_name placed_at discuss_until audience",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "web_team": "r a(public_id dossier_id section leefdomein kind occurred_at discuss_until)",
            "portaal_operator": "a",
            DEFINER: "r a(public_id dossier_id section leefdomein kind occurred_at author_id author_name discuss_until audience) w(audience author_id author_name)",
        },
        (
            _READERS,
            "diary SELECT! web_inwoner",
            "write INSERT web_team",
            _IMPORT, _EXPORT,
            _DEFINER,
            "door_adds INSERT casus_acl",
            "document_adds INSERT casus_acl",
            "diary_adds INSERT casus_acl",
            "diary_changes UPDATE casus_acl",
            "repair_moves INSERT casus_acl",
        ),
        ("stamp acl.stamp_author()",),
    ),
    "casus.entry_version": Table(
        "entry_id number dossier_id section leefdomein title body reason author_id author_name created_at written_for found_by",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "web_team": "r a(entry_id number dossier_id section leefdomein title body reason)",
            "portaal_operator": "a",
            DEFINER: "r a(entry_id number dossier_id section leefdomein title body reason author_id author_name created_at written_for)"
            " w(written_for) d",
            DESTROYER: "r(entry_id) w(title body reason)",
        },
        (
            _READERS,
            "diary SELECT! web_inwoner",
            "written_for SELECT! web_inwoner web_team",
            "write INSERT web_team",
            _IMPORT, _EXPORT,
            _DEFINER,
            "door_adds INSERT casus_acl",
            "document_adds INSERT casus_acl",
            "diary_adds INSERT casus_acl",
            "diary_changes UPDATE casus_acl",
            "diary_removes DELETE casus_acl",
            "repair_moves INSERT casus_acl",
            *_ERASES,
        ),
        ("stamp acl.stamp_author()",),
    ),
    "casus.entry_opening": Table(
        "entry_id dossier_id person_id opened_at", {"casus_uitvoer": "r", "portaal_operator": "a", DEFINER: "r a"}, (_IMPORT, _EXPORT, _DEFINER, "opens INSERT casus_acl")
    ),
    "casus.access_grant": Table(
        "id public_id dossier_id grantee_id scope section leefdomein entry_id valid_from valid_until withdrawn_at ground imported_from relation"
        " confirmed_at reminded_until plan_role plan_parts",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r",
            "portaal_operator": "a",
            DEFINER: "r w(withdrawn_at valid_until confirmed_at reminded_until plan_role plan_parts)"
            " a(dossier_id grantee_id scope section leefdomein entry_id valid_from valid_until ground relation confirmed_at plan_role plan_parts)",
        },
        (
            "read SELECT web_inwoner",
            _IMPORT,
            _EXPORT,
            _DEFINER,
            "owner_gives INSERT casus_acl",
            "changes UPDATE casus_acl",
        ),
    ),
    "casus.closure": Table(
        "id dossier_id entry_id person_id reason from_at ended_at public_id except_responsible ground review_on told_from",
        {"casus_uitvoer": "r", "portaal_operator": "a", DEFINER: "r a(dossier_id entry_id person_id except_responsible reason ground review_on told_from) w(ended_at)",
         DESTROYER: "r(entry_id) w(reason)"},
        (_IMPORT, _EXPORT, _DEFINER, "inwoner_closes INSERT casus_acl", "inwoner_opens UPDATE casus_acl", *_ERASES),
    ),
    "casus.document": Table(
        "entry_id dossier_id kind size sha256 sealed_as",
        {
            "casus_uitvoer": "r(entry_id dossier_id kind size sha256)",
            "web_inwoner": "r",
            "web_team": "r",
            "portaal_operator": "a(entry_id dossier_id kind size sha256)",
            DEFINER: "r a d",
            DESTROYER: "r(entry_id) d",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl", "finds SELECT casus_vernietiger", "removes DELETE casus_vernietiger"),
    ),
    "casus.document_part": Table(
        "entry_id number sealed", {"web_inwoner": "r", "web_team": "r", DEFINER: "r a"}, (_READERS, "definer ALL casus_acl")
    ),
    "casus.breach": Table(
        "id public_id dossier_id entry_id reason found_at found_by decided_at decided_by decision moved_to reported report_why reported_at reported_by"
        " told_on told_how other_told_on other_told_how proposed_dossier",
        {
            DEFINER: "r a(dossier_id entry_id reason found_by) w(reason decided_at decided_by decision moved_to proposed_dossier reported report_why reported_at reported_by"
            " told_on told_how other_told_on other_told_how)"
        },
        ("definer ALL casus_acl",),
    ),
    "casus.message": Table(
        "id public_id dossier_id author_id author_name from_team sent_at body settled_at settled_name",
        {
            "web_inwoner": "r",
            "web_team": "r",
            DEFINER: "r a(public_id dossier_id author_id author_name from_team body) w(settled_at settled_name)",
        },
        ("read_own SELECT web_inwoner", "read_treated SELECT web_team", "definer ALL casus_acl"),
    ),
    "casus.plan_part": Table(
        "id public_id dossier_id kind goal_id audience place made_at joint_id shown_number shown_at",
        {
            **_PLAN_READERS, "casus_uitvoer": "r(id public_id dossier_id kind goal_id audience place made_at)",
            DEFINER: "r a(public_id dossier_id kind goal_id audience place joint_id) w(audience place joint_id shown_number shown_at)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.joint_plan": Table("id begun_at", {DEFINER: "r a"}, ("definer ALL casus_acl",)),
    "casus.joint_plan_member": Table(
        "id joint_plan_id dossier_id joined_at left_at", {DEFINER: "r a(joint_plan_id dossier_id) w(left_at)"}, ("definer ALL casus_acl",)
    ),
    "casus.joint_plan_code": Table(
        "dossier_id code_hash expires_at", {DEFINER: "r a w(code_hash expires_at) d"}, ("definer ALL casus_acl",)
    ),
    "casus.joint_plan_try": Table("id dossier_id at", {DEFINER: "r a(dossier_id) d"}, ("definer ALL casus_acl",)),
    "casus.plan_text": Table(
        "part_id dossier_id number body why answers leefdomein perspective holder_id holder_name due_on look_on dropped author_id author_name"
        " written_at written_for",
        {
            **_PLAN_READERS, "casus_uitvoer": "r",
            DEFINER: "r a(part_id dossier_id number body why answers leefdomein perspective holder_id holder_name due_on look_on dropped author_id"
            " author_name written_for)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.plan_step": Table(
        "part_id dossier_id number status by_id by_name at",
        {**_PLAN_READERS, "casus_uitvoer": "r", DEFINER: "r a(part_id dossier_id number status by_id by_name)"},
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.plan_proposal": Table(
        "id public_id dossier_id made_by made_by_name made_at settled_at version",
        {**_PLAN_READERS, "casus_uitvoer": "r", DEFINER: "r a(public_id dossier_id made_by made_by_name) w(settled_at version)"},
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.plan_proposal_text": Table(
        "proposal_id dossier_id part_id number place", {**_PLAN_READERS, "casus_uitvoer": "r", DEFINER: "r a"}, (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl")
    ),
    "casus.plan_pressure": Table(
        "id public_id dossier_id kind ground from_day until_day set_by set_by_name set_at ended_at ended_by ended_by_name",
        {
            "web_inwoner": "r",
            "web_team": "r", "portaal_operator": "a", "casus_uitvoer": "r",
            DEFINER: "r a(public_id dossier_id kind ground from_day until_day set_by set_by_name) w(ended_at ended_by ended_by_name)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.plan_copy_given": Table(
        "proposal_id dossier_id given_by given_by_name given_at",
        {"web_inwoner": "r", "web_team": "r", "portaal_operator": "a", "casus_uitvoer": "r", DEFINER: "a(proposal_id dossier_id given_by given_by_name)"},
        (_READERS, _IMPORT, _EXPORT, "gives INSERT casus_acl"),
    ),
    "casus.plan_remark": Table(
        "id public_id dossier_id part_id body author_id author_name written_at withdrawn_at seen_at seen_by seen_name answer",
        {
            "web_inwoner": "r",
            "web_team": "r", "portaal_operator": "a", "casus_uitvoer": "r",
            DEFINER: "r a(public_id dossier_id part_id body author_id author_name) w(withdrawn_at seen_at seen_by seen_name answer)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.plan_decision": Table(
        "proposal_id dossier_id choice words way proof decided_on copy own recorded_by recorded_by_name recorded_at",
        {
            **_PLAN_READERS, "casus_uitvoer": "r",
            DEFINER: "a(proposal_id dossier_id choice words way proof decided_on copy own recorded_by recorded_by_name)",
        },
        (_READERS, _IMPORT, _EXPORT, "decides INSERT casus_acl"),
    ),
    "casus.evaluation": Table(
        "id public_id dossier_id kind planned_on place about_pgb others planned_by_name planned_at outcome reason settled_by settled_by_name settled_at",
        {
            "web_inwoner": "r", "web_team": "r",
            "portaal_operator": "a", "casus_uitvoer": "r",
            DEFINER: "r a(public_id dossier_id kind planned_on place about_pgb others planned_by_name)"
            " w(kind planned_on place about_pgb others planned_by_name planned_at outcome reason settled_by settled_by_name settled_at)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.evaluation_person": Table(
        "evaluation_id dossier_id person_id", {"web_inwoner": "r", "web_team": "r", "portaal_operator": "a", "casus_uitvoer": "r", DEFINER: "r a d"}, (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl")
    ),
    "casus.evaluation_look": Table(
        "evaluation_id dossier_id side author_id number author_name way content words anchored together together_words safe fits written_at",
        {
            "web_inwoner": "r", "web_team": "r",
            "portaal_operator": "a", "casus_uitvoer": "r",
            DEFINER: "r a(evaluation_id dossier_id side author_id number author_name way content words anchored together together_words safe fits)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.evaluation_goal": Table(
        "evaluation_id dossier_id side author_id number part_id result",
        {"web_inwoner": "r", "web_team": "r", "portaal_operator": "a", "casus_uitvoer": "r", DEFINER: "a"},
        (_READERS, _IMPORT, _EXPORT, "says INSERT casus_acl"),
    ),
    "casus.ending": Table(
        "id public_id dossier_id kind weighty ends_on reason onward warned evaluation_id not_evaluated near_until near_by near_by_name near_words made_by made_by_name made_at"
        " agreed_by agreed_by_name agreed_at choice words way answered_by_name answered_at withdrawn_at done_by_name done_at back_at taken_by_name taken_at",
        {
            "web_inwoner": "r", "web_team": "r",
            "portaal_operator": "a", "casus_uitvoer": "r",
            DEFINER: "r a(public_id dossier_id kind weighty ends_on reason onward warned evaluation_id not_evaluated near_until near_by near_by_name near_words made_by made_by_name)"
            " w(ends_on agreed_by agreed_by_name agreed_at choice words way answered_by_name answered_at withdrawn_at done_by_name done_at back_at"
            " taken_by_name taken_at)",
        },
        (_READERS, _IMPORT, _EXPORT, "definer ALL casus_acl"),
    ),
    "casus.plan_destruction": Table(
        "id public_id dossier_id asked_by asked_at outcome reason decided_at decided_by",
        {DEFINER: "r a(public_id dossier_id asked_by) w(outcome reason decided_at decided_by)"},
        ("definer ALL casus_acl",),
    ),
    "casus.destruction": Table(
        "id public_id dossier_id asked_by asked_at", {DEFINER: "r a(public_id dossier_id asked_by)"}, ("definer ALL casus_acl",)
    ),
    "casus.destruction_item": Table(
        "destruction_id entry_id dossier_id outcome reason decided_at decided_by",
        {DEFINER: "r a(destruction_id entry_id dossier_id) w(outcome reason decided_at decided_by)"},
        ("definer ALL casus_acl",),
    ),
    "casus.withholding": Table(
        "id public_id dossier_id entry_id ground reason review_on postponed asked_by asked_at answered_by answered_at agreed told_at",
        {DEFINER: "r a(dossier_id entry_id ground reason review_on postponed asked_by) w(answered_by answered_at agreed told_at)", DESTROYER: "r(entry_id) w(reason)"},
        ("definer ALL casus_acl", *_ERASES),
    ),
    "casus.emergency_reading": Table(
        "id public_id dossier_id person_id reason opened_at ends_at reviewed_at reviewed_by justified judgement",
        {DEFINER: "r a(dossier_id person_id reason ends_at) w(reviewed_at reviewed_by justified judgement)"},
        (_DEFINER, "opens INSERT casus_acl", "reviews UPDATE casus_acl"),
    ),
    "casus.pause": Table(
        "id dossier_id way began_by began_at ended_by ended_at",
        {DEFINER: "r a(dossier_id way began_by) w(ended_at ended_by way)"},
        ("definer ALL casus_acl",),
    ),
    "casus.access_notice": Table(
        "id public_id dossier_id person_id made_at seen_at",
        {DEFINER: "r a(dossier_id person_id) w(seen_at)"},
        (_DEFINER, "closing_tells INSERT casus_acl", "seen UPDATE casus_acl"),
    ),
    "casus.annotation": Table(
        "id public_id entry_id dossier_id section leefdomein kind audience author_id author_name created_at withdrawn withdrawn_at outcome"
        " wish answers_id extended_at extension settled_at",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r a(public_id entry_id dossier_id section leefdomein kind audience wish answers_id)"
            " w(audience withdrawn withdrawn_at settled_at)",
            "web_team": "r",
            "portaal_operator": "a",
            DEFINER: "r d a(public_id entry_id dossier_id section leefdomein kind audience answers_id) w(outcome extended_at extension)",
            DESTROYER: "r(entry_id extension) w(extension)",
        },
        (
            _READERS,
            "diary SELECT! web_inwoner", "write INSERT web_inwoner", "change UPDATE web_inwoner", _IMPORT, _EXPORT,
            "answers INSERT casus_acl", "answers_read SELECT casus_acl", "answers_change UPDATE casus_acl",
            "diary_reads SELECT casus_acl", "diary_removes DELETE casus_acl", *_ERASES,
        ),
        ("stamp acl.stamp_author()",),
    ),
    "casus.annotation_version": Table(
        "annotation_id number entry_id dossier_id section leefdomein audience withdrawn author_id body quote created_at about_version sentences"
        " written_for found_by",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r a(annotation_id number entry_id dossier_id section leefdomein audience body quote about_version sentences)",
            "web_team": "r",
            "portaal_operator": "a",
            DESTROYER: "r(entry_id) w(body quote)",
            DEFINER: "r(entry_id dossier_id created_at) d a(annotation_id number entry_id dossier_id section leefdomein audience body about_version)",
        },
        (_READERS,
            "diary SELECT! web_inwoner", "write INSERT web_inwoner", _IMPORT, _EXPORT, "answers INSERT casus_acl", "diary_removes DELETE casus_acl",
            "retention_reads SELECT casus_acl", *_ERASES),
        ("stamp acl.stamp_author()", "stamp_audience acl.stamp_audience()"),
    ),
    "casus.look_question": Table(
        "line_id public_id asked_at asked_by words answered_at answered_by answered_name answer",
        {DEFINER: "r a(line_id asked_by words) w(answered_at answered_by answered_name answer)"},
        ("definer ALL casus_acl",),
    ),
    "casus.concept": Table(
        "id public_id dossier_id entry_id base_version author_id section leefdomein kind occurred_on title body reason discuss_first"
        " created_at saved_at",
        {
            "web_team": "r d"
            " a(public_id dossier_id entry_id base_version author_id section leefdomein kind occurred_on title body reason discuss_first)"
            " w(base_version section leefdomein kind occurred_on title body reason discuss_first saved_at)",
            "portaal_jobs": "r(id author_id created_at saved_at) d",
            DEFINER: "r(entry_id author_id saved_at) d",
        },
        (
            "read SELECT web_team",
            "write INSERT web_team",
            "change UPDATE web_team",
            "remove DELETE web_team",
            "job_reads SELECT portaal_jobs",
            "job_removes DELETE portaal_jobs",
            "staff_counts SELECT casus_acl",
            "closing_ends DELETE casus_acl",
        ),
    ),
    "casus.program": Table(
        "role_name name purpose sections team_ids ended_on public_id ground", {"portaal_operator": "a", DEFINER: "r"}, (_IMPORT, _DEFINER)
    ),
    "casus.program_consent": Table(
        "id dossier_id role_name sections given_at valid_until confirmed_at reminded_until withdrawn_at tell",
        {
            "web_inwoner": "r",
            DEFINER: "r a(dossier_id role_name sections valid_until) w(valid_until confirmed_at reminded_until withdrawn_at tell)",
        },
        ("read SELECT web_inwoner", _DEFINER, "owner_gives INSERT casus_acl", "changes UPDATE casus_acl"),
    ),
    "casus.read_log": Table(
        "id at xid dossier_id entry_id what shown shown_entries reader_id reader_name reader_role on_behalf_of ground ground_detail program"
        " session_id",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r a(dossier_id entry_id what shown shown_entries)",
            "web_team": "a(dossier_id entry_id what shown shown_entries)",
            "casus_controle": "r",
            DEFINER: "r a",
        },
        (
            "read SELECT web_inwoner",
            "untold SELECT! web_inwoner",
            _EXPORT,
            "write INSERT web_inwoner web_team",
            "audit SELECT casus_controle",
            "definer ALL casus_acl",
        ),
        ("stamp acl.stamp_read()",),
    ),
    "casus.read_seal": Table(
        "id sealed_at horizon row_count rows_hash previous_hash hash",
        {"casus_controle": "r", DEFINER: "r a"},
        ("audit SELECT casus_controle", "definer ALL casus_acl"),
    ),
    "casus.read_seal_row": Table(
        "log_id seal_id position row_hash",
        {"casus_controle": "r", DEFINER: "r(log_id) a"},
        ("audit SELECT casus_controle", "definer ALL casus_acl"),
    ),
    "casus.change_log": Table(
        "id at dossier_id entry_id event subject_id person_id person_name person_role on_behalf_of program",
        {
            "casus_uitvoer": "r",
            "web_inwoner": "r a(dossier_id entry_id event subject_id)",
            "web_team": "a(dossier_id entry_id event subject_id)",
            DEFINER: "a r(dossier_id at)",
        },
        ("read SELECT web_inwoner", _EXPORT, "retention_reads SELECT casus_acl", "write INSERT web_inwoner web_team", "staff_logs INSERT casus_acl", "account_logs INSERT casus_acl", "door_logs INSERT casus_acl", "emergency_logs INSERT casus_acl", "sharing_logs INSERT casus_acl", "consent_logs INSERT casus_acl", "household_logs INSERT casus_acl", "asking_logs INSERT casus_acl", "pause_logs INSERT casus_acl", "ending_logs INSERT casus_acl", "wish_logs INSERT casus_acl", "handover_logs INSERT casus_acl", "particulars_logs INSERT casus_acl", "same_person_logs INSERT casus_acl", "notices_log INSERT casus_acl", "repair_logs INSERT casus_acl", "withholding_logs INSERT casus_acl", "mandate_logs INSERT casus_acl", "destruction_logs INSERT casus_acl", "untold SELECT! web_inwoner"),
        ("stamp acl.stamp_change()",),
    ),
    "casus.imported_read_line": Table(
        "id source at dossier_id entry_id what shown shown_entries reader_name reader_role ground ground_detail program",
        {"web_inwoner": "r", "portaal_operator": "a", "casus_uitvoer": "r"},
        ("read SELECT web_inwoner", "untold SELECT! web_inwoner", _IMPORT, _EXPORT),
    ),
    "casus.imported_change_line": Table(
        "id source at dossier_id entry_id event person_name person_role program",
        {"web_inwoner": "r", "portaal_operator": "a", "casus_uitvoer": "r"},
        ("read SELECT web_inwoner", "untold SELECT! web_inwoner", _IMPORT, _EXPORT),
    ),
    "casus.melding": Table(
        "id public_id number received_at channel for_whom words signs reporter_role reporter_name reporter_organisation reporter_contact consent"
        " name age children_at_home postcode stadsdeel_id phone email address reach_ways reach_when safe_call safe_mail safe_post company language"
        " spoken interpreter urgency team_id staff_id entered_by source_hash dossier_id open stands_alone merged_into",
        {
            "web_inwoner": "r(id number received_at for_whom urgency team_id dossier_id)",
            "web_team": "r",
            "portaal_operator": "a",
            DEFINER: "r a w",
        },
        ("read SELECT web_team", "owner_reads SELECT web_inwoner", _IMPORT, "definer ALL casus_acl"),
    ),
    "casus.melding_event": Table(
        "id melding_id at event value words staff_id",
        {"web_inwoner": "r(id melding_id at event value words)", "web_team": "r", "portaal_operator": "a", DEFINER: "r a"},
        ("read SELECT web_team", "owner_reads SELECT web_inwoner", _IMPORT, "definer ALL casus_acl"),
        ("stands casus.melding_stands() after_statement",),
    ),
    "casus.melding_note": Table(
        "id melding_id at about value words staff_id version given_on", {"web_team": "r", DEFINER: "a"}, ("read SELECT web_team", "definer INSERT casus_acl")
    ),
    "casus.melding_read": Table("id melding_id at staff_id staff_name", {DEFINER: "a"}, ("definer INSERT casus_acl",)),
    "portaal.melding_draft": Table("code_hash ciphertext saved_at sent_at melding_id", {DEFINER: "r a w d"}, ("definer ALL casus_acl",)),
    "portaal.account": Table(
        "id public_id person_id face username email password_hash totp_secret language start_code_hash start_code_expires_at last_totp_step"
        " created_at disabled_at",
        {DEFINER: "r a w"},
        ("definer ALL casus_acl",),
    ),
    "portaal.recovery_code": Table("account_id code_hash used_at", {DEFINER: "r a w d"}, ("definer ALL casus_acl",)),
    "portaal.new_email": Table("account_id email code code_until", {DEFINER: "r a w d"}, ("definer ALL casus_acl",)),
    "portaal.sign_in_request": Table(
        "id public_id made_at lost name birth_date username reach person_id handled_at handled_by outcome",
        {DEFINER: "r a w d"},
        ("definer ALL casus_acl",),
    ),
    "portaal.sign_in_request_read": Table("id request_id at staff_id staff_name", {DEFINER: "a"}, ("definer INSERT casus_acl",)),
    "portaal.sign_in_renewal": Table(
        "id public_id account_id asked_at asked_by how decided_at decided_by decision given_at",
        {DEFINER: "r a w"},
        ("definer ALL casus_acl",),
    ),
    "portaal.session": Table(
        "id account_id token_hash method created_at last_seen_at ended_at ended_reason as_person",
        {DEFINER: "r a w d"},
        ("definer ALL casus_acl",),
    ),
    "portaal.sign_in_attempt": Table(
        "id at face step subject_hash address_hash account_id accepted", {DEFINER: "r a w d"}, ("definer ALL casus_acl",)
    ),
    "portaal.outbox": Table(
        "id public_id template language to_whom address melding_id person_id team_id made_at not_before attempts last_error sent_at gave_up_at"
        " allowed_at allowed_by handled_at handled_by topic",
        {DEFINER: "r a w d"},
        ("definer ALL casus_acl",),
    ),
    "portaal.letter": Table(
        "id public_id template language to_whom to_name to_lines sealed melding_id person_id team_id made_at printed_at printed_by posted_at"
        " posted_by allowed_at allowed_by handled_at handled_by topic",
        {DEFINER: "r a w d"},
        ("definer ALL casus_acl",),
    ),
    "portaal.notice_choice": Table("dossier_id topic way", {DEFINER: "r a w(way)"}, ("definer ALL casus_acl",)),
    "portaal.taking": Table(
        "id public_id dossier_id language asked_at begun_at done total failed_at made_at parts size entries",
        {DEFINER: "r a(dossier_id language) w(begun_at done total failed_at made_at parts size entries) d"},
        ("definer ALL casus_acl",),
    ),
    "portaal.package": Table(
        "handover_id public_id size made_at code_hash code_until",
        {DEFINER: "r a(handover_id public_id size) w(code_hash code_until) d"},
        ("definer ALL casus_acl",),
    ),
    "portaal.package_part": Table("handover_id number sealed", {DEFINER: "r a d"}, ("definer ALL casus_acl",)),
    "portaal.taking_part": Table("taking_id number sealed", {DEFINER: "r a d"}, ("definer ALL casus_acl",)),
    "portaal.plan_reminder": Table("person_id part_id dossier_id about on_day told_on", {DEFINER: "r a d"}, ("definer ALL casus_acl",)),
    "portaal.access_change": Table("person_id at", {DEFINER: "r a w d"}, ("definer ALL casus_acl",)),
    "portaal.typed_text": Table(
        "person_id face form_key ciphertext saved_at",
        {**dict.fromkeys(WEB, "r d"), DEFINER: "r a w d"},
        ("definer ALL casus_acl", "drops_own_text DELETE web_inwoner web_onafhankelijk web_team", "reads_own_text SELECT web_inwoner web_onafhankelijk web_team"),
    ),
}  # fmt: skip

# A plan is removed whole, and the words of how the help ended with it.
for _name in (
    *("evaluation_goal", "evaluation_look", "evaluation_person", "evaluation", "plan_remark", "plan_copy_given", "plan_decision"),
    *("plan_proposal_text", "plan_proposal", "plan_step", "plan_text", "plan_part", "plan_pressure"),
):
    _table = TABLES[f"casus.{_name}"]
    TABLES[f"casus.{_name}"] = replace(
        _table,
        rights={**_table.rights, DESTROYER: "r(dossier_id) d"},
        policies=(*_table.policies, "finds SELECT casus_vernietiger", "removes DELETE casus_vernietiger"),
    )
TABLES["casus.ending"] = replace(
    TABLES["casus.ending"],
    rights={
        **TABLES["casus.ending"].rights,
        DESTROYER: "r(dossier_id) w(reason onward warned evaluation_id not_evaluated near_words words)",
    },
    policies=(*TABLES["casus.ending"].policies, *_ERASES),
)


@dataclass(frozen=True)
class Function:
    """Who may run it besides its owner; ``definer``: it works as casus_acl, else as who asks. All have search_path pg_catalog, pg_temp."""

    run_by: tuple[str, ...] = ()
    volatility: str = "stable"
    definer: bool = True
    language: str = "plpgsql"
    works_as: str = DEFINER

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.works_as if self.definer else OWNER


_DATA = ("web_inwoner", "web_team")
_STAFF = ("web_team", "portaal_operator")
_QUEUE = ("web_inwoner", "web_team", "portaal_jobs")

FUNCTIONS: dict[str, Function] = {
    "acl.install_key(text,bytea)": Function((), "volatile"),
    "acl.today()": Function(("web_team", DEFINER), definer=False, language="sql"),
    "acl.actor()": Function(),
    "acl.person_id()": Function(WEB),
    "acl.kind()": Function(("portaal_jobs",)),
    "acl.team_id()": Function(("web_team",)),
    "acl.asked_dossier()": Function(),
    "acl.previewed()": Function(),
    "acl.own_dossiers()": Function(("web_inwoner",)),
    "acl.is_responsible(integer,integer)": Function(),
    "acl.reads_what_is_kept(text,integer,integer,boolean)": Function(),
    "acl.goes_on_reading(uuid)": Function(("web_inwoner",)),
    "acl.all_own_closures(integer)": Function(("web_inwoner",)),
    "acl.closed_for(text,integer,integer[])": Function(),
    "acl.readers_of(casus.entry,boolean)": Function(),
    "acl.is_withheld(casus.entry)": Function(),
    "acl.own_entry(uuid)": Function(),
    "acl.closable_for(uuid)": Function(("web_inwoner",)),
    "acl.own_closures(uuid)": Function(("web_inwoner",)),
    "acl.close_entry(uuid,uuid,boolean)": Function(("web_inwoner",), "volatile"),
    "acl.reopen_entry(uuid,uuid)": Function(("web_inwoner",), "volatile"),
    "acl.access_notices()": Function(("web_team",)),
    "acl.access_notice_seen(uuid)": Function(("web_team",), "volatile"),
    "casus.is_paused(integer,integer)": Function(),
    "casus.pause_dossier(uuid,text)": Function(("web_inwoner", "web_team"), "volatile"),
    "casus.resume_dossier(uuid)": Function(("web_team",), "volatile"),
    "casus.pause_of(uuid)": Function(("web_team",)),
    "acl.open_emergency(uuid,text)": Function(("web_team",), "volatile"),
    "acl.emergency_until(uuid)": Function(("web_team",)),
    "acl.emergencies(integer)": Function(("web_inwoner",)),
    "acl.emergencies_to_review()": Function(("web_team",)),
    "acl.review_emergency(uuid,boolean,text)": Function(("web_team",), "volatile"),
    "acl.mandate_dossier(uuid)": Function(),
    "acl.ask_mandate(uuid,uuid,uuid,text,text,text,text,date,text,date,date,boolean,boolean)": Function(("web_team",), "volatile"),
    "acl.mandates_asked()": Function(("web_team",)),
    "acl.answer_mandate(uuid,boolean)": Function(("web_team",), "volatile"),
    "portaal.may_get_mandate_code(casus.mandate)": Function(),
    "acl.mandates_of(uuid)": Function(("web_inwoner", "web_team")),
    "portaal.new_mandate_code(uuid,text,bytea,text)": Function(("web_team",), "volatile"),
    "acl.confirm_mandate(uuid)": Function(("web_inwoner",), "volatile"),
    "acl.end_mandate(uuid)": Function(("web_inwoner", "web_team"), "volatile"),
    "acl.mandates_held(integer,integer)": Function(),
    "acl.mandate_names(integer)": Function(("web_inwoner",)),
    "acl.named_dossier(uuid,text)": Function(),
    "acl.unknown_to_mandate()": Function(),
    "acl.mandate_log(uuid,timestamp with time zone,integer)": Function(("web_inwoner",)),
    "acl.mandate_sharing(uuid)": Function(("web_inwoner",)),
    "acl.mandate_stops(uuid,uuid)": Function(("web_inwoner",), "volatile"),
    "acl.withholdable(uuid)": Function(),
    "acl.withheld_now(integer[])": Function(),
    "acl.ask_withholding(uuid,smallint,text,date,boolean)": Function(("web_team",), "volatile"),
    "acl.withholdings_to_confirm()": Function(("web_team",)),
    "acl.answer_withholding(uuid,boolean,integer)": Function(("web_team",), "volatile"),
    "acl.end_withholding(uuid)": Function(("web_team",), "volatile"),
    "acl.withholding_of(uuid)": Function(("web_team",)),
    "acl.withholdings_to_review()": Function(("web_team",)),
    "acl.untold_entries()": Function(("web_inwoner",)),
    "acl.withheld_before(integer)": Function(("web_inwoner",)),
    "acl.plan_parts()": Function(_DATA),
    "casus.propose_ending(integer,uuid,jsonb)": Function(("web_team",), "volatile"),
    "casus.open_ending(uuid,integer[])": Function((), "volatile"),
    "casus.answer_ending(uuid,integer,text,text)": Function(_DATA, "volatile"),
    "acl.endings_to_agree_with()": Function(("web_team",)),
    "casus.agree_ending(uuid,boolean)": Function(("web_team",), "volatile"),
    "casus.withdraw_ending(uuid)": Function(("web_team",), "volatile"),
    "casus.finish_ending(uuid)": Function(("web_team",), "volatile"),
    "casus.come_back(integer)": Function(("web_inwoner",), "volatile"),
    "acl.came_back()": Function(("web_team",)),
    "casus.take_back(uuid)": Function(("web_team",), "volatile"),
    "acl.asked_along()": Function(_DATA),
    "acl.moments_asked_to()": Function(("web_inwoner",)),
    "casus.plan_evaluation(integer,uuid,jsonb)": Function(_DATA, "volatile"),
    "casus.ask_along(uuid,uuid[])": Function(("web_inwoner",), "volatile"),
    "casus.look_back(uuid,integer,integer,jsonb,jsonb)": Function(_DATA, "volatile"),
    "casus.settle_evaluation(uuid,integer,text)": Function(_DATA, "volatile"),
    "acl.plan_people(integer)": Function(_DATA),
    "acl.came_in(integer)": Function(),
    "acl.plan_dossiers()": Function(_DATA),
    "acl.plan_named()": Function(_DATA),
    "acl.plan_only()": Function(("web_inwoner",)),
    "acl.plan_role(integer)": Function(("web_inwoner",)),
    "acl.plan_written_along()": Function(),
    "acl.plan_invited_as(integer[])": Function(),
    "casus.flag_pressure(integer,uuid,integer,text,date,date)": Function(("web_team",), "volatile"),
    "casus.end_pressure(uuid)": Function(("web_team",), "volatile"),
    "casus.give_plan_copy(uuid)": Function(("web_team",), "volatile"),
    "casus.remark_plan(uuid,uuid,text)": Function(("web_inwoner",), "volatile"),
    "casus.withdraw_remark(uuid)": Function(("web_inwoner",), "volatile"),
    "casus.see_remark(uuid,text)": Function(_DATA, "volatile"),
    "acl.goals_held(integer,integer)": Function(),
    "acl.plan_opened()": Function(),
    "acl.put_plan_access(integer,integer,integer,boolean,uuid[],date,text)": Function((), "volatile"),
    "acl.give_plan_access(uuid,uuid,integer,boolean,uuid[],date)": Function(("web_inwoner",), "volatile"),
    "portaal.invite_to_plan(uuid,uuid,text,text,text,text,bytea,text,integer,boolean,uuid[],date)": Function(("web_inwoner",), "volatile"),
    "acl.plan_guests(uuid)": Function(("web_inwoner",)),
    "acl.joint_plan_of(integer)": Function(),
    "acl.joint_dossiers(integer)": Function(),
    "acl.hold_joint_plan(integer)": Function((), "volatile"),
    "acl.household_holder(integer,integer,text)": Function(),
    "acl.shown_parts(integer,integer)": Function(),
    "acl.goal_agreed(integer)": Function(),
    "acl.household(integer)": Function(_DATA),
    "acl.household_code(uuid)": Function(("web_inwoner",)),
    "casus.send_text(integer,integer)": Function((), "volatile"),
    "casus.mirror_text(integer)": Function((), "volatile"),
    "casus.mirror_step(integer)": Function((), "volatile"),
    "casus.begin_joint_copy(integer,integer)": Function((), "volatile"),
    "casus.begin_joint_action(uuid)": Function((), "volatile"),
    "casus.copy_joint_goal(integer,integer)": Function((), "volatile"),
    "casus.make_goal_joint(uuid,integer)": Function(("web_inwoner",), "volatile"),
    "casus.make_household_code(uuid,bytea)": Function(("web_inwoner",), "volatile"),
    "casus.try_household_code(uuid,bytea)": Function(("web_inwoner",), "volatile"),
    "casus.enter_joint_plan(integer,integer)": Function((), "volatile"),
    "casus.join_household(uuid,bytea,boolean)": Function(("web_inwoner",), "volatile"),
    "casus.leave_household(uuid)": Function(("web_inwoner",), "volatile"),
    "casus.show_to_household(uuid,integer)": Function(("web_inwoner",), "volatile"),
    "casus.hide_from_household(uuid)": Function(("web_inwoner",), "volatile"),
    "casus.read_household(uuid)": Function(("web_inwoner",), "volatile"),
    "acl.leave(uuid)": Function(("web_inwoner",), "volatile"),
    "acl.said_of(integer,integer)": Function(),
    "acl.require_last_day(date)": Function(),
    "acl.signature()": Function(),
    "casus.begin_plan_part(integer,uuid,integer,uuid,integer)": Function(_DATA, "volatile"),
    "casus.write_plan(uuid,integer,jsonb)": Function(_DATA, "volatile"),
    "casus.share_plan_part(uuid,integer)": Function(("web_inwoner",), "volatile"),
    "casus.order_goals(uuid[])": Function(("web_inwoner",), "volatile"),
    "casus.step_plan(uuid,integer)": Function(_DATA, "volatile"),
    "casus.propose_plan(integer,uuid)": Function(_DATA, "volatile"),
    "casus.decide_plan(uuid,jsonb)": Function(_DATA, "volatile"),
    "acl.message_readers(integer)": Function(("web_inwoner",)),
    "casus.settle_messages(integer,uuid)": Function(("web_team",), "volatile"),
    "casus.write_message(integer,uuid,text,uuid)": Function(("web_inwoner", "web_team"), "volatile"),
    "acl.tell_of_withholdings()": Function(("portaal_jobs",), "volatile"),
    "acl.postponed_notices()": Function(("web_team",)),
    "acl.preview_of(uuid,uuid)": Function(("web_inwoner",)),
    "acl.previews(uuid)": Function(("web_inwoner",)),
    "acl.owned_by(text,integer,integer)": Function(),
    "acl.treated_by(text,integer)": Function(),
    "acl.grants_to(text,integer)": Function(),
    "acl.reached_by(text,integer,integer)": Function(),
    "acl.owned_dossiers()": Function(("web_inwoner",)),
    "acl.treated_dossiers()": Function(("web_team",)),
    "acl.live_grants()": Function(),
    "acl.core_dossiers()": Function(_DATA),
    "acl.any_dossiers()": Function(_DATA),
    "acl.whole_dossiers()": Function(_DATA),
    "acl.section_keys()": Function(_DATA),
    "acl.leefdomein_keys()": Function(_DATA),
    "acl.single_entries()": Function(_DATA),
    "acl.closed_entries()": Function(_DATA),
    "acl.known_persons()": Function(_DATA),
    "acl.core_persons()": Function(_DATA),
    "acl.relation_of(text,integer,integer,integer)": Function(),
    "acl.relation(integer)": Function(_DATA),
    "acl.full_name(integer)": Function(),
    "acl.stamp_author()": Function((), "volatile"),
    "acl.stamp_audience()": Function((), "volatile"),
    "acl.stamp_read()": Function((), "volatile"),
    "acl.stamp_change()": Function((), "volatile"),
    "acl.is_own_line(integer,integer)": Function(_DATA),
    "acl.notices(integer)": Function(("web_inwoner",)),
    "acl.open_now(integer,uuid)": Function(("web_inwoner",), "volatile"),
    "acl.who_can_read(integer)": Function(_DATA),
    "acl.previous_visit(integer)": Function(_DATA),
    "acl.caseload()": Function(("web_team",)),
    "acl.line_text(casus.read_log)": Function((DEFINER,), definer=False, language="sql"),
    "acl.seal_read_log()": Function(("portaal_jobs",), "volatile"),
    "acl.add_seal(xid8,boolean)": Function((), "volatile"),
    "acl.seals_after(integer)": Function(("portaal_jobs",)),
    "acl.melding_teams()": Function(("web_team",)),
    "casus.new_melding(text,text,jsonb,text,bytea,integer)": Function((), "volatile"),
    "casus.handled_melding(uuid)": Function((), "volatile"),
    "casus.melding_stands()": Function((), "volatile"),
    "casus.melding_opened(uuid)": Function(("web_team",), "volatile"),
    "casus.melding_act(uuid,text,text,text,timestamp with time zone)": Function(("web_team",), "volatile"),
    "casus.research_act(uuid,text,text,timestamp with time zone)": Function(("web_team",), "volatile"),
    "casus.note_melding(uuid,text,text,text,text,date)": Function(("web_team",), "volatile"),
    "casus.take_melding(uuid)": Function(("web_team",), "volatile"),
    "casus.give_melding(uuid,uuid,text)": Function(("web_team",), "volatile"),
    "casus.move_melding(uuid,uuid,text)": Function(("web_team",), "volatile"),
    "casus.enter_melding(text,text,jsonb,text,timestamp with time zone,text,bytea)": Function(("web_team",), "volatile"),
    "casus.worse_since(integer)": Function(),
    "casus.merge_meldingen(uuid,uuid)": Function(("web_team",), "volatile"),
    "casus.flood()": Function(("web_team",)),
    "casus.put_flood_aside(uuid)": Function(("web_team",), "volatile"),
    "portaal.save_draft(bytea,bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.draft(bytea)": Function(("web_inwoner",)),
    "portaal.confirm_melding(integer)": Function((), "volatile"),
    "portaal.send_melding(bytea,text,jsonb,text,bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.sent_melding(bytea)": Function(("web_inwoner",)),
    "portaal.melding_worse(bytea,text)": Function(("web_inwoner",), "volatile"),
    "casus.melding_helped(integer,text)": Function((), "volatile"),
    "portaal.sent_melding_helped(bytea,text)": Function(("web_inwoner",), "volatile"),
    "casus.own_melding_helped(text,text)": Function(("web_inwoner",), "volatile"),
    "portaal.remove_old_drafts()": Function(("portaal_jobs",), "volatile"),
    "casus.melding_figures(timestamp with time zone)": Function(("web_team",)),
    "casus.open_request(uuid)": Function((), "volatile"),
    "casus.answer_request(uuid,uuid,smallint,text)": Function(("web_team",), "volatile"),
    "casus.extend_request(uuid,text)": Function(("web_team",), "volatile"),
    "casus.tell_owner(integer,text)": Function((), "volatile"),
    "casus.tell_of_entry(integer)": Function(("web_team",), "volatile"),
    "casus.ask_why_looked(integer,timestamp with time zone,text)": Function(("web_inwoner",), "volatile"),
    "casus.own_look_questions(integer)": Function(("web_inwoner",)),
    "casus.may_answer_look(integer,integer)": Function(),
    "casus.look_questions()": Function(("web_team",)),
    "casus.answer_look(uuid,text)": Function(("web_team",), "volatile"),
    "acl.taken_out(integer[])": Function(),
    "acl.export_taken_out()": Function(("casus_uitvoer",)),
    "casus.add_document(integer,uuid,integer,integer,integer,text,text,integer,integer,bytea,bytea[])": Function(
        ("web_inwoner", "web_team"), "volatile"
    ),
    "casus.take_out(uuid,text)": Function(("web_team",), "volatile"),
    "casus.log_repair(text,integer,integer)": Function((), "volatile"),
    "casus.repaired_dossiers()": Function(),
    "casus.own_breach(uuid)": Function((), "volatile"),
    "casus.other_treated(uuid,integer)": Function(),
    "casus.propose_dossier(uuid,uuid)": Function(("web_team",), "volatile"),
    "casus.proposed_target(casus.breach)": Function(),
    "casus.breaches()": Function(("web_team",)),
    "casus.breach_readers(uuid)": Function(("web_team",)),
    "casus.decide_breach(uuid,text,uuid)": Function(("web_team",), "volatile"),
    "casus.copy_entry(integer,integer)": Function((), "volatile"),
    "casus.erase_entry(integer)": Function((DEFINER,), "volatile", works_as=DESTROYER),
    "casus.report_breach(uuid,boolean,text)": Function(("web_team",), "volatile"),
    "casus.told_of_breach(uuid,boolean,date,text)": Function(("web_team",), "volatile"),
    "casus.incident(text,uuid,timestamp with time zone,timestamp with time zone)": Function(("casus_controle",)),
    "casus.ask_plan_destruction(integer,uuid)": Function(("web_inwoner",), "volatile"),
    "casus.take_back_plan_destruction(uuid)": Function(("web_inwoner",), "volatile"),
    "casus.own_plan_destructions(integer)": Function(("web_inwoner",)),
    "casus.plan_destructions_to_answer()": Function(("web_team",)),
    "casus.answer_plan_destruction(uuid,integer,text)": Function(("web_team",), "volatile"),
    "casus.ask_destruction(integer,uuid,uuid[],boolean)": Function(("web_inwoner",), "volatile"),
    "casus.log_destruction(text,integer,integer)": Function((), "volatile"),
    "casus.take_back_destruction(uuid)": Function(("web_inwoner",), "volatile"),
    "casus.own_destructions(integer)": Function(("web_inwoner",)),
    "casus.wrong_entries(integer)": Function(),
    "casus.destructions_to_answer()": Function(("web_team",)),
    "casus.answer_destruction(uuid,uuid[],uuid[],smallint[],text[])": Function(("web_team",), "volatile"),
    "casus.to_erase(integer)": Function((DESTROYER,)),
    "casus.plan_goes(integer)": Function((DESTROYER,)),
    "casus.erase_plan(integer)": Function((DEFINER,), "volatile", works_as=DESTROYER),
    "casus.past_retention()": Function(("casus_controle",)),
    "casus_api.version()": Function(("casus_program",), definer=False, language="sql"),
    "acl.program_entries(integer)": Function(),
    "acl.in_scope(casus.program,casus.dossier)": Function(),
    "acl.open_consents(integer,text)": Function(),
    "acl.program_sections(casus.program,casus.dossier)": Function(),
    "casus_api.ended_consents(timestamp with time zone)": Function(("casus_program",)),
    "casus_api.open_reading(uuid,text,text)": Function(("casus_program",), "volatile"),
    "casus_api.entries(bigint)": Function(("casus_program",)),
    "acl.open_export(uuid,text,text)": Function(("casus_uitvoer",), "volatile"),
    "acl.export_dossier()": Function(("casus_uitvoer",)),
    "acl.export_household()": Function(("casus_uitvoer",)),
    "acl.export_persons()": Function(("casus_uitvoer",), definer=False),
    "casus.may_manage_staff(integer,text)": Function(),
    "casus.managed_staff(uuid)": Function(),
    "casus.log_staff(text,integer)": Function((), "volatile"),
    "casus.staff_join(text,text,text,text,uuid,text,uuid,text,text,bytea)": Function(_STAFF, "volatile"),
    "casus.staff_start_code(uuid,bytea)": Function(_STAFF, "volatile"),
    "casus.staff_change(uuid,text,uuid,text)": Function(_STAFF, "volatile"),
    "casus.keep_a_beheerder(integer)": Function((), "volatile"),
    "casus.staff_absence(uuid,date,date,uuid)": Function(_STAFF, "volatile"),
    "casus.say_hours(uuid,integer)": Function(("web_team",), "volatile"),
    "casus.plan_own_absence(date,date,uuid)": Function(("web_team",), "volatile"),
    "casus.drop_own_absence(date)": Function(("web_team",), "volatile"),
    "casus.staff_absence_end(uuid)": Function(_STAFF, "volatile"),
    "casus.close_absences(integer)": Function((), "volatile"),
    "casus.staff_leave(uuid)": Function(_STAFF, "volatile"),
    "casus.staff_overview()": Function(_STAFF),
    "casus.concepts_left_behind()": Function(_STAFF),
    "casus.helps_people(casus.staff)": Function(),
    "casus.helped_by(integer)": Function(),
    "casus.send_profile(uuid,jsonb)": Function(("web_team",), "volatile"),
    "casus.own_profiles()": Function(("web_team",)),
    "casus.hide_profile()": Function(("web_team",), "volatile"),
    "casus.profiles_to_look_at()": Function(("web_team",)),
    "casus.look_at_profile(uuid,boolean,text)": Function(("web_team",), "volatile"),
    "casus.profiles()": Function(_DATA),
    "casus.caseloads()": Function(("web_team",)),
    "casus.set_caseload(uuid,integer)": Function(_STAFF, "volatile"),
    "casus.responsible_on(integer,date)": Function(),
    "acl.teams_led()": Function(),
    "casus.helper_changes(date)": Function(("web_team",)),
    "casus.wish_moments(timestamp with time zone)": Function(("web_team",)),
    "casus.has_died(integer)": Function(),
    "casus.ask_particulars(integer,uuid,jsonb)": Function(("web_team",), "volatile"),
    "casus.particulars_asked()": Function(("web_team",)),
    "casus.unsend(integer,integer)": Function((), "volatile"),
    "casus.close_after_death(integer,integer)": Function((), "volatile"),
    "casus.open_after_mistake(integer,integer)": Function((), "volatile"),
    "casus.answer_particulars(uuid,boolean)": Function(("web_team",), "volatile"),
    "casus.can_be_one(integer,integer)": Function(),
    "casus.judge_same_person(integer,integer)": Function(),
    "casus.log_person(text,integer)": Function((), "volatile"),
    "casus.make_one(integer,integer)": Function((), "volatile"),
    "casus.same_person_of(integer)": Function(("web_team",)),
    "casus.part_persons(integer)": Function(("web_team",), "volatile"),
    "casus.finish_after_death(integer)": Function(("web_team",), "volatile"),
    "casus.propose_handover(integer,uuid,jsonb)": Function(("web_team",), "volatile"),
    "casus.receive_handover(integer,uuid,jsonb)": Function(("web_team",), "volatile"),
    "casus.open_handover(uuid,integer[])": Function((), "volatile"),
    "casus.answer_handover(uuid,jsonb,uuid[],uuid,bigint,bytea[])": Function(_DATA, "volatile"),
    "casus.withdraw_handover(uuid)": Function(_DATA, "volatile"),
    "casus.handover_stuck(uuid,text)": Function(("web_inwoner",), "volatile"),
    "casus.take_handover(casus.handover,text,boolean,date,text,text)": Function((), "volatile"),
    "casus.note_handover(uuid,text,boolean,date,text,text)": Function(("web_team",), "volatile"),
    "portaal.give_handover_code(uuid,bytea)": Function(("web_team",), "volatile"),
    "portaal.may_be_given(casus.handover)": Function(),
    "portaal.handover_of(bytea)": Function((), "volatile"),
    # Who has the code has no account.
    "portaal.handed_over(bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.fetch_handover(bytea,text)": Function(("web_inwoner",), "volatile"),
    "portaal.handover_piece(bytea,integer)": Function(("web_inwoner",), "volatile"),
    "portaal.take_handover(bytea,text,boolean,date,text)": Function(("web_inwoner",), "volatile"),
    "portaal.clean_up_handovers()": Function(("portaal_jobs",), "volatile"),
    "portaal.packages(integer)": Function(_DATA),
    "casus.send_wish(integer,uuid,jsonb)": Function(("web_inwoner",), "volatile"),
    "casus.withdraw_wish(uuid)": Function(("web_inwoner",), "volatile"),
    "casus.wishes_to_answer()": Function(("web_team",)),
    "casus.answer_wish(uuid,boolean,text,uuid,date)": Function(("web_team",), "volatile"),
    "casus.change_helper(integer,integer,date)": Function((), "volatile"),
    "casus.changes_told()": Function(("web_team",)),
    "casus.without_helper()": Function(("web_team",)),
    "casus.give_helper(uuid,uuid)": Function(("web_team",), "volatile"),
    "casus.stand_ins(integer)": Function(("web_inwoner",)),
    "casus.melding_without_dossier(uuid,text)": Function((), "volatile"),
    "casus.log_dossier(text,integer,integer)": Function((), "volatile"),
    "casus.tie_melding(casus.melding,integer,text)": Function((), "volatile"),
    "casus.open_dossier(uuid,text,text,text,text,date,text,text)": Function(("web_team",), "volatile"),
    "casus.begin_assignment(integer)": Function((), "volatile"),
    "casus.link_dossier(uuid,text,uuid)": Function(("web_team",), "volatile"),
    "casus.link_by_username(uuid,text,text,date)": Function(("web_team",), "volatile"),
    "casus.change_address(uuid,text,text)": Function(("web_team",), "volatile"),
    "acl.others_diaries()": Function(("web_inwoner",)),
    "casus.diary_writer(integer)": Function(),
    "casus.own_page(uuid)": Function((), "volatile"),
    "casus.write_page(integer,uuid,integer,text,text)": Function(("web_inwoner",), "volatile"),
    "casus.change_page(uuid,integer,text,text)": Function(("web_inwoner",), "volatile"),
    "casus.share_page(uuid,integer)": Function(("web_inwoner",), "volatile"),
    "casus.throw_page(uuid)": Function(("web_inwoner",), "volatile"),
    "portaal.start_code_life_by_post()": Function((), "immutable"),
    "portaal.log_account(text,integer)": Function((), "volatile"),
    "portaal.treated_inwoner(uuid)": Function(),
    "portaal.ask_sign_in_help(text,text,date,text,text,bytea,bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.own_sign_in_requests()": Function(),
    "portaal.sign_in_requests()": Function(("web_team",), "volatile"),
    "portaal.handle_sign_in_request(uuid,text)": Function(("web_team",), "volatile"),
    "portaal.own_account()": Function(),
    "portaal.own_sign_in()": Function(("web_inwoner",)),
    "portaal.new_card(bytea[])": Function(("web_inwoner",), "volatile"),
    "portaal.new_app(bytea,bigint)": Function(("web_inwoner",), "volatile"),
    "portaal.use_card_code(uuid,bytea,bytea,bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.new_email_code(text)": Function(("web_inwoner",), "volatile"),
    "portaal.confirm_email(text,bytea,bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.resident_start_code(uuid,text,bytea,boolean)": Function(("web_team",), "volatile"),
    "portaal.renewal_life()": Function((), "immutable"),
    "portaal.was_in_use(integer)": Function(),
    "portaal.tell_sign_in_changed(integer)": Function((), "volatile"),
    "portaal.renewal_of_actor(integer)": Function(),
    "portaal.ask_renewal(uuid,text)": Function(("web_team",), "volatile"),
    "portaal.asked_renewal(uuid)": Function(("web_team",)),
    "portaal.renewals_to_confirm()": Function(("web_team",)),
    "portaal.decide_renewal(uuid,text)": Function(("web_team",), "volatile"),
    "portaal.use_renewal(integer)": Function((), "volatile"),
    "portaal.own_renewals()": Function(("web_inwoner",)),
    "portaal.resident_new_email(uuid,text)": Function(("web_team",), "volatile"),
    "portaal.resident_account(uuid)": Function(("web_team",)),
    "portaal.own_face()": Function(WEB),
    "portaal.may_be_used(integer)": Function(),
    "portaal.seconds_to_wait(bigint,timestamp with time zone,integer)": Function((), "volatile"),
    "portaal.begin_attempt(text,bytea,bytea,integer)": Function((), "volatile"),
    "portaal.sign_in_lookup(text,bytea,bytea)": Function(WEB, "volatile"),
    "portaal.password_accepted(bigint,uuid,text)": Function(WEB, "volatile"),
    "portaal.second_step(uuid,bytea,bytea)": Function(WEB, "volatile"),
    "portaal.peek_second_step(uuid)": Function(WEB),
    "portaal.use_totp_step(bigint,uuid,bigint)": Function(WEB, "volatile"),
    "portaal.start_code_life()": Function((), "immutable"),
    "portaal.start_code_lookup(text,bytea,bytea,bytea)": Function(WEB, "volatile"),
    "portaal.first_password(uuid,bytea,text,bytea)": Function(WEB, "volatile"),
    "portaal.first_secret(uuid,bytea)": Function(WEB),
    "portaal.first_done(uuid,bytea,bigint)": Function(WEB, "volatile"),
    "portaal.idle_limit()": Function((), "immutable"),
    "portaal.session_limit()": Function((), "immutable"),
    "portaal.session_state(portaal.session)": Function(),
    "portaal.capacity(integer,text)": Function(),
    "portaal.start_session(uuid,bytea,text)": Function(WEB, "volatile"),
    "portaal.load_session(bytea)": Function(WEB),
    "portaal.session_person(portaal.session,integer)": Function(),
    "portaal.signed_in()": Function(),
    "portaal.other_own_dossiers()": Function(("web_inwoner",)),
    "portaal.open_own_dossier(uuid)": Function(("web_inwoner",), "volatile"),
    "portaal.touch_session(bytea)": Function(WEB, "volatile"),
    "portaal.end_session(bytea,text)": Function(WEB, "volatile"),
    "portaal.end_sessions_of(integer,text,text)": Function((), "volatile"),
    "portaal.end_all_sessions()": Function(WEB, "volatile"),
    "portaal.set_language(bytea,text)": Function(WEB, "volatile"),
    "portaal.keep_typed_text(bytea,text,bytea)": Function(WEB, "volatile"),
    "portaal.clean_up()": Function(("portaal_jobs",), "volatile"),
    "portaal.post_safety(boolean,integer,integer,text)": Function(),
    "portaal.mail_may_go(portaal.outbox)": Function(),
    "portaal.letter_may_go(portaal.letter)": Function(),
    "portaal.queue_mail(text,text,text,text,integer,integer,integer)": Function(_QUEUE, "volatile"),
    "portaal.queue_letter(uuid,text,text,text,text,text[],bytea,integer,integer,integer)": Function(_QUEUE, "volatile"),
    "portaal.write_to_person(casus.melding,text,text)": Function((), "volatile"),
    "portaal.tell_melding(uuid)": Function(("web_team",), "volatile"),
    "portaal.next_mail()": Function(("portaal_jobs",), "volatile"),
    "portaal.mail_sent(bigint)": Function(("portaal_jobs",), "volatile"),
    "portaal.mail_failed(bigint,text,boolean)": Function(("portaal_jobs",), "volatile"),
    "portaal.give_up_mail()": Function(("portaal_jobs",), "volatile"),
    "portaal.clean_up_post()": Function(("portaal_jobs",), "volatile"),
    "portaal.own_mail()": Function(),
    "portaal.own_letters()": Function(),
    "portaal.letters_to_post()": Function(("web_team",)),
    "portaal.print_letters()": Function(("web_team",), "volatile"),
    "portaal.letters_posted(uuid[])": Function(("web_team",), "volatile"),
    "portaal.post_tasks()": Function(("web_team",)),
    "portaal.post_task_done(uuid)": Function(("web_team",), "volatile"),
    "portaal.post_allow(uuid)": Function(("web_team",), "volatile"),
    "portaal.notice_way(integer,text)": Function(),
    "portaal.mail_of(integer)": Function(),
    "portaal.notice_arrives(integer,text)": Function(),
    "portaal.envelope_of(integer)": Function(),
    "portaal.notice_choices(uuid)": Function(("web_inwoner",)),
    "portaal.notice_reach(uuid)": Function(("web_inwoner",)),
    "portaal.choose_notices(uuid,text[],text[])": Function(("web_inwoner",), "volatile"),
    "portaal.own_taking(integer)": Function(("web_inwoner",)),
    "portaal.ask_taking(integer,text)": Function(("web_inwoner",), "volatile"),
    "portaal.drop_taking(integer)": Function(("web_inwoner",), "volatile"),
    "portaal.next_taking()": Function(("web_inwoner",), "volatile"),
    "portaal.taking_in_hand(uuid)": Function(),
    "portaal.taking_progress(uuid,integer,integer)": Function(("web_inwoner",), "volatile"),
    "portaal.keep_taking_part(uuid,integer,bytea)": Function(("web_inwoner",), "volatile"),
    "portaal.taking_made(uuid,integer,bigint,integer[])": Function(("web_inwoner",), "volatile"),
    "portaal.taking_failed(uuid)": Function(("web_inwoner",), "volatile"),
    "portaal.taking_part(integer,uuid,integer)": Function(("web_inwoner",)),
    "portaal.clean_up_takings()": Function(("portaal_jobs",), "volatile"),
    "acl.taken_people(integer)": Function(("web_inwoner",)),
    "acl.taken_closures(integer)": Function(("web_inwoner",)),
    "acl.taken_openings(integer)": Function(("web_inwoner",)),
    "acl.shared_dossier(uuid)": Function(),
    "acl.naaste_of(integer,uuid)": Function(),
    "acl.open_grants(integer,integer)": Function(),
    "portaal.drop_reminder(integer)": Function((), "volatile"),
    "acl.offered_programs(integer)": Function(),
    "acl.consented_program(integer,uuid)": Function(),
    "acl.programs_to_ask(uuid)": Function(("web_inwoner",)),
    "acl.end_consents(integer,text,boolean)": Function((), "volatile"),
    "acl.give_consent(uuid,uuid,smallint[],date,boolean)": Function(("web_inwoner",), "volatile"),
    "acl.withdraw_consent(uuid,uuid,boolean)": Function(("web_inwoner",), "volatile"),
    "acl.confirm_consent(uuid,uuid)": Function(("web_inwoner",), "volatile"),
    "acl.tied_elsewhere(integer,integer)": Function(),
    "acl.seers(integer)": Function(),
    "acl.who_may_see(uuid)": Function(("web_inwoner",)),
    "acl.put_access(integer,integer,boolean,smallint[],smallint[],uuid[],date,boolean,text)": Function((), "volatile"),
    "acl.give_access(uuid,uuid,boolean,smallint[],smallint[],uuid[],date)": Function(("web_inwoner",), "volatile"),
    "acl.change_access(uuid,uuid,boolean,smallint[],smallint[],uuid[],date,boolean)": Function(("web_inwoner",), "volatile"),
    "acl.withdraw_access(uuid,uuid,boolean)": Function(("web_inwoner",), "volatile"),
    "acl.confirm_access(uuid,uuid)": Function(("web_inwoner",), "volatile"),
    "portaal.access_taken(integer,integer,boolean)": Function((), "volatile"),
    "portaal.naaste_start_code(integer,integer,text,bytea,text)": Function((), "volatile"),
    "portaal.invite_naaste(uuid,uuid,text,text,text,text,bytea,text,boolean,smallint[],smallint[],uuid[],date)": Function(
        ("web_inwoner",), "volatile"
    ),
    "portaal.new_naaste_code(uuid,uuid,text,bytea,text)": Function(("web_inwoner",), "volatile"),
    "portaal.naaste_code(uuid,uuid)": Function(("web_inwoner",)),
    "portaal.own_access_change()": Function(("web_inwoner",)),
    "portaal.works_in(integer,integer)": Function(),
    "portaal.holds_along(integer,casus.plan_part)": Function(),
    "portaal.steps_to_tell()": Function(),
    "portaal.remind_of_steps()": Function(("portaal_jobs",), "volatile"),
    "portaal.remind_of_access()": Function(("portaal_jobs",), "volatile"),
    "portaal.create_account(uuid,integer,text,text,text,text,text,bytea,bytea)": Function(("portaal_operator",), "volatile"),
    "portaal.renew_start_code(text,text,bytea)": Function(("portaal_operator",), "volatile"),
}  # fmt: skip
