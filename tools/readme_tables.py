"""Write what the documents quote: tables, counts, and the output of the commands and of the Python that they show.

    python tools/readme_tables.py            # bring the documents up to date
    python tools/readme_tables.py --check    # change nothing; exit code 1 where a document is out of date

Three kinds of blocks are written, everything else in a document is left alone:

- between `<!-- made: NAME -->` and `<!-- end -->`: what the function NAME of `MAKERS` gives;
- a `console` block after `<!-- run -->`: each line that begins with `$` is run, all of a document in one copy of the
  project, in order, and what it prints stands below it (`<!-- run: first 5 -->`: only so many lines of it);
- a `pycon` block after `<!-- run -->`: the statements are run one after the other, in a copy of their own.
"""

from __future__ import annotations

import code
import io
import itertools
import json
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "README.zh.md", "CONTRIBUTING.md")
PICTURES = "docs/pictures"
COPIED = ("data", "docs/examples", "notebooks", "params")
MADE = re.compile(r"(<!-- made: (?P<name>[a-z_]+)(?: (?P<argument>\S+))? -->\n).*?(<!-- end -->)", re.DOTALL)
RUN = re.compile(
    r"(?P<head><!-- run(?:: first (?P<first>\d+))? -->\n```(?P<kind>console|pycon)\n)(?P<body>.*?)(?P<foot>```)",
    re.DOTALL,
)
BOUNDS = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "~ "}

Row = Sequence[str]


@cache
def open_project() -> Any:
    """The project that this file belongs to."""
    import compare

    return compare.open(ROOT)


# --- tables -----------------------------------------------------------------------------------------------------------


def write_table(head: Row, rows: Iterable[Row], left: int = 1) -> str:
    """A Markdown table; all columns but the first `left` are aligned to the right."""
    marks = ["---" if place < left else "---:" for place in range(len(head))]
    lines = [head, marks, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def say_share(value: float) -> str:
    """A share from 0 to 1 in per cent, to one digit; never rounded up to all."""
    percent = min(round(value * 100, 1), 99.9) if value < 1 else 100.0
    return f"{percent:.1f} %"


def make_corpus(lang: str, _: str) -> str:
    """The plans of the corpus, a row each."""
    heads = {
        "en": ("plan", "title", "region", "characters", "targets", "of these in the catalogue", "reached already"),
        "zh": ("编号", "标题", "地区", "字数", "目标", "其中属目录内指标", "现状数值"),
    }
    rows = (
        (f"`{row['plan']}`", row["title"], row[f"name_{lang}"], *(f"{row[name]:,}" for name in CORPUS_COUNTS))
        for row in open_project().corpus().to_dict("records")
    )
    return write_table(heads[lang], rows, left=3)


CORPUS_COUNTS = ("characters", "targets", "matched", "actuals")


def make_counts(lang: str, _: str) -> str:
    """How much there is of everything, in one sentence."""
    project = open_project()
    corpus, published = project.corpus(), project.reference.published
    documents = {row.source_title for row in published if not row.plan}
    numbers = {
        "indicators": len(project.catalogue.ids),
        "dimensions": len(project.catalogue.dimensions),
        "plans": len(corpus),
        "targets": corpus["targets"].sum(),
        "actuals": corpus["actuals"].sum(),
        "published": len(published),
        "documents": len(documents),
        "regions": len(project.regions()),
        "reports": sum(1 for _ in (ROOT / "params").glob("*/*.yaml")),
    }
    return COUNTS[lang].format(**numbers)


COUNTS = {
    "en": (
        "In this version: {indicators} indicators in {dimensions} dimensions; {plans} plans with {targets} targets and "
        "{actuals} values already reached; {published} targets taken from {documents} documents published elsewhere; "
        "at least one target of {regions} regions; {reports} reports.\n"
    ),
    "zh": (
        "本版收入：{dimensions}个领域的{indicators}项指标；{plans}份规划，其中目标{targets}条、现状数值{actuals}条；"
        "另收其他{documents}份文件公布的目标{published}条；至少有一项目标的地区{regions}个；报告{reports}份。\n"
    ),
}


def make_example(lang: str, indicator: str) -> str:
    """One indicator of three regions, one for each way to a value: words, what is read, what is compared."""
    frame = open_project().comparison(indicator, lang=lang)
    rows = []
    for method, origin in (("stated", "extracted"), ("derived", "extracted"), ("derived", "published")):
        chosen = frame[(frame["method"] == method) & (frame["origin"] == origin) & frame["year"].notna()]
        row = chosen.iloc[0].to_dict()
        words = quote_number(row["plan"], row["start"], row["end"]) if row["plan"] else row["document"]
        read = f"{BOUNDS.get(row['bound'], '')}{row['stated_value']:,.10g} {row['stated_unit']}, {row['year']}"
        compared = f"{BOUNDS.get(row['bound'], '')}{row['value']:.1f} {row['unit']}"
        rows.append((row[f"name_{lang}"], words, read, row["arithmetic"] or "–", compared, row["grade"]))
    heads = {
        "en": ("region", "in the document", "read as", "arithmetic", "compared as", "grade"),
        "zh": ("地区", "文件原文", "读作", "算式", "用于比较的数值", "等级"),
    }
    return write_table(heads[lang], rows, left=6)


def quote_number(plan: str, start: int, end: int) -> str:
    """A number in bold with the words around it, as they stand in the plan."""
    text = open_project().plan(plan).text
    left, right = max(start - AROUND, 0), end + 6
    before = text[left:start].rpartition("\n")[2]
    after = text[end:right].partition("\n")[0]
    return f"…{before}**{text[start:end]}**{after}…"


AROUND = 24


def make_picture(lang: str, kind: str) -> str:
    """A picture of docs/pictures with the words that stand in for it, as drawn from the present corpus."""
    from readme_pictures import draw

    path = f"{PICTURES}/{kind}-{lang}.png"
    return f"![{draw(kind, lang).card.title.replace(chr(10), ' ')}]({path})\n"


# --- accuracy ---------------------------------------------------------------------------------------------------------

ACCURACY_HEADS = {
    "en": ("records", "missed", "found too many", "F1", "whole records, F1", "wrong values"),
    "zh": ("应有记录", "漏读", "多读", "F1", "整条记录F1", "数值读错"),
}
TOTAL = {"en": "all", "zh": "合计"}


def make_accuracy_plans(lang: str, _: str) -> str:
    """What `compare-plans evaluate` says of the plans, a row each."""
    gold = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "data" / "gold").glob("*.jsonl"))
    measures: dict[str, Mapping[str, float]] = json.loads(call_program(["evaluate", *gold, "--json"], ROOT))
    head = (
        {"en": "plan", "zh": "规划"}[lang],
        *ACCURACY_HEADS[lang],
        {"en": "indicator right", "zh": "指标判对"}[lang],
    )
    rows = [
        (name_row(name, lang), *accuracy_cells(column), say_share(column["indicator_accuracy"]))
        for name, column in measures.items()
    ]
    return write_table(head, rows)


