"""How each act of the matrix is done in SQL, as the web role. Each gives whether it was done; an error of privilege or policy is "no"."""

from collections.abc import Callable
from uuid import uuid4

import psycopg

from tests.access import planned, world
from tests.access.world import Who, public

Connection = psycopg.Connection[tuple[object, ...]]
Ask = Callable[[Connection, Who], bool]


def rows(sql: str, *values: object) -> Ask:
    """Done when at least one row comes back (or was touched)."""

    def ask(connection: Connection, _who: Who) -> bool:
        cursor = connection.execute(sql, values)
        return cursor.rowcount > 0

    return ask


def mine(sql: str, numbers: dict[int, int]) -> Ask:
    """The same, about a row that belongs to who asks."""

    def ask(connection: Connection, who: Who) -> bool:
        return connection.execute(sql, (numbers.get(who.person, -1),)).rowcount > 0

    return ask


def both(*asks: Ask) -> Ask:
    """All must be done, or none: tables that say the same must agree."""

    def ask(connection: Connection, who: Who) -> bool:
        answers = {one(connection, who) for one in asks}
        assert len(answers) == 1, "tables that belong together disagree"
        return answers.pop()

    return ask


def as_me(sql: str, *values: object) -> Ask:
    """Done with the asking person's id as the first value."""

    def ask(connection: Connection, who: Who) -> bool:
        return connection.execute(sql, (who.person, *values)).rowcount > 0

    return ask


def true(sql: str, *values: object) -> Ask:
    """Done when the function says so."""

    def ask(connection: Connection, _who: Who) -> bool:
        row = connection.execute(sql, values).fetchone()
        return row is not None and row[0] is True

    return ask


def _entry(number: int) -> Ask:
    return both(
        rows("SELECT FROM casus.entry WHERE id = %s", number),
        rows("SELECT FROM casus.entry_version WHERE entry_id = %s AND body = %s", number, f"Woorden {number}"),
        rows("SELECT FROM casus.document WHERE entry_id = %s", number),
        rows("SELECT FROM casus.document_part WHERE entry_id = %s", number),
    )


def _version(number: int, section: int = 2, leefdomein: int = 6) -> Ask:
    return rows(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body) VALUES (%s, 2, 1, %s, %s, 't', 'b')",
        number,
        section,
        leefdomein,
    )


def _concept(entry: int | None = None) -> Ask:
    return as_me(
        "INSERT INTO casus.concept (author_id, dossier_id, section, kind, occurred_on, entry_id, base_version)"
        " VALUES (%s, 1, 2, 1, current_date, %s, %s)",
        entry,
        1 if entry else None,
    )


def _reaction(entry: int, kind: int = 1, wish: int | None = None) -> Ask:
    def ask(connection: Connection, _who: Who) -> bool:
        number = uuid4()
        made = connection.execute(
            "INSERT INTO casus.annotation (public_id, entry_id, dossier_id, section, leefdomein, kind, audience, wish)"
            " VALUES (%s, %s, 1, 2, 6, %s, 2, %s)",
            (number, entry, kind, wish),
        ).rowcount
        words = connection.execute(
            "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body)"
            " SELECT id, 1, entry_id, dossier_id, section, leefdomein, audience, 'woorden' FROM casus.annotation WHERE public_id = %s",
            (number,),
        ).rowcount
        assert made == words, "a reaction without words, or words without a reaction"
        return made > 0

    return ask


_ENTRY = {name: number for name, (number, _, _) in world.ENTRIES.items()}
_WORDS = (
    "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body)"
    " VALUES (%s, 2, 101, 1, 2, 6, %s, 'nieuw')"
)
_NO_PARTS = "'{}', '{}', '{}'"
_CLOSED = _ENTRY["entry closed for naasten and a professional"]
_DESTRUCTION = public("destruction", 1)
_BREACH = public("breach", 1)

