"""What is handed over, as one ZIP: made from what the actor can read, of the entries that were chosen, as their newest texts are now.

Beside them goes only what is for everybody: reactions with audience 3, and parts of the plan with audience 3, but not what keeps one safe.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from uuid import UUID, uuid4
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from portal import export_questions as questions
from portal.case_stream import canonical
from portal.documents.queries import Damaged, contents, documents_of
from portal.dossier.queries import DossierView
from portal.exporting import CaseWriter
from portal.handover.models import MOST_BYTES
from portal.i18n import N_
from portal.i18n import gettext as _
from portal.paper.queries import PrintedEntry, paper
from portal.plan.models import PartKind, Plan
from portal.plan.pdfs import make as plan_pdf
from portal.plan.queries import Frozen, frozen
from portal.refusals import Refused
from portal.secretbox import SealError, package_about, seal
from portal.settings import Settings
from portal.taking.pdfs import make as entries_pdf
from portal.timeline.queries import Part

PIECE = 1_000_000
"""Bytes that are sealed together."""
_EVERYBODY = 3


@dataclass(frozen=True)
class Packed:
    """The bytes of a package, sealed in pieces; ``size`` of the ZIP in bytes."""

    id: UUID
    size: int
    pieces: list[bytes]


NOTHING = Packed(UUID(int=0), 0, [])


def pack(session: Session, settings: Settings, dossier: DossierView, entries: Sequence[UUID], plan: Plan | None) -> Packed:
    """Packs these entries and, when given, the version of ``plan`` that was agreed last. Raises Refused when it can't be made."""
    if settings.document_key is None:
        raise Refused("MB113", N_("Overdragen kan hier nog niet. De sleutel voor bestanden ontbreekt."))
    found = [_for_everybody(one) for one in paper(session, dossier.id, Part(), only=entries).entries] if entries else []
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as out:
        out.writestr("leesmij.txt", "\r\n\r\n".join(_read_me(bool(found), plan is not None)).encode("utf-8-sig"))
        if found:
            out.writestr("notities.pdf", entries_pdf(found, _("Overdracht van %(name)s", name=dossier.inwoner_name), settings.site_title))
        if plan is not None and plan.agreed is not None:
            out.writestr("plan.pdf", plan_pdf(plan.agreed, _for_others(session, plan), dossier.inwoner_name, settings.site_title))
        with out.open("dossier.json", "w") as file, TextIOWrapper(file, encoding="utf-8", newline="") as json:
            canonical(_case(session, settings, [one.id for one in found]).parts(), json)
        for document in documents_of(session, dossier.id):
            if document.here and document.entry in entries:
                try:
                    out.writestr(f"documenten/{document.entry}.{document.kind.extension}", contents(session, settings, document))
                except (Damaged, SealError, LookupError):
                    raise Refused("MB114", N_("Een bestand is niet te openen. Laat dat weg.")) from None
    return _sealed(settings.document_key, whole.getvalue())


def _sealed(key: bytes, whole: bytes) -> Packed:
    if len(whole) > MOST_BYTES:
        raise Refused("MB115", N_("Dit is te groot. Kies minder bestanden."))
    package = uuid4()
    parts = [whole[start : start + PIECE] for start in range(0, len(whole), PIECE)]
    return Packed(package, len(whole), [seal(key, part, package_about(package, number)) for number, part in enumerate(parts, 1)])


def _for_everybody(entry: PrintedEntry) -> PrintedEntry:
    heard = {one.id for one in entry.reactions if one.audience == _EVERYBODY and one.withdrawn_at is None}
    going = [one for one in entry.reactions if one.id in heard and (one.answers_id is None or one.answers_id in heard)]
    return replace(entry, reactions=going)


def _for_others(session: Session, plan: Plan) -> list[Frozen]:
    """What of the plan that was agreed with last is for everybody, without what keeps the inwoner safe."""
    if plan.agreed is None:
        return []
    others = {part.id for part in (*plan.parts, *plan.dropped) if part.audience == _EVERYBODY and part.kind is not PartKind.VEILIGHEID}
    return [one for one in frozen(session, plan.agreed.id) if one.part_id in others]


def _read_me(notes: bool, plan: bool) -> Iterator[str]:
    yield _("Dit is overgedragen omdat de inwoner dat goed vond.")
    if notes:
        yield "notities.pdf: " + _("Notities, om te lezen of om af te drukken.")
    if plan:
        yield "plan.pdf: " + _("Het plan zoals het is afgesproken.")
    yield "dossier.json: " + _("De notities voor een computer. Een ander programma kan dit inlezen.")
    yield "documenten: " + _("De bestanden die erbij horen.")
    yield _("Let op: wie dit heeft, kan alles lezen. Bewaar het veilig.")


class _Only(Mapping[str, str]):
    """Questions in SQL in place of those of portal/export_questions.py; what isn't named here has no answer."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._named = named

    def __getitem__(self, question: str) -> str:
        return self._named.get(question, "SELECT WHERE false")

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)


def _case(session: Session, settings: Settings, entries: Sequence[int]) -> CaseWriter:
    """The case file (docs/case-format.md) of these entries: of each the newest text, and what is for everybody beside it."""
    numbers = ", ".join(str(int(one)) for one in entries) or "NULL"
    whose = "(SELECT d.inwoner_id FROM casus.dossier d)"
    newest = "(SELECT max(n.number) FROM casus.entry_version n WHERE n.entry_id = v.entry_id)"
    last = "(SELECT max(n.number) FROM casus.annotation_version n WHERE n.annotation_id = v.annotation_id)"
    heard = "a.audience = 3 AND a.withdrawn_at IS NULL AND (q.id IS NULL OR q.audience = 3 AND q.withdrawn_at IS NULL)"
    only = {
        questions.PERSONS: f"SELECT p.id, p.public_id FROM casus.person p WHERE p.id = {whose}",  # noqa: S608 — our own text
        questions.DOSSIER: questions.DOSSIER,
        # Who needs the number asks for it; it isn't spread.
        questions.INWONER: questions.INWONER.replace("i.bsn,", "NULL AS bsn,").rstrip() + f" WHERE i.person_id = {whose}",
        questions.ADDRESS: f"{questions.ADDRESS} WHERE NOT protected AND person_id = {whose}",
        questions.ENTRIES: questions.ENTRIES.replace("WHERE EXISTS", f"WHERE e.id IN ({numbers}) AND EXISTS"),
        questions.ENTRY_VERSIONS: questions.ENTRY_VERSIONS.replace("v.number, v.title", "1 AS number, v.title", 1).replace(
            "ANY (:numbers)", f"ANY (:numbers) AND v.number = {newest}"
        ),
        questions.DOCUMENTS: questions.DOCUMENTS,
        questions.ANNOTATIONS: questions.ANNOTATIONS.replace("ANY (:numbers)", f"ANY (:numbers) AND {heard}"),
        questions.ANNOTATION_VERSIONS: questions.ANNOTATION_VERSIONS.replace("v.number, v.body", "1 AS number, v.body", 1)
        .replace("v.about_version, v.sentences", "NULL AS about_version, '{}'::smallint[] AS sentences")
        .replace("ANY (:numbers)", f"ANY (:numbers) AND v.number = {last}"),
    }
    return CaseWriter(session.connection(), settings.site_title, lambda _done: None, _Only(only))
