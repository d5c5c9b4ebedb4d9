"""What `nlpseq inspect` prints: a table of the splits, small plots, and what to look at."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nlpseq.datasets.line_check import OddLines
from nlpseq.text.bars import bars
from nlpseq.text.table import table

_MOST_LABELS = 20

Splits = Mapping[str, Mapping[str, Any]]


def inspection_text(report: Mapping[str, Any]) -> str:
    """Writes a report as text.

    Args:
        report: What `inspect_splits` gave, and `lines`, the odd lines of each file.

    Returns:
        Lines of text: numbers with a column for each split; plots of the lengths and labels of the
        first one; and where something odd was found.
    """
    splits: Splits = report["splits"]
    first = next(iter(splits))
    if report["kind"] == "tagging":
        parts = [_tagging_table(splits), _length_plot("Tokens of a row", first, splits[first])]
        parts += [_label_plot(column, splits) for column in splits[first]["labels"]]
    else:
        sides = splits[first]["sides"]
        parts = [_pairs_table(splits)]
        parts += [_length_plot(f"Words of {side}", first, sides[side]) for side in sides]
    notes = [*_notes(report), *lines_text(report["lines"])]
    head = "To look at (rows are counted from 0, lines from 1):" if notes else "Nothing is odd."
    parts.append([head, *_indented(notes)])
    return "\n\n".join("\n".join(part) for part in parts)


def lines_text(files: Mapping[str, Mapping[str, OddLines]]) -> list[str]:
    """Writes which lines of files are odd: a line of text for each kind."""
    return [
        f"{path}: {kind} in {odd['lines']:,} line{'' if odd['lines'] == 1 else 's'}: "
        f"{_listed(odd['first'], odd['lines'])}"
        for path, kinds in files.items()
        for kind, odd in kinds.items()
    ]


def _tagging_table(splits: Splits) -> list[str]:
    rows = [
        ["rows", *_numbers(splits, "rows")],
        ["tokens", *_numbers(splits, "tokens")],
        *_length_rows("tokens of a row", list(splits.values())),
        ["empty rows", *_numbers(splits, "empty_rows", "rows")],
        ["overlong rows", *_numbers(splits, "overlong_rows", "rows")],
        ["blank tokens", *_numbers(splits, "blank_tokens")],
        ["duplicates", *_numbers(splits, "duplicates", "rows")],
        ["also in train", *_numbers(splits, "also_in_train", "rows")],
        ["unknown words", *_shares(splits, "unknown_words")],
    ]
    for column in next(iter(splits.values()))["labels"]:
        rows += [
            [f"{column}: labels", *_numbers(splits, "labels", column, "different")],
            [f"{column}: malformed", *_numbers(splits, "labels", column, "malformed", "labels")],
            [f"{column}: not in train", *_shares(splits, "labels", column, "unseen")],
        ]
    return table(["", *splits], rows)


def _pairs_table(splits: Splits) -> list[str]:
    rows = [["rows", *_numbers(splits, "rows")]]
    sides = next(iter(splits.values()))["sides"]
    for side in sides:
        rows += [
            [f"{side}: words", *_numbers(splits, "sides", side, "words")],
            *_length_rows(f"{side}: words of a row", [s["sides"][side] for s in splits.values()]),
            [f"{side}: empty rows", *_numbers(splits, "sides", side, "empty_rows", "rows")],
            [f"{side}: overlong rows", *_numbers(splits, "sides", side, "overlong_rows", "rows")],
            [f"{side}: also in train", *_numbers(splits, "sides", side, "also_in_train", "rows")],
            [f"{side}: unknown words", *_shares(splits, "sides", side, "unknown_words")],
        ]
    ratios = [f"{split['length_ratio']['overall']:.2f}" for split in splits.values()]
    source, target = sides
    rows += [
        [f"characters of {target} for one of {source}", *ratios],
        ["one side far too long", *_numbers(splits, "unbalanced", "rows")],
        ["identical sides", *_numbers(splits, "copies", "rows")],
        ["sides exchanged", *_numbers(splits, "swapped", "rows")],
        ["duplicates", *_numbers(splits, "duplicates", "rows")],
        ["pairs also in train", *_numbers(splits, "also_in_train", "rows")],
    ]
    return table(["", *splits], rows)


def _length_rows(title: str, found: list[Mapping[str, Any]]) -> list[list[str]]:
    lengths = [split["lengths"] for split in found]
    percentiles = [split["percentiles"] for split in lengths]
    return [
        [f"{title}, median", *(str(split.get("50", 0)) for split in percentiles)],
        ["  of 95 in 100 at most", *(str(split.get("95", 0)) for split in percentiles)],
        ["  at most", *(f"{split['longest']:,}" for split in lengths)],
    ]


def _length_plot(title: str, split: str, found: Mapping[str, Any]) -> list[str]:
    counted = found["lengths"]["bars"]
    starts = [0, *(end + 1 for end, _ in counted)]
    heads = [
        f"{start:,} to {end:,}" if start < end else f"{end:,}"
        for start, (end, _) in zip(starts, counted, strict=False)
    ]
    return [f"{title}, {split}:", *_indented(bars(heads, [count for _, count in counted]))]


def _label_plot(column: str, splits: Splits) -> list[str]:
    first = next(iter(splits))
    found = splits[first]["labels"][column]
    counts = dict(list(found["counts"].items())[:_MOST_LABELS])
    heads = [label if len(label) <= 40 else f"{label[:37]}..." for label in counts]
    spans = f", spans in {found['scheme']}" if found["scheme"] else ""
    more = found["different"] - len(counts)
    return [
        f"Labels of {column}, {first}{spans}:",
        *_indented(bars(heads, list(counts.values()), sum(found["counts"].values()))),
        *([f"  and {more:,} more, each rarer"] if more else []),
    ]


def _notes(report: Mapping[str, Any]) -> Iterator[str]:
    for name, split in report["splits"].items():
        for what, key in _PLACES[report["kind"]].items():
            yield from _place(name, what, split.get(key))
        for side, found in split.get("sides", {}).items():
            for what, key in _PLACES["side"].items():
                yield from _place(name, f"{side} {what}", found.get(key))
            yield from _oddities(f"{name}, {side}", found)
        yield from _oddities(name, split)
        for column, found in split.get("labels", {}).items():
            for tag in found["malformed"]["first"]:
                yield (
                    f"{name}, {column}: malformed {tag['tag']}, where {tag['expected']} would be "
                    f"well-formed: row {tag['row']}, token {tag['token']}"
                )
            for label, count in found["no_span_tags"].items():
                yield f"{name}, {column}: {label!r} is no tag of a span ({count:,} times)"


_PLACES = {
    "tagging": {
        "empty": "empty_rows",
        "overlong": "overlong_rows",
        "with a blank token": "blank_token_rows",
        "duplicate": "duplicates",
        "also in train": "also_in_train",
    },
    "pairs": {
        "with one side far too long": "unbalanced",
        "with identical sides": "copies",
        "with sides exchanged": "swapped",
        "duplicate": "duplicates",
        "also in train": "also_in_train",
    },
    "side": {
        "empty": "empty_rows",
        "overlong": "overlong_rows",
        "also in train": "also_in_train",
    },
}


def _place(split: str, what: str, found: Mapping[str, Any] | None) -> Iterator[str]:
    if found and found["rows"]:
        rows = found["rows"]
        yield f"{split}: {_rows(rows)} {what}: {_listed(found['first'], rows)}"


def _oddities(place: str, found: Mapping[str, Any]) -> Iterator[str]:
    for kind, odd in found.get("odd_characters", {}).items():
        yield (
            f"{place}: {kind} in {_rows(odd['rows'])}, the first {odd['first']}: {odd['example']}"
        )


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _listed(numbers: list[int], total: int) -> str:
    return ", ".join(map(str, numbers)) + (", ..." if total > len(numbers) else "")


def _numbers(splits: Splits, *keys: str) -> list[str]:
    return [_cell(split, keys, "{:,}") for split in splits.values()]


def _shares(splits: Splits, *keys: str) -> list[str]:
    return [_cell(split, (*keys, "share"), "{:.1%}") for split in splits.values()]


def _cell(found: Any, keys: tuple[str, ...], form: str) -> str:
    for key in keys:
        if key not in found:
            return ""
        found = found[key]
    return form.format(found)
