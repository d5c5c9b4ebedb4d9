import sys

import numpy as np
import pytest
from matplotlib.image import imread

from nlpseq.metrics.alignment_picture import alignment_picture
from nlpseq.text.word_alignment import Alignment


def alignment(weights, source=None, target=None):
    weights = np.array(weights, dtype="float32")
    source = source or ["s"] * weights.shape[1]
    return Alignment(source, target or ["t"] * len(weights), weights, [], [], weights)


def test_the_picture_names_its_axes_and_tokens(tmp_path, monkeypatch):
    # With text as text, so that the picture can be searched.
    monkeypatch.setitem(sys.modules["matplotlib"].rcParams, "svg.fonttype", "none")
    pair = alignment(np.eye(2, 3), ["▁A", "$x$", "</s>"], ["▁Ein", "</s>"])
    alignment_picture(pair, tmp_path / "a.svg")
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    for text in ("source", "target", "▁A", "$x$", "▁Ein", "&lt;/s&gt;"):
        assert f">{text}</text>" in svg


def test_the_more_weight_the_darker(tmp_path):
    pictures = []
    for weight in (0.1, 0.9):
        alignment_picture(alignment([[weight, 0], [0, 1]]), tmp_path / "a.png")
        pictures.append(imread(tmp_path / "a.png")[..., :3].sum(axis=-1))
    light, dark = pictures
    rows, columns = np.nonzero(light != dark)  # the field of the first row and column, alone
    assert (dark <= light).all()
    assert np.ptp(rows) < light.shape[0] / 2
    assert columns.max() < light.shape[1] / 2


def test_what_cannot_be_drawn_is_named(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="Received: 201 source and 3 target tokens"):
        alignment_picture(alignment(np.zeros((3, 201))), tmp_path / "a.png")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"pip install nlpseq\[plots\]"):
        alignment_picture(alignment([[1]]), tmp_path / "a.png")
