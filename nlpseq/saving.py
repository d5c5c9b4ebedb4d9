"""Files and folders written whole or not at all; the folder of a task, checked when it is opened.

A folder holds `config.json` (for the program, with a format version and the size and checksum of
the other files), `model.weights.h5`, the tokenizer's files, `training.json` (how the model came
about) and `README.md` (for people, who may edit it: it has no checksum). Nothing in it is code, and
nothing is unpickled.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
CONFIG = "config.json"
CARD = "README.md"


def check_free(folder: str | os.PathLike[str], overwrite: bool = False) -> None:
    """Makes sure that a result may be written to `folder`, before the work for it begins.

    Args:
        folder: The folder to write.
        overwrite: Whether an earlier result of nlpseq there may be replaced.

    Raises:
        FileExistsError: If something is there that may not be replaced. What nlpseq did not
            write (a folder with files, but without a `config.json` of ours) is never replaced.
        PermissionError: If no folder can be made there.

    Example:
        >>> check_free("no-such-folder")
    """
    path = Path(folder)
    parent = next(parent for parent in path.absolute().parents if parent.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise PermissionError(
            f"{path} cannot be written: {parent} is not a folder that you may write to. "
            "Choose another output folder"
        )
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    if not _is_ours(path):
        raise FileExistsError(
            f"{path} exists and is not a saved nlpseq model, so it is left alone. "
            "Choose another output folder"
        )
    if not overwrite:
        raise FileExistsError(
            f"{path} already holds a saved model. Choose another output folder, "
            "or say that it may be replaced (overwrite=True, on the command line --overwrite)"
        )


@contextmanager
def new_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Writes a file whole or not at all; what had its name stays until then.

    Args:
        path: The file to write; its folder exists.

    Yields:
        A binary file, written beside `path`. When the block ends without an error it is on the
        disk, and then gets its name.

    Example:
        >>> with tempfile.TemporaryDirectory() as parent:
        ...     with new_file(f"{parent}/a") as stream:
        ...         _ = stream.write(b"whole")
        ...     os.listdir(parent)
        ['a']
    """
    path = Path(path)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def new_folder(
    folder: str | os.PathLike[str], config: dict[str, Any], overwrite: bool = False
) -> Iterator[Path]:
    """Writes a folder whole or not at all.

    The files are written to a temporary folder beside it. When the block ends without an error,
    `config.json` is added with the size and checksum of each file but `README.md`, and the folder
    gets its name; otherwise the temporary folder is removed, and what was there is untouched.

    Args:
        folder: The folder to write.
        config: What `read_config` shall return, as JSON.
        overwrite: Whether an earlier result of nlpseq there may be replaced.

    Yields:
        The temporary folder to write the files to.

    Raises:
        FileExistsError: As `check_free`.
        PermissionError: As `check_free`.

    Example:
        >>> with tempfile.TemporaryDirectory() as parent:
        ...     with new_folder(f"{parent}/run", {"task": "tagger"}) as path:
        ...         _ = (path / "labels.txt").write_text("NOUN")
        ...     read_config(f"{parent}/run")["task"], sorted(os.listdir(f"{parent}/run"))
        ('tagger', ['config.json', 'labels.txt'])
    """
    check_free(folder, overwrite)
    path = Path(folder).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        yield temporary
        saved = sorted(file for file in temporary.iterdir() if file.name != CARD)
        files = {file.name: _fingerprint(file) for file in saved}
        text = json.dumps({"format": FORMAT, **config, "files": files}, indent=2)
        (temporary / CONFIG).write_text(text + "\n", encoding="utf-8")
        temporary.chmod(0o755)  # mkdtemp makes it private
        for file in [*temporary.iterdir(), temporary]:
            _sync(file)
        _replace(path, temporary)
        _sync(path.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def read_config(folder: str | os.PathLike[str]) -> dict[str, Any]:
    """Opens a saved folder and checks that every file is there and whole.

    Args:
        folder: A folder that `new_folder` wrote.

    Returns:
        The configuration that was saved, with `format` and `files` besides.

    Raises:
        FileNotFoundError: If there is no such folder, or it is not a saved model.
        ValueError: If the folder is incomplete or damaged, or of a newer format.
    """
    path = Path(folder)
    if not path.is_dir():
        raise FileNotFoundError(f"No saved model at {path}: there is no such folder")
    if not (path / CONFIG).is_file():
        raise FileNotFoundError(f"No saved model at {path}: the folder has no {CONFIG}")
    try:
        config = json.loads((path / CONFIG).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path / CONFIG} is damaged: {error}. Copy the folder again") from error
    if not isinstance(config, dict) or "format" not in config:
        raise ValueError(f"{path} is not a saved nlpseq model: its {CONFIG} names no format")
    if config["format"] != FORMAT:
        raise ValueError(
            f"{path} has format {config['format']}; this version of nlpseq reads format {FORMAT}. "
            "Update nlpseq, or save the model again with this version"
        )
    for name, saved in config["files"].items():
        _check_file(path / name, saved)
    return config


def _is_ours(path: Path) -> bool:
    """Whether there is a `config.json` as `new_folder` writes it: other programs have one too."""
    try:
        config = json.loads((path / CONFIG).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and {"format", "files"} <= config.keys()


def _check_file(file: Path, saved: dict[str, Any]) -> None:
    if not file.is_file():
        raise ValueError(f"{file.parent} is incomplete: {file.name} is missing. Copy it again")
    size = file.stat().st_size
    if size != saved["size_bytes"]:
        raise ValueError(
            f"{file} is damaged: {size} bytes, saved were {saved['size_bytes']}. "
            "Copy the folder again"
        )
    if _fingerprint(file) != saved:
        raise ValueError(f"{file} is damaged: its checksum differs. Copy the folder again")


def _fingerprint(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"size_bytes": file.stat().st_size, "sha256": digest}


def _sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk: a power cut loses nothing."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(path: Path, temporary: Path) -> None:
    """Gives `temporary` the name `path`; what was there goes only when the new one stands."""
    if not path.exists():
        temporary.rename(path)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}-old-", dir=path.parent)) / "replaced"
    path.rename(old)
    try:
        temporary.rename(path)
    except BaseException:  # an interrupt too
        old.rename(path)
        old.parent.rmdir()
        raise
    shutil.rmtree(old.parent, ignore_errors=True)
