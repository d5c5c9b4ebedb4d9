import pytest

from nlpseq.text.texts import check_texts


def test_texts_pass_unchanged_and_one_at_a_time():
    read = []

    def source():
        for text in ("one", "", "zwei\n"):
            read.append(text)
            yield text

    texts = check_texts(source())
    assert next(texts) == "one"
    assert read == ["one"]
    assert list(texts) == ["", "zwei\n"]


def test_a_single_string_is_not_taken_for_a_list_of_characters():
    with pytest.raises(TypeError, match=r"several strings.*one string: 'A dog'"):
        list(check_texts("A dog"))


@pytest.mark.parametrize(("bad", "name"), [(None, "NoneType"), (b"x", "bytes"), (["a"], "list")])
def test_what_is_not_a_string_is_shown_with_its_number(bad, name):
    with pytest.raises(TypeError, match=rf"\({name}\) as text number 2"):
        list(check_texts(["fine", bad]))


def test_a_lone_surrogate_is_shown_with_its_place():
    with pytest.raises(ValueError, match=r"'\\ud800' at position 1 of text number 2"):
        list(check_texts(["fine", "a\ud800b"]))
