"""Examples from a file, a pair of files, a folder or the Hugging Face Hub."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import datasets as hf

from nlpseq.datasets.any_data import as_dataset, choose_split
from nlpseq.datasets.cache import cached_path
from nlpseq.datasets.columns import read_columns
from nlpseq.datasets.conllu import read_conllu
from nlpseq.datasets.csv_table import read_csv
from nlpseq.datasets.jsonl import read_jsonl
from nlpseq.datasets.label_names import LabelNames, name_labels
from nlpseq.datasets.pairs import read_pairs, read_parallel
from nlpseq.datasets.sniffing import sniff_format
from nlpseq.datasets.text_lines import read_text

# How the names of files end, without .gz; "sniff" looks inside.
_FORMAT_OF_SUFFIX = {
    ".conllu": "conllu",
    ".conll": "columns",
    ".iob": "columns",
    ".iob2": "columns",
    ".bio": "columns",
    ".bioes": "columns",
    ".tsv": "sniff",
    ".txt": "sniff",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
}
_FORMATS = ("conllu", "columns", "pairs", "text", "csv", "jsonl", "parquet")
_HUB_ID = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?")
# Everything that Arrow, and `datasets` on top of it, raise at damaged files; IndexError at no row.
_READING_ERRORS = (
    *(ValueError, IndexError, KeyError, TypeError, AttributeError, OSError, NotImplementedError),
    hf.exceptions.DatasetsError,
)
_FOLDER_SUFFIXES = (".parquet", ".jsonl", ".json", ".csv", ".arrow")


def load_dataset(
    *data: str | os.PathLike[str] | Any,
    split: str | None = None,
    name: str | None = None,
    revision: str | None = None,
    format: str | None = None,
    columns: Sequence[str | None] | None = None,
    languages: Sequence[str | None] | None = None,
    label_names: Mapping[str, LabelNames] | None = None,
) -> hf.Dataset:
    r"""Loads labelled sentences, translation pairs or texts as a Hugging Face data set.

    | `data` | result |
    |---|---|
    | `.conllu` | CoNLL-U: `tokens`, `lemmas`, `upos`, `xpos`, `feats`, ... |
    | `.conll`, `.iob`, `.iob2`, `.bio`, `.bioes` | one token a line: `tokens`, `tags` |
    | `.tsv`, `.txt` | the same, or pairs, or lines of text: `sniff_format` tells which |
    | two files | parallel text: `translation`, with languages from the files' names |
    | `.csv` with a header line, `.jsonl`, `.json`, `.parquet` | the columns they name |
    | a folder | what `Dataset.save_to_disk` wrote, or Parquet, JSON or CSV files |
    | a hub id, `user/name` | a data set of the Hugging Face Hub |
    | a `DatasetDict`, a list of dictionaries, a dictionary of columns, a data frame | its rows |

    Text files may be gzip (`train.conllu.gz`) and are read into memory. A name that starts with
    `.` or `/`, that ends as above, or whose folder exists, is a path and never a hub id.

    Args:
        data: A file, two parallel files, a folder, or a hub id; or rows that are in memory.
        split: The part of a folder or hub data set to load, such as `"train"`. May be left out
            where there is only one.
        name: The configuration of a folder or hub data set, such as `"en_ewt"`.
        revision: The version of a hub data set: a branch, tag or commit.
        format: How to read a file, whatever its name: `"conllu"`, `"columns"`, `"pairs"`,
            `"text"`, `"csv"`, `"jsonl"` or `"parquet"`.
        columns: Names for the columns of a one-token-a-line file, see `read_columns`.
        languages: Names for the two sides of parallel files or pairs, see `read_parallel` and
            `read_pairs`.
        label_names: For columns whose labels are whole numbers without names, the names: a list, or
            a dictionary from names to numbers.

    Returns:
        The data set.

    Raises:
        FileNotFoundError: If there is no such file, folder or hub data set.
        ConnectionError: If the Hub cannot be reached.
        ValueError: If the data cannot be read, a split must be chosen, or an option does not apply
            to this kind of data.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "train.conll")
        ...     _ = path.write_text("Ada\tB-PER\nslept\tO\n")
        ...     load_dataset(path)[0]
        {'tokens': ['Ada', 'slept'], 'tags': ['B-PER', 'O']}
    """
    options = {
        "split": split,
        "name": name,
        "revision": revision,
        "format": format,
        "columns": columns,
        "languages": languages,
    }
    loaded = _load(data, {name: value for name, value in options.items() if value is not None})
    if isinstance(loaded, dict):
        loaded = choose_split(loaded, None, str(data[0]))
    return loaded if label_names is None else name_labels(loaded, label_names)


def load_splits(
    *data: str | os.PathLike[str], name: str | None = None, revision: str | None = None
) -> hf.DatasetDict:
    r"""Loads all splits of a folder or hub data set at once.

    Args:
        data: As for `load_dataset`.
        name: As for `load_dataset`.
        revision: As for `load_dataset`.

    Returns:
        The splits by name. A file is one split, `train`.

    Raises:
        FileNotFoundError: As from `load_dataset`.
        ConnectionError: As from `load_dataset`.
        ValueError: As from `load_dataset`.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "pairs.tsv")
        ...     _ = path.write_text("Hello.\tHallo.\n")
        ...     list(load_splits(path))
        ['train']
    """
    options = {"name": name, "revision": revision}
    loaded = _load(data, {name: value for name, value in options.items() if value is not None})
    return hf.DatasetDict(train=loaded) if isinstance(loaded, hf.Dataset) else loaded


def _load(
    data: Sequence[str | os.PathLike[str]], given: dict[str, Any]
) -> hf.Dataset | hf.DatasetDict:
    if len(data) == 1 and not isinstance(data[0], (str, os.PathLike)):
        _check_options(given, {"split"}, "rows in memory")
        return as_dataset(data[0], given.get("split"))
    if len(data) == 2:
        return _load_parallel(Path(data[0]), Path(data[1]), given)
    if len(data) != 1:
        raise ValueError(
            "load_dataset takes one file, folder or hub id, or the two files of a parallel text. "
            f"Received: {len(data)} of them. Load one at a time and join them with "
            "datasets.concatenate_datasets"
        )
    if isinstance(data[0], str) and _is_hub_id(data[0]):
        return _load_from_hub(data[0], given)
    path = Path(data[0]).expanduser()
    if not path.exists():
        raise FileNotFoundError(f"No such file or folder: {path}")
    return _load_folder(path, given) if path.is_dir() else _load_file(path, given)


def _load_file(path: Path, given: dict[str, Any]) -> hf.Dataset:
    kind = given.pop("format", None) or _format_of(path)
    if kind is None:
        raise ValueError(
            f"{path}: cannot tell the format from the name. Say it with format=, one of: "
            f"{', '.join(_FORMATS)}"
        )
    if kind == "sniff":
        kind = sniff_format(path)
    match kind:
        case "columns":
            _check_options(given, {"columns"}, f"{path}, read as {kind!r}")
            return read_columns(path, **given)
        case "pairs":
            _check_options(given, {"languages"}, f"{path}, read as {kind!r}")
            return read_pairs(path, **given)
    readers: dict[str, Callable[[Path], hf.Dataset]] = {
        "conllu": read_conllu,
        "csv": read_csv,
        "jsonl": read_jsonl,
        "text": read_text,
        "parquet": lambda path: _read(path, lambda: hf.Dataset.from_parquet(str(path))),
    }
    if kind not in readers:
        raise ValueError(
            f"`format` must be one of {', '.join(_FORMATS)}. Received: format={kind!r}"
        )
    _check_options(given, set(), f"{path}, read as {kind!r}")
    return readers[kind](path)


def _load_parallel(source: Path, target: Path, given: dict[str, Any]) -> hf.Dataset:
    for path in (source, target):
        if _format_of(path) not in (None, "sniff"):
            raise ValueError(
                "Two files are read as parallel text, one sentence a line, but this is "
                f"{_format_of(path)!r}: {path}. Load one at a time and join them with "
                "datasets.concatenate_datasets"
            )
    _check_options(given, {"languages"}, "parallel files")
    return read_parallel(source.expanduser(), target.expanduser(), **given)


def _load_folder(path: Path, given: dict[str, Any]) -> hf.Dataset | hf.DatasetDict:
    _check_options(given, {"split", "name"}, f"a folder, {path}")
    if (path / "state.json").exists() or (path / "dataset_dict.json").exists():
        saved = _read(path, lambda: hf.load_from_disk(str(path)))
        if "split" not in given:
            return saved
        if isinstance(saved, hf.Dataset):
            raise ValueError(f"{path} has no splits: leave split={given['split']!r} out")
        return choose_split(saved, given["split"], str(path))
    if not any(_suffix(file) in _FOLDER_SUFFIXES for file in path.rglob("*")):
        files = ", ".join(sorted(file.name for file in path.iterdir())[:12]) or "nothing"
        raise ValueError(
            f"{path}: a folder must hold Parquet, JSON or CSV files, or what Dataset.save_to_disk "
            f"wrote. It holds: {files}. Name the file to read instead"
        )
    # The cache of `datasets` knows folders by their names alone: of another one of that name, or of
    # this one before its files changed, it would give the rows.
    folder = path.resolve()
    stats = ((str(file), file.stat()) for file in sorted(folder.rglob("*")))
    state = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    cache = str(cached_path({"folder": str(folder), "files": state}))
    return _read(path, lambda: hf.load_dataset(str(path), cache_dir=cache, **given))


def _read(path: Path, read: Callable[[], Any]) -> Any:
    """Calls `read`; where it fails, the error names the path, which those of Arrow don't."""
    try:
        return read()
    except _READING_ERRORS as error:
        reason = " ".join(str(error.__cause__ or error).split())
        raise ValueError(f"{path}: cannot be read: {reason}") from error


def _load_from_hub(hub_id: str, given: dict[str, Any]) -> hf.Dataset | hf.DatasetDict:
    _check_options(given, {"split", "name", "revision"}, f"a hub id, {hub_id}")
    try:
        return hf.load_dataset(hub_id, **given)
    except ConnectionError as error:
        raise ConnectionError(
            f"{hub_id!r} is not a file or folder here, and the Hugging Face Hub could not be "
            f"reached for it: {error}"
        ) from error
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"{hub_id!r} is not a file or folder here, nor a data set of the Hugging Face Hub: "
            f"{error}"
        ) from error


def _check_options(given: dict[str, Any], allowed: set[str], what: str) -> None:
    for option, value in given.items():
        if option not in allowed:
            raise ValueError(f"`{option}` does not apply to {what}. Received: {option}={value!r}")


def _is_hub_id(source: str) -> bool:
    path = Path(source)
    in_known_folder = path.parent != Path(".") and path.parent.exists()
    is_path = path.exists() or in_known_folder or _format_of(path) is not None
    return _HUB_ID.fullmatch(source) is not None and not is_path


def _format_of(path: Path) -> str | None:
    return _FORMAT_OF_SUFFIX.get(_suffix(path))


def _suffix(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).suffix.lower()
