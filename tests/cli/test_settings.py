import pytest

from nlpseq.cli.settings import Settings, read_values, settings_help
from nlpseq.tasks.tagger import Tagger
from nlpseq.tasks.translator import Translator


def test_settings_go_where_they_belong_and_the_seed_goes_to_both():
    found = Settings(Translator, {"units": 8, "epochs": 3, "vocab_size": 50, "seed": 4})
    assert {"units": 8, "vocab_size": 50, "seed": 4}.items() <= found.construction.items()
    assert {"epochs": 3, "seed": 4}.items() <= found.fitting.items()
    assert not {"units", "vocab_size"} & found.fitting.keys()
    assert "epochs" not in found.construction


@pytest.mark.parametrize("task", [Tagger, Translator])
def test_what_is_not_said_has_the_default_of_the_signature(task):
    found = Settings(task, {})
    fit = task.fit.__kwdefaults__
    assert all(fit[name] == value for name, value in found.fitting.items())
    model = {"dataset", "callbacks", "validation_data", "verbose", "name", "num_tags"}
    assert not model & {*found.construction, *found.fitting}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("8", 8), (8, 8)],
)
def test_numbers_may_be_strings(value, expected):
    assert Settings(Tagger, {"units": value}).construction["units"] == expected


def test_a_label_may_be_several():
    values = read_values(None, ["label=[upos, feats]"])
    assert Settings(Tagger, values).construction["label"] == ["upos", "feats"]


def test_numbers_may_have_an_exponent(tmp_path):
    (tmp_path / "a.yaml").write_text("learning_rate: 1e-3\n")  # which YAML takes for a string
    values = read_values(str(tmp_path / "a.yaml"), [])
    assert Settings(Tagger, values).fitting["learning_rate"] == 0.001


def test_options_of_a_decoder_are_a_dictionary():
    values = read_values(None, ["decoder_options={max_length: 60}"])
    assert Settings(Translator, values).construction["decoder_options"] == {"max_length": 60}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"unitz": 8}, r"^a\.yaml: Unknown setting 'unitz'\. Valid settings: batch_tokens, bidir"),
        ({7: 8}, r"^a\.yaml: Unknown setting 7\. Valid"),
        ({"units": "many"}, r"^a\.yaml: `units` must be int\. Received: units='many'$"),
        ({"units": 8.5}, r"`units` must be int\. Received: units=8\.5$"),
        ({"units": None}, r"^a\.yaml: `units` must have a value\. Received: units=None$"),
        ({"dropout": "x"}, r"`dropout` must be float\. Received: dropout='x'$"),
        (
            {"cell": "rnn"},
            r"`cell` must be Literal\['lstm', 'gru', 'simple_rnn'\]\. Received: cell",
        ),
        ({"label": 3}, r"`label` must be str or list or null\. Received: label=3$"),
        ({"label": False}, r"`label` must be str or list or null\. Received: label=False$"),
        ({"verbose": 1}, r"Unknown setting 'verbose'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(values, message):
    with pytest.raises(ValueError, match=message):
        Settings(Tagger, values, where="a.yaml")


def test_the_command_line_wins_over_the_file(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("units: 8\ncell: gru\n")
    assert read_values(str(path), ["units=16", "units = 32"]) == {"units": 32, "cell": "gru"}
    path.write_text("# nothing but a comment\n")
    assert read_values(str(path), []) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"- units\n", r"a\.yaml: expected `name: value` lines\. Received: \['units'\]"),
        (b"units: [1\ncell: {", r"a\.yaml: not YAML: .* line 2"),
        (b"units: \xff", r"a\.yaml: not YAML: .*0xff"),
    ],
)
def test_a_file_that_holds_no_settings_is_named(tmp_path, content, message):
    (tmp_path / "a.yaml").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        read_values(str(tmp_path / "a.yaml"), [])


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match=r"^No such file: nowhere\.yaml$"):
        read_values("nowhere.yaml", [])


def test_an_assignment_needs_a_name_and_a_value():
    with pytest.raises(ValueError, match=r"--set takes NAME=VALUE\. Received: 'units'"):
        read_values(None, ["units"])
    with pytest.raises(ValueError, match=r"^--set units=\[1: not a value: [^\n]*$"):
        read_values(None, ["units=[1"])


def test_help_lists_every_setting_with_type_default_and_meaning():
    text = settings_help(Tagger)
    for name in [*Settings(Tagger, {}).construction, *Settings(Tagger, {}).fitting]:
        assert f"\n    {name} " in text
    assert "Norm to which the gradients are scaled down" in text
    assert "(type: int, default: 2)" in " ".join(text.split())  # of min_count
    assert "dataset" not in text
