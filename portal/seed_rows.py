"""The rows of an invented city (portal/seed.py): who lives and works there, and what is written about it.

Entries stand in order of time and spread over the dossiers, as a city writes them, so that one dossier lies scattered over the table.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

from portal.seed_words import bodies, full_name, part_of_life, person_name, reactions

YEARS = 5
LONGEST_DOSSIER = 2000
SHORTEST_DOSSIER = 10
SHARE_LONG, SHARE_SHORT = 100, 50
"""One in so many dossiers has LONGEST_DOSSIER entries, one in so many has SHORTEST_DOSSIER."""
NULL = r"\N"

_PART = "dossier_id, section, leefdomein"

Row = tuple[object, ...]


class SeedRefusedError(Exception):
    """The city or the database is not one to be filled; the text is one plain sentence and nothing was changed."""


@dataclass(frozen=True)
class City:
    """How large the invented city is. Numbers of persons: first the staff, then the inwoners, then the naasten."""

    residents: int
    entries: int
    seed: int = 1
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    def __post_init__(self) -> None:
        """Raises SeedRefusedError when there would be too little to fill every dossier."""
        if self.residents < 20 or self.entries < self.residents * SHORTEST_DOSSIER * 2:
            raise SeedRefusedError(f"Choose at least 20 residents, and {SHORTEST_DOSSIER * 2} entries for each of them.")

    @property
    def professionals(self) -> range:
        """Person numbers of those who work with inwoners, about 100 inwoners each; the first leads a team and works in many dossiers."""
        return range(1, max(4, self.residents // 100) + 1)

    @property
    def inwoners(self) -> range:
        """Person numbers of the inwoners; the dossiers are numbered from 1 in the same order."""
        first = len(self.professionals) + 2
        return range(first, first + self.residents)

    @property
    def naasten(self) -> range:
        """Person numbers of those whom inwoners let read along: one for two inwoners."""
        first = self.inwoners.stop
        return range(first, first + self.residents // 2)

    @property
    def teams(self) -> range:
        """Numbers of the teams, each in a stadsdeel of its own."""
        return range(1, max(1, min(9, len(self.professionals) // 4)) + 1)

    @property
    def active(self) -> range:
        """The dossiers somebody works in today; the others are closed."""
        return range(1, self.residents * 2 // 5 + 1)

    def dossier_sizes(self) -> list[int]:
        """How many entries each dossier has, by its number minus 1; together exactly ``entries``."""
        chance = Random(f"sizes {self.seed}")
        numbers = chance.sample(range(self.residents), self.residents // SHARE_LONG + self.residents // SHARE_SHORT)
        long, short = set(numbers[: self.residents // SHARE_LONG]), set(numbers[self.residents // SHARE_LONG :])
        longest = min(LONGEST_DOSSIER, self.entries // 5 // max(1, len(long)))
        rest = self.entries - len(long) * longest - len(short) * SHORTEST_DOSSIER
        ordinary = [n for n in range(self.residents) if n not in long | short]
        weights = [chance.uniform(0.4, 1.6) for _ in ordinary]
        scale = rest / sum(weights)
        sizes = [longest if n in long else SHORTEST_DOSSIER for n in range(self.residents)]
        for place, weight in zip(ordinary, weights, strict=True):
            sizes[place] = int(weight * scale)
        # What rounding left over, less than one each.
        for place in ordinary[: self.entries - sum(sizes)]:
            sizes[place] += 1
        return sizes

    def order(self) -> list[int]:
        """The dossier of each entry, by the entry's number minus 1, in order of time."""
        spread = [dossier for dossier, size in enumerate(self.dossier_sizes(), 1) for _ in range(size)]
        Random(f"order {self.seed}").shuffle(spread)
        return spread

    def professional_of(self, dossier: int) -> int:
        """Who works in a dossier, or did until it was closed."""
        return self.professionals[dossier % len(self.professionals)]


def tables(city: City) -> Iterator[tuple[str, str, Iterable[Row]]]:
    """Every table with its columns and rows, in an order in which references point back."""
    yield from _people(city)
    yield from _dossiers(city)
    order = city.order()
    yield from _entries(city, order)
    yield from _access(city, order)


def _uuid(chance: Random) -> str:
    """A random id of version 4, as text."""
    return f"{chance.getrandbits(128) & ~(0xF000C000 << 48) | (0x40008000 << 48):032x}"


