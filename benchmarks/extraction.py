"""Speed of extraction, measured in one run beside others on the same text.

Prints four small tables: characters per second of reading to records beside a segmenter and one regular expression;
time as the text grows; time of lines that bring careless programs to a halt, per character of plan text; and what other
recognisers find, where they are installed (none is needed, none is in the lock).

    python benchmarks/extraction.py [--rounds 7] [--full]

Times are those of the process, taken in turns, so that what else the machine does falls on all alike. Compare ratios,
not seconds.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import logging
import re
import statistics
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jieba

from compare.catalogue import load_catalogue
from compare.extract import Extraction, Extractor
from compare.plans import Period, Plan, load_plans

ROOT = Path(__file__).resolve().parent.parent
PERIOD = Period(2021, 2025, 2020, 2021, is_issued=True)

# What somebody without a recogniser would write: digits, a magnitude, a unit.
NUMBER_AND_UNIT = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<magnitude>[百千万亿]*)(?P<unit>个?百分点|[%％]|亿?元|PFLOPS|[MGT]bps|[个家户人件项条台套座处])"
)
FIVE_TIMES_JIEBA = 5.0
"""What reading to records is to reach."""

GROWTH = (1, 10, 100)
PATHOLOGICAL = {
    "digits": "1234567890",
    "个": "个",
    "( and )": "()",
    "(": "(",
    "“": "“",
    "blanks": " ",
    "line ends": "\n",
    "bars": "|",
    "到2025年": "到2025年",
    "1个": "1个",
    "10%、": "10%、",
    "1亿元": "1亿元",
    "百分之一": "百分之一",
    "每年1个,": "每年1个，",
    "从1%提高到2%": "从1%提高到2%",
    "一、": "一、",
    "heads of tables": "序号\n指标\n2025年\n",
}
"""A unit of text for each line; `1个` and those after it are one number in every few characters, so they cost more."""
STEPS = (100, 10, 1)
"""Parts of a line that are measured one after another."""
MAX_SECONDS = 60.0
"""A step that would take longer, going by how the time grew so far, is left out."""

Reader = Callable[[str], object]


@dataclass(frozen=True)
class Find:
    """A number that a recogniser found."""

    start: int
    end: int
    has_unit: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured; the median counts")
    parser.add_argument("--full", action="store_true", help="lines of 10 million characters instead of 1 million")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()

    text = "\n".join(plan.text for plan in load_plans(ROOT / "data" / "plans"))
    print(f"{len(text):,} characters: the five plans one after another\n")
    extractor = Extractor(load_catalogue(ROOT / "data" / "catalogue"))
    print_speed(text, extractor, arguments.rounds)
    print_growth(text, extractor, arguments.rounds)
    print_pathological(text, extractor, 10_000_000 if arguments.full else 1_000_000)
    print_peers(text, extractor)


def read(extractor: Extractor, text: str) -> Extraction:
    """Text to records."""
    return extractor.extract(Plan("text", Path("text"), text, None, PERIOD))


def seconds(reader: Reader, text: str) -> float:
    """Time of the process for one reading."""
    start = time.process_time()
    reader(text)
    return time.process_time() - start


def table(title: str, *rows: tuple[object, ...]) -> None:
    """Print rows, the first of them the head, in columns: text to the left, numbers to the right."""
    print(title)
    shown = [[cell if isinstance(cell, str) else f"{cell:,.2f}" for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        first, *rest = ((cell, " " * (width - display_width(cell))) for cell, width in zip(row, widths, strict=True))
        print("  ", first[0] + first[1], *(blanks + cell for cell, blanks in rest), sep="  ")
    print()


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def print_speed(text: str, extractor: Extractor, rounds: int) -> None:
    """Characters per second, and the ratio to each other reader, of the median round."""
    readers: dict[str, Reader] = {
        "text to records": lambda text: read(extractor, text),
        "jieba.lcut": jieba.lcut,
        "one regular expression": lambda text: list(NUMBER_AND_UNIT.finditer(text)),
    }
    for reader in readers.values():
        reader(text)
    times: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, reader in readers.items():
            repeats = 20 if name.startswith("one") else 1
            times[name].append(sum(seconds(reader, text) for _ in range(repeats)) / repeats)
    own = times["text to records"]
    rows = [
        (
            name,
            len(text) / statistics.median(taken) / 1e6,
            statistics.median(other / mine for mine, other in zip(own, taken, strict=True)),
        )
        for name, taken in times.items()
    ]
    table(
        f"Speed, median of {rounds} rounds (aim: {FIVE_TIMES_JIEBA:g} times jieba.lcut)",
        ("reader", "million characters/s", "its time to ours"),
        *rows,
    )


def print_growth(text: str, extractor: Extractor, rounds: int) -> None:
    """Time per character as the text grows, in parts of that of the text once."""
    rows: list[tuple[object, ...]] = []
    base = 0.0
    for times in GROWTH:
        grown = "\n".join([text] * times)
        repeats = max(1, rounds // times)
        taken = statistics.median(seconds(lambda text: read(extractor, text), grown) for _ in range(repeats))
        per_character = taken / len(grown)
        base = base or per_character
        rows.append((f"{times} x", len(grown) / 1e6, taken, per_character / base))
    table(
        "Growth (aim: within 15 % of proportional)",
        ("text", "million characters", "seconds", "per character"),
        *rows,
    )


def print_pathological(text: str, extractor: Extractor, size: int) -> None:
    """Time per character of long lines, in parts of that of plan text."""
    plain = statistics.median(seconds(lambda text: read(extractor, text), text) for _ in range(3)) / len(text)
    rows: list[tuple[object, ...]] = []
    for name, unit in PATHOLOGICAL.items():
        line = (unit * (size // len(unit) + 1))[:size]
        rows.append((name, *(per_character / plain for per_character in measure_line(line, extractor))))
    table(
        f"Lines of one kind, up to {size:,} characters: time per character in parts of plan text",
        ("line", *(f"1/{step}" for step in STEPS[:-1]), "whole"),
        *((*row, *["left out"] * (len(STEPS) + 1 - len(row))) for row in rows),
    )


def measure_line(line: str, extractor: Extractor) -> list[float]:
    """Seconds per character of growing parts of a line, as far as one may wait for them."""
    taken: list[float] = []
    for step in STEPS:
        growth = max(1.0, taken[-1] / taken[-2]) if len(taken) > 1 else 1.0
        length = len(line) // step
        if taken and taken[-1] * growth * length > MAX_SECONDS:
            break
        taken.append(seconds(lambda text: read(extractor, text), line[:length]) / length)
    return taken


def print_peers(text: str, extractor: Extractor) -> None:
    """What others find in the plans, and how many of the numbers of our records are among it."""
    records = [target for target in read(extractor, text).targets if target.value is not None]
    rows: list[tuple[object, ...]] = []
    for name, find in peers(extractor):
        start = time.process_time()
        try:
            found = list(find(text))
        except Exception as error:  # noqa: BLE001  # whatever a peer does must not end the benchmark
            rows.append((name, type(error).__name__, "", "", ""))
            continue
        speed = len(text) / max(time.process_time() - start, 1e-9) / 1e6
        spans = sorted((item.start, item.end) for item in found)
        reached = sum(any(first < target.end and target.start < last for first, last in spans) for target in records)
        rows.append(
            (
                name,
                f"{len(found):,}",
                f"{sum(item.has_unit for item in found):,}",
                f"{reached:,} of {len(records):,}",
                f"{speed:.3f}",
            )
        )
    table(
        "What each finds (records have year, bound, kind, status and label besides)",
        ("recogniser", "numbers", "with a unit", "of our records", "million characters/s"),
        *rows,
    )


def peers(extractor: Extractor) -> Iterator[tuple[str, Callable[[str], Iterator[Find]]]]:
    """Ourselves, the regular expression, and the recognisers that are installed."""
    yield "text to records", lambda text: find_records(extractor, text)
    yield "one regular expression", find_by_expression
    for name, find in (("jionlp (money)", find_by_jionlp), ("quantulum3", find_by_quantulum), ("cn2an", find_by_cn2an)):
        module = name.split(" ", 1)[0]
        if importlib.util.find_spec(module) is None:
            print(f"   {module} is not installed")
        else:
            yield name, find


def find_records(extractor: Extractor, text: str) -> Iterator[Find]:
    """Every number that gave a record."""
    for target in read(extractor, text).targets:
        if target.value is not None:
            yield Find(target.start, target.end, bool(target.unit))


def find_by_expression(text: str) -> Iterator[Find]:
    """Digits with a unit."""
    for match in NUMBER_AND_UNIT.finditer(text):
        yield Find(*match.span("number"), has_unit=True)


def find_by_jionlp(text: str) -> Iterator[Find]:
    """Sums of money; that library offers no extraction of other quantities."""
    jionlp: Any = importlib.import_module("jionlp")
    for line, start in lines(text):
        for item in jionlp.ner.extract_money(line, with_parsing=False):
            first, last = item["offset"]
            yield Find(start + first, start + last, has_unit=True)


def find_by_quantulum(text: str) -> Iterator[Find]:
    """Quantities as in English text."""
    parser: Any = importlib.import_module("quantulum3.parser")
    for line, start in lines(text):
        for item in parser.parse(line):
            yield Find(start + item.span[0], start + item.span[1], item.unit.name != "dimensionless")


def find_by_cn2an(text: str) -> Iterator[Find]:
    """Chinese numerals that it turns into Arabic ones; it gives no places, so each line's change counts as one."""
    cn2an: Any = importlib.import_module("cn2an")
    for line, start in lines(text):
        if cn2an.transform(line, "cn2an") != line:
            yield Find(start, start, has_unit=False)


def lines(text: str) -> Iterator[tuple[str, int]]:
    """The lines of a text with the place where each starts."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield line, start
        start += len(line) + 1


if __name__ == "__main__":
    main()
