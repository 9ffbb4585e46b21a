"""Office files as archives: the same content gives the same bytes."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

EPOCH = 1577836800  # 2020-01-01, as in the builds of reports
FIRST_YEAR = 1980  # archives know no earlier one


def fixed_time() -> datetime:
    """The time that files say they were made at: `SOURCE_DATE_EPOCH` where it is set, else a fixed one.

    Returns:
        In UTC, without time zone, as office files hold it.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(seconds) if seconds.isdigit() else EPOCH, UTC)
    return moment.replace(tzinfo=None, year=max(moment.year, FIRST_YEAR))


def set_properties(properties: object, title: str, subject: str, language: str) -> None:
    """Sets the core properties of a presentation or a document; no person and no clock is in them."""
    moment = fixed_time()
    values = {
        "title": title,
        "subject": subject,
        "author": "compare-plans",
        "last_modified_by": "compare-plans",
        "created": moment,
        "modified": moment,
        "revision": 1,
        "language": language,
        "keywords": "",
        "comments": "",
    }
    for name, value in values.items():
        setattr(properties, name, value)


def repack(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Writes an archive anew, with fixed dates and in the order it has.

    Args:
        data: the archive.
        changes: what is done to the content of a member, by its name.
    """
    moment = fixed_time().timetuple()[:6]
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (moment[0], moment[1], moment[2], moment[3], moment[4], moment[5]))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, changes.get(name, bytes)(old.read(name)))
    return buffer.getvalue()
