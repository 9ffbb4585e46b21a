"""What a figure costs, measured in one run beside the same content drawn the usual way.

The usual way is `plt.subplots`, seaborn for the marks, `text` for what is written, and `savefig` with
`bbox_inches="tight"` three times. Both ways draw the same frames with the same words in the same typeface, and make
PNG at 300 dpi, SVG with outlines and PDF with embedded TrueType; ours writes the data and the card besides.

    python benchmarks/figures.py [--rounds 7] [--regions 8] [--kinds ranking,profile] [--same-style]

With `--same-style` the usual way has all settings of the project's style file, of which one makes PDFs cheaper.

Times are those of the process. Each round measures both ways, one after the other, and the order changes; a kind's
ratio is the median over rounds, so that what else the machine does falls on both alike. Compare ratios, not times.
"""

from __future__ import annotations

import argparse
import io
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.text import Text

from compare import figures
from compare.figures.theme import ACCENT, GREY, STYLE
from compare.figures.typeface import FAMILY, register_typeface

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from figure_frames import KINDS  # noqa: E402 — the frames of the tests, which are not installed

AIM = 0.8
"""What the median figure is to cost at most, of the usual way."""

Plain = Callable[[Axes, pd.DataFrame], None]


def draw_dots(axes: Axes, frame: pd.DataFrame) -> None:
    """Dots by region, as in rankings."""
    shown = frame[frame["value"].notna()]
    sns.stripplot(shown, x="value", y="name_zh", jitter=False, color=ACCENT, ax=axes)


def draw_ways(axes: Axes, frame: pd.DataFrame) -> None:
    """Two dots a row with a line between them."""
    names = {"base_value": "start", "old_value": "start", "value": "end", "new_value": "end"}
    row = "name_zh"
    ends = [name for name in names if name in frame]
    long = frame.reset_index().melt(id_vars=[row], value_vars=ends, var_name="which", value_name="at")
    sns.lineplot(long, x="at", y=row, units=row, estimator=None, color=GREY, ax=axes)
    sns.scatterplot(long, x="at", y=row, hue="which", legend=False, ax=axes)


def draw_standing(axes: Axes, frame: pd.DataFrame) -> None:
    """Dots by indicator on a log scale."""
    ratios = frame.assign(ratio=frame["value"] / frame["median"])
    sns.stripplot(ratios, x="ratio", y="indicator", jitter=False, color=ACCENT, ax=axes)
    axes.set_xscale("log")


def draw_states(axes: Axes, frame: pd.DataFrame) -> None:
    """A mark a cell."""
    sns.scatterplot(frame, x="name_zh", y="indicator", style="presence", hue="presence", legend=False, ax=axes)


def draw_years(axes: Axes, frame: pd.DataFrame) -> None:
    """Lines by region, style by what is measured and set."""
    key = "region" if (frame["indicator"] == frame["indicator"].iloc[0]).all() else "indicator"
    sns.lineplot(frame, x="year", y="value", hue=key, style="status", errorbar=None, legend=False, ax=axes)


def draw_heat(index: str, columns: str, values: str) -> Plain:
    """A tinted cell a pair."""

    def draw(axes: Axes, frame: pd.DataFrame) -> None:
        wide = frame.pivot_table(index=index, columns=columns, values=values)
        sns.heatmap(wide, cmap="Blues", cbar=False, ax=axes)

    return draw


def draw_bubbles(axes: Axes, frame: pd.DataFrame) -> None:
    """A dot a plan and year, its area the number."""
    sns.scatterplot(frame.dropna(), x="year", y="plan", size="count", legend=False, ax=axes)


def draw_bars(axes: Axes, frame: pd.DataFrame) -> None:
    """Bars of terms."""
    sns.barplot(frame, x="z", y="term", hue="plan", errorbar=None, legend=False, ax=axes)


