import gzip
from pathlib import Path

import datasets as hf
import pytest

from nlpseq.datasets.load import load_dataset, load_splits
from nlpseq.datasets.roles import label_strings, tokens_and_labels


@pytest.fixture(autouse=True)
def no_progress_and_own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / ".cache")
    hf.disable_progress_bars()
    yield
    hf.enable_progress_bars()


@pytest.fixture
def hub(monkeypatch):
    """The calls that would have gone to the Hub; the Hub answers with two splits."""
    calls = []

    def answer(*args, **kwargs):
        calls.append((args, kwargs))
        one = hf.Dataset.from_dict({"tokens": [["a"]]})
        return one if "split" in kwargs else hf.DatasetDict(train=one, test=one)

    monkeypatch.setattr(hf, "load_dataset", answer)
    return calls


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


COLUMNS = "a\tO\nb\tO\n\nc\tO\n"
WORD = "1\tGo\tgo" + "\t_" * 7 + "\n\n"


@pytest.mark.parametrize(
    ("name", "text", "column_names", "rows"),
    [
        ("a.conllu", WORD, {"tokens", "feats"}, 1),
        ("a.conllu.gz", WORD, {"tokens", "feats"}, 1),
        ("a.conll", COLUMNS, {"tokens", "tags"}, 2),
        ("a.iob", COLUMNS, {"tokens", "tags"}, 2),
        ("a.BIOES.gz", COLUMNS, {"tokens", "tags"}, 2),
        ("a.tsv", COLUMNS, {"tokens", "tags"}, 2),
        ("a.txt", "Oslo NNP O\n\nOk UH O\n", {"tokens", "tags"}, 2),
        ("a.tsv", "a\tO\n3 500\tO\nb\tO\n\t\n", {"tokens", "tags"}, 1),
        ("a.tsv.gz", "Kites hum.\tIls vibrent.\nTar rusts.\tIl rouille.\n", {"translation"}, 2),
        ("a.txt", "Kites hum.\tIls vibrent.\nTar rusts.\tIl rouille.\n", {"translation"}, 2),
        (
            "a.tsv",
            "Kites hum.\tIls vibrent.\nKites hum.\tIls vibrent.\n\nTar rusts.\tIl rouille.\n",
            {"translation"},
            3,
        ),
        ("a.csv", "en,de\nGo,Geh\n", {"en", "de"}, 1),
        ("a.jsonl", '{"en": "Go", "de": "Geh"}\n', {"en", "de"}, 1),
        ("a.json.gz", '{"en": "Go", "de": "Geh"}\n', {"en", "de"}, 1),
    ],
)
def test_format_of_a_file_is_recognised(tmp_path, name, text, column_names, rows):
    dataset = load_dataset(write(tmp_path / name, text))
    assert column_names <= set(dataset.column_names)
    assert len(dataset) == rows


def test_format_can_be_said(tmp_path):
    path = write(tmp_path / "eng.testa", "a b\n")
    assert load_dataset(path, format="columns")[0] == {"tokens": ["a"], "tags": ["b"]}
    pairs = write(tmp_path / "words.tsv", "dog\tchien\n\ncat\tchat\n")
    assert len(load_dataset(pairs, format="pairs", languages=("en", "fr"))) == 2


def test_two_files_are_parallel_text(tmp_path):
    english, german = write(tmp_path / "a.en.gz", "Go\n"), write(tmp_path / "a.de", "Geh\n")
    expected = {"translation": {"en": "Go", "de": "Geh"}}
    assert load_dataset(english, str(german))[0] == expected


def test_parquet_file_keeps_its_features(tmp_path):
    features = hf.Features({"tags": hf.List(hf.ClassLabel(names=["O", "B"]))})
    saved = hf.Dataset.from_dict({"tags": [[1]]}, features=features)
    saved.to_parquet(str(tmp_path / "a.parquet"))
    loaded = load_dataset(str(tmp_path / "a.parquet"))
    assert (loaded.features, loaded[:]) == (features, {"tags": [[1]]})


def test_folder_of_data_files_has_splits(tmp_path):
    folder = tmp_path / "hub-layout"
    for split, text in (("train", "a"), ("test", "b")):
        write(folder / f"{split}.jsonl", f'{{"text": "{text}"}}\n')
    assert load_dataset(folder, split="test")[:] == {"text": ["b"]}
    with pytest.raises(ValueError, match=r'has the splits train, test: choose .*split="train"'):
        load_dataset(folder)


