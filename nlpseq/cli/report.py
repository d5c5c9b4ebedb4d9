"""`nlpseq report`: what translations are worth, and whether one set is better than another."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlpseq.cli.json_output import text_for_people, write_json
from nlpseq.cli.search_arguments import given_search_arguments
from nlpseq.datasets.lines import read_aligned_lines
from nlpseq.metrics.quality import quality_report
from nlpseq.metrics.quality_text import comparison_text, quality_text
from nlpseq.metrics.significance import paired_tests


def report(options: argparse.Namespace) -> None:
    """Scores one or several sets of translations against references."""
    if len(set(options.systems)) < len(options.systems):
        raise ValueError(f"--systems must differ. Received: {' '.join(options.systems)}")
    files = [name for name in options.systems if not Path(name).is_dir()]
    sources, *texts = read_aligned_lines([options.sources, *options.references, *files])
    references = list(zip(*texts[: len(options.references)], strict=True))
    from_files = dict(zip(files, texts[len(options.references) :], strict=True))
    searching = given_search_arguments(options)
    systems = {
        name: from_files.get(name) or _translate(name, sources, searching)
        for name in options.systems
    }
    reports = {
        name: quality_report(outputs, references, sources) for name, outputs in systems.items()
    }
    found: dict[str, Any] = {"systems": reports}
    with text_for_people(options.json):
        print(quality_text(reports), flush=True)
        if len(systems) > 1:
            found["comparison"] = paired_tests(systems, references)
            print(f"\n{comparison_text(found['comparison'])}")
    write_json(found, options.json)


def _translate(folder: str, sources: Sequence[str], searching: dict[str, Any]) -> list[str]:
    # Imported here: a report on files needs no Keras.
    from nlpseq.hub import load
    from nlpseq.tasks.translator import Translator

    task = load(folder)
    if not isinstance(task, Translator):
        raise ValueError(f"{folder} is a {task.kind}; `nlpseq report` needs a translator")
    return task.predict(sources, **searching)
