"""Messages: nothing yet, new ones, many, nobody there; what waits for the team, late and not."""

from collections.abc import Callable
from uuid import UUID

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit

_PERSON = "(SELECT person_id FROM portaal.account WHERE username = '{}')"


def _dossier(visit: Visit) -> UUID:
    return UUID(visit.stage.iris.rsplit("/", 1)[1])


def _clean(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.message")


def _written(visit: Visit, *, by: str, ago: str = "1 hour", count: int = 1, settled: bool = False) -> None:
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.message (public_id, dossier_id, author_id, author_name, from_team, sent_at, body, settled_at, settled_name)"
            f" SELECT gen_random_uuid(), d.id, {_PERSON.format(by)}, %s, %s, now() - interval '{ago}', %s, CASE WHEN %s THEN now() END,"
            " CASE WHEN %s THEN %s END FROM casus.dossier d, generate_series(1, %s) WHERE d.public_id = %s",
            (
                f"Naam {LONG_WORD}",
                by != "iris",
                STRANGE if count == 1 else "Dag.",
                settled,
                settled,
                f"Femke {LONG_WORD}",
                count,
                _dossier(visit),
            ),
        )


def _after(*steps: Callable[[Visit], None], address: str = "~/berichten") -> Callable[[Visit], None]:
    """The page after these; an address that begins with a tilde is below the dossier."""

    def go(visit: Visit) -> None:
        _clean(visit)
        for step in steps:
            step(visit)
        visit.open(address.replace("~", visit.stage.iris))

    return go


def _many(visit: Visit) -> None:
    _written(visit, by="femke.nas", ago="3 years", count=12)
    _written(visit, by="iris", ago="2 years", count=12, settled=True)


def _new(visit: Visit) -> None:
    _written(visit, by="iris", ago="2 hours", settled=True)
    # After whatever page was looked at last, however quickly this one follows.
    _written(visit, by="femke.nas", ago="0 seconds")


def _waits(visit: Visit) -> None:
    _written(visit, by="femke.nas", ago="2 hours")
    _written(visit, by="iris", ago="1 hour", count=2)


def _late(visit: Visit) -> None:
    _written(visit, by="iris", ago="20 days")


def _away(visit: Visit) -> None:
    """Everybody who works in the dossier is away, for as long as it takes to open the page."""
    with visit.live.admin() as admin:
        made = admin.execute(
            "INSERT INTO casus.absence (staff_id, from_date, until_date) SELECT t.staff_id, acl.today(), acl.today() + 5"
            " FROM casus.assignment t JOIN casus.dossier d ON d.id = t.dossier_id WHERE d.public_id = %s RETURNING id",
            (_dossier(visit),),
        ).fetchall()
    visit.open(f"{visit.stage.iris}/berichten")
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.absence WHERE id = ANY (%s)", ([row[0] for row in made],))


def _empty_sent(before: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        before(visit)
        visit.submit("form:has(#body) button:not([name])")

    return go


def _sent(visit: Visit) -> None:
    _after()(visit)
    visit.fill(body=STRANGE)
    visit.submit("form:has(#body) button:not([name])")


def _language(visit: Visit) -> None:
    _after(_waits)(visit)
    visit.fill(body="Indien u wilt, bellen wij. Uw vraag wordt door het team behandeld.")
    visit.submit("button[value=taal]")


def _seen(visit: Visit) -> None:
    _after(_waits)(visit)
    visit.submit("form[action$=gezien] button[type=submit]")


_ANSWER = "form[action$=gezien]"
made("inwoner", "messages.show", "nothing", "iris", _after(), "#body")
made("inwoner", "messages.show", "new", "iris", _after(_new), "#nieuw")
made("inwoner", "messages.show", "many", "iris", _after(_many), "a[rel=next]")
made("inwoner", "messages.show", "sent", "iris", _sent, DONE)
made("inwoner", "messages.show", "errors", "iris", _empty_sent(_after()), ERRORS, 422)
made("inwoner", "messages.show", "nobody-there", "iris", _away, "section .utrecht-alert--warning")
made("inwoner", "start.show", "new-messages", "iris", _after(_new, address="/"), "a[href$=berichten] + .utrecht-data-badge")
made("inwoner", "timeline.show", "with-messages", "iris", _after(address="~"), "a[href$=berichten]")
made("team", "answering_messages.show", "nothing", "femke.nas", _after(), "#body")
made("team", "answering_messages.show", "waits", "femke.nas", _after(_waits), _ANSWER)
made("team", "answering_messages.show", "late", "femke.nas", _after(_late), _ANSWER)
made("team", "answering_messages.show", "many", "femke.nas", _after(_many), "a[rel=next]")
made("team", "answering_messages.show", "language", "femke.nas", _language, "#taal-body mark")
made("team", "answering_messages.show", "errors", "femke.nas", _empty_sent(_after(_waits)), ERRORS, 422)
made("team", "answering_messages.show", "seen", "femke.nas", _seen, DONE)
made("team", "start.show", "messages", "femke.nas", _after(_late, address="/"), "section li .utrecht-data-badge")
