"""The pages of asking for help, without an account, in every state."""

from collections.abc import Callable

from tests.pages.states import ERRORS, made, page, sent
from tests.pages.visit import Visit

NEXT = "main form:has(:is(input:not([type=hidden]), textarea)) button[type=submit]"
SEND = "main form button[type=submit]"


def _begun(visit: Visit, whom: str = "zelf") -> None:
    """The first answer was given."""
    visit.open("/melding")
    visit.page.check(f"input[name=for_whom][value={whom}]")
    visit.submit(NEXT)


def _at(step: str, whom: str = "zelf") -> None:
    made("inwoner", "intake.step", step, None, lambda visit: _goes(visit, step, whom), "#later")


def _goes(visit: Visit, step: str, whom: str = "zelf") -> None:
    _begun(visit, whom)
    visit.open(f"/melding/stap/{step}")


def _wrong(visit: Visit, step: str, button: str = NEXT) -> None:
    _goes(visit, step, "ander" if step == "melder" else "zelf")
    visit.submit(button)


def _ticked(visit: Visit, step: str, *boxes: str) -> None:
    _goes(visit, step)
    for box in boxes:
        visit.page.check(box)
    visit.submit(NEXT)


def _filled(visit: Visit, whom: str = "zelf") -> None:
    """All questions, up to looking them over."""
    _begun(visit, whom)
    if whom == "ander":
        visit.page.check("input[name=reporter_role][value=naaste]")
        visit.page.check("input[name=consent][value=ja]")
        visit.submit(NEXT)
    visit.fill(words="Arbeidsongeschiktheidsverzekeringsmaatschappij\n\nمرحبا <b>")
    visit.submit(NEXT)
    visit.submit(NEXT)
    visit.fill(name="Sanne Proef", postcode="6541 AB")
    visit.submit(NEXT)
    visit.page.check("input[name=reach_ways][value=langskomen]")
    visit.submit(NEXT)
    visit.submit(NEXT)
    visit.submit(NEXT)


def _sent(visit: Visit, whom: str = "zelf") -> None:
    _filled(visit, whom)
    visit.submit(SEND)


def _after(visit: Visit, *events: tuple[str, str, int], received: int = 0) -> None:
    """It was sent so many days ago, and this happened since: what, its words, and how many days ago."""
    _sent(visit)
    number = visit.page.locator("dd >> nth=0").inner_text().strip()
    with visit.live.admin() as admin:
        admin.execute("UPDATE casus.melding SET received_at = received_at - %s * interval '1 day' WHERE number = %s", (received, number))
        for event, words, days in events:
            admin.execute(
                "INSERT INTO casus.melding_event (melding_id, at, event, words)"
                " SELECT id, now() - %s * interval '1 day', %s, %s FROM casus.melding WHERE number = %s",
                (days, event, words, number),
            )
    visit.page.reload()


def _sixty_days_ago(*events: tuple[str, str, int]) -> Callable[[Visit], None]:
    return lambda visit: _after(visit, *events, received=60)


def _too_many(visit: Visit) -> None:
    _filled(visit)
    visit.patch(visit.app.view_functions["intake.review"].__globals__["commands"], "send", _refuse)
    visit.submit(SEND)


def _refuse(*_melding: object) -> None:
    from portal.intake.commands import TooManyError

    raise TooManyError


def _worse(visit: Visit) -> None:
    _sent(visit)
    visit.fill(told="Nu ook geen stroom.")
    visit.submit("form[action='/melding/erger'] button")


def _not_helped(visit: Visit) -> None:
    _after(visit, ("advies", "Ga naar de Stip.", 23), received=30)
    visit.submit("button[value=nee]")


def _too_long(visit: Visit) -> None:
    _sent(visit)
    visit.fill(told="x" * 5001)
    visit.submit("form[action='/melding/erger'] button")


def _copy(visit: Visit) -> None:
    _sent(visit)
    visit.open("/melding/kopie")


