"""``portal staff`` and ``portal accounts``: the first administrator, and who can't sign in any more."""

import re

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.paper_code import new_code
from tests.routes.conftest import Browser, Town, words_of


@pytest.fixture
def run(town: Town) -> "Run":
    return Run(town)


class Run:
    """Runs a command as the operator."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def __call__(self, *arguments: str, role: str = "portaal_operator") -> tuple[int, str]:
        done = CliRunner().invoke(main, list(arguments), env={"MBT_DATABASE_URL": self.town.database.url(role)})
        return done.exit_code, done.output


def _start(browser: Browser, username: str, code: str) -> int:
    return browser.send("/eerste-keer", {"login": username, "start_code": code}).status_code


def _after(label: str, said: str) -> str:
    found = re.search(rf"{label}: +(\S+)", said)
    assert found, said
    return found[1]


def test_the_first_administrator_is_made_by_a_command(town: Town, run: Run) -> None:
    add = ("staff", "add", "--first-name", "Iris", "--infix", "de", "--last-name", "Groot", "--job-title", "Beheerder")
    status, said = run(*add, "--role", "beheerder")
    assert status == 0
    assert _after("User name", said) == "iris.degroot"
    assert _start(town.browser("team"), "iris.degroot", _after("Start code", said)) == 303
    assert run(*add, "--role", "professional")[0] == 1
    status, said = run(*add, "--role", "professional", "--team", "noord")
    assert (status, _after("User name", said)) == (0, "iris.degroot2")
    status, said = run(*add, "--role", "professional", "--team", "Oost")
    assert (status, said) == (1, "Error: There is no team Oost. Teams: Noord, Zuid.\n")
    assert re.search(r"^iris.degroot2 +professional +Noord +Iris de Groot$", run("staff", "list")[1], re.MULTILINE)


def test_role_code_and_end(town: Town, run: Run) -> None:
    person = town.staff()
    theirs = town.signed_in(person)
    assert run("staff", "role", person.username, "teamleider", "--team", "Zuid")[0] == 0
    assert "Medewerkers" in theirs.get("/").text
    status, said = run("staff", "code", person.username.upper())
    assert (status, theirs.get("/").status_code) == (0, 303)
    assert _start(town.browser("team"), person.username, _after("Start code", said)) == 303
    assert run("staff", "end", person.username)[0] == 0
    assert _start(town.browser("team"), person.username, _after("Start code", said)) == 422
    assert run("staff", "end", person.username) == (1, f"Error: Nobody with the user name {person.username} works here.\n")


def test_a_resident_gets_a_new_code(town: Town, run: Run) -> None:
    person = town.person()
    theirs = town.signed_in(person)
    status, said = run("accounts", "code", person.username)
    assert (status, theirs.get("/mijn-inloggen").status_code) == (0, 303)
    assert town.browser("inwoner").sign_in(person).status_code == 422
    assert _start(town.browser("inwoner"), person.username, _after("Start code", said)) == 303
    assert run("accounts", "code", "bestaat.niet") == (1, "Error: Nobody has the user name bestaat.niet there.\n")
    # Colleagues are not reached this way.
    assert run("accounts", "code", town.staff().username)[0] == 1


def test_only_the_operator_may(town: Town, run: Run) -> None:
    for role in ("web_team", "casus_owner"):
        for command in (("staff", "list"), ("accounts", "code", "x")):
            status, said = run(*command, role=role)
            assert (status, said) == (1, "Error: MBT_DATABASE_URL must be the address with which portaal_operator signs in.\n")


def test_a_new_start_code_can_be_used_after_the_old_one(town: Town, run: Run) -> None:
    person = town.person(start_code=new_code())
    said = run("accounts", "code", person.username)[1]
    browser = town.browser("inwoner")
    assert "horen niet bij elkaar" in words_of(
        browser.send("/eerste-keer", {"login": person.username, "start_code": person.start_code or ""})
    )
    assert _start(browser, person.username, _after("Start code", said)) == 303
