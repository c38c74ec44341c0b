"""What a password must be, and how it is kept."""

import re

import pytest
from argon2 import PasswordHasher

from portal import paper_code
from portal.accounts import passwords, totp


def test_hashes_are_argon2id_and_heavier_than_owasp_asks() -> None:
    kept = PasswordHasher.hash(PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1), "x")
    made = passwords.hash_password("een lang genoeg wachtwoord")
    found = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", made)
    assert found, made
    memory, passes, _lanes = map(int, found.groups())
    assert memory >= 19_456
    assert passes >= 2
    assert passwords.newer_hash(kept, "x") is None


def test_a_hash_of_older_settings_is_made_anew() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("een lang genoeg wachtwoord")
    newer = passwords.newer_hash(old, "een lang genoeg wachtwoord")
    assert newer is not None
    assert passwords.matches(newer, "een lang genoeg wachtwoord")


def test_the_same_word_typed_on_another_keyboard_is_the_same_password() -> None:
    kept = passwords.hash_password("cafe\u0301 en \ufb01ets wachtwoord")
    assert passwords.matches(kept, "caf\u00e9 en fiets wachtwoord")
    assert not passwords.matches(kept, "caf\u00e9 en fiets wachtwoord ")


def test_nobody_has_no_password() -> None:
    assert not passwords.matches(None, "\0nobody")
    assert not passwords.matches(None, "")


@pytest.mark.parametrize("word", ["wachtwoord123", "WELKOM123456", "aaaaaaaaaaaaa", "123456789012"])
def test_common_words_are_refused(word: str) -> None:
    assert passwords.objection(word, ("sam",)) == "Dit wachtwoord gebruiken veel mensen. Kies een ander wachtwoord."


@pytest.mark.parametrize(
    "word", ["paard batterij nietje", "ik woon in Lent sinds 2003", "ワードワードワードワードワー", "            x yz"]
)
def test_no_rules_about_kinds_of_characters(word: str) -> None:
    assert passwords.objection(word, ("sam",)) is None


def test_start_codes_are_long_random_and_forgiving() -> None:
    code = paper_code.new_code()
    assert re.fullmatch(r"([0-9abcdefghjkmnpqrstvwxyz]{4}-){3}[0-9abcdefghjkmnpqrstvwxyz]{4}", code)
    assert len({paper_code.new_code() for _n in range(200)}) == 200
    same = (code.upper(), code.replace("-", ""), f" {code} ", code.replace("0", "O").replace("1", "l"))
    assert {paper_code.code_hash(typed) for typed in same} == {paper_code.code_hash(code)}
    assert paper_code.code_hash(code) != paper_code.code_hash(paper_code.new_code())


def test_a_code_of_six_digits_belongs_to_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    # RFC 6238, appendix B, SHA-1, the last six of eight digits: at 1111111109 seconds 07081804, at 1234567890 seconds 89005924.
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for moment, code in ((1111111109, "081804"), (1234567890, "005924")):
        monkeypatch.setattr("time.time", lambda now=moment: now)
        step = moment // 30
        assert totp.step_of(secret, code, None) == step
        assert totp.step_of(secret, f" {code[:3]} {code[3:]} ", step - 1) == step
        assert totp.step_of(secret, code, step) is None
        for late, counts in ((30, True), (60, False), (-30, True), (-60, False)):
            monkeypatch.setattr("time.time", lambda now=moment + late: now)
            assert (totp.step_of(secret, code, None) is not None) is counts


def test_the_demo_shows_a_code_that_will_be_accepted() -> None:
    secret = totp.new_secret()
    first = totp.code_to_show(secret, None)
    assert first is not None
    used = totp.step_of(secret, first, None)
    assert used is not None
    second = totp.code_to_show(secret, used)
    assert second is not None
    next_used = totp.step_of(secret, second, used)
    assert next_used is not None
    assert next_used > used
