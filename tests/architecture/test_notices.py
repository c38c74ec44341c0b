"""Every notice to an inwoner goes through one place, and is of a topic that one can switch off; or a reason stands here why it always comes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from portal.notices.models import Topic

ROOT = Path(__file__).resolve().parent.parent.parent
TELLS = "casus.tell_owner"
ALWAYS = {
    "casus.propose_ending": "that the help is to end must be known to whom it ends for, in time to say something of it (eis 63.5)",
    "casus.finish_ending": "the same, now that it ends",
    "acl.open_emergency": "who reads in an emergency is told to the inwoner, for their safety",
    "acl.mandate_stops": "somebody decided in the inwoner's name about who reads the dossier (AVG, article 12)",
    "acl.answer_withholding": "that something can't be read must be told (AVG, article 12, fourth paragraph)",
    "acl.tell_of_withholdings": "the same, once telling is no danger any more",
    "acl.end_withholding": "the same, and what was withheld can be read",
    "acl.answer_mandate": "somebody reads the whole dossier from then on, and may not be whom the inwoner thinks",
    "acl.end_mandate": "who acted for the inwoner no longer does",
}
PUTS_MAIL = {
    TELLS: "the one place",
    "portaal.queue_mail": "for the places below",
    "portaal.queue_letter": "for the places below",
    "portaal.confirm_melding": "to who asked for somebody else, who has no dossier here",
    "portaal.remind_of_steps": "to who reads along or works in the dossier, who has no dossier here to choose in",
    "portaal.write_to_person": "about a melding, before there is a dossier to choose in",
    "portaal.tell_sign_in_changed": "somebody else may have done it, who could switch it off as well",
}
PYTHON_PUTS_MAIL = {
    "portal/accounts/own_sign_in.py": "a code to an address, asked for a moment ago",
    "portal/door/team_routes.py": "a start code, which is asked for",
}
_HEAD = re.compile(r"^CREATE FUNCTION ([a-z_.]+)\(", re.MULTILINE)
_TELLS = re.compile(re.escape(TELLS) + r"\([^;]*?,\s*(NULL|'[a-z]+')\)")
_PUTS = re.compile(r"(?:PERFORM|SELECT) portaal\.queue_(?:mail|letter)\(|INSERT INTO portaal\.(?:outbox|letter)\b")


def bodies() -> Iterator[tuple[str, str]]:
    """Each SQL function of ours with its text."""
    for path in sorted((ROOT / "migrations" / "rls").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        for head in _HEAD.finditer(text):
            yield head[1], text[head.end() :].split("END $$;")[0]


def told() -> Iterator[tuple[str, str | None]]:
    """Each call with the function it stands in and its topic."""
    for name, body in bodies():
        calls = _TELLS.findall(body)
        assert body.count(f"{TELLS}(") == len(calls), f"{name} says no topic in plain words"
        yield from ((name, None if topic == "NULL" else topic.strip("'")) for topic in calls)


def test_a_notice_has_a_topic_or_a_reason_why_it_always_comes() -> None:
    assert {name for name, topic in told() if topic is None} == set(ALWAYS)
    assert {topic for _name, topic in told() if topic is not None} == {topic.value for topic in Topic}


def test_nothing_goes_to_an_inwoner_past_the_one_place() -> None:
    assert {name for name, body in bodies() if _PUTS.search(body)} == set(PUTS_MAIL)


def test_the_program_itself_sends_only_what_was_asked_for_a_moment_ago() -> None:
    found = set()
    for path in (ROOT / "portal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("queue_mail", "queue_letter"):
                found.add(str(path.relative_to(ROOT)))
    assert found == set(PYTHON_PUTS_MAIL)
