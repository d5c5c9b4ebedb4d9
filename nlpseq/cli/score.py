"""`nlpseq score`: how probable given translations or texts are."""

import argparse
import json
from collections.abc import Iterable

from nlpseq.cli.data import load_data
from nlpseq.cli.models import load_task
from nlpseq.datasets.sides import pair_texts
from nlpseq.datasets.texts import text_column, texts_of
from nlpseq.tasks.language_model import LanguageModel
from nlpseq.tasks.token_score import TokenScore
from nlpseq.tasks.translator import Translator


def score(options: argparse.Namespace) -> None:
    """Tells how probable the targets of pairs are, or texts, each by itself."""
    task = load_task(options.model)
    if not isinstance(task, (Translator, LanguageModel)):
        raise ValueError(
            f"{options.model[0]} is a {task.kind}; `nlpseq score` needs a translator or a "
            "language-model"
        )
    data = load_data(options.data)
    found: Iterable[TokenScore]
    if isinstance(task, Translator):
        _, _, sources, targets = pair_texts(data, *task.columns)
        found = task.score(sources, targets)
    else:
        named = task.column if task.column in data.column_names else None
        found = task.score_stream(texts_of(data, text_column(data, named)))
    for row in found:
        print(_as_json(row) if options.tokens else f"{row.log_prob:.4f}\t{len(row.tokens)}")


def _as_json(score: TokenScore) -> str:
    rounded = [round(log_prob, 4) for log_prob in score.token_log_probs]
    found = {"log_prob": round(score.log_prob, 4), "tokens": score.tokens}
    return json.dumps({**found, "token_log_probs": rounded}, ensure_ascii=False)
