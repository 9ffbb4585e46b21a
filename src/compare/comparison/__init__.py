"""One indicator over all regions in one unit: stated, converted, derived, resolved; with a grade and the arithmetic.

What counts as comparable: the same measure (the catalogue says what is another one), of the whole region, of one kind
(a stock is not a yearly number), in one unit. `values` says how each number is reached and graded, `choose` which
commitment stands for a region, `table` what a comparison shows where there is no value.
"""

from compare.comparison.checks import Finding, check_tables, cross_check
from compare.comparison.coverage import tabulate_coverage, tabulate_evidence
from compare.comparison.mentions import Mention, find_mentions
from compare.comparison.overview import count_dimensions, count_horizons, tabulate_corpus
from compare.comparison.pathways import tabulate_baselines, tabulate_pathways, tabulate_series
from compare.comparison.profiles import tabulate_left_out, tabulate_profile, tabulate_standing
from compare.comparison.revisions import compare_plans
from compare.comparison.statement import Statement
from compare.comparison.statements import Material, gather
from compare.comparison.table import (
    COMPARISON_COLUMNS,
    compare_indicator,
    compare_indicators,
    national_reference,
)

__all__ = [
    "COMPARISON_COLUMNS",
    "Finding",
    "Material",
    "Mention",
    "Statement",
    "check_tables",
    "compare_indicator",
    "compare_indicators",
    "compare_plans",
    "count_dimensions",
    "count_horizons",
    "cross_check",
    "find_mentions",
    "gather",
    "national_reference",
    "tabulate_baselines",
    "tabulate_corpus",
    "tabulate_coverage",
    "tabulate_evidence",
    "tabulate_left_out",
    "tabulate_pathways",
    "tabulate_profile",
    "tabulate_series",
    "tabulate_standing",
]
