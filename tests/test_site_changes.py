"""The change page: which numbers are not as they were, and the set that they are compared with."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from small_project import ANHUI, PLANS, make_small_project, write_plan

from compare import runs
from compare.cli import main
from compare.columns import TARGET_COLUMNS
from compare.errors import InputError
from compare.runs.manifest import read_manifest
from compare.site import change_page, write_site
from compare.site.changes import Change, Row, count_changes, describe_changes, find_changes, read_rows


def row(**values: object) -> Row:
    """A row of a table of targets, with usual values where none is given."""
    usual = {
        "plan": "anhui-2024",
        "start": 10,
        "end": 13,
        "number": "16万",
        "value": 160000,
        "unit": "个",
        "bound": ">=",
        "kind": "level",
        "year": 2026,
        "status": "target",
        "label": "5G基站",
        "indicator": "5g_base_stations",
        "quote": "建成5G基站16万个以上",
    }
    return {name: str((usual | values).get(name, "")) for name in TARGET_COLUMNS}


def find(before: list[Row], now: list[Row]) -> list[tuple[str, tuple[str, ...]]]:
    """What changed, and in which parts."""
    return [(change.what, change.parts) for change in find_changes(before, now)]


def test_a_number_that_moved_has_not_changed() -> None:
    """Text put in before it shifts its place, and the words around it may be others."""
    assert find([row()], [row(start=99, end=102, quote="累计建成5G基站16万个以上")]) == []
    assert find([row(), row(start=40)], [row(start=50), row(start=80)]) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"value": 180000, "number": "18万"}, "数值 value"),
        ({"value_high": 200000}, "数值 value"),
        ({"bound": "="}, "数值 value"),
        ({"unit": "户", "start": 70}, "数值 value"),
        ({"year": 2025, "start": 70}, "年份 year"),
        ({"base_year": 2020}, "年份 year"),
        ({"kind": "annual", "start": 70}, "类型 kind"),
        ({"status": "actual"}, "状态 status"),
        ({"scope": "城区"}, "范围 scope"),
        ({"indicator": "4g_base_stations"}, "指标 indicator"),
    ],
)
def test_each_part_is_noticed(values: dict[str, object], part: str) -> None:
    """Value, bound, unit, year, kind, status, scope and indicator each make a change, and nothing else is named."""
    assert find([row()], [row(**values)]) == [("changed", (part,))]


def test_another_measure_is_another_number() -> None:
    """What measures something else, elsewhere in the text, is not taken for the same number with another value."""
    other = row(indicator="", label="数字经济企业", value=3000, number="3000", unit="家", start=60)
    assert find([row()], [other]) == [("dropped", ()), ("added", ())] or find([row()], [other]) == [
        ("added", ()),
        ("dropped", ()),
    ]


def test_numbers_without_an_indicator_are_told_apart_by_their_label() -> None:
    """Two equal values of different things are two numbers."""
    left = row(indicator="", label="企业", value=10, number="10", start=5)
    right = row(indicator="", label="园区", value=10, number="10", start=55)
    assert sorted(find([left], [right])) == [("added", ()), ("dropped", ())]
    assert find([left], [row(indicator="", label="企业", value=12, number="12", start=55)]) == [
        ("changed", ("数值 value",))
    ]


def test_several_numbers_of_one_indicator_keep_their_years() -> None:
    """Where a plan states a path, each year is compared with itself."""
    before = [row(year=2025, value=10, start=1, number="10"), row(year=2026, value=20, start=5, number="20")]
    now = [row(year=2026, value=20, start=1, number="20"), row(year=2025, value=15, start=5, number="15")]
    (change,) = find_changes(before, now)
    assert change.before
    assert change.now
    assert (change.before["value"], change.now["value"], change.now["year"]) == ("10", "15", "2025")


def test_a_dropped_number_says_why_it_is_none_now() -> None:
    """The reason of a number that still stands there without a record is told in words."""
    (change,) = find_changes([row()], [], {("anhui-2024", "10", "16万"): "slogan"})
    assert change == Change("dropped", row(), None, reason="part of a slogan or scheme")
    (change,) = find_changes([row()], [])
    assert change.reason == ""


def test_changes_come_by_plan_and_indicator() -> None:
    """Plans in order, in each the indicators in order, numbers without one last."""
    now = [
        row(plan="b", indicator="x"),
        row(plan="a", indicator="", start=1),
        row(plan="a", indicator="z", start=2),
        row(plan="a", indicator="y", start=3),
    ]
    keys = [(change.row["plan"], change.row["indicator"]) for change in find_changes([], now)]
    assert keys == [("a", "y"), ("a", "z"), ("a", ""), ("b", "x")]


def test_the_text_has_each_number_with_its_sentence() -> None:
    """Counts first, then by plan what was and what is, the sentence and where it is marked."""
    lines = describe_changes(find_changes([row()], [row(value=180000, bound="=")]), {})
    assert lines[0] == "1 changed, 0 added, 0 dropped"
    assert lines[2] == "anhui-2024"
    assert "5g_base_stations  5G基站: ≥160,000 个, 2026 → 180,000 个, 2026" in lines[3]
    assert "“建成5G基站16万个以上” (reports/evidence/anhui-2024.html#o10)" in lines[4]
    assert describe_changes([], {}) == ["no number changed"]
    assert count_changes([]) == {"changed": 0, "added": 0, "dropped": 0}


def test_a_table_that_is_none_is_named(tmp_path: Path) -> None:
    """A missing file, another table and a file that is no text."""
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.csv", other, binary):
        with pytest.raises(InputError, match=path.name):
            read_rows(path)


# the page of a build

CHANGED = (
    ANHUI.replace("16万个以上", "18万个").replace("，培育数字经济企业3000家", "").replace("一、", "新的一行。\n一、")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with one light report, built."""
    root = make_small_project(tmp_path)
    (root / "params" / "alpha" / "stations.yaml").unlink()
    build(root)
    return root


