"""Keys are changed while people go on, an old key opens nothing afterwards, and a copy of keys is shut."""

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask

from portal import keys
from portal.app import create_app
from portal.cli import main
from portal.keys import KeysError
from portal.mail import queue_letter
from portal.secretbox import SealError, letter_about, unseal
from portal.settings import Settings
from portal.settings_file import change_settings, read_settings
from tests.routes.conftest import Person, Town, token_of

TEXT = "Dit typte ik net voor mijn sessie voorbij was."
PASSPHRASE = "vier losse woorden hier"


@dataclass
class Inwoner:
    """The residents' face with its settings in a file: what somebody restarts after changing a key."""

    town: Town
    file: Path
    made: list[Flask]

    def restart(self) -> None:
        """The program starts anew with what the file says."""
        app = create_app(Settings.from_environment(read_settings(self.file)))
        self.made.append(app)
        self.town.apps["inwoner"] = app

    def signs_in(self, person: Person) -> bool:
        """Whether password and code are accepted; as if the code of this half minute was not used yet."""
        with self.town.admin() as admin:
            admin.execute("UPDATE portaal.account SET last_totp_step = NULL WHERE person_id = %s", (person.person_id,))
        answer = self.town.browser("inwoner").sign_in(person)
        return answer.status_code == 303 and answer.headers["Location"] == "/"

    def run(self, *arguments: str) -> tuple[int, str]:
        """A command of the operator, on this machine's database."""
        database = self.town.database
        environment = {"DATABASE_ADMIN_URL": database.cluster.admin_dsn}
        done = CliRunner().invoke(main, ["keys", *arguments], env=environment)
        assert "Traceback" not in done.output
        assert not [value for name, value in read_settings(self.file).items() if name.endswith("_KEY") and value in done.output]
        return done.exit_code, done.output

    def change(self, *arguments: str) -> str:
        """The same, on the database of this town, and it goes well."""
        code, said = self.run(*arguments, "--database", self.town.database.name)
        assert code == 0, said
        return said


@pytest.fixture
def inwoner(town: Town, tmp_path: Path) -> Iterator[Inwoner]:
    settings: Settings = town.apps["inwoner"].extensions["settings"]
    file = tmp_path / "inwoner.env"
    file.touch(mode=0o600)
    file.write_text(
        "# the residents' face\n"
        f"MBT_FACE=inwoner\nMBT_MODE=test\nMBT_DATABASE_URL={settings.database_url}\nMBT_ACTOR_KEY={settings.actor_key.hex()}\n"
        f"MBT_SESSION_KEY={settings.session_key.hex()}\nMBT_TEXT_KEY={settings.text_key.hex()}\nMBT_SITE_TITLE=Rustig\n"
    )
    made = Inwoner(town, file, [town.apps["inwoner"]])
    yield made
    for app in made.made:
        if app is not town.apps["inwoner"]:
            app.extensions["database"].dispose()


def keep_text(town: Town, person: Person) -> tuple[UUID, UUID]:
    """Leaves a reaction behind that came too late; gives dossier and entry."""
    dossier = town.dossier(person)
    entry = town.entry(dossier)
    page = f"/dossier/{dossier}/notitie/{entry}"
    browser = town.signed_in(person)
    token = token_of(browser.get(page))
    town.age_sessions(person, idle=timedelta(minutes=16))
    answer = browser.post(f"{page}/reactie", {"body": TEXT, "audience": "3", "number": ""}, token)
    assert "bewaard" in answer.headers["Location"]
    return dossier, entry


def test_the_text_key_is_changed_while_people_go_on(inwoner: Inwoner) -> None:
    town = inwoner.town
    before, writer = town.person(), town.person()
    dossier, entry = keep_text(town, writer)
    old = read_settings(inwoner.file)
    with_the_old_key = town.apps["inwoner"]

    inwoner.change("rotate", "text", str(inwoner.file))
    settings = read_settings(inwoner.file)
    assert settings["MBT_TEXT_KEY_BEFORE"] == old["MBT_TEXT_KEY"] != settings["MBT_TEXT_KEY"]
    assert {name: settings[name] for name in settings if "TEXT" not in name} == {name: old[name] for name in old if "TEXT" not in name}
    assert inwoner.file.read_text().startswith("# the residents' face\n")
    assert stat.S_IMODE(inwoner.file.stat().st_mode) == 0o600
    assert inwoner.signs_in(before), "not restarted yet"
    inwoner.restart()
    assert inwoner.signs_in(before), "with both keys"
    between = town.person()
    assert inwoner.signs_in(between)

    said = inwoner.change("finish", str(inwoner.file))
    assert "Kept texts: 1 sealed anew." in said
    assert "MBT_TEXT_KEY_BEFORE" not in read_settings(inwoner.file)
    inwoner.restart()
    after = town.person()
    assert all(inwoner.signs_in(person) for person in (before, between, after))
    page = town.signed_in(writer).get(f"/dossier/{dossier}/notitie/{entry}")
    assert TEXT in page.text

    town.apps["inwoner"] = with_the_old_key
    assert not inwoner.signs_in(before), "the old key opens nothing any more"
    inwoner.restart()


