"""Who helps, who works here and who fits; the own profile, placing one, and how many people everybody helps."""

from collections.abc import Callable

from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit

_FEMKE = "(SELECT person_id FROM portaal.account WHERE username = 'femke.nas')"
_IRIS = "(SELECT d.id FROM casus.dossier d JOIN portaal.account a ON a.person_id = d.inwoner_id WHERE a.username = 'iris')"


def _told(visit: Visit, *, placed: bool | None = True, remark: str = "") -> None:
    with visit.live.admin() as admin:
        admin.execute(f"DELETE FROM casus.profile WHERE staff_id = {_FEMKE}")
        admin.execute(
            "INSERT INTO casus.profile (public_id, staff_id, number, drawing, languages, good_at, leefdomeinen, about, manner, days, lived, placed,"
            f" looked_at, remark) VALUES (gen_random_uuid(), {_FEMKE}, 1, 3, '{{nl,hns,dse,uk,ar}}', %s, '{{1,3,6}}', %s, %s, '{{1,2,4}}', true, %s,"
            " CASE WHEN %s::boolean IS NOT NULL THEN now() END, %s)",
            (["brieven lezen", LONG_WORD[:55], "moed houden"], STRANGE, STRANGE, placed, placed, remark),
        )
        admin.execute(f"UPDATE casus.staff SET caseload_max = 1 WHERE person_id = {_FEMKE}")


