"""What PostgreSQL is asked to look for, and how a snippet is cut; no database."""

import pytest

from portal.search.queries import CHARACTERS, CHARACTERS_BEFORE, Piece, around_first_hit, pieces_of, query_of


@pytest.mark.parametrize(
    ("stems", "query"),
    [
        (["schuld"], "('schuld':*)"),
        (["brief"], "('brief':* | 'briev':*)"),
        (["huiz", "koop"], "('huiz':* | 'huis':*) & ('koop':*)"),
        (["wmo"], "('wmo')"),
        (["vakanties"], "('vakanties':* | 'vakantiez':* | 'vakantie':*)"),
        (["huis"], "('huis':* | 'huiz':*)"),
        (["ns"], "('ns')"),
        (["d'arc"], "('d''arc':*)"),
        (["a\\b"], "('a\\\\b')"),
    ],
)
def test_each_stem_in_both_spellings_and_long_ones_as_a_beginning(stems: list[str], query: str) -> None:
    assert query_of(stems) == query


def test_a_snippet_is_cut_where_the_hits_are() -> None:
    assert pieces_of("de \x02brief\x03 van de \x02gemeente\x03") == [
        Piece("de ", False),
        Piece("brief", True),
        Piece(" van de ", False),
        Piece("gemeente", True),
    ]
    assert pieces_of("") == []
    assert pieces_of("\x02brief") == [Piece("brief", True)]


def test_a_long_text_is_shown_from_a_little_before_the_first_hit() -> None:
    words = "nog een woord " * 40
    lead, hit, rest = around_first_hit([Piece(words, False), Piece("brief", True), Piece(words, False), Piece("brief", True)])
    assert hit == Piece("brief", True)
    assert lead.text.startswith("… ")
    assert words.endswith(lead.text[2:])
    assert CHARACTERS_BEFORE / 2 < len(lead.text) <= CHARACTERS_BEFORE + 2
    assert rest.text.endswith(" …")
    assert words.startswith(rest.text[:-2])
    assert CHARACTERS / 2 < len(hit.text) + len(rest.text) <= CHARACTERS + 2
    assert not rest.hit


def test_a_short_text_and_one_without_a_hit_begin_at_the_beginning() -> None:
    short = [Piece("Een ", False), Piece("brief", True), Piece(".", False)]
    assert around_first_hit(short) == short
    [beginning] = around_first_hit([Piece("woord " * 100, False)])
    assert ("woord " * 100).startswith(beginning.text[:-2])
    assert around_first_hit([]) == []
