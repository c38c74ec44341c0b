"""The plan of dossier A in the world of world.py, and something of dossier B: which part is which, for whom, and what was laid before."""

import json
from datetime import datetime, timedelta

import psycopg

from portal.deadlines import AMSTERDAM
from tests.access.world import public

# number: (kind, goal, for whom, holder)
PARTS = {
    1: (4, None, 3, None),
    2: (1, None, 3, None),
    3: (3, None, 2, None),
    4: (12, None, 2, None),
    5: (5, None, 1, None),
    6: (20, None, 3, None),
    7: (21, 6, 3, 20),
    8: (21, 6, 3, 40),
}
OTHERS = 9
# The words of the matrix for these parts.
NAMED = {
    "part of the plan": 1,
    "own words in the plan": 2,
    "part of the plan for professionals": 3,
    "safety in the plan": 4,
    "part of the plan the owner keeps": 5,
    "goal": 6,
    "action": 7,
}
# Remarks: number, dossier, part, author.
REMARKS = ((20, 1, 1, 96), (21, 2, OTHERS, 87))
# Drang: number, dossier.
PRESSED = ((20, 1), (21, 2))
AGREED, WAITING, OTHERS_WAITING = 1, 2, 3
WORDS = '{"body": "Nieuw", "why": "", "answers": [], "leefdomein": 0, "holder_name": "", "dropped": false}'
YES = '{"choice": 1, "words": "", "way": "portaal", "proof": "", "copy": 1}'
YES_ON_PAPER = '{"choice": 1, "words": "", "way": "papier", "proof": "getekend", "copy": 0}'


# Who is invited into the plan: person, dossier, role, the parts that were named (NULL: the whole plan), and how many days are left.
INVITED: tuple[tuple[int, int, int, list[int] | None, int], ...] = (
    (82, 1, 1, None, 30),
    (83, 1, 3, None, 30),
    # Safety; and what opens nothing: what the owner keeps, and a part of another dossier.
    (84, 1, 1, [4, 5, OTHERS], 30),
    (85, 1, 4, [], 30),
    (86, 1, 3, None, -2),
    (87, 2, 3, None, 30),
    (96, 1, 2, None, 30),
    (97, 1, 6, None, 30),
)


def invite(admin: psycopg.Connection) -> None:
    """Invites them."""
    for person, dossier, role, parts, days in INVITED:
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, plan_role, plan_parts, valid_from, valid_until, ground)"
            " VALUES (%s, %s, 5, %s, %s, current_date - 10, current_date + %s, 'toestemming')",
            (dossier, person, role, parts, days),
        )


def plan(admin: psycopg.Connection) -> None:
    """Lays the plan: all parts have one text, of which the first and the goal with its first action were agreed with; all but what is kept waits."""
    invite(admin)
    for number, (kind, goal, audience, holder) in {**PARTS, OTHERS: (4, None, 3, None)}.items():
        dossier = 2 if number == OTHERS else 1
        admin.execute(
            "INSERT INTO casus.plan_part (id, public_id, dossier_id, kind, goal_id, audience, place) OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, %s, %s, %s, 0)",
            (number, public("plan part", number), dossier, kind, goal, audience),
        )
        admin.execute(
            "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, holder_id, holder_name, due_on, look_on, dropped,"
            " author_id, author_name, written_for) VALUES (%s, %s, 1, %s, '', '{}', 0, %s, %s, current_date + 9, current_date + 20, false, %s, 'owner', %s)",
            (number, dossier, f"Deel {number}", holder, "iemand" if kind == 21 else "", dossier, audience),
        )
    admin.execute("INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name) VALUES (7, 1, 1, 2, 1, 'owner')")
    for number, dossier, version in ((AGREED, 1, 1), (WAITING, 1, None), (OTHERS_WAITING, 2, None)):
        admin.execute(
            "INSERT INTO casus.plan_proposal (id, public_id, dossier_id, made_by, made_by_name, made_at, settled_at, version) OVERRIDING SYSTEM VALUE"
            " VALUES (%s, %s, %s, 40, 'assigned', now() - interval '1 day', CASE WHEN %s::int IS NOT NULL THEN now() END, %s)",
            (number, public("proposal", number), dossier, version, version),
        )
    remark(admin)
    press(admin)
    waiting = [number for number, (_, _, audience, _) in PARTS.items() if audience > 1]
    for proposal, dossier, parts in ((AGREED, 1, (1, 6, 7)), (WAITING, 1, waiting), (OTHERS_WAITING, 2, (OTHERS,))):
        for part in parts:
            admin.execute("INSERT INTO casus.plan_proposal_text VALUES (%s, %s, %s, 1, 0)", (proposal, dossier, part))
    evaluations(admin)
    endings(admin)
    wishes(admin)
    handovers(admin)
    changes(admin)
    to_destroy(admin)
    admin.execute(
        "INSERT INTO casus.plan_decision (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, recorded_by, recorded_by_name)"
        " VALUES (1, 1, 1, '', 'portaal', '', current_date, 0, 1, 'owner')"
    )


