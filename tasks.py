"""The commands of this project: `python tasks.py --help`.

Standard library only, and no syntax newer than Python 3.6, so that an older Python can say what is wrong.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("error: this project needs Python 3.11 or later; this one is Python " + sys.version.split()[0])

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
LOCK = ROOT / "requirements.lock"

HELP = """\
usage: python tasks.py COMMAND [ARGUMENT ...]

  setup    make the environment .venv (every other command does so first, where it is not there yet)
  report   build every report that is out of date into reports/      arguments go to `compare-plans build`
  test     run all checks: ruff, mypy, pytest with the notebooks     arguments go to pytest: -k units
  lab      open JupyterLab on notebooks/                             arguments go to JupyterLab
  lock     write requirements.lock anew from pyproject.toml          arguments go to uv: --upgrade
  clean    remove what was built: figures/, reports/, caches, .venv

For example: python tasks.py report --jobs 1
"""

# pip says it in these words when it reaches no index of packages.
NO_NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|Failed to establish a new connection|Network is unreachable|"
    r"name resolution|dns error|Connection refused|timed out|ProxyError|from versions: none",
    re.IGNORECASE,
)
WHAT_TO_DO = (
    "Nothing was marked as done. When the cause is removed, run `python tasks.py setup` again: it starts afresh.\n"
    "Setting up needs a connection to a Python package index (your own mirror, if pip is configured to use one) "
    "and 1 GB of disk."
)


class TaskError(Exception):
    """Something that the person at the keyboard has to know; the message says what to do."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 something failed, 2 the call was wrong."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a path need not fit the console
    try:
        return choose_command(arguments)()
    except TaskError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:  # a full disk, a folder that may not be written
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def choose_command(arguments: Sequence[str]) -> Callable[[], int]:
    """What the arguments ask for, ready to be called.

    Raises:
        TaskError: If they ask for nothing that there is.
    """
    if not arguments:
        raise TaskError(f"no command given\n\n{HELP}", exit_code=2)
    command, extra = arguments[0], list(arguments[1:])
    if command in {"-h", "--help", "help"} or (command in WITHOUT_ARGUMENTS and extra in (["-h"], ["--help"])):
        return show_help
    if command not in COMMANDS:
        raise TaskError(f"unknown command {command!r}\n\n{HELP}", exit_code=2)
    if extra and command in WITHOUT_ARGUMENTS:
        raise TaskError(f"`{command}` takes no arguments, found: {' '.join(extra)}\n\n{HELP}", exit_code=2)
    return lambda: COMMANDS[command](extra)


# --- commands ---------------------------------------------------------------------------------------------------------


def show_help() -> int:
    """Say what there is."""
    print(HELP, end="")
    return 0


def setup(_extra: list[str]) -> int:
    """Make the environment, unless it is there."""
    if not set_up():
        print(f"{VENV} is up to date.")
    return 0


def report(extra: list[str]) -> int:
    """Build the reports and say where their index is."""
    set_up()
    code = run([venv_python(), "-m", "compare", "build", *extra])
    index = ROOT / "reports" / "index.html"
    if index.exists():
        print(f"Reports: {index}", flush=True)
    return code


def test(extra: list[str]) -> int:
    """Run every check, pytest last: the last line printed is its own. A check that fails does not stop the others."""
    set_up()
    checks = {
        "ruff check": ["ruff", "check"],
        "ruff format": ["ruff", "format", "--check"],
        "mypy": ["mypy"],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if run([venv_python(), "-m", *command]) != 0:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)} (see above); the tests follow, and the exit code will say so", flush=True)
    print("== pytest", flush=True)
    code = run([venv_python(), "-m", "pytest", *extra])
    return code or int(bool(failed))


def lab(extra: list[str]) -> int:
    """Open JupyterLab with the whole project in its file browser, at the notebooks."""
    set_up()
    places = [f"--ServerApp.root_dir={ROOT}", "--LabApp.default_url=/lab/tree/notebooks"]
    try:
        return run([venv_python(), "-m", "jupyterlab", *places, *extra])
    except KeyboardInterrupt:
        return 0  # the usual way to end it


