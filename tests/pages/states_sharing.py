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


def _organisation(stage: Stage, name: str = "Iris") -> str:
    """The organisation of the demo that reads on consent."""
    number = stage.live.one("SELECT public_id FROM casus.program WHERE ground = 'toestemming'")
    return f"{stage.live.dossier(name)}/wie-mag-wat-zien/organisatie/{number}"


def _consented(visit: Visit, days_ago: int = 20, days_left: int = 40) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM casus.program_consent")
        admin.execute(
            "INSERT INTO casus.program_consent (dossier_id, role_name, sections, given_at, valid_until)"
            " SELECT d.id, p.role_name, p.sections, now() - interval '1 day' * %s, acl.today() + %s FROM casus.dossier d, casus.program p"
            " WHERE d.public_id = %s AND p.ground = 'toestemming'",
            (days_ago, days_left, visit.live.dossier("Iris").rsplit("/", 1)[1]),
        )


def _with_consent(where: str, days_ago: int = 20, days_left: int = 40) -> Callable[[Visit], None]:
    """A page below the organisation, when there is a consent."""

    def go(visit: Visit) -> None:
        _consented(visit, days_ago, days_left)
        visit.open(_organisation(visit.stage) + where)

    return go


def _listed(visit: Visit) -> None:
    _consented(visit, days_left=9)
    visit.open(_list(visit.stage))


def _asked_for_sections(visit: Visit) -> None:
    visit.open(f"{_organisation(visit.stage, 'Marieke')}/toestemming")


def _chose_sections(visit: Visit) -> None:
    _asked_for_sections(visit)
    visit.page.check("#sections input[value='4']")
    _onward(visit)


def _looked_at_consent(visit: Visit) -> None:
    _chose_sections(visit)
    _onward(visit)


def _looked_at_less(visit: Visit) -> None:
    _with_consent("/toestemming")(visit)
    visit.page.uncheck("#sections input[value='4']")
    _onward(visit)
    _onward(visit)


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
made("inwoner", "sharing.overview", "organisation-ends-soon", "iris", _listed, "#organisaties")
page("inwoner", "consent.show", "nothing-yet", "marieke", lambda stage: _organisation(stage, "Marieke"), "a.utrecht-button-link")
made("inwoner", "consent.show", "reads-for-a-year", "iris", _with_consent("?klaar=gegeven", 400), DONE)
made("inwoner", "consent.give", "what", "marieke", _asked_for_sections, "#sections")
made("inwoner", "consent.give", "what-errors", "marieke", _wrong(_asked_for_sections), ERRORS, 422)
made("inwoner", "consent.give", "until", "marieke", _chose_sections, "#until")
made("inwoner", "consent.give", "until-errors", "marieke", _wrong(_chose_sections), ERRORS, 422)
made("inwoner", "consent.give", "look", "marieke", _looked_at_consent, "button[value=doe]")
made("inwoner", "consent.give", "look-at-less", "iris", _looked_at_less, "#tell")
made("inwoner", "consent.stop", "asked", "iris", _with_consent("/stoppen"), "#tell")
