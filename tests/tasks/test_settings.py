import pytest

from nlpseq.tasks.settings import check_names


def bake(flour, sugar=1, *, minutes=30, **others):
    """Takes settings in all the ways that Python has."""


def test_keyword_arguments_of_the_function_are_fine():
    check_names({"sugar": 2, "minutes": 40}, [bake], given={"flour"})
    check_names({}, [bake], given={"flour"})


@pytest.mark.parametrize("name", ["minuets", "flour", "others"])
def test_an_unknown_name_is_answered_with_the_valid_ones(name):
    message = rf"^Unknown setting '{name}'\. Valid settings: sugar, minutes$"
    with pytest.raises(TypeError, match=message):
        check_names({"sugar": 2, name: 40}, [bake], given={"flour"})
