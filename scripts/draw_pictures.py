"""Draws the pictures of docs/learn/, one SVG file a page.

    python scripts/draw_pictures.py                    into docs/learn/pictures/
    python scripts/draw_pictures.py --output folder

The same versions draw the same files, byte for byte. Page 18 shows what a trained model looked at:
`scripts/train_lesson.py` writes these numbers into 18_attention.json.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from canvas import (
    FAINT,
    HIDDEN,
    INK,
    INPUT,
    LINES,
    OUTPUT,
    PLAIN,
    STYLE,
    Canvas,
    encoder_decoder,
    plot,
    unrolled,
)
from matplotlib.figure import Figure

PICTURES = Path(__file__).parents[1] / "docs" / "learn" / "pictures"
ATTENTION = PICTURES / "18_attention.json"


def windows() -> Figure:
    """Page 1: windows of a series."""
    canvas, series = Canvas(11, 5.6), [14, 5, 6, 1, 77]
    for i, value in enumerate(series):
        canvas.box(1 + i, 4.9, str(value), INPUT, width=1)
    canvas.word(6, 4.9, "a series of 5 values", "left")
    for sample in range(4):
        y = 3.6 - 0.9 * sample
        for i in (sample, sample + 1):
            canvas.box(1 + i, y, str(series[i]), HIDDEN, width=1, height=0.7)
        canvas.word(6, y, f"sample {sample}: 2 steps of 1 feature", "left")
    return canvas.figure


def time_major() -> Figure:
    """Page 2: a column of a batch is a step."""
    canvas = Canvas(11, 5.2)
    words = ["the dog sleeps", "a cat runs", "my bird sings"]
    for row, sentence in enumerate(words):
        y = 3.4 - 0.9 * row
        canvas.word(2, y, f"sentence {row}", "right")
        for step, word in enumerate(sentence.split()):
            fill = OUTPUT if step == 1 else INPUT
            canvas.box(3.2 + 1.8 * step, y, word, fill, width=1.7)
    for step in range(3):
        canvas.word(3.2 + 1.8 * step, 4.4, f"step {step}")
    canvas.word(5, 0.7, "what the layer reads at step 1")
    canvas.word(8.2, 2.5, "a row:\nbatch-major\n\na column:\ntime-major", "left")
    return canvas.figure


def gates() -> Figure:
    """Page 3: gates of an LSTM with chosen weights: features are the value, store, empty."""
    steps = np.arange(1, 13)
    inputs = np.zeros((12, 3))
    inputs[:, 0] = 1
    inputs[1, 1] = inputs[8, 2] = 1
    input_gate = 1 / (1 + np.exp(-(9 * inputs[:, 1] - 5)))
    forget_gate = 1 / (1 + np.exp(-(5 - 9 * inputs[:, 2])))
    memory, memories = 0.0, np.zeros(12)
    for t, value in enumerate(np.tanh(inputs[:, 0])):
        memory = memories[t] = forget_gate[t] * memory + input_gate[t] * value
    figure, axes = plot()
    lines = {"input gate i": input_gate, "forget gate f": forget_gate, "memory c": memories}
    for (name, values), color, style in zip(lines.items(), LINES[:3], "osD", strict=True):
        axes.plot(steps, values, f"{style}-", color=color, label=name, markersize=5)
    axes.set(xlabel="step", ylim=(-0.05, 1.05), xticks=steps)
    figure.legend(loc="outside upper center", ncols=3)
    return figure


def sequences_and_states() -> Figure:
    """Page 4: what a layer returns."""
    canvas = Canvas(11, 5)
    unrolled(canvas, 3, y=2.3)
    for step in range(3):
        canvas.up(2.2 + 2.2 * step, 2.3, 3.7)
        canvas.box(2.2 + 2.2 * step, 3.7, f"h{step + 1}", OUTPUT)
    canvas.word(0.5, 4.5, "return_sequences=True: all of these; else the last one", "left")
    canvas.box(9.3, 2.3, "h3, c3", OUTPUT, width=1.7)
    canvas.word(9.3, 1.5, "return_state")
    canvas.word(7.6, 0.9, "inputs", "left")
    canvas.arrow((0.9, 2.3), (1.6, 2.3))
    canvas.word(0.5, 2.3, "0")
    return canvas.figure


def parameters() -> Figure:
    """Page 5: the matrices of an LSTM, sizes to scale."""
    canvas = Canvas(11, 6.2)
    for name, y, height, rows in (("W", 4.3, 1.4, "n"), ("U", 2.2, 2, "u"), ("b", 0.6, 0.5, "1")):
        for gate, letter in enumerate("ifgo"):
            fill = (INPUT, HIDDEN, OUTPUT, PLAIN)[gate]
            canvas.box(3 + 1.9 * gate, y, f"{name}{letter}", fill, width=1.9, height=height)
        canvas.word(1.7, y, rows, "right")
        canvas.word(0.5, y, name)
    for gate in range(4):
        canvas.word(3 + 1.9 * gate, 5.4, "u")
    canvas.word(10, 4.3, "input", "left", INK)
    canvas.word(10, 2.2, "state", "left", INK)
    canvas.word(10, 0.6, "bias", "left", INK)
    return canvas.figure


def dense() -> Figure:
    """Page 6: the same product at each step."""
    canvas = Canvas(11, 4.6)
    for step in range(3):
        x = 3.2 + 2.9 * step
        canvas.box(x, 0.8, "n numbers", INPUT, width=2)
        canvas.box(x, 2.2, "W, b", HIDDEN, width=2)
        canvas.box(x, 3.6, "m numbers", OUTPUT, width=2)
        canvas.up(x, 0.8, 2.2)
        canvas.up(x, 2.2, 3.6)
    for y, text in ((0.8, "steps"), (2.2, "the same\neach time"), (3.6, "outputs")):
        canvas.word(0.2, y, text, "left")
    return canvas.figure


def stacking() -> Figure:
    """Page 7: two layers."""
    canvas = Canvas(11, 6)
    for step in range(4):
        x = 2.6 + 2.2 * step
        canvas.box(x, 0.7, f"x{step + 1}", INPUT)
        canvas.box(x, 2.2, "layer 1", HIDDEN, width=1.5)
        canvas.box(x, 3.7, "layer 2", HIDDEN, width=1.5)
        canvas.box(x, 5.2, f"y{step + 1}", OUTPUT)
        for low, high in ((0.7, 2.2), (2.2, 3.7), (3.7, 5.2)):
            canvas.up(x, low, high)
        for y in (2.2, 3.7) if step < 3 else ():
            canvas.right(x, y, 2.2, width=1.5)
    canvas.word(0.2, 2.95, "all outputs\nof layer 1", "left")
    return canvas.figure


def bidirectional() -> Figure:
    """Page 8: two directions."""
    canvas = Canvas(11, 6)
    for step in range(4):
        x = 2.8 + 2.2 * step
        canvas.box(x, 0.7, f"x{step + 1}", INPUT)
        canvas.box(x - 0.45, 2.2, "→", HIDDEN, width=0.8)
        canvas.box(x + 0.45, 3.7, "←", PLAIN, width=0.8)
        canvas.box(x, 5.2, "[→ ←]", OUTPUT, width=1.7)
        for side, y in ((-0.45, 2.2), (0.45, 3.7)):
            canvas.up(x + side, 0.7, y)
            canvas.up(x + side, y, 5.2)
        if step < 3:
            canvas.arrow((x - 0.05, 2.2), (x + 1.35, 2.2))
            canvas.arrow((x + 2.25, 3.7), (x + 0.85, 3.7))
    canvas.word(0.1, 2.2, "forwards", "left")
    canvas.word(0.1, 3.7, "backwards", "left")
    return canvas.figure


def time_distributed() -> Figure:
    """Page 9: one layer a step, or all steps at once."""
    canvas = Canvas(11, 5)
    for step in range(3):
        x = 0.9 + 1.6 * step
        canvas.box(x, 0.9, f"h{step + 1}", HIDDEN)
        canvas.box(x, 2.4, "Dense", PLAIN, width=1.4)
        canvas.box(x, 3.9, f"y{step + 1}", OUTPUT)
        canvas.up(x, 0.9, 2.4)
        canvas.up(x, 2.4, 3.9)
        x = 6.7 + 1.6 * step
        canvas.box(x, 0.9, f"h{step + 1}", HIDDEN)
        canvas.box(x, 3.9, f"y{step + 1}", OUTPUT)
        for other in range(3):
            canvas.arrow((x, 1.3), (6.7 + 1.6 * other, 3.5), color=FAINT)
    canvas.box(8.3, 2.4, "Flatten, Dense", PLAIN, width=4.6)
    canvas.word(2.5, 4.7, "TimeDistributed(Dense)")
    canvas.word(8.3, 4.7, "every step sees every other")
    return canvas.figure


def one_and_many() -> Figure:
    """Page 10: what is read and what is said."""
    canvas = Canvas(11, 9.2)

    def network(x: float, y: float, title: str, reads: Sequence[int], says: Sequence[int]) -> None:
        steps = range(1 + max(*reads, *says))
        for step in steps:
            at = x + 1.5 * step
            canvas.box(at, y, "", HIDDEN, width=0.9)
            if step in reads:
                canvas.box(at, y - 1.3, "", INPUT, width=0.9)
                canvas.up(at, y - 1.3, y)
            if step in says:
                canvas.box(at, y + 1.3, "", OUTPUT, width=0.9)
                canvas.up(at, y, y + 1.3)
            if step < len(steps) - 1:
                canvas.right(at, y, 1.5, width=0.9)
        canvas.word(x - 0.5, y + 2.05, title, "left")

    network(0.8, 6.6, "one-to-one", (0,), (0,))
    network(3.6, 6.6, "one-to-many", (0, 0), (0, 1, 2))
    network(8.6, 6.6, "", (0, 1), (1, 1))
    canvas.word(8.1, 8.65, "many-to-one", "left")
    network(0.8, 2, "many-to-many, as many", (0, 1, 2), (0, 1, 2))
    network(5.6, 2, "many-to-many, other number", (0, 1), (2, 3))
    return canvas.figure


def repeat_vector() -> Figure:
    """Page 11: the encoder's vector at each step of the decoder."""
    canvas = Canvas(11, 5.2)
    encoder_decoder(canvas)
    for step in range(3):
        x = 6 + 1.8 * step
        canvas.box(x, 0.8, "vector", OUTPUT, width=1.4)
        canvas.up(x, 0.8, 2.4)
    canvas.arrow((3.1, 2.0), (5.3, 0.9))
    return canvas.figure


