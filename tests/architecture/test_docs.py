"""What is written about the program is so: the case database as documented, the README, and nothing that belongs to one machine."""

import hashlib
import hmac
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import psycopg
import pytest

from portal import codes
from portal.audit import Event, line_text, seal_hash_of
from portal.cli import main
from tests.conftest import PortalDatabase

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
CONTRACT = ROOT / "docs" / "case-database.md"
DOCUMENTS = sorted([README, ROOT / "static" / "README.md", ROOT / "translations" / "REVIEWERS.md", *(ROOT / "docs").rglob("*.md")])

ROLES = (
    "web_inwoner", "web_team", "web_onafhankelijk", "portaal_jobs", "portaal_operator", "casus_controle", "casus_uitvoer", "casus_vernietiger", "casus_program",
    "casus_acl",
)  # fmt: skip
LETTERS = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}
SHORT = {"timestamptz": "timestamp with time zone", "int": "integer"}

Connection = psycopg.Connection[tuple[object, ...]]
Fact = tuple[str, ...]


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of the same level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def rows(text: str) -> list[list[str]]:
    """The cells of every table row but the headings."""
    found = [[cell.strip() for cell in line.strip().strip("|").split(" | ")] for line in text.splitlines() if line.startswith("|")]
    rules = [number for number, cells in enumerate(found) if set("".join(cells)) <= {"-", "|"}]
    return [cells for number, cells in enumerate(found) if number not in rules and number + 1 not in rules]


def plain(cell: str) -> str:
    return cell.strip("`")


# --- the case database, as written and as it is: the same facts from both


def written_facts(text: str) -> set[Fact]:
    """Every column, right and function that docs/case-database.md names."""
    found: set[Fact] = set()
    for table in re.findall(r"^### `casus\.(\w+)`$", text, re.MULTILINE):
        for column, kind, _meaning, writers in rows(section(text, f"### `casus.{table}`")):
            kind, _, null = kind.partition(", ")
            base, many, _ = kind.partition("[]")
            found.add(("column", table, plain(column), SHORT.get(base, base) + many, null))
            found |= {("writes", table, plain(column), role) for role in re.findall(r"`(\w+)`", writers)}
    granted = section(text, "## Who may do what").partition("| table |")[2]
    named = re.findall(r"`(\w+)`", granted.partition("\n")[0])
    for table, *cells in rows("| table |" + granted):
        for role, cell in zip(named, cells, strict=True):
            found |= {("right", plain(table), role, right) for right in cell.split() if right != "–"}
    for name, arguments in re.findall(r"^### `casus_api\.(\w+)\((.*)\)`$", text, re.MULTILINE):
        found.add(("function", name, arguments))
        _before, heading, results = section(text, f"### `casus_api.{name}({arguments})`").partition("| result |")
        for result, kind, _meaning in rows(heading + results):
            found.add(("result", name, plain(result), SHORT.get(kind, kind)))
    return found


def live_facts(connection: Connection) -> set[Fact]:
    """The same from the catalogue of the database."""
    found: set[Fact] = set()

    def ask(kind: str, query: str, *values: object) -> None:
        found.update((kind, *(str(cell) for cell in row)) for row in connection.execute(query.encode(), values))

    relations = "pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    ours = "c.relnamespace = 'casus'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    ask(
        "column",
        f"SELECT relname, attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN '' ELSE 'null' END FROM {relations} WHERE {ours}",
    )
    ask(
        "writes",
        f"SELECT relname, attname, role FROM {relations} CROSS JOIN unnest(%s::text[]) role WHERE {ours}"
        " AND (has_column_privilege(role, c.oid, attnum, 'INSERT') OR has_column_privilege(role, c.oid, attnum, 'UPDATE'))",
        list(ROLES),
    )
    for letter, right in LETTERS.items():
        whole = f"has_table_privilege(role, c.oid, '{right}')"
        part = "false" if right == "DELETE" else f"has_any_column_privilege(role, c.oid, '{right}')"
        ask(
            "right",
            f"SELECT relname, role, CASE WHEN {whole} THEN '{letter}' ELSE '{letter}*' END FROM pg_class c"
            f" CROSS JOIN unnest(%s::text[]) role WHERE {ours} AND ({whole} OR {part})",
            list(ROLES),
        )
    functions = "pg_proc p WHERE p.pronamespace = 'casus_api'::regnamespace"
    ask("function", f"SELECT proname, pg_get_function_arguments(p.oid) FROM {functions}")
    ask(
        "result",
        "SELECT proname, proargnames[place], format_type(kind, NULL) FROM pg_proc p, unnest(proallargtypes) WITH ORDINALITY AS kinds (kind, place)"
        " WHERE p.pronamespace = 'casus_api'::regnamespace AND proargmodes[place] = 't'",
    )
    return found