# The naasten whom the owner asked along to look back (world.py): one who is invited to the plan, one whose access ended.
ASKED_ALONG = (82, 24)
AHEAD, OTHERS_AHEAD, BEFORE = 1, 2, 3
SOON = str(datetime.now(AMSTERDAM).date() + timedelta(60))
ON = json.dumps({"kind": 1, "planned_on": SOON, "place": "", "about_pgb": False, "others": ""})
LOOK = '{"content": 4, "words": "Goed", "anchored": "", "together_words": "", "way": "portaal"}'
LOOK_ALOUD = '{"content": 4, "words": "Goed", "anchored": "", "together_words": "", "way": "mondeling"}'


def evaluations(admin: psycopg.Connection) -> None:
    """A moment that lies ahead in dossier A and in B, and one of before in A; who works there said something of each, and whom the owner asked along too."""
    for number, dossier, settled in ((AHEAD, 1, False), (OTHERS_AHEAD, 2, False), (BEFORE, 1, True)):
        admin.execute(
            "INSERT INTO casus.evaluation (id, public_id, dossier_id, kind, planned_on, planned_by_name, outcome, reason, settled_by, settled_by_name,"
            " settled_at) OVERRIDING SYSTEM VALUE SELECT %s, %s, %s, 2, current_date + 9, 'assigned', o, '', p, n, a"
            " FROM (VALUES (NULL::int, NULL::int, NULL::text, NULL::timestamptz), (1, 40, 'assigned', now())) v (o, p, n, a) WHERE (a IS NOT NULL) = %s",
            (number, public("evaluation", number), dossier, settled),
        )
        for side, author in ((2, 40), (3, 82)):
            admin.execute(
                "INSERT INTO casus.evaluation_look (evaluation_id, dossier_id, side, author_id, number, author_name, way, words, anchored, together_words)"
                " VALUES (%s, %s, %s, %s, 1, 'x', 'portaal', 'Zo', '', '')",
                (number, dossier, side, author),
            )
    for person in ASKED_ALONG:
        admin.execute("INSERT INTO casus.evaluation_person VALUES (%s, 1, %s), (%s, 1, %s)", (AHEAD, person, BEFORE, person))
    admin.execute("INSERT INTO casus.evaluation_goal VALUES (%s, 1, 2, 40, 1, 6, 1), (%s, 1, 3, 82, 1, 6, 2)", (AHEAD, AHEAD))


def press(admin: psycopg.Connection) -> None:
    """Drang is written down in each dossier."""
    for number, dossier in PRESSED:
        admin.execute(
            "INSERT INTO casus.plan_pressure (id, public_id, dossier_id, kind, ground, from_day, set_by, set_by_name) OVERRIDING SYSTEM VALUE"
            " VALUES (%s, %s, %s, 1, 'Om de kinderen', current_date - 9, 40, 'assigned')",
            (number, public("pressure", number), dossier),
        )


def remark(admin: psycopg.Connection) -> None:
    """Says something beside a part of each plan."""
    for number, dossier, part, author in REMARKS:
        admin.execute(
            "INSERT INTO casus.plan_remark (id, public_id, dossier_id, part_id, body, author_id, author_name) OVERRIDING SYSTEM VALUE"
            " VALUES (%s, %s, %s, %s, 'Gezegd', %s, 'iemand')",
            (number, public("remark", number), dossier, part, author),
        )


