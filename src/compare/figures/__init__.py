"""Charts: one function per kind, tidy frame in, matplotlib figure out; saving is a separate function."""

from compare.figures.proof import find_faults
from compare.figures.ranking import finding_ranking, ranking
from compare.figures.saving import Saved, save
from compare.figures.sheet import Card, Chart, Number

__all__ = ["Card", "Chart", "Number", "Saved", "find_faults", "finding_ranking", "ranking", "save"]
