"""Extracted records against those of a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compare.errors import InputError
from compare.evaluation import evaluate, read_gold


def record(start: int, **changes: object) -> dict[str, object]:
    """A record of a person, and an extracted one where `end` is given too."""
    base: dict[str, object] = {
        "plan": "p", "start": start, "number": "16万", "end": start + 3, "value": 160000, "unit": "个", "bound": "=",
        "kind": "level", "year": 2025, "status": "target", "label": "5G基站", "indicator": "5g_base_stations",
    }  # fmt: skip
    return base | changes


def measures(found: list[dict[str, object]], gold: list[dict[str, object]]) -> dict[str, int | float]:
    """The measures of the one plan of these records."""
    scores, _ = evaluate(found, gold)
    return scores["p"].measures()


def test_records_are_told_apart_by_their_confidence() -> None:
    """A record that is too many, or differs in a field, counts as wrong in its range; without any there is no share."""
    sure = [record(5, confidence=0.97), record(50, confidence=0.95)]
    unsure = [record(90, confidence=0.87, kind="growth"), record(120, confidence=0.87)]
    result = measures([*sure, *unsure], [record(5), record(90), record(120)])
    assert (result["right 0.95 to 1"], result["right 0.8 to 0.95"]) == (0.5, 0.5)
    assert "right below 0.8" not in result


def test_equal_records_score_one() -> None:
    """Everything is one, and nothing is wrong."""
    result = measures([record(5)], [record(5)])
    assert result["f1"] == result["record_f1"] == result["label_accuracy"] == 1
    assert result["wrong_values"] == result["false_indicators"] == 0


def test_numbers_pair_where_they_overlap() -> None:
    """An offset of one still pairs; a neighbour does not."""
    assert measures([record(6)], [record(5)])["matched"] == 1
    assert measures([record(8)], [record(5)])["matched"] == 0


def test_a_missed_and_a_spurious_record_lower_recall_and_precision() -> None:
    """Each side counts what the other lacks."""
    result = measures([record(5), record(50)], [record(5), record(90)])
    assert (result["precision"], result["recall"]) == (0.5, 0.5)
    _, wrong = evaluate([record(5), record(50)], [record(5), record(90)])
    assert [(item.start, item.what) for item in wrong] == [(50, "spurious"), (90, "missed")]


def test_optional_records_count_neither_way() -> None:
    """Found or not, they change nothing."""
    gold = [record(5), record(50, optional=True)]
    assert measures([record(5)], gold)["f1"] == measures([record(5), record(50)], gold)["f1"] == 1


def test_a_wrong_indicator_leaves_the_record_right() -> None:
    """The indicator is judged by itself; all other fields make the record."""
    result = measures([record(5, indicator="5g_users")], [record(5)])
    assert (result["record_f1"], result["indicator_accuracy"], result["false_indicators"]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("name", "found", "agrees"),
    [
        ("value", 160000.0000001, True),
        ("value", 16, False),
        ("unit", "家", False),
        ("year", 2026, False),
        ("label", "5G基站数", True),
    ],
)
def test_fields_agree_by_their_own_rule(name: str, found: object, agrees: bool) -> None:
    """Values to nine digits, labels by characters, the rest exactly."""
    assert measures([record(5, **{name: found})], [record(5)])[f"{name}_accuracy"] == agrees


def test_what_a_person_left_open_agrees_with_anything() -> None:
    """No year in the gold record, and no indicator for a growth, are not wrong."""
    gold = record(5, year=None, kind="growth", indicator=None)
    assert measures([record(5, kind="growth")], [gold])["record_f1"] == 1
    assert measures([record(5, kind="growth")], [gold])["indicator_accuracy"] == 1


def test_nothing_found_is_no_division_by_zero() -> None:
    """An empty extraction scores zero."""
    assert measures([], [record(5)])["f1"] == 0


@pytest.mark.parametrize(
    "content", ["", "[1]", "{}", '{"plan": "p"}', "no json", '{"plan": 1, "start": 2, "number": "3"}']
)
def test_a_file_that_holds_no_records_is_an_input_error(tmp_path: Path, content: str) -> None:
    """The message names file and line."""
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl"):
        read_gold(path)


def test_gold_is_read_line_by_line(tmp_path: Path) -> None:
    """Blank lines are passed over."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record(5)) + "\n\n", encoding="utf-8")
    assert read_gold(path) == [record(5)]
