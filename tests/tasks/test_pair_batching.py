import datasets as hf
import numpy as np
import pytest

from nlpseq.batching.pairs import PairBatches
from nlpseq.tasks.pair_batching import check_subword_alpha, pair_batches
from nlpseq.text.subword import SentencePieceTokenizer
from nlpseq.text.word_vocabulary import WordVocabularyTokenizer

WORDS = ["banana", "bandana", "cabana", "ananas", "panama", "mañana"]


@pytest.fixture(scope="module")
def texts():
    rng = np.random.default_rng(0)
    return [" ".join(rng.choice(WORDS, size=rng.integers(1, 6))) for _ in range(40)]


@pytest.fixture(scope="module")
def tokenizer(texts):
    return SentencePieceTokenizer.train(texts, vocab_size=40)


def pairs(sources, targets):
    return hf.Dataset.from_dict({"a": sources, "b": targets}), ("a", "b")


def rows(batches, side):
    """The real rows of an epoch, as tuples of ids."""
    found = []
    for number, (inputs, targets, _) in enumerate(batches):
        ids = inputs["source"] if side == 0 else targets
        found += [tuple(row) for row in ids[batches.indices(number) >= 0].tolist()]
    return found


@pytest.mark.parametrize("side", [0, 1])
def test_other_pieces_in_each_epoch_spell_the_same_texts(texts, tokenizer, side):
    settings = {"batch_tokens": 100, "shuffle": True, "seed": 2}
    batches = pair_batches(
        *pairs(texts, texts[::-1]), (tokenizer, tokenizer), 60, alpha=0.0, **settings
    )
    drawn = []
    for epoch in (1, 2):
        batches.epoch = epoch
        found = rows(batches, side)
        assert sorted(map(tokenizer.decode, found)) == sorted(texts)
        drawn.append({tuple(i for i in row if i) for row in found})
    usual = {(*tokenizer.encode(text).tolist(), 3) for text in texts}
    for one, other in ((drawn[0], drawn[1]), (drawn[0], usual), (drawn[1], usual)):
        assert len(one & other) < len(usual) / 2


def test_source_and_target_stay_together_and_long_pairs_are_left_out(texts, tokenizer):
    longest = sorted(len(tokenizer.encode(text)) for text in texts)[-5]
    batches = pair_batches(*pairs(texts, texts), (tokenizer, tokenizer), longest, alpha=0.2)
    sources, targets = (list(map(tokenizer.decode, rows(batches, side))) for side in (0, 1))
    assert sources == targets
    fitting = [text for text in texts if len(tokenizer.encode(text)) <= longest]
    assert sorted(sources) == sorted(fitting)
    assert max(max(shape[1:]) for shape in batches.shapes) <= longest + 1


def test_without_alpha_the_pieces_are_the_usual_ones(texts, tokenizer):
    batches = pair_batches(*pairs(texts, texts), (tokenizer, tokenizer), 60)
    assert type(batches) is PairBatches
    found = {tuple(i for i in row if i) for row in rows(batches, 1)}
    assert found == {(*tokenizer.encode(text).tolist(), 3) for text in texts}


def test_only_sentencepiece_has_several_segmentations(tokenizer):
    words = WordVocabularyTokenizer.train(["a dog"])
    check_subword_alpha(None, [words, words])
    check_subword_alpha(0.0, [tokenizer, tokenizer])
    message = r'needs tokenizer="sentencepiece" on both sides\. Received: sentencepiece and words'
    with pytest.raises(ValueError, match=message):
        check_subword_alpha(0.1, [tokenizer, words])
    with pytest.raises(ValueError, match=r"`subword_alpha` must be 0 or more.*subword_alpha=-0\.1"):
        check_subword_alpha(-0.1, [tokenizer, tokenizer])
