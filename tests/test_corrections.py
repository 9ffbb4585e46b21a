"""Corrections: applied where they fit, refused where they no longer do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from comparing import make_plan

from compare.corrections import (
    Add,
    Corrected,
    Correction,
    Drop,
    Flag,
    NewRecord,
    Override,
    apply_corrections,
    load_corrections,
)
from compare.errors import CorrectionError, DefinitionError
from compare.extract.records import Target

FOLDERS = Path(__file__).parent / "data" / "corrections"
PLAN = make_plan("plan-a", "340000", (2024, 2026), text="到2026年建成5G基站16万个，培育企业300家，软件收入占三分之一。")
WHY = {"reason": "前一句说到2025年", "evidence": "第一句"}

EXPECTED = {
    "action": "corrections.0.action: found 'replace', expected one of override, drop, add, flag",
    "key": "corrections.0.fields: found a key that is not known, expected the key 'field'",
    "no_reason": "corrections.0.reason: found nothing",
    "number_type": "corrections.0.number: found 16",
    "mapping": "a list under the one key 'corrections'",
    "top_key": "a list under the one key 'corrections'",
    "plan": "plan-b.yaml: (top): found corrections of 'plan-b', expected the id of a plan (plan-a)",
    "record": "corrections.0.record.bound",
    "yaml": "plan-a.yaml: line",
    "entry": "corrections.0.action",
}


def target(number: str, value: float, unit: str, label: str) -> Target:
    """A record of the plan above."""
    start = PLAN.text.index(number)
    return Target(
        "plan-a", start, start + len(number), number, value, None, unit, "=", "level", 2026, None, "target", label,
        "", "", "", "", PLAN.text, 0.8,
    )  # fmt: skip


STATIONS, FIRMS = target("16万", 160000, "个", "5G基站"), target("300", 300, "家", "企业")


def apply(*corrections: Correction) -> Corrected:
    """The records of the plan after some corrections."""
    return apply_corrections(PLAN, (STATIONS, FIRMS), corrections)


def override(**changes: Any) -> Override:
    """A correction of the year of the stations, with some of its fields changed."""
    given = {"field": "year", "expected": 2026, "value": 2025, "start": STATIONS.start, "number": "16万"}
    return Override(action="override", **(given | WHY | changes))


def test_override_changes_one_field() -> None:
    """The year is the new one, all else stays, and the record counts as certain."""
    first, second = apply(override()).targets
    assert (first.year, first.value, first.confidence) == (2025, 160000, 1.0)
    assert second == FIRMS


def test_drop_removes_the_record() -> None:
    """A dropped record is gone."""
    assert apply(Drop(action="drop", start=FIRMS.start, number="300", **WHY)).targets == (STATIONS,)


def test_added_record_stands_in_its_place() -> None:
    """A record that was not read is put in the order of the text, with the offsets of its number."""
    start = PLAN.text.index("三分之一")
    record = NewRecord(value=33.3, unit="%", year=2026, label="软件收入占比")
    added = apply(Add(action="add", start=start, number="三分之一", record=record, **WHY)).targets[-1]
    assert PLAN.text[added.start : added.end] == added.number == "三分之一"
    assert (added.value, added.bound, added.kind, added.plan) == (33.3, "=", "level", "plan-a")


def test_flag_leaves_the_record_and_gives_a_remark() -> None:
    """A flagged record stays as it is; the remark is the reason."""
    corrected = apply(Flag(action="flag", start=FIRMS.start, number="300", **WHY))
    assert corrected.targets == (STATIONS, FIRMS)
    assert corrected.flags == {("plan-a", FIRMS.start): WHY["reason"]}


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        (override(expected=2027), "found year 2026, expected 2027"),
        (override(start=STATIONS.start + 1), "in the text, expected '16万'"),
        (override(start=PLAN.text.index("2026"), number="2026"), "found no record there"),
        (override(field="region"), "the field 'region'"),
        (override(field="start", expected=STATIONS.start), "the field 'start'"),
        (override(field="bound", expected="=", value="≥"), "found '≥'"),
        (override(field="value", expected=160000, value="many"), "found 'many'"),
        (
            Add(action="add", start=FIRMS.start, number="300", record=NewRecord(label="企业"), **WHY),
            "a record there already",
        ),
    ],
)
def test_correction_that_does_not_apply_is_an_error(correction: Correction, message: str) -> None:
    """Another value, another text, no record, an unknown field or a record already there stops the build."""
    with pytest.raises(CorrectionError, match=r"corrections of plan-a: ") as caught:
        apply(correction)
    assert message in str(caught.value)


def test_second_correction_sees_what_the_first_did() -> None:
    """Corrections apply in order, so the same override cannot apply twice."""
    with pytest.raises(CorrectionError, match="found year 2025, expected 2026"):
        apply(override(), override())


def test_there_is_an_expectation_for_every_bad_folder() -> None:
    """Each folder of mistakes has a test that names it."""
    assert {path.name.removeprefix("bad_") for path in FOLDERS.glob("bad_*")} == set(EXPECTED)


@pytest.mark.parametrize("reason", EXPECTED)
def test_mistakes_in_files_are_named(reason: str) -> None:
    """A mistake in a file of corrections names file, key, what was found and what was expected."""
    with pytest.raises(DefinitionError) as caught:
        load_corrections(FOLDERS / f"bad_{reason}", ["plan-a"])
    assert EXPECTED[reason] in str(caught.value)


def test_corrections_are_read_by_plan(tmp_path: Path) -> None:
    """A good file gives the corrections of its plan; a folder that is not there gives none."""
    text = "corrections:\n- {action: drop, start: 4, number: '6', reason: r, evidence: e}\n"
    (tmp_path / "plan-a.yaml").write_text(text, encoding="utf-8")
    (found,) = load_corrections(tmp_path, ["plan-a"])["plan-a"]
    assert isinstance(found, Drop)
    assert load_corrections(tmp_path / "none", []) == {}


def test_unknown_indicator_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    """A correction cannot put an id into a record that the catalogue lacks, neither changed nor added."""
    text = (
        "corrections:\n"
        "- {action: override, start: 4, number: '6', field: indicator, expected: '', value: 5g_station,"
        " reason: r, evidence: e}\n"
        "- {action: add, start: 9, number: '7', record: {label: 企业, indicator: firms}, reason: r, evidence: e}\n"
        "- {action: override, start: 5, number: '8', field: indicator, expected: 5g_stations, value: '',"
        " reason: r, evidence: e}\n"
    )
    (tmp_path / "plan-a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match="2 mistakes") as caught:
        load_corrections(tmp_path, ["plan-a"], ("5g_stations",))
    assert "plan-a.yaml: override of '6' at 4: found the indicator '5g_station', expected the id '5g_stations'" in str(
        caught.value
    )
    assert "add of '7' at 9: found the indicator 'firms', expected an id of the catalogue" in str(caught.value)
    assert len(load_corrections(tmp_path, ["plan-a"])["plan-a"]) == 3


def test_corrections_of_the_repository_are_well_formed() -> None:
    """The committed corrections pass the schema."""
    data = Path(__file__).parent.parent / "data"
    load_corrections(data / "corrections", [path.stem for path in (data / "plans").glob("*.yaml")])
