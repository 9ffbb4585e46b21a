"""Behaviour of the measures of what plans talk about."""

from __future__ import annotations

import logging
import math
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from compare import emphasis
from compare.errors import DefinitionError, InputError

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "data" / "catalogue"


@pytest.fixture(scope="module")
def vocabulary() -> emphasis.Vocabulary:
    """The vocabulary of the project."""
    return emphasis.load_vocabulary(CATALOGUE)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for jieba's dictionary, so that it is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def segmenter(vocabulary: emphasis.Vocabulary, cache: Path) -> emphasis.Segmenter:
    """A segmenter with the vocabulary of the project."""
    return emphasis.Segmenter(vocabulary, cache)


@pytest.fixture(scope="module")
def corpus(cache: Path) -> emphasis.Emphasis:
    """The measures of the five plans."""
    return emphasis.measure(open_corpus(), cache=cache)


def open_corpus() -> SimpleNamespace:
    """Makes what the measures need of the project."""
    files = sorted((ROOT / "data" / "plans").glob("*.txt"))
    return SimpleNamespace(root=ROOT, plans=tuple(make_plan(file.stem, file.read_text("utf-8-sig")) for file in files))


def make_plan(name: str, text: str) -> SimpleNamespace:
    """Makes what the measures need of a plan."""
    return SimpleNamespace(id=name, text=text)


def make_counts(**plans: dict[str, int]) -> pd.DataFrame:
    """Makes a frame of counts: plan, word, how often."""
    rows = [(plan, term, count) for plan, terms in plans.items() for term, count in terms.items()]
    return pd.DataFrame(rows, columns=["plan", "term", "count"])


def write_vocabulary(folder: Path, themes: str, terms: str = "算力网络\n", stopwords: str = "加快\n") -> Path:
    """Writes the three files of a vocabulary."""
    (folder / "themes.yaml").write_text(themes, encoding="utf-8")
    (folder / "terms.txt").write_text(terms, encoding="utf-8")
    (folder / "stopwords.txt").write_text(stopwords, encoding="utf-8")
    return folder


# Words


def test_terms_of_the_field_stay_whole(segmenter: emphasis.Segmenter) -> None:
    """A term of the dictionary or of a theme is one word, not its parts."""
    words = list(
        segmenter.words("建设全国一体化算力网络,推动工业互联网平台、数字乡村和IPv6规模部署,建成5G基站16万个。")
    )
    assert words == ["一体化", "算力网络", "工业互联网平台", "数字乡村", "IPv6", "5G基站"]


def test_traditional_text_gives_the_same_words(segmenter: emphasis.Segmenter) -> None:
    """Traditional characters are read as their simplified forms."""
    traditional = "加快數據要素市場培育,建設超算中心,發展虛擬現實產業集群"
    simplified = "加快数据要素市场培育,建设超算中心,发展虚拟现实产业集群"
    assert list(segmenter.words(traditional)) == list(segmenter.words(simplified))
    assert "超算中心" in list(segmenter.words(traditional))


@pytest.mark.parametrize(
    "text", ["到2025年达到16万个", "加快推进,大力发展", "安徽、上海、北京、山东", "以及,通过,为了", "", " \n "]
)
def test_words_without_a_subject_are_left_out(segmenter: emphasis.Segmenter, text: str) -> None:
    """Numbers, places, function words and the verbs of every plan are no content words."""
    assert list(segmenter.words(text)) == []


def test_every_word_of_a_theme_can_be_found(vocabulary: emphasis.Vocabulary, segmenter: emphasis.Segmenter) -> None:
    """A theme's word that segmentation could never give would count nothing without notice."""
    words = [*vocabulary.terms, *(word for theme in vocabulary.themes for word in theme.words)]
    assert [word for word in words if list(segmenter.words(word)) != [word]] == []


def test_terms_are_a_user_dictionary_of_jieba() -> None:
    """terms.txt has a word a line, each once, and none that stopwords.txt leaves out."""
    terms = (CATALOGUE / "terms.txt").read_text("utf-8").splitlines()
    stopwords = (CATALOGUE / "stopwords.txt").read_text("utf-8").splitlines()
    assert len(terms) == len(set(terms))
    assert len(stopwords) == len(set(stopwords))
    assert not set(terms) & set(stopwords)
    assert all(term == term.strip() and " " not in term for term in terms)


