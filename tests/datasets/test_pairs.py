import pytest

from nlpseq.datasets.pairs import read_pairs, read_parallel


def parallel(folder, source, target, names=("train.en", "train.de"), **options):
    paths = [folder / name for name in names]
    for path, text in zip(paths, (source, target), strict=True):
        path.write_bytes(text.encode())
    return read_parallel(*paths, **options)


@pytest.mark.parametrize(
    ("names", "languages"),
    [
        (("train.en", "train.de"), ["en", "de"]),
        (("train.de.gz", "train.en.gz"), ["de", "en"]),
        (("my.corpus.en.txt", "my.corpus.pt-BR.txt"), ["en", "pt-BR"]),
        (("source.txt", "target.txt"), ["source", "target"]),
    ],
)
def test_languages_come_from_the_file_names(tmp_path, names, languages):
    dataset = parallel(tmp_path, "a\n", "b\n", names)
    assert dataset.features["translation"].languages == languages
    assert dataset[0]["translation"] == dict(zip(languages, "ab", strict=True))


def test_given_languages_win_over_the_names(tmp_path):
    dataset = parallel(tmp_path, "a\n", "b\n", languages=("nl", "fy"))
    assert dataset[0] == {"translation": {"nl": "a", "fy": "b"}}


def test_lines_are_stripped_and_none_is_dropped(tmp_path):
    dataset = parallel(tmp_path, "one \n\n\nfour\u00a0!\n", " eins\nzwei  2\n\nvier\u2028!")
    assert [row["translation"] for row in dataset] == [
        {"en": "one", "de": "eins"},
        {"en": "", "de": "zwei  2"},
        {"en": "", "de": ""},
        {"en": "four\u00a0!", "de": "vier\u2028!"},
    ]


def test_different_numbers_of_lines_are_counted(tmp_path):
    with pytest.raises(ValueError, match=r"numbers of lines: .*train\.en has 3, .*train\.de has 2"):
        parallel(tmp_path, "a\nb\nc\n", "a\nb\n")


@pytest.mark.parametrize(
    ("names", "languages"),
    [
        (("a.en", "b.en"), None),
        (("a.en", "b.de"), ("x", "x")),
        (("a.en", "b.de"), ("x", "y", "z")),
        (("a.en", "b.de"), ("x", None)),
    ],
)
def test_two_different_languages_are_needed(tmp_path, names, languages):
    with pytest.raises(ValueError, match=r"two different languages.*languages=\("):
        parallel(tmp_path, "a\n", "b\n", names, languages=languages)


def write(tmp_path, text):
    path = tmp_path / "sample.tsv"
    path.write_bytes(text.encode())
    return path


def test_pairs_keep_inner_spaces_of_french_typography(tmp_path):
    path = write(
        tmp_path, "Kites hum!\tIls vibrent\u202f!\nTar rusts.\tIl rouille\u00a0\u2009\u200b!\r\n"
    )
    assert read_pairs(path, ("en", "fr"))["translation"][:] == [
        {"en": "Kites hum!", "fr": "Ils vibrent\u202f!"},
        {"en": "Tar rusts.", "fr": "Il rouille\u00a0\u2009\u200b!"},
    ]


def test_blank_line_is_no_pair_but_one_empty_side_is(tmp_path):
    pairs = read_pairs(write(tmp_path, "a \t b\n\n\tc\n"))["translation"][:]
    assert pairs == [{"source": "a", "target": "b"}, {"source": "", "target": "c"}]


def test_columns_of_a_pairs_file_can_be_skipped(tmp_path):
    dataset = read_pairs(write(tmp_path, "1\tja\tx\tyes\n"), (None, "de", None, "en"))
    assert dataset.features["translation"].languages == ["de", "en"]
    assert dataset[0] == {"translation": {"de": "ja", "en": "yes"}}


@pytest.mark.parametrize(("line", "found"), [("a", 1), ("a\tb\tc", 3)])
def test_wrong_number_of_columns_is_located(tmp_path, line, found):
    path = write(tmp_path, f"a\tb\n{line}\n")
    expected = rf"sample\.tsv:2: expected 2 tab-separated columns \(languages=.*\), found {found}: "
    with pytest.raises(ValueError, match=expected):
        read_pairs(path)


@pytest.mark.parametrize("languages", [("en",), ("en", "en"), ("en", None), ("a", "b", "c")])
def test_two_columns_must_be_named(tmp_path, languages):
    with pytest.raises(ValueError, match="`languages` must name two different columns"):
        read_pairs(write(tmp_path, "a\tb\n"), languages)
