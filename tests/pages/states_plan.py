"""The plan: nothing yet, long words everywhere, what waits, what was agreed, two at once; and the forms with errors."""

from collections.abc import Callable
from uuid import UUID, uuid5

from tests.no_plan import forget_plans
from tests.pages.stage import LONG_WORD, STRANGE
from tests.pages.states import DONE, ERRORS, made
from tests.pages.visit import Visit

_NUMBERS = UUID("6f1d7a52-1111-4000-8000-000000000000")
_OWNER = "(SELECT inwoner_id FROM casus.dossier WHERE id = {dossier})"
_WORKER = "(SELECT person_id FROM portaal.account WHERE username = 'femke.nas')"


def _dossier(visit: Visit) -> UUID:
    return UUID(visit.stage.iris.rsplit("/", 1)[1])


def _part(visit: Visit, number: int) -> UUID:
    return uuid5(_dossier(visit), f"plan {number}")


# (number, kind, goal, for whom, body, holder)
_PARTS = (
    (1, 1, None, 3, STRANGE, ""),
    (2, 3, None, 1, f"Dit leest alleen ik. {LONG_WORD}", ""),
    (3, 6, None, 3, "Mijn zus belt elke week.", ""),
    (4, 8, None, 3, "", ""),
    (5, 12, None, 2, "Naar buiten, en bellen.", ""),
    (6, 20, None, 3, f"Zelf mijn geld doen {LONG_WORD}", ""),
    (7, 20, None, 3, "Vaker mensen zien", ""),
    (8, 21, 6, 3, f"Post bij elkaar leggen {LONG_WORD}", "Iris"),
    (9, 21, 6, 3, "Bellen met de bank", ""),
    (10, 21, 6, 3, "Een lijst maken", "Femke Nas"),
)


def clean(visit: Visit) -> None:
    """No plan."""
    with visit.live.admin() as admin:
        forget_plans(admin)


def filled(visit: Visit) -> None:
    """A plan with something of everything."""
    with visit.live.admin() as admin:
        [[dossier]] = admin.execute("SELECT id FROM casus.dossier WHERE public_id = %s", (_dossier(visit),)).fetchall()
        ids: dict[int, int] = {}
        for number, kind, goal, audience, body, holder in _PARTS:
            [[ids[number]]] = admin.execute(
                "INSERT INTO casus.plan_part (public_id, dossier_id, kind, goal_id, audience, place) VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
                (_part(visit, number), dossier, kind, ids.get(goal or 0), audience, number),
            ).fetchall()
            answers = [1, 1, 0, 3, 0, 1] if kind == 8 else [1] if kind == 6 else []
            late = "acl.today() - 3" if number == 8 else "acl.today() + 14"
            admin.execute(
                "INSERT INTO casus.plan_text (part_id, dossier_id, number, body, why, answers, leefdomein, perspective, holder_id, holder_name, due_on,"
                f" look_on, dropped, author_id, author_name, written_for) SELECT %s, %s, 1, %s, %s, %s, %s, %s, CASE WHEN %s = 'Iris' THEN {_OWNER.format(dossier=dossier)} END,"
                f" %s, CASE WHEN %s THEN {late} END, CASE WHEN %s THEN acl.today() + 20 END, false, {_OWNER.format(dossier=dossier)}, %s, %s",
                (
                    ids[number], dossier, body, STRANGE if number == 6 else "", answers, 6 if number == 6 else 0, 3 if number == 6 else None, holder,
                    holder, kind == 21 and number != 9, kind == 21, f"Iris {LONG_WORD}", audience,
                ),
            )  # fmt: skip
        admin.execute(
            f"INSERT INTO casus.plan_step (part_id, dossier_id, number, status, by_id, by_name) VALUES (%s, %s, 1, 3, {_WORKER}, 'Femke Nas')",
            (ids[10], dossier),
        )


def _laid(visit: Visit, *, version: int | None = None, only: tuple[int, ...] = (1, 3, 4, 5, 6, 7, 8, 10)) -> None:
    with visit.live.admin() as admin:
        number = uuid5(_NUMBERS, f"{_dossier(visit)} {version}")
        admin.execute(
            "INSERT INTO casus.plan_proposal (public_id, dossier_id, made_by, made_by_name, made_at, settled_at, version)"
            f" SELECT %s, d.id, {_WORKER}, 'Femke Nas', now() - interval '2 days', CASE WHEN %s THEN now() END, %s FROM casus.dossier d WHERE public_id = %s",
            (number, version is not None, version, _dossier(visit)),
        )
        admin.execute(
            "INSERT INTO casus.plan_proposal_text SELECT x.id, x.dossier_id, p.id, 1, p.place FROM casus.plan_proposal x"
            " JOIN casus.plan_part p ON p.dossier_id = x.dossier_id WHERE x.public_id = %s AND p.public_id = ANY (%s)",
            (number, [_part(visit, one) for one in only]),
        )
        if version is not None:
            admin.execute(
                "INSERT INTO casus.plan_decision (proposal_id, dossier_id, choice, words, way, proof, decided_on, copy, own, recorded_by, recorded_by_name)"
                f" SELECT x.id, x.dossier_id, 2, %s, 'papier', %s, acl.today() - 1, 2, 4, {_WORKER}, 'Femke Nas' FROM casus.plan_proposal x WHERE x.public_id = %s",
                (STRANGE, f"Getekend {LONG_WORD}", number),
            )


