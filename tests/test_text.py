"""Bytes to text, and the foldings that keep every offset."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.errors import InputError
from compare.reading import MAX_BYTES, read_text
from compare.text import decode, fold_widths, is_traditional, squeeze, to_simplified

SIMPLIFIED = "第一章 发展目标\n到2025年，全省数字经济核心产业增加值占地区生产总值比重达到10%，建成5G基站16万个。\n"
TRADITIONAL = "第一章 發展目標\n到2025年，全省數字經濟核心產業增加值佔地區生產總值比重達到10%，建成5G基站16萬個。\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", SIMPLIFIED),
        ("utf-8-sig", SIMPLIFIED),
        ("utf-8", TRADITIONAL),
        ("gb18030", SIMPLIFIED),
        ("gb2312", SIMPLIFIED),
        ("gbk", TRADITIONAL),
        ("big5", TRADITIONAL),
        ("utf-16", SIMPLIFIED),
        ("utf-16-le", SIMPLIFIED),
        ("utf-16-be", SIMPLIFIED),
        ("utf-16-le", TRADITIONAL),
        ("utf-16-be", TRADITIONAL),
    ],
)
def test_text_is_decoded_whatever_the_encoding(encoding: str, text: str) -> None:
    """Nobody declares the encoding of a plan; each that occurs is told from its bytes; byte order marks are dropped."""
    assert decode(text.encode(encoding), "plan.txt") == text


def test_characters_outside_the_old_sets_survive_gb18030() -> None:
    """GB18030 holds what GBK lacks."""
    text = f"{SIMPLIFIED}主要指标：㐂、𠀀、€。"
    assert decode(text.encode("gb18030"), "plan.txt") == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_decides_the_byte_order(mark: bytes) -> None:
    """After a mark the text may be as short and as Latin as it likes."""
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + "5G".encode(encoding), "plan.txt") == "5G"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_become_one_character(encoding: str, line_end: str) -> None:
    """Offsets count a line end as one, whatever system wrote the file."""
    assert decode(SIMPLIFIED.replace("\n", line_end).encode(encoding), "plan.txt") == SIMPLIFIED


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b" \r\n\t \n", "blanks only"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a zip container"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x00\x01\x02\x03\xff\x00" * 40, "a binary file"),
        (b"\x81\xff\x92\xfe" * 40, "bytes of no known encoding"),
        ("Цифровая экономика региона".encode("cp1251"), "bytes of no known encoding"),
        ("Größe der digitalen Wirtschaft".encode("latin-1"), "bytes of no known encoding"),
        (b"\xef\xbb\xbf\xff\xff", "a byte that is not utf-8"),
        (b"\xff\xfe\x00\xd8", "a byte that is not utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, found: str) -> None:
    """The message names the file, what was found in it and what is expected."""
    with pytest.raises(InputError) as caught:
        decode(data, "data/plans/x.txt")
    assert found in caught.value.found
    assert str(caught.value).startswith("data/plans/x.txt")
    assert "expected" in str(caught.value)


@pytest.mark.parametrize("data", ["\ufeff".encode(), "\ufeff \n".encode(), " \n".encode("utf-16"), "　\n".encode()])
def test_blanks_of_any_kind_are_no_plan(data: bytes) -> None:
    """A byte order mark and full-width blanks are as empty as nothing."""
    with pytest.raises(InputError, match=r"blanks only|an empty file"):
        decode(data, "plan.txt")


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_path_that_is_no_file_is_an_input_error(tmp_path: Path, name: str) -> None:
    """A missing file and a folder are told apart from a bad file."""
    with pytest.raises(InputError, match=r"no such file|a folder"):
        read_text(tmp_path / name)


def test_a_file_of_no_plausible_size_is_refused(tmp_path: Path) -> None:
    """The size is looked at before anything is read."""
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="Split the file"):
        read_text(path)


def test_reading_gives_text_and_bytes(tmp_path: Path) -> None:
    """The bytes are those that a digest is taken of."""
    path = tmp_path / "plan.txt"
    path.write_bytes(SIMPLIFIED.encode("gb18030"))
    assert read_text(path) == (SIMPLIFIED, SIMPLIFIED.encode("gb18030"))


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("２０２５年，达到６０％", "2025年,达到60%"),
        ("ＰＵＥ１．３", "PUE1.3"),
        ("（一）［１］", "(一)[1]"),
        ("3～5个、3∼5个、3〜5个", "3~5个、3~5个、3~5个"),
        ("10－15%、10−15%", "10-15%、10-15%"),
        ("16\u3000万\u00a0个", "16 万 个"),
        ("≧10、⩽5", "≥10、≤5"),
        ("「專精特新」『數據』", "“專精特新”“數據”"),
    ],
)
def test_forms_of_one_sign_become_one(printed: str, folded: str) -> None:
    """What a reader takes for the same is the same afterwards, character by character."""
    assert fold_widths(printed) == folded


def test_only_an_ascii_comma_groups_digits() -> None:
    """A list of numbers between Chinese commas is no number of seven digits."""
    assert fold_widths("25，100，300个").split(",") == ["25", "100", "300个"]
    assert "," not in fold_widths("1,100万户")


@given(st.text())
def test_folding_moves_no_offset(text: str) -> None:
    """Every folding keeps the length, and folding twice changes nothing more."""
    folded = fold_widths(text)
    assert len(folded) == len(text)
    assert fold_widths(folded) == folded


@given(st.text(st.sampled_from("國產業區發經濟數據标准歲頁著裏裡后後里只隻干幹乾台臺 5G16.\n“”（）𠀀😀\u0301")))
def test_conversion_moves_no_offset(text: str) -> None:
    """Whatever script a text mixes, each character becomes one character."""
    simplified = to_simplified(text)
    assert len(simplified) == len(text)
    assert to_simplified(simplified) == simplified


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        (TRADITIONAL, SIMPLIFIED),
        ("著力推進數字產業化，圍繞著重點", "着力推进数字产业化，围绕着重点"),
        ("臺灣、裏程、衞星、數據", "台湾、里程、卫星、数据"),
        ("著名企業、顯著提升", "著名企业、显著提升"),
        ("乾淨、幹部、若干", "干净、干部、若干"),
        ("滿三週歲兒童", "满三周岁儿童"),
        ("線上辦理率", "线上办理率"),
    ],
)
def test_traditional_text_becomes_simplified(traditional: str, simplified: str) -> None:
    """Words, not only characters, decide where one character has two forms."""
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize("text", ["", "5G", SIMPLIFIED, "着力、显著、里程"])
def test_simplified_text_stays_as_it_is(text: str) -> None:
    """Nothing is converted where nothing is traditional."""
    assert not is_traditional(text)
    assert to_simplified(text) is text


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("建成 5G 基站 25 万 个", "建成5G基站25万个"),
        ("到 2025 年，\n建成", "到2025年，建成"),
        ("用户普\n及率达到70%", "用户普及率达到70%"),
        ("10G PON 端口", "10G PON端口"),
        ("达到 70 %以上、300 EFLOPS、100 Mbps", "达到70%以上、300EFLOPS、100Mbps"),
        ("12 34 个", "12 34个"),
        ("用户16\n00万户", "用户1600万户"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_blanks_that_mean_nothing_are_taken_out(text: str, squeezed: str) -> None:
    """A blank stays only where it separates Latin words and digits."""
    assert squeeze(text, 0, len(text)).text == squeezed


@given(st.text(st.sampled_from("建成 5G16万个\n\t,.%")), st.data())
def test_squeezed_text_maps_back(text: str, data: st.DataObject) -> None:
    """Every character that is left knows where it stood, and the end of a span is just after its last character."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    squeezed = squeeze(text, start, end)
    places = [squeezed.at(position) for position in range(len(squeezed.text))]
    assert [text[place] for place in places] == list(squeezed.text)
    assert places == sorted(set(places))
    assert all(start <= place < end for place in places)
    for position in range(1, len(squeezed.text) + 1):
        assert squeezed.after(position) == places[position - 1] + 1