def test_the_global_tokenizer_stays_untouched(
    vocabulary: emphasis.Vocabulary, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The library neither fills jieba's own tokenizer nor writes to the terminal; its cache goes where it is told."""
    emphasis.Segmenter(vocabulary, tmp_path / "cache")
    import jieba

    assert "工业互联网平台" not in jieba.dt.FREQ
    assert jieba.dt.tmp_dir is None
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["jieba.cache"]
    assert logging.getLogger("jieba").level == logging.DEBUG
    assert capfd.readouterr() == ("", "")


def test_an_unwritable_cache_is_no_obstacle(vocabulary: emphasis.Vocabulary, tmp_path: Path) -> None:
    """Where the cache folder cannot be made, words come out all the same."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert list(emphasis.Segmenter(vocabulary, tmp_path / "file" / "cache").words("智能算力")) == ["智能算力"]


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """COMPARE_CACHE names the folder of the cache."""
    monkeypatch.setenv("COMPARE_CACHE", str(tmp_path))
    assert emphasis.find_cache_folder() == tmp_path
    monkeypatch.delenv("COMPARE_CACHE")
    assert emphasis.find_cache_folder().name == "compare-plans"


# The vocabulary's files


def test_bad_themes_are_reported_together(tmp_path: Path) -> None:
    """Every mistake of themes.yaml is told at once, with its place."""
    themes = """themes:
  - {id: network, name_zh: 网络, name_en: Networks, words: [光纤, 加快]}
  - {id: network, name_zh: 算力, name_en: Computing, words: [光纤, 云, 算力]}
"""
    with pytest.raises(DefinitionError) as caught:
        emphasis.load_vocabulary(write_vocabulary(tmp_path, themes))
    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["themes.0.words.1", "themes.1.id", "themes.1.words.0", "themes.1.words.1"]
    assert "network" in str(caught.value)


def test_an_unknown_key_of_a_theme_is_refused(tmp_path: Path) -> None:
    """A misspelt key is a mistake, not a theme without it."""
    themes = "themes:\n  - {id: network, name_zh: 网络, name_en: Networks, word: [光纤]}\n"
    with pytest.raises(DefinitionError, match=r"themes\.yaml"):
        emphasis.load_vocabulary(write_vocabulary(tmp_path, themes))


@pytest.mark.parametrize(
    ("name", "content"), [("terms.txt", None), ("stopwords.txt", b""), ("terms.txt", b"\xff\xfe\x00")]
)
def test_an_unusable_word_list_is_named(tmp_path: Path, name: str, content: bytes | None) -> None:
    """A missing, empty or unreadable list is an error with the file's name."""
    themes = "themes:\n  - {id: network, name_zh: 网络, name_en: Networks, words: [光纤]}\n"
    write_vocabulary(tmp_path, themes)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=name):
        emphasis.load_vocabulary(tmp_path)


# Measures, worked by hand


def test_distinctive_words_by_hand() -> None:
    """The weighted log-odds of a corpus of two plans and two words is what the formula gives on paper."""
    counts = make_counts(a={"算力": 3, "数据": 1}, b={"算力": 1, "数据": 3})
    ranked = emphasis.rank_distinctive(counts, at_least=1, prior_words=4)
    assert list(ranked["plan"]) == ["a", "b"]
    assert list(ranked["term"]) == ["算力", "数据"]
    # prior 2 of 4 words each; odds 5/3 against 3/5; variance 1/5 + 1/3
    assert ranked["log_odds"].tolist() == pytest.approx([math.log(25 / 9)] * 2)
    assert ranked["z"].tolist() == pytest.approx([math.log(25 / 9) / math.sqrt(8 / 15)] * 2)
    assert ranked["per_1000"].tolist() == [750, 750]
    assert ranked["rest_per_1000"].tolist() == [250, 250]


def test_words_used_alike_set_nothing_apart() -> None:
    """Where all plans use the words in the same proportions no word is distinctive."""
    counts = make_counts(a={"算力": 4, "数据": 2}, b={"算力": 8, "数据": 4})
    assert emphasis.rank_distinctive(counts, at_least=1).empty


def test_a_single_plan_has_nothing_to_stand_out_from() -> None:
    """One plan alone gives an empty table, not an error."""
    ranked = emphasis.rank_distinctive(make_counts(a={"算力": 4, "数据": 2}))
    assert ranked.empty
    assert "z" in ranked.columns


def test_ties_are_ordered_by_the_word() -> None:
    """Equal weights come out in one order whatever the order of the rows."""
    counts = make_counts(a={"丙": 3, "乙": 3, "甲": 3, "丁": 1}, b={"丁": 9})
    backwards = counts.iloc[::-1].sort_values("plan", kind="stable").reset_index(drop=True)
    first, second = (emphasis.rank_distinctive(frame) for frame in (counts, backwards))
    pd.testing.assert_frame_equal(first, second)


