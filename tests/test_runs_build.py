"""Builds: what is made again and what is not, failures that stay alone, and a set of pages that is always whole."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import psutil
import pytest
from small_project import make_small_project, write_notebook, write_params

from compare import runs
from compare.errors import OutputError, ParameterError
from compare.runs.manifest import read_manifest
from compare.site import write_site

TIMES = re.compile(r"\d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T")


def build(root: Path, *selection: str, **options: object) -> runs.BuildResult:
    """A build with all its pages."""
    return runs.build(root, selection, site=write_site, **options)  # type: ignore[arg-type]


class Links(HTMLParser):
    """Collects what a page refers to and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the addresses and the id of a tag."""
        del tag
        found = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := found.get(name))]
        if anchor := found.get("id"):
            assert anchor not in self.anchors, f"two elements with the id {anchor}"
            self.anchors.add(anchor)


def read_links(page: Path) -> Links:
    """The links and anchors of a page."""
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def is_hidden(name: Path) -> bool:
    """Whether a file is in a folder that no server shows, such as that of unfinished reports, or is hidden itself."""
    return any(part.startswith(".") for part in name.parts)


def broken_links(reports: Path) -> list[str]:
    """Links of all pages that lead nowhere, to outside of the folder, or to an anchor that is not there."""
    wrong = []
    for page in (page for page in reports.rglob("*.html") if not is_hidden(page.relative_to(reports))):
        for link in read_links(page).links:
            address, _, anchor = link.partition("#")
            target = (page.parent / unquote(address)).resolve() if address else page
            inside = target.is_relative_to(reports.resolve()) and target.is_file()
            if link == "data:,":
                continue
            if not inside or (anchor and anchor not in read_links(target).anchors):
                wrong.append(f"{page.relative_to(reports)}: {link}")
    return wrong


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, runs.BuildResult]:
    """A project built once, with good reports and with reports that fail in different ways."""
    root = make_small_project(tmp_path_factory.mktemp("project with blanks {and} 中文"))
    for mode in ("raise", "die", "silent", "warn"):
        write_params(root, f"alpha/{mode}", f"mode: {mode}\n")
    return root, build(root, timeout=120)


def test_a_failing_report_neither_stops_nor_spoils_the_others(built: tuple[Path, runs.BuildResult]) -> None:
    """The good ones are made; each failure is named with its cell."""
    _, result = built
    assert result.built == ("alpha/stations", "alpha/warn", "beta/plain")
    assert [(item.key, item.cell) for item in result.failed] == [
        ("alpha/die", 5),
        ("alpha/raise", 5),
        ("alpha/silent", 0),
    ]


def test_the_error_report_holds_the_traceback(built: tuple[Path, runs.BuildResult]) -> None:
    """Message, code and traceback are on the page, escaped."""
    root, _ = built
    page = (root / "reports" / "alpha" / "raise.error.html").read_text(encoding="utf-8")
    assert "ValueError: 坏了 &lt;b&gt;" in page
    assert "Traceback" in page
    assert "raise ValueError" in page
    assert "\x1b" not in page


def test_the_manifest_says_what_failed_and_since_when(built: tuple[Path, runs.BuildResult]) -> None:
    """`build.json` has the outcome, the message and the page of each failure, and the inputs of each good report."""
    root, _ = built
    data = json.loads((root / "reports" / "build.json").read_text(encoding="utf-8"))
    assert data["reports"]["alpha/die"]["outcome"] == "failed"
    assert data["reports"]["alpha/raise"]["failure"]["message"] == "ValueError: 坏了 <b>"
    good = data["reports"]["alpha/stations"]
    assert good["seconds"] > 0
    assert set(good["inputs"]) == {"notebooks/alpha.ipynb", "params/alpha/stations.yaml", "shared"}
    shared = data["inputs"][good["inputs"]["shared"]]
    assert {"data/plans/anhui-2024.txt", "library/runs/report.py", "environment/pandas"} <= set(shared)
    versions = {name: value for name, value in shared.items() if name.startswith("environment/")}
    assert versions["environment/pandas"] == pd.__version__
    hashes = [value for name, value in shared.items() if name not in versions]
    assert all(len(value) == 64 for value in (*hashes, *good["inputs"].values(), *good["reads"].values()))


def test_every_link_leads_to_something_in_the_folder(built: tuple[Path, runs.BuildResult]) -> None:
    """Pages, pictures, data and anchors are there, and nothing refers to outside."""
    root, _ = built
    assert broken_links(root / "reports") == []


def test_pages_load_nothing_from_elsewhere(built: tuple[Path, runs.BuildResult]) -> None:
    """No page names an address with a protocol."""
    root, _ = built
    for page in (root / "reports").rglob("*.html"):
        assert not re.search(r"(?:https?:)?//[\w.]+\.\w+", page.read_text(encoding="utf-8")), page


def test_a_report_shows_its_content_in_chinese(built: tuple[Path, runs.BuildResult]) -> None:
    """Title, finding, printed text, figure, table with a linked number, prose with a citation; one title only."""
    root, _ = built
    page = (root / "reports" / "alpha" / "stations.html").read_text(encoding="utf-8")
    assert "<h1>各地比较：5g_base_stations</h1>" in page
    assert "安徽的目标最高。" in page
    assert "打印的文字" in page
    assert re.search(r'<img[^>]+src="\.\./assets/alpha/stations/[0-9a-f]{12}/stations-ranking-zh\.png"', page)
    assert '<a href="../evidence/anhui-2024.html#o43" title="建成&lt;5G&gt;基站16万个以上">≥160,000</a>' in page
    assert '<a href="../evidence/anhui-2024.html#o43">16万个</a>' in page
    assert "injected" not in page
    assert "各地比较</h1>" not in page


def test_warnings_stay_off_the_page(built: tuple[Path, runs.BuildResult]) -> None:
    """What a library writes to the error stream is not for readers."""
    root, _ = built
    assert "a warning for the log" not in re.sub(
        '<pre class="code">.*?</pre>',
        "",
        (root / "reports/alpha/warn.html").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )


def test_figures_are_published_as_files(built: tuple[Path, runs.BuildResult]) -> None:
    """Each figure has its pictures and data under its name, the same as those in the reports folder."""
    root, _ = built
    folder = root / "figures" / "alpha" / "stations"
    assert {path.name for path in folder.iterdir()} >= {
        "stations-ranking-zh.png",
        "stations-ranking-zh.svg",
        "stations-ranking-zh.pdf",
        "stations-ranking-zh.csv",
        "values.csv",
    }
    (copy,) = (root / "reports" / "assets" / "alpha" / "stations").glob("*/stations-ranking-zh.png")
    assert copy.read_bytes() == (folder / "stations-ranking-zh.png").read_bytes()


def test_nothing_is_left_of_the_work(built: tuple[Path, runs.BuildResult]) -> None:
    """No staging folder, no partial file, no process."""
    root, _ = built
    assert not (root / "reports" / ".staging").exists()
    assert not list((root / "reports").rglob("*.partial"))
    assert processes_of(root) == []


def test_equal_inputs_give_equal_bytes(built: tuple[Path, runs.BuildResult], tmp_path: Path) -> None:
    """A second folder, another time, zone and language, another process: the same pages, pictures and data, no time."""
    root, _ = built
    other = make_small_project(tmp_path)
    elsewhere = {**os.environ, "TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C", "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "compare", "--project", str(other), "build", "--jobs", "1"]
    subprocess.run(command, check=True, capture_output=True, env=elsewhere, cwd=tmp_path)
    for page in ("reports/alpha/stations.html", "reports/beta/plain.html", "reports/evidence/anhui-2024.html"):
        assert (other / page).read_bytes() == (root / page).read_bytes(), page
        assert not TIMES.search((root / page).read_text(encoding="utf-8"))
    for path in (other / "figures").rglob("*.*"):
        assert path.read_bytes() == (root / path.relative_to(other)).read_bytes(), path.name


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the two reports of the light notebook, built once."""
    root = make_small_project(tmp_path_factory.mktemp("light"))
    (root / "params" / "alpha" / "stations.yaml").unlink()
    write_params(root, "beta/other", "word: 乙\n")
    build(root)
    return root