# Endings: one of dossier A and one of B that are going on. In dossier C the help ended once, its inwoner came back, and it is to end early now.
ENDING, OTHERS_ENDING, CAME_BACK, EARLY = 1, 2, 3, 4
END = json.dumps(
    {
        "kind": 1,
        "ends_on": SOON,
        "reason": "Klaar",
        "onward": "",
        "warned": "",
        "not_evaluated": "Belde niet",
        "near_words": "",
        "near": None,
    }
)


def endings(admin: psycopg.Connection) -> None:
    """Lays them, so long ago that the inwoner had the time to answer; nobody agreed or answered yet."""
    for number, dossier, weighty in ((ENDING, 1, None), (OTHERS_ENDING, 2, None), (CAME_BACK, 3, None), (EARLY, 3, 2)):
        admin.execute(
            "INSERT INTO casus.ending (id, public_id, dossier_id, kind, weighty, ends_on, reason, onward, warned, not_evaluated, near_by_name, near_words,"
            " made_by, made_by_name, made_at, done_at, back_at) OVERRIDING SYSTEM VALUE SELECT %s, %s, %s, CASE WHEN w IS NULL THEN 1 ELSE 4 END, w,"
            " current_date + 20, 'Zo', 'Niemand', '', 'Nee', '', '', 40, 'assigned', now() - interval '15 days', b, b"
            " FROM (SELECT %s::int, CASE WHEN %s THEN now() END) x (w, b)",
            (number, public("ending", number), dossier, weighty, number == CAME_BACK),
        )


def to_destroy(admin: psycopg.Connection) -> None:
    """The owners of dossiers A and B asked to have the plan destroyed."""
    for number in (1, 2):
        admin.execute(
            "INSERT INTO casus.plan_destruction (id, public_id, dossier_id, asked_by) OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, %s)",
            (number, public("plan destruction", number), number, number),
        )


WISH, OTHERS_WISH = 1, 2


def wishes(admin: psycopg.Connection) -> None:
    """The owners of dossiers A and B wait for who will help them: of A somebody of another dossier is asked now, and after that who will work in it later."""
    for number, dossier, team, chosen in ((WISH, 1, 1, (46, 43)), (OTHERS_WISH, 2, 2, (47,))):
        admin.execute(
            "INSERT INTO casus.wish (id, public_id, dossier_id, team_id, anybody, words, tell, meet) OVERRIDING SYSTEM VALUE"
            " VALUES (%s, %s, %s, %s, true, 'Graag rustig', 2, false)",
            (number, public("wish", number), dossier, team),
        )
        for place, person in enumerate(chosen, start=1):
            admin.execute(
                "INSERT INTO casus.wish_choice (wish_id, dossier_id, place, staff_id, waits) VALUES (%s, %s, %s, %s, true)",
                (number, dossier, place, person),
            )


# Handing over: one of dossier A and one of B wait for the inwoner; one of A and one of B are packed, with a code.
HANDOVER, OTHERS_HANDOVER, PACKED, OTHERS_PACKED = 1, 2, 3, 4
HAND_OVER = json.dumps(
    {
        "kind": 3,
        "organisation": "Pluryn",
        "receiver": "S. Bakker",
        "why": "Meer hulp",
        "starts_on": SOON,
        "ends_here": False,
        "sections": [2],
        "from_day": None,
        "with_plan": False,
        "taken_how": "Een brief",
    }
)
HANDOVER_CODES = {PACKED: b"h" * 32, OTHERS_PACKED: b"i" * 32}
HANDOVER_NO = '{"choice": 2, "words": "", "way": "portaal", "proof": "", "seen": "2026-01-01", "plan_version": null}'


