import pytest

from nlpseq.text.normalization import normalized


@pytest.mark.parametrize(
    ("lowercase", "digits", "expected"),
    [
        (False, False, ["Am", "3.10.", "ÉTÉ", "٣"]),
        (True, False, ["am", "3.10.", "été", "٣"]),
        (False, True, ["Am", "0.00.", "ÉTÉ", "0"]),  # digits of any script
    ],
)
def test_tokens_are_looked_up_as(lowercase, digits, expected):
    assert normalized(["Am", "3.10.", "ÉTÉ", "٣"], lowercase, digits) == expected
