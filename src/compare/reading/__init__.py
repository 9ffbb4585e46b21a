"""One reader per file format, to text; and the structure that plain text shows."""

from __future__ import annotations

from pathlib import Path

from compare.errors import InputError
from compare.text import decode

MAX_BYTES = 64 * 1024 * 1024


def read_text(path: Path) -> tuple[str, bytes]:
    """Read a plan's file.

    Args:
        path: a plain-text file in UTF-8, GB18030, Big5 or UTF-16.

    Returns:
        The text as read, to which all offsets refer, and the file's bytes.

    Raises:
        InputError: the file is missing, unreadable, too large, empty, or no text.
    """
    try:
        if path.is_dir():
            raise InputError(path, "a folder", "a text file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(path, f"{size:,} bytes", f"at most {MAX_BYTES:,}", hint="Split the file")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "no such file", "the text of a plan") from None
    except OSError as error:
        raise InputError(path, error.strerror or str(error), "a readable text file") from error
    return decode(data, path), data
