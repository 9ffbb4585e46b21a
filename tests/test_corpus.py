"""Many plans at once: the same tables however they are read, nothing read twice, one bad plan alone."""

from __future__ import annotations

import csv
import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import compare
from compare.corpus import Batch, Reader, Rows, pool, write_tables
from compare.corpus.blocks import OldTable
from compare.corpus.writing import make_batches
from compare.errors import CompareError, CorrectionError, OutputError
from compare.plans import find_plans
from compare.tables import write_csv

SIZE = 40
FORKS = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process of the pool does not inherit a patch")


def load_benchmark() -> ModuleType:
    """The program that makes corpora."""
    path = Path(__file__).parent.parent / "benchmarks" / "corpus.py"
    spec = importlib.util.spec_from_file_location("benchmark_corpus", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of forty plans that were made up, with its tables."""
    root = tmp_path_factory.mktemp("corpus")
    load_benchmark().make_corpus(root, SIZE)
    write_tables(root)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "project")
    return tmp_path / "project"


def tables(root: Path) -> dict[str, bytes]:
    """The written tables."""
    folder = root / "data" / "targets"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows_by_plan(root: Path, name: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a written table by plan."""
    found: dict[str, list[dict[str, str]]] = {}
    with (root / "data" / "targets" / name).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["plan"], []).append(row)
    return found


def plan_file(root: Path, number: int, ending: str = "txt") -> Path:
    """A file of the corpus."""
    return root / "data" / "plans" / f"made-{number:05d}.{ending}"


def test_the_generator_gives_the_same_corpus_for_the_same_seed() -> None:
    """Ids differ, lengths are within bounds, all styles occur, and another seed gives other texts."""
    program = load_benchmark()
    plans = [program.make_plan(1, number) for number in range(60)]
    assert plans == [program.make_plan(1, number) for number in range(60)]
    assert plans[3] != program.make_plan(2, 3)
    assert len({plan.id for plan in plans}) == len(plans)
    assert all(program.SHORTEST <= len(plan.text) <= program.LONGEST for plan in plans)
    assert sum("| 指标 |" in plan.text for plan in plans) == 12
    assert sum(plan.record["script"] == "traditional" for plan in plans) == 12


def test_the_tables_are_those_of_the_project(made: Path, tmp_path: Path) -> None:
    """To the byte what is written from the frames of an opened project, in the order of the plans."""
    project = compare.open(made)
    for name, frame in (("targets", project.targets()), ("unmatched", project.unmatched())):
        assert len(frame) > SIZE
        assert write_csv(frame, tmp_path / f"{name}.csv").read_bytes() == tables(made)[f"{name}.csv"]


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_change_nothing(root: Path, jobs: int) -> None:
    """Several processes give the same bytes as one, and leave nothing else in the folder."""
    before = tables(root)
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "data" / "targets")
    summary = write_tables(root, jobs=jobs)
    assert (summary.plans, summary.reused, summary.problems) == (SIZE, 0, ())
    assert tables(root) == before


def test_nothing_is_read_twice(root: Path) -> None:
    """Plans that are as they were keep their rows, whatever the times of their files."""
    before = tables(root)
    for path in (root / "data").rglob("*.*"):
        os.utime(path, (2**31, 2**31))
    summary = write_tables(root)
    assert (summary.plans, summary.reused) == (SIZE, SIZE)
    assert summary.changes[0].endswith("0 new, 0 gone, 0 changed")
    assert tables(root) == before


def test_a_changed_plan_is_read_and_no_other(root: Path) -> None:
    """Its rows are new, and the tables are those of a run that knows of no earlier one."""
    shutil.copy(plan_file(root, 7), plan_file(root, 12))
    shutil.copy(plan_file(root, 7, "yaml"), plan_file(root, 12, "yaml"))
    plan_file(root, 20).unlink()
    plan_file(root, 20, "yaml").unlink()
    assert write_tables(root).reused == SIZE - 2
    found = tables(root)
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "data" / "targets")
    write_tables(root)
    assert tables(root) == found


def test_a_correction_is_noticed(root: Path) -> None:
    """Only its plan is read again, and the remark stands in the table; one that does not fit changes nothing."""
    folder = root / "data" / "corrections"
    folder.mkdir()
    number = compare.open(root).targets(plan="made-00003").iloc[0]
    entry = f"start: {number.start}, number: '{number.number}', reason: doubtful, evidence: the text"
    path = folder / "made-00003.yaml"
    path.write_text(f"corrections: [{{action: flag, {entry}}}]\n", encoding="utf-8")
    assert write_tables(root).reused == SIZE - 1
    assert tables(root)["targets.csv"].decode("utf-8-sig").count(",doubtful\n") == 1
    before = tables(root)
    path.write_text(f"corrections: [{{action: flag, {entry.replace('start: ', 'start: 9')}}}]\n", encoding="utf-8")
    with pytest.raises(CorrectionError, match="made-00003"):
        write_tables(root)
    assert tables(root) == before


