import pytest

from nlpseq.decoding.length_penalty import AVERAGE, GNMT, NO_PENALTY
from nlpseq.tasks.search_options import SearchOptions, search_options


@pytest.mark.parametrize(
    ("setting", "penalty"), [(0.6, GNMT), (0, NO_PENALTY), ("average", AVERAGE)]
)
def test_a_length_penalty_is_a_number_or_the_average(setting, penalty):
    assert SearchOptions(length_penalty=setting).penalty == penalty


def test_equal_options_are_one_key():
    assert len({SearchOptions(), SearchOptions(beam_size=1), search_options({})}) == 1
    assert SearchOptions() != SearchOptions(sampling=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"beam_size": 0}, r"`beam_size` must be at least 1\. Received: beam_size=0"),
        ({"length_penalty": -1}, r"`alpha` must be 0 or more"),
        ({"length_penalty": "mean"}, r"must be a number or \"average\"\. Received: 'mean'"),
        ({"coverage_penalty": -0.1}, r"`coverage_penalty` must be 0 or more.*-0\.1"),
        ({"no_repeat_ngram_size": -1}, r"`no_repeat_ngram_size` must be 0 or more.*-1"),
        ({"min_length_factor": -1}, r"`min_length_factor` must be 0 or more.*-1"),
        ({"length_factor": 0, "length_offset": 0}, r"leave room for a token.*length_offset=0"),
        ({"top_k": 5}, r"`top_k` needs sampling\. Received: top_k=5, sampling=False"),
        ({"sampling": True, "beam_size": 4}, r"`beam_size` does not go with sampling.*beam_size=4"),
    ],
)
def test_what_cannot_be_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        SearchOptions(**options)


def test_an_unknown_option_is_named_with_the_valid_ones():
    with pytest.raises(TypeError, match=r"Unknown setting 'beam'.*Valid settings: beam_size, leng"):
        search_options({"beam": 3})
