"""Text outside the catalogues is found; names, classes and marked text are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal import text_lint

HIDDEN_TEXT = [
    "<p>Mijn dossier</p>",
    "<p>{{ naam }} las dit</p>",
    "<p>{% if x %}ja{% endif %}</p>",
    '<img alt="Een foto">',
    '<a title="Meer">{{ x }}</a>',
    '<nav aria-label="menu {{ x }}"></nav>',
    '<input placeholder="Uw naam">',
    '<input type="submit" value="Opslaan">',
    '<button data-confirm="weet u het zeker">{{ x }}</button>',
    '<meta name="description" content="Uw dossier">',
    '{{ form_parts.submit("Opslaan") }}',
    '{{ parts.notice("geen notities", "info") }}',
    '{% set titel = "Mijn dossier" %}',
    '{{ _("Hallo " ~ naam) }}',
    '{{ _("Hallo %s" % naam) }}',
    '{{ _("Hallo %(naam)s", naam="Meneer Jansen") }}',
    "<p>&euro; veel</p>",
    "{% if %}",
]

FINE = [
    '<p>{{ _("Mijn dossier") }}</p>',
    '<p>{{ _("%(naam)s las dit", naam=naam) }} – {{ datum|date("short") }} (12)</p>',
    '<p>{{ ngettext("%(n)s dag", "%(n)s dagen", n) }}</p>',
    '<img alt="{{ _("Een foto") }}">',
    '<img alt="">',
    '{{ form_parts.submit(_("Opslaan"), kind="primary") }}',
    '{% if x == "Iets anders" %}{% endif %}',
    "{# Een uitleg voor makers, <p>geen tekst</p> #}",
    '<div class="utrecht-form-field mbt-wide" data-kind="timeline" hx-get="{{ url }}">1 | 2 · 3</div>',
    '{% extends "base.html" %}{% block title %}{{ _("Inloggen") }}{% endblock %}',
    "<script nonce=\"{{ n }}\">let a = 'text';</script>",
    "<kbd>Esc</kbd> DigiD",
    '<svg><use href="{{ asset("icons.svg") }}#help"/></svg>',
]


@pytest.mark.parametrize("source", HIDDEN_TEXT)
def test_text_in_a_template_is_found(source: str) -> None:
    assert list(text_lint.lint_template(source))


@pytest.mark.parametrize("source", FINE)
def test_a_template_without_loose_text_passes(source: str) -> None:
    assert list(text_lint.lint_template(source)) == []


def test_the_line_is_named() -> None:
    source = '{#\nuitleg\n#}\n<p>\n{{ _(\n"a") }}</p>\n<p>\nMis</p>'
    assert [line for line, _said in text_lint.lint_template(source)] == [8]


def test_a_text_mail_is_read_line_by_line() -> None:
    assert [line for line, _ in text_lint.lint_template('{{ _("Dag") }}\nGroet\n', html=False)] == [2]


@pytest.mark.parametrize(
    "source",
    [
        'name = StringField("Naam")',
        'name = wtforms.StringField(label="Naam")',
        'name = StringField(lazy("Naam"), description="Zoals op uw brief")',
        'name = StringField(lazy("Naam"), [Length(max=3, message="Te lang")])',
        'name = RadioField(lazy("Wie"), choices=[("me", "Alleen ik")])',
        'raise ValidationError("Dit klopt niet")',
        'flash("Opgeslagen")',
        'text = _(f"Dag {name}")',
        'text = _("Dag %s" % name)',
        'problem = "Dit is niet uw dossier."',
    ],
)
def test_text_in_python_is_found(source: str) -> None:
    assert list(text_lint.lint_python(source))


@pytest.mark.parametrize(
    "source",
    [
        'name = StringField(lazy("Naam"), description=lazy("Zoals op uw brief"))',
        'name = RadioField(lazy("Wie"), choices=[("me", lazy("Alleen ik"))])',
        'text = _("Dag %(name)s", name=name)',
        'LABELS = {1: N_("Wie kan dit zien?")}\ntext = _(LABELS[1])',
        '"""Uitleg: dit is niet uw dossier."""',
        'log.info("row %s is gone", key)',
        'text("SELECT u.id FROM naar AS u WHERE u.id = :id")',
        'HiddenField("next")',
    ],
)
def test_marked_text_in_python_passes(source: str) -> None:
    assert list(text_lint.lint_python(source)) == []


def test_dutch_in_a_script_is_found() -> None:
    assert list(text_lint.lint_script('// uw tekst is hier\nshow("Uw tekst is er nog");')) == [
        (2, "Dutch in a script: '\"Uw tekst is er nog\"'")
    ]
    assert list(text_lint.lint_script('/* dit is een uitleg */ show(node.dataset.text, "a b");')) == []


def test_the_whole_tree_is_read(tmp_path: Path) -> None:
    for name, text in {
        "templates/a.html": "<p>Mis</p>",
        "templates/mail/b.txt": "Mis",
        "portal/c.py": 'x = "Dit is mis"',
        "portal/demo/d.py": 'x = "Dit is voor de terminal"',
        "static/js/e.js": 'x = "dit is mis"',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert [found.partition(":")[0] for found in text_lint.lint(tmp_path)] == [
        "templates/a.html",
        "templates/mail/b.txt",
        "portal/c.py",
        "static/js/e.js",
    ]
