"""Files whole or not at all, one build at a time, and inputs known by their content."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from compare.errors import OutputError
from compare.project.digests import hash_file
from compare.runs import files, outputs
from compare.runs.fingerprints import describe_change, hash_notebook, shared_inputs
from compare.runs.manifest import Entry, Failure, Manifest, read_manifest, write_manifest
from compare.runs.outputs import Outputs

HOLD = """
import sys
from pathlib import Path
from compare.runs.files import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold_lock(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_build_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    """The message names the process that is at work."""
    with hold_lock(tmp_path / ".lock") as process:
        with pytest.raises(OutputError, match=f"process {process.pid} on "), files.build_lock(tmp_path / ".lock"):
            pass
        process.communicate("")


def test_a_lock_that_was_let_go_leaves_no_trace(tmp_path: Path) -> None:
    """After an orderly end the next build sees nothing of it."""
    for _ in range(2):
        with files.build_lock(tmp_path / ".lock") as interrupted:
            assert not interrupted


def test_the_lock_of_a_killed_build_is_noticed(tmp_path: Path) -> None:
    """It holds nobody back, and the next build learns that the last was cut off."""
    with hold_lock(tmp_path / ".lock") as process:
        process.kill()
        process.communicate()
    with files.build_lock(tmp_path / ".lock") as interrupted:
        assert interrupted


def test_replacing_a_file_leaves_no_other(tmp_path: Path) -> None:
    """The old content goes, and nothing but the file is there."""
    path = tmp_path / "deep" / "a.txt"
    files.replace_bytes(path, b"one")
    files.replace_bytes(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    """A folder in the way is an error that names it, and no half file is left."""
    target = tmp_path / "a.txt"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"a\.txt: cannot be written"):
        files.replace_bytes(target, b"x")
    assert list(tmp_path.iterdir()) == [target]


def test_a_linked_file_can_be_linked_again(tmp_path: Path) -> None:
    """Publishing the same content twice is no error and leaves no second name behind."""
    source = tmp_path / "source"
    source.write_bytes(b"x")
    for _ in range(2):
        files.replace_by_link(source, tmp_path / "out" / "target")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["target"]


def test_inputs_are_known_by_content_not_by_time(tmp_path: Path) -> None:
    """A touched file changes nothing, a changed byte does, also with the old time."""
    (tmp_path / "data").mkdir()
    data = tmp_path / "data" / "a.csv"
    data.write_text("1", encoding="utf-8")
    before = shared_inputs(tmp_path)
    os.utime(data, (2**31, 2**31))
    assert shared_inputs(tmp_path) == before
    data.write_text("2", encoding="utf-8")
    os.utime(data, (2**31, 2**31))
    assert describe_change(before, shared_inputs(tmp_path)) == ["data/a.csv changed"]


def test_of_a_notebook_only_text_and_tags_of_cells_count(tmp_path: Path) -> None:
    """Outputs, counts and the editor's metadata may change; a cell's source may not."""
    notebook = tmp_path / "a.ipynb"

    def hashed(source: str, outputs: list[str]) -> str:
        cell = {"cell_type": "code", "source": source, "outputs": outputs, "metadata": {"collapsed": bool(outputs)}}
        notebook.write_text(json.dumps({"cells": [cell], "metadata": {"n": len(outputs)}}), encoding="utf-8")
        return hash_notebook(notebook)

    assert hashed("x = 1", []) == hashed("x = 1", ["1"])
    assert hashed("x = 1", []) != hashed("x = 2", [])


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Entries, input sets, failures and the record of the pages survive the way through the file."""
    entry = Entry(
        "a",
        "x",
        title="标题",
        files={"reports/a/x.html": "0"},
        failure=Failure("坏", 3, "2026-01-01", "a/x.error.html"),
    )
    manifest = Manifest(site={"inputs": "1", "files": {}}).with_entry("a/x", entry, {"data/a": "2"})
    write_manifest(tmp_path, manifest, "1.0")
    assert read_manifest(tmp_path) == manifest
    outcome = json.loads((tmp_path / "build.json").read_text(encoding="utf-8"))["reports"]["a/x"]["outcome"]
    assert outcome == "failed"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"schema": 99}', '{"schema": 1, "reports": {"a/x": {"no": 1}}}', "\x00"]
)
def test_a_damaged_manifest_counts_as_none(tmp_path: Path, content: str) -> None:
    """Everything is then built anew; nothing stale is taken for new."""
    (tmp_path / "build.json").write_text(content, encoding="utf-8")
    assert read_manifest(tmp_path) == Manifest()


def test_missing_and_altered_outputs_are_found(tmp_path: Path) -> None:
    """Outputs are compared by content with what was written."""
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_text("1", encoding="utf-8")
    bad.write_text("1", encoding="utf-8")
    hashes = {"good": hash_file(good), "bad": hash_file(bad), "gone": "0"}
    bad.write_text("2", encoding="utf-8")
    assert Outputs(tmp_path).find_damaged("a/x", hashes) == ["bad was altered", "gone is missing"]


def keep_as_old(root: Path, hashes: dict[str, str]) -> None:
    """What a build does that finds these files whole, long after they were written."""
    looked = Outputs(root)
    assert looked.find_damaged("a/x", hashes) == []
    looked.keep(["a/x"], time.time_ns() + 10 * outputs.SETTLED)


@pytest.mark.skipif(not outputs.HAS_TIME_OF_CHANGE, reason="this system does not tell when a file changed")
def test_what_nobody_touched_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look reads no file; one at other files, or for another hash, does."""
    path = tmp_path / "page"
    path.write_text("1", encoding="utf-8")
    hashes = {"page": hash_file(path)}
    keep_as_old(tmp_path, hashes)
    read: list[Path] = []
    monkeypatch.setattr(outputs, "hash_file", lambda path: (read.append(path), "another")[1])
    assert Outputs(tmp_path).find_damaged("a/x", hashes) == []
    assert read == []
    assert Outputs(tmp_path).find_damaged("a/x", {"page": "0"}) == ["page was altered"]
    assert read == [path]


def test_an_altered_output_is_found_whatever_its_times_say(tmp_path: Path) -> None:
    """The same size and the same time of writing do not hide other content, nor one that was replaced."""
    path = tmp_path / "page"
    path.write_text("1", encoding="utf-8")
    hashes, before = {"page": hash_file(path)}, path.stat()
    keep_as_old(tmp_path, hashes)
    path.write_text("2", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert Outputs(tmp_path).find_damaged("a/x", hashes) == ["page was altered"]
    path.unlink()
    assert Outputs(tmp_path).find_damaged("a/x", hashes) == ["page is missing"]


def test_what_changed_a_moment_ago_is_read_again(tmp_path: Path) -> None:
    """Two changes within one tick of a file system's clock look like one; so does a file of kept states gone wrong."""
    path = tmp_path / "page"
    path.write_text("1", encoding="utf-8")
    hashes = {"page": hash_file(path)}
    looked = Outputs(tmp_path)
    assert looked.find_damaged("a/x", hashes) == []
    looked.keep(["a/x"], path.stat().st_mtime_ns)
    kept = tmp_path / "reports" / outputs.NAME
    assert not kept.exists()
    keep_as_old(tmp_path, hashes)
    assert kept.exists() == outputs.HAS_TIME_OF_CHANGE
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("{", encoding="utf-8")
    assert Outputs(tmp_path).find_damaged("a/x", hashes) == []
