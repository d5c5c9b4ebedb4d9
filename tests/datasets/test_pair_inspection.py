import json

import datasets as hf

from nlpseq.datasets.pair_inspection import inspect_pairs


def make(pairs):
    return hf.Dataset.from_dict({"en": [en for en, _ in pairs], "de": [de for _, de in pairs]})


GOOD = [(f"the {n} is in the house", f"das {n}chen ist in dem Haus") for n in "abcdefghij"]
TRAIN = make(
    [
        *GOOD,
        GOOD[0],
        ("OK", "ok"),
        ("", "leer"),
        GOOD[0][::-1],
        ("the end", "das Ende " * 30),
    ]
)
TEST = make([GOOD[1], (GOOD[2][0], "etwas Neues\u00a0!"), ("a\u200bb", GOOD[3][1])])


def test_what_is_wrong_with_pairs_is_counted_and_placed():
    found = inspect_pairs({"train": TRAIN}, max_length=20)["train"]
    assert found["rows"] == 15
    names = ("duplicates", "copies", "swapped", "unbalanced")
    assert [found[name]["first"] for name in names] == [[10], [11], [13], [14]]
    sides = found["sides"]
    assert list(sides) == ["en", "de"]
    assert sides["en"]["empty_rows"] == {"rows": 1, "first": [12]}
    assert sides["de"]["overlong_rows"] == {"rows": 1, "first": [14]}
    assert sides["en"]["words"] == sum(len(text.split()) for text in TRAIN["en"])
    assert found["length_ratio"]["percentiles"]["50"] > 1


def test_another_split_is_compared_with_the_first_by_side():
    report = inspect_pairs({"train": TRAIN, "test": TEST}, "de", "en")
    found = report["test"]
    assert found["also_in_train"] == {"rows": 1, "first": [0]}
    assert list(found["sides"]) == ["de", "en"]
    assert found["sides"]["en"]["also_in_train"]["first"] == [0, 1]
    assert found["sides"]["de"]["also_in_train"]["first"] == [0, 2]
    assert found["sides"]["de"]["unknown_words"]["most"] == ["etwas", "Neues", "!"]
    assert found["sides"]["en"]["odd_characters"]["zero-width space"]["first"] == 2
    assert json.loads(json.dumps(report)) == report
