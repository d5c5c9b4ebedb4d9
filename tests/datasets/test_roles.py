import datasets as hf
import pytest

from nlpseq.datasets.roles import (
    label_strings,
    token_and_label_columns,
    tokens_and_labels,
)

STRINGS = hf.List(hf.Value("string"))
NAMES = hf.List(hf.ClassLabel(names=["O", "B-PER"]))


def make(features=None, **columns):
    return hf.Dataset.from_dict(columns, features=features and hf.Features(features))


CONLLU = make(
    comments=[["#"]], tokens=[["a"]], lemmas=[["a"]], upos=[["X"]], xpos=[["Y"]], feats=[["_"]],
    heads=[["0"]], deprels=[["root"]], deps=[["_"]], misc=[["_"]], text=["a"],
    extras=[[{"before": 0, "line": "1-2"}]],
)  # fmt: skip


def test_only_label_column_need_not_be_named():
    dataset = make(
        {"id": hf.Value("int32"), "words": STRINGS, "text": hf.Value("string"), "ner": NAMES},
        id=[0], words=[["a"]], text=["a"], ner=[[0]],
    )  # fmt: skip
    assert token_and_label_columns(dataset) == ("words", "ner")


def test_named_columns_are_taken():
    assert token_and_label_columns(CONLLU, label="xpos") == ("tokens", "xpos")
    assert token_and_label_columns(CONLLU, label="deprels") == ("tokens", "deprels")
    assert token_and_label_columns(CONLLU, "lemmas", "upos") == ("lemmas", "upos")


def test_several_label_columns_must_be_chosen_from():
    with pytest.raises(ValueError, match=r'labels: upos, xpos, feats\. Choose .* label="upos"'):
        token_and_label_columns(CONLLU)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"label": "ner"}, r"There is no column 'ner'\. Columns: comments, tokens, lemmas, upos"),
        ({"tokens": "word", "label": "upos"}, r"There is no column 'word'\. Columns: comments"),
        ({"label": "text"}, r"'text' must hold lists of strings.*Received: Value\('string'\)"),
        ({"label": "extras"}, r"'extras' must hold lists of strings"),
    ],
)
def test_named_columns_must_exist_and_hold_labels(options, message):
    with pytest.raises(ValueError, match=message):
        token_and_label_columns(CONLLU, **options)


def test_data_without_tokens_or_labels_is_described():
    with pytest.raises(ValueError, match=r"No column `tokens` or `words`\. Columns: en, de\."):
        token_and_label_columns(make(en=["a"], de=["b"]))
    with pytest.raises(
        ValueError, match=r"No column holds one label a token\. Columns: tokens, id"
    ):
        token_and_label_columns(make(tokens=[["a"]], id=[1]))


@pytest.mark.parametrize(
    ("feature", "values", "expected"),
    [
        (STRINGS, [["X", "_"], []], [["X", "_"], []]),
        (NAMES, [[1, 0], []], [["B-PER", "O"], []]),
        (hf.List(hf.Value("int64")), [[10, -1], []], [["10", "-1"], []]),
        (hf.LargeList(hf.Value("large_string")), [["X"], []], [["X"], []]),
    ],
)
def test_labels_of_every_kind_become_strings(feature, values, expected):
    dataset = make({"tags": feature}, tags=values)
    assert label_strings(dataset, "tags") == expected
    assert label_strings(dataset.with_format("numpy"), "tags") == expected
    assert label_strings(dataset.select([1, 0]), "tags") == expected[::-1]


@pytest.mark.parametrize(
    ("feature", "values", "message"),
    [
        (NAMES, [[0], [1, -1]], r"dataset\[1\]: label -1 in 'tags' has no name among the 2"),
        (STRINGS, [["X"], ["X", None]], r"dataset\[1\]: a value is missing in 'tags'"),
        (STRINGS, [["X"], None], r"dataset\[1\]: a value is missing in 'tags': None"),
    ],
)
def test_missing_labels_are_located(feature, values, message):
    with pytest.raises(ValueError, match=message):
        label_strings(make({"tags": feature}, tags=values), "tags")


def test_labels_must_be_as_many_as_tokens():
    dataset = make(tokens=[["a"], ["b", "c"]], tags=[["X"], ["Y"]])
    message = (
        r"dataset\[1\]: each token needs one label\. Received: 2 values in 'tokens', 1 in 'tags'"
    )
    with pytest.raises(ValueError, match=message):
        tokens_and_labels(dataset)
    assert tokens_and_labels(dataset.select([0])) == ([["a"]], [["X"]])
