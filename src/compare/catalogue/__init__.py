"""The catalogue: which measures plans set, what each one means and how plans word it.

`data/catalogue/indicators/<dimension>.yaml` maps ids to indicators, `dimensions.yaml` gives the dimensions and their
order, `aliases.yaml` the words that aliases share (their notation is described in `compare.catalogue.aliases`). The
schema is closed: a key that is not known is a mistake, and all mistakes of all files are reported together.
"""

from compare.catalogue.indicators import Derivation, Dimension, Indicator
from compare.catalogue.labels import Vocabulary
from compare.catalogue.loading import Catalogue, load_catalogue

__all__ = ["Catalogue", "Derivation", "Dimension", "Indicator", "Vocabulary", "load_catalogue"]
