import json

from nlpseq.tasks.language_model import LanguageModel


def test_score_prints_a_line_for_each_pair(run, saved_translator, translator, pairs, files):
    data = ["--data", files / "train.en", files / "train.de"]
    code, out, _ = run("score", saved_translator, *data)
    scores = translator.score(pairs["en"][:], pairs["de"][:])
    assert (code, out) == (0, "".join(f"{s.log_prob:.4f}\t{len(s.tokens)}\n" for s in scores))
    _, out, _ = run("score", saved_translator, *data, "--tokens")
    found = [json.loads(line) for line in out.splitlines()]
    assert [line["tokens"] for line in found] == [score.tokens for score in scores]
    for line, score in zip(found, scores, strict=True):
        assert line["log_prob"] == round(score.log_prob, 4)
        assert line["token_log_probs"] == [round(x, 4) for x in score.token_log_probs]


def test_a_tagger_is_refused(assert_error, saved_tagger, files):
    message = f"{saved_tagger} is a tagger; `nlpseq score` needs a translator or a"
    assert_error(["score", saved_tagger, "--data", files / "train.conllu"], message)


def test_texts_of_a_language_model_are_scored_each_by_itself(run, tmp_path):
    texts = ["the fox runs .", "", "the kite ."]
    model = LanguageModel.from_dataset({"text": texts}, tokenizer="words", units=6, embedding_dim=4)
    model.save_pretrained(tmp_path / "lm")
    data = tmp_path / "a.txt"
    data.write_text("\n".join(texts) + "\n", encoding="utf-8")
    code, out, _ = run("score", tmp_path / "lm", "--data", data)
    scores = model.score(texts)
    assert (code, out) == (0, "".join(f"{s.log_prob:.4f}\t{len(s.tokens)}\n" for s in scores))
