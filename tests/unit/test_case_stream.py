"""Reading a file piece by piece gives what the json module gives at once, wherever the pieces of the reading fall."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import case_stream
from portal.case_stream import BrokenFileError, canonical, pieces

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=8
)
OBJECTS = st.dictionaries(TEXT, VALUES, max_size=4)


def whole(path: Path) -> dict[str, Any]:
    """The pieces put together again."""
    made: dict[str, Any] = {}
    for piece in pieces(path):
        if piece.position is None:
            made[piece.key] = piece.value
        else:
            assert piece.position == len(made[piece.key])
            made[piece.key].append(piece.value)
    return made


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1 << 16])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=OBJECTS, ascii_only=st.booleans(), indent=st.none() | st.integers(0, 2))
def test_the_pieces_are_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, value: dict[str, Any], ascii_only: bool, indent: int | None
) -> None:
    monkeypatch.setattr(case_stream, "CHUNK", chunk)
    path = tmp_path / "file.json"
    path.write_bytes(json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode())
    assert whole(path) == value
    assert list(whole(path)) == list(value)


@settings(max_examples=60, deadline=None)
@given(value=OBJECTS)
def test_the_canonical_form_is_that_of_the_json_module(value: dict[str, Any]) -> None:
    out = io.StringIO()
    parts: Iterator[tuple[str, Any]] = ((key, iter(part) if isinstance(part, list) else part) for key, part in value.items())
    canonical(parts, out)
    if value:
        assert out.getvalue() == json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    assert json.loads(out.getvalue()) == value


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=OBJECTS, data=st.data())
def test_what_is_cut_off_anywhere_is_broken(tmp_path: Path, value: dict[str, Any], data: st.DataObject) -> None:
    content = json.dumps(value).encode()
    path = tmp_path / "file.json"
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(BrokenFileError, match="the file is cut off"):
        list(pieces(path))


@pytest.mark.parametrize(
    "content", ['{"a":[1,]}', '{"a":1,}', "{,}", '{"a":[,1]}', '{"a":trux}', '{"a":"\\q"}', '{"a" 1}', "{1:1}", '{"a":1 "b":1}', "{'a':1}"]
)
def test_what_is_not_json_is_not_called_cut_off(tmp_path: Path, content: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(content)
    with pytest.raises(BrokenFileError, match="is not valid JSON"):
        list(pieces(path))
