import itertools

import keras
import numpy as np
import pytest
from keras import ops

from nlpseq.models.next_token import NextTokenModel
from nlpseq.tasks.text_generator import TextGenerator
from nlpseq.text.tokenizer import TOKENIZERS

LETTERS = "abc"
END = 3


@pytest.fixture(scope="module")
def tokenizer():
    return TOKENIZERS["characters"].train([LETTERS], vocab_size=9)


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    model = NextTokenModel(7, embedding_dim=4, units=6)
    rng = np.random.default_rng(3)
    for weight in model.trainable_weights:
        weight.assign(rng.normal(scale=0.9, size=weight.shape))
    return model


@pytest.fixture(scope="module")
def generator(model, tokenizer):
    return TextGenerator(model, tokenizer)


def next_log_probs(model, ids):
    """Of the three letters and the end, after some ids; the other ids never come."""
    logits = ops.convert_to_numpy(model({"tokens": np.array([[END, *ids]])}))[0, -1]
    logits = logits.astype("float64")
    allowed = np.array([4, 5, 6, END])
    scores = np.full(7, -np.inf)
    scores[allowed] = logits[allowed] - np.log(np.exp(logits[allowed]).sum())
    return scores


def ids_of(text, tokenizer):
    return [END if c == "\n" else int(tokenizer.encode(c)[0]) for c in text]


def greedily(model, tokenizer, prompt, max_length, over_lines=False):
    ids = ids_of(prompt, tokenizer)
    for _ in range(max_length):
        best = int(next_log_probs(model, ids).argmax())
        if best == END and not over_lines:
            break
        ids.append(best)
    return "".join("\n" if i == END else tokenizer.decode([i]) for i in ids)


@pytest.mark.parametrize("prompt", ["", "a", "cab", "b\nac", "a\n"])
def test_a_beam_of_1_follows_the_most_probable_token(generator, model, tokenizer, prompt):
    found = generator.generate(prompt, beam_size=1, max_length=6)
    assert found == greedily(model, tokenizer, prompt, 6)


def test_over_lines_it_goes_on_to_the_full_length(generator, model, tokenizer):
    found = generator.generate("ab", beam_size=1, max_length=9, over_lines=True)
    assert found == greedily(model, tokenizer, "ab", 9, over_lines=True)
    assert len(found) == 11


def test_a_beam_as_wide_as_the_space_finds_the_most_probable_texts(generator, model, tokenizer):
    longest = 3
    scores = {}
    for size in range(longest + 1):
        for letters in itertools.product(LETTERS, repeat=size):
            ids, total = ids_of("b", tokenizer), 0.0
            for token in [*ids_of(letters, tokenizer), *([END] if size < longest else [])]:
                total += next_log_probs(model, ids)[token]
                ids.append(token)
            scores["b" + "".join(letters)] = total
    best = sorted(scores, key=scores.get, reverse=True)[:5]
    (found,) = generator.variants(["b"], 5, beam_size=40, max_length=longest)
    assert found == best


def test_drawing_from_one_token_is_greedy(generator, model, tokenizer):
    assert generator.generate("a", top_k=1, max_length=6) == greedily(model, tokenizer, "a", 6)


def test_what_is_drawn_follows_from_seed_and_place_alone(generator):
    prompts = ["a", "", "cab", "a"]
    first = generator.variants(prompts, 3, max_length=8, seed=5)
    assert generator.variants(prompts, 3, max_length=8, seed=5, batch_tokens=1) == first
    assert generator.variants(prompts, 3, max_length=8, seed=6) != first
    assert generator.generate(["a", ""], max_length=8, seed=5) == [first[0][0], first[1][0]]
    assert all(
        text.startswith(prompt) for prompt, row in zip(prompts, first, strict=True) for text in row
    )


def test_letters_come_as_often_as_the_model_says(generator, model, tokenizer):
    (texts,) = generator.variants(["ca"], 3000, max_length=1, seed=0)
    expected = np.exp(next_log_probs(model, ids_of("ca", tokenizer)))
    for letter, token in zip(["ca", "caa", "cab", "cac"], [END, 4, 5, 6], strict=True):
        assert texts.count(letter) / 3000 == pytest.approx(expected[token], abs=0.03)


def test_no_text_repeats_what_it_may_not(generator):
    text = generator.generate("", beam_size=1, max_length=12, over_lines=True)
    repeated = generator.generate(
        "", beam_size=1, max_length=12, over_lines=True, no_repeat_ngram_size=2
    )
    pairs = [repeated[i : i + 2] for i in range(len(repeated) - 1)]
    assert len(pairs) == len(set(pairs))
    assert repeated != text


def test_a_backward_model_says_what_came_before(model, tokenizer):
    forward, backward = TextGenerator(model, tokenizer), TextGenerator(model, tokenizer, True)
    for prompt in ("", "ab", "a\nbc"):
        expected = forward.generate(prompt[::-1], beam_size=1, max_length=5)[::-1]
        assert backward.generate(prompt, beam_size=1, max_length=5) == expected


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda g: g.variants("ab", 2), TypeError, r"must be a list of strings\. Received: 'ab'"),
        (lambda g: g.variants(["ab"], 0), ValueError, "Received: num=0, max_length=100"),
        (lambda g: g.generate("a", max_length=0), ValueError, "Received: num=1, max_length=0"),
        (lambda g: g.generate("a", temperature=0.0), ValueError, "temperature"),
        (lambda g: g.generate("a", beam_size=0), ValueError, "`beam_size` must be at least 1"),
        (lambda g: g.generate("a", beam_size=2, top_k=3), ValueError, "`top_k` needs sampling"),
    ],
)
def test_what_can_not_be_is_refused(generator, call, error, message):
    with pytest.raises(error, match=message):
        call(generator)


def test_no_prompt_is_no_text(generator):
    assert generator.generate([]) == []
