"""What the browser gets: small, named by its content, with the notices of others beside it."""

import json
from pathlib import Path

import pytest

from portal import assets


def test_comments_and_space_go_but_strings_stay() -> None:
    css = """/* why */
    .a::before { content: "/* stays */  ; two" ; margin: calc(1px + 2px) ,  0 }
    @media (width < 20rem) and (hover) { b , i { color : red; } }
    """
    assert assets.minify_css(css) == (
        '.a::before{content: "/* stays */  ; two";margin: calc(1px + 2px),0}@media (width < 20rem) and (hover){b,i{color : red;}}'
    )


def test_every_built_file_is_named_by_its_content_and_known_by_its_name() -> None:
    manifest = assets.build()
    assert {"portal.css", "htmx.js"} <= set(manifest)
    assert {path.name for path in assets.BUILD.iterdir()} == {
        *manifest.values(),
        "manifest.json",
        "third-party-notices.txt",
    }
    assert assets.build() == manifest
    assert assets.asset_url("portal.css") == f"/static/build/{manifest['portal.css']}"


def test_an_unknown_file_is_an_error_not_an_empty_address() -> None:
    with pytest.raises(assets.BuildError, match=r"nothing\.css"):
        assets.asset_url("nothing.css")


def test_the_notices_name_every_package_with_its_licence() -> None:
    text = assets.notices()
    for name in [*assets.components(), "htmx.org"]:
        assert f"{name} " in text
    assert "EUPL-1.2" in text
    assert "Zero-Clause BSD" in text


def test_css_over_the_budget_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "CSS_BUDGET", 1000)
    with pytest.raises(assets.BuildError, match="budget"):
        assets.build()


def test_the_pages_fetch_nothing_from_elsewhere() -> None:
    manifest = assets.build()
    css = (assets.BUILD / manifest["portal.css"]).read_text()
    assert "http:" not in css
    assert "https:" not in css
    assert "@import" not in css


def test_the_lock_files_name_no_host() -> None:
    for name in ("package-lock.json", "requirements/base.txt", "requirements/dev.txt"):
        text = (assets.ROOT / name).read_text()
        assert "://" not in text, name
        assert "resolved" not in text, name


def test_every_package_is_locked_by_hash_and_exact_version() -> None:
    lock = json.loads((assets.ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    wanted = json.loads((assets.ROOT / "package.json").read_text())
    assert set(assets.components()) | {"htmx.org"} == set(wanted["dependencies"])
    assert all(version[0].isdigit() for version in wanted["dependencies"].values())


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("npm error code ENOTFOUND\nnpm error network request failed", "There is no network"),
        ("npm error code ENOSPC", "The disk is full"),
        ("npm error Invalid: lock file", "npm can't install the packages for the pages: npm error Invalid"),
    ],
)
def test_why_npm_failed_is_one_plain_sentence(output: str, sentence: str) -> None:
    text = assets._why_npm_failed(output)
    assert text.startswith(sentence)
    assert "\n" not in text


def test_nothing_built_or_of_others_is_in_the_repository() -> None:
    ignored = {line.rstrip("/") for line in Path(assets.ROOT / ".gitignore").read_text().splitlines()}
    assert {"/static/build", "/node_modules", "/var", "/.venv"} <= ignored