def test_shares_of_themes_by_hand() -> None:
    """A theme's share is its words among all content words; a theme not touched is a row with zero."""
    themes = (
        emphasis.Theme(id="computing", name_zh="算力", name_en="Computing", words=["算力", "数据中心"]),
        emphasis.Theme(id="talent", name_zh="人才", name_en="Talent", words=["人才"]),
    )
    shares = emphasis.share_themes(make_counts(a={"算力": 2, "数据中心": 1, "园区": 5}), themes)
    assert shares[["theme", "count", "words", "per_1000"]].to_numpy().tolist() == [
        ["computing", 3, 8, 375.0],
        ["talent", 0, 8, 0.0],
    ]


def test_similarity_by_hand() -> None:
    """The cosine of two tf-idf vectors is what the formula gives on paper."""
    counts = make_counts(a={"算力": 1, "数据": 1}, b={"算力": 1})
    rare = math.log(3 / 2) + 1
    expected = 1 / math.sqrt(1 + rare**2)
    frame = emphasis.measure_similarity(counts)
    assert frame["similarity"].tolist() == pytest.approx([1, expected, expected, 1])


def test_plans_without_a_common_word_are_unlike() -> None:
    """No word in common is a similarity of 0."""
    frame = emphasis.measure_similarity(make_counts(a={"算力": 3}, b={"人才": 2}))
    assert frame["similarity"].tolist() == [1, 0, 0, 1]


# The five plans


def test_a_longer_plan_counts_more_words_not_larger_shares(corpus: emphasis.Emphasis) -> None:
    """The shares of all themes of a plan stay below all of its words, in every plan."""
    totals = corpus.themes.groupby("plan")["per_1000"].sum()
    assert len(totals) == 5
    assert totals.between(300, 700).all()


def test_distinctive_words_are_those_a_reader_would_name(corpus: emphasis.Emphasis) -> None:
    """Anhui's plan of 2024 is marked by scenes and intelligent computing, Shandong's by virtual reality."""
    terms = corpus.distinctive.groupby("plan")["term"].apply(list)
    assert {"场景", "智能算力", "数据交易机构"} <= set(terms["anhui-2024"])
    assert {"虚拟现实", "产业大脑"} <= set(terms["shandong-2023"])
    assert {"融资", "产业集群"} <= set(terms["fujian-2022"])
    assert {"治理数字化", "农产品"} <= set(terms["taizhou-2022"])
    assert {"数字江淮", "智慧养老"} <= set(terms["anhui-2020"])
    assert corpus.distinctive.groupby("plan").size().max() <= 15


def test_counts_are_those_of_the_text(corpus: emphasis.Emphasis) -> None:
    """A word's count is how often it stands in the plan, where no longer term covers it."""
    text = (ROOT / "data/plans/anhui-2024.txt").read_text("utf-8-sig")
    row = corpus.counts.query("plan == 'anhui-2024' and term == '智能算力'")
    assert row["count"].item() == text.count("智能算力")


def test_similarity_is_symmetric(corpus: emphasis.Emphasis) -> None:
    """Likeness holds both ways, is 1 with itself and below 1 with others."""
    matrix = corpus.similarity.pivot_table(index="plan", columns="other", values="similarity")
    assert matrix.to_numpy() == pytest.approx(matrix.T.to_numpy())
    others = corpus.similarity.query("plan != other")["similarity"]
    assert others.between(0.1, 0.6).all()
    assert corpus.similarity.query("plan == other")["similarity"].tolist() == pytest.approx([1] * 5)


def test_measures_are_the_same_every_time(corpus: emphasis.Emphasis, cache: Path) -> None:
    """The same plans give the same frames, to the last digit."""
    again = emphasis.measure(open_corpus(), cache=cache)
    pd.testing.assert_frame_equal(corpus.distinctive, again.distinctive, check_exact=True)
    pd.testing.assert_frame_equal(corpus.similarity, again.similarity, check_exact=True)


# Search


def test_a_word_is_found_in_both_scripts_at_its_place() -> None:
    """A simplified word is found in traditional text; the offsets are those of the text as printed."""
    plans = [make_plan("a", "建设算力网络，算力充足"), make_plan("b", "提升算力。文化算力網絡")]
    found = emphasis.find_text(plans, "算力网络", width=2)
    assert found[["plan", "start", "end", "before", "found", "after"]].to_numpy().tolist() == [
        ["a", 2, 6, "建设", "算力网络", "，算"],
        ["b", 7, 11, "文化", "算力網絡", ""],
    ]


def test_nothing_found_is_an_empty_table() -> None:
    """A word that no plan has, and an empty one, give no rows and the same columns."""
    plans = [make_plan("a", "建设算力网络")]
    for word in ("海洋", ""):
        found = emphasis.find_text(plans, word)
        assert found.empty
        assert list(found.columns) == ["plan", "start", "end", "before", "found", "after"]
