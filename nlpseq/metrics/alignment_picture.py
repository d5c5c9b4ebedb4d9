"""A picture of what each token of a translation looks at."""

from pathlib import Path

from nlpseq.text.word_alignment import Alignment

_MOST_TOKENS = 200  # of a side: a longer one makes a picture that few programs open


def alignment_picture(alignment: Alignment, path: str | Path) -> None:
    """Draws the attention weights of a pair as a heat map.

    A column for each source token, a row for each target token; the darker, the more weight.

    Args:
        alignment: What `Translator.align` gives for the pair.
        path: File to write; its ending says the format, such as `.png`, `.svg` or `.pdf`.

    Raises:
        ImportError: If matplotlib is missing.
        ValueError: If a side has more than 200 tokens.

    Example:
        >>> import tempfile
        >>> import numpy as np
        >>> weights = np.array([[0.9, 0.1], [0.2, 0.8]], dtype="float32")
        >>> pair = Alignment(["dog", "</s>"], ["Hund", "</s>"], weights, ["dog"], ["Hund"], weights)
        >>> path = Path(tempfile.mkdtemp()) / "alignment.png"
        >>> alignment_picture(pair, path)
        >>> path.read_bytes()[1:4]
        b'PNG'
    """
    try:
        # The figure itself, and not pyplot: that keeps state and may want a display.
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            "Drawing an alignment needs matplotlib: pip install nlpseq[plots]"
        ) from error

    rows, columns = alignment.weights.shape
    if max(rows, columns) > _MOST_TOKENS:
        raise ValueError(
            f"A picture holds at most {_MOST_TOKENS} tokens a side. "
            f"Received: {columns} source and {rows} target tokens"
        )
    figure = Figure(figsize=(2.5 + 0.3 * columns, 2 + 0.3 * rows), layout="constrained")  # inches
    axes = figure.add_subplot()
    image = axes.imshow(alignment.weights, cmap="Blues", vmin=0, vmax=1)
    figure.colorbar(image, label="attention weight", shrink=0.8)
    # Tokens such as $ are text and no formulas.
    axes.set_xticks(range(columns), labels=alignment.source_tokens, rotation=90, parse_math=False)
    axes.set_yticks(range(rows), labels=alignment.target_tokens, parse_math=False)
    axes.set_xlabel("source")
    axes.set_ylabel("target")
    figure.savefig(path, dpi=150)
