"""What the pictures of docs/learn/ are made with: colours, boxes and arrows, networks, and axes."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, FAINT = "#333333", "#9a9a9a"
INPUT, HIDDEN, OUTPUT, PLAIN = "#cfe2f3", "#d3ead0", "#fbe0bd", "#eeeeee"  # fills of boxes
LINES = ("#1f6fb4", "#d1661a", "#2c8a3d", "#8a4fb0")
STYLE = {
    "svg.fonttype": "none",  # text stays text: small files, and words that can be searched
    "svg.hashsalt": "nlpseq",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}
Point = tuple[float, float]


class Canvas:
    """A white card on which boxes, arrows and words are put; a unit is half an inch.

    Args:
        width: Width in units.
        height: Height in units.
    """

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width / 2, height / 2), facecolor="white")
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(0, height))
        self.axes.set_axis_off()

    def box(
        self, x: float, y: float, text: str, fill: str, width: float = 1.2, height: float = 0.8
    ) -> None:
        """A box with the centre `(x, y)`."""
        corner = (x - width / 2, y - height / 2)
        patch = mpl.patches.Rectangle(corner, width, height, facecolor=fill, edgecolor=INK, lw=0.8)
        self.axes.add_patch(patch)
        self.word(x, y, text)

    def word(self, x: float, y: float, text: str, align: str = "center", color: str = INK) -> None:
        """Words around, behind (`align="left"`) or before (`"right"`) a place."""
        self.axes.text(x, y, text, ha=align, va="center_baseline", color=color, parse_math=False)

    def arrow(self, start: Point, end: Point, color: str = INK, dashed: bool = False) -> None:
        """An arrow from one place to another."""
        style = {"arrowstyle": "-|>", "color": color, "lw": 1, "shrinkA": 0, "shrinkB": 0}
        self.axes.annotate(
            "", end, start, arrowprops={**style, "linestyle": "--" if dashed else "-"}, zorder=0.5
        )

    def right(self, x: float, y: float, gap: float, width: float = 1.2) -> None:
        """An arrow from the box at `x` to the one that is `gap` further right."""
        self.arrow((x + width / 2, y), (x + gap - width / 2, y))

    def up(self, x: float, low: float, high: float, height: float = 0.8) -> None:
        """An arrow from the box at `low` to the one at `high`."""
        self.arrow((x, low + height / 2), (x, high - height / 2))


def plot(width: float = 5.5, height: float = 3) -> tuple[Figure, Axes]:
    """A figure with one pair of axes; sizes are in inches."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    return figure, figure.add_subplot()


def unrolled(canvas: Canvas, steps: int, y: float, x: float = 2.2, gap: float = 2.2) -> None:
    """A recurrent layer with an input below and an output above each step."""
    for step in range(steps):
        at = x + gap * step
        canvas.box(at, y - 1.4, f"x{step + 1}", INPUT)
        canvas.box(at, y, f"h{step + 1}", HIDDEN)
        canvas.up(at, y - 1.4, y)
        canvas.right(at, y, gap)


def encoder_decoder(canvas: Canvas) -> None:
    """Two recurrent layers side by side; the second one says words."""
    for step in range(2):
        x = 0.9 + 1.8 * step
        canvas.box(x, 0.8, f"x{step + 1}", INPUT)
        canvas.box(x, 2.4, "", HIDDEN)
        canvas.up(x, 0.8, 2.4)
    canvas.right(0.9, 2.4, 1.8)
    for step in range(3):
        x = 6 + 1.8 * step
        canvas.box(x, 2.4, "", HIDDEN)
        canvas.box(x, 4, f"y{step + 1}", OUTPUT)
        canvas.up(x, 2.4, 4)
        if step < 2:
            canvas.right(x, 2.4, 1.8)
    canvas.word(1.8, 3.3, "encoder")
    canvas.word(7.8, 4.85, "decoder")
