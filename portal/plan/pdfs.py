"""A version of the plan as a PDF: tagged, with each text in its own language."""

from collections.abc import Iterator

from portal import pdf
from portal.dossier.models import LEEFDOMEIN_NAMES
from portal.i18n import SOURCE, format_date
from portal.i18n import current as translator_now
from portal.i18n import gettext as _
from portal.plan.models import PARTS, PERSPECTIVE_NAMES, PLAYS_NAMES, WAY_NAMES, PartKind, Perspective, PlanText, Plays, Proposal
from portal.plan.queries import Frozen, by_goal
from portal.words import language_of


def make(proposal: Proposal, frozen: list[Frozen], whose: str, author: str) -> bytes:
    """The PDF of what was agreed with, in the language of this moment; ``whose``: the name of the inwoner. Raises portal.pdf.PdfError."""
    now = translator_now().language.code
    title = f"{_('Plan van %(name)s', name=whose)}: {_('Versie %(n)s', n=proposal.version)}"
    blocks = [pdf.heading(title, now), pdf.paragraph(_("Zo is het afgesproken. Dit verandert niet meer."), now)]
    if proposal.decided_on and proposal.way:
        blocks.append(pdf.paragraph(f"{format_date(proposal.decided_on, now)}, {_(WAY_NAMES[proposal.way])}.", now))
    if proposal.words:
        blocks += [pdf.paragraph(_("De inwoner zei erbij:"), now), _said(proposal.words)]
    actions = by_goal(frozen)
    for one in frozen:
        if one.kind is PartKind.DOEL:
            blocks += _goal(one.text, [action.text for action in actions.get(one.part_id, [])], now)
    for one in frozen:
        if one.kind < PartKind.DOEL:
            blocks += _text(one.kind, one.text, now)
    return pdf.make_pdf(title, now, [pdf.Part(now, tuple(blocks))], author=author)


def _goal(goal: PlanText, actions: list[PlanText], now: str) -> Iterator[pdf.Block]:
    yield pdf.heading(goal.body, _language(goal.body), 2)
    if goal.why:
        yield _said(goal.why)
    if goal.perspective:
        yield pdf.paragraph(f"{_(PERSPECTIVE_NAMES[Perspective(goal.perspective)])}.", now)
    for action in actions:
        yield _said(action.body)
        about = [f"{_('Wie:')} {action.holder_name}"]
        if action.due_on:
            about.append(f"{_('klaar op:')} {format_date(action.due_on, now)}")
        if action.look_on:
            about.append(f"{_('samen kijken op:')} {format_date(action.look_on, now)}")
        yield pdf.items(about, now)


def _text(kind: PartKind, said: PlanText, now: str) -> Iterator[pdf.Block]:
    yield pdf.heading(_(PARTS[kind].name), now, 2)
    if kind is PartKind.LEEFDOMEINEN:
        given = [(name, answer) for name, answer in zip(LEEFDOMEIN_NAMES.values(), said.answers, strict=False) if answer]
        if given:
            yield pdf.items([f"{_(name)}: {_(PLAYS_NAMES[Plays(answer)])}" for name, answer in given], now)
        return
    words = PARTS[kind].answers.get(said.answers[0]) if said.answers else None
    if words:
        yield pdf.paragraph(f"{_(PARTS[kind].question)} {_(words)}", now)
    if said.body:
        yield _said(said.body)
    yield pdf.paragraph(f"{said.author_name}, {format_date(said.written_at, now)}", now)


def _said(words: str) -> pdf.Block:
    return pdf.paragraph(words, _language(words))


def _language(words: str) -> str:
    return language_of(words, by_staff=False) or SOURCE
