"""Charts: one function per kind, tidy frame in, matplotlib figure out; saving is a separate function.

Each kind has a function that draws it and a `finding_<kind>` that gives its title alone. What a chart says in words,
and the numbers that it shows with the places where they stand, is in its `card`.
"""

from compare.figures.cards import Card, Number
from compare.figures.coverage import coverage, finding_coverage
from compare.figures.dumbbell import dumbbell, finding_dumbbell
from compare.figures.multiples import finding_small_multiples, small_multiples
from compare.figures.plans import counts, finding_counts, finding_horizons, horizons
from compare.figures.profile import finding_profile, profile
from compare.figures.proof import find_faults
from compare.figures.ranking import finding_ranking, ranking
from compare.figures.revision import finding_revision, revision
from compare.figures.saving import Saved, save
from compare.figures.sheet import Chart
from compare.figures.terms import emphasis_terms, finding_emphasis_terms
from compare.figures.theme import SIZES
from compare.figures.themes import finding_similarity, finding_theme_shares, similarity, theme_shares
from compare.figures.tile_map import finding_tile_map, tile_map
from compare.figures.trajectory import finding_trajectory, trajectory
from compare.figures.wording import PlainMeasure

__all__ = [
    "SIZES",
    "Card",
    "Chart",
    "Number",
    "PlainMeasure",
    "Saved",
    "counts",
    "coverage",
    "dumbbell",
    "emphasis_terms",
    "find_faults",
    "finding_counts",
    "finding_coverage",
    "finding_dumbbell",
    "finding_emphasis_terms",
    "finding_horizons",
    "finding_profile",
    "finding_ranking",
    "finding_revision",
    "finding_similarity",
    "finding_small_multiples",
    "finding_theme_shares",
    "finding_tile_map",
    "finding_trajectory",
    "horizons",
    "profile",
    "ranking",
    "revision",
    "save",
    "similarity",
    "small_multiples",
    "theme_shares",
    "tile_map",
    "trajectory",
]
