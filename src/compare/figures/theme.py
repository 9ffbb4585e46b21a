"""The look: sizes on paper, sizes of type, colours, and the drawing context that leaves no trace."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl

from compare.errors import UnknownNameError

STYLE = Path(__file__).with_name("compare.mplstyle")
POINTS_PER_MM = 72 / 25.4

INK = "#1b1f24"  # 16.4:1 on white
GREY = "#5a6068"  # 6.4:1, the palest grey that text may have
MARK_GREY = "#7d848c"
RULE = "#b9bec5"
HAIR = "#e3e6e9"
WASH = "#f1f3f5"
ACCENT = "#0f5c9c"  # 6.9:1 on white, dark grey in grey print
TINT = "#c3d9ec"
PALE = "#9cc3e4"  # the darkest ground of text in ink, 8.9:1
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Size:
    """One size of figure, lengths in points; type keeps these sizes however much a figure shows.

    Attributes:
        name: as callers write it.
        width: of the whole figure.
        height: of the whole figure; 0 where it grows with its content.
        margin: left and right, and below the foot.
        title: size of the title's type.
        subtitle: size of the subtitle's type.
        label: size of the type on the chart.
        small: size of ticks, keys and the foot.
        least: the size below which the type on the chart does not go where the height is fixed.
        pitch: distance of rows, in sizes of their type.
    """

    name: str
    width: float
    height: float
    margin: float
    title: float
    subtitle: float
    label: float
    small: float
    least: float
    pitch: float = 1.95


SIZES = {
    size.name: size
    for size in (
        Size("column", 85 * POINTS_PER_MM, 0.0, 5.0, 9.5, 7.5, 7.0, 6.0, 7.0),
        Size("page", 170 * POINTS_PER_MM, 0.0, 8.0, 12.5, 8.5, 8.0, 6.8, 8.0),
        Size("slide", 960.0, 540.0, 32.0, 23.0, 15.0, 13.0, 10.0, 7.5),
    )
}


def find_size(name: str) -> Size:
    """Finds a size by its name.

    Raises:
        UnknownNameError: where there is none of that name.

    >>> find_size("slide").width / find_size("slide").height == 16 / 9
    True
    """
    if name not in SIZES:
        raise UnknownNameError("figure size", name, list(SIZES))
    return SIZES[name]


@contextmanager
def drawing() -> Iterator[None]:
    """Draws by matplotlib's defaults and the project's style, whatever the caller's settings, and restores those."""
    with mpl.rc_context():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mpl.MatplotlibDeprecationWarning)
            mpl.rcParams.update({key: value for key, value in mpl.rcParamsDefault.items() if key != "backend"})
        mpl.rcParams.update(mpl.rc_params_from_file(STYLE, fail_on_error=True, use_default_template=False))
        yield
