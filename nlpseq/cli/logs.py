"""Messages of the command line: how many, and where they go."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def messages(quiet: bool = False, log_file: str | None = None) -> Iterator[None]:
    """Shows what nlpseq has to say on standard error, and writes it to a file.

    Args:
        quiet: No progress bars, and nothing but warnings on standard error.
        log_file: A file to which all messages are added, with the time.

    Raises:
        OSError: If the file can't be written.

    Example:
        >>> with messages(quiet=True):
        ...     logging.getLogger("nlpseq").info("not shown")
    """
    logger = logging.getLogger("nlpseq")
    screen = logging.StreamHandler(sys.stderr)
    screen.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    screen.setLevel(logging.WARNING if quiet else logging.INFO)
    handlers: list[logging.Handler] = [screen]
    if log_file is not None:
        handlers.append(logging.FileHandler(log_file, encoding="utf-8"))
        handlers[1].setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
    logging.getLogger("datasets").propagate = False  # it has a handler of its own
    if quiet:
        os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"  # it is read by an import to come
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        for handler in handlers:
            logger.addHandler(handler)
        yield
    finally:
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(level)
