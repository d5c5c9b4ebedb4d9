"""Damaged files load correctly or end in one line that names the file: never anything else."""

import gzip
import json
import re
import time

import numpy as np
import pytest

from nlpseq.datasets.load import load_dataset
from nlpseq.datasets.roles import tokens_and_labels
from nlpseq.datasets.sides import pair_texts

WORDS = ["the", "fox", "läuft", "été", "_", "#", "3 500", "日本", "a\u00a0b", "e\u0301", "🎉", ""]
LABELS = ["O", "B-PER", "I-PER", "B-creative-work", "NOUN", "Case=Acc,Nom|Number[psor]=Sing"]


def sentences(rng):
    """Some sentences of tokens with labels."""
    return [
        [(str(rng.choice(WORDS)), str(rng.choice(LABELS))) for _ in range(rng.integers(1, 6))]
        for _ in range(rng.integers(2, 7))
    ]


def conllu(rng):
    lines = []
    for number, sentence in enumerate(sentences(rng)):
        lines += [f"# sent_id = {number}", "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_"]
        for place, (word, label) in enumerate(sentence, start=1):
            lines.append(f"{place}\t{word or '_'}\t_\tX\t_\t{label}\t0\troot\t_\t_")
        lines += ["5.1\tx\t_\tX\t_\t_\t_\t_\t_\t_", ""]
    return "\n".join(lines) + "\n"


def columns(rng):
    blocks = ["\n".join(map("\t".join, sentence)) for sentence in sentences(rng)]
    return str(rng.choice(["\n\n", "\n\t\n"])).join(blocks) + "\n"


def spaces(rng):
    blocks = [[(w.replace(" ", "") or "x", t) for w, t in sentence] for sentence in sentences(rng)]
    return "\n\n".join("\n".join(f"{w} NN {t}" for w, t in block) for block in blocks) + "\n"


def texts(rng):
    return [" ".join(word for word, _ in sentence) + " ." for sentence in sentences(rng)]


def pairs(rng):
    return "".join(f"{text}\t{text[::-1]}\n" for text in texts(rng)) + "\tx\n"


def table(rng):
    return "en,de\n" + "".join(f'"{text}, ""x""",{len(text)}\n' for text in texts(rng))


def tagged_json(rng):
    rows = [list(zip(*sentence, strict=True)) for sentence in sentences(rng)]
    rows = [{"tokens": tokens, "tags": tags} for tokens, tags in rows]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def pairs_json(rng):
    return "".join(json.dumps({"translation": {"en": t, "de": t}}) + "\n" for t in texts(rng))


FORMATS = {
    "a.conllu": conllu,
    "a.conll": columns,
    "a.iob": spaces,
    "a.tsv": pairs,
    "a.csv": table,
    "a.jsonl": tagged_json,
    "b.jsonl": pairs_json,
    "b.conllu.gz": conllu,
}


def flip_bytes(rng, data):
    changed = bytearray(data)
    for place in rng.integers(len(data), size=rng.integers(1, 4)):
        changed[place] ^= 1 << int(rng.integers(8))
    return bytes(changed)


def replace_bytes(rng, data):
    changed = bytearray(data)
    for place in rng.integers(len(data), size=rng.integers(1, 4)):
        changed[place] = rng.choice(list(b'\t\n\r #"{[,\\\x00\xff\x85-_.1'))
    return bytes(changed)


def cut(rng, data):
    start, end = sorted(rng.integers(len(data) + 1, size=2))
    return data[:start] if rng.random() < 0.5 else data[:start] + data[end:]


def lines_cut_or_doubled(rng, data):
    lines = data.split(b"\n")
    place = int(rng.integers(len(lines)))
    short = lines[place][: int(rng.integers(len(lines[place]) + 1))]
    change = [[], [lines[place]] * 2, [short], [b"", lines[place]]][int(rng.integers(4))]
    return b"\n".join([*lines[:place], *change, *lines[place + 1 :]])


def swap_columns(rng, data):
    lines = data.split(b"\n")
    place = int(rng.integers(len(lines)))
    separator = [b"\t", b" ", b","][int(rng.integers(3))]
    fields = lines[place].split(separator)
    rng.shuffle(fields)
    lines[place] = separator.join(fields[: int(rng.integers(len(fields) + 1))])
    return b"\n".join(lines)