def test_finishing_that_was_interrupted_is_finished_later(inwoner: Inwoner, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [inwoner.town.person() for _ in range(3)]
    inwoner.change("rotate", "text", str(inwoner.file))
    inwoner.restart()
    monkeypatch.setattr(keys, "_BATCH", 1)
    real, calls = keys._anew, 0

    def breaks_off(new: bytes, old: bytes, sealed: bytes, about: str) -> bytes | None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeysError("the machine stopped")
        return real(new, old, sealed, about)

    monkeypatch.setattr(keys, "_anew", breaks_off)
    code, _ = inwoner.run("finish", str(inwoner.file), "--database", inwoner.town.database.name)
    assert code == 1
    assert "MBT_TEXT_KEY_BEFORE" in read_settings(inwoner.file)
    assert all(inwoner.signs_in(person) for person in people), "half way everybody can go on"
    monkeypatch.setattr(keys, "_anew", real)
    inwoner.change("finish", str(inwoner.file))
    inwoner.restart()
    assert all(inwoner.signs_in(person) for person in people)


def test_two_rotations_do_not_cross_and_a_lost_secret_is_not_passed_over(inwoner: Inwoner) -> None:
    name = inwoner.town.database.name
    person = inwoner.town.person()
    with inwoner.town.admin() as admin:
        admin.execute("UPDATE portaal.account SET totp_secret = 'wrong' WHERE person_id = %s", (person.person_id,))
    code, said = inwoner.run("finish", str(inwoner.file), "--database", name)
    assert (code, "there is nothing to finish" in said) == (1, True)
    inwoner.change("rotate", "text", str(inwoner.file))
    code, said = inwoner.run("rotate", "text", str(inwoner.file))
    assert (code, "is between two text keys already" in said) == (1, True)
    code, said = inwoner.run("finish", str(inwoner.file), "--database", name)
    assert (code, "1 secrets of apps open with neither key" in said) == (1, True)
    assert "MBT_TEXT_KEY_BEFORE" in read_settings(inwoner.file)
    inwoner.change("finish", str(inwoner.file), "--accept-lost")
    assert "MBT_TEXT_KEY_BEFORE" not in read_settings(inwoner.file)
    inwoner.restart()


def test_the_old_actor_key_is_refused_at_once(inwoner: Inwoner) -> None:
    town = inwoner.town
    person = town.person()
    dossier = town.dossier(person)
    assert town.signed_in(person).get(f"/dossier/{dossier}").status_code == 200
    inwoner.change("rotate", "actor", str(inwoner.file))
    assert town.signed_in(person).get(f"/dossier/{dossier}").status_code == 404
    inwoner.restart()
    assert town.signed_in(person).get(f"/dossier/{dossier}").status_code == 200


def test_an_actor_key_that_was_not_written_down_is_not_installed(inwoner: Inwoner, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(keys, "change_settings", full)
    with pytest.raises(OSError, match="No space"):
        keys.change_actor_key(inwoner.file, inwoner.town.database.cluster.admin_dsn, inwoner.town.database.name)
    person = inwoner.town.person()
    assert inwoner.town.signed_in(person).get(f"/dossier/{inwoner.town.dossier(person)}").status_code == 200


def test_another_session_key_signs_everybody_out(inwoner: Inwoner) -> None:
    person = inwoner.town.person()
    cookie = inwoner.town.signed_in(person).client.get_cookie("session")
    old = read_settings(inwoner.file)["MBT_SESSION_KEY"]
    inwoner.change("rotate", "session", str(inwoner.file))
    assert read_settings(inwoner.file)["MBT_SESSION_KEY"] != old
    inwoner.restart()
    browser = inwoner.town.browser("inwoner")
    if cookie is not None:
        browser.client.set_cookie("session", cookie.value)
    assert "Uitloggen" not in browser.get("/").text
    assert inwoner.signs_in(person)


def test_keys_are_installed_after_a_restore(inwoner: Inwoner) -> None:
    with inwoner.town.admin() as admin:
        admin.execute("DELETE FROM acl.key WHERE role_name = 'web_inwoner'")
    person = inwoner.town.person()
    dossier = inwoner.town.dossier(person)
    assert inwoner.town.signed_in(person).get(f"/dossier/{dossier}").status_code == 404
    said = inwoner.change("install", str(inwoner.file))
    assert "The database holds the actor keys of: web_inwoner." in said
    assert inwoner.town.signed_in(person).get(f"/dossier/{dossier}").status_code == 200


# --- put away and put back


def test_a_copy_of_keys_opens_with_the_passphrase_alone(inwoner: Inwoner, tmp_path: Path) -> None:
    phrase, wrong = tmp_path / "phrase", tmp_path / "wrong"
    phrase.write_text(PASSPHRASE + "\n")
    wrong.write_text(PASSPHRASE[:-1] + "X\n")
    copy = tmp_path / "keys.sealed"
    assert inwoner.run("backup", str(copy), str(inwoner.file), "--passphrase-file", str(phrase))[0] == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    content = copy.read_bytes()
    assert not [value for value in read_settings(inwoner.file).values() if value.encode() in content]

    code, said = inwoner.run("restore", str(copy), str(tmp_path / "back"), "--passphrase-file", str(phrase))
    assert (code, said) == (0, f"{tmp_path / 'back' / 'inwoner.env'}\n")
    assert (tmp_path / "back" / "inwoner.env").read_bytes() == inwoner.file.read_bytes()
    assert stat.S_IMODE((tmp_path / "back").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "back" / "inwoner.env").stat().st_mode) == 0o600

    code, said = inwoner.run("restore", str(copy), str(tmp_path / "not"), "--passphrase-file", str(wrong))
    assert (code, "does not open it" in said) == (1, True)
    for spoilt in (content[:-1], content[:-1] + bytes([content[-1] ^ 1]), content[:40]):
        copy.write_bytes(spoilt)
        with pytest.raises(KeysError, match="does not open it"):
            keys.put_back(copy, tmp_path / "not", PASSPHRASE)
    copy.write_bytes(b"something else")
    with pytest.raises(KeysError, match="is no copy of keys"):
        keys.put_back(copy, tmp_path / "not", PASSPHRASE)
    assert not (tmp_path / "not").exists()


def test_a_copy_of_keys_writes_over_nothing_and_takes_no_weak_passphrase(inwoner: Inwoner, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("somebody's")
    with pytest.raises(KeysError, match="never writes over"):
        keys.put_away([inwoner.file], taken, PASSPHRASE)
    with pytest.raises(KeysError, match="at least 16"):
        keys.put_away([inwoner.file], tmp_path / "new", "x" * 15)
    with pytest.raises(KeysError, match="Two files"):
        keys.put_away([inwoner.file, inwoner.file], tmp_path / "new", PASSPHRASE)
    change_settings(inwoner.file, dict.fromkeys(("MBT_ACTOR_KEY", "MBT_SESSION_KEY", "MBT_TEXT_KEY", "MBT_DATABASE_URL")))
    with pytest.raises(KeysError, match="holds no key"):
        keys.put_away([inwoner.file], tmp_path / "new", PASSPHRASE)
    assert not (tmp_path / "new").exists()
    assert taken.read_text() == "somebody's"
    keys_folder = tmp_path / "there"
    keys_folder.mkdir()
    inwoner.file.write_text("MBT_ACTOR_KEY=x\n")
    keys.put_away([inwoner.file], tmp_path / "good", PASSPHRASE)
    with pytest.raises(KeysError, match="nothing is written over"):
        keys.put_back(tmp_path / "good", keys_folder, PASSPHRASE)


def test_letters_that_wait_are_sealed_anew_with_the_teams_key(town: Town, tmp_path: Path) -> None:
    app = town.apps["team"]
    settings: Settings = app.extensions["settings"]
    file = tmp_path / "team.env"
    file.touch(mode=0o600)
    file.write_text(
        f"MBT_FACE=team\nMBT_MODE=test\nMBT_DATABASE_URL={settings.database_url}\nMBT_ACTOR_KEY={settings.actor_key.hex()}\n"
        f"MBT_SESSION_KEY={settings.session_key.hex()}\nMBT_TEXT_KEY={settings.text_key.hex()}\n"
    )
    secrets = {"username": "sam", "code": "7k2m"}
    with app.app_context(), app.extensions["database"].plain() as connection:
        queue_letter(connection, "startcode", "nl", "Sam", "Proefweg 1", secrets=secrets)
        queue_letter(connection, "melding_ontvangen", "nl", "Sam", "Proefweg 1")
    keys.begin_text_key(file)
    said: list[str] = []
    keys.finish_text_key(file, town.database.cluster.admin_dsn, town.database.name, said.append)
    assert "Letters that still have to go: 1 sealed anew." in said
    with town.admin() as admin:
        row = admin.execute("SELECT public_id, sealed FROM portaal.letter WHERE sealed IS NOT NULL").fetchone()
    assert row
    assert json.loads(unseal(Settings.from_environment(read_settings(file)).text_key, bytes(row[1]), letter_about(row[0]))) == secrets
    with pytest.raises(SealError):
        unseal(settings.text_key, bytes(row[1]), letter_about(row[0]))