def build(root: Path) -> None:
    """A build with all its pages."""
    assert not runs.build(root, site=write_site).failed


def page(root: Path) -> str:
    """The change page."""
    return (root / "reports" / "changes.html").read_text(encoding="utf-8")


class Pieces(HTMLParser):
    """The links of a page, and the anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes addresses and ids."""
        del tag
        found = dict(attrs)
        self.links += [value for value in [found.get("href")] if value and value != "data:,"]
        self.anchors += [value for value in [found.get("id")] if value]


def pieces(path: Path) -> Pieces:
    """Links and anchors of a page."""
    parser = Pieces()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


def broken_links(root: Path) -> Iterator[str]:
    """Links of the change page that lead nowhere."""
    path = root / "reports" / "changes.html"
    for link in pieces(path).links:
        address, _, anchor = link.partition("#")
        target = path.parent / address if address else path
        if not target.is_file() or (anchor and anchor not in pieces(target).anchors):
            yield link


def test_the_first_build_has_nothing_to_compare_with(root: Path) -> None:
    """The page says so, and the index links to it without a count."""
    assert "没有更早的一组数字可比" in page(root)
    index = (root / "reports" / "index.html").read_text(encoding="utf-8")
    assert '<a href="changes.html">数字的变化 numbers that changed</a>' in index


def test_the_page_tells_what_a_build_changed(root: Path) -> None:
    """A changed number shows both values and its sentence, with a link to it; a dropped one its sentence."""
    write_plan(root, "anhui-2024", "340000", CHANGED)
    build(root)
    text = unescape(re.sub("<[^>]+>", " ", page(root)))
    assert re.search(r"≥160,000 个\s+2026\s+180,000 个\s+2026", text)
    assert "1 改动 changed" in text
    assert "1 删去 dropped" in text
    assert "培育数字经济企业3000家" in text
    place = CHANGED.index("18万")
    assert f'href="evidence/anhui-2024.html#o{place}"' in page(root)
    assert list(broken_links(root)) == []
    assert "numbers that changed: 2" in (root / "reports" / "index.html").read_text(encoding="utf-8")


