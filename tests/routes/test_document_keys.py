"""The key of documents is changed while people go on reading and adding; an old key opens nothing afterwards; interrupted, it is finished later."""

import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask

from portal import keys
from portal.app import create_app
from portal.cli import main
from portal.documents import commands
from portal.keys import KeysError
from portal.secretbox import SealError, document_about, package_about, seal, unseal
from portal.settings import Face, Settings
from portal.settings_file import change_settings, read_settings
from tests.routes.conftest import DOCUMENT_KEY, FACES, Town
from tests.routes.test_documents import Upload, photo

BEFORE = "MBT_DOCUMENT_KEY_BEFORE"
KEY = "MBT_DOCUMENT_KEY"


@dataclass
class Keys:
    """Both faces with their settings in files, and an inwoner and a professional of one dossier."""

    town: Town
    files: dict[Face, Path]
    made: list[Flask]
    adders: tuple[Upload, Upload]

    def restart(self) -> None:
        """Both faces start anew with what the files say."""
        for face, file in self.files.items():
            self.town.apps[face] = create_app(Settings.from_environment(read_settings(file)))
            self.made.append(self.town.apps[face])
        self.adders = tuple(Upload(self.town, one.person, one.dossier) for one in self.adders)  # type: ignore[assignment]

    def reads(self, entry: str) -> list[bytes]:
        """What each face gives for the file of an entry; nothing when it gives an error."""
        answers = [adder.browser.get(f"{entry}/bestand") for adder in self.adders]
        return [answer.data if answer.status_code == 200 else b"" for answer in answers]

    def settings(self) -> list[dict[str, str]]:
        """What stands in the files."""
        return [read_settings(file) for file in self.files.values()]

    def run(self, command: str, *more: str) -> tuple[int, str]:
        """A command of the operator, about both files."""
        arguments = ["keys", command, *(str(file) for file in self.files.values()), *more]
        done = CliRunner().invoke(main, arguments, env={"DATABASE_ADMIN_URL": self.town.database.cluster.admin_dsn})
        assert "Traceback" not in done.output
        assert not [value for one in self.settings() for name, value in one.items() if "_KEY" in name and value in done.output]
        return done.exit_code, done.output

    def finish(self) -> tuple[int, str]:
        """The second step, on the database of this town."""
        return self.run("finish-documents", "--database", self.town.database.name)

    def pieces(self) -> list[tuple[UUID, int, bytes]]:
        """Every piece that is kept: of which document, which one, sealed."""
        with self.town.admin() as admin:
            rows: list[tuple[Any, ...]] = admin.execute(
                "SELECT d.sealed_as, p.number, p.sealed FROM casus.document_part p JOIN casus.document d USING (entry_id) ORDER BY 1, 2"
            ).fetchall()
        return [(one, number, bytes(sealed)) for one, number, sealed in rows]

    def opens(self, key: str) -> list[bool]:
        """Which of the pieces a key opens by itself."""
        found = []
        for document, number, sealed in self.pieces():
            try:
                unseal(bytes.fromhex(key), sealed, document_about(document, number))
                found.append(True)
            except SealError:
                found.append(False)
        return found


@pytest.fixture
def between(town: Town, scanner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keys]:
    """Faces that are about to get another key. Small pieces, so that a photo has several."""
    monkeypatch.setattr(commands, "PIECE", 400)
    before = dict(town.apps)
    files: dict[Face, Path] = {}
    with town.admin() as admin:
        admin.execute("DELETE FROM casus.document; DELETE FROM portaal.package")
    for face in FACES:
        settings: Settings = town.apps[face].extensions["settings"]
        files[face] = tmp_path / f"{face}.env"
        files[face].touch(mode=0o600)
        files[face].write_text(
            f"# {face}\nMBT_FACE={face}\nMBT_MODE=test\nMBT_DATABASE_URL={settings.database_url}\nMBT_ACTOR_KEY={settings.actor_key.hex()}\n"
            f"MBT_SESSION_KEY={settings.session_key.hex()}\nMBT_TEXT_KEY={settings.text_key.hex()}\n{KEY}={DOCUMENT_KEY.hex()}\n"
            f"MBT_SCANNER={scanner}\n"
        )
    person, professional = town.person(), town.staff()
    dossier = town.dossier(person, professional)
    made = Keys(town, files, [], (Upload(town, person, dossier), Upload(town, professional, dossier)))
    yield made
    town.apps.update(before)
    for app in made.made:
        app.extensions["database"].dispose()


