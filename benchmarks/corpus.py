"""A corpus of any size, made from a seed, and what it costs to read it.

The plans are written from templates in five styles (an action plan, a five-year plan with a table between bars, a work
report, opinions with a table one cell a line, a plan in traditional characters), 2,000 to 6,000 characters each, with
the numbers, years and regions drawn from a seeded generator: the same seed gives the same files.

    python benchmarks/corpus.py make FOLDER --plans 10000      # a project folder with that corpus
    python benchmarks/corpus.py measure [--plans 100 1000 10000] [--jobs 1 2]

`measure` runs `compare-plans targets` on corpora of several sizes, watches the memory of all its processes and prints
a table: seconds by the clock and of processors, characters a processor second, the most memory that all processes and
that one process had at one moment (PSS: a page that several share is counted once), and a second run in which nothing
had changed. On a machine that does other work besides, believe the processor seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc
import psutil

ROOT = Path(__file__).resolve().parent.parent
SHORTEST, LONGEST = 2_000, 6_000
EVERY = 0.1  # seconds between two looks at the memory

PLACES = (
    ("320000", "江苏省"), ("330000", "浙江省"), ("340000", "安徽省"), ("350000", "福建省"), ("360000", "江西省"),
    ("370000", "山东省"), ("410000", "河南省"), ("420000", "湖北省"), ("430000", "湖南省"), ("440000", "广东省"),
    ("510000", "四川省"), ("520000", "贵州省"), ("610000", "陕西省"), ("620000", "甘肃省"), ("130000", "河北省"),
)  # fmt: skip

# What is measured, its unit as printed, and between which numbers it lies.
MEASURES = (
    ("数字经济核心产业增加值占地区生产总值比重", "%", 5, 15),
    ("数字经济规模", "亿元", 3_000, 60_000),
    ("软件和信息技术服务业收入", "亿元", 200, 9_000),
    ("电子信息制造业营业收入", "亿元", 800, 20_000),
    ("网络零售额", "亿元", 500, 12_000),
    ("5G基站数", "万个", 2, 40),
    ("5G用户普及率", "%", 40, 90),
    ("千兆光网用户数", "万户", 50, 2_000),
    ("10G-PON端口数", "万个", 10, 200),
    ("IPv6活跃用户占比", "%", 50, 95),
    ("数据中心标准机架", "万架", 2, 80),
    ("数据中心平均电能利用效率", "", 1, 2),
    ("规模以上工业企业关键工序数控化率", "%", 45, 75),
    ("数字化研发设计工具普及率", "%", 60, 90),
    ("上云企业数", "万家", 1, 60),
    ("高新技术企业", "家", 800, 60_000),
    ("国家级专精特新“小巨人”企业", "家", 40, 1_200),
    ("工业互联网平台", "个", 5, 120),
    ("标识解析二级节点", "个", 3, 60),
    ("智能工厂和数字化车间", "个", 100, 3_000),
    ("政务服务事项网上可办率", "%", 85, 100),
    ("数字经济相关专利授权量", "件", 900, 40_000),
    ("研发经费投入强度", "%", 1, 5),
    ("物联网终端用户数", "亿户", 1, 9),
)

FIELDS = ("工业互联网", "人工智能", "集成电路", "新型显示", "智慧物流", "数字文旅", "智慧农业", "数字政务", "车联网")
VERBS = ("建成", "培育", "打造", "新增", "建设")
THINGS = (("应用场景", "个"), ("示范园区", "个"), ("标杆企业", "家"), ("重点项目", "项"), ("公共服务平台", "个"))
FILLERS = (
    "坚持市场主导、政府引导，推动数字技术同实体经济深度融合，增强产业链供应链韧性。",
    "统筹发展和安全，完善数据分类分级保护制度，健全网络安全监测预警和应急处置机制。",
    "加强部门协同和上下联动，形成工作合力，确保各项任务落到实处。",
    "鼓励有条件的地方先行先试，总结推广可复制的经验做法。",
    "依据有关文件（政发〔2021〕12号）要求，分年度制定工作清单，明确责任单位和完成时限。",
    "支持龙头企业牵头组建创新联合体，促进大中小企业融通创新。",
    "完善数字人才培养、引进和评价机制，推动高校与企业共建实训基地。",
    "优化营商环境，落实税费优惠政策，引导金融机构加大信贷投放。",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A plan that was made up: its id, the fields of its source record, its text."""

    id: str
    record: dict[str, object]
    text: str


