"""Definition files: what is read, what is refused, and how a mistake is described."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from compare.definitions import load_yaml, validate
from compare.errors import InputError

FIXTURES = Path(__file__).parent / "data" / "definitions"


class Inner(BaseModel):
    """A closed model inside another."""

    model_config = ConfigDict(extra="forbid", strict=True)

    first_year: int


class Outer(BaseModel):
    """A closed model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    period: Inner | None = None
    shares: tuple[float, ...] = ()


def write(folder: Path, content: bytes) -> Path:
    """A file with this content."""
    path = folder / "file.yaml"
    path.write_bytes(content)
    return path


def test_plain_yaml_is_read(tmp_path: Path) -> None:
    """Mappings, lists, quoted strings and dates come back as plain Python values, a byte order mark is skipped."""
    path = write(tmp_path, "\ufefftitle: '2025'\nissued: 2022-04-08\nlist: [1, 二]\n".encode())
    assert load_yaml(path) == {"title": "2025", "issued": date(2022, 4, 8), "list": [1, "二"]}


def test_the_same_key_in_two_mappings_is_no_repetition(tmp_path: Path) -> None:
    """A key may stand once in each mapping, also where one mapping holds the other."""
    assert load_yaml(write(tmp_path, b"a: {a: {a: 1}}\nb: {a: 2}\n")) == {"a": {"a": {"a": 1}}, "b": {"a": 2}}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("bad_repeated_key.yaml", "line 3, column 1: found the key 'title' for the second time (first on line 1)"),
        ("bad_repeated_key_inside.yaml", "line 4, column 5: found the key 'unit' for the second time"),
        ("bad_syntax.yaml", "line 2, column 1: found a syntax error"),
        ("bad_date.yaml", "found day "),
        ("bad_two_documents.yaml", "found a syntax error"),
        ("bad_tag.yaml", "found a syntax error (could not determine a constructor"),
        ("bad_only_comments.yaml", "found nothing but comments"),
        ("bad_empty.yaml", "found an empty file"),
        ("bad_missing.yaml", "found no such file"),
    ],
)
def test_a_bad_file_is_refused(name: str, message: str) -> None:
    """A file that cannot be used is an input error that names the file, the place and what was found there."""
    with pytest.raises(InputError) as caught:
        load_yaml(FIXTURES / name)
    assert message in str(caught.value)
    assert name in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("标题: 数字经济".encode("gb18030"), "bytes that are not UTF-8 at offset 0"),
        (b"title: \x00\x01", "expected valid YAML"),
        (b"   \n\n", "an empty file"),
    ],
)
def test_bytes_that_are_no_text_are_refused(content: bytes, message: str, tmp_path: Path) -> None:
    """Another encoding, binary content and mere blanks are each refused for what they are."""
    with pytest.raises(InputError, match=message):
        load_yaml(write(tmp_path, content))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A path that cannot be read as a file is refused with the system's reason."""
    with pytest.raises(InputError, match="expected a readable YAML file"):
        load_yaml(tmp_path)


def test_sound_data_become_a_model() -> None:
    """Data that fit the schema give the model and no problem."""
    model, problems = validate(Outer, {"title": "计划", "shares": [1, 2.5]}, "file.yaml")
    assert model == Outer(title="计划", shares=(1.0, 2.5))
    assert problems == []


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ({}, ["a.yaml: x.title: found nothing, expected a value: the key is required"]),
        ({"title": 3}, ["a.yaml: x.title: found 3, expected a valid string"]),
        ({"title": "t", "tilte": 1}, ["a.yaml: x.tilte: found a key that is not known, expected the key 'title'"]),
        ({"title": "t", "zzz": 1}, ["a.yaml: x.zzz: found a key that is not known, expected no such key"]),
        (
            {"title": "t", "period": {"first_yaer": 1, "first_year": "x"}},
            [
                "a.yaml: x.period.first_year: found 'x', expected a valid integer",
                "a.yaml: x.period.first_yaer: found a key that is not known, expected the key 'first_year'",
            ],
        ),
        ({"title": "t", "shares": [1, "二"]}, ["a.yaml: x.shares.1: found '二', expected a valid number"]),
        ({"title": ["t"]}, ["a.yaml: x.title: found a list (['t']), expected a valid string"]),
        ([1], ["a.yaml: x: found a list ([1]), expected a mapping of keys to values"]),
        (None, ["a.yaml: x: found nothing, expected a mapping of keys to values"]),
    ],
)
def test_mistakes_are_named_by_key(data: object, messages: list[str]) -> None:
    """Every mistake of a value is reported at once, as file, key path, what was found and what was expected."""
    model, problems = validate(Outer, data, "a.yaml", "x")
    assert model is None
    found = [str(problem) for problem in problems]
    assert len(found) == len(messages)
    assert all(any(line.startswith(message) for line in found) for message in messages)


def test_a_long_value_is_cut_in_the_message() -> None:
    """A message shows the beginning of a long value only."""
    _, problems = validate(Outer, {"title": ["长" * 500]}, "a.yaml")
    assert len(problems[0].found) < 100
