"""What a report says of its tables: frames with names in the reader's language, and sentences computed from them."""

from compare.narrative.emphasis import tell_emphasis
from compare.narrative.indicator import tell_indicator
from compare.narrative.labels import columns, label
from compare.narrative.overview import tell_overview
from compare.narrative.picks import (
    has_others,
    pick_headlines,
    pick_published,
    pick_reference,
    pick_refused,
    pick_region,
)
from compare.narrative.province import tell_province
from compare.narrative.story import Story, say_empty

__all__ = [
    "Story",
    "columns",
    "has_others",
    "label",
    "pick_headlines",
    "pick_published",
    "pick_reference",
    "pick_refused",
    "pick_region",
    "say_empty",
    "tell_emphasis",
    "tell_indicator",
    "tell_overview",
    "tell_province",
]