def make_accuracy_sentences(lang: str, _: str) -> str:
    """The same measures over the passages of tests/corpus, a row for each file."""
    scores, cases = evaluate_sentences()
    head = {"en": ("file", "passages"), "zh": ("文件", "段落")}[lang]
    rows = [
        (name_row(name, lang), f"{cases[name]:,}", *accuracy_cells(score.measures())) for name, score in scores.items()
    ]
    return write_table((*head, *ACCURACY_HEADS[lang]), rows)


def make_accuracy_confidence(lang: str, _: str) -> str:
    """How many of the records of tests/corpus are right as a whole, by their confidence."""
    total = evaluate_sentences()[0]["total"]
    head = {"en": ("confidence", "records", "right as a whole"), "zh": ("把握程度", "读出的记录", "整条读对")}[lang]
    rows = [
        (band, f"{count:,}", say_share(total.sure_exact[band] / count)) for band, count in total.sure.items() if count
    ]
    return write_table(head, rows)


def name_row(name: str, lang: str) -> str:
    """The first cell of a row."""
    return f"**{TOTAL[lang]}**" if name == "total" else f"`{name}`"


def accuracy_cells(measures: Mapping[str, float]) -> tuple[str, ...]:
    """The cells that both tables of accuracy share."""
    gold, found, matched = (int(measures[name]) for name in ("gold", "found", "matched"))
    shares = (say_share(measures[name]) for name in ("f1", "record_f1"))
    return (f"{gold:,}", str(gold - matched), str(found - matched), *shares, str(measures["wrong_values"]))


@cache
def evaluate_sentences() -> tuple[dict[str, Any], dict[str, int]]:
    """Scores and counts of passages by file, and in total; a passage that must give nothing is one of them."""
    sys.path.insert(0, str(ROOT / "tests"))
    from corpus_cases import load_cases, place_of

    from compare.evaluation import Score, evaluate
    from compare.extract import Extractor

    extractor = Extractor(open_project().catalogue)
    scores: dict[str, Any] = {}
    cases: dict[str, int] = {}
    for case in load_cases():
        # One that counts neither way, so that a passage without any record has a score too.
        gold: list[dict[str, Any]] = [{"plan": case.id, "start": -1, "number": "", "optional": True}]
        for record in case.records:
            if record["value"] is not None:
                start, end = place_of(case, record, case.text)
                gold.append({**record, "plan": case.id, "start": start, "number": case.text[start:end]})
        found = [asdict(target) for target in extractor.extract(case.plan).targets]
        score = evaluate(found, gold)[0][case.id]
        for name in (case.id.rpartition("-")[0], "total"):
            scores.setdefault(name, Score()).add(score)
            cases[name] = cases.get(name, 0) + 1
    scores["total"] = scores.pop("total")  # the last row
    return scores, cases


MAKERS: Mapping[str, Callable[[str, str], str]] = {
    "accuracy_confidence": make_accuracy_confidence,
    "accuracy_plans": make_accuracy_plans,
    "accuracy_sentences": make_accuracy_sentences,
    "corpus": make_corpus,
    "counts": make_counts,
    "example": make_example,
    "picture": make_picture,
}