def test_an_edited_table_is_not_believed(root: Path) -> None:
    """Rows that are not what was written are read again from their plans."""
    before = tables(root)
    path = root / "data" / "targets" / "targets.csv"
    path.write_bytes(before["targets.csv"].replace(b"made-00005,", b"made-00004,", 1))
    summary = write_tables(root)
    assert summary.reused == SIZE - 2
    assert tables(root) == before


def test_changed_definitions_concern_all_plans(root: Path) -> None:
    """After a word list has changed, no old row is kept."""
    with (root / "data" / "catalogue" / "words.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert write_tables(root).reused == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_plan_does_not_keep_the_others_back(root: Path, jobs: int) -> None:
    """A picture, an edited plan and a record that is none are named; the rows of the others are as they were."""
    before = rows_by_plan(root, "targets.csv")
    shutil.rmtree(root / ".cache")
    plan_file(root, 2).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    plan_file(root, 3).write_bytes(plan_file(root, 3).read_bytes() + "多一行。\n".encode())
    plan_file(root, 30, "yaml").write_text("title: [\n", encoding="utf-8")
    summary = write_tables(root, jobs=jobs)
    assert summary.plans == SIZE - 3
    assert [message.split(":")[0] for message in summary.problems] == [
        "made-00002.txt",
        "made-00003.yaml",
        "made-00030.txt",
    ]
    for bad in ("made-00002", "made-00003", "made-00030"):
        del before[bad]
    assert rows_by_plan(root, "targets.csv") == before
    assert write_tables(root, jobs=jobs).problems == summary.problems, "a bad plan is not forgotten"


def test_no_plan_at_all_is_an_error(root: Path) -> None:
    """Tables without any row replace nothing."""
    before = tables(root)
    for path in (root / "data" / "plans").glob("*.txt"):
        path.write_bytes(b"")
    with pytest.raises(CompareError, match="no plan could be read"):
        write_tables(root)
    assert tables(root) == before


@FORKS
def test_a_process_that_dies_costs_its_plan_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was under way is read again by others; the plan at which processes die is named."""
    shutil.rmtree(root / ".cache")
    before = rows_by_plan(root, "unmatched.csv")
    read = Reader._read

    def die(reader: Reader, folder: Path, names: tuple[str, str], corrections: object) -> Rows:
        if names[0] == "made-00011.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return read(reader, folder, names, corrections)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "_read", die)
    summary = write_tables(root, jobs=2)
    (problem,) = summary.problems
    assert "made-00011.txt" in problem
    assert "killed" in problem
    del before["made-00011"]
    assert rows_by_plan(root, "unmatched.csv") == before


def test_few_batches_are_ahead(made: Path) -> None:
    """However long the row of batches is, only a few are taken before their results are asked for."""
    files, _ = find_plans(made / "data" / "plans")
    names = [(plan.name, record.name) for plan, record in files][:1]
    taken = []

    def count() -> Iterator[Batch]:
        for number in range(1000):
            taken.append(number)
            yield Batch(made / "data" / "plans", tuple(names))

    results = pool.read_in_order(count(), compare.open(made).catalogue, 2)
    first = next(results)
    assert [rows.plan for rows in first] == ["made-00000"]
    assert len(taken) <= 2 * pool.AHEAD + 1
    results.close()  # type: ignore[attr-defined]


def test_a_batch_can_be_read_where_its_folder_is_not(made: Path, tmp_path: Path) -> None:
    """With the contents in it a batch gives the same rows, and messages name the folder that the files come from."""
    files, _ = find_plans(made / "data" / "plans")
    shutil.copytree(made / "data" / "plans", tmp_path / "plans")
    names = [(plan.name, record.name) for plan, record in files][:3]
    (batch,) = make_batches(tmp_path / "plans", names, {})
    plan_file(tmp_path, 2).parent.mkdir(parents=True)
    (tmp_path / "plans" / "made-00002.txt").write_bytes(b"")
    packed = batch.packed()
    shutil.rmtree(tmp_path / "plans")
    reader = Reader(compare.open(made).catalogue)
    good, same, bad = reader.read(packed)
    (expected,) = make_batches(made / "data" / "plans", names, {})
    assert [good, same] == reader.read(expected)[:2]
    assert str(tmp_path / "plans" / "made-00002.txt") in bad.problem


def test_rows_with_line_ends_stay_whole(tmp_path: Path) -> None:
    """A quoted cell may hold line ends and commas; each plan's rows are found as they stand."""
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfplan,quote\na,"x\ny ""z"", w"\na,1\nb,"q\n"\n')
    old = OldTable(path, {"plan": "str", "quote": "str"})
    assert old.plans == ("a", "b")
    assert old.rows_of("a") == b'a,"x\ny ""z"", w"\na,1\n'
    assert old.rows_of("b") == b'b,"q\n"\n'
    assert old.rows_of("c") == b""
    old.close()


def test_a_second_run_says_who_is_at_work(root: Path) -> None:
    """Two runs never write the same files at once."""
    from compare.runs.files import build_lock

    with build_lock(root / ".cache" / "targets.lock"), pytest.raises(OutputError, match=f"process {os.getpid()}"):
        write_tables(root)
