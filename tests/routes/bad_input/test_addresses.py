"""Strange addresses: somebody else's, made up, or no address at all."""

from uuid import UUID, uuid4

import pytest

from tests.live import Live
from tests.routes.bad_input.desk import Desk, given_back, is_plain, reaction, same, written
from tests.routes.conftest import Browser, token_of


def test_somebody_elses_is_as_little_there_as_one_that_was_made_up(live: Live, desk: Desk, page: str) -> None:
    samer = desk.browser("inwoner", "samer")
    dossier, entry = page.split("/notitie/")
    own = live.dossier("Samer")
    pairs = [
        (dossier, f"/dossier/{uuid4()}"),
        (f"{dossier}/wie-keek-er", f"/dossier/{uuid4()}/wie-keek-er"),
        (page, f"/dossier/{uuid4()}/notitie/{uuid4()}"),
        # Somebody else's entry under one's own dossier.
        (f"{own}/notitie/{entry}", f"{own}/notitie/{uuid4()}"),
    ]
    for theirs, nobodys in pairs:
        real, made_up = samer.get(theirs), samer.get(nobodys)
        assert (real.status_code, made_up.status_code) == (404, 404)
        assert same(real, theirs) == same(made_up, nobodys)
        assert is_plain(real)


def test_somebody_elses_concept_is_not_there(live: Live, desk: Desk, femke: Browser) -> None:
    dossier = live.dossier("Iris")
    concept = desk.concept(femke, dossier)
    dirk = desk.browser("team", "dirk.kersten")
    assert dirk.get(dossier).status_code == 200
    nobodys = f"{dossier}/concept/{uuid4()}"
    real, made_up = dirk.get(concept), dirk.get(nobodys)
    assert (real.status_code, made_up.status_code) == (404, 404)
    assert same(real, concept) == same(made_up, nobodys)


def test_somebody_elses_member_of_staff_is_not_there(live: Live, desk: Desk) -> None:
    annelies = desk.browser("team", "annelies.groothuis")
    saskia = live.one("SELECT public_id FROM casus.person WHERE first_name = 'Saskia'")
    for page_of in ("", "/wijzigen", "/afwezig", "/startcode", "/uit-dienst"):
        theirs, nobodys = f"/medewerkers/{saskia}{page_of}", f"/medewerkers/{uuid4()}{page_of}"
        real, made_up = annelies.get(theirs), annelies.get(nobodys)
        assert (real.status_code, made_up.status_code) == (404, 404)
        assert same(real, theirs) == same(made_up, nobodys)


@pytest.mark.parametrize("malformed", ["1", "0", "-1", "abc", "../../etc/passwd", "%2e%2e", "7f4635ed", "'; DROP TABLE", "x" * 3000])
def test_what_is_no_id_at_all(iris: Browser, page: str, malformed: str) -> None:
    dossier = page.split("/notitie/")[0]
    for address in (f"/dossier/{malformed}", f"{dossier}/notitie/{malformed}", f"{dossier}/{malformed}"):
        answer = iris.get(address)
        assert answer.status_code == 404
        assert is_plain(answer)


@pytest.mark.parametrize("query", ["ouder=x", "ouder=%F0", "onderdeel=geheim", "leefdomein=-1", "klaar=<b>", "ouder=" + "9" * 3000])
def test_strange_questions_of_the_timeline(live: Live, iris: Browser, query: str) -> None:
    answer = iris.get(f"{live.dossier('Iris')}?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_going_on_from_somebody_elses_entry_tells_nothing(live: Live, iris: Browser) -> None:
    dossier = live.dossier("Iris")
    others = live.one(
        "SELECT public_id FROM casus.entry WHERE dossier_id <> (SELECT id FROM casus.dossier WHERE public_id = %s)", UUID(dossier[9:])
    )
    theirs, nobodys = f"{dossier}?ouder={others}", f"{dossier}?ouder={uuid4()}"
    assert same(iris.get(theirs), theirs) == same(iris.get(nobodys), nobodys)


def test_a_reaction_to_what_is_not_there_is_not_written_and_not_lost(live: Live, desk: Desk, page: str) -> None:
    samer = desk.browser("inwoner", "samer")
    token = token_of(samer.get(live.dossier("Samer")))
    before = written(live)
    for address in (f"{page}/reactie", f"{live.dossier('Samer')}/notitie/{uuid4()}/reactie"):
        answer = samer.post(address, reaction(), token)
        assert answer.status_code == 404
        assert is_plain(answer)
        assert given_back(answer)
    assert written(live) == before