# --- commands and Python ----------------------------------------------------------------------------------------------


def call_program(arguments: Sequence[str], folder: Path) -> str:
    """What `compare-plans` prints for a call in a folder, standard output and errors together."""
    from compare.cli import main

    output = io.StringIO()
    with chdir(folder), redirect_stdout(output), redirect_stderr(output), suppress(SystemExit):  # after a wrong call
        main(list(arguments))
    return output.getvalue().replace(f"{folder.resolve()}/", "")


@dataclass
class Shell:
    """A copy of the project and the few commands that the documents show."""

    folder: Path

    def run(self, line: str) -> str:
        """Run one line and give what it prints."""
        words = shlex.split(line)
        match words:
            case ["compare-plans", *arguments]:
                return call_program(arguments, self.folder)
            case ["cat", *names, ">>", target]:
                with (self.folder / target).open("a", encoding="utf-8") as stream:
                    stream.writelines((self.folder / name).read_text("utf-8") for name in names)
                return ""
            case ["cat", *names]:
                return "".join((self.folder / name).read_text("utf-8") for name in names)
            case ["cp", source, target]:
                shutil.copy(self.folder / source, self.folder / target)
                return ""
            case ["rm", *names]:
                for name in names:
                    (self.folder / name).unlink()
                return ""
        raise ValueError(f"{line}: found a command that this program cannot run, expected compare-plans, cat, cp or rm")


def copy_project(folder: Path) -> Path:
    """A project to try things on."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name)
    return folder


def transcribe_console(body: str, shell: Shell, first: int | None) -> str:
    """The commands of a block, each with what it prints now."""
    lines: list[str] = []
    for line in body.splitlines():
        if not line.startswith("$ "):
            continue
        printed = [text.rstrip() for text in shell.run(line[2:]).strip("\n").splitlines()]
        if first is not None and len(printed) > first:
            printed = [*printed[:first], "…"]
        lines += [line, *printed]
    return "\n".join(lines) + "\n"


@dataclass
class Session:
    """Python as it answers at the prompt, in a copy of the project."""

    folder: Path
    console: code.InteractiveConsole = field(default_factory=code.InteractiveConsole)

    def run(self, statement: str) -> str:
        """Run one statement and give what it prints."""
        output = io.StringIO()
        with chdir(self.folder), redirect_stdout(output), redirect_stderr(output):
            self.console.runsource(statement + "\n", symbol="single")
        return output.getvalue()


def transcribe_python(body: str, session: Session) -> str:
    """The statements of a block, each with what it prints now."""
    lines: list[str] = []
    for statement in read_statements(body.splitlines()):
        source = "\n".join(line[4:] for line in statement)
        printed = [text.rstrip() for text in session.run(source).splitlines()]
        lines += [*statement, *printed]
    return "\n".join(lines) + "\n"


def read_statements(lines: Iterable[str]) -> Iterator[list[str]]:
    """The statements of a transcript: `>>>` and the lines with `...` that follow it."""
    statement: list[str] = []
    for line in itertools.chain(lines, [""]):
        if line.startswith("... ") and statement:
            statement.append(line)
            continue
        if statement:
            yield statement
        statement = [line] if line.startswith(">>> ") else []


# --- documents --------------------------------------------------------------------------------------------------------


def renew(text: str, lang: str) -> str:
    """A document with all its blocks as they are now."""
    with tempfile.TemporaryDirectory() as name:
        shell, session = Shell(copy_project(Path(name) / "shell")), Session(copy_project(Path(name) / "python"))

        def run(match: re.Match[str]) -> str:
            if match["kind"] == "pycon":
                body = transcribe_python(match["body"], session)
            else:
                body = transcribe_console(match["body"], shell, int(match["first"]) if match["first"] else None)
            return match["head"] + body + match["foot"]

        text = RUN.sub(run, text)

    def make(match: re.Match[str]) -> str:
        if match["name"] not in MAKERS:
            raise ValueError(f"made: {match['name']}: found no such block, expected one of {', '.join(MAKERS)}")
        return match[1] + MAKERS[match["name"]](lang, match["argument"] or "") + match[4]

    return MADE.sub(make, text)


def language_of(name: str) -> str:
    """Language of a document, by its name."""
    return "zh" if ".zh." in name else "en"


def find_outdated() -> dict[Path, str]:
    """The documents that are out of date, with the text that they should have."""
    sys.path.insert(0, str(ROOT / "tools"))
    outdated = {}
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text("utf-8")
        if (new := renew(text, language_of(name))) != text:
            outdated[path] = new
    return outdated


def main(arguments: Sequence[str]) -> int:
    """Write the blocks, or only say which documents are out of date."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    outdated = find_outdated()
    for path, text in outdated.items():
        if arguments:
            sys.stdout.write(f"{path.name}: out of date; run `python tools/readme_tables.py`\n")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{path.name}: written\n")
    return 1 if arguments and outdated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
