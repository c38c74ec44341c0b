"""Handing over: what goes along, how far it is, the code, who receives without an account, and what came from another party."""

from collections.abc import Callable
from typing import Any

from portal.paper_code import code_hash
from tests.access.planned import SOON
from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit

_IRIS = "(SELECT d.id FROM casus.dossier d JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'iris')"
_FEMKE = "(SELECT person_id FROM portaal.account WHERE username = 'femke.nas')"
CODE = "7k2m-7k2m-7k2m-7k2m"
_AGREED: dict[str, Any] = {"choice": 1, "way": "'portaal'", "answered_by_name": "'Iris'", "answered_at": "now()"}
_TAKEN: dict[str, Any] = {**_AGREED, "takes": True, "begins_on": "acl.today()", "taken_by": "'S. Bakker'", "taken_at": "now()"}


def _none(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.package; DELETE FROM casus.handover_entry; DELETE FROM casus.handover")


def _handed(*, packed: bool = False, **how: object) -> Callable[[Visit], None]:
    """Iris is handed over. ``how``: columns, as SQL; ``packed``: with something to open, and a code."""

    def go(visit: Visit) -> None:
        _none(visit)
        columns = {
            "inward": False,
            "kind": 3,
            "starts_on": "acl.today() + 9",
            "ends_here": True,
            "sections": "'{1,2,3}'",
            "with_plan": True,
            **how,
        }
        with visit.live.admin() as admin:
            admin.execute(
                f"INSERT INTO casus.handover (public_id, dossier_id, organisation, receiver, why, made_by, made_by_name, {', '.join(columns)})"
                f" SELECT gen_random_uuid(), {_IRIS}, %s, %s, %s, {_FEMKE}, 'Femke Nas', {', '.join(str(value) for value in columns.values())}",
                (LONG_WORD, STRANGE[:100], STRANGE),
            )
            admin.execute(
                "INSERT INTO casus.handover_entry SELECT h.id, h.dossier_id, e.id, 1 FROM casus.handover h JOIN casus.entry e ON e.dossier_id = h.dossier_id"
                " WHERE e.audience = 3 AND h.choice = 1 ORDER BY e.id LIMIT 3"
            )
            if packed:
                admin.execute(
                    "INSERT INTO portaal.package (handover_id, public_id, size, code_hash, code_until)"
                    " SELECT id, public_id, 3, %s, now() + interval '9 days' FROM casus.handover",
                    (code_hash(CODE),),
                )

    return go


def _at(where: str, *before: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        for one in before:
            one(visit)
        with visit.live.admin() as admin:
            found = admin.execute("SELECT public_id FROM casus.handover").fetchone()
        visit.open(f"{visit.stage.iris}/overdracht{where.format(one=found[0] if found else '')}")

    return go


def _pressed(
    go: Callable[[Visit], None], button: str = "main form button[type=submit]:not([name=toon])", **words: str
) -> Callable[[Visit], None]:
    def press(visit: Visit) -> None:
        go(visit)
        visit.fill(**words)
        visit.submit(button)

    return press


def _to_open(visit: Visit) -> None:
    visit.open("/overdracht")


def _opened(*before: Callable[[Visit], None]) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        for one in before:
            one(visit)
        visit.open("/overdracht")
        visit.fill(code=CODE, by="S. Bakker")
        visit.submit("main form button[type=submit]")

    return go


def _took(visit: Visit) -> None:
    _opened(_handed(packed=True, **_AGREED))(visit)
    visit.page.check("#takes-0")
    visit.fill(on_day=SOON)
    visit.submit("#overnemen button[type=submit]")


def _many(visit: Visit) -> None:
    _handed(sections="'{1,2,3,4,5,6,7,8,9}'")(visit)


_OWN = _at("/{one}/antwoord", _handed())
made("inwoner", "handover.show", "nothing", "iris", _at("", _none), "h1 ~ p")
made("inwoner", "handover.show", "waits", "iris", _at("", _handed(stuck_at="now()")), "main li")
made("inwoner", "handover.look", "waits", "iris", _at("/{one}", _handed()), "#terugnemen")
made("inwoner", "handover.look", "agreed", "iris", _at("/{one}?klaar=ja", _handed(packed=True, plan_version=1, **_AGREED)), DONE)
made(
    "inwoner",
    "handover.look",
    "fetched-and-stuck",
    "iris",
    _at(
        "/{one}",
        _handed(packed=True, fetched_by="'S. Bakker'", fetched_at="now()", stuck_at="now()", stuck_words="'Niemand belt'", **_AGREED),
    ),
    ".utrecht-alert--warning",
)
made("inwoner", "handover.look", "taken", "iris", _at("/{one}", _handed(**_TAKEN)), "#ander")
made("inwoner", "own_handover.ask", "ask", "iris", _OWN, "#choice-0")
made("inwoner", "own_handover.ask", "everything", "iris", _at("/{one}/antwoord", _many), "#entries-0")
made(
    "inwoner",
    "own_handover.ask",
    "errors",
    "iris",
    _pressed(_OWN, "main form p.actions:last-of-type button[type=submit]", words=STRANGE),
    ERRORS,
    422,
)
made("inwoner", "own_handover.ask_stuck", "ask", "iris", _at("/{one}/loopt-vast", _handed(packed=True, **_AGREED)), "#words")
made("inwoner", "receive_handover.ask", "ask", None, _to_open, "#code")
made("inwoner", "receive_handover.ask", "unknown", None, _opened(_none), ERRORS, 422)
made("inwoner", "receive_handover.ask", "package", None, _opened(_handed(packed=True, **_AGREED)), "#ophalen")
made("inwoner", "receive_handover.ask", "taken", None, _opened(_handed(packed=True, **_TAKEN)), "#overnemen-kop + p")
made("inwoner", "receive_handover.ask", "thanks", None, _took, "h1 + p")
made("team", "handover.show", "waits", "femke.nas", _at("", _handed()), "main li")
made("team", "handover.look", "to-give-a-code", "femke.nas", _at("/{one}", _handed(packed=True, **_AGREED)), "#code-maken")
made(
    "team",
    "handover.look",
    "code",
    "femke.nas",
    _pressed(_at("/{one}", _handed(packed=True, **_AGREED)), "#code-maken button"),
    "#overdrachtcode",
)
made(
    "team",
    "handover.look",
    "not-taken",
    "femke.nas",
    _at("/{one}", _handed(takes=False, taken_by="'S. Bakker'", taken_at="now()", taken_why="'Vol'", **_AGREED)),
    "#ander",
)
made("team", "handover_help.ask", "new", "femke.nas", _at("/nieuw", _none), "#organisation")
made(
    "team",
    "handover_help.ask",
    "errors",
    "femke.nas",
    _pressed(_at("/nieuw", _none), "main form p.actions button[type=submit]", why=STRANGE),
    ERRORS,
    422,
)
made("team", "handover_help.ask_received", "new", "femke.nas", _at("/ontvangen", _none), "#taken_how")
made("team", "handover_help.ask_answer", "ask", "femke.nas", _at("/{one}/antwoord-opschrijven", _handed()), "#way-0")
made("team", "handover_help.ask_taken", "ask", "femke.nas", _at("/{one}/bevestigd", _handed(packed=True, **_AGREED)), "#by")
