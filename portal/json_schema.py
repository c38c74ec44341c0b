"""Judges JSON by a JSON Schema (2020-12) and says what is wrong in plain words: the path and the reason, never the value itself.

What stands in a case file are people's words, so no sentence of this module repeats any of them.
"""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

_TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_FORMATS = {"date": "a date (yyyy-mm-dd)", "date-time": "a time with an offset (ISO 8601)", "uuid": "a uuid in small letters"}
_PATTERNS = {
    "^[0-9a-f-]{36}$": _FORMATS["uuid"],
    r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$": _FORMATS["date-time"],
    "^[0-9]{9}$": "nine digits",
}
NO_CONTROLS = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"
"""The pattern of every text in our schemas; what it shuts out is what portal.forms refuses too, and NUL, which PostgreSQL can't keep."""
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_FIELD_NAME = re.compile(r"[A-Za-z0-9_$-]{1,40}")


class SchemaMismatchError(ValueError):
    """The JSON does not fit; ``problems`` are sentences, each beginning with the path in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Judge:
    """A schema, or the part of one with this name under ``$defs``, made ready for many values."""

    def __init__(self, schema: dict[str, Any], definition: str | None = None) -> None:
        part = schema if definition is None else {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
        self._validator = Draft202012Validator(part, validate_formats=True)

    def problems(self, value: Any, path: str = "$") -> Iterator[str]:
        """One sentence for each thing that is wrong with ``value`` (from the json module), which stands at ``path``."""
        sentences = (sentence for error in self._validator.iter_errors(value) for sentence in _sentences(error, path))
        yield from dict.fromkeys(sentences)


def check(value: Any, schema: dict[str, Any]) -> None:
    """Raises ``SchemaMismatchError`` with every problem when ``value`` (from ``json.load``) doesn't fit."""
    # What no UTF-8 holds can't be handed to the judge.
    problems = list(unkeepable(value, "$")) or list(Judge(schema).problems(value))
    if problems:
        raise SchemaMismatchError(problems)


def unkeepable(value: Any, path: str) -> Iterator[str]:
    """One sentence for each text that can't be kept as it is: with NUL, or with half of a surrogate pair, which no UTF-8 holds."""
    if isinstance(value, str):
        if "\0" in value or _HALF_PAIR.search(value):
            yield f"{path}: holds a character that can't be kept"
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from unkeepable(part, f"{path}.{named(name)}")
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from unkeepable(part, f"{path}[{position}]")


def named(field: str) -> str:
    """The name of a field when it looks like one; otherwise no word of it."""
    return field if _FIELD_NAME.fullmatch(field) else "?"


def _sentences(error: ValidationError, start: str) -> Iterator[str]:
    path = start + "".join(f"[{step}]" if isinstance(step, int) else f".{named(step)}" for step in error.instance_path)
    kind = error.kind
    if isinstance(kind, ValidationErrorKind.Required):
        yield f"{path}: {kind.property} is missing"
    elif isinstance(kind, ValidationErrorKind.AdditionalProperties):
        yield from (f"{path}: {named(field)} does not belong here" for field in kind.unexpected)
    elif isinstance(kind, ValidationErrorKind.AnyOf):
        # "This or null": what is wrong with this says most.
        for inner in max(kind.context, key=lambda choice: [getattr(one.kind, "types", []) for one in choice] != [["null"]]):
            yield from _sentences(inner, start)
    else:
        yield f"{path}: {_reason(kind)}"


def _reason(kind: Any) -> str:
    match kind:
        case ValidationErrorKind.Type():
            return f"should be {' or '.join(_TYPE_NAMES[name] for name in sorted(kind.types, key=list(_TYPE_NAMES).index))}"
        case ValidationErrorKind.Enum():
            return f"is not one of: {', '.join('null' if option is None else str(option) for option in kind.options)}"
        case ValidationErrorKind.Constant():
            return f"should be {kind.expected_value}"
        case ValidationErrorKind.Format():
            return f"is not {_FORMATS.get(kind.format, kind.format)}"
        case ValidationErrorKind.Pattern():
            if kind.pattern == NO_CONTROLS:
                return "holds a control character"
            return f"is not {_PATTERNS[kind.pattern]}" if kind.pattern in _PATTERNS else f"does not fit the pattern {kind.pattern}"
        case ValidationErrorKind.MinItems() | ValidationErrorKind.MinLength() | ValidationErrorKind.Minimum():
            return f"is shorter or smaller than {kind.limit}"
        case ValidationErrorKind.MaxItems() | ValidationErrorKind.MaxLength() | ValidationErrorKind.Maximum():
            return f"is longer or larger than {kind.limit}"
        case _:
            return f"breaks the rule {kind.name}"
