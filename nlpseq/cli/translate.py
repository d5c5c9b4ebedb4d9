"""`nlpseq translate` and `nlpseq score`: translations of lines, and how probable given ones are."""

import argparse
import json
from collections.abc import Iterator, Sequence

from nlpseq.cli.data import load_data
from nlpseq.cli.lines import lines_at_once, read_lines
from nlpseq.cli.search_arguments import given_search_arguments
from nlpseq.datasets.roles import pair_texts
from nlpseq.hub import load
from nlpseq.tasks.task import Task
from nlpseq.tasks.translation_predictor import TargetScore
from nlpseq.tasks.translator import Translator


def translate(options: argparse.Namespace) -> None:
    """Translates each line into one line, or into its best translations."""
    translator = _load_translator(options.model, "translate")
    at_once = lines_at_once()
    for line in _translations(translator, options, at_once):
        print(line, flush=at_once == 1)


def score(options: argparse.Namespace) -> None:
    """Tells how probable the targets of a data set are."""
    translator = _load_translator(options.model, "score")
    _, _, sources, targets = pair_texts(load_data(options.data), *translator.columns)
    for found in translator.score(sources, targets):
        print(_as_json(found) if options.tokens else f"{found.log_prob:.4f}\t{len(found.tokens)}")


def load_task(folders: Sequence[str]) -> Task:
    """Loads a task, or an ensemble of several translators.

    Args:
        folders: Saved folders, at least one.

    Returns:
        The task.

    Raises:
        ValueError: If there are several, and one is no translator or they do not go together.
    """
    tasks = [load(folder) for folder in folders]
    if len(tasks) == 1:
        return tasks[0]
    for folder, task in zip(folders, tasks, strict=True):
        if not isinstance(task, Translator):
            raise ValueError(f"{folder} is a {task.kind}; an ensemble is made of translators")
    return Translator.ensemble([task for task in tasks if isinstance(task, Translator)])


def _load_translator(folders: Sequence[str], command: str) -> Translator:
    task = load_task(folders)
    if not isinstance(task, Translator):
        raise ValueError(f"{folders[0]} is a {task.kind}; `nlpseq {command}` needs a translator")
    return task


def _translations(
    translator: Translator, options: argparse.Namespace, at_once: int
) -> Iterator[str]:
    settings = {
        **given_search_arguments(options),
        "prefixes": read_lines(options.prefixes) if options.prefixes else None,
        "read_ahead": at_once,
    }
    lines = read_lines(None)
    if options.n_best is None:
        yield from map(_in_one_line, translator.stream(lines, **settings))
        return
    for best in translator.stream_nbest(lines, options.n_best, **settings):
        yield from (f"{score:.4f}\t{_in_one_line(text)}" for text, score in best)
        yield ""


def _in_one_line(text: str) -> str:
    """Targets of JSON or Parquet may have had line ends."""
    return text.replace("\n", " ")


def _as_json(score: TargetScore) -> str:
    rounded = [round(log_prob, 4) for log_prob in score.token_log_probs]
    found = {"log_prob": round(score.log_prob, 4), "tokens": score.tokens}
    return json.dumps({**found, "token_log_probs": rounded}, ensure_ascii=False)