def state_handoff() -> Figure:
    """Page 12: the encoder's state as the decoder's first."""
    canvas = Canvas(11, 5.2)
    encoder_decoder(canvas)
    for step, word in enumerate(("<s>", "y1", "y2")):
        x = 6 + 1.8 * step
        canvas.box(x, 0.8, word, INPUT)
        canvas.up(x, 0.8, 2.4)
        if step:
            canvas.arrow((x - 1.2, 3.75), (x - 0.6, 1.1), color=FAINT, dashed=True)
    canvas.arrow((3.3, 2.4), (5.4, 2.4), color=LINES[1])
    canvas.word(4.35, 2.75, "h, c", color=LINES[1])
    return canvas.figure


def features() -> Figure:
    """Page 13: two features a step, and targets."""
    canvas = Canvas(11, 5.6)
    for step in range(6):
        x = 2.7 + 1.4 * step
        canvas.word(x, 5.1, f"step {step + 1}")
        canvas.box(x, 4.2, f"a{step + 1}", INPUT)
        canvas.box(x, 3.3, f"b{step + 1}", INPUT)
        canvas.box(x, 2.0, f"y{step + 1}", OUTPUT)
        canvas.box(x, 0.8, "y6" if step == 5 else "–", OUTPUT if step == 5 else "white")
    for y, text in ((3.75, "features"), (2.0, "whole\nsequence"), (0.8, "last step")):
        canvas.word(0.2, y, text, "left")
    return canvas.figure


