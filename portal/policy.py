"""Who may do what: one enum, one map, pure predicates. What is not in the map is refused.

PostgreSQL decides the same by itself (migrations/rls); here the answer serves routes, buttons and explanations.
tests/access/matrix.py tests both from one hand-written list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import abort, g

from portal.actor import Actor, Kind


class Permission(StrEnum):
    """Everything that can be asked for. A route declares exactly one."""

    OPEN = "open"
    SIGNED_IN = "signed_in"
    SEE_START = "see_start"
    READ_DOSSIER = "read_dossier"
    READ_PARTICULARS = "read_particulars"
    REACT = "react"
    OPEN_NOW = "open_now"
    ASK = "ask"
    ASK_DESTRUCTION = "ask_destruction"
    ANSWER = "answer"
    SEE_QUESTIONS = "see_questions"
    ANSWER_LOOKS = "answer_looks"
    READ_LOG = "read_log"
    WRITE_DIARY = "write_diary"
    ADD_DOCUMENT = "add_document"
    CHANGE_DOCUMENT = "change_document"
    SEE_WHO_CAN_READ = "see_who_can_read"
    SHARE = "share"
    SEE_CASELOAD = "see_caseload"
    WRITE_ENTRY = "write_entry"
    MANAGE_STAFF = "manage_staff"
    OPEN_DOSSIER = "open_dossier"
    ARRANGE_SIGN_IN = "arrange_sign_in"
    HELP_SIGN_IN = "help_sign_in"
    SCREEN = "screen"
    DO_POST = "do_post"
    SEE_FIGURES = "see_figures"
    CLOSE_ENTRY = "close_entry"
    PREVIEW = "preview"
    PAUSE = "pause"
    PAUSE_FOR = "pause_for"
    TAKE_ALONG = "take_along"
    CHOOSE_NOTICES = "choose_notices"
    OPEN_EMERGENCY = "open_emergency"
    REVIEW_EMERGENCY = "review_emergency"
    TAKE_OUT = "take_out"
    REPAIR = "repair"
    WITHHOLD = "withhold"
    CONFIRM_WITHHOLDING = "confirm_withholding"
    WRITE_MESSAGE = "write_message"
    ANSWER_MESSAGE = "answer_message"
    ARRANGE_MANDATE = "arrange_mandate"
    CONFIRM_MANDATE = "confirm_mandate"
    SEE_MANDATES = "see_mandates"
    SEE_LOG_FOR = "see_log_for"
    SHARE_FOR = "share_for"
    READ_PLAN = "read_plan"
    WRITE_PLAN = "write_plan"
    SHARE_PLAN = "share_plan"
    ORDER_PLAN = "order_plan"
    STEP_PLAN = "step_plan"
    AGREE_PLAN = "agree_plan"
    RECORD_PLAN = "record_plan"
    PROPOSE_PLAN = "propose_plan"
    REMARK_PLAN = "remark_plan"
    ANSWER_REMARK = "answer_remark"
    JOIN_PLAN = "join_plan"
    SEE_PRESSURE = "see_pressure"
    FLAG_PRESSURE = "flag_pressure"
    LEAVE = "leave"
    READ_EVALUATION = "read_evaluation"
    PLAN_EVALUATION = "plan_evaluation"
    ASK_ALONG = "ask_along"
    LOOK_BACK = "look_back"
    SEE_ENDING = "see_ending"
    END_HELP = "end_help"
    AGREE_ENDING = "agree_ending"
    ANSWER_ENDING = "answer_ending"
    COME_BACK = "come_back"
    TAKE_BACK = "take_back"
    SEE_HELPERS = "see_helpers"
    CHOOSE_HELPER = "choose_helper"
    ANSWER_WISH = "answer_wish"
    GIVE_HELPER = "give_helper"
    WRITE_PROFILE = "write_profile"
    PLACE_PROFILE = "place_profile"
    PLAN_ABSENCE = "plan_absence"
    CHANGE_PARTICULARS = "change_particulars"
    AGREE_PARTICULARS = "agree_particulars"
    OPEN_OTHER_DOSSIER = "open_other_dossier"
    SEE_HANDOVER = "see_handover"
    HAND_OVER = "hand_over"
    ANSWER_HANDOVER = "answer_handover"
    WITHDRAW_HANDOVER = "withdraw_handover"


class Relation(StrEnum):
    """What the actor is to a dossier, as acl.relation says."""

    INWONER = "inwoner"
    VERTEGENWOORDIGER = "vertegenwoordiger"
    NAASTE = "naaste"
    PROFESSIONAL = "professional"
    WAARNEMER = "waarnemer"


@dataclass(frozen=True)
class Asked:
    """The question: by whom, and in which relation to the dossier it is about (None: about no dossier).

    ``named`` is what a vertegenwoordiger's mandate names besides the dossier itself: "log", "sharing" (acl.mandate_names); and what
    a naaste is invited to in the plan: "plan", what goes with the role, and "looks_back" when asked along to look back
    (portal.plan.queries.invited_to).
    """

    actor: Actor | None
    relation: Relation | None = None
    named: frozenset[str] = frozenset()

    def is_kind(self, *kinds: Kind) -> bool:
        """Whether somebody asks, as one of these."""
        return self.actor is not None and self.actor.kind in kinds


# The inwoner self, and nobody who represents them.
_INWONER = {(Kind.INWONER, Relation.INWONER)}
_MANDATE = {(Kind.VERTEGENWOORDIGER, Relation.VERTEGENWOORDIGER)}
_OWNER = _INWONER | _MANDATE
_TEAM = {(kind, relation) for kind in (Kind.PROFESSIONAL, Kind.TEAMLEIDER) for relation in (Relation.PROFESSIONAL, Relation.WAARNEMER)}
_GUEST = {(Kind.NAASTE, Relation.NAASTE)}


def _pair(*allowed: set[tuple[Kind, Relation]]) -> Callable[[Asked], bool]:
    pairs = frozenset().union(*allowed)
    return lambda asked: asked.actor is not None and asked.relation is not None and (asked.actor.kind, asked.relation) in pairs


def _named(what: str, *holders: set[tuple[Kind, Relation]]) -> Callable[[Asked], bool]:
    holds = _pair(*holders)
    return lambda asked: holds(asked) and what in asked.named


def _either(*rules: Callable[[Asked], bool]) -> Callable[[Asked], bool]:
    return lambda asked: any(rule(asked) for rule in rules)


def _kinds(*kinds: Kind) -> Callable[[Asked], bool]:
    return lambda asked: asked.is_kind(*kinds)


_ON_THE_TEAM = (Kind.PROFESSIONAL, Kind.TEAMLEIDER)

ALLOWED: Mapping[Permission, Callable[[Asked], bool]] = {
    Permission.OPEN: lambda _asked: True,
    Permission.SIGNED_IN: lambda asked: asked.actor is not None,
    Permission.SEE_START: _kinds(Kind.INWONER, Kind.VERTEGENWOORDIGER, Kind.NAASTE),
    Permission.READ_DOSSIER: _pair(_OWNER, _TEAM, _GUEST),
    Permission.READ_PARTICULARS: _pair(_OWNER, _TEAM),
    Permission.REACT: _pair(_OWNER),
    Permission.OPEN_NOW: _pair(_OWNER),
    Permission.ASK: _pair(_OWNER),
    # No law lets anybody else ask it for an adult inwoner who can ask it, and what is gone doesn't come back.
    Permission.ASK_DESTRUCTION: _pair(_INWONER),
    Permission.ANSWER: _pair(_TEAM),
    Permission.SEE_QUESTIONS: _kinds(*_ON_THE_TEAM, Kind.BEHEERDER),
    Permission.ANSWER_LOOKS: _kinds(Kind.TEAMLEIDER, Kind.BEHEERDER),
    # It tells of the diary and of what is closed; who represents the inwoner has SEE_LOG_FOR.
    Permission.READ_LOG: _pair(_INWONER),
    # Nobody who acts for the inwoner writes or reads the diary.
    Permission.WRITE_DIARY: _pair({(Kind.INWONER, Relation.INWONER)}),
    Permission.ADD_DOCUMENT: _pair(_INWONER, _TEAM),
    # Who reads the own document, and whether it stays.
    Permission.CHANGE_DOCUMENT: _pair(_INWONER),
    Permission.SEE_WHO_CAN_READ: _pair(_OWNER, _TEAM),
    # A vertegenwoordiger lets nobody in in the inwoner's place, and takes away only with SHARE_FOR.
    Permission.SHARE: _pair({(Kind.INWONER, Relation.INWONER)}),
    Permission.SEE_CASELOAD: _kinds(*_ON_THE_TEAM),
    Permission.WRITE_ENTRY: _pair(_TEAM),
    Permission.DO_POST: _kinds(*_ON_THE_TEAM),
    Permission.MANAGE_STAFF: _kinds(Kind.TEAMLEIDER, Kind.BEHEERDER),
    Permission.OPEN_DOSSIER: _kinds(*_ON_THE_TEAM),
    Permission.ARRANGE_SIGN_IN: _pair(_TEAM),
    Permission.HELP_SIGN_IN: _kinds(*_ON_THE_TEAM),
    Permission.SCREEN: _kinds(*_ON_THE_TEAM),
    Permission.SEE_FIGURES: _kinds(*_ON_THE_TEAM, Kind.BEHEERDER),
    Permission.CLOSE_ENTRY: _pair(_INWONER),
    Permission.PREVIEW: _pair(_INWONER),
    Permission.PAUSE: _pair(_INWONER),
    Permission.PAUSE_FOR: _pair(_TEAM),
    Permission.TAKE_ALONG: _pair(_INWONER),
    Permission.CHOOSE_NOTICES: _pair(_INWONER),
    Permission.OPEN_EMERGENCY: _pair(_TEAM),
    Permission.REVIEW_EMERGENCY: _kinds(Kind.TEAMLEIDER),
    Permission.TAKE_OUT: _pair(_TEAM),
    Permission.REPAIR: _kinds(*_ON_THE_TEAM),
    Permission.WITHHOLD: _pair(_TEAM),
    Permission.CONFIRM_WITHHOLDING: _kinds(*_ON_THE_TEAM),
    # Between the inwoner and who works in the dossier: nobody who represents the inwoner or reads along.
    Permission.WRITE_MESSAGE: _pair(_INWONER),
    Permission.ANSWER_MESSAGE: _pair(_TEAM),
    Permission.ARRANGE_MANDATE: _pair(_TEAM),
    Permission.CONFIRM_MANDATE: _kinds(*_ON_THE_TEAM),
    # Nobody sees or ends what the own mandate rests on.
    Permission.SEE_MANDATES: _pair(_INWONER, _TEAM),
    Permission.SEE_LOG_FOR: _named("log", _MANDATE),
    Permission.SHARE_FOR: _named("sharing", _MANDATE),
    # Which parts, PostgreSQL says.
    Permission.READ_PLAN: _pair(_OWNER, _TEAM, _GUEST),
    Permission.WRITE_PLAN: _either(_pair(_OWNER, _TEAM), _named("plan_write", _GUEST)),
    Permission.PROPOSE_PLAN: _pair(_OWNER, _TEAM),
    Permission.SHARE_PLAN: _pair(_INWONER),
    # Nobody begins or ends a household plan in the inwoner's place, or reads what its members show one another.
    Permission.JOIN_PLAN: _pair(_INWONER),
    Permission.ORDER_PLAN: _pair(_OWNER),
    # Who reads along does so for an action of their own.
    Permission.STEP_PLAN: _pair(_OWNER, _TEAM, _GUEST),
    Permission.AGREE_PLAN: _pair(_OWNER),
    # Beside a part that they read, by who is invited to think along.
    Permission.REMARK_PLAN: _named("plan_remark", _GUEST),
    Permission.ANSWER_REMARK: _pair(_OWNER, _TEAM),
    # Drang and dwang (eis 11.6).
    Permission.SEE_PRESSURE: _pair(_OWNER, _TEAM),
    Permission.FLAG_PRESSURE: _pair(_TEAM),
    # What the inwoner said on paper or aloud.
    Permission.RECORD_PLAN: _pair(_TEAM),
    # Who reads along may stop by themselves.
    Permission.LEAVE: _pair(_GUEST),
    Permission.READ_EVALUATION: _pair(_OWNER, _TEAM),
    Permission.PLAN_EVALUATION: _pair(_OWNER, _TEAM),
    # Nobody asks people along in the inwoner's place (R146).
    Permission.ASK_ALONG: _pair(_INWONER),
    Permission.SEE_ENDING: _pair(_OWNER, _TEAM),
    Permission.END_HELP: _pair(_TEAM),
    # Early, for a weighty reason: a second one looks (R271).
    Permission.AGREE_ENDING: _kinds(Kind.TEAMLEIDER),
    Permission.ANSWER_ENDING: _pair(_OWNER),
    Permission.COME_BACK: _pair(_OWNER),
    Permission.TAKE_BACK: _kinds(*_ON_THE_TEAM),
    Permission.SEE_HELPERS: _pair(_OWNER),
    Permission.CHOOSE_HELPER: _pair(_OWNER),
    Permission.ANSWER_WISH: _kinds(*_ON_THE_TEAM),
    Permission.GIVE_HELPER: _kinds(Kind.TEAMLEIDER),
    Permission.PLAN_ABSENCE: _kinds(*_ON_THE_TEAM),
    Permission.CHANGE_PARTICULARS: _pair(_TEAM),
    Permission.AGREE_PARTICULARS: _kinds(*_ON_THE_TEAM),
    Permission.OPEN_OTHER_DOSSIER: _kinds(Kind.INWONER),
    Permission.SEE_HANDOVER: _pair(_OWNER, _TEAM),
    Permission.HAND_OVER: _pair(_TEAM),
    # What goes along is for the inwoner to say (R171).
    Permission.ANSWER_HANDOVER: _pair(_OWNER),
    Permission.WITHDRAW_HANDOVER: _pair(_OWNER, _TEAM),
    Permission.WRITE_PROFILE: _kinds(*_ON_THE_TEAM),
    Permission.PLACE_PROFILE: _kinds(Kind.TEAMLEIDER, Kind.BEHEERDER),
    Permission.LOOK_BACK: _either(_pair(_OWNER, _TEAM), _named("looks_back", _GUEST)),
}

# Permissions about a dossier: a route that declares one is given the dossier, or answers "not found".
ABOUT_A_DOSSIER = frozenset(
    {
        Permission.READ_DOSSIER,
        Permission.READ_PARTICULARS,
        Permission.REACT,
        Permission.OPEN_NOW,
        Permission.ASK,
        Permission.ASK_DESTRUCTION,
        Permission.ANSWER,
        Permission.READ_LOG,
        Permission.WRITE_DIARY,
        Permission.ADD_DOCUMENT,
        Permission.CHANGE_DOCUMENT,
        Permission.SEE_WHO_CAN_READ,
        Permission.SHARE,
        Permission.WRITE_ENTRY,
        Permission.ARRANGE_SIGN_IN,
        Permission.CLOSE_ENTRY,
        Permission.PREVIEW,
        Permission.PAUSE,
        Permission.PAUSE_FOR,
        Permission.TAKE_ALONG,
        Permission.CHOOSE_NOTICES,
        Permission.OPEN_EMERGENCY,
        Permission.TAKE_OUT,
        Permission.WITHHOLD,
        Permission.WRITE_MESSAGE,
        Permission.ANSWER_MESSAGE,
        Permission.ARRANGE_MANDATE,
        Permission.SEE_MANDATES,
        Permission.SEE_LOG_FOR,
        Permission.SHARE_FOR,
        Permission.READ_PLAN,
        Permission.WRITE_PLAN,
        Permission.SHARE_PLAN,
        Permission.ORDER_PLAN,
        Permission.STEP_PLAN,
        Permission.AGREE_PLAN,
        Permission.RECORD_PLAN,
        Permission.PROPOSE_PLAN,
        Permission.REMARK_PLAN,
        Permission.ANSWER_REMARK,
        Permission.JOIN_PLAN,
        Permission.SEE_PRESSURE,
        Permission.FLAG_PRESSURE,
        Permission.LEAVE,
        Permission.READ_EVALUATION,
        Permission.PLAN_EVALUATION,
        Permission.ASK_ALONG,
        Permission.LOOK_BACK,
        Permission.SEE_ENDING,
        Permission.END_HELP,
        Permission.ANSWER_ENDING,
        Permission.COME_BACK,
        Permission.SEE_HELPERS,
        Permission.CHOOSE_HELPER,
        Permission.CHANGE_PARTICULARS,
        Permission.SEE_HANDOVER,
        Permission.HAND_OVER,
        Permission.ANSWER_HANDOVER,
        Permission.WITHDRAW_HANDOVER,
    }
)


def allows(permission: Permission, asked: Asked) -> bool:
    """Whether this may be done. Unknown permission: no."""
    rule = ALLOWED.get(permission)
    return rule is not None and rule(asked)


def asked() -> Asked:
    """The question of this request: this actor, in this relation to the dossier it is about."""
    return Asked(g.actor, g.relation, g.named)


def require(permission: Permission, asked: Asked) -> None:
    """Stops the request unless it may be done: "not found" about a dossier (it leaves no trace), else 403."""
    if allows(permission, asked):
        return
    abort(404 if permission in ABOUT_A_DOSSIER else 403)


View = TypeVar("View", bound=Callable[..., Any])


def permission(wanted: Permission) -> Callable[[View], View]:
    """Declares what a view asks for. app.py refuses to start with a view that declares nothing."""

    def declare(view: View) -> View:
        view.portal_permission = wanted  # type: ignore[attr-defined]
        return view

    return declare