def test_all_splits_are_loaded_at_once(tmp_path, hub):
    one, two = hf.Dataset.from_dict({"text": ["a"]}), hf.Dataset.from_dict({"text": ["b"]})
    hf.DatasetDict(train=one, test=two).save_to_disk(tmp_path / "both")
    assert load_splits(tmp_path / "both")["test"][:] == {"text": ["b"]}
    assert list(load_splits(write(tmp_path / "a.tsv", "Go.\tGeh.\n"))) == ["train"]
    assert list(load_splits("user/name", name="en")) == ["train", "test"]
    assert hub == [(("user/name",), {"name": "en"})]


def hub_folder(folder, text):
    """A folder as on the Hub, with one Parquet file of one text."""
    folder.mkdir(parents=True, exist_ok=True)
    head = "configs: [{config_name: default, data_files: [{split: train, path: train.parquet}]}]"
    write(folder / "README.md", f"---\n{head}\n---\n")
    hf.Dataset.from_dict({"text": [text]}).to_parquet(str(folder / "train.parquet"))
    return folder


def test_a_folder_is_not_taken_for_another_one_of_its_name(tmp_path):
    for text in ("a", "b"):
        folder = hub_folder(tmp_path / text / "same-name", text)
        assert load_dataset(folder)["text"][:] == [text]


def test_a_folder_is_read_again_when_its_files_have_changed(tmp_path):
    for text in ("a", "bb"):
        folder = hub_folder(tmp_path / "changing", text)
        assert load_dataset(folder)["text"][:] == [text]
        assert load_dataset(folder)["text"][:] == [text]


def test_folder_with_one_split_needs_no_choice(tmp_path):
    (tmp_path / "one" / "data").mkdir(parents=True)
    path = tmp_path / "one" / "data" / "train-00000-of-00001.parquet"
    hf.Dataset.from_dict({"text": ["a"]}).to_parquet(str(path))
    assert load_dataset(str(tmp_path / "one"))[:] == {"text": ["a"]}


README = """\
---
configs:
- config_name: plain
  data_files:
  - {split: train, path: plain/train-*.parquet}
  - {split: test, path: plain/test-*.parquet}
- config_name: other
  data_files: other/*.parquet
---
"""


def test_a_file_a_folder_as_on_the_hub_and_rows_in_memory_are_the_same_data(tmp_path):
    from_file = load_dataset(write(tmp_path / "a.conll", "Ada\tB-PER\nran\tO\n\nGo\tO\n"))
    folder = tmp_path / "hub"
    names = hf.ClassLabel(names=["O", "B-PER"])
    features = hf.Features({"tokens": hf.List(hf.Value("string")), "tags": hf.List(names)})
    numbers = {**from_file[:], "tags": [names.str2int(row) for row in from_file["tags"]]}
    write(folder / "README.md", README)
    for place, row in {"plain/train-0": [0, 1], "plain/test-0": [1], "other/a": [0]}.items():
        (folder / place).parent.mkdir(exist_ok=True)
        dataset = hf.Dataset.from_dict(numbers, features).select(row)
        dataset.to_parquet(str(folder / f"{place}.parquet"))
    from_folder = load_dataset(folder, name="plain", split="train")
    assert from_folder.features == features
    expected = tokens_and_labels(from_file)
    assert tokens_and_labels(from_folder) == tokens_and_labels(list(from_file)) == expected
    assert set(load_splits(folder, name="plain")) == {"train", "test"}
    with pytest.raises(ValueError, match="has the splits train, test: choose one"):
        load_dataset(folder, name="plain")


def test_saved_data_sets_are_loaded(tmp_path):
    one, two = hf.Dataset.from_dict({"text": ["a"]}), hf.Dataset.from_dict({"text": ["b"]})
    one.save_to_disk(tmp_path / "one")
    hf.DatasetDict(train=one, test=two).save_to_disk(tmp_path / "both")
    assert load_dataset(tmp_path / "one")[:] == {"text": ["a"]}
    assert load_dataset(tmp_path / "both", split="test")[:] == {"text": ["b"]}
    with pytest.raises(ValueError, match=r"splits train, test: .*Received: split='dev'"):
        load_dataset(tmp_path / "both", split="dev")
    with pytest.raises(ValueError, match=r"one has no splits: leave split='test' out"):
        load_dataset(tmp_path / "one", split="test")


