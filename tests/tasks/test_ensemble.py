import pytest

from nlpseq.tasks.ensemble import check_members
from nlpseq.text.tokenizer import TOKENIZERS

SIDES = ("en", "de")


def tokenizer(text, kind="words"):
    return TOKENIZERS[kind].train([text], vocab_size=20)


def test_what_was_trained_alike_goes_together():
    check_members([(SIDES, (tokenizer("a b"), tokenizer("c"))) for _ in range(2)])


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ((SIDES, (tokenizer("x"), tokenizer("c"))), "another source tokenizer in translator 2"),
        ((SIDES, (tokenizer("a b"), tokenizer("c", "characters"))), "another target tokenizer"),
        ((("de", "en"), (tokenizer("a b"), tokenizer("c"))), "en to de, and de to en in transl"),
    ],
)
def test_what_differs_is_named(other, message):
    with pytest.raises(ValueError, match=message):
        check_members([(SIDES, (tokenizer("a b"), tokenizer("c"))), other])


def test_nobody_is_no_ensemble():
    with pytest.raises(ValueError, match=r"at least one translator\. Received: none"):
        check_members([])
