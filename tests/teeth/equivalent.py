"""Mutants that change nothing anybody could notice, each with the reason. One that is noticed after all, or is gone, fails the run."""

_EMPTY = "what was not found is NULL in every column, and NULL matches no row below"
_ONE_FACE = "portaal.may_be_used, asked in the same condition, is true on the account's own face alone; this term lets an index be used"

_SPARES = (
    "only spares looking who asks, which is most of the work: the set holds pages of the diary alone, and those are written in section 9"
)
_CLOCK = "clock_timestamp moves on between writing and asking, so no moment is ever exactly so long ago"

_BEGUN = "the part has to be one that the actor reads, which is asked below; this only asks it before anything is written"
_LENDS = "only narrows who is asked about: acl.preview_of, asked for each, decides"
_ONE_CODE = "casus.try_household_code found the code just before; this holds when two people type one code at one moment"
_DUE = "only spares looking at every action there is: the days of what it says now are asked below"
EQUIVALENT: dict[str, str] = {
    "casus.close_after_death(integer,integer): PERFORM acl.hold_joint_plan(of_dossier) -> left out": (
        "holds the household plan while somebody else in it may write at the same moment; one transaction alone doesn't see that"
    ),
    "casus.join_household(uuid,bytea,boolean): NOT FOUND -> false": _ONE_CODE,
    "casus.join_household(uuid,bytea,boolean): false -> true #2": _ONE_CODE,
    "policy diary on casus.entry: USING (kind <> 11) -> false": _SPARES,
    "policy diary on casus.entry_version: USING (section <> 9) -> false": _SPARES,
    "policy diary on casus.annotation: USING (section <> 9) -> false": _SPARES,
    "policy diary on casus.annotation_version: USING (section <> 9) -> false": _SPARES,
    "acl.actor(): ]::bigint <= extract(epoch -> <": "differs only in a transaction that begins on a whole second, to the microsecond",
    "casus_api.entries(bigint): l.at > clock_timestamp() -> >=": _CLOCK,
    "portaal.begin_attempt(text,bytea,bytea,integer): t.at > clock_timestamp() -> >=": _CLOCK,
    "portaal.begin_attempt(text,bytea,bytea,integer): t.at > clock_timestamp() -> >= #2": _CLOCK,
    "acl.who_can_read(integer): NOT FOUND -> false": _EMPTY,
    "casus.may_manage_staff(integer,text): session_user <> 'web_team' -> false": (
        "acl.actor gives 'beheerder' and 'teamleider' on web_team alone, so every other role comes to the last line"
    ),
    "acl.previews(uuid): d.public_id = for_dossier -> true": _LENDS,
    "acl.previews(uuid): g.dossier_id = d.id -> true": _LENDS,
    "acl.previews(uuid): p.id = g.grantee_id -> NOT": _LENDS,
    "acl.previews(uuid): p.id = g.grantee_id -> true": _LENDS,
    "portaal.load_session(bytea): NOT FOUND -> false": "the account is not found either, and the next guard stops at a face that is NULL",
    "portaal.touch_session(bytea): NOT FOUND -> false": "a session that is NULL is not live, which the same condition asks",
    "portaal.begin_attempt(text,bytea,bytea,integer): NOT t.accepted -> true": (
        "only attempts after the newest accepted one are counted, so none of them is accepted"
    ),
    "portaal.sign_in_lookup(text,bytea,bytea): a.face = portaal.own_face() -> true": _ONE_FACE,
    "portaal.start_code_lookup(text,bytea,bytea,bytea): a.face = portaal.own_face() -> true": _ONE_FACE,
    "portaal.decide_renewal(uuid,text): r.decided_at IS NULL -> true": (
        "only what nobody decided is on the list asked below; this one holds when two decide at one moment (tests/routes/test_door.py)"
    ),
    "acl.answer_withholding(uuid,boolean,integer): x.answered_at IS NULL -> true": (
        "only what nobody answered is on the list asked beside it; this one holds when two answer at one moment"
    ),
    "casus.open_request(uuid): a.wish IS NOT NULL -> true": (
        "what is held FOR UPDATE passes policy answers_change too, which lets questions through and nothing else"
    ),
    "acl.confirm_mandate(uuid): x.withdrawn_at IS NULL -> true": "policy ends on casus.mandate finds only what nobody ended",
    "acl.end_mandate(uuid): x.withdrawn_at IS NULL -> true": "policy ends on casus.mandate finds only what nobody ended",
    "portaal.choose_notices(uuid,text[],text[]): o.topic IS NOT NULL -> true": (
        "nobody can choose a way for what has no topic, and without a choice it is mail, which is what waits here"
    ),
    "casus.flood(): o.open -> true": "only lets an index be used: what is not open is no part of it below either",
    "casus.begin_plan_part(integer,uuid,integer,uuid,integer): for_whom = 1 -> false": _BEGUN,
    "casus.begin_plan_part(integer,uuid,integer,uuid,integer): for_whom = 3 -> true": _BEGUN,
    "casus.share_plan_part(uuid,integer): ; IF for_whom < p.audience -> <=": "for the same people it was left already, above",
    "casus.share_plan_part(uuid,integer): g.dossier_id = p.dossier_id -> true": "the number of a part stands in invitations of its own dossier alone",
    "acl.plan_guests(uuid): g.dossier_id = of_id -> true": "acl.open_grants, asked beside it, gives those of this dossier alone",
    "acl.plan_guests(uuid): p.id = g.grantee_id -> true": "acl.open_grants, asked for that person, gives that person's alone",
    "acl.goals_held(integer,integer): a.dossier_id = in_dossier -> true": "compared with parts of that dossier alone, by who asks",
    "acl.goals_held(integer,integer): a.kind = 21 -> true": "only an action has a goal; of what has none this is NULL, which is no part",
    "portaal.steps_to_tell(): p.id IN (SELECT x.part_id FROM casus.plan_text x WHERE x.due_on BETWEE ... today + 1 OR x.look_on = today + 1) -> true": (
        _DUE
    ),
    "portaal.steps_to_tell(): x.due_on BETWEEN today - 14 AND today + 1 OR x.look_on = today + 1 -> true": _DUE,
    "portaal.remind_of_steps(): PERFORM pg_advisory_xact_lock(hashtext('portaal.remind_of_steps')) -> left out": (
        "one transaction can't run at once with itself; tests/routes/test_plan_reminder.py runs four"
    ),
    "portaal.set_language(bytea,text): a.face = portaal.own_face() -> true": (
        "portaal.session_state, asked in the same condition, is 'live' on the account's own face alone"
    ),
}

# Definer functions that have nothing to spoil, each with the reason.
NOTHING_TO_SPOIL: dict[str, str] = {}
