"""Ids that stay the same each time a case is converted."""

from uuid import UUID, uuid5

# uuid5 of the URL namespace and "urn:mijn-buurtteam:casus".
NAMESPACE = UUID("868ccbba-8d86-507c-b2d5-8973af7fc8d0")


def stable_id(*parts: str | int) -> str:
    """The uuid of the thing these words name, for example ``stable_id("partnergeweld", "entry", 6)``."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))
