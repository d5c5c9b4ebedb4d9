import pytest

from nlpseq.text.tokenizer import TOKENIZERS
from nlpseq.text.tokenizer_pair import TokenizerPair

SOURCES, TARGETS = ["Ada runs", "Bob runs"], ["Ada läuft", "Bob läuft"]


@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_joint_tokenizer_reads_both_sides_and_separate_ones_their_own(kind):
    joint = TokenizerPair.train(kind, SOURCES, TARGETS, 30, joint=True)
    assert joint.is_joint
    assert joint.source.decode(joint.source.encode("Ada läuft")) == "Ada läuft"
    assert joint.target.decode(joint.target.encode("Bob runs")) == "Bob runs"
    separate = TokenizerPair.train(kind, SOURCES, TARGETS, 30)
    assert not separate.is_joint
    assert separate.source.decode(separate.source.encode("Ada läuft")) != "Ada läuft"


@pytest.mark.parametrize("joint", [True, False])
@pytest.mark.parametrize("kind", TOKENIZERS)
def test_a_pair_comes_back_as_it_was(kind, joint, tmp_path):
    pair = TokenizerPair.train(kind, SOURCES, TARGETS, 30, joint)
    pair.save(tmp_path)
    assert len(list(tmp_path.iterdir())) == (1 if joint else 2)
    loaded = TokenizerPair.load(tmp_path, [kind, kind])
    assert loaded.is_joint == joint
    for one, other in zip(loaded, pair, strict=True):
        assert one.encode("Ada läuft").tolist() == other.encode("Ada läuft").tolist()


@pytest.mark.parametrize(
    ("joint", "source", "target"),
    [(True, ["Ada", "barks", "bellt"], ["Ada", "barks", "bellt"]), (False, ["barks"], ["bellt"])],
)
def test_new_words_of_either_side_are_known_to_the_tokenizer_of_that_side(joint, source, target):
    pair = TokenizerPair.train("words", SOURCES, TARGETS, 30, joint)
    extended = pair.extended(["Ada barks"], ["Ada bellt"])
    assert extended.is_joint == joint
    for tokenizer, old, new in zip(extended, pair, (source, target), strict=True):
        known = tokenizer.vocabulary.tokens
        assert known[: old.vocab_size] == old.vocabulary.tokens
        assert set(new) <= set(known)
