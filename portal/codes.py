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
