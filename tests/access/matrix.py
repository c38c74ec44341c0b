"""What is ALLOWED: by whom (in which relation to dossier A), which act, on which thing. Everything that is not written here is denied.

Written by hand, from what was agreed. It imports nothing of the policy or the SQL, so that it can disagree with both. It is asked three
times: of portal.policy, of PostgreSQL as the web role, and over HTTP. The words for people and things are those of world.py.

Relations that occur nowhere below are the decoys: another dossier, ended, withdrawn, not begun, former professional, other team.
"""

# Relations, grouped only where the same people may do the same for the same reason.
OWNERS = {"owner", "mandate"}
TEAM = {"assigned", "assigned, entry closed", "substitute", "team lead, assigned", "team lead, substitute"}
NOT_CLOSED_FOR = TEAM - {"assigned, entry closed"}
GUESTS = {"grant whole", "grant section", "grant leefdomein", "grant entry"}

ALLOWED: dict[tuple[str, str], set[str]] = {
    # The dossier and its particulars
    ("read", "dossier"): OWNERS | TEAM | GUESTS,
    ("read", "name of the inwoner"): OWNERS | TEAM | GUESTS,
    ("read", "particulars"): OWNERS | TEAM,
    ("read", "address"): OWNERS | TEAM,
    ("read", "household"): OWNERS | TEAM,
    ("read", "assignments"): OWNERS | TEAM,
    ("read", "mandates"): OWNERS | TEAM,
    ("read", "grants"): OWNERS,
    # Entries, each with all its versions
    ("read", "entry"): OWNERS | TEAM | GUESTS,
    ("read", "entry, other section"): OWNERS | TEAM | {"grant whole", "grant leefdomein"},
    ("read", "entry, other leefdomein"): OWNERS | TEAM | {"grant whole", "grant section"},
    ("read", "entry, no leefdomein"): OWNERS | TEAM | {"grant whole"},
    ("read", "entry withheld"): TEAM,
    ("read", "entry to talk over"): TEAM,
    ("read", "entry to talk over, opened"): OWNERS | TEAM | {"grant whole", "grant section", "grant leefdomein"},
    ("read", "entry talked over"): OWNERS | TEAM | {"grant whole", "grant section", "grant leefdomein"},
    ("read", "entry closed for naasten and a professional"): OWNERS | NOT_CLOSED_FOR | {"grant leefdomein"},
    ("read", "entry closed before"): OWNERS | TEAM | {"grant whole", "grant section", "grant leefdomein"},
    ("read", "entry closed later"): OWNERS | TEAM | {"grant whole", "grant section", "grant leefdomein"},
    ("read", "entry the owner keeps"): {"owner"},
    ("read", "entry the owner shows professionals"): OWNERS | TEAM,
    # Reactions of the owner, beside "entry"
    ("read", "reaction for me"): {"owner"},
    ("read", "reaction for professionals"): OWNERS | TEAM,
    ("read", "reaction for everyone"): OWNERS | TEAM | GUESTS,
    ("read", "reaction withdrawn"): OWNERS | TEAM,
    ("read words of", "reaction for me"): {"owner"},
    ("read words of", "reaction for professionals"): OWNERS | TEAM,
    ("read words of", "reaction for everyone"): OWNERS | TEAM | GUESTS,
    ("read words of", "reaction withdrawn"): {"owner"},
    # Concepts: the author's own, as long as the author works in the dossier
    ("read", "own concept"): {"assigned", "substitute", "team lead, assigned", "assigned, entry closed"},
    # What happened
    ("read", "read log"): OWNERS,
    ("read", "change log"): OWNERS,
    ("ask", "notice of entry withheld"): OWNERS,
    ("ask", "notice of entry to talk over"): OWNERS,
    ("ask", "who can read entry"): OWNERS | TEAM,
    ("ask", "who can read entry withheld"): TEAM,
    ("ask", "who can read entry the owner keeps"): {"owner"},
    ("ask", "who can read entry closed for naasten and a professional"): OWNERS | NOT_CLOSED_FOR,
    ("ask", "caseload has dossier"): TEAM,
    # Writing
    ("write", "entry"): TEAM,
    ("write", "version of entry"): TEAM,
    ("write", "version of entry closed for naasten and a professional"): NOT_CLOSED_FOR,
    ("write", "concept"): TEAM,
    ("write", "concept on entry closed for naasten and a professional"): NOT_CLOSED_FOR,
    ("change", "own concept"): {"assigned", "substitute", "team lead, assigned", "assigned, entry closed"},
    ("remove", "own concept"): {"assigned", "substitute", "team lead, assigned", "assigned, entry closed"},
    ("write", "reaction beside entry"): OWNERS,
    ("write", "reaction beside entry closed before"): OWNERS,
    ("narrow", "reaction for everyone"): {"owner"},
    ("withdraw", "reaction for everyone"): {"owner"},
    ("write", "newer words of reaction for everyone"): {"owner"},
    ("open now", "entry to talk over"): OWNERS,
    # The inwoner's way in
    ("arrange", "sign-in of the inwoner"): TEAM,
    ("change", "address of the inwoner"): TEAM,
    # Reading and changing are logged, by whoever may open the dossier
    ("log", "reading of dossier"): OWNERS | TEAM | GUESTS,
    ("log", "change of dossier"): OWNERS | TEAM | GUESTS,
}

