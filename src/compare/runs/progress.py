"""How a build shows what it does: one line per running report in a terminal, plain lines with times in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from compare.errors import count_noun
from compare.runs.orders import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass(frozen=True, slots=True)
class Begun:
    """So many reports will be made, and so many are up to date."""

    total: int
    current: int


@dataclass(frozen=True, slots=True)
class Started:
    """A report's run began."""

    key: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A report's run is over."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that a reader of the log should know."""

    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """No more reports will run."""


Event = Begun | Started | Ended | Noted | Closed
Listener = Callable[[Event], None]
"""What a build tells what happens, in the order in which it happens."""


def ignore(event: Event) -> None:
    """A listener that shows nothing."""
    del event


class PlainLines:
    """A listener that writes a line with the time for each event."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = 0
        self._done = 0

    def __call__(self, event: Event) -> None:
        """Write the line of an event."""
        match event:
            case Begun(total, current):
                self._total = total
                self._line(f"{count_noun(total, 'report')} to build, {current} up to date")
            case Started(key):
                self._line(f"start  {key}")
            case Ended(outcome):
                self._done += 1
                self._line(f"{describe(outcome)} ({self._done}/{self._total})")
            case Noted(text):
                self._line(text)
            case Closed():
                pass

    def _line(self, text: str) -> None:
        self._stream.write(f"{time.strftime('%H:%M:%S')} {text}\n")
        self._stream.flush()


class Bars:
    """A listener for a terminal: a bar for the whole, and a line for each report that runs."""

    def __init__(self) -> None:
        self._bars: Progress | None = None  # made when there is something to show: a build with nothing to do is fast
        self._whole: TaskID | None = None
        self._running: dict[str, TaskID] = {}
        self._begin = 0.0
        self._done = 0
        self._total = 0

    def __call__(self, event: Event) -> None:
        """Show an event."""
        bars = self._bars = self._bars or _make_bars()
        match event:
            case Begun(total, current):
                self._begin, self._total = time.monotonic(), total
                bars.start()
                self._whole = bars.add_task("reports", total=total, left="")
                bars.console.print(f"{total} to build, {current} up to date", highlight=False)
            case Started(key):
                self._running[key] = bars.add_task(f"  {key}", total=None, left="")
            case Ended(outcome):
                self._end(bars, outcome)
            case Noted(text):
                bars.console.print(text, highlight=False, markup=False)
            case Closed():
                bars.stop()

    def _end(self, bars: Progress, outcome: Outcome) -> None:
        self._done += 1
        left = (time.monotonic() - self._begin) / self._done * (self._total - self._done)
        bars.remove_task(self._running.pop(outcome.key))
        if self._whole is not None:
            bars.update(self._whole, completed=self._done, left=f"about {left:.0f} s left" if left else "")
        bars.console.print(describe(outcome), style="red" if outcome.error else None, highlight=False, markup=False)


def _make_bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[left]}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def describe(outcome: Outcome) -> str:
    """One line on how a report's run ended."""
    place = f" in cell {outcome.cell}" if outcome.cell else ""
    if outcome.error:
        return f"FAILED {outcome.key} after {outcome.seconds:.1f} s{place}: {outcome.error}"
    return f"done   {outcome.key} in {outcome.seconds:.1f} s"


def choose_listener() -> Listener:
    """Bars where the error stream is a terminal, plain lines where it is a file or a pipe."""
    return Bars() if sys.stderr.isatty() else PlainLines()