page("inwoner", "intake.begin", "empty", None, "/melding", "#for_whom")
sent("inwoner", "intake.begin", "errors", None, "/melding", button=NEXT)
for each in ("vraag", "nu", "wie", "bereiken", "veilig", "praten"):
    _at(each)
_at("melder", "ander")
made("inwoner", "intake.step", "melder-errors", None, lambda visit: _wrong(visit, "melder"), ERRORS, 422)
made("inwoner", "intake.step", "bereiken-errors", None, lambda visit: _wrong(visit, "bereiken"), ERRORS, 422)
made(
    "inwoner",
    "intake.call_now",
    "crisis",
    None,
    lambda visit: _ticked(visit, "nu", "input[value=gevaar]"),
    "[data-sensitive] a[href='tel:112']",
)
made("inwoner", "intake.route", "young", None, lambda visit: _ticked(visit, "wie", "input[value=onder_18]"), ".utrecht-button-link")
made(
    "inwoner",
    "intake.route",
    "children",
    None,
    lambda visit: _ticked(visit, "wie", "input[value='18_23']", "input[value=ja]"),
    ".utrecht-button-link",
)
made("inwoner", "intake.review", "full", None, _filled, "dl.answers")
made("inwoner", "intake.review", "too-many", None, _too_many, ERRORS, 429)
made("inwoner", "intake.stand", "new", None, _sent, "#erger")
made("inwoner", "intake.stand", "for-another", None, lambda visit: _sent(visit, "ander"), ".utrecht-alert--ok")
made("inwoner", "intake.stand", "late", None, lambda visit: _after(visit, received=30), "li strong")
made(
    "inwoner",
    "intake.stand",
    "waiting",
    None,
    lambda visit: _after(visit, ("gesprek", "", 3), ("wachtlijst", "U wacht ongeveer 2 weken. Bel Sanne.", 2), received=4),
    "h3 + p",
)
for name, so_far in {
    "research": (("gestart", "", 24), ("onderzoek", "Wij onderzoeken het samen.", 20)),
    "research-late": (("onderzoek", "", 60),),
    "reported": (("onderzoek", "", 40), ("onderzocht", "Het verslag is klaar.", 3)),
    "applied": (("onderzoek", "", 40), ("onderzocht", "", 9), ("aanvraag", "", 8)),
    "decision-late": (("onderzoek", "", 60), ("aanvraag", "", 20)),
}.items():
    made("inwoner", "intake.stand", name, None, _sixty_days_ago(*so_far), "#onderzoek")
made(
    "inwoner",
    "intake.stand",
    "decided",
    None,
    _sixty_days_ago(("onderzoek", "", 40), ("aanvraag", "", 8), ("besluit", "U krijgt begeleiding.", 1)),
    "h3 + p",
)
made(
    "inwoner",
    "intake.stand",
    "refused",
    None,
    lambda visit: _after(visit, ("geweigerd", "U woont niet in de stad.", 0), received=4),
    "h3 + p",
)
made(
    "inwoner",
    "intake.stand",
    "did-it-help",
    None,
    lambda visit: _after(visit, ("advies", "Ga naar de Stip.", 23), received=30),
    "button[value=nee]",
)
made("inwoner", "intake.stand", "it-did-not", None, _not_helped, "#geholpen + .utrecht-alert--ok")
made("inwoner", "intake.stand", "worse", None, _worse, "#erger + .utrecht-alert--ok")
made("inwoner", "intake.stand", "worse-errors", None, _too_long, ERRORS, 422)
made("inwoner", "intake.copy", "sent", None, _copy, "dl.answers")
page("inwoner", "intake.resume", "empty", None, "/melding/code", "#code")
sent("inwoner", "intake.resume", "errors", None, "/melding/code", button=NEXT)
sent("inwoner", "intake.resume", "wrong", None, "/melding/code", button=NEXT, code="0000-0000-0000-0000")
