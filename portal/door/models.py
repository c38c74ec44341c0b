"""What is said to who comes in the first time."""

from portal.i18n import N_


class Handout:
    """What stands on the page that somebody gets with a start code, to be said in that person's language."""

    title = N_("Uw inlogcode")
    steps = (
        N_("Ga op uw telefoon of computer naar %(address)s."),
        N_("Kies: Begin met uw startcode."),
        N_("Vul uw gebruikersnaam en uw startcode in."),
        N_("Kies zelf een wachtwoord. Geef dat aan niemand."),
    )
    username = N_("Uw gebruikersnaam")
    code = N_("Uw startcode")
    once = N_("De code werkt één keer. Lukt het niet? Bel uw Buurtteam.")
