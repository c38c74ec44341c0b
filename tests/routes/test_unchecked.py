"""In a language that nobody checked, a page says so; and where people decide, or are kept safe, the Dutch stands below.

A part of a page where that must be so is marked ``data-sensitive``. What is asked of it is asked of every page here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from portal import help_page, i18n
from portal.assets import ROOT
from portal.i18n import LANGUAGES, SOURCE, Translator, translator
from portal.paper_code import code_hash
from tests.access.planned import SOON
from tests.documents.kept import keep
from tests.routes.conftest import DOCUMENT_KEY, PASSWORD, Browser, Person, Town, fresh_code

TELLING = {"p", "li", "legend", "label", "dt", "dd", "blockquote"}
"""What says something in full; a heading, a link and a button name what stands beside them."""
NOT_OURS = {"bdi", "time", "a", "button", "summary", "h1", "h2", "h3"}
NOTE = "Deze vertaling is nog niet nagekeken. Twijfelt u? Kies Nederlands."
unchecked = pytest.mark.parametrize("language", [code for code in LANGUAGES if code != SOURCE])


@dataclass
class Telling:
    """A paragraph of a sensitive part: its own words, and whether the Dutch stands in it."""

    tag: str
    depth: int
    words: str = ""
    dutch: bool = False


@dataclass
class Sensitive(HTMLParser):
    """Reads the sensitive parts of a page."""

    parts: int = 0
    told: list[Telling] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)
    _now: list[Telling] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("input", "meta", "link", "br", "img"):
            return
        sensitive = "data-sensitive" in given
        self.parts += sensitive
        self._open.append((tag, sensitive))
        if given.get("class") == "in-dutch":
            assert (given["lang"], given["dir"]) == ("nl", "ltr")
            assert self._now, "Dutch below nothing"
            self._now[-1].dutch = True
        elif tag in TELLING and any(inside for _tag, inside in self._open):
            self._now.append(Telling(tag, len(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1][0] == tag
        if self._now and self._now[-1].depth == len(self._open):
            self.told.append(self._now.pop())
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._now and not any(tag in NOT_OURS for tag, _inside in self._open[self._now[-1].depth :]):
            self._now[-1].words += data


SOMEBODY = {"who": "nieuw", "first_name": "Sara", "last_name": "Zus", "what": "alles", "until": "half"}
CONSENT = {"sections": "8", "until": "half", "naar": "kijk"}
INVITED = {**SOMEBODY, "role": "1", "what": "alles", "language": "nl", "naar": "kijk"}
HOME_CODE = "7k2m-0000-0000-0001"
SENT = {
    "kijk-organisatie": CONSENT,
    "kijk-plan": INVITED,
    "kijk": {**SOMEBODY, "naar": "kijk"},
    "doe": {**SOMEBODY, "naar": "doe"},
    "huiscode": {},
    "huis": {"code": HOME_CODE},
}
"""Pages that answer to a form: what is sent, by what stands behind the address."""


def read(browser: Browser, address: str) -> Sensitive:
    where, _, sent = address.partition("#")
    page = browser.send(where, SENT[sent]) if sent else browser.get(where)
    assert page.status_code == 200
    found = Sensitive()
    found.feed(page.text)
    return found


class Reader(NamedTuple):
    """Somebody with something of everything that is sensitive today, where it stands, and who acts for them with a mandate that names all."""

    person: Person
    places: dict[str, str]
    mentor: Person
    asked_home: Person
    """Whom the inwoner handed a code to make a plan together."""


@pytest.fixture(scope="module")
def reader(town: Town) -> Reader:
    """All of it."""
    person, professional, asked_home = town.person(name="Amal"), town.staff(), town.person(name="Bas")
    dossier = town.dossier(person, professional)
    plain, withheld, later = town.entry(dossier), town.entry(dossier), town.entry(dossier)
    _hold_back(town, plain, withheld, later)
    _log_elsewhere(town, dossier)
    _read_in_emergency(town, dossier, professional)
    page = f"/dossier/{dossier}/dagboek"
    naaste = _reads_along(town, dossier)
    organisation = f"/dossier/{dossier}/wie-mag-wat-zien/organisatie/{_organisations(town, dossier)}"
    chosen, by_judge, mentor = _represented(town, dossier, professional)
    entry, number = f"/dossier/{dossier}/notitie/{plain}", str(uuid4())
    browser = town.signed_in(person)
    assert browser.send(f"{entry}/reactie", {"body": "Zo was het.", "audience": "2", "number": number}, page=entry).status_code == 303
    written = browser.send(
        f"{page}/schrijven", {"body": "Voor mij alleen.", "leefdomein": "0", "number": str(uuid4())}, page=f"{page}/schrijven"
    )
    own = written.headers["Location"].partition("?")[0].rsplit("/", 1)[1]
    own_document = _own_document(town, dossier, person)
    refused, waits = _asked(town, entry, person, professional)
    places = {
        "help": "/hulp",
        "crisis": "/crisis",
        "costs": "/kosten",
        "afterwards": "/na-uw-melding",
        "rights": "/uw-rechten",
        "support": "/uw-rechten/onafhankelijke-steun",
        "more help": "/uw-rechten/meer-hulp-aanvragen",
        "dossier": f"/dossier/{dossier}",
        "entry": entry,
        "edit": f"{entry}/reactie/{number}/wijzigen",
        "withdraw": f"{entry}/reactie/{number}/intrekken",
        "texts": f"{entry}/reactie/{number}/versies",
        "who looked": f"/dossier/{dossier}/wie-keek-er",
        "not right": f"{entry}/klopt-niet",
        "not clear": f"{entry}/snap-niet",
        "refused": refused,
        "question": waits,
        "why looked": f"/dossier/{dossier}/wie-keek-er/waarom?regel={quote(_line(town, dossier).isoformat())}",
        "close": f"{entry}/afsluiten",
        "pause": f"/dossier/{dossier}/uitzetten",
        "preview": f"/dossier/{dossier}/zo-ziet-een-ander/{_with_access(town, dossier)}",
        "messages": f"/dossier/{dossier}/berichten",
        "paper": f"/dossier/{dossier}/afdrukken",
        "document": _with_file(town, dossier),
        "own document": own_document,
        "share document": f"{own_document}/wie-leest",
        "throw document": f"{own_document}/weggooien",
        "add document": f"/dossier/{dossier}/document-toevoegen",
        "diary": page,
        "diary page": f"/dossier/{dossier}/notitie/{own}",
        "diary write": f"{page}/schrijven",
        "diary edit": f"{page}/{own}/veranderen",
        "diary share": f"{page}/{own}/wie-leest",
        "diary throw": f"{page}/{own}/weggooien",
        "who may see": f"/dossier/{dossier}/wie-mag-wat-zien",
        "one naaste": f"/dossier/{dossier}/wie-mag-wat-zien/{naaste.public_id}",
        "change access": f"/dossier/{dossier}/wie-mag-wat-zien/{naaste.public_id}/veranderen",
        "stop access": f"/dossier/{dossier}/wie-mag-wat-zien/{naaste.public_id}/stoppen",
        "organisation": organisation,
        "ask organisation": f"{organisation}/toestemming",
        "look organisation": f"{organisation}/toestemming#kijk-organisatie",
        "stop organisation": f"{organisation}/stoppen",
        "own mandates": f"/dossier/{dossier}/vertegenwoordigers",
        "end mandate": f"/dossier/{dossier}/vertegenwoordigers/{chosen}/stoppen",
        "judge's mandate": f"/dossier/{dossier}/vertegenwoordigers/{by_judge}/stoppen",
        "let in": f"/dossier/{dossier}/wie-mag-wat-zien/erbij",
        "look": f"/dossier/{dossier}/wie-mag-wat-zien/erbij#kijk",
        "code": f"/dossier/{dossier}/wie-mag-wat-zien/erbij#doe",
        "card": "/mijn-inloggen/kaart",
        "ask safely": "/melding/stap/veilig",
        "call now": "/melding/bel-nu",
        "stand": "/melding/stand",
        "take along": f"/dossier/{dossier}/meenemen",
        "notices": f"/dossier/{dossier}/berichtgeving",
        "delete": f"/dossier/{dossier}/wissen",
        "delete all": f"/dossier/{dossier}/wissen/alles",
        "delete plan": f"/dossier/{dossier}/wissen/plan",
        "deleted": f"/dossier/{dossier}/wissen/{_asked_to_delete(town, dossier)}",
        "plan text": f"/dossier/{dossier}/plan/veilig-zijn/schrijven",
        "plan goal": f"/dossier/{dossier}/plan/doel",
        "plan": f"/dossier/{dossier}/plan",
        "plan invite": f"/dossier/{dossier}/wie-mag-wat-zien/plan",
        "plan invitation": f"/dossier/{dossier}/wie-mag-wat-zien/plan#kijk-plan",
        "asked along": _to_look_back(browser, f"/dossier/{dossier}/plan/terugkijken"),
        "ending": _to_end(town, dossier),
        "choose helper": _is_helped(town, dossier),
        "handover": (handover := _handed_over(town, dossier)),
        "handover answer": f"{handover}/antwoord",
        "look back": f"/dossier/{dossier}/plan/terugkijken/invullen",
        "plan agree": _laid_before(browser, f"/dossier/{dossier}/plan"),
        "household": _at_home(town, browser, dossier),
        "household code": f"/dossier/{dossier}/plan/samen/code#huiscode",
        "home asked": f"/dossier/{town.dossier(asked_home)}/plan/samen/meedoen#huis",
        "named looks": f"/dossier/{dossier}/namens/wie-keek-er",
        "named sharing": f"/dossier/{dossier}/namens/wie-mag-wat-zien",
        "named stop": f"/dossier/{dossier}/namens/wie-mag-wat-zien/{naaste.public_id}/stoppen",
    }
    return Reader(person, places, mentor, asked_home)


def _at_home(town: Town, browser: Browser, dossier: UUID) -> str:
    """Where somebody sees with whom they make a plan together; a code is out, a goal can be made joint, and a part is shown."""
    plan, other = f"/dossier/{dossier}/plan", town.dossier(town.person(name="Cor"))
    for number, body in (("0", "Wandelen"), ("1", "Fietsen")):
        sent = {"number": str(uuid4()), "base": number, "body": body, "audience": "3"}
        assert browser.send(f"{plan}/energie/schrijven", sent, page=f"{plan}/energie/schrijven").status_code == 303
    with town.admin() as admin:
        admin.execute("WITH j AS (INSERT INTO casus.joint_plan DEFAULT VALUES RETURNING id) INSERT INTO casus.joint_plan_member (joint_plan_id, dossier_id)"
                      " SELECT j.id, d.id FROM j, casus.dossier d WHERE d.public_id = ANY (%s)", ([dossier, other],))  # fmt: skip
        admin.execute("INSERT INTO casus.joint_plan_code SELECT id, %s, now() + interval '9 days' FROM casus.dossier WHERE public_id = %s",
                      (code_hash(HOME_CODE), other))  # fmt: skip
        admin.execute("UPDATE casus.plan_part SET shown_number = 1, shown_at = clock_timestamp() WHERE kind = 4"
                      " AND dossier_id = (SELECT id FROM casus.dossier WHERE public_id = %s)", (dossier,))  # fmt: skip
    return f"{plan}/samen"


def _handed_over(town: Town, dossier: UUID) -> str:
    """Where the inwoner reads to whom they are handed over."""
    with town.admin() as admin:
        [[number]] = admin.execute(
            "INSERT INTO casus.handover (public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections, with_plan, made_by,"
            " made_by_name) SELECT gen_random_uuid(), d.id, false, 3, 'Pluryn', 'S. Bakker', 'Zo', acl.today(), true, '{1,2,3,4,5,6,7,8,9}', false, d.inwoner_id,"
            " 'x' FROM casus.dossier d WHERE d.public_id = %s RETURNING public_id",
            (dossier,),
        ).fetchall()
    return f"/dossier/{dossier}/overdracht/{number}"


def _is_helped(town: Town, dossier: UUID) -> str:
    """Where the inwoner chooses somebody else."""
    with town.admin() as admin:
        admin.execute(
            "UPDATE casus.assignment SET responsible = true WHERE id = (SELECT min(t.id) FROM casus.assignment t JOIN casus.dossier d ON d.id = t.dossier_id"
            " WHERE d.public_id = %s)",
            (dossier,),
        )
    return f"/dossier/{dossier}/wie-helpt-mij/wens"


def _to_end(town: Town, dossier: UUID) -> str:
    """Where the inwoner reads how the help ends."""
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.ending (public_id, dossier_id, kind, ends_on, reason, onward, warned, not_evaluated, near_by_name, near_words, made_by,"
            " made_by_name) SELECT gen_random_uuid(), d.id, 1, acl.today(), 'Klaar', '', '', 'Nee', '', '', d.inwoner_id, 'x' FROM casus.dossier d"
            " WHERE d.public_id = %s",
            (dossier,),
        )
    return f"/dossier/{dossier}/stoppen-met-hulp"


def _to_look_back(browser: Browser, where: str) -> str:
    """Where the inwoner chooses who is asked along."""
    assert browser.send(f"{where}/plannen", {"planned_on": SOON, "kind": "1"}, page=f"{where}/plannen").status_code == 303
    return f"{where}/wie"


def _laid_before(browser: Browser, plan: str) -> str:
    """Where the inwoner says yes or no to a plan."""
    goal = {"number": str(uuid4()), "base": "0", "body": "Rust", "leefdomein": "0", "audience": "3"}
    assert browser.send(f"{plan}/doel", goal, page=plan).status_code == 303
    return browser.send(f"{plan}/voorleggen", {}, page=f"{plan}/voorleggen").headers["Location"].partition("?")[0]


def _reads_along(town: Town, dossier: UUID) -> Person:
    """Somebody who reads everything for more than a year, and a part."""
    naaste = town.person(name="Floor")
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, leefdomein, valid_from, ground)"
            " SELECT d.id, %s, s.scope, s.leefdomein, acl.today() - 400, 'toestemming' FROM casus.dossier d,"
            " (VALUES (1, NULL::int), (3, 6)) s (scope, leefdomein) WHERE d.public_id = %s",
            (naaste.person_id, dossier),
        )
        admin.execute(
            "INSERT INTO casus.closure (dossier_id, entry_id, person_id, except_responsible, reason) SELECT e.dossier_id, e.id, w.person, w.all_others, ''"
            " FROM casus.entry e, (VALUES (%s::int, false), (NULL, true)) w (person, all_others) WHERE e.id = (SELECT min(x.id) FROM casus.entry x"
            " JOIN casus.dossier d ON d.id = x.dossier_id WHERE d.public_id = %s)",
            (naaste.person_id, dossier),
        )
    return naaste


def _organisations(town: Town, dossier: UUID) -> UUID:
    """One that has read on consent for more than a year, one that was asked nothing yet, and one that reads because the law says so; gives the first."""
    with town.admin() as admin:
        row = admin.execute("INSERT INTO casus.team (name) VALUES ('Oost') RETURNING id").fetchone()
        assert row
        admin.execute("UPDATE casus.dossier SET team_id = %s WHERE public_id = %s", (row[0], dossier))
        made = admin.execute(
            "INSERT INTO casus.program (role_name, name, purpose, sections, team_ids, ground) VALUES"
            " ('program_maatjes', 'Maatjes', 'post', '{2,8}', ARRAY[%(team)s::int], 'toestemming'),"
            " ('program_fonds', 'Fonds', 'nood', '{2}', ARRAY[%(team)s::int], 'toestemming'),"
            " ('program_wet', 'Wet', 'moet', '{7}', ARRAY[%(team)s::int], 'wet') RETURNING public_id",
            {"team": row[0]},
        ).fetchone()
        assert made
        admin.execute(
            "INSERT INTO casus.program_consent (dossier_id, role_name, sections, given_at, valid_until)"
            " SELECT id, 'program_maatjes', '{2,8}', now() - interval '400 days', acl.today() + 9 FROM casus.dossier WHERE public_id = %s",
            (dossier,),
        )
    return UUID(str(made[0]))


def _represented(town: Town, dossier: UUID, professional: Person) -> tuple[UUID, UUID, Person]:
    """Somebody the reader chose to act, with everything written down; somebody a judge chose, with nothing; and one that is over."""
    people = [town.person(name=name) for name in ("Geert", "Mia", "Oda")]
    second = town.staff()
    made = []
    with town.admin() as admin:
        for person, ground, last, asked_by, words in (
            (people[0].person_id, "gemachtigde", 9, professional.person_id, "volmacht"),
            (people[1].person_id, "mentor", None, None, ""),
            (people[2].person_id, "curator", -1, None, ""),
        ):
            row = admin.execute(
                "INSERT INTO casus.mandate (dossier_id, person_id, ground, valid_from, valid_until, proof, proof_seen_on, scope, opens_log, asked_by,"
                " agreed_by) SELECT id, %s, %s, acl.today() - 9, acl.today() + %s::int, %s, acl.today(), %s, %s, %s, %s FROM casus.dossier"
                " WHERE public_id = %s RETURNING public_id",
                (person, ground, last, words, words, bool(words), asked_by, asked_by and second.person_id, dossier),
            ).fetchone()
            assert row
            made.append(row[0])
    with town.admin() as admin:
        admin.execute("UPDATE casus.mandate SET opens_log = true, opens_sharing = true WHERE public_id = %s", (made[1],))
    return made[0], made[1], people[1]


def _asked(town: Town, entry: str, person: Person, professional: Person) -> tuple[str, str]:
    """A question that was refused, and one that waits: where each stands."""
    places = []
    for _ in range(2):
        sent = town.signed_in(person).send(f"{entry}/klopt-niet", {"wish": "1", "body": "Het was maandag.", "audience": "2"})
        assert sent.status_code == 303
        places.append(sent.headers["Location"].partition("?")[0])
    answer = {"outcome": "3", "body": "Nee, want het was dinsdag."}
    assert town.signed_in(professional).send(places[0], answer).status_code == 303
    return places[0], places[1]


def _line(town: Town, dossier: UUID) -> Any:
    """The moment at which somebody of the team looked."""
    with town.admin() as admin:
        [moment] = admin.execute(
            "SELECT max(l.at) FROM casus.read_log l JOIN casus.dossier d ON d.id = l.dossier_id WHERE d.public_id = %s AND l.program = 'web_team'",
            (dossier,),
        ).fetchone() or (None,)
    return moment


def _own_document(town: Town, dossier: UUID, person: Person) -> str:
    """A document that the inwoner added for nobody else; gives its address."""
    address = _with_file(town, dossier)
    entry = address.rpartition("/")[2]
    with town.admin() as admin:
        # Without the stamp of who writes.
        admin.execute("SET session_replication_role = replica")
        admin.execute("UPDATE casus.entry SET author_id = %s, section = 9, audience = 1 WHERE public_id = %s", (person.person_id, entry))
        admin.execute(
            "UPDATE casus.entry_version v SET author_id = %s, section = 9, written_for = 1 FROM casus.entry e WHERE e.id = v.entry_id"
            " AND e.public_id = %s",
            (person.person_id, entry),
        )
    return address


def _with_file(town: Town, dossier: UUID) -> str:
    """An entry with a file; gives its address."""
    entry = town.entry(dossier)
    with town.admin() as admin:
        keep(admin, DOCUMENT_KEY, entry, "jpg", b"x")
    return f"/dossier/{dossier}/notitie/{entry}"


def _hold_back(town: Town, plain: UUID, withheld: UUID, later: UUID) -> None:
    """One entry that is not shown, with the reason; and one that is talked about first."""
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.closure (dossier_id, entry_id, reason, ground, review_on, told_from) SELECT dossier_id, id,"
            " 'Hierin gaat het over iemand anders.', 2, current_date + 9, now() - interval '1 day' FROM casus.entry WHERE public_id = %s",
            (withheld,),
        )
        admin.execute(
            "INSERT INTO casus.closure (dossier_id, entry_id, reason, ground, review_on, told_from, ended_at) SELECT dossier_id, id,"
            " 'Even niet.', 2, current_date + 9, now(), now() FROM casus.entry WHERE public_id = %s",
            (plain,),
        )
        admin.execute("UPDATE casus.entry SET discuss_until = now() + interval '3 days' WHERE public_id = %s", (later,))


def _log_elsewhere(town: Town, dossier: UUID) -> None:
    """A line that another system logged before the dossier came here."""
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.imported_read_line (source, at, dossier_id, what, shown, shown_entries, reader_name, reader_role, ground,"
            " ground_detail, program) SELECT 'Oud systeem', '2020-01-03 10:00Z', id, 'notitie', 1, '{}', 'Annie Oud', 'medewerker',"
            " 'behandelrelatie', '', 'oud' FROM casus.dossier WHERE public_id = %s",
            (dossier,),
        )


def _read_in_emergency(town: Town, dossier: UUID, professional: Person) -> None:
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.emergency_reading (dossier_id, person_id, reason, ends_at)"
            " SELECT id, %s, 'Er is brand.', now() + interval '1 hour' FROM casus.dossier WHERE public_id = %s",
            (professional.person_id, dossier),
        )


def _with_access(town: Town, dossier: UUID) -> UUID:
    """Somebody who may read along."""
    guest = town.person(name="Mo")
    with town.admin() as admin:
        admin.execute(
            "INSERT INTO casus.access_grant (dossier_id, grantee_id, scope, valid_from, ground)"
            " SELECT id, %s, 1, current_date, 'toestemming' FROM casus.dossier WHERE public_id = %s",
            (guest.person_id, dossier),
        )
    return guest.public_id


def _asked_to_delete(town: Town, dossier: UUID) -> str:
    """A question about three entries: one waits, one is deleted, one stays."""
    question = str(uuid4())
    with town.admin() as admin:
        admin.execute(
            "WITH q AS (INSERT INTO casus.destruction (public_id, dossier_id, asked_by) SELECT %s, id, inwoner_id FROM casus.dossier"
            " WHERE public_id = %s RETURNING *) INSERT INTO casus.destruction_item (destruction_id, entry_id, dossier_id, outcome, reason, decided_at,"
            " decided_by) SELECT q.id, e, q.dossier_id, outcome, reason, CASE WHEN outcome > 0 THEN now() END, CASE WHEN outcome > 0 THEN q.asked_by END"
            " FROM q, unnest(%s::uuid[], '{null,1,2}'::smallint[], ARRAY[NULL, NULL, 'Voor een ander.']) o (number, outcome, reason),"
            " LATERAL (SELECT id FROM casus.entry WHERE public_id = o.number) x (e)",
            (question, dossier, [town.entry(dossier) for _entry in range(3)]),
        )
    return question


PLACES = {
    "help": 30, "crisis": 9, "costs": 6, "afterwards": 9, "rights": 11, "support": 6, "more help": 7,
    "dossier": 8, "entry": 7, "edit": 4, "withdraw": 1, "texts": 1, "who looked": 4, "paper": 1, "close": 5, "preview": 2, "card": 1, "pause": 5,
    "document": 2, "own document": 4, "share document": 8, "throw document": 5, "add document": 5, "diary": 1, "diary page": 6, "diary write": 1, "diary edit": 1, "diary share": 7, "diary throw": 1,
    "not right": 6, "not clear": 4, "refused": 7, "question": 2, "why looked": 1,
    "ask safely": 2, "call now": 6, "stand": 2,
    "who may see": 18, "organisation": 3, "ask organisation": 4, "look organisation": 6, "stop organisation": 2, "one naaste": 4, "change access": 20, "stop access": 2, "let in": 1, "look": 4, "code": 1, "take along": 3,
    "messages": 4, "notices": 18, "delete": 4, "delete all": 3, "delete plan": 4, "deleted": 4,
    "plan text": 4, "plan goal": 4, "plan": 1, "plan invite": 1, "plan invitation": 4, "plan agree": 5, "choose helper": 3, "handover": 1, "handover answer": 4, "ending": 1, "asked along": 1, "look back": 1,
    "household": 6, "household code": 1, "home asked": 5,
    "own mandates": 12, "end mandate": 3, "judge's mandate": 3, "named looks": 1, "named sharing": 6, "named stop": 2,
}  # fmt: skip
"""Each page with sensitive parts, and how many paragraphs at least say something there."""
TEMPLATES = {
    "accounts/ask_card.html": "card",
    "accounts/card.html": "card",
    "asking/correct.html": "not right",
    "asking/disagree.html": "refused",
    "asking/explain.html": "not clear",
    "asking/question.html": "question",
    "asking/why.html": "why looked",
    "closing/close.html": "close",
    "closing/closed.html": "who may see",
    "pause/ask.html": "pause",
    "closing/emergencies.html": "who looked",
    "choice/wish.html": "choose helper",
    "ending/ending.html": "ending",
    "handover/handover.html": "handover",
    "handover/answer.html": "handover answer",
    "evaluation/look.html": "look back",
    "evaluation/people.html": "asked along",
    "plan/agree.html": "plan agree",
    "plan/guests.html": "plan",
    "plan/goal.html": "plan goal",
    "plan/household.html": "household",
    "plan/household_code.html": "household code",
    "plan/household_join.html": "home asked",
    "plan/household_means.html": "home asked",
    "plan/household_own.html": "household",
    "plan/write.html": "plan text",
    "preview/show.html": "preview",
    "preview/versions.html": "preview",
    "preview/document.html": "preview",
    "withholding/on_entry.html": "entry",
    "components/crisis.html": "rights",
    "front/afterwards.html": "afterwards",
    "front/costs.html": "costs",
    "front/crisis.html": "crisis",
    "front/right.html": "support",
    "front/rights.html": "rights",
    "components/form.html": "entry",
    "components/ways_on.html": "more help",
    "documents/add.html": "add document",
    "documents/on_entry.html": "own document",
    "documents/share.html": "share document",
    "documents/throw.html": "throw document",
    "destruction/overview.html": "delete",
    "destruction/question.html": "deleted",
    "destruction/sure.html": "delete all",
    "destruction/sure_of_plan.html": "delete plan",
    "destruction/own_plan.html": "delete",
    "diary/diary.html": "diary",
    "diary/edit.html": "diary edit",
    "diary/on_entry.html": "diary page",
    "diary/share.html": "diary share",
    "diary/throw.html": "diary throw",
    "diary/write.html": "diary write",
    "dossier/entry.html": "entry",
    "dossier/reaction.html": "entry",
    "dossier/reaction_edit.html": "edit",
    "dossier/reaction_texts.html": "texts",
    "dossier/reaction_withdraw.html": "withdraw",
    "help/help.html": "help",
    "intake/call_now.html": "call now",
    "intake/step.html": "ask safely",
    "intake/steps.html": "stand",
    "messages/who_reads.html": "messages",
    "notices/choose.html": "notices",
    "paper/paper.html": "paper",
    "mandate/own.html": "own mandates",
    "mandate/own_end.html": "end mandate",
    "mandate/past.html": "own mandates",
    "mandate/stop.html": "named stop",
    "mandate/who_looked.html": "named looks",
    "mandate/who_may_see.html": "named sharing",
    "sharing/code.html": "code",
    "sharing/organisation.html": "organisation",
    "sharing/organisation_question.html": "ask organisation",
    "sharing/organisation_review.html": "look organisation",
    "sharing/organisation_stop.html": "stop organisation",
    "sharing/organisations.html": "who may see",
    "sharing/overview.html": "who may see",
    "sharing/person.html": "one naaste",
    "sharing/question.html": "change access",
    "sharing/plan_question.html": "plan invite",
    "sharing/plan_review.html": "plan invitation",
    "sharing/review.html": "look",
    "sharing/stop.html": "stop access",
    "sharing/who_looked.html": "who looked",
    "taking/taking.html": "take along",
    "timeline/timeline.html": "dossier",
}
"""Each template with a sensitive part, and the page above that shows it."""


def _ask_for_help(town: Town, browser: Browser, *, sent: bool) -> None:
    """A melding that was begun; or sent, and waits on the list."""
    assert browser.send("/melding", {"for_whom": "zelf"}).status_code == 303
    if not sent:
        return
    for step, answers in (
        ("vraag", {}),
        ("nu", {}),
        ("wie", {}),
        ("bereiken", {"reach_ways": "langskomen"}),
        ("veilig", {}),
        ("praten", {}),
    ):
        assert browser.send(f"/melding/stap/{step}", answers).status_code == 303
    assert browser.send("/melding/nakijken").status_code == 303
    with town.admin() as admin:
        admin.execute("INSERT INTO casus.melding_event (melding_id, event) SELECT max(id), 'wachtlijst' FROM casus.melding")


def in_language(town: Town, reader: Reader, language: str, place: str = "") -> Browser:
    """Who may see a page, signed in and reading this language; for a page of a melding, with one that was begun or sent."""
    person = {"named": reader.mentor, "home": reader.asked_home}.get(place.partition(" ")[0], reader.person)
    browser = town.signed_in(person)
    if place in ("ask safely", "call now", "stand"):
        _ask_for_help(town, browser, sent=place == "stand")
    if place == "card":
        with town.admin() as admin:
            # The same code is good once, and somebody signed in with it just now.
            admin.execute("UPDATE portaal.account SET last_totp_step = NULL WHERE username = %s", (person.username,))
        assert browser.send("/mijn-inloggen/zeker?voor=kaart", {"password": PASSWORD, "code": fresh_code(person)}).status_code == 303
    with town.admin() as admin:
        admin.execute("UPDATE portaal.account SET language = %s WHERE username = %s", (language, person.username))
    return browser


def test_every_template_with_a_sensitive_part_is_asked() -> None:
    folder = ROOT / "templates"
    sensitive = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if re.search(r"data-sensitive|sensitive=true", path.read_text(encoding="utf-8"))
    }
    assert sensitive == set(TEMPLATES)
    assert set(TEMPLATES.values()) | {"more help", "let in", "judge's mandate", "document"} == set(PLACES)


@unchecked
@pytest.mark.parametrize("place", PLACES)
def test_no_sensitive_paragraph_is_without_its_dutch(town: Town, reader: Reader, place: str, language: str) -> None:
    places = reader.places
    browser = in_language(town, reader, language, place)
    found = read(browser, places[place])
    assert found.parts > 0
    ours = [told for told in found.told if any(letter.isalpha() for letter in told.words)]
    assert len(ours) >= PLACES[place]
    assert [told for told in ours if not told.dutch] == []


@unchecked
def test_that_we_cannot_check_the_lines_of_another_program_is_said_in_dutch_too(town: Town, reader: Reader, language: str) -> None:
    places = reader.places
    page = in_language(town, reader, language).get(places["who looked"]).text
    elsewhere = page[page.index('id="bron-1"') :]
    assert "<bdi>Annie Oud</bdi>" in elsewhere
    dutch = "Deze regels kregen wij van dat programma. Wij kunnen niet nagaan of ze kloppen."
    assert elsewhere.count(f'<span class="in-dutch" lang="nl" dir="ltr">{dutch}</span>') == 1


@pytest.mark.parametrize("place", PLACES)
def test_dutch_is_said_once_to_who_reads_dutch(town: Town, reader: Reader, place: str) -> None:
    places = reader.places
    browser = in_language(town, reader, SOURCE, place)
    found = read(browser, places[place])
    assert found.parts > 0
    assert not any(told.dutch for told in found.told)
    assert f">{NOTE}<" not in browser.get(places[place]).text


@unchecked
@pytest.mark.parametrize("place", ["/inloggen", "/er-is-niets", "/hulp"])
def test_every_page_says_once_that_nobody_checked_it(town: Town, place: str, language: str) -> None:
    page = town.browser("inwoner").get(place, headers={"Accept-Language": language}).text
    assert page.count(f'<p class="unchecked">{translator(language).gettext(NOTE)}</p>') == 1


@pytest.fixture
def read_whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A person has read all of it."""

    def whole(code: str) -> Translator:
        found = translator(code)
        return Translator(found.language, found._catalogue, checked=True)

    monkeypatch.setattr(i18n, "translator", whole)
    monkeypatch.setattr(help_page, "translator", whole)
    help_page.rendered.cache_clear()
    yield
    help_page.rendered.cache_clear()


@unchecked
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.usefixtures("read_whole")
def test_a_language_that_was_read_whole_needs_no_dutch(town: Town, reader: Reader, place: str, language: str) -> None:
    places = reader.places
    browser = in_language(town, reader, language, place)
    found = read(browser, places[place])
    assert found.parts > 0
    assert not any(told.dutch for told in found.told)
    assert 'class="unchecked"' not in browser.get(places[place]).text


def test_the_look_at_a_page_sees_what_is_missing() -> None:
    found = Sensitive()
    found.feed(
        '<section data-sensitive><h2>Kop</h2><p>Tell <span class="in-dutch" lang="nl" dir="ltr">Zeg</span></p><p>Alone <bdi>x</bdi></p>'
        "<p><bdi>people's words</bdi></p></section><p>elsewhere</p>"
    )
    assert [(told.words.strip(), told.dutch) for told in found.told] == [("Tell Zeg", True), ("Alone", False), ("", False)]
