"""The agreed words: found in the forms they take, missed when another word stands there."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from portal import terms
from portal.catalogues import ROOT
from portal.i18n import LANGUAGES

LIST = "key,nl,en,ar\ndossier,dossier|dossiers,file|files,الملف|ملف|ملفات\nreactie,reactie|reacties,reply|replies,ردّ|ردود\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a list of two terms, without exceptions."""
    monkeypatch.setattr(terms, "EXCEPTIONS", {})
    made = tmp_path / "terms.csv"
    made.write_text(LIST, encoding="utf-8")
    return made


def said(path: Path, code: str, dutch: str | tuple[str, str], text: str | tuple[str, ...]) -> list[str]:
    catalog = Catalog(locale=code)
    catalog.add(dutch, text)
    return list(terms.check_terms(catalog, code, path))


@pytest.mark.parametrize(
    ("code", "dutch", "text"),
    [
        ("en", "Uw dossier", "Your file"),
        ("en", "Twee dossiers", "Two Files"),
        ("ar", "Uw dossier", "ملفك"),
        ("ar", "In dit dossier", "في هذا الملف"),
        ("ar", "Voor het dossier", "للملف"),
        ("ar", "Uw reactie", "ردك"),
        ("ar", "En een reactie", "وردًّا"),
        ("en", "Dossierkast", "Cabinet"),
    ],
)
def test_the_agreed_word_is_found_in_its_forms(path: Path, code: str, dutch: str, text: str) -> None:
    assert said(path, code, dutch, text) == []


@pytest.mark.parametrize(("code", "text"), [("en", "Your record"), ("en", "Your profile"), ("ar", "سجلك"), ("ar", "ملفوف")])
def test_another_word_is_found(path: Path, code: str, text: str) -> None:
    assert len(said(path, code, "Uw dossier", text)) == 1


def test_one_form_of_a_counted_text_is_enough(path: Path) -> None:
    assert said(path, "en", ("%(n)s reactie", "%(n)s reacties"), ("one reply", "%(n)s of them")) == []
    assert len(said(path, "en", ("%(n)s reactie", "%(n)s reacties"), ("one comment", "%(n)s comments"))) == 1


def test_what_is_not_translated_yet_is_another_check(path: Path) -> None:
    assert said(path, "en", "Uw dossier", "") == []


def test_an_exception_is_heard_and_must_be_of_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "EXCEPTIONS", {("en", "dossier", "Uw dossier"): "because"})
    assert said(path, "en", "Uw dossier", "Your record") == []
    assert "is of no use" in said(path, "en", "Uw dossier", "Your file")[0]


def test_the_list_of_the_portal_has_every_term_once_in_each_language() -> None:
    found = terms.read_terms(ROOT / "translations" / "terms.csv")
    assert len({term.key for term in found}) == len(found) > 100
    assert all(term.word[code] for term in found for code in LANGUAGES)
