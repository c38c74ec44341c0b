"""How what stands in the case database is said in a case file."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID


def names(codes: dict[Any, int]) -> dict[int, Any]:
    """The words of portal/codes.py by their code."""
    return {code: name for name, code in codes.items()}


def value(one: object) -> Any:
    """A value as JSON has it: moments in UTC with Z, days as yyyy-mm-dd, ids as text."""
    if isinstance(one, datetime):
        return one.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(one, date):
        return one.isoformat()
    if isinstance(one, UUID):
        return str(one)
    return [value(part) for part in one] if isinstance(one, list) else one


def plain(row: Any) -> dict[str, Any]:
    """The columns of a row under their own names."""
    return {name: value(one) for name, one in (row if isinstance(row, dict) else row._asdict()).items()}