# Asked of everybody and allowed to nobody.
NEVER: set[tuple[str, str]] = {
    ("read", "protected address of another"),
    ("read", "entry of another dossier through a version"),
    ("read", "closures"),
    ("read", "concept of a colleague"),
    ("write", "entry in another's name"),
    ("write", "version in another's name"),
    ("write", "version of the owner's words"),
    ("write", "concept in another's name"),
    ("write", "reaction beside entry withheld"),
    ("write", "reaction beside entry to talk over"),
    ("write", "reaction in another's name"),
    ("write", "newer words of reaction withdrawn"),
    ("undo", "reaction withdrawn"),
    ("log", "reading in another's name"),
    ("log", "reading of another dossier"),
    ("log", "change of another dossier"),
    ("change", "entry"),
    ("change", "version of entry"),
    ("change", "read log"),
    ("remove", "entry"),
    ("remove", "version of entry"),
    ("remove", "reaction for everyone"),
    ("remove", "read log"),
    ("remove", "change log"),
    ("open now", "entry withheld"),
}

# Which way in portal.policy an act goes, and the tests of routes below: permission name by act and thing.
PERMISSIONS: dict[tuple[str, str], str] = {
    ("read", "dossier"): "read_dossier",
    ("read", "particulars"): "read_particulars",
    ("read", "read log"): "read_log",
    ("ask", "who can read entry"): "see_who_can_read",
    ("write", "entry"): "write_entry",
    ("write", "reaction beside entry"): "react",
    ("open now", "entry to talk over"): "open_now",
    ("arrange", "sign-in of the inwoner"): "arrange_sign_in",
}
# Permissions that are not about a dossier: by the kinds of actor that have them.
KIND_PERMISSIONS: dict[str, set[str]] = {
    "open": {"nobody", "inwoner", "naaste", "vertegenwoordiger", "professional", "teamleider", "beheerder", "job"},
    "signed_in": {"inwoner", "naaste", "vertegenwoordiger", "professional", "teamleider", "beheerder", "job"},
    "see_start": {"inwoner", "naaste", "vertegenwoordiger"},
    "see_caseload": {"professional", "teamleider"},
    "do_post": {"professional", "teamleider"},
    "manage_staff": {"teamleider", "beheerder"},
    "open_dossier": {"professional", "teamleider"},
    "screen": {"professional", "teamleider"},
    "see_figures": {"professional", "teamleider", "beheerder"},
}