def fit() -> Figure:
    """Page 14: samples, batches, steps."""
    canvas = Canvas(11, 4.2)
    for sample in range(10):
        fill = (INPUT, HIDDEN, OUTPUT)[sample // 4]
        canvas.box(1 + sample, 3.4, str(sample), fill, width=0.9)
    for batch, (x, text) in enumerate(((2.5, "batch of 4"), (6.5, "batch of 4"), (9.5, "rest, 2"))):
        canvas.word(x, 2.6, text)
        canvas.arrow((x, 2.3), (x, 1.5))
        canvas.box(x, 1.1, f"step {batch + 1}", PLAIN, width=1.6)
    for x, gap in ((2.5, 4), (6.5, 3)):
        canvas.right(x, 1.1, gap, width=1.6)
    canvas.word(5.5, 0.3, "an epoch; the next one begins with the samples in another order")
    return canvas.figure


def stateful() -> Figure:
    """Page 15: where each batch begins."""
    canvas = Canvas(11, 6.2)
    for top, title in ((4.9, "stateless"), (1.9, "stateful")):
        canvas.word(0.2, top + 0.9, title, "left")
        for batch in range(3):
            x = 3.4 + 3.1 * batch
            for row in range(2):
                y = top - 0.9 * row
                canvas.box(x, y, f"piece {batch + 1}", (INPUT, HIDDEN)[row], width=1.8, height=0.7)
                if top > 4 or batch == 0:
                    canvas.word(x - 1.7, y, "0")
                    canvas.arrow((x - 1.5, y), (x - 0.9, y))
                else:
                    canvas.arrow((x - 2.2, y), (x - 0.9, y), color=LINES[1])
        for row in range(2):
            canvas.word(0.2, top - 0.9 * row, f"row {row}", "left")
    for batch in range(3):
        canvas.word(3.4 + 3.1 * batch, 0.3, f"batch {batch + 1}")
    return canvas.figure


def forecasting() -> Figure:
    """Page 16: windows that fill with forecasts."""
    canvas = Canvas(11, 5)
    for row in range(4):
        y = 4.3 - 1.1 * row
        for i in range(3):
            at = row + i
            known = at < 3
            text = f"x{at + 1}" if known else f"f{at + 1}"
            canvas.box(1.2 + 1.3 * at, y, text, INPUT if known else OUTPUT, width=1.2)
        canvas.arrow((1.8 + 1.3 * (row + 2), y), (2.25 + 1.3 * (row + 2), y))
        canvas.box(1.2 + 1.3 * (row + 3) + 0.35, y, f"f{row + 4}", OUTPUT, width=1.2)
    canvas.word(7.2, 4.3, "x: known", "left")
    canvas.word(8.6, 3.2, "f: forecast", "left")
    return canvas.figure


def vanishing() -> Figure:
    """Page 17: powers of factors below 1."""
    figure, axes = plot()
    steps = np.arange(0, 101)
    for factor, color in zip((0.998, 0.99, 0.9, 0.5), LINES, strict=True):
        axes.semilogy(steps, factor**steps, color=color)
        at = {0.998: 60, 0.99: 60, 0.9: 60, 0.5: 24}[factor]
        above = {0.998: 4, 0.99: 0.04, 0.9: 0.03, 0.5: 40}[factor]
        axes.text(at, above * factor**at, f"factor {factor}", color=color)
    axes.set(xlabel="steps back", ylabel="what is left", ylim=(1e-9, 30))
    return figure


def attention() -> Figure:
    """Page 18: a map of weights."""
    found = json.loads(ATTENTION.read_text(encoding="utf-8"))
    weights = np.array(found["weights"])
    figure, axes = plot(4.6, 4.2)
    axes.pcolormesh(weights, cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=1)
    for (row, column), weight in np.ndenumerate(weights):
        color = "white" if weight > 0.5 else INK
        text = f"{weight:.2f}".lstrip("0") if weight >= 0.01 else "0"
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", color=color, fontsize=8)
    places = np.arange(len(weights)) + 0.5
    axes.set_xticks(places, labels=found["source"])
    axes.set_yticks(places, labels=found["target"])
    axes.set(xlabel="source, read to the right", ylabel="target, said downwards")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.invert_yaxis()
    return figure


PAGES: dict[str, Callable[[], Figure]] = {
    "01_windows": windows,
    "02_time_major": time_major,
    "03_gates": gates,
    "04_sequences_and_states": sequences_and_states,
    "05_parameters": parameters,
    "06_dense": dense,
    "07_stacking": stacking,
    "08_bidirectional": bidirectional,
    "09_time_distributed": time_distributed,
    "10_one_and_many": one_and_many,
    "11_repeat_vector": repeat_vector,
    "12_state_handoff": state_handoff,
    "13_features": features,
    "14_fit": fit,
    "15_stateful": stateful,
    "16_forecasting": forecasting,
    "17_vanishing": vanishing,
    "18_attention": attention,
}


def draw(folder: Path) -> None:
    """Draws all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for page, picture in PAGES.items():
        with mpl.rc_context(STYLE):
            picture().savefig(folder / f"{page}.svg", metadata={"Date": None, "Creator": None})


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the script."""
    parser = argparse.ArgumentParser(description="Draws the pictures of docs/learn/.")
    parser.add_argument("--output", type=Path, default=PICTURES, help="folder of the SVG files")
    options = parser.parse_args(arguments)
    draw(options.output)


if __name__ == "__main__":
    main()
