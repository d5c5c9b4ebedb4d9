import pytest

from nlpseq.tasks.language_model import LanguageModel

TEXTS = ["the fox runs .", "the kite flies ."] * 3


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder with a language model that nobody has trained."""
    model = LanguageModel.from_dataset(
        {"text": TEXTS}, tokenizer="words", units=6, embedding_dim=4, seed=1
    )
    folder = tmp_path_factory.mktemp("models") / "lm"
    model.save_pretrained(folder)
    return folder, model


def test_a_prompt_is_gone_on_with(run, saved):
    folder, model = saved
    code, out, _ = run("generate", folder, "--prompt", "the fox", "--max-length", "5")
    assert (code, out) == (0, model.generate("the fox", max_length=5) + "\n")


def test_all_options_reach_the_model(run, saved):
    folder, model = saved
    drawn = {"temperature": 0.5, "top_k": 4, "top_p": 0.9, "seed": 7, "max_length": 6}
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in drawn.items()]
    _, out, _ = run("generate", folder, "--prompt=the", "--num=2", *flags)
    assert out == "".join(f"{text}\n" for text in model.variants(["the"], 2, **drawn)[0]) + "\n"
    searched = {"beam_size": 3, "no_repeat_ngram_size": 1, "max_length": 6}
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in searched.items()]
    _, out, _ = run("generate", folder, *flags, "--over-lines")
    assert out == model.generate("", over_lines=True, **searched) + "\n\n"


def test_prompts_come_from_standard_input(run, saved):
    folder, model = saved
    code, out, _ = run("generate", folder, "--prompt=-", "--beam-size=1", stdin=b"the\n\nfox\n")
    expected = model.generate(["the", "", "fox"], beam_size=1)
    assert (code, out) == (0, "".join(f"{text}\n" for text in expected))


def test_another_task_is_refused(assert_error, saved_tagger):
    message = f"{saved_tagger} is a tagger; `nlpseq generate` needs a language-model"
    assert_error(["generate", saved_tagger], message)


def test_bad_numbers_are_one_line(assert_error, saved):
    assert_error(["generate", saved[0], "--max-length=0"], "must be at least 1")


def test_it_is_trained_scored_and_shown_by_the_command_line(run, tmp_path):
    data = tmp_path / "train.txt"
    data.write_text("\n".join(TEXTS) + "\n", encoding="utf-8")
    small = ["tokenizer=words", "units=6", "embedding_dim=4", "epochs=2", "time_steps=4"]
    settings = [part for value in small for part in ("--set", value)]
    folder = tmp_path / "lm"
    given = ["--train", data, "--dev", data, "--test", data, "--output", folder, *settings]
    code, out, err = run("train", "language-model", *given)
    assert code == 0, err
    assert "6 sentences" in out
    assert "bits_per_character" in out
    code, out, _ = run("evaluate", folder, "--data", data)
    assert code == 0
    assert "perplexity" in out
    code, out, _ = run("show", folder)
    assert "a language-model" in out
    code, out, err = run("settings", "language-model")
    assert code == 0
    assert "time_steps" in out


def test_a_text_is_refused_where_there_is_none(assert_error, tmp_path):
    data = tmp_path / "train.jsonl"
    data.write_text('{"n": 1}\n', encoding="utf-8")
    given = ["--train", data, "--output", tmp_path / "lm"]
    assert_error(["train", "language-model", *given], "Name the column of the text with text=")
