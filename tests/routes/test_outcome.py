"""What came of a melding, and how the person hears of it."""

from typing import Any
from uuid import UUID

import pytest

from tests.routes.conftest import Browser, Person, Town, words_of
from tests.routes.test_screening import OUTCOMES, put_in


@pytest.fixture(scope="module")
def worker(town: Town) -> Person:
    return town.staff(name="Daan")


@pytest.fixture
def daan(town: Town, worker: Person) -> Browser:
    return town.signed_in(worker)


def queued(town: Town, melding: UUID) -> list[tuple[Any, ...]]:
    """The mails and letters about it: which text, and the address."""
    with town.admin() as admin:
        return admin.execute(
            "SELECT p.template, p.address FROM (SELECT template, address, melding_id FROM portaal.outbox"
            " UNION ALL SELECT template, array_to_string(to_lines, '; '), melding_id FROM portaal.letter) p"
            " JOIN casus.melding m ON m.id = p.melding_id WHERE m.public_id = %s",
            (melding,),
        ).fetchall()


HOW: dict[str, tuple[dict[str, Any], str]] = {
    "by mail": ({"email": "sam@voorbeeld.nl", "reach_ways": ["mail"], "address": "Proefweg 1"}, "sam@voorbeeld.nl"),
    "by letter": ({"reach_ways": ["bellen"], "address": "Proefweg 1, 6541 AB Nijmegen"}, "Proefweg 1; 6541 AB Nijmegen"),
    "by letter, as mailing is not safe": ({"email": "sam@voorbeeld.nl", "reach_ways": ["mail"], "safe_mail": False, "address": "Proefweg 1"}, "Proefweg 1"),
    "by a person": ({"phone": "0612345678", "reach_ways": ["bellen"]}, ""),
}  # fmt: skip


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("what", OUTCOMES)
def test_whoever_gets_an_answer_hears_that_there_is_one(town: Town, daan: Browser, what: str, how: str) -> None:
    columns, address = HOW[how]
    melding = put_in(town, **columns)
    assert daan.send(f"/meldingen/{melding}/{what}", OUTCOMES[what][0]).status_code == 303
    assert queued(town, melding) == [("melding_antwoord", address)]


@pytest.mark.parametrize(("safe", "said"), [(None, "Bel, of vertel het in een gesprek."), (False, "Bel niet: dat is ook niet veilig.")])
def test_where_no_letter_may_come_somebody_tells_it(town: Town, daan: Browser, safe: bool | None, said: str) -> None:
    melding = put_in(town, name=f"Sam {safe}", address="Proefweg 1", safe_post=False, safe_call=safe, reach_ways=["brief"])
    daan.send(f"/meldingen/{melding}/advies", {"told": "Ga naar de Stip."})
    page = words_of(daan.get("/post"))
    _before, task = page.split(f"Sam {safe}", 1)
    assert task.index("Een brief is niet veilig.") < task.index(said) < task.index("antwoord op een melding")