# Over HTTP: every route × method of every face → the act it is, in the words above, or who may by kind.
# "kind: x" stands for KIND_PERMISSIONS[x]. A route that is not here fails; so does one here that is gone.
EVERYWHERE: dict[tuple[str, str], tuple[str, str]] = {
    ("GET", "security.security_txt"): ("kind", "open"),
    ("GET", "security.leave"): ("kind", "open"),
    ("GET", "help.show"): ("kind", "open"),
    ("GET", "accounts.sign_in_page"): ("kind", "open"),
    ("POST", "accounts.sign_in"): ("kind", "open"),
    ("GET", "accounts.code_page"): ("kind", "open"),
    ("POST", "accounts.code"): ("kind", "open"),
    ("POST", "accounts.stay"): ("kind", "signed_in"),
    ("POST", "accounts.choose_language"): ("kind", "open"),
    ("POST", "accounts.sign_out"): ("kind", "open"),
    ("GET", "first_time.start"): ("kind", "open"),
    ("POST", "first_time.start"): ("kind", "open"),
    ("GET", "first_time.code"): ("kind", "open"),
    ("POST", "first_time.code"): ("kind", "open"),
    ("GET", "first_time.password"): ("kind", "open"),
    ("POST", "first_time.password"): ("kind", "open"),
}
ROUTES: dict[str, dict[tuple[str, str], tuple[str, str]]] = {
    "inwoner": {
        **EVERYWHERE,
        ("GET", "start.show"): ("kind", "see_start"),
        ("GET", "intake.begin"): ("kind", "open"),
        ("POST", "intake.begin"): ("kind", "open"),
        ("GET", "intake.step"): ("kind", "open"),
        ("POST", "intake.step"): ("kind", "open"),
        ("GET", "intake.call_now"): ("kind", "open"),
        ("GET", "intake.route"): ("kind", "open"),
        ("GET", "intake.review"): ("kind", "open"),
        ("POST", "intake.review"): ("kind", "open"),
        ("GET", "intake.stand"): ("kind", "open"),
        ("GET", "intake.copy"): ("kind", "open"),
        ("POST", "intake.worse"): ("kind", "open"),
        ("GET", "intake.resume"): ("kind", "open"),
        ("POST", "intake.resume"): ("kind", "open"),
        ("POST", "intake.stop"): ("kind", "open"),
        ("GET", "timeline.show"): ("read", "dossier"),
        ("GET", "timeline.contents"): ("read", "dossier"),
        ("GET", "paper.show"): ("read", "dossier"),
        ("GET", "dossier.entry"): ("read", "entry"),
        ("GET", "dossier.versions"): ("read", "entry"),
        ("GET", "log.who_looked"): ("read", "read log"),
        ("GET", "reaction.to_form"): ("write", "reaction beside entry"),
        ("POST", "reaction.react"): ("write", "reaction beside entry"),
        ("GET", "reaction.edit"): ("narrow", "reaction for everyone"),
        ("POST", "reaction.change"): ("narrow", "reaction for everyone"),
        ("GET", "reaction.texts"): ("narrow", "reaction for everyone"),
        ("GET", "reaction.ask_withdraw"): ("withdraw", "reaction for everyone"),
        ("POST", "reaction.withdraw"): ("withdraw", "reaction for everyone"),
        ("POST", "reaction.open_now"): ("open now", "entry to talk over"),
    },
    "team": {
        **EVERYWHERE,
        ("GET", "start.show"): ("kind", "signed_in"),
        ("GET", "timeline.show"): ("read", "dossier"),
        ("GET", "timeline.contents"): ("read", "dossier"),
        ("GET", "paper.show"): ("read", "dossier"),
        ("GET", "dossier.entry"): ("read", "entry"),
        ("GET", "dossier.versions"): ("read", "entry"),
        ("POST", "concept.start"): ("write", "concept"),
        ("POST", "concept.start_version"): ("write", "version of entry"),
        ("GET", "concept.write"): ("read", "own concept"),
        # For an id that is gone or somebody else's the words go into a new concept of one's own: the same answer for both.
        ("POST", "concept.save"): ("write", "concept"),
        ("GET", "door.open_dossier"): ("kind", "open_dossier"),
        ("POST", "door.open_dossier"): ("kind", "open_dossier"),
        ("GET", "door.link_dossier"): ("kind", "open_dossier"),
        ("POST", "door.link_dossier"): ("kind", "open_dossier"),
        ("GET", "door.start_code"): ("arrange", "sign-in of the inwoner"),
        ("POST", "door.start_code"): ("arrange", "sign-in of the inwoner"),
        ("GET", "door.contact"): ("change", "address of the inwoner"),
        ("POST", "door.contact"): ("change", "address of the inwoner"),
        ("GET", "screening.overview"): ("kind", "screen"),
        ("GET", "screening.enter"): ("kind", "screen"),
        ("POST", "screening.enter"): ("kind", "screen"),
        # The melding of the world is of no team yet, so everybody who handles meldingen finds it; of another team: tests/access/asks_screening.py.
        ("GET", "screening.show"): ("kind", "screen"),
        ("GET", "screening.act"): ("kind", "screen"),
        ("POST", "screening.act"): ("kind", "screen"),
        ("POST", "screening.take"): ("kind", "screen"),
        ("POST", "screening.reopen"): ("kind", "screen"),
        ("GET", "screening.same_person"): ("kind", "screen"),
        ("POST", "screening.merge"): ("kind", "screen"),
        ("GET", "screening.flood"): ("kind", "screen"),
        ("POST", "screening.put_aside"): ("kind", "screen"),
        ("GET", "screening.aside"): ("kind", "screen"),
        ("GET", "post.overview"): ("kind", "do_post"),
        ("POST", "post.print_letters"): ("kind", "do_post"),
        ("POST", "post.posted"): ("kind", "do_post"),
        # For a task that is gone or another team's: the same answer for both, and nothing is done.
        ("POST", "post.task_done"): ("kind", "do_post"),
        ("POST", "post.allow"): ("kind", "do_post"),
        ("GET", "staff.overview"): ("kind", "manage_staff"),
        ("GET", "staff.member"): ("kind", "manage_staff"),
        ("GET", "staff.absence"): ("kind", "manage_staff"),
        ("POST", "staff.absence"): ("kind", "manage_staff"),
        ("GET", "staff.start_code"): ("kind", "manage_staff"),
        ("POST", "staff.start_code"): ("kind", "manage_staff"),
        ("POST", "staff.back"): ("kind", "manage_staff"),
        ("GET", "staff.leave"): ("kind", "manage_staff"),
        ("POST", "staff.leave"): ("kind", "manage_staff"),
        ("GET", "staff.change"): ("kind", "manage_staff"),
        ("POST", "staff.change"): ("kind", "manage_staff"),
        ("GET", "staff.join"): ("kind", "manage_staff"),
        ("POST", "staff.join"): ("kind", "manage_staff"),
        ("GET", "norms.show"): ("kind", "see_figures"),
    },
    "onafhankelijk": dict(EVERYWHERE),
}
# Who can't come in as this over HTTP, because the program looks up what somebody is: these are asked in SQL only.
FORGED = {"mandate, speaking for somebody else", "mandate, as naaste", "grant whole, as inwoner", "team lead, as professional"}
