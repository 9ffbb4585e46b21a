"""Cells run in the report's own process give what they give in a kernel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from small_project import write_notebook

CELLS = {
    "text": "print('一'); import sys; print('error', file=sys.stderr)\nprint('二')",
    "result": "x = {'b': 1}\nx",
    "silent": "x;",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1.5]})",
    "display": "from IPython.display import HTML, display\ndisplay(HTML('<b>1</b>'), metadata={'k': 1})",
    "clear": "from IPython.display import clear_output\nprint('gone'); clear_output(wait=True); print('stays')",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "await": "import asyncio\nawait asyncio.sleep(0.01)\n3",
    "magic": "%reset -f\n'x' in dir()",
    "program": "%%bash\necho program",
    "last": "_",
    "folder": "import os, sys\nos.path.basename(os.getcwd()), '' in sys.path, __name__",
    "expected": "1 / 0",
    "after": "'goes on'",
    "raises": "def f():\n    raise ValueError('坏了')\nf()",
    "never": "print('never')",
}
RUN = """
import os, sys
import papermill
if sys.argv[3]:
    os.chdir(os.path.dirname(sys.argv[1]))
    sys.path.insert(0, "")
    from compare.runs import engine
try:
    papermill.execute_notebook(
        sys.argv[1], sys.argv[2], engine_name=sys.argv[3] or None, kernel_name="python3", language="python",
        progress_bar=False, cwd=os.path.dirname(sys.argv[1]),
    )
except papermill.PapermillExecutionError as error:
    print(f"{error.ename}|{error.evalue}")
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The cells as a kernel ran them and as this package's engine did, by engine and name."""
    folder = tmp_path_factory.mktemp("engine")
    cells = [("code", code, ("raises-exception",) if name == "expected" else ()) for name, code in CELLS.items()]
    write_notebook(folder / "in.ipynb", cells)
    found: dict[str, dict[str, Any]] = {}
    environment = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    for engine in ("", "compare-own-process"):
        out = folder / f"{engine or 'kernel'}.ipynb"
        command = [sys.executable, "-c", RUN, str(folder / "in.ipynb"), str(out), engine]
        said = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout
        ours = [cell for cell in nbformat.read(out, as_version=4).cells if cell.cell_type == "code"]  # type: ignore[no-untyped-call]
        found[engine] = {**dict(zip(CELLS, ours, strict=True)), "said": said.strip(), "path": Path(out)}
    return found


def outputs(cell: Any) -> list[Any]:
    """The outputs of a cell without what differs from run to run: colours, and the bytes of pictures."""
    plain = []
    for output in cell.outputs:
        data = {kind: "…" if kind == "image/png" else content for kind, content in output.get("data", {}).items()}
        told = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output.get("traceback", [])))
        kept = {name: output.get(name) for name in ("output_type", "name", "text", "metadata", "ename", "evalue")}
        plain.append({**kept, "data": data, "where": re.findall(r"^-+> \d+ .*", told, re.MULTILINE)})
    return plain


@pytest.mark.parametrize("name", [name for name in CELLS if name != "text"])
def test_a_cell_gives_what_it_gives_in_a_kernel(ran: dict[str, dict[str, Any]], name: str) -> None:
    """Kinds of output, their content, and the count of the cell."""
    kernel, own = ran[""][name], ran["compare-own-process"][name]
    assert outputs(own) == outputs(kernel)
    assert own.execution_count == kernel.execution_count


def test_streams_are_kept_apart(ran: dict[str, dict[str, Any]]) -> None:
    """In the order of the calls, which a kernel does not promise between the two."""
    streams = [(output.name, output.text) for output in ran["compare-own-process"]["text"].outputs]
    assert streams == [("stdout", "一\n"), ("stderr", "error\n"), ("stdout", "二\n")]


def test_the_cell_that_raised_is_the_last_to_run(ran: dict[str, dict[str, Any]]) -> None:
    """And papermill raises for it as for a kernel's."""
    assert ran["compare-own-process"]["said"] == ran[""]["said"] == "ValueError|坏了"
    assert ran["compare-own-process"]["never"].execution_count is None
