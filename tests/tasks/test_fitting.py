import pytest

from nlpseq.tasks.fitting import check_fitting

GOOD = {
    **{"epochs": 1, "patience": 1, "learning_rate": 0.1, "clip_norm": 1.0},
    **{"gradient_accumulation_steps": 1, "ema": 0.0, "schedule": "cosine"},
}


def test_what_needs_dev_data_says_so():
    check_fitting(GOOD, {"keep_last": 2, "keep_best": 0}, "folder", 0.0, has_dev=False)
    with pytest.raises(ValueError, match=r'schedule="plateau" needs `validation_data`'):
        check_fitting({**GOOD, "schedule": "plateau"}, {"keep_last": 0}, None, 0.0, has_dev=False)
    with pytest.raises(ValueError, match=r"`keep_best` needs `validation_data`"):
        check_fitting(GOOD, {"keep_last": 0, "keep_best": 1}, "folder", 0.0, has_dev=False)