def added(one: Upload) -> str:
    """The address of a new document."""
    return one.entry(one.send(photo()))


def test_the_key_is_changed_while_people_go_on(between: Keys) -> None:
    first = added(between.adders[0])
    [kept, again] = between.reads(first)
    assert kept == again != b""
    old = between.settings()
    with_the_old_key = between.adders

    code, said = between.run("rotate-documents")
    assert code == 0
    assert "portal keys finish-documents" in said
    for was, now, file in zip(old, between.settings(), between.files.values(), strict=True):
        assert now[BEFORE] == was[KEY] != now[KEY]
        assert {name: now[name] for name in now if name not in (KEY, BEFORE)} == {name: was[name] for name in was if name != KEY}
        assert file.read_text().startswith("# ")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({one[KEY] for one in between.settings()}) == 1
    assert between.reads(first) == [kept, kept], "not restarted yet"
    meanwhile = added(between.adders[1])
    between.restart()
    assert between.reads(first) == [kept, kept], "with both keys"
    second = added(between.adders[0])
    assert all(between.reads(second))

    before = [piece for piece in between.pieces() if str(piece[0]) in first + meanwhile]
    assert len(before) > 2
    code, said = between.finish()
    assert code == 0
    assert f"Pieces of documents: {len(before)} sealed anew." in said
    assert not [one for one in between.settings() if BEFORE in one]
    assert not set(before) & set(between.pieces())
    between.restart()
    third = added(between.adders[1])
    for entry in (first, meanwhile, second, third):
        assert all(between.reads(entry)), entry
    assert between.reads(first) == [kept, kept], "what comes out is what went in"

    assert not any(between.opens(DOCUMENT_KEY.hex()))
    assert all(between.opens(between.settings()[0][KEY]))
    between.adders = with_the_old_key
    assert between.reads(first) == [b"", b""], "the old key opens nothing any more"


