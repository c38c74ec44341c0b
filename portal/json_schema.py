"""Checks JSON against the part of JSON Schema (2020-12) that the files of this project use.

What is wrong is said in plain words, with the place in the file.

A schema that uses a keyword not known here is refused, so that no rule is passed over in silence.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
_TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}
# PostgreSQL keeps no NUL, and UTF-8 no half of a surrogate pair.
_NOT_STORABLE = re.compile("[\0\ud800-\udfff]")
_ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}


class SchemaMismatchError(ValueError):
    """The JSON does not fit; ``problems`` are sentences, each beginning with the path in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def check(value: Any, schema: dict[str, Any]) -> None:
    """Raises ``SchemaMismatchError`` with every problem when ``value`` (from ``json.load``) doesn't fit."""
    problems = list(_problems(value, schema, schema, "$"))
    if problems:
        raise SchemaMismatchError(problems)


def _problems(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    for keyword, rule in schema.items():
        if keyword in _ANNOTATIONS:
            continue
        if keyword not in _KEYWORDS:
            raise ValueError(f"schema keyword {keyword!r} is not supported")
        yield from _KEYWORDS[keyword](value, rule, schema, root, path)
    if isinstance(value, str) and _NOT_STORABLE.search(value):
        yield f"{path}: holds a character that can't be kept"


def _ref(value: Any, rule: str, _schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    target: Any = root
    for part in rule.removeprefix("#/").split("/"):
        target = target[part]
    yield from _problems(value, target, root, path)


def _type(value: Any, rule: str | list[str], _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    names = [rule] if isinstance(rule, str) else rule
    if not any(_TYPES[name](value) for name in names):
        yield f"{path}: should be {' or '.join(_TYPE_NAMES[name] for name in names)}"


def _enum(value: Any, rule: list[Any], _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if not any(value == option and type(value) is type(option) for option in rule):
        yield f"{path}: {value!r} is not one of: {', '.join(str(option) for option in rule)}"


def _const(value: Any, rule: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    yield from _enum(value, [rule], schema, root, path)


def _any_of(value: Any, rule: list[dict[str, Any]], _schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    answers = [list(_problems(value, option, root, path)) for option in rule]
    if all(answers):
        yield answers[0][0]


def _required(value: Any, rule: list[str], _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{path}: {name} is missing" for name in rule if name not in value)


def _properties(value: Any, rule: dict[str, dict[str, Any]], _schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in rule.items():
            if name in value:
                yield from _problems(value[name], part, root, f"{path}.{name}")


def _additional(value: Any, rule: bool | dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for name in value.keys() - schema.get("properties", {}).keys():
        if rule is False:
            yield f"{path}: {name} does not belong here"
        elif isinstance(rule, dict):
            yield from _problems(value[name], rule, root, f"{path}.{name}")


def _items(value: Any, rule: dict[str, Any], _schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _problems(item, rule, root, f"{path}[{position}]")


def _min_items(value: Any, rule: int, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) < rule:
        yield f"{path}: has {len(value)} parts, at least {rule} needed"


def _min_length(value: Any, rule: int, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, str) and len(value) < rule:
        yield f"{path}: has {len(value)} characters, at least {rule} needed"


def _max_length(value: Any, rule: int, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, str) and len(value) > rule:
        yield f"{path}: has {len(value)} characters, at most {rule} allowed"


def _minimum(value: Any, rule: int, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if _TYPES["integer"](value) and value < rule:
        yield f"{path}: {value} is less than {rule}"


def _maximum(value: Any, rule: int, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if _TYPES["integer"](value) and value > rule:
        yield f"{path}: {value} is more than {rule}"


def _pattern(value: Any, rule: str, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(rule, value):
        yield f"{path}: {value!r} does not fit the pattern {rule}"


def _format(value: Any, rule: str, _schema: dict[str, Any], _root: dict[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, str):
        return
    try:
        if rule == "date":
            if len(value) != 10:
                raise ValueError
            date.fromisoformat(value)
        elif rule == "date-time":
            if "T" not in value or datetime.fromisoformat(value).tzinfo is None:
                raise ValueError
        elif rule == "uuid":
            UUID(value)
        else:
            raise LookupError(f"schema format {rule!r} is not supported")
    except ValueError:
        kind = {"date": "date (yyyy-mm-dd)", "date-time": "time with an offset (ISO 8601)", "uuid": "uuid"}[rule]
        yield f"{path}: {value!r} is not a {kind}"


_KEYWORDS: dict[str, Callable[[Any, Any, dict[str, Any], dict[str, Any], str], Iterator[str]]] = {
    "$ref": _ref,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "anyOf": _any_of,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "items": _items,
    "minItems": _min_items,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minimum": _minimum,
    "maximum": _maximum,
    "pattern": _pattern,
    "format": _format,
}
