"""Plans: source records and their mistakes, the text as read, and the period that a text tells."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from compare.errors import DefinitionError, InputError
from compare.plans import Period, infer_period, load_plans, period_of_record, propose_record, read_plan

ROOT = Path(__file__).parent.parent
TEXT = "某省数字经济发展行动方案（2023—2025年）\n到2025年，建成5G基站16万个。\n"
RECORD: dict[str, Any] = {
    "title": "某省数字经济发展行动方案（2023—2025年）",
    "region": "340000",
    "issuer": "某省人民政府",
    "issued": dt.date(2023, 3, 1),
    "first_year": 2023,
    "last_year": 2025,
    "base_year": 2022,
    "script": "simplified",
    "source": "made up for the tests",
}


def write_plan(folder: Path, name: str, text: str = TEXT, **changes: object) -> None:
    """A plan with its source record; a change to None leaves the key out."""
    content = text.encode()
    (folder / f"{name}.txt").write_bytes(content)
    record = RECORD | {"sha256": hashlib.sha256(content).hexdigest()} | changes
    record = {key: value for key, value in record.items() if value != "left out"}
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")


def mistakes(folder: Path) -> list[str]:
    """What loading a folder complains of, one line a mistake."""
    with pytest.raises(DefinitionError) as caught:
        load_plans(folder)
    return [str(problem) for problem in caught.value.problems]


def test_plans_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    """Whatever the file system lists first; the id is the name of the file."""
    for name in ("b-2023", "a-2024", "c-2022"):
        write_plan(tmp_path, name)
    plans = load_plans(tmp_path)
    assert [plan.id for plan in plans] == ["a-2024", "b-2023", "c-2022"]
    assert plans[0].text == TEXT
    assert plans[0].title == RECORD["title"]
    assert plans[0].period == Period(2023, 2025, 2022, 2023, is_issued=True)


def test_a_folder_without_plans_gives_none(tmp_path: Path) -> None:
    """An empty corpus is no mistake, a missing folder is."""
    assert load_plans(tmp_path) == ()
    with pytest.raises(InputError, match="no such folder"):
        load_plans(tmp_path / "plans")


def test_other_files_beside_the_plans_are_left_alone(tmp_path: Path) -> None:
    """A README in the folder is no plan."""
    write_plan(tmp_path, "a-2024")
    (tmp_path / "README.md").write_text("# Plans\n", "utf-8")
    assert [plan.id for plan in load_plans(tmp_path)] == ["a-2024"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "left out"}, "title: found nothing, expected a value"),
        ({"titel": "x"}, "titel: found a key that is not known, expected the key 'title'"),
        ({"region": 340000}, "region: found 340000"),
        ({"region": "34"}, "region: found '34'"),
        ({"issued": "2023-13-01"}, "issued: found '2023-13-01'"),
        ({"first_year": 202}, "first_year: found 202"),
        ({"last_year": "next"}, "last_year: found 'next'"),
        ({"first_year": 2026}, "first_year 2026 after last_year 2025"),
        ({"script": "both"}, "script: found 'both'"),
        ({"sha256": "abc"}, "sha256: found 'abc'"),
        ({"sha256": "0" * 64}, "sha256: found 000000000000…, but the file has "),
        ({"id": "A 2024"}, "id: found 'A 2024'"),
    ],
)
def test_a_mistake_in_a_source_record_is_described(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    """File, key, what was found and what was expected."""
    write_plan(tmp_path, "a-2024", **changes)
    (problem,) = mistakes(tmp_path)
    assert problem.startswith("a-2024.yaml: ")
    assert message in problem


def test_every_mistake_of_every_plan_comes_at_once(tmp_path: Path) -> None:
    """One run is enough to see all that is to be put right."""
    write_plan(tmp_path, "a-2024", region="34", script="both")
    write_plan(tmp_path, "b-2024", sha256="0" * 64)
    (tmp_path / "c-2024.txt").write_text(TEXT, "utf-8")
    (tmp_path / "d-2024.yaml").write_text("title: 某省\n", "utf-8")
    write_plan(tmp_path, "e-2024")
    (tmp_path / "e-2024.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "f-2024.txt").write_text(TEXT, "utf-8")
    (tmp_path / "f-2024.yaml").write_text("title: [\n", "utf-8")
    found = mistakes(tmp_path)
    for start in (
        "a-2024.yaml: region: ",
        "a-2024.yaml: script: ",
        "b-2024.yaml: sha256: ",
        "c-2024.txt: (top): found no source record, expected c-2024.yaml beside it",
        "d-2024.yaml: (top): found a source record without a plan, expected d-2024.txt beside it",
        "e-2024.txt: (top): ",
        "f-2024.txt: (top): ",
    ):
        assert sum(line.startswith(start) for line in found) == 1, start
    assert len(found) == 7


def test_the_corpus_itself_loads() -> None:
    """Five plans with their records and digests."""
    plans = load_plans(ROOT / "data" / "plans")
    assert [plan.id for plan in plans] == ["anhui-2020", "anhui-2024", "fujian-2022", "shandong-2023", "taizhou-2022"]
    assert all(plan.record is not None and plan.text.strip() for plan in plans)


def test_without_a_date_of_issue_the_first_year_is_now(tmp_path: Path) -> None:
    """Years before the plan starts are past, yet 今年 cannot be counted from it."""
    write_plan(tmp_path, "a-2024", issued=None)
    (plan,) = load_plans(tmp_path)
    assert plan.record is not None
    assert period_of_record(plan.record) == Period(2023, 2025, 2022, 2023, is_issued=False)


def test_the_years_of_the_republic_are_counted_in_the_plans_of_taiwan(tmp_path: Path) -> None:
    """By the region of a record, and in a text without one by its characters and what it speaks of."""
    write_plan(tmp_path, "a-2024", region="710000")
    write_plan(tmp_path, "b-2024")
    one, other = load_plans(tmp_path)
    assert one.period.counts_republic
    assert not other.period.counts_republic
    assert infer_period("國科會規劃，至116年完成算力15MW。").counts_republic
    assert not infer_period("国科会规划，至116年完成算力15MW。").counts_republic
    assert not infer_period("學校建校116年，培育人才3萬人。").counts_republic


def test_a_file_outside_the_corpus_has_no_record(tmp_path: Path) -> None:
    """Its id is the name of the file, its period comes from the text."""
    path = tmp_path / "方案.txt"
    path.write_text(TEXT, "gb18030")
    plan = read_plan(path)
    assert (plan.id, plan.title, plan.record, plan.text) == ("方案", "方案", None, TEXT)
    assert (plan.period.first_year, plan.period.last_year) == (2023, 2025)


@pytest.mark.parametrize(
    ("text", "first", "last", "now"),
    [
        ("某省数字经济发展行动方案（2023—2025年）", 2023, 2025, 2023),
        ("某省数字经济发展三年行动计划（2020-2022年）\n（2020年5月6日）", 2020, 2022, 2020),
        ("某省数字经济发展行动方案（2023～2025年）", 2023, 2025, 2023),
        ("某省数字经济发展行动方案（2023年至2025年）", 2023, 2025, 2023),
        ("某省數字經濟發展行動方案（２０２３—２０２５年）", 2023, 2025, 2023),
        ("某省“十四五”数字经济发展规划", 2021, 2025, 2021),
        ("某省“十五五”数字经济发展规划\n2026年2月3日", 2026, 2030, 2026),
        ("某省国民经济和社会发展第十四个五年规划纲要\n到2025年，比重达到10%。到2025年，建成100个。", None, 2025, None),
        ("关于加快发展的意见\n某政发[2022]7号\n到2025年，建成100个；到2025年，比重达到10%。", 2022, 2025, 2022),
        ("意见\n某政发〔2022〕7号\n到2025年，建成100个。", 2022, 2025, 2022),
        ("2024年政府工作报告\n今年的主要目标：增长6%。", 2024, 2024, 2024),
        ("某省政府工作报告\n——2024年1月20日在某省第十四届人民代表大会上\n今年增长6%。", 2024, 2024, 2024),
        ("行动方案\n2022年，已建成5G基站3万个。到2025年，建成10万个。", 2023, 2025, 2023),
        ("通知\n二、实施“十四五”期间的项目。", 2021, 2025, 2021),
        ("5G基站16万个", None, None, None),
        ("", None, None, None),
    ],
)
def test_a_text_tells_its_period(text: str, first: int | None, last: int | None, now: int | None) -> None:
    """By the span or plan of the title, a report's year, a date or number of issue, or the years looked forward to."""
    period = infer_period(text)
    assert (period.first_year, period.last_year, period.now) == (first, last, now)


