"""Every sentence of the corpus, case by case, and the levels that extraction reaches over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import corpus_cases
import pytest
from corpus_cases import Case, load_cases

from compare.catalogue import load_catalogue
from compare.evaluation import Score, evaluate
from compare.extract import REASONS, Extraction, Extractor

# Levels over all cases together: raise them when extraction gets better, never lower them.
LEAST_F1 = 0.985
LEAST_RECORD_F1 = 0.93
# Of the sentences of the corpus as many must give no record at all.
LEAST_NEGATIVE = 0.25

ROOT = Path(__file__).parent.parent
CASES = tuple(load_cases())


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Extraction with the project's own definitions."""
    return Extractor(load_catalogue(ROOT / "data" / "catalogue"))


def mark(case: Case) -> Any:
    """A case as a parameter; a known failure must fail."""
    marks = [pytest.mark.xfail(reason=case.known_failure, strict=True)] if case.known_failure else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [mark(case) for case in CASES])
def test_a_case_gives_its_records_and_no_others(case: Case, extractor: Extractor) -> None:
    """Number, value, unit, bound, kind, year, status and label of every record are those of the case."""
    disagreements = corpus_cases.compare(case, extractor.extract(case.plan))
    assert not disagreements, "\n".join([case.text, *disagreements])


def score(cases: Iterable[Case], extractor: Extractor) -> Score:
    """The cases' score by the definitions that plans are scored by; commitments in words are left out."""
    found: list[dict[str, Any]] = []
    gold: list[dict[str, Any]] = []
    for case in cases:
        found += [asdict(target) for target in extractor.extract(case.plan).targets]
        for record in case.records:
            if record["value"] is not None:
                start, _ = corpus_cases.place_of(case, record, case.text)
                gold.append({**record, "plan": case.id, "start": start, "number": str(record["number"])})
        if not any(record["plan"] == case.id for record in gold):
            gold.append({"plan": case.id, "start": -9, "number": "", "value": None, "optional": True})
    total = Score()
    for part in evaluate(found, gold)[0].values():
        total.add(part)
    return total


def test_the_levels_are_held(extractor: Extractor) -> None:
    """Over all cases, known failures among them, f1 and record_f1 are at least what they once were."""
    measures = score(CASES, extractor).measures()
    assert measures["f1"] >= LEAST_F1, measures
    assert measures["record_f1"] >= LEAST_RECORD_F1, measures


def test_no_value_is_wrong_by_a_power_of_ten(extractor: Extractor) -> None:
    """A wrong magnitude is the worst mistake that a table can carry, so a known failure excuses none."""
    wrong = []
    for case in CASES:
        targets = extractor.extract(case.plan).targets
        for record in case.records:
            if not record["value"] or record.get("optional"):
                continue
            start, end = corpus_cases.place_of(case, record, case.text)
            for target in targets:
                if target.start < end and start < target.end and target.value and target.unit == record["unit"]:
                    ratio = abs(target.value / record["value"])
                    if not 0.2 < ratio < 5:
                        wrong.append(
                            f"{case.id}: {target.number} as {target.value} {target.unit}, not {record['value']}"
                        )
    assert not wrong, "\n".join(wrong)


def test_the_corpus_is_large_and_holds_negatives() -> None:
    """Sentences that give no record count as much as those that do."""
    assert len(CASES) >= 400
    negative = [case for case in CASES if not any(not record.get("optional") for record in case.records)]
    assert len(negative) >= LEAST_NEGATIVE * len(CASES)


def test_every_number_without_a_record_has_a_known_reason(extractor: Extractor) -> None:
    """The reasons come from a closed list; those about indicators carry the matcher's words."""
    reasons = {unmatched.reason for case in CASES for unmatched in _unmatched(extractor, case)}
    assert {reason for reason in reasons if not reason.startswith("indicator: ")} <= set(REASONS)


def _unmatched(extractor: Extractor, case: Case) -> tuple[Any, ...]:
    extraction: Extraction = extractor.extract(case.plan)
    return extraction.unmatched
