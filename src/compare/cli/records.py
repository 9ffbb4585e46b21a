"""The commands on records: `extract`, `targets`, `evaluate`."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.cli.places import project_root
from compare.errors import CompareError, InputError, OutputError, UnknownNameError, count_noun

if TYPE_CHECKING:
    from compare.corpus.writing import ReadBatches
    from compare.extract import Target
    from compare.plans import Plan

COLUMNS = (
    "plan", "start", "end", "number", "value", "value_high", "unit", "bound", "kind", "year", "base_year", "status",
    "label", "indicator", "scope", "obligation", "section", "quote", "confidence",
)  # fmt: skip
PROGRESS_EVERY = 10.0  # seconds


def extract(options: argparse.Namespace) -> int:
    """Write the records of files or plans; one that cannot be read does not keep the others back."""
    from compare.catalogue import load_catalogue
    from compare.extract import Extractor

    output = _check_output(options.output)
    root = project_root(options)
    extractor = Extractor(load_catalogue(root / "data" / "catalogue"))
    records: list[Target] = []
    failed = 0
    plans: dict[str, Plan] = {}
    for name in dict.fromkeys(options.inputs):
        try:
            plan = _find_plan(root, name)
            if plan.id in plans:
                raise InputError(plan.path, f"a second input with the id {plan.id!r}", "each id once")
            plans[plan.id] = plan
            records += extractor.extract(plan).targets
        except CompareError as error:
            failed += 1
            print(f"error: {error}", file=sys.stderr)
    if not plans:
        return 2
    kind = options.format or ("jsonl" if output and output.suffix in (".jsonl", ".json") else "csv")
    text = to_jsonl(records) if kind == "jsonl" else to_csv(records)
    if output is None:
        sys.stdout.write(text)
    else:
        _write(output, text, "utf-8-sig" if kind == "csv" else "utf-8")
        print(f"{count_noun(len(records), 'record')} of {count_noun(len(plans), 'plan')} in {output}", file=sys.stderr)
    return 1 if failed else 0


def _check_output(name: str | None) -> Path | None:
    if name is None or name == "-":
        return None
    path = Path(name)
    if path.is_dir():
        raise OutputError(f"{path}: found a folder, expected the name of a file")
    if not path.parent.is_dir():
        raise OutputError(f"{path.parent}: no such folder")
    return path


def _write(path: Path, text: str, encoding: str) -> None:
    from compare.runs.files import replace_bytes

    replace_bytes(path, text.encode(encoding))


def _find_plan(root: Path, name: str) -> Plan:
    """The plan that a name on the command line means: a file if there is one, else a plan of the project."""
    from compare.plans import SUFFIXES, load_plans, read_plan

    path = Path(name)
    folder = root / "data" / "plans"
    if path.exists():
        if path.is_dir():
            raise InputError(path, "a folder", "a file")
        if path.resolve().parent == folder.resolve() and path.with_suffix(".yaml").exists():
            return next(plan for plan in load_plans(folder) if plan.path.resolve() == path.resolve())
        return read_plan(path)
    if path.suffix in SUFFIXES or len(path.parts) > 1:
        raise InputError(path, "no such file", "a file, or the id of a plan")
    plans = {plan.id: plan for plan in load_plans(folder)} if folder.is_dir() else {}
    if name not in plans:
        raise UnknownNameError("file or plan", name, list(plans))
    return plans[name]


def to_csv(records: Iterable[Target]) -> str:
    """Records as CSV; whole numbers without a decimal point, what is missing as an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        row = asdict(record)
        writer.writerow([_plain(row.get(name)) for name in COLUMNS])
    return text.getvalue()


def to_jsonl(records: Iterable[Target]) -> str:
    """Records as JSON, one object a line."""
    rows = (asdict(record) for record in records)
    return "".join(
        json.dumps({name: _plain(row.get(name)) for name in COLUMNS}, ensure_ascii=False) + "\n" for row in rows
    )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def targets(options: argparse.Namespace) -> int:
    """Rebuild `data/targets` and say what changed; one plan that cannot be read does not keep the others back."""
    from compare.corpus import write_tables
    from compare.runs.pool import default_jobs

    jobs = options.jobs or default_jobs()
    with _reader(options.scheduler) as read:
        summary = write_tables(project_root(options), jobs=jobs, read=read, on_progress=_Progress())
    for problem in summary.problems:
        print(f"error: {problem}", file=sys.stderr)
    print("\n".join(summary.changes))
    return 1 if summary.problems else 0


@contextmanager
def _reader(scheduler: str) -> Iterator[ReadBatches | None]:
    """Who reads batches of plans: the workers of a scheduler; None: processes of this machine."""
    if not scheduler:
        yield None
        return
    from compare.corpus.remote import read_on_cluster
    from compare.runs.cluster import open_cluster

    with open_cluster(scheduler) as cluster:
        yield partial(read_on_cluster, cluster)


class _Progress:
    """Says from time to time how far a long run has come."""

    def __init__(self) -> None:
        self._next = time.monotonic() + PROGRESS_EVERY

    def __call__(self, done: int, total: int) -> None:
        """Take note of how many plans are done."""
        if time.monotonic() >= self._next:
            self._next += PROGRESS_EVERY
            print(f"{time.strftime('%H:%M:%S')} {done:,} of {total:,} plans", file=sys.stderr)


def evaluate(options: argparse.Namespace) -> int:
    """Compare the extraction of the project's plans with records that a person made."""
    from compare.catalogue import load_catalogue
    from compare.evaluation import Score, evaluate, read_gold
    from compare.extract import extract as extract_plan

    gold = [record for name in options.gold for record in read_gold(Path(name))]
    root = project_root(options)
    catalogue = load_catalogue(root / "data" / "catalogue")
    found: list[dict[str, Any]] = []
    for plan_id in sorted({record["plan"] for record in gold}):
        found += [asdict(record) for record in extract_plan(_find_plan(root, plan_id), catalogue).targets]
    scores, wrong = evaluate(found, gold)
    total = Score()
    for score in scores.values():
        total.add(score)
    measures = {**{plan: score.measures() for plan, score in scores.items()}, "total": total.measures()}
    if options.json:
        print(json.dumps(measures, ensure_ascii=False))
        return 0
    print_measures(measures)
    if not options.summary:
        print_disagreements(wrong)
    return 0


def print_measures(measures: Mapping[str, Mapping[str, int | float]]) -> None:
    """Print measures as a table, a column for each plan and one for all."""
    width = max(len(name) for name in [*measures, "0.0000"]) + 2
    print(" " * 20 + "".join(f"{name:>{width}}" for name in measures))
    for name in measures["total"]:
        cells = (column.get(name, "") for column in measures.values())  # some plans have no record so doubtful
        print(
            f"{name:20}"
            + "".join(f"{cell:>{width}.4f}" if isinstance(cell, float) else f"{cell:>{width}}" for cell in cells)
        )


def print_disagreements(wrong: Sequence[Any]) -> None:
    """Print what was missed, is too many or differs, in the order of the text."""
    from compare.evaluation import FIELDS

    print(f"\n{count_noun(len(wrong), 'disagreement')}")
    for item in wrong:
        print(f"{item.plan}:{item.start} {item.what} {', '.join(item.wrong)}".rstrip())
        for name, record in (("gold", item.gold), ("found", item.found)):
            if record:
                shown = [
                    f"{key}={_plain(record.get(key))}"
                    for key in ("number", *FIELDS)
                    if record.get(key) not in (None, "")
                ]
                print(f"    {name:6}{' '.join(shown)}")
        if quote := item.found.get("quote"):
            print(f"    quote {str(quote)[:100]}")
