"""The rules of the structure (README, docs/decisions), held by machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PORTAL = ROOT / "portal"
# Packages that run or fill the program instead of being part of it.
TOOLS = {"demo"}
KNOWS_ALL = {"app.py", "cli.py"}
SLICES = sorted(path.name for path in PORTAL.iterdir() if (path / "__init__.py").exists() and path.name not in TOOLS)
SLICE_FILES = {
    "__init__.py", "models.py", "queries.py", "commands.py", "forms.py", "routes.py", "team_routes.py", "onafhankelijk_routes.py", "jobs.py", "cli.py",
}  # fmt: skip
SOURCES = sorted(path for path in PORTAL.rglob("*.py") if "demo" not in path.relative_to(PORTAL).parts)

_SERVERS_DAY = re.compile(r"\b(current_date|current_time|localtime|localtimestamp)\b|now\(\)::|_at::date", re.IGNORECASE)


def imports(path: Path) -> Iterator[str]:
    """Every module of ours that a file imports, at any depth."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "portal":
            package = node.module == "portal" or node.module.removeprefix("portal.") in SLICES
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if package else [node.module]
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "portal")


def slice_of(path: Path) -> str | None:
    """The slice a file stands in, or None for the kernel."""
    first = path.relative_to(PORTAL).parts[0]
    return first if first in SLICES else None


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_slice_uses_only_the_kernel_and_another_slices_queries_and_commands(path: Path) -> None:
    own = slice_of(path)
    for module in imports(path):
        parts = module.split(".")
        if len(parts) < 2 or parts[1] not in SLICES or parts[1] == own:
            continue
        if own is None:
            assert path.name in KNOWS_ALL, f"the kernel imports {module}"
        else:
            assert len(parts) > 2, f"imports the whole slice {module}"
            assert parts[2] in ("queries", "commands", "models", "steps", "pdfs"), f"reaches into {module}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_one_place_commits_and_one_place_refuses(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "commit" and isinstance(node.func, ast.Attribute):
            assert path.name in ("db.py", "jobs.py"), "commits"
        if name == "abort" and node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value == 403:
            assert path.name == "policy.py", "refuses"


@pytest.mark.parametrize("path", sorted(PORTAL.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400, "a file has at most 400 lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 60, f"{node.name} has at most 60 lines"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_stay_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= (80 if path.name == "base.html" else 200)


@pytest.mark.parametrize("name", SLICES)
def test_slices_have_the_same_rooms(name: str) -> None:
    extra = {path.name for path in (PORTAL / name).glob("*.py")} - SLICE_FILES
    allowed = {
        "accounts": {"first_time.py", "methods.py", "own_sign_in.py", "passwords.py", "sessions.py", "totp.py"},
        "choice": {"continuity.py", "matching.py", "wish_forms.py", "wish_routes.py", "wishes.py", "words.py"},
        "documents": {"kinds.py", "looking.py", "packed.py", "pdfs.py", "pictures.py", "reasons.py", "scanner.py"},
        "ending": {"own_routes.py"},
        "evaluation": {"own_routes.py"},
        "handover": {"own_routes.py", "packing.py", "receiver_routes.py"},
        "intake": {"drafts.py", "steps.py"},
        "norms": {"figures.py"},
        "plan": {
            "agreement_routes.py",
            "asks.py",
            "examples.py",
            "goal_routes.py",
            "household.py",
            "household_routes.py",
            "pdfs.py",
            "pressure.py",
            "pressure_routes.py",
            "remark_routes.py",
            "remarks.py",
            "steps.py",
        },
        "sharing": {"access_routes.py", "organisation_routes.py", "plan_routes.py", "steps.py"},
        "taking": {"papers.py", "pdfs.py"},
    }
    assert extra <= allowed.get(name, set()), "a slice has the file names that every slice has"


def test_nothing_in_the_program_is_unescaped_by_hand() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path.name
        assert "hx-on" not in text, path.name
        assert "onclick" not in text, path.name


def test_no_sql_takes_the_day_of_the_server() -> None:
    """The day is acl.today(): between 23:00 and 24:00 UTC that of a server is another one than that of people here."""
    for path in (*(ROOT / "migrations" / "rls").glob("*.sql"), *(ROOT / "portal").rglob("*.py")):
        found = _SERVERS_DAY.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found and found.group()}"
