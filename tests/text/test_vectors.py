import gzip

import numpy as np
import pytest

from nlpseq.text.vectors import Coverage, WordVectors
from nlpseq.text.vocabulary import Vocabulary

LINES = "the 0.5 -1 2e-1\nfox 1 2 3\nThe 4 5 6\n"


def load(tmp_path, content, tokens, name="tiny.vec"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return WordVectors.load(path, tokens)


def rows(vectors):
    return {word: vectors.values[row].tolist() for word, row in vectors.words.items()}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,  # GloVe
        lambda text: "3 3\n" + text,  # word2vec
        lambda text: "3 3\n" + text.replace("\n", " \n"),  # fastText
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text.rstrip("\n"),
        lambda text: gzip.compress(("\ufeff3 3\n" + text).encode()),
    ],
)
def test_every_dialect_gives_the_same_vectors(tmp_path, change):
    vectors = load(tmp_path, change(LINES), ["the", "The", "Fox"])
    assert rows(vectors) == {
        "the": [0.5, -1, np.float32(0.2)],
        "fox": [1, 2, 3],
        "The": [4, 5, 6],
    }
    assert (vectors.dim, vectors.values.dtype) == (3, np.float32)


def test_only_what_the_tokens_need_is_kept(tmp_path):
    assert rows(load(tmp_path, LINES, ["fox", "dog"])) == {"fox": [1, 2, 3]}
    assert list(load(tmp_path, LINES, ["The"]).words) == ["the", "The"]


def test_exact_form_comes_before_lower_case_and_upper_case_never_stands_in(tmp_path):
    vectors = load(tmp_path, "the 1\nThe 2\nDog 3\n", ["The", "THE", "the", "dog"])
    assert vectors.matrix(Vocabulary(["The", "THE", "the"]))[4:, 0].tolist() == [2, 1, 1]
    assert vectors.coverage(["The", "THE", "the", "dog", "dog"]) == Coverage(2, 1, 2)


def test_first_of_two_lines_counts(tmp_path):
    assert rows(load(tmp_path, "a 1 2\nb 3 4\na 5 6\n", ["a"])) == {"a": [1, 2]}


def test_words_with_spaces_are_read_from_the_right(tmp_path):
    lines = "- - - 1 2\nat name@domain.com 3 4\n. . . 1 2\n. 5 6\nat 7 8\n"
    assert rows(load(tmp_path, lines, [".", "at", "- - -"])) == {
        "- - -": [1, 2],
        ".": [5, 6],
        "at": [7, 8],
    }


def test_first_word_may_be_a_number(tmp_path):
    assert rows(load(tmp_path, "2007 1 2\n10 3 4\n", ["2007", "10"])) == {
        "2007": [1, 2],
        "10": [3, 4],
    }


def test_only_plain_spaces_and_line_feeds_separate(tmp_path):
    odd = ["a\u00a0b", "c\u2028d", "\u0085", "\u3000", "e\x0bf", ""]
    vectors = load(tmp_path, "".join(f"{word} 1 2\n" for word in ["x", *odd]), odd)
    assert list(vectors.words) == odd


def test_matrix_has_zeros_for_padding_and_noise_as_loud_as_the_vectors(tmp_path):
    rng = np.random.default_rng(1)
    known, unknown = ([f"{kind}{i}" for i in range(300)] for kind in "ku")
    values = rng.normal(scale=0.3, size=(300, 50)).astype(np.float32)
    lines = "".join(
        f"{word} {' '.join(map(str, row))}\n" for word, row in zip(known, values, strict=True)
    )
    vectors = load(tmp_path, lines, known)
    vocabulary = Vocabulary([*unknown, *known])
    matrix = vectors.matrix(vocabulary, seed=7)
    assert (matrix.shape, matrix.dtype) == ((604, 50), np.float32)
    assert not matrix[0].any()
    np.testing.assert_array_equal(matrix[304:], values)
    noise = matrix[1:304]
    assert abs(noise.mean()) < 0.01
    assert noise.std() == pytest.approx(0.3, rel=0.03)
    assert len(np.unique(noise)) > 0.99 * noise.size
    np.testing.assert_array_equal(matrix, vectors.matrix(vocabulary, seed=7))
    assert (matrix[1] != vectors.matrix(vocabulary, seed=8)[1]).all()


def test_special_tokens_take_the_vectors_of_their_names_but_for_padding(tmp_path):
    vocabulary = Vocabulary(["a"])
    vectors = load(tmp_path, "a 1 2\n<unk> 3 4\n<pad> 5 6\n", vocabulary.tokens)
    assert vectors.matrix(vocabulary)[[0, 1, 4]].tolist() == [[0, 0], [3, 4], [1, 2]]


def test_vocabulary_without_special_tokens_has_no_padding(tmp_path):
    vocabulary = Vocabulary(["a"], specials=())
    assert load(tmp_path, "a 1 2\n", ["a"]).matrix(vocabulary).tolist() == [[1, 2]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a 1 2\nx 1\n", r"bad\.vec:2: expected a word and 2 values.*found 1 values: 'x 1'"),
        ("2 2\nx 1\n", r"bad\.vec:2: expected a word and 2 values"),
        ("b 1 2\na 1.5 2 3\n", r"bad\.vec:2: expected a word and 2 values.*found 3 values"),
        ("b 1 2\na 0.1 0.2b 1 2\n", r"bad\.vec:2: expected a word and 2 values.*found 4 values"),
        ("b 1 2\n\na 1 2\n", r"bad\.vec:2: expected a word and 2 values.*found 0"),
        ("b\t1\t2\n", r"bad\.vec:1: expected a word and its values, apart by spaces.*'b\\t1\\t2'"),
        ("2 0\na\n", r"bad\.vec:1: expected a word and its values"),
        ("b 1 2\na 1 x\n", r"bad\.vec:2: not a number among the values of 'a': .*x"),
        ("b 1 2\na 1 nan\n", r"bad\.vec:2: the values of 'a' must be finite\. Found: nan"),
        ("b 1 2\na -inf 1\n", r"bad\.vec:2: the values of 'a' must be finite\. Found: -inf"),
        ("b 1 2\na 1 1e39\n", r"bad\.vec:2: the values of 'a' must be finite\. Found: 1e39"),
        (b"b 1 2\n\xe9t\xe9 1 2\n", r"bad\.vec:2: not UTF-8 \(byte 0xe9 in .*iconv -c"),
        (b"b 1 2\na \xff 1 2\n", r"bad\.vec:2: not UTF-8 \(byte 0xff in"),
        ("", r"bad\.vec: the file is empty"),
        (gzip.compress(b"", mtime=0), r"bad\.vec: the file is empty"),
        ("9 2\n", r"bad\.vec: none of the tokens has a vector.*\['a'\]"),
        ("b 1 2\nA 1 2\n", r"bad\.vec: none of the tokens has a vector there, in lower case nei"),
        (b"PK\x03\x04rest", r"bad\.vec: a zip archive\. Unpack it"),
        (
            gzip.compress(LINES.encode() * 9, mtime=0)[:-9],
            r"bad\.vec: truncated or damaged gzip file",
        ),
    ],
)
def test_broken_files_are_located(tmp_path, content, message):
    with pytest.raises(ValueError, match=message):
        load(tmp_path, content, ["a"], name="bad.vec")


def test_missing_file_and_single_string_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.vec"):
        WordVectors.load(tmp_path / "nowhere.vec", ["a"])
    with pytest.raises(TypeError, match="must be several strings"):
        load(tmp_path, LINES, "the")
