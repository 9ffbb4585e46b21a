"""Parameter files of the regions' reports: which ones there ought to be, written without touching what people made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from compare.definitions import load_yaml
from compare.errors import InputError, OutputError
from compare.project import Project
from compare.runs.files import replace_bytes

NOTEBOOK = "province"
ENOUGH = 3
_BRACKETS = re.compile(r"\s*\(.*?\)")
_MARK = re.compile(r"# made by `compare-plans params` \(([0-9a-f]{8})\)[^\n]*\n")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the parameter files, each as a path relative to the project folder, sorted.

    Attributes:
        made: written anew, or again because the definitions changed.
        same: as they ought to be already.
        kept: made or changed by a person, and left alone.
        removed: made by the program for a region that no longer has enough indicators.
    """

    made: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]


def propose_files(project: Project, at_least: int = ENOUGH) -> dict[str, str]:
    """The parameter files of the notebook `province` that a project ought to have.

    Args:
        project: its regions are those that set indicators, in a plan of the corpus or in `data/reference`.
        at_least: how many indicators a region must set.

    Returns:
        Path relative to the project folder to the content, one for each region, in the order of the region codes.
    """
    names = {region.code: region.name_en for region in project.reference.regions}
    return {
        f"params/{NOTEBOOK}/{name_case(names[code], tuple(names.values()))}.yaml": mark(f'region: "{code}"\n')
        for code in project.regions(at_least)
    }


def name_case(name: str, names: Sequence[str] = ()) -> str:
    """A region's English name as the name of a file and of a report's address.

    What stands in brackets is left out, unless two of the `names` differ in nothing else.

    >>> name_case("Tibet (Xizang)"), name_case("Inner Mongolia")
    ('tibet', 'inner-mongolia')
    >>> name_case("Taizhou (Jiangsu)", ("Taizhou (Jiangsu)", "Taizhou (Zhejiang)"))
    'taizhou-jiangsu'
    """
    short = _BRACKETS.sub("", name)
    if [_BRACKETS.sub("", other) for other in names].count(short) > 1:
        short = name
    return re.sub(r"[^a-z0-9]+", "-", short.lower()).strip("-")


def mark(body: str) -> str:
    """A parameter file with a first line that says who made it, and by which it can be told whether it was changed.

    >>> made = mark("lang: en")
    >>> is_untouched(made), is_untouched(f"{made} # mine"), is_untouched("lang: en")
    (True, False, False)
    """
    return f"# made by `compare-plans params` ({_digest(body)}); change it, and it is left alone from then on\n{body}"


def is_untouched(text: str) -> bool:
    """Whether a parameter file was made by the program and not changed since; line ends do not count."""
    plain = text.replace("\r\n", "\n")
    found = _MARK.match(plain)
    return found is not None and found[1] == _digest(plain[found.end() :])


def write_files(root: Path, files: Mapping[str, str], *, force: bool = False, dry_run: bool = False) -> Written:
    """Bring the parameter files of the regions up to date.

    A file that a person made or changed is left alone, and a region that such a file makes a report of under another
    name gets no second one.

    Args:
        root: the project folder.
        files: as `propose_files` gives them.
        force: replace files of these names also where a person made or changed them.
        dry_run: say what would be done, and change nothing.

    Returns:
        What was done with each file.

    Raises:
        InputError: a parameter file cannot be read.
        OutputError: a file cannot be written or removed.
    """
    there = dict(_read_files(root))
    by_hand = {place for place, text in there.items() if not is_untouched(text)}
    served = {region: place for place in sorted(by_hand) if (region := _region_of(root / place))}
    made, same, kept = [], [], set()
    for place, text in files.items():
        region = text.rpartition("region: ")[2].strip('"\n')
        other = place if place in by_hand else served.get(region, "")
        if other and not (force and other == place):
            kept.add(other)
        elif there.get(place, "").replace("\r\n", "\n") == text:
            same.append(place)
        else:
            made.append(place)
            if not dry_run:
                replace_bytes(root / place, text.encode())
    removed = [place for place in there if place not in by_hand and place not in (*made, *same)]
    for place in removed:
        if not dry_run:
            _remove(root / place)
    return Written(*(tuple(sorted(places)) for places in (made, same, kept, removed)))


def _read_files(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "params" / NOTEBOOK).glob("*.yaml")):
        try:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(path, str(error), "a parameter file in UTF-8") from error


def _region_of(path: Path) -> str:
    """The region that a file makes a report of in the language of the notebook, or an empty string."""
    values = load_yaml(path)
    return str(values.get("region", "")) if isinstance(values, dict) and "lang" not in values else ""


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(f"{path}: cannot be removed: {error.strerror}") from error


def _digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:8]