def reasons(root: Path) -> dict[str, tuple[str, ...]]:
    """Why each report is out of date."""
    return {task.job.key: task.reasons for task in runs.plan_build(root)}


def test_nothing_is_built_twice(light: Path) -> None:
    """A second build finds everything up to date, also after all times have changed."""
    for path in light.rglob("*.*"):
        os.utime(path, (2**31, 2**31))
    result = build(light)
    assert (result.built, result.current) == ((), ("beta/other", "beta/plain"))


def test_a_build_with_nothing_to_do_loads_what_it_needs(light: Path) -> None:
    """Neither what runs a report nor the slow parts of the standard library: its start is most of its time."""
    build(light)
    slow = "ast datetime dataclasses difflib inspect platform shutil socket threading tokenize"
    ours = "known orders progress publish report running"
    code = (
        "import sys; from compare.cli import main\n"
        "code = main(['--project', sys.argv[1], 'build'])\n"
        f"names = {[*slow.split(), *(f'compare.runs.{name}' for name in ours.split())]!r}\n"
        "print(code, [name for name in names if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(light)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    lines = found.stdout.splitlines()
    assert lines[0].startswith("0 built, 0 failed, 2 up to date")
    assert lines[-1] == "0 []"


def test_a_changed_parameter_file_concerns_its_report_alone(light: Path) -> None:
    """The other report stays; the reason names the file."""
    write_params(light, "beta/other", "word: 丙\n")
    assert reasons(light) == {"beta/other": ("params/beta/other.yaml changed",), "beta/plain": ()}
    assert build(light).built == ("beta/other",)
    assert "文字报告 丙" in (light / "reports" / "index.html").read_text(encoding="utf-8")


def test_a_damaged_output_is_made_again(light: Path) -> None:
    """An altered page and a missing one are noticed by content."""
    page = light / "reports" / "beta" / "plain.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert reasons(light)["beta/plain"] == ("reports/beta/plain.html was altered",)
    page.unlink()
    assert reasons(light)["beta/plain"] == ("reports/beta/plain.html is missing",)
    build(light)
    assert page.exists()


def test_damaged_pages_around_the_reports_are_made_again(light: Path) -> None:
    """The index and the evidence pages come back without any report being run."""
    (light / "reports" / "index.html").unlink()
    (light / "reports" / "evidence" / "anhui-2024.html").write_text("", encoding="utf-8")
    assert build(light).built == ()
    assert broken_links(light / "reports") == []


def test_a_failure_keeps_the_last_good_report(light: Path) -> None:
    """The page stays as it was beside the error report, the index names both, and success clears the failure."""
    page = light / "reports" / "beta" / "other.html"
    good = page.read_bytes()
    notebook = light / "notebooks" / "beta.ipynb"
    before = notebook.read_bytes()
    write_notebook(notebook, [("code", 'word = "x"', ("parameters",)), ("code", "1 / 0", ())])
    result = build(light, "beta/other")
    assert [item.key for item in result.failed] == ["beta/other"]
    assert page.read_bytes() == good
    index = (light / "reports" / "index.html").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in index
    assert 'href="beta/other.error.html"' in index
    assert 'href="beta/other.html"' in index
    assert "待更新" in index, "the other report was made from an earlier notebook"
    since = result.entries["beta/other"].failure
    again = build(light, "beta/other").entries["beta/other"].failure
    assert since
    assert again
    assert again.since == since.since
    notebook.write_bytes(before)
    build(light)
    assert not (light / "reports" / "beta" / "other.error.html").exists()
    assert broken_links(light / "reports") == []


def test_a_report_without_its_parameters_goes(light: Path) -> None:
    """What was published of it is removed, and the index no longer names it."""
    write_params(light, "beta/gone", "word: 丁\n")
    build(light)
    assert (light / "reports" / "beta" / "gone.html").exists()
    (light / "params" / "beta" / "gone.yaml").unlink()
    build(light)
    assert not (light / "reports" / "beta" / "gone.html").exists()
    assert "beta/gone" not in read_manifest(light / "reports").entries
    assert "丁" not in (light / "reports" / "index.html").read_text(encoding="utf-8")


def test_files_of_others_stay(light: Path) -> None:
    """A file that no build has made is left alone."""
    stranger = light / "reports" / "notes.txt"
    stranger.write_text("mine", encoding="utf-8")
    build(light, force=True)
    assert stranger.exists()


def test_wrong_parameters_start_nothing(light: Path) -> None:
    """All mistakes of all files come at once, before any report runs; what is published stays as it is."""
    before = {path: path.read_bytes() for path in (light / "reports").rglob("*.html")}
    write_params(light, "beta/bad", "wort: 1\n")
    write_params(light, "beta/list", "- 1\n")
    write_params(light, "beta/broken", "a: [\n")
    try:
        with pytest.raises(ParameterError) as caught:
            build(light, force=True)
    finally:
        for name in ("bad", "list", "broken"):
            (light / "params" / "beta" / f"{name}.yaml").unlink()
    message = str(caught.value)
    assert "params/beta/bad.yaml: wort: found an unknown parameter, expected one of word" in message
    assert "params/beta/list.yaml: found a list" in message
    assert "broken.yaml: line 2" in message
    assert {path: path.read_bytes() for path in (light / "reports").rglob("*.html")} == before


@pytest.mark.parametrize("name", ["reports", "figures"])
def test_a_folder_that_cannot_be_written_is_named_first(tmp_path: Path, name: str) -> None:
    """A file in its place is an error before any report runs."""
    root = make_small_project(tmp_path)
    (root / name).write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match=name):
        build(root)


