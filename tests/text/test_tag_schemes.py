from itertools import pairwise, product

import pytest
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, IOBES, Tokens

from nlpseq.text.tag_schemes import (
    MalformedTag,
    Span,
    all_tags,
    convert,
    detect_scheme,
    forbidden_transitions,
    malformed,
    read_spans,
    write_spans,
)

# The same spans in each scheme, by hand: PER of 3 tokens, PER of 2 right after it, LOC of 1 after
# that, O, LOC of 1.
SAME = {
    "IOB1": ["I-PER", "I-PER", "I-PER", "B-PER", "I-PER", "I-LOC", "O", "I-LOC"],
    "IOB2": ["B-PER", "I-PER", "I-PER", "B-PER", "I-PER", "B-LOC", "O", "B-LOC"],
    "BIO": ["B-PER", "I-PER", "I-PER", "B-PER", "I-PER", "B-LOC", "O", "B-LOC"],
    "BIOES": ["B-PER", "I-PER", "E-PER", "B-PER", "E-PER", "S-LOC", "O", "S-LOC"],
}
SPANS = [Span("PER", 0, 3), Span("PER", 3, 5), Span("LOC", 5, 6), Span("LOC", 7, 8)]
SCHEMES = ["IOB1", "IOB2", "BIOES"]
TAGS = ["O", *(f"{prefix}-{kind}" for prefix in "BIES" for kind in "XY")]


def all_sentences(tags, longest):
    return [list(row) for length in range(longest + 1) for row in product(tags, repeat=length)]


@pytest.mark.parametrize("target", SAME)
@pytest.mark.parametrize("source", SAME)
def test_each_scheme_is_converted_to_each(source, target):
    assert read_spans(SAME[source]) == SPANS
    assert read_spans(SAME[source], strict=source) == SPANS
    assert write_spans(reversed(SPANS), 8, target) == SAME[target]
    assert convert(SAME[source], target) == SAME[target]


def test_every_sequence_of_tags_is_read_as_seqeval_reads_it():
    for tags in all_sentences(TAGS, 4):
        expected = [Span(kind, start, end + 1) for kind, start, end in get_entities(tags)]
        assert read_spans(tags) == expected, tags


@pytest.mark.parametrize(
    ("scheme", "oracle", "tags"),
    [("IOB2", IOB2, [tag for tag in TAGS if tag[0] in "OBI"]), ("BIOES", IOBES, TAGS)],
)
def test_the_strict_reading_is_that_of_seqeval(scheme, oracle, tags):
    for sentence in all_sentences(tags, 4):
        expected = [
            Span(span.tag, span.start, span.end) for span in Tokens(sentence, oracle).entities
        ]
        assert read_spans(sentence, strict=scheme) == expected, sentence


@pytest.mark.parametrize("scheme", SCHEMES)
def test_conversion_repairs_and_keeps_the_spans(scheme):
    for tags in all_sentences(TAGS, 4):
        repaired = convert(tags, scheme)
        assert read_spans(repaired) == read_spans(repaired, strict=scheme) == read_spans(tags)
        assert convert(repaired, scheme) == repaired


@pytest.mark.parametrize("scheme", SCHEMES)
def test_tags_are_well_formed_when_no_forbidden_transition_is_in_them(scheme):
    forbidden = set(forbidden_transitions(TAGS, scheme))
    for ids in product(range(len(TAGS)), repeat=4):
        tags = [TAGS[number] for number in ids]
        free = forbidden.isdisjoint(pairwise([-1, *ids, -1]))
        assert free == (convert(tags, scheme) == tags), tags


def test_forbidden_transitions_written_by_hand():
    labels = ["O", "B", "I", "E", "S"]
    assert forbidden_transitions(labels, "BIOES") == [
        *[(-1, 2), (-1, 3)],
        *[(0, 2), (0, 3)],
        *[(1, 0), (1, 1), (1, 4), (1, -1)],
        *[(2, 0), (2, 1), (2, 4), (2, -1)],
        *[(3, 2), (3, 3)],
        *[(4, 2), (4, 3)],
    ]
    assert forbidden_transitions(["O", "I-X", "B-X", "B-Y"], "IOB1") == [
        *[(-1, 2), (-1, 3), (0, 2), (0, 3), (1, 3), (2, 3), (3, 2)]
    ]
    # IOB2 never writes S: nothing may come before it.
    assert forbidden_transitions(["O", "S"], "IOB2") == [(-1, 1), (0, 1), (1, 1)]


