"""Every column of schema casus has a line: where it stands in a case file, or why it is left out. A column without a line fails."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from portal.importing import schema
from tests.conftest import PortalDatabase

OUT = "left out: "
NUMBER = OUT + "a number inside the database; the file has ids"
FOLLOWS = OUT + "follows from where it stands in the file"
UNPLACED = OUT + "a concept is its writer's alone until it is placed"
PROGRAM = OUT + "what other programs may read is agreed per installation, not per dossier"
SEAL = OUT + "seals are about the log of this installation"
STAFF = OUT + "who is away is about staff, not about a dossier"
ASKED = OUT + "what was asked before there was a dossier; the format has no place for it yet"
STEMS = OUT + "the stems of the words, made anew from the text"
LOOKED = OUT + "is about a line of the log of this installation; the lines in the file have no id to hang it on"
CLOSING = OUT + "found by where it stands in the file"
PAUSED = OUT + "a file that tells that a dossier was out of sight tells what must not be known"
MESSAGES = OUT + "the format has no place for messages yet; the page of the copy that the inwoner takes along has them all"
HOUSEHOLD = (
    OUT + "a household plan is between people who are here; the file holds this dossier's own copy of it, in which the others are names"
)
PROFILE = OUT + "what somebody tells residents belongs to the organisation, and to no dossier"
WISH = OUT + "whom somebody wanted to be helped by; who helps and who helped goes along (assignments)"
CHANGED = OUT + "what came of it stands in the name and the stadsdeel; who wrote it down and who agreed stands in the changes"
JOINED = OUT + "whose accounts are one person's differs by portal; that it was said here stands in the changes"
HOURS = OUT + "how much time it takes who works here, as they guess; says nothing of the inwoner"
HANDED = OUT + "to whom it was handed over, or is to be, from here; that it was stands in the changes"
WITHHELD = OUT + "what came of it stands with the entry, as a closure; who asked and who confirmed stands in the changes"
AGREED = OUT + "a mandate is found by person and days; who wrote it down and who agreed stands in the changes"
WAITS = OUT + "nobody agreed yet, so it opens nothing and may be wrong; it is asked again where the dossier goes"
URGENT = OUT + "what was read in an emergency stands in the read lines, with the reason as ground"
TOLD = OUT + "told to whoever works in the dossier here"
BREACH = (
    OUT + "the record of a breach is the team's; what was taken out is in no copy, and what was moved goes with the dossier it belongs to"
)
DESTROYED = OUT + "what was asked to destroy; what is gone is in no copy, and what stays stands in it as it is"
PERSON = OUT + "the name and role as they were then are in the file; a number of a person says nothing elsewhere"

COLUMNS: dict[str, dict[str, str]] = {
    "ending": {
        "id": NUMBER,
        "public_id": "plan.endings[].id",
        "dossier_id": FOLLOWS,
        "kind": "plan.endings[].kind",
        "weighty": "plan.endings[].weighty",
        "ends_on": "plan.endings[].ends_on",
        "reason": "plan.endings[].reason",
        "onward": "plan.endings[].onward",
        "warned": "plan.endings[].warned",
        "evaluation_id": "plan.endings[].evaluation",
        "not_evaluated": "plan.endings[].not_evaluated",
        "near_until": "plan.endings[].near_until",
        "near_by": "plan.endings[].near_by.person",
        "near_by_name": "plan.endings[].near_by.name",
        "near_words": "plan.endings[].near_words",
        "made_by": "plan.endings[].made_by.person",
        "made_by_name": "plan.endings[].made_by.name",
        "made_at": "plan.endings[].made_at",
        "agreed_by": "plan.endings[].agreed_by.person",
        "agreed_by_name": "plan.endings[].agreed_by.name",
        "agreed_at": "plan.endings[].agreed_at",
        "choice": "plan.endings[].choice",
        "words": "plan.endings[].words",
        "way": "plan.endings[].way",
        "answered_by_name": "plan.endings[].answered_by",
        "answered_at": "plan.endings[].answered_at",
        "withdrawn_at": "plan.endings[].withdrawn_at",
        "done_by_name": "plan.endings[].done_by",
        "done_at": "plan.endings[].done_at",
        "back_at": "plan.endings[].back_at",
        "taken_by_name": "plan.endings[].taken_by",
        "taken_at": "plan.endings[].taken_at",
    },
    "evaluation": {
        "id": NUMBER,
        "public_id": "plan.evaluations[].id",
        "dossier_id": FOLLOWS,
        "kind": "plan.evaluations[].kind",
        "planned_on": "plan.evaluations[].planned_on",
        "place": "plan.evaluations[].place",
        "about_pgb": "plan.evaluations[].about_pgb",
        "others": "plan.evaluations[].others",
        "planned_by_name": "plan.evaluations[].planned_by",
        "planned_at": "plan.evaluations[].planned_at",
        "outcome": "plan.evaluations[].outcome",
        "reason": "plan.evaluations[].reason",
        "settled_by": "plan.evaluations[].settled_by.person",
        "settled_by_name": "plan.evaluations[].settled_by.name",
        "settled_at": "plan.evaluations[].settled_at",
    },
    "evaluation_person": {
        "evaluation_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "person_id": "plan.evaluations[].persons",
    },
    "evaluation_look": {
        "evaluation_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "side": "plan.evaluations[].looks[].side",
        "author_id": "plan.evaluations[].looks[].author.person",
        "number": "plan.evaluations[].looks[].number",
        "author_name": "plan.evaluations[].looks[].author.name",
        "way": "plan.evaluations[].looks[].way",
        "content": "plan.evaluations[].looks[].content",
        "words": "plan.evaluations[].looks[].words",
        "anchored": "plan.evaluations[].looks[].anchored",
        "together": "plan.evaluations[].looks[].together",
        "together_words": "plan.evaluations[].looks[].together_words",
        "safe": "plan.evaluations[].looks[].safe",
        "fits": "plan.evaluations[].looks[].fits",
        "written_at": "plan.evaluations[].looks[].written_at",
    },
    "evaluation_goal": {
        "evaluation_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "side": FOLLOWS,
        "author_id": FOLLOWS,
        "number": FOLLOWS,
        "part_id": "plan.evaluations[].looks[].goals[].goal",
        "result": "plan.evaluations[].looks[].goals[].result",
    },
    "joint_plan": dict.fromkeys(["id", "begun_at"], HOUSEHOLD),
    "joint_plan_member": dict.fromkeys(["id", "joint_plan_id", "dossier_id", "joined_at", "left_at"], HOUSEHOLD),
    "joint_plan_code": dict.fromkeys(["dossier_id", "code_hash", "expires_at"], HOUSEHOLD),
    "joint_plan_try": dict.fromkeys(["id", "dossier_id", "at"], HOUSEHOLD),
    "plan_pressure": {
        "id": NUMBER,
        "public_id": "plan.pressures[].id",
        "dossier_id": FOLLOWS,
        "kind": "plan.pressures[].kind",
        "ground": "plan.pressures[].ground",
        "from_day": "plan.pressures[].from_day",
        "until_day": "plan.pressures[].until_day",
        "set_by": "plan.pressures[].set_by.person",
        "set_by_name": "plan.pressures[].set_by.name",
        "set_at": "plan.pressures[].set_at",
        "ended_at": "plan.pressures[].ended_at",
        "ended_by": "plan.pressures[].ended_by.person",
        "ended_by_name": "plan.pressures[].ended_by.name",
    },
    "plan_copy_given": {
        "proposal_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "given_by": "plan.proposals[].copy_given.by.person",
        "given_by_name": "plan.proposals[].copy_given.by.name",
        "given_at": "plan.proposals[].copy_given.at",
    },
    "plan_remark": {
        "id": NUMBER,
        "public_id": "plan.parts[].remarks[].id",
        "dossier_id": FOLLOWS,
        "part_id": FOLLOWS,
        "body": "plan.parts[].remarks[].body",
        "author_id": "plan.parts[].remarks[].author.person",
        "author_name": "plan.parts[].remarks[].author.name",
        "written_at": "plan.parts[].remarks[].written_at",
        "withdrawn_at": "plan.parts[].remarks[].withdrawn_at",
        "seen_at": "plan.parts[].remarks[].seen_at",
        "seen_by": "plan.parts[].remarks[].seen_by.person",
        "seen_name": "plan.parts[].remarks[].seen_by.name",
        "answer": "plan.parts[].remarks[].answer",
    },
    "plan_part": {
        "id": NUMBER,
        "public_id": "plan.parts[].id",
        "dossier_id": FOLLOWS,
        "kind": "plan.parts[].kind",
        "goal_id": "plan.parts[].goal",
        "audience": "plan.parts[].audience",
        "place": "plan.parts[].place",
        "made_at": "plan.parts[].made_at",
        "joint_id": HOUSEHOLD,
        "shown_number": HOUSEHOLD,
        "shown_at": HOUSEHOLD,
    },
    "plan_text": {
        "part_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "number": "plan.parts[].texts[].number",
        "body": "plan.parts[].texts[].body",
        "why": "plan.parts[].texts[].why",
        "answers": "plan.parts[].texts[].answers",
        "leefdomein": "plan.parts[].texts[].leefdomein",
        "perspective": "plan.parts[].texts[].perspective",
        "holder_id": "plan.parts[].texts[].holder.person",
        "holder_name": "plan.parts[].texts[].holder.name",
        "due_on": "plan.parts[].texts[].due_on",
        "look_on": "plan.parts[].texts[].look_on",
        "dropped": "plan.parts[].texts[].dropped",
        "author_id": "plan.parts[].texts[].author.person",
        "author_name": "plan.parts[].texts[].author.name",
        "written_at": "plan.parts[].texts[].written_at",
        "written_for": "plan.parts[].texts[].written_for",
    },
    "plan_step": {
        "part_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "number": "plan.parts[].steps[].number",
        "status": "plan.parts[].steps[].status",
        "by_id": "plan.parts[].steps[].by.person",
        "by_name": "plan.parts[].steps[].by.name",
        "at": "plan.parts[].steps[].at",
    },
    "plan_proposal": {
        "id": NUMBER,
        "public_id": "plan.proposals[].id",
        "dossier_id": FOLLOWS,
        "made_by": "plan.proposals[].made_by.person",
        "made_by_name": "plan.proposals[].made_by.name",
        "made_at": "plan.proposals[].made_at",
        "settled_at": "plan.proposals[].settled_at",
        "version": "plan.proposals[].version",
    },
    "plan_proposal_text": {
        "proposal_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "part_id": "plan.proposals[].texts[].part",
        "number": "plan.proposals[].texts[].number",
        "place": "plan.proposals[].texts[].place",
    },
    "plan_decision": {
        "proposal_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "choice": "plan.proposals[].decision.choice",
        "words": "plan.proposals[].decision.words",
        "way": "plan.proposals[].decision.way",
        "proof": "plan.proposals[].decision.proof",
        "decided_on": "plan.proposals[].decision.decided_on",
        "copy": "plan.proposals[].decision.copy",
        "own": "plan.proposals[].decision.own",
        "recorded_by": "plan.proposals[].decision.recorded_by.person",
        "recorded_by_name": "plan.proposals[].decision.recorded_by.name",
        "recorded_at": "plan.proposals[].decision.recorded_at",
    },
    "stadsdeel": {"id": NUMBER, "name": "inwoner.stadsdeel"},
    "team": {
        "id": NUMBER,
        "public_id": OUT + "teams are known by name; another installation has its own",
        "name": "dossier.team",
        "stadsdeel_id": OUT + "belongs to the organisation file",
    },
    "person": {
        "id": NUMBER,
        "public_id": "network[].id",
        "first_name": "network[].first_name",
        "infix": "network[].infix",
        "last_name": "network[].last_name",
        "is_staff": OUT + "who is staff stands in professionals, who isn't in network",
    },
    "inwoner": {
        "person_id": "inwoner.id",
        "birth_date": "inwoner.birth_date",
        "bsn": "inwoner.bsn",
        "phone": "inwoner.phone",
        "email": "inwoner.email",
        "stadsdeel_id": "inwoner.stadsdeel",
        "language": "inwoner.language",
        "interpreter_needed": "inwoner.interpreter_needed",
        "reachable": "inwoner.reachable",
        "safe_contact": "inwoner.safe_contact",
    },
    "address": {
        "person_id": FOLLOWS,
        "street": "inwoner.address.street",
        "postcode": "inwoner.address.postcode",
        "protected": "inwoner.address.protected",
    },
    "staff": {
        "person_id": "professionals[].id",
        "job_title": "professionals[].job_title",
        "team_id": "professionals[].team",
        "role": "professionals[].role",
        "joined_on": "professionals[].joined_on",
        "left_on": "professionals[].left_on",
        "caseload_max": PROFILE,
    },
    "plan_destruction": dict.fromkeys(
        ("id", "public_id", "dossier_id", "asked_by", "asked_at", "outcome", "reason", "decided_at", "decided_by"), DESTROYED
    ),
    "wish": dict.fromkeys(
        (
            *("id", "public_id", "dossier_id", "team_id", "anybody", "words", "tell", "meet", "sent_at", "withdrawn_at", "answered_at"),
            *("answered_by_name", "reason", "helper_id", "from_day", "before_id"),
        ),
        WISH,
    ),
    "particulars_change": dict.fromkeys(
        (
            *("id", "public_id", "dossier_id", "kind", "died_on", "first_name", "infix", "last_name", "stadsdeel_id", "proof", "asked_by"),
            *("asked_by_name", "asked_at", "agreed", "answered_by", "answered_by_name", "answered_at", "other_id"),
        ),
        CHANGED,
    ),
    "same_person": dict.fromkeys(("person_id", "main_id", "since"), JOINED),
    "handover": dict.fromkeys(
        (
            *("id", "public_id", "dossier_id", "inward", "kind", "organisation", "receiver", "why", "starts_on", "ends_here", "sections"),
            *("from_day", "with_plan", "made_by", "made_by_name", "made_at", "choice", "words", "way", "proof", "answered_by_name"),
            *("answered_at", "plan_version", "fetched_by", "fetched_at", "takes", "begins_on", "taken_by", "taken_how", "taken_why"),
            *("taken_at", "stuck_at", "stuck_words", "withdrawn_by_name", "withdrawn_at"),
        ),
        HANDED,
    ),
    "handover_entry": dict.fromkeys(("handover_id", "dossier_id", "entry_id", "version"), HANDED),
    "wish_choice": dict.fromkeys(("wish_id", "dossier_id", "place", "staff_id", "waits", "yes", "reason"), WISH),
    "profile": dict.fromkeys(
        (
            *(
                "id",
                "public_id",
                "staff_id",
                "number",
                "drawing",
                "languages",
                "good_at",
                "leefdomeinen",
                "about",
                "manner",
                "days",
                "lived",
            ),
            *("sent_at", "placed", "looked_at", "looked_by_name", "remark", "gone_at"),
        ),
        PROFILE,
    ),
    "absence": dict.fromkeys(("id", "staff_id", "from_date", "until_date", "substitute_id"), STAFF),
    "dossier": {
        "id": NUMBER,
        "public_id": "dossier.id",
        "inwoner_id": "inwoner.id",
        "team_id": "dossier.team",
        "opened_on": "dossier.opened_on",
        "closed_on": "dossier.closed_on",
    },
    "household_member": {
        "id": NUMBER,
        "dossier_id": FOLLOWS,
        "name": "household[].name",
        "relation": "household[].relation",
        "birth_year": "household[].birth_year",
    },
    "assignment": {
        "id": NUMBER,
        "dossier_id": FOLLOWS,
        "staff_id": "assignments[].professional",
        "role_text": "assignments[].role",
        "responsible": "assignments[].responsible",
        "valid_from": "assignments[].valid_from",
        "valid_until": "assignments[].valid_until",
        "hours": HOURS,
    },
    "mandate": {
        "id": NUMBER,
        "dossier_id": FOLLOWS,
        "person_id": "mandates[].person",
        "ground": "mandates[].ground",
        "valid_from": "mandates[].valid_from",
        "valid_until": "mandates[].valid_until",
        "withdrawn_at": "mandates[].withdrawn_at",
        "public_id": AGREED,
        "proof": "mandates[].proof",
        "proof_seen_on": "mandates[].proof_seen_on",
        "scope": "mandates[].scope",
        "opens_log": "mandates[].opens_log",
        "opens_sharing": "mandates[].opens_sharing",
        "asked_by": AGREED,
        "agreed_by": AGREED,
        "confirmed_at": OUT + "the inwoner's own word about it stands in the changes, and is asked again where the dossier goes",
    },
    "mandate_request": dict.fromkeys(
        (
            "id",
            "public_id",
            "dossier_id",
            "person_id",
            "first_name",
            "last_name",
            "ground",
            "proof",
            "proof_seen_on",
            "scope",
            "valid_from",
            "valid_until",
            "opens_log",
            "opens_sharing",
            "asked_by",
            "asked_at",
        ),
        WAITS,
    ),
    "entry": {
        "id": NUMBER,
        "public_id": "entries[].id",
        "dossier_id": FOLLOWS,
        "section": "entries[].section",
        "leefdomein": "entries[].leefdomein",
        "kind": "entries[].kind",
        "occurred_at": "entries[].occurred_at",
        "author_id": "entries[].author.person",
        "author_name": "entries[].author.name",
        "placed_at": "entries[].placed_at",
        "discuss_until": "entries[].discuss_until",
        "audience": "entries[].audience",
    },
    "entry_version": {
        "entry_id": FOLLOWS,
        "number": "entries[].versions[].number",
        "dossier_id": FOLLOWS,
        "section": FOLLOWS,
        "leefdomein": FOLLOWS,
        "title": "entries[].versions[].title",
        "body": "entries[].versions[].body",
        "reason": "entries[].versions[].reason",
        "author_id": "entries[].versions[].author.person",
        "author_name": "entries[].versions[].author.name",
        "created_at": "entries[].versions[].created_at",
        "written_for": "entries[].versions[].written_for",
        "found_by": STEMS,
    },
    "entry_opening": {
        "entry_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "person_id": "entries[].opened.person",
        "opened_at": "entries[].opened.at",
    },
    "access_grant": {
        "id": NUMBER,
        "public_id": "grants[].id",
        "dossier_id": FOLLOWS,
        "grantee_id": "grants[].grantee",
        "scope": "grants[].scope",
        "section": "grants[].section",
        "leefdomein": "grants[].leefdomein",
        "entry_id": "grants[].entry",
        "valid_from": "grants[].valid_from",
        "valid_until": "grants[].valid_until",
        "withdrawn_at": "grants[].withdrawn_at",
        "ground": "grants[].ground",
        "imported_from": "grants[].source",
        "relation": "grants[].relation",
        "confirmed_at": "grants[].confirmed_at",
        "reminded_until": OUT + "about which last day this installation wrote to the inwoner",
        "plan_role": OUT + "an invitation into the plan stays here",
        "plan_parts": OUT + "an invitation into the plan stays here",
    },
    "closure": {
        "id": NUMBER,
        "dossier_id": FOLLOWS,
        "entry_id": FOLLOWS,
        "public_id": CLOSING,
        "person_id": "entries[].closures[].person",
        "except_responsible": "entries[].closures[].except_responsible",
        "reason": "entries[].closures[].reason",
        "from_at": "entries[].closures[].from_at",
        "ended_at": "entries[].closures[].ended_at",
        "ground": "entries[].closures[].ground",
        "review_on": "entries[].closures[].review_on",
        "told_from": "entries[].closures[].told_from",
    },
    "document": {
        "entry_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "kind": "entries[].document.kind",
        "size": "entries[].document.bytes",
        "sha256": "entries[].document.sha256",
        "sealed_as": OUT + "says to what the bytes are sealed here, with a key that stays here",
    },
    "document_part": dict.fromkeys(
        ("entry_id", "number", "sealed"), OUT + "bytes go with the copy that an inwoner takes along, beside this file"
    ),
    "pause": dict.fromkeys(("id", "dossier_id", "way", "began_by", "began_at", "ended_by", "ended_at"), PAUSED),
    "withholding": dict.fromkeys(
        (
            "id",
            "public_id",
            "dossier_id",
            "entry_id",
            "ground",
            "reason",
            "review_on",
            "postponed",
            "asked_by",
            "asked_at",
            "answered_by",
            "answered_at",
            "agreed",
            "told_at",
        ),
        WITHHELD,
    ),
    "message": dict.fromkeys(
        ("id", "public_id", "dossier_id", "author_id", "author_name", "from_team", "sent_at", "body", "settled_at", "settled_name"),
        MESSAGES,
    ),
    "emergency_reading": dict.fromkeys(
        (
            "id",
            "public_id",
            "dossier_id",
            "person_id",
            "reason",
            "opened_at",
            "ends_at",
            "reviewed_at",
            "reviewed_by",
            "justified",
            "judgement",
        ),
        URGENT,
    ),
    "breach": dict.fromkeys(
        (
            *(
                "id",
                "public_id",
                "dossier_id",
                "entry_id",
                "reason",
                "found_at",
                "found_by",
                "decided_at",
                "decided_by",
                "decision",
                "moved_to",
                "proposed_dossier",
            ),
            *("reported", "report_why", "reported_at", "reported_by", "told_on", "told_how", "other_told_on", "other_told_how"),
        ),
        BREACH,
    ),
    "destruction": dict.fromkeys(("id", "public_id", "dossier_id", "asked_by", "asked_at"), DESTROYED),
    "destruction_item": dict.fromkeys(
        ("destruction_id", "entry_id", "dossier_id", "outcome", "reason", "decided_at", "decided_by"), DESTROYED
    ),
    "access_notice": dict.fromkeys(("id", "public_id", "dossier_id", "person_id", "made_at", "seen_at"), TOLD),
    "annotation": {
        "id": NUMBER,
        "public_id": "entries[].annotations[].id",
        "entry_id": FOLLOWS,
        "dossier_id": FOLLOWS,
        "section": FOLLOWS,
        "leefdomein": FOLLOWS,
        "kind": "entries[].annotations[].kind",
        "audience": "entries[].annotations[].audience",
        "author_id": "entries[].annotations[].author.person",
        "author_name": "entries[].annotations[].author.name",
        "created_at": "entries[].annotations[].created_at",
        "withdrawn": OUT + "follows from withdrawn_at (the table demands it)",
        "withdrawn_at": "entries[].annotations[].withdrawn_at",
        "outcome": "entries[].annotations[].outcome",
        "wish": "entries[].annotations[].wish",
        "answers_id": "entries[].annotations[].answers",
        "extended_at": "entries[].annotations[].extended_at",
        "extension": "entries[].annotations[].extension",
        "settled_at": "entries[].annotations[].settled_at",
    },
    "look_question": dict.fromkeys(
        ["line_id", "public_id", "asked_at", "asked_by", "words", "answered_at", "answered_by", "answered_name", "answer"], LOOKED
    ),
    "annotation_version": {
        "annotation_id": FOLLOWS,
        "number": "entries[].annotations[].versions[].number",
        **dict.fromkeys(("entry_id", "dossier_id", "section", "leefdomein", "audience", "withdrawn", "author_id"), FOLLOWS),
        "body": "entries[].annotations[].versions[].body",
        "quote": "entries[].annotations[].versions[].quote",
        "about_version": "entries[].annotations[].versions[].about_version",
        "sentences": "entries[].annotations[].versions[].sentences",
        "written_for": "entries[].annotations[].versions[].written_for",
        "found_by": STEMS,
        "created_at": "entries[].annotations[].versions[].created_at",
    },
    "concept": dict.fromkeys(
        [
            "id",
            "public_id",
            "dossier_id",
            "entry_id",
            "base_version",
            "author_id",
            "section",
            "leefdomein",
            "kind",
            "occurred_on",
            "title",
            "body",
            "reason",
            "discuss_first",
            "created_at",
            "saved_at",
        ],
        UNPLACED,
    ),
    "program_consent": dict.fromkeys(
        ["id", "dossier_id", "role_name", "sections", "given_at", "valid_until", "confirmed_at", "reminded_until", "withdrawn_at", "tell"],
        OUT + "a consent is to an agreement of this installation, which isn't there in another; the changes say that it was given",
    ),
    "program": dict.fromkeys(["role_name", "name", "purpose", "sections", "team_ids", "ended_on", "public_id", "ground"], PROGRAM),
    "read_log": {
        "id": NUMBER,
        "at": "read_lines[].at",
        "xid": OUT + "a number of this server, for the seals",
        "dossier_id": FOLLOWS,
        "entry_id": "read_lines[].entry",
        "what": "read_lines[].what",
        "shown": "read_lines[].shown",
        "shown_entries": "read_lines[].shown_entries",
        "reader_id": PERSON,
        "reader_name": "read_lines[].reader_name",
        "reader_role": "read_lines[].reader_role",
        "on_behalf_of": PERSON,
        "ground": "read_lines[].ground",
        "ground_detail": "read_lines[].ground_detail",
        "program": "read_lines[].program",
        "session_id": OUT + "a session of this installation",
    },
    "read_seal": dict.fromkeys(["id", "sealed_at", "horizon", "row_count", "rows_hash", "previous_hash", "hash"], SEAL),
    "read_seal_row": dict.fromkeys(["log_id", "seal_id", "position", "row_hash"], SEAL),
    "change_log": {
        "id": NUMBER,
        "at": "changes[].at",
        "dossier_id": FOLLOWS,
        "entry_id": "changes[].entry",
        "event": "changes[].event",
        "subject_id": OUT + "only in lines about staff and accounts, which belong to no dossier",
        "person_id": PERSON,
        "person_name": "changes[].person_name",
        "person_role": "changes[].person_role",
        "on_behalf_of": PERSON,
        "program": "changes[].program",
    },
    "imported_read_line": {
        "id": NUMBER,
        "dossier_id": FOLLOWS,
        "entry_id": "read_lines[].entry",
        **{
            name: f"read_lines[].{name}"
            for name in [
                "source",
                "at",
                "what",
                "shown",
                "shown_entries",
                "reader_name",
                "reader_role",
                "ground",
                "ground_detail",
                "program",
            ]
        },
    },
    "imported_change_line": {
        "id": NUMBER,
        "dossier_id": FOLLOWS,
        "entry_id": "changes[].entry",
        **{name: f"changes[].{name}" for name in ["source", "at", "event", "person_name", "person_role", "program"]},
    },
    "melding": dict.fromkeys(
        [
            "id",
            "public_id",
            "number",
            "received_at",
            "channel",
            "for_whom",
            "words",
            "signs",
            "reporter_role",
            "reporter_name",
            "reporter_organisation",
            "reporter_contact",
            "consent",
            "name",
            "age",
            "children_at_home",
            "postcode",
            "stadsdeel_id",
            "phone",
            "email",
            "address",
            "reach_ways",
            "reach_when",
            "safe_call",
            "safe_mail",
            "safe_post",
            "company",
            "language",
            "spoken",
            "interpreter",
            "urgency",
            "team_id",
            "staff_id",
            "entered_by",
            "source_hash",
            "dossier_id",
            "open",
            "stands_alone",
            "merged_into",
        ],
        ASKED,
    ),
    "melding_event": dict.fromkeys(["id", "melding_id", "at", "event", "value", "words", "staff_id"], ASKED),
    "melding_note": dict.fromkeys(["id", "melding_id", "at", "about", "value", "words", "staff_id", "version", "given_on"], ASKED),
    "melding_read": dict.fromkeys(["id", "melding_id", "at", "staff_id", "staff_name"], ASKED),
}


def live_columns(connection: psycopg.Connection[tuple[object, ...]]) -> set[tuple[str, str]]:
    rows = connection.execute(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relnamespace = 'casus'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    )
    return {(str(table), str(column)) for table, column in rows}


def listed() -> set[tuple[str, str]]:
    return {(table, column) for table, columns in COLUMNS.items() for column in columns}


def keys_of(part: dict[str, Any], form: dict[str, Any], path: str = "") -> Iterator[str]:
    """Every place in a case file where a value stands, such as ``entries[].versions[].title``."""
    if "$ref" in part:
        part = form["$defs"][part["$ref"].rpartition("/")[2]]
    if "properties" in part:
        for name, inner in part["properties"].items():
            yield from keys_of(inner, form, f"{path}.{name}" if path else name)
    elif "items" in part and (inner_path := list(keys_of(part["items"], form, f"{path}[]"))) != [f"{path}[]"]:
        yield from inner_path
    else:
        yield path


def test_every_column_has_a_line_and_every_line_a_column(database: PortalDatabase) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        live = live_columns(admin)
    assert sorted(live - listed()) == [], "columns without a line"
    assert sorted(listed() - live) == [], "lines without a column"


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE casus.entry ADD COLUMN nieuw text",
        "CREATE TABLE casus.nieuw (id int)",
        "ALTER TABLE casus.closure RENAME reason TO why",
    ],
)
def test_a_new_column_without_a_line_is_noticed(database: PortalDatabase, change: str) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute(change.encode())
        live = live_columns(admin)
        admin.rollback()
    assert live != listed()


def test_each_line_names_a_place_in_the_file_or_a_reason() -> None:
    form = schema("dossier")
    places = set(keys_of(form, form))
    named = {line for columns in COLUMNS.values() for line in columns.values() if not line.startswith(OUT)}
    assert named - places == set()
    assert all(len(line) > len(OUT) + 15 for columns in COLUMNS.values() for line in columns.values() if line.startswith(OUT))
    same = {f"professionals[].{name}" for name in ("first_name", "infix", "last_name")} | {
        f"inwoner.{name}" for name in ("first_name", "infix", "last_name")
    }
    # Which texts were agreed with follows from the proposals; the file says it for who reads it.
    assert places - named == {"format", "version", "plan.parts[].texts[].agreed", *same}, "what no column holds"
