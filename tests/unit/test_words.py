"""Sentences are found as people wrote them, and two texts are compared without losing a character."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.words import Change, compare, find_passage, pieces, quoted, sentences

ANY_TEXT = st.text(alphabet=st.sampled_from("ab A.?!\n \t…)”1؟é👩"), max_size=80) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Eén zin", ["Eén zin"]),
        ("De eerste. De tweede! De derde?", ["De eerste.", "De tweede!", "De derde?"]),
        ("Dhr. Jansen belde. Hij komt om 14.00 uur.", ["Dhr. Jansen belde.", "Hij komt om 14.00 uur."]),
        ("Er is o.a. een brief van J. de Vries. Klopt dat?", ["Er is o.a. een brief van J. de Vries.", "Klopt dat?"]),
        ("Zij zei: “Ik kom.” Toen ging zij.", ["Zij zei: “Ik kom.”", "Toen ging zij."]),
        ("“Echt?” vroeg hij. Ja.", ["“Echt?” vroeg hij.", "Ja."]),
        ("1. Bellen\n2. Schrijven. En wachten…", ["1. Bellen", "2. Schrijven.", "En wachten…"]),
        ("Een kop\n\nEen alinea. Nog een.", ["Een kop", "Een alinea.", "Nog een."]),
        ("Het kostte 3.50 euro. www.nijmegen.nl is de site.", ["Het kostte 3.50 euro.", "www.nijmegen.nl is de site."]),
        ("كيف حالك؟ أنا بخير. شكرا", ["كيف حالك؟", "أنا بخير.", "شكرا"]),
        ("Wacht... nog even. Goed.", ["Wacht... nog even.", "Goed."]),
        (
            "Stoelen, bedden enz. voor het huis. Tafels enz. Dat was het.",
            ["Stoelen, bedden enz. voor het huis.", "Tafels enz.", "Dat was het."],
        ),
        ("Zie art. 2.3.5 Wmo. Dat geldt.", ["Zie art. 2.3.5 Wmo.", "Dat geldt."]),
    ],
)
def test_sentences_are_found(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(ANY_TEXT)
def test_the_pieces_are_the_text_and_sentences_are_numbered_in_order(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    numbers = [piece.number for piece in found if piece.number]
    assert numbers == list(range(1, len(numbers) + 1))
    for piece in found:
        assert bool(piece.text.strip()) == bool(piece.number)
        assert "\n" not in piece.text or not piece.number


@given(ANY_TEXT, ANY_TEXT)
def test_a_comparison_holds_both_texts_whole(old: str, new: str) -> None:
    found = compare(old, new)
    assert "".join(stretch.text for stretch in found.old) == old
    assert "".join(stretch.text for stretch in found.new) == new
    same = [[stretch.text for stretch in side if stretch.change is Change.SAME] for side in (found.old, found.new)]
    assert "".join(same[0]) == "".join(same[1])


@given(ANY_TEXT)
def test_a_text_beside_itself_has_no_change(text: str) -> None:
    found = compare(text, text)
    assert not found.gone
    assert not found.came


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("Hij heeft schuld. Hij werkt.", "Hij heeft geen schuld. Hij werkt.", [], ["geen"]),
        ("U betaalt 40 euro per maand.", "U betaalt 45 euro per maand.", ["40"], ["45"]),
        ("Eerst dit. Dan dat.", "Eerst dit.", ["Dan dat."], []),
        ("De hond blaft hard vandaag buiten.", "Een kat blaft hard vandaag buiten.", ["De hond"], ["Een kat"]),
        (
            "Zij wil niet praten.",
            "Afspraak is op maandag met de huisarts.",
            ["Zij wil niet praten."],
            ["Afspraak is op maandag met de huisarts."],
        ),
        ("", "Nieuw.", [], ["Nieuw."]),
    ],
)
def test_what_went_and_what_came(old: str, new: str, gone: list[str], came: list[str]) -> None:
    found = compare(old, new)
    assert (found.gone, found.came) == (gone, came)


def test_texts_too_large_to_compare_are_shown_as_replaced() -> None:
    old, new = "\n".join(f"a{n}" for n in range(3000)), "\n".join(f"b{n}" for n in range(3000))
    found = compare("Kop\n" + old, "Kop\n" + new)
    assert [stretch.change for stretch in found.old] == [Change.SAME, Change.GONE]


@given(ANY_TEXT, st.data())
def test_a_quote_is_found_again_where_it_was(text: str, data: st.DataObject) -> None:
    there = sentences(text)
    numbers = sorted(data.draw(st.sets(st.integers(1, len(there)), min_size=1))) if there else []
    if not numbers:
        return
    passage = find_passage(quoted(text, numbers), text)
    assert passage.moved_along
    assert [there[number - 1] for number in passage.numbers] == [there[number - 1] for number in numbers]


def test_a_quote_moves_along_when_its_sentences_are_unchanged() -> None:
    old = "Zij slaapt slecht. Zij werkt niet. Wij bellen morgen."
    quote = quoted(old, [1, 3])
    assert quote == "Zij slaapt slecht.\nWij bellen morgen."
    assert find_passage(quote, "Nieuw begin. Zij slaapt slecht. Wij bellen morgen.").numbers == [2, 3]
    assert not find_passage(quote, "Zij slaapt goed. Wij bellen morgen.").moved_along
    assert not find_passage(quote, "Wij bellen morgen. Zij slaapt slecht.").moved_along, "in another order it is another story"


@pytest.mark.parametrize("numbers", [[0], [4], [2, 1], [1, 1], [-1]])
def test_only_sentences_that_are_there_can_be_quoted(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match=re.escape("no such sentence")):
        quoted("Een. Twee. Drie.", numbers)