def mix_encodings(rng, data):
    text = data.decode("utf-8", errors="replace")
    half = len(text) // 2
    encoding = str(rng.choice(["latin-1", "utf-16", "utf-16-le", "utf-8-sig", "cp1252"]))
    recoded = text[half:].encode(encoding, errors="replace")
    return recoded if rng.random() < 0.3 else text[:half].encode() + recoded


MUTATIONS = [*(flip_bytes, replace_bytes, cut, lines_cut_or_doubled, swap_columns, mix_encodings)]


def expected_rows(name, data):
    """The tokens and labels (or pairs) of a file that loads, by a reader of a few lines."""
    raw = gzip.decompress(data) if name.endswith(".gz") else data
    text = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    match name.partition(".")[2]:
        case "tsv":
            return [tuple(map(str.strip, line.split("\t"))) for line in lines if line.strip()]
        case "conllu" | "conllu.gz":
            fields = [line.split("\t") for line in lines if not line.startswith("#")]
            words = [f for f in fields if f[0].isdigit() or not "".join(f).strip()]
            blocks = _blocks([len(f) == 10 and (f[1], f[5], f[0]) for f in words])
            for block in blocks:
                assert [word[2] for word in block] == [str(n) for n, _ in enumerate(block, start=1)]
            return [[word[:2] for word in block] for block in blocks]
        case "conll" | "iob":
            rows = [line for line in lines if line.strip()]
            tabs = 2 * sum("\t" in line for line in rows) > len(rows)
            rows = [
                (line.rstrip(" ").split("\t") if tabs else re.split("[ \t]+", line.rstrip()))
                if line.strip()
                else None
                for line in lines
            ]
            return _blocks([row and (row[0], row[-1]) for row in rows])
        case "jsonl":
            rows = [json.loads(line) for line in lines if line.strip()]
            if name == "b.jsonl":
                return [tuple(row["translation"].values()) for row in rows]
            return [list(zip(row["tokens"], row["tags"], strict=True)) for row in rows]


def _blocks(rows):
    """Sentences, apart by `None`."""
    blocks = [[]]
    for row in rows:
        blocks[-1].append(row) if row else blocks.append([])
    return [block for block in blocks if block]


def loaded_rows(path):
    dataset = load_dataset(path)
    if path.name in ("a.tsv", "a.csv", "b.jsonl"):
        _, _, *sides = pair_texts(dataset)
        return list(zip(*sides, strict=True))
    label = "feats" if "conllu" in path.name else None
    sides = tokens_and_labels(dataset, label=label)
    return [list(zip(*sentence, strict=True)) for sentence in zip(*sides, strict=True)]


def check_mutations(folder, count, seed):
    """Loads so many damaged files; gives how many could be loaded."""
    rng = np.random.default_rng(seed)
    loaded = 0
    for number in range(count):
        name = str(rng.choice(list(FORMATS)))
        data = FORMATS[name](rng).encode()
        if name.endswith(".gz") and rng.random() < 0.5:  # the file inside is damaged, or the gzip
            data = gzip.compress(MUTATIONS[number % len(MUTATIONS)](rng, data))
        else:
            data = gzip.compress(data) if name.endswith(".gz") else data
            data = MUTATIONS[number % len(MUTATIONS)](rng, data)
        path = folder / name
        path.write_bytes(data)
        start = time.perf_counter()
        try:
            found = loaded_rows(path)
        except ValueError as error:
            _check_message(str(error), path, data)
        else:
            loaded += 1
            if name != "a.csv":
                assert found == expected_rows(name, data), data
        assert time.perf_counter() - start < 5, data
    return loaded


def _check_message(message, path, data):
    assert "\n" not in message, message
    of_rows = (
        r"dataset\[\d+\]: |No column|The column|There is no column|Name the two sides|Several "
    )
    whole = rf"{re.escape(str(path))}: (the file |truncated )"
    assert re.match(rf"{re.escape(str(path))}:\d+: |{whole}|{of_rows}", message), (message, data)


def test_damaged_files_load_correctly_or_are_named(tmp_path):
    loaded = check_mutations(tmp_path, 600, seed=0)
    assert 100 < loaded < 500  # or nothing is damaged, or everything


@pytest.mark.slow
def test_ten_thousand_damaged_files_load_correctly_or_are_named(tmp_path):
    check_mutations(tmp_path, 10_000, seed=1)