def test_types_may_have_hyphens_or_be_absent():
    tags = ["B-creative-work", "I-creative-work", "B-creative"]
    assert read_spans(tags) == [Span("creative-work", 0, 2), Span("creative", 2, 3)]
    assert convert(tags, "BIOES") == ["B-creative-work", "E-creative-work", "S-creative"]
    assert read_spans(["I", "O", "B", "I"]) == [Span("", 0, 1), Span("", 2, 4)]
    assert convert(["I", "O", "B", "I"], "BIOES") == ["S", "O", "B", "E"]


def test_malformed_tags_are_listed_with_what_was_expected():
    sentences = [["O", "I-X", "I-X"], ["B-X", "I-X"], ["B-X", "I-Y", "E-Y"]]
    assert malformed(sentences, "BIO") == [
        MalformedTag(0, 1, "I-X", "B-X"),
        MalformedTag(2, 1, "I-Y", "B-Y"),
        MalformedTag(2, 2, "E-Y", "I-Y"),
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_of_a_corpus_is_found_despite_a_mistake(scheme):
    assert detect_scheme([SAME[scheme]]) == scheme
    assert detect_scheme([SAME[scheme], SAME[scheme], ["O", "B", "I", "I"]]) == scheme
    assert detect_scheme([SAME["IOB2"], ["B-LOC", "E-LOC"]]) == "IOB2"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], None),
        (["O", "O"], None),  # nothing says that these are spans
        (["DET", "NOUN", "O"], None),
        (["B-NP", "X"], None),
        (["I-", "B_PER"], None),
        (["BI-X", "ES"], None),  # several letters are no prefix
        ([""], None),
        (["I-X", "E-X", "O"], None),  # IOE
        (["B", "I", "O"], "IOB2"),
        (["I", "O"], "IOB1"),
        (["S-X", "O"], "BIOES"),
    ],
)
def test_only_spans_have_a_scheme(tags, expected):
    assert detect_scheme([tags]) == expected


def test_no_tags_have_no_spans():
    assert read_spans([]) == read_spans((), strict="BIOES") == convert([], "IOB1") == []


@pytest.mark.parametrize("tag", ["NOUN", "", "b-PER", "O-PER", "BI-PER", "PER-B"])
def test_a_tag_that_is_not_of_a_span_is_named(tag):
    with pytest.raises(ValueError, match=rf"must be `O`, or B, I, E or S, .* Received: '{tag}'"):
        read_spans(["O", tag])
    with pytest.raises(ValueError, match=rf"Received: '{tag}'"):
        forbidden_transitions([tag], "IOB2")


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(1, 1)], [(-1, 1)], [(2, 4)], [(2, 1)]])
def test_spans_that_cannot_be_written_are_named(spans):
    with pytest.raises(ValueError, match=r"not overlap\. Received: Span.*of length 3"):
        write_spans([Span("X", start, end) for start, end in spans], 3, "IOB2")


def test_an_unknown_scheme_lists_the_valid_ones():
    for use in (
        lambda: convert(["O"], "BILOU"),
        lambda: read_spans(["O"], strict="BILOU"),
        lambda: forbidden_transitions(["O"], "BILOU"),
    ):
        with pytest.raises(ValueError, match=r"IOB1, IOB2 \(or BIO\) or BIOES.*'BILOU'"):
            use()


def test_all_tags_are_those_that_spans_of_the_types_are_written_with():
    assert all_tags(["x", "a-b"], "BIOES")[1:5] == ["B-a-b", "I-a-b", "E-a-b", "S-a-b"]
    assert all_tags([""], "BIO") == ["O", "B", "I"]
    assert all_tags([], "IOB1") == ["O"]
