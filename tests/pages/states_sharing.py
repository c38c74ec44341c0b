"""Who may see what: the list, the questions one by one, the look at what it will be, the code, changing and stopping."""

from collections.abc import Callable

from tests.pages.stage import LONG_NAME, STRANGE, Stage
from tests.pages.states import DONE, ERRORS, made, page
from tests.pages.visit import Visit


def _list(stage: Stage) -> str:
    return f"{stage.iris}/wie-mag-wat-zien"


def _floor(stage: Stage) -> str:
    found = stage.live.one("SELECT p.public_id FROM casus.person p JOIN portaal.account a ON a.person_id = p.id WHERE a.username = 'floor'")
    return f"{_list(stage)}/{found}"


def _long_name(stage: Stage) -> str:
    """Somebody with the longest name who reads everything in every way and never came in, in the dossier of who has a long name too."""
    number = stage.empty_dossier.rsplit("/", 1)[1]
    with stage.live.admin() as admin:
        row = admin.execute(
            "INSERT INTO casus.person (first_name, infix, last_name) VALUES (%s, %s, %s) RETURNING id, public_id", LONG_NAME
        ).fetchone()
        assert row
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, section, leefdomein, valid_from, valid_until, ground, relation)"
            " SELECT d.id, %s, s.scope, s.section, s.leefdomein, acl.today() + 2, acl.today() + 9, %s, %s FROM casus.dossier d,"
            " (VALUES (1, NULL::int, NULL::int), (2, 8, NULL), (3, NULL, 4)) s (scope, section, leefdomein) WHERE d.public_id = %s",
            (row[0], STRANGE, STRANGE[:80], number),
        )
    return f"{stage.empty_dossier}/wie-mag-wat-zien/{row[1]}"


def _onward(visit: Visit) -> None:
    visit.submit("main form[method=post] button[name=naar]")


def _asked_who(visit: Visit) -> None:
    visit.open(f"{_list(visit.stage)}/erbij")


def _asked_what(visit: Visit) -> None:
    visit.open(f"{_list(visit.stage)}/erbij")
    visit.page.check("#who input[value=nieuw]")
    visit.fill(first_name="Sara", last_name="de Zus", said="mijn zus")
    _onward(visit)


def _asked_until(visit: Visit) -> None:
    _asked_what(visit)
    visit.page.check("#leefdomeinen input[value='6']")
    _onward(visit)


def _asked_to_look(visit: Visit) -> None:
    _asked_until(visit)
    _onward(visit)


def _got_a_code(visit: Visit) -> None:
    _asked_to_look(visit)
    _onward(visit)


def _wrong(go: Callable[[Visit], None]) -> Callable[[Visit], None]:
    """Brought to a question, and sent on without an answer."""

    def send(visit: Visit) -> None:
        go(visit)
        if visit.page.locator("#until").count():
            visit.page.check("#until input[value=dag]")
        _onward(visit)

    return send


def _nothing_left(visit: Visit) -> None:
    visit.open(f"{_floor(visit.stage)}/veranderen")
    for box in visit.page.locator("main input[type=checkbox]:checked").all():
        box.uncheck()
    _onward(visit)


def _looked_at_change(visit: Visit) -> None:
    visit.open(f"{_floor(visit.stage)}/veranderen")
    _onward(visit)
    _onward(visit)


def _one_entry(stage: Stage) -> str:
    return f"{_list(stage)}/erbij?notitie={stage.talked_about.rsplit('/', 1)[1]}"


def _ends_soon(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(
            "UPDATE casus.access_grant g SET valid_until = acl.today() + 3 FROM portaal.account a WHERE a.person_id = g.grantee_id"
            " AND a.username = 'carla'"
        )
    visit.open("/")


def _told(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO portaal.access_change (person_id) SELECT person_id FROM portaal.account WHERE username = 'floor'"
            " ON CONFLICT (person_id) DO UPDATE SET at = now()"
        )
    visit.open("/")


page("inwoner", "sharing.overview", "full", "iris", _list, "#naasten + article form")
page("inwoner", "sharing.overview", "done", "iris", lambda stage: f"{_list(stage)}?klaar=gestopt", DONE)
page("inwoner", "sharing.overview", "nobody", "marieke", lambda stage: f"{stage.live.dossier('Marieke')}/wie-mag-wat-zien", "#naasten + p")
page("inwoner", "sharing.give", "who", "iris", lambda stage: f"{_list(stage)}/erbij", "#who-1")
page(
    "inwoner",
    "sharing.give",
    "only-somebody-new",
    "marieke",
    lambda stage: f"{stage.live.dossier('Marieke')}/wie-mag-wat-zien/erbij",
    "#first_name",
)
page("inwoner", "sharing.give", "one-entry", "iris", _one_entry, "main bdi")
made("inwoner", "sharing.give", "who-errors", "iris", _wrong(_asked_who), ERRORS, 422)
made("inwoner", "sharing.give", "what", "iris", _asked_what, "#leefdomeinen")
made("inwoner", "sharing.give", "what-errors", "iris", _wrong(_asked_what), ERRORS, 422)
made("inwoner", "sharing.give", "until", "iris", _asked_until, "#until")
made("inwoner", "sharing.give", "until-errors", "iris", _wrong(_asked_until), ERRORS, 422)
made("inwoner", "sharing.give", "look", "iris", _asked_to_look, "button[value=doe]")
made("inwoner", "sharing.give", "code", "iris", _got_a_code, "#startcode")
page("inwoner", "sharing.person", "open-for-a-year", "iris", _floor, "main form")
page("inwoner", "sharing.person", "long-and-without-a-code", "lange.naam", _long_name, "#code")
page("inwoner", "sharing.change", "what", "iris", lambda stage: f"{_floor(stage)}/veranderen", "#sections input[checked]")
made("inwoner", "sharing.change", "what-errors", "iris", _nothing_left, ERRORS, 422)
made("inwoner", "sharing.change", "look", "iris", _looked_at_change, "#tell")
page("inwoner", "sharing.stop", "asked", "iris", lambda stage: f"{_floor(stage)}/stoppen", "#tell")
made("inwoner", "start.show", "access-ends-soon", "yvonne", _ends_soon, ".utrecht-alert--info")
made("inwoner", "start.show", "access-changed", "floor", _told, ".utrecht-alert--info")