def handovers(admin: psycopg.Connection) -> None:
    """Lays them; what is packed holds entry 101 of A, or 201 of B."""
    for number, dossier in ((HANDOVER, 1), (OTHERS_HANDOVER, 2), (PACKED, 1), (OTHERS_PACKED, 2)):
        admin.execute(
            "INSERT INTO casus.handover (id, public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, with_plan,"
            " made_by, made_by_name, choice, way, answered_at) OVERRIDING SYSTEM VALUE SELECT %s, %s, %s, false, 3, 'Pluryn', 'S. Bakker', 'Zo',"
            " current_date + 9, false, '{2}', false, 40, 'assigned', c, CASE WHEN c = 1 THEN 'portaal' END, CASE WHEN c = 1 THEN now() END"
            " FROM (SELECT CASE WHEN %s THEN 1 END) x (c)",
            (number, public("handover", number), dossier, number in HANDOVER_CODES),
        )
    for number, code in HANDOVER_CODES.items():
        dossier, entry = (1, 101) if number == PACKED else (2, 201)
        admin.execute("INSERT INTO casus.handover_entry VALUES (%s, %s, %s, 1)", (number, dossier, entry))
        admin.execute(
            "INSERT INTO portaal.package (handover_id, public_id, size, code_hash, code_until) VALUES (%s, %s, %s, %s, now() + interval '9 days')",
            (number, public("package", number), number, code),
        )
        admin.execute("INSERT INTO portaal.package_part VALUES (%s, 1, %s)", (number, f"part of {number}".encode()))


# Another name of the owners of A and B waits for a second one.
CHANGE, OTHERS_CHANGE = 1, 2
DIED = '{"kind": 1, "died_on": "2026-01-02", "proof": "Uittreksel"}'


def changes(admin: psycopg.Connection) -> None:
    """Lays them: "assigned" wrote that of A down, and who works in B that of B."""
    for number, dossier, asker in ((CHANGE, 1, 40), (OTHERS_CHANGE, 2, 46)):
        admin.execute(
            "INSERT INTO casus.particulars_change (id, public_id, dossier_id, kind, first_name, last_name, proof, asked_by, asked_by_name)"
            " OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, 3, 'Nieuwe', 'Naam', 'Paspoort', %s, 'iemand')",
            (number, public("change", number), dossier, asker),
        )


def reset(admin: psycopg.Connection) -> None:
    """Undoes what was allowed, so that the next person finds the same plan."""
    admin.execute("DELETE FROM casus.particulars_change")
    changes(admin)
    admin.execute("DELETE FROM portaal.package; DELETE FROM casus.handover_entry; DELETE FROM casus.handover")
    handovers(admin)
    admin.execute("DELETE FROM casus.ending")
    admin.execute("DELETE FROM casus.wish_choice; DELETE FROM casus.wish")
    wishes(admin)
    admin.execute("DELETE FROM casus.plan_destruction")
    to_destroy(admin)
    for table in ("evaluation_goal", "evaluation_look", "evaluation_person", "evaluation"):
        admin.execute(f"DELETE FROM casus.{table}")
    evaluations(admin)
    endings(admin)
    admin.execute("UPDATE casus.dossier SET closed_on = NULL")
    admin.execute("DELETE FROM casus.plan_decision WHERE proposal_id <> %s", (AGREED,))
    admin.execute("DELETE FROM casus.plan_proposal_text WHERE proposal_id > %s", (OTHERS_WAITING,))
    admin.execute("DELETE FROM casus.plan_proposal WHERE id > %s", (OTHERS_WAITING,))
    admin.execute("UPDATE casus.plan_proposal SET settled_at = NULL, version = NULL WHERE id = %s", (WAITING,))
    admin.execute("DELETE FROM casus.plan_step WHERE number > 1 OR part_id > %s", (OTHERS,))
    admin.execute("DELETE FROM casus.plan_remark")
    remark(admin)
    admin.execute("DELETE FROM casus.plan_pressure")
    press(admin)
    admin.execute("DELETE FROM casus.plan_copy_given")
    admin.execute("DELETE FROM casus.plan_text WHERE number > 1 OR part_id > %s", (OTHERS,))
    admin.execute("DELETE FROM casus.plan_part WHERE id > %s", (OTHERS,))


def household(admin: psycopg.Connection) -> None:
    """The inwoners of dossiers A and C make a plan together; nothing was made joint or shown."""
    admin.execute("UPDATE casus.plan_part SET joint_id = NULL, shown_number = NULL, shown_at = NULL")
    for table in ("joint_plan_member", "joint_plan_code", "joint_plan_try", "joint_plan"):
        admin.execute(f"DELETE FROM casus.{table}")
    admin.execute("INSERT INTO casus.joint_plan (id) VALUES (1)")
    admin.execute("INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id) VALUES (1, 1), (1, 3)")
