"""The sample corpora: what the generator writes, and what a tagger and a translator need of it."""

import gzip
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import sacrebleu

DATA = Path(__file__).parents[2] / "data"
SAMPLES = DATA / "samples"
SPLITS = ("train", "dev", "test")
# https://universaldependencies.org/u/pos/
UPOS = {
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
}  # fmt: skip


def text_of(path):
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")


def conllu_sentences(split):
    """Each sentence as its lines."""
    (path,) = SAMPLES.glob(f"pos-en.{split}.conllu*")
    return [block.split("\n") for block in text_of(path).removesuffix("\n\n").split("\n\n")]


def rows(sentence):
    return [line.split("\t") for line in sentence if not line.startswith("#")]


def tagged_words(split):
    """(form, universal tag) of every word, ranges left out."""
    found = (row for sentence in conllu_sentences(split) for row in rows(sentence))
    return [(row[1], row[3]) for row in found if "-" not in row[0]]


def pairs(split):
    sides = [
        text_of(SAMPLES / f"en-de.{split}.{language}").removesuffix("\n").split("\n")
        for language in ("en", "de")
    ]
    return list(zip(*sides, strict=True))


def test_generator_reproduces_the_committed_files(tmp_path):
    subprocess.run(
        [sys.executable, str(DATA / "generator" / "generate.py"), str(tmp_path)], check=True
    )
    written = {path.name: text_of(path) for path in tmp_path.iterdir()}
    assert written == {path.name: text_of(path) for path in SAMPLES.iterdir()}


def test_examples_in_the_docstrings_hold():
    modules = [str(path) for path in sorted((DATA / "generator").glob("*.py"))]
    run = subprocess.run(
        [sys.executable, "-m", "doctest", *modules], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_whole_folder_stays_small():
    files = [path for path in DATA.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 2_000_000


@pytest.mark.parametrize(("split", "size"), [("train", 3000), ("dev", 400), ("test", 400)])
def test_conllu_is_well_formed(split, size):
    sentences = conllu_sentences(split)
    assert len(sentences) == size
    for sentence in sentences:
        assert sentence[0].startswith("# sent_id = ")
        assert all(len(row) == 10 for row in rows(sentence))
        numbers = [row[0] for row in rows(sentence) if "-" not in row[0]]
        assert numbers == [str(i) for i in range(1, len(numbers) + 1)]
        assert {row[3] for row in rows(sentence) if "-" not in row[0]} <= UPOS


@pytest.mark.parametrize("split", SPLITS)
def test_text_comment_follows_from_forms_ranges_and_spaces(split):
    ranges = 0
    for sentence in conllu_sentences(split):
        text, last_of_range = "", 0
        for number, form, *_, misc in rows(sentence):
            if "-" in number:
                ranges += 1
                last_of_range = int(number.split("-")[1])
            elif int(number) <= last_of_range:
                continue
            text += form + ("" if misc == "SpaceAfter=No" else " ")
        assert sentence[1] == f"# text = {text.rstrip()}"
    assert ranges > 50  # contractions such as don't and Anna's


def test_no_tagged_sentence_is_in_two_splits():
    texts = [sentence[1].lower() for split in SPLITS for sentence in conllu_sentences(split)]
    assert len(set(texts)) == len(texts)


def test_many_words_have_different_tags_in_different_contexts():
    tags = defaultdict(Counter)
    for form, tag in tagged_words("train"):
        tags[form.lower()][tag] += 1
    both = {word for word, seen in tags.items() if sorted(seen.values())[-2:-1] >= [5]}
    assert len(both) > 50
    assert {"that", "to", "run", "light", "watch", "book", "round", "back", "well"} <= set(tags)
    assert {"DET", "SCONJ", "PRON"} <= set(tags["that"])
    assert {"PART", "ADP"} <= set(tags["to"])
    assert {"NOUN", "VERB"} <= set(tags["run"]) & set(tags["watch"])
    assert {"ADJ", "NOUN", "VERB"} <= set(tags["light"])


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_most_frequent_tag_alone_is_not_enough(split):
    tags = defaultdict(Counter)
    for form, tag in tagged_words("train"):
        tags[form][tag] += 1
    words = tagged_words(split)
    right = sum(form in tags and tags[form].most_common(1)[0][0] == tag for form, tag in words)
    unknown = sum(form not in tags for form, _ in words)
    assert 0.85 < right / len(words) < 0.93
    assert 0.02 < unknown / len(words) < 0.055


def test_pairs_are_unique_and_no_sentence_is_in_two_splits():
    assert [len(pairs(split)) for split in SPLITS] == [4000, 300, 300]
    for split in SPLITS:
        assert len(set(pairs(split))) == len(pairs(split))
    for side in (0, 1):
        train, dev, test = ({pair[side] for pair in pairs(split)} for split in SPLITS)
        assert not train & dev | train & test | dev & test


@pytest.mark.parametrize("split", ["dev", "test"])
def test_copying_the_source_is_no_translation(split):
    english, german = zip(*pairs(split), strict=True)
    assert sacrebleu.corpus_bleu(list(english), [list(german)]).score < 5


def test_the_two_sides_often_differ_in_length():
    lengths = [(len(english.split()), len(german.split())) for english, german in pairs("train")]
    assert all(3 <= length <= 18 for both in lengths for length in both)
    assert sum(one != other for one, other in lengths) > 0.5 * len(lengths)
