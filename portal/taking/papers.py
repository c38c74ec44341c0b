"""What of a copy people read themselves: a page for a browser, lists for a spreadsheet, and what is what. All of it from the case file."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

from jinja2 import Environment

from portal.codes import ANNOTATION_KINDS, ENTRY_KINDS, LEEFDOMEINEN, OUTCOMES, SECTIONS, WISHES
from portal.dossier.models import (
    ANNOTATION_NAMES,
    KIND_NAMES,
    LEEFDOMEIN_NAMES,
    OUTCOME_NAMES,
    SECTION_NAMES,
    WISH_NAMES,
    AnnotationKind,
    EntryKind,
    Leefdomein,
    Section,
    Wish,
)
from portal.evaluation import models as evaluation_models
from portal.evaluation.queries import Evaluation
from portal.exporting import CaseWriter
from portal.i18n import N_, format_datetime
from portal.i18n import current as translator_now
from portal.i18n import gettext as _
from portal.messages.queries import Message
from portal.plan import models as plan_models
from portal.plan.models import Plan, Proposal
from portal.plan.queries import Frozen, SaidBeside, by_goal
from portal.words import language_of

Json = dict[str, Any]
DOCUMENTS = "documenten"
"""The folder of the files in the ZIP; each is called after its entry."""
PASSES = 3
"""How many times all entries are gone through: for the case file, for the page, and for the PDFs."""

WHAT = {
    "overzicht": N_("Het overzicht"),
    "notitie": N_("Een notitie"),
    "logboek": N_("Wie keek er in mijn dossier?"),
    "versies": N_("Oude en nieuwe tekst van een notitie"),
    "afdruk": N_("Notities om af te drukken"),
    "zoeken": N_("Notities die bij een woord horen"),
    "voorbeeld": N_("Wat een ander ziet"),
    "berichten": N_("Uw berichten"),
    "document": N_("Een bestand"),
    "plan": N_("Uw plan"),
    "programma": N_("Notities, door een ander programma"),
    "uitvoer": N_("Een kopie van alles"),
}
GROUNDS = {
    "inwoner": N_("eigen dossier"),
    "vertegenwoordiger": N_("vertegenwoordigt u"),
    "professional": N_("werkt met u"),
    "waarnemer": N_("neemt waar voor"),
    "nood": N_("las in nood"),
    "naaste": N_("mag meelezen van u"),
    "programma": N_("ander programma"),
    "uitvoer": N_("kopie van uw dossier"),
    "huishouden": N_("maakt samen een plan met u"),
    "overdracht": N_("kreeg wat u liet overdragen"),
}
EVENTS = {
    "entry.placed": N_("Er kwam een notitie bij"),
    "entry.version": N_("Een notitie kreeg een nieuwe tekst"),
    "entry.moved_here": N_("Er kwam een notitie bij"),
    "entry.destroyed": N_("Een notitie is voor altijd gewist"),
    "entry.opened": N_("U las een notitie vóór het gesprek"),
    "diary.written": N_("U schreef in uw dagboek"),
    "diary.changed": N_("U veranderde een stuk van uw dagboek"),
    "diary.shared": N_("U koos wie een stuk van uw dagboek leest"),
    "diary.thrown": N_("U gooide een stuk van uw dagboek weg"),
    "document.added": N_("Er kwam een document bij"),
    "document.shared": N_("U koos wie een document van u leest"),
    "document.thrown": N_("U gooide een document weg"),
    "reaction.written": N_("Er kwam een reactie bij"),
    "reaction.changed": N_("Een reactie veranderde"),
    "reaction.withdrawn": N_("Iemand trok een reactie in"),
    "question.asked": N_("Iemand vroeg iets over een notitie"),
    "question.withdrawn": N_("Iemand trok een vraag in"),
    "question.clear": N_("Het is duidelijk, zei u"),
    "question.extended": N_("Het antwoord duurt langer"),
    "question.answered": N_("Een vraag kreeg antwoord"),
    "statement.written": N_("U schreef een eigen verklaring"),
    "message.written": N_("Er kwam een bericht bij"),
    "message.settled": N_("Iemand van het team zag uw bericht"),
    "look.asked": N_("U vroeg waarom iemand keek"),
    "look.answered": N_("U kreeg antwoord waarom iemand keek"),
    "account.start_code": N_("Er kwam een nieuwe startcode"),
    "account.renewal_asked": N_("Iemand vroeg een nieuwe startcode voor u aan"),
    "account.renewal_confirmed": N_("Een collega vond de nieuwe startcode goed"),
    "account.renewal_refused": N_("Een collega vond de nieuwe startcode niet goed"),
    "account.app": N_("U koos een andere app voor de code"),
    "account.card": N_("U maakte een kaart met codes"),
    "account.email": N_("Uw mailadres veranderde"),
    "access.given": N_("U liet iemand meelezen"),
    "access.changed": N_("U veranderde wat iemand leest"),
    "access.withdrawn": N_("U liet iemand niet meer meelezen"),
    "access.confirmed": N_("U zei dat iemand mag blijven meelezen"),
    "access.left": N_("Iemand stopte zelf met meelezen"),
    "access.code": N_("U maakte een startcode voor iemand"),
    "consent.given": N_("U liet een organisatie meelezen"),
    "consent.changed": N_("U veranderde wat een organisatie leest"),
    "consent.withdrawn": N_("U liet een organisatie niet meer meelezen"),
    "consent.confirmed": N_("U zei dat een organisatie mag blijven meelezen"),
    "dossier.opened": N_("Uw dossier begon"),
    "dossier.paused": N_("Uw dossier ging tijdelijk uit"),
    "dossier.resumed": N_("Uw dossier ging weer aan"),
    "dossier.linked": N_("Een melding kwam bij uw dossier"),
    "inwoner.address": N_("Uw adres veranderde"),
    "inwoner.joined": N_("Dit dossier en een ander dossier zijn van dezelfde persoon"),
    "inwoner.parted": N_("Dit dossier en een ander dossier zijn weer apart"),
    "inwoner.change_asked": N_("Iemand van het team wil uw gegevens veranderen"),
    "inwoner.change_refused": N_("Uw gegevens veranderden niet"),
    "inwoner.died": N_("Het team schreef op dat de inwoner is overleden"),
    "inwoner.not_died": N_("Het team schreef op dat de inwoner leeft"),
    "inwoner.name": N_("Uw naam veranderde"),
    "inwoner.moved": N_("Uw stadsdeel veranderde"),
    "dossier.closed": N_("Het dossier is gesloten"),
    "closing.made": N_("U sloot een notitie af"),
    "closing.ended": N_("U opende een notitie weer"),
    "emergency.opened": N_("Iemand las in nood"),
    "emergency.reviewed": N_("Een teamleider keek of lezen in nood goed was"),
    "withholding.made": N_("Een notitie is voor u afgesloten"),
    "withholding.ended": N_("Een notitie ging weer voor u open"),
    "mandate.asked": N_("Iemand vroeg een vertegenwoordiger voor u aan"),
    "mandate.made": N_("U kreeg een vertegenwoordiger"),
    "mandate.refused": N_("Er komt geen vertegenwoordiger voor u"),
    "mandate.code": N_("Er kwam een startcode voor wie u vertegenwoordigt"),
    "mandate.confirmed": N_("U zei dat iemand u nog vertegenwoordigt"),
    "mandate.ended": N_("Iemand vertegenwoordigt u niet meer"),
    "destruction.asked": N_("U vroeg notities te wissen"),
    "destruction.taken_back": N_("U nam de vraag om te wissen terug"),
    "destruction.answered": N_("U kreeg antwoord op de vraag om te wissen"),
    "plan.destroyed": N_("Uw plan is voor altijd gewist"),
    "notices.chosen": N_("U koos hoe wij u iets laten weten"),
    "plan.written": N_("Iemand schreef in uw plan"),
    "plan.shared": N_("U koos wie een deel van uw plan leest"),
    "plan.ordered": N_("De doelen kregen een andere volgorde"),
    "plan.step": N_("Iemand zei hoe ver een actie is"),
    "plan.proposed": N_("Er kwam een plan voor u klaar te liggen"),
    "plan.agreed": N_("U sprak het plan af"),
    "plan.refused": N_("U was het niet eens met het plan"),
    "wish.sent": N_("U koos wie u wilt als hulpverlener"),
    "wish.withdrawn": N_("U nam uw wens voor een hulpverlener terug"),
    "wish.answered": N_("Er kwam antwoord op uw wens voor een hulpverlener"),
    "helper.changed": N_("U kreeg een andere vaste hulpverlener"),
    "evaluation.planned": N_("Iemand koos wanneer u samen terugkijkt"),
    "evaluation.people": N_("U koos wie met u terugkijkt"),
    "evaluation.written": N_("Iemand schreef op hoe het gaat"),
    "evaluation.settled": N_("U keek samen terug op uw plan"),
    "plan.pressure": N_("Iemand schreef drang of dwang op"),
    "plan.pressure_ended": N_("Drang of dwang stopte"),
    "plan.copy_given": N_("U kreeg uw plan op papier"),
    "plan.remarked": N_("Iemand zei iets bij uw plan"),
    "plan.remark_withdrawn": N_("Iemand nam een opmerking bij uw plan terug"),
    "plan.remark_seen": N_("Iemand las een opmerking bij uw plan"),
    "plan.joint": N_("U maakte een doel van u samen"),
    "plan.shown": N_("U liet een deel van uw plan thuis lezen"),
    "plan.hidden": N_("U liet een deel van uw plan thuis niet meer lezen"),
    "household.code": N_("U maakte een code om samen een plan te maken"),
    "household.joined": N_("U ging samen een plan maken"),
    "household.left": N_("U stopte met samen een plan maken"),
    "handover.proposed": N_("Wij stelden voor u over te dragen"),
    "handover.received": N_("Een ander droeg u aan ons over"),
    "handover.agreed": N_("U vond goed wat wij overdragen"),
    "handover.refused": N_("U wilde geen overdracht"),
    "handover.withdrawn": N_("Een overdracht ging niet door"),
    "handover.stuck": N_("U zei dat de overdracht vastloopt"),
    "handover.code": N_("Er kwam een code om de overdracht te openen"),
    "handover.fetched": N_("Een ander haalde de overdracht op"),
    "handover.taken": N_("Een ander neemt de hulp over"),
    "handover.not_taken": N_("Een ander neemt de hulp niet over"),
    "ending.proposed": N_("Wij stelden voor dat de hulp stopt"),
    "ending.agreed": N_("Een tweede persoon vond het goed dat de hulp stopt"),
    "ending.answered": N_("U zei wat u ervan vindt dat de hulp stopt"),
    "ending.withdrawn": N_("De hulp gaat toch door"),
    "ending.done": N_("De hulp stopte"),
    "ending.back": N_("U vroeg weer om hulp"),
    "ending.taken": N_("Iemand van het Buurtteam helpt u weer"),
    "taking.asked": N_("U vroeg een kopie van uw dossier"),
    "taking.made": N_("De kopie van uw dossier was klaar"),
    "taking.fetched": N_("U haalde de kopie van uw dossier op"),
    "taking.dropped": N_("U gooide de kopie van uw dossier weg"),
}
_ENDINGS = {"jpeg": "jpg"}
ROLES = {"inwoner": N_("inwoner"), "naaste": N_("naaste"), "vertegenwoordiger": N_("vertegenwoordiger")}
# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


@dataclass(frozen=True)
class Beside:
    """What goes in the page beside the case file.

    The plan as it stands, what was laid before the inwoner with what stood in it, what was said when looking back and beside it.
    """

    messages: list[Message]
    plan: Plan
    laid: list[tuple[Proposal, list[Frozen]]]
    evaluations: list[Evaluation]
    said_beside: SaidBeside


def html(environment: Environment, case: CaseWriter, beside: Beside) -> Iterator[str]:
    """One page with all entries, the plan and the messages: opens without the internet, holds no script. In the language of this moment."""
    head: Json = {}
    own: set[str] = set()
    for key, value in case.parts():
        if key == "inwoner":
            head["inwoner"] = value
            own.add(value["id"])
        if key == "network":
            own.update(person["id"] for person in value)
        if key == "mandates":
            break
    now = translator_now()
    yield from environment.get_template("taking/whole.html").generate(
        inwoner=head["inwoner"],
        entries=map(_shown, case.entries()),
        messages=beside.messages,
        plan=beside.plan,
        agreed=[(proposal, frozen, by_goal(frozen)) for proposal, frozen in beside.laid],
        plan_names=plan_models,
        evaluations=[one for one in beside.evaluations if one.looks or one.outcome],
        looked_names=evaluation_models,
        said_beside=beside.said_beside,
        pressing=plan_models.PRESSURE_NAMES,
        domains=LEEFDOMEIN_NAMES,
        made_at=datetime.now(UTC),
        language=now.language.code,
        direction=now.language.direction,
        comma=now.language.comma,
        spoken=lambda words, author: language_of(words, by_staff=author["person"] not in own),
        language_of=language_of,
    )


def _shown(entry: Json) -> Json:
    """The entry with the names of its codes, and its moments as such."""
    section, leefdomein = SECTIONS[entry["section"]], LEEFDOMEINEN[entry["leefdomein"]]
    document = entry.get("document")
    return {
        **entry,
        "file": document and f"{DOCUMENTS}/{entry['id']}.{_ENDINGS.get(document['kind'], document['kind'])}",
        "kind": KIND_NAMES[EntryKind(ENTRY_KINDS[entry["kind"]])],
        "section": SECTION_NAMES[Section(section)],
        "leefdomein": LEEFDOMEIN_NAMES[Leefdomein(leefdomein)] if leefdomein else None,
        "occurred_at": _moment(entry["occurred_at"]),
        "versions": [{**one, "created_at": _moment(one["created_at"])} for one in entry["versions"]],
        "annotations": [
            {
                **one,
                "kind": ANNOTATION_NAMES[AnnotationKind(ANNOTATION_KINDS[one["kind"]])],
                "created_at": _moment(one["created_at"]),
                "withdrawn_at": one["withdrawn_at"] and _moment(one["withdrawn_at"]),
                "wish": WISH_NAMES[Wish(WISHES[one["wish"]])] if one["kind"] == "klopt_niet" and one.get("wish") else None,
                "extension": one.get("extension"),
                "outcome": OUTCOME_NAMES[OUTCOMES[one["outcome"]]] if one["outcome"] else None,
            }
            for one in entry["annotations"]
        ],
    }


def read_lines_csv(lines: Iterable[Json], out: TextIO) -> None:
    """Who looked, one line each, oldest first."""
    rows = _writer(out)
    rows.writerow([_("Wanneer"), _("Wie"), _("Rol"), _("Waarom"), _("Wat"), _("Hoeveel notities"), _("Programma")])
    for line in lines:
        ground = _said(GROUNDS, line["ground"])
        why = f"{ground}: {line['ground_detail']}" if line["ground_detail"] else ground
        row = [
            _when(line["at"]),
            line["reader_name"],
            _said(ROLES, line["reader_role"]),
            why,
            _said(WHAT, line["what"]),
            line["shown"],
            line["source"],
        ]
        rows.writerow([_cell(one) for one in row])


def changes_csv(lines: Iterable[Json], out: TextIO) -> None:
    """What was changed, one line each, oldest first; never in which words."""
    rows = _writer(out)
    rows.writerow([_("Wanneer"), _("Wie"), _("Rol"), _("Wat"), _("Programma")])
    for line in lines:
        row = [_when(line["at"]), line["person_name"], _said(ROLES, line["person_role"]), _said(EVENTS, line["event"]), line["source"]]
        rows.writerow([_cell(one) for one in row])


def read_me() -> str:
    """What is in the ZIP, in plain words."""
    said = (
        _("Dit is een kopie van uw dossier."),
        _("Er staat in wat u zelf mag lezen op dit moment."),
        "dossier.html: " + _("Alles om te lezen. Open het met uw browser. U heeft er geen internet voor nodig."),
        "dossier.json: " + _("Alles voor een computer. Een ander programma kan dit inlezen."),
        DOCUMENTS + ": " + _("De bestanden die bij uw dossier horen."),
        "pdf: " + _("Elk jaar apart, om te lezen of om af te drukken."),
        "wie-keek-er.csv: " + _("Wie keek er in uw dossier, en wanneer. Open het met een rekenblad."),
        "wat-veranderde.csv: " + _("Wat er in uw dossier veranderde, en wanneer."),
        _("Klachten staan er niet in. Gesprekken met een onafhankelijke cliëntondersteuner ook niet."),
        _("Let op: wie deze kopie heeft, kan alles lezen. Bewaar hem veilig."),
        _("Wilt u hem niet meer? Gooi dan ook het bestand op uw telefoon of computer weg."),
    )
    return "\r\n\r\n".join(said) + "\r\n"


def _writer(out: TextIO) -> Any:
    # A semicolon: what a spreadsheet in this country expects.
    return csv.writer(out, delimiter=";")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _said(names: Mapping[str, str], word: str) -> str:
    return _(names[word]) if word in names else word


def _moment(word: str) -> datetime:
    return datetime.fromisoformat(word)


def _when(word: str) -> str:
    return format_datetime(_moment(word), translator_now().language.code, "short")