def test_a_build_that_changes_no_number_keeps_the_page(root: Path) -> None:
    """What the page tells stays until numbers change again, however often the pages are written."""
    write_plan(root, "anhui-2024", "340000", CHANGED)
    build(root)
    before = page(root)
    (root / "reports" / "index.html").unlink()
    (root / "reports" / "changes.html").unlink()
    build(root)
    assert page(root) == before
    assert len(list((root / "reports" / "data" / "snapshots").iterdir())) == 2
    write_plan(root, "anhui-2024", "340000", ANHUI)
    build(root)
    assert page(root) != before
    assert len(list((root / "reports" / "data" / "snapshots").iterdir())) == 2, "older sets go"


def test_a_build_that_was_ended_while_writing_loses_no_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as nothing is published, the next build still compares with what was."""
    write_plan(root, "anhui-2024", "340000", CHANGED)

    def end(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("compare.site.render_index", end)
        with pytest.raises(KeyboardInterrupt):
            build(root)
    build(root)
    assert "1 改动 changed" in page(root)


def test_a_set_that_was_altered_is_not_compared_with(root: Path) -> None:
    """A damaged snapshot counts as none: nothing false is told."""
    (snapshot,) = (root / "reports" / "data" / "snapshots").iterdir()
    os.unlink(snapshot)  # noqa: PTH108 — a second name of the published table, which stays
    snapshot.write_text("plan\n", encoding="utf-8")
    write_plan(root, "anhui-2024", "340000", CHANGED)
    build(root)
    assert "没有更早的一组数字可比" in page(root)


def test_a_plan_that_is_gone_is_told_without_a_link(root: Path) -> None:
    """All its numbers were dropped; its evidence page is gone as well."""
    for ending in ("txt", "yaml"):
        (root / "data" / "plans" / f"fujian-2022.{ending}").unlink()
    build(root)
    assert "已不在其中" in page(root)
    assert "fujian-2022.html" not in page(root)
    assert list(broken_links(root)) == []


def test_the_published_sets_are_found(root: Path) -> None:
    """The present one under its own name, and before the second build none besides."""
    now, before = change_page.published_snapshots(root, read_manifest(root / "reports"))
    assert now
    assert now.read_bytes() == (root / "reports" / "data" / "targets.csv").read_bytes()
    assert before is None


# the command


def run(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command on a project."""
    code = main(["--project", str(root), "changes", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_command_tells_what_a_build_would_change(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """Before the build it compares with what is published, afterwards nothing differs and `--last` tells the same."""
    assert run(capsys, root)[:2] == (0, "no number changed\n")
    write_plan(root, "anhui-2024", "340000", CHANGED)
    code, told, _ = run(capsys, root)
    assert code == 0
    assert told.startswith("1 changed, 0 added, 1 dropped\n")
    build(root)
    assert run(capsys, root)[1] == "no number changed\n"
    assert run(capsys, root, "--last")[1] == told


def test_the_command_speaks_json(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    """A list with the rows before and now."""
    write_plan(root, "anhui-2024", "340000", CHANGED)
    found = json.loads(run(capsys, root, "--json")[1])
    changed = next(item for item in found if item["what"] == "changed")
    assert (changed["indicator"], changed["parts"]) == ("5g_base_stations", ["value"])
    assert (changed["before"]["value"], changed["now"]["value"]) == ("160000", "180000")


def test_the_command_compares_with_any_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`--since` takes an older table; without one and without a build there is nothing to compare with."""
    root = make_small_project(tmp_path / "project")
    code, _, err = run(capsys, root)
    assert (code, "build the reports first" in err) == (2, True)
    assert "no earlier set" in run(capsys, root, "--last")[2]
    main(["--project", str(root), "targets"])
    older = tmp_path / "older.csv"
    (root / "data" / "targets" / "targets.csv").replace(older)
    assert set(PLANS) == {"anhui-2024", "fujian-2022"}
    write_plan(root, "anhui-2024", "340000", CHANGED)
    capsys.readouterr()
    assert run(capsys, root, "--since", str(older))[1].startswith("1 changed")
