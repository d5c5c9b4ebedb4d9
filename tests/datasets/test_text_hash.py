from nlpseq.datasets.text_hash import text_hash


def test_the_hash_is_blake2b_on_every_machine():
    assert text_hash("Hello.") == 0xEB0AE350711D5CB7  # printf 'Hello.' | b2sum -l 64
    assert text_hash(["a", "b"]) == 0xFFC151170352BAA3  # printf 'a\\0b' | b2sum -l 64


def test_tokens_and_their_borders_count():
    texts = ["a b", ["a", "b"], ["a b"], ["ab"], ["a", "b", ""], ""]
    assert len({text_hash(text) for text in texts}) == 5  # "a b" is one token
