"""Counting meldingen: who may, which come out, and that nothing of anybody does."""

from typing import Any

from tests.access.hired import ADMIN, LEAD, WORKER
from tests.access.stage import Stage, scenario
from tests.access.world import PEOPLE

FACE = "web_team"
ASK = "SELECT * FROM casus.melding_figures('2026-06-01 00:00+02')"
ENDS = ("gestart", "advies", "doorverwezen", "overgedragen", "geweigerd", "samengevoegd", "opzij")


def came_in(stage: Stage, number: int, moment: str, *events: str, team: int | None = 1) -> None:
    """A melding with its events, a day after one another; those of the same day stand in the order of their number."""
    stage.given(
        "INSERT INTO casus.melding (id, number, received_at, channel, for_whom, name, words, phone, team_id)"
        " OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, 'telefoon', 'zelf', 'Iemand', 'Dit is van mij.', '0600000000', %s)",
        -number, f"M-AAAA-{number:04}", moment, team,
    )  # fmt: skip
    for day, event in enumerate(("ontvangen", "bevestigd", *events)):
        stage.given(
            "INSERT INTO casus.melding_event (melding_id, at, event, words) VALUES (%s, %s::timestamptz + %s * interval '1 day', %s, 'Dit weet u.')",
            -number, moment, max(0, day - 1), event,
        )  # fmt: skip


def asked(stage: Stage) -> list[tuple[Any, ...]]:
    return stage.ask(FACE, ASK + " ORDER BY received_at, events", who=WORKER)


@scenario
def everybody_who_works_here_may_count_and_nobody_else(stage: Stage) -> None:
    came_in(stage, 1, "2026-06-10 12:00+02")
    for who in (WORKER, LEAD, ADMIN):
        assert len(stage.ask(FACE, ASK, who=who)) == 1, who
    for name in ("owner", "grant whole", "mandate"):
        assert stage.ask(FACE, ASK, who=PEOPLE[name]) == [], name
    assert stage.ask(FACE, ASK) == []
    assert stage.refusal("web_inwoner", ASK, who=PEOPLE["owner"]) == "42501"


@scenario
def of_every_team_come_moments_and_nothing_of_anybody(stage: Stage) -> None:
    came_in(stage, 1, "2026-06-10 12:00+02", "gesprek", "gestart")
    came_in(stage, 2, "2026-06-11 12:00+02", team=2)
    came_in(stage, 3, "2026-06-12 12:00+02", team=None)
    rows = asked(stage)
    teams = [*stage.seen("SELECT public_id, name FROM casus.team WHERE id IN (1, 2) ORDER BY id"), (None, None)]
    assert [row[:2] for row in rows] == teams
    assert rows[0][3] == ["ontvangen", "bevestigd", "gesprek", "gestart"]
    assert [moment - rows[0][2] for moment in rows[0][4]] == stage.value("SELECT ARRAY['0', '0', '1 day', '2 days']::interval[]")
    assert "Iemand" not in str(rows)
    assert "van mij" not in str(rows)
    assert "weet u" not in str(rows)


@scenario
def what_came_in_before_counts_only_when_it_may_wait(stage: Stage) -> None:
    came_in(stage, 1, "2026-06-01 00:00+02", "gestart")  # at the very moment
    came_in(stage, 2, "2026-05-31 23:59:59+02", "gestart")
    assert [row[3][-1] for row in asked(stage)] == ["gestart"]
    came_in(stage, 3, "2024-01-10 12:00+01", "gesprek", "wachtlijst")
    came_in(stage, 4, "2024-01-11 12:00+01", "advies", "heropend")
    for number, event in enumerate(ENDS, start=5):
        came_in(stage, number, "2024-01-12 12:00+01", event)
    assert [row[3][-1] for row in asked(stage)] == ["wachtlijst", "heropend", "gestart"]
