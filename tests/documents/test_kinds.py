"""Which files are accepted and which are not, and that a picture comes back without anything but the picture."""

import io
import os
import struct
import subprocess
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from portal.documents import kinds
from portal.documents.kinds import SENTENCES, Kind, Refused, Why, checked
from portal.documents.looking import look
from tests.documents import good_files
from tests.documents.bad_files import BAD

MARK = "HIER-WOON-IK"


def segments(data: bytes) -> Iterator[int]:
    """The markers of a JPEG until its pixels; nothing may follow its end."""
    at = 2
    while data[at + 1] != 0xDA:
        yield data[at + 1]
        at += 2 + struct.unpack("!H", data[at + 2 : at + 4])[0]
    assert data.index(b"\xff\xd9", at) == len(data) - 2, "something stands behind the picture"


def chunks(data: bytes) -> Iterator[bytes]:
    """The names of the chunks of a PNG; nothing may follow the last."""
    at = 8
    while at < len(data):
        length, name = struct.unpack("!I4s", data[at : at + 8])
        yield name
        at += 12 + length
    assert at == len(data)


def only_the_picture(data: bytes, kind: Kind) -> bool:
    if kind is Kind.JPEG:
        # JFIF (E0), tables (DB, C4, DD) and the frame.
        return set(segments(data)) <= {0xE0, 0xDB, 0xC4, 0xDD, 0xC0, 0xC2}
    return set(chunks(data)) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def apart(one: Image.Image, other: Image.Image) -> int:
    """The largest difference between the quarters of two pictures, 0 to 255; at its edges a JPEG is never exact."""
    first, second = (image.convert("RGB").resize((2, 2), Image.Resampling.BOX).tobytes() for image in (one, other))
    return max(abs(ours - theirs) for ours, theirs in zip(first, second, strict=True))


@pytest.mark.parametrize("name", good_files.GOOD)
def test_each_of_the_five_kinds_is_known_by_its_content(name: str) -> None:
    data = good_files.GOOD[name]()
    found = checked(data)
    assert found.kind == Kind(name)
    assert found.kind.extension == name
    if not found.kind.picture:
        assert found.data == data


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_is_refused_for_its_own_reason(name: str) -> None:
    why, make = BAD[name]
    with pytest.raises(Refused) as refused:
        look(make())
    assert refused.value.reason is why


def test_at_least_twelve_kinds_of_bad_file_get_a_sentence_of_their_own() -> None:
    assert set(SENTENCES) == set(Why)
    said = {str(SENTENCES[why]) for why, _make in BAD.values()}
    assert len(said) == len({why for why, _make in BAD.values()}) >= 12


@pytest.mark.parametrize("name", ["a DOCX that unpacks to 150 MB", "a PDF with JavaScript", "nothing at all", "more than 20 MB"])
def test_the_process_that_looks_says_the_same(name: str) -> None:
    why, make = BAD[name]
    with pytest.raises(Refused) as refused:
        checked(make())
    assert refused.value.reason is why
    assert str(refused.value) == why.name


def test_a_picture_that_is_large_but_not_too_large_fits_in_the_memory_of_the_process() -> None:
    assert checked(good_files.png(Image.new("RGBA", (8160, 6144)), compress_level=1)).kind is Kind.PNG


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG])
def test_a_picture_stands_upright_without_the_remark_that_says_so(kind: Kind, orientation: int) -> None:
    remarks = good_files.exif(orientation)
    data = good_files.jpeg(exif=remarks) if kind is Kind.JPEG else good_files.png(exif=remarks)
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    kept = look(data).data
    assert only_the_picture(kept, kind)
    made = Image.open(io.BytesIO(kept))
    assert made.size == wanted.size
    assert apart(made, wanted) <= (10 if kind is Kind.JPEG else 0)


@settings(max_examples=25, deadline=None)
@given(
    north=st.floats(0, 90, allow_nan=False),
    remark=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50),
    behind=st.binary(max_size=200),
    kind=st.sampled_from([Kind.JPEG, Kind.PNG]),
    orientation=st.integers(0, 12),
)
def test_no_remark_about_place_or_person_comes_back(north: float, remark: str, behind: bytes, kind: Kind, orientation: int) -> None:
    remarks = good_files.exif(orientation, MARK, north)
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARK}</x:xmpmeta>".encode()
    if kind is Kind.JPEG:
        data = good_files.jpeg(exif=remarks, comment=(MARK + remark).encode(), xmp=xmp, icc_profile=MARK.encode() * 20)
    else:
        data = good_files.png(
            texts={"Comment": MARK + remark, "XML:com.adobe.xmp": xmp.decode()}, exif=remarks, icc_profile=MARK.encode() * 20
        )
    assert MARK.encode() in data
    kept = look(data + MARK.encode() + behind).data
    assert only_the_picture(kept, kind)
    assert MARK.encode() not in kept
    with Image.open(io.BytesIO(kept)) as made:
        assert not made.getexif()
        assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_colours_and_what_one_sees_through(mode: str) -> None:
    image = good_files.drawing("L").convert("I;16") if mode == "I;16" else good_files.drawing(mode)
    made = Image.open(io.BytesIO(look(good_files.png(image)).data))
    assert made.mode == mode
    assert list(made.get_flattened_data()) == list(image.get_flattened_data())


def test_a_png_of_few_colours_stays_open_where_it_was() -> None:
    image = good_files.drawing("P")
    data = good_files.png(image, transparency=image.getpixel((0, 0)))
    made = Image.open(io.BytesIO(look(data).data))
    assert made.getchannel("A").getextrema() == (0, 255)


def test_a_jpeg_for_a_printer_becomes_one_for_a_page() -> None:
    made = Image.open(io.BytesIO(look(good_files.jpeg(good_files.drawing("CMYK"))).data))
    assert made.mode == "RGB"


def test_a_file_is_looked_at_where_no_secret_is(monkeypatch: pytest.MonkeyPatch) -> None:
    given_environment = {}

    def run(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[bytes]:
        given_environment.update(env)
        return subprocess.CompletedProcess([], 0, b"ok pdf\nbytes")

    monkeypatch.setenv("MBT_TEXT_KEY", "geheim")
    monkeypatch.setattr(subprocess, "run", run)
    assert checked(b"%PDF-").data == b"bytes"
    assert not any(name.startswith("MBT_") for name in given_environment)
    assert os.environ["MBT_TEXT_KEY"] == "geheim"


@pytest.mark.parametrize(
    ("code", "said", "why"), [(-24, b"", Why.TOO_HEAVY), (-11, b"ok pdf\n", Why.TOO_HEAVY), (0, b"no kapot\n", Why.DAMAGED)]
)
def test_a_file_on_which_the_process_breaks_is_refused(monkeypatch: pytest.MonkeyPatch, code: int, said: bytes, why: Why) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], code, said))
    with pytest.raises(Refused) as refused:
        checked(b"%PDF-")
    assert refused.value.reason is why


def test_a_process_that_does_not_work_is_a_mistake_of_ours_and_no_file_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, said in ((1, b""), (0, b""), (0, b"something else\n")):
        monkeypatch.setattr(subprocess, "run", lambda *_, code=code, said=said, **__: subprocess.CompletedProcess([], code, said))
        with pytest.raises(RuntimeError):
            checked(b"%PDF-")


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_PATIENCE", 0.001)
    with pytest.raises(Refused) as refused:
        checked(good_files.pdf())
    assert refused.value.reason is Why.TOO_HEAVY
