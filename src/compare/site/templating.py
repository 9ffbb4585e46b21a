"""Templates of the pages that are no notebooks."""

from __future__ import annotations

from pathlib import Path

import jinja2

from compare.runs.display import format_cell
from compare.site.evidence import describe_value

TEMPLATES = Path(__file__).parent / "templates"


def load_template(name: str) -> jinja2.Template:
    """A template by name; it escapes everything by default and refuses names that it was not given."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = format_cell
    environment.filters["value"] = describe_value
    return environment.get_template(name)
