"""Charts as somebody draws them who has matplotlib and an hour: what `builds.py` measures ours beside.

A function for each kind of chart that the notebooks draw, with the same name, frame and rows; `show` saves one in three
formats with a tight bounding box and gives it back, so that the notebook displays it once more. The notebooks that are
measured import this module as `figures`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib import font_manager
from matplotlib.figure import Figure

import compare

for path in sorted((Path(compare.__file__).parent / "figures" / "fonts").glob("*.ttf")):
    font_manager.fontManager.addfont(path)
plt.rcParams["font.family"] = [font_manager.FontProperties(fname=str(path)).get_name()]
plt.rcParams["pdf.fonttype"] = 42


def show(report: Any, figure: Figure, slug: str, **_: object) -> Figure:
    """Save in three formats, the data of the notebook's table beside it, and display."""
    report.folder.mkdir(parents=True, exist_ok=True)
    for ending in ("png", "svg", "pdf"):
        figure.savefig(report.folder / f"{slug}.{ending}", dpi=300, bbox_inches="tight")
    figure.data.to_csv(report.folder / f"{slug}.csv", index=False)
    noted = {"slug": slug, "title": slug, "alt": "", "width": 1, "height": 1, "files": {}}
    report._figures.append(noted)  # noqa: SLF001 — as `Report.show` does
    plt.close(figure)
    return figure


def _bars(frame: pd.DataFrame, names: str, value: str = "value") -> Figure:
    rows = frame[frame[value].notna()]
    figure, axes = plt.subplots(figsize=(6.3, 0.8 + 0.2 * max(1, len(rows))))
    places = range(len(rows))
    axes.barh(places, rows[value].astype(float))
    axes.set_yticks(list(places), [str(name) for name in rows[names]])
    for place, number in zip(places, rows[value], strict=True):
        axes.text(float(number), place, f"{number:g}", va="center", fontsize=7)
    axes.set_title("目标比较")
    axes.set_xlabel("数值")
    figure.tight_layout()
    figure.data = frame
    return figure


def ranking(frame: pd.DataFrame, **_: object) -> Figure:
    """Values of regions."""
    return _bars(frame, "name_zh")


def dumbbell(frame: pd.DataFrame, **_: object) -> Figure:
    """Baselines and targets of regions."""
    figure = _bars(frame, "name_zh")
    figure.axes[0].plot(frame["base_value"].astype(float), range(len(frame)), "o")
    return figure


def profile(frame: pd.DataFrame, **_: object) -> Figure:
    """A region's place on each of its indicators."""
    return _bars(frame.assign(share=frame["rank"] / frame["of"].where(frame["of"] > 0)), "indicator", "share")


def revision(frame: pd.DataFrame, **_: object) -> Figure:
    """Old and new values of a region's indicators."""
    return _bars(frame, "indicator", "new_value")


def counts(frame: pd.DataFrame, **_: object) -> Figure:
    """Targets by plan and dimension."""
    return _bars(frame, "name_zh", "count")


def horizons(frame: pd.DataFrame, **_: object) -> Figure:
    """Targets by plan and year."""
    return _bars(frame, "year", "count")


def coverage(frame: pd.DataFrame, **_: object) -> Figure:
    """Regions by indicators."""
    return _grid(frame.assign(there=frame["presence"] == "value"), "indicator", "region", "there")


def emphasis_terms(frame: pd.DataFrame, **_: object) -> Figure:
    """Words that set plans apart."""
    return _bars(frame, "term", "z")


def theme_shares(frame: pd.DataFrame, **_: object) -> Figure:
    """Themes of plans."""
    numbers = frame.select_dtypes("number").columns[-1]
    return _grid(frame, frame.columns[1], "plan", numbers)


def similarity(frame: pd.DataFrame, **_: object) -> Figure:
    """Plans by plans."""
    numbers = frame.select_dtypes("number").columns[-1]
    return _grid(frame, "other", "plan", numbers)


def _grid(frame: pd.DataFrame, rows: str, columns: str, value: str) -> Figure:
    table = frame.pivot_table(index=rows, columns=columns, values=value, aggfunc="first").astype(float)
    figure, axes = plt.subplots(figsize=(6.3, 0.8 + 0.14 * len(table)))
    axes.imshow(table.to_numpy(), aspect="auto")
    axes.set_xticks(range(table.shape[1]), [str(name) for name in table.columns], rotation=90, fontsize=6)
    axes.set_yticks(range(table.shape[0]), [str(name) for name in table.index], fontsize=6)
    axes.set_title("指标与地区")
    figure.tight_layout()
    figure.data = frame
    return figure
