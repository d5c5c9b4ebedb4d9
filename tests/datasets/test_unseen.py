from nlpseq.datasets.unseen import unseen_tokens


def test_new_tokens_count_as_often_as_they_come():
    found = unseen_tokens([["a"], ["b"]], [["c", "a", "d"], ["c"]], most=1)
    assert found == {"tokens": 4, "unseen": 3, "share": 0.75, "most": ["c"]}


def test_no_token_is_no_error():
    assert unseen_tokens([["a"]], [[]])["share"] == 0
