"""Units as printed, their canonical form, and conversion inside a dimension."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import DefinitionError, InputError, UnitError
from compare.units import Unit, Units, load_units

ROOT = Path(__file__).parent.parent
PATH = ROOT / "data" / "catalogue" / "units.yaml"
UNITS = load_units(PATH)
ALL = tuple(UNITS)


@pytest.mark.parametrize(
    ("text", "surface", "canonical", "factor"),
    [
        ("个百分点以上", "个百分点", "百分点", "1"),
        ("个以上", "个", "个", "1"),
        ("个工作日内", "个工作日", "个工作日", "1"),
        ("%以上", "%", "%", "1"),
        ("元", "元", "亿元", "0.00000001"),
        ("美元", "美元", "亿美元", "0.00000001"),
        ("EFLOPS", "EFLOPS", "PFLOPS", "1000"),
        ("PFLOPS", "PFLOPS", "PFLOPS", "1"),
        ("P，", "P", "PFLOPS", "1"),
        ("Tbps", "Tbps", "Gbps", "1000"),
        ("Mbps", "Mbps", "Mbps", "1"),
        ("EB", "EB", "PB", "1000"),
        ("千瓦时", "千瓦时", "千瓦时", "1"),
        ("千瓦", "千瓦", "千瓦", "1"),
        ("吨标准煤", "吨标准煤", "吨标准煤", "1"),
        ("台(套)", "台(套)", "台(套)", "1"),
        ("人次", "人次", "人次", "1"),
        ("人", "人", "人", "1"),
    ],
)
def test_the_longest_unit_is_matched(text: str, surface: str, canonical: str, factor: str) -> None:
    """A unit that starts another one does not hide it."""
    unit = UNITS.match(text, 0)
    assert unit is not None
    assert (unit.surface, unit.canonical, unit.factor) == (surface, canonical, Decimal(factor))


@pytest.mark.parametrize("text", ["", "以上", "的企业", "。"])
def test_words_are_no_units(text: str) -> None:
    """Where no unit is printed none is found."""
    assert UNITS.match(text, 0) is None


def test_units_are_matched_at_a_place() -> None:
    """What stands before is not looked at, and the end of the text is no error."""
    unit = UNITS.match("16万个", 3)
    assert unit is not None
    assert unit.surface == "个"
    assert UNITS.match("16万个", 4) is None


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        (16, "万个", "个", 160_000),
        (4, "万亿元", "亿元", 40_000),
        (1, "亿元", "元", 10**8),
        (5, "亿元", "万元", 50_000),
        (3, "百万元", "万元", 300),
        (2, "EFLOPS", "PFLOPS", 2000),
        (300, "PFLOPS", "EFLOPS", Fraction(3, 10)),
        (1, "Tbps", "Mbps", 10**6),
        (500, "Mbps", "Gbps", Fraction(1, 2)),
        (1, "EB", "PB", 1000),
        (20, "ms", "毫秒", 20),
        (500, "微秒", "ms", Fraction(1, 2)),
        (5000, "万千瓦", "千瓦", 5 * 10**7),
        (30, "亿美元", "万美元", 300_000),
        (7, "个/万人", "个/万人", 7),
        (2, "万件/年", "件/年", 20_000),
        (Decimal("1.25"), "", "", Fraction(5, 4)),
        (Fraction(1, 3), "%", "%", Fraction(1, 3)),
    ],
)
def test_values_convert_exactly_inside_a_dimension(
    value: int | Decimal | Fraction, source: str, target: str, result: int | Fraction
) -> None:
    """No float enters on the way; magnitude words in front of a unit count."""
    assert UNITS.convert(value, source, target) == result


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("%", "百分点"),
        ("个", "家"),
        ("户", "人"),
        ("亿元", "亿美元"),
        ("Mbps", "PB"),
        ("PFLOPS", "个"),
        ("个/万人", "个/千人"),
        ("", "个"),
        ("千瓦", "千瓦时"),
        ("公里", "吨"),
    ],
)
def test_nothing_converts_across_dimensions(source: str, target: str) -> None:
    """A share is no difference, and measure words are not translated into each other."""
    with pytest.raises(UnitError, match="cannot be converted"):
        UNITS.convert(1, source, target)


@pytest.mark.parametrize("unit", ["斛", "万斛", "万万"])
def test_an_unknown_unit_is_named(unit: str) -> None:
    """The message shows what was asked for."""
    with pytest.raises(UnitError, match="unknown unit"):
        UNITS.convert(1, unit, "个")
    with pytest.raises(UnitError, match="unknown unit"):
        UNITS.named("斛")


@given(st.sampled_from(ALL), st.fractions(0, 10**9))
def test_converting_to_and_fro_changes_nothing(unit: Unit, value: Fraction) -> None:
    """Every unit converts to its canonical one by its factor, and exactly back, wherever that one is printed, too."""
    assert UNITS.convert(value, unit.surface, unit.surface) == value
    scaled = UNITS.convert(value, f"万{unit.surface}", unit.surface)
    assert scaled == value * 10**4
    assert UNITS.convert(scaled, unit.surface, f"万{unit.surface}") == value


def test_every_unit_is_found_where_it_is_printed() -> None:
    """No unit is shadowed, and every factor is above zero."""
    for unit in ALL:
        assert UNITS.match(unit.surface, 0) is unit
        assert unit.factor > 0
        assert unit.canonical


def test_no_surface_stands_in_the_file_twice() -> None:
    """It would be read as whichever came first."""
    groups = yaml.safe_load(PATH.read_text("utf-8")).values()
    surfaces = [surface for group in groups for entry in group["units"] for surface in entry["surfaces"]]
    assert [surface for surface, count in Counter(surfaces).items() if count > 1] == []
    assert len(surfaces) == len(ALL)


def test_the_first_of_two_equal_surfaces_counts() -> None:
    """A file that lists a surface twice is read the same way each time."""
    one, other = (Unit("个", name, Decimal(1), "count", "quantity") for name in ("个", "家"))
    assert Units([one, other]).named("个") is one


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("- 个\n", ["a mapping of dimensions"]),
        ("count: {use: quantity}\n", ["count.units"]),
        ("count: {use: counted, units: []}\n", ["count.use"]),
        ("count: {use: quantity, units: [{surface: [个]}]}\n", ["surface", "surfaces"]),
        ("count: {use: quantity, units: [{surfaces: [个], factor: viel}]}\n", ["factor"]),
        ("a: {use: x, units: []}\nb: {use: y, units: []}\n", ["a.use", "b.use"]),
    ],
)
def test_a_bad_file_of_units_names_every_mistake(tmp_path: Path, content: str, messages: list[str]) -> None:
    """All mistakes come at once, each with its key."""
    path = tmp_path / "units.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_units(path)
    assert all(message in str(caught.value) for message in messages)
    assert all("units.yaml" in problem.file for problem in caught.value.problems)


def test_a_missing_file_of_units_is_an_input_error(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(InputError, match=r"units\.yaml"):
        load_units(tmp_path / "units.yaml")
