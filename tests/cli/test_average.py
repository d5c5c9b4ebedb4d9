import nlpseq


def test_models_are_averaged_into_a_new_one(run, saved_tagger, tmp_path):
    command = ["average", saved_tagger, saved_tagger, "--output", tmp_path / "mean"]
    code, out, _ = run(*command)
    assert (code, out) == (0, f"The mean of 2 models is saved in {tmp_path / 'mean'}\n")
    mean, once = nlpseq.load(tmp_path / "mean"), nlpseq.load(saved_tagger)
    assert mean.tag("the old fox") == once.tag("the old fox")
    assert mean.training["averaged"] == ["tagger", "tagger"]
    assert run("show", tmp_path / "mean")[0] == 0
    assert run(*command)[0] == 2
    assert run(*command, "--overwrite")[0] == 0


def test_other_models_are_named_in_one_line(assert_error, saved_tagger, saved_translator, tmp_path):
    command = ["average", saved_tagger, saved_translator, "--output", tmp_path / "mean"]
    assert_error(command, f"{saved_translator} is another model than {saved_tagger}: task was")
    assert not (tmp_path / "mean").exists()