def lock(extra: list[str]) -> int:
    """Pin what pyproject.toml asks for, with hashes, for every platform and without the address of any index."""
    set_up()
    command = "uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --quiet"
    environment = {"UV_CUSTOM_COMPILE_COMMAND": "python tasks.py lock"}
    return run([venv_python(), "-m", *command.split(), "--output-file", LOCK.name, *extra], environment)


def clean(_extra: list[str]) -> int:
    """Remove what was built."""
    for path in find_built():
        print(f"removing {path.relative_to(ROOT)}")
        try:
            if path.is_symlink():
                path.unlink()
            else:
                shutil.rmtree(path)
        except OSError as error:
            hint = "Close the programs that use it (JupyterLab, an editor, a shell with .venv activated) and try again."
            raise TaskError(f"could not remove {path}: {error}\n{hint}") from error
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "report": report,
    "test": test,
    "lab": lab,
    "lock": lock,
    "clean": clean,
}
WITHOUT_ARGUMENTS = {"setup", "clean"}


def find_built() -> Iterator[Path]:
    """Folders that the commands of this project made: these names and places, and no others."""
    caches = [".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"]
    for name in ["figures", "reports", "build", "dist", *caches, ".venv"]:
        if (ROOT / name).is_dir():
            yield ROOT / name
    yield from sorted((ROOT / "src").glob("*.egg-info"))
    if (ROOT / "__pycache__").is_dir():
        yield ROOT / "__pycache__"
    for top in ("src", "tests", "notebooks", "tools", "benchmarks"):
        for name in ("__pycache__", ".ipynb_checkpoints", *caches):
            yield from sorted(path for path in (ROOT / top).rglob(name) if path.is_dir())


# --- the environment --------------------------------------------------------------------------------------------------


def set_up() -> bool:
    """Make .venv what the lock says, unless it is; the stamp is written last, so that only a finished one has it.

    Returns:
        Whether there was anything to do.
    """
    wanted = {"python": describe_python(), "packages": hash_packages()}
    found = read_stamp()
    if found == wanted:
        return False
    STAMP.unlink(missing_ok=True)
    if found.get("python") == wanted["python"]:
        say("The pinned packages have changed: bringing .venv up to date ...")  # what a person added stays
    else:
        say("Setting up .venv: once, half a minute on a fast connection ...")
        make_venv()
    install_packages()
    write_stamp(wanted)
    say("The environment is ready.")
    return True


def describe_python() -> str:
    """What an environment is bound to: the Python it was made with, the machine, and the folder it stands in."""
    return f"{sys.implementation.cache_tag} {platform.system()} {platform.machine()} {ROOT}"