def _agreed(visit: Visit) -> None:
    filled(visit)
    _laid(visit, version=1, only=(1, 3, 6, 8))


def _waiting(visit: Visit) -> None:
    _agreed(visit)
    _laid(visit)


def _all_agreed(visit: Visit) -> None:
    filled(visit)
    _laid(visit, version=1, only=(1, 3, 4, 5, 6, 7, 8, 9, 10))


def _again(visit: Visit) -> None:
    filled(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "INSERT INTO casus.plan_text SELECT t.part_id, t.dossier_id, 2, t.body || ' Nu ook op zondag.', t.why, t.answers, t.leefdomein, t.perspective, t.holder_id,"
            " t.holder_name, t.due_on, t.look_on, t.dropped, t.author_id, t.author_name, now(), t.written_for FROM casus.plan_text t"
            " JOIN casus.plan_part p ON p.id = t.part_id WHERE p.public_id = ANY (%s)",
            ([_part(visit, 3), _part(visit, 6), _part(visit, 8)],),
        )


def _agreed_before(visit: Visit) -> None:
    _laid(visit, version=1, only=(1, 3, 6, 8, 10))
    _laid(visit)
    with visit.live.admin() as admin:
        admin.execute(
            "UPDATE casus.plan_proposal_text x SET number = 2 FROM casus.plan_proposal y WHERE y.id = x.proposal_id AND y.version IS NULL"
            " AND EXISTS (SELECT FROM casus.plan_text t WHERE t.part_id = x.part_id AND t.number = 2)"
        )


def _after(*steps: Callable[[Visit], None], at: str = "") -> Callable[[Visit], None]:
    """The page after these; ``@6`` in the address is the id of part 6, ``!1`` what was laid before as version 1, ``!`` what waits."""

    def go(visit: Visit) -> None:
        clean(visit)
        for step in steps:
            step(visit)
        where = at
        for number in range(10, 0, -1):
            where = where.replace(f"@{number}", str(_part(visit, number)))
        where = where.replace("!", str(uuid5(_NUMBERS, f"{_dossier(visit)} None")))
        visit.open(f"{visit.stage.iris}/plan{where}")

    return go


def _sent(
    before: Callable[[Visit], None], button: str = "main form:last-of-type button[type=submit]", **words: str
) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        before(visit)
        visit.fill(**words)
        visit.submit(button)

    return go


def _at_once(before: Callable[[Visit], None], **words: str) -> Callable[[Visit], None]:
    """Somebody else writes while the form is open."""

    def go(visit: Visit) -> None:
        before(visit)
        visit.fill(**words)
        with visit.live.admin() as admin:
            admin.execute(
                "INSERT INTO casus.plan_text SELECT t.part_id, t.dossier_id, 2, 'Dit schreef de ander.', t.why, t.answers, t.leefdomein, t.perspective,"
                f" t.holder_id, t.holder_name, t.due_on, t.look_on, t.dropped, {_WORKER}, 'Femke Nas', now(), t.written_for FROM casus.plan_text t WHERE t.number = 1"
            )
        visit.submit("main form:last-of-type button[type=submit]")

    return go