def invented_bsns() -> Iterator[str]:
    """Every number of 9999xxxxx that passes the eleven-test: weights 9 to 2 and -1, a sum that 11 divides."""
    for number in range(999_900_000, 1_000_000_000):
        digits = str(number)
        if sum(weight * int(digit) for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            yield digits


def _people(city: City) -> Iterator[tuple[str, str, Iterable[Row]]]:
    chance = Random(f"people {city.seed}")
    teams, staff = city.teams, [*city.professionals, city.professionals.stop]
    yield "stadsdeel", "id, name", ((team, f"Verzonnen stadsdeel {team}") for team in teams)
    yield "team", "id, public_id, name, stadsdeel_id", ((team, _uuid(chance), f"Verzonnen team {team}", team) for team in teams)
    everybody = [*staff, *city.inwoners, *city.naasten]
    yield (
        "person",
        "id, public_id, first_name, infix, last_name, is_staff",
        ((number, _uuid(chance), *person_name(number), "t" if number < city.inwoners.start else "f") for number in everybody),
    )
    bsn = invented_bsns()
    yield (
        "inwoner",
        "person_id, birth_date, bsn, phone, email, stadsdeel_id, language, interpreter_needed",
        (
            (
                number,
                city.today - timedelta(days=chance.randrange(18 * 366, 95 * 365)),
                next(bsn, NULL),
                f"06-0000{number % 10_000:04}",
                f"inwoner{number}@example.nl",
                teams[number % len(teams)],
                "ar" if number % 40 == 0 else "nl",
                "t" if number % 40 == 0 else "f",
            )
            for number in city.inwoners
        ),
    )
    yield (
        "address",
        "person_id, street, postcode, protected",
        (
            (number, f"Bedachtestraat {number % 200 + 1}", f"65{number % 90 + 10:02}ZZ", "t" if number % 50 == 0 else "f")
            for number in city.inwoners
        ),
    )
    yield from _staff(city)


def _staff(city: City) -> Iterator[tuple[str, str, Iterable[Row]]]:
    teams, leaders = city.teams, set(islice(city.professionals, len(city.teams)))
    yield (
        "staff",
        "person_id, job_title, team_id, role, joined_on",
        [
            *(
                (
                    number,
                    "Teamleider" if number in leaders else "Buurtteammedewerker",
                    teams[number % len(teams)],
                    "teamleider" if number in leaders else "professional",
                    city.today - timedelta(days=365 * YEARS),
                )
                for number in city.professionals
            ),
            (city.professionals.stop, "Beheerder", NULL, "beheerder", city.today - timedelta(days=365 * YEARS)),
        ],
    )
    away = [number for number in city.professionals if number % 20 == 0 and number + 1 in city.professionals]
    yield (
        "absence",
        "id, staff_id, from_date, until_date, substitute_id",
        [(place, number, city.today, city.today + timedelta(days=14), number + 1) for place, number in enumerate(away, 1)],
    )


def _dossiers(city: City) -> Iterator[tuple[str, str, Iterable[Row]]]:
    chance = Random(f"dossiers {city.seed}")
    opened = city.today - timedelta(days=365 * YEARS)
    closed = city.today - timedelta(days=1)
    active = city.active
    yield (
        "dossier",
        "id, public_id, inwoner_id, team_id, opened_on, closed_on",
        (
            (dossier, _uuid(chance), inwoner, city.teams[inwoner % len(city.teams)], opened, NULL if dossier in active else closed)
            for dossier, inwoner in enumerate(city.inwoners, 1)
        ),
    )
    yield (
        "household_member",
        "dossier_id, name, relation, birth_year",
        (
            (dossier, full_name(dossier * 3), "partner" if dossier % 4 else "kind", 1960 + dossier % 60)
            for dossier in range(1, city.residents + 1)
            if dossier % 2
        ),
    )
    leader = city.professionals[0]
    treated = [
        (dossier, city.professional_of(dossier), opened, NULL if dossier in active else closed) for dossier in range(1, city.residents + 1)
    ]
    treated += [
        (dossier, leader, opened, NULL) for dossier in range(1, city.residents // 10 + 1) if city.professional_of(dossier) != leader
    ]
    yield (
        "assignment",
        "id, dossier_id, staff_id, role_text, valid_from, valid_until",
        ((place, dossier, staff, "vaste hulpverlener", since, until) for place, (dossier, staff, since, until) in enumerate(treated, 1)),
    )
    # One in twenty inwoners has a representative: who is a naaste of somebody else.
    yield (
        "mandate",
        "id, dossier_id, person_id, ground, valid_from",
        (
            (
                place,
                dossier,
                city.naasten[dossier % len(city.naasten)],
                ("mentor", "curator", "bewindvoerder", "gemachtigde")[place % 4],
                opened,
            )
            for place, dossier in enumerate(range(20, city.residents + 1, 20), 1)
        ),
    )


def _entries(city: City, order: Sequence[int]) -> Iterator[tuple[str, str, Iterable[Row]]]:
    yield (
        "entry",
        f"id, public_id, {_PART}, kind, occurred_at, author_id, author_name, placed_at, discuss_until, audience",
        _entry_rows(city, order),
    )
    yield (
        "entry_version",
        f"entry_id, number, {_PART}, title, body, reason, author_id, author_name, created_at",
        _version_rows(city, order),
    )
    reacted = [(entry, order[entry - 1], part_of_life(city.seed, entry)) for entry in range(1, city.entries + 1, 5)]
    words = reactions()
    chance = Random(f"reactions {city.seed}")
    when = _clock(city)
    yield (
        "annotation",
        f"id, public_id, entry_id, {_PART}, kind, audience, author_id, author_name, created_at, withdrawn, withdrawn_at",
        (
            (
                *(place, _uuid(chance), entry, dossier, part.section, part.leefdomein, 1, _circle(place)),
                *(city.inwoners[dossier - 1], full_name(city.inwoners[dossier - 1]), when(entry)),
                *(("t", when(entry)) if place % 50 == 0 else ("f", NULL)),
            )
            for place, (entry, dossier, part) in enumerate(reacted, 1)
        ),
    )
    yield (
        "annotation_version",
        f"annotation_id, number, entry_id, {_PART}, audience, withdrawn, author_id, body, written_for, created_at",
        (
            (
                *(place, 1, entry, dossier, part.section, part.leefdomein, _circle(place), "t" if place % 50 == 0 else "f"),
                *(city.inwoners[dossier - 1], words[place % len(words)], _circle(place), when(entry)),
            )
            for place, (entry, dossier, part) in enumerate(reacted, 1)
        ),
    )


def _circle(place: int) -> int:
    """The audience of a reaction: mostly the professionals, sometimes everybody or the inwoner alone."""
    return (2, 2, 2, 3, 2, 1)[place % 6]


def _clock(city: City) -> Callable[[int], str]:
    """Gives the moment of an entry by its number: evenly over YEARS, up to yesterday."""
    end = datetime(city.today.year, city.today.month, city.today.day, tzinfo=UTC)
    start = end - timedelta(days=365 * YEARS)
    step = (end - start) / (city.entries + 1)
    return lambda entry: f"{start + step * entry:%Y-%m-%d %H:%M:%S+00}"


def _writer(city: City) -> Callable[[int, bool], tuple[int, str]]:
    """Gives number and name of who wrote an entry: the inwoner a diary, else the professional of the dossier."""
    staff = {number: (number, full_name(number)) for number in city.professionals}

    def writer(dossier: int, diary: bool) -> tuple[int, str]:
        inwoner = city.inwoners[dossier - 1]
        return (inwoner, full_name(inwoner)) if diary else staff[city.professional_of(dossier)]

    return writer


def _entry_rows(city: City, order: Sequence[int]) -> Iterator[Row]:
    chance = Random(f"entries {city.seed}")
    writer, when = _writer(city), _clock(city)
    last_week = city.entries - city.entries * 6 // (365 * YEARS)
    for entry, dossier in enumerate(order, 1):
        part, moment = part_of_life(city.seed, entry), when(entry)
        # One in fifty of the last days is first talked over.
        talked_over = f"{city.today + timedelta(days=1)} 00:00:00+00" if entry > last_week and entry % 50 == 0 else NULL
        yield (
            *(entry, _uuid(chance), dossier, part.section, part.leefdomein, part.kind, moment),
            *(*writer(dossier, part.diary), moment, talked_over, 1 + entry % 2 if part.diary else 3),
        )


def _version_rows(city: City, order: Sequence[int]) -> Iterator[Row]:
    writer, when = _writer(city), _clock(city)
    texts = bodies(city.seed)
    for entry, dossier in enumerate(order, 1):
        part, moment, (author, name) = part_of_life(city.seed, entry), when(entry), writer(dossier, part_of_life(city.seed, entry).diary)
        where = (dossier, part.section, part.leefdomein)
        text = texts[entry * 7919 % len(texts)]
        yield (entry, 1, *where, part.title, text, NULL, author, name, moment)
        if entry % 20 == 0:
            yield (entry, 2, *where, part.title, texts[entry * 7907 % len(texts)], "Een datum klopte niet.", author, name, moment)


def _access(city: City, order: Sequence[int]) -> Iterator[tuple[str, str, Iterable[Row]]]:
    """Grants to naasten, two each: a whole dossier, a section, a leefdomein or one entry; and entries that are closed."""
    chance = Random(f"access {city.seed}")
    since = city.today - timedelta(days=200)

    def grants() -> Iterator[Row]:
        for place, naaste in enumerate(list(city.naasten) * 2, 1):
            scope = (1, 2, 2, 3, 4)[place % 5]
            entry = chance.randrange(city.entries) + 1
            yield (
                *(place, _uuid(chance), order[entry - 1], naaste, scope),
                *(place % 9 + 1 if scope == 2 else NULL, place % 9 + 1 if scope == 3 else NULL, entry if scope == 4 else NULL),
                *(since, NULL if place % 10 else city.today - timedelta(days=20), "toestemming van de inwoner"),
            )

    def closures() -> Iterator[Row]:
        for place in range(1, city.residents // 50 + 1):
            entry = chance.randrange(city.entries) + 1
            yield (place, order[entry - 1], entry, NULL, "Dit gaat ook over iemand anders.", f"{since} 00:00:00+00")

    yield (
        "access_grant",
        "id, public_id, dossier_id, grantee_id, scope, section, leefdomein, entry_id, valid_from, valid_until, ground",
        grants(),
    )
    yield "closure", "id, dossier_id, entry_id, person_id, reason, from_at", closures()
