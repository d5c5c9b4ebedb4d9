"""`nlpseq inspect`: what is in a data set, and what may be wrong with it."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import datasets as hf

from nlpseq.cli.data import load_all_splits, load_data
from nlpseq.cli.inspection_text import inspection_text, lines_text
from nlpseq.cli.json_output import text_for_people, write_json
from nlpseq.datasets.inspection import inspect_splits
from nlpseq.datasets.line_check import OddLines, check_lines


def inspect_data(options: argparse.Namespace) -> None:
    """Prints what was found, and writes it to a file where one is named."""
    held_out = {name: getattr(options, name) for name in ("dev", "test") if getattr(options, name)}
    lines = _check_files([*options.data, *(path for paths in held_out.values() for path in paths)])
    try:
        splits = _load(options.data, held_out)
        report = inspect_splits(
            splits,
            tokens=options.tokens,
            label=options.label,
            source=options.source,
            target=options.target,
            max_length=options.max_length,
        )
    except ValueError:
        print("\n".join(lines_text(lines)), flush=True)  # where to look
        raise
    report["lines"] = lines
    with text_for_people(options.json):
        print(inspection_text(report))
    write_json(report, options.json)


def _load(data: Sequence[str], held_out: dict[str, Sequence[str]]) -> dict[str, hf.Dataset]:
    splits = load_all_splits(data)
    if held_out and len(splits) > 1:
        raise ValueError(
            f"{' '.join(data)} has the splits {', '.join(splits)} already: leave --dev and --test "
            f"out, or choose one with {data[0]}@{next(iter(splits))}"
        )
    return {**splits, **{name: load_data(paths) for name, paths in held_out.items()}}


def _check_files(names: Sequence[str]) -> dict[str, dict[str, OddLines]]:
    """The odd lines of those that are text files."""
    return {
        name: check_lines(name)
        for name in names
        if Path(name).is_file() and Path(name).suffix != ".parquet"
    }
