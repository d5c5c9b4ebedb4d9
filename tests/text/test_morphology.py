import pytest

from nlpseq.text.morphology import are_features, read_features, write_features


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("_", {}),
        ("Case=Nom", {"Case": "Nom"}),
        ("Case=Acc,Dat|Number[psor]=Sing", {"Case": "Acc,Dat", "Number[psor]": "Sing"}),
    ],
)
def test_a_label_is_read_and_written_back(label, values):
    assert read_features(label) == values
    assert write_features(values) == label


def test_features_are_written_in_the_order_of_universal_dependencies():
    values = {"VerbForm": "Fin", "mood": "Ind", "Aspect": "Imp", "Case": "_"}
    assert write_features(values) == "Aspect=Imp|mood=Ind|VerbForm=Fin"


@pytest.mark.parametrize("label", ["NOUN", "Case=", "=Nom", "Case=Nom|", "A=1|B", "A=1=2", ""])
def test_what_is_not_made_of_features_is_refused(label):
    with pytest.raises(ValueError, match=r"must be Name=Value\|\.\.\. or _\. Received: "):
        read_features(label)
    assert not are_features([label, "Case=Nom"])
