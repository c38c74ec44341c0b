"""The file of the city: what fits is read, what doesn't stops the start, and nothing of it stands in the program."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.city import City, CityError, dial, hours_text, is_open, load_city, money_text
from portal.i18n import translator
from portal.settings import DEMO_CITY

ROOT = Path(__file__).resolve().parents[2]
DEMO = json.loads(DEMO_CITY.read_text(encoding="utf-8"))
Change = Callable[[dict[str, Any]], object]


def changed(tmp_path: Path, change: Change) -> Path:
    """The demo's file with one thing otherwise."""
    whole = json.loads(json.dumps(DEMO))
    change(whole)
    path = tmp_path / "stad.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


@pytest.fixture
def demo() -> City:
    """The invented city."""
    return load_city(DEMO_CITY, "test")


def test_the_demo_has_ten_stadsdelen_and_everything_has_an_owner_and_a_day(demo: City) -> None:
    assert len(demo.districts) == 10
    assert {group.name for group in demo.groups} == {
        "organisation", "districts", "crisis", "oco", "other_teams", "complaints", "contribution", "terms",
    }  # fmt: skip
    assert all(group.owner and group.checked_on <= date(2026, 11, 22) for group in demo.groups)
    assert demo.group("crisis").checked_on == date(2026, 11, 16)


def test_the_demo_has_the_teams_of_the_case_files(demo: City) -> None:
    organisation = json.loads((DEMO_CITY.parent / "organisation.json").read_text(encoding="utf-8"))
    assert [(one.name, one.team) for one in demo.districts] == [(one["name"], one["team"]["name"]) for one in organisation["stadsdelen"]]


@pytest.mark.parametrize(("postcode", "name"), [("6538", "Dukenburg"), ("6538AB", "Dukenburg"), (" 6511 xx ", "Centrum")])
def test_a_postcode_leads_to_its_stadsdeel(demo: City, postcode: str, name: str) -> None:
    found = demo.district_of(postcode)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("postcode", ["", "1012", "65", "65380", "6538 A", "0538", "6538; DROP", "٦٥٣٨"])
def test_what_is_no_postcode_or_elsewhere_leads_nowhere(demo: City, postcode: str) -> None:
    assert demo.district_of(postcode) is None


def test_productie_refuses_the_city_of_the_demo(tmp_path: Path) -> None:
    with pytest.raises(CityError, match="which productie refuses"):
        load_city(DEMO_CITY, "productie")
    real = changed(tmp_path, lambda file: file.update(demo=False))
    assert load_city(real, "productie").demo is False


UNFIT: dict[str, tuple[Change, str]] = {
    "no owner": (lambda file: file["oco"].pop("owner"), r"\$\.oco: owner is missing"),
    "no day": (lambda file: file["terms"].pop("checked_on"), r"\$\.terms: checked_on is missing"),
    "a day that is none": (lambda file: file["terms"].update(checked_on="2026-02-30"), "is not a date"),
    "no way out for a crisis": (lambda file: file["crisis"]["list"].pop(0), r"\$\.crisis\.list"),
    "a word for a number": (lambda file: file["organisation"].update(phone="bel ons"), r"\$\.organisation\.phone"),
    "something unknown": (lambda file: file.update(extra=1), "extra does not belong here"),
    "a postcode twice": (lambda file: file["districts"]["list"][0]["postcodes"].append("6538"), "a postcode stands in it twice"),
    "a team twice": (lambda file: file["districts"]["list"][0].update(team="Buurtteam Volwassenen Oost"), "a team stands in it twice"),
    "a line twice": (lambda file: file["crisis"]["list"].append(file["crisis"]["list"][0]), "a crisis line stands in it twice"),
    "another team twice": (lambda file: file["other_teams"]["list"].append(file["other_teams"]["list"][0]), "another team stands"),
    "closed before open": (lambda file: file["complaints"]["hours"][0].update(closes="09:00"), "closes before it opens"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_a_file_that_does_not_fit_stops_the_start_in_one_sentence(tmp_path: Path, case: str) -> None:
    change, sentence = UNFIT[case]
    with pytest.raises(CityError, match=sentence) as refused:
        load_city(changed(tmp_path, change), "test")
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_no_json_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(CityError, match="can't be read"):
        load_city(tmp_path / "weg.json", "test")
    (tmp_path / "half.json").write_text("{", encoding="utf-8")
    with pytest.raises(CityError, match="can't be read"):
        load_city(tmp_path / "half.json", "test")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 7, 29, tzinfo=UTC), False),  # Monday in winter: 8.29
        (datetime(2026, 11, 23, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 6, 30, tzinfo=UTC), True),  # in summer 8.30 comes an hour earlier
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), False),  # Sunday
        (datetime(2026, 4, 27, 10, 0, tzinfo=UTC), False),  # King's Day, a Monday
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), False),
    ],
)
def test_open_is_by_the_clock_of_amsterdam_and_not_on_days_off(demo: City, moment: datetime, expected: bool) -> None:
    assert is_open(demo.organisation.hours, moment) is expected


def test_hours_are_said_as_people_say_them(demo: City) -> None:
    assert hours_text(demo.organisation.hours) == ["maandag tot en met vrijdag van 8.30 tot 17.00 uur"]
    west = next(one for one in demo.districts if one.name == "Nieuw-West").stip
    assert hours_text(west.hours) == ["maandag tot en met vrijdag van 9.30 tot 16.00 uur", "dinsdag van 18.30 tot 20.30 uur"]
    east = next(one for one in demo.districts if one.name == "Oost").stip
    assert hours_text(east.hours, translator("en")) == ["Monday, Wednesday and Friday from 9:30 to 12:30"]
    assert "الاثنين" in hours_text(east.hours, translator("ar"))[0]


def test_numbers_and_amounts() -> None:
    assert dial("+31 24-000 00 00") == "+31240000000"
    assert money_text(2100) == "€\xa021,00"


def test_nothing_of_the_city_stands_in_the_program() -> None:
    """No telephone number, team or address in templates or code: all of it comes from the file."""
    own = re.compile(r"tel:\+?\d|\b0\d{2,3}-\d{3,}|\b0800-|\b11[23]\b(?!\.)|Buurtteam Volwassenen|Stip (?:Centrum|Oost|Noord)")
    places = [*(ROOT / "templates").rglob("*"), *(ROOT / "portal").rglob("*.py"), *(ROOT / "static" / "js").rglob("*")]
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in places
        if path.is_file() and "demo" not in path.relative_to(ROOT).parts
        for hit in own.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