def test_finishing_that_was_interrupted_is_finished_later(between: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [added(adder) for adder in between.adders]
    kept = [between.reads(entry) for entry in entries]
    assert between.run("rotate-documents")[0] == 0
    between.restart()
    real, calls = keys._anew, 0

    def breaks_off(new: bytes, old: bytes, sealed: bytes, about: str) -> bytes | None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeysError("the machine stopped")
        return real(new, old, sealed, about)

    monkeypatch.setattr(keys, "_anew", breaks_off)
    code, said = between.finish()
    assert (code, "the machine stopped" in said) == (1, True)
    assert all(BEFORE in one for one in between.settings())
    assert sum(between.opens(between.settings()[0][KEY])) == 2, "what was done is done"
    between.restart()
    assert [between.reads(entry) for entry in entries] == kept, "half way everybody reads on"
    monkeypatch.setattr(keys, "_anew", real)
    code, said = between.finish()
    assert (code, f"Pieces of documents: {len(between.pieces()) - 2} sealed anew." in said) == (0, True)
    between.restart()
    assert [between.reads(entry) for entry in entries] == kept
    assert not any(between.opens(DOCUMENT_KEY.hex()))


@pytest.mark.parametrize("command", ["rotate-documents", "finish-documents"])
def test_writing_the_files_that_was_interrupted_is_finished_later(between: Keys, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    entry = added(between.adders[0])
    kept = between.reads(entry)
    if command == "finish-documents":
        assert between.run("rotate-documents")[0] == 0
    real, written = change_settings, 0

    def full(file: Path, changes: dict[str, str | None]) -> None:
        nonlocal written
        written += 1
        if written == 2:
            raise KeysError("no space left")
        real(file, changes)

    monkeypatch.setattr(keys, "change_settings", full)
    step = between.finish if command == "finish-documents" else (lambda: between.run(command))
    assert step()[0] == 1
    assert len([one for one in between.settings() if BEFORE in one]) == 1
    monkeypatch.setattr(keys, "change_settings", real)
    assert step()[0] == 0
    assert len({one[KEY] for one in between.settings()}) == 1
    assert len({one.get(BEFORE) for one in between.settings()}) == 1
    between.restart()
    assert between.reads(entry) == kept
    if command == "rotate-documents":
        assert between.finish()[0] == 0
        between.restart()
        assert between.reads(entry) == kept
    assert not [one for one in between.settings() if BEFORE in one]


def test_what_opens_with_neither_key_is_not_passed_over(between: Keys) -> None:
    added(between.adders[0])
    with between.town.admin() as admin:
        admin.execute("UPDATE casus.document_part SET sealed = 'wrong' WHERE number = 2")
    assert between.run("rotate-documents")[0] == 0
    code, said = between.finish()
    assert (code, "opens with neither key, so the old key stays" in said) == (1, True)
    assert all(BEFORE in one for one in between.settings())


def test_two_changes_do_not_cross_and_both_files_are_asked(between: Keys) -> None:
    code, said = between.finish()
    assert (code, "there is nothing to finish" in said) == (1, True)
    assert between.run("rotate-documents")[0] == 0
    now = between.settings()
    code, said = between.run("rotate-documents")
    assert (code, "are between two document keys already" in said) == (1, True)
    assert between.settings() == now
    file = between.files["team"]
    change_settings(file, {KEY: secrets.token_hex(32), BEFORE: None})
    for step in (between.finish, lambda: between.run("rotate-documents")):
        code, said = step()
        assert code == 1, said
        assert between.settings()[0] == now[0]
    code, said = between.finish()
    assert "must hold the same MBT_DOCUMENT_KEY" in said
    between.files["team"] = between.files["inwoner"]
    code, said = between.finish()
    assert (code, "both faces at once" in said) == (1, True)


def test_what_is_handed_over_gets_the_new_key_too(between: Keys) -> None:
    package = UUID(int=9)
    with between.town.admin() as admin:
        admin.execute(
            "WITH h AS (INSERT INTO casus.handover (public_id, dossier_id, inward, kind, organisation, receiver, why, starts_on, ends_here, sections,"
            " with_plan, made_by, made_by_name, choice, way) SELECT gen_random_uuid(), d.id, false, 3, 'x', 'x', 'x', acl.today(), false, '{}', false,"
            " d.inwoner_id, 'x', 1, 'portaal' FROM casus.dossier d WHERE d.public_id = %s RETURNING id)"
            " INSERT INTO portaal.package (handover_id, public_id, size) SELECT id, %s, 4 FROM h",
            (between.adders[0].dossier, package),
        )
        for number, part in enumerate((b"ab", b"cd"), 1):
            sealed = seal(DOCUMENT_KEY, part, package_about(package, number))
            admin.execute("INSERT INTO portaal.package_part SELECT handover_id, %s, %s FROM portaal.package", (number, sealed))
    between.run("rotate-documents")
    assert "Pieces of documents: 2 sealed anew." in between.finish()[1]
    new = bytes.fromhex(between.settings()[0][KEY])
    with between.town.admin() as admin:
        pieces = admin.execute("SELECT sealed, number FROM portaal.package_part ORDER BY number").fetchall()
    assert [unseal(new, bytes(sealed), package_about(package, number)) for sealed, number in pieces] == [b"ab", b"cd"]
