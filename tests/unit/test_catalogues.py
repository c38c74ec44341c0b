"""Each check on the catalogues sees the fault it is there for, on a small portal made for the test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from gettext import GNUTranslations
from pathlib import Path

import pytest

from portal import catalogues
from portal.i18n import CATALOGUES, LANGUAGES

CONFIGURATION = "[python: portal/**.py]\n\n[jinja2: templates/**.html]\nsilent = false\n"
PAGE = """<h1>{{ _("Mijn dossier") }}</h1>
<p>{{ _("%(name)s las dit.", name=name) }}</p>
<p>{{ ngettext("%(n)s dag", "%(n)s dagen", n) }}</p>
"""
FORM = """NAME = lazy("Uw naam")
# Translators: a button
SEND = N_("Stuur")
"""
ENGLISH = {
    "Mijn dossier": "My file",
    "%(name)s las dit.": "%(name)s read this.",
    "Uw naam": "Your name",
    "Stuur": "Send",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a portal with four texts and a count, all translated into English, its one other language."""
    monkeypatch.setattr(catalogues, "LANGUAGES", {code: LANGUAGES[code] for code in ("nl", "en")})
    for name, text in {"babel.cfg": CONFIGURATION, "templates/a.html": PAGE, "portal/forms.py": FORM}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    catalogues.update(tmp_path)
    change(tmp_path, translate)
    assert catalogues.check(tmp_path) == []
    return tmp_path


def change(root: Path, edit: Callable[[str], str]) -> None:
    """Edit the English catalogue and write it back as ``update`` would."""
    path = catalogues.po_path(root, "en")
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    path.write_text(catalogues.as_text(catalogues.read(path, "en"), "en"), encoding="utf-8")


def translate(text: str) -> str:
    for dutch, english in ENGLISH.items():
        text = text.replace(f'msgid "{dutch}"\nmsgstr ""', f'msgid "{dutch}"\nmsgstr "{english}"')
    return text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "one day"\nmsgstr[1] "%(n)s days"')


def test_texts_of_templates_and_python_are_extracted_without_dates_and_lines(root: Path) -> None:
    text = (root / "translations" / "messages.pot").read_text(encoding="utf-8")
    for dutch in [*ENGLISH, "%(n)s dag"]:
        assert f'msgid "{dutch}"' in text
    assert "#. a button" in text
    assert "#: templates/a.html\n" in text
    assert "POT-Creation-Date" not in text


def test_extracting_twice_gives_the_same_bytes(root: Path) -> None:
    first = catalogues.as_text(catalogues.extract(root), None)
    assert catalogues.as_text(catalogues.extract(root), None) == first


def test_updating_keeps_translations_and_changes_nothing_when_nothing_changed(root: Path) -> None:
    before = catalogues.po_path(root, "en").read_bytes()
    catalogues.update(root)
    assert catalogues.po_path(root, "en").read_bytes() == before


def test_compiled_texts_are_the_translations(root: Path) -> None:
    catalogues.compile_all(root)
    with catalogues.po_path(root, "en").with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert compiled.gettext("Mijn dossier") == "My file"
    assert compiled.ngettext("%(n)s dag", "%(n)s dagen", 1) == "one day"
    assert compiled.ngettext("%(n)s dag", "%(n)s dagen", 3) == "%(n)s days"


def test_loose_text_in_a_template_is_found(root: Path) -> None:
    (root / "templates" / "b.html").write_text("<p>Vergeten</p>", encoding="utf-8")
    assert problems(root) == ["templates/b.html:1: text outside the catalogues: 'Vergeten'"]


def test_a_template_catalogue_that_lags_is_found(root: Path) -> None:
    (root / "templates" / "b.html").write_text('{{ _("Nieuw") }}', encoding="utf-8")
    assert any("messages.pot lags" in problem for problem in problems(root))
    assert "en: 'Nieuw' has no translation" in problems(root)


def test_a_missing_translation_is_found(root: Path) -> None:
    change(root, lambda text: text.replace('msgstr "My file"', 'msgstr ""'))
    assert problems(root) == ["en: 'Mijn dossier' has no translation"]


def test_a_missing_plural_is_found(root: Path) -> None:
    change(root, lambda text: text.replace('msgstr[1] "%(n)s days"', 'msgstr[1] ""'))
    assert problems(root) == ["en: ('%(n)s dag', '%(n)s dagen') has no translation"]


