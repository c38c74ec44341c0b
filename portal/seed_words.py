"""The words of invented people (portal/seed.py): names, titles and texts of the length that professionals write. Nobody here exists."""

from dataclasses import dataclass
from functools import cache
from random import Random

_FIRST = (
    "Aad", "Aisha", "Amir", "Anja", "Bilal", "Bram", "Carla", "Cem", "Dagmar", "Dirk", "Eline", "Emre", "Fatma", "Floris",
    "Gerda", "Goran", "Hanna", "Hassan", "Ineke", "Ivo", "Jamila", "Joost", "Karin", "Kemal", "Lena", "Lotte", "Maria", "Mees",
    "Nadia", "Niels", "Olga", "Omar", "Petra", "Pim", "Quinten", "Rania", "Ruud", "Samira", "Sjoerd", "Tess", "Tomasz", "Ursula",
    "Vera", "Willem", "Yara", "Yusuf", "Zoë", "Zofia",
)  # fmt: skip
_INFIX = ("van", "de", "van der", "van den")
_LAST = (
    "Aarden", "Bakermans", "Bosveld", "Celik", "Daalhof", "Dijkgraaf", "Elamrani", "Engelhart", "Feenstra", "Geelkerk",
    "Hazeleger", "Heuvelink", "Ibrahim", "Jagersma", "Kaplan", "Kerkhof", "Kowal", "Lindeman", "Lobrecht", "Meulendijk", "Nowak",
    "Oosterling", "Pijnappel", "Ridderhof", "Saleh", "Schuurkamp", "Terlaak", "Uitentuis", "Veldkamp", "Wagenaar", "Yilmaz",
    "Zonneveld",
)  # fmt: skip
_TITLES = {
    1: ("Eerste gesprek", "Aanmelding besproken", "Vraag om hulp met formulieren"),
    2: (
        "Gebeld over de afspraak",
        "Huisbezoek",
        "Gesprek over hoe het gaat",
        "Post samen doorgenomen",
        "Afspraak verzet naar volgende week",
    ),
    3: ("Overzicht van inkomsten en uitgaven", "Wat u zelf kunt en waar u hulp bij wilt", "Gesprek met uw zus erbij"),
    4: ("Plan voor de komende drie maanden", "Doelen aangepast"),
    5: ("Besproken wat goed gaat", "Terugkijken op het plan"),
    6: ("Afspraken voor als het spannend wordt", "Veiligheidsplan doorgenomen"),
    7: ("Besluit over hulp bij het huishouden", "Vervolg van de begeleiding"),
    8: ("Brief van de woningbouw", "Bericht aan de bewindvoerder", "Brief over de toeslagen"),
    9: ("Mijn dag", "Wat ik nog wilde zeggen"),
}
_ARABIC_TITLES = ("رسالة من المقيم", "سؤال عن الموعد", "كيف كان يومي")
_SENTENCES = """\
Ik was vanmorgen bij u thuis.
U vertelde dat het deze week beter gaat.
De rekening van de energie is betaald.
U belt zelf de huisarts voor een afspraak.
Wij hebben samen de post van twee weken opengemaakt.
Er lag een brief van de woningbouw over de achterstand.
U wilt dat eerst zelf proberen.
Ik vraag na of dat kan en laat het u weten.
Uw dochter was er ook bij.
U slaapt nog steeds slecht, vooral in het weekend.
Het gesprek met de school is volgende week dinsdag.
Wij spraken af dat ik donderdag terugbel.
De aanvraag is verstuurd, het antwoord duurt ongeveer zes weken.
U vindt het fijn om dit rustig aan te doen.
De buurvrouw helpt met de boodschappen.
U zei dat u zich vaker alleen voelt.
Ik heb verteld wat het wijkcentrum doet op woensdag.
U gaat daar een keer kijken.
Het formulier was moeilijk, daarom deden wij het samen.
De schulden staan nu op een rij.
Er is genoeg geld voor de boodschappen tot de twintigste.
U heeft de medicijnen weer op tijd gehaald.
Wij keken terug op het plan van drie maanden geleden.
Twee van de drie doelen zijn gehaald.
Het derde doel maken wij kleiner.
U wilt niet dat wij met uw broer bellen.
Dat heb ik zo opgeschreven.
Als het weer mis gaat, belt u eerst mij.
De wasmachine is gemaakt.
Volgende keer nemen wij de map met papieren mee.
""".splitlines()
_ARABIC_SENTENCES = """\
أنا بخير هذا الأسبوع.
أريد أن أسأل عن الموعد القادم.
وصلتني رسالة ولم أفهمها.
ساعدتني جارتي في التسوق.
أنام بشكل أفضل الآن.
أرجو أن تتصلوا بي يوم الخميس.
شكرا على المساعدة.
""".splitlines()
_PARTS = 4999
"""A prime, so that nothing else that goes by number falls together with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What sort of entry it is, with its title. ``diary``: the inwoner wrote it."""

    section: int
    leefdomein: int
    kind: int
    title: str
    diary: bool


def person_name(number: int) -> tuple[str, str, str]:
    """First name, infix and last name of a person; the infix is ``\\N`` for none."""
    infix = _INFIX[number // 7 % len(_INFIX)] if number % 3 == 0 else r"\N"
    return _FIRST[number % len(_FIRST)], infix, _LAST[number // len(_FIRST) % len(_LAST)]


def full_name(number: int) -> str:
    """The name as one reads it."""
    return " ".join(part for part in person_name(number) if part != r"\N")


def part_of_life(seed: int, entry: int) -> Part:
    """What entry number ``entry`` is."""
    return _parts(seed)[entry % _PARTS]


@cache
def _parts(seed: int) -> list[Part]:
    chance = Random(f"parts {seed}")
    made = []
    for place in range(_PARTS):
        section = chance.choices(range(1, 10), weights=(3, 52, 8, 5, 5, 3, 3, 18, 3))[0]
        leefdomein = chance.choices(range(10), weights=(30, 8, 4, 10, 12, 8, 16, 3, 7, 2))[0]
        diary = section == 9
        kind = 11 if diary else 5 if section == 8 else 6 if section == 7 else chance.choice((1, 1, 2, 3, 4, 8, 9, 10))
        title = chance.choice(_ARABIC_TITLES if place % 50 == 0 else _TITLES[section])
        made.append(Part(section, leefdomein, kind, title, diary))
    return made


@cache
def bodies(seed: int) -> list[str]:
    """Some thousand texts of 100 to 1,200 characters, one in fifty in Arabic; line breaks are escaped for COPY."""
    chance = Random(f"bodies {seed}")
    made = []
    for place in range(4001):
        sentences = _ARABIC_SENTENCES if place % 50 == 0 else _SENTENCES
        paragraphs = (" ".join(chance.choices(sentences, k=chance.randint(2, 7))) for _ in range(chance.randint(1, 4)))
        made.append(r"\n\n".join(paragraphs))
    return made


def reactions() -> list[str]:
    """What inwoners write beside an entry."""
    return [
        "Dit klopt, zo is het gegaan.",
        "Ik vond het een fijn gesprek.",
        "De datum is niet goed. Het was een dag later.",
        "Ik wil hier graag nog over praten. Het ging die week ook over iets anders, en dat staat er nu niet in.",
        "Dank u wel voor de hulp met de brief.",
        _ARABIC_SENTENCES[2],
    ]
