"""What is wrong with JSON is said as path and reason, and never with the value."""

from typing import Any

import pytest

from portal.json_schema import Judge, SchemaMismatchError, check, named

UUID = {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"}


@pytest.mark.parametrize(
    ("schema", "value", "said"),
    [
        ({"type": "integer"}, True, "$: should be a whole number"),
        ({"type": ["null", "string"]}, 1, "$: should be text or null"),
        ({"items": {"type": "object"}}, [{}, "geheim"], "$[1]: should be an object"),
        ({"enum": ["a", None]}, "geheim", "$: is not one of: a, null"),
        ({"const": 2}, "geheim", "$: should be 2"),
        ({"required": ["a"]}, {}, "$: a is missing"),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"b": "geheim"}, "$: b does not belong here"),
        ({"properties": {"a": {}}, "additionalProperties": False}, {"dit is geheim": 1}, "$: ? does not belong here"),
        ({"format": "date"}, "2026-02-30", "$: is not a date (yyyy-mm-dd)"),
        (UUID, "geheim", "$: is not a uuid in small letters"),
        ({"pattern": "^a"}, "geheim", "$: does not fit the pattern ^a"),
        ({"maxLength": 3}, "geheim", "$: is longer or larger than 3"),
        ({"minimum": 3}, 2, "$: is shorter or smaller than 3"),
        ({"uniqueItems": True}, ["geheim", "geheim"], "$: breaks the rule uniqueItems"),
        ({"anyOf": [{"type": "null"}, {"properties": {"a": UUID}}]}, {"a": "geheim"}, "$.a: is not a uuid in small letters"),
        ({"anyOf": [{"properties": {"a": UUID}}, {"type": "null"}]}, {"a": "geheim"}, "$.a: is not a uuid in small letters"),
        ({}, {"a": ["geheim\ud800"]}, "$.a[0]: holds a character that can't be kept"),
        ({}, "geheim\0", "$: holds a character that can't be kept"),
    ],
)
def test_a_mismatch_is_one_sentence_without_the_value(schema: dict[str, Any], value: object, said: str) -> None:
    with pytest.raises(SchemaMismatchError) as refused:
        check(value, schema)
    assert refused.value.problems == [said]


def test_what_fits_passes() -> None:
    check({"a": "00000000-0000-4000-8000-000000000001"}, {"properties": {"a": UUID}})
    assert list(Judge({"type": "string"}).problems("a\ttab, a\nline end, \u202ea turn and 👩🏽‍⚕️")) == []


def test_only_what_looks_like_a_name_of_a_field_is_repeated() -> None:
    assert [named(field) for field in ("birth_date", "$ref", "a-b", "Jan belde", "", "x" * 41, "naïef")] == [
        "birth_date", "$ref", "a-b", "?", "?", "?", "?",
    ]  # fmt: skip
