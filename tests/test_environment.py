"""The three lists of packages say the same: pyproject.toml, requirements.lock and environment.yml."""

import ast
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent

# conda-forge splits these, or names them otherwise; the value is the name in pyproject.toml.
CONDA_NAMES = {"matplotlib-base": "matplotlib", "seaborn-base": "seaborn"}

# Where the imported name is not the name of the package.
PACKAGE_NAMES = {"PIL": "pillow", "yaml": "pyyaml", "docx": "python-docx", "pptx": "python-pptx"}

# Needed without being imported: the kernel that papermill and JupyterLab start.
NOT_IMPORTED = {"ipykernel"}

# Where a package that users may leave out is imported, inside a function.
OPTIONAL = {"distributed": {"runs/remote.py"}}

# Makes the font files that are in the repository; nothing else runs it.
TOOLS = ["figures/fonts/make_fonts.py"]


def read_project() -> dict[str, Any]:
    """The content of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def find_requirements() -> dict[str, Requirement]:
    """Everything that pyproject.toml asks for, by normalised name."""
    project = read_project()
    lines = list(project["project"]["dependencies"])
    for group in project["dependency-groups"].values():
        lines += [line for line in group if isinstance(line, str)]
    requirements = [Requirement(line) for line in lines]
    assert len(requirements) == len({canonicalize_name(item.name) for item in requirements}), "a package stands twice"
    return {canonicalize_name(item.name): item for item in requirements}


def read_pins() -> dict[str, list[tuple[str, int]]]:
    """The pins of the lock: by name, each version with the number of its hashes."""
    pins: dict[str, list[tuple[str, int]]] = {}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for block in re.split(r"\n(?=[a-z0-9])", text):
        if pin := re.match(r"([a-z0-9._-]+)==([^ ;]+)", block):
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}\b", block)
            pins.setdefault(pin[1], []).append((pin[2], len(hashes)))
    return pins


def read_conda() -> tuple[dict[str, Requirement], list[str]]:
    """What environment.yml takes from conda-forge, by name in pyproject.toml, and what it takes with pip."""
    definition = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    found: dict[str, Requirement] = {}
    with_pip: list[str] = []
    for entry in definition["dependencies"]:
        if isinstance(entry, dict):
            with_pip += entry["pip"]
        else:
            requirement = Requirement(entry)
            found[CONDA_NAMES.get(requirement.name, requirement.name)] = requirement
    return found, with_pip


def test_conda_environment_asks_for_the_same_packages() -> None:
    """environment.yml names every package of pyproject.toml with the same bounds, and no other."""
    from_conda, with_pip = read_conda()
    from_pip = {item.name: item for item in map(Requirement, with_pip[:-1])}
    assert not from_conda.keys() & from_pip.keys()
    found = {name: str(item.specifier) for name, item in (from_conda | from_pip).items()}
    assert found.pop("python") == read_project()["project"]["requires-python"]
    assert found.pop("pip") == ""
    assert found == {name: str(item.specifier) for name, item in find_requirements().items()}


def test_conda_environment_installs_the_project_last() -> None:
    """The project itself comes with pip from the folder, after all that it needs."""
    assert read_conda()[1][-1] == "-e ."


def test_lock_covers_what_the_project_asks_for() -> None:
    """Each requirement, those of the build included, has a pin, and each of its pins is within its bounds."""
    pins = read_pins()
    build = [Requirement(line) for line in read_project()["build-system"]["requires"]]
    for requirement in [*find_requirements().values(), *build]:
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} is not in requirements.lock: run python tasks.py lock"
        for version, _ in pins[name]:
            assert requirement.specifier.contains(version), f"{name} {version} is outside {requirement.specifier}"


def test_lock_pins_each_package_by_hash() -> None:
    """No line of the lock installs anything whose content is not fixed."""
    pins = read_pins()
    assert len(pins) > 100
    assert not [name for name, found in pins.items() if not all(hashes for _, hashes in found)]


def test_lock_pins_one_matplotlib() -> None:
    """The pictures are the same wherever they are drawn, so there is one version for all systems."""
    assert len(read_pins()["matplotlib"]) == 1


def test_lock_holds_no_address() -> None:
    """Where packages come from is for the machine that installs them to say."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.findall(r"://|--(?:extra-)?index-url|--find-links|\bgit\+|\bfile:|^-", text, re.MULTILINE)
    assert "python tasks.py lock" in text.splitlines()[1]


def find_imported(path: Path) -> set[str]:
    """The first parts of the names that a module imports from elsewhere, inside functions as well."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            imported.add(str(node.module).partition(".")[0])
    return imported


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted((ROOT / "src").rglob("*.py"))
        if path.relative_to(ROOT / "src/compare").as_posix() not in TOOLS
    ],
    ids=lambda path: path.relative_to(ROOT / "src").as_posix(),
)
def test_imports_are_declared(path: Path) -> None:
    """What a module imports is the standard library, this package, or a dependency that pyproject.toml names."""
    declared = {canonicalize_name(Requirement(line).name) for line in read_project()["project"]["dependencies"]}
    declared |= {
        name for name, places in OPTIONAL.items() if path.relative_to(ROOT / "src/compare").as_posix() in places
    }
    foreign = {
        PACKAGE_NAMES.get(name, canonicalize_name(name))
        for name in find_imported(path) - sys.stdlib_module_names - {"compare"}
    }
    # Types only pydantic itself is made of; it comes with pydantic in the one version that fits.
    assert foreign - {"pydantic-core"} <= declared


def test_declared_packages_are_imported() -> None:
    """A dependency that no module imports is not asked for: what others need, they ask for themselves."""
    imported = {name for path in (ROOT / "src").rglob("*.py") for name in find_imported(path)}
    used = {PACKAGE_NAMES.get(name, canonicalize_name(name)) for name in imported} | NOT_IMPORTED
    declared = {canonicalize_name(Requirement(line).name) for line in read_project()["project"]["dependencies"]}
    assert declared <= used
