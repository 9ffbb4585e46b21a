"""Typed reference tables: regions, population, GDP, values measured, targets published outside the corpus.

Each row carries its own source and grade. The tables are read as text, checked against a closed schema and frozen.
"""

from compare.reference.load import load_reference
from compare.reference.rows import Baseline, PublishedTarget, Region, Sentence, Statistic, Term
from compare.reference.tables import Reference

__all__ = [
    "Baseline",
    "PublishedTarget",
    "Reference",
    "Region",
    "Sentence",
    "Statistic",
    "Term",
    "load_reference",
]
