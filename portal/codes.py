"""The codes in the tables of the case database, beside the Dutch words that stand for them everywhere else."""

SECTIONS = {
    "hulpvraag": 1,
    "voortgang": 2,
    "onderzoek": 3,
    "plan": 4,
    "evaluatie": 5,
    "veiligheid": 6,
    "indicatie": 7,
    "correspondentie": 8,
    "eigen": 9,
}
LEEFDOMEINEN = {
    None: 0,
    "werk of dagbesteding": 1,
    "veiligheid": 2,
    "wonen": 3,
    "gezondheid en beperkingen": 4,
    "relaties": 5,
    "financiën": 6,
    "taal- en digitale vaardigheid": 7,
    "participatie": 8,
    "vervoer": 9,
}
ENTRY_KINDS = {
    "gesprek": 1,
    "telefoon": 2,
    "huisbezoek": 3,
    "bericht": 4,
    "brief": 5,
    "besluit": 6,
    "verslag": 7,
    "overleg": 8,
    "afspraak": 9,
    "notitie": 10,
    "dagboek": 11,
    "document": 12,
}
ANNOTATION_KINDS = {"reactie": 1, "klopt_niet": 2, "snap_niet": 3, "uitleg": 4, "antwoord": 5, "verklaring": 6}
DOCUMENT_KINDS = {"pdf": 1, "jpeg": 2, "png": 3, "docx": 4, "odt": 5}
WISHES = {"onjuist": 1, "onvolledig": 2, "niet_nodig": 3, "weghalen": 4, "uitleg": 5}
WITHHOLDING_GROUNDS = {"privacy": 1, "gevaar": 2, "opsporing": 3}
OUTCOMES = {None: 0, "overgenomen": 1, "deels": 2, "niet": 3}
AUDIENCES = {"ik": 1, "ik en mijn professional": 2, "iedereen": 3}
SCOPES = {"dossier": 1, "section": 2, "leefdomein": 3, "entry": 4}
PLAN_PARTS = {
    "vraag": 1,
    "helder": 2,
    "belangrijk": 3,
    "energie": 4,
    "ik_kan": 5,
    "mijn_mensen": 6,
    "buurt": 7,
    "leefdomeinen": 8,
    "samen": 9,
    "overgang": 10,
    "ehealth": 11,
    "veiligheid": 12,
    "terugkijken": 13,
    "doel": 20,
    "actie": 21,
}
PERSPECTIVES = {"herstel": 1, "ontwikkeling": 2, "stabilisatie": 3, "acceptatie": 4, "meedoen": 5, "behoud": 6}
STEP_STATUSES = {"open": 1, "bezig": 2, "klaar": 3, "vervallen": 4}
PLAN_CHOICES = {"akkoord": 1, "met_opmerking": 2, "niet_akkoord": 3}
PLAN_COPIES = {"nee": 0, "scherm": 1, "papier": 2}
PRESSURES = {"drang": 1, "dwang": 2}
EVALUATION_KINDS = {"tussendoor": 1, "jaarlijks": 2, "afsluitend": 3}
EVALUATION_OUTCOMES = {"doorgaan": 1, "bijstellen": 2, "afschalen": 3, "opschalen": 4, "afsluiten": 5}
EVALUATION_SIDES = {"inwoner": 1, "professional": 2, "meegevraagd": 3}
GOAL_RESULTS = {"geheel": 1, "deels": 2, "niet": 3}
FEELS_SAFE = {"ja": 1, "niet_altijd": 2, "nee": 3, "liever_niet_zeggen": 4}
HELP_FITS = {"ja": 1, "deels": 2, "nee": 3}
ENDING_KINDS = {"opgelost": 1, "overgedragen": 2, "eigen_wens": 3, "eerder": 4, "uitgesteld": 5}
ENDING_REASONS = {"dreiging": 1, "vertrouwen": 2, "hygiene": 3, "afspraken": 4}
ENDING_CHOICES = {"zo_is_het": 1, "anders": 2}
