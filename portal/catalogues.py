"""Keep the catalogues of texts whole: ``python -m portal.catalogues extract|update|compile|check|unchecked|reviewed``.

The Dutch in the code is the source. ``extract`` writes translations/messages.pot, ``update`` merges it into
each language, ``compile`` writes the .mo files that the portal reads, ``check`` fails when anything lags.
``unchecked LANGUAGE`` shows a reader what nobody checked yet; ``reviewed LANGUAGE ALIAS`` writes down that somebody did.
Files carry no dates and no line numbers, so that a change shows only what changed.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from portal import reviewed
from portal.deadlines import AMSTERDAM
from portal.help_page import page_fingerprints, page_shape
from portal.i18n import LANGUAGES, SOURCE
from portal.terms import check_terms
from portal.text_lint import lint

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "N_": None,
    "ngettext": (1, 2),
}
FOLDERS = ("portal", "templates")
WIDTH = 100


# --- making


def extract(root: Path = ROOT) -> Catalog:
    """Read every text out of portal/ and templates/, in a fixed order, with comments after "Translators:"."""
    with (root / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")  # type: ignore[no-untyped-call]
    catalog = _empty(None)
    found = extract_from_dir(
        root,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: _holds_texts(Path(folder).relative_to(root)),
    )
    for name, _line, message, comments, context in found:
        catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    for entry in catalog:
        entry.locations = sorted(set(entry.locations))
        entry.auto_comments = list(dict.fromkeys(entry.auto_comments))
    return catalog


def _holds_texts(folder: Path) -> bool:
    return folder.parts[0] in FOLDERS and folder.name != "__pycache__"


def _empty(code: str | None) -> Catalog:
    catalog = Catalog(locale=code, project="Mijn Buurtteam", charset="utf-8", fuzzy=False)
    catalog.header_comment = "# Texts of Mijn Buurtteam. The msgid is the Dutch text that residents read."
    return catalog


def _header(code: str | None) -> str:
    lines = [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if code:
        lines += [f"Language: {code}", f"Plural-Forms: {_empty(code).plural_forms}"]
    return "".join(f'"{line}\\n"\n' for line in lines)


def as_text(catalog: Catalog, code: str | None) -> str:
    """Give a catalogue as the text of a .po file, the same bytes for the same texts."""
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=WIDTH,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    comment = f"{_empty(None).header_comment}\n"
    return f'{comment}msgid ""\nmsgstr ""\n{_header(code)}\n{buffer.getvalue().decode("utf-8").lstrip()}'


def read(path: Path, code: str) -> Catalog:
    """Read a .po file of one language; raises when it isn't valid."""
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def po_path(root: Path, code: str) -> Path:
    """Give the place of a language's catalogue."""
    return root / "translations" / code / "LC_MESSAGES" / "messages.po"


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def write_template(root: Path = ROOT) -> None:
    """Write translations/messages.pot from the code."""
    _write(root / "translations" / "messages.pot", as_text(extract(root), None))


def update(root: Path = ROOT) -> None:
    """Merge the texts of the code into each language that has a catalogue, and into every complete one.

    A changed Dutch text loses its translation: guessing an old one would show people something untrue.
    """
    write_template(root)
    template = extract(root)
    for code in _catalogued(root):
        path = po_path(root, code)
        catalog = read(path, code) if path.exists() else _empty(code)
        catalog.update(template, no_fuzzy_matching=True)
        _write(path, as_text(catalog, code))


def _catalogued(root: Path) -> list[str]:
    return [
        language.code
        for language in LANGUAGES.values()
        if language.code != SOURCE and (language.complete or po_path(root, language.code).exists())
    ]


def compile_all(root: Path = ROOT) -> None:
    """Write the .mo file of each language beside its .po file."""
    for code in _catalogued(root):
        path = po_path(root, code)
        target = path.with_suffix(".mo")
        temporary = target.with_suffix(".mo.new")
        with temporary.open("wb") as file:
            write_mo(file, read(path, code))
        temporary.replace(target)


# --- checking

