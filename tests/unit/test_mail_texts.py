"""What mails say: in each language, without content or names, with the Dutch below what nobody checked."""

from datetime import UTC, datetime

import pytest

from portal import mail
from portal.deadlines import START
from portal.i18n import LANGUAGES, offered
from portal.mail import MAILS, Place, address_lines, mail_text

PLACE = Place("Mijn Buurtteam", "https://portaal.example", "024-0000000", START, "Proefplein 1, 6500 AA Nijmegen")
SINCE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)  # a Friday


def told(template: str, language: str = "nl", to_whom: str = "inwoner") -> tuple[str, str]:
    return mail_text(template, language, PLACE, to_whom=to_whom, since=SINCE, code="123456")


@pytest.mark.parametrize("language", [one.code for one in offered()])
@pytest.mark.parametrize("template", MAILS)
def test_every_mail_has_a_subject_and_says_where_and_whom_to_call(template: str, language: str) -> None:
    for to_whom in ("inwoner", "aanmelder"):
        subject, body = told(template, language, to_whom)
        assert subject
        assert "\n" not in subject
        assert body.splitlines()[0] != subject
        if template != "werk":  # who works here knows the way in, which is another one
            assert PLACE.address in body
            assert PLACE.phone in body
        assert "%(" not in subject + body


def test_there_is_news() -> None:
    subject, body = told("nieuws")
    assert subject == "Er is een bericht voor u"
    assert body.startswith("Er is nieuws voor u in Mijn Buurtteam. Log in om het te lezen.\nhttps://portaal.example\n")
    assert "\n\n\n" not in body


def test_a_confirmation_tells_what_comes_when() -> None:
    _subject, body = told("melding_ontvangen")
    for day in ("vrijdag 20 november 2026", "vrijdag 27 november 2026", "vrijdag 4 december 2026"):
        assert day in body
    _subject, other = told("melding_ontvangen", to_whom="aanmelder")
    assert "met degene om wie het gaat" in other
    assert "vrijdag 4 december 2026" not in other


def test_what_nobody_checked_has_the_dutch_below_it() -> None:
    dutch_subject, dutch = told("nieuws")
    for language in (one for one in LANGUAGES.values() if one.complete and one.code != "nl"):
        subject, body = told("nieuws", language.code)
        assert subject != dutch_subject
        assert body.endswith(f"\n\n- - - - -\n\n{dutch}")
    assert dutch.count("Log in") == 1
    assert told("nieuws", "xx") == (dutch_subject, dutch), "a language that we don't have"


def test_from_right_to_left_a_number_keeps_its_order() -> None:
    _subject, body = told("nieuws", "ar")
    assert f"\u2066{PLACE.phone}\u2069" in body
    assert f"\u2066{PLACE.address}\u2069" in body
    assert "\u2066" not in told("nieuws")[1]


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("Proefweg 1, 6511 AB Nijmegen", ["Proefweg 1", "6511 AB Nijmegen"]),
        ("Proefweg 1\r\n 6511 AB   Nijmegen \n\n", ["Proefweg 1", "6511 AB Nijmegen"]),
        ("a\nb\nc\nd\ne", ["a", "b", "c", "d"]),
        ("x" * 300, ["x" * 90]),
        ("", []),
        (None, []),
        (" , \n", []),
    ],
)
def test_an_address_becomes_lines(address: str | None, lines: list[str]) -> None:
    assert address_lines(address) == lines


def test_a_text_that_is_not_there_is_a_mistake_at_once() -> None:
    with pytest.raises(ValueError, match="no text"):
        mail.queue_mail(None, "onzin", "nl", "sam@voorbeeld.nl")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no text"):
        mail.queue_letter(None, "mailcode", "nl", "Sam", None)  # type: ignore[arg-type]
