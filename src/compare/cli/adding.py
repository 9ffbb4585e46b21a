"""The command `add`: a plan into the corpus, with a source record for a person to check."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from compare.cli.places import project_root
from compare.errors import CompareError, InputError, OutputError

ID = re.compile(r"[a-z0-9][a-z0-9-]*")
GIVEN = ("title", "region", "issuer", "issued", "first_year", "last_year", "base_year", "source")
NEEDED = {"region": "--region", "first_year": "--first-year", "last_year": "--last-year"}
HEAD = 600


def add(options: argparse.Namespace) -> int:
    """Copy a plan into `data/plans` and write the source record beside it, or neither."""
    from compare.definitions import validate
    from compare.errors import DefinitionError
    from compare.plans import SUFFIXES, SourceRecord, propose_record
    from compare.reading import read_text
    from compare.reference import load_reference

    path = Path(options.file)
    if path.suffix not in SUFFIXES:
        raise InputError(path, f"the ending {path.suffix!r}", f"one of {', '.join(SUFFIXES)}")
    text, content = read_text(path)
    root = project_root(options)
    regions = load_reference(root / "data" / "reference").regions
    record = propose_record(options.id or path.stem, text, content, ())
    record["region"] = find_region(text, {region.full_name_zh: region.code for region in regions})
    record |= {name: value for name in GIVEN if (value := getattr(options, name)) is not None}
    missing = [option for name, option in NEEDED.items() if record[name] is None]
    if missing:
        raise InputError(path, f"a text that does not tell {', '.join(missing)}", "these given on the command line")
    known = {region.code: region for region in regions}
    if record["region"] not in known:
        raise CompareError(f"--region: found {record['region']!r}, expected a code of data/reference/regions.csv")
    plan_id = options.id or f"{_ascii(known[str(record['region'])].name_en)}-{record['first_year']}"
    if not ID.fullmatch(plan_id):
        raise CompareError(f"--id: found {plan_id!r}, expected lower-case ASCII letters, digits and hyphens")
    written = _dump(record)
    _, problems = validate(SourceRecord, {"id": plan_id, **_load(written)}, f"{plan_id}.yaml")
    if problems:
        raise DefinitionError(problems)
    sys.stdout.write(written)
    if not options.dry_run:
        _store(root / "data" / "plans", plan_id, path.suffix, content, written)
    return 0


def find_region(text: str, codes: Mapping[str, str]) -> str | None:
    """The region whose name a plan's head mentions first; the longer name where two begin at one place.

    >>> find_region("泰州市数字经济发展规划。江苏省……", {"江苏省": "320000", "泰州市": "321200"})
    '321200'
    """
    from compare.text import fold_widths, to_simplified

    head = to_simplified(fold_widths(text))[:HEAD]
    places = [(head.find(name), -len(name), code) for name, code in codes.items() if name and name in head]
    return min(places)[2] if places else None


def _ascii(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _dump(record: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(record), allow_unicode=True, sort_keys=False, width=1000)


def _load(text: str) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(text)
    return loaded


def _store(folder: Path, plan_id: str, suffix: str, content: bytes, record: str) -> None:
    from compare.runs.files import replace_bytes

    plan, source = folder / f"{plan_id}{suffix}", folder / f"{plan_id}.yaml"
    for path in (plan, source):
        if path.exists():
            raise OutputError(f"{path}: exists already; give another --id, or remove it first")
    replace_bytes(plan, content)
    try:
        replace_bytes(source, record.encode())
    except OutputError:
        plan.unlink()
        raise
    print(f"\n{plan}\n{source}\nPlease check the record, then run `compare-plans targets`.", file=sys.stderr)
