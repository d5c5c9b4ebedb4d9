import datasets as hf
import numpy as np
import pytest

from nlpseq.datasets.roles import (
    label_strings,
    pair_texts,
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


NESTED = make(
    {"id": hf.Value("string"), "translation": hf.Translation(languages=["fr", "en"])},
    id=["0", "1"],
    translation=[{"fr": "Va", "en": "Go"}, {"fr": "Oui", "en": "Yes"}],
)
AS_READ_FROM_JSON = make(translation=NESTED["translation"][:]).cast(
    hf.Features({"translation": {"fr": hf.Value("string"), "en": hf.Value("string")}})
)
FLAT = make(fr=["Va", "Oui"], en=["Go", "Yes"], score=[1, 2])
FR, EN = ["Va", "Oui"], ["Go", "Yes"]


@pytest.mark.parametrize("dataset", [NESTED, AS_READ_FROM_JSON, FLAT, FLAT.with_format("numpy")])
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ("fr", "en", FR, EN)),
        ({"source": "en"}, ("en", "fr", EN, FR)),
        ({"target": "fr"}, ("en", "fr", EN, FR)),
        ({"source": "fr", "target": "en"}, ("fr", "en", FR, EN)),
    ],
)
def test_two_sides_are_found_in_their_order(dataset, options, expected):
    assert pair_texts(dataset, **options) == expected


def test_columns_called_source_and_target_win():
    dataset = make(id=["7"], target=["b"], source=["a"])
    assert pair_texts(dataset) == ("source", "target", ["a"], ["b"])


def test_order_of_a_shuffled_data_set_is_followed():
    order = np.random.default_rng(0).permutation(50)
    texts = [str(number) for number in range(50)]
    dataset = make(en=texts, de=texts).select(order)
    assert pair_texts(dataset)[2] == [str(number) for number in order]


@pytest.mark.parametrize(
    ("dataset", "options", "message"),
    [
        (NESTED, {"target": "de"}, r"No text 'de' for target=\. The data set has fr, en"),
        (FLAT, {"source": "score"}, r"No text 'score' for source=\. The data set has fr, en"),
        (FLAT, {"source": "en", "target": "en"}, r"must differ\. Received: 'en' for both"),
        (make(a=["1"], b=["2"], c=["3"]), {}, r"source= and target=\. The data set has a, b, c"),
        (make(a=["1"], b=["2"], c=["3"]), {"source": "a"}, r"The data set has a, b, c"),
        (make(tokens=[["a"]]), {}, r"source= and target=\. The data set has no column of strings"),
        (make(en=["a", "b"], de=["c", None]), {}, r"dataset\[1\]: the text of 'de' is missing"),
    ],
)
def test_sides_that_cannot_be_read_are_explained(dataset, options, message):
    with pytest.raises(ValueError, match=message):
        pair_texts(dataset, **options)
