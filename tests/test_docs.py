"""The documents: what they link to and name is there, what they quote is up to date, and the languages agree."""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

import compare
from compare.catalogue import load_catalogue
from compare.cli import make_parser
from compare.extract import REASONS, Extractor, Target
from compare.plans import Period, Plan

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")
DOCUMENTS = sorted(
    str(path.relative_to(ROOT).as_posix())
    for pattern in ("*.md", "docs/**/*.md", "data/**/*.md", "tests/data/**/*.md", "src/**/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
NAMED = re.compile(r"`((?:data|docs|notebooks|params|src|tests|tools|\.ci)/[^`\s]*|[\w.-]+\.(?:py|toml|lock|yml|md))`")
MADE = re.compile(r"\.example-2025|example-2025|indicator/payment|data/targets/|tables\.xlsx")
COMMAND = re.compile(
    r"(?:`|^\$ )(?P<program>compare-plans|python tasks\.py|python tools/\w+\.py)(?P<rest>[^`\n]*)", re.MULTILINE
)
LARGEST_PICTURE = 100_000


@cache
def read(name: str) -> str:
    """The text of a document."""
    return (ROOT / name).read_text("utf-8")


def load_program(name: str) -> ModuleType:
    """A program that is no part of the library, as a module."""
    path = ROOT / name
    if path.stem in sys.modules:
        return sys.modules[path.stem]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def find_anchors(name: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", read(name)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    """A link to a file or to a heading of one finds it."""
    for match in LINK.finditer(CODE.sub("", read(name))):
        target, _, anchor = match["target"].partition("#")
        if target.startswith(("http:", "https:")):
            continue
        path = (ROOT / name).parent / target if target else ROOT / name
        assert path.exists(), match["target"]
        if anchor:
            assert anchor in find_anchors(str(path.resolve().relative_to(ROOT).as_posix())), match["target"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_named_exist(name: str) -> None:
    """A path between backticks is in the repository, unless it has a place to fill in or the text makes it."""
    for path in NAMED.findall(CODE.sub("", read(name))):
        if re.search(r"[<{…]", path) or MADE.search(path):
            continue
        assert any(ROOT.glob(path.rstrip("/"))) or any((ROOT / name).parent.glob(path)), path


def find_commands(name: str) -> Iterator[tuple[str, str]]:
    """The commands that a document names: the program, and what follows it."""
    for match in COMMAND.finditer(read(name)):
        yield match["program"], match["rest"].strip().replace("\\|", "|")


def find_options() -> dict[str, set[str]]:
    """The commands of `compare-plans`, each with its options."""
    parser = make_parser()
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {name: set(command._option_string_actions) for name, command in groups[0].choices.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_that_are_named_exist(name: str) -> None:
    """Every command and every option that a document names is one."""
    tasks, options = load_program("tasks.py"), find_options()
    for program, rest in find_commands(name):
        command, _, arguments = rest.partition(" ")
        if program == "compare-plans":
            assert command in options or command in {"", "COMMAND", "--help"}, rest
            assert set(re.findall(r"(?<!\S)--?[a-z-]+", arguments)) <= options.get(command, {"--help"}), rest
        elif program == "python tasks.py":
            assert command in tasks.COMMANDS or command in {"", "--help"}, rest
        else:
            assert (ROOT / program.split()[1]).is_file(), program


@pytest.mark.parametrize("name", load_program("tools/readme_tables.py").DOCUMENTS)
def test_what_is_quoted_is_up_to_date(name: str) -> None:
    """Tables, counts and the output of every example are what the project gives now; the examples run."""
    program = load_program("tools/readme_tables.py")
    load_program("tools/readme_pictures.py")
    expected = program.renew(read(name), program.language_of(name))
    assert read(name) == expected, f"{name} is out of date: run `python tools/readme_tables.py`"


def test_pictures_say_what_the_corpus_says() -> None:
    """Each picture is small, is shown, and has the title that the chart has now."""
    program = load_program("tools/readme_pictures.py")
    for kind in program.KINDS:
        for lang in program.LANGUAGES:
            path = program.FOLDER / f"{kind}-{lang}.png"
            assert path.stat().st_size < LARGEST_PICTURE
            with Image.open(path) as picture:
                title = picture.info["Title"]
            assert title == program.draw(kind, lang).card.title, "run `python tools/readme_pictures.py`"
            assert path.name in read("README.zh.md" if lang == "zh" else "README.md")
    assert len(list(program.FOLDER.glob("*.png"))) == len(program.KINDS) * len(program.LANGUAGES)


def find_shape(name: str) -> list[str]:
    """What a README is made of, apart from its language: headings, blocks, commands, statements, rows."""
    text = re.sub(r"(<!-- made: .*? -->\n).*?(<!-- end -->)", r"\1\2", read(name), flags=re.DOTALL)
    text = text.replace("<报告>/<名称>", "<report>/<case>").replace("name_zh", "name_en")
    text = re.sub(r", lang=\"en\"| --lang (en|zh)", "", text)
    return re.findall(r"^(?:<!-- .*|\$ .*|>>> .*|```\w*|\| `[^`]*`|#+(?= ))", text, re.MULTILINE)


def test_both_readmes_show_the_same() -> None:
    """The languages differ in their sentences, not in the commands, examples, tables and pictures."""
    first, second = (find_shape(name) for name in READMES)
    assert first == second


def test_the_layout_names_every_module_in_its_order() -> None:
    """The table in CONTRIBUTING is the order that imports are held to."""
    order = load_program("tests/test_structure.py").ORDER
    package = ROOT / "src" / "compare"
    there = [name for name in order if (package / name).is_dir() or (package / f"{name}.py").is_file()]
    named = re.findall(r"^\| `(\w+)` \|", read("CONTRIBUTING.md"), re.MULTILINE)
    assert named == [name for name in there if name != "__main__"]


def test_the_changelog_has_this_version() -> None:
    """The version of the library has an entry."""
    assert f"## [{compare.__version__}]" in read("CHANGELOG.md")


def test_the_standard_covers_every_field_and_reason() -> None:
    """Each field of a record and each reason for none is explained."""
    standard = read("docs/standard.md")
    first_cells = " ".join(re.findall(r"^\| (`[^|]+) \|", standard, re.MULTILINE))
    assert set(Target.__dataclass_fields__) <= set(re.findall(r"`(\w+)`", first_cells))
    assert set(REASONS) <= set(re.findall(r"`(\w+)`", first_cells))


@cache
def make_extractor() -> Extractor:
    """Extraction with the project's definitions."""
    return Extractor(load_catalogue(ROOT / "data" / "catalogue"))


@pytest.mark.parametrize(
    ("example", "sentence", "field", "values"),
    [
        ("`16万个` is 160000 `个`", "建成5G基站16万个。", "value", [160000]),
        ("`三千二百`", "培育企业三千二百家。", "value", [3200]),
        ("`３２００`", "培育企业３２００家。", "value", [3200]),
        ("`三成` is 30 `%`", "改造占比达到三成。", "value", [30]),
        ("`3—5个`", "建设3—5个平台。", "value_high", [5]),
        ("gives A 60 and B 70", "5G用户普及率和千兆用户占比分别达到60%和70%。", "value", [60, 70]),
        (
            "7.8 `actual` 2020, and 10 `target` 2025",
            "占比从2020年的7.8%提高到2025年的10%。",
            "status",
            ["actual", "target"],
        ),
        ("`翻一番` is 2 `倍`", "数字经济规模翻一番。", "value", [2]),
        ("`4万亿元` is 40000", "数字经济规模达到4万亿元。", "value", [40000]),
        ("is 50000 `元`", "人均可支配收入5万元。", "unit", ["元"]),
        ("`2 EFLOPS` is 2000", "算力达到2 EFLOPS。", "value", [2000]),
        ("is 30 `个/万人`", "每万人拥有5G基站30个。", "unit", ["个/万人"]),
        ("`突破100家以上` is `>=`", "培育企业突破100家以上。", "bound", [">="]),
        ("`每年培育100家`", "每年培育智能工厂100家。", "kind", ["annual"]),
        ("`新增5G基站2万个`", "新增5G基站2万个。", "kind", ["change"]),
        ("`增长1.5倍` is 2.5 `倍`", "软件业务收入增长1.5倍。", "value", [2.5]),
        ("`下降20%以上` is -20 `<=`", "单位能耗下降20%以上。", "bound", ["<="]),
        ("`未来3年`", "未来3年，建成智能工厂100家。", "year", [2024]),
        ("`比重达到全国平均水平`", "数字经济核心产业增加值占GDP比重达到全国平均水平。", "value", [None]),
        ("`居全国前列`", "数字经济发展水平居全国前列。", "value", []),
        ("gives only the 50", "年营收超10亿元的企业50家。", "value", [50]),
        ("`给予最高500万元奖补`", "对入选企业给予最高500万元奖补。", "value", []),
        ("`时延低于5毫秒`", "时延低于5毫秒。", "bound", ["<"]),
        ("`高于全国1个百分点`", "普及率高于全国1个百分点。", "value", []),
    ],
)
def test_the_standard_is_what_extraction_does(example: str, sentence: str, field: str, values: list[object]) -> None:
    """An example of the standard, put into a sentence, gives the records that the standard says."""
    assert example in re.sub(r"\s+", " ", read("docs/standard.md"))
    plan = Plan("plan", Path("plan"), sentence, None, Period(2021, 2025, None, 2021, is_issued=True))
    found = make_extractor().extract(plan).targets
    assert [getattr(record, field) for record in found] == values
