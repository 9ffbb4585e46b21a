"""Arguments in, library call, exit code out.

Each command is imported when it is called, so that `--help` and a build with nothing to do start at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from io import TextIOWrapper

from compare.errors import CompareError

EPILOG = "exit codes: 0 done, 1 something failed and the rest was done, 2 the call or the input was wrong"
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: what follows the program's name; by default those of this process.

    Returns:
        The exit code: 0 done, 1 something failed and the rest was done, 2 the call or the input was wrong.
    """
    _speak_utf8()
    words = sys.argv[1:] if arguments is None else arguments
    options = make_parser(find_command(words)).parse_args(words)
    module, _, function = options.run.partition(":")
    try:
        code = int(getattr(importlib.import_module(module), function)(options))
        sys.stdout.flush()
    except CompareError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        _close_quietly()
        return 0
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if error.filename is None:
            raise
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return code


def find_command(words: Sequence[str]) -> str:
    """Which command a call names; empty where it names none that there is.

    >>> find_command(["--project", "build", "check", "targets"])
    'check'
    """
    rest = iter(words)
    for word in rest:
        if len(word) > 2 and "--project".startswith(word):
            next(rest, None)
        elif not word.startswith("-"):
            return word if word in COMMANDS else ""
    return ""


def make_parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of the program.

    Args:
        command: the one that it is to know, which is quicker; empty: all of them.
    """
    parser = argparse.ArgumentParser(
        prog="compare-plans",
        description="Targets of China's digital-economy plans: read, compared, reported.",
        epilog=EPILOG,
        formatter_class=_help_formatter(),
    )
    _add_project(parser, default=None)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in [COMMANDS[command]] if command else COMMANDS.values():
        add(commands)
    return parser


def _help_formatter() -> partial[argparse.HelpFormatter]:
    """As wide as argparse makes the help, without `shutil`, which it would load for that at each start."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (OSError, ValueError):
        columns = 80
    return partial(argparse.HelpFormatter, width=columns - 2)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import compare

        print(f"compare-plans {compare.__version__}")
        parser.exit()


def _add_project(parser: argparse.ArgumentParser, default: object) -> None:
    text = "the project folder, with data/ (default: the one around the working directory)"
    parser.add_argument("--project", metavar="DIR", default=default, help=text)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: str, text: str
) -> argparse.ArgumentParser:
    description = text[0].upper() + text[1:] + "."
    parser = commands.add_parser(
        name, help=text, description=description, epilog=EPILOG, formatter_class=_help_formatter()
    )
    _add_project(parser, default=argparse.SUPPRESS)
    parser.set_defaults(run=f"compare.cli.{run}")
    return parser


def _extract(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands, "extract", "records:extract", "write the records of plans: one for each number that states a quantity"
    )
    parser.add_argument(
        "inputs", metavar="FILE|ID", nargs="+", help="a file, anywhere, or the id of a plan of the project"
    )
    parser.add_argument(
        "--format", choices=("csv", "jsonl"), help="default: by the ending of FILE given with -o, else csv"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="default: standard output")


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands, "add", "adding:add", "take a plan into data/plans, with a source record proposed from its text"
    )
    parser.add_argument("file", metavar="FILE", help="the plan as published; it is copied unchanged")
    parser.add_argument("--id", help="id of the plan, such as anhui-2024 (default: region and first year)")
    for name, text in (
        ("--title", "its title"),
        ("--region", "code of the region, six digits"),
        ("--issuer", "who issued it"),
        ("--issued", "date of issue, YYYY-MM-DD"),
        ("--source", "where the text comes from"),
    ):
        parser.add_argument(name, help=f"{text}, where the text does not tell or tells it wrongly")
    for name in ("--first-year", "--last-year", "--base-year"):
        parser.add_argument(name, type=int, metavar="YEAR", help="of the plan, likewise")
    parser.add_argument("--dry-run", action="store_true", help="show the source record, write nothing")


def _targets(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "targets", "records:targets", "rebuild data/targets and say what changed")
    _add_places(parser, "processes that read plans")


def _compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "compare", "results:compare_regions", "show one indicator over all regions")
    parser.add_argument("indicator", metavar="INDICATOR", help="id of an indicator")
    parser.add_argument(
        "--year", type=int, help="year of the targets (default: the last year of each region's newest plan)"
    )
    parser.add_argument(
        "--level",
        action="append",
        choices=("province", "prefecture", "national"),
        help="default: province; may be repeated",
    )
    parser.add_argument("--all", action="store_true", help="every commitment, not only the newest of each region")
    parser.add_argument(
        "--kind",
        choices=("level", "annual", "change", "growth"),
        default="level",
        help="the kind of number: a stock (default), a number a year, a difference, a rate of growth",
    )
    parser.add_argument(
        "--interpolate",
        action="store_true",
        help="with --year: the value on the line between two years that a document sets, marked as such",
    )
    parser.add_argument("--format", choices=("table", "csv"), default="table")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of names in the table")


