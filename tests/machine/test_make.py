"""What somebody on a fresh machine types: each target explained, and what is missing said in one sentence."""

import re
import shutil
import stat
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from portal.assets import ROOT

TOOLS = ("sh", "dirname", "cksum", "grep", "df", "awk", "tail", "cat")
PYTHON = "#!/bin/sh\n{}\n"


def script(path: Path, text: str) -> None:
    """Write a program."""
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout with the part that makes the virtual environment, and in ``bin`` hardly any program."""
    for folder in ("tools", "requirements", "bin"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "tools" / "make-venv", tmp_path / "tools")
    for name in ("base.txt", "dev.txt"):
        shutil.copy(ROOT / "requirements" / name, tmp_path / "requirements")
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (tmp_path / "bin" / name).symlink_to(found)
    return tmp_path


def make_venv(machine: Path, which: str = "base") -> tuple[int, str]:
    """Run tools/make-venv on that machine. Returns its exit code and all it said."""
    done = subprocess.run(
        ["/bin/sh", str(machine / "tools" / "make-venv"), which],
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def python_that(machine: Path, *, pip: str, own_pip: bool = True, ensurepip: str = "exit 0") -> None:
    """Put a Python there with whose pip something happens (shell text); ``venv`` makes that same Python again."""
    program = f"""#!/bin/sh
case "$*" in
  *"-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  *"-m pip --python"*"--version") exit {0 if own_pip else 1} ;;
  *"-m ensurepip"*) {ensurepip} ;;
  *"-m pip"*) {pip} ;;
esac
"""
    script(machine / "bin" / "python3.12", program)
    for name in ("mkdir", "cp"):
        found = shutil.which(name)
        assert found
        (machine / "bin" / name).symlink_to(found)


def test_every_target_is_explained_in_a_sentence() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    explained = dict(re.findall(r"^  make (\S+) +(.+)$", said, re.MULTILINE))
    assert set(explained) == targets
    assert all(text[0].isupper() and text.endswith(".") for text in explained.values())
    for target in ("demo", "clean-demo", "test", "check", "help"):
        assert target in targets


def test_what_has_to_pass_is_check_and_then_test() -> None:
    path = ROOT / ".ci" / "run"
    lines = path.read_text().splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]
    assert "set -eu" in lines
    assert path.stat().st_mode & stat.S_IXUSR


def test_no_python(machine: Path) -> None:
    assert make_venv(machine) == (
        1,
        "Python 3.11 or newer is missing. On Debian or Ubuntu: apt install python3 python3-venv",
    )


def test_a_python_that_is_too_old(machine: Path) -> None:
    script(machine / "bin" / "python3", PYTHON.format('case "$*" in *version_info*) exit 1;; esac'))
    code, said = make_venv(machine)
    assert code == 1
    assert said.startswith("Python 3.11 or newer is missing.")


def test_a_python_without_venv(machine: Path) -> None:
    script(machine / "bin" / "python3", PYTHON.format('case "$*" in *ensurepip*) exit 1;; esac'))
    assert make_venv(machine) == (
        1,
        "python3 is here, but without venv and pip. On Debian or Ubuntu: apt install python3-venv",
    )


@pytest.mark.parametrize(
    ("pip", "sentence"),
    [
        ("echo 'Failed to establish a new connection' >&2; exit 1", "There is no network"),
        ("echo 'OSError: No space left on device' >&2; exit 1", "The disk is full"),
        ("echo 'THESE PACKAGES DO NOT MATCH THE HASHES' >&2; exit 1", "A package is not what requirements/base.txt"),
        ("echo 'ERROR: odd' >&2; exit 1", "The packages can't be installed: ERROR: odd"),
    ],
)
def test_what_pip_runs_into_is_one_sentence(machine: Path, pip: str, sentence: str) -> None:
    python_that(machine, pip=pip)
    code, said = make_venv(machine)
    assert code == 1
    assert said.splitlines()[-1].startswith(sentence)
    assert not (machine / ".venv" / ".installed").exists()


def test_packages_are_installed_once_and_again_when_the_list_changes(machine: Path) -> None:
    python_that(machine, pip='echo "$*" >> calls')
    calls = machine / "calls"
    assert make_venv(machine, "dev")[0] == 0
    assert "--require-hashes" in calls.read_text()
    for which in ("dev", "base"):
        assert make_venv(machine, which) == (0, "")
    assert len(calls.read_text().splitlines()) == 1
    with (machine / "requirements" / "base.txt").open("a") as changed:
        changed.write("# changed\n")
    assert make_venv(machine, "base")[0] == 0
    assert len(calls.read_text().splitlines()) == 2


def test_a_pip_that_is_there_is_used(machine: Path) -> None:
    python_that(machine, pip='echo "$0 $*" >> calls', ensurepip="echo ensurepip >> calls")
    assert make_venv(machine)[0] == 0
    [call] = (machine / "calls").read_text().splitlines()
    assert call.startswith(f"{machine}/bin/python3.12 -m pip --python .venv/bin/python install ")


def test_a_python_without_pip_of_its_own_unpacks_one(machine: Path) -> None:
    python_that(machine, own_pip=False, pip='echo "$0 $*" >> calls', ensurepip="echo ensurepip >> calls")
    assert make_venv(machine)[0] == 0
    unpacked, call = (machine / "calls").read_text().splitlines()
    assert unpacked == "ensurepip"
    assert call.startswith(".venv/bin/python -m pip install ")


def test_a_pip_that_can_not_be_unpacked_is_said(machine: Path) -> None:
    python_that(machine, own_pip=False, pip="exit 0", ensurepip="exit 1")
    code, said = make_venv(machine)
    assert code == 1
    assert said.splitlines()[-1] == "python3.12 can't make pip ready. On Debian or Ubuntu: apt install python3-venv"


@pytest.mark.parametrize("which", ["base", "dev"])
def test_a_list_holds_all_that_its_packages_need(which: str) -> None:
    """Nothing is looked for beside the list, so what it forgets is not there."""
    lines = (ROOT / "requirements" / f"{which}.txt").read_text().splitlines()
    listed = [Requirement(line.removesuffix(" \\")) for line in lines if line[:1].isalnum()]
    here = {canonicalize_name(one.name) for one in listed if one.marker is None or one.marker.evaluate()}
    assert len(here) > 20
    for name in here:
        needed = [Requirement(text) for text in distribution(name).requires or ()]
        wanted = {canonicalize_name(one.name) for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})}
        assert wanted <= here, f"{name} needs {wanted - here}"


def test_a_virtual_environment_that_does_not_start_is_made_again(machine: Path) -> None:
    python_that(machine, pip="exit 0")
    assert make_venv(machine)[0] == 0
    script(machine / ".venv" / "bin" / "python", "#!/bin/sh\nexit 127\n")
    assert make_venv(machine)[0] == 0
    assert subprocess.run([machine / ".venv" / "bin" / "python"], check=False).returncode == 0
