"""Quantities in a plan's text and tables to records, by the annotation standard."""

from __future__ import annotations

from compare.extract.document import Extractor, extract
from compare.extract.records import REASONS, Extraction, Target, Unmatched

__all__ = ["REASONS", "Extraction", "Extractor", "Target", "Unmatched", "extract"]