def test_rows_in_memory_are_data_too():
    rows = [{"tokens": ["Ada", "slept"], "ner_tags": [1, 0]}]
    dataset = load_dataset(rows, label_names={"ner_tags": ["O", "B-PER"]})
    assert label_strings(dataset, "ner_tags") == [["B-PER", "O"]]
    splits = hf.DatasetDict(train=dataset, test=dataset)
    assert load_dataset(splits, split="test") is dataset
    with pytest.raises(ValueError, match="`format` does not apply to rows in memory"):
        load_dataset(rows, format="csv")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.parquet", b"junk", "Parquet"),
        ("folder/train.parquet", b"junk", "Parquet"),
        ("folder/train.jsonl", b'{"a": ', "JSON parse error"),
        ("folder/data-00000-of-00001.arrow", b"junk", ""),
    ],
)
def test_what_is_damaged_is_named(tmp_path, name, content, reason):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    place = path if path.parent == tmp_path else path.parent
    with pytest.raises(ValueError, match=rf"^{place}: cannot be read: .*{reason}"):
        load_dataset(place)


def test_a_saved_data_set_without_a_row_is_refused(tmp_path):
    hf.Dataset.from_dict({"text": []}).save_to_disk(tmp_path / "none")
    with pytest.raises(ValueError, match=r"none: cannot be read"):
        load_dataset(tmp_path / "none")


def test_folder_without_readable_files_lists_what_is_there(tmp_path):
    write(tmp_path / "ud" / "train.conllu", WORD)
    with pytest.raises(ValueError, match=r"must hold Parquet.*It holds: train\.conllu\. Name"):
        load_dataset(tmp_path / "ud", split="train")


@pytest.mark.parametrize("hub_id", ["user/name", "conll2003", "nobody.here/set-1.0"])
def test_hub_id_goes_to_the_hub_with_its_options(hub, hub_id):
    dataset = load_dataset(hub_id, split="train", name="en", revision="v1")
    assert hub == [((hub_id,), {"split": "train", "name": "en", "revision": "v1"})]
    assert dataset[0] == {"tokens": ["a"]}
    with pytest.raises(ValueError, match=f"{hub_id} has the splits train, test"):
        load_dataset(hub_id)


@pytest.mark.parametrize(
    "path",
    ["runs/missing.conllu", "missing.tsv.gz", "./missing", "/missing", Path("a/b"), "here/x"],
)
def test_missing_path_never_goes_to_the_hub(hub, tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    with pytest.raises(FileNotFoundError, match=f"No such file or folder: {Path(path)}$"):
        load_dataset(path)
    assert hub == []


def test_folder_that_exists_wins_over_a_hub_id(hub, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hf.Dataset.from_dict({"text": ["here"]}).save_to_disk("squad")
    assert load_dataset("squad")[0] == {"text": "here"}
    assert hub == []


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (ConnectionError("Couldn't reach it"), r"^'user/name' is not a file .*Hub could not be"),
        (hf.exceptions.DatasetNotFoundError("gone"), r"^'user/name' is not a file .*Hub: gone$"),
    ],
)
def test_hub_failures_are_one_clear_line(monkeypatch, raised, message):
    def fail(*_, **__):
        raise raised

    monkeypatch.setattr(hf, "load_dataset", fail)
    kind = FileNotFoundError if isinstance(raised, FileNotFoundError) else ConnectionError
    with pytest.raises(kind, match=message):
        load_dataset("user/name")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        (
            "a.conllu",
            {"split": "train"},
            r"`split` does not apply to .*a\.conllu, read as 'conllu'",
        ),
        ("a.conllu", {"columns": ("tokens",)}, r"`columns` does not apply to .*'conllu'"),
        ("a.conll", {"languages": ("en", "de")}, r"`languages` does not apply to .*'columns'"),
        ("a.tsv", {"columns": ("tokens", "tags")}, r"`columns` does not apply to .*'pairs'"),
        ("a.xml", {}, r"a\.xml: cannot tell the format.*conllu, columns, pairs, text, csv"),
        ("a.tsv", {"format": "tsv"}, r"`format` must be one of conllu.*Received: format='tsv'"),
    ],
)
def test_options_that_do_not_apply_are_errors(tmp_path, name, options, message):
    path = write(tmp_path / name, "a\tb\n")
    with pytest.raises(ValueError, match=message):
        load_dataset(path, **options)


def test_number_and_kind_of_files_are_checked():
    with pytest.raises(ValueError, match=r"one file, folder or hub id, or the two.*Received: 3"):
        load_dataset("a", "b", "c")
    with pytest.raises(ValueError, match=r"read as parallel text.*'conllu': b\.conllu\.gz"):
        load_dataset("a", "b.conllu.gz")
    with pytest.raises(ValueError, match=r"`format` does not apply to parallel files"):
        load_dataset("a.en", "a.de", format="pairs")