def processes_of(root: Path) -> list[int]:
    """Processes in which cells of a project's notebooks run: they work in the folder of the notebooks."""
    place = str(root.resolve() / "notebooks")
    return [process.pid for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == place]


def wait_for(condition: object, seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def test_a_report_that_hangs_is_ended(tmp_path: Path) -> None:
    """Past the timeout it is stopped, reported with its cell, and the others are made."""
    root = make_small_project(tmp_path)
    (root / "params" / "alpha" / "stations.yaml").unlink()
    write_params(root, "alpha/hang", "mode: hang\n")
    result = build(root, timeout=15)
    assert result.built == ("beta/plain",)
    assert [(item.key, item.cell) for item in result.failed] == [("alpha/hang", 5)]
    assert "15 s" in (root / "reports" / "alpha" / "hang.error.html").read_text(encoding="utf-8")
    assert processes_of(root) == []


def start_build(root: Path) -> subprocess.Popen[str]:
    """The program in a process of its own, far enough for a report to run."""
    process = subprocess.Popen(
        [sys.executable, "-m", "compare", "--project", str(root), "build", "--force"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: processes_of(root))
    return process


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Path]:
    """A project that is built, and whose next build takes very long."""
    root = make_small_project(tmp_path)
    (root / "params" / "alpha" / "stations.yaml").unlink()
    build(root)
    write_params(root, "alpha/hang", "mode: hang\n")
    yield root
    for pid in processes_of(root):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="sends signals that Windows does not have")
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGKILL, -9, ""), (signal.SIGTERM, 143, "ended by SIGTERM"), (signal.SIGINT, 130, "interrupted")],
)
def test_a_build_that_is_ended_leaves_a_whole_set(hanging: Path, number: signal.Signals, code: int, said: str) -> None:
    """All links resolve, no process stays behind, the last line says what ended it, and the next build picks up."""
    with start_build(hanging) as process:
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == code
        assert errors.rstrip().endswith(said)
    wait_for(lambda: not processes_of(hanging))
    assert broken_links(hanging / "reports") == []
    (hanging / "params" / "alpha" / "hang.yaml").unlink()
    events: list[object] = []
    build(hanging, progress=events.append)
    assert not (hanging / "reports" / ".staging").exists()
    assert ("interrupted" in str(events)) == (number == signal.SIGKILL)


def test_one_report_can_be_run_by_itself(tmp_path: Path) -> None:
    """Everything goes to the folder that was asked for, and nothing is published."""
    root = make_small_project(tmp_path / "project")
    outcome = runs.run_report(root, "beta", "plain", tmp_path / "out")
    assert outcome.error == ""
    assert outcome.said["title"] == "文字报告 甲"
    assert (tmp_path / "out" / "page.html").exists()
    assert not (root / "reports").exists()
