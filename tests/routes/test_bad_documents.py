"""Every kind of bad file, over HTTP: refused with its sentence, nothing is kept of it, and what was typed stands there still."""

from uuid import UUID

import pytest

from portal.doctor_scanner import TEST_FILE
from portal.documents import commands
from portal.documents.kinds import SENTENCES, Why
from tests.documents.bad_files import BAD
from tests.documents.good_files import docx_parts, packed, png
from tests.routes.conftest import Town, words_of
from tests.routes.test_documents import WORDS, Upload


@pytest.fixture(scope="module")
def form(town: Town) -> tuple[Upload, UUID]:
    """An inwoner at the form, and the dossier."""
    person = town.person()
    dossier = town.dossier(person)
    return Upload(town, person, dossier), dossier


def kept(town: Town, dossier: UUID) -> int:
    """How many entries the dossier has."""
    with town.admin() as admin:
        row = admin.execute(
            "SELECT count(*) FROM casus.entry e JOIN casus.dossier d ON d.id = e.dossier_id WHERE d.public_id = %s", (dossier,)
        ).fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_sentence_and_the_words_stay(
    form: tuple[Upload, UUID], town: Town, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload, dossier = form
    why, data = BAD[name]
    monkeypatch.setattr(commands, "scan", lambda _data, _address: pytest.fail("the file should not come this far"))
    answer = upload.send(data(), "vakantie.jpg")
    assert answer.status_code == 422
    said = words_of(answer)
    assert str(SENTENCES[why]) in said
    assert WORDS["body"] in answer.text
    assert WORDS["title"] in answer.text
    assert "vakantie" not in said
    assert kept(town, dossier) == 0


@pytest.mark.usefixtures("scanner")
def test_what_the_scanner_does_not_call_safe_is_refused_too(form: tuple[Upload, UUID], town: Town) -> None:
    upload, dossier = form
    answer = upload.send(packed(docx_parts() | {"word/media/a.png": TEST_FILE}))
    assert answer.status_code == 422
    assert str(SENTENCES[Why.INFECTED]) in words_of(answer)
    assert WORDS["body"] in answer.text
    assert kept(town, dossier) == 0


def test_without_a_scanner_nothing_is_kept(form: tuple[Upload, UUID], town: Town) -> None:
    upload, dossier = form
    answer = upload.send(png())
    assert answer.status_code == 422
    assert str(SENTENCES[Why.NO_SCANNER]) in words_of(answer)
    assert kept(town, dossier) == 0