def draw_tiles(axes: Axes, frame: pd.DataFrame) -> None:
    """A tinted cell a region."""
    across = 8
    places = frame.assign(x=[i % across for i in range(len(frame))], y=[i // across for i in range(len(frame))])
    sns.heatmap(places.pivot_table(index="y", columns="x", values="value"), cmap="Blues", cbar=False, ax=axes)


PLAIN: Mapping[str, Plain] = {
    "ranking": draw_dots,
    "dumbbell": draw_ways,
    "revision": draw_ways,
    "profile": draw_standing,
    "coverage": draw_states,
    "counts": draw_heat("plan", "dimension", "count"),
    "theme_shares": draw_heat("plan", "theme", "per_1000"),
    "similarity": draw_heat("plan", "other", "similarity"),
    "horizons": draw_bubbles,
    "emphasis_terms": draw_bars,
    "trajectory": draw_years,
    "small_multiples": draw_years,
    "tile_map": draw_tiles,
}


def time_ours(kind: str, regions: int, folder: Path) -> tuple[float, figures.Chart]:
    """Draws and saves a kind as this library does; gives the seconds and the chart."""
    start = time.process_time()
    chart = KINDS[kind](regions, "zh", "page")
    figures.save(chart, folder, kind)
    return time.process_time() - start, chart


def time_plain(kind: str, chart: figures.Chart) -> float:
    """Draws and saves the content of a chart the usual way; gives the seconds."""
    size = chart.get_size_inches()
    words = [
        (*text.get_transform().transform(text.get_position()), text.get_text(), text.get_fontsize(), text.get_weight())
        for text in chart.findobj(Text)
        if isinstance(text, Text) and text.get_text() and text.axes is None
    ]
    across, down = size * chart.dpi
    start = time.process_time()
    figure, axes = plt.subplots(figsize=tuple(size))
    PLAIN[kind](axes, chart.card.data)
    axes.set(xlabel="", ylabel="", xticklabels=[], yticklabels=[])
    for x, y, text, points, weight in words:
        figure.text(x / across, y / down, text, size=points, weight=weight)
    for ending in ("png", "svg", "pdf"):
        figure.savefig(io.BytesIO(), format=ending, dpi=300, bbox_inches="tight")
    plt.close(figure)
    return time.process_time() - start


def measure(kind: str, regions: int, rounds: int, folder: Path) -> tuple[float, float, float]:
    """Measures a kind in turns; gives the median times of both ways and the median of their ratios."""
    _, chart = time_ours(kind, regions, folder)
    time_plain(kind, chart)
    pairs = []
    for turn in range(rounds):
        if turn % 2:
            usual = time_plain(kind, chart)
            ours, _ = time_ours(kind, regions, folder)
        else:
            ours, _ = time_ours(kind, regions, folder)
            usual = time_plain(kind, chart)
        pairs.append((ours, usual))
    ratio = statistics.median(ours / usual for ours, usual in pairs)
    return statistics.median(ours for ours, _ in pairs), statistics.median(usual for _, usual in pairs), ratio


def main() -> int:
    """Print a line a kind and the median figure; exit code 1 where that misses its aim."""
    parser = argparse.ArgumentParser(description="Cost of figures beside the usual way.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--regions", type=int, default=8)
    parser.add_argument("--kinds", default=",".join(PLAIN))
    parser.add_argument("--same-style", action="store_true")
    options = parser.parse_args()
    register_typeface()
    mpl.rcParams.update({"font.family": FAMILY, "pdf.fonttype": 42})
    if options.same_style:
        plt.style.use(STYLE)
    ratios = []
    print(f"{'kind':<18}{'ours, ms':>10}{'usual, ms':>11}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.kinds.split(","):
            ours, usual, ratio = measure(kind, options.regions, options.rounds, Path(folder))
            ratios.append(ratio)
            print(f"{kind:<18}{ours * 1000:>10.0f}{usual * 1000:>11.0f}{ratio:>8.2f}")
    median = statistics.median(ratios)
    print(f"{'median figure':<29}{median:>18.2f}   aim: {AIM} at most")
    return 0 if median <= AIM and math.isfinite(median) else 1


if __name__ == "__main__":
    sys.exit(main())
