"""`nlpseq clean`: parallel text without what is not worth learning from."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from nlpseq.cli.data import load_data
from nlpseq.datasets.cleaning import clean_pairs
from nlpseq.datasets.lines import write_lines
from nlpseq.datasets.sides import pair_texts


def clean(options: argparse.Namespace) -> None:
    """Writes the pairs that no filter removes to new files, and says how many each removed."""
    paths = [Path(name) for name in options.output]
    _check_output(paths)
    data = load_data(options.data)
    source, target, sources, targets = pair_texts(data, options.source, options.target)
    rows, removed = clean_pairs(
        sources,
        targets,
        max_length=options.max_length,
        max_ratio=options.max_ratio,
        keep_duplicates=options.keep_duplicates,
        keep_copies=options.keep_copies,
    )
    sides = {source: [sources[row] for row in rows], target: [targets[row] for row in rows]}
    if len(paths) == 2:
        for path, texts in zip(paths, sides.values(), strict=True):
            write_lines(path, map(_in_one_line, texts))
    elif ".jsonl" in paths[0].suffixes:
        write_lines(paths[0], _json_lines(sides))
    else:
        pairs = zip(*(map(_in_one_line, texts) for texts in sides.values()), strict=True)
        write_lines(paths[0], map("\t".join, pairs))
    for name, count in removed.items():
        print(f"{name}: {count:,} of {len(sources):,} pairs removed")
    print(f"{len(rows):,} pairs written to {' and '.join(options.output)}")


def _check_output(paths: list[Path]) -> None:
    names = [path.name.removesuffix(".gz") for path in paths]
    if len(set(paths)) not in (1, 2) or len(set(paths)) != len(paths):
        raise ValueError(f"--output takes one file, or two different ones. Received: {len(paths)}")
    if len(paths) == 1 and not names[0].endswith((".tsv", ".jsonl")):
        raise ValueError(
            "--output takes two files for parallel text, or one that ends in .tsv or .jsonl. "
            f"Received: {paths[0]}"
        )
    for path in paths:
        if path.exists():
            raise FileExistsError(f"{path} is there already; nothing is overwritten")


def _json_lines(sides: dict[str, list[str]]) -> Iterator[str]:
    for texts in zip(*sides.values(), strict=True):
        pair = dict(zip(sides, texts, strict=True))
        yield json.dumps({"translation": pair}, ensure_ascii=False)


def _in_one_line(text: str) -> str:
    """Texts of JSON or Parquet may have line ends and tabs, which these files can't hold."""
    return " ".join(text.splitlines()).replace("\t", " ")
