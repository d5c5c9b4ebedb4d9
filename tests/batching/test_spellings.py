import numpy as np
import pytest

from nlpseq.batching.spellings import Spellings

SENTENCES = [["the", "fox", "the"], ["a"], ["fox", "jumped", "a"]]


def spell(words):
    """Code points, padded with 0."""
    width = max(map(len, words))
    return np.array([[ord(c) for c in word.ljust(width, "\0")] for word in words])


def word_of(row):
    return "".join(map(chr, row[row > 0]))


@pytest.mark.parametrize("rows", [[0, 1, 2], [2], [1, 1, 0]])
def test_every_token_finds_its_own_spelling_and_no_word_stands_twice(rows):
    mask = np.arange(4) < np.array([[len(SENTENCES[row])] for row in rows])
    batch = Spellings(SENTENCES, spell, 6).of_batch(np.array(rows), mask)
    table, index = batch["spellings"], batch["spelling_index"]
    found = [[word_of(table[i]) for i in index[row][mask[row]]] for row in range(len(rows))]
    assert found == [SENTENCES[row] for row in rows]
    used = np.unique(index[mask])
    assert len(used) == len({token for row in rows for token in SENTENCES[row]})
    assert (table.dtype, index.dtype) == (np.int32, np.int32)


def test_a_table_has_few_shapes_and_no_row_without_a_character():
    for rows in ([0], [2], [0, 1, 2]):
        mask = np.arange(3) < np.array([[len(SENTENCES[row])] for row in rows])
        table = Spellings(SENTENCES, spell, 6).of_batch(np.array(rows), mask)["spellings"]
        assert table.shape == (128, 8 if 2 in rows else 4)
        assert (table[:, 0] > 0).all()


def test_a_table_of_full_width_is_wider_than_any_other_and_holds_the_same():
    spellings = Spellings(SENTENCES, spell, 6)
    batches = [[0], [1], [2], [0, 1, 2]]
    masks = [np.arange(3) < np.array([[len(SENTENCES[row])] for row in rows]) for rows in batches]
    pairs = list(zip(map(np.array, batches), masks, strict=True))
    plain = [spellings.of_batch(*pair) for pair in pairs]
    full = [spellings.of_batch(*pair, full_width=True) for pair in pairs]
    widths = {batch["spellings"].shape[1] for batch in full}
    assert len(widths) == 1
    assert widths.pop() > max(batch["spellings"].shape[1] for batch in plain)
    for one, other in zip(plain, full, strict=True):
        np.testing.assert_array_equal(one["spelling_index"], other["spelling_index"])
        letters, rest = np.split(other["spellings"], [one["spellings"].shape[1]], axis=1)
        np.testing.assert_array_equal(letters, one["spellings"])
        assert not rest.any()


@pytest.mark.parametrize(("words", "rows"), [(127, 128), (128, 128), (129, 256)])
def test_a_table_grows_by_128_words(words, rows):
    sentence = [chr(0x4E00 + number) for number in range(words)]
    batch = Spellings([sentence], spell, 1).of_batch(np.array([0]), np.ones((1, words), bool))
    assert batch["spellings"].shape == (rows, 4)
    assert (batch["spellings"][words:] == batch["spellings"][0]).all()


def test_tokens_are_spelt_once(monkeypatch):
    calls = []
    spellings = Spellings(SENTENCES, lambda words: calls.append(words) or spell(words), 6)
    mask = np.ones((1, 3), bool)
    first = spellings.of_batch(np.array([0]), mask)
    assert calls == [["the", "fox"]]
    spellings.of_batch(np.array([2]), mask)
    again = spellings.of_batch(np.array([0]), mask)
    assert calls == [["the", "fox"], ["jumped", "a"]]
    monkeypatch.setattr("nlpseq.batching.spellings.REMEMBERED", 3)
    forgotten = spellings.of_batch(np.array([0]), mask)
    assert calls[2:] == [["the", "fox"]]
    for batch in (again, forgotten):
        np.testing.assert_array_equal(batch["spellings"], first["spellings"])
