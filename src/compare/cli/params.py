"""The command `params`: a parameter file for the report of every region that sets enough indicators."""

from __future__ import annotations

import argparse

from compare.cli.places import open_project
from compare.errors import count_noun


def params(options: argparse.Namespace) -> int:
    """Write the parameter files of the regions' reports, and say what was done with each."""
    from compare.runs.regions import NOTEBOOK, propose_files, write_files

    project = open_project(options)
    files = propose_files(project, options.at_least)
    done = write_files(project.root, files, force=options.force, dry_run=options.dry_run)
    for word, places in (("write", done.made), ("remove", done.removed), ("leave", done.kept)):
        for place in places:
            print(f"{word} {place}" + (", which a person made or changed" if word == "leave" else ""))
    would = "would be " if options.dry_run else ""
    regions, enough = count_noun(len(files), "region"), count_noun(options.at_least, "indicator")
    print(
        f"{regions} with {enough} or more: {len(done.made)} {would}written, {len(done.same)} up to date, "
        f"{len(done.kept)} left alone, {len(done.removed)} {would}removed"
    )
    if (done.made or done.removed) and not options.dry_run:
        print(f"next: compare-plans build {NOTEBOOK}")
    return 0