@pytest.mark.parametrize(
    ("text", "is_issued"),
    [
        ("方案（2023—2025年）\n2023年3月1日印发", True),
        ("方案（2023—2025年）", False),
        ("某政发（2022）7号\n到2025年，建成100个。", True),
        ("某政发〔2022〕7号\n到2025年，建成100个。", True),
    ],
)
def test_a_date_or_number_of_issue_is_one(text: str, is_issued: bool) -> None:
    """今年 and 未来三年 count from a stated year of issue only."""
    assert infer_period(text).is_issued is is_issued


def test_the_most_frequent_of_several_horizons_is_the_period_s_end() -> None:
    """A look ahead to 2035 does not make a plan one for 2035."""
    text = "意见\n某发〔2021〕3号\n到2025年，达到10%。到2025年，建成5个。展望到2035年，基本实现现代化。"
    assert infer_period(text).last_year == 2025


def test_a_proposed_record_is_for_a_person_to_check() -> None:
    """What the text tells is filled in, what it does not tell is left open."""
    text = (
        "某政办发〔2023〕7号\n安徽省数字经济发展行动方案（2023—2025年）\n2023年3月1日\n到2025年，建成5G基站16万个。\n"
    )
    record = propose_record("anhui-2023", text, text.encode(), [("350000", "福建省"), ("340000", "安徽省")])
    assert record["title"] == "安徽省数字经济发展行动方案(2023—2025年)"
    assert record["region"] == "340000"
    assert record["issued"] == "2023-03-01"
    assert (record["first_year"], record["last_year"], record["base_year"]) == (2023, 2025, None)
    assert record["script"] == "simplified"
    assert record["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_nothing_is_proposed_that_the_text_does_not_tell() -> None:
    """No region, date or period is made up, and a text without a title gets its id."""
    record = propose_record("x", "建成基站。", "建成基站。".encode(), [("340000", "安徽省")])
    assert (record["title"], record["region"], record["issued"], record["last_year"]) == ("x", None, None, None)