def hash_packages() -> str:
    """Hash of all that decides what gets installed; settings of tools in pyproject.toml do not."""
    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        lines = LOCK.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise TaskError(f"pyproject.toml or requirements.lock cannot be read: {error}", exit_code=2) from error
    parts = [project.get("build-system"), project.get("project"), project.get("tool", {}).get("setuptools"), lines]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_stamp() -> dict[str, str]:
    """What the environment was set up as; empty where it is not, or not to the end."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and Path(venv_python()).exists() else {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Write the stamp in one step: it is there whole or not at all."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(STAMP)


def make_venv() -> None:
    """Make an empty environment, with the Python underneath when this one is itself inside an environment."""
    python = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run(
        [python, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, errors="replace", check=False
    )
    if made.returncode != 0:
        sys.stderr.write(made.stdout + made.stderr)
        hint = "On Debian and Ubuntu: `apt install python3-venv`. On Windows: close what still uses .venv."
        raise TaskError(f"{python} could not make an environment in {VENV} (see above).\n{hint}\n{WHAT_TO_DO}")


def install_packages() -> None:
    """Install what the lock pins, then the project itself: with uv, or with pip where uv cannot.

    uv and setuptools come from the lock first, and nothing is built in isolation: so nothing is built with a package
    whose hash nobody checked.

    Raises:
        TaskError: If neither can.
    """
    # Compiled once here, as pip does it too, and not again in every kernel where the shell says not to write bytecode.
    uv = [venv_python(), "-m", "uv", "pip", "install", "--compile-bytecode"]
    if install_pinned("setuptools", "uv"):
        say("Installing the packages of requirements.lock and the project ...")
        if install_all(uv, LOCK):
            return
    say("uv cannot do it on this machine: trying with pip, which is slower ...")
    lock_for_pip = VENV / "lock-for-pip.txt"  # pip would try to build uv, where there is none for this machine
    lock_for_pip.write_text("".join(find_pins("(?!uv==)[a-z0-9._-]+")), encoding="utf-8")
    if not (install_pinned("setuptools") and install_all([*pip(), "install"], lock_for_pip)):
        raise TaskError(f"a package or the project itself could not be installed (see above).\n{WHAT_TO_DO}")


def install_all(install: Sequence[str], pins: Path) -> bool:
    """Install the pinned packages and the project with this installer; whether that worked."""
    common = [*install, "--no-deps", "--no-build-isolation", *(["--quiet"] if is_unwatched() else [])]
    steps = [["--require-hashes", "-r", str(pins)], ["-e", str(ROOT)]]
    return all(run([*common, *step], find_index()) == 0 for step in steps)


def install_pinned(*names: str) -> bool:
    """Install these packages of the lock with pip, hashes checked; whether that worked.

    Raises:
        TaskError: Without a network, which nothing later could do without either.
    """
    chosen = VENV / "installers.txt"
    chosen.write_text("".join(find_pins("|".join(names))), encoding="utf-8")
    done = subprocess.run(
        [*pip(), "install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(chosen)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return True
    print(*done.stderr.splitlines()[-3:], sep="\n", file=sys.stderr)
    if NO_NETWORK.search(done.stderr):
        raise TaskError(f"no package index can be reached: is there a network?\n{WHAT_TO_DO}")
    return False


def find_pins(names: str) -> Iterator[str]:
    """The lines of the lock for the packages whose names match: each pin and the hashes below it."""
    pattern = rf"^(?:{names})==.*\n(?: +--hash=.*\n)+"
    for pin in re.finditer(pattern, LOCK.read_text(encoding="utf-8"), re.MULTILINE):
        yield pin.group()


# --- programs ---------------------------------------------------------------------------------------------------------


def venv_python() -> str:
    """The Python of the environment."""
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def pip() -> list[str]:
    """The pip of the environment, which reads the person's own configuration (a mirror, a certificate)."""
    return [venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input"]


def environment() -> dict[str, str]:
    """The variables that programs get: those of the shell, turned to .venv, plain in CI, UTF-8 on every system."""
    misleading = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    found = {name: value for name, value in os.environ.items() if name not in misleading}
    found["VIRTUAL_ENV"] = str(VENV)
    found["PATH"] = os.pathsep.join([str(Path(venv_python()).parent), found.get("PATH", "")])
    found.setdefault("PYTHONUTF8", "1")
    if in_ci():
        for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS"):
            found.pop(name, None)
        found["NO_COLOR"] = "1"
    return found


def find_index() -> dict[str, str]:
    """Where uv is to look for packages: where pip looks, whose configuration (often a mirror) uv does not read."""
    if {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        return {}
    asked = [*pip(), "config", "get", "global.index-url"]
    answer = subprocess.run(asked, capture_output=True, text=True, errors="replace", check=False)
    index = os.environ.get("PIP_INDEX_URL") or answer.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def is_unwatched() -> bool:
    """Whether nobody looks at progress."""
    return in_ci() or not sys.stderr.isatty()


def in_ci() -> bool:
    """Whether a machine runs this, with nobody looking."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def run(command: Sequence[str], variables: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder to its end, also when interrupted: it ends in its own way.

    Raises:
        KeyboardInterrupt: After the program has ended, where it was interrupted.
        TaskError: If the program cannot be started.
    """
    interrupted = False
    try:
        process = subprocess.Popen(command, cwd=ROOT, env={**environment(), **(variables or {})})
    except OSError as error:
        raise TaskError(f"could not start {command[0]}: {error}") from error
    code = None
    while code is None:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return code


def say(line: str) -> None:
    """Tell what happens now; on stderr, since it is no result."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
