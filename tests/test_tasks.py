"""tasks.py as a person meets it: started as a program, in a small project of its own, without a network."""

import ast
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

TASKS = Path(__file__).parent.parent / "tasks.py"

PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1.0"
"""

# Builds the project without setuptools, which would have to be downloaded.
BACKEND = """\
import os, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("tiny.pth", os.getcwd())
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    return name
"""

# Stands for uv: hands the call to pip, and does what the test asks for.
UV = """\
import os, signal, subprocess, sys

if os.environ.get("TEST_UV") == "fails":
    sys.exit("uv: not on this machine")
if os.environ.get("TEST_UV") == "is killed":
    os.kill(os.getppid(), signal.SIGKILL)
arguments = [word for word in sys.argv[1:] if word != "--compile-bytecode"]
sys.exit(subprocess.call([sys.executable, "-m", *arguments]))
"""

# Stand for the programs that tasks.py starts; found first, in the project's folder.
PROGRAM = """\
import os, sys
print("{name}", *sys.argv[1:], "colours" if "FORCE_COLOR" in os.environ else "plain", flush=True)
sys.exit({name!r} in os.environ.get("TEST_FAILS", "").split())
"""
BUILD = """\
import os, pathlib, sys
print("built with", *sys.argv[1:], flush=True)
pathlib.Path("reports").mkdir(exist_ok=True)
pathlib.Path("reports/index.html").touch()
sys.exit(int(os.environ.get("TEST_FAILS", "0")))
"""


def make_wheel(folder: Path, name: str, files: dict[str, str]) -> str:
    """Put a package with these files into a folder; its line for a lock."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in (files | {f"{name}-1.0.dist-info/{key}": text for key, text in info.items()}).items():
            wheel.writestr(file, text)
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Project:
    """A small project with tasks.py in it, and the packages that its lock pins in a folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "项目 one"
        self.packages = folder / "packages"
        self.root.mkdir(parents=True)
        self.packages.mkdir()
        shutil.copy(TASKS, self.root)
        self.write("pyproject.toml", PYPROJECT)
        self.write("backend.py", BACKEND)
        uv = make_wheel(self.packages, "uv", {"uv/__init__.py": "", "uv/__main__.py": UV})
        self.lock = make_wheel(self.packages, "pinned", {"pinned.py": ""}) + uv
        self.write("requirements.lock", self.lock)
        self.stamp = self.root / ".venv" / "set-up.json"

    def write(self, name: str, text: str) -> Path:
        """Write a file of the project."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run tasks.py with nothing of the outer environment that could lead it elsewhere."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "CI", "PY"))}
        offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.packages)}
        return subprocess.run(
            [sys.executable, "tasks.py", *arguments],
            cwd=self.root,
            env=kept | offline | {"PYTHONIOENCODING": "utf-8"} | variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def can_import(self, name: str) -> bool:
        """Whether the environment has a package."""
        python = self.root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        command = [python, "-c", f"import {name}"]
        return subprocess.run(command, cwd=self.packages, capture_output=True, check=False).returncode == 0


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was not set up."""
    return Project(tmp_path)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project that was set up once, for the tests that only use the environment."""
    made = Project(tmp_path_factory.mktemp("ready"))
    done = made.run("setup")
    assert done.returncode == 0, done.stderr
    for name in ("ruff", "mypy", "pytest"):
        made.write(f"{name}.py", PROGRAM.format(name=name))
    made.write("compare.py", BUILD)
    return made


# --- the call ---------------------------------------------------------------------------------------------------------


def test_help_lists_every_command(project: Project) -> None:
    """--help says what there is, sets nothing up, and is no failure."""
    done = project.run("--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in ("setup", "report", "test", "lab", "lock", "clean"))
    assert not (project.root / ".venv").exists()


@pytest.mark.parametrize("arguments", [("bulid",), (), ("setup", "now"), ("clean", "--all")])
def test_wrong_call_is_refused(project: Project, arguments: tuple[str, ...]) -> None:
    """A command or argument that does not exist gives exit code 2 and the list of what does, and does nothing."""
    done = project.run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert "usage: python tasks.py" in done.stderr
    assert not (project.root / ".venv").exists()


def test_older_python_is_told_what_is_needed() -> None:
    """A Python before 3.11 reads the file and ends with one sentence."""
    ast.parse(TASKS.read_text(encoding="utf-8"), feature_version=(3, 7))
    program = f"import runpy, sys; sys.version_info = (3, 10, 1); runpy.run_path({str(TASKS)!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: this project needs Python 3.11 or later")
    assert "Traceback" not in done.stderr


# --- setting up -------------------------------------------------------------------------------------------------------


def test_set_up_installs_the_lock_and_the_project(ready: Project) -> None:
    """After it, what the lock pins and the project itself can be imported."""
    assert ready.stamp.exists()
    assert ready.can_import("pinned")
    assert ready.can_import("backend")


def test_second_set_up_does_nothing(ready: Project) -> None:
    """Where the environment is what the lock says, no file of it is touched."""
    before = ready.stamp.stat().st_mtime_ns
    done = ready.run("setup", TEST_UV="fails", PIP_FIND_LINKS="")
    assert done.returncode == 0
    assert done.stdout.strip().endswith("is up to date.")
    assert ready.stamp.stat().st_mtime_ns == before


def test_settings_of_tools_need_no_new_set_up(ready: Project) -> None:
    """Only what decides on packages is looked at, not what ruff or pytest are told."""
    ready.write("pyproject.toml", PYPROJECT + "[tool.ruff]\nline-length = 100\n")
    done = ready.run("setup", TEST_UV="fails")
    ready.write("pyproject.toml", PYPROJECT)
    assert done.stdout.strip().endswith("is up to date.")


def test_changed_lock_is_brought_into_the_environment(ready: Project) -> None:
    """A package that the lock gained is there after the next call, and what a person added stays."""
    kept = next(ready.root.glob(".venv/**/pinned.py")).with_name("added_by_hand.py")
    kept.touch()
    ready.write("requirements.lock", make_wheel(ready.packages, "gained", {"gained.py": ""}) + ready.lock)
    done = ready.run("setup")
    assert done.returncode == 0, done.stderr
    assert ready.can_import("gained")
    assert kept.exists()


def test_moved_project_is_not_taken_as_set_up(ready: Project, tmp_path: Path) -> None:
    """An environment that was made in another folder, to which its programs point, does not count in this one."""
    moved = shutil.copytree(ready.root, tmp_path / "moved", symlinks=True)
    program = "import tasks; print(tasks.read_stamp()['python'] == tasks.describe_python())"
    for folder, expected in ((ready.root, "True"), (moved, "False")):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


def test_failed_set_up_leaves_nothing_that_looks_done(project: Project) -> None:
    """A package that is not what the lock says stops it with a message, and the next run starts over and succeeds."""
    right_hash = project.lock.split("sha256:")[1].split()[0]
    project.write("requirements.lock", project.lock.replace(right_hash, "0" * 64))
    failed = project.run("test")
    assert failed.returncode == 1
    assert "error: a package or the project itself could not be installed" in failed.stderr
    assert "run `python tasks.py setup` again" in failed.stderr
    assert "== pytest" not in failed.stdout
    assert not project.stamp.exists()

    project.write("requirements.lock", project.lock)
    again = project.run("setup")
    assert again.returncode == 0, again.stderr
    assert "Setting up .venv" in again.stderr
    assert project.can_import("pinned")


def test_without_network_it_says_so(project: Project) -> None:
    """Where no index answers, the message names the network and not a package."""
    nowhere = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    done = project.run("setup", **nowhere)
    assert done.returncode == 1
    assert "error: no package index can be reached: is there a network?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not project.stamp.exists()


def test_pip_does_it_where_uv_cannot(project: Project) -> None:
    """Without a uv that runs here, pip installs the same, hashes checked."""
    done = project.run("setup", TEST_UV="fails")
    assert done.returncode == 0, done.stderr
    assert "trying with pip" in done.stderr
    assert project.can_import("pinned")
    assert project.can_import("backend")


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not on Windows")
def test_killed_set_up_is_done_again(project: Project) -> None:
    """A set-up that was cut off in the middle is not taken for done."""
    killed = project.run("setup", TEST_UV="is killed")
    assert killed.returncode < 0
    assert (project.root / ".venv").exists()
    assert not project.stamp.exists()


def test_missing_lock_is_named(project: Project) -> None:
    """A project without its lock is an error of the input, and no environment is begun."""
    (project.root / "requirements.lock").unlink()
    done = project.run("setup")
    assert done.returncode == 2
    assert "requirements.lock" in done.stderr
    assert not (project.root / ".venv").exists()


# --- what the commands start ------------------------------------------------------------------------------------------


def test_checks_run_in_order_and_pytest_closes(ready: Project) -> None:
    """`test` runs ruff, its formatter, mypy and pytest, hands its arguments to pytest, and adds nothing after it."""
    done = ready.run("test", "-k", "units")
    assert done.returncode == 0
    started = [line for line in done.stdout.splitlines() if not line.startswith("==")]
    assert started == ["ruff check plain", "ruff format --check plain", "mypy plain", "pytest -k units plain"]
    assert done.stdout.splitlines()[-1] == "pytest -k units plain"
    assert done.stderr == ""


@pytest.mark.parametrize("failing", ["ruff", "mypy", "pytest", "ruff mypy pytest"])
def test_failed_check_stops_no_other(ready: Project, failing: str) -> None:
    """Every check runs, pytest last, and the exit code tells of any that failed."""
    done = ready.run("test", TEST_FAILS=failing)
    assert done.returncode == 1
    assert "mypy plain" in done.stdout
    assert done.stdout.splitlines()[-1] == "pytest plain"
    assert ("failed: " in done.stdout) == (failing != "pytest")


def test_ci_gets_plain_output(ready: Project) -> None:
    """With CI set, no program is told to use colours, whatever the shell says."""
    assert "pytest colours" in ready.run("test", FORCE_COLOR="1").stdout
    assert "pytest plain" in ready.run("test", FORCE_COLOR="1", CI="true").stdout


def test_report_ends_with_the_place_of_the_index(ready: Project) -> None:
    """`report` hands its arguments to the build and closes with where to look."""
    done = ready.run("report", "--jobs", "1")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "built with build --jobs 1",
        f"Reports: {ready.root / 'reports' / 'index.html'}",
    ]


