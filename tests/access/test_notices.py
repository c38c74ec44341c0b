"""Whether a notice goes, and how: every topic, choice, address and kind of safety, against the rule as one would say it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from portal.notices.models import Topic, Way
from tests.access.conftest import Access
from tests.access.hired import account
from tests.access.stage import Row, Stage

TOPICS = (None, *Topic)
SAFETIES = ("ja", "nee", "kijk")


@dataclass(frozen=True)
class Case:
    """An inwoner, and what is known of them. ``safe_mail`` and ``safe_post``: ja, nee, or kijk, which somebody has to look at first."""

    topic: Topic | None
    chosen: Way | None
    mail: bool
    street: bool
    safe_mail: str
    safe_post: str
    language: str


def expected(case: Case) -> tuple[str | None, bool]:
    """By mail or letter, or not at all; and whether it may go without a person in between."""
    way = case.chosen or Way.MAIL
    if case.topic is None:
        way = Way.MAIL if case.mail else Way.LETTER
    if way is Way.NONE or (way is Way.MAIL and not case.mail):
        return None, False
    if way is Way.MAIL:
        return "mail", case.safe_mail == "ja"
    return "letter", case.street and case.safe_post == "ja"


def cases() -> Iterator[Case]:
    """Every combination; the languages take turns. What only a person can weigh ("kijk") is said of a dossier, so of both ways."""
    safe = [both for both in itertools.product(SAFETIES, SAFETIES) if both.count("kijk") in (0, 2) or "nee" in both]
    languages = itertools.cycle(("nl", "en", "ar"))
    for topic, chosen, mail, street, (safe_mail, safe_post) in itertools.product(TOPICS, (None, *Way), (True, False), (True, False), safe):
        yield Case(topic, chosen, mail, street, safe_mail, safe_post, next(languages))


@pytest.fixture
def stage(access: Access) -> Iterator[Stage]:
    with psycopg.connect(access.database.admin_dsn) as connection:
        yield Stage(connection, access.database.keys)
        connection.rollback()


def arrange(stage: Stage, case: Case) -> None:
    """Person 1, with everything else taken away."""
    stage.given(
        "UPDATE portaal.account SET email = %s, language = %s WHERE person_id = 1 AND face = 'inwoner'",
        "a@b.nl" if case.mail else None,
        case.language,
    )
    stage.given("UPDATE casus.address SET protected = %s WHERE person_id = 1", not case.street)
    stage.given("UPDATE casus.inwoner SET safe_contact = %s WHERE person_id = 1", "x" if "kijk" in (case.safe_mail, case.safe_post) else "")
    stage.given(
        "UPDATE casus.melding SET safe_mail = %s, safe_post = %s WHERE number = 'M-VEIL-PROF'",
        case.safe_mail != "nee",
        case.safe_post != "nee",
    )
    stage.given("DELETE FROM portaal.notice_choice")
    if case.chosen is not None and case.topic is not None:
        stage.given("INSERT INTO portaal.notice_choice (dossier_id, topic, way) VALUES (1, %s, %s)", case.topic, case.chosen)


def outcome(stage: Stage, case: Case) -> list[Row]:
    """What stands ready after telling: how, in which language, and whether it may go."""
    stage.given("DELETE FROM portaal.outbox")
    stage.given("DELETE FROM portaal.letter")
    stage.given("SELECT casus.tell_owner(1, %s)", case.topic)
    return stage.seen(
        "SELECT 'mail', o.language, portaal.mail_may_go(o) FROM portaal.outbox o UNION ALL"
        " SELECT 'letter', l.language, portaal.letter_may_go(l) FROM portaal.letter l"
    )


def test_a_notice_comes_as_chosen_where_it_is_safe_in_the_own_language(stage: Stage) -> None:
    _one_inwoner(stage)
    count = 0
    for case in cases():
        arrange(stage, case)
        way, may_go = expected(case)
        assert outcome(stage, case) == ([(way, case.language, may_go)] if way else []), case
        count += 1
    assert count == 6 * 4 * 2 * 2 * 9 - 6 * 4 * 2 * 2 * 2


def test_a_dossier_out_of_sight_tells_nothing_whatever_was_chosen(stage: Stage) -> None:
    _one_inwoner(stage)
    stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
    for case in cases():
        if case.safe_mail == case.safe_post == "ja":
            arrange(stage, case)
            assert outcome(stage, case) == [], case


def test_what_waits_goes_nowhere_once_the_dossier_is_out_of_sight(stage: Stage) -> None:
    _one_inwoner(stage)
    for case in cases():
        if expected(case)[1]:
            arrange(stage, case)
            [(_way, _language, before)] = outcome(stage, case)
            assert before
            stage.given("INSERT INTO casus.pause (dossier_id, way, began_by) VALUES (1, 'portaal', 1)")
            [after] = stage.seen(
                "SELECT coalesce((SELECT portaal.mail_may_go(o) FROM portaal.outbox o), (SELECT portaal.letter_may_go(l) FROM portaal.letter l))"
            )
            assert after == (False,), case
            stage.given("DELETE FROM casus.pause WHERE dossier_id = 1")


def _one_inwoner(stage: Stage) -> None:
    account(stage, 1, "inwoner")
    stage.given("DELETE FROM casus.address WHERE person_id = 1")
    stage.given("INSERT INTO casus.address (person_id, street, postcode) VALUES (1, 'Proefweg 1', '6511 AA')")
    stage.given("UPDATE casus.melding SET safe_mail = NULL, safe_post = NULL WHERE dossier_id = 1")
    stage.given(
        "INSERT INTO casus.melding (number, channel, for_whom, dossier_id, received_at) VALUES ('M-VEIL-PROF', 'telefoon', 'zelf', 1, now())"
    )
