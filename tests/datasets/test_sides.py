import datasets as hf
import numpy as np
import pytest

from nlpseq.datasets.sides import pair_texts


def make(features=None, **columns):
    return hf.Dataset.from_dict(columns, features=features and hf.Features(features))


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


@pytest.mark.parametrize("names", [("source", "target"), ("text", "text_target"), ("src", "tgt")])
def test_columns_with_the_usual_names_win(names):
    source, target = names
    dataset = make(**{"id": ["7"], target: ["b"], source: ["a"], "en": ["c"], "de": ["d"]})
    assert pair_texts(dataset) == (source, target, ["a"], ["b"])
    assert pair_texts(dataset, "de", "en") == ("de", "en", ["d"], ["c"])


def test_two_columns_named_like_languages_are_the_sides():
    dataset = make(id=["7"], en=["a"], url=["u"], pt_BR=["b"])
    assert pair_texts(dataset) == ("en", "pt_BR", ["a"], ["b"])
    assert pair_texts(dataset, target="en")[:2] == ("pt_BR", "en")
    assert pair_texts(dataset, "url", "en")[2:] == (["u"], ["a"])


MANY = make(translation=[{"cs": "Jdi", "de": "Geh", "en": "Go"}], short=["G"])


def test_of_several_languages_two_are_named():
    assert pair_texts(MANY, "en", "cs") == ("en", "cs", ["Go"], ["Jdi"])
    assert pair_texts(MANY, "en", "short") == ("en", "short", ["Go"], ["G"])
    with pytest.raises(ValueError, match=r'such as source="cs", target="de".* has cs, de, en, sho'):
        pair_texts(MANY)
    with pytest.raises(ValueError, match=r"Name the two sides with source= and target=, such as"):
        pair_texts(MANY, source="en")


def test_rows_need_not_be_a_data_set_yet():
    rows = [{"en": "Go", "de": "Geh"}]
    assert pair_texts(rows, "de") == ("de", "en", ["Geh"], ["Go"])


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
        (
            make(a=["1"], b=["2"], c=["3"]),
            {},
            r'such as source="a", target="b"\. The data set has a, b, c',
        ),
        (make(a=["1"], b=["2"], c=["3"]), {"source": "a"}, r"The data set has a, b, c"),
        (make(tokens=[["a"]]), {}, r"source= and target=\. The data set has no column of strings"),
        (make(en=["a", "b"], de=["c", None]), {}, r"dataset\[1\]: the text of 'de' is missing"),
    ],
)
def test_sides_that_cannot_be_read_are_explained(dataset, options, message):
    with pytest.raises(ValueError, match=message):
        pair_texts(dataset, **options)
