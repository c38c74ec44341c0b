"""Floor may read her sister's entries about safety. Of everything else she finds no trace."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys.steps import heading, sees, sees_not
from tests.live import Live, People

HERS = {
    "Multidisciplinair overleg veiligheid",
    "Partner aan de balie van de praktijk",
    "Opschaling: besluit over de komende week",
}


def _what_is_there(page: Page, url: str) -> tuple[int, str, str]:
    """Status, headers and page, without what differs between any two answers."""
    answer = page.goto(url)
    assert answer
    headers = {
        name: value
        for name, value in answer.all_headers().items()
        if name not in ("date", "content-security-policy", "x-padding", "content-length", "x-session-left")
    }
    text = re.sub(r'((nonce|csrf_token" value|data-seconds)="|ingelogd tot )[^"<]*', "", answer.text())
    return answer.status, str(sorted(headers.items())), text.replace(url, "")


def test_floor_reads_what_is_about_safety_and_nothing_else(live: Live, person: People, javascript: bool) -> None:
    dossier = live.dossier("Iris")
    floor = person("inwoner", "floor", javascript=javascript)
    heading(floor, "Welkom")
    floor.get_by_role("link", name="Dossier van Iris Bouwman").click()
    heading(floor, "Dossier van Iris Bouwman")
    assert set(floor.locator(".timeline__title").all_inner_texts()) == HERS
    # Nothing says that there is more: no count, no closed entry, no log.
    sees_not(floor, "Wie keek er", "niet laten zien", "Ouder", "Femke Nas")
    floor.get_by_role("link", name="Partner aan de balie van de praktijk").click()
    sees(floor, "Veiligheid")
    expect(floor.get_by_label("Uw reactie")).to_have_count(0)

    made_up = _what_is_there(floor, f"{dossier}/notitie/{uuid4()}")
    assert made_up[0] == 404
    others = live.rows(
        "SELECT v.title, e.public_id FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id"
        " JOIN casus.entry_version v ON v.entry_id = e.id AND v.number = 1 WHERE %s LIKE '%%' || d.public_id",
        dossier,
    )
    assert len(others) == 22
    closed = [(title, entry) for title, entry in others if title not in HERS]
    assert len(closed) == 19
    for title, entry in closed:
        assert _what_is_there(floor, f"{dossier}/notitie/{entry}") == made_up, title
    for page in ("wie-keek-er", f"notitie/{closed[0][1]}/reactie"):
        assert _what_is_there(floor, f"{dossier}/{page}") == made_up

    # Somebody else's dossier is no more there than one that was made up.
    assert _what_is_there(floor, live.dossier("Samer")) == _what_is_there(floor, f"/dossier/{uuid4()}")