def test_the_case_database_is_as_written(database: PortalDatabase) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        live = live_facts(admin)
    written = written_facts(read(CONTRACT))
    assert sorted(written - live) == [], "written, and not so"
    assert sorted(live - written) == [], "so, and not written"


CHANGES = {
    "a table": "CREATE TABLE casus.nieuw (id int)",
    "a view": "CREATE VIEW casus.nieuw AS SELECT 1 AS one",
    "a column": "ALTER TABLE casus.entry ADD nieuw text",
    "a column that is gone": "ALTER TABLE casus.household_member DROP birth_year",
    "another type": "ALTER TABLE casus.household_member ALTER birth_year TYPE int",
    "a column that must be filled": "ALTER TABLE casus.person ALTER infix SET NOT NULL",
    "a right": "GRANT DELETE ON casus.entry TO web_team",
    "a right on one column": "GRANT UPDATE (kind) ON casus.entry TO web_team",
    "a right that is gone": "REVOKE SELECT ON casus.entry FROM web_team",
    "a function": "CREATE FUNCTION casus_api.nieuw() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a function that is gone": "DROP FUNCTION casus_api.version()",
    "another argument": "CREATE FUNCTION casus_api.version(of text) RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_is_not_written_is_found(database: PortalDatabase, name: str) -> None:
    with psycopg.connect(database.admin_dsn) as admin:
        admin.execute(CHANGES[name].encode())
        live = live_facts(admin)
        admin.rollback()
    assert live ^ written_facts(read(CONTRACT))


def test_the_version_and_the_codes_are_as_written(database: PortalDatabase) -> None:
    text = read(CONTRACT)
    with psycopg.connect(database.admin_dsn) as admin:
        version = admin.execute("SELECT casus_api.version()").fetchone()
        allowed = admin.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'casus.read_log'::regclass AND conname = 'read_log_what_check'"
        ).fetchone()
    assert version
    assert f"\nVersion {version[0]}. " in text
    assert allowed
    assert {cells[0] for cells in rows(section(text, "### What was shown"))} == set(re.findall(r"'(\w+)'", str(allowed[0])))
    names: dict[str, dict[str, int]] = {
        "Section": codes.SECTIONS,
        "Leefdomein": {name or "none": code for name, code in codes.LEEFDOMEINEN.items()},
        "Entry kind": codes.ENTRY_KINDS,
        "Audience": codes.AUDIENCES,
        "Annotation kind": codes.ANNOTATION_KINDS,
        "Outcome": {name or "none": code for name, code in codes.OUTCOMES.items()},
    }
    for heading, expected in names.items():
        assert {name: int(code) for code, name in rows(section(text, f"### {heading}"))} == expected, heading
    assert codes.SCOPES.items() <= {name: int(code) for code, name in rows(section(text, "### Scope"))}.items()
    sql = "".join(read(path) for path in (ROOT / "migrations" / "rls").glob("*.sql"))
    written = re.findall(
        r"(?:log_(?:staff|dossier|account|person|repair|destruction)\(|INTO casus\.change_log \(event, subject_id\) VALUES \()'([a-z._]+)'",
        sql,
    )
    assert {cells[0] for cells in rows(section(text, "### Event"))} == {*(event.value for event in Event), *written}


