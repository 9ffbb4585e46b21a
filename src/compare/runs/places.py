"""Where things are in a project folder that a build writes."""

from __future__ import annotations

REPORTS, FIGURES, ASSETS_FOLDER, STAGING, EVIDENCE = "reports", "figures", "assets", ".staging", "evidence"
SNAPSHOTS = "data/snapshots"
ASSETS = "cp-assets/"
"""What a page calls the folder of its figures until it is published, when that folder gets its name."""
