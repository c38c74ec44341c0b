"""The plan of the source becomes the plan of a case file: one version, with the last answer."""

from tests.unit.test_convert_cases import COLLEAGUES, names_in, source_of
from tools.cases.convert import convert_case


def test_a_plan_becomes_one_version_with_the_last_answer() -> None:
    source = source_of("partnergeweld")
    plan = convert_case(source, COLLEAGUES).case["plan"]
    [proposal] = plan["proposals"]
    assert (proposal["version"], proposal["settled_at"]) == (1, proposal["decision"]["recorded_at"])
    assert {text["agreed"] for part in plan["parts"] for text in part["texts"]} == {True}
    assert [text["part"] for text in proposal["texts"]] == [part["id"] for part in plan["parts"]]
    assert {part["audience"] for part in plan["parts"] if part["kind"] in ("veiligheid", "belangrijk")} == {"ik en mijn professional"}
    source["plan"]["instemming"][-1].update(besluit="niet akkoord", opmerking="Dit is niet mijn plan.")
    refused = convert_case(source, COLLEAGUES).case["plan"]
    assert (refused["proposals"][0]["version"], refused["proposals"][0]["decision"]["choice"]) == (None, "niet_akkoord")
    assert {text["agreed"] for part in refused["parts"] for text in part["texts"]} == {False}


def test_who_holds_an_action_and_has_no_part_is_a_name_in_the_plan() -> None:
    source = source_of("partnergeweld")
    source["plan"]["doelen"][0]["acties"][0].update(wie="De buurvrouw", status="open")
    source["plan"]["doelen"][0]["acties"][1].update(wie=source["professionals"][0]["naam"], status="klaar")
    case = convert_case(source, COLLEAGUES).case
    first, second = [part for part in case["plan"]["parts"] if part["kind"] == "actie"][:2]
    assert first["texts"][0]["holder"] == {"person": None, "name": "De buurvrouw"}
    assert names_in(case)[second["texts"][0]["holder"]["person"]] == source["professionals"][0]["naam"]
    assert ([step["status"] for step in first["steps"]], [step["status"] for step in second["steps"]]) == ([], ["klaar"])
