"""Work on many rows, in several processes."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_function: Callable[[Any], Any]  # of a worker


def in_workers(
    function: Callable[[Item], Result], items: Iterable[Item], processes: int | None = None
) -> Iterator[Result]:
    """`map` in several processes: the results in order, and never many of them at once.

    The processes are forks of this one, so `function` may hold anything, and nothing but items and
    results goes from one to the other. Where there is no safe fork, on macOS and Windows, it is
    `map` in this process.

    Args:
        function: What to do with an item; its result can be pickled.
        items: The items, which can be pickled; taken as they are needed.
        processes: How many; by default as many as this process may use processors.

    Yields:
        The results, in the order of the items.

    Raises:
        Exception: What `function` raises, here.

    Example:
        >>> list(in_workers(lambda n: n * n, range(5), processes=2))
        [0, 1, 4, 9, 16]
    """
    if sys.platform != "linux":
        yield from map(function, items)
        return
    count = processes or len(os.sched_getaffinity(0))
    pool = ProcessPoolExecutor(
        count, multiprocessing.get_context("fork"), initializer=_begin, initargs=(function,)
    )
    pending: deque[Future] = deque()
    try:
        for item in items:
            with _quiet_fork() if not pending else contextlib.nullcontext():
                pending.append(pool.submit(_work, item))
            if len(pending) > 2 * count:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(function: Callable[[Any], Any]) -> None:
    global _function
    _function = function
    gc.freeze()  # what was made before the fork is not for a worker to take down
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent


def _work(item: Any) -> Any:
    return _function(item)


@contextlib.contextmanager
def _quiet_fork() -> Iterator[None]:
    """Without the warnings of a fork beside threads: the workers use none of what has threads."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*fork", category=RuntimeWarning)
        warnings.filterwarnings("ignore", message=".*fork", category=DeprecationWarning)
        yield
