"""The formats in which `nlpseq tag` writes its labels."""

import json
import zlib
from collections.abc import Iterator, Sequence

from nlpseq.datasets.columns import column_lines
from nlpseq.datasets.conllu import conllu_lines, read_conllu
from nlpseq.tasks.tagger import Tagger

Sentences = Sequence[str | list[str]]

_COLORS = range(31, 37)  # of ANSI terminals: red, green, yellow, blue, magenta, cyan


def columns_output(tagger: Tagger, sentences: Sentences) -> Iterator[str]:
    """A line for each token, `token<TAB>label`, and an empty one after each sentence."""
    return column_lines(tagger.stream(sentences))


def json_output(tagger: Tagger, sentences: Sentences) -> Iterator[str]:
    """A JSON object for each sentence: what `Tagger.analyze` finds."""
    return (json.dumps(found, ensure_ascii=False) for found in tagger.analyze(sentences))


def color_output(tagger: Tagger, sentences: Sentences) -> Iterator[str]:
    """A line a sentence: each token with its labels, in colours that follow the label."""
    for tagged in tagger.stream(sentences):
        yield " ".join(
            f"{token}{_colored('/'.join(labels))}" if set(labels) != {"O"} else token
            for token, *labels in tagged
        )


def conllu_output(tagger: Tagger, path: str) -> Iterator[str]:
    """A CoNLL-U file with the columns that the tagger predicts, all else as it was."""
    rows = read_conllu(path)
    unknown = set(tagger.label_columns) - set(rows.column_names)
    if unknown:
        raise ValueError(
            f"CoNLL-U has no column {', '.join(sorted(unknown))}, which this tagger predicts. "
            f"It has {', '.join(rows.column_names)}"
        )

    def changed() -> Iterator[dict]:
        sentences = (row["tokens"] for row in rows)
        for row, tagged in zip(rows, tagger.stream(sentences), strict=True):
            for place, column in enumerate(tagger.label_columns, start=1):
                row[column] = [token[place] for token in tagged]
            yield row

    return conllu_lines(changed())


def _colored(label: str) -> str:
    kind = label.partition("-")[2] or label  # B-PER and I-PER alike
    color = _COLORS[zlib.crc32(kind.encode()) % len(_COLORS)]
    return f"\033[{color}m/{label}\033[0m"


TAG_FORMATS = {"columns": columns_output, "jsonl": json_output, "color": color_output}
