"""The post of a team, and the box of the demo, in every state."""

from secrets import token_hex
from typing import Any
from uuid import uuid4

from psycopg import Connection

from portal.demo.post_box import lay_letters, letters_are_posted, write_whole
from tests.pages.stage import LONG_NAME, LONG_WORD
from tests.pages.states import DONE, made, page
from tests.pages.visit import Visit

_TEAM = "(SELECT s.team_id FROM casus.staff s JOIN portaal.account a ON a.person_id = s.person_id WHERE a.username = 'femke.nas')"
_LETTER = (
    "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, team_id, made_at, printed_at, printed_by)"
    f" SELECT gen_random_uuid(), %s, 'nl', 'inwoner', %s, %s, {_TEAM}, now() - %s::interval, CASE WHEN %s THEN now() END,"
    " CASE WHEN %s THEN (SELECT person_id FROM portaal.account WHERE username = 'femke.nas') END"
)
_MAIL = (
    "INSERT INTO portaal.outbox (template, language, to_whom, address, team_id, made_at, gave_up_at, last_error, person_id)"
    f" SELECT 'nieuws', 'nl', 'inwoner', 'x@voorbeeld.nl', {_TEAM}, now() - interval '1 day', CASE WHEN %s::text IS NOT NULL THEN now() END, %s, %s"
)


def _filled(visit: Visit, done: str = "") -> None:
    """Letters of today and of too long ago, printed and not, and a task of each kind."""
    careful = visit.live.one("SELECT person_id FROM casus.inwoner WHERE safe_contact <> '' ORDER BY person_id LIMIT 1")
    name = " ".join(part for part in LONG_NAME if part)
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.outbox")
        admin.execute("DELETE FROM portaal.letter")
        for template, to, lines, age, printed in (
            ("startcode", "Sam Proef", ["Proefweg 1", "6511 AB Nijmegen"], "1 hour", False),
            ("melding_ontvangen", name, [LONG_WORD], "3 days", True),
            ("startcode", LONG_WORD, [], "1 hour", False),
        ):
            admin.execute(_LETTER, (template, to, lines, age, printed, printed))
        for error in ("adres", "geweigerd", "tijdelijk", "geen_antwoord", "tekst"):
            admin.execute(_MAIL, (error, error, None))
        admin.execute(_MAIL, (None, None, careful))
        _about_a_melding(visit, admin, name)
    visit.open(f"/post{done}")


def _about_a_melding(visit: Visit, admin: Connection[Any], name: str) -> None:
    """A task about a melding, of which nothing is safe; and one about a dossier in which who looks works."""
    admin.execute(
        f"INSERT INTO casus.melding (number, channel, for_whom, name, team_id, safe_post, safe_call) SELECT %s, 'stip', 'zelf', %s, {_TEAM}, false, false",
        (f"M-{token_hex(2).upper()}-P0ST", name),
    )
    admin.execute(
        "INSERT INTO portaal.letter (public_id, template, language, to_whom, to_name, to_lines, melding_id, team_id)"
        " SELECT gen_random_uuid(), 'melding_antwoord', 'nl', 'inwoner', name, '{Proefweg 1}', id, team_id"
        " FROM casus.melding WHERE number LIKE '%-P0ST' ORDER BY id DESC LIMIT 1"
    )
    own = "SELECT d.inwoner_id FROM casus.assignment s JOIN casus.dossier d ON d.id = s.dossier_id JOIN portaal.account a ON a.person_id = s.staff_id"
    treated = visit.live.one(f"{own} WHERE a.username = 'femke.nas' AND s.valid_until IS NULL LIMIT 1")
    admin.execute(_MAIL, ("geweigerd", "geweigerd", treated))


def _empty(visit: Visit) -> None:
    with visit.live.admin() as admin:
        admin.execute("DELETE FROM portaal.outbox")
        admin.execute("DELETE FROM portaal.letter")
    visit.open("/post")


made("team", "post.overview", "empty", "femke.nas", _empty, "#taken")
made("team", "post.overview", "full", "femke.nas", _filled, "input[name=letter]")
made("team", "post.overview", "posted", "femke.nas", lambda visit: _filled(visit, "?klaar=verstuurd"), DONE)
page("team", "post.overview", "not-all", "femke.nas", "/post?klaar=niet-alles", ".utrecht-alert--warning")


def _box(visit: Visit, *, full: bool) -> None:
    """The box of the demo, with a mail and a letter or with nothing."""
    folder = visit.live.post
    assert folder
    for file in folder.glob("*.*"):
        file.unlink()
    if full:
        words = f"From: x@voorbeeld.nl\nTo: {'sam' * 20}@voorbeeld.nl\nSubject: Er is een bericht voor u\nContent-Language: nl\n\nLog in.\n{LONG_WORD}\n"
        write_whole(folder / "een.eml", words.encode())
        letter = uuid4()
        lay_letters(folder, {letter: (LONG_WORD, b"%PDF-1.7")})
        letters_are_posted(folder, [letter])
    visit.open("/demo/post")


made("inwoner", "demo_post.box", "empty", None, lambda visit: _box(visit, full=False), "h1")
made("inwoner", "demo_post.box", "full", None, lambda visit: _box(visit, full=True), ".reaction a[href$='.pdf']")
made("team", "demo_post.box", "full", "femke.nas", lambda visit: _box(visit, full=True), ".reaction a[href$='.pdf']")