class Writer:
    """Writes one plan; what it draws depends on the seed and the plan's number alone."""

    def __init__(self, seed: int, number: int) -> None:
        self.draw = random.Random(f"{seed}/{number}")  # noqa: S311 — for texts, not for secrets
        self.code, self.place = self.draw.choice(PLACES)
        self.first = self.draw.randint(2019, 2026)
        self.last = self.first + self.draw.choice((2, 3, 4))
        self.length = self.draw.randint(SHORTEST + 600, LONGEST - 600)

    def value(self, low: int, high: int, share: float = 1.0) -> str:
        """A number between two, the larger the rounder."""
        number = self.draw.uniform(low, high) * share
        if high <= 120:
            return f"{number:.1f}".removesuffix(".0")
        return str(round(number, -1 if high < 5_000 else -2) // 1).removesuffix(".0")

    def goal(self) -> str:
        """A clause with a target."""
        name, unit, low, high = self.draw.choice(MEASURES)
        number = self.value(low, high)
        shape = self.draw.choice(
            (
                "{name}达到{n}{u}",
                "{name}达到{n}{u}以上",
                "{name}力争突破{n}{u}",
                "{name}超过{n}{u}",
                "{name}达{n}{u}左右",
            )
        )
        return shape.format(name=name, n=number, u=unit)

    def task(self) -> str:
        """A clause with something to be built."""
        thing, unit = self.draw.choice(THINGS)
        field, verb = self.draw.choice(FIELDS), self.draw.choice(VERBS)
        return f"{verb}{field}{thing}{self.draw.randint(2, 90) * 5}{unit}"

    def goals(self, count: int) -> str:
        """A sentence with so many targets."""
        return f"到{self.last}年，{'，'.join(self.goal() for _ in range(count))}。"

    def actuals(self, count: int) -> str:
        """A sentence on what was reached."""
        parts = []
        for name, unit, low, high in self.draw.sample(MEASURES, count):
            parts.append(f"{name}达到{self.value(low, high, 0.6)}{unit}")
        return f"{self.first - 1}年，全省{'，'.join(parts)}，同比增长{self.value(3, 20)}%。"

    def paragraph(self, number: int) -> str:
        """A numbered paragraph of a task."""
        field = self.draw.choice(FIELDS)
        sentences = [self.draw.choice(FILLERS) for _ in range(self.draw.randint(1, 3))]
        sentences.insert(1, f"到{self.draw.randint(self.first, self.last)}年，{self.task()}，{self.task()}。")
        return f"（{'一二三四五六七八九十'[number % 10]}）推进{field}发展。{''.join(sentences)}"

    def fill(self, text: str, close: str) -> str:
        """A text with paragraphs of tasks until it is long enough, and its end."""
        parts, size, number = [text], len(text) + len(close), 0
        while size < self.length:
            if number % 10 == 0:
                part = f"{'三四五六七八九'[min(number // 10, 6)]}、{self.draw.choice(FIELDS)}提升行动"
                parts.append(part)
                size += len(part) + 1
            part = self.paragraph(number)
            parts.append(part)
            size += len(part) + 1
            number += 1
        return "\n".join([*parts, close, ""])


def write_action_plan(writer: Writer) -> str:
    """An action plan: targets in running text."""
    text = (
        f"{writer.place}数字经济高质量发展行动方案（{writer.first}—{writer.last}年）\n\n一、总体要求\n"
        f"{''.join(writer.draw.sample(FILLERS, 3))}\n二、主要目标\n{writer.goals(6)}\n{writer.goals(4)}"
    )
    return writer.fill(text, "本方案自印发之日起施行。")


def write_five_year_plan(writer: Writer) -> str:
    """A plan with its targets in a table between bars."""
    rows = ["| 序号 | 指标 | 单位 | 基期值 | 目标值 | 属性 |", "| --- | --- | --- | --- | --- | --- |"]
    for number, (name, unit, low, high) in enumerate(writer.draw.sample(MEASURES, 14), 1):
        kind = writer.draw.choice(("预期性", "约束性"))
        values = f"{writer.value(low, high, 0.6)} | {writer.value(low, high)}"
        rows.append(f"| {number} | {name} | {unit or '—'} | {values} | {kind} |")
    text = (
        f"{writer.place}数字经济发展规划（{writer.first}—{writer.last}年）\n\n一、发展基础\n{writer.actuals(5)}\n"
        f"二、发展目标\n{writer.goals(3)}\n表1 {writer.last}年主要指标\n{chr(10).join(rows)}\n"
    )
    return writer.fill(text, "各地各部门要结合实际抓好落实。")


def write_work_report(writer: Writer) -> str:
    """A work report: what was reached, then what is aimed at."""
    text = (
        f"{writer.place}数字经济工作报告及{writer.first}—{writer.last}年工作计划\n\n一、工作回顾\n{writer.actuals(6)}"
        f"{writer.actuals(4)}\n二、总体安排\n{writer.goals(5)}每年{writer.task()}。"
    )
    return writer.fill(text, "让我们携手并进，开创数字经济发展新局面。")


def write_opinions(writer: Writer) -> str:
    """Opinions with a table that was copied one cell a line."""
    cells = ["指标", "单位", f"{writer.first - 1}年", f"{writer.last}年"]
    for name, unit, low, high in writer.draw.sample(MEASURES[:11], 8):
        cells += [name, unit, writer.value(low, high, 0.6), writer.value(low, high)]
    text = (
        f"{writer.place}关于加快发展数字经济的实施意见（{writer.first}—{writer.last}年）\n\n一、总体要求\n"
        f"{writer.goals(4)}\n二、主要指标\n{chr(10).join(cells)}\n"
    )
    return writer.fill(text, "本意见由省发展和改革委员会负责解释。")


def write_traditional(writer: Writer) -> str:
    """An action plan in traditional characters."""
    return TO_TRADITIONAL.convert(write_action_plan(writer))


TO_TRADITIONAL = opencc.OpenCC("s2t")
STYLES = (write_action_plan, write_five_year_plan, write_work_report, write_opinions, write_traditional)


def make_plan(seed: int, number: int) -> Made:
    """The plan of a number."""
    writer = Writer(seed, number)
    style = STYLES[number % len(STYLES)]
    text = style(writer)
    record: dict[str, object] = {
        "title": text.split("\n", 1)[0],
        "region": f"'{writer.code}'",
        "issuer": f"{writer.place}人民政府",
        "issued": "null",
        "first_year": writer.first,
        "last_year": writer.last,
        "base_year": "null",
        "script": "traditional" if style is write_traditional else "simplified",
        "source": "made up from a seed",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Made(f"made-{number:05d}", record, text)


def make_corpus(root: Path, count: int, seed: int = 1) -> int:
    """Make a project folder with so many plans.

    Args:
        root: the folder; it gets `data/catalogue`, `data/reference` and `data/plans`.
        count: how many plans.
        seed: which corpus.

    Returns:
        Characters in all plans together.
    """
    for name in ("catalogue", "reference"):
        shutil.copytree(ROOT / "data" / name, root / "data" / name, dirs_exist_ok=True)
    folder = root / "data" / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    characters = 0
    for number in range(count):
        plan = make_plan(seed, number)
        (folder / f"{plan.id}.txt").write_bytes(plan.text.encode())
        lines = (f"{name}: {value}\n" for name, value in plan.record.items())
        (folder / f"{plan.id}.yaml").write_text("".join(lines), encoding="utf-8")
        characters += len(plan.text)
    return characters


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds by the clock and of processors; the most bytes of memory of all processes and of one."""

    seconds: float
    worked: float
    memory: int
    largest: int


def run_targets(root: Path, jobs: int) -> Cost:
    """Run `compare-plans targets` on a project and watch it."""
    command = [sys.executable, "-m", "compare", "--project", str(root), "targets", "--jobs", str(jobs)]
    begin, worked = time.perf_counter(), worked_by_children()
    memory = largest = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 — our own program
        while process.poll() is None:
            used = list(memory_of(process.pid))
            memory, largest = max(memory, sum(used)), max(largest, *used, 0)
            time.sleep(EVERY)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(time.perf_counter() - begin, worked_by_children() - worked, memory, largest)


def worked_by_children() -> float:
    """Processor seconds of all processes that this one has started and that have ended, with theirs."""
    times = os.times()
    return times.children_user + times.children_system


def memory_of(pid: int) -> Iterator[int]:
    """Bytes of a process and of all that it started; what they share is shared out among them where that is known."""
    try:
        main = psutil.Process(pid)
        family = [main, *main.children(recursive=True)]
    except psutil.Error:
        return
    for process in family:
        try:
            full = process.memory_full_info()
        except psutil.Error:
            continue
        yield getattr(full, "pss", full.rss)


def measure(sizes: list[int], jobs: list[int], seed: int) -> None:
    """Print a row for each size and number of processes."""
    heads = ("plans", "characters", "jobs", "s", "CPU s", "chars/CPU s", "MB", "largest", "again, s", "CPU s")
    print(" ".join(f"{head:>11}" for head in heads), flush=True)
    for size in sizes:
        for count in jobs:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                characters = make_corpus(root, size, seed)
                first = run_targets(root, count)
                again = run_targets(root, count)
            cells = (
                f"{size:,}",
                f"{characters:,}",
                f"{count}",
                f"{first.seconds:.1f}",
                f"{first.worked:.1f}",
                f"{characters / first.worked:,.0f}",
                f"{first.memory / 1e6:,.0f}",
                f"{first.largest / 1e6:,.0f}",
                f"{again.seconds:.1f}",
                f"{again.worked:.1f}",
            )
            print(" ".join(f"{cell:>11}" for cell in cells), flush=True)


def main() -> None:
    """Make a corpus, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make")
    make.add_argument("folder", type=Path)
    make.add_argument("--plans", type=int, default=100)
    watch = commands.add_parser("measure")
    watch.add_argument("--plans", type=int, nargs="+", default=[100, 1_000, 10_000])
    watch.add_argument("--jobs", type=int, nargs="+", default=[2])
    options = parser.parse_args()
    if options.command == "make":
        print(f"{make_corpus(options.folder, options.plans, options.seed):,} characters")
    else:
        measure(options.plans, options.jobs, options.seed)


if __name__ == "__main__":
    main()
