"""Who fits and why: the same each time, never somebody who is full, and no group waits longer by the rule itself."""

import json
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from portal.choice.matching import MOST, Reason, Wanted, suggested
from portal.choice.models import LANGUAGES_SPOKEN, Profile
from portal.codes import LEEFDOMEINEN
from portal.demo.people import demo_cases, demo_organisation

SPACE = UUID(int=7)


def colleague(number: int, *, languages: list[str], leefdomeinen: list[int], stadsdeel: int | None, places: int | None) -> Profile:
    return Profile(
        1,
        languages,
        [],
        leefdomeinen,
        "Ik",
        "",
        [1],
        False,
        uuid5(SPACE, str(number)),
        f"C{number}",
        "werker",
        None,
        None,
        stadsdeel,
        places,
    )


languages = st.sampled_from(LANGUAGES_SPOKEN[:6])
domains = st.integers(1, 9)
stadsdelen = st.integers(1, 3)
colleagues = st.lists(
    st.builds(
        lambda spoken, known, place, free: (["nl", *spoken], known, place, free),
        st.lists(languages, max_size=3, unique=True),
        st.lists(domains, max_size=4, unique=True),
        stadsdelen | st.none(),
        st.integers(0, 9) | st.none(),
    ),
    max_size=12,
).map(
    lambda rows: [
        colleague(number, languages=spoken, leefdomeinen=known, stadsdeel=place, places=free)
        for number, (spoken, known, place, free) in enumerate(rows)
    ]
)
wishes = st.builds(Wanted, languages, st.frozensets(domains, max_size=4), stadsdelen | st.none())


@given(colleagues, wishes, st.randoms())
def test_the_order_in_which_people_are_known_changes_nothing(people: list[Profile], wanted: Wanted, dice: object) -> None:
    shuffled = list(people)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert suggested(people, wanted) == suggested(shuffled, wanted)


@given(colleagues, wishes)
def test_nobody_is_suggested_beyond_their_caseload(people: list[Profile], wanted: Wanted) -> None:
    found = suggested(people, wanted)
    assert len(found) == min(MOST, sum(1 for one in people if one.places))
    assert all(one.profile.places for one in found)


@given(colleagues, wishes)
def test_each_reason_that_is_said_is_true_and_none_is_left_out(people: list[Profile], wanted: Wanted) -> None:
    for one in suggested(people, wanted, most=99):
        who = one.profile
        assert (Reason.LANGUAGE in one.reasons) is (wanted.language != "nl" and wanted.language in who.languages)
        assert set(one.leefdomeinen) == wanted.leefdomeinen & set(who.leefdomeinen)
        assert (Reason.QUESTION in one.reasons) is bool(one.leefdomeinen)
        assert (Reason.NEIGHBOURHOOD in one.reasons) is (wanted.stadsdeel is not None and who.stadsdeel == wanted.stadsdeel)
        assert Reason.ROOM in one.reasons


@given(colleagues, wishes)
def test_who_speaks_the_language_comes_before_who_does_not(people: list[Profile], wanted: Wanted) -> None:
    speak = [Reason.LANGUAGE in one.reasons for one in suggested(people, wanted, most=99)]
    assert speak == sorted(speak, reverse=True)


def test_the_language_then_the_question_then_the_neighbourhood_then_room() -> None:
    wanted = Wanted("ar", frozenset({6, 3}), 1)
    people = [
        colleague(1, languages=["nl"], leefdomeinen=[], stadsdeel=None, places=9),
        colleague(2, languages=["nl"], leefdomeinen=[], stadsdeel=1, places=1),
        colleague(3, languages=["nl"], leefdomeinen=[6], stadsdeel=None, places=1),
        colleague(4, languages=["nl"], leefdomeinen=[3, 6], stadsdeel=None, places=1),
        colleague(5, languages=["nl", "ar"], leefdomeinen=[], stadsdeel=None, places=1),
        colleague(6, languages=["nl"], leefdomeinen=[], stadsdeel=None, places=2),
    ]
    assert [one.profile.name for one in suggested(people, wanted, most=99)] == ["C5", "C4", "C3", "C2", "C1", "C6"]


def test_in_the_demo_no_group_of_language_or_stadsdeel_is_left_without_somebody() -> None:
    """Prints the table. What the rule gives each inwoner of the demo at once: how many who have room, and how many who speak the language."""
    organisation = demo_organisation()
    places = {one["team"]["name"]: number for number, one in enumerate(organisation["stadsdelen"])}
    names = {one["name"]: number for number, one in enumerate(organisation["stadsdelen"])}
    people = [
        colleague(
            number,
            languages=one["profile"]["talen"],
            leefdomeinen=[LEEFDOMEINEN[name] for name in one["profile"]["leefdomeinen"]],
            stadsdeel=places.get(one["team"]),
            places=one["profile"]["caseload_max"] - one["profile"]["caseload_nu"],
        )
        for number, one in enumerate(organisation["staff"])
        if one["profile"]
    ]
    rows = []
    for spoken in sorted({case["inwoner"]["language"] for case in demo_cases()} | {"nl"}):
        for name, number in names.items():
            found = suggested(people, Wanted(spoken, frozenset(), number))
            able = sum(1 for one in people if one.places and spoken in one.languages)
            rows.append((spoken, name, len(found), sum(1 for one in found if spoken in one.profile.languages), able))
    print(json.dumps(["language", "stadsdeel", "suggested", "of whom speak it", "in the city with room"]))
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    # By the rule itself: everybody is offered as many, and as many who speak the language as there are.
    assert {row[2] for row in rows} == {MOST}
    assert [row for row in rows if row[3] != min(MOST, row[4])] == []