def _params(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "params",
        "params:params",
        "write a parameter file for the report of every region that sets enough indicators, in plans or elsewhere",
    )
    parser.add_argument(
        "--at-least", type=_positive(int), metavar="N", default=3, help="indicators that a region sets (default: 3)"
    )
    parser.add_argument("--force", action="store_true", help="also replace files that a person made or changed")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")


def _build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "build", "reports:build", "build the reports that are out of date, in parallel")
    parser.add_argument("selection", metavar="NOTEBOOK[/CASE]", nargs="*", help="default: all reports")
    parser.add_argument("--force", action="store_true", help="build also what is up to date")
    _add_places(parser, "reports at a time")
    parser.add_argument(
        "--timeout", type=_positive(float), metavar="S", default=600.0, help="seconds for one report (default: 600)"
    )
    parser.add_argument(
        "--memory", type=_memory, metavar="SIZE", default=0, help="memory for one report, such as 2G (default: any)"
    )
    parser.add_argument(
        "--wait",
        type=_positive(float),
        metavar="S",
        nargs="?",
        const=float("inf"),
        default=0.0,
        help="wait for another build to end, at most so many seconds (default: leave at once)",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be built and why; build nothing")
    parser.add_argument("--json", action="store_true", help="end with one JSON object on standard output")


def _changes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "tell which numbers are not as they were in the last build, by plan and indicator"
    parser = _command(commands, "changes", "changes:changes", text)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--last", action="store_true", help="what the last build changed, as on reports/changes.html")
    which.add_argument("--since", metavar="FILE", help="compare with this table, such as an older targets.csv")
    parser.add_argument("--json", action="store_true", help="a list of objects with the rows before and now")


def _add_places(parser: argparse.ArgumentParser, text: str) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=_positive(int), metavar="N", help=f"{text} (default: one for each processor)")
    where.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        default="",
        help="send the work to the dask cluster of this scheduler, such as tcp://10.0.0.5:8786",
    )


def _positive(kind: type[int | float]) -> Callable[[str], float]:
    def convert(text: str) -> float:
        value = kind(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"found {text}, expected more than 0")
        return value

    convert.__name__ = "number"
    return convert


def _memory(text: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", text.strip(), re.IGNORECASE)
    size = int(float(found[1]) * 1000 ** " KMGT".index(found[2].upper() or " ")) if found else 0
    if not size:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a size such as 500M or 2G")
    return size


def _check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _command(commands, "check", "checks:check", "check definitions, plans, parameters, corrections and the tables")


def _evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands, "evaluate", "records:evaluate", "compare the extraction with records that a person made"
    )
    parser.add_argument("gold", metavar="GOLD.jsonl", nargs="+", help="records of a person, one JSON object a line")
    parser.add_argument("--summary", action="store_true", help="do not list the disagreements")
    parser.add_argument("--json", action="store_true", help="the measures as one JSON object")


def _export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "export",
        "exports:export",
        "write all tables for use elsewhere, or reports as slides, a document or a workbook",
    )
    parser.add_argument(
        "--format",
        choices=("csv", "xlsx", "pptx", "docx"),
        default="xlsx",
        help="default: xlsx; pptx and docx need --params",
    )
    parser.add_argument(
        "--params",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="the briefing of these reports: parameter files, folders or patterns (default: all tables)",
    )
    parser.add_argument("--lang", choices=("zh", "en"), help="language of the briefing (default: as the files say)")
    parser.add_argument("-o", "--output", metavar="PATH", help="the file, or the folder of the csv files")


COMMANDS = {
    "extract": _extract,
    "add": _add,
    "targets": _targets,
    "compare": _compare,
    "params": _params,
    "build": _build,
    "changes": _changes,
    "check": _check,
    "evaluate": _evaluate,
    "export": _export,
}
"""What adds each command to the parser, in the order in which the help lists them."""


def _speak_utf8() -> None:
    """Chinese text leaves as UTF-8 wherever it goes, whatever the system's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
            with suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8")


def _close_quietly() -> None:
    """Whoever read the output has gone; what is left in the buffer goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