def test_an_unsure_translation_is_found(root: Path) -> None:
    change(root, lambda text: text.replace('msgid "Mijn dossier"', '#, fuzzy\nmsgid "Mijn dossier"'))
    assert problems(root) == ["en: 'Mijn dossier' is marked as unsure (fuzzy)"]


def test_another_value_in_a_translation_is_found(root: Path) -> None:
    change(root, lambda text: text.replace("%(name)s read", "%(naam)s read"))
    assert any("other values" in problem for problem in problems(root))


def test_a_lost_value_in_a_translation_is_found(root: Path) -> None:
    change(root, lambda text: text.replace("%(name)s read this.", "Somebody read this."))
    assert any("other values" in problem for problem in problems(root))


def test_a_count_may_be_a_word_only_where_it_is_one_number(root: Path) -> None:
    change(root, lambda text: text.replace("%(n)s days", "some days"))
    assert any("other values" in problem for problem in problems(root))
    arabic = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=0 && n%100<=2 ? 4 : 5)"
    expression = arabic.split("plural=")[-1]
    assert [catalogues._is_one_number(expression, form) for form in range(6)] == [True, True, True, False, False, False]


def test_html_in_a_translation_is_found(root: Path) -> None:
    change(root, lambda text: text.replace('"My file"', '"My <b>file</b>"'))
    assert problems(root) == ["en: 'My <b>file</b>': HTML in a translation"]


def test_another_edge_in_a_translation_is_found(root: Path) -> None:
    change(root, lambda text: text.replace('"My file"', '"My file\\n"'))
    assert problems(root) == ["en: 'My file\\n': other spaces or line ends than the Dutch"]


def test_a_text_that_is_gone_from_the_code_is_found(root: Path) -> None:
    change(root, lambda text: text + '\nmsgid "Oud"\nmsgstr "Old"\n')
    assert problems(root) == ["en: 'Oud' isn't in the code any more; run update"]


def test_a_catalogue_written_otherwise_is_found(root: Path) -> None:
    path = catalogues.po_path(root, "en")
    path.write_text(path.read_text(encoding="utf-8") + "\n\n# a note\n", encoding="utf-8")
    assert problems(root) == ["en: the catalogue isn't written as update writes it"]


def test_a_catalogue_that_is_no_catalogue_is_found(root: Path) -> None:
    catalogues.po_path(root, "en").write_text("msgid unquoted\n", encoding="utf-8")
    assert any("can't be read" in problem for problem in problems(root))


def test_a_complete_language_without_a_catalogue_is_found(root: Path) -> None:
    catalogues.po_path(root, "en").unlink()
    assert any("no catalogue" in problem for problem in problems(root))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lees <b>dit</b>", "HTML in a text"),
        ("Lees &nbsp; dit", "HTML in a text"),
        (" Lees dit", "starts or ends"),
        ("%(n)s is 50 % van u", "percent sign"),
        ("%(n)s en %s", "percent sign"),
    ],
)
def test_a_fault_in_the_dutch_is_found(root: Path, text: str, said: str) -> None:
    (root / "portal" / "more.py").write_text(f"X = N_({text!r})\n", encoding="utf-8")
    assert any(said in problem for problem in problems(root))


def test_a_help_page_without_its_english_is_found(root: Path) -> None:
    folder = root / "templates" / "help"
    folder.mkdir()
    (folder / "weg.nl.md").write_text("# Weg\n\n## Hoe\n", encoding="utf-8")
    assert problems(root) == ["en: templates/help/weg.en.md is missing"]
    (folder / "weg.en.md").write_text("# Away\n", encoding="utf-8")
    assert any("other headings" in problem for problem in problems(root))
    (folder / "weg.en.md").write_text("# Away\n\n## How\n", encoding="utf-8")
    assert problems(root) == []


def test_a_help_page_that_names_a_button_otherwise_is_found(root: Path) -> None:
    folder = root / "templates" / "help"
    folder.mkdir()
    (folder / "weg.nl.md").write_text("Kies **Stuur** of **Esc**.\n", encoding="utf-8")
    (folder / "weg.en.md").write_text("Choose **Submit** or **Esc**.\n", encoding="utf-8")
    assert problems(root) == ["en: templates/help/weg.en.md doesn't call 'Stuur' **Send**, as the screen does"]
    (folder / "weg.en.md").write_text("Choose **Send** or **Esc**.\n", encoding="utf-8")
    assert problems(root) == []


