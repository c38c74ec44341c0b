"""How many documents somebody may have stands in the database; what the program and the texts say of it is the same."""

from pathlib import Path

from portal.documents.commands import PIECE, TOO_MANY
from portal.documents.reasons import LARGEST, MOST_BYTES, MOST_FILES
from portal.secretbox import LONGER, document_about, seal

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = (ROOT / "migrations" / "rls" / "61_documents.sql").read_text(encoding="utf-8")


def test_the_database_says_the_same_numbers() -> None:
    assert f"IF number_had >= {MOST_FILES} OR size_had + file_size > {MOST_BYTES} THEN" in LOCK
    assert f"octet_length(p.piece) - {LONGER}" in LOCK


def test_the_sentence_says_the_same_numbers() -> None:
    assert f" {MOST_FILES} documenten " in TOO_MANY["MB091"]
    assert f"{MOST_BYTES // 1_000_000:,} MB".replace(",", ".") in TOO_MANY["MB091"]


def test_sealing_makes_a_piece_so_much_longer() -> None:
    for size in (0, 1, PIECE):
        assert len(seal(bytes(32), bytes(size), document_about.__name__)) == size + LONGER


def test_somebody_has_room_for_many_of_the_largest_files() -> None:
    assert MOST_BYTES // LARGEST >= 40
