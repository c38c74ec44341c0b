"""The program starts with whole and safe settings only, and a refusal never shows the value."""

import secrets

import pytest

from portal.settings import DEMO_KEY_MARK, ProgramSettings, Settings, SettingsError


def environment(mode: str, **changes: str | None) -> dict[str, str]:
    """Give whole settings for a mode, with changes; None takes a setting away."""
    mark = DEMO_KEY_MARK if mode == "demo" else ""
    whole: dict[str, str | None] = {
        "MBT_FACE": "inwoner",
        "MBT_MODE": mode,
        "MBT_DATABASE_URL": "postgresql+psycopg://web_inwoner:geheim@/portaal",
        "MBT_ACTOR_KEY": mark + secrets.token_hex(32),
        "MBT_SESSION_KEY": mark + secrets.token_hex(32),
        "MBT_TEXT_KEY": mark + secrets.token_hex(32),
    }
    if mode == "productie":
        whole |= {"MBT_LEAVE_URL": "https://elders.example/", "MBT_PUBLIC_URL": "https://portaal.example"}
        whole |= {"MBT_CITY_FILE": "/etc/stad.json", "MBT_DOCUMENT_KEY": secrets.token_hex(32)}
    return {name: value for name, value in (whole | changes).items() if value is not None}


@pytest.mark.parametrize("mode", ["demo", "productie", "test"])
def test_whole_settings_are_read(mode: str) -> None:
    settings = Settings.from_environment(environment(mode))
    assert (settings.face, settings.mode, settings.role) == ("inwoner", mode, "web_inwoner")
    assert settings.demo == (mode == "demo")
    assert settings.secure == (mode == "productie")
    assert len(settings.text_key) == 32
    assert (settings.idle_minutes, settings.max_hours) == (15, 12)
    assert settings.proxies == (1 if mode == "productie" else 0)
    assert Settings.from_environment(environment(mode, MBT_PROXIES="2")).proxies == 2


REFUSED: dict[str, tuple[str, dict[str, str | None], str]] = {
    "too many proxies": ("test", {"MBT_PROXIES": "-1"}, "MBT_PROXIES must be"),
    "no face": ("test", {"MBT_FACE": None}, "MBT_FACE is missing"),
    "unknown face": ("test", {"MBT_FACE": "beheer"}, "MBT_FACE must be"),
    "no mode": ("test", {"MBT_MODE": None}, "MBT_MODE is missing"),
    "unknown mode": ("test", {"MBT_MODE": "debug"}, "MBT_MODE must be"),
    "no database": ("test", {"MBT_DATABASE_URL": ""}, "MBT_DATABASE_URL is missing"),
    "no address": ("test", {"MBT_DATABASE_URL": "portaal"}, "not a database address"),
    "other engine": ("test", {"MBT_DATABASE_URL": "sqlite:///x"}, "PostgreSQL"),
    "superuser": (
        "test",
        {"MBT_DATABASE_URL": "postgresql://postgres:geheim@/p"},
        "must sign in as web_inwoner",
    ),
    "other face": (
        "test",
        {"MBT_DATABASE_URL": "postgresql://web_team:geheim@/p"},
        "must sign in as web_inwoner",
    ),
    "no password": ("test", {"MBT_DATABASE_URL": "postgresql://web_inwoner@/p"}, "no password"),
    "no key": ("test", {"MBT_ACTOR_KEY": None}, "MBT_ACTOR_KEY is missing"),
    "short key": ("test", {"MBT_SESSION_KEY": secrets.token_hex(16)}, "MBT_SESSION_KEY is too short"),
    "long actor key": ("test", {"MBT_ACTOR_KEY": secrets.token_hex(65)}, "too long"),
    "text key of another size": ("test", {"MBT_TEXT_KEY": secrets.token_hex(40)}, "exactly 32"),
    "document key of another size": ("test", {"MBT_DOCUMENT_KEY": secrets.token_hex(40)}, "exactly 32"),
    "document key twice": (
        "test",
        {"MBT_DOCUMENT_KEY": "00112233445566778899aabbccddeeff" * 2, "MBT_DOCUMENT_KEY_BEFORE": "00112233445566778899aabbccddeeff" * 2},
        "the same",
    ),
    "no document key in productie": ("productie", {"MBT_DOCUMENT_KEY": None}, "MBT_DOCUMENT_KEY is missing"),
    "document key on the third face": (
        "test",
        {
            "MBT_FACE": "onafhankelijk",
            "MBT_DATABASE_URL": "postgresql+psycopg://web_onafhankelijk:geheim@/portaal",
            "MBT_DOCUMENT_KEY": secrets.token_hex(32),
        },
        "no key for the face onafhankelijk",
    ),
    "no randomness": ("test", {"MBT_TEXT_KEY": "00" * 32}, "MBT_TEXT_KEY is not random"),
    "not hexadecimal": ("test", {"MBT_TEXT_KEY": "geheim" * 20}, "hexadecimal"),
    "long title": ("test", {"MBT_SITE_TITLE": "x" * 41}, "MBT_SITE_TITLE"),
    "demo key in productie": (
        "productie",
        {"MBT_TEXT_KEY": "demo:" + secrets.token_hex(32)},
        "key of the demo",
    ),
    "http in productie": ("productie", {"MBT_PUBLIC_URL": "http://portaal.example"}, "https"),
    "no address in productie": ("productie", {"MBT_PUBLIC_URL": None}, "MBT_PUBLIC_URL is missing"),
    "no city in productie": ("productie", {"MBT_CITY_FILE": None}, "MBT_CITY_FILE is missing"),
    "no way out in productie": ("productie", {"MBT_LEAVE_URL": None}, "MBT_LEAVE_URL is missing"),
    "way out to ourselves": ("productie", {"MBT_LEAVE_URL": "https://portaal.example/x"}, "another site"),
    "way out by script": ("test", {"MBT_LEAVE_URL": "javascript:alert(1)"}, "MBT_LEAVE_URL"),
    "scanner on another machine": ("productie", {"MBT_SCANNER": "tcp:scanner.example:3310"}, "on this machine"),
    "scanner without a port": ("test", {"MBT_SCANNER": "tcp:127.0.0.1"}, "MBT_SCANNER"),
    "real key in demo": ("demo", {"MBT_ACTOR_KEY": secrets.token_hex(32)}, "not a key of the demo"),
    "demo for the world": ("demo", {"MBT_PUBLIC_URL": "https://portaal.example"}, "stay on this machine"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unsafe_settings_are_refused(case: str) -> None:
    mode, changes, sentence = REFUSED[case]
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(environment(mode, **changes))
    text = str(refused.value)
    assert sentence in text
    assert "\n" not in text
    assert "geheim" not in text


def test_one_key_for_two_ends_is_refused() -> None:
    key = secrets.token_hex(32)
    with pytest.raises(SettingsError, match="same"):
        Settings.from_environment(environment("test", MBT_ACTOR_KEY=key, MBT_SESSION_KEY=key))


def test_secrets_are_not_shown() -> None:
    source = environment("test")
    shown = repr(Settings.from_environment(source))
    assert "geheim" not in shown
    assert source["MBT_ACTOR_KEY"] not in shown
    assert "actor_key" not in shown


def test_a_program_gets_its_own_role_only() -> None:
    source = environment("test", MBT_DATABASE_URL="postgresql+psycopg://portaal_jobs:geheim@/p")
    assert ProgramSettings.from_environment("portaal_jobs", source).role == "portaal_jobs"
    with pytest.raises(SettingsError, match="portaal_operator"):
        ProgramSettings.from_environment("portaal_operator", source)
