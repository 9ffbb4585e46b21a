"""A papermill engine that runs the cells in this process, which was made for the one notebook: no kernel to start.

What a cell prints, displays and raises is kept as a kernel would send it. A process of its own is what a kernel is for
here, and the report's process is one already; starting a second, and talking to it, costs more than most cells.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import TextIOBase
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from nbformat import v4
from papermill.engines import Engine, papermill_engines

NAME = "compare-own-process"


class Outputs:
    """The outputs of the cell that runs."""

    def __init__(self) -> None:
        self.cell: Any = None
        self._clears = False

    def begin(self, cell: Any) -> None:
        """Outputs belong to this cell from now on."""
        self.cell, self._clears = cell, False
        cell.outputs = []

    def add(self, kind: str, **content: Any) -> None:
        """Add an output; text that follows text of its own stream continues it."""
        if self.cell is None:
            return
        if self._clears:
            self.cell.outputs, self._clears = [], False
        last = self.cell.outputs[-1] if self.cell.outputs else {}
        if kind == "stream" and last.get("name") == content["name"]:
            last["text"] += content["text"]
            return
        self.cell.outputs.append(v4.new_output(kind, **content))  # type: ignore[no-untyped-call]

    def clear(self, *, wait: bool) -> None:
        """Remove what there is, at once or when the next output comes."""
        self._clears = wait
        if not wait and self.cell is not None:
            self.cell.outputs = []


class _Stream(TextIOBase):
    """What a cell prints."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: Outputs, beneath: Any) -> None:
        self._name, self._outputs, self._beneath = name, outputs, beneath

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.add("stream", name=self._name, text=text)
        return len(text)

    def fileno(self) -> int:
        number: int = self._beneath.fileno()
        return number


class _Publisher(DisplayPublisher):
    outputs: Outputs

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        self.outputs.add("display_data", data=data, metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002 — as IPython has it
        self.outputs.clear(wait=wait)


class _Hook(DisplayHook):
    outputs: Outputs

    def write_output_prompt(self) -> None:
        """No prompt is printed."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.outputs.add("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=self.prompt_count)

    def finish_displayhook(self) -> None:
        """Nothing is printed."""


class _Shell(InteractiveShell):
    """Where the cells run."""

    outputs: Outputs

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        lines = self.InteractiveTB.stb2text(stb).splitlines()
        self.outputs.add("error", ename=getattr(etype, "__name__", str(etype)), evalue=str(evalue), traceback=lines)

    def init_history(self) -> None:
        """What was run is kept in no data base."""
        self.history_manager = HistoryManager(shell=self, parent=self, enabled=False)

    def enable_gui(self, gui: Any = None) -> None:
        """Figures of pyplot are shown in the page; there is no window to open."""

    def ask_exit(self) -> None:
        """A notebook that wants to leave has its next cells run as in a kernel."""

    def raw_input(self, prompt: str = "") -> str:
        raise EOFError(f"nobody is there to answer {prompt!r}")


def _make_shell(outputs: Outputs) -> _Shell:
    shell: Any = _Shell.instance(display_pub_class=_Publisher, displayhook_class=_Hook, colors="NoColor")
    shell.display_formatter.active_types = shell.display_formatter.format_types
    for part in (shell, shell.display_pub, shell.displayhook):
        part.outputs = outputs
    return shell  # type: ignore[no-any-return]  # traitlets sets its attributes


class OwnProcessEngine(Engine):  # type: ignore[misc]  # papermill has no annotations
    """Runs the cells of a notebook one after the other in this process, until one raises."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:  # noqa: ARG003 — as papermill has it
        """Run all cells; papermill calls it."""
        outputs = Outputs()
        shell = _make_shell(outputs)
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            nb_man.cell_start(cell, index)
            with _heard(outputs):
                is_right = _run_cell(shell, outputs, cell)
            if not is_right and "raises-exception" not in cell.metadata.get("tags", []):
                nb_man.cell_exception(cell, cell_index=index)
                nb_man.cell_complete(cell, cell_index=index)
                return
            nb_man.cell_complete(cell, cell_index=index)


def _run_cell(shell: _Shell, outputs: Outputs, cell: Any) -> bool:
    outputs.begin(cell)
    cell.execution_count = shell.execution_count
    result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the notebook may have put something of its own there
            stream.flush()
    outputs.cell = None
    return bool(result.success)


@contextmanager
def _heard(outputs: Outputs) -> Iterator[None]:
    out, err = (_Stream(name, outputs, stream) for name, stream in (("stdout", sys.stdout), ("stderr", sys.stderr)))
    with redirect_stdout(out), redirect_stderr(err):
        yield


papermill_engines.register(NAME, OwnProcessEngine)
