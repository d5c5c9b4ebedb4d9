import json

import numpy as np
import pytest

from nlpseq.tasks.tagging_codec import TaggingCodec

SENTENCES = [["Ada", "Bob", "ran"], ["New", "York"]]
POS = [["N", "N", "V"], ["N", "N"]]
FEATS = [["Case=Nom", "Number=Sing", "_"], ["_", "Case=Acc|Number=Sing"]]


def codec(**settings):
    return TaggingCodec.from_examples(SENTENCES, {"pos": POS}, **{"min_count": 1, **settings})


def spelling_of(inputs, row):
    """A row of both tables, one behind the other."""
    return [*inputs["spellings"], *inputs["short_spellings"]][row]


def test_each_feature_is_an_output_of_the_model():
    made = TaggingCodec.from_examples(
        SENTENCES, {"pos": POS, "feats": FEATS}, min_count=1, per_feature=True
    )
    assert list(made.columns) == ["pos", "feats"]
    assert list(made.labels) == ["pos", "feats.Case", "feats.Number"]
    batches = made.batches(SENTENCES, {"pos": POS, "feats": FEATS}, batch_tokens=1000)
    for rows, (_, ids, weights) in zip(
        map(batches.indices, range(len(batches))), batches, strict=True
    ):
        for place, row in enumerate(rows):
            if row >= 0:
                found = {name: ids[name][place][weights[name][place] > 0] for name in ids}
                assert made.columns["feats"].decode(found) == FEATS[row]


def test_two_outputs_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"different names.*\['feats.Case'\] twice"):
        TaggingCodec.from_examples(
            SENTENCES, {"feats.Case": POS, "feats": FEATS}, min_count=1, per_feature=True
        )


def test_a_column_with_the_name_of_a_score_is_refused():
    with pytest.raises(ValueError, match=r"can't be called score: scores have that name"):
        TaggingCodec.from_examples(SENTENCES, {"score": POS}, min_count=1)


def test_rare_tokens_and_characters_are_unknown():
    rows = {"pos": [["N", "N"], ["N"]]}
    made = TaggingCodec.from_examples([["aa", "ab"], ["aa"]], rows, min_count=2)
    assert (made.knows("aa"), made.knows("ab")) == (True, False)
    ((inputs,),) = made.batches([["ab"]])
    assert inputs["tokens"].tolist() == [[1]]
    row = spelling_of(inputs, inputs["spelling_index"][0, 0])
    assert row[:4].tolist() == [2, 4, 1, 3]  # begin, a, unknown, end


def test_digits_are_one_token_but_keep_their_spelling():
    rows = {"pos": [["N", "N"]]}
    made = TaggingCodec.from_examples([["1984", "x"]], rows, min_count=1, normalize_digits=True)
    assert made.knows("2001")
    assert not made.knows("201")
    assert "1984" not in made.vocabulary
    ((inputs,),) = made.batches([["1984", "4891"]])
    assert inputs["tokens"][0, 0] == inputs["tokens"][0, 1]
    first, second = (spelling_of(inputs, row) for row in inputs["spelling_index"][0])
    assert first[1:5].tolist() == second[4:0:-1].tolist()
    assert first.tolist() != second.tolist()


def test_case_is_one_token_but_keeps_its_spelling():
    rows = {"pos": [["N", "N"]]}
    made = TaggingCodec.from_examples([["Fox", "x"]], rows, min_count=1, lowercase=True)
    assert made.knows("fOX")
    ((inputs,),) = made.batches([["fox", "FOX"]])
    assert inputs["tokens"][0, 0] == inputs["tokens"][0, 1]
    first, second = (spelling_of(inputs, row) for row in inputs["spelling_index"][0])
    assert first.tolist() != second.tolist()


def test_characters_are_left_out_where_they_are_not_read():
    ((inputs,),) = codec(spelling=False).batches([["Ada"]])
    assert inputs.keys() == {"tokens", "mask"}


@pytest.mark.parametrize("spelling", [True, False])
def test_what_was_saved_is_loaded(tmp_path, spelling):
    settings = {
        "spelling": spelling,
        "learnt_scheme": "IOB2",
        "lowercase": True,
        "normalize_digits": True,
    }
    made = TaggingCodec.from_examples(
        [["Ada", "1984"], ["x"]],
        {"ner": [["I-PER", "O"], ["O"]], "pos": [["N", "V"], ["V"]]},
        min_count=1,
        **settings,
    )
    made.save(tmp_path)
    names = {"vocabulary.jsonl", "labels-ner.jsonl", "labels-pos.jsonl"}
    assert {file.name for file in tmp_path.iterdir()} == names | (
        {"characters.jsonl"} if spelling else set()
    )
    loaded = TaggingCodec.load(tmp_path, json.loads(json.dumps(made.config())))
    assert loaded.config() == made.config()
    assert loaded.forbidden == made.forbidden
    assert list(loaded.labels) == ["ner", "pos"]
    ids = {"ner": np.array([0, 1])}
    assert loaded.columns["ner"].decode(ids) == made.columns["ner"].decode(ids) == ["O", "I-PER"]
    tags = {"ner": [["O", "I-PER"]], "pos": [["V", "N"]]}
    one, other = (task.batches([["Ada", "2001"]], tags)[0] for task in (made, loaded))
    for mine, theirs in zip(one, other, strict=True):
        assert mine.keys() == theirs.keys()
        assert all(np.array_equal(mine[name], theirs[name]) for name in mine)
