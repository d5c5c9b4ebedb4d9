import json

import yaml

from nlpseq.tasks.card import model_card

TRAINING = {"best": {"epoch": 3, "val_bleu": 12.34567}, "scores": {"bleu": 11.5, "sentences": 40}}


def card(training=TRAINING):
    settings = {"units": 8, "columns": ["en", "zürich"]}
    return model_card("A small one", "translation", "import nlpseq", settings, training)


def test_the_head_is_yaml_that_the_hub_reads():
    _, head, _ = card().split("---\n")
    assert yaml.safe_load(head) == {"library_name": "nlpseq", "pipeline_tag": "translation"}


def test_title_usage_and_settings_are_there():
    assert "\n# A small one\n" in card()
    assert "```python\nimport nlpseq\n```" in card()
    settings = card().split("```json\n")[1].split("```")[0]
    assert json.loads(settings) == {"units": 8, "columns": ["en", "zürich"]}
    assert "zürich" in card()


def test_scores_are_a_table():
    table = "| score | value |\n|---|---|\n| epoch | 3 |\n| val_bleu | 12.3457 |\n"
    assert f"{table}| bleu | 11.5000 |\n| sentences | 40 |\n" in card()


def test_scores_of_columns_and_types_have_a_row_each():
    scores = {"ner": {"f1": 0.5, "types": {"PER": {"f1": 1.0}}}, "tokens": 9}
    table = "| ner f1 | 0.5000 |\n| ner types PER f1 | 1.0000 |\n| tokens | 9 |\n"
    assert f"|---|---|\n{table}\n" in card(training={"scores": scores})


def test_a_model_that_was_not_trained_has_no_scores():
    assert "Scores" not in card(training={})
