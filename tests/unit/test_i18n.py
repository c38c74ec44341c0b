"""Choosing a language, filling in texts, and dates on the clock of Amsterdam."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from gettext import NullTranslations
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, g, render_template_string
from markupsafe import Markup

from portal import i18n
from portal.reviewed import fingerprint, write_review


class Reversed(NullTranslations):
    """A catalogue that turns text around, so a test sees that it was asked."""

    def gettext(self, message: str) -> str:
        return message[::-1]


MOMENT = datetime(2026, 6, 12, 12, 35, tzinfo=UTC)


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)

    @app.before_request
    def load_account() -> None:
        g.account = SimpleNamespace(language=app.config.get("ACCOUNT_LANGUAGE"))

    i18n.install(app, unfinished=True)
    app.add_url_rule("/", "start", lambda: f"{g.language} {i18n.current().language.direction}")
    return app


def test_a_date_and_time_in_dutch() -> None:
    assert i18n.format_date(MOMENT, "nl") == "vrijdag 12 juni 2026"
    assert i18n.format_datetime(MOMENT, "nl") == "vrijdag 12 juni 2026 om 14.35 uur"
    assert i18n.format_time(MOMENT, "nl") == "14.35 uur"


def test_a_date_and_time_in_english() -> None:
    assert i18n.format_datetime(MOMENT, "en") == "Friday 12 June 2026 at 14:35"
    assert i18n.format_date(MOMENT, "en", "month") == "June 2026"


def test_a_date_and_time_in_arabic_have_the_digits_of_a_letter() -> None:
    assert i18n.format_datetime(MOMENT, "ar") == "الجمعة، 12 يونيو 2026، 14:35"
    assert i18n.format_date(MOMENT, "ar", "day") == "12 يونيو"


def test_counting_in_arabic_has_six_forms() -> None:
    count = i18n.translator("ar").ngettext
    said = {n: count("%(n)s reactie", "%(n)s reacties", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)}
    assert said == {
        0: "لا ردود", 1: "ردّ واحد", 2: "ردّان", 3: "3 ردود", 10: "10 ردود",
        11: "11 ردًّا", 99: "99 ردًّا", 100: "100 ردّ", 102: "102 ردّ", 103: "103 ردود",
    }  # fmt: skip


def test_every_language_has_dates() -> None:
    for code in i18n.LANGUAGES:
        assert "2026" in i18n.format_datetime(MOMENT, code)


def test_midnight_belongs_to_the_day_in_amsterdam() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert i18n.format_datetime(late, "nl", "short") == "1 januari 2027 om 00.30 uur"


def test_a_plain_day_and_a_plain_time_are_taken_as_they_are() -> None:
    assert i18n.format_date(date(2026, 6, 12), "nl", "day") == "12 juni"
    assert i18n.format_time(time(9, 5), "nl") == "09.05 uur"


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        i18n.format_date(MOMENT.replace(tzinfo=None), "nl")


def test_a_list_reads_as_speech() -> None:
    assert i18n.format_list(["Anna", "Bram", "Cem"], "nl") == "Anna, Bram en Cem"


@pytest.mark.parametrize(
    ("spoken", "page", "name"),
    [("uk", "nl", "Oekraïens"), ("nl", "nl", "Nederlands"), ("ti", "en", "Tigrinya"), ("xq", "nl", "xq")],
)
def test_a_language_has_a_name(spoken: str, page: str, name: str) -> None:
    assert i18n.format_language(spoken, page) == name


@pytest.mark.parametrize(
    ("account", "cookie", "header", "expected"),
    [
        ("en", "nl", "nl", "en"),
        (None, "en", "nl", "en"),
        (None, None, "en-US,nl;q=0.9", "en"),
        (None, None, "de, fr;q=0.9, en;q=0.3", "en"),
        (None, None, "en;q=0, nl;q=0.1", "nl"),
        (None, None, "nl;q=0.4, en;q=0.8", "en"),
        (None, None, "", "nl"),
        (None, None, "de", "nl"),
        ("xx", "../../etc", ";;;,q=,en;q=banaan", "en"),
    ],
)
def test_the_account_wins_then_the_cookie_then_the_browser(account: str | None, cookie: str | None, header: str, expected: str) -> None:
    assert i18n.choose(account, cookie, header, ["nl", "en"]) == expected


def test_an_unfinished_language_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(i18n.LANGUAGES, "ti", i18n.Language("ti", "ትግርኛ", "ltr", False, "ti"))
    assert [language.code for language in i18n.offered()] == ["nl", "en", "ar"]
    assert "ti" in [language.code for language in i18n.offered(unfinished=True)]


def test_the_cookie_chooses_and_a_get_parameter_does_not(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("taal", "ar")
    assert client.get("/").text == "ar rtl"
    client.delete_cookie("taal")
    assert client.get("/?taal=en&lang=en&language=en").text == "nl ltr"


def test_the_account_wins_in_a_request(app: Flask) -> None:
    app.config["ACCOUNT_LANGUAGE"] = "en"
    answer = app.test_client().get("/", headers={"Accept-Language": "nl"})
    assert answer.text == "en ltr"
    assert answer.headers["Content-Language"] == "en"


def test_templates_show_translated_text_escaped(app: Flask) -> None:
    with app.test_request_context("/"):
        g.translator = i18n.Translator(i18n.LANGUAGES["en"], Reversed())
        assert render_template_string("{{ _('<b>') }}") == "&gt;b&lt;"
        assert render_template_string("{{ language }} {{ direction }}") == "en ltr"
        assert str(i18n.lazy("neef")) == "feen"


def test_values_are_escaped_around_a_value_that_is_markup(app: Flask) -> None:
    with app.test_request_context("/"):
        text = i18n.gettext("<i> %(a)s %(b)s", a=Markup("<bdi>x</bdi>"), b="<script>")
        assert isinstance(text, Markup)
        assert text == "&lt;i&gt; <bdi>x</bdi> &lt;script&gt;"


def test_a_percent_sign_without_values_stays() -> None:
    assert i18n.gettext("100 % van u") == "100 % van u"


def test_counting() -> None:
    assert i18n.ngettext("%(n)s notitie", "%(n)s notities", 1) == "1 notitie"
    assert i18n.ngettext("%(n)s notitie", "%(n)s notities", 20) == "20 notities"


def test_lazy_text_fills_its_values_and_acts_as_text() -> None:
    text = i18n.lazy("Naam van %(wie)s", wie="Cem")
    assert f"{text}" == "Naam van Cem"
    assert text == "Naam van Cem"
    assert "Cem" in text
    assert "!" + text + "!" == "!Naam van Cem!"
    assert i18n.lazy("%(x)d tekens") % {"x": 3} == "3 tekens"


def test_no_text_is_no_text_in_every_language() -> None:
    for code in i18n.LANGUAGES:
        assert i18n.translator(code).gettext("") == ""


def test_a_catalogue_is_read_from_its_source_while_that_is_newer(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr ""\n\nmsgid "ja"\nmsgstr "yes"\n'
    (tmp_path / "messages.po").write_text(text, encoding="utf-8")
    assert i18n._catalogue(tmp_path).gettext("ja") == "yes"


class Checked(NullTranslations):
    """A small catalogue of English, with a counted text."""

    TEXTS = {"ja": "yes", "nee": "no", "%(n)s dag": "one day", "%(n)s dagen": "%(n)s days"}

    def gettext(self, message: str) -> str:
        return self.TEXTS.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.TEXTS[one if n == 1 else many]


def dutch_too(read: set[tuple[str, ...]], template: str) -> str:
    """What a template says in English when a person read these texts; the app is a plain one."""
    app = Flask(__name__)
    i18n.install(app)
    with app.test_request_context("/"):
        seen = frozenset(fingerprint(*texts) for texts in read)
        g.translator = i18n.Translator(i18n.LANGUAGES["en"], Checked(), seen).own()
        return render_template_string("{% call dutch_too() %}" + template + "{% endcall %}", moment=MOMENT)


@pytest.mark.parametrize(
    ("read", "template", "said"),
    [
        (set(), "{{ _('ja') }}", 'yes<span class="in-dutch" lang="nl" dir="ltr">ja</span>'),
        ({("ja", "yes")}, "{{ _('ja') }}", "yes"),
        ({("ja", "yeah")}, "{{ _('ja') }}", 'yes<span class="in-dutch" lang="nl" dir="ltr">ja</span>'),
        # One unchecked text makes the whole paragraph doubtful.
        ({("ja", "yes")}, "{{ _('ja') }}, {{ _('nee') }}", 'yes, no<span class="in-dutch" lang="nl" dir="ltr">ja, nee</span>'),
        # What has no translation stands there in Dutch already.
        (set(), "{{ _('misschien') }}", "misschien"),
        (set(), "{{ lazy('ja') }}", 'yes<span class="in-dutch" lang="nl" dir="ltr">ja</span>'),
        (set(), "{{ ngettext('%(n)s dag', '%(n)s dagen', 2) }}", '2 days<span class="in-dutch" lang="nl" dir="ltr">2 dagen</span>'),
        ({("%(n)s dag", "%(n)s dagen", "%(n)s days")}, "{{ ngettext('%(n)s dag', '%(n)s dagen', 2) }}", "2 days"),
        # Dates too, each in their own language; alone they are no translation of ours.
        (set(), "{{ moment | date }}", "Friday 12 June 2026"),
        (
            set(),
            "{{ _('ja') }} {{ moment | date }}",
            'yes Friday 12 June 2026<span class="in-dutch" lang="nl" dir="ltr">ja vrijdag 12 juni 2026</span>',
        ),
        (
            set(),
            "{{ _('ja') }}<bdi>{{ '<i>' }}</bdi>",
            'yes<bdi>&lt;i&gt;</bdi><span class="in-dutch" lang="nl" dir="ltr">ja<bdi>&lt;i&gt;</bdi></span>',
        ),
    ],
)
def test_the_dutch_stands_below_what_nobody_checked(read: set[tuple[str, ...]], template: str, said: str) -> None:
    assert dutch_too(read, template) == said


def test_after_the_dutch_the_page_goes_on_in_its_own_language(app: Flask) -> None:
    with app.test_request_context("/"):
        g.translator = i18n.Translator(i18n.LANGUAGES["en"], Checked()).own()
        both = "{% call dutch_too() %}{{ _('ja') }}{% endcall %} {{ _('nee') }} {{ ngettext('%(n)s dag', '%(n)s dagen', 1) }}"
        assert render_template_string(both).endswith("</span> no one day")
        with pytest.raises(ZeroDivisionError):
            render_template_string("{% call dutch_too() %}{{ _('ja') }}{{ 1 / 0 }}{% endcall %}")
        assert (i18n.gettext("ja"), i18n.current().language.code) == ("yes", "en")


def test_the_dutch_has_a_comma_of_its_own(app: Flask) -> None:
    with app.test_request_context("/"):
        g.translator = i18n.Translator(i18n.LANGUAGES["ar"], Checked()).own()
        row = "{% call dutch_too() %}{{ _('ja') }}{{ comma() }}{{ _('nee') }}{% endcall %}{{ comma() }}"
        assert render_template_string(row) == 'yes، no<span class="in-dutch" lang="nl" dir="ltr">ja, nee</span>، '


def test_dutch_and_a_language_that_was_read_whole_say_it_once(app: Flask) -> None:
    for language in (i18n.translator("nl"), i18n.Translator(i18n.LANGUAGES["en"], Checked(), checked=True)):
        with app.test_request_context("/"):
            g.translator = language.own()
            assert "in-dutch" not in render_template_string("{% call dutch_too() %}{{ _('ja') }}{% endcall %}")


def test_a_request_that_speaks_dutch_for_a_moment_disturbs_no_other() -> None:
    shared = i18n.translator("ar")
    assert shared.own() is not shared
    assert shared.own().language.code == "ar"


def test_a_language_is_checked_when_every_text_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (tmp_path / "REVIEWERS.md").write_text("|---|\n", encoding="utf-8")

    def texts(*translations: str) -> str:
        return "".join(f'msgid "{number}"\nmsgstr "{text}"\n\n' for number, text in enumerate(translations))

    def now() -> i18n.Translator:
        i18n.translator.cache_clear()
        return i18n.translator("ar")

    po = folder / "messages.po"
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + texts("نعم", "لا"), encoding="utf-8")
    try:
        assert not now().checked
        write_review("ar", "nadia", date(2026, 11, 22), [fingerprint("0", "نعم"), fingerprint("1", "لا")], tmp_path)
        assert now().checked
        po.write_text(po.read_text(encoding="utf-8").replace("لا", "كلا"), encoding="utf-8")
        assert not now().checked
        assert now().is_checked("0", "نعم")
        assert not now().is_checked("1", "كلا")
    finally:
        i18n.translator.cache_clear()
