import datasets as hf
import pytest

from nlpseq.datasets.splits import count_leaks, hold_out


def make(numbers):
    return hf.Dataset.from_dict(
        {"en": [f"sentence {n}" for n in numbers], "de": [f"Satz {n}" for n in numbers]}
    )


def test_every_row_is_in_one_part_and_in_order():
    train, dev = hold_out(make(range(1000)), share=0.3)
    numbers = [[int(text.split()[1]) for text in part["en"]] for part in (train, dev)]
    assert sorted(numbers[0] + numbers[1]) == list(range(1000))
    assert all(part == sorted(part) for part in numbers)
    assert 250 < len(dev) < 350


def test_rows_stay_in_their_part_when_others_come_go_and_move():
    few = set(hold_out(make(range(900))).dev["en"][:])
    many = set(hold_out(make(range(2999, -1, -1))).dev["en"][:])
    assert few == {text for text in many if int(text.split()[1]) < 900}


def test_a_growing_data_set_never_moves_a_row_into_the_dev_set():
    held = [set(hold_out(make(range(size))).dev["en"][:]) for size in (30_000, 50_000)]
    assert held[1] & {f"sentence {n}" for n in range(30_000)} < held[0]  # 1/40 of 1/20
    assert 1000 < len(held[1]) < 2000


def test_rows_with_the_same_text_stay_together():
    dataset = hf.Dataset.from_dict(
        {"tokens": [[str(n % 50), "x"] for n in range(500)], "upos": [["N", "X"]] * 500}
    )
    train, dev = hold_out(dataset, share=0.5)
    assert count_leaks(train, dev)[1:] == (0, 0, 0)
    assert 0 < len(dev) < 500


def test_leaks_are_counted_by_side_and_as_pairs():
    train, test = make([1, 2, 3]), make([2, 3, 4]).to_dict()
    test["de"][1] = "etwas anderes"
    leaks = count_leaks(train, hf.Dataset.from_dict(test), source="en", target="de")
    assert leaks._asdict() == {"rows": 3, "same": 1, "source": 2, "target": 1}


def test_leaks_of_sentences_are_by_their_tokens():
    train = hf.Dataset.from_dict({"tokens": [["a"], ["b", "c"]], "tags": [["X"], ["X", "X"]]})
    test = hf.Dataset.from_dict({"tokens": [["b", "c"], ["b c"]], "tags": [["Y", "X"], ["X"]]})
    assert count_leaks(train, test) == (2, 1, 1, 1)


def test_rows_may_be_texts():
    texts = [f"text {n % 50}" for n in range(500)]
    dataset = hf.Dataset.from_dict({"title": ["x"] * 500, "text": texts, "label": [1] * 500})
    train, dev = hold_out(dataset, text="text", share=0.5)
    assert 0 < len(dev) < 500
    assert count_leaks(train, dev, text="text") == (len(dev), 0, 0, 0)
    assert count_leaks(train, dev, text="title") == (len(dev),) * 4


@pytest.mark.parametrize("share", [0, 1, -0.5])
def test_a_share_of_nothing_or_all_is_refused(share):
    with pytest.raises(ValueError, match=f"between 0 and 1. Received: share={share}"):
        hold_out(make([1, 2]), share=share)
