"""Bring the notebooks into the form in which they are committed.

Outputs stay only in cells tagged `nbval-check-output`, as plain text, so that nbval has something to compare and a
change of a notebook reads as a change of its text. An execution count of None would make nbval skip the comparison:
those cells keep one.

    python tools/normalise_notebooks.py            # rewrite what is not in that form
    python tools/normalise_notebooks.py --check    # only say which are not; exit code 1 if any
    python tools/normalise_notebooks.py --run      # run them first, so that checked outputs are what they give now
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
CHECKED = "nbval-check-output"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def normalise(notebook: dict[str, Any]) -> dict[str, Any]:
    """Give a notebook its committed form.

    Args:
        notebook: as its JSON holds it, format 4.

    Returns:
        A new notebook: no metadata but the kernel, ids and tags, no outputs but the plain text of checked cells.
    """
    counts = iter(range(1, len(notebook["cells"]) + 1))
    cells = [_normalise_cell(cell, counts, place) for place, cell in enumerate(notebook["cells"])]
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def _normalise_cell(cell: dict[str, Any], counts: Any, place: int) -> dict[str, Any]:
    """One cell; `counts` gives the number of the next code cell."""
    tags = sorted(cell["metadata"].get("tags", []))
    plain: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", f"cell-{place}"),
        "metadata": {"tags": tags} if tags else {},
        "source": "".join(cell["source"]).strip().splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        count = next(counts)
        checked = CHECKED in tags
        plain["execution_count"] = count if checked else None
        plain["outputs"] = _normalise_outputs(cell["outputs"], count) if checked else []
    return plain


def _normalise_outputs(outputs: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """The plain text of what a cell gave; streams of one name that follow each other become one."""
    kept: list[dict[str, Any]] = []
    for output in outputs:
        if output["output_type"] == "stream":
            text = "".join(output["text"])
            if kept and kept[-1].get("name") == output["name"]:
                text = "".join(kept.pop()["text"]) + text
            lines = text.splitlines(keepends=True)
            kept.append({"name": output["name"], "output_type": "stream", "text": lines})
        elif "text/plain" in output.get("data", {}):
            data = {"text/plain": "".join(output["data"]["text/plain"]).splitlines(keepends=True)}
            result = {"data": data, "metadata": {}, "output_type": output["output_type"]}
            if output["output_type"] == "execute_result":
                result["execution_count"] = count
            kept.append(result)
    return kept


def run(path: Path) -> dict[str, Any]:
    """Run a notebook in its own folder, with its default parameters."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    executed: dict[str, Any] = json.loads(nbformat.writes(notebook))  # type: ignore[no-untyped-call]  # as above
    return executed


def write(notebook: dict[str, Any]) -> str:
    """The text of a notebook's file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Rewrite or check the notebooks; the exit code is 1 where a check found one that is not in its committed form."""
    parser = argparse.ArgumentParser(description="Bring the notebooks into the form in which they are committed.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="files (default: all in notebooks/)")
    parser.add_argument("--check", action="store_true", help="change nothing, name those that would change")
    parser.add_argument("--run", action="store_true", help="run them first")
    options = parser.parse_args(arguments)
    changed = []
    for path in options.notebooks or sorted(FOLDER.glob("*.ipynb")):
        before = path.read_text("utf-8")
        after = write(normalise(run(path) if options.run else json.loads(before)))
        if after != before:
            changed.append(path)
            if not options.check:
                path.write_text(after, encoding="utf-8", newline="\n")
    for path in changed:
        sys.stdout.write(f"{path}: {'is not in its committed form' if options.check else 'rewritten'}\n")
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
