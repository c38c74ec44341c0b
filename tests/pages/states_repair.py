"""An entry in the wrong dossier: taking it out, the list of the team, and the record with what is still to be done."""

from collections.abc import Callable

from tests.pages.states import ERRORS, made, page, sent
from tests.pages.visit import Visit

_FOR_NOW = "even"
_PERSON = "(SELECT person_id FROM portaal.account WHERE username = '{}')"


def _clean(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.breach")
        admin.execute("DELETE FROM casus.assignment WHERE role_text = %s", (_FOR_NOW,))


def _taken_out(visit: Visit, by: str, more: str = "") -> str:
    """An entry that somebody took out three days ago; gives its page. ``more``: columns and values that say how it went on."""
    _clean(visit)
    columns, _, values = more.partition(" = ")
    with visit.live.admin() as admin:
        row = admin.execute(
            f"INSERT INTO casus.breach (dossier_id, entry_id, reason, found_at, found_by{columns and ', ' + columns})"
            f" SELECT e.dossier_id, e.id, 'andere_inwoner', now() - interval '4 days', {_PERSON.format(by)}{values and ', ' + values}"
            " FROM casus.entry e WHERE e.public_id = %s RETURNING public_id",
            (visit.stage.quiet.rsplit("/", 1)[1],),
        ).fetchone()
    assert row
    return f"/foute-notities/{row[0]}"


def _after(act: Callable[[Visit], None]) -> Callable[[Visit], None]:
    """The act, and then the entry is back for the pages after this one."""

    def go(visit: Visit) -> None:
        try:
            act(visit)
        finally:
            _clean(visit)

    return go


def _list(visit: Visit) -> None:
    _taken_out(visit, "dirk.kersten")
    visit.open("/foute-notities")


def _empty_list(visit: Visit) -> None:
    _clean(visit)
    visit.open("/foute-notities")


def _record(by: str, more: str = "") -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.open(_taken_out(visit, by, more))

    return go


def _wrong(form: str) -> Callable[[Visit], None]:
    """One of the forms of the record, sent with nothing in it."""

    def go(visit: Visit) -> None:
        visit.open(_taken_out(visit, "dirk.kersten"))
        visit.submit(f"form[action$={form}] button[type=submit]")

    return go


def _named(finder: str) -> Callable[[Visit], None]:
    """Who took it out works in another dossier too, and named that one."""

    def go(visit: Visit) -> None:
        path = _taken_out(visit, finder)
        with visit.live.admin() as admin:
            admin.execute(
                "WITH made AS (INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from)"
                " SELECT d.id, b.found_by, %s, current_date FROM casus.breach b JOIN casus.dossier d ON d.id <> b.dossier_id ORDER BY d.id LIMIT 1"
                " RETURNING dossier_id) UPDATE casus.breach SET proposed_dossier = (SELECT dossier_id FROM made)",
                (_FOR_NOW,),
            )
        visit.open(path)

    return go


_DONE = (
    "decided_at, decided_by, decision, reported, report_why, reported_at, reported_by, told_on, told_how = now(), "
    f"{_PERSON.format('femke.nas')}, 'vernietigd', false, 'Niemand las het.', now(), {_PERSON.format('femke.nas')}, current_date, 'gesprek'"
)

page("team", "taking_out.ask", "asked", "femke.nas", lambda stage: f"{stage.quiet}/hoort-hier-niet", "#whose-0")
sent("team", "taking_out.ask", "errors", "femke.nas", lambda stage: f"{stage.quiet}/hoort-hier-niet")
made("team", "wrong.overview", "nothing", "femke.nas", _empty_list, "main > p")
made("team", "wrong.overview", "waiting", "femke.nas", _after(_list), "main li a")
made("team", "wrong.show", "own", "femke.nas", _after(_record("femke.nas")), "dl.facts")
made("team", "wrong.show", "to-decide", "femke.nas", _after(_record("dirk.kersten")), "#decision-0")
made("team", "wrong.show", "own-named", "femke.nas", _after(_named("femke.nas")), "form[action$=hoort-bij]")
made("team", "wrong.show", "to-decide-named", "femke.nas", _after(_named("dirk.kersten")), "#dossier")
made("team", "wrong.show", "done", "femke.nas", _after(_record("dirk.kersten", _DONE)), "#verteld")
for _form in ("beslissen", "melding", "verteld"):
    made("team", "wrong.show", f"errors-{_form}", "femke.nas", _after(_wrong(_form)), ERRORS, 422)
