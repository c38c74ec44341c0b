"""Converts the demo's source material into the exchange format of docs/case-format.md.

    python tools/convert_cases.py SOURCE_DIR TARGET_DIR

SOURCE_DIR holds cases that fit tools/source/casus-bron.schema.json, in a folder ``casussen`` or
directly, and may hold ``teams.json``. In TARGET_DIR come ``cases/``, ``later/`` (what the case
database has no place for yet), ``private/`` (complaints and independent support, never in a
dossier) and, when there is a teams.json, ``organisation.json``. When anything is wrong nothing is
written, and each mistake is named with its file and its place in it.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from portal.json_schema import SchemaMismatchError, check
from tools.cases.convert import Converted, convert_case
from tools.cases.organisation import Colleagues, convert_organisation

_SCHEMA = Path(__file__).with_name("source") / "casus-bron.schema.json"


class SourceError(Exception):
    """The source can't be converted; the text says which file, where in it, and what is wrong."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the script; gives 0, or 1 when the source is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, metavar="SOURCE_DIR")
    parser.add_argument("target", type=Path, metavar="TARGET_DIR")
    options = parser.parse_args(arguments)
    try:
        files, notes = convert_folder(options.source)
    except SourceError as problem:
        print(problem, file=sys.stderr)
        return 1
    for name, content in files.items():
        path = options.target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for note in notes:
        print(f"Note: {note}")
    print(f"{len(files)} files written in {options.target}.")
    return 0


def convert_folder(source: Path) -> tuple[dict[str, Any], list[str]]:
    """The files to write (path in the target → content) and notes. Raises ``SourceError``."""
    teams_file = source / "teams.json"
    teams = _read(teams_file) if teams_file.exists() else None
    folder = source / "casussen" if (source / "casussen").is_dir() else source
    paths = [path for path in sorted(folder.glob("*.json")) if path != teams_file and ".schema." not in path.name]
    if not paths:
        raise SourceError(f"{folder}: no cases (files *.json) found.")
    files: dict[str, Any] = {}
    problems: list[str] = []
    notes: list[str] = []
    try:
        colleagues = Colleagues.of(teams)
        if teams is not None:
            files["organisation.json"] = convert_organisation(teams)
    except (KeyError, TypeError) as problem:
        raise SourceError(f"{teams_file}: {problem} is missing or not right.") from problem
    for path in paths:
        try:
            converted = _convert_file(path, colleagues)
        except SourceError as problem:
            problems.append(str(problem))
            continue
        name = f"{converted.name}.json"
        if f"cases/{name}" in files:
            problems.append(f"{path}: $.casus: {converted.name} stands in another file too.")
        files[f"cases/{name}"] = converted.case
        files[f"later/{name}"] = converted.later
        if converted.private:
            files[f"private/{name}"] = converted.private
        notes += converted.notes
    if problems:
        raise SourceError("\n".join(problems))
    return files, notes


def _convert_file(path: Path, colleagues: Colleagues) -> Converted:
    source = _read(path)
    try:
        check(source, json.loads(_SCHEMA.read_text(encoding="utf-8")))
    except SchemaMismatchError as mismatch:
        raise SourceError("\n".join(f"{path}: {problem}" for problem in mismatch.problems)) from mismatch
    seen: set[int] = set()
    for position, entry in enumerate(source["dossier"]):
        if entry["nr"] in seen:
            raise SourceError(f"{path}: $.dossier[{position}].nr: {entry['nr']} is used twice.")
        seen.add(entry["nr"])
    return convert_case(source, colleagues)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise SourceError(f"{path}: not valid JSON at {place}.") from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise SourceError(f"{path}: can not be read ({problem}).") from problem


if __name__ == "__main__":
    sys.exit(main())
