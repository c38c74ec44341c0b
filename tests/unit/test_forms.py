"""Forms: what people type is kept verbatim or refused in words, and fields are tied to their errors."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms.validators import DataRequired

from portal.forms import (
    BaseForm,
    CheckboxesField,
    CheckboxField,
    DateField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    lazy,
    plain_text,
    required,
)


class Letter(BaseForm):
    name = StringField(lazy("Uw naam"), [required(lazy("Vul uw naam in."))], autocomplete="name")
    text = TextAreaField(lazy("Uw tekst"), [plain_text(20)], description=lazy("Schrijf wat u wilt."))
    who = RadioField(
        lazy("Wie mag dit zien?"),
        [required(lazy("Kies wie dit mag zien."))],
        coerce=int,
        choices=[(0, lazy("Alleen ik")), (1, lazy("Iedereen"))],
    )
    about = SelectField(lazy("Waarover?"), choices=[("", "-"), ("wonen", lazy("Wonen"))])
    days = CheckboxesField(lazy("Welke dagen?"), choices=[("ma", "maandag"), ("di", "dinsdag")])
    sure = CheckboxField(lazy("Ik weet het zeker"))


@pytest.fixture
def request_context() -> Iterator[Flask]:
    app = Flask(__name__)
    app.secret_key = "test"
    with app.test_request_context("/", method="POST"):
        yield app


def filled(**values: Any) -> Letter:
    form = Letter(formdata=MultiDict({"name": "Noor", "text": "Hallo", "who": "1"} | values))
    form.validate()
    return form


@pytest.mark.usefixtures("request_context")
class TestWhatIsTyped:
    def test_ordinary_answers_are_accepted(self) -> None:
        form = filled()
        assert form.errors == {}
        assert (form.who.data, form.days.data, form.sure.data) == (1, [], False)

    @pytest.mark.parametrize("control", ["\x00", "\x08", "\x0b", "\x1b", "\x7f"])
    @pytest.mark.parametrize("field", ["name", "text"])
    def test_a_control_character_is_refused_and_what_was_typed_stays(self, field: str, control: str) -> None:
        typed = f"abc{control}def"
        form = filled(**{field: typed})
        assert form.errors == {field: ["In uw tekst staat een teken dat wij niet kunnen bewaren. Haal dat teken weg."]}
        assert form[field].data == typed

    def test_a_field_refuses_control_characters_by_itself(self) -> None:
        class Bare(BaseForm):
            text = TextAreaField(lazy("Tekst"))

        assert not Bare(formdata=MultiDict({"text": "een\x00twee"})).validate()

    @pytest.mark.parametrize("typed", ["\u202eomgekeerd", "👩‍👩‍👧", "<b>&amp;</b>", "a\tb", "سلام"])
    def test_peoples_own_words_stay_verbatim(self, typed: str) -> None:
        form = filled(text=typed)
        assert form.errors == {}
        assert form.text.data == typed

    def test_a_line_end_is_one_character(self) -> None:
        form = filled(text="1234567\r\n1234567\r\n1234")
        assert form.errors == {}
        assert form.text.data == "1234567\n1234567\n1234"

    def test_too_long_says_how_much_and_keeps_the_text(self) -> None:
        typed = "é" * 1_000_000
        form = filled(text=typed)
        assert form.errors == {"text": ["Uw tekst is te lang: 1.000.000 tekens. Er passen 20 tekens in."]}
        assert typed in form.text()

    def test_a_line_end_in_one_line_of_text_is_refused(self) -> None:
        assert "name" in filled(name="Noor\nBcc: x").errors

    def test_blanks_are_no_answer(self) -> None:
        assert filled(name="  ").errors == {"name": ["Vul uw naam in."]}


@pytest.mark.usefixtures("request_context")
class TestChoosing:
    def test_zero_is_an_answer(self) -> None:
        assert filled(who="0").errors == {}

    def test_no_answer_is_asked_in_the_words_of_the_question(self) -> None:
        form = Letter(formdata=MultiDict({"name": "Noor"}))
        form.validate()
        assert form.errors == {"who": ["Kies wie dit mag zien."]}

    @pytest.mark.parametrize("values", [{"who": "7"}, {"who": "x"}, {"about": "geld"}, {"days": "zo"}])
    def test_an_answer_that_was_not_offered_is_refused_in_dutch(self, values: dict[str, str]) -> None:
        (messages,) = filled(**values).errors.values()
        assert [str(message) for message in messages] == ["Kies een van de antwoorden."]

    def test_choices_may_come_with_the_request(self) -> None:
        form = Letter(formdata=MultiDict({"name": "Noor", "who": "1", "about": "geld"}))
        form.about.offer([("geld", "Geld")])
        assert form.validate()

    def test_a_date_says_how_to_write_it(self) -> None:
        class Day(BaseForm):
            day = DateField(lazy("Dag"))

        form = Day(formdata=MultiDict({"day": "morgen"}))
        form.validate()
        assert "2026-06-12" in form.errors["day"][0]


@pytest.mark.usefixtures("request_context")
class TestRendering:
    def test_a_field_is_tied_to_its_explanation_and_error(self) -> None:
        rendered = filled(text="\x01").text()
        assert 'aria-describedby="text-uitleg text-fout"' in rendered
        assert 'aria-invalid="true"' in rendered
        assert 'class="utrecht-textarea utrecht-textarea--html-textarea utrecht-textarea--invalid"' in rendered
        assert 'dir="auto"' in rendered

    def test_a_good_field_says_nothing_of_errors(self) -> None:
        rendered = filled().name()
        assert "aria-invalid" not in rendered
        assert "aria-describedby" not in rendered
        assert 'autocomplete="name"' in rendered
        assert 'aria-required="true"' in rendered

    def test_the_browser_never_speaks_or_cuts(self) -> None:
        form = filled()
        for field in form:
            assert " required" not in field()
            assert "maxlength" not in field()

    def test_not_even_with_a_validator_of_the_library(self) -> None:
        class Plain(BaseForm):
            text = TextAreaField(lazy("Tekst"), [DataRequired()])

        form = Plain(formdata=MultiDict())
        assert " required" not in form.text()
        assert 'aria-required="true"' in form.text()

    def test_optional_is_known(self) -> None:
        form = filled()
        assert [field.name for field in form if field.optional] == ["text", "about", "days", "sure"]
        form.about.offer([("wonen", "Wonen"), ("geld", "Geld")])
        assert not form.about.optional

    def test_a_password_is_never_read_back(self) -> None:
        class SignIn(BaseForm):
            password = PasswordField(lazy("Wachtwoord"), autocomplete="current-password")

        form = SignIn(formdata=MultiDict({"password": "geheim zinnetje"}))
        assert form.password.data == "geheim zinnetje"
        assert "geheim" not in form.password()

    def test_answers_have_labels_in_the_language_of_the_page(self) -> None:
        options = list(filled().who)
        assert [str(option.label.text) for option in options] == ["Alleen ik", "Iedereen"]
        assert 'class="utrecht-radio-button utrecht-radio-button--html-input"' in options[1]()
        assert "checked" in options[1]()

    def test_errors_are_listed_with_where_they_are(self) -> None:
        form = filled(name="", who="9")
        form.refuse("Iemand anders was u voor.")
        form.refuse("Zo kan het niet.", "about")
        assert form.error_list() == [
            (None, "Iemand anders was u voor."),
            ("name", "Vul uw naam in."),
            ("who-0", "Kies een van de antwoorden."),
            ("about", "Zo kan het niet."),
        ]