HELP_PAGES = "templates/help/*.nl.md"

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([#0\- +]*\d*(?:\.\d+)?[a-zA-Z%])")
_NAMED = re.compile(r"%\(\w+\)[sd]")
_HTML = re.compile(r"<\s*/?\s*[a-zA-Z!]|&(?:#\d+|\w+);")


def _texts(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def _translations(message: Message) -> tuple[str, ...]:
    given = message.string
    return tuple(given) if isinstance(given, list | tuple) else (given or "",)


def check_source(template: Catalog) -> Iterator[str]:
    """Say what is wrong with the Dutch texts themselves: HTML, placeholders without a name, loose spaces."""
    for message in template:
        for text in _texts(message):
            if not text:
                continue
            where = f"{', '.join(sorted({name for name, _line in message.locations}))}: {text!r}"
            if _HTML.search(text):
                yield f"{where}: HTML in a text; give the mark-up as a value"
            if text != text.strip() or "\r" in text or "\t" in text:
                yield f"{where}: starts or ends with a space or line end, or holds a tab"
            if _NAMED.search(text):
                for match in _PLACEHOLDER.finditer(text):
                    if not match.group(1) and match.group() != "%%":
                        yield f"{where}: {match.group()!r} beside a named value; write %% for a percent sign"


def check_language(template: Catalog, catalog: Catalog, code: str, *, complete: bool) -> Iterator[str]:
    """Say what a language misses or has wrong, beside the texts of the code."""
    wanted = {message.id: message for message in template if message.id}
    for message in catalog:
        if message.id and message.id not in wanted:
            yield f"{code}: {message.id!r} isn't in the code any more; run update"
    for key, message in wanted.items():
        found = catalog.get(_texts(message)[0])
        if found is None or found.id != key or not all(_translations(found)):
            if complete:
                yield f"{code}: {key!r} has no translation"
            continue
        if found.fuzzy:
            yield f"{code}: {key!r} is marked as unsure (fuzzy)"
        yield from _compare(message, found, catalog)


def _compare(source: Message, found: Message, catalog: Catalog) -> Iterator[str]:
    texts, code = _texts(source), str(catalog.locale)
    if len(texts) > 1 and len(_translations(found)) != catalog.num_plurals:
        yield f"{code}: {texts[0]!r} has not the number of plural forms of this language"
    for place, text in enumerate(_translations(found)):
        original = texts[min(place, len(texts) - 1)]
        if not _same_values(texts, text, original, said_in_words=len(texts) > 1 and _is_one_number(catalog.plural_expr, place)):
            yield f"{code}: {original!r}: other values (%(name)s) than in {text!r}"
        if _HTML.search(text):
            yield f"{code}: {text!r}: HTML in a translation"
        if _edges(original) != _edges(text) or original.count("\n") != text.count("\n"):
            yield f"{code}: {text!r}: other spaces or line ends than the Dutch"


@cache
def _is_one_number(plural_expression: str, form: int) -> bool:
    """Whether a plural form of a language is for one number only, such as the dual of Arabic; 1000 numbers show every rule."""
    return sum(c2py(plural_expression)(n) == form for n in range(1000)) == 1


def _same_values(texts: tuple[str, ...], text: str, original: str, *, said_in_words: bool) -> bool:
    """A translation uses the same values as the Dutch; in a form for one number the count may be a word ("one")."""
    found, allowed = _values(text), [_values(original)]
    if len(texts) > 1:
        allowed = [_values(texts[-1])]
    if said_in_words:
        allowed += [_values(other) for other in texts]
        allowed += [Counter({key: n for key, n in values.items() if key != "%(n)s"}) for values in allowed]
    return found in allowed


def _values(text: str) -> Counter[str]:
    return Counter(_NAMED.findall(text)) if _NAMED.search(text) else Counter()


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def check_pages(root: Path) -> Iterator[str]:
    """Say which Markdown page lacks a complete language, or has other headings in it than the Dutch."""
    for source in sorted(root.glob(HELP_PAGES)):
        for language in LANGUAGES.values():
            page = source.with_name(source.name.removesuffix(".nl.md") + f".{language.code}.md")
            if not page.exists():
                if language.complete:
                    yield f"{language.code}: {page.relative_to(root)} is missing"
            elif page_shape(page) != page_shape(source) or _links(page) != _links(source):
                yield f"{language.code}: {page.relative_to(root)} has other headings, paragraphs or links than the Dutch"


def check_screen_names(root: Path, template: Catalog, catalog: Catalog, code: str) -> Iterator[str]:
    """Say where a help page names a button otherwise than the button itself in that language."""
    for source in sorted(root.glob(HELP_PAGES)):
        page = source.with_name(source.name.removesuffix(".nl.md") + f".{code}.md")
        if not page.exists():
            continue
        shown = set(_BOLD.findall(page.read_text(encoding="utf-8")))
        for name in dict.fromkeys(_BOLD.findall(source.read_text(encoding="utf-8"))):
            message = catalog.get(name) if template.get(name) else None
            if message and message.string and message.string not in shown:
                yield f"{code}: {page.relative_to(root)} doesn't call {name!r} **{message.string}**, as the screen does"


_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def _links(page: Path) -> list[str]:
    return sorted(re.findall(r"\]\(([^)]*)\)", page.read_text(encoding="utf-8")))


def check_review(root: Path, code: str) -> Iterator[str]:
    """Say when the list of checked texts isn't what a row in REVIEWERS.md vouches for."""
    folder = root / "translations"
    if (folder / code / "reviewed.txt").exists() and not reviewed.reviewed(code, folder):
        yield f"{code}: no row in translations/REVIEWERS.md has the hash of translations/{code}/reviewed.txt"


def all_fingerprints(root: Path, code: str) -> set[str]:
    """Give the fingerprint of every text of a language as it stands: its catalogue and its pages of help."""
    found = set(reviewed.fingerprints(read(po_path(root, code), code)))
    for source in root.glob(HELP_PAGES):
        found.update(page_fingerprints(source, source.with_name(source.name.removesuffix(".nl.md") + f".{code}.md")))
    return found


def unchecked(root: Path, code: str) -> Iterator[tuple[str, str]]:
    """Give (Dutch, translation) of each text that nobody checked since it last changed; a page of help by its name."""
    seen = reviewed.reviewed(code, root / "translations")
    for message in read(po_path(root, code), code):
        for text in _translations(message):
            if message.id and reviewed.fingerprint(*_texts(message), text) not in seen:
                yield " | ".join(_texts(message)), text
    for source in sorted(root.glob(HELP_PAGES)):
        page = source.with_name(source.name.removesuffix(".nl.md") + f".{code}.md")
        if not seen.issuperset(page_fingerprints(source, page)):
            yield str(source.relative_to(root)), str(page.relative_to(root))


def review(root: Path, code: str, alias: str, today: date) -> str:
    """Write down that somebody read all texts of a language today; gives the row. Raises ValueError with what stands in the way."""
    language = LANGUAGES.get(code)
    if language is None or code == SOURCE or not language.complete:
        raise ValueError(f"{code} is no complete translation")
    problems = [problem for problem in check(root) if problem.startswith(f"{code}:") and "REVIEWERS.md" not in problem]
    if problems:
        raise ValueError(f"first mend what `check` says of {code}: {problems[0]}")
    return str(reviewed.write_review(code, alias, today, all_fingerprints(root, code), root / "translations"))


def check(root: Path = ROOT) -> list[str]:
    """Give everything that is wrong with the texts of the portal; an empty list means the build may go on."""
    problems = lint(root)
    template = extract(root)
    pot = root / "translations" / "messages.pot"
    if not pot.exists() or pot.read_text(encoding="utf-8") != as_text(template, None):
        problems.append("translations/messages.pot lags behind the code: python -m portal.catalogues update")
    problems += check_source(template)
    problems += check_pages(root)
    for code in _catalogued(root):
        path = po_path(root, code)
        if not path.exists():
            problems.append(f"{code}: no catalogue at translations/{code}; run update")
            continue
        try:
            catalog = read(path, code)
        except (PoFileError, ValueError) as error:
            problems.append(f"{code}: the catalogue can't be read: {error}")
            continue
        problems += check_language(template, catalog, code, complete=LANGUAGES[code].complete)
        problems += check_screen_names(root, template, catalog, code)
        problems += check_terms(catalog, code, root / "translations" / "terms.csv")
        problems += check_review(root, code)
        if path.read_text(encoding="utf-8") != as_text(catalog, code):
            problems.append(f"{code}: the catalogue isn't written as update writes it")
    return problems


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code of the program."""
    match arguments:
        case ["extract"]:
            write_template()
        case ["update"]:
            update()
        case ["compile"]:
            compile_all()
        case ["check"]:
            problems = check()
            print(*problems, sep="\n", end="\n" if problems else "")
            texts = sum(1 for message in extract() if message.id)
            print(f"Texts: {texts} in the code, {len(problems)} problems.")
            return 1 if problems else 0
        case ["unchecked", code] if code in _catalogued(ROOT):
            for dutch, text in unchecked(ROOT, code):
                print(f"{dutch}\n  {text}\n")
        case ["reviewed", code, alias]:
            try:
                print(review(ROOT, code, alias, datetime.now(AMSTERDAM).date()))
            except ValueError as refused:
                print(f"Not written: {refused}.", file=sys.stderr)
                return 1
        case _:
            print("python -m portal.catalogues extract|update|compile|check|unchecked LANGUAGE|reviewed LANGUAGE ALIAS", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
