"""What stands beside an event (the number of an urgency, weeks, how somebody talked) is a code of ours: the inwoner never reads it as it is."""

import re

import pytest

from portal.intake.steps import Phase
from portal.paper_code import code_hash
from tests.routes.conftest import Browser, Person, Town, words_of

CODE = "zzzz-3333-zzzz-3333"
WHERE_TO_GO = {str(phase) for phase in (Phase.ADVICE, Phase.REFERRED, Phase.HANDED_OVER)}
"""Of these the value is who helps further, written for the inwoner by a person."""
AS_THEY_ARE = {
    "urgentie": ("1", "2", "3", "4"),
    "gesprek": ("telefoon", "huisbezoek", "kantoor", "stip", "beeldbellen"),
    "wachtlijst": ("1", "4"),
    "geholpen": ("ja", "nee"),
    "samengevoegd": ("M-0000-1111",),
    "dossier": ("12345",),
}


@pytest.fixture(scope="module")
def sam(town: Town) -> Person:
    """Somebody with a dossier, and a melding in it that CODE opens."""
    sam = town.person(name="Sam")
    dossier = town.dossier(sam)
    with town.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.melding (number, channel, for_whom, dossier_id, team_id, received_at)"
            " SELECT 'M-RUWE-WAAR', 'telefoon', 'zelf', id, %s, now() - interval '60 days' FROM casus.dossier WHERE public_id = %s RETURNING id",
            (town._team_ids["Noord"], dossier),
        ).fetchone()
        assert row
        admin.execute(
            "INSERT INTO portaal.melding_draft (code_hash, ciphertext, sent_at, melding_id) VALUES (%s, '', now(), %s)",
            (code_hash(CODE), row[0]),
        )
    return sam


@pytest.fixture(scope="module")
def pages(town: Town, sam: Person) -> list[tuple[Browser, str]]:
    """The own page with the code, and the start page of who is signed in."""
    stranger = town.browser("inwoner")
    assert stranger.send("/melding/code", {"code": CODE}).status_code == 303
    return [(stranger, "/melding/stand"), (town.signed_in(sam), "/")]


def happens(town: Town, event: str, value: str | None) -> None:
    """Only this happened, a month ago, after it came in."""
    with town.admin() as admin:
        admin.execute("DELETE FROM casus.melding_event")
        admin.execute("INSERT INTO casus.melding_event (melding_id, event, at) SELECT id, 'ontvangen', received_at FROM casus.melding")
        admin.execute(
            "INSERT INTO casus.melding_event (melding_id, event, value, at) SELECT id, %s, %s, now() - interval '30 days' FROM casus.melding",
            (event, value),
        )


def known_events(town: Town) -> list[str]:
    """Every word that the database knows for what can happen."""
    with town.admin() as admin:
        row = admin.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'melding_event_event_check'").fetchone()
    assert row
    return re.findall(r"'([a-z]+)'", row[0])


def test_what_stands_beside_an_event_is_not_on_the_pages(town: Town, pages: list[tuple[Browser, str]]) -> None:
    events = known_events(town)
    assert {"ontvangen", "urgentie", "gesprek", "wachtlijst", "onderzoek", "besluit"} < set(events)
    assert AS_THEY_ARE.keys() < set(events)
    for event in events:
        happens(town, event, "RUWEWAARDE")
        for browser, address in pages:
            page = browser.get(address)
            assert page.status_code == 200
            assert ("RUWEWAARDE" in page.text) == (event in WHERE_TO_GO), (event, address)


def test_a_real_code_changes_no_word_but_what_it_means(town: Town, pages: list[tuple[Browser, str]]) -> None:
    for event, values in AS_THEY_ARE.items():
        for browser, address in pages:
            happens(town, event, None)
            before = words_of(browser.get(address))
            for value in values:
                happens(town, event, value)
                added = _added(before, words_of(browser.get(address)))
                assert not re.search(rf"\b{value}\b", added), (event, value, address, added)


def _added(before: str, after: str) -> str:
    """The words that were not there before; dates and telephone numbers, which hold digits of their own, aside."""
    plain = re.sub(r"\b\d{1,2} [a-z]+ \d{4}\b|\b\d{3}-\d{7}\b", "", after)
    there = set(before.split())
    return " ".join(word for word in plain.split() if word not in there)
