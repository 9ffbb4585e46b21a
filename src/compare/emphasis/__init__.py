"""What a plan talks about: its words, what sets them apart from the other plans, themes, and likeness between plans."""

from compare.emphasis.measures import (
    Emphasis,
    count_terms,
    measure,
    measure_similarity,
    rank_distinctive,
    share_themes,
)
from compare.emphasis.search import find_text
from compare.emphasis.words import Segmenter, Theme, Vocabulary, find_cache_folder, load_vocabulary

__all__ = [
    "Emphasis",
    "Segmenter",
    "Theme",
    "Vocabulary",
    "count_terms",
    "find_cache_folder",
    "find_text",
    "load_vocabulary",
    "measure",
    "measure_similarity",
    "rank_distinctive",
    "share_themes",
]
