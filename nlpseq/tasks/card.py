"""The `README.md` of a saved task: a model card for people and for the Hugging Face Hub."""

import json
from collections.abc import Iterator, Mapping
from typing import Any


def model_card(
    title: str, pipeline_tag: str, usage: str, settings: Mapping[str, Any], training: Mapping
) -> str:
    """Writes the model card.

    Args:
        title: The heading.
        pipeline_tag: The task's name on the Hub.
        usage: Python code that loads and uses the model.
        settings: The model's settings.
        training: How the model came about, as in `training.json`.

    Returns:
        Markdown with a YAML head.

    Example:
        >>> card = model_card("A tagger", "token-classification", "...", {"units": 3}, {})
        >>> card.splitlines()[:2]
        ['---', 'library_name: nlpseq']
    """
    scores = {**training.get("best", {}), **training.get("scores", {})}
    rows = [f"| {name} | {_cell(value)} |" for name, value in _flat(scores)]
    table = ["## Scores", "", "| score | value |", "|---|---|", *rows, ""] if rows else []
    return "\n".join(
        [
            "---",
            "library_name: nlpseq",
            f"pipeline_tag: {pipeline_tag}",
            "---",
            "",
            f"# {title}",
            "",
            "```python",
            usage,
            "```",
            "",
            *table,
            "## Settings",
            "",
            "```json",
            json.dumps(settings, indent=2, ensure_ascii=False),
            "```",
            "",
            "How the model was trained is in `training.json`.",
            "",
        ]
    )


def _flat(scores: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Scores with their names; those of columns and of types have both names."""
    for name, value in scores.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", value


def _cell(value: Any) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)