ASKS: dict[tuple[str, str], Ask] = {
    ("read", "dossier"): rows("SELECT FROM casus.dossier WHERE id = 1"),
    ("read", "name of the inwoner"): rows("SELECT FROM casus.person WHERE id = 1"),
    ("read", "particulars"): rows("SELECT FROM casus.inwoner WHERE person_id = 1"),
    ("read", "address"): rows("SELECT FROM casus.address WHERE person_id = 1"),
    ("read", "household"): rows("SELECT FROM casus.household_member WHERE dossier_id = 1"),
    ("read", "assignments"): rows("SELECT FROM casus.assignment WHERE dossier_id = 1"),
    ("read", "mandates"): rows("SELECT FROM casus.mandate WHERE dossier_id = 1"),
    ("read", "grants"): rows("SELECT FROM casus.access_grant WHERE dossier_id = 1"),
    **{("read", name): _entry(number) for name, number in _ENTRY.items()},
    **{("read", name): rows("SELECT FROM casus.annotation WHERE id = %s", number) for name, number in world.REACTIONS.items()},
    **{
        ("read words of", name): rows("SELECT FROM casus.annotation_version WHERE annotation_id = %s", number)
        for name, number in world.REACTIONS.items()
    },
    **{("read", name): rows("SELECT FROM casus.annotation WHERE id = %s", number) for name, number in world.QUESTIONS.items()},
    **{
        ("read words of", name): rows("SELECT FROM casus.annotation_version WHERE annotation_id = %s", number)
        for name, number in world.QUESTIONS.items()
    },
    **{
        ("answer", name): rows("SELECT casus.answer_request(%s, gen_random_uuid(), 3::smallint, 'Nee')", public("question", number))
        for name, number in world.QUESTIONS.items()
    },
    ("write", "question beside entry"): _reaction(101, 2, 1),
    ("withdraw", "question"): rows("UPDATE casus.annotation SET withdrawn = true, withdrawn_at = now() WHERE id = 305"),
    ("extend", "question"): rows("SELECT casus.extend_request(%s, 'Druk')", public("question", 305)),
    ("ask", "why somebody looked"): rows(
        "SELECT casus.ask_why_looked(1, (SELECT max(l.at) FROM casus.read_log l WHERE l.dossier_id = 1 AND l.program = 'web_team'), '')"
    ),
    ("ask", "what was asked about who looked"): rows("SELECT FROM casus.own_look_questions(1)"),
    ("see", "question why somebody looked"): rows("SELECT FROM casus.look_questions() WHERE public_id = %s", public("look", 1)),
    ("answer", "why somebody looked"): rows("SELECT casus.answer_look(%s, 'Daarom')", public("look", 1)),
    ("read", "questions about who looked, in the table"): rows("SELECT FROM casus.look_question"),
    ("answer", "question in the own words of the table"): rows("UPDATE casus.annotation SET outcome = 1 WHERE id = 305"),
    ("read", "own concept"): mine("SELECT FROM casus.concept WHERE id = %s", world.CONCEPTS["own concept"]),
    ("read", "read log"): rows("SELECT FROM casus.read_log WHERE dossier_id = 1"),
    ("read", "change log"): rows("SELECT FROM casus.change_log WHERE dossier_id = 1"),
    ("ask", "notice of entry withheld"): rows(
        "SELECT FROM acl.notices(1) WHERE public_id = %s AND reason = 'afgeschermd'", public("entry", 105)
    ),
    ("ask", "notice of entry to talk over"): rows(
        "SELECT FROM acl.notices(1) WHERE public_id = %s AND reason = 'bespreken'", public("entry", 106)
    ),
    ("ask", "who can read entry"): rows("SELECT FROM acl.who_can_read(101)"),
    ("ask", "who can read entry withheld"): rows("SELECT FROM acl.who_can_read(105)"),
    ("ask", "who can read entry the owner keeps"): rows("SELECT FROM acl.who_can_read(112)"),
    ("ask", "who can read entry closed for naasten and a professional"): rows("SELECT FROM acl.who_can_read(%s)", _CLOSED),
    ("ask", "caseload has dossier"): rows("SELECT FROM acl.caseload() WHERE dossier_id = 1"),
    ("write", "entry"): rows(
        "INSERT INTO casus.entry (public_id, dossier_id, section, leefdomein, kind, occurred_at) VALUES (gen_random_uuid(), 1, 2, 0, 1, now())"
    ),
    ("write", "version of entry"): _version(101),
    ("write", "version of entry closed for naasten and a professional"): _version(_CLOSED),
    ("write", "concept"): _concept(),
    ("write", "concept on entry closed for naasten and a professional"): _concept(_CLOSED),
    ("change", "own concept"): mine("UPDATE casus.concept SET body = 'anders' WHERE id = %s", world.CONCEPTS["own concept"]),
    ("remove", "own concept"): mine("DELETE FROM casus.concept WHERE id = %s", world.CONCEPTS["own concept"]),
    ("write", "reaction beside entry"): _reaction(101),
    ("write", "reaction beside entry closed before"): _reaction(110),
    ("narrow", "reaction for everyone"): rows("UPDATE casus.annotation SET audience = 1 WHERE id = 303"),
    ("withdraw", "reaction for everyone"): rows("UPDATE casus.annotation SET withdrawn = true, withdrawn_at = now() WHERE id = 303"),
    ("write", "newer words of reaction for everyone"): rows(_WORDS, 303, 3),
    ("add", "document"): true(
        "SELECT casus.add_document(1, gen_random_uuid(), 8, 0, 3, 't', 'b', 1, 2, sha256('x'), ARRAY[repeat('x', 30)::bytea])"
    ),
    ("share", "own document"): rows("SELECT casus.share_page(%s, 2)", public("entry", 180)),
    ("throw away", "own document"): true("SELECT casus.throw_page(%s)", public("entry", 180)),
    ("write", "page of the diary"): true("SELECT casus.write_page(1, gen_random_uuid(), 0, 't', 'b')"),
    ("change", "page of the diary"): true("SELECT casus.change_page(%s, 1, 't', 'b')", public("entry", 114)),
    ("share", "page of the diary"): rows("SELECT casus.share_page(%s, 2)", public("entry", 114)),
    ("throw away", "page of the diary"): true("SELECT casus.throw_page(%s)", public("entry", 114)),
    ("ask", "who can read page of the diary"): rows("SELECT FROM acl.who_can_read(114)"),
    ("open now", "entry to talk over"): true("SELECT acl.open_now(1, %s)", public("entry", 106)),
    ("close", "entry"): true("SELECT acl.close_entry(%s, %s, false)", public("entry", 101), public("person", 40 + 1)),
    ("close", "entry for all but the responsible"): true("SELECT acl.close_entry(%s, NULL, true)", public("entry", 101)),
    ("open again", "entry closed for all but the responsible"): rows(
        "SELECT FROM acl.own_closures(%s) c WHERE acl.reopen_entry(%s, c.public_id)", public("entry", 116), public("entry", 116)
    ),
    ("ask", "who entry can be closed for"): rows("SELECT FROM acl.closable_for(%s)", public("entry", 101)),
    ("ask", "what the owner closed"): rows("SELECT FROM acl.own_closures(%s)", public("entry", 109)),
    ("read", "change log of what the owner closed"): rows("SELECT FROM casus.change_log WHERE dossier_id = 1 AND event = 'closing.made'"),
    ("ask", "emergencies"): rows("SELECT FROM acl.emergencies(1)"),
    ("open", "emergency"): true("SELECT acl.open_emergency(%s, 'brand')", public("dossier", 1)),
    ("put out of sight", "dossier"): true("SELECT casus.pause_dossier(%s, 'portaal')", public("dossier", 1)),
    ("put out of sight, when called", "dossier"): true("SELECT casus.pause_dossier(%s, 'telefoon')", public("dossier", 1)),
    ("bring back in sight", "dossier"): true(
        "SELECT casus.resume_dossier(%s) FROM casus.pause_dossier(%s, 'oco')", public("dossier", 1), public("dossier", 1)
    ),
    ("review", "emergency"): true("SELECT acl.review_emergency(%s, true, 'goed')", public("emergency", 60)),
    ("look through", "eyes of a naaste"): rows(
        "SELECT FROM (SELECT acl.preview_of(%s, %s) p) x WHERE p IS NOT NULL", public("dossier", 1), public("person", 22)
    ),
    ("choose notices", "dossier"): true("SELECT portaal.choose_notices(%s, '{nieuw}', '{niets}')", public("dossier", 1)),
    ("take along", "dossier"): true("SELECT portaal.ask_taking(1, 'nl')"),
    ("take out", "entry"): rows("SELECT casus.take_out(%s, 'onbekend')", public("entry", 101)),
    ("take out", "entry closed for naasten and a professional"): rows("SELECT casus.take_out(%s, 'onbekend')", public("entry", _CLOSED)),
    ("ask", "that entry is destroyed"): true(
        "SELECT casus.ask_destruction(1, gen_random_uuid(), ARRAY[%s]::uuid[], false)", public("entry", 101)
    ),
    ("ask", "what was asked to destroy"): rows("SELECT FROM casus.own_destructions(1) WHERE public_id = %s", _DESTRUCTION),
    ("take back", "question to destroy"): rows("SELECT casus.take_back_destruction(%s)", _DESTRUCTION),
    ("ask", "that the plan is destroyed"): rows(
        "WITH t AS MATERIALIZED (SELECT casus.take_back_plan_destruction(%s)) SELECT casus.ask_plan_destruction(1, gen_random_uuid()) FROM t",
        public("plan destruction", 1),
    ),
    ("take back", "question to destroy the plan"): rows("SELECT casus.take_back_plan_destruction(%s)", public("plan destruction", 1)),
    ("answer", "question to destroy the plan"): rows("SELECT casus.answer_plan_destruction(%s, NULL, NULL)", public("plan destruction", 1)),
    ("see", "question to destroy"): rows("SELECT FROM casus.destructions_to_answer() WHERE public_id = %s", _DESTRUCTION),
    ("answer", "question to destroy"): rows(
        "SELECT casus.answer_destruction(%s, ARRAY[%s]::uuid[], '{}', '{}', '{}')", _DESTRUCTION, public("entry", 103)
    ),
    ("see", "breach"): rows("SELECT FROM casus.breaches() WHERE public_id = %s", _BREACH),
    ("see", "who read the entry taken out"): rows("SELECT FROM casus.breach_readers(%s)", _BREACH),
    ("decide about", "entry taken out"): rows("SELECT casus.decide_breach(%s, 'vernietigd', NULL)", _BREACH),
    ("name", "right dossier of entry taken out"): rows("SELECT casus.propose_dossier(%s, NULL)", _BREACH),
    ("write down", "report of the breach"): rows("SELECT casus.report_breach(%s, false, 'Klein')", _BREACH),
    ("write down", "that somebody was told"): rows("SELECT casus.told_of_breach(%s, false, current_date, 'gesprek')", _BREACH),
    ("arrange", "sign-in of the inwoner"): rows(
        "SELECT portaal.resident_start_code(%s, 'anna482', sha256('code'), false)", public("dossier", 1)
    ),
    ("change", "address of the inwoner"): rows("SELECT casus.change_address(%s, 'Weg 1', NULL)", public("dossier", 1)),
    ("ask", "who may see what"): rows("SELECT FROM acl.who_may_see(%s)", public("dossier", 1)),
    ("give", "access to somebody who had it"): rows(
        f"SELECT acl.give_access(%s, %s, true, {_NO_PARTS}, current_date + 9)", public("dossier", 1), public("person", 24)
    ),
    ("give", "access to somebody new"): rows(
        f"SELECT portaal.invite_naaste(%s, gen_random_uuid(), 'Zus', 'Proef', NULL, 'zus482', sha256('code'), 'nl', true, {_NO_PARTS}, current_date + 9)",
        public("dossier", 1),
    ),
    ("invite to the plan", "somebody who had access"): rows(
        "SELECT acl.give_plan_access(%s, %s, 1, true, '{}', current_date + 9)", public("dossier", 1), public("person", 24)
    ),
    ("invite to the plan", "somebody new"): rows(
        "SELECT portaal.invite_to_plan(%s, gen_random_uuid(), 'Zus', 'Proef', NULL, 'zus482', sha256('code'), 'nl', 1, true, '{}', current_date + 9)",
        public("dossier", 1),
    ),
    ("ask", "who is invited to the plan"): rows("SELECT FROM acl.plan_guests(%s)", public("dossier", 1)),
    ("stop", "reading along"): true("SELECT acl.leave(%s)", public("dossier", 1)),
    ("change", "access of a naaste"): rows(
        f"SELECT acl.change_access(%s, %s, true, {_NO_PARTS}, current_date + 9, false)", public("dossier", 1), public("person", 20)
    ),
    ("withdraw", "access of a naaste"): rows("SELECT acl.withdraw_access(%s, %s, false)", public("dossier", 1), public("person", 20)),
    ("confirm", "access of a naaste"): rows("SELECT acl.confirm_access(%s, %s)", public("dossier", 1), public("person", 20)),
    ("read", "consents"): rows("SELECT FROM casus.program_consent WHERE dossier_id = 1"),
    ("ask", "which organisations read on consent"): rows("SELECT FROM acl.programs_to_ask(%s)", public("dossier", 1)),
    ("give", "consent"): rows(
        "SELECT acl.give_consent(%s, %s, '{2}', current_date + 9, false)", public("dossier", 1), public("program", world.MATES)
    ),
    ("withdraw", "consent"): rows("SELECT acl.withdraw_consent(%s, %s, false)", public("dossier", 1), public("program", world.MATES)),
    ("confirm", "consent"): rows("SELECT acl.confirm_consent(%s, %s)", public("dossier", 1), public("program", world.MATES)),
    ("give", "consent without asking the function"): rows(
        "INSERT INTO casus.program_consent (dossier_id, role_name, sections, valid_until) VALUES (1, 'program_maatjes', '{2}', current_date + 9)"
    ),
    ("change", "consent without asking the function"): rows("UPDATE casus.program_consent SET sections = '{2,8}' WHERE dossier_id = 1"),
    ("ask", "code of a naaste"): rows("SELECT FROM portaal.naaste_code(%s, %s)", public("dossier", 1), public("person", 20)),
    ("give", "new code to a naaste"): rows(
        "SELECT portaal.new_naaste_code(%s, %s, 'zus482', sha256('code'), 'nl')", public("dossier", 1), public("person", 20)
    ),
    ("log", "reading of dossier"): rows("INSERT INTO casus.read_log (dossier_id, what) VALUES (1, 'overzicht')"),
    ("log", "change of dossier"): rows("INSERT INTO casus.change_log (dossier_id, event) VALUES (1, 'entry.placed')"),
    ("ask", "that entry is withheld"): true(
        "SELECT acl.ask_withholding(%s, 1::smallint, 'Zo', acl.today() + 9, false)", public("entry", 101)
    ),
    ("ask", "how it stands with withholding entry"): rows("SELECT FROM acl.withholding_of(%s)", public("entry", 101)),
    ("confirm", "withholding"): true("SELECT acl.answer_withholding(%s, true, 4)", public("withholding", 1)),
    ("end", "withholding"): true("SELECT acl.end_withholding(%s)", public("entry", 105)),
    ("read", "messages"): rows("SELECT FROM casus.message WHERE dossier_id = 1"),
    ("write", "message"): true("SELECT casus.write_message(1, gen_random_uuid(), 'Dag', NULL) AND session_user = 'web_inwoner'"),
    ("answer", "message"): true("SELECT casus.write_message(1, gen_random_uuid(), 'Dag', NULL) AND session_user = 'web_team'"),
    ("settle", "message"): true("SELECT casus.settle_messages(1, %s)", public("message", 2)),
    ("ask", "who reads messages"): rows("SELECT FROM acl.message_readers(1)"),
    ("arrange", "mandate"): rows(
        "SELECT acl.ask_mandate(%s, gen_random_uuid(), NULL, 'Mees', 'Mentor', 'mentor', 'papier', acl.today(), 'Zorg', acl.today(), NULL, false, false)",
        public("dossier", 1),
    ),
    ("see", "mandate asked"): rows("SELECT FROM acl.mandates_asked() WHERE public_id = %s", public("mandate request", 1)),
    ("agree to", "mandate asked"): true("SELECT acl.answer_mandate(%s, true)", public("mandate request", 1)),
    ("see", "mandates"): rows("SELECT FROM acl.mandates_of(%s)", public("dossier", 1)),
    ("give", "code to who represents"): rows(
        "SELECT portaal.new_mandate_code(%s, 'mees482', sha256('code'), 'nl')", public("mandate", world.AUTHORISED)
    ),
    ("see, because a mandate names it,", "who looked"): rows("SELECT FROM acl.mandate_log(%s, NULL, 9)", public("dossier", 1)),
    ("see, because a mandate names it,", "who may see what"): rows("SELECT FROM acl.mandate_sharing(%s)", public("dossier", 1)),
    ("stop, because a mandate names it,", "access of a naaste"): true(
        "SELECT acl.mandate_stops(%s, %s)", public("dossier", 1), public("person", 21)
    ),
    ("confirm", "mandate the owner gave"): true("SELECT acl.confirm_mandate(%s)", public("mandate", world.AUTHORISED)),
    ("end", "mandate of a judge"): true("SELECT acl.end_mandate(%s)", public("mandate", 10)),
    ("end", "mandate the owner gave"): true("SELECT acl.end_mandate(%s)", public("mandate", world.AUTHORISED)),
    **{
        ("read", name): both(
            rows("SELECT FROM casus.plan_part WHERE id = %s", number),
            rows("SELECT FROM casus.plan_text WHERE part_id = %s AND body = %s", number, f"Deel {number}"),
        )
        for name, number in planned.NAMED.items()
    },
    **{
        ("write", name): true("SELECT casus.write_plan(%s, 1, %s)", public("plan part", number), planned.WORDS)
        for name, number in planned.NAMED.items()
        if name not in ("goal", "action")
    },
    ("read", "how far an action is"): rows("SELECT FROM casus.plan_step WHERE part_id = 7"),
    ("read", "plan that was agreed with"): rows("SELECT FROM casus.plan_proposal WHERE id = %s", planned.AGREED),
    ("read", "plan that waits"): rows("SELECT FROM casus.plan_proposal WHERE id = %s", planned.WAITING),
    ("read", "part of the plan that waits"): rows(
        "SELECT FROM casus.plan_proposal_text WHERE proposal_id = %s AND part_id = 1", planned.WAITING
    ),
    ("read", "what was said of the plan"): rows("SELECT FROM casus.plan_decision WHERE proposal_id = %s", planned.AGREED),
    ("open", "plan"): rows(
        "SELECT FROM casus.dossier d WHERE d.id = 1 AND (d.id = ANY (acl.plan_dossiers()) OR EXISTS (SELECT FROM casus.plan_part p WHERE p.dossier_id = 1))"
    ),
    ("ask", "who can be named in the plan"): rows("SELECT FROM acl.plan_people(1)"),
    ("begin", "part of the plan"): true("SELECT casus.begin_plan_part(1, gen_random_uuid(), 10, NULL, 3)"),
    ("begin", "goal"): true("SELECT casus.begin_plan_part(1, gen_random_uuid(), 20, NULL, 3)"),
    ("begin", "part of the plan the owner keeps"): true("SELECT casus.begin_plan_part(1, gen_random_uuid(), 10, NULL, 1)"),
    ("share", "part of the plan"): true("SELECT casus.share_plan_part(%s, 2)", public("plan part", 1)),
    ("ask into", "household plan"): rows("SELECT casus.make_household_code(%s, sha256('een'))", public("dossier", 1)),
    ("join", "household plan"): rows("SELECT casus.try_household_code(%s, sha256('twee'))", public("dossier", 1)),
    ("leave", "household plan"): rows("SELECT casus.leave_household(%s)", public("dossier", 1)),
    ("look at", "own code of the household plan"): rows("SELECT acl.household_code(%s)", public("dossier", 1)),
    ("read", "who is in a household plan, without asking the function"): rows("SELECT FROM casus.joint_plan_member"),
    ("read", "codes of household plans"): rows("SELECT code_hash FROM casus.joint_plan_code"),
    ("order", "goals"): true("SELECT casus.order_goals(ARRAY[%s]::uuid[])", public("plan part", 6)),
    ("step", "action"): true("SELECT casus.step_plan(%s, 3)", public("plan part", 7)),
    ("read", "drang and dwang"): rows("SELECT FROM casus.plan_pressure WHERE id = 20"),
    ("write down", "drang and dwang"): true("SELECT casus.flag_pressure(1, gen_random_uuid(), 2, 'Daarom', current_date, NULL)"),
    ("end", "drang and dwang"): true("SELECT casus.end_pressure(%s)", public("pressure", 20)),
    ("give", "copy of the plan on paper"): true("SELECT casus.give_plan_copy(%s)", public("proposal", planned.AGREED)),
    ("remark on", "part of the plan"): true("SELECT casus.remark_plan(%s, gen_random_uuid(), 'Dit')", public("plan part", 1)),
    ("read", "remark"): rows("SELECT FROM casus.plan_remark WHERE id = 20"),
    ("withdraw", "remark"): true("SELECT casus.withdraw_remark(%s)", public("remark", 20)),
    ("answer", "remark"): rows("SELECT casus.see_remark(%s, '')", public("remark", 20)),
    ("lay before the owner", "plan"): rows("SELECT casus.propose_plan(1, gen_random_uuid())"),
    ("agree with", "plan"): rows("SELECT casus.decide_plan(%s, %s)", public("proposal", planned.WAITING), planned.YES),
    ("write down agreement with", "plan"): rows(
        "SELECT casus.decide_plan(%s, %s)", public("proposal", planned.WAITING), planned.YES_ON_PAPER
    ),
    # Never
    ("read", "plan of another dossier"): rows(
        "SELECT FROM casus.plan_part p WHERE NOT p.dossier_id = ANY (acl.any_dossiers())"
        " UNION ALL SELECT FROM casus.plan_text t WHERE NOT t.dossier_id = ANY (acl.any_dossiers())"
        " UNION ALL SELECT FROM casus.plan_proposal x WHERE NOT x.dossier_id = ANY (acl.any_dossiers())"
    ),
    ("change", "text of the plan"): rows("UPDATE casus.plan_text SET body = 'anders'"),
    ("remove", "text of the plan"): rows("DELETE FROM casus.plan_text"),
    ("change", "what was laid before"): rows("UPDATE casus.plan_proposal_text SET number = 2"),
    ("change", "what was said of the plan"): rows("UPDATE casus.plan_decision SET choice = 1"),
    ("write", "text of the plan without asking the function"): as_me(
        "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_name, dropped, author_id, author_name, written_for)"
        " SELECT 1, 1, 2, 'x', '', '{}', 0, '', false, %s, 'x', 3"
    ),
    ("read", "moment to look back"): rows("SELECT FROM casus.evaluation WHERE id = %s", planned.AHEAD),
    ("read", "who was asked along"): rows("SELECT FROM casus.evaluation_person WHERE evaluation_id = %s", planned.AHEAD),
    ("read", "what a professional said looking back"): rows(
        "SELECT FROM casus.evaluation_look WHERE evaluation_id = %s AND side = 2", planned.AHEAD
    ),
    ("read", "how far a goal is, looking back"): rows(
        "SELECT FROM casus.evaluation_goal WHERE evaluation_id = %s AND side = 2", planned.AHEAD
    ),
    ("plan", "moment to look back"): rows("SELECT casus.plan_evaluation(1, gen_random_uuid(), %s)", planned.ON),
    ("ask along", "naaste to look back"): rows("SELECT casus.ask_along(%s, '{}')", public("evaluation", planned.AHEAD)),
    ("look back", "from one's own side"): rows(
        "SELECT WHERE %s = ANY (acl.asked_along()) UNION ALL SELECT FROM casus.evaluation WHERE id = %s", planned.AHEAD, planned.AHEAD
    ),
    ("look back", "from the inwoner's side"): true(
        "SELECT casus.look_back(%s, 1, 0, %s, '{}')", public("evaluation", planned.AHEAD), planned.LOOK
    ),
    ("look back", "as who works there"): true(
        "SELECT casus.look_back(%s, 2, CASE acl.person_id() WHEN 40 THEN 1 ELSE 0 END, %s, '{}')",
        public("evaluation", planned.AHEAD),
        planned.LOOK,
    ),
    ("look back", "as who was asked along"): true(
        "SELECT casus.look_back(%s, 3, 1, %s, '{}')", public("evaluation", planned.AHEAD), planned.LOOK
    ),
    ("write down", "how the inwoner looks back"): true(
        "SELECT casus.look_back(%s, 1, 0, %s, '{}')", public("evaluation", planned.AHEAD), planned.LOOK_ALOUD
    ),
    ("settle", "moment to look back"): rows("SELECT casus.settle_evaluation(%s, 1, 'x')", public("evaluation", planned.AHEAD)),
    ("settle", "moment to look back of another dossier"): rows(
        "SELECT casus.settle_evaluation(%s, 1, 'x')", public("evaluation", planned.OTHERS_AHEAD)
    ),
    ("read", "looking back in another dossier"): rows(
        "SELECT FROM casus.evaluation e WHERE NOT e.dossier_id = ANY (acl.any_dossiers())"
        " UNION ALL SELECT FROM casus.evaluation_look l WHERE NOT l.dossier_id = ANY (acl.any_dossiers())"
    ),
    ("change", "what was said looking back"): rows("UPDATE casus.evaluation_look SET words = 'anders'"),
    ("read", "drang and dwang of another dossier"): rows(
        "SELECT FROM casus.plan_pressure x WHERE NOT x.dossier_id = ANY (acl.any_dossiers())"
    ),
    ("write down", "drang and dwang of another dossier"): true(
        "SELECT casus.flag_pressure(2, gen_random_uuid(), 2, 'Daarom', current_date, NULL) WHERE NOT 2 = ANY (acl.any_dossiers())"
    ),
    ("change", "drang and dwang"): rows("UPDATE casus.plan_pressure SET ground = 'anders'"),
    ("remove", "drang and dwang"): rows("DELETE FROM casus.plan_pressure"),
    ("read", "remark of another dossier"): rows("SELECT FROM casus.plan_remark r WHERE NOT r.dossier_id = ANY (acl.any_dossiers())"),
    ("remark on", "part of another dossier"): true(
        "SELECT casus.remark_plan(p.public_id, gen_random_uuid(), 'Dit') FROM casus.plan_part p WHERE NOT p.dossier_id = ANY (acl.any_dossiers())"
    ),
    ("change", "words of a remark"): rows("UPDATE casus.plan_remark SET body = 'anders'"),
    ("remove", "remark"): rows("DELETE FROM casus.plan_remark"),
    ("write", "remark without asking the function"): as_me(
        "INSERT INTO casus.plan_remark (public_id, dossier_id, part_id, body, author_id, author_name) SELECT gen_random_uuid(), 1, 1, 'x', %s, 'x'"
    ),
    ("read", "how the help ends"): rows("SELECT FROM casus.ending WHERE id = %s", planned.ENDING),
    ("propose", "ending"): rows(
        "WITH w AS MATERIALIZED (SELECT casus.withdraw_ending(%s)) SELECT casus.propose_ending(1, gen_random_uuid(), %s) FROM w",
        public("ending", planned.ENDING),
        planned.END,
    ),
    ("answer", "ending"): rows("SELECT casus.answer_ending(%s, 1, '', 'portaal')", public("ending", planned.ENDING)),
    ("write down", "answer to ending"): rows("SELECT casus.answer_ending(%s, 1, '', 'papier')", public("ending", planned.ENDING)),
    ("finish", "ending"): rows("SELECT casus.finish_ending(%s)", public("ending", planned.ENDING)),
    ("come back", "to help"): rows("SELECT casus.come_back(1)"),
    ("write down", "change of a person"): rows("SELECT casus.ask_particulars(1, gen_random_uuid(), %s)", planned.DIED),
    ("read", "change of a person that waits"): rows("SELECT FROM casus.particulars_change WHERE id = %s", planned.CHANGE),
    ("see", "change to agree to"): rows("SELECT FROM casus.particulars_asked() w WHERE w.public_id = %s", public("change", planned.CHANGE)),
    ("agree to", "change of a person"): rows("SELECT casus.answer_particulars(%s, true)", public("change", planned.CHANGE)),
    ("agree to", "change of a person without asking the function"): rows("UPDATE casus.particulars_change SET agreed = true"),
    ("change", "name of a person"): rows("UPDATE casus.person SET first_name = 'x' WHERE id = 1"),
    ("read", "handover"): rows("SELECT FROM casus.handover WHERE id = %s", planned.HANDOVER),
    ("read", "what goes along"): rows("SELECT FROM casus.handover_entry WHERE handover_id = %s", planned.PACKED),
    ("propose", "handover"): rows("SELECT casus.propose_handover(1, gen_random_uuid(), %s)", planned.HAND_OVER),
    ("receive", "handover of another party"): rows("SELECT casus.receive_handover(1, gen_random_uuid(), %s)", planned.HAND_OVER),
    ("answer", "handover"): rows(
        "SELECT casus.answer_handover(%s, %s, '{}', gen_random_uuid(), 0, '{}')", public("handover", planned.HANDOVER), planned.HANDOVER_NO
    ),
    ("write down", "answer to handover"): rows(
        "SELECT casus.answer_handover(%s, %s, '{}', gen_random_uuid(), 0, '{}')",
        public("handover", planned.HANDOVER),
        planned.HANDOVER_NO.replace('"portaal", "proof": ""', '"papier", "proof": "getekend"'),
    ),
    ("withdraw", "handover"): rows("SELECT casus.withdraw_handover(%s)", public("handover", planned.HANDOVER)),
    ("say", "that a handover is stuck"): rows("SELECT casus.handover_stuck(%s, '')", public("handover", planned.HANDOVER)),
    ("give", "code of a handover"): true(
        "SELECT portaal.give_handover_code(%s, decode(repeat('6b', 32), 'hex')) IS NOT NULL", public("handover", planned.PACKED)
    ),
    ("write down", "what the other party said"): rows(
        "SELECT casus.note_handover(%s, 'S. Bakker', true, acl.today(), '', 'Zij belde')", public("handover", planned.PACKED)
    ),
    ("read", "wish for who helps"): rows("SELECT FROM casus.wish WHERE id = %s", planned.WISH),
    ("send", "wish for who helps"): rows(
        "WITH w AS MATERIALIZED (SELECT casus.withdraw_wish(%s)) SELECT casus.send_wish(1, gen_random_uuid(), %s) FROM w",
        public("wish", planned.WISH),
        '{"people": [], "anybody": true, "words": "", "tell": 1, "meet": false}',
    ),
    ("withdraw", "wish for who helps"): rows("SELECT casus.withdraw_wish(%s)", public("wish", planned.WISH)),
    ("answer", "wish for who helps"): rows("SELECT casus.answer_wish(%s, false, 'Vol', NULL, NULL)", public("wish", planned.WISH)),
    ("ask", "who stands in"): rows("SELECT FROM casus.stand_ins(1)"),
    ("agree with", "early ending"): rows("SELECT casus.agree_ending(%s, true)", public("ending", planned.EARLY)),
    ("help", "who came back"): rows("SELECT casus.take_back(%s)", public("ending", planned.CAME_BACK)),
    ("change", "handover without asking the function"): rows("UPDATE casus.handover SET takes = true"),
    ("read", "what was packed"): rows("SELECT FROM portaal.package_part"),
    ("change", "ending without asking the function"): rows("UPDATE casus.ending SET reason = 'anders'"),
    ("step", "action of another dossier"): true("SELECT casus.step_plan(%s, 3)", public("plan part", planned.OTHERS)),
    ("read", "protected address of another"): rows("SELECT FROM casus.address WHERE protected"),
    ("read", "entry of another dossier through a version"): rows("SELECT FROM casus.entry_version WHERE entry_id = 201 AND dossier_id = 1"),
    ("read", "closures"): rows("SELECT FROM casus.closure"),
    ("read", "emergency readings"): rows("SELECT FROM casus.emergency_reading"),
    ("read", "pauses"): rows("SELECT FROM casus.pause"),
    ("read", "access notices"): rows("SELECT FROM casus.access_notice"),
    ("read", "entry taken out"): rows(
        "SELECT FROM casus.entry WHERE id = %s UNION ALL SELECT FROM casus.entry_version WHERE entry_id = %s"
        " UNION ALL SELECT FROM casus.document WHERE entry_id = %s UNION ALL SELECT FROM casus.document_part WHERE entry_id = %s",
        *[world.TAKEN_OUT] * 4,
    ),
    ("ask", "who can read entry taken out"): rows("SELECT FROM acl.who_can_read(%s)", world.TAKEN_OUT),
    ("take out", "entry taken out"): rows("SELECT casus.take_out(%s, 'onbekend')", public("entry", world.TAKEN_OUT)),
    ("take out", "page of the diary, for everybody"): rows("SELECT casus.take_out(%s, 'onbekend')", public("entry", 115)),
    ("open now", "entry taken out"): true("SELECT acl.open_now(1, %s)", public("entry", world.TAKEN_OUT)),
    ("read", "questions to destroy"): rows("SELECT FROM casus.destruction"),
    ("read", "what was asked to destroy, by itself"): rows("SELECT FROM casus.destruction_item"),
    ("ask", "that entry withheld is destroyed"): true(
        "SELECT casus.ask_destruction(1, gen_random_uuid(), ARRAY[%s, %s, %s]::uuid[], false)",
        *(public("entry", number) for number in (105, 112, 201)),
    ),
    ("read", "breaches"): rows("SELECT FROM casus.breach"),
    ("change", "breaches"): rows("UPDATE casus.breach SET reported = true"),
    ("decide about", "entry one took out"): rows(
        "SELECT casus.decide_breach(b.public_id, 'terug', NULL) FROM casus.breaches() b WHERE b.own"
    ),
    ("read", "withholdings"): rows("SELECT FROM casus.withholding"),
    ("read", "mandates asked, in the table"): rows("SELECT FROM casus.mandate_request"),
    ("change", "mandates"): rows("UPDATE casus.mandate SET valid_until = NULL"),
    ("ask", "that entry of the owner is withheld"): true(
        "SELECT acl.ask_withholding(%s, 1::smallint, 'Zo', acl.today() + 9, false)", public("entry", 113)
    ),
    ("end", "withholding of what is not withheld"): true("SELECT acl.end_withholding(%s)", public("entry", 101)),
    ("write", "message in the table"): as_me(
        "INSERT INTO casus.message (public_id, dossier_id, author_id, author_name, from_team, body) SELECT gen_random_uuid(), 1, %s, 'x', true, 'x'"
    ),
    ("change", "messages"): rows("UPDATE casus.message SET settled_at = now(), settled_name = 'x'"),
    ("remove", "messages"): rows("DELETE FROM casus.message"),
    ("close", "entry withheld"): true("SELECT acl.close_entry(%s, NULL, false)", public("entry", 105)),
    ("close", "entry of another dossier"): true(
        "SELECT bool_or(acl.close_entry(e, NULL, false)) FROM (VALUES (%s), (%s)) v (e) WHERE NOT EXISTS (SELECT FROM acl.own_entry(e))",
        public("entry", 101),
        public("entry", 201),
    ),
    ("look through", "eyes of a stranger"): rows(
        "SELECT FROM unnest(%s::uuid[]) p WHERE acl.preview_of(%s, p) IS NOT NULL",
        [public("person", number) for number in (1, 10, 24, 25, 26, 27, 28, 40)],
        public("dossier", 1),
    ),
    ("review", "own emergency"): rows(
        "SELECT FROM acl.open_emergency(%s, 'brand') o, acl.emergencies_to_review() r WHERE o AND r.reader = acl.full_name(acl.person_id())",
        public("dossier", 1),
    ),
    ("read", "concept of a colleague"): rows("SELECT FROM casus.concept WHERE author_id <> acl.person_id()"),
    ("write", "entry in another's name"): rows(
        "INSERT INTO casus.entry (public_id, dossier_id, section, leefdomein, kind, occurred_at, author_id) VALUES (gen_random_uuid(), 1, 2, 0, 1, now(), 46)"
    ),
    ("write", "version in another's name"): rows(
        "INSERT INTO casus.entry_version (entry_id, number, dossier_id, section, leefdomein, title, body, author_id)"
        " VALUES (101, 2, 1, 2, 6, 't', 'b', 46)"
    ),
    ("write", "version of the owner's words"): _version(113),
    ("write", "concept in another's name"): rows(
        "INSERT INTO casus.concept (author_id, dossier_id, section, kind, occurred_on) VALUES (46, 1, 2, 1, current_date)"
    ),
    ("write", "reaction beside entry withheld"): _reaction(105),
    ("write", "reaction beside entry to talk over"): _reaction(106),
    ("write", "reaction in another's name"): rows(
        "INSERT INTO casus.annotation (public_id, entry_id, dossier_id, section, leefdomein, kind, audience, author_id)"
        " VALUES (gen_random_uuid(), 101, 1, 2, 6, 1, 2, 2)"
    ),
    ("write", "newer words of reaction withdrawn"): rows(
        "INSERT INTO casus.annotation_version (annotation_id, number, entry_id, dossier_id, section, leefdomein, audience, body, withdrawn)"
        " VALUES (304, 2, 101, 1, 2, 6, 3, 'nieuw', true)"
    ),
    ("undo", "reaction withdrawn"): rows("UPDATE casus.annotation SET withdrawn = false, withdrawn_at = NULL WHERE id = 304"),
    ("log", "reading in another's name"): rows("INSERT INTO casus.read_log (dossier_id, what, reader_id) VALUES (1, 'overzicht', 2)"),
    ("log", "reading of another dossier"): rows(
        "INSERT INTO casus.read_log (dossier_id, what) SELECT x, 'overzicht' FROM (VALUES (1), (2)) v (x)"
        " WHERE NOT x = ANY (acl.any_dossiers())"
    ),
    ("log", "change of another dossier"): rows(
        "INSERT INTO casus.change_log (dossier_id, event) SELECT x, 'entry.placed' FROM (VALUES (1), (2)) v (x)"
        " WHERE NOT x = ANY (acl.any_dossiers())"
    ),
    ("change", "entry"): rows("UPDATE casus.entry SET section = 2 WHERE id = 101"),
    ("change", "version of entry"): rows("UPDATE casus.entry_version SET body = 'anders' WHERE entry_id = 101"),
    ("change", "read log"): rows("UPDATE casus.read_log SET reader_name = 'niemand'"),
    ("write", "page of the diary of another"): rows(
        "SELECT casus.write_page(x, gen_random_uuid(), 0, 't', 'b') FROM (VALUES (1), (2)) v (x) WHERE NOT x = ANY (acl.any_dossiers())"
    ),
    ("change", "page that is no diary"): true("SELECT casus.change_page(%s, 1, 't', 'b')", public("entry", 112)),
    ("throw away", "entry the owner keeps"): true("SELECT casus.throw_page(%s)", public("entry", 112)),
    ("remove", "entry"): rows("DELETE FROM casus.entry WHERE id = 101"),
    ("remove", "version of entry"): rows("DELETE FROM casus.entry_version WHERE entry_id = 101"),
    ("remove", "reaction for everyone"): rows("DELETE FROM casus.annotation WHERE id = 303"),
    ("remove", "read log"): rows("DELETE FROM casus.read_log"),
    ("remove", "change log"): rows("DELETE FROM casus.change_log"),
    ("give", "access to oneself"): as_me(
        f"SELECT acl.give_access('{public('dossier', 2)}', p.public_id, true, {_NO_PARTS}, current_date + 9) FROM casus.person p"
        " WHERE p.id = %s AND NOT 2 = ANY (acl.owned_dossiers())"
    ),
    ("give", "access without asking the function"): as_me(
        "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground) VALUES (1, %s, 1, current_date, 'toestemming')"
    ),
    ("change", "access without asking the function"): rows("UPDATE casus.access_grant SET valid_until = NULL, withdrawn_at = NULL"),
    ("open now", "entry withheld"): true("SELECT acl.open_now(1, %s)", public("entry", 105)),
}

# What "no" looks like: no privilege or a policy (42501), words that belong to nobody here (23502, the stamp found no author), no such reference.
DENIED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.NotNullViolation, psycopg.errors.ForeignKeyViolation)


def ask(connection: Connection, who: Who, token: str, act: tuple[str, str]) -> bool:
    """Asks one act as this person in a transaction of its own, which is rolled back. Connection errors are raised."""
    try:
        connection.execute("SELECT set_config('casus.actor', %s, true)", (token,))
        return ASKS[act](connection, who)
    except DENIED:
        return False
    except psycopg.Error as error:
        # A function that says itself "not there, or not yours"; MB071: "not yours to decide"; MB074: "not yours to name".
        if error.sqlstate not in ("MB001", "MB071", "MB074"):
            raise
        return False
    finally:
        connection.rollback()
