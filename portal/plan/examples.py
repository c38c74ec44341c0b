"""Goals with first actions and their days, to begin with instead of an empty page. What they say is changed by whoever takes one."""

from dataclasses import dataclass

from portal.dossier.models import Leefdomein
from portal.i18n import N_


@dataclass(frozen=True)
class FirstAction:
    """An action, to be done so many days from the day it is taken."""

    words: str
    days: int


@dataclass(frozen=True)
class Example:
    """A goal with its first actions."""

    leefdomein: Leefdomein
    goal: str
    actions: tuple[FirstAction, ...]


EXAMPLES: dict[str, Example] = {
    "geld": Example(
        Leefdomein.FINANCIEN,
        N_("Ik wil weten wat er binnenkomt en wat eruit gaat"),
        (
            FirstAction(N_("Alle post en rekeningen bij elkaar leggen"), 7),
            FirstAction(N_("Samen een lijst maken van wat ik elke maand betaal"), 14),
            FirstAction(N_("Bellen met iemand die veel van geldzaken weet"), 21),
        ),
    ),
    "wonen": Example(
        Leefdomein.WONEN,
        N_("Ik wil rustig wonen, in een huis dat op orde is"),
        (FirstAction(N_("Eén kamer uitkiezen en daar beginnen"), 7), FirstAction(N_("De verhuurder bellen over wat kapot is"), 14)),
    ),
    "overdag": Example(
        Leefdomein.WERK,
        N_("Ik wil overdag iets doen wat bij mij past"),
        (
            FirstAction(N_("Drie dingen opschrijven die ik graag doe"), 7),
            FirstAction(N_("Een keer gaan kijken bij een activiteit in de buurt"), 21),
        ),
    ),
    "mensen": Example(
        Leefdomein.PARTICIPATIE,
        N_("Ik wil vaker mensen zien"),
        (FirstAction(N_("Iemand bellen die ik lang niet sprak"), 7), FirstAction(N_("Een keer mee-eten in de buurt"), 21)),
    ),
    "gezondheid": Example(
        Leefdomein.GEZONDHEID,
        N_("Ik wil mij beter voelen"),
        (FirstAction(N_("Een afspraak maken bij de huisarts"), 7), FirstAction(N_("Elke dag een klein stukje lopen"), 14)),
    ),
    "post": Example(
        Leefdomein.TAAL,
        N_("Ik wil mijn brieven zelf begrijpen"),
        (FirstAction(N_("Elke brief op één plek leggen"), 7), FirstAction(N_("Samen oefenen met één brief per week"), 14)),
    ),
}
