"""Figures of continuity on the team's face: counted without names, wishes against their term, and as many statements for many as for few."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from portal.choice.continuity import continuity
from portal.deadlines import WISH_ANSWER, due
from tests.routes.conftest import Town, words_of

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def wish(town: Town, dossier: object, team: int, sent: datetime, answered: datetime | None) -> None:
    """Somebody wished somebody else."""
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.wish (public_id, dossier_id, team_id, anybody, words, tell, meet, sent_at, answered_at)"
            " SELECT gen_random_uuid(), d.id, %s, true, '', 1, false, %s, %s FROM casus.dossier d WHERE d.public_id = %s",
            (team, sent, answered, dossier),
        )


def test_who_leads_sees_how_often_and_how_soon(town: Town) -> None:
    lead = town.staff("teamleider", name="Els")
    with town.admin() as admin:
        [[team]] = admin.execute("SELECT team_id FROM casus.staff WHERE person_id = %s", (lead.person_id,)).fetchall()
        admin.execute("DELETE FROM casus.wish_choice; DELETE FROM casus.wish")
    sent = NOW - timedelta(days=30)
    last = due(WISH_ANSWER, sent)
    for number, answered in enumerate((last - timedelta(seconds=1), last + timedelta(seconds=1), None)):
        person = town.person(name=f"Amal{number}")
        dossier = town.dossier(person)
        with town.admin() as admin:
            admin.execute("UPDATE casus.dossier SET team_id = %s WHERE public_id = %s", (team, dossier))
        wish(town, dossier, team, sent, answered)
    app = town.apps["team"]
    browser = town.signed_in(lead)
    page = words_of(browser.get("/continuiteit"))
    assert "Steeds dezelfde" in page
    assert "Wacht nog: 1." in page
    assert "Amal" not in page
    asked: list[str] = []
    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    browser.get("/continuiteit")
    figures = [one for one in asked if "helper_changes" in one or "wish_moments" in one]
    assert len(figures) == 2, "as many for three dossiers as for three thousand"


def test_a_wish_is_late_after_its_term_and_not_before(town: Town) -> None:
    sent = NOW - timedelta(days=30)
    last = due(WISH_ANSWER, sent)

    class Rows:
        """Answers as the database does."""

        def __init__(self) -> None:
            self.asked = 0

        def execute(self, *_given: object) -> list[Any]:
            """The first question is about changes, the second about wishes."""
            self.asked += 1
            moments = ((last - timedelta(seconds=1)), last, None)
            return [_Change()] if self.asked == 1 else [(1, sent, answered) for answered in moments] + [(1, NOW, None)]

    class _Change:
        team, team_name, changes, dossiers, own = 1, "Noord", 3, 2, None

    [one] = continuity(Rows(), NOW)  # type: ignore[arg-type]
    assert (one.in_time, one.late, one.waits) == (1, 2, 2)
    assert (one.all, one.changes, one.own) == (2, 6, None)


def test_days_off_are_planned_and_dropped_by_oneself(town: Town) -> None:
    worker, mate = town.staff(name="Kees"), town.staff(name="Riet")
    browser = town.signed_in(worker)
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    days = {"first_day": str(tomorrow), "last_day": str(tomorrow + timedelta(days=3)), "substitute": str(mate.public_id)}
    wrong = browser.send("/mijn-vrije-dagen", {**days, "last_day": str(tomorrow - timedelta(days=1))})
    assert wrong.status_code == 422
    assert "Deze dagen kunnen niet." in wrong.text
    assert days["first_day"] in wrong.text
    assert browser.send("/mijn-vrije-dagen", days).status_code == 303
    assert "Riet" in words_of(browser.get("/mijn-vrije-dagen")).split("Dagen toevoegen")[0]
    assert browser.send("/mijn-vrije-dagen/weghalen", {"day": str(tomorrow)}, page="/mijn-vrije-dagen").status_code == 303
    assert "Riet" not in words_of(browser.get("/mijn-vrije-dagen")).split("Dagen toevoegen")[0]
    again = browser.send("/mijn-vrije-dagen/weghalen", {"day": str(tomorrow)}, page="/mijn-vrije-dagen")
    assert "of ze zijn al weg" in words_of(browser.get(again.headers["Location"]))


def test_hours_are_said_by_who_works_there_and_summed_for_the_lead(town: Town) -> None:
    worker, lead = town.staff(name="Kees"), town.staff("teamleider", name="Els")
    first, second = (town.dossier(town.person(name=name), worker) for name in ("Amal", "Bo"))
    browser = town.signed_in(worker)
    assert "Amal" in words_of(browser.get("/mijn-uren"))
    wrong = browser.send("/mijn-uren", {"dossier": str(first), "hours": "veel"})
    assert wrong.status_code == 422
    assert "Vul een getal in van 0 tot en met 40." in wrong.text
    for dossier, hours in ((first, "4"), (second, "3"), (first, "5")):
        assert browser.send("/mijn-uren", {"dossier": str(dossier), "hours": hours}).status_code == 303
    assert "Samen 8" in words_of(browser.get("/mijn-uren"))
    page = words_of(town.signed_in(lead).get("/profielen"))
    assert "Kees" in page
    assert "uren per week: 8" in page.split("Kees", 1)[1]
    assert "Amal" not in page
