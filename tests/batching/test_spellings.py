import numpy as np
import pytest

from nlpseq.batching.spellings import Spellings

SENTENCES = [
    ["the", "fox", "the"],
    ["a"],
    ["fox", "straightforward", "a"],
    ["electroencephalogram"],
]


def spell(words):
    """Code points, padded with 0."""
    width = max(map(len, words))
    return np.array([[ord(c) for c in word.ljust(width, "\0")] for word in words])


def mask_of(rows, width=4):
    return np.arange(width) < np.array([[len(SENTENCES[row])] for row in rows])


def words_of(batch):
    """The words of both tables, one behind the other."""
    rows = [*batch["spellings"], *batch["short_spellings"]]
    return ["".join(map(chr, row[row > 0])) for row in rows]


@pytest.mark.parametrize("rows", [[0, 1, 2], [2], [1, 1, 0], [3], [3, 0]])
def test_every_token_finds_its_own_spelling_and_no_word_stands_twice(rows):
    mask = mask_of(rows)
    batch = Spellings(SENTENCES, spell, 20).of_batch(np.array(rows), mask)
    words, index = words_of(batch), batch["spelling_index"]
    found = [[words[i] for i in index[row][mask[row]]] for row in range(len(rows))]
    assert found == [SENTENCES[row] for row in rows]
    used = np.unique(index[mask])
    assert len(used) == len({token for row in rows for token in SENTENCES[row]})
    assert {array.dtype for array in batch.values()} == {np.dtype(np.int32)}


def test_short_words_stand_in_a_narrow_table():
    sentence = [["a" * 10, "b" * 11]]
    batch = Spellings(sentence, spell, 11).of_batch(np.array([0]), np.ones((1, 2), bool))
    assert batch["spelling_index"].tolist() == [[128, 0]]
    assert words_of(batch)[128] == "a" * 10


@pytest.mark.parametrize("rows", [[0], [1], [2], [3], [0, 1, 2, 3]])
def test_tables_have_few_shapes_and_no_row_without_a_character(rows):
    batch = Spellings(SENTENCES, spell, 20).of_batch(np.array(rows), mask_of(rows))
    assert batch["spellings"].shape == (128, 24 if 3 in rows else 16)
    assert batch["short_spellings"].shape == (256, 10)
    assert (batch["spellings"][:, 0] > 0).all()
    assert (batch["short_spellings"][:, 0] > 0).all()


def test_a_table_of_full_width_is_wider_than_any_other_and_holds_the_same():
    spellings = Spellings(SENTENCES, spell, 20)
    batches = [[0], [1], [2], [0, 1, 2, 3]]
    pairs = [(np.array(rows), mask_of(rows)) for rows in batches]
    plain = [spellings.of_batch(*pair) for pair in pairs]
    full = [spellings.of_batch(*pair, full_width=True) for pair in pairs]
    widths = {batch["spellings"].shape[1] for batch in full}
    assert len(widths) == 1
    assert widths.pop() > max(batch["spellings"].shape[1] for batch in plain)
    for one, other in zip(plain, full, strict=True):
        np.testing.assert_array_equal(one["spelling_index"], other["spelling_index"])
        np.testing.assert_array_equal(one["short_spellings"], other["short_spellings"])
        letters, rest = np.split(other["spellings"], [one["spellings"].shape[1]], axis=1)
        np.testing.assert_array_equal(letters, one["spellings"])
        assert not rest.any()


@pytest.mark.parametrize(
    ("length", "words", "table", "rows"),
    [
        (1, 256, "short_spellings", 256),
        (1, 257, "short_spellings", 512),
        (11, 128, "spellings", 128),
        (11, 129, "spellings", 256),
    ],
)
def test_a_table_grows_by_a_fixed_number_of_words(length, words, table, rows):
    sentence = [chr(0x4E00 + number) * length for number in range(words)]
    batch = Spellings([sentence], spell, length).of_batch(np.array([0]), np.ones((1, words), bool))
    assert len(batch[table]) == rows
    assert (batch[table][words:] == batch[table][0]).all()


def test_tokens_are_spelt_once(monkeypatch):
    calls = []
    spellings = Spellings(SENTENCES, lambda words: calls.append(words) or spell(words), 20)
    first = spellings.of_batch(np.array([0]), mask_of([0]))
    assert calls == [["the", "fox"]]
    spellings.of_batch(np.array([2]), mask_of([2]))
    again = spellings.of_batch(np.array([0]), mask_of([0]))
    assert calls == [["the", "fox"], ["straightforward", "a"]]
    monkeypatch.setattr("nlpseq.batching.spellings.REMEMBERED", 3)
    forgotten = spellings.of_batch(np.array([0]), mask_of([0]))
    assert calls[2:] == [["the", "fox"]]
    for batch in (again, forgotten):
        np.testing.assert_array_equal(batch["short_spellings"], first["short_spellings"])
