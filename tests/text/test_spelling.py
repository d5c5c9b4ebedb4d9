import numpy as np
import pytest

from nlpseq.text.specials import BEGIN_ID, END_ID, PAD_ID, UNKNOWN_ID
from nlpseq.text.spelling import Speller
from nlpseq.text.vocabulary import Vocabulary


@pytest.fixture
def speller():
    return Speller(Vocabulary(list("abcdefg")), max_length=6)


def letters(speller, row):
    """A row of ids as text: `<` begins, `>` ends, `?` is unknown, `.` is padding."""
    signs = {PAD_ID: ".", UNKNOWN_ID: "?", BEGIN_ID: "<", END_ID: ">"}
    return "".join(signs.get(i) or speller.characters.token(i) for i in row.tolist())


def test_words_are_spelt_between_a_begin_and_an_end(speller):
    table = speller.spell(["abc", "g", "", "aéb"])
    assert [letters(speller, row) for row in table] == ["<abc>", "<g>..", "<>...", "<a?b>"]
    assert table.dtype == np.int32


@pytest.mark.parametrize(
    ("max_length", "expected"), [(6, "<abcefg>"), (5, "<abcfg>"), (7, "<abcdefg>"), (2, "<ag>")]
)
def test_long_words_keep_both_their_ends(speller, max_length, expected):
    short = Speller(speller.characters, max_length=max_length)
    assert letters(short, short.spell(["abcdefg"])[0]) == expected


def test_nothing_to_spell_is_a_table_without_rows(speller):
    assert speller.spell([]).shape == (0, 2)


def test_a_length_without_room_for_both_ends_is_refused(speller):
    with pytest.raises(ValueError, match=r"must be at least 2\. Received: max_length=1"):
        Speller(speller.characters, max_length=1)
