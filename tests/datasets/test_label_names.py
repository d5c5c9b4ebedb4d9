import datasets as hf
import pytest

from nlpseq.datasets.label_names import name_labels
from nlpseq.datasets.roles import label_strings


@pytest.fixture(autouse=True)
def _quiet():
    hf.disable_progress_bars()
    yield
    hf.enable_progress_bars()


def make(values, dtype="int64"):
    features = hf.Features({"tags": hf.List(hf.Value(dtype))})
    return hf.Dataset.from_dict({"tags": values}, features=features)


@pytest.mark.parametrize("names", [["O", "B", "I"], {"I": 2, "O": 0, "B": 1}, ("O", "B", "I")])
@pytest.mark.parametrize("dtype", ["int64", "int8", "uint16"])
def test_numbers_become_the_names_at_their_places(names, dtype):
    dataset = name_labels(make([[2, 0], [], [1]], dtype), {"tags": names})
    assert label_strings(dataset, "tags") == [["I", "O"], [], ["B"]]


@pytest.mark.parametrize(
    ("dataset", "names", "message"),
    [
        (make([[0, 7]]), {"tags": ["O", "B"]}, r"Number 7 in 'tags' has no name: .* 2, for 0 to 1"),
        (make([[0, -1]]), {"tags": ["O"]}, r"Number -1 in 'tags' has no name"),
        (make([[0]]), {"ner": ["O"]}, r"'ner': .* Received: no such column\. Columns: tags"),
        (make([["O"]], "string"), {"tags": ["O"]}, r"needs a column of lists of whole numbers"),
        (make([[0]]), {"tags": {"O": 1}}, r"must number the names 0, 1, 2, .*Received: .'O': 1"),
    ],
)
def test_names_that_do_not_fit_are_explained(dataset, names, message):
    with pytest.raises(ValueError, match=message):
        name_labels(dataset, names)