def test_the_examples_come_out_as_written() -> None:
    text = read(CONTRACT)
    token = re.search(r"^    v1\.(.+)\.([0-9a-f]{64})$", text, re.MULTILINE)
    assert token
    assert hmac.new(bytes(range(32)), token[1].encode(), hashlib.sha256).hexdigest() == token[2]
    line = re.search(r"^    (42␟.+)$", text, re.MULTILINE)
    assert line
    session = "00000000-0000-4000-8000-000000000001"
    begun = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
    reader = (17, "Iris Bouwman", "inwoner", None, "inwoner", "", "web_inwoner", session)
    fields = (42, begun, "801", 7, None, "overzicht", 2, [101, 102], *reader)
    assert line[1].replace("␟", "\x1f").encode() == line_text(fields)
    row_hash = hashlib.sha256(line_text(fields)).digest()
    rows_hash = hashlib.sha256(row_hash).digest()
    seal = seal_hash_of(b"", 1, begun + timedelta(minutes=1), 802, 1, rows_hash)
    for name, value in {"row_hash ": row_hash.hex(), "rows_hash": rows_hash.hex(), "hash     ": seal.hex()}.items():
        assert f"    {name} {value}\n" in text, name


# --- the README and the other documents


def folders() -> set[str]:
    """The folders of a checkout, and the parts of portal/."""
    passing = {"node_modules", "var", "build"}
    top = {
        f"{path.name}/"
        for path in ROOT.iterdir()
        if path.is_dir() and (path.name == ".ci" or not path.name.startswith(".")) and path.name not in passing
    }
    return top | {f"portal/{path.name}/" for path in (ROOT / "portal").iterdir() if (path / "__init__.py").exists()}


def wrong_tour(text: str) -> set[str]:
    """Folders that the tour names and are not there, and that are there and it doesn't name."""
    return {plain(cells[0]) for cells in rows(section(text, "## Folders"))} ^ folders()


def wrong_targets(text: str) -> set[str]:
    """``make`` targets that a text names and that don't exist, or that `make help` doesn't explain."""
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)`", text)) | set(re.findall(r"^    make ([a-z][a-z-]*)", text, re.MULTILINE))
    explained = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {target for target in named if not re.search(rf"^  make {target} +\w.*\.$", explained, re.MULTILINE)}


def wrong_commands(text: str) -> set[str]:
    """Commands of the operator that a text names and that don't exist."""
    known = set(main.list_commands(click.Context(main)))
    return set(re.findall(r"`(?:python -m )?portal ([a-z][a-z-]*)", text)) - known