def test_report_tells_of_failed_reports(ready: Project) -> None:
    """The exit code is the build's, and the reports that were built can still be found."""
    done = ready.run("report", TEST_FAILS="1")
    assert done.returncode == 1
    assert "Reports: " in done.stdout


# --- cleaning ---------------------------------------------------------------------------------------------------------

SOURCES = [
    "data/plans/one.txt",
    "data/targets/targets.csv",
    "src/compare/figures/ranking.py",
    "src/compare/build/kept.py",
    "tests/test_one.py",
    "tests/data/reports/kept.html",
    "notebooks/one.ipynb",
    "params/one/all.yaml",
    "notes.txt",
]
BUILT = [
    "figures/one/all/chart.png",
    "reports/index.html",
    "build/lib/one.py",
    "dist/one.whl",
    "src/tiny.egg-info/PKG-INFO",
    "src/compare/__pycache__/one.pyc",
    "tests/__pycache__/one.pyc",
    "notebooks/.ipynb_checkpoints/one.ipynb",
    ".pytest_cache/one",
    ".mypy_cache/one",
    ".ruff_cache/one",
    ".hypothesis/one",
    ".venv/pyvenv.cfg",
]


def list_files(root: Path) -> set[str]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_clean_removes_what_was_built_and_nothing_else(project: Project) -> None:
    """Sources stay, also in folders that bear the name of a built one, and cleaning twice is no error."""
    before = list_files(project.root)
    for name in [*SOURCES, *BUILT]:
        project.write(name, "")
    done = project.run("clean")
    assert done.returncode == 0
    assert list_files(project.root) == before | set(SOURCES)
    assert project.run("clean").stdout == ""


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_clean_does_not_follow_links(project: Project) -> None:
    """Where reports/ is a link, the link goes and what it points to stays."""
    elsewhere = project.packages / "kept.html"
    elsewhere.touch()
    (project.root / "reports").symlink_to(project.packages)
    assert project.run("clean").returncode == 0
    assert not (project.root / "reports").is_symlink()
    assert elsewhere.exists()
