"""A code on paper or by word of mouth, to come in or come back with: 16 characters, 80 bits, no letters that look alike."""

import hashlib
import secrets

# Crockford's alphabet without i, l, o and u: 32 characters, so 5 bits each.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 16
_LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})


def new_code(length: int = _LENGTH) -> str:
    """Groups of four, such as "7k2m-...": four of them, unless ``length`` says otherwise."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(length))
    return "-".join(code[start : start + 4] for start in range(0, length, 4))


def plain_code(code: str) -> str:
    """The code in one form: capitals, dashes and spaces don't matter, and o, i and l are read as 0 and 1."""
    return "".join(character for character in code.lower() if character.isalnum()).translate(_LOOKALIKES)


def code_hash(code: str) -> bytes:
    """What the database keeps of it: SHA-256."""
    return hashlib.sha256(plain_code(code).encode()).digest()