def wrong_links(path: Path, text: str) -> set[str]:
    """Links to files and headings that are not there."""
    found = set()
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        where, _, heading = link.partition("#")
        target = (path.parent / where).resolve() if where else path
        if link.startswith(("https:", "tel:")):
            continue
        words = re.findall(r"^#+ (.+)$", text if target == path else read(target) if target.is_file() else "", re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", word.lower()).replace(" ", "-") for word in words}
        if not target.exists() or (heading and heading not in anchors):
            found.add(link)
    return found


def wrong_paths(text: str) -> set[str]:
    """Files and folders of ours that a text names and that are not there; what is built is made later."""
    tops = "|".join(re.escape(folder.rstrip("/")) for folder in folders() if folder.count("/") == 1)
    named = {path.rstrip(".") for path in re.findall(rf"`((?:{tops})/[\w./*-]*)`", text)}
    return {path for path in named if not path.startswith("static/build") and not list(ROOT.glob(path.rstrip("/")))}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(path: Path) -> None:
    text = read(path)
    assert wrong_targets(text) == set()
    assert wrong_commands(text) == set()
    assert wrong_links(path, text) == set()
    assert wrong_paths(text) == set()


def test_the_readme_names_every_folder() -> None:
    assert wrong_tour(read(README)) == set()


def wrong_decision(text: str) -> list[str]:
    """What a decision lacks."""
    parts = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    wrong = [] if re.match(r"\d+\. ", parts[0]) and parts[1:] == ["Context", "Decision", "Consequences"] else [f"parts: {parts}"]
    return wrong + (["more than 25 lines"] if text.count("\n") > 25 else [])


def test_decisions_are_short_and_in_the_list() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", read(ROOT / "docs" / "decisions" / "README.md"), re.MULTILINE)
    assert listed == [(read(path).splitlines()[0].removeprefix("# "), path.name) for path in decisions]
    assert {path.name: wrong_decision(read(path)) for path in decisions if wrong_decision(read(path))} == {}
    assert wrong_decision(read(decisions[0]).replace("## Context", "## Why"))
    assert wrong_decision(read(decisions[0]) + "\n" * 10)


def test_every_target_is_explained() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", read(ROOT / "Makefile"), re.MULTILINE)
    assert targets
    assert wrong_targets("".join(f"`make {target}`" for target in targets)) == set()


# A sentence that is wrong in one way, added to the README, and who finds it.
WRONG: dict[str, tuple[str, Callable[[str], set[str]]]] = {
    "a folder that is not there": ("\n## Folders\n\n| folder | what |\n|---|---|\n| `nergens/` | nothing |\n", wrong_tour),
    "a target that is not there": ("Say `make nothing`.", wrong_targets),
    "a command that is not there": ("Say `python -m portal nothing`.", wrong_commands),
    "a link to nothing": ("See [this](docs/nothing.md).", lambda text: wrong_links(README, text)),
    "a link to no heading": ("See [this](docs/words.md#nothing).", lambda text: wrong_links(README, text)),
    "a file that is not there": ("See `portal/nothing.py`.", wrong_paths),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_in_a_document_is_found(name: str) -> None:
    words, look = WRONG[name]
    assert look(words)


# --- nothing that belongs to the machine on which it was made

_SKIP = {".git", ".venv", "node_modules", "var", "build", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
_REGISTRY = re.compile(
    r"https?://[^\s/\"']*(?:pypi|pythonhosted|npmjs|registry|artifact|nexus|mirror|yarnpkg|crates\.io|golang)|pypi\.(?:org|python)|"
    r"registry\.(?:npmjs|yarnpkg)|files\.pythonhosted|--(?:extra-)?index[-]url|--find[-]links|\"resolved\"\s*:"
)
_MACHINE = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|workspace|builds|mnt|private)/[\w.]")


def own_files() -> Iterator[Path]:
    """Every file of a checkout, but not what is installed or built."""
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in _SKIP and Path(folder, name) != ROOT / "static" / "build"]
        yield from (Path(folder, name) for name in names)


def of_one_machine(text: str) -> list[str]:
    """What a text says of a registry or of folders on one machine."""
    own = [str(ROOT) + "/", str(Path.home()) + "/"]
    found = [line.strip() for line in text.splitlines() if _REGISTRY.search(line) or _MACHINE.search(line)]
    return found + [line.strip() for line in text.splitlines() if any(len(path) > 6 and path in line for path in own)]


def test_nothing_names_a_registry_or_a_machine() -> None:
    found = {}
    for path in own_files():
        try:
            text = read(path)
        except UnicodeDecodeError:
            continue
        if lines := of_one_machine(text):
            found[str(path.relative_to(ROOT))] = lines[:3]
    assert found == {}


@pytest.mark.parametrize(
    "words",
    [
        "https://" + "pypi" + ".org/simple/flask",
        '"resolved"' + ': "x"',
        "--index" + "-url https://example.nl",
        "https://npm." + "registry.example.nl/htmx",
        "see /" + "home/iemand/project",
        "see /" + "root/.bashrc",
        f"see {ROOT}/README.md",
    ],
)
def test_a_registry_or_a_machine_is_found(words: str) -> None:
    assert of_one_machine(words)


def test_ordinary_addresses_and_folders_are_left_alone() -> None:
    assert of_one_machine("https://www.rijksoverheid.nl/registers /var/lib/postgresql /tmp/x docs/work/ ~/work/x") == []