def _nobody(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.profile")


def _away(visit: Visit) -> None:
    _told(visit)
    with visit.live.admin() as admin:
        admin.execute(f"DELETE FROM casus.absence WHERE staff_id = {_FEMKE}")
        admin.execute(
            f"INSERT INTO casus.absence (staff_id, from_date, until_date, substitute_id) SELECT {_FEMKE}, acl.today() + n, acl.today() + n + 13, s"
            " FROM (VALUES (5, (SELECT person_id FROM portaal.account WHERE username = 'annelies.groothuis')), (30, NULL), (-90,"
            " (SELECT person_id FROM portaal.account WHERE username = 'annelies.groothuis'))) x (n, s)"
        )


def _without(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(f"UPDATE casus.assignment SET responsible = false WHERE dossier_id = {_IRIS}")
    visit._undo.callback(_responsible, visit)


def _responsible(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(
            f"UPDATE casus.assignment SET responsible = true WHERE id = (SELECT min(id) FROM casus.assignment WHERE dossier_id = {_IRIS}"
            " AND valid_until IS NULL)"
        )


def _at(where: str, *before: Callable[[Visit], None], dossier: bool = True) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        for one in before:
            one(visit)
        with visit.live.admin() as admin:
            waiting = admin.execute("SELECT public_id FROM casus.profile WHERE placed IS NULL ORDER BY id DESC LIMIT 1").fetchone()
            femke = admin.execute(f"SELECT public_id FROM casus.person WHERE id = {_FEMKE}").fetchone()
        address = where.format(waiting=waiting[0] if waiting else "", femke=femke[0] if femke else "")
        visit.open(f"{visit.stage.iris}/wie-helpt-mij{address}" if dossier else address)

    return go


def _pressed(
    go: Callable[[Visit], None], button: str = "main form[novalidate] button[type=submit]", **words: str
) -> Callable[[Visit], None]:
    def press(visit: Visit) -> None:
        go(visit)
        visit.fill(**words)
        visit.submit(button)

    return press


def _chosen(visit: Visit) -> None:
    _at("/kiezen", _told)(visit)
    visit.page.select_option("#language", "hns")
    visit.page.select_option("#leefdomein", "2")
    visit.submit("main form[novalidate] button[type=submit]")


def _waiting(visit: Visit) -> None:
    _told(visit, placed=None)


def _sent_back(visit: Visit) -> None:
    _told(visit, placed=False, remark=STRANGE)


def _wished(**how: object) -> Callable[[Visit], None]:
    """Iris wants Femke's lead, or somebody, to help. ``how``: columns of the wish, as SQL."""

    def go(visit: Visit) -> None:
        columns = {"tell": 2, "anybody": True, "words": "''", **how}
        answer = columns.pop("answer", "NULL")
        _told(visit)
        with visit.live.admin() as admin:
            admin.execute("DELETE FROM casus.wish_choice; DELETE FROM casus.wish")
            admin.execute(
                f"INSERT INTO casus.wish (public_id, dossier_id, team_id, meet, {', '.join(columns)}) SELECT gen_random_uuid(), d.id, d.team_id, true,"
                f" {', '.join(str(value) for value in columns.values())} FROM casus.dossier d WHERE d.id = {_IRIS}"
            )
            admin.execute(
                "INSERT INTO casus.wish_choice (wish_id, dossier_id, place, staff_id, waits, yes, reason) SELECT w.id, w.dossier_id, n, s, true,"
                f" CASE WHEN n = 1 THEN {answer}::boolean END, CASE WHEN n = 1 AND {answer}::boolean = false THEN %s ELSE '' END FROM casus.wish w,"
                " (VALUES (1, (SELECT person_id FROM portaal.account WHERE username = 'dirk.kersten')),"
                " (2, (SELECT person_id FROM portaal.account WHERE username = 'annelies.groothuis'))) x (n, s)",
                (STRANGE,),
            )

    return go


def _nothing_wished(visit: Visit) -> None:
    _told(visit)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.wish_choice; DELETE FROM casus.wish")


def _answering(visit: Visit, **more: object) -> None:
    _wished(words=f"'{STRANGE}'", answer="false", **more)(visit)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.wish_choice WHERE yes IS NULL")
    number = visit.live.one("SELECT public_id FROM casus.wish")
    visit.open(f"/wensen/{number}")


_LATE = "now() - interval '60 days'"
_DONE = {"answered_at": "now()", "answered_by_name": "'x'"}
made("inwoner", "choice.show", "wish-waits", "iris", _at("?klaar=verstuurd", _wished(sent_at=_LATE, answer="false")), "#wens")
made("inwoner", "choice.show", "wish-no", "iris", _at("", _wished(**_DONE, reason="'Vol'", answer="false")), "#wens")
made(
    "inwoner",
    "choice.show",
    "wish-yes",
    "iris",
    _at(
        "",
        _wished(
            **_DONE,
            helper_id="(SELECT person_id FROM portaal.account WHERE username = 'dirk.kersten')",
            from_day="acl.today()",
            answer="true",
        ),
    ),
    "#wens",
)
made("inwoner", "own_wish.ask", "new", "iris", _at("/wens", _nothing_wished), "#tell-0")
made("inwoner", "own_wish.ask_for", "femke", "iris", _at("/wens/{femke}", _nothing_wished, _without), "#first")
made("inwoner", "own_wish.ask", "errors", "iris", _pressed(_at("/wens/{femke}", _nothing_wished), words=STRANGE), ERRORS, 422)
made("team", "wish_help.overview", "nothing", "femke.nas", _at("/wensen", _nothing_wished, dossier=False), "h1")
made(
    "team",
    "wish_help.overview",
    "told",
    "femke.nas",
    _at("/wensen", _wished(**_DONE, before_id=_FEMKE, from_day="acl.today()", helper_id=_FEMKE), dossier=False),
    "#anders",
)
made(
    "team",
    "wish_help.overview",
    "waits",
    "annelies.groothuis",
    _at("/wensen?klaar=ja", _wished(sent_at=_LATE), _without, dossier=False),
    "#zonder",
)
made("team", "wish_help.look", "lead", "annelies.groothuis", lambda visit: _answering(visit, tell=1), "#helper")
made("team", "wish_help.look", "errors", "annelies.groothuis", _pressed(_answering), ERRORS, 422)
made("inwoner", "choice.show", "somebody", "iris", _at("", _away), "#afwezig")
made("inwoner", "choice.show", "nobody", "iris", _at("", _without), ".utrecht-alert--warning")
made("inwoner", "choice.people", "everybody", "iris", _at("/kiezen", _told), "#past")
made("inwoner", "choice.people", "nobody", "iris", _at("/kiezen", _nobody), "#zoeken + p")
made("inwoner", "choice.people", "none-found", "iris", _chosen, "#gevonden + p")
made("inwoner", "choice.people", "found", "iris", _pressed(_at("/kiezen", _told)), "#wie-1")
made("inwoner", "choice.one", "told", "iris", _at("/kiezen/{femke}", _told), ".drawing")
made("team", "profiles.own", "nothing", "femke.nas", _at("/mijn-profiel", _nobody, dossier=False), "#about")
made("team", "profiles.own", "shown", "femke.nas", _at("/mijn-profiel?klaar=verstuurd", _told, dossier=False), DONE)
made("team", "profiles.own", "sent-back", "femke.nas", _at("/mijn-profiel", _sent_back, dossier=False), ".utrecht-alert--warning")
made("team", "profiles.own", "errors", "femke.nas", _pressed(_at("/mijn-profiel", _nobody, dossier=False)), ERRORS, 422)
made("team", "profiles.overview", "waits", "annelies.groothuis", _at("/profielen?klaar=bewaard", _waiting, dossier=False), "#wacht + ul")
made(
    "team",
    "profiles.overview",
    "errors",
    "annelies.groothuis",
    _pressed(_at("/profielen", _nobody, dossier=False), most="veel"),
    ERRORS,
    422,
)
made("team", "profiles.look", "ask", "annelies.groothuis", _at("/profielen/{waiting}", _waiting, dossier=False), "#good-0")
made("team", "profiles.look", "errors", "annelies.groothuis", _pressed(_at("/profielen/{waiting}", _waiting, dossier=False)), ERRORS, 422)


def _changed(visit: Visit) -> None:
    """Iris got somebody else, by her own wish and not."""
    _wished(**_DONE, helper_id="(SELECT person_id FROM portaal.account WHERE username = 'dirk.kersten')", from_day="acl.today() - 9")(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.assignment (dossier_id, staff_id, role_text, valid_from, valid_until, responsible) SELECT d.id, a.person_id, 'x', acl.today() - n,"
            " acl.today() - n, true FROM casus.dossier d, (VALUES (9, 'dirk.kersten'), (8, 'femke.nas'), (7, 'dirk.kersten'), (6, 'femke.nas'),"
            " (5, 'dirk.kersten')) x (n, u), portaal.account a WHERE a.username = x.u AND d.team_id = (SELECT s.team_id FROM casus.staff s"
            " JOIN portaal.account b ON b.person_id = s.person_id WHERE b.username = 'annelies.groothuis')"
        )
    visit._undo.callback(_as_before, visit)


def _as_before(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.assignment WHERE role_text = 'x'")


made("team", "profiles.figures", "changes", "annelies.groothuis", _at("/continuiteit", _changed, dossier=False), "progress")
made("team", "profiles.figures", "few", "annelies.groothuis", _at("/continuiteit", _nothing_wished, dossier=False), "progress")


def _days_off(visit: Visit) -> None:
    _away(visit)
    visit.open("/mijn-vrije-dagen?klaar=bewaard")


def _no_days(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(f"DELETE FROM casus.absence WHERE staff_id = {_FEMKE}")
    visit.open("/mijn-vrije-dagen")


made("team", "days_off.show", "some", "femke.nas", _days_off, DONE)
made("team", "days_off.show", "none", "femke.nas", _no_days, "#first_day")
made(
    "team",
    "days_off.show",
    "errors",
    "femke.nas",
    _pressed(_no_days, "main form[novalidate] button[type=submit]", first_day="2020-01-01"),
    ERRORS,
    422,
)


def _hours(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(f"UPDATE casus.assignment SET hours = 6 WHERE staff_id = {_FEMKE} AND dossier_id = {_IRIS}")
    visit.open("/mijn-uren?klaar=bewaard")


made("team", "profiles.hours", "said", "femke.nas", _hours, DONE)
made("team", "profiles.hours", "errors", "femke.nas", _pressed(_hours, hours="veel"), ERRORS, 422)
