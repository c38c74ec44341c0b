"""The converter: every word arrives, private matters stay apart, and who may see what is read with care."""

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from portal.json_schema import check
from tools.cases.convert import convert_case
from tools.cases.organisation import Colleagues, convert_organisation

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tools" / "source"
DEMO = ROOT / "portal" / "demo"
SCHEMAS = ROOT / "portal" / "schemas"
TEAMS = json.loads((SOURCE / "teams.json").read_text(encoding="utf-8"))
COLLEAGUES = Colleagues.of(TEAMS)
CASES = sorted(path.stem for path in (SOURCE / "casussen").glob("*.json"))


def source_of(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SOURCE / "casussen" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def converted(name: str) -> dict[str, Any]:
    return convert_case(source_of(name), COLLEAGUES).case


def later(name: str) -> dict[str, Any]:
    return convert_case(source_of(name), COLLEAGUES).later


def names_in(case: dict[str, Any]) -> dict[str, str]:
    """The whole name of everybody in a case file, by id."""
    people = [case["inwoner"], *case["professionals"], *case["network"]]
    return {one["id"]: " ".join(filter(None, (one["first_name"], one["infix"], one["last_name"]))) for one in people}


def texts(value: Any) -> Iterator[str]:
    """Every text in a piece of JSON, values only."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def entry(case: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = case["entries"][number - 1]
    return found


def closed_for(case: dict[str, Any], number: int) -> set[str | None]:
    """Names of the persons an entry is closed for; None is everybody outside the team."""
    names = names_in(case)
    return {names.get(closure["person"]) for closure in entry(case, number)["closures"]}


def granted(case: dict[str, Any], name: str) -> set[str]:
    names = names_in(case)
    return {grant["section"] or grant["leefdomein"] for grant in case["grants"] if names[grant["grantee"]] == name}


def run_script(*arguments: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "convert_cases.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_there_are_cases() -> None:
    assert len(CASES) == 11


def is_kept_moment(word: str, kept: set[str]) -> bool:
    """A moment is kept in the time of Greenwich."""
    try:
        return datetime.fromisoformat(word).astimezone(UTC).isoformat().replace("+00:00", "Z") in kept
    except ValueError:
        return False


def moment(word: str) -> str:
    return datetime.fromisoformat(word).astimezone(UTC).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("name", CASES)
def test_no_text_is_lost(name: str) -> None:
    source = source_of(name)
    private_source = {key: source.pop(key, []) for key in ("klachten", "oco")}
    result = convert_case(source_of(name), COLLEAGUES)
    kept = set(texts(result.case)) | set(texts(result.later)) | set(names_in(result.case).values())
    assert {word for word in texts(source) if word not in kept and not is_kept_moment(word, kept)} == set()
    assert set(texts(private_source)) - set(texts(result.private)) == set()


@pytest.mark.parametrize("name", CASES)
def test_each_text_stands_where_it_belongs(name: str) -> None:
    source, case = source_of(name), converted(name)
    assert list(range(1, len(case["entries"]) + 1)) == [found["nr"] for found in source["dossier"]]
    for old, new in zip(source["dossier"], case["entries"], strict=True):
        assert new["author"]["name"] == old["auteur"]
        assert {version["title"] for version in new["versions"]} == {old["titel"]}
        bodies = [version["body"] for version in new["versions"]]
        assert sorted(bodies) == sorted([old["tekst"], *(version["tekst"] for version in old.get("versies", []))])
        assert [version["number"] for version in new["versions"]] == list(range(1, len(bodies) + 1))
        assert [
            (
                found["kind"],
                found["author"]["name"],
                found["created_at"],
                found["versions"][0]["body"],
                found["versions"][0]["quote"],
                found["outcome"],
            )
            for found in new["annotations"]
        ] == [
            (old["soort"], old["door"], moment(old["tijd"]), old["tekst"], old.get("citaat"), old.get("uitkomst"))
            for old in old.get("reacties", [])
        ]


@pytest.mark.parametrize("name", CASES)
def test_complaints_and_support_stay_out_of_the_dossier(name: str) -> None:
    source = source_of(name)
    result = convert_case(source, COLLEAGUES)
    private_words = {
        *(complaint["wat_gebeurd"] for complaint in source.get("klachten", [])),
        *(message["tekst"] for contact in source.get("oco", []) for message in contact["berichten"]),
    }
    assert private_words.isdisjoint(texts(result.case))
    assert not {"klachten", "oco", "complaints"} & result.case.keys()
    assert (result.private is None) == (not private_words)


@pytest.mark.parametrize("name", CASES)
def test_the_result_fits_its_own_schema(name: str) -> None:
    check(converted(name), json.loads((SCHEMAS / "dossier.schema.json").read_text(encoding="utf-8")))
    private = convert_case(source_of(name), COLLEAGUES).private
    if private:
        check(private, json.loads((SCHEMAS / "private.schema.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", CASES)
def test_ids_are_unique_and_every_reference_is_kept(name: str) -> None:
    case = converted(name)
    persons = [
        case["inwoner"]["id"],
        *(one["id"] for one in case["professionals"]),
        *(one["id"] for one in case["network"]),
    ]
    entries = [one["id"] for one in case["entries"]]
    annotations = [note["id"] for one in case["entries"] for note in one["annotations"]]
    others = [grant["id"] for grant in case["grants"]]
    everything = [case["dossier"]["id"], *persons, *entries, *annotations, *others]
    assert len(everything) == len(set(everything))
    authors = [one["author"] for one in case["entries"]] + [note["author"] for one in case["entries"] for note in one["annotations"]]
    assert {author["person"] for author in authors} <= {None, *persons}
    assert {grant["grantee"] for grant in case["grants"]} <= set(persons)
    assert {closure["person"] for one in case["entries"] for closure in one["closures"]} <= {None, *persons}
    assert {turn["professional"] for turn in case["assignments"]} <= set(persons)


def test_converting_again_gives_what_was_committed(tmp_path: Path) -> None:
    done = run_script(SOURCE, tmp_path)
    assert done.returncode == 0, done.stderr
    for folder in (".", "cases", "later", "private"):
        made = {path.name: path.read_bytes() for path in (tmp_path / folder).glob("*.json")}
        kept = {
            path.name: path.read_bytes()
            for path in (DEMO / folder).glob("*.json")
            if path.name not in ("extra-staff.json", "city.json", "meldingen.json", "programs.json") and "schema" not in path.name
        }
        assert made == kept


def test_authors_are_recognised_with_their_job_behind_their_name() -> None:
    case = converted("psychose-herstel")
    names = names_in(case)
    assert names[entry(case, 10)["author"]["person"]] == "Bram Aalders"
    assert names[entry(case, 5)["author"]["person"]] == "Wietske Lubbers"
    lead = next(one for one in case["professionals"] if one["id"] == entry(case, 12)["annotations"][0]["author"]["person"])
    assert (names[lead["id"]], lead["role"]) == ("Karin Elbers", "teamleider")
    assert lead["id"] not in {turn["professional"] for turn in case["assignments"]}
    assert entry(converted("partnergeweld"), 14)["author"]["person"] is None


def test_a_colleague_of_another_team_keeps_that_team() -> None:
    case = converted("langlopend-vijf-jaar")
    people = {names_in(case)[person["id"]]: person for person in case["professionals"]}
    assert people["Mehmet Kaya"]["team"] == "Buurtteam Volwassenen Nieuw-West"
    plain = {person["name"] for person in later("langlopend-vijf-jaar")["professionals"] if person["plain_profile"]}
    assert plain & people.keys() >= {"Wilma Arts"}
    assert "Mehmet Kaya" not in plain
    assert people["Wilma Arts"]["left_on"] == "2022-06-30", "she retired"
    assert people["Mehmet Kaya"]["job_title"] == "maatschappelijk werker geld en recht"
    assert people["Fatima El Amrani"]["last_name"] == "El Amrani"
    assert people["Sanne de Wit"]["infix"] == "de"
    assert entry(case, 5)["author"]["person"] == people["Mehmet Kaya"]["id"]


def test_an_address_that_must_stay_unknown_is_protected() -> None:
    assert converted("partnergeweld")["inwoner"]["address"] == {
        "street": None,
        "postcode": None,
        "protected": True,
    }
    assert converted("poolse-arbeidsmigrant")["inwoner"]["address"]["protected"] is False


def test_what_is_withheld_and_for_whom() -> None:
    assert closed_for(converted("langlopend-vijf-jaar"), 56) == {
        "Carla Hermsen",
        "Dennis Hermsen",
        "Toon Peperkamp",
    }
    assert closed_for(converted("partnergeweld"), 6) == {None}
    assert closed_for(converted("psychose-herstel"), 20) == {None}
    assert closed_for(converted("poolse-arbeidsmigrant"), 3) == {"Marek Zieliński"}
    assert closed_for(converted("partnergeweld"), 5) == {"Floor Bouwman"}, "she sees no reports"


def test_a_shielded_entry_whose_reason_says_nothing_is_closed_for_everybody_outside_the_team() -> None:
    source = source_of("kort-vraag")
    source["dossier"][5]["afgeschermd"] = "nog te bekijken"
    case = convert_case(source, COLLEAGUES).case
    assert closed_for(case, 6) == {None}
    source["dossier"][5]["afgeschermd"] = "alleen voor het team"
    assert closed_for(convert_case(source, COLLEAGUES).case, 6) == {None}


def test_a_shielded_entry_about_a_naaste_that_the_inwoner_may_not_see() -> None:
    source = source_of("kort-vraag")
    source["dossier"][5]["afgeschermd"] = "Noor vertelde dit in vertrouwen; Marieke mag dit niet zien"
    assert closed_for(convert_case(source, COLLEAGUES).case, 6) == {None}


def test_grants_follow_only_what_names_a_part_of_the_dossier() -> None:
    iris = converted("partnergeweld")
    assert granted(iris, "Floor Bouwman") == {"veiligheid"}
    assert granted(iris, "Ruben (partner)") == set()
    yvonne = converted("langlopend-vijf-jaar")
    assert granted(yvonne, "Carla Hermsen") == {"plan", "evaluatie"}
    assert granted(yvonne, "Toon Peperkamp") == set()
    carla = next(person for person in later("langlopend-vijf-jaar")["network"] if person["name"] == "Carla Hermsen")
    assert (carla["may_see"], carla["not_mapped"]) == (["plan", "evaluaties", "afspraken"], ["afspraken"])
    bennie = converted("maatwerk-afwijzing")
    assert granted(bennie, "Frits Poelen") == set(), "a part of the plan is less than the plan"


def test_nothing_is_granted_without_a_day_it_began_or_to_somebody_without_a_part() -> None:
    source = source_of("langlopend-vijf-jaar")
    source["netwerk"][0]["van"] = None
    source["netwerk"][1]["rol"] = "geen"
    case = convert_case(source, COLLEAGUES).case
    assert case["grants"] == []


def test_a_representative_with_a_legal_ground_gets_a_mandate() -> None:
    source = source_of("licht-verstandelijke-beperking")
    source["netwerk"][0].update(rol="vertegenwoordiger", grondslag="mentor, benoemd door de rechtbank")
    made = convert_case(source, COLLEAGUES)
    assert [(mandate["ground"], mandate["valid_from"]) for mandate in made.case["mandates"]] == [("mentor", "2025-03-12")]
    assert [mandate["ground_text"] for mandate in made.later["mandates"]] == ["mentor, benoemd door de rechtbank"]
    source["netwerk"][0].update(grondslag="toestemming")
    case = convert_case(source, COLLEAGUES).case
    assert case["mandates"] == []
    assert granted(case, "Riet Thijssen-Gerrits") == {"plan", "evaluatie"}


def test_the_first_text_is_version_one() -> None:
    source, case = source_of("partnergeweld"), converted("partnergeweld")
    first, second = entry(case, 1)["versions"]
    assert first["body"] == source["dossier"][0]["tekst"]
    assert first["reason"] is None
    assert second["body"] == source["dossier"][0]["versies"][0]["tekst"]
    assert (second["created_at"], second["reason"]) == (
        "2025-05-19T11:25:00Z",
        "Iris heeft zelf de politie gebeld, niet de buren.",
    )


def test_a_correction_never_stands_before_what_it_corrects() -> None:
    """Some source entries hold the corrected text first; what was objected to would be the newest version."""
    result = convert_case(source_of("psychose-herstel"), COLLEAGUES)
    first, second = entry(result.case, 2)["versions"]
    assert "in 2022 wegens motivatieproblemen" in first["body"]
    assert "in 2023" in second["body"]
    assert second["reason"].startswith("Op verzoek van Ruben")
    assert (first["reason"], second["created_at"]) == (None, "2025-02-18T09:30:00Z")
    assert any("psychose-herstel, entry 2" in note for note in result.notes)


@pytest.mark.parametrize("name", CASES)
def test_no_newest_version_holds_words_that_were_accepted_as_wrong(name: str) -> None:
    source = source_of(name)
    for old, new in zip(source["dossier"], converted(name)["entries"], strict=True):
        times = [version["created_at"] for version in new["versions"]]
        assert times == sorted(times)
        if len(new["versions"]) == 1 or (name, old["nr"]) == ("maatwerk-afwijzing", 9):
            continue  # in that one the objection was that something was missing; the quoted words stayed
        for note in new["annotations"]:
            quote = note["versions"][0]["quote"]
            if note["kind"] == "klopt_niet" and note["outcome"] in ("overgenomen", "deels") and quote:
                assert quote not in new["versions"][-1]["body"]
                assert any(quote in version["body"] for version in new["versions"][:-1])


def test_organisation_keeps_every_word_too() -> None:
    organisation = convert_organisation(TEAMS)
    assert set(texts(TEAMS)) - set(texts(organisation)) == set()
    check(organisation, json.loads((SCHEMAS / "organisation.schema.json").read_text(encoding="utf-8")))
    assert len(organisation["stadsdelen"]) == 10
    assert len(organisation["staff"]) == 16


def put(folder: Path, case: Any, name: str = "een.json") -> Path:
    (folder / name).write_text(case if isinstance(case, str) else json.dumps(case), encoding="utf-8")
    return folder


def test_a_folder_with_only_cases_will_do(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    done = run_script(put(source, source_of("kort-vraag")), target)
    assert done.returncode == 0, done.stderr
    case = json.loads((target / "cases" / "kort-vraag.json").read_text(encoding="utf-8"))
    assert json.loads((target / "later" / "kort-vraag.json").read_text(encoding="utf-8"))["professionals"][0]["plain_profile"]
    assert case["professionals"][0]["id"] == converted("kort-vraag")["professionals"][0]["id"]


def broken(change: str) -> Any:
    case = copy.deepcopy(source_of("kort-vraag"))
    if change == "missing":
        del case["inwoner"]["bsn"]
    elif change == "unknown":
        case["dossier"][2]["soort"] = "praatje"
    elif change == "extra":
        case["dossier"][0]["geheim"] = True
    elif change == "time":
        case["melding"]["tijd"] = "2026-01-13 10:40"
    elif change == "twice":
        case["dossier"][1]["nr"] = 1
    elif change == "nul":
        case["dossier"][0]["tekst"] += "\0"
    else:
        return change
    return case


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("missing", "$.inwoner: bsn is missing"),
        ("unknown", "$.dossier[2].soort"),
        ("extra", "$.dossier[0]: geheim does not belong here"),
        ("time", "$.melding.tijd"),
        ("twice", "$.dossier[1].nr"),
        ("nul", "$.dossier[0].tekst"),
        ("{niet goed", "line 1"),
        ("[]", "$: should be an object"),
    ],
)
def test_bad_input_is_named_with_file_and_path(tmp_path: Path, change: str, where: str) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    done = run_script(put(source, broken(change)), target)
    assert done.returncode == 1
    assert "een.json" in done.stderr
    assert where in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists(), "nothing is written when something is wrong"


def test_the_same_case_twice_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    empty = run_script(source, tmp_path / "target")
    assert empty.returncode == 1
    assert "no cases" in empty.stderr
    put(source, source_of("kort-vraag"))
    twice = run_script(put(source, source_of("kort-vraag"), "twee.json"), tmp_path / "target")
    assert twice.returncode == 1
    assert "twee.json" in twice.stderr
    assert "kort-vraag" in twice.stderr


def test_a_plain_profile_begins_with_the_first_thing_we_know() -> None:
    case = converted("psychose-herstel")
    people = {names_in(case)[person["id"]]: person for person in case["professionals"]}
    assert people["Sjoerd Kersten"]["joined_on"] == "2025-02-06", "he wrote before he was assigned"
    assert people["Karin Elbers"]["job_title"] == "teamleider"
