"""The B1 check sorts: twenty texts that are hard for many readers, twenty that are plain."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal import plain_language as plain

BAD = [
    # rule that must be among the findings, text
    (
        "length",
        "Als u vragen heeft over uw hulp of over de mensen die u helpen, dan kunt u altijd met ons bellen.",
    ),
    ("length", "U leest hier wie er in uw dossier keek; u ziet ook waarom."),
    (
        "length",
        "Mensen die uw dossier mogen lezen en wat zij precies wel en niet mogen zien",
    ),
    (
        "length",
        "Op vrijdag 12 juni om 14.35 uur heeft dr. J. de Vries bij u thuis met u en uw zoon gepraat.",
    ),
    ("hard word", "Indien u het niet eens bent, kunt u bezwaar maken."),
    ("hard word", "Wij hebben uw gegevens reeds."),
    ("hard word", "Uw wijzigingen zijn opgeslagen."),
    ("hard word", "Wij bellen u met betrekking tot uw afspraak."),
    ("hard word", "De ingevoerde code is ongeldig."),
    ("hard word", "Uw sessie is bijna afgelopen."),
    ("hard word", "U ontvangt een beschikking van de gemeente."),
    ("hard word", "Neem papieren mee, bijv. een brief van de bank."),
    ("hard word", "Selecteer een datum en/of een tijd."),
    ("hard word", "- evaluatie\n- plan\n- gesprek"),
    ("formal", "U dient binnen zes weken te reageren."),
    ("formal", "Wij zullen u morgen bellen."),
    ("passive", "Uw vraag wordt door het team behandeld."),
    ("passive", "Uw toestemming is ingetrokken door de beheerder."),
    ("u", "Vul je naam in en kies jouw team."),
    ("long word", "Dit valt onder de verantwoordelijkheid van de gemeente."),
]

GOOD = [
    "Dit dossier is van u.",
    "U ziet hier wie er in uw dossier keek, en waarom.",
    "Inloggen",
    "Ga verder",
    "Wie kan dit zien?",
    "Wachtwoord vergeten? Bel ons op 0800 2000.",
    "Wij bellen u op vrijdag 12 juni 2026 om 14.35 uur.",
    "U sprak met dr. J. de Vries. Hij belt u morgen terug.",
    "De code klopt niet. Kijk in de app en vul de nieuwe code in.",
    "Neem mee naar het gesprek:\n- een brief\n- uw identiteitskaart\n- iemand die u vertrouwt",
    "U bent een tijd niets aan het doen. Over 2 minuten loggen wij u uit.",
    "Wat u schreef, bewaren wij 24 uur voor u.",
    "%(name)s las deze notitie op %(date)s, als lid van uw buurtteam.",
    "%(n)s notities",
    "Stuur een e-mail naar buurtteam.lindenholt@voorbeeld.nl als u niet kunt bellen.",
    "Bent u het niet eens met ons besluit? U kunt bezwaar maken. Wij helpen u daarbij.",
    "Alleen u en uw professional lezen dit.",
    "Wilt u lid worden van de cliëntenraad?",
    "De gemeente stuurt u een bericht als het besluit klaar is.",
    "Een onafhankelijke cliëntondersteuner denkt met u mee. Dat kost u niets.",
]


def test_there_are_twenty_of_each() -> None:
    assert len(BAD) == 20
    assert len(GOOD) == 20


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_a_hard_text_is_found_for_the_right_reason(rule: str, text: str) -> None:
    assert rule in {finding.rule for finding in plain.check(text)}


@pytest.mark.parametrize("text", GOOD)
def test_a_plain_text_passes(text: str) -> None:
    assert plain.check(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kom om 14.35 uur. Bel anders.", 2),
        ("Vraag het aan mr. De Bruin of aan J. Smit.", 1),
        ("Dat kost € 12,50. Is dat te veel? Zeg het ons.", 3),
        ("Mail naar a.b@voorbeeld.nl als dat lukt.", 1),
        ('Zij zei: "Bel mij." Daarna ging zij weg.', 2),
        ("Neem mee:\n- een pen\n- een brief\n\nTot straks.", 4),
        ("# Inloggen\nVul uw naam in. Kies dan de knop.", 3),
        ("Een zin over\ntwee regels.", 1),
        ("Een bericht van ons aan u. U leest het hier.", 2),
    ],
)
def test_sentences_are_split_where_a_reader_breathes(text: str, count: int) -> None:
    assert len(plain.sentences(text)) == count


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Om 14.35 uur.", 3),
        ("Een e-mail van jan.smit@voorbeeld.nl.", 4),
        ("%(name)s las %(n)d notities", 4),
        ("uw zoon's brief", 3),
        ("—", 0),
    ],
)
def test_words_are_counted_as_a_reader_counts(sentence: str, count: int) -> None:
    assert plain.count_words(sentence) == count


def test_the_hard_word_list_says_what_to_write_instead() -> None:
    (finding,) = plain.check("Dit is slechts een begin.")
    assert finding.advice == "say: alleen"


def test_a_broken_line_in_the_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hard_words.txt"
    path.write_text("middels met\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        plain.read_words(path)


def test_a_page_is_read_as_its_reader_sees_it(tmp_path: Path) -> None:
    page = tmp_path / "hulp.nl.md"
    page.write_text(
        "# Inloggen\n\nKies **de knop** [Inloggen](/indien).\n\n| Wat | Waar |\n|---|---|\n| bel | hier |\n",
        encoding="utf-8",
    )
    assert plain.check_page(page) == []
    page.write_text("Wij adviseren u inzake dit traject.\n", encoding="utf-8")
    assert {finding.rule for finding in plain.check_page(page)} >= {"hard word"}


def test_the_name_of_a_button_in_another_program_may_stand(tmp_path: Path) -> None:
    page = tmp_path / "hulp.nl.md"
    page.write_text("Kies **Nieuw incognitovenster** en sluit het menu.\n", encoding="utf-8")
    assert plain.check_page(page) == []
    page.write_text("**Raadpleeg het incognitovenster. Dat is goed.**\n", encoding="utf-8")
    assert {finding.rule for finding in plain.check_page(page)} >= {"hard word", "long word"}


def test_a_page_that_is_hard_as_a_whole_is_found(tmp_path: Path) -> None:
    page = tmp_path / "zwaar.nl.md"
    page.write_text("Gemeentelijke voorzieningen bevorderen maatschappelijke betrokkenheid.\n", encoding="utf-8")
    assert "page" in {finding.rule for finding in plain.check_page(page)}


def test_easier_text_has_a_higher_figure() -> None:
    hard = "De gemeentelijke verordening omschrijft maatschappelijke voorzieningen voor belanghebbenden."
    assert plain.douma("Dit is van u. U mag het zien.") > 80 > plain.douma(hard)


def test_what_somebody_writes_is_marked_where_it_stands() -> None:
    long = "Wij belden op maandag met de gemeente en met de bank en daarna ook nog met uw broer thuis."
    text = f"Het ging goed.\nIndien u wilt, bellen wij.  {long} Uw vraag wordt door het team behandeld."
    found = plain.marks(text)
    assert [(mark.rule, text[mark.start : mark.end], mark.advice) for mark in found] == [
        ("hard word", "Indien", "als"),
        ("length", long, "19"),
        ("passive", "Uw vraag wordt door het team behandeld.", ""),
    ]


def test_of_hard_words_that_overlap_the_longest_is_marked() -> None:
    text = "Wij bellen met betrekking tot uw afspraak, met betrekking tot de huur."
    assert [text[mark.start : mark.end] for mark in plain.marks(text)] == ["met betrekking tot"] * 2


@pytest.mark.parametrize("text", ["", "  \n", "Wij spraken met u.", "شكرًا. متى يبدأ العقد الجديد؟", "- melk\n- brood"])
def test_plain_words_and_other_languages_get_no_mark(text: str) -> None:
    assert plain.marks(text) == []