DAY = date(2026, 11, 22)


def readers(root: Path) -> Path:
    """Give the table of readers, in which nobody stands yet."""
    table = root / "translations" / "REVIEWERS.md"
    table.write_text("| language | alias | date | catalogue hash |\n|---|---|---|---|\n", encoding="utf-8")
    return table


def test_a_reader_is_written_down_and_then_nothing_is_unchecked(root: Path) -> None:
    table = readers(root)
    assert ("Mijn dossier", "My file") in list(catalogues.unchecked(root, "en"))
    row = catalogues.review(root, "en", "sam", DAY)
    assert row in table.read_text(encoding="utf-8")
    assert list(catalogues.unchecked(root, "en")) == []
    assert problems(root) == []


def test_a_changed_text_is_unchecked_again_and_no_other(root: Path) -> None:
    readers(root)
    catalogues.review(root, "en", "sam", DAY)
    change(root, lambda text: text.replace('"My file"', '"My own file"'))
    assert list(catalogues.unchecked(root, "en")) == [("Mijn dossier", "My own file")]


def test_a_changed_dutch_text_is_unchecked_though_its_translation_stays(root: Path) -> None:
    readers(root)
    catalogues.review(root, "en", "sam", DAY)
    page = root / "templates" / "a.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Mijn dossier", "Mijn hele dossier"), encoding="utf-8")
    catalogues.update(root)
    change(root, lambda text: text.replace('msgid "Mijn hele dossier"\nmsgstr ""', 'msgid "Mijn hele dossier"\nmsgstr "My file"'))
    assert list(catalogues.unchecked(root, "en")) == [("Mijn hele dossier", "My file")]


def test_a_changed_paragraph_of_help_is_unchecked(root: Path) -> None:
    readers(root)
    folder = root / "templates" / "help"
    folder.mkdir()
    (folder / "weg.nl.md").write_text("# Weg\n\nKies **Stuur**.\n", encoding="utf-8")
    (folder / "weg.en.md").write_text("# Away\n\nChoose **Send**.\n", encoding="utf-8")
    catalogues.review(root, "en", "sam", DAY)
    assert list(catalogues.unchecked(root, "en")) == []
    (folder / "weg.en.md").write_text("# Away\n\nPlease choose **Send**.\n", encoding="utf-8")
    assert list(catalogues.unchecked(root, "en")) == [("templates/help/weg.nl.md", "templates/help/weg.en.md")]


def test_a_list_that_no_row_vouches_for_is_found(root: Path) -> None:
    readers(root)
    catalogues.review(root, "en", "sam", DAY)
    with (root / "translations" / "en" / "reviewed.txt").open("a", encoding="utf-8") as file:
        file.write("0" * 16 + "\n")
    assert any("no row in translations/REVIEWERS.md" in problem for problem in problems(root))
    catalogues.review(root, "en", "alex", DAY)
    assert problems(root) == []


@pytest.mark.parametrize(("code", "said"), [("nl", "no complete translation"), ("tlh", "no complete translation"), ("en", "first mend")])
def test_what_is_not_whole_cant_be_checked(root: Path, code: str, said: str) -> None:
    table = readers(root)
    change(root, lambda text: text.replace('msgstr "My file"', 'msgstr ""'))
    with pytest.raises(ValueError, match=said):
        catalogues.review(root, code, "sam", DAY)
    assert "sam" not in table.read_text(encoding="utf-8")


def test_a_help_page_with_other_paragraphs_is_found(root: Path) -> None:
    folder = root / "templates" / "help"
    folder.mkdir()
    (folder / "weg.nl.md").write_text("# Weg\n\nEen.\n\nTwee.\n", encoding="utf-8")
    (folder / "weg.en.md").write_text("# Away\n\nOne. Two.\n", encoding="utf-8")
    assert any("other headings, paragraphs" in problem for problem in problems(root))


def test_another_word_than_the_agreed_one_is_found(root: Path) -> None:
    (root / "translations" / "terms.csv").write_text("key,nl,en\ndossier,dossier,record\n", encoding="utf-8")
    assert any("its translation has 'record'" in problem for problem in problems(root))


def problems(root: Path) -> list[str]:
    return catalogues.check(root)


def test_the_catalogues_of_the_portal_can_be_read() -> None:
    for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po"):
        assert len(catalogues.read(path, path.parent.parent.name)) > 0
