"""A small project folder for tests: the real definitions, two made-up plans, two notebooks, a few reports."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"

ANHUI = """安徽省数字经济行动方案（2024—2026年）

一、主要目标
到2026年，全省建成5G基站16万个以上，数字经济核心产业增加值占GDP比重达到12%。
二、重点任务
实施六大行动，依据皖发〔2023〕7号文件，培育数字经济企业3000家。
"""
FUJIAN = """福建省数字经济发展方案（2022—2025年）

一、总体目标
到2025年，全省建成5G基站12万个，IPv6 & <流量> 占比达到70%。
"""
PLANS = {"anhui-2024": ("340000", ANHUI), "fujian-2022": ("350000", FUJIAN)}
"""Region and text of the plans, by id."""

SETUP = "import os, signal, time, warnings\nimport pandas as pd\nimport compare\nfrom compare import figures, runs"
PARAMETERS = """indicator = "5g_base_stations"  # indicator id
lang = "zh"  # one of: zh, en
mode = "good"  # one of: good, raise, die, hang, silent, warn"""
START = """project = compare.open()
report = runs.start_report(project, "alpha", lang=lang)"""
MISBEHAVE = """if mode == "raise":
    raise ValueError("坏了 <b>")
if mode == "die":
    os.kill(os.getpid(), signal.SIGKILL)
if mode == "hang":
    time.sleep(600)
if mode == "warn":
    warnings.warn("a warning for the log", stacklevel=1)"""
FRAME = """frame = pd.DataFrame({
    "region": ["340000", "350000"], "name_zh": ["安徽", "福建"], "name_en": ["Anhui", "Fujian"], "level": "province",
    "value": [160000.0, 120000.0], "value_high": float("nan"), "bound": [">=", "="],
    "year": pd.array([2026, 2025], dtype="Int64"), "unit": "个", "presence": "value",
    "plan": ["anhui-2024", ""], "start": pd.array([43, pd.NA], dtype="Int64"), "quote": ["建成<5G>基站16万个以上", ""],
})
print("打印的文字")"""
FIGURE = 'report.show(figures.ranking(frame, indicator=project.catalogue.indicator(indicator), lang=lang), "ranking")'
TABLE = (
    'report.table(frame, "values", caption="各地的值", columns={"name_zh": "地区", "value": "数值", "year": "年份"})'
)
SAY = 'report.say("安徽：" + report.cite("anhui-2024", 43, "16万个") + "。")'
FINISH = """if mode != "silent":
    report.finish(title=f"各地比较：{indicator}", finding="安徽的目标最高。")"""


def write_notebook(path: Path, cells: list[tuple[str, str, tuple[str, ...]]]) -> None:
    """Write a notebook of cells, each with kind, source and tags."""
    content = []
    for number, (kind, source, tags) in enumerate(cells):
        cell: dict[str, object] = {
            "id": f"c{number}",
            "cell_type": kind,
            "metadata": {"tags": list(tags)},
            "source": source,
        }
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        content.append(cell)
    notebook = {"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def make_small_project(root: Path) -> Path:
    """Make the folder: notebooks `alpha` (a figure, a table, ways to fail) and `beta` (prose), a report of each."""
    for name in ("catalogue", "reference"):
        shutil.copytree(DATA / name, root / "data" / name)
    for plan, (region, text) in PLANS.items():
        write_plan(root, plan, region, text)
    code = [SETUP, PARAMETERS, START, MISBEHAVE, FRAME, FIGURE, TABLE, SAY, FINISH]
    cells = [("code", source, ("parameters",) if source is PARAMETERS else ()) for source in code]
    write_notebook(root / "notebooks" / "alpha.ipynb", [("markdown", "# 各地比较\n\n哪里的目标最高？", ()), *cells])
    light = 'import compare\nfrom compare import runs\nreport = runs.start_report(compare.open(), "beta")'
    finish = 'report.finish(title=f"文字报告 {word}", finding="只有文字。")'
    beta = [("code", 'word = "甲"  # a word', ("parameters",)), ("code", light, ()), ("code", finish, ())]
    write_notebook(root / "notebooks" / "beta.ipynb", [("markdown", "# 文字", ()), *beta])
    write_params(root, "alpha/stations", "indicator: 5g_base_stations\n")
    write_params(root, "beta/plain", "{}\n")
    return root


def write_plan(root: Path, plan: str, region: str, text: str) -> None:
    """Write a plan with its source record."""
    folder = root / "data" / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{plan}.txt").write_bytes(text.encode())
    first = plan[-4:]
    last = "2026" if first == "2024" else "2025"
    record = (
        f"title: {text.splitlines()[0]}\nregion: '{region}'\nissuer: 省人民政府\nissued: null\nfirst_year: {first}\n"
        f"last_year: {last}\nbase_year: null\nscript: simplified\nsource: made up for a test\n"
        f"sha256: {hashlib.sha256(text.encode()).hexdigest()}\n"
    )
    (folder / f"{plan}.yaml").write_text(record, encoding="utf-8")


def write_params(root: Path, key: str, content: str) -> None:
    """Write a parameter file."""
    path = root / "params" / f"{key}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
