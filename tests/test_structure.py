"""The shape of the library: which module may import which, how long one gets, and what no file of the project says."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "compare"

# A module imports only modules that stand before it here.
ORDER = [
    "errors",
    "definitions",
    "text",
    "numerals",
    "units",
    "words",
    "catalogue",
    "reference",
    "reading",
    "plans",
    "match",
    "extract",
    "corrections",
    "columns",
    "tables",
    "comparison",
    "project",
    "emphasis",
    "figures",
    "narrative",
    "briefing",
    "evaluation",
    "runs",
    "corpus",
    "site",
    "cli",
    "__main__",
]

# What `compare` itself offers (`compare.open`) is the project folder, which it imports when asked for it.
FACADE = "project"

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")

# Put together from pieces, so that this file does not contain what it looks for.
FORBIDDEN = {
    "an index of packages": ["pypi." + "org", "python" + "hosted", "registry." + "npmjs", "conda." + "anaconda"],
    "a folder of one machine": [
        "/wo" + "rk/",
        "/ro" + "ot/",
        "/ho" + "me/",
        "/tm" + "p/",
        "/Us" + "ers/",
        ":\\" + "Users",
    ],
    "how it was made": [
        "this ses" + "sion",
        "next ses" + "sion",
        "previous ses" + "sion",
        "the C" + "EO",
        "sub" + "agent",
    ],
}


def name_module(path: Path) -> str:
    """The dotted name of a module's file: compare.runs.jobs."""
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_module(path) for path in MODULES} | {"compare"}


def find_imports(path: Path) -> Iterator[str]:
    """Dotted names that a module imports anywhere in it, inside functions as well."""
    package = name_module(path).split(".")
    if path.name != "__init__.py":
        package.pop()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{origin}.{alias.name}"
                yield whole if whole in NAMES else origin


def find_own_imports(path: Path) -> set[str]:
    """Modules of this library that a module imports."""
    return {name for name in find_imports(path) if name.partition(".")[0] == "compare"}


def place(name: str) -> int:
    """The place of a module in the order, by its part directly below `compare`."""
    parts = name.split(".")
    return ORDER.index(parts[1] if len(parts) > 1 else FACADE)


def by_name(path: Path) -> str:
    """How a module is called in the list of tests."""
    return name_module(path)


def test_every_module_has_its_place() -> None:
    """A new module directly below `compare` is entered in the order, so that its imports are looked at."""
    found = {name_module(path).split(".")[1] for path in MODULES}
    assert found <= set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=by_name)
def test_imports_go_down_the_order(path: Path) -> None:
    """A module imports only from its own package and from those that stand before it."""
    own = place(name_module(path))
    assert not [name for name in find_own_imports(path) if place(name) > own]


def test_no_module_imports_itself_by_a_detour() -> None:
    """Nor are there cycles inside a package, not even between functions."""
    graph = {name_module(path): find_own_imports(path) - {"compare", name_module(path)} for path in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other: {' > '.join(error.args[1])}")


def test_only_runs_imports_papermill() -> None:
    """How a notebook is run is one package's business."""
    users = {name_module(path).split(".")[1] for path in MODULES if imports_package(path, "papermill")}
    assert users <= {"runs"}


@pytest.mark.parametrize("path", MODULES, ids=by_name)
def test_pandas_begins_with_tables(path: Path) -> None:
    """Everything up to the records is plain Python, which starts fast and streams."""
    if place(name_module(path)) < ORDER.index("tables"):
        assert not imports_package(path, "pandas")


@pytest.mark.parametrize("path", MODULES, ids=by_name)
def test_modules_stay_readable(path: Path) -> None:
    """A module of 500 lines or more does more than one thing."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < 500


def imports_package(path: Path, package: str) -> bool:
    """Whether a module imports this package of somebody else, or a part of it."""
    return any(name.partition(".")[0] == package for name in find_imports(path))


def test_import_is_light() -> None:
    """`import compare` alone loads nothing heavy: a command that needs no table starts at once."""
    heavy = "matplotlib numpy pandas papermill pydantic rich jieba opencc nbconvert"
    program = f"import sys, compare; print(*sorted(set({heavy.split()!r}) & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def find_tracked() -> list[Path]:
    """Files of the project that people read: all under version control but published plans and binary files."""
    if not (ROOT / ".git").exists():
        pytest.skip("no repository here: this is a copy of its files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    published = ROOT / "data" / "plans"
    return [path for path in paths if path.is_file() and not (path.parent == published and path.suffix == ".txt")]


@pytest.mark.parametrize("subject", FORBIDDEN)
def test_no_file_speaks_of(subject: str) -> None:
    """Nothing in the repository depends on, or tells of, the place and the way it was written."""
    pattern = re.compile("|".join(re.escape(word) for word in FORBIDDEN[subject]), re.IGNORECASE)
    found = []
    for path in find_tracked():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)