_SAVE = "main form:has(#body) button[type=submit]"
_BOTH = "#ook-geschreven"
_DECIDE = "main form:has(#choice) button[type=submit]"
made("inwoner", "plan.show", "nothing", "iris", _after(), "#doelen")
made("inwoner", "plan.show", "filled", "iris", _after(filled), ".plan-actions button")
made("inwoner", "plan.show", "waits", "iris", _after(_waiting), "a[href*=akkoord]")
made("inwoner", "plan.show", "changed", "iris", _after(_agreed), "a[href$=voorleggen]")
made("inwoner", "plan.show", "agreed", "iris", _after(_all_agreed), "a[href$=versies]")
made("inwoner", "plan.show", "done-in-one-tap", "iris", _sent(_after(filled), ".plan-actions button"), DONE)
made("inwoner", "plan.write", "new", "iris", _after(at="/belangrijk-om-te-weten/schrijven"), "#audience-0")
made("inwoner", "plan.write", "safety", "iris", _after(filled, at="/veilig-zijn/schrijven"), "#audience-1")
made("inwoner", "plan.write", "domains", "iris", _after(filled, at="/wat-speelt-er/schrijven"), "#domein_6-0")
made("inwoner", "plan.write", "question", "iris", _after(filled, at="/mijn-mensen/schrijven"), "#answer-0")
made("inwoner", "plan.write", "errors", "iris", _sent(_after(at="/belangrijk-om-te-weten/schrijven"), _SAVE, body=STRANGE), ERRORS, 422)
made("inwoner", "plan.write", "at-once", "iris", _at_once(_after(filled, at="/mijn-mensen/schrijven"), body=STRANGE), _BOTH, 422)
made("inwoner", "plan.texts", "texts", "iris", _after(_again, at="/teksten/@3"), "article + article")
made("inwoner", "plan.texts", "of-a-goal", "iris", _after(_again, at="/teksten/@6"), "article + article")
made("inwoner", "goals.begin", "new", "iris", _after(at="/doel"), "details")
made("inwoner", "goals.begin", "example", "iris", _after(at="/doel?voorbeeld=geld"), "details + p + ul")
made("inwoner", "goals.begin", "errors", "iris", _sent(_after(at="/doel"), _SAVE), ERRORS, 422)
made("inwoner", "goals.show", "all", "iris", _after(filled, at="/doel/@6/acties"), ".plan-actions button")
made("team", "goals.show", "all", "femke.nas", _after(filled, at="/doel/@6/acties"), ".plan-actions button")
made("inwoner", "goals.edit", "edit", "iris", _after(filled, at="/doel/@6"), "button[value=weghalen]")
made("inwoner", "goals.edit", "at-once", "iris", _at_once(_after(filled, at="/doel/@6"), body="Zelf"), _BOTH, 422)
made("inwoner", "goals.begin_action", "new", "iris", _after(filled, at="/doel/@6/actie"), "#holder")
made("inwoner", "goals.begin_action", "errors", "iris", _sent(_after(filled, at="/doel/@6/actie"), _SAVE), ERRORS, 422)
made("inwoner", "goals.edit_action", "edit", "iris", _after(filled, at="/actie/@8"), "button[name=bezig]")
made("inwoner", "goals.edit_action", "at-once", "iris", _at_once(_after(filled, at="/actie/@8"), body="Zelf"), _BOTH, 422)
made("inwoner", "agreement.ask", "ask", "iris", _after(filled, at="/voorleggen"), "#inhoud form")
made(
    "inwoner",
    "agreement.ask",
    "not-whole",
    "iris",
    _sent(_after(filled, at="/voorleggen"), "#inhoud form button[type=submit]"),
    ERRORS,
    422,
)
made("inwoner", "own_plan.look", "first", "iris", _after(filled, _laid, at="/akkoord/!"), "#choice-0")
made("inwoner", "own_plan.look", "old-beside-new", "iris", _after(_again, _agreed_before, at="/akkoord/!"), ".plan-sides")
made("inwoner", "own_plan.look", "errors", "iris", _sent(_after(_waiting, at="/akkoord/!"), _DECIDE), ERRORS, 422)
made("inwoner", "agreement.versions", "some", "iris", _after(_waiting, at="/versies"), "a[href$='/versie/1']")
made("inwoner", "agreement.version", "agreed", "iris", _after(_agreed, at="/versie/1"), ".plan-actions")
made("inwoner", "agreement.version", "copy", "iris", _after(_agreed, at="/versie/1?klaar=exemplaar-1"), DONE)
made("inwoner", "timeline.show", "with-plan", "iris", lambda visit: visit.open(visit.stage.iris), "a[href$='/plan']")
made("team", "plan.show", "nothing", "femke.nas", _after(), "#doelen")
made("team", "plan.show", "filled", "femke.nas", _after(_agreed), "a[href$=voorleggen]")
made("team", "plan.show", "waits", "femke.nas", _after(_waiting), "a[href*=akkoord-opschrijven]")
made("team", "plan.write", "no-audience", "femke.nas", _after(filled, at="/mijn-mensen/schrijven"), "#body")
made("team", "plan.texts", "texts", "femke.nas", _after(_again, at="/teksten/@3"), "article + article")
made("team", "goals.begin", "new", "femke.nas", _after(at="/doel"), "details")
made("team", "goals.edit", "edit", "femke.nas", _after(filled, at="/doel/@6"), "button[value=weghalen]")
made("team", "goals.begin_action", "new", "femke.nas", _after(filled, at="/doel/@6/actie"), "#holder")
made("team", "goals.edit_action", "edit", "femke.nas", _after(filled, at="/actie/@8"), "button[name=bezig]")
made("team", "agreement.ask", "ask", "femke.nas", _after(filled, at="/voorleggen"), "#inhoud form")
made("team", "agreement.versions", "some", "femke.nas", _after(_waiting, at="/versies"), "a[href$='/versie/1']")
made("team", "agreement.version", "agreed", "femke.nas", _after(_agreed, at="/versie/1"), ".plan-actions")
made("team", "recording.ask_record", "ask", "femke.nas", _after(_waiting, at="/akkoord-opschrijven/!"), "#proof")
made("team", "recording.ask_record", "errors", "femke.nas", _sent(_after(_waiting, at="/akkoord-opschrijven/!"), _DECIDE), ERRORS, 422)
